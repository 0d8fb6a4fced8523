// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_USER_DATA_HPP
#define HAFT_TOOL_USER_DATA_HPP

/// An object whose type is asked for: how a host hands its own things to tools that know them.

#include <haft/reflect/type_name.hpp>

#include <string_view>

namespace haft::inline v0 {

/// Something of the host's that tools may use, known by its type. A type is one throughout the process, in whichever
/// shared library a tool lies; one without linkage (local, or of an unnamed namespace) only in its translation unit.
class user_data {
public:
    constexpr user_data() = default;
    template <class T>
    constexpr explicit user_data(T& object) noexcept : object_(__builtin_addressof(object)), type_(&tag<T>) {}

    /// The object, or null if it is of another type. const objects are given as const T only.
    template <class T>
    constexpr T* get() const noexcept {
        const bool same = type_ == &tag<T> || (type_ && tag<T>.has_linkage && type_->spelling == tag<T>.spelling);
        return same ? const_cast<T*>(static_cast<const T*>(object_)) : nullptr;
    }

    /// No object, but the type that one is wanted of.
    template <class T>
    static constexpr user_data wanted() noexcept {
        user_data out;
        out.type_ = &tag<T>;
        return out;
    }
    /// Whether both are of one type, objects or not.
    constexpr bool same_type(const user_data& other) const noexcept {
        return type_ == other.type_ || (type_ && other.type_ && type_->has_linkage && other.type_->has_linkage &&
                                        type_->spelling == other.type_->spelling);
    }

private:
    /// Shared libraries that hide their symbols have tags of their own, so that addresses alone don't tell.
    struct type_tag {
        std::string_view spelling;
        bool has_linkage;
    };
    template <class T>
    static constexpr type_tag tag = [] {
        const std::string_view text = reflect::spelled_type<T>;
        return type_tag{text, text.find_first_of("({") == text.npos && text.find("<unnamed") == text.npos};
    }();

    const void* object_ = nullptr;
    const type_tag* type_ = nullptr;
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_USER_DATA_HPP
