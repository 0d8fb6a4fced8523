// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_JSON_TEXT_HPP
#define HAFT_SCHEMA_JSON_TEXT_HPP

/// Free-form JSON without a library for it: any value, as its text. TD-18

#include <haft/core/text.hpp>
#include <haft/core/text_sink.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/skip_unique.hpp>
#include <haft/json/type.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/schema/form.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// Any JSON value as its text; null by default. What was read from arguments is JSON, with no key twice in any object;
/// what a tool gives as a result is checked when it is written.
struct json_text {
    std::string text;

    constexpr json_text() : text("null") {}
    constexpr json_text(std::string value) : text(std::move(value)) {}  // NOLINT: implicit, so that = "{}" reads
    constexpr json_text(std::string_view value) : text(value) {}        // NOLINT
    constexpr json_text(const char* value) : text(value) {}             // NOLINT

    friend constexpr bool operator==(const json_text&, const json_text&) = default;
};

namespace schema {

namespace detail {

/// Whether a default is JSON, at compile time, so that a slip in it does not break the schema that it stands in. Keys that
/// stand twice are not looked for.
class constant_json {
public:
    constexpr explicit constant_json(std::string_view text) : left_(text) {}
    constexpr bool is_valid() { return value(64) && (blanks(), left_.empty()); }

private:
    constexpr void blanks() {
        while (!left_.empty() && (left_[0] == ' ' || left_[0] == '\n' || left_[0] == '\t' || left_[0] == '\r')) skip(1);
    }
    constexpr void skip(std::size_t n) { left_.remove_prefix(n); }
    constexpr bool take(std::string_view text) { return left_.starts_with(text) && (skip(text.size()), true); }
    constexpr bool digits() {
        const std::size_t before = left_.size();
        while (!left_.empty() && left_[0] >= '0' && left_[0] <= '9') skip(1);
        return left_.size() < before;
    }
    constexpr bool number() {
        if (!take("0") && !digits()) return false;
        if (take(".") && !digits()) return false;
        if (!take("e") && !take("E")) return true;
        if (!take("+")) static_cast<void>(take("-"));
        return digits();
    }
    constexpr bool string() {
        while (!take("\"")) {
            if (left_.empty() || static_cast<unsigned char>(left_[0]) < 0x20) return false;
            std::size_t n = utf8_length(left_.data(), left_.data() + left_.size());
            if (left_[0] == '\\') {
                if (left_.size() < 2) return false;
                n = left_[1] == 'u' ? 6 : 2;
                if (left_.size() < n || (n == 2 && std::string_view("\"\\/bfnrt").find(left_[1]) == left_.npos))
                    return false;
                for (std::size_t i = 2; i < n; ++i)
                    if (std::string_view("0123456789abcdefABCDEF").find(left_[i]) == left_.npos) return false;
            }
            if (n == 0) return false;
            skip(n);
        }
        return true;
    }
    constexpr bool members(std::string_view close, bool keys, unsigned depth) {
        if (depth == 0) return false;
        if (blanks(), take(close)) return true;
        do {
            if (keys && !(blanks(), take("\"") && string() && (blanks(), take(":")))) return false;
            if (!value(depth - 1)) return false;
        } while (blanks(), take(","));
        return take(close);
    }
    constexpr bool value(unsigned depth) {
        blanks();
        if (take("{")) return members("}", true, depth);
        if (take("[")) return members("]", false, depth);
        if (take("\"")) return string();
        return take("true") || take("false") || take("null") || (static_cast<void>(take("-")), number());
    }

    std::string_view left_;
};

}  // namespace detail

template <>
struct form<json_text> {
    static constexpr json::kind kind = json::kind::any;
    static constexpr json::codec codec{
        .read = [](void* to, std::string_view raw,
                   std::string&) { return static_cast<json_text*>(to)->text.assign(raw), true; },
        .write =
            [](const void* from, std::string& out, std::string& why) {
                const std::string& text = static_cast<const json_text*>(from)->text;
                json::lexer in(text, json::hard_depth_limit);
                json::value_faults found;
                std::string_view raw;
                if (!json::skip_unique(in, raw, found) || !in.expect_end()) return why = in.problem(), false;
                if (!found.empty()) return why = "a key is given twice", false;
                return json::append_compact(out, raw), true;  // in one line, wherever it goes
            }};
    static constexpr json::type table() {
        json::type t = json::of_kind(kind);
        t.codec = &codec;
        return t;
    }
    static constexpr bool put(text_sink& sink, const json_text& value) {
        return detail::constant_json(value.text).is_valid() && (sink.put(value.text), true);
    }
};

}  // namespace schema
}  // namespace haft::inline v0

#endif  // HAFT_SCHEMA_JSON_TEXT_HPP
