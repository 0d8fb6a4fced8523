// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SEARCH_WORDS_OF_TEXT_HPP
#define HAFT_SEARCH_WORDS_OF_TEXT_HPP

/// A text as the words that a search compares: `readURLs_of-pages` is read, url, of, page.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// English plurals become singulars, the same way in what is searched and in what is searched for, so that it need not be right.
HAFT_COLD inline void to_singular(std::string& word) {
    if (word.size() > 4 && word.ends_with("ies")) word.replace(word.size() - 3, 3, "y");
    else if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) word.pop_back();
}

}  // namespace detail

/// The words of a text in their order: runs of letters and digits, ASCII in small letters, split where a small letter is followed
/// by a capital (`readFile`) and before the last of several capitals (`HTTPServer`). Anything beyond ASCII counts as a letter.
HAFT_COLD inline std::vector<std::string> words_of_text(std::string_view text) {
    const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto letter = [&](char c) {
        return upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    };
    std::vector<std::string> out;
    std::string word;
    const auto end_word = [&] {
        if (word.empty()) return;
        detail::to_singular(word);
        out.push_back(std::move(word));
        word.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (!letter(c)) {
            end_word();
            continue;
        }
        const bool after_small = i > 0 && letter(text[i - 1]) && !upper(text[i - 1]);
        const bool before_small = i + 1 < text.size() && text[i + 1] >= 'a' && text[i + 1] <= 'z';
        const bool plural = before_small && text[i + 1] == 's' && (i + 2 == text.size() || !letter(text[i + 2]));
        if (upper(c) && (after_small || (before_small && !plural))) end_word();
        word += lower(c);
    }
    end_word();
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_SEARCH_WORDS_OF_TEXT_HPP
