// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_JSON_TEXT_HPP
#define HAFT_SCHEMA_JSON_TEXT_HPP

/// Free-form JSON without a library for it: any value, as its text. TD-18

#include <haft/core/fixed_string.hpp>
#include <haft/json/check.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/type.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/schema/form.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// Any JSON value as its text; null by default. What was read from arguments is JSON, with no key twice in any object;
/// what a tool gives as a result is checked when it is written.
struct json_text {
    std::string text;

    constexpr json_text() : text("null") {}
    constexpr json_text(std::string value) : text(std::move(value)) {}  // NOLINT: implicit, so that = "{}" reads
    constexpr json_text(std::string_view value) : text(value) {}        // NOLINT
    constexpr json_text(const char* value) : text(value) {}             // NOLINT

    friend constexpr bool operator==(const json_text&, const json_text&) = default;
};

namespace schema {

template <>
struct form<json_text> {
    static constexpr json::kind kind = json::kind::any;
    static constexpr json::codec codec{
        .read = [](void* to, std::string_view raw,
                   std::string&) { return static_cast<json_text*>(to)->text.assign(raw), true; },
        .write =
            [](const void* from, std::string& out, std::string& why) {
                const std::string& text = static_cast<const json_text*>(from)->text;
                json::lexer in(text, json::hard_depth_limit);
                json::value_faults found;
                std::string_view raw;
                if (!json::skip_unique(in, raw, found) || !in.expect_end()) return why = in.problem(), false;
                if (!found.empty()) return why = "a key is given twice", false;
                return out.append(raw), true;
            }};
    static constexpr json::type table() { return {.kind = kind, .codec = &codec}; }
    static constexpr bool put(text_sink& sink, const json_text& value) { return sink.put(value.text), true; }
};

}  // namespace schema
}  // namespace haft::inline v0

#endif  // HAFT_SCHEMA_JSON_TEXT_HPP
