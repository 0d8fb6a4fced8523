// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_READ_SECTION_HPP
#define HAFT_CONFIG_READ_SECTION_HPP

/// A section of a configuration as a plain struct, read as the arguments of a tool are. [DC-05] [fault 107] [fault 108]

#include <haft/config/configuration.hpp>
#include <haft/config/origin.hpp>
#include <haft/config/shown_value.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/nlohmann_value_json.hpp>
#include <haft/json/read_settings.hpp>
#include <haft/json/type.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/explain.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/structure.hpp>
#include <haft/schema/views_text.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// The reader met the keys in the order of their names; a person reads a file from its top.
HAFT_COLD inline void in_order_of_places(std::vector<fault>& faults, const configuration& from) {
    std::vector<std::pair<config_origin, fault>> placed;
    for (fault& f : faults) {
        config_origin at = from.origin(f.pointer);
        placed.emplace_back(std::move(at), std::move(f));
    }
    std::stable_sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) {
        const std::string_view of_a = a.first.source ? *a.first.source : std::string_view();
        const std::string_view of_b = b.first.source ? *b.first.source : std::string_view();
        if (of_a != of_b) return of_a < of_b;
        return std::pair(a.first.line, a.first.column) < std::pair(b.first.line, b.first.column);
    });
    for (std::size_t i = 0; i < placed.size(); ++i) faults[i] = std::move(placed[i].second);
}

HAFT_COLD inline result<void> read_section(const configuration& from, std::string_view pointer, const json::type& type,
                                           void* to) {
    const auto refused = [&](std::string_view what) {
        const std::string place = from.origin(pointer).text();
        return error{errc::bad_section,
                     concat({place, place.empty() ? "" : ": ", "the section ", in_quotes(pointer), " ", what})};
    };
    const nlohmann::json* const section = from.find(pointer);
    const nlohmann::json value = section ? *section : nlohmann::json::object();
    if (!value.is_object()) return refused(concat({"has to be a table, got ", value.type_name()}));
    std::string text;
    if (const char* const problem = json::append_json(text, value)) return refused(concat({"holds ", problem}));
    const result<void> read = json::read_settings(text, type, to, [&](std::string_view within) {
        return value_is_hidden(from, concat({pointer, within}));
    });
    if (read) return {};
    error e = read.error();
    e.code = errc::bad_section;
    for (fault& f : e.faults) {
        f.pointer = concat({pointer, f.pointer});
        f.place = from.origin(f.pointer).text();
        f.offset = 0;
    }
    in_order_of_places(e.faults, from);
    e.message = concat({"the section ", in_quotes(pointer), " can't be used: ", json::fault_count(e)});
    return e;
}

/// What has to hold for a struct that sections are read into; says what does not.
template <class T>
consteval bool explain_section() {
    if constexpr (schema::usable<T> && reflect::plain_struct<T>) {
        explain_views<detail::views_its_text(schema::type_of<T>)>();
        return true;
    } else {
        return schema::explain_type<schema::parameters_of_tool<"(configuration)">, T>(), false;
    }
}

}  // namespace detail

/// The table at a JSON pointer as a plain struct, by the matcher of tools' arguments:
/// `config.read<weather_config>("/plugin/weather")`. Members without a default are required; a section that is not there is an
/// empty one. Keys that begin with `x-` are passed over, any other unknown key is an error. The error (E0378) holds every fault
/// at once, each with the place of the value (of the table, if a key is missing), its path, what was expected, what stands
/// there and the nearest key; values under a secret's key are not shown.
template <class T>
result<T> configuration::read(std::string_view pointer) const {
    if constexpr (detail::explain_section<T>()) {
        result<T> out{T{}};
        if (result<void> read = detail::read_section(*this, pointer, schema::type_of<T>, &*out); !read)
            return std::move(read.error());
        return out;
    } else {
        return error{};  // it was refused
    }
}

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_READ_SECTION_HPP
