// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_DEDENT_HPP
#define HAFT_CORE_DEDENT_HPP

/// Long literals that stand in the source with the indentation of the code around them.

#include <haft/core/fixed_string.hpp>
#include <haft/core/text_sink.hpp>

#include <cstddef>
#include <string_view>

namespace haft::inline v0 {

namespace detail {

/// A long literal without the indentation that it has in the source: the first and the last line are dropped where they
/// are blank, and the indentation common to the others with them.
template <fixed_string Text>
struct dedented {
    static constexpr std::string_view text = Text.view();

    static constexpr void write(text_sink& sink) {
        constexpr std::size_t common = [] {
            std::size_t least = text.size();
            std::size_t spaces = 0;
            bool leading = true;
            for (const char c : text) {
                if (c == '\n') leading = true, spaces = 0;
                else if (leading && c == ' ') ++spaces;
                else if (leading) {
                    leading = false;
                    if (spaces < least) least = spaces;
                }
            }
            return least;
        }();
        std::size_t first = 0;
        while (first < text.size() && (text[first] == ' ' || text[first] == '\n')) ++first;
        while (first > 0 && text[first - 1] == ' ') --first;
        std::size_t last = text.size();
        while (last > first && (text[last - 1] == ' ' || text[last - 1] == '\n')) --last;
        std::size_t column = 0;
        for (std::size_t i = first; i < last; ++i) {
            if (text[i] == '\n') {
                sink.put('\n');
                column = 0;
            } else if (column++ >= common || text[i] != ' ') {
                sink.put(text[i]);
            }
        }
    }
};

}  // namespace detail

/// `haft::dedent<R"(…)">`: a long description written with the indentation of the code around it. [TD-03]
template <fixed_string Text>
inline constexpr std::string_view dedent = static_text<detail::dedented<Text>>::view;

}  // namespace haft::inline v0

#endif  // HAFT_CORE_DEDENT_HPP
