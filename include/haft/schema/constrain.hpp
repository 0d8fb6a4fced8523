// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_CONSTRAIN_HPP
#define HAFT_SCHEMA_CONSTRAIN_HPP

/// From the words of one parameter to the table row that the matcher checks, or to what is wrong with the words.

#include <haft/core/text_sink.hpp>
#include <haft/json/fits.hpp>
#include <haft/json/number.hpp>
#include <haft/json/pattern.hpp>
#include <haft/json/type.hpp>
#include <haft/json/write_number.hpp>
#include <haft/schema/words.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace haft::inline v0::schema {

/// What is wrong with the words that an author gave.
enum class words_problem : unsigned char {
    none,
    no_such_member,
    given_twice,
    key_given_twice,
    illegal_key,
    limit_of_another_type,
    limit_of_its_form,
    limit_not_representable,
    limits_exclude_everything,
    default_outside_limits,
    default_of_another_type,
    two_defaults,
    value_of_another_type,
    required_and_not_required,
    bad_pattern,
    unknown_format,
    too_many_words,
    word_twice,
};

namespace detail {

/// An integer limit for a type of this size and sign as its 64 bits; false if the type can't hold it.
constexpr bool integer_limit(const literal& from, bool is_signed, std::size_t size, std::uint64_t& to) {
    if (from.given != literal::form::integer && from.given != literal::form::natural) return false;
    const bool negative = from.given == literal::form::integer && from.integer < 0;
    const std::uint64_t bits =
        from.given == literal::form::integer ? static_cast<std::uint64_t>(from.integer) : from.natural;
    const std::uint64_t magnitude = negative ? 0 - bits : bits;
    const std::uint64_t largest = ~std::uint64_t{0} >> (64 - size * 8 + (is_signed ? 1 : 0));
    to = bits;
    return negative ? is_signed && magnitude <= largest + 1 : magnitude <= largest;
}

constexpr double real_limit(const literal& from) {
    switch (from.given) {
        case literal::form::integer: return static_cast<double>(from.integer);
        case literal::form::natural: return static_cast<double>(from.natural);
        default: return from.real;
    }
}

/// What the words of a member are for: an optional's are for what it holds.
constexpr const json::type& limited_type(const json::type& t) {
    return t.kind == json::kind::optional || t.kind == json::kind::converted ? limited_type(*t.element) : t;
}

/// Whether a literal is a value of the type. Of texts with a grammar of their own, where their form offers `reads`; of others
/// only reading tells, at run time.
constexpr bool is_value_of(const json::type& t, const field& f, const literal& l) {
    using json::kind;
    using form = literal::form;
    switch (t.kind) {
        case kind::any: return l.is_given();
        case kind::null: return l.given == form::null;
        case kind::boolean: return l.given == form::boolean;
        case kind::integer: {
            std::uint64_t word = 0;
            return integer_limit(l, t.is_signed, t.size, word);
        }
        case kind::number: return l.is_number() && json::is_finite(real_limit(l));
        case kind::string:
        case kind::view: return l.given == form::text;
        case kind::text: return l.given == form::text && (!t.codec->has_reads || t.codec->reads(f.text_of(l)));
        case kind::enumeration: return l.given == form::text && json::has_enumerator(t, f.text_of(l));
        case kind::optional: return l.given == form::null || is_value_of(*t.element, f, l);
        case kind::converted: return is_value_of(*t.element, f, l);
        case kind::variant:
            for (std::size_t i = 0; i < t.count; ++i)
                if (is_value_of(*t.elements[i], f, l)) return true;
            return false;
        default: return false;
    }
}

/// A literal as JSON, as a value of the type.
constexpr void put_literal(text_sink& sink, const json::type& t, const field& f, const literal& l) {
    using form = literal::form;
    switch (l.given) {
        case form::none: break;
        case form::null: sink.put("null"); break;
        case form::boolean: sink.put(l.truth ? "true" : "false"); break;
        case form::text: sink.put_quoted(f.text_of(l)); break;
        case form::integer:
        case form::natural:
        case form::real:
            if (l.given == form::real || limited_type(t).kind == json::kind::number)
                json::put_number(sink, real_limit(l));
            else if (l.given == form::integer) sink.put_integer(l.integer);
            else sink.put_natural(l.natural);
    }
}

/// Whether a literal that is a value of the type keeps the limits too.
constexpr bool keeps_limits(const json::type& outer, const json::constraint& c, const field& f, const literal& l) {
    const json::type& t = limited_type(outer);
    if (l.given == literal::form::null) return true;
    if (t.kind == json::kind::integer) {
        std::uint64_t word = 0;
        return integer_limit(l, t.is_signed, t.size, word) && json::keeps_integer(c, t.is_signed, word);
    }
    if (t.kind == json::kind::number) return json::keeps_number(c, real_limit(l));
    return l.given != literal::form::text || t.kind == json::kind::enumeration || json::keeps_text(c, f.text_of(l));
}

/// The row for the author's limits on a member of type `t`, without what stands in `more`; or why there can't be one.
constexpr words_problem constrain(const json::type& outer, const field& f, json::constraint& to) {
    using json::constraint;
    using json::kind;
    const json::type& t = limited_type(outer);
    const bool low = f.low.is_given(), high = f.high.is_given(), step = f.step.is_given();
    const bool numeric = low || high || step;
    const bool lengths = f.has_min_length || f.has_max_length;
    const bool items = f.has_min_items || f.has_max_items || f.unique;
    const bool properties = f.has_min_properties || f.has_max_properties;
    const bool is_number = t.kind == kind::integer || t.kind == kind::number;
    const bool is_string = t.kind == kind::string || t.kind == kind::view || t.kind == kind::text;
    if ((numeric && !is_number) || ((lengths || f.has_pattern || f.has_format) && !is_string) ||
        (items && t.kind != kind::array) || (properties && t.kind != kind::map) ||
        (f.value_count && !is_number && !is_string))
        return words_problem::limit_of_another_type;
    if (t.kind == kind::text) {  // a keyword that stood twice would be no schema
        const auto brings = [&](std::string_view word) { return t.codec->schema.find(word) != std::string_view::npos; };
        if ((lengths && (brings("\"minLength\":") || brings("\"maxLength\":"))) ||
            (f.has_pattern && brings("\"pattern\":")) || (f.has_format && brings("\"format\":")) ||
            (f.value_count && brings("\"enum\":")))
            return words_problem::limit_of_its_form;
    }
    unsigned given = 0;
    if (low) given |= f.low_excluded ? constraint::exclusive_minimum : constraint::minimum;
    if (high) given |= f.high_excluded ? constraint::exclusive_maximum : constraint::maximum;
    if (step) given |= constraint::multiple_of;
    const bool open = f.low_excluded || f.high_excluded;
    if (numeric && t.kind == kind::integer) {
        if ((low && !integer_limit(f.low, t.is_signed, t.size, to.low)) ||
            (high && !integer_limit(f.high, t.is_signed, t.size, to.high)) ||
            (step && (!integer_limit(f.step, t.is_signed, t.size, to.step) || to.step == 0 ||
                      (f.step.given == literal::form::integer && f.step.integer < 0))))
            return words_problem::limit_not_representable;
        if (low && high &&
            (t.is_signed ? static_cast<std::int64_t>(to.low) > static_cast<std::int64_t>(to.high) : to.low > to.high))
            return words_problem::limits_exclude_everything;
        if (low && high && open && to.high - to.low < (f.low_excluded && f.high_excluded ? 2u : 1u))
            return words_problem::limits_exclude_everything;
    } else if (numeric) {
        to.real_low = low ? real_limit(f.low) : 0;
        to.real_high = high ? real_limit(f.high) : 0;
        to.real_step = step ? real_limit(f.step) : 1;
        if (!json::is_finite(to.real_low) || !json::is_finite(to.real_high) || !json::is_finite(to.real_step) ||
            !(to.real_step > 0))
            return words_problem::limit_not_representable;
        if (low && high && (to.real_low > to.real_high || (open && to.real_low == to.real_high)))
            return words_problem::limits_exclude_everything;
    }
    if (f.has_min_length) given |= constraint::min_length;
    if (f.has_max_length) given |= constraint::max_length;
    if (f.has_min_items) given |= constraint::min_items;
    if (f.has_max_items) given |= constraint::max_items;
    if (f.has_min_properties) given |= constraint::min_properties;
    if (f.has_max_properties) given |= constraint::max_properties;
    if (f.unique) given |= constraint::unique_items;
    to.size_low = f.least;
    to.size_high = f.most;
    if ((given & constraint::any_least) && (given & constraint::any_most) && f.least > f.most)
        return words_problem::limits_exclude_everything;
    if (f.has_format) {
        json::string_format format{};
        if (!json::find_format(f.format(), format)) return words_problem::unknown_format;
    }
    if (f.has_pattern && !json::explain_pattern(f.pattern()).ok()) return words_problem::bad_pattern;
    for (std::size_t i = 0; i < f.value_count; ++i)
        if (!is_value_of(t, f, f.values[i])) return words_problem::value_of_another_type;
    for (std::size_t i = 0; i < f.example_count; ++i)
        if (!is_value_of(outer, f, f.shown[i])) return words_problem::value_of_another_type;
    to.given = static_cast<std::uint16_t>(given);
    return words_problem::none;
}

/// Whether there are limits that need memory of their own: pattern, format, one_of.
constexpr bool has_more_limits(const field& f) { return f.has_pattern || f.has_format || f.value_count; }

/// Those limits of one member. `Words::field()` is its words,
/// `Words::type()` the member's table.
template <class Words>
struct more_limits {
    static constexpr std::size_t count = Words::field().value_count;

    struct pattern_source {
        struct text_of {
            static constexpr void write(text_sink& sink) { sink.put(Words::field().pattern()); }
        };
        static constexpr std::string_view text = static_text<text_of>::view;
    };
    struct list {  // ["economy","Premium Economy"]
        static constexpr void write(text_sink& sink) {
            for (std::size_t i = 0; i < count; ++i) {
                sink.put(i ? ',' : '[');
                put_literal(sink, Words::type(), Words::field(), Words::field().values[i]);
            }
            sink.put(']');
        }
    };
    struct texts {  // the same one after the other, as they are
        static constexpr void write(text_sink& sink) {
            for (std::size_t i = 0; i < count; ++i)
                if (Words::field().values[i].given == literal::form::text)
                    sink.put(Words::field().text_of(Words::field().values[i]));
        }
    };
    static constexpr std::array<json::allowed_value, count> values = [] {
        std::array<json::allowed_value, count> out{};
        std::size_t at = 0;
        const json::type& t = limited_type(Words::type());
        for (std::size_t i = 0; i < count; ++i) {
            const literal& l = Words::field().values[i];
            if (l.given == literal::form::text) {
                out[i].text = static_text<texts>::view.substr(at, l.size);
                at += l.size;
            } else if (t.kind == json::kind::integer) {
                integer_limit(l, t.is_signed, t.size, out[i].integer);
            } else {
                out[i].real = real_limit(l);
            }
        }
        return out;
    }();
    static constexpr json::text_constraint table = [] {
        json::text_constraint out;
        if constexpr (Words::field().has_pattern) {
            out.pattern = &json::static_pattern<pattern_source>::view;
            out.pattern_text = pattern_source::text;
        }
        if constexpr (Words::field().has_format) json::find_format(Words::field().format(), out.format);
        if constexpr (count > 0) {
            out.allowed = values.data();
            out.allowed_count = count;
            out.allowed_text = static_text<list>::view;
        }
        return out;
    }();
    static constexpr unsigned given = (Words::field().has_pattern ? unsigned{json::constraint::pattern} : 0u) |
                                      (Words::field().has_format ? unsigned{json::constraint::format} : 0u) |
                                      (count > 0 ? unsigned{json::constraint::one_of} : 0u);
};

}  // namespace detail
}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_CONSTRAIN_HPP
