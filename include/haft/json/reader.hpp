// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_READER_HPP
#define HAFT_JSON_READER_HPP

/// The matcher: JSON text into a C++ object, by the tables, in one walk, with every fault found on the way. This is the
/// heart of a call; it is no template, so all tools share it.

#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/json/expected.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/read_number.hpp>
#include <haft/json/type.hpp>

#include <cfloat>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::json {

/// How much of one text is read before it is refused.
struct read_limits {
    unsigned max_depth = 64;                  ///< brackets within brackets; at most `hard_depth_limit`
    std::size_t max_bytes = 4u << 20;         ///< of the whole text
    std::size_t max_string_bytes = 1u << 20;  ///< of one string
    std::size_t max_items = 1'000'000;        ///< of one array
};

/// The most faults that one call describes, and the most of one array; the others are counted.
inline constexpr std::size_t most_faults = 32;
inline constexpr std::size_t most_faults_of_an_array = 10;

/// Reads the arguments of one call. Use once.
class reader {
public:
    reader(std::string_view text, const read_limits& limits)
        : in_(text, limits.max_depth), text_(text), limits_(limits) {}

    /// Fills `to`, an already constructed object of the type, from an object with its members as keys; null and blank
    /// members of the type keep what `T{}` gave them. True if nothing was wrong; then and only then is `to` complete.
    bool read_arguments(const type& t, void* to) {
        if (text_.size() > limits_.max_bytes) {
            add(errc::too_large, "the arguments have " + std::to_string(text_.size()) + " bytes; at most " +
                                     std::to_string(limits_.max_bytes) + " are read");
            return false;
        }
        // Clients that leave out "arguments" mean a call without any; so do those that send null.
        const bool complete = in_.peek() == 'n' ? in_.literal("null") && absent_object(t) : value(t, to, nullptr);
        if (!complete || !in_.expect_end()) broken_text();
        return faults_.empty();
    }

    std::vector<fault> take_faults() noexcept { return std::move(faults_); }
    std::size_t more_faults() const noexcept { return more_faults_; }

private:
    // Where the matcher is, as a list on the stack: costs two stores a level and is read only when something is wrong.
    struct place {
        const place* outer;
        std::string_view key;
        std::size_t index;
    };
    static constexpr std::size_t no_index = ~std::size_t{0};

    // In all of these false means: the text is broken, stop. A value that does not fit is a fault and the walk goes on.

    bool value(const type& t, void* to, const constraint* c) {
        switch (t.kind) {
            case kind::boolean: return boolean(t, to);
            case kind::integer: return integer(t, to, c);
            case kind::number: return number(t, to, c);
            case kind::string: return string(t, to, c);
            case kind::enumeration: return enumeration(t, to);
            case kind::optional:
                if (in_.peek() == 'n') return t.clear(to), in_.literal("null");
                return value(*t.element, t.append(to), c);
            case kind::array: return array(t, to, c);
            case kind::object: return object(t, to);
        }
        return false;
    }

    bool boolean(const type& t, void* to) {
        const char c = in_.peek();
        if (c != 't' && c != 'f') return mismatch(t, nullptr);
        *static_cast<bool*>(to) = c == 't';
        return in_.literal(c == 't' ? "true" : "false");
    }

    bool integer(const type& t, void* to, const constraint* c) {
        if (!at_number()) return mismatch(t, c);
        const std::size_t at = in_.offset();
        std::string_view text;
        bool integral = false;
        if (!in_.number(text, integral)) return false;
        integer_value v;
        const integer_reading reading = read_integer(text, v);
        if (reading == integer_reading::fraction) return unfit(errc::wrong_type, t, c, text, at);
        const unsigned bits = t.size * 8;
        const std::uint64_t largest = t.is_signed  ? (std::uint64_t{1} << (bits - 1)) - (v.negative ? 0 : 1)
                                      : v.negative ? 0
                                                   : ~std::uint64_t{0} >> (64 - bits);
        if (reading == integer_reading::too_large || v.magnitude > largest) return beyond_type(t, c, text, at);
        const std::uint64_t word = v.negative ? 0 - static_cast<std::uint64_t>(v.magnitude) : v.magnitude;
        if (c && !(t.is_signed ? within(*c, static_cast<std::int64_t>(word), static_cast<std::int64_t>(c->low),
                                        static_cast<std::int64_t>(c->high))
                               : within(*c, word, c->low, c->high)))
            return unfit(errc::out_of_limits, t, c, text, at);
        store(to, word, t.size);
        return true;
    }

    bool number(const type& t, void* to, const constraint* c) {
        if (!at_number()) return mismatch(t, c);
        const std::size_t at = in_.offset();
        std::string_view text;
        bool integral = false;
        if (!in_.number(text, integral)) return false;
        double v = 0;
        float narrow = 0;
        if (!read_double(text, v) || (t.size == sizeof(float) && !narrow_to_float(text, v, narrow)))
            return beyond_type(t, c, text, at);
        if (c && !within(*c, v, c->real_low, c->real_high)) return unfit(errc::out_of_limits, t, c, text, at);
        if (t.size == sizeof(float)) {
            std::memcpy(to, &narrow, sizeof narrow);
        } else {
            std::memcpy(to, &v, sizeof v);
        }
        return true;
    }

    bool string(const type& t, void* to, const constraint* c) {
        if (in_.peek() != '"') return mismatch(t, c);
        const std::size_t at = in_.offset();
        lexer::string_token token;
        if (!in_.string(token)) return false;
        if (token.raw.size() > limits_.max_string_bytes) {
            if (only_counted()) return true;
            add(errc::too_large,
                "a string of " + std::to_string(token.raw.size()) + " bytes; at most " +
                    std::to_string(limits_.max_string_bytes) + " are read",
                at);
            return true;
        }
        auto& out = *static_cast<std::string*>(to);
        out.clear();
        lexer::decode(token, out);
        if (c && (c->given & (constraint::min_length | constraint::max_length)) != 0) {
            const std::size_t n = count_code_points(out);
            if ((c->has(constraint::min_length) && n < c->size_low) ||
                (c->has(constraint::max_length) && n > c->size_high))
                return unfit(errc::out_of_limits, t, c, std::to_string(n) + (n == 1 ? " character" : " characters"), at,
                             false);
        }
        return true;
    }

    bool enumeration(const type& t, void* to) {
        if (in_.peek() != '"') return mismatch(t, nullptr);
        const std::size_t at = in_.offset();
        lexer::string_token token;
        if (!in_.string(token)) return false;
        const std::string_view name = text_of(token);
        for (unsigned i = 0; i < t.count; ++i) {
            if (t.enumerators[i].name != name) continue;
            store(to, static_cast<std::uint64_t>(t.enumerators[i].value), t.size);
            return true;
        }
        return not_allowed(t, name, at);
    }

    bool array(const type& t, void* to, const constraint* c) {
        if (in_.peek() != '[') return mismatch(t, c);
        const std::size_t at = in_.offset();
        if (!in_.enter('[')) return false;
        t.clear(to);
        place here{place_, {}, 0};
        place_ = &here;
        const std::size_t room_before = room_;
        if (room_ > faults_.size() + most_faults_of_an_array) room_ = faults_.size() + most_faults_of_an_array;
        const std::size_t most = c && c->has(constraint::max_items) && c->size_high < limits_.max_items
                                     ? static_cast<std::size_t>(c->size_high)
                                     : limits_.max_items;
        for (bool first = true; in_.next(']', first); ++here.index)  // beyond the limit the rest is only walked over
            if (here.index >= most ? !in_.skip() : !value(*t.element, t.append(to), nullptr)) break;
        if (in_.problem()) return broken_text();
        place_ = here.outer;
        room_ = room_before;
        const std::size_t n = here.index;
        if (n > limits_.max_items && !only_counted())
            add(errc::too_large,
                "an array of " + std::to_string(n) + " items; at most " + std::to_string(limits_.max_items) +
                    " are read",
                at);
        if (c &&
            ((c->has(constraint::min_items) && n < c->size_low) || (c->has(constraint::max_items) && n > c->size_high)))
            return unfit(errc::out_of_limits, t, c, std::to_string(n) + (n == 1 ? " item" : " items"), at, false);
        return true;
    }

    bool object(const type& t, void* to) {
        if (in_.peek() != '{') return mismatch(t, nullptr);
        const std::size_t at = in_.offset();
        if (!in_.enter('{')) return false;
        if (t.clear) t.clear(to);
        place here{place_, {}, no_index};
        place_ = &here;
        std::uint64_t seen = 0;
        std::size_t expected = 0;  // models send keys in the order of the schema
        std::vector<unknown> strangers;
        for (bool first = true; in_.next('}', first);) {
            here.key = {};
            const std::size_t key_at = in_.offset();
            lexer::string_token token;
            if (!in_.key(token)) break;
            const std::string_view name = text_of(token);
            std::size_t i = expected;
            if (i >= t.count || t.key(i) != name)
                for (i = 0; i < t.count && t.key(i) != name;) ++i;
            if (i == t.count) {
                if (strangers.size() == most_faults) {
                    ++more_faults_;
                    if (!in_.skip()) break;
                    continue;
                }
                strangers.push_back({std::string(name), {}, key_at});
                here.key = strangers.back().name;
                if (!in_.skip(strangers.back().value)) break;
                continue;
            }
            expected = i + 1;
            here.key = t.key(i);
            if ((seen >> i & 1) != 0) {
                if (!only_counted()) add(errc::duplicate_key, "given twice", key_at);
                if (!in_.skip()) break;
                continue;
            }
            seen |= std::uint64_t{1} << i;
            const member& m = t.members[i];
            const type* of = m.of;
            void* member_at = static_cast<char*>(to) + m.offset;
            if (in_.at('n')) {
                // For what need not be there null says the same as absence.
                if (!t.requires_member(i)) {
                    if (!in_.literal("null")) break;
                    continue;
                }
                // A required std::optional is in the schema as its value alone.
                if (of->kind == kind::optional) member_at = of->append(member_at), of = of->element;
            }
            if (!value(*of, member_at, m.constraint ? t.constraints + (m.constraint - 1) : nullptr)) break;
        }
        if (in_.problem()) return broken_text();
        place_ = here.outer;
        if (!strangers.empty()) unknown_members(t, strangers, seen);
        if (const std::uint64_t missing = t.required & ~seen) missing_members(t, missing, at);
        return true;
    }

    bool absent_object(const type& t) {
        if (t.required) missing_members(t, t.required, 0);
        return true;
    }

    // --- small things

    bool at_number() noexcept {
        const char c = in_.peek();
        return c == '-' || (c >= '0' && c <= '9');
    }

    template <class Number>
    static bool within(const constraint& c, Number v, Number low, Number high) noexcept {
        return !(c.has(constraint::minimum) && v < low) && !(c.has(constraint::maximum) && v > high);
    }

    static void store(void* to, std::uint64_t word, std::size_t size) noexcept {
        switch (size) {
            case 1: {
                const auto v = static_cast<std::uint8_t>(word);
                std::memcpy(to, &v, 1);
                break;
            }
            case 2: {
                const auto v = static_cast<std::uint16_t>(word);
                std::memcpy(to, &v, 2);
                break;
            }
            case 4: {
                const auto v = static_cast<std::uint32_t>(word);
                std::memcpy(to, &v, 4);
                break;
            }
            default: std::memcpy(to, &word, 8);
        }
    }

    /// The token's text; valid until the next call.
    std::string_view text_of(const lexer::string_token& token) {
        if (token.plain) return token.raw;
        scratch_.clear();
        lexer::decode(token, scratch_);
        return scratch_;
    }

    // --- faults, all of them off the hot path

    struct unknown {
        std::string name;
        std::string_view value;
        std::size_t at;
    };

    /// Whether there is no room left to describe a fault; then it is counted. To be asked before the words are made, so
    /// that a text which is wrong a million times costs no million sentences.
    bool only_counted() noexcept {
        if (faults_.size() < room_) return false;
        ++more_faults_;
        return true;
    }

    HAFT_COLD fault& add(errc code, std::string message, std::size_t at = 0) {
        fault& f = faults_.emplace_back();
        f.code = code;
        f.pointer = pointer();
        f.message = std::move(message);
        f.offset = at;
        return f;
    }

    HAFT_COLD std::string pointer() const {
        std::string out;
        write_pointer(place_, out);
        return out;
    }
    static void write_pointer(const place* here, std::string& out) {
        if (!here) return;
        write_pointer(here->outer, out);
        if (here->index == no_index && !here->key.data()) return;  // at no member: before the first, or within a key
        out += '/';
        if (here->index != no_index) {
            out += std::to_string(here->index);
            return;
        }
        std::string escaped;  // RFC 6901
        for (const char c : here->key.substr(0, echo_limit)) {
            if (c == '~') escaped += "~0";
            else if (c == '/') escaped += "~1";
            else escaped += c;
        }
        append_echo(out, escaped, 2 * echo_limit);
    }

    /// The value here is of another kind: a fault, and on to the next.
    HAFT_COLD bool mismatch(const type& t, const constraint* c) {
        const std::size_t at = in_.offset();
        std::string_view got;
        if (!in_.skip(got)) return false;
        return unfit(t.kind == kind::enumeration ? errc::not_allowed : errc::wrong_type, t, c, got, at);
    }

    HAFT_COLD bool unfit(errc code, const type& t, const constraint* c, std::string_view got, std::size_t at,
                         bool is_json = true) {
        if (only_counted()) return true;
        std::string want = expected_text(t, c);
        std::string came = is_json ? got_text(got) : std::string(got);
        fault& f = add(code, "expected " + want + ", got " + came, at);
        f.expected = std::move(want);
        f.got = std::move(came);
        return true;
    }

    /// A number that only a wider type could hold: the type's limits are then worth saying, though no author gave them.
    HAFT_COLD bool beyond_type(const type& t, const constraint* c, std::string_view got, std::size_t at) {
        constraint range = c ? *c : constraint{};
        const double most = t.size == sizeof(float) ? static_cast<double>(FLT_MAX) : DBL_MAX;
        const std::uint64_t largest = ~std::uint64_t{0} >> (64 - t.size * 8 + (t.is_signed ? 1 : 0));
        if (!range.has(constraint::minimum)) range.real_low = -most, range.low = t.is_signed ? ~largest : 0;
        if (!range.has(constraint::maximum)) range.real_high = most, range.high = largest;
        range.given = constraint::minimum | constraint::maximum;  // all that a number has
        return unfit(errc::out_of_limits, t, &range, got, at);
    }

    HAFT_COLD bool not_allowed(const type& t, std::string_view name, std::size_t at) {
        if (only_counted()) return true;
        nearest_name nearest(name);
        for (unsigned i = 0; i < t.count; ++i) nearest.consider(t.enumerators[i].name);
        std::string want = type_text(t);
        std::string came = quoted(name);
        std::string message = "expected " + want + ", got " + came;
        if (!nearest.name().empty()) message.append("; did you mean \"").append(nearest.name()).append("\"?");
        fault& f = add(errc::not_allowed, std::move(message), at);
        f.expected = std::move(want);
        f.got = std::move(came);
        f.nearest = nearest.name();
        return true;
    }

    HAFT_COLD void unknown_members(const type& t, const std::vector<unknown>& strangers, std::uint64_t seen) {
        for (const unknown& stranger : strangers) {
            if (only_counted()) continue;
            nearest_name nearest(stranger.name);
            for (std::size_t i = 0; i < t.count; ++i)
                if ((seen >> i & 1) == 0) nearest.consider(t.key(i));
            std::string_view meant = nearest.name();
            // No name is near: what is required and not there yet is what the caller must have meant to give.
            if (meant.empty())
                for (std::size_t i = t.count; i-- > 0;)
                    if ((t.required & ~seen & (std::uint64_t{1} << i)) != 0) meant = t.key(i);
            std::string message = t.count ? "no such parameter" : "no such parameter; there are none";
            if (!meant.empty()) message.append("; did you mean \"").append(meant).append("\"?");
            if (t.count) {
                message += meant.empty() ? "; the parameter" : " The parameter";
                message += t.count == 1 ? " is " : "s are ";
                for (std::size_t i = 0; i < t.count; ++i) {
                    if (i) message += ", ";
                    message += t.key(i);
                }
            }
            place here{place_, stranger.name, no_index};
            place_ = &here;
            fault& f = add(errc::unknown_parameter, std::move(message), stranger.at);
            place_ = here.outer;
            f.got = got_text(stranger.value);
            f.nearest = meant;
        }
    }

    HAFT_COLD void missing_members(const type& t, std::uint64_t missing, std::size_t at) {
        for (std::size_t i = 0; i < t.count; ++i) {
            if ((missing >> i & 1) == 0 || only_counted()) continue;
            const member& m = t.members[i];
            std::string want = expected_text(*m.of, m.constraint ? t.constraints + (m.constraint - 1) : nullptr);
            std::string message = "required, but not given; expected " + want;
            if (!t.words[i].description.empty()) {
                message += ": ";
                append_echo(message, t.words[i].description);
            }
            place here{place_, t.key(i), no_index};
            place_ = &here;
            fault& f = add(errc::missing_parameter, std::move(message), at);
            place_ = here.outer;
            f.expected = std::move(want);
        }
    }

    /// The text is no JSON (or too deep): one fault, at the place where the matcher stood.
    /// The innermost walk that notices says it, while the places on the stack still stand.
    HAFT_COLD bool broken_text() {
        if (broken_ || !in_.problem()) return false;
        broken_ = true;
        const std::size_t at = in_.offset();
        std::string message = in_.problem();
        message += " at byte " + std::to_string(at);
        if (at < text_.size()) {
            message += ", before ";
            append_echo(message, text_.substr(at), 20);
        }
        const bool deep = in_.too_deep();
        if (deep)
            message += "; at most " +
                       std::to_string(limits_.max_depth < hard_depth_limit ? limits_.max_depth : hard_depth_limit) +
                       " levels are read";
        if (faults_.size() == most_faults) faults_.pop_back(), ++more_faults_;  // this is the one to be known
        add(deep ? errc::too_large : errc::not_json, std::move(message), at);
        place_ = nullptr;
        return false;
    }

    lexer in_;
    std::string_view text_;
    const read_limits& limits_;
    const place* place_ = nullptr;
    std::vector<fault> faults_;
    std::size_t more_faults_ = 0;
    std::size_t room_ = most_faults;  // faults_ may grow to this
    bool broken_ = false;
    std::string scratch_;
};

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_READER_HPP
