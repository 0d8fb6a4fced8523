// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_DOCUMENT_HPP
#define HAFT_JSON_DOCUMENT_HPP

/// A JSON text taken apart into a flat list of its values, for who has to come back to them. Built by two walks without
/// recursion; destroying and moving it does not recurse either. [fault 27]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pointer.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/skip_unique.hpp>
#include <haft/json/value_faults.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::json {

/// What kind of value stands there.
enum class value_kind : std::uint8_t { null, boolean, number, string, array, object };

/// One value of a document. Its children, if it has any, come right behind it, each followed by its own.
struct value_node {
    value_kind kind = value_kind::null;
    std::uint32_t parent = 0;
    std::uint32_t behind = 0;  ///< the place behind it and all that it holds
    std::uint32_t count = 0;   ///< its children
    std::uint32_t index = 0;   ///< which child of its parent it is
    std::uint32_t sorted = 0;  ///< of a large object: where its members stand in the order of their keys
    std::string_view key;      ///< under which it stands in an object, escapes resolved
    std::string_view text;     ///< as it stands in the text; of a string what it says
    std::size_t offset = 0;
    std::size_t key_offset = 0;  ///< where its key begins
};

/// Refers to the text, which must live as long.
class document {
public:
    document() = default;
    document(const document&) = delete;
    document& operator=(const document&) = delete;
    document(document&&) = default;
    document& operator=(document&&) = default;

    /// Reads a text; false if something is wrong with it, which stands in `found` then: it is no JSON, a key stands twice, a
    /// limit is exceeded.
    HAFT_COLD bool read(std::string_view text, const read_limits& limits, value_faults& found) {
        nodes_.clear();
        decoded_.clear();
        sorted_.clear();
        if (text.size() > limits.max_bytes) {
            found.add(errc::too_large, {},
                      concat({decimal(text.size()), " bytes; at most ", decimal(limits.max_bytes), " are read"}), 0);
            return false;
        }
        lexer in(text, limits.max_depth);
        in.peek();
        std::string_view raw;
        if (!skip_unique(in, raw, found, limits) || !in.expect_end()) {
            if (found.only_counted()) return false;
            found.faults.push_back(broken_text(in, text, limits.max_depth, std::move(found.broken_pointer)));
            return false;
        }
        if (!found.empty()) return false;
        build(text, limits.max_depth);
        return true;
    }

    bool empty() const noexcept { return nodes_.empty(); }
    std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(nodes_.size()); }
    const value_node& operator[](std::uint32_t i) const noexcept { return nodes_[i]; }

    /// The first child; the next one is at `[child].behind`, until that is the parent's.
    static constexpr std::uint32_t first_child(std::uint32_t i) noexcept { return i + 1; }

    /// The member of that name, or 0: a root is nobody's member. Time O(log n) in its members.
    std::uint32_t find(std::uint32_t object, std::string_view key) const noexcept {
        if (nodes_[object].count > most_unsorted) return find_sorted(object, key);
        for (std::uint32_t c = first_child(object); c < nodes_[object].behind; c = nodes_[c].behind)
            if (nodes_[c].key == key) return c;
        return 0;
    }
    /// Where a value stands, as a JSON pointer.
    HAFT_COLD std::string pointer(std::uint32_t i) const {
        std::vector<std::uint32_t> way;
        for (; i != 0; i = nodes_[i].parent) way.push_back(i);
        std::string out;
        for (std::size_t n = way.size(); n-- > 0;) {
            const value_node& v = nodes_[way[n]];
            if (nodes_[v.parent].kind == value_kind::object) append_pointer_key(out, v.key);
            else append_pointer_index(out, v.index);
        }
        return out;
    }

private:
    /// Objects of more members have them sorted as well: who looks for many names would take a time of their product.
    static constexpr std::uint32_t most_unsorted = 16;

    std::uint32_t find_sorted(std::uint32_t object, std::string_view key) const noexcept {
        const std::uint32_t* const first = sorted_.data() + nodes_[object].sorted;
        const std::uint32_t* const end = first + nodes_[object].count;
        const std::uint32_t* const at = std::lower_bound(
            first, end, key, [&](std::uint32_t child, std::string_view name) { return nodes_[child].key < name; });
        return at != end && nodes_[*at].key == key ? *at : 0;
    }
    void sort_members(std::uint32_t object) {
        nodes_[object].sorted = static_cast<std::uint32_t>(sorted_.size());
        for (std::uint32_t c = first_child(object); c < nodes_[object].behind; c = nodes_[c].behind)
            sorted_.push_back(c);
        std::sort(sorted_.begin() + static_cast<std::ptrdiff_t>(nodes_[object].sorted), sorted_.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return nodes_[a].key < nodes_[b].key; });
    }

    /// Of a text that is JSON, with no key twice.
    void build(std::string_view text, unsigned max_depth) {
        struct level {
            std::uint32_t place;
            bool first = true;
        };
        std::vector<level> open;
        lexer in(text, max_depth);
        in.peek();
        for (;;) {
            const auto place = static_cast<std::uint32_t>(nodes_.size());
            value_node& v = nodes_.emplace_back();
            v.offset = in.offset();
            if (!open.empty()) {
                value_node& parent = nodes_[open.back().place];
                v.parent = open.back().place;
                v.index = parent.count++;
                v.key = key_;
                v.key_offset = key_offset_;
            }
            const char c = in.here();
            if (c == '{' || c == '[') {
                v.kind = c == '{' ? value_kind::object : value_kind::array;
                in.enter(c);
                open.push_back({place});
            } else {
                scalar(in, v);
            }
            for (;;) {
                if (open.empty()) return;
                const bool object = nodes_[open.back().place].kind == value_kind::object;
                if (in.next(object ? '}' : ']', open.back().first)) {
                    key_ = {};
                    key_offset_ = in.offset();
                    if (object) read_key(in);
                    break;
                }
                value_node& ended = nodes_[open.back().place];
                ended.behind = static_cast<std::uint32_t>(nodes_.size());
                ended.text = in.since(ended.offset);
                if (object && ended.count > most_unsorted) sort_members(open.back().place);
                open.pop_back();
            }
        }
    }
    void scalar(lexer& in, value_node& v) {
        v.behind = static_cast<std::uint32_t>(nodes_.size());
        const char c = in.here();
        if (c == '"') {
            lexer::string_token token;
            in.string(token);
            v.kind = value_kind::string;
            v.text = decoded(token);
            return;
        }
        in.skip(v.text);
        v.kind = c == 'n' ? value_kind::null : c == 't' || c == 'f' ? value_kind::boolean : value_kind::number;
    }
    void read_key(lexer& in) {
        lexer::string_token token;
        in.key(token);
        key_ = decoded(token);
    }
    std::string_view decoded(const lexer::string_token& token) {
        if (token.plain) return token.raw;
        std::string& text = decoded_.emplace_back();
        lexer::decode(token, text);
        return text;
    }

    std::vector<value_node> nodes_;
    std::vector<std::uint32_t> sorted_;
    std::deque<std::string> decoded_;  // the texts of keys and strings with escapes
    std::string_view key_;
    std::size_t key_offset_ = 0;
};

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_DOCUMENT_HPP
