// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_CONFIGURED_VALUES_HPP
#define HAFT_HOST_CONFIGURED_VALUES_HPP

/// A configuration for people and for programs: every value, where it was written, what it shadows. Secrets are hidden. [DC-02]
/// [fault 110] [fault 111] Brings nlohmann_json and toml++: haft::config.

#include <haft/config/configuration.hpp>
#include <haft/config/layers.hpp>
#include <haft/config/origin.hpp>
#include <haft/config/parse_toml.hpp>
#include <haft/config/shown_value.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/known_names.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/host/table.hpp>
#include <haft/host/terminal.hpp>
#include <haft/json/nlohmann_value_json.hpp>
#include <haft/json/string_text.hpp>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::host {

/// `plugin.weather.days` for `/plugin/weather/days`: the key as a file or a command line has it. "" for "".
HAFT_COLD inline std::string key_of_pointer(std::string_view pointer) {
    std::string out;
    while (!pointer.empty()) {
        const std::string step = haft::detail::take_step(pointer);
        bool plain = !step.empty();
        for (const char c : step) {
            const char small_c = lower(c);
            plain = plain && ((small_c >= 'a' && small_c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-');
        }
        append_all(out, {out.empty() ? "" : ".", plain ? step : json::string_text(step)});
    }
    return out;
}

/// The other way round. A key that is none of TOML is an error (E0383).
HAFT_COLD inline result<std::string> pointer_of_key(std::string_view key) {
    result<configuration> read = haft::parse_toml(concat({key, " = 0"}));
    std::string pointer;
    if (read && key.find('\n') == key.npos)
        for (const auto& [at, ignored] : read->origins())
            if (at.size() > pointer.size()) pointer = at;
    if (pointer.empty() || !read->find(pointer)->is_number())
        return error{errc::bad_override, concat({"expected a key such as plugin.weather.days, got ", in_quotes(key)})};
    return pointer;
}

/// The error for a pointer at which nothing stands: E0378, with the keys that there are where it leaves the configuration.
HAFT_COLD inline error nothing_configured(const configuration& of, std::string_view pointer) {
    std::string above;
    for (std::string_view rest = pointer; !rest.empty();) {
        const std::string step = haft::detail::take_step(rest);
        const nlohmann::json* const at = of.find(above);
        const std::string below = haft::detail::pointer_below(above, step);
        if (!of.find(below)) {
            error e{errc::bad_section, concat({"nobody has configured ", in_quotes(key_of_pointer(pointer))})};
            known_names names(step);
            std::vector<std::string> keys;
            if (at && at->is_object())
                for (auto one = at->begin(); one != at->end(); ++one) keys.push_back(one.key());
            for (const std::string& one : keys) names.add(one);
            if (!keys.empty()) names.append_to(e.message);
            if (!above.empty() && !keys.empty()) append_all(e.message, {" (in ", key_of_pointer(above), ")"});
            return e;
        }
        above = below;
    }
    return {errc::bad_section, "nobody has configured that"};
}

/// What stands at the top and nobody reads, each with its place and the nearest of the sections that are read: `haft.toml:1:1: nobody
/// reads "plugns"; did you mean "plugins"?`. Keys that begin with `x-` are free.
HAFT_COLD inline std::vector<std::string> unread_sections(const configuration& of, std::initializer_list<std::string_view> known) {
    std::vector<std::string> out;
    for (auto one = of.value().begin(); one != of.value().end(); ++one) {
        const std::string& key = one.key();
        if (key.starts_with("x-") || std::find(known.begin(), known.end(), key) != known.end()) continue;
        std::string& text = out.emplace_back(concat({of.origin(haft::detail::pointer_below("", key)).text(), ": nobody reads ", in_quotes(key)}));
        append_did_you_mean(text, nearest_of(key, known));
    }
    return out;
}

/// `plugin.weather.days = 3`, a line for each value at or below a pointer, lists as one value, in the order of the keys.
HAFT_COLD inline std::string config_text(const config_layers& of, std::string_view pointer, const terminal& to) {
    std::string out;
    for (const config_explanation& one : of.explain(pointer)) {
        const std::string value = shown_value(of.merged(), one.pointer, static_cast<std::size_t>(-1));
        append_all(out, {out.empty() ? "" : "\n", to.name(key_of_pointer(one.pointer)), " = ", value});
    }
    return out;
}

/// A table: each value with its layer and its place, below it those that it shadows.
HAFT_COLD inline std::string config_origins_text(const config_layers& of, std::string_view pointer, const terminal& to) {
    table rows({"key", "value", "layer", "where"});
    for (const config_explanation& one : of.explain(pointer)) {
        const std::string key = key_of_pointer(one.pointer);
        for (const config_candidate& c : one.candidates) {
            const std::string at = concat({c.origin.text(), c.wins ? "" : " (shadowed)"});
            rows.row({&c == one.candidates.data() ? std::string_view(key) : "", c.value, layer_name(c.layer), at});
        }
    }
    std::string text = rows.text(to);
    text.pop_back();
    return text;
}

/// What stands at a pointer as JSON.
HAFT_COLD inline std::string config_json(const configuration& of, std::string_view pointer) {
    const nlohmann::json* const found = of.find(pointer);
    if (!found) return "null";
    nlohmann::json value = *found;
    std::string at(pointer), out;
    haft::detail::hide_secrets(of, at, value);
    if (const char* const problem = json::append_json(out, value)) return json::string_text(problem);
    return out;
}

/// `[{"key":…,"pointer":…,"values":[{"value":…,"layer":…,"origin":…,"wins":true}]}]`
HAFT_COLD inline std::string config_origins_json(const config_layers& of, std::string_view pointer) {
    std::string out = "[";
    for (const config_explanation& one : of.explain(pointer)) {
        append_all(out, {out.size() > 1 ? ",\n" : "\n", "{\"key\":", json::string_text(key_of_pointer(one.pointer)),
                         ",\"pointer\":", json::string_text(one.pointer), ",\"values\":["});
        for (const config_candidate& c : one.candidates)
            append_all(out, {&c == one.candidates.data() ? "" : ",", "{\"value\":", json::string_text(c.value), ",\"layer\":\"",
                             layer_name(c.layer), "\",\"origin\":", json::string_text(c.origin.text()),
                             c.wins ? ",\"wins\":true}" : ",\"wins\":false}"});
        out += "]}";
    }
    return out += out.size() > 1 ? "\n]" : "]";
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_CONFIGURED_VALUES_HPP
