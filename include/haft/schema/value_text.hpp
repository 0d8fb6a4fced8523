// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_VALUE_TEXT_HPP
#define HAFT_SCHEMA_VALUE_TEXT_HPP

/// A C++ value as JSON at compile time: the `default` of a schema.

#include <haft/core/text_sink.hpp>
#include <haft/json/number.hpp>
#include <haft/json/write_number.hpp>
#include <haft/reflect/enumerators.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/member_words.hpp>
#include <haft/schema/words.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace haft::inline v0::schema {

namespace detail {
/// The name of a member in JSON.
template <class T>
constexpr std::string_view key_of(std::string_view member) {
    if constexpr (haft::detail::is_field_list<std::remove_cvref_t<decltype(member_words<T>)>>)
        for (const field& f : member_words<T>)
            if (f.name == member) return f.key();
    return member;
}
}  // namespace detail

/// Writes the value, or returns false (having written some of it) if JSON has no text for it: an infinity, an enumerator
/// without a name.
template <class T>
constexpr bool put_value(text_sink& sink, const T& value) {
    if constexpr (requires { form<T>::put(sink, value); }) {  // a type that knows itself
        return form<T>::put(sink, value);
    } else if constexpr (!std::is_arithmetic_v<T> &&
                         (form<T>::kind == json::kind::text || form<T>::kind == json::kind::any ||
                          form<T>::kind == json::kind::converted)) {
        return false;  // only its form knows its JSON, whatever its members are
    } else if constexpr (form<T>::kind == json::kind::object && reflect::plain_struct<T>) {
        sink.put('{');
        bool first = true;
        const auto put_member = [&]<std::size_t At>(std::integral_constant<std::size_t, At>) {
            const auto& member = reflect::get<At>(value);
            if constexpr (form<reflect::member_type<T, At>>::kind == json::kind::optional &&
                          requires { member.has_value(); }) {
                if (!member) return true;  // as the writer has it
            }
            if (!first) sink.put(',');
            first = false;
            sink.put_quoted(detail::key_of<T>(reflect::member_name<T, At>));
            sink.put(':');
            return schema::put_value(sink, member);
        };
        const bool complete = [&]<std::size_t... At>(std::index_sequence<At...>) {
            return (... && put_member(std::integral_constant<std::size_t, At>{}));
        }(std::make_index_sequence<reflect::member_count<T>>{});
        if (!complete) return false;
        sink.put('}');
    } else if constexpr (std::same_as<T, bool>) {
        sink.put(value ? "true" : "false");
    } else if constexpr (reflect::named_enum<T>) {
        for (const auto& [name, enumerator] : reflect::enumerators<T>)
            if (enumerator == value) return sink.put_quoted(name), true;
        return false;
    } else if constexpr (std::is_floating_point_v<T>) {
        const auto number = static_cast<std::conditional_t<std::same_as<T, float>, float, double>>(value);
        if (!json::is_finite(static_cast<double>(number))) return false;
        json::put_number(sink, number);
    } else if constexpr (std::is_integral_v<T>) {
        if constexpr (std::is_signed_v<T>) sink.put_integer(value);
        else sink.put_natural(value);
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
        sink.put_quoted(value);
    } else if constexpr (requires {
                             value.has_value();
                             *value;
                         }) {
        if (value) return schema::put_value(sink, *value);
        sink.put("null");
    } else if constexpr (requires { value.valueless_by_exception(); }) {
        bool written = false;
        [&]<std::size_t... At>(std::index_sequence<At...>) {
            (void)(... || (value.index() == At && (written = schema::put_value(sink, std::get<At>(value)), true)));
        }(std::make_index_sequence<std::variant_size_v<T>>{});
        return written;
    } else if constexpr (requires {
                             value.begin();
                             value.end();
                         }) {
        sink.put('[');
        bool first = true;
        for (auto&& item : value) {
            if (!first) sink.put(',');
            first = false;
            // of vector<bool> an item is a bool or something that stands for one
            if (!schema::put_value<typename T::value_type>(sink, item)) return false;
        }
        sink.put(']');
    } else if constexpr (requires { std::tuple_size<T>::value; }) {
        sink.put('[');
        const bool complete = [&]<std::size_t... At>(std::index_sequence<At...>) {
            return (... &&
                    (static_cast<void>(At ? sink.put(',') : void()), schema::put_value(sink, std::get<At>(value))));
        }(std::make_index_sequence<std::tuple_size_v<T>>{});
        if (!complete) return false;
        sink.put(']');
    } else {
        return false;
    }
    return true;
}

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_VALUE_TEXT_HPP
