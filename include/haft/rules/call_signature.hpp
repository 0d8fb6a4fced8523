// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_CALL_SIGNATURE_HPP
#define HAFT_RULES_CALL_SIGNATURE_HPP

/// A call as one text, `run(command="git status", times=2)`: what rules are matched with, people are shown and calls are known
/// again by. [EX-12]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/sha256.hpp>
#include <haft/core/text.hpp>
#include <haft/json/canonical.hpp>
#include <haft/json/document.hpp>
#include <haft/json/equal_values.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/string_text.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// One argument of a call.
struct signed_argument {
    std::string name;
    std::string value;                 ///< canonical JSON
    std::string plain;                 ///< the same, but of a string what it says
    std::vector<std::string> strings;  ///< what every string in it says, at any depth, keys as well
};

struct call_signature {
    std::string text;       ///< of the whole call, however long: what patterns are matched with
    std::string shown;      ///< the same for people and lists: see sign_call
    std::string canonical;  ///< the arguments as canonical JSON
    std::vector<signed_argument> arguments;
};

/// The most bytes of one argument, and of all of them together, that a signature shows.
inline constexpr std::size_t most_shown_of_argument = 200;
inline constexpr std::size_t most_shown_of_call = 2000;

namespace detail {

/// Escapes of JSON for what would disguise the text around it.
HAFT_COLD inline std::string undisguised(std::string_view text) {
    const auto escape = [](std::string& out, std::uint32_t unit) {
        out += "\\u";
        for (int shift = 12; shift >= 0; shift -= 4) out += "0123456789abcdef"[unit >> shift & 15u];
    };
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t n = (std::max)(std::size_t{1}, utf8_length(text.data() + at, text.data() + text.size()));
        const std::string_view one = text.substr(at, n);
        at += n;
        if (one != "\x7F" && !disguises(one)) {
            out += one;
            continue;
        }
        const std::uint32_t u = code_point(one.data());
        if (u >= 0x10000) escape(out, 0xD800 + ((u - 0x10000) >> 10)), escape(out, 0xDC00 + (u & 0x3FF));
        else escape(out, u);
    }
    return out;
}

inline bool is_plain_name(std::string_view name) noexcept {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

HAFT_COLD inline void collect_strings(const json::document& of, std::uint32_t root, std::vector<std::string>& out) {
    for (std::uint32_t i = root; i < of[root].behind; ++i) {
        if (i != root && !of[i].key.empty()) out.emplace_back(of[i].key);
        if (of[i].kind == json::value_kind::string) out.emplace_back(of[i].text);
    }
}

}  // namespace detail

/// The signature of a call. Two calls of one tool have the same `text` exactly if their arguments are equal as JSON, however they
/// were written: keys are sorted, values are canonical JSON. `shown` is equal exactly if `text` is, too, but bounded: of a long
/// value it shows the beginning, and then ends in the SHA-256 of the whole text, and characters that would disguise others are
/// escaped. No arguments at all ("") are `{}`. An error (E0357) is what is no JSON object, within the limits, of unique keys.
HAFT_COLD inline result<call_signature> sign_call(std::string_view tool_name, std::string_view arguments,
                                                  const json::read_limits& limits = {}) {
    json::document whole;
    if (arguments.find_first_not_of(" \t\r\n") == std::string_view::npos) arguments = "{}";
    const auto unfit = [&](std::string_view why) {
        return error{errc::call_not_fit, concat({"the arguments of ", in_quotes(tool_name), " ", why})};
    };
    if (result<void> read = json::read_document(whole, arguments, limits); !read) {
        error e = unfit("can't be read as one JSON object");
        e.faults = std::move(read.error().faults);
        return e;
    }
    if (whole[0].kind != json::value_kind::object) return unfit("are no JSON object");

    call_signature out;
    for (std::uint32_t c = json::document::first_child(0); c < whole[0].behind; c = whole[c].behind) {
        signed_argument& a = out.arguments.emplace_back();
        a.name = whole[c].key;
        a.value = json::canonical_text(whole, c);
        a.plain = whole[c].kind == json::value_kind::string ? std::string(whole[c].text) : a.value;
        detail::collect_strings(whole, c, a.strings);
    }
    std::sort(out.arguments.begin(), out.arguments.end(),
              [](const signed_argument& a, const signed_argument& b) { return a.name < b.name; });

    bool cut = false;
    append_all(out.text, {tool_name, "("});
    append_all(out.shown, {tool_name, "("});
    out.canonical = "{";
    for (const signed_argument& a : out.arguments) {
        const bool first = &a == out.arguments.data();
        const std::string key = json::string_text(a.name);
        const std::string_view name = detail::is_plain_name(a.name) ? std::string_view(a.name) : key;
        append_all(out.canonical, {first ? "" : ",", key, ":", a.value});
        append_all(out.text, {first ? "" : ", ", name, "=", a.value});
        if (out.shown.size() + name.size() > most_shown_of_call) {
            cut = true;
            continue;
        }
        append_all(out.shown, {first ? "" : ", ", detail::undisguised(name), "="});
        if (a.value.size() <= most_shown_of_argument) {
            out.shown += detail::undisguised(a.value);
        } else {
            cut = true;
            append_all(out.shown, {detail::undisguised(cut_utf8(a.value, most_shown_of_argument)), "\xE2\x80\xA6 (",
                                   decimal(a.value.size()), " bytes)"});
        }
    }
    out.canonical += '}';
    out.text += ')';
    out.shown += ')';
    if (cut) append_all(out.shown, {" #", sha256_of(out.text)});
    return out;
}

/// The signature of the same call where its tool is called otherwise. Requires that `of` is a call of `name`.
HAFT_COLD inline call_signature renamed(call_signature of, std::string_view name, std::string_view other) {
    const std::string hash = concat({" #", sha256_of(of.text)});
    const bool cut = std::string_view(of.shown).ends_with(hash);
    of.text.replace(0, name.size(), other);
    of.shown.replace(0, name.size(), other);
    if (cut) of.shown.replace(of.shown.size() - hash.size(), hash.size(), concat({" #", sha256_of(of.text)}));
    return of;
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_CALL_SIGNATURE_HPP
