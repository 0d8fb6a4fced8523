// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_SCHEMA_TEXT_HPP
#define HAFT_SCHEMA_SCHEMA_TEXT_HPP

/// The JSON Schema (2020-12) of a type, as text in read-only memory, made by the compiler from the same tables that the
/// matcher uses: what is advertised is what is checked.

#include <haft/core/text_sink.hpp>
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

/// The structs that hold others of their own type; only these stand in `$defs`.
struct recursive_structs {
    static constexpr std::size_t most = 32;
    const json::type* found[most]{};
    std::size_t count = 0;

    constexpr explicit recursive_structs(const json::type& root) { visit(root, nullptr); }

    constexpr const json::type* const* find(const json::type& t) const {
        for (std::size_t i = 0; i < count; ++i)
            if (found[i]->is_struct(t)) return found + i;
        return nullptr;
    }

    /// Two structs of one name are told apart by a number, which makes no name that another has by itself.
    constexpr void put_name(text_sink& sink, const json::type& t) const {
        std::size_t number = 1;
        for (std::size_t i = 0; i < count && !found[i]->is_struct(t); ++i) {
            if (found[i]->name() != t.name()) continue;
            do ++number;
            while (is_name(t.name(), number));
        }
        sink.put(t.name());
        if (number > 1) sink.put('_'), sink.put_natural(number);
    }

private:
    constexpr bool is_name(std::string_view name, std::size_t number) const {
        text_sink digits{};
        digits.put_natural(number);
        for (std::size_t i = 0; i < count; ++i) {
            std::string_view other = found[i]->name();
            if (other.size() != name.size() + 1 + digits.size || !other.starts_with(name) || other[name.size()] != '_')
                continue;
            std::size_t value = 0;
            for (const char c : other.substr(name.size() + 1))
                value = c >= '0' && c <= '9' ? value * 10 + static_cast<std::size_t>(c - '0') : 0;
            if (value == number) return true;
        }
        return false;
    }

    struct trail {
        const json::type* type;
        const trail* outer;
    };
    constexpr void visit(const json::type& t, const trail* outer) {
        if (t.kind == json::kind::object && t.count) {
            for (const trail* o = outer; o; o = o->outer)
                if (o->type->is_struct(t)) {
                    if (!find(t) && count < most) found[count++] = &t;
                    return;
                }
            const trail here{&t, outer};
            for (std::size_t i = 0; i < t.part_count(); ++i) visit(t.part(i), &here);
        } else {
            for (std::size_t i = 0; i < t.part_count(); ++i) visit(t.part(i), outer);
        }
    }
};

/// Writes one schema. Key order is canonical: type, contents, limits, default, examples, description.
class schema_text_writer {
public:
    constexpr schema_text_writer(text_sink& sink, direction d, const recursive_structs& recursive)
        : sink_(sink), direction_(d), recursive_(recursive) {}

    constexpr void put_root(const json::type& t) {
        put(t, unconstrained, no_words, true, false);
        if (recursive_.count) {
            sink_.put(",\"$defs\":{");
            for (std::size_t i = 0; i < recursive_.count; ++i) {
                sink_.put(i ? ",\"" : "\"");
                recursive_.put_name(sink_, *recursive_.found[i]);
                sink_.put("\":");
                put(*recursive_.found[i], unconstrained, no_words, true);
            }
            sink_.put('}');
        }
        sink_.put('}');
    }

private:
    using constraint = json::constraint;

    constexpr void put(const json::type& outer, const constraint& c = unconstrained,
                       const json::member_words& words = no_words, bool definition = false, bool close = true,
                       bool nullable = false) {
        const json::type& t = bare(outer);
        const std::size_t begin = sink_.size;
        sink_.put('{');
        if (nullable && t.kind != json::kind::optional) {
            sink_.put("\"anyOf\":[");
            put(t, c);
            sink_.put(",{\"type\":\"null\"}]");
        } else if (!definition && t.kind == json::kind::object && recursive_.find(t)) {
            sink_.put("\"$ref\":\"#/$defs/");
            recursive_.put_name(sink_, t);
            sink_.put('"');
        } else {
            put_kind(t, c);
        }
        if (direction_ == direction::input && !words.default_text.empty())
            put_word(begin, "default", words.default_text);
        if (direction_ == direction::input && !words.examples.empty()) put_word(begin, "examples", words.examples);
        if (!words.description.empty()) put_word(begin, "description", {}), sink_.put_quoted(words.description);
        if (close) sink_.put('}');
    }

    /// What stands for a type.
    static constexpr const json::type& bare(const json::type& t) {
        return t.kind == json::kind::converted ? bare(*t.element) : t;
    }

    constexpr void put_word(std::size_t begin, std::string_view word, std::string_view value) {
        sink_.put(sink_.size == begin + 1 ? "\"" : ",\"");
        sink_.put(word);
        sink_.put("\":");
        sink_.put(value);
    }

    constexpr void put_kind(const json::type& t, const constraint& c) {
        using json::kind;
        switch (t.kind) {
            case kind::none:
            case kind::any: break;
            case kind::null: sink_.put("\"type\":\"null\""); break;
            case kind::boolean: sink_.put("\"type\":\"boolean\""); break;
            case kind::integer:
                sink_.put("\"type\":\"integer\"");
                put_allowed(c);
                put_integer_limits(t, c);
                break;
            case kind::number:
                sink_.put("\"type\":\"number\"");
                put_allowed(c);
                put_real(c, constraint::minimum, ",\"minimum\":", c.real_low);
                put_real(c, constraint::maximum, ",\"maximum\":", c.real_high);
                put_real(c, constraint::exclusive_minimum, ",\"exclusiveMinimum\":", c.real_low);
                put_real(c, constraint::exclusive_maximum, ",\"exclusiveMaximum\":", c.real_high);
                put_real(c, constraint::multiple_of, ",\"multipleOf\":", c.real_step);
                break;
            case kind::string:
            case kind::view:
            case kind::text:
                sink_.put("\"type\":\"string\"");
                put_allowed(c);
                put_size(c, constraint::min_length, ",\"minLength\":", c.size_low);
                put_size(c, constraint::max_length, ",\"maxLength\":", c.size_high);
                if (c.has(constraint::pattern)) sink_.put(",\"pattern\":"), sink_.put_quoted(c.more->pattern_text);
                if (c.has(constraint::format)) sink_.put(",\"format\":"), sink_.put_quoted(name_of(c.more->format));
                if (t.kind == kind::text) sink_.put(t.codec->schema);
                break;
            case kind::enumeration:
                sink_.put("\"type\":\"string\"");
                put_names(t);
                break;
            case kind::optional:  // a member is just absent; anywhere else it is null
                sink_.put("\"anyOf\":[");
                put(*t.element, c);
                sink_.put(",{\"type\":\"null\"}]");
                break;
            case kind::array:
                sink_.put("\"type\":\"array\",\"items\":");
                put(*t.element);
                put_size(c, constraint::min_items, ",\"minItems\":", c.size_low);
                put_size(c, constraint::max_items, ",\"maxItems\":", c.size_high);
                if (t.unique || c.has(constraint::unique_items)) sink_.put(",\"uniqueItems\":true");
                break;
            case kind::tuple:
                if (!t.uniform && t.count) {
                    sink_.put("\"type\":\"array\",\"prefixItems\":[");
                    for (std::size_t i = 0; i < t.count; ++i) {
                        if (i) sink_.put(',');
                        put(*t.elements[i]);
                    }
                    sink_.put(']');
                } else {
                    sink_.put("\"type\":\"array\"");
                    if (t.uniform) sink_.put(",\"items\":"), put(*t.element);
                }
                sink_.put(",\"minItems\":"), sink_.put_natural(t.count);
                sink_.put(",\"maxItems\":"), sink_.put_natural(t.count);
                break;
            case kind::map:
                sink_.put("\"type\":\"object\",\"additionalProperties\":");
                put(*t.element);
                put_size(c, constraint::min_properties, ",\"minProperties\":", c.size_low);
                put_size(c, constraint::max_properties, ",\"maxProperties\":", c.size_high);
                if (t.map->key->kind == kind::enumeration) {
                    sink_.put(",\"propertyNames\":{\"type\":\"string\"");
                    put_names(*t.map->key);
                    sink_.put('}');
                } else if (t.map->key->kind == kind::integer) {
                    sink_.put(",\"propertyNames\":{\"type\":\"string\",\"pattern\":\"^(0|");
                    if (t.map->key->is_signed) sink_.put("-?");
                    sink_.put("[1-9][0-9]*)$\"}");
                } else if (t.map->key->kind == kind::text && !t.map->key->codec->schema.empty()) {
                    sink_.put(",\"propertyNames\":{\"type\":\"string\"");
                    sink_.put(t.map->key->codec->schema);
                    sink_.put('}');
                }
                break;
            case kind::variant:
                sink_.put("\"anyOf\":[");
                for (std::size_t i = 0; i < t.count; ++i) {
                    if (i) sink_.put(',');
                    put(*t.elements[i]);
                }
                sink_.put(']');
                break;
            case kind::converted: put_kind(bare(t), c); break;
            case kind::object: put_object(t); break;
        }
    }

    constexpr void put_object(const json::type& t) {
        sink_.put("\"type\":\"object\",\"properties\":{");
        bool any_required = false;
        const auto needed = [&](std::size_t i) {
            return direction_ == direction::input ? t.requires_member(i)
                                                  : t.members[i].of->kind != json::kind::optional;
        };
        for (std::size_t i = 0; i < t.count; ++i) {
            const json::member& m = t.members[i];
            if (i) sink_.put(',');
            sink_.put(t.key_with_colon(i));
            const json::type& type = m.of->kind == json::kind::optional ? *m.of->element : *m.of;
            // An author's limits are for what comes in; what goes out is not checked against them, so not promised.
            put(type, m.constraint && direction_ == direction::input ? t.constraints[m.constraint - 1] : unconstrained,
                t.words(i), false, true, m.nullable && direction_ == direction::input);
            any_required = any_required || needed(i);
        }
        sink_.put('}');
        if (any_required) {
            bool first = true;
            for (std::size_t i = 0; i < t.count; ++i) {
                if (!needed(i)) continue;
                sink_.put(first ? ",\"required\":[" : ",");
                first = false;
                sink_.put(t.key_with_colon(i).substr(0, t.members[i].key_length - 1u));
            }
            sink_.put(']');
        }
        sink_.put(",\"additionalProperties\":false");
    }

    constexpr void put_names(const json::type& t) {
        sink_.put(",\"enum\":[");
        for (std::size_t i = 0; i < t.count; ++i) {
            if (i) sink_.put(',');
            sink_.put_quoted(t.enumerators[i].name);
        }
        sink_.put(']');
    }

    constexpr void put_allowed(const constraint& c) {
        if (c.has(constraint::one_of)) sink_.put(",\"enum\":"), sink_.put(c.more->allowed_text);
    }

    constexpr void put_integer_limits(const json::type& t, const constraint& c) {
        // Of the C++ type's own limits those are listed that a model can trip over, of 8- and 16-bit and unsigned types;
        // all are checked. (2^64 - 1 stays out: clients that keep numbers in an int64 or a double can't read it.)
        const bool narrow = t.size < 4;
        const unsigned bits = t.size * 8;
        const auto limit = [&](std::string_view word, std::uint64_t value) {
            sink_.put(word);
            if (t.is_signed) sink_.put_integer(static_cast<long long>(value));
            else sink_.put_natural(value);
        };
        const bool listed = c.has(constraint::one_of);
        const std::uint64_t largest = ~std::uint64_t{0} >> (64 - bits + (t.is_signed ? 1 : 0));
        if (c.has(constraint::minimum)) limit(",\"minimum\":", c.low);
        else if (!c.has(constraint::any_lower) && !listed && (narrow || !t.is_signed))
            limit(",\"minimum\":", t.is_signed ? ~largest : 0);
        if (c.has(constraint::maximum)) limit(",\"maximum\":", c.high);
        else if (!c.has(constraint::any_upper) && !listed && (narrow || (!t.is_signed && t.size < 8)))
            limit(",\"maximum\":", largest);
        if (c.has(constraint::exclusive_minimum)) limit(",\"exclusiveMinimum\":", c.low);
        if (c.has(constraint::exclusive_maximum)) limit(",\"exclusiveMaximum\":", c.high);
        if (c.has(constraint::multiple_of)) sink_.put(",\"multipleOf\":"), sink_.put_natural(c.step);
    }
    constexpr void put_real(const constraint& c, unsigned which, std::string_view word, double value) {
        if (c.has(which)) sink_.put(word), json::put_number(sink_, value);
    }
    constexpr void put_size(const constraint& c, unsigned which, std::string_view word, std::uint64_t value) {
        if (c.has(which)) sink_.put(word), sink_.put_natural(value);
    }

    text_sink& sink_;
    direction direction_;
    const recursive_structs& recursive_;
};

}  // namespace detail

/// Writes the canonical schema of what a table describes.
constexpr void put_schema(text_sink& sink, const json::type& t, direction d) {
    const detail::recursive_structs recursive(t);
    detail::schema_text_writer(sink, d, recursive).put_root(t);
}

namespace detail {

template <class T, direction D>
struct schema_of_type {
    static constexpr void write(text_sink& sink) { put_schema(sink, type_of<T>, D); }
};

}  // namespace detail

/// The schema of what a tool takes or gives. Requires a usable type.
template <class T, direction D>
inline constexpr std::string_view schema_text = static_text<detail::schema_of_type<T, D>>::view;

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_SCHEMA_TEXT_HPP
