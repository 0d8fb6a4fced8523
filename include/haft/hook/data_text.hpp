// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_DATA_TEXT_HPP
#define HAFT_HOOK_DATA_TEXT_HPP

/// The arguments of an emission as JSON: for hooks that know no C++ types, and for who watches. What has no form in JSON, such as
/// an image, is left out.

#include <haft/core/error.hpp>
#include <haft/hook/hook_entry.hpp>
#include <haft/hook/hook_point.hpp>
#include <haft/hook/point_emission.hpp>
#include <haft/hook/provide.hpp>
#include <haft/json/type.hpp>
#include <haft/json/writer.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/explain.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

template <class>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class>
inline constexpr bool is_shared = false;
template <class T>
inline constexpr bool is_shared<std::shared_ptr<T>> = true;

/// Whether something of it can be written.
template <class T>
consteval bool has_text() {
    if constexpr (std::is_same_v<T, error> || schema::usable<T>) return true;
    else if constexpr (is_vector<T>) return detail::has_text<typename T::value_type>();
    else if constexpr (is_shared<T>) return detail::has_text<std::remove_const_t<typename T::element_type>>();
    else return reflect::plain_struct<T>;
}

template <class T>
void write_text(std::string& out, const T& value) {
    if constexpr (std::is_same_v<T, error>) {
        detail::write_text(out, value.text());
    } else if constexpr (schema::usable<T>) {
        const std::size_t before = out.size();
        json::writer writer(out);
        writer.write(schema::type_of<T>, &value);
        if (!writer.problem().empty()) out.resize(before), out += "null";
    } else if constexpr (is_vector<T>) {
        out += '[';
        for (const auto& one : value) {
            if (&one != value.data()) out += ',';
            detail::write_text(out, one);
        }
        out += ']';
    } else if constexpr (is_shared<T>) {
        if (value) detail::write_text(out, *value);
        else out += "null";
    } else {
        out += '{';
        [&]<std::size_t... At>(std::index_sequence<At...>) {
            [[maybe_unused]] bool first = true;
            [[maybe_unused]] const auto member = [&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
                if constexpr (has_text<reflect::member_type<T, I>>()) {
                    out.append(first ? "\"" : ",\"").append(reflect::member_name<T, I>).append("\":");
                    first = false;
                    detail::write_text(out, reflect::get<I>(value));
                }
            };
            (member(std::integral_constant<std::size_t, At>{}), ...);
        }(std::make_index_sequence<reflect::member_count<T>>{});
        out += '}';
    }
}

/// Of one struct its members; of several arguments an array.
template <class Point>
std::string data_text_of(const emission& base) {
    const auto& e = static_cast<const point_emission<Point>&>(base);
    std::string out;
    if constexpr (parts_of_point<Point>::count == 1 && data_place<Point>() == 0) {
        detail::write_text(out, *std::get<0>(e.given));
    } else {
        std::apply(
            [&](const auto*... given) {
                bool first = true;
                [[maybe_unused]] const auto one = [&]<class T>(const T* argument) {
                    if (!first) out += ',';
                    first = false;
                    if constexpr (has_text<T>()) detail::write_text(out, *argument);
                    else out += "null";
                };
                (one(given), ...);
            },
            e.given);
        out = "[" + out + "]";
    }
    return out;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_DATA_TEXT_HPP
