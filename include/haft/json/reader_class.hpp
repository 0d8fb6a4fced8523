// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_READER_CLASS_HPP
#define HAFT_JSON_READER_CLASS_HPP

/// The matcher: JSON text into a C++ object, by the tables, in one walk, with every fault found on the way. This is the
/// heart of a call; it is no template, so all tools share it. What is off the hot path stands in explain_fault.hpp. To be
/// included by way of reader.hpp, which brings all of it.

#include <haft/core/error.hpp>
#include <haft/json/equal_items.hpp>
#include <haft/json/explain_fault.hpp>
#include <haft/json/fault_list.hpp>
#include <haft/json/fits.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/read_number.hpp>
#include <haft/json/skip_unique.hpp>
#include <haft/json/slot.hpp>
#include <haft/json/type.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <forward_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::json {

/// Reads the arguments of one call. Use once, and keep it while what it read is used: views point into it.
class reader {
public:
    /// `text` and `limits` must outlive the reader. With `unwrap` arguments may be JSON text in a string.
    reader(std::string_view text, const read_limits& limits, read_mode mode = read_mode::strict, bool unwrap = false)
        : in_(text, limits.max_depth),
          text_(text),
          limits_(limits),
          lenient_(mode == read_mode::lenient),
          unwrap_(unwrap) {}

    /// Of arguments that stand in a longer text, at which `around` stands; see read_arguments_within.
    reader(const read_limits& limits, read_mode mode, const lexer& around)
        : in_(around, limits.max_depth),
          text_(around.rest()),
          limits_(limits),
          lenient_(mode == read_mode::lenient),
          unwrap_(false) {}

    /// Members `x-…` that no parameter has are passed over: see read_settings.hpp.
    void pass_over_extensions() noexcept { extensions_ = true; }

    /// Fills `to`, an already constructed object of the type, from an object with its members as keys; null and blank
    /// members of the type keep what `T{}` gave them. True if nothing was wrong; then and only then is `to` complete.
    HAFT_HOT bool read_arguments(const type& t, void* to) {
        if (text_.size() > limits_.max_bytes) {
            faults_.add(errc::too_large,
                        "the arguments have " + std::to_string(text_.size()) + " bytes; at most " +
                            std::to_string(limits_.max_bytes) + " are read",
                        0);
            return false;
        }
        const bool complete = in_.peek() == '{' ? object(t, to) : other_arguments(t, to);
        if (!complete || !in_.expect_end()) broken_text();
        return faults_.empty();
    }

    /// The same within a longer text. On success `around` stands behind the arguments. Otherwise it has not moved, and what is
    /// wrong is to be asked of a reader of the arguments alone, since this one knows other offsets. Only for texts of at most
    /// `max_bytes`.
    bool read_arguments_within(lexer& around, const type& t, void* to) {
        if (text_.size() > limits_.max_bytes || in_.peek() != '{' || !object(t, to) || !faults_.empty()) return false;
        around.continue_at(in_);
        return true;
    }

    std::vector<fault> take_faults() noexcept { return faults_.take(); }
    std::size_t more_faults() const noexcept { return faults_.more(); }
    /// What was converted or dropped, where the options allow that; the first of it, and how much more there was.
    void move_notes(std::vector<note>& to) {
        if (!rare_) return;
        for (note& n : rare_->notes) to.push_back(std::move(n));
        if (const std::size_t more = std::exchange(rare_->more_notes, 0))
            to.push_back({"", "and " + std::to_string(more) + " more were converted or dropped"});
        rare_->notes.clear();
    }

private:
    HAFT_APART bool other_arguments(const type& t, void* to) {
        if (unwrap_ && in_.at('"') && !unwrap()) return false;
        // Clients that leave out "arguments" mean a call without any; so do those that send null.
        return in_.at('n') ? in_.literal("null") && absent_object(t, to) : object(t, to);
    }

    // In all of these false means: the text is broken, stop. A value that does not fit is a fault and the walk goes on.

    /// The value at which the walk stands: blanks before it were skipped.
    HAFT_HOT bool value(const type& t, void* to, const constraint* c) {
        switch (t.kind) {
            case kind::integer: return integer(t, to, c);
            case kind::number: return number(t, to, c);
            case kind::string: return string(t, to, c);
            default: return other_value(t, to, c);
        }
    }
    HAFT_APART bool other_value(const type& t, void* to, const constraint* c) {
        switch (t.kind) {
            case kind::boolean: return boolean(t, to);
            case kind::integer:
            case kind::number:
            case kind::string: break;
            case kind::view:
            case kind::text: return text(t, to, c);
            case kind::enumeration: return enumeration(t, to);
            case kind::optional:
                if (in_.at('n')) return t.clear(to), in_.literal("null");
                return value(*t.element, t.append(to), c);
            case kind::array: return t.list && t.list->insert ? list(t, to, c) : array(t, to, c);
            case kind::tuple: return tuple(t, to);
            case kind::map: return map(t, to, c);
            case kind::variant: return variant(t, to, c);
            case kind::object: return object(t, to);
            case kind::any: return any(t, to);
            case kind::converted: return converted(t, to, c);
            case kind::null: return in_.at('n') ? in_.literal("null") : mismatch(t, c);
            case kind::none: break;
        }
        return in_.fail("a type that has no form");
    }

    bool boolean(const type& t, void* to) {
        const char c = in_.here();
        if (c != 't' && c != 'f') return lenient_ && c == '"' ? from_text(t, to, nullptr) : mismatch(t, nullptr);
        *static_cast<bool*>(to) = c == 't';
        return in_.literal(c == 't' ? "true" : "false");
    }

    bool integer(const type& t, void* to, const constraint* c) {
        if (!at_number()) return lenient_ && in_.at('"') ? from_text(t, to, c) : mismatch(t, c);
        const std::size_t start = in_.offset();
        bool negative = false;
        std::uint64_t word = 0;
        if (in_.short_integer(negative, word) && word <= largest_magnitude(t, negative)) {
            if (negative) word = 0 - word;
            if (!c || keeps_integer(*c, t.is_signed, word)) return store(to, word, t.size), true;
        }
        in_.rewind(start);
        return any_integer(t, to, c);
    }
    HAFT_APART bool any_integer(const type& t, void* to, const constraint* c) {
        const std::size_t at = offset();
        std::string_view text;
        bool integral = false;
        if (!in_.number(text, integral)) return false;
        std::uint64_t word = 0;
        switch (fit_integer(text, t, word)) {
            case integer_fit::fits: break;
            case integer_fit::fraction: return unfit(errc::wrong_type, t, c, text, at);
            case integer_fit::beyond: return explain_beyond_type(faults_, t, c, text, at), true;
        }
        if (c && !keeps_integer(*c, t.is_signed, word)) return unfit(errc::out_of_limits, t, c, text, at);
        store(to, word, t.size);
        return true;
    }

    bool number(const type& t, void* to, const constraint* c) {
        if (!at_number()) return lenient_ && in_.at('"') ? from_text(t, to, c) : mismatch(t, c);
        const std::size_t start = in_.offset();
        double v = 0;
        if (t.size == sizeof v && in_.short_number(v) && (!c || keeps_number(*c, v)))
            return std::memcpy(to, &v, sizeof v), true;
        in_.rewind(start);
        return any_number(t, to, c);
    }
    HAFT_APART bool any_number(const type& t, void* to, const constraint* c) {
        const std::size_t at = offset();
        std::string_view text;
        bool integral = false;
        if (!in_.number(text, integral)) return false;
        double v = 0;
        float narrow = 0;
        if (!read_double(text, v) || (t.size == sizeof(float) && !narrow_to_float(text, v, narrow)))
            return explain_beyond_type(faults_, t, c, text, at), true;
        if (c && !keeps_number(*c, v)) return unfit(errc::out_of_limits, t, c, text, at);
        if (t.size == sizeof(float)) std::memcpy(to, &narrow, sizeof narrow);
        else std::memcpy(to, &v, sizeof v);
        return true;
    }

    bool string(const type& t, void* to, const constraint* c) {
        if (!in_.at('"')) return mismatch(t, c);
        const std::size_t at = offset();
        auto& out = *static_cast<std::string*>(to);
        std::size_t size = 0;
        if (!in_.string(out, limits_.max_string_bytes, size)) return false;
        if (size > limits_.max_string_bytes) return too_long(size, at);
        return !c || keeps_text(*c, out) || (explain_text(faults_, t, *c, out, at), true);
    }
    /// A string that stays where it is, or that its type reads.
    bool text(const type& t, void* to, const constraint* c) {
        if (!in_.at('"')) return mismatch(t, c);
        const std::size_t at = offset();
        lexer::string_token token;
        if (!in_.string(token)) return false;
        if (token.raw.size() > limits_.max_string_bytes) return too_long(token.raw.size(), at);
        std::string_view text;
        if (t.kind == kind::view) {
            text = token.plain ? token.raw : keep(token);
            *static_cast<std::string_view*>(to) = text;
        } else {
            text = text_of(token);
            std::string why;
            if (!t.codec->read(to, text, why)) return explain_bad_text(faults_, t, text, why, at), true;
        }
        return !c || keeps_text(*c, text) || (explain_text(faults_, t, *c, text, at), true);
    }
    HAFT_COLD bool too_long(std::size_t size, std::size_t at) {
        explain_too_large(faults_, "a string of", size, "bytes", limits_.max_string_bytes, at);
        return true;
    }

    bool enumeration(const type& t, void* to) {
        if (!in_.at('"')) return mismatch(t, nullptr);
        const std::size_t at = offset();
        lexer::string_token token;
        if (!in_.string(token)) return false;
        const std::string_view name = text_of(token);
        const enumerator* const found = find_enumerator(t, name);
        if (!found) return explain_not_allowed(faults_, t, name, at), true;
        store(to, static_cast<std::uint64_t>(found->value), t.size);
        return true;
    }

    bool array(const type& t, void* to, const constraint* c) {
        if (!in_.at('[')) return mismatch(t, c);
        const std::size_t at = offset();
        if (!in_.enter('[')) return false;
        t.clear(to);
        place here = place::in_array(faults_.here());
        faults_.enter(here);
        const std::size_t room = faults_.narrow(most_faults_of_an_array);
        const bool unique = c && c->has(constraint::unique_items);
        const std::size_t before = unique ? faults_.count() : 0;
        const std::size_t most = most_items(c);
        if (t.append_all) {
            numbers(t, to, here, most);
        } else {
            for (bool first = true; in_.next(']', first);
                 ++here.index)  // beyond the limit the rest is only walked over
                if (here.index >= most ? !in_.skip() : !value(*t.element, t.append(to), nullptr)) break;
        }
        if (in_.problem()) return broken_text();
        faults_.leave();
        faults_.widen(room);
        if (unique && here.index <= most && faults_.count() == before) {
            std::size_t first = 0, second = 0;
            if (find_equal_items(t, to, first, second)) explain_equal_items(faults_, first, second, at);
        }
        return items_counted(t, c, here.index, at);
    }

    /// The elements of an array of numbers, in blocks.
    void numbers(const type& t, void* to, place& here, std::size_t most) {
        const type& element = *t.element;
        double block[32];  // or as many integers of at most that size
        constexpr std::size_t block_count = sizeof block / sizeof *block;
        for (bool first = true; in_.next(']', first);) {
            const std::size_t left = here.index < most ? most - here.index : 0;
            if (const std::size_t n = usual_numbers(element, block, left < block_count ? left : block_count)) {
                t.append_all(to, block, n);
                here.index += n;
                continue;
            }
            if (left ? !value(element, t.append(to), nullptr) : !in_.skip()) break;
            ++here.index;
        }
    }
    /// Reads those that are most of all numbers, `most` at most; none of any other value.
    HAFT_HOT std::size_t usual_numbers(const type& t, double* to, std::size_t most) {
        if (t.kind == kind::number && t.size == sizeof(double))
            return in_.in_a_row(most, [&](std::size_t i) { return in_.short_number(to[i]); });
        if (t.kind != kind::integer) return 0;
        return in_.in_a_row(most, [&](std::size_t i) {
            bool negative = false;
            std::uint64_t word = 0;
            if (!in_.short_integer(negative, word) || word > largest_magnitude(t, negative)) return false;
            return store(reinterpret_cast<char*>(to) + i * t.size, negative ? 0 - word : word, t.size), true;
        });
    }

    // Containers whose elements are made apart and moved in, and alternatives: read_containers.hpp.
    bool list(const type& t, void* to, const constraint* c);
    bool tuple(const type& t, void* to);
    bool map(const type& t, void* to, const constraint* c);
    bool variant(const type& t, void* to, const constraint* c);

    bool object(const type& t, void* to) {
        if (!in_.at('{')) return mismatch(t, nullptr);
        const std::size_t at = offset();
        if (!in_.enter('{')) return false;
        place here = place::in_object(faults_.here(), t);
        faults_.enter(here);
        const std::size_t strangers_before = stranger_count();
        std::uint64_t seen = 0;
        std::uint64_t filled = 0;  // seen, and not null
        std::size_t i = 0;         // the member that comes next: models send keys in the order of the schema
        bool first = true;
        for (bool more = in_.next('}', first); more; more = in_.next_key() || in_.next('}', first), ++i) {
            const bool as_expected = i < t.count && (seen >> i & 1) == 0 && in_.step_over(t.key_with_colon(i));
            if (!as_expected && !find_member(t, here, strangers_before, seen, i)) {
                if (in_.problem()) break;
                continue;
            }
            here.index = i;
            const std::uint64_t bit = std::uint64_t{1} << i;
            seen |= bit;
            const member& m = t.members[i];
            const type* of = m.of;
            void* member_at = static_cast<char*>(to) + m.offset;
            if (in_.at('n')) {
                // For what need not be there null says the same as absence.
                if ((t.required & bit) == 0 && !accepts_null(*of)) {
                    if (!in_.literal("null")) break;
                    continue;
                }
                // A required std::optional is in the schema as its value alone.
                if ((t.required & bit) != 0 && of->kind == kind::optional)
                    member_at = of->append(member_at), of = of->element;
            }
            filled |= bit;
            if (m.resets) t.rare[i].reset(member_at);
            if (!value(*of, member_at, m.constraint ? t.constraints + (m.constraint - 1) : nullptr)) break;
        }
        if (in_.problem()) return broken_text();
        faults_.leave();
        if (stranger_count() > strangers_before) {
            explain_unknown_members(faults_, t, rare_->strangers, strangers_before, seen);
            rare_->strangers.resize(strangers_before);
        }
        if (const std::uint64_t missing = t.required & ~seen) explain_missing_members(faults_, t, missing, at);
        if (const std::uint64_t unfilled = t.defaults & ~filled) return read_defaults(t, to, unfilled, at);
        return true;
    }

    /// Reads a key that is not the expected one, or not spelled as expected, and finds its member. False if there is none to be
    /// filled (then the value is read, too, and `i` is the place before the member that is expected now) or at a problem.
    HAFT_APART bool find_member(const type& t, place& here, std::size_t strangers_before, std::uint64_t seen,
                                std::size_t& i) {
        here.index = place::nowhere;
        --i;
        const std::size_t key_at = offset();
        lexer::string_token token;
        if (!in_.key(token)) return false;
        const std::string_view name = text_of(token);
        std::size_t found = 0;
        while (found < t.count && t.key(found) != name) ++found;
        if (found < t.count && (seen >> found & 1) == 0) return i = found, true;
        if (found < t.count) {
            here.index = i = found;
            if (!faults_.only_counted()) faults_.add(errc::duplicate_key, "given twice", key_at);
            return static_cast<void>(in_.skip()), false;
        }
        unknown_key(std::string(name), here, strangers_before, key_at);
        return false;
    }

    /// A key that no member has, and its value.
    HAFT_COLD void unknown_key(std::string name, place& here, std::size_t strangers_before, std::size_t key_at) {
        if (lenient_) return drop(std::move(name), here);
        if (extensions_ && name.starts_with("x-")) {
            here.key = name;
            if (!in_.skip()) broken_text();
            here.key = {};
            return;
        }
        if (stranger_count() - strangers_before == most_faults) {
            faults_.count_one();
            in_.skip();
            return;
        }
        auto& strangers = rare().strangers;
        strangers.push_back({std::move(name), {}, key_at});
        std::string_view value;
        here.key = strangers.back().name;
        if (in_.skip(value)) strangers.back().value = value;
        else broken_text();
        here.key = {};
    }

    bool absent_object(const type& t, void* to) {
        if (t.required) explain_missing_members(faults_, t, t.required, 0);
        return t.defaults ? read_defaults(t, to, t.defaults, 0) : true;
    }

    bool any(const type& t, void* to) {
        const std::size_t at = offset();
        std::string_view raw;
        value_faults within;
        if (!skip_unique(in_, raw, within, limits_)) return false;
        std::string why;
        if (!within.empty()) explain_within(faults_, within, base_);
        else if (!t.codec->read(to, raw, why)) explain_bad_text(faults_, t, raw, why, at);
        return true;
    }

    bool converted(const type& t, void* to, const constraint* c) {
        const std::size_t at = offset();
        const std::size_t start = in_.offset();
        const std::size_t before = faults_.count();
        slot<128> via(*t.element);
        void* const made = via.make();
        if (!value(*t.element, made, c)) return false;
        std::string why;
        if (faults_.count() == before && !t.codec->read_from(to, made, why))
            explain_bad_text(faults_, t, in_.since(start), why, at);
        return true;
    }

    // --- what is the rest of the way for several kinds

    std::size_t most_items(const constraint* c) const noexcept {
        return c && c->has(constraint::max_items | constraint::max_properties) && c->size_high < limits_.max_items
                   ? static_cast<std::size_t>(c->size_high)
                   : limits_.max_items;
    }

    bool items_counted(const type& t, const constraint* c, std::size_t n, std::size_t at) {
        if (n > limits_.max_items)
            explain_too_large(faults_, t.kind == kind::map ? "an object of" : "an array of", n,
                              t.kind == kind::map ? "members" : "items", limits_.max_items, at);
        if (c && !keeps_size(*c, n)) explain_count(faults_, t, c, n, at);
        return true;
    }

    /// The defaults that are texts, for members that were not given. Those that the function knows by itself are told to it.
    bool read_defaults(const type& t, void* to, std::uint64_t which, std::size_t at) {
        if (t.tells_absence) {
            std::memcpy(static_cast<char*>(to) + t.size - sizeof which, &which, sizeof which);
            const std::uint64_t given = ~which & (~std::uint64_t{0} >> (64 - t.count));
            if (given > (which & -which)) explain_gaps(faults_, t, which, at);  // one after the first that is not given
        }
        for (std::size_t i = 0; i < t.count; ++i) {
            if ((which >> i & 1) == 0) continue;
            const std::string_view text = t.words(i).default_text;
            if (text.empty()) continue;
            const place here = place::at_key(faults_.here(), t.key(i));
            faults_.enter(here);
            const lexer outer = std::exchange(in_, lexer(text, hard_depth_limit));
            const bool whole = value(*t.members[i].of, static_cast<char*>(to) + t.members[i].offset, nullptr);
            in_ = outer;
            faults_.leave();
            if (!whole) return in_.fail("a default that can't be read");
        }
        return true;
    }

    /// A number or boolean that came as a string.
    HAFT_COLD bool from_text(const type& t, void* to, const constraint* c) {
        const lexer start = in_;
        const std::size_t at = offset();
        lexer::string_token token;
        if (!in_.string(token)) return false;
        const std::string_view text = keep(token);
        lexer inner(text, 1);
        const char first = inner.peek();
        std::string_view all;
        const bool right = t.kind == kind::boolean ? text == "true" || text == "false"
                                                   : first == '-' || (first >= '0' && first <= '9');
        if (!right || !inner.skip(all) || all.size() != text.size()) return in_ = start, mismatch(t, c);
        const lexer after = std::exchange(in_, lexer(text, 1));
        const std::size_t outer_base = std::exchange(base_, at + 1);
        const std::size_t before = faults_.count();
        value(t, to, c);
        in_ = after;
        base_ = outer_base;
        if (faults_.count() == before && has_room_for_note())
            rare().notes.push_back(
                {faults_.pointer(), "the string " + in_quotes(text) + " was read as " + type_text(t)});
        return true;
    }

    /// To be asked before the words are made, as with faults.
    bool has_room_for_note() noexcept { return rare().notes.size() < most_faults || (++rare().more_notes, false); }

    /// A key that no parameter has.
    HAFT_COLD void drop(std::string name, place& here) {
        here.key = name;
        if (has_room_for_note()) rare().notes.push_back({faults_.pointer(), "no such parameter; dropped"});
        if (!in_.skip()) broken_text();
        here.key = {};
    }

    /// Arguments that came as JSON text in a string, as OpenAI's API has them.
    HAFT_COLD bool unwrap() {
        lexer::string_token token;
        if (!in_.string(token) || !in_.expect_end()) return false;
        text_ = keep(token);
        in_ = lexer(text_, limits_.max_depth);
        in_.peek();
        rare().notes.push_back({"", "the arguments came as JSON text in a string"});
        return true;
    }

    // --- small things

    /// What most calls need nothing of, and so don't make.
    struct rarely_wanted {
        rarely_wanted() {}  // clang with libstdc++ makes none in an optional of this class while that is not complete
        std::vector<note> notes;
        std::size_t more_notes = 0;
        std::vector<unknown_member> strangers;  // of the objects that the walk is in
        std::string scratch;
        std::forward_list<std::string> kept;
    };
    HAFT_APART rarely_wanted& rare() { return rare_ ? *rare_ : rare_.emplace(); }
    std::size_t stranger_count() const noexcept { return rare_ ? rare_->strangers.size() : 0; }

    std::size_t offset() const noexcept { return base_ + in_.offset(); }

    bool at_number() const noexcept {
        const char c = in_.here();
        return c == '-' || (c >= '0' && c <= '9');
    }

    /// The token's text; valid until the next call.
    std::string_view text_of(const lexer::string_token& token) {
        if (token.plain) return token.raw;
        std::string& text = rare().scratch;
        text.clear();
        lexer::decode(token, text);
        return text;
    }
    /// The token's text; valid as long as the reader.
    std::string_view keep(const lexer::string_token& token) {
        std::string& kept = rare().kept.emplace_front();
        lexer::decode(token, kept);
        return kept;
    }

    // --- faults

    /// The value here is of another kind: a fault, and on to the next.
    HAFT_COLD bool mismatch(const type& t, const constraint* c) {
        const std::size_t at = offset();
        std::string_view got;
        if (!in_.skip(got)) return false;
        return unfit(t.kind == kind::enumeration ? errc::not_allowed : errc::wrong_type, t, c, got, at);
    }
    HAFT_COLD bool unfit(errc code, const type& t, const constraint* c, std::string_view got, std::size_t at) {
        explain_unfit(faults_, code, t, c, got_text(got), got, at);
        return true;
    }

    /// A hostile text can make variants within variants be read again and again.
    HAFT_COLD bool exhausted(const lexer& start) {
        in_ = start;
        in_.fail("too many alternatives");
        if (broken_) return false;
        broken_ = true;
        faults_.add_last(errc::too_large, "too many alternatives would have to be tried to read this value", offset());
        while (faults_.here()) faults_.leave();
        return false;
    }

    /// The text is no JSON (or too deep): one fault, at the place where the matcher stood.
    /// The innermost walk that notices says it, while the places on the stack still stand.
    HAFT_COLD bool broken_text() {
        if (broken_ || !in_.problem()) return false;
        broken_ = true;
        fault f = json::broken_text(in_, text_, limits_.max_depth, faults_.pointer());
        faults_.add_last(f.code, std::move(f.message), f.offset);
        while (faults_.here()) faults_.leave();
        return false;
    }

    lexer in_;
    std::string_view text_;
    const read_limits& limits_;
    bool lenient_;
    bool unwrap_;
    bool broken_ = false;
    bool extensions_ = false;
    std::size_t base_ = 0;                  // of a text that stood in a string
    std::size_t retries_left_ = 16u << 20;  // bytes that alternatives may walk in vain
    fault_list faults_;
    std::optional<rarely_wanted> rare_;
};

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_READER_CLASS_HPP
