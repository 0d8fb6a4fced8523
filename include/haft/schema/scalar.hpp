// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_SCALAR_HPP
#define HAFT_SCHEMA_SCALAR_HPP

/// The forms of bool, the integers, the floating-point types, and the enums whose names are known.

#include <haft/json/type.hpp>
#include <haft/reflect/enumerators.hpp>
#include <haft/schema/custom.hpp>
#include <haft/schema/form.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace haft::inline v0::schema {

template <>
struct form<bool> {
    static constexpr json::kind kind = json::kind::boolean;
    static constexpr json::type table() { return json::of_kind(kind); }
};

/// The integers that count; the character types are text, and not these.
template <class T>
concept counting_integer =
    std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> && !std::same_as<T, wchar_t> &&
    !std::same_as<T, char8_t> && !std::same_as<T, char16_t> && !std::same_as<T, char32_t> && sizeof(T) <= 8;

template <counting_integer T>
struct form<T> {
    static constexpr json::kind kind = json::kind::integer;
    static constexpr json::type table() {
        json::type t = json::of_kind(kind);
        t.is_signed = std::is_signed_v<T>;
        return t;
    }
};

template <class T>
    requires(std::same_as<T, float> || std::same_as<T, double>)
struct form<T> {
    static constexpr json::kind kind = json::kind::number;
    static constexpr json::type table() {
        json::type t = json::of_kind(kind);
        t.is_signed = true;
        return t;
    }
};

/// JSON's numbers are doubles to whoever reads them (RFC 8259, 6), so a long double has no more range and precision.
template <>
struct form<long double> : converted_form<long double, double> {
    static bool read(double from, long double& to, std::string&) { return to = from, true; }
    static bool write(const long double& from, double& via, std::string& why) {
        via = static_cast<double>(from);
        if (from - from == 0 && via - via != 0) return why = "it is beyond the range of double", false;
        return true;
    }
};

template <reflect::named_enum E>
struct form<E> {
    static constexpr json::kind kind = json::kind::enumeration;
    static constexpr auto rows = [] {
        std::array<json::enumerator, reflect::enumerators<E>.size()> out{};
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = {reflect::enumerators<E>[i].first, static_cast<std::int64_t>(reflect::enumerators<E>[i].second)};
        return out;
    }();
    static constexpr json::type table() {
        json::type t = json::of_kind(kind);
        t.is_signed = std::is_signed_v<std::underlying_type_t<E>>;
        t.count = static_cast<std::uint16_t>(rows.size());
        t.enumerators = rows.data();
        return t;
    }
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_SCALAR_HPP
