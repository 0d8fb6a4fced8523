// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_LAYERS_HPP
#define HAFT_CONFIG_LAYERS_HPP

/// The layers of a configuration, what they come to, and which of them said what. [DC-02] [fault 110]

#include <haft/config/configuration.hpp>
#include <haft/config/merge.hpp>
#include <haft/config/origin.hpp>
#include <haft/config/shown_value.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Where a configuration stands in the order: each wins over those before it.
enum class config_layer : std::uint8_t { defaults, compiled_in, system, user, project, environment, command_line };

constexpr std::string_view layer_name(config_layer layer) noexcept {
    constexpr std::string_view names[]{"defaults", "compiled in", "system", "user", "project", "environment", "command line"};
    return names[static_cast<std::size_t>(layer)];
}

/// What one layer says of a value.
struct config_candidate {
    config_layer layer = config_layer::defaults;
    config_origin origin = {};
    std::string value = {};  ///< as compact JSON; of a secret `"(hidden)"`
    bool wins = false;       ///< (of a list that is joined, each layer's part does)
};

/// A value, and what each layer says of it, the highest first.
struct config_explanation {
    std::string pointer;
    std::vector<config_candidate> candidates;
};

/// Configurations in layers. A plain value; reading it from several threads is safe.
class config_layers {
public:
    /// Puts a configuration into a layer, over what is in that layer already. Layers may be filled in any order. A conflict is an
    /// error (E0379) at once, and then nothing was added.
    HAFT_COLD result<void> add(config_layer layer, configuration config) {
        const auto place = std::upper_bound(layers_.begin(), layers_.end(), layer,
                                            [](config_layer l, const entry& e) { return l < e.layer; });
        std::vector<entry> next = layers_;
        next.insert(next.begin() + (place - layers_.begin()), {layer, std::move(config)});
        configuration all;
        for (const entry& e : next) {
            result<configuration> merged = merge_config(all, e.config);
            if (!merged) return std::move(merged.error());
            all = std::move(*merged);
        }
        layers_.swap(next);
        merged_ = std::move(all);
        return {};
    }

    /// All layers merged.
    const configuration& merged() const noexcept { return merged_; }

    /// What each layer says of the values at or below a pointer, in the order of their pointers; "" is everything. Lists count as
    /// one value. Secrets are hidden.
    HAFT_COLD std::vector<config_explanation> explain(std::string_view pointer = "") const {
        std::set<std::string> leaves;
        for (const entry& e : layers_)
            if (const nlohmann::json* const at = e.config.find(pointer)) add_leaves(*at, std::string(pointer), leaves);
        std::vector<config_explanation> out;
        for (const std::string& leaf : leaves) {
            config_explanation& x = out.emplace_back();
            x.pointer = leaf;
            for (std::size_t i = layers_.size(); i-- > 0;) {
                const entry& e = layers_[i];
                if (!e.config.find(leaf)) continue;
                const bool wins = x.candidates.empty() || detail::is_joined_list(leaf);
                x.candidates.push_back({e.layer, e.config.origin(leaf), haft::shown_value(e.config, leaf), wins});
            }
        }
        return out;
    }

    /// The same as a text for people, a block for each value:
    ///     /plugin/weather/days
    ///       command line  5  command line
    ///       project       3  haft.toml:3:8  (shadowed)
    HAFT_COLD std::string explain_text(std::string_view pointer = "") const {
        std::string out;
        for (const config_explanation& x : explain(pointer)) {
            append_all(out, {x.pointer, "\n"});
            for (const config_candidate& c : x.candidates) {
                const std::string_view layer = layer_name(c.layer);
                append_all(out, {"  ", layer, std::string(14 - layer.size(), ' '), c.value});
                if (const std::string at = c.origin.text(); !at.empty() && at != layer) append_all(out, {"  ", at});
                append_all(out, {c.wins ? "\n" : "  (shadowed)\n"});
            }
        }
        return out;
    }

private:
    struct entry {
        config_layer layer;
        configuration config;
    };

    static void add_leaves(const nlohmann::json& value, std::string pointer, std::set<std::string>& to) {
        if (!value.is_object()) {
            to.insert(std::move(pointer));
            return;
        }
        for (auto at = value.begin(); at != value.end(); ++at)
            add_leaves(at.value(), detail::pointer_below(pointer, at.key()), to);
    }

    std::vector<entry> layers_;  // the lowest first
    configuration merged_;
};

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_LAYERS_HPP
