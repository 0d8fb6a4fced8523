// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_CALL_OPTIONS_HPP
#define HAFT_TOOL_CALL_OPTIONS_HPP

/// What a caller may set for one call.

#include <haft/core/error.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/reflect/type_name.hpp>
#include <haft/tool/approver.hpp>
#include <haft/tool/call_listener.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

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

/// How to call. The default suits arguments that a model wrote.
struct call_options {
    json::read_limits limits = {};
    read_mode mode = read_mode::strict;
    bool unwrap = false;            ///< arguments may be JSON text in a string
    std::string_view call_id = {};  ///< as the caller knows the call
    stop_token stop = {};
    call_listener* listener = nullptr;  ///< must outlive the call
    approver* asked =
        nullptr;  ///< who agrees to calls that need it; must outlive the call; null: nobody, so none is made
    user_data user = {};
    std::vector<note>* notes = nullptr;            ///< what was converted or dropped is appended here
    std::size_t max_result_bytes = 1u << 20;       ///< of text, which a model is to read
    std::size_t max_attachment_bytes = 16u << 20;  ///< of images, sounds and other bytes together
    bool show_exceptions = true;                   ///< an exception's text goes to the caller
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_CALL_OPTIONS_HPP
