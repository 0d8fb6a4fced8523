// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_STRING_FORMAT_HPP
#define HAFT_JSON_STRING_FORMAT_HPP

/// The `format` names of JSON Schema (2020-12, validation 7.3) that haft enforces, and the checks. Everything works at
/// compile time too, takes linear time and allocates nothing.

#include <haft/core/calendar.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace haft::inline v0::json {

/// What each of them lets through:
/// - date_time, date, time: `date-time`, `full-date`, `full-time` of RFC 3339; days and leap seconds must be able to exist.
/// - duration: `duration` of RFC 3339, appendix A; no sign and no fraction.
/// - email: one mailbox of RFC 5321 in ASCII: dot-atom or quoted string, @, host name or [IPv4] or [IPv6:…]; the part
///   before the @ has at most 64 bytes, the whole 254. No comments, no display name.
/// - hostname: RFC 1123 labels of letters, digits and inner hyphens, 1 to 63 each, 253 in all, no dot at the end. What an
///   `xn--` label says in Unicode is not looked at.
/// - uri: RFC 3986 with a scheme, a fragment allowed; no relative references, nothing but ASCII.
/// - uuid: RFC 4122's 8-4-4-4-12 hexadecimal digits, any version and variant, no `urn:uuid:`.
/// - ipv4: four decimals from 0 to 255 without leading zeros.
/// - ipv6: RFC 4291 with `::` and an embedded IPv4 address at the end; no zone, no prefix length, no brackets.
enum class string_format : std::uint8_t { date_time, date, time, duration, email, hostname, uri, uuid, ipv4, ipv6 };

inline constexpr std::size_t string_format_count = 10;

/// The name as a schema writes it: `date-time`.
constexpr std::string_view name_of(string_format format) noexcept {
    switch (format) {
        case string_format::date_time: return "date-time";
        case string_format::date: return "date";
        case string_format::time: return "time";
        case string_format::duration: return "duration";
        case string_format::email: return "email";
        case string_format::hostname: return "hostname";
        case string_format::uri: return "uri";
        case string_format::uuid: return "uuid";
        case string_format::ipv4: return "ipv4";
        case string_format::ipv6: return "ipv6";
    }
    return "";
}

/// The format of that name; false, and `out` stays, if haft does not enforce one.
constexpr bool find_format(std::string_view name, string_format& out) noexcept {
    for (std::size_t i = 0; i < string_format_count; ++i) {
        const auto format = static_cast<string_format>(i);
        if (name_of(format) != name) continue;
        out = format;
        return true;
    }
    return false;
}

namespace detail {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_hex_digit(char c) noexcept { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
constexpr bool is_one_of(char c, std::string_view set) noexcept { return set.find(c) != std::string_view::npos; }

constexpr bool is_ipv4(std::string_view text) noexcept {
    std::size_t i = 0;
    for (int part = 0; part < 4; ++part) {
        if (part != 0 && (i == text.size() || text[i++] != '.')) return false;
        const std::size_t begin = i;
        unsigned value = 0;
        while (i < text.size() && is_digit(text[i]) && i - begin < 3)
            value = value * 10 + static_cast<unsigned>(text[i++] - '0');
        const std::size_t digits = i - begin;
        if (digits == 0 || value > 255 || (digits > 1 && text[begin] == '0')) return false;
    }
    return i == text.size();
}

constexpr bool is_ipv6(std::string_view text) noexcept {
    int groups = 0;
    bool gap = false;
    std::size_t i = 0;
    if (text.starts_with("::")) {
        gap = true;
        i = 2;
    }
    // At the top of the loop a group is wanted; only after a gap may there be none.
    while (i < text.size()) {
        const std::size_t begin = i;
        while (i < text.size() && is_hex_digit(text[i]) && i - begin < 5) ++i;
        if (i < text.size() && text[i] == '.') {
            if (!is_ipv4(text.substr(begin))) return false;
            groups += 2;
            return gap ? groups <= 7 : groups == 8;
        }
        if (i == begin || i - begin > 4 || ++groups > 8) return false;
        if (i == text.size()) break;
        if (text[i++] != ':') return false;
        if (i == text.size()) return false;
        if (text[i] != ':') continue;
        if (gap) return false;
        gap = true;
        ++i;
    }
    return gap ? groups <= 7 : groups == 8;
}

constexpr bool is_hostname(std::string_view text) noexcept {
    if (text.empty() || text.size() > 253) return false;
    std::size_t label = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && text[i] != '.') {
            if (!is_letter(text[i]) && !is_digit(text[i]) && text[i] != '-') return false;
            continue;
        }
        if (i == label || i - label > 63 || text[label] == '-' || text[i - 1] == '-') return false;
        label = i + 1;
    }
    return true;
}

/// The part of a mailbox before the @, and where it ends.
constexpr bool skip_local_part(std::string_view text, std::size_t& i) noexcept {
    i = 0;
    if (text.starts_with('"')) {
        for (i = 1; i < text.size() && text[i] != '"'; ++i) {
            if (text[i] == '\\' && ++i == text.size()) return false;
            if (text[i] < ' ' || text[i] > '~') return false;
        }
        if (i == text.size()) return false;
        ++i;
        return i <= 64;
    }
    bool wants_more = true;  // at the beginning and after a dot
    for (; i < text.size() && text[i] != '@'; ++i) {
        if (text[i] == '.') {
            if (wants_more) return false;
            wants_more = true;
        } else {
            if (!is_letter(text[i]) && !is_digit(text[i]) && !is_one_of(text[i], "!#$%&'*+-/=?^_`{|}~")) return false;
            wants_more = false;
        }
    }
    return !wants_more && i <= 64;
}

constexpr bool is_email(std::string_view text) noexcept {
    if (text.size() > 254) return false;
    std::size_t i = 0;
    if (!skip_local_part(text, i) || i == text.size() || text[i] != '@') return false;
    std::string_view domain = text.substr(i + 1);
    if (!domain.starts_with('[')) return is_hostname(domain);
    if (!domain.ends_with(']')) return false;
    domain = domain.substr(1, domain.size() - 2);
    constexpr std::string_view tag = "ipv6:";
    bool tagged = domain.size() > tag.size();
    for (std::size_t k = 0; tagged && k < tag.size(); ++k)
        tagged = domain[k] == tag[k] || (is_letter(domain[k]) && (domain[k] | 0x20) == tag[k]);
    return tagged ? is_ipv6(domain.substr(tag.size())) : is_ipv4(domain);
}

/// Whether a text consists of letters, digits, `-._~!$&'()*+,;=`, the characters given, and whole %XX. (RFC 3986, 2 and 3)
constexpr bool is_uri_text(std::string_view text, std::string_view more) noexcept {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%') {
            if (text.size() - i < 3 || !is_hex_digit(text[i + 1]) || !is_hex_digit(text[i + 2])) return false;
            i += 2;
        } else if (!is_letter(c) && !is_digit(c) && !is_one_of(c, "-._~!$&'()*+,;=") && !is_one_of(c, more)) {
            return false;
        }
    }
    return true;
}

/// `user@host:port`, of which only the host is not optional, and it may be empty.
constexpr bool is_authority(std::string_view text) noexcept {
    if (const std::size_t user = text.find('@'); user != std::string_view::npos) {
        if (!is_uri_text(text.substr(0, user), ":")) return false;
        text = text.substr(user + 1);
    }
    std::size_t host_end = text.find(':');
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos) return false;
        const std::string_view address = text.substr(1, close - 1);
        if (address.starts_with('v') || address.starts_with('V')) {
            const std::size_t dot = address.find('.');
            if (dot == std::string_view::npos || dot < 2 || dot + 1 == address.size()) return false;
            for (std::size_t i = 1; i < dot; ++i)
                if (!is_hex_digit(address[i])) return false;
            const std::string_view rest = address.substr(dot + 1);
            if (rest.find('%') != std::string_view::npos || !is_uri_text(rest, ":")) return false;
        } else if (!is_ipv6(address)) {
            return false;
        }
        host_end = close + 1;
        if (host_end < text.size() && text[host_end] != ':') return false;
    } else if (!is_uri_text(text.substr(0, host_end), "")) {
        return false;
    }
    if (host_end == std::string_view::npos || host_end >= text.size()) return true;
    for (const char c : text.substr(host_end + 1))
        if (!is_digit(c)) return false;
    return true;
}

constexpr bool is_uri(std::string_view text) noexcept {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || !is_letter(text[0])) return false;
    for (const char c : text.substr(0, colon))
        if (!is_letter(c) && !is_digit(c) && !is_one_of(c, "+-.")) return false;
    text = text.substr(colon + 1);
    if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
        if (!is_uri_text(text.substr(hash + 1), ":@/?")) return false;
        text = text.substr(0, hash);
    }
    if (const std::size_t question = text.find('?'); question != std::string_view::npos) {
        if (!is_uri_text(text.substr(question + 1), ":@/?")) return false;
        text = text.substr(0, question);
    }
    if (text.starts_with("//")) {
        const std::size_t slash = text.find('/', 2);
        if (!is_authority(text.substr(2, slash == std::string_view::npos ? slash : slash - 2))) return false;
        text = slash == std::string_view::npos ? std::string_view() : text.substr(slash);
    }
    return is_uri_text(text, ":@/");
}

constexpr bool is_uuid(std::string_view text) noexcept {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < 36; ++i) {
        const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen ? text[i] != '-' : !is_hex_digit(text[i])) return false;
    }
    return true;
}

}  // namespace detail

/// Whether a text is of a format, as the list above says.
constexpr bool has_format(std::string_view text, string_format format) noexcept {
    switch (format) {
        case string_format::date_time: return check_date_time(text).ok();
        case string_format::date: return check_date(text).ok();
        case string_format::time: return check_time(text).ok();
        case string_format::duration: return check_duration(text).ok();
        case string_format::email: return detail::is_email(text);
        case string_format::hostname: return detail::is_hostname(text);
        case string_format::uri: return detail::is_uri(text);
        case string_format::uuid: return detail::is_uuid(text);
        case string_format::ipv4: return detail::is_ipv4(text);
        case string_format::ipv6: return detail::is_ipv6(text);
    }
    return false;
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_STRING_FORMAT_HPP
