// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_MEDIA_TYPES_HPP
#define HAFT_MCP_TRANSPORT_HTTP_MEDIA_TYPES_HPP

/// The headers Content-Type and Accept, as far as MCP needs them (RFC 9110, 8.3 and 12.5.1).

#include <cstddef>
#include <string_view>

namespace haft::inline v0::mcp::http {

namespace detail {

constexpr std::string_view without_blanks(std::string_view text) noexcept {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}
constexpr bool same_word(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto low = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
        if (low(a[i]) != low(b[i])) return false;
    }
    return true;
}

}  // namespace detail

/// Whether a Content-Type is that media type, whatever parameters it has.
constexpr bool is_media_type(std::string_view header, std::string_view type) noexcept {
    return detail::same_word(detail::without_blanks(header.substr(0, header.find(';'))), type);
}

/// Whether an Accept header takes that media type, by its name or by a wildcard. `q=0` is a no.
constexpr bool accepts(std::string_view header, std::string_view type) noexcept {
    const std::string_view main = type.substr(0, type.find('/'));
    bool taken = false;
    for (std::size_t begin = 0; begin <= header.size();) {
        const std::size_t comma = header.find(',', begin);
        const std::string_view range =
            header.substr(begin, comma == std::string_view::npos ? comma : comma - begin);
        begin = comma == std::string_view::npos ? header.size() + 1 : comma + 1;
        const std::string_view name = detail::without_blanks(range.substr(0, range.find(';')));
        const bool exact = detail::same_word(name, type);
        const bool wild = name == "*/*" || (name.size() == main.size() + 2 && name.ends_with("/*") &&
                                            detail::same_word(name.substr(0, main.size()), main));
        if (!exact && !wild) continue;
        const std::size_t q = range.find("q=0");
        const bool refused = q != std::string_view::npos && range.find_first_of("123456789", q) == std::string_view::npos;
        if (exact && refused) return false;
        taken = taken || !refused;
    }
    return taken;
}

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_TRANSPORT_HTTP_MEDIA_TYPES_HPP
