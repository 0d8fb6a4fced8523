// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STD_VARIANT_HPP
#define HAFT_SCHEMA_STD_VARIANT_HPP

/// The form of std::variant: its first alternative that reads without a fault. std::monostate is null.

#include <haft/core/text_sink.hpp>
#include <haft/json/type.hpp>
#include <haft/schema/form.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>

namespace haft::inline v0::schema {

template <>
struct form<std::monostate> {
    static constexpr json::kind kind = json::kind::null;
    static constexpr json::type table() { return json::of_kind(kind); }
    static constexpr bool put(text_sink& sink, std::monostate) { return sink.put("null"), true; }
};

template <class... T>
struct form<std::variant<T...>> {
    static constexpr json::kind kind = json::kind::variant;
    using parts = type_list<T...>;
    static constexpr json::type table() {
        json::type t = json::of_kind(kind);
        t.count = static_cast<std::uint16_t>(sizeof...(T));
        t.elements = elements.data();
        t.variant = &operations;
        return t;
    }

private:
    using variant = std::variant<T...>;
    static constexpr std::array<const json::type*, sizeof...(T)> elements{&type_of<T>...};

    static void* emplace(void* to, std::size_t at) {
        return [&]<std::size_t... At>(std::index_sequence<At...>) {
            void* made = nullptr;
            static_cast<void>((
                ... || (At == at && (made = __builtin_addressof(static_cast<variant*>(to)->template emplace<At>()), true))));
            return made;
        }(std::index_sequence_for<T...>{});
    }
    static const void* active(const void* from, std::size_t& at) {
        const auto& value = *static_cast<const variant*>(from);
        at = value.index();
        return [&]<std::size_t... At>(std::index_sequence<At...>) {
            const void* found = nullptr;
            static_cast<void>((... || (At == at && (found = std::get_if<At>(__builtin_addressof(value)), true))));
            return found;
        }(std::index_sequence_for<T...>{});
    }
    static constexpr json::variant_operations operations{&emplace, &active};
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STD_VARIANT_HPP
