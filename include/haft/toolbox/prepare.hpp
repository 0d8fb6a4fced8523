// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_PREPARE_HPP
#define HAFT_TOOLBOX_PREPARE_HPP

/// The member `prepare()` of a toolbox class: whether there is one that can be run, and how it runs. [TB-09]

#include <haft/core/result.hpp>
#include <haft/reflect/named_member.hpp>

#include <type_traits>
#include <utility>

namespace haft::inline v0 {

namespace detail {

HAFT_NAMED_MEMBER(has_prepare, prepare)
template <class C>
concept can_prepare = requires(C& box) { box.prepare(); };

template <class C>
consteval void explain_prepare() {
    if constexpr (can_prepare<C>) {
        using given = decltype(std::declval<C&>().prepare());
        static_assert(std::is_void_v<given> || std::is_same_v<given, result<void>>,
                      "haft: a toolbox's prepare() gives void, and throws where it fails, or haft::result<void> "
                      "[haft-E0139]");
    } else {
        static_assert(!has_prepare::in<C>,
                      "haft: this toolbox has a `prepare` that can't be called without arguments from outside, so it "
                      "would never run; make it a public void prepare(), or give it another name [haft-E0139]");
    }
}
template <class C>
result<void> run_prepare(void* object) {
    using given = decltype(std::declval<C&>().prepare());
    if constexpr (std::is_same_v<given, result<void>>) return static_cast<C*>(object)->prepare();
    else return static_cast<void>(static_cast<C*>(object)->prepare()), result<void>();
}

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_TOOLBOX_PREPARE_HPP
