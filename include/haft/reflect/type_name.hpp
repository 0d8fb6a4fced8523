// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_TYPE_NAME_HPP
#define HAFT_REFLECT_TYPE_NAME_HPP

/// The name of a class without its namespaces and template arguments, in letters, digits and underscores only: `point`. The
/// same on every compiler, which spell arguments each in its own way; for naming definitions in schemas.

#include <haft/core/text_sink.hpp>
#include <haft/reflect/spelling.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace haft::inline v0::reflect {

/// The most characters of such a name; what is beyond is left out.
inline constexpr std::size_t most_of_type_name = 255;

/// Of a type as the compiler spells it: `ns::list<ns::point>` is `list`.
constexpr void put_type_name(text_sink& sink, std::string_view spelled) {
    const std::size_t first = sink.size;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < spelled.size(); ++i) {
        const char c = spelled[i];
        if (c == '<' || c == '(' || c == '{') ++depth;
        else if (depth > 0 && (c == '>' || c == ')' || c == '}')) --depth;
        else if (depth == 0 && c == ':') begin = i + 1;
    }
    bool gap = false;
    for (std::size_t i = begin; i < spelled.size() && sink.size - first < most_of_type_name - 1; ++i) {
        const char c = spelled[i];
        if (c == '<') break;
        const bool word = c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (word && gap) sink.put('_');
        gap = !word && (gap || sink.size > first);
        if (word) sink.put(c), gap = false;
    }
}

namespace detail {

template <class T>
struct type_name_text {
    static constexpr void write(text_sink& sink) { put_type_name(sink, spelled_type<T>); }
};

constexpr std::uint32_t hash(std::string_view text) {
    const char* const begin = text.data();
    const std::size_t size = text.size();
    std::uint32_t hash = 2166136261u;
    for (std::size_t i = 0; i < size; ++i) hash = (hash ^ static_cast<unsigned char>(begin[i])) * 16777619u;
    return hash ? hash : 1;
}

}  // namespace detail

template <class T>
inline constexpr std::string_view type_name = static_text<detail::type_name_text<T>>::view;

/// A number that tells the type from others, made of the compiler's spelling of it (FNV-1a); never 0. Not the same with every
/// compiler, so nothing to be shown.
template <class T>
inline constexpr std::uint32_t type_id = detail::hash(spelled_type<T>);

}  // namespace haft::inline v0::reflect

#endif  // HAFT_REFLECT_TYPE_NAME_HPP
