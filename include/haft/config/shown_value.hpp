// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_SHOWN_VALUE_HPP
#define HAFT_CONFIG_SHOWN_VALUE_HPP

/// A value of a configuration as people are shown it: without secrets. [fault 111]

#include <haft/config/configuration.hpp>
#include <haft/core/secret.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/nlohmann_value_json.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

namespace detail {

/// Whether the value at a pointer is kept back: its key names a secret, or it came from the environment.
HAFT_COLD inline bool value_is_hidden(const configuration& of, std::string_view pointer) {
    if (leads_to_a_secret(pointer)) return true;
    const auto origin = of.origins().find(pointer);
    return origin != of.origins().end() && origin->second.hidden;
}

HAFT_COLD inline void hide_secrets(const configuration& of, std::string& pointer, nlohmann::json& value) {
    if (value_is_hidden(of, pointer)) {
        value = hidden_value;
        return;
    }
    const std::size_t size = pointer.size();
    if (value.is_object()) {
        for (auto at = value.begin(); at != value.end(); ++at) {
            append_exact_key(pointer, at.key());
            hide_secrets(of, pointer, at.value());
            pointer.resize(size);
        }
    } else if (value.is_array()) {
        std::size_t index = 0;
        for (auto& item : value) {
            append_all(pointer, {"/", decimal(index++)});
            hide_secrets(of, pointer, item);
            pointer.resize(size);
        }
    }
}

}  // namespace detail

/// The value at a pointer as compact JSON, secrets as `"(hidden)"`, at most `limit` bytes of it; "" if there is none.
HAFT_COLD inline std::string shown_value(const configuration& of, std::string_view pointer, std::size_t limit = echo_limit) {
    const nlohmann::json* const found = of.find(pointer);
    if (!found) return {};
    nlohmann::json value = *found;
    std::string at(pointer);
    detail::hide_secrets(of, at, value);
    std::string text, out;
    if (const char* const problem = json::append_json(text, value)) return problem;
    append_echo(out, text, limit);
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_SHOWN_VALUE_HPP
