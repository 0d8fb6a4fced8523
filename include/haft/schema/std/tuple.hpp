// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STD_TUPLE_HPP
#define HAFT_SCHEMA_STD_TUPLE_HPP

/// The forms of std::tuple and std::pair: a JSON array of their items.

#include <haft/json/type.hpp>
#include <haft/schema/form.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>

namespace haft::inline v0::schema {

namespace detail {
template <class Tuple, class... T>
struct tuple_form {
    static constexpr json::kind kind = json::kind::tuple;
    using parts = type_list<T...>;
    static constexpr json::type table() {
        json::type t = json::of_kind(kind);
        t.count = static_cast<std::uint16_t>(sizeof...(T));
        t.elements = elements.data();
        t.at = &at;
        return t;
    }

private:
    static constexpr std::array<const json::type*, sizeof...(T)> elements{&type_of<T>...};

    static void* at(void* tuple, std::size_t i) {
        return [&]<std::size_t... At>(std::index_sequence<At...>) {
            void* found = nullptr;
            static_cast<void>(
                (... || (At == i && (found = __builtin_addressof(std::get<At>(*static_cast<Tuple*>(tuple))), true))));
            return found;
        }(std::index_sequence_for<T...>{});
    }
};
}  // namespace detail

template <class... T>
struct form<std::tuple<T...>> : detail::tuple_form<std::tuple<T...>, T...> {};
template <class A, class B>
struct form<std::pair<A, B>> : detail::tuple_form<std::pair<A, B>, A, B> {};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STD_TUPLE_HPP
