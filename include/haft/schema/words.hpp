// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_WORDS_HPP
#define HAFT_SCHEMA_WORDS_HPP

/// What an author says of a parameter beyond its type: description, limits, other names, in JSON Schema's words (2020-12).
/// Every word is a small value that owns its text, so that it can stand in a `field` and as a template argument of
/// `haft::arg` alike.

#include <haft/core/as.hpp>
#include <haft/core/fixed_string.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace haft::inline v0 {

/// A value as the author wrote it; which of these it is matters, since no one number type holds them all exactly.
struct literal {
    enum class form : unsigned char { none, null, boolean, integer, natural, real, text };
    form given = form::none;
    bool truth = false;
    std::uint16_t begin = 0, size = 0;  ///< of a text, in the characters kept beside it
    long long integer = 0;
    unsigned long long natural = 0;
    double real = 0;

    constexpr literal() = default;
    template <class Truth>
        requires std::is_same_v<Truth, bool>
    constexpr literal(Truth b) : given(form::boolean), truth(b) {}  // NOLINT: implicit, so that one_of(true) reads
    constexpr literal(std::nullptr_t) : given(form::null) {}        // NOLINT
    template <class Number>
        requires(std::is_arithmetic_v<Number> && !std::is_same_v<Number, bool>)
    constexpr literal(Number n) {  // NOLINT: implicit, so that minimum(1) reads as it does
        if constexpr (std::is_floating_point_v<Number>) given = form::real, real = static_cast<double>(n);
        else if constexpr (std::is_signed_v<Number>) given = form::integer, integer = n;
        else given = form::natural, natural = n;
    }
    constexpr bool is_given() const noexcept { return given != form::none; }
    constexpr bool is_number() const noexcept {
        return given == form::integer || given == form::natural || given == form::real;
    }
};

namespace detail {

/// Some literals with the characters of their texts.
template <std::size_t Count, std::size_t Bytes>
struct literals {
    literal values[Count == 0 ? 1 : Count]{};
    char text[Bytes + 1]{};

    template <class... Values>
    constexpr explicit literals(const Values&... from) {
        std::size_t at = 0, used = 0;
        (take(from, at, used), ...);
    }

private:
    template <std::size_t N>
    constexpr void take(const char (&from)[N], std::size_t& at, std::size_t& used) {
        literal& to = values[at++];
        to.given = literal::form::text;
        to.begin = static_cast<std::uint16_t>(used);
        to.size = static_cast<std::uint16_t>(N - 1);
        for (std::size_t i = 0; i + 1 < N; ++i) text[used++] = from[i];
    }
    template <class Value>
    constexpr void take(const Value& from, std::size_t& at, std::size_t&) {
        values[at++] = literal(from);
    }
};
template <class>
inline constexpr std::size_t text_bytes = 0;
template <std::size_t N>
inline constexpr std::size_t text_bytes<char[N]> = N - 1;

/// A word that is one text.
template <std::size_t N>
struct text_word {
    fixed_string<N> text;
    constexpr text_word(const char (&literal)[N + 1]) : text(literal) {}  // NOLINT
};

/// A word that is a number of things.
struct size_word {
    std::size_t value;
    constexpr explicit size_word(std::size_t v) : value(v) {}
};
struct limit_word {
    literal value;
    constexpr explicit limit_word(literal v) : value(v) {}
};

}  // namespace detail

/// What a parameter is for, in the model's eyes.
template <std::size_t N>
struct doc : detail::text_word<N> {
    using detail::text_word<N>::text_word;
};
template <std::size_t N>
doc(const char (&)[N]) -> doc<N - 1>;

/// A regular expression that matches somewhere in the string; which subset of ECMA-262's stands in json/pattern.hpp.
template <std::size_t N>
struct pattern : detail::text_word<N> {
    using detail::text_word<N>::text_word;
};
template <std::size_t N>
pattern(const char (&)[N]) -> pattern<N - 1>;

/// The format of a string, checked: date-time, date, time, duration, email, hostname, uri, uuid, ipv4, ipv6.
template <std::size_t N>
struct format : detail::text_word<N> {
    using detail::text_word<N>::text_word;
};
template <std::size_t N>
format(const char (&)[N]) -> format<N - 1>;

/// The least value of a number, itself included.
struct minimum : detail::limit_word {
    using limit_word::limit_word;
};
/// The greatest value of a number, itself included.
struct maximum : detail::limit_word {
    using limit_word::limit_word;
};
/// A number is greater than this.
struct exclusive_minimum : detail::limit_word {
    using limit_word::limit_word;
};
/// A number is less than this.
struct exclusive_maximum : detail::limit_word {
    using limit_word::limit_word;
};
/// A number is a whole multiple of this, which is greater than 0.
struct multiple_of : detail::limit_word {
    using limit_word::limit_word;
};
/// The fewest code points of a string.
struct min_length : detail::size_word {
    using size_word::size_word;
};
/// The most code points of a string.
struct max_length : detail::size_word {
    using size_word::size_word;
};
/// The fewest items of an array.
struct min_items : detail::size_word {
    using size_word::size_word;
};
/// The most items of an array.
struct max_items : detail::size_word {
    using size_word::size_word;
};
/// The fewest members of a map.
struct min_properties : detail::size_word {
    using size_word::size_word;
};
/// The most members of a map.
struct max_properties : detail::size_word {
    using size_word::size_word;
};

/// The items of an array are all different.
struct unique_items_t {};
inline constexpr unique_items_t unique_items{};
/// Must be given although the member has a default.
struct required_t {};
inline constexpr required_t required{};
/// May be left out although the member has no default that haft can see, such as `std::string s = ""`.
struct not_required_t {};
inline constexpr not_required_t not_required{};

/// The values that a string or number may have, without an enum: `haft::one_of("economy", "Premium Economy")`. TD-17
template <std::size_t Count, std::size_t Bytes>
struct one_of : detail::literals<Count, Bytes> {
    using detail::literals<Count, Bytes>::literals;
};
template <class... Values>
one_of(const Values&...) -> one_of<sizeof...(Values), (std::size_t{0} + ... + detail::text_bytes<Values>)>;

/// Values that show what is meant.
template <std::size_t Count, std::size_t Bytes>
struct examples : detail::literals<Count, Bytes> {
    using detail::literals<Count, Bytes>::literals;
};
template <class... Values>
examples(const Values&...) -> examples<sizeof...(Values), (std::size_t{0} + ... + detail::text_bytes<Values>)>;

/// The value of a parameter that is not given: a number, a boolean, a text (of a string, enum, date …), null for an
/// optional. A member of a struct has its initialiser for that; there only `default_(nullptr)` says something new: that
/// null is in the schema too.
template <std::size_t Bytes>
struct default_ : detail::literals<1, Bytes> {
    using detail::literals<1, Bytes>::literals;
};
template <class Value>
default_(const Value&) -> default_<detail::text_bytes<Value>>;

namespace detail {
template <class>
inline constexpr bool is_word = false;
}

/// The words for one parameter: `haft::field{"days", "Days ahead", haft::minimum(1), haft::maximum(14)}`. Name and
/// description must be literals. Lives at compile time only.
struct field {
    static constexpr std::size_t most_values = 32;  ///< of one_of
    static constexpr std::size_t most_examples = 8;
    static constexpr std::size_t most_text = 1024;  ///< characters of all its other texts together

    std::string_view name;
    std::string_view description;
    literal low, high, step;
    bool low_excluded = false, high_excluded = false;
    bool has_min_length = false, has_max_length = false, has_min_items = false, has_max_items = false;
    bool has_min_properties = false, has_max_properties = false;
    bool unique = false, required = false, not_required = false;
    bool too_much = false;  ///< of texts or values; the refusal says so
    bool twice = false;     ///< one word stands twice, or the two kinds of a limit do
    std::size_t least = 0, most = 0;
    std::uint16_t pattern_begin = 0, pattern_size = 0, format_begin = 0, format_size = 0, as_begin = 0, as_size = 0;
    bool has_pattern = false, has_format = false, has_as = false;
    std::uint8_t value_count = 0, example_count = 0;
    literal default_value;
    literal values[most_values]{};
    literal shown[most_examples]{};
    std::uint16_t used = 0;
    char text[most_text]{};

    constexpr field() = default;
    template <class... Words>
    constexpr explicit field(std::string_view name_, std::string_view description_ = {}, const Words&... words)
        : name(name_), description(description_) {
        (take(words), ...);
    }
    /// For `haft::arg`: all words alike.
    struct words_only {};
    template <class... Words>
    constexpr field(words_only, std::string_view name_, const Words&... words) : name(name_) {
        (take(words), ...);
    }

    /// One more word, which lives as long as the program.
    template <class Word>
    constexpr void take_word(const Word& word) {
        take(word);
    }

    constexpr std::string_view text_of(const literal& l) const { return {text + l.begin, l.size}; }
    constexpr std::string_view pattern() const { return {text + pattern_begin, pattern_size}; }
    constexpr std::string_view format() const { return {text + format_begin, format_size}; }
    constexpr std::string_view key() const { return has_as ? std::string_view{text + as_begin, as_size} : name; }

private:
    constexpr void keep(std::string_view from, std::uint16_t& begin, std::uint16_t& size) {
        begin = used;
        size = static_cast<std::uint16_t>(from.size());
        if (from.size() > most_text - used) {
            too_much = true;
            size = 0;
            return;
        }
        for (const char c : from) text[used++] = c;
    }
    template <std::size_t Count, std::size_t Bytes>
    constexpr void keep(const detail::literals<Count, Bytes>& from, literal* to, std::size_t most_of_them) {
        if (Count > most_of_them) {
            too_much = true;
            return;
        }
        for (std::size_t i = 0; i < Count; ++i) {
            to[i] = from.values[i];
            if (to[i].given == literal::form::text)
                keep({from.text + from.values[i].begin, from.values[i].size}, to[i].begin, to[i].size);
        }
    }

    constexpr void once(bool& given) { twice = twice || given, given = true; }
    constexpr void set(literal& to, const literal& from) { twice = twice || to.is_given(), to = from; }

    template <std::size_t N>
    constexpr void take(const doc<N>& w) {
        // A template argument's text lives as long as the program; a doc within a field would not, so it is not copied.
        twice = twice || !description.empty();
        description = w.text.view();
    }
    template <std::size_t N>
    constexpr void take(const as<N>& w) {
        once(has_as), keep(w.text.view(), as_begin, as_size);
    }
    template <std::size_t N>
    constexpr void take(const haft::pattern<N>& w) {
        once(has_pattern), keep(w.text.view(), pattern_begin, pattern_size);
    }
    template <std::size_t N>
    constexpr void take(const haft::format<N>& w) {
        once(has_format), keep(w.text.view(), format_begin, format_size);
    }
    constexpr void take(const haft::minimum& w) { set(low, w.value); }
    constexpr void take(const haft::maximum& w) { set(high, w.value); }
    constexpr void take(const haft::exclusive_minimum& w) { set(low, w.value), low_excluded = true; }
    constexpr void take(const haft::exclusive_maximum& w) { set(high, w.value), high_excluded = true; }
    constexpr void take(const haft::multiple_of& w) { set(step, w.value); }
    constexpr void take(const haft::min_length& w) { once(has_min_length), least = w.value; }
    constexpr void take(const haft::max_length& w) { once(has_max_length), most = w.value; }
    constexpr void take(const haft::min_items& w) { once(has_min_items), least = w.value; }
    constexpr void take(const haft::max_items& w) { once(has_max_items), most = w.value; }
    constexpr void take(const haft::min_properties& w) { once(has_min_properties), least = w.value; }
    constexpr void take(const haft::max_properties& w) { once(has_max_properties), most = w.value; }
    constexpr void take(const unique_items_t&) { unique = true; }
    constexpr void take(const required_t&) { required = true; }
    constexpr void take(const not_required_t&) { not_required = true; }
    template <std::size_t Count, std::size_t Bytes>
    constexpr void take(const one_of<Count, Bytes>& w) {
        twice = twice || value_count;
        keep(w, values, most_values);
        value_count = too_much ? 0 : Count;
    }
    template <std::size_t Count, std::size_t Bytes>
    constexpr void take(const examples<Count, Bytes>& w) {
        twice = twice || example_count;
        keep(w, shown, most_examples);
        example_count = too_much ? 0 : Count;
    }
    template <std::size_t Bytes>
    constexpr void take(const default_<Bytes>& w) {
        twice = twice || default_value.is_given();
        keep(w, &default_value, 1);
    }
    template <class Word>
    constexpr void take(const Word&) {
        static_assert(detail::is_word<Word>,
                      "haft: this is no word for a parameter; the words are minimum, maximum, exclusive_minimum, "
                      "exclusive_maximum, multiple_of, min_length, max_length, pattern, format, min_items, max_items, "
                      "unique_items, min_properties, max_properties, one_of, examples, default_, as, required and "
                      "not_required [haft-E0114]");
    }
};

namespace detail {
template <class List>
inline constexpr bool is_field_list = false;
template <std::size_t N>
inline constexpr bool is_field_list<std::array<field, N>> = true;

template <class T>
constexpr bool copy_fields() {
    [[maybe_unused]] auto copy = T::haft_fields;
    return true;
}
template <class T>
concept has_constant_fields = requires { typename std::bool_constant<copy_fields<T>()>; };

template <class T>
consteval auto member_fields() {
    if constexpr (requires { T::haft_fields; }) {
        if constexpr (!has_constant_fields<T>) return false;  // no list; explain_type says so
        else if constexpr (std::is_array_v<decltype(T::haft_fields)>) return std::to_array(T::haft_fields);
        else return T::haft_fields;
    } else {
        return std::array<field, 0>{};
    }
}
}  // namespace detail

/// The words of a struct's members. By default its static member `haft_fields`; specialise it, in the global namespace
/// and before first use, for a struct that can't be edited:
/// `template <> inline constexpr std::array haft::fields_of<their_struct>{haft::field{"x", "…"}};`
/// Annotations on members are words too; see schema/member_words.hpp.
template <class T>
inline constexpr auto fields_of = detail::member_fields<T>();

}  // namespace haft::inline v0

#endif  // HAFT_SCHEMA_WORDS_HPP
