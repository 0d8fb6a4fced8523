// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_SKIP_UNIQUE_HPP
#define HAFT_JSON_SKIP_UNIQUE_HPP

/// Checks one JSON value of any shape without building it: the lexer's grammar, and no key twice in any object. For text
/// that is passed on as it is, and must mean the same to whatever parser reads it next.

#include <haft/core/config.hpp>
#include <haft/core/sorted_places.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pointer.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/value_faults.hpp>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::json {

namespace detail {

/// A walk with a stack of its own, so that it takes the same little of the thread's at every depth.
class unique_walk {
public:
    unique_walk(lexer& in, value_faults& found, const read_limits& limits) : in_(in), found_(found), limits_(limits) {}

    bool run(std::string_view& raw) {
        in_.peek();
        const std::size_t start = in_.offset();
        do {
            const bool object = in_.at('{');
            if (object || in_.at('[')) {
                if (!in_.enter(object ? '{' : '[')) return broken();
                levels_.push_back({object, true, 0, in_.offset() - 1, keys_.size(), decoded_.size()});
            } else {
                const std::size_t at = in_.offset();
                const bool text = in_.at('"');
                if (!in_.skip()) return broken();
                if (const std::size_t size = in_.offset() - at; text && size - 2 > limits_.max_string_bytes)
                    tell_too_large("a string of ", size - 2, " bytes", limits_.max_string_bytes, levels_.size(), at);
            }
        } while (to_next_value());
        if (in_.problem()) return broken();
        raw = in_.since(start);
        return true;
    }

private:
    struct level {
        bool object;
        bool first;
        std::size_t count;          // members or items so far
        std::size_t offset;         // where it begins
        std::size_t first_key;      // its keys in keys_
        std::size_t first_decoded;  // its texts in decoded_
    };
    struct key {
        std::string_view text;
        std::size_t offset;
        bool operator<(const key& other) const noexcept {
            const int order = text.compare(other.text);
            return order ? order < 0 : offset < other.offset;
        }
    };

    /// Out of what has ended, and on to the value that comes next; false at the end of all, or at a problem.
    bool to_next_value() {
        for (; !levels_.empty(); levels_.pop_back()) {
            level& here = levels_.back();
            if (in_.next(here.object ? '}' : ']', here.first)) {
                ++here.count;
                return !here.object || member();
            }
            if (in_.problem()) return false;
            if (here.count > limits_.max_items)
                tell_too_large(here.object ? "an object of " : "an array of ", here.count,
                               here.object ? " members" : " items", limits_.max_items, levels_.size() - 1, here.offset);
            if (here.object) judge(here);
        }
        return false;
    }

    bool member() {
        const std::size_t offset = in_.offset();
        lexer::string_token token;
        in_key_ = true;
        if (!in_.key(token)) return false;
        in_key_ = false;
        keys_.push_back({token.raw, offset});
        if (token.raw.size() > limits_.max_string_bytes)
            tell_too_large("a name of ", token.raw.size(), " bytes", limits_.max_string_bytes, levels_.size() - 1,
                           offset);
        if (token.plain) return true;
        std::string& text = decoded_.emplace_back();
        lexer::decode(token, text);
        keys_.back().text = text;
        return true;
    }

    /// An object has ended: equal keys are neighbours once they are sorted, which no choice of keys can make slow.
    void judge(const level& here) {
        std::sort(keys_.begin() + static_cast<std::ptrdiff_t>(here.first_key), keys_.end());
        for (std::size_t i = here.first_key + 1; i < keys_.size(); ++i)
            if (keys_[i].text == keys_[i - 1].text) {
                tell_repeated(here);
                break;
            }
        keys_.resize(here.first_key);
        decoded_.resize(here.first_decoded);
    }

    HAFT_COLD void tell_too_large(std::string_view what, std::size_t count, std::string_view unit, std::size_t most,
                                  std::size_t depth, std::size_t offset) {
        if (found_.only_counted()) return;
        std::string message(what);
        message.append(std::to_string(count)).append(unit).append("; at most ").append(std::to_string(most));
        found_.add(errc::too_large, pointer(depth), message + " are read", offset);
    }

    HAFT_COLD void tell_repeated(const level& here) {
        // Told in the order of the text.
        const key* const keys = &keys_[here.first_key];
        const std::vector<std::size_t> order =
            sorted_places(keys_.size() - here.first_key, keys, [](const void* all, std::size_t a, std::size_t b) {
                return static_cast<const key*>(all)[a].offset < static_cast<const key*>(all)[b].offset;
            });
        for (const std::size_t i : order) {
            const key& k = keys[i];
            if (i == 0 || k.text != keys[i - 1].text || found_.only_counted()) continue;
            std::string at = pointer(levels_.size() - 1);
            append_pointer_key(at, k.text);
            found_.add(errc::duplicate_key, std::move(at), "given twice", k.offset);
        }
    }

    /// The way through the outermost `depth` levels.
    HAFT_COLD std::string pointer(std::size_t depth) const {
        std::string out;
        for (std::size_t i = 0; i < depth; ++i) {
            const std::size_t keys_end = i + 1 < levels_.size() ? levels_[i + 1].first_key : keys_.size();
            if (levels_[i].count == 0) break;
            if (!levels_[i].object) append_pointer_index(out, levels_[i].count - 1);
            else if (keys_end > levels_[i].first_key) append_pointer_key(out, keys_[keys_end - 1].text);
        }
        return out;
    }

    HAFT_COLD bool broken() {
        found_.broken_pointer = pointer(levels_.size() - (in_key_ ? 1 : 0));
        return false;
    }

    lexer& in_;
    value_faults& found_;
    const read_limits& limits_;
    std::vector<level> levels_;
    std::vector<key> keys_;            // of all the objects that are open
    std::deque<std::string> decoded_;  // the texts of those with escapes
    bool in_key_ = false;
};

}  // namespace detail

/// Walks over one value, as `lexer.skip` does; `raw` is its text. Keys that stand twice in an object, at any depth and
/// however they are escaped, and what exceeds the limits of strings and items are added to `found` and the walk goes on. Returns false only if the text is broken (or too
/// deep): in.problem() says why. Time O(n log n) of the value's length whatever the keys, memory some 24 bytes a key of
/// the objects that are open, the thread's stack none to speak of.
inline bool skip_unique(lexer& in, std::string_view& raw, value_faults& found, const read_limits& limits) {
    return detail::unique_walk(in, found, limits).run(raw);
}
/// The same without limits.
inline bool skip_unique(lexer& in, std::string_view& raw, value_faults& found) {
    read_limits none;
    none.max_string_bytes = none.max_items = static_cast<std::size_t>(-1);
    return skip_unique(in, raw, found, none);
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_SKIP_UNIQUE_HPP
