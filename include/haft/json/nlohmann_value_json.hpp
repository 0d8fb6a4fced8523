// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_NLOHMANN_VALUE_JSON_HPP
#define HAFT_JSON_NLOHMANN_VALUE_JSON_HPP

/// nlohmann::json from text and back, by haft's own lexer and writer: a dynamic value follows the same grammar, limits
/// and refusals as everything else that haft reads, and no two parsers disagree about one text.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/json/expected.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pointer.hpp>
#include <haft/json/read_number.hpp>
#include <haft/json/reader.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/json/write_number.hpp>
#include <haft/json/writer.hpp>

#include <nlohmann/json.hpp>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace haft::inline v0::json {

namespace detail {

/// A walk with a stack of its own, so that it takes the same little of the thread's at every depth.
class value_builder {
public:
    value_builder(lexer& in, const read_limits& limits, value_faults& found)
        : in_(in), limits_(limits), found_(found) {}

    bool run(nlohmann::json& to) {
        in_.peek();
        nlohmann::json* slot = &to;
        do {
            if (!value(*slot)) return broken();
            slot = next_slot();
        } while (slot);
        return !in_.problem() || broken();
    }

private:
    struct level {
        nlohmann::json* container;
        bool object;
        bool first;
        std::size_t count;       // elements so far, the one at hand too
        std::size_t offset;      // where it began
        const std::string* key;  // of the member at hand; null before the first
    };

    /// One scalar, or the opening bracket of a container.
    bool value(nlohmann::json& to) {
        if (in_.at('{') || in_.at('[')) {
            const bool object = in_.at('{');
            const std::size_t offset = in_.offset();
            if (!in_.enter(object ? '{' : '[')) return false;
            to = object ? nlohmann::json::object() : nlohmann::json::array();
            levels_.push_back({&to, object, true, 0, offset, nullptr});
            return true;
        }
        if (in_.at('"')) {
            const std::size_t offset = in_.offset();
            lexer::string_token token;
            if (!in_.string(token)) return false;
            if (too_long(token, offset)) return true;
            to = std::string();
            lexer::decode(token, to.get_ref<std::string&>());
            return true;
        }
        if (in_.at('t') || in_.at('f')) {
            to = in_.at('t');
            return in_.literal(in_.at('t') ? "true" : "false");
        }
        if (in_.at('n')) {
            to = nullptr;
            return in_.literal("null");
        }
        return number(to);
    }

    bool number(nlohmann::json& to) {
        const std::size_t offset = in_.offset();
        std::string_view text;
        if (!in_.skip(text)) return false;  // a number, or what no value begins with
        const char* const end = text.data() + text.size();
        if (text.find_first_of(".eE") == std::string_view::npos) {
            std::int64_t negative = 0;
            std::uint64_t positive = 0;
            if (text.front() == '-') {
                if (std::from_chars(text.data(), end, negative).ec == std::errc{}) return to = negative, true;
            } else if (std::from_chars(text.data(), end, positive).ec == std::errc{}) {
                return to = positive, true;
            }
        }
        double real = 0;
        if (read_double(text, real)) return to = real, true;
        if (found_.only_counted()) return true;
        fault& f = found_.add(errc::out_of_limits, pointer(levels_.size()), "a number that no double can hold", offset);
        f.got = got_text(text);
        f.message += ", " + f.got;
        return true;
    }

    /// Out of the containers that have ended, and on to the place of the next value; null at the end of all, or at a problem.
    nlohmann::json* next_slot() {
        for (; !levels_.empty(); levels_.pop_back()) {
            level& here = levels_.back();
            while (in_.next(here.object ? '}' : ']', here.first)) {
                ++here.count;
                nlohmann::json* slot = nullptr;
                if (here.object && !member(here, slot)) return nullptr;
                if (!here.object && here.count <= limits_.max_items)
                    slot = &here.container->get_ref<nlohmann::json::array_t&>().emplace_back();
                if (slot) return slot;
                if (!in_.skip()) return nullptr;
            }
            if (in_.problem()) return nullptr;
            if (here.count > limits_.max_items) too_many(here);
        }
        return nullptr;
    }

    /// Reads a key. `slot` stays null if its value is not wanted.
    bool member(level& here, nlohmann::json*& slot) {
        here.key = nullptr;
        const std::size_t offset = in_.offset();
        lexer::string_token token;
        if (!in_.key(token)) return false;
        if (here.count > limits_.max_items || too_long(token, offset)) return true;
        std::string name;
        lexer::decode(token, name);
        const auto [at, fresh] =
            here.container->get_ref<nlohmann::json::object_t&>().try_emplace(std::move(name), nullptr);
        here.key = &at->first;
        if (fresh) slot = &at->second;
        else if (!found_.only_counted())
            found_.add(errc::duplicate_key, pointer(levels_.size()), "given twice", offset);
        return true;
    }

    // --- faults

    bool too_long(const lexer::string_token& token, std::size_t offset) {
        if (token.raw.size() <= limits_.max_string_bytes) return false;
        if (!found_.only_counted())
            found_.add(errc::too_large, pointer(levels_.size()),
                       "a string of " + std::to_string(token.raw.size()) + " bytes; at most " +
                           std::to_string(limits_.max_string_bytes) + " are read",
                       offset);
        return true;
    }

    HAFT_COLD void too_many(const level& here) {
        if (found_.only_counted()) return;
        found_.add(errc::too_large, pointer(levels_.size() - 1),
                   (here.object ? "an object of " : "an array of ") + std::to_string(here.count) +
                       (here.object ? " members; at most " : " items; at most ") + std::to_string(limits_.max_items) +
                       " are read",
                   here.offset);
    }

    /// The way through the outermost `depth` levels.
    HAFT_COLD std::string pointer(std::size_t depth) const {
        std::string out;
        for (std::size_t i = 0; i < depth; ++i) {
            if (levels_[i].key) append_pointer_key(out, *levels_[i].key);
            else if (!levels_[i].object && levels_[i].count) append_pointer_index(out, levels_[i].count - 1);
        }
        return out;
    }

    HAFT_COLD bool broken() {
        found_.broken_pointer = pointer(levels_.size());
        return false;
    }

    lexer& in_;
    const read_limits& limits_;
    value_faults& found_;
    std::vector<level> levels_;
};

inline const char* append_scalar(std::string& out, const nlohmann::json& value) {
    using kind = nlohmann::json::value_t;
    switch (value.type()) {
        case kind::null: out += "null"; return nullptr;
        case kind::boolean: out += value.get_ref<const bool&>() ? "true" : "false"; return nullptr;
        case kind::string: append_string(out, value.get_ref<const std::string&>()); return nullptr;
        case kind::number_integer: out += std::to_string(value.get_ref<const std::int64_t&>()); return nullptr;
        case kind::number_unsigned: out += std::to_string(value.get_ref<const std::uint64_t&>()); return nullptr;
        case kind::number_float: {
            const double real = value.get_ref<const double&>();
            if (!is_finite(real)) return "a number that is infinite or not a number";
            // With its point, so that it reads back as what it is.
            const std::size_t start = out.size();
            append_number(out, real);
            if (out.find_first_of(".e", start) == std::string::npos) out += ".0";
            return nullptr;
        }
        case kind::binary: return "binary data";
        default: return "a value that was discarded";
    }
}

/// With a stack of its own, as the builder has.
inline const char* append_value(std::string& out, const nlohmann::json& value) {
    struct level {
        nlohmann::json::const_iterator next;
        nlohmann::json::const_iterator end;
        bool object;
        bool first;
    };
    std::vector<level> levels;
    for (const nlohmann::json* at = &value;;) {
        if (at->is_structured()) {
            if (levels.size() == hard_depth_limit) return "a value nested too deeply";
            out += at->is_object() ? '{' : '[';
            levels.push_back({at->cbegin(), at->cend(), at->is_object(), true});
        } else if (const char* const problem = append_scalar(out, *at)) {
            return problem;
        }
        for (; !levels.empty() && levels.back().next == levels.back().end; levels.pop_back())
            out += levels.back().object ? '}' : ']';
        if (levels.empty()) return nullptr;
        level& here = levels.back();
        if (!here.first) out += ',';
        here.first = false;
        if (here.object) {
            append_string(out, here.next.key());
            out += ':';
        }
        at = &*here.next;
        ++here.next;
    }
}

}  // namespace detail

/// Builds one value of any shape, `in` being at it (blanks before it are skipped). What is JSON and yet not taken (a key
/// given twice, a number that no double can hold, a string or container beyond the limits) is added to `found` and the
/// walk goes on; `to` is then of no use. Integers of 64 bits are exact, longer ones are rounded to doubles as nlohmann's
/// parser does. Depth is the lexer's. Returns false only if the text is broken: in.problem() says why.
inline bool build_json(lexer& in, nlohmann::json& to, const read_limits& limits, value_faults& found) {
    return detail::value_builder(in, limits, found).run(to);
}

/// The value of a whole text; or an error with every fault, each with its JSON pointer and byte.
inline result<nlohmann::json> parse_json(std::string_view text, const read_limits& limits = {}) {
    nlohmann::json out;
    value_faults found;
    if (text.size() > limits.max_bytes) {
        found.add(errc::too_large, "",
                  "the text has " + std::to_string(text.size()) + " bytes; at most " +
                      std::to_string(limits.max_bytes) + " are read",
                  0);
    } else {
        lexer in(text, limits.max_depth);
        if (!build_json(in, out, limits, found) || !in.expect_end())
            found.faults.push_back(broken_text(in, text, limits.max_depth, std::move(found.broken_pointer)));
    }
    if (found.empty()) return out;
    const bool one = found.faults.size() + found.more == 1;
    error e{one ? found.faults[0].code : errc::invalid_arguments, {}, std::move(found.faults), found.more};
    e.message = "the JSON text was refused for " + fault_count(e);
    return e;
}

/// Appends a value as compact JSON: keys sorted as nlohmann holds them, numbers as short as they read back equal, text
/// that is not UTF-8 mended; the same bytes everywhere. Returns null, or what JSON could not hold; the text is then of no
/// use. Never throws but for memory, and ends at `hard_depth_limit` levels, where nlohmann's own dump would go on.
[[nodiscard]] inline const char* append_json(std::string& out, const nlohmann::json& value) {
    return detail::append_value(out, value);
}

/// The same as a string; an error if JSON can't hold the value.
inline result<std::string> dump_json(const nlohmann::json& value) {
    std::string out;
    const char* const problem = append_json(out, value);
    if (!problem) return out;
    error e;
    e.code = errc::bad_result;
    e.message = std::string("JSON can't hold ") + problem;
    return e;
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_NLOHMANN_VALUE_JSON_HPP
