// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTING_TEXT_SAMPLES_HPP
#define HAFT_TESTING_TEXT_SAMPLES_HPP

/// Texts that a schema allows: of a length, of a format, and such as people and models write and programs stumble over.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/string_format.hpp>
#include <haft/testing/dice.hpp>
#include <haft/testing/pattern_walk.hpp>
#include <haft/written/schema_node.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::testing {

namespace detail {

/// (No U+0000: what ends a C string is a case of its own, and stands at the end.)
inline constexpr std::array<std::string_view, 14> usual_texts{"a",
                                                              "Stockholm",
                                                              "two words",
                                                              "",
                                                              "0",
                                                              "null",
                                                              "\xC3\xA5\xC3\xA4\xC3\xB6",
                                                              "\xE6\xBC\xA2\xE5\xAD\x97",
                                                              "\xF0\x9F\x98\x80",
                                                              "e\xCC\x81",
                                                              "\"quoted\" \\ back",
                                                              "line\nbreak\ttab",
                                                              "{\"x\":[1]}",
                                                              "\xEF\xBF\xBD\x7F"};

/// The texts of a format, the usual first. Those of a format that haft does not know: none.
HAFT_COLD inline std::vector<std::string_view> texts_of_format(std::string_view format) {
    json::string_format known{};
    if (!json::find_format(format, known)) return {};
    switch (known) {
        case json::string_format::date_time:
            return {"2026-11-21T08:00:00Z", "2024-02-29T23:59:59+02:00", "1970-01-01T00:00:00Z",
                    "2026-01-31T12:30:15.25-08:00"};
        case json::string_format::date: return {"2026-11-21", "2024-02-29", "1970-01-01", "2000-12-31"};
        case json::string_format::time: return {"08:00:00Z", "23:59:59+02:00", "00:00:00Z", "12:30:15.5-08:00"};
        case json::string_format::duration: return {"PT1H30M", "P1D", "PT0S", "P2W", "P1DT12H", "PT5M30S"};
        case json::string_format::email:
            return {"a@example.com", "first.last+tag@sub.example.org", "\"quoted\"@example.com", "x@[192.0.2.1]"};
        case json::string_format::hostname: return {"example.com", "localhost", "a-b.example", "xn--bcher-kva.example"};
        case json::string_format::uri:
            return {"https://example.com/a?b=c#d", "urn:isbn:0451450523", "file:///a/b", "mailto:a@example.com",
                    "http://user@[2001:db8::1]:8080/%20"};
        case json::string_format::uuid:
            return {"123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-000000000000",
                    "FFFFFFFF-FFFF-4FFF-BFFF-FFFFFFFFFFFF"};
        case json::string_format::ipv4: return {"192.0.2.1", "0.0.0.0", "255.255.255.255"};
        case json::string_format::ipv6: return {"2001:db8::1", "::", "::ffff:192.0.2.1", "1:2:3:4:5:6:7:8"};
    }
    return {};
}

/// What is none of the format, or "" for one that haft does not know.
HAFT_COLD inline std::string_view no_text_of_format(std::string_view format) {
    json::string_format known{};
    if (!json::find_format(format, known)) return {};
    switch (known) {
        case json::string_format::date_time: return "2026-02-30T08:00:00Z";
        case json::string_format::date: return "2026-02-30";
        case json::string_format::time: return "25:00:00Z";
        case json::string_format::duration: return "1 hour";
        case json::string_format::email: return "nobody";
        case json::string_format::hostname: return "-a.example";
        case json::string_format::uri: return "no scheme";
        case json::string_format::uuid: return "123e4567";
        case json::string_format::ipv4: return "256.0.0.1";
        case json::string_format::ipv6: return "1::2::3";
    }
    return {};
}

/// Whether a pattern speaks of the whole text.
inline bool is_tied(std::string_view pattern) noexcept { return pattern.starts_with('^') && pattern.ends_with('$'); }

/// A text of so many code points, made of another.
HAFT_COLD inline std::string of_length(std::string_view text, std::size_t least, std::size_t most) {
    std::string out(text);
    const std::size_t n = count_code_points(out);
    if (n < least) out.append(least - n, 'x');
    if (n <= most) return out;
    std::size_t at = 0;
    for (std::size_t i = 0; i < most; ++i) at += utf8_length(out.data() + at, out.data() + out.size());
    out.resize(at);
    return out;
}

}  // namespace detail

/// The longest text and the most items that are written out to reach a limit.
inline constexpr std::uint32_t longest_sample = 4096;

/// Texts for schemas; keeps the patterns that it has taken apart.
class text_samples {
public:
    /// Those at the limits and the unusual ones; each once, of each kind the plain one first.
    HAFT_COLD std::vector<std::string> edges(const schema::written::schema_node& n, std::string_view format,
                                             dice& chance) {
        std::vector<std::string> out;
        if (n.min_length > longest_sample) return out;
        const auto add = [&](std::string text) {
            if (fits(n, format, text) && std::find(out.begin(), out.end(), text) == out.end())
                out.push_back(std::move(text));
        };
        for (const std::string_view text : detail::texts_of_format(format)) add(std::string(text));
        if (n.pattern) {
            // A pattern often lets more through than is meant, and what is meant is often one of these.
            for (std::size_t i = 0; i < json::string_format_count; ++i)
                for (const std::string_view text :
                     detail::texts_of_format(json::name_of(static_cast<json::string_format>(i))))
                    if (detail::is_tied(n.pattern->text)) add(std::string(text));
            using length = pattern_walk::length;
            std::string text;
            pattern_walk& walk = walk_of(n.pattern->text);
            for (const length wanted : {length::any, length::shortest, length::longest, length::any, length::any})
                if (walk.find(n.min_length, n.max_length, wanted, chance, text)) add(text);
        }
        if (n.pattern || !detail::texts_of_format(format).empty()) return out;
        const std::uint32_t most = (std::min)(n.max_length, (std::max)(n.min_length, longest_sample));
        for (const std::string_view text : detail::usual_texts) add(detail::of_length(text, n.min_length, most));
        if (n.min_length > 0) add(detail::of_length("", n.min_length, n.min_length));
        if (n.max_length <= longest_sample) {
            add(detail::of_length("", n.max_length, n.max_length));
            std::string wide;  // four bytes, one character
            for (std::uint32_t i = 0; i < n.max_length; ++i) wide += "\xF0\x9F\x98\x80";
            add(std::move(wide));
        }
        add(detail::of_length(std::string_view("nul\0nul", 7), n.min_length, most));
        return out;
    }
    /// Any of them, at best a short one; false if none is known.
    HAFT_COLD bool any(const schema::written::schema_node& n, std::string_view format, dice& chance, std::string& out) {
        if (n.pattern && detail::texts_of_format(format).empty() &&
            walk_of(n.pattern->text).find(n.min_length, n.max_length, pattern_walk::length::any, chance, out) &&
            fits(n, format, out))
            return true;
        const std::vector<std::string> all = edges(n, format, chance);
        if (all.empty()) return false;
        out = all[chance.below((std::min<std::size_t>)(all.size(), chance.one_in(4) ? all.size() : 4))];
        return true;
    }
    /// The plainest of them, for who wants no surprise; false if none is known.
    HAFT_COLD bool plain(const schema::written::schema_node& n, std::string_view format, dice& chance,
                         std::string& out) {
        const std::vector<std::string> all = edges(n, format, chance);
        if (all.empty()) return false;
        out = all.front();
        return true;
    }

    /// Texts that break one rule each: of the length, or of the pattern.
    HAFT_COLD std::vector<std::string> beyond(const schema::written::schema_node& n, dice& chance) {
        std::vector<std::string> out;
        const auto add = [&](std::string text) {
            if (!fits(n, {}, text) && std::find(out.begin(), out.end(), text) == out.end())
                out.push_back(std::move(text));
        };
        std::string text;
        const auto of = [&](std::uint32_t least, std::uint32_t most) {
            if (n.pattern && walk_of(n.pattern->text).find(least, most, pattern_walk::length::longest, chance, text))
                return text;
            return detail::of_length("", most, most);
        };
        if (n.min_length > 0 && n.min_length <= longest_sample) add(of(0, n.min_length - 1)), add("");
        if (n.max_length <= longest_sample) add(of(n.max_length + 1, n.max_length + 1));
        if (!n.pattern) return out;
        std::string fitting;
        if (!walk_of(n.pattern->text).find(n.min_length, n.max_length, pattern_walk::length::any, chance, fitting))
            fitting.clear();
        const std::size_t first = out.size();
        for (const std::string_view made : {std::string_view("!"), std::string_view(" "), std::string_view("\n"),
                                            std::string_view("\xF0\x9F\x98\x80"), std::string_view("\xC2\xA7")}) {
            add(concat({fitting, made})), add(concat({made, fitting}));
            if (!fitting.empty()) add(detail::of_length(concat({made, fitting}), 0, count_code_points(fitting)));
        }
        for (const std::string_view made : detail::usual_texts) add(std::string(made));
        if (out.size() > first + 4) out.resize(first + 4);
        return out;
    }

    HAFT_COLD bool fits(const schema::written::schema_node& n, std::string_view format, std::string_view text) {
        const std::size_t length = count_code_points(text);
        if (length < n.min_length || (n.max_length != schema::written::unlimited && length > n.max_length))
            return false;
        if (n.pattern && !walk_of(n.pattern->text).matches(text)) return false;
        json::string_format known{};
        return !json::find_format(format, known) || json::has_format(text, known);
    }

private:
    pattern_walk& walk_of(const std::string& pattern) { return walks_.try_emplace(pattern, pattern).first->second; }

    std::map<std::string, pattern_walk, std::less<>> walks_;
};

}  // namespace haft::inline v0::testing

#endif  // HAFT_TESTING_TEXT_SAMPLES_HPP
