// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_GENERATOR_HPP
#define HAFT_HOOK_GENERATOR_HPP

/// A coroutine that gives several values, one after the other: `co_yield haft::message{…};`. As C++23's std::generator, of
/// which it is the part that hooks and commands need. [HK-05]

#include <coroutine>
#include <exception>
#include <memory>
#include <utility>

namespace haft::inline v0 {

/// What a coroutine gives. It runs as far as it is asked to: `while (T* one = g.next())`. Its parameters must outlive it, as far as
/// they are references. For one thread at a time.
template <class T>
class [[nodiscard]] generator {
public:
    struct promise_type {
        T* current = nullptr;
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
            current = std::addressof(value);  // a temporary lives until the coroutine goes on
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
