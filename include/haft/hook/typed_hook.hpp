// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_TYPED_HOOK_HPP
#define HAFT_HOOK_TYPED_HOOK_HPP

/// From a callable to an entry of a chain.

#include <haft/hook/explain_hook.hpp>
#include <haft/hook/hook_chain.hpp>
#include <haft/hook/hook_entry.hpp>
#include <haft/hook/hook_options.hpp>
#include <haft/hook/hook_point.hpp>
#include <haft/hook/point_emission.hpp>
#include <haft/hook/provide.hpp>
#include <haft/reflect/callable.hpp>

#include <cstddef>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

namespace haft::inline v0 {

template <hook_point Point>
class next_hooks {
public:
    next_hooks(detail::rest_of_hooks& rest, detail::point_emission<Point>& going_on) noexcept
        : rest_(rest), emission_(going_on) {}
    next_hooks(const next_hooks&) = delete;
    next_hooks& operator=(const next_hooks&) = delete;

    /// Calls them. What they gave stands where it is given from, so what is changed in it counts; only a veto stays
    /// one, and guards are asked again about another text. The second call throws.
    /// Throws what passes through emissions.
    decltype(auto) operator()() {
        rest_.call();
        emission_.keep_veto();
        if constexpr (!std::is_void_v<detail::hook_result<Point>>) return (emission_.result);
    }

private:
    detail::rest_of_hooks& rest_;
    detail::point_emission<Point>& emission_;
};

namespace detail {

template <class F>
struct typed_hook final : hook_entry {
    explicit typed_hook(F f) : callable(std::move(f)) {}
    F callable;
};

template <class Point, class F>
struct hook_calls {
    static F& callable(hook_entry& entry) noexcept { return static_cast<typed_hook<F>&>(entry).callable; }

    template <class Call>
    static void give(point_emission<Point>& e, const Call& call) {
        if constexpr (std::is_void_v<decltype(call())>) call();
        else e.take(call());
    }

    template <class... Parameters>
    static void run(hook_entry& entry, point_emission<Point>& e, reflect::type_list<Parameters...>) {
        give(e, [&]() -> decltype(auto) { return callable(entry)(detail::provide<Parameters, Point>(e)...); });
    }
    template <class... Arguments>
    static void run_as_they_are(hook_entry& entry, point_emission<Point>& e, std::tuple<Arguments...>*) {
        std::apply([&](auto*... given) { give(e, [&]() -> decltype(auto) { return callable(entry)(*given...); }); },
                   e.given);
    }
    template <class Next, class... Parameters>
    static void wrap(hook_entry& entry, point_emission<Point>& e, rest_of_hooks& rest,
                     reflect::type_list<Next, Parameters...>) {
        next_hooks<Point> next(rest, e);
        using result = decltype(callable(entry)(next, detail::provide<Parameters, Point>(e)...));
        if constexpr (std::is_void_v<result>) {
            callable(entry)(next, detail::provide<Parameters, Point>(e)...);
        } else {
            auto returned = callable(entry)(next, detail::provide<Parameters, Point>(e)...);
            if (rest.called()) {
                e.result = std::move(returned);
            } else if constexpr (is_vetoable<Point>()) {
                emission_result<Point> instead = std::move(returned);
                if (instead.vetoed) e.refuse(std::move(*instead.vetoed));
            }
        }
        e.keep_veto();
    }

    static void run(hook_entry& entry, emission& base, rest_of_hooks* rest) {
        auto& e = static_cast<point_emission<Point>&>(base);
        if constexpr (is_wrapper<F>()) {
            wrap(entry, e, *rest, typename reflect::signature_of<F>::parameters{});
        } else if constexpr (reflect::has_one_signature<F>) {
            run(entry, e, typename reflect::signature_of<F>::parameters{});
        } else {
            run_as_they_are(entry, e, static_cast<typename parts_of_point<Point>::arguments*>(nullptr));
        }
    }
};

template <class Point, class F>
std::shared_ptr<hook_entry> make_entry(F f, hook_options options) {
    auto out = std::make_shared<typed_hook<F>>(std::move(f));
    out->options = std::move(options);
    out->run = &hook_calls<Point, F>::run;
    out->wrapper = is_wrapper<F>();
    return out;
}

}  // namespace detail
}  // namespace haft::inline v0

#endif  // HAFT_HOOK_TYPED_HOOK_HPP
