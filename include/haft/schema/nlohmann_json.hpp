// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_NLOHMANN_JSON_HPP
#define HAFT_SCHEMA_NLOHMANN_JSON_HPP

/// The form of nlohmann::json: any JSON value, as a tree to walk through. TD-06

#include <haft/json/lexer.hpp>
#include <haft/json/nlohmann_value_json.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/type.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/schema/form.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace haft::inline v0::schema {

/// Beside what makes a text JSON, numbers must be within the range of double. (The call's limits were kept by the walk that
/// found the text.)
template <>
struct form<nlohmann::json> {
    static constexpr json::kind kind = json::kind::any;
    static constexpr json::codec codec{
        .read =
            [](void* to, std::string_view raw, std::string& why) {
                constexpr auto any = static_cast<std::size_t>(-1);
                const json::read_limits limits{.max_bytes = any, .max_string_bytes = any, .max_items = any};
                json::lexer in(raw, json::hard_depth_limit);
                json::value_faults found;
                if (!json::build_json(in, *static_cast<nlohmann::json*>(to), limits, found)) return false;
                if (found.empty()) return true;
                const fault& first = found.faults.front();
                return why = first.pointer.empty() ? first.message : first.pointer + ": " + first.message, false;
            },
        .write =
            [](const void* from, std::string& out, std::string& why) {
                const char* const problem = json::append_json(out, *static_cast<const nlohmann::json*>(from));
                return problem == nullptr || (why = std::string("it holds ") + problem, false);
            }};
    static constexpr json::type table() {
        json::type t = json::of_kind(kind);
        t.codec = &codec;
        return t;
    }
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_NLOHMANN_JSON_HPP
