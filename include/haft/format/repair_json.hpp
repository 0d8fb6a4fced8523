// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_REPAIR_JSON_HPP
#define HAFT_FORMAT_REPAIR_JSON_HPP

/// JSON as models write it in their text, mended where there is only one way to understand it. [IO-06]

#include <haft/core/config.hpp>
#include <haft/json/lexer.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// A text that is JSON now, and what was done to it: one note for each kind of repair.
struct repaired_json {
    std::string text;
    std::vector<std::string> repairs = {};
};

namespace detail {

/// Copies a JSON text and mends as it goes. What it makes of nonsense is nonsense, which the strict grammar then refuses.
class json_repair {
public:
    HAFT_COLD explicit json_repair(std::string_view text) : text_(text) {}

    HAFT_COLD repaired_json repair() {
        while (at_ < text_.size()) step();
        if (!open_.empty()) note(missing_brackets, "closing brackets that were missing");
        while (!open_.empty()) close();
        return {std::move(out_), std::move(notes_)};
    }

private:
    enum repair_kind : unsigned {
        missing_brackets = 1,
        trailing_comma = 2,
        single_quotes = 4,
        raw_control = 8,
        python = 16
    };

    void step() {
        const char c = text_[at_];
        if (c == '"' || c == '\'') return string(c);
        if (c == '{' || c == '[') {
            if (open_.size() == json::hard_depth_limit) return give_up();
            open_ += c;
            out_ += c;
            ++at_;
            return;
        }
        if (c == '}' || c == ']') return closing(c);
        if (word("True", "true") || word("False", "false") || word("None", "null")) return;
        out_ += c;
        ++at_;
    }
    void give_up() {
        open_.clear();
        out_ += '?';
        at_ = text_.size();
    }
    void closing(char c) {
        const char own = c == '}' ? '{' : '[';
        ++at_;
        if (open_.find(own) == std::string::npos) return void(out_ += c);
        while (open_.back() != own) {
            note(missing_brackets, "closing brackets that were missing");
            close();
        }
        close();
    }
    void close() {
        drop_comma();
        out_ += open_.back() == '{' ? '}' : ']';
        open_.pop_back();
    }
    /// A comma after which nothing came.
    void drop_comma() {
        constexpr std::string_view blanks = " \t\r\n";
        const std::size_t last = out_.find_last_not_of(blanks);
        if (last == std::string::npos || last == 0 || out_[last] != ',') return;
        const std::size_t before = out_.find_last_not_of(blanks, last - 1);
        if (before == std::string::npos || std::string_view("{[,").find(out_[before]) != std::string_view::npos) return;
        out_.erase(last, 1);
        note(trailing_comma, "a comma before a closing bracket was taken out");
    }
    bool word(std::string_view pythons, std::string_view jsons) {
        if (!text_.substr(at_).starts_with(pythons)) return false;
        out_ += jsons;
        at_ += pythons.size();
        note(python, "True, False and None became true, false and null");
        return true;
    }

    void string(char quote) {
        if (quote == '\'') note(single_quotes, "single quotes became double quotes");
        out_ += '"';
        for (++at_; at_ < text_.size();) {
            const char c = text_[at_];
            if (c == quote && (quote == '"' || ends_here(at_ + 1))) {
                ++at_;
                out_ += '"';
                return;
            }
            if (c == '\\' && at_ + 1 < text_.size()) {
                if (text_[at_ + 1] != '\'') out_ += c;  // \' is no escape of JSON's
                else note(single_quotes, "single quotes became double quotes");
                out_ += text_[at_ + 1];
                at_ += 2;
                continue;
            }
            if (quote == '\'' && c == '"') out_ += '\\';
            put(c);
            ++at_;
        }
    }
    void put(char c) {
        if (static_cast<unsigned char>(c) >= 0x20) return void(out_ += c);
        constexpr std::string_view hex = "0123456789abcdef";
        note(raw_control, "line breaks and tabs within a string were written as escapes");
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n') out_ += "\\n";
        else if (c == '\t') out_ += "\\t";
        else if (c == '\r') out_ += "\\r";
        else (out_ += "\\u00") += {hex[byte >> 4], hex[byte & 15u]};
    }

public:
    /// Whether a single quote before this place ends its string: what follows, a few blanks apart, can only stand behind one.
    /// `unknown`: that has not come yet.
    static bool ends_before(std::string_view text, std::size_t at, bool final, bool& unknown) {
        const std::size_t most = at + 256;
        while (at < text.size() && at < most &&
               (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n'))
            ++at;
        if (at == most) return false;
        if (at == text.size()) return unknown = !final, final;
        const char c = text[at];
        return c == ',' || c == ':' || c == '}' || c == ']';
    }

private:
    bool ends_here(std::size_t at) const {
        bool unknown = false;
        return ends_before(text_, at, true, unknown);
    }
    void note(repair_kind kind, const char* text) {
        if ((noted_ & kind) == 0) notes_.emplace_back(text);
        noted_ |= kind;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string out_;
    std::string open_;
    std::vector<std::string> notes_;
    unsigned noted_ = 0;
};

HAFT_COLD inline bool is_strict_json(std::string_view text) {
    json::lexer in(text, json::hard_depth_limit);
    in.peek();
    return in.skip() && in.expect_end();
}

}  // namespace detail

/// The text itself if it is JSON; else mended: brackets that are missing, at the end or before another's closing one, commas
/// before a closing bracket, strings in single quotes, line breaks and tabs within strings, Python's True, False and None.
/// Nothing where that does not make it JSON. A string that is cut off is not mended: nobody knows what it was to say.
HAFT_COLD inline std::optional<repaired_json> repair_json(std::string_view text) {
    if (detail::is_strict_json(text)) return repaired_json{std::string(text)};
    repaired_json out = detail::json_repair(text).repair();
    if (!detail::is_strict_json(out.text)) return {};
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_FORMAT_REPAIR_JSON_HPP
