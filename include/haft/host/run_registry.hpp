// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_RUN_REGISTRY_HPP
#define HAFT_HOST_RUN_REGISTRY_HPP

/// `haft::run(registry, argc, argv)`: the same program around what a registry serves, which knows whose each tool is and why
/// another is missing.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/text.hpp>
#include <haft/host/registry_offer.hpp>
#include <haft/host/run.hpp>
#include <haft/host/run_options.hpp>
#include <haft/host/tool_sources.hpp>
#include <haft/registry/catalog.hpp>
#include <haft/registry/explain.hpp>
#include <haft/registry/registry.hpp>
#include <haft/registry/tool_state.hpp>
#include <haft/tool/explanation.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

namespace host {

/// Of a registry and one of its catalogs, which must outlive it.
class catalog_sources final : public tool_sources {
public:
    catalog_sources(registry& of, const catalog& now) : registry_(of), catalog_(now) {}

    const toolset& tools() const override { return catalog_.tools(); }
    HAFT_COLD explanation explain(std::string_view name) const override { return haft::explain(catalog_, name); }
    HAFT_COLD std::string_view owner_of(const tool& t) const override {
        const owner* const o = catalog_.owner_of(t.name);
        return o ? std::string_view(o->name) : std::string_view{};
    }
    /// Of each owner's tools, of owners that failed or clash, of names that several want, of sources.
    HAFT_COLD std::vector<problem> problems() const override {
        std::vector<problem> out;
        std::vector<std::string> told;  // without their owners
        const auto tell = [&](bool is_error, const std::vector<error>& all, std::string_view before = {}) {
            for (const error& e : all) {
                if (std::find(told.begin(), told.end(), e.text()) != told.end()) continue;
                out.push_back({is_error, concat({before, told.emplace_back(e.text())})});
            }
        };
        for (const auto& o : catalog_.owners()) {
            const std::string before = concat({"owner ", in_quotes(o.what->name), ": "});
            for (const auto& set : o.offer->sets) {
                tell(true, set.tools.refusals(), before);
                tell(false, set.tools.warnings(), before);
            }
            if (o.state == owner_state::failed || o.state == owner_state::clashing) tell(true, {o.problem});
        }
        tell(true, catalog_.refusals());
        tell(true, tools().refusals());
        tell(false, catalog_.warnings());
        tell(false, tools().warnings());
        tell(true, registry_.problems());
        return out;
    }

    HAFT_COLD std::shared_ptr<mcp::live_offer> live(const selector* only) const override {
        return registry_offer::live(registry_, {}, {.only = only ? std::optional(*only) : std::nullopt});
    }

private:
    registry& registry_;
    const catalog& catalog_;
};

}  // namespace host

/// What the registry serves at the beginning is what the program lists and calls; `serve` follows it, and tells its clients what changes.
/// What owners, names and sources got wrong is told as what a set has refused.
HAFT_LARGE int run(registry& of, int argc, const char* const* argv, const run_options& options = {});

#if HAFT_DEFINES_LARGE()
HAFT_LARGE int run(registry& of, int argc, const char* const* argv, const run_options& options) {
    const std::shared_ptr<const catalog> now = of.snapshot();
    return host::detail::run_program(host::catalog_sources(of, *now), argc, argv, options);
}
#endif

}  // namespace haft::inline v0

#endif  // HAFT_HOST_RUN_REGISTRY_HPP
