// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_GENERATOR_HPP
#define HAFT_HOOK_GENERATOR_HPP

/// A coroutine that gives several values, one after the other: `co_yield haft::say("…");`. As C++23's std::generator, of
/// which it is the part that hooks and commands need. [HK-05]

#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace haft::inline v0 {

namespace detail {
/// Whether what is made within a co_yield arrives there unharmed.
template <class T>
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 15
inline constexpr bool can_be_yielded = !(std::is_aggregate_v<T> && !std::is_trivially_destructible_v<T>);
#else
inline constexpr bool can_be_yielded = true;
#endif
}  // namespace detail

/// What a coroutine gives. It runs as far as it is asked to: `while (T* one = g.next())`. Its parameters must outlive it, as far as
/// they are references. For one thread at a time.
template <class T>
class [[nodiscard]] generator {
public:
    struct promise_type {
        T* current = nullptr;
        std::optional<T> converted;
        std::exception_ptr thrown;

        generator get_return_object() noexcept {
            return generator(std::coroutine_handle<promise_type>::from_promise(*this));
        }
        std::suspend_always initial_suspend() const noexcept { return {}; }
        std::suspend_always final_suspend() const noexcept { return {}; }
        std::suspend_always yield_value(T& value) noexcept {
            current = std::addressof(value);
            return {};
        }
        std::suspend_always yield_value(T&& value) noexcept {
            static_assert(detail::can_be_yielded<T>,
                          "haft: a g++ before 15 destroys an aggregate twice that is made within "
                          "co_yield; write co_yield haft::say(\"…\"), or give it a name first: "
                          "haft::message m{…}; co_yield m; [haft-E0151]");
            current = std::addressof(value);  // a temporary lives until the coroutine goes on
            return {};
        }
        template <class U>
            requires(!std::is_same_v<std::remove_cvref_t<U>, T> && std::is_convertible_v<U, T>)
        std::suspend_always yield_value(U&& value) {
            static_assert(
                std::is_lvalue_reference_v<U> || detail::can_be_yielded<U>,
                "haft: a g++ before 15 destroys an aggregate twice that is made within co_yield; write co_yield "
                "haft::say(\"…\"), or give it a name first: haft::message m{…}; co_yield m; [haft-E0151]");
            converted.emplace(std::forward<U>(value));
            current = std::addressof(*converted);
            return {};
        }
        void return_void() const noexcept {}
        void unhandled_exception() noexcept { thrown = std::current_exception(); }
        void await_transform() = delete;  // there is nobody to wait for
    };

    generator(generator&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
    generator& operator=(generator other) noexcept {
        std::swap(frame_, other.frame_);
        return *this;
    }
    ~generator() {
        if (frame_) frame_.destroy();
    }

    /// Goes on to the next value, which stands there until the next call; null when it is done. Throws what the coroutine throws.
    T* next() {
        if (!frame_ || frame_.done()) return nullptr;
        promise_type& promise = frame_.promise();
        promise.current = nullptr;
        frame_.resume();
        if (promise.thrown) std::rethrow_exception(std::exchange(promise.thrown, nullptr));
        return promise.current;
    }

private:
    explicit generator(std::coroutine_handle<promise_type> frame) noexcept : frame_(frame) {}
    std::coroutine_handle<promise_type> frame_;
};

}  // namespace haft::inline v0

#endif  // HAFT_HOOK_GENERATOR_HPP
