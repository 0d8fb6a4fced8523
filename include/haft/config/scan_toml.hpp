// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_SCAN_TOML_HPP
#define HAFT_CONFIG_SCAN_TOML_HPP

/// A look at a TOML text before toml++ gets it, for what that can't bear: a header without a key and a value that is none, on
/// which 3.4 ends the program by an assertion; dotted keys and tables as deep as one likes, whose tree recurses when it is
/// destroyed; and more values than anybody configures. All else is left to toml++. [fault 106] [fault 112]

#include <haft/config/config_text.hpp>
#include <haft/config/limits.hpp>
#include <haft/core/secret.hpp>
#include <haft/config/toml_scalar.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::detail {

/// One walk, byte by byte, with a small stack of its own. Where the text is broken it may stop early and find nothing: what
/// stands behind the first error is never parsed.
class toml_scanner {
public:
    toml_scanner(std::string_view text, const config_limits& limits) noexcept : text_(text), limits_(limits) {}

    /// False if the text must not be parsed; problem() and offset() then say why and where.
    HAFT_COLD bool run() {
        for (bool line_start = true; at_ < text_.size();) {
            const char c = text_[at_];
            if (c == ' ' || c == '\t' || c == '\r') {
                ++at_;
            } else if (c == '\n') {
                ++at_;
                dots_ = 0;
                line_start = true;
                if (open_.empty()) value_next_ = false, statement_ = at_;
            } else if (c == '#') {
                const std::size_t end = text_.find('\n', at_);
                at_ = end == std::string_view::npos ? text_.size() : end;
            } else if (c == '[' && line_start && open_.empty()) {
                if (!header()) return false;
                line_start = false;
            } else {
                line_start = false;
                if (!token(c)) return problem_.empty();
            }
        }
        return true;
    }

    const std::string& problem() const noexcept { return problem_; }
    std::size_t offset() const noexcept { return at_; }
    /// The characters that have to be masked: see mask_toml.hpp.
    const std::vector<std::size_t>& to_mask() const noexcept { return to_mask_; }
    /// Whether the walk stands in a table or a statement that names a secret: then nothing of it is shown.
    HAFT_COLD bool at_a_secret() const {
        return names_a_secret(text_.substr(header_begin_, header_end_ - header_begin_)) ||
               names_a_secret(text_.substr(statement_, at_ - statement_));
    }

private:
    bool fail(std::string&& what) { return problem_ = std::move(what), false; }

    static bool bare(char c) noexcept {
        return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    /// `[a.b]` or `[[a.b]]`, up to behind its key.
    bool header() {
        const auto blanks = [&] {
            while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
        };
        value_next_ = false;
        header_begin_ = header_end_ = at_;
        ++at_;
        if (at_ < text_.size() && text_[at_] == '[') ++at_;
        blanks();
        if (at_ == text_.size() || (!bare(text_[at_]) && text_[at_] != '"' && text_[at_] != '\'')) {
            std::string what = "in the header of a table: expected a key, got ";
            if (at_ == text_.size()) what += "the end of the file";
            else if (text_[at_] == '\n' || text_[at_] == '\r') what += "the end of the line";
            else what += in_quotes(text_.substr(at_, utf8_length(text_.data() + at_, text_.data() + text_.size())));
            return fail(std::move(what));
        }
        base_ = 0;
        dots_ = 0;
        for (char c = 0; at_ < text_.size() && (c = text_[at_]) != ']' && c != '\n' && c != '#';)
            if (c == ' ' || c == '\t' || c == '\r') ++at_;
            else if (!token(c)) return problem_.empty();
        base_ = dots_ + 1;
        dots_ = 0;
        header_end_ = at_;
        while (at_ < text_.size() && text_[at_] == ']') ++at_;
        return counted();
    }

    bool counted() {
        if (++values_ <= limits_.max_values) return true;
        return fail(concat({"more than ", decimal(limits_.max_values), " values; no more are read"}));
    }

    /// False where the walk ends: with a problem, or where toml++ will find one.
    bool token(char c) {
        switch (c) {
            case '"':
            case '\'': value_next_ = false; return string(c);
            case '.':
                if (value_next_) return scalar();
                ++at_;
                ++dots_;
                return deep_enough();
            case ',':
                ++at_;
                dots_ = 0;
                value_next_ = !open_.empty() && open_.back().array;
                return counted();
            case '=':
                ++at_;
                value_next_ = true;
                return counted();
            case '[':
            case '{':
                ++at_;
                open_.push_back({base_, c == '['});
                value_next_ = c == '[';
                base_ += dots_ + 1;
                dots_ = 0;
                return deep_enough() && counted();
            case ']':
            case '}':
                if (!open_.empty() && open_.back().array != (c == ']'))
                    return fail(concat({"expected ", c == ']' ? "'}' or a comma" : "']', a comma or a value", ", got '",
                                        std::string_view(&c, 1), "'"}));
                ++at_;
                dots_ = 0;
                value_next_ = false;
                if (!open_.empty()) base_ = open_.back().base, open_.pop_back();
                return true;
            default:
                if (value_next_) return scalar();
                if (static_cast<unsigned char>(c) >= 0x80)
                    return fail("a character that may stand in strings and comments only; quote the key or the text");
                ++at_;
                return true;
        }
    }

    bool deep_enough() {
        const unsigned most = config_depth(limits_);
        if (base_ + dots_ < most) return true;
        return fail(concat({"nested too deeply; at most ", decimal(most), " levels are read"}));
    }

    /// To behind a value without quotes.
    bool scalar() {
        value_next_ = false;
        std::string_view text = text_.substr(at_, text_.find_first_of(",]}#\n", at_) - at_);
        while (text.ends_with(' ') || text.ends_with('\t') || text.ends_with('\r')) text.remove_suffix(1);
        if (toml_scalar(text).is_valid()) return at_ += text.size(), true;
        return fail(concat({"expected a value: a text in quotes, a number, true or false, a date or time; got ",
                            at_a_secret() || names_a_secret(text) ? std::string(hidden_value) : in_quotes(text)}));
    }

    /// To behind a string, of one line or of many.
    bool string(char quote) {
        const bool many = text_.substr(at_, 3) == std::string_view(quote == '"' ? "\"\"\"" : "'''");
        for (at_ += many ? 3 : 1; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '\\' && quote == '"') {
                if (!escape(many)) return false;
            } else if (c == quote) {
                if (!many) return ++at_, true;
                if (text_.substr(at_, 3) != std::string_view(quote == '"' ? "\"\"\"" : "'''")) continue;
                at_ += 3;
                for (int more = 0; more < 2 && at_ < text_.size() && text_[at_] == quote; ++more) ++at_;
                return true;
            } else if (c == '\n' && !many) {
                return false;
            }
        }
        return false;
    }

    /// From a backslash to what it says last, or over the end of the line and the blanks behind it.
    bool escape(bool many) {
        ++at_;
        if (!many || at_ == text_.size()) return true;
        if (static_cast<unsigned char>(text_[at_]) >= 0x80)
            return fail("in a string: an escape that TOML does not have");
        const std::size_t end = text_.find_first_not_of(" \t\r\n", at_);
        if (end == std::string_view::npos || text_.substr(at_, end - at_).find('\n') == std::string_view::npos)
            return true;
        const std::size_t n = utf8_length(text_.data() + end, text_.data() + text_.size());
        if (n == 2 || n == 3) to_mask_.push_back(end);
        at_ = end - 1;
        return true;
    }

    std::string_view text_;
    const config_limits& limits_;
    std::size_t at_ = 0;
    std::size_t header_begin_ = 0, header_end_ = 0;  // of the table
    std::size_t statement_ = 0;                      // where it begins
    std::size_t values_ = 0;
    unsigned base_ = 0;  // how deep what stands here is
    unsigned dots_ = 0;  // of the key that stands here
    bool value_next_ = false;
    struct bracket {
        unsigned base;  // how deep what is around it is
        bool array;
    };
    std::vector<bracket> open_;
    std::vector<std::size_t> to_mask_;
    std::string problem_;
};

/// Whether what stands at an offset, or before it at the end of a line, belongs to a key or table that names a secret.
HAFT_COLD inline bool is_secret_at(std::string_view text, std::size_t offset, const config_limits& limits) {
    const auto secret_before = [&](std::size_t end) {
        toml_scanner scanner(text.substr(0, end), limits);
        scanner.run();
        return scanner.at_a_secret();
    };
    return secret_before(offset) || (offset > 0 && secret_before(offset - 1));
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_CONFIG_SCAN_TOML_HPP
