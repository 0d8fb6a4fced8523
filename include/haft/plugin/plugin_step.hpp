// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_STEP_HPP
#define HAFT_PLUGIN_PLUGIN_STEP_HPP

/// A step of a plugin's life, such as its setup: somebody else's function, from which nothing is thrown any further.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/tool/toolset.hpp>

#include <concepts>
#include <functional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0 {

namespace detail {

template <class T>
inline constexpr bool is_result_of_step = false;
template <class T>
inline constexpr bool is_result_of_step<result<T>> = true;

/// Runs a step that gives nothing, what it is for, or a haft::result of one of these.
template <class Given, class F>
result<Given> run_step(F&& f) {
    using returned = std::remove_cvref_t<decltype(f())>;
    try {
        if constexpr (std::is_void_v<returned>) {
            f();
            if constexpr (std::is_void_v<Given>) return {};
            else return Given{};
        } else if constexpr (std::same_as<returned, result<void>> && !std::is_void_v<Given>) {
            if (returned done = f(); !done) return std::move(done.error());
            return Given{};
        } else if constexpr (is_result_of_step<returned>) {
            returned done = f();
            if (!done) return std::move(done.error());
            if constexpr (std::is_void_v<Given>) return {};
            else return Given(std::move(*done));
        } else {
            return Given(f());
        }
    } catch (...) { return error{errc::plugin_failed, caught_text(), {}, 0, std::current_exception()}; }
}

template <class R, class Given>
inline constexpr bool fits_step =
    std::is_void_v<R> || std::same_as<R, result<void>> || (!std::is_void_v<Given> && std::is_convertible_v<R, Given>);
template <class T, class Given>
inline constexpr bool fits_step<result<T>, Given> = fits_step<T, Given>;

template <class F, class Given, class Taken>
concept step_of = std::invocable<F&, Taken> && fits_step<std::invoke_result_t<F&, Taken>, Given>;
template <class F, class Given>
concept step_of_nothing = std::invocable<F&> && fits_step<std::invoke_result_t<F&>, Given>;

}  // namespace detail

/// A function of the configuration (a JSON object, as text; or of what else is `Taken`) or of nothing. It gives nothing,
/// haft::result<void>, or, where `Given` is something, that. An error that it gives, or whatever it throws, is the step's error.
/// Copies share nothing.
template <class Given, class Taken = std::string_view>
class plugin_step {
public:
    plugin_step() = default;
    template <class F>
        requires(!std::same_as<std::remove_cvref_t<F>, plugin_step> &&
                 (detail::step_of<std::decay_t<F>, Given, Taken> || detail::step_of_nothing<std::decay_t<F>, Given>))
    plugin_step(F f)  // NOLINT: implicit, so that .setup = [] { … } reads
        : takes_argument_(detail::step_of<F, Given, Taken>), run_([f = std::move(f)]([[maybe_unused]] Taken what) mutable {
              return detail::run_step<Given>([&]() -> decltype(auto) {
                  if constexpr (detail::step_of<F, Given, Taken>) return f(what);
                  else return f();
              });
          }) {}

    explicit operator bool() const noexcept { return static_cast<bool>(run_); }
    /// Whether it is a function of what it is given, so that another configuration means another outcome.
    bool takes_argument() const noexcept { return takes_argument_; }
    /// The same step, said to be one of nothing: its function hands on to nobody what it is given.
    plugin_step without_argument() && {
        takes_argument_ = false;
        return std::move(*this);
    }

    /// Runs it; of no step nothing comes.
    result<Given> operator()(Taken what) const {
        if constexpr (std::same_as<Taken, std::string_view>)
            if (what.empty()) what = "{}";
        if (run_) return run_(what);
        if constexpr (std::is_void_v<Given>) return {};
        else return Given{};
    }

private:
    bool takes_argument_ = false;
    std::function<result<Given>(Taken)> run_;
};

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_PLUGIN_STEP_HPP
