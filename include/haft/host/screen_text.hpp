// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_SCREEN_TEXT_HPP
#define HAFT_HOST_SCREEN_TEXT_HPP

/// What a model or a tool says, for a terminal: without the control characters by which it could imitate what the host says, move
/// the cursor, or change what is shown already.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace haft::inline v0::host {

/// Takes a text that comes in pieces, which may end within a character.
class screen_text {
public:
    /// What can be shown so far: control characters, marks that turn the direction, and what is no UTF-8 are `?`; line breaks and
    /// tabs stay.
    HAFT_COLD std::string take(std::string_view piece) {
        kept_ += piece;
        std::string out;
        std::size_t at = 0;
        while (at < kept_.size()) {
            const std::size_t n = utf8_length(kept_.data() + at, kept_.data() + kept_.size());
            if (n == 0 && kept_.size() - at < 4 && is_begun(std::string_view(kept_).substr(at))) break;
            append(out, std::string_view(kept_).substr(at, n ? n : 1), n != 0);
            at += n ? n : 1;
        }
        kept_.erase(0, at);
        return out;
    }
    /// What was kept back: a character that never came whole.
    std::string finish() {
        const bool any = !kept_.empty();
        kept_.clear();
        return any ? "?" : "";
    }

private:
    /// The beginning of a character of several bytes that may come whole yet.
    static bool is_begun(std::string_view text) noexcept {
        const auto first = static_cast<unsigned char>(text[0]);
        const std::size_t whole = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
        if (text.size() >= whole) return false;
        for (const char c : text.substr(1))
            if ((static_cast<unsigned char>(c) & 0xC0u) != 0x80u) return false;
        return true;
    }
    static void append(std::string& out, std::string_view one, bool is_utf8) {
        const auto first = static_cast<unsigned char>(one[0]);
        const bool control = one.size() == 1 && ((first < 0x20 && first != '\n' && first != '\t') || first == 0x7F);
        if (!is_utf8 || control || (disguises(one) && one != joiner)) out += '?';
        else out += one;
    }

    static constexpr std::string_view joiner = "\xE2\x80\x8D";  // U+200D: part of many an emoji

    std::string kept_;
};

/// The same of a whole text.
HAFT_COLD inline std::string on_screen(std::string_view text) {
    screen_text all;
    std::string out = all.take(text);
    return out += all.finish();
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_SCREEN_TEXT_HPP
