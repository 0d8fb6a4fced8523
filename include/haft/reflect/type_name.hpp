// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_TYPE_NAME_HPP
#define HAFT_REFLECT_TYPE_NAME_HPP

/// The name of a class without its namespaces and template arguments, in letters, digits and underscores only: `point`. The
/// same on every compiler, which spell arguments each in its own way; for naming definitions in schemas.

#include <haft/core/text_sink.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace haft::inline v0::reflect {

namespace detail {

template <class T>
consteval std::string_view spelled_type() {
    return __PRETTY_FUNCTION__;
}

template <class T>
struct type_name_text {
    static constexpr void write(text_sink& sink) {
        // g++: [with T = ns::point; std::string_view = …]   clang: [T = ns::point]
        std::string_view text = spelled_type<T>();
        text.remove_prefix(text.find("T = ") + 4);
        int depth = 0;
        std::size_t end = 0, begin = 0;
        for (; end < text.size(); ++end) {
            const char c = text[end];
            if (c == '<' || c == '(' || c == '{') ++depth;
            else if (depth > 0 && (c == '>' || c == ')' || c == '}')) --depth;
            else if (depth == 0 && (c == ';' || c == ']')) break;
            else if (depth == 0 && c == ':') begin = end + 1;
        }
        bool gap = false;
        for (const char c : text.substr(begin, end - begin)) {
            if (c == '<') break;
            const bool word = c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (word && gap) sink.put('_');
            gap = !word && (gap || sink.size > 0);
            if (word) sink.put(c), gap = false;
        }
    }
};

}  // namespace detail

template <class T>
inline constexpr std::string_view type_name = static_text<detail::type_name_text<T>>::view;

/// A type as the compiler spells it, with all namespaces around it; what follows in the text is the same for all types.
/// Nothing to be shown: each compiler has its own.
template <class T>
inline constexpr std::string_view spelled_type = [] {
    const std::string_view text = detail::spelled_type<T>();
    return text.substr(text.find("T = ") + 4);
}();

/// A number that tells the type from others, made of the compiler's spelling of it (FNV-1a); never 0. Not the same with every
/// compiler, so nothing to be shown.
template <class T>
inline constexpr std::uint64_t type_id = [] {
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : detail::spelled_type<T>()) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return hash ? hash : 1;
}();

}  // namespace haft::inline v0::reflect

#endif  // HAFT_REFLECT_TYPE_NAME_HPP
