// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_NAMED_MEMBER_HPP
#define HAFT_REFLECT_NAMED_MEMBER_HPP

/// Whether a class has a member of a name at all, be it private, overloaded or inherited: a name that is there and does not fit
/// must not be passed over in silence. [HK-10]

#include <string_view>
#include <type_traits>

/// `HAFT_NAMED_MEMBER(setup_name, setup)` in a namespace: a struct of the first name. `setup_name::in<C>`: whether C has something
/// of the second; `text` is that name. (Of a final class only what is public and no overload shows.)
// A class that inherits the name from two sides can't say which it means: then both have it.
#define HAFT_NAMED_MEMBER(tag, name)                                         \
    struct tag {                                                             \
        static constexpr std::string_view text = #name;                      \
        struct other_side {                                                  \
            int name;                                                        \
        };                                                                   \
        template <class C>                                                   \
        struct both : C, other_side {};                                      \
        template <class C>                                                   \
        static consteval bool find() {                                       \
            if constexpr (std::is_final_v<C>) return requires { &C::name; }; \
            else return !requires { &both<C>::name; };                       \
        }                                                                    \
        template <class C>                                                   \
        static constexpr bool in = find<C>();                                \
    };

#endif  // HAFT_REFLECT_NAMED_MEMBER_HPP
