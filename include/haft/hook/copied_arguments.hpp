// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_COPIED_ARGUMENTS_HPP
#define HAFT_HOOK_COPIED_ARGUMENTS_HPP

/// Arguments of an emission that outlive it: for asynchronous hooks and for historic points. [HK-08, fault 154]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/hook/hook_entry.hpp>
#include <haft/hook/hook_point.hpp>
#include <haft/hook/point_emission.hpp>
#include <haft/hook/provide.hpp>
#include <haft/reflect/members.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace haft::inline v0::detail {

/// Whether a copy of a T holds all that it is made of: no pointer, no view; a std::string_view becomes a string.
template <class T>
consteval bool owns_itself() {
    if constexpr (std::is_pointer_v<T> || std::is_reference_v<T> || !std::is_copy_constructible_v<T>) {
        return false;
    } else if constexpr (std::is_class_v<T> && std::is_trivially_copyable_v<T> && !std::is_aggregate_v<T> &&
                         requires(const T& t) {
                             t.data();
                             t.size();
                         }) {
        return false;  // a view
    } else if constexpr (reflect::plain_struct<T>) {
        return []<std::size_t... At>(std::index_sequence<At...>) {
            return (... && detail::owns_itself<reflect::member_type<T, At>>());
        }(std::make_index_sequence<reflect::member_count<T>>{});
    } else {
        return true;
    }
}

template <class Argument>
using owned = std::conditional_t<std::is_same_v<std::remove_cvref_t<Argument>, std::string_view>, std::string,
                                 std::remove_cvref_t<Argument>>;

template <class Argument>
inline constexpr bool can_be_copied =
    owns_itself<owned<Argument>>() && std::is_const_v<std::remove_reference_t<Argument>>;

template <class Point, class Arguments>
struct copied_arguments;
template <class Point, class... Arguments>
struct copied_arguments<Point, std::tuple<Arguments...>> final : copied_call {
    std::tuple<owned<Arguments>...> kept;
    hook_snapshot alone;  // who is called for itself is in no snapshot

    explicit copied_arguments(const point_emission<Point>& of)
        : kept(std::apply([](auto*... given) { return std::tuple<owned<Arguments>...>(owned<Arguments>(*given)...); },
                          of.given)),
          alone() {
        if (of.hooks) alone.stop = of.hooks->stop;
    }

    std::string run(hook_entry& hook) override {
        return std::apply(
            [&](const auto&... one) {
                return std::apply(
                    [&](const auto&... seen) { return call(hook, std::addressof(seen)...); },
                    std::tuple<std::conditional_t<std::is_same_v<std::remove_cvref_t<Arguments>, std::string_view>,
                                                  std::string_view, const owned<Arguments>&>...>(one...));
            },
            kept);
    }
    template <class... Pointers>
    std::string call(hook_entry& hook, Pointers... given) {
        point_emission<Point> e(typename point_emission<Point>::arguments(given...));
        e.hooks = &alone;
        hook.run(hook, e, nullptr);
        return in_words(e);
    }
    /// What the hook gave, for the log.
    static std::string in_words(const point_emission<Point>& e) {
        std::string out;
        if constexpr (replies<Point>) {
            for (const message& one : e.result.messages) append_all(out, {out.empty() ? "" : "\n", one.text});
            if (e.result.vetoed) append_all(out, {out.empty() ? "" : "\n", "veto: ", *e.result.vetoed});
        } else if constexpr (!std::is_void_v<hook_result<Point>>) {
            bool any = false;
            if constexpr (is_first_result<Point>()) any = e.result.has_value();
            else any = !e.result.empty();
            if (any) {
                if constexpr (std::is_convertible_v<hook_result<Point>, std::string_view>) {
                    if constexpr (is_first_result<Point>()) out = std::string_view(*e.result);
                    else out = std::string_view(e.result.front());
                } else {
                    out = "a result, which nobody takes";
                }
            }
        }
        return out;
    }
};

template <class Point, class Arguments>
inline constexpr bool all_can_be_copied = false;
template <class Point, class... Arguments>
inline constexpr bool all_can_be_copied<Point, std::tuple<Arguments...>> = (... && can_be_copied<Arguments>);

template <class Point>
std::shared_ptr<copied_call> copy_emission(const emission& e) {
    using arguments = typename parts_of_point<Point>::arguments;
    return std::make_shared<copied_arguments<Point, arguments>>(static_cast<const point_emission<Point>&>(e));
}

template <class Point>
consteval auto copy_function() -> std::shared_ptr<copied_call> (*)(const emission&) {
    using arguments = typename parts_of_point<Point>::arguments;
    if constexpr (all_can_be_copied<Point, arguments>) {
        return &copy_emission<Point>;
    } else {
        static_assert(
            !is_historic<Point>(),
            "haft: a historic point keeps its arguments, so they must be copyable and own what they are made of: "
            "no pointers, no views, nothing that is written to [haft-E0153]");
        return nullptr;
    }
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_COPIED_ARGUMENTS_HPP
