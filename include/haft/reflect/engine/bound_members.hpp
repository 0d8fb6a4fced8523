// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_ENGINE_BOUND_MEMBERS_HPP
#define HAFT_REFLECT_ENGINE_BOUND_MEMBERS_HPP

/// The members of an aggregate of up to 20 by structured bindings, for a fraction of what Boost.PFR costs the compiler: counted
/// by `T{{}, {}}`, which asks for no conversions, and all names read from the spelling of one template argument. Where it does
/// not apply PFR does the work (cxx20.hpp decides); a test has both agree.

#include <haft/reflect/spelling.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0::reflect::engine {

/// How many braces `T{{}, {}, …}` takes: the number of members, where each can be made of {}. 0 if there are more than 20.
template <class T>
consteval std::size_t count_braces() {
    if constexpr (!requires { T{{}}; }) return 0;
    else if constexpr (!requires { T{{}, {}}; }) return 1;
    else if constexpr (!requires { T{{}, {}, {}}; }) return 2;
    else if constexpr (!requires { T{{}, {}, {}, {}}; }) return 3;
    else if constexpr (!requires { T{{}, {}, {}, {}, {}}; }) return 4;
    else if constexpr (!requires { T{{}, {}, {}, {}, {}, {}}; }) return 5;
    else if constexpr (!requires { T{{}, {}, {}, {}, {}, {}, {}}; }) return 6;
    else if constexpr (!requires { T{{}, {}, {}, {}, {}, {}, {}, {}}; }) return 7;
    else if constexpr (!requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}}; }) return 8;
    else if constexpr (!requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) return 9;
    else if constexpr (!requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) return 10;
    else if constexpr (!requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) return 11;
    else if constexpr (!requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) return 12;
    else if constexpr (!requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) return 13;
    else if constexpr (!requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) return 14;
    else if constexpr (!requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) return 15;
    else if constexpr (!requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) return 16;
    else if constexpr (!requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; })
        return 17;
    else if constexpr (!requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; })
        return 18;
    else if constexpr (!requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; })
        return 19;
    else if constexpr (!requires {
                           T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
                       })
        return 20;
    else return 0;
}

/// Calls `f` with all members of an object, of which there must be `Count`.
// clang-format off
template <std::size_t Count, class T, class F>
constexpr decltype(auto) with_members(T& object, const F& f) {
    if constexpr (Count == 1) {
        auto& [m1] = object;
        return f(m1);
    } else if constexpr (Count == 2) {
        auto& [m1, m2] = object;
        return f(m1, m2);
    } else if constexpr (Count == 3) {
        auto& [m1, m2, m3] = object;
        return f(m1, m2, m3);
    } else if constexpr (Count == 4) {
        auto& [m1, m2, m3, m4] = object;
        return f(m1, m2, m3, m4);
    } else if constexpr (Count == 5) {
        auto& [m1, m2, m3, m4, m5] = object;
        return f(m1, m2, m3, m4, m5);
    } else if constexpr (Count == 6) {
        auto& [m1, m2, m3, m4, m5, m6] = object;
        return f(m1, m2, m3, m4, m5, m6);
    } else if constexpr (Count == 7) {
        auto& [m1, m2, m3, m4, m5, m6, m7] = object;
        return f(m1, m2, m3, m4, m5, m6, m7);
    } else if constexpr (Count == 8) {
        auto& [m1, m2, m3, m4, m5, m6, m7, m8] = object;
        return f(m1, m2, m3, m4, m5, m6, m7, m8);
    } else if constexpr (Count == 9) {
        auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9] = object;
        return f(m1, m2, m3, m4, m5, m6, m7, m8, m9);
    } else if constexpr (Count == 10) {
        auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10] = object;
        return f(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10);
    } else if constexpr (Count == 11) {
        auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11] = object;
        return f(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11);
    } else if constexpr (Count == 12) {
        auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12] = object;
        return f(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12);
    } else if constexpr (Count == 13) {
        auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13] = object;
        return f(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13);
    } else if constexpr (Count == 14) {
        auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14] = object;
        return f(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14);
    } else if constexpr (Count == 15) {
        auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15] = object;
        return f(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15);
    } else if constexpr (Count == 16) {
        auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16] = object;
        return f(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16);
    } else if constexpr (Count == 17) {
        auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17] = object;
        return f(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17);
    } else if constexpr (Count == 18) {
        auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18] = object;
        return f(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18);
    } else if constexpr (Count == 19) {
        auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19] = object;
        return f(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19);
    } else if constexpr (Count == 20) {
        auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20] = object;
        return f(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20);
    }
}
// clang-format on

template <class... M>
struct bound_types {};

struct collect_types {
    template <class... M>
    constexpr bound_types<M...> operator()(M&...) const noexcept {
        return {};
    }
};

// --- the type and the object at one place

#if defined(__has_builtin)
#if __has_builtin(__type_pack_element)
#define HAFT_HAS_TYPE_PACK_ELEMENT() 1
#endif
#endif
#ifndef HAFT_HAS_TYPE_PACK_ELEMENT
#define HAFT_HAS_TYPE_PACK_ELEMENT() 0
#endif

#if HAFT_HAS_TYPE_PACK_ELEMENT()
template <std::size_t At, class... M>
__type_pack_element<At, M...> type_at(bound_types<M...>);
#else
template <std::size_t At, class M>
struct placed_type {
    using type = M;
};
template <class Places, class... M>
struct placed_types;
template <std::size_t... At, class... M>
struct placed_types<std::index_sequence<At...>, M...> : placed_type<At, M>... {};
template <std::size_t At, class M>
placed_type<At, M> find_placed(const placed_type<At, M>*);
template <std::size_t At, class... M>
typename decltype(find_placed<At>(
    static_cast<placed_types<std::index_sequence_for<M...>, M...>*>(nullptr)))::type type_at(bound_types<M...>);
#endif

using skipped_object = const volatile void*;
template <std::size_t>
using skipped_at = skipped_object;

template <class Before>
struct object_after;
template <std::size_t... Before>
struct object_after<std::index_sequence<Before...>> {
    template <class M>
    static constexpr M* pick(skipped_at<Before>..., M* found, ...) noexcept {
        return found;
    }
    template <class... M>
    constexpr auto& operator()(M&... m) const noexcept {
        return *pick(__builtin_addressof(m)...);
    }
};

// --- names

template <class T>
struct bound_holder {
    T value;
};

#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif
/// Never defined: only the spelling of its members' addresses is wanted.
template <class T>
extern const bound_holder<T> haft_bound_object;
template <class T>
constexpr const T& bound_object() noexcept {
    return haft_bound_object<T>.value;
}

template <std::size_t Count>
struct member_addresses {
    const void* of[Count];
};
struct collect_addresses {
    template <class... M>
    constexpr member_addresses<sizeof...(M)> operator()(M&... m) const noexcept {
        return {{__builtin_addressof(m)...}};
    }
};

template <auto Addresses>
consteval detail::spelling spell_members() {
    return {__PRETTY_FUNCTION__, sizeof __PRETTY_FUNCTION__ - 1};
}

/// The names of the members whose addresses these are.
template <auto Addresses, std::size_t Count>
consteval std::array<std::string_view, Count> spelled_names() {
    // g++: {{((const void*)(& haft_bound_object<T>.bound_holder<T>::value.T::city)), ((const void*)(& …))}}]
    // clang: {{&haft_bound_object.value.city, &…}}]
#ifdef __clang__
    constexpr const char* opening = "&haft_bound_object";
    constexpr const char* between = ", &haft_bound_object";
    constexpr std::size_t skipped = 2;  // from the end of one to the begin of the next
#else
    constexpr const char* opening = "((const void*)(& haft_bound_object";
    constexpr const char* between = ")), ((const void*)(& haft_bound_object";
    constexpr std::size_t skipped = 4;
#endif
    constexpr detail::spelling whole = spell_members<Addresses>();
    constexpr std::string_view text{whole.text, whole.size};
    constexpr std::size_t first = detail::place_of(opening, text);
    std::size_t end = text.size();
    if constexpr (Count > 1) {
        end = detail::place_of(between, text);
    } else {
        while (whole.text[end - 1] == ']' || whole.text[end - 1] == '}' || whole.text[end - 1] == ')') --end;
    }
    std::size_t begin = end;
    while (whole.text[begin - 1] != ':' && whole.text[begin - 1] != '.') --begin;
    const std::size_t before = begin - first;  // the same for all of them
    std::array<std::string_view, Count> names{};
    for (std::size_t i = 0;;) {
        names[i] = std::string_view(whole.text + begin, end - begin);
        if (++i == Count) return names;
        begin = end = end + skipped + before;
        while (whole.text[end] != ')' && whole.text[end] != ',' && whole.text[end] != '}') ++end;
    }
}
#ifdef __clang__
#pragma clang diagnostic pop
#endif

}  // namespace haft::inline v0::reflect::engine

#endif  // HAFT_REFLECT_ENGINE_BOUND_MEMBERS_HPP
