// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_CONFIGURED_HOST_HPP
#define HAFT_HOST_CONFIGURED_HOST_HPP

/// A host of nothing but what a configuration says: its plugins in a registry, its selection of their tools. [DC-02, RG-06, RG-07]
/// Brings nlohmann_json and toml++: haft::config.

#include <haft/config/configuration.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/host/configured_plugins.hpp>
#include <haft/host/configured_selection.hpp>
#include <haft/host/registry_offer.hpp>
#include <haft/host/run.hpp>
#include <haft/host/run_options.hpp>
#include <haft/host/run_registry.hpp>
#include <haft/host/tool_sources.hpp>
#include <haft/registry/catalog.hpp>
#include <haft/registry/registry.hpp>
#include <haft/tool/explanation.hpp>
#include <haft/tool/log_level.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#if __has_include(<boost/hash2/sha2.hpp>)  // what a fragment's id is made of, Boost 1.86
#include <haft/host/prompt_offer.hpp>
#define HAFT_CONFIGURED_HOST_HAS_PROMPTS() 1
#else
#define HAFT_CONFIGURED_HOST_HAS_PROMPTS() 0
#endif

namespace haft::inline v0::host {

/// Holds the registry, the plugins and what has come of them. One thread.
class configured_host final : public tool_sources {
public:
    HAFT_COLD explicit configured_host(configured_plugins_options options = {})
        : log_(options.discovery.log), plugins_(registry_, std::move(options)), catalog_(registry_.snapshot()) {}

    /// Loads the plugins, and serves the tools that are selected: by `instead` if there is one, else by the configuration. An
    /// error: the configuration says nonsense of plugins or tools (E0384, E0378), or the selection does (E0260); then nothing or all
    /// of what plugins bring is served. What is wrong with single plugins is told in `problems()`.
    HAFT_COLD result<void> apply(const configuration& config, std::optional<configured_selection> instead = {}) {
        result<std::optional<configured_selection>> said = selection_of(config);
        if (!said) return std::move(said.error());
        result<applied_plugins> out = plugins_.apply(config);
        if (!out) return std::move(out.error());
        applied_ = std::move(*out);
        const std::optional<configured_selection>& selection = instead ? instead : *said;
        result<void> selects;
        if (selection) selects = registry_.select(selection->wanted);
        else registry_.select_all();
        catalog_ = registry_.snapshot();
        if (!selects) return selection->located(std::move(selects.error()));
        return {};
    }

    haft::registry& registry() noexcept { return registry_; }
    const configured_plugins& plugins() const noexcept { return plugins_; }
    std::vector<plugin_status> status() const { return plugins_.loader().status(); }
    /// What came of the last `apply`.
    const applied_plugins& applied() const noexcept { return applied_; }

    const toolset& tools() const override { return catalog_->tools(); }
    /// Of a tool, of an owner of tools, of a plugin, whatever has that name; of what has none, where it was looked for.
    HAFT_COLD explanation explain(std::string_view name) const override {
        explanation of_tool = haft::explain(*catalog_, name);
        explanation of_plugin = plugins_.explain(name);
        if (of_tool.known && !of_plugin.known) return of_tool;
        if (of_plugin.known && !of_tool.known) return of_plugin;
        for (std::string& one : of_plugin.reasons)
            if (std::find(of_tool.reasons.begin(), of_tool.reasons.end(), one) == of_tool.reasons.end())
                of_tool.reasons.push_back(std::move(one));
        return of_tool;
    }
    HAFT_COLD std::string_view owner_of(const tool& t) const override {
        return sources().owner_of(t);
    }
    HAFT_COLD std::string place_of(const tool& t) const override { return plugins_.place_of(owner_of(t)); }
    /// Those of plugins first. That one plugin shadows another is meant, mostly, and stands in the table of plugins only; and what a log
    /// has told is not told again.
    HAFT_COLD std::vector<problem> problems() const override {
        std::vector<problem> out;
        const auto tell = [&](bool is_error, const std::vector<error>& all) {
            if (log_.tells(is_error ? log_level::error : log_level::warning, "plugins")) return;
            for (const error& e : all)
                if (e.code != errc::plugin_shadowed) out.push_back({is_error, e.text()});
        };
        tell(true, applied_.problems);
        tell(true, applied_.report.failed);
        tell(false, applied_.warnings);
        tell(false, applied_.report.warnings);
        for (const error& e : plugins_.loader().problems()) out.push_back({true, e.text()});
        for (problem& one : sources().problems()) {
            const auto same = [&](const problem& other) { return one.text.ends_with(other.text); };
            if (std::none_of(out.begin(), out.end(), same)) out.push_back(std::move(one));
        }
        return out;
    }

    /// Templates and fragments of plugins are there, too (with Boost 1.86 or later). `apply` may be said on another thread meanwhile, and is on one at a time.
    HAFT_COLD std::shared_ptr<mcp::live_offer> live(const selector* only) const override {
        registry_offer_options how;
        if (only) how.only = *only;
#if HAFT_CONFIGURED_HOST_HAS_PROMPTS()
        how.parts = prompt_parts(registry_.all_kinds());
#endif
        return registry_offer::live(registry_, {}, std::move(how));
    }

private:
    catalog_sources sources() const { return {registry_, *catalog_}; }

    logger log_;
    mutable haft::registry registry_;
    configured_plugins plugins_;
    applied_plugins applied_;
    std::shared_ptr<const catalog> catalog_;
};

}  // namespace haft::inline v0::host

namespace haft::inline v0 {

/// The program around a host: what it serves at the beginning is what is listed and called, `serve` follows it, and what is wrong with
/// its plugins is told first.
HAFT_COLD inline int run(const host::configured_host& of, int argc, const char* const* argv, const run_options& options = {}) {
    return host::detail::run_program(of, argc, argv, options);
}

}  // namespace haft::inline v0

#endif  // HAFT_HOST_CONFIGURED_HOST_HPP
