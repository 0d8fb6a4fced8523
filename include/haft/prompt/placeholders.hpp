// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_PLACEHOLDERS_HPP
#define HAFT_PROMPT_PLACEHOLDERS_HPP

/// Where in a text variables stand: `$name`, `${name}`, and `$$` for a dollar sign. (Python's string.Template) [TF-03]

#include <cstddef>
#include <string_view>

namespace haft::inline v0 {

/// A piece of a text with variables.
struct placeholder_piece {
    enum class kind : unsigned char {
        text,      ///< as it stands
        variable,  ///< `text` is the name
        wrong,     ///< a dollar sign that begins no variable
    };
    kind what = kind::text;
    std::string_view text = {};
    std::size_t at = 0;  ///< its place
};

/// Goes through a text piece by piece. Allocates nothing.
class placeholder_walk {
public:
    constexpr explicit placeholder_walk(std::string_view text) noexcept : text_(text) {}

    /// The next piece; false at the end.
    constexpr bool next(placeholder_piece& to) noexcept {
        if (at_ >= text_.size()) return false;
        const std::size_t begin = at_;
        using kind = placeholder_piece::kind;
        if (text_[begin] != '$') {
            const std::size_t end = text_.find('$', begin);
            at_ = end == text_.npos ? text_.size() : end;
            return to = {kind::text, text_.substr(begin, at_ - begin), begin}, true;
        }
        const bool braced = begin + 1 < text_.size() && text_[begin + 1] == '{';
        const std::size_t name = begin + (braced ? 2 : 1);
        if (name < text_.size() && text_[name] == '$' && !braced) {
            at_ = name + 1;
            return to = {kind::text, text_.substr(name, 1), begin}, true;
        }
        std::size_t end = name;
        while (end < text_.size() && is_of_name(text_[end], end == name)) ++end;
        if (end == name || (braced && (end == text_.size() || text_[end] != '}'))) {
            at_ = begin + 1;
            return to = {kind::wrong, text_.substr(begin, 1), begin}, true;
        }
        at_ = end + (braced ? 1 : 0);
        return to = {kind::variable, text_.substr(name, end - name), begin}, true;
    }

private:
    static constexpr bool is_of_name(char c, bool first) noexcept {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (!first && c >= '0' && c <= '9');
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace haft::inline v0

#endif  // HAFT_PROMPT_PLACEHOLDERS_HPP
