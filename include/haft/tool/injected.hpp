// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_INJECTED_HPP
#define HAFT_TOOL_INJECTED_HPP

/// Parameters that the host gives, by their type: hidden from the model as call_context& is, and from every caller. [NX-10]

#include <haft/core/shared_thing.hpp>
#include <haft/tool/user_data.hpp>

#include <type_traits>

namespace haft::inline v0 {

class call_context;

/// A parameter that gets an object of the host's: `int count(const args&, haft::injected<database> db)`. It is no part of the schema,
/// and no argument reaches it. Where the object comes from: haft::providers, at compile time, or call_options::providers. For use
/// while the function runs.
template <class T>
class injected {
public:
    using object_type = T;
    constexpr explicit injected(T& object) noexcept : object_(&object) {}
    constexpr T& operator*() const noexcept { return *object_; }
    constexpr T* operator->() const noexcept { return object_; }

private:
    T* object_;
};

/// Who has the objects, at run time.
class object_provider {
public:
    /// The object of the type that `wanted` is of (user_data::wanted<T>()); nothing if there is none. `keeper` may own it: it lives as
    /// long as the call. What this throws becomes the call's error.
    virtual user_data provide(const user_data& wanted, call_context& context, shared_thing& keeper) const = 0;

protected:
    object_provider() = default;
    object_provider(const object_provider&) = default;
    object_provider& operator=(const object_provider&) = default;
    ~object_provider() = default;
};

namespace detail {

template <class T>
inline constexpr bool is_injected_object = false;
template <class T>
inline constexpr bool is_injected_object<injected<T>> = true;

}  // namespace detail
}  // namespace haft::inline v0

#endif  // HAFT_TOOL_INJECTED_HPP
