// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_MENDED_HPP
#define HAFT_CORE_MENDED_HPP

/// What somebody else's code says when it fails, as it may be shown: the text of an error, or of the exception at hand.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/core/visible.hpp>

#include <cstddef>
#include <exception>
#include <new>
#include <string>
#include <string_view>

namespace haft::inline v0::detail {

/// The most bytes of an exception's or an error's text that a caller is shown.
inline constexpr std::size_t most_exception_text = 4096;

/// An author's text as it may be shown: cut where a character ends, what is not UTF-8 or not visible replaced by U+FFFD.
HAFT_COLD inline std::string mended(std::string_view text) {
    std::size_t end = text.size();
    if (end > most_exception_text)
        for (end = most_exception_text; end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u;) --end;
    text = text.substr(0, end);
    std::string out;
    for (;;) {
        const std::size_t at = find_hidden(text, line_breaks::allowed);
        out.append(text.substr(0, at));
        if (at == std::string_view::npos) return out;
        const std::size_t n = utf8_length(text.data() + at, text.data() + text.size());
        out += "\xEF\xBF\xBD";
        text.remove_prefix(at + (n ? n : 1));
    }
}

/// Bytes as UTF-8: what is none is replaced by U+FFFD.
HAFT_COLD inline std::string as_utf8(std::string_view bytes) {
    std::string out;
    const char* p = bytes.data();
    for (const char* const end = p + bytes.size(); p < end;) {
        const std::size_t n = utf8_length(p, end);
        if (n) out.append(p, n);
        else out += "\xEF\xBF\xBD";
        p += n ? n : 1;
    }
    return out;
}

#if HAFT_HAS_EXCEPTIONS()
/// Inside a handler: what the exception says.
HAFT_COLD inline std::string caught_text() {
    try {
        throw;
    } catch (const std::bad_alloc&) { return "out of memory"; } catch (const std::exception& e) {
        const char* const what = e.what();
        return mended(what ? what : "");  // a std::exception may give that
    } catch (...) { return "an exception that is no std::exception"; }
}
#endif

}  // namespace haft::inline v0::detail

#endif  // HAFT_CORE_MENDED_HPP
