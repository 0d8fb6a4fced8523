// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_PIECES_HPP
#define HAFT_JSON_PIECES_HPP

/// A JSON text taken apart one level at a time: the members of an object, the items of an array, each as a piece of the
/// text. For small documents that are read once, such as schemas; no tree.

#include <haft/core/config.hpp>
#include <haft/json/lexer.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::json {

/// One member of an object. The views point into the text.
struct member_piece {
    std::string name;        ///< the key, escapes resolved
    std::string_view key;    ///< as it stands, in its quotes
    std::string_view value;  ///< the value's text
};

/// Whether a text is one JSON value, at most `hard_depth_limit` brackets deep.
HAFT_APART inline bool is_json(std::string_view text) noexcept {
    lexer in(text, hard_depth_limit);
    in.peek();
    return in.skip() && in.expect_end();
}

/// The members of an object, in order. What is no object has none.
HAFT_APART inline std::vector<member_piece> members_of(std::string_view object) {
    std::vector<member_piece> out;
    lexer in(object, hard_depth_limit);
    if (in.peek() != '{' || !in.enter('{')) return out;
    lexer::string_token key;
    std::string_view value;
    for (bool first = true; in.next('}', first) && in.key(key) && in.skip(value);) {
        out.push_back({{}, {key.raw.data() - 1, key.raw.size() + 2}, value});
        lexer::decode(key, out.back().name);
    }
    return out;
}

/// The value of the first member of that name, or "".
HAFT_APART inline std::string_view value_of(const std::vector<member_piece>& members, std::string_view name) noexcept {
    for (const member_piece& m : members)
        if (m.name == name) return m.value;
    return {};
}

/// The items of an array, in order. What is no array has none.
HAFT_APART inline std::vector<std::string_view> items_of(std::string_view array) {
    std::vector<std::string_view> out;
    lexer in(array, hard_depth_limit);
    if (in.peek() != '[' || !in.enter('[')) return out;
    std::string_view item;
    for (bool first = true; in.next(']', first) && in.skip(item);) out.push_back(item);
    return out;
}

/// What a string says; "" of anything else. Requires a value's text.
HAFT_APART inline std::string string_of(std::string_view value) {
    std::string out;
    if (value.size() < 2 || value.front() != '"') return out;
    const std::string_view raw = value.substr(1, value.size() - 2);
    lexer::decode({raw, raw.find('\\') == std::string_view::npos}, out);
    return out;
}

/// Appends a JSON text without the blanks between its tokens.
HAFT_APART inline void append_compact(std::string& out, std::string_view value) {
    bool quoted = false;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        if (quoted) {
            out += c;
            if (c == '\\' && i + 1 < value.size()) out += value[++i];
            else if (c == '"') quoted = false;
        } else if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
            out += c;
            quoted = c == '"';
        }
    }
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_PIECES_HPP
