// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_TEXT_HPP
#define HAFT_SCHEMA_TEXT_HPP

/// The JSON Schema (2020-12) of a type, as text in read-only memory, made by the compiler from the same tables that the
/// matcher uses: what is advertised is what is checked.

#include <haft/core/fixed_string.hpp>
#include <haft/json/type.hpp>
#include <haft/json/write_number.hpp>
#include <haft/schema/form.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace haft::inline v0::schema {

/// Arguments and results differ: only arguments have defaults and limits, and in a result everything but an empty optional
/// is there.
enum class direction : unsigned char { input, output };

namespace detail {

inline constexpr json::constraint unconstrained{};
inline constexpr json::member_words no_words{};

constexpr void put_integer_limits(text_sink& sink, const json::type& t, const json::constraint& c) {
    // Of the C++ type's own limits those are listed that a model can trip over, of 8- and 16-bit and unsigned types; all
    // are checked. (2^64 - 1 stays out: clients that keep numbers in an int64 or a double can't read it.)
    const bool narrow = t.size < 4;
    const unsigned bits = t.size * 8;
    const auto put = [&](std::string_view word, std::uint64_t value) {
        sink.put(word);
        if (t.is_signed) sink.put_integer(static_cast<long long>(value));
        else sink.put_natural(value);
    };
    const std::uint64_t largest = ~std::uint64_t{0} >> (64 - bits + (t.is_signed ? 1 : 0));
    if (c.has(json::constraint::minimum)) put(",\"minimum\":", c.low);
    else if (!t.is_signed) put(",\"minimum\":", 0);
    else if (narrow) put(",\"minimum\":", ~largest);
    if (c.has(json::constraint::maximum)) put(",\"maximum\":", c.high);
    else if (narrow || (!t.is_signed && t.size < 8)) put(",\"maximum\":", largest);
}

constexpr void put_size_limits(text_sink& sink, const json::constraint& c, bool low, bool high,
                               std::string_view low_word, std::string_view high_word) {
    if (low) sink.put(low_word), sink.put_natural(c.size_low);
    if (high) sink.put(high_word), sink.put_natural(c.size_high);
}

/// One schema. Key order is canonical: type, enum or contents, limits, default, description.
constexpr void put_schema(text_sink& sink, const json::type& t, direction d, const json::constraint& c,
                          const json::member_words& words) {
    using json::constraint;
    using json::kind;
    switch (t.kind) {
        case kind::boolean: sink.put("{\"type\":\"boolean\""); break;
        case kind::integer:
            sink.put("{\"type\":\"integer\"");
            put_integer_limits(sink, t, c);
            break;
        case kind::number:
            sink.put("{\"type\":\"number\"");
            if (c.has(constraint::minimum)) sink.put(",\"minimum\":"), json::put_number(sink, c.real_low);
            if (c.has(constraint::maximum)) sink.put(",\"maximum\":"), json::put_number(sink, c.real_high);
            break;
        case kind::string:
            sink.put("{\"type\":\"string\"");
            put_size_limits(sink, c, c.has(constraint::min_length), c.has(constraint::max_length),
                            ",\"minLength\":", ",\"maxLength\":");
            break;
        case kind::enumeration:
            sink.put("{\"type\":\"string\",\"enum\":[");
            for (std::size_t i = 0; i < t.count; ++i) {
                if (i) sink.put(',');
                sink.put_quoted(t.enumerators[i].name);
            }
            sink.put(']');
            break;
        case kind::optional:  // a member is just absent; anywhere else it is null
            sink.put("{\"anyOf\":[");
            put_schema(sink, *t.element, d, unconstrained, no_words);
            sink.put(",{\"type\":\"null\"}]");
            break;
        case kind::array:
            sink.put("{\"type\":\"array\",\"items\":");
            put_schema(sink, *t.element, d, unconstrained, no_words);
            put_size_limits(sink, c, c.has(constraint::min_items), c.has(constraint::max_items),
                            ",\"minItems\":", ",\"maxItems\":");
            break;
        case kind::object: {
            sink.put("{\"type\":\"object\",\"properties\":{");
            bool any_required = false;
            const auto needed = [&](std::size_t i) {
                return d == direction::input ? t.requires_member(i) : t.members[i].of->kind != kind::optional;
            };
            for (std::size_t i = 0; i < t.count; ++i) {
                const json::member& m = t.members[i];
                if (i) sink.put(',');
                sink.put_quoted(t.key(i));
                sink.put(':');
                const json::type& type = m.of->kind == kind::optional ? *m.of->element : *m.of;
                // An author's limits are for what comes in; what goes out is not checked against them, so not promised.
                put_schema(sink, type, d,
                           m.constraint && d == direction::input ? t.constraints[m.constraint - 1] : unconstrained,
                           t.words[i]);
                any_required = any_required || needed(i);
            }
            sink.put('}');
            if (any_required) {
                bool first = true;
                for (std::size_t i = 0; i < t.count; ++i) {
                    if (!needed(i)) continue;
                    sink.put(first ? ",\"required\":[" : ",");
                    first = false;
                    sink.put_quoted(t.key(i));
                }
                sink.put(']');
            }
            sink.put(",\"additionalProperties\":false");
            break;
        }
    }
    if (d == direction::input && !words.default_text.empty()) sink.put(",\"default\":"), sink.put(words.default_text);
    if (!words.description.empty()) sink.put(",\"description\":"), sink.put_quoted(words.description);
    sink.put('}');
}

template <class T, direction D>
struct schema_writer {
    static constexpr void write(text_sink& sink) { put_schema(sink, type_of<T>, D, unconstrained, no_words); }
};

}  // namespace detail

/// The schema of what a tool takes or gives.
template <has_form T, direction D>
inline constexpr std::string_view schema_text = static_text<detail::schema_writer<T, D>>::view;

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_TEXT_HPP
