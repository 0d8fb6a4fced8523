// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STRUCTURE_HPP
#define HAFT_SCHEMA_STRUCTURE_HPP

/// The form of a plain struct: a closed JSON object. Member initialisers are the defaults; words and limits come from
/// `fields_of<T>`.

#include <haft/core/fixed_string.hpp>
#include <haft/core/nearest.hpp>
#include <haft/json/type.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/value_text.hpp>
#include <haft/schema/words.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0::schema {

/// What is wrong with the words that an author gave a struct.
enum class words_problem : unsigned char {
    none,
    no_such_member,
    given_twice,
    limit_of_another_type,
    limit_not_representable,
    limits_exclude_everything,
    default_outside_limits,
    required_and_not_required,
};

namespace detail {

template <class T>
consteval bool members_have_forms() {
    return []<std::size_t... At>(std::index_sequence<At...>) {
        return (... && has_form<reflect::member_type<T, At>>);
    }(std::make_index_sequence<reflect::member_count<T>>{});
}

template <class T>
constexpr std::size_t index_of_member(std::string_view name) {
    return [&]<std::size_t... At>(std::index_sequence<At...>) {
        std::size_t found = sizeof...(At);
        ((reflect::member_name<T, At> == name ? void(found = At) : void()), ...);
        return found;
    }(std::make_index_sequence<reflect::member_count<T>>{});
}

/// An integer limit for a type of this size and sign as its 64 bits; false if the type can't hold it.
constexpr bool integer_limit(const limit& from, bool is_signed, std::size_t size, std::uint64_t& to) {
    if (from.given == limit::form::real) return false;
    const bool negative = from.given == limit::form::integer && from.integer < 0;
    const std::uint64_t bits =
        from.given == limit::form::integer ? static_cast<std::uint64_t>(from.integer) : from.natural;
    const std::uint64_t magnitude = negative ? 0 - bits : bits;
    const std::uint64_t largest = ~std::uint64_t{0} >> (64 - size * 8 + (is_signed ? 1 : 0));
    to = bits;
    return negative ? is_signed && magnitude <= largest + 1 : magnitude <= largest;
}

constexpr double real_limit(const limit& from) {
    switch (from.given) {
        case limit::form::integer: return static_cast<double>(from.integer);
        case limit::form::natural: return static_cast<double>(from.natural);
        default: return from.real;
    }
}

/// The table row for an author's limits on a member of type `t`, or why there can't be one.
constexpr words_problem constrain(const json::type& t, const field& f, json::constraint& to) {
    using json::constraint;
    const bool numeric = f.minimum.given != limit::form::none || f.maximum.given != limit::form::none;
    const bool lengths = f.has_min_length || f.has_max_length;
    const bool items = f.has_min_items || f.has_max_items;
    const bool is_number = t.kind == json::kind::integer || t.kind == json::kind::number;
    if ((numeric && !is_number) || (lengths && t.kind != json::kind::string) || (items && t.kind != json::kind::array))
        return words_problem::limit_of_another_type;
    if (numeric) {
        const bool low = f.minimum.given != limit::form::none;
        const bool high = f.maximum.given != limit::form::none;
        to.given = static_cast<std::uint8_t>((low ? constraint::minimum : 0) | (high ? constraint::maximum : 0));
        if (t.kind == json::kind::integer) {
            if ((low && !integer_limit(f.minimum, t.is_signed, t.size, to.low)) ||
                (high && !integer_limit(f.maximum, t.is_signed, t.size, to.high)))
                return words_problem::limit_not_representable;
            if (low && high &&
                (t.is_signed ? static_cast<std::int64_t>(to.low) > static_cast<std::int64_t>(to.high)
                             : to.low > to.high))
                return words_problem::limits_exclude_everything;
        } else {
            to.real_low = low ? real_limit(f.minimum) : 0;
            to.real_high = high ? real_limit(f.maximum) : 0;
            if (!json::is_finite(to.real_low) || !json::is_finite(to.real_high))
                return words_problem::limit_not_representable;
            if (low && high && to.real_low > to.real_high) return words_problem::limits_exclude_everything;
        }
    }
    if (lengths || items) {
        const bool low = f.has_min_length || f.has_min_items;
        const bool high = f.has_max_length || f.has_max_items;
        to.given =
            static_cast<std::uint8_t>(lengths ? (low ? constraint::min_length : 0) | (high ? constraint::max_length : 0)
                                              : (low ? constraint::min_items : 0) | (high ? constraint::max_items : 0));
        to.size_low = lengths ? f.min_length : f.min_items;
        to.size_high = lengths ? f.max_length : f.max_items;
        if (low && high && to.size_low > to.size_high) return words_problem::limits_exclude_everything;
    }
    return words_problem::none;
}

/// Whether a member's default keeps the author's own limits; a default that breaks them would be advertised and refused.
template <class M>
constexpr bool keeps(const json::constraint& c, const M& value) {
    using json::constraint;
    if constexpr (std::is_floating_point_v<M>) {
        return !(c.has(constraint::minimum) && value < static_cast<M>(c.real_low)) &&
               !(c.has(constraint::maximum) && value > static_cast<M>(c.real_high));
    } else if constexpr (std::is_integral_v<M> && std::is_signed_v<M>) {
        return !(c.has(constraint::minimum) && value < static_cast<std::int64_t>(c.low)) &&
               !(c.has(constraint::maximum) && value > static_cast<std::int64_t>(c.high));
    } else if constexpr (std::is_integral_v<M>) {
        return !(c.has(constraint::minimum) && value < c.low) && !(c.has(constraint::maximum) && value > c.high);
    } else if constexpr (requires {
                             value.has_value();
                             *value;
                         }) {
        return !value || keeps(c, *value);
    } else if constexpr (requires {
                             value.size();
                             value.data();
                         }) {
        std::size_t n = 0;
        if constexpr (std::is_convertible_v<const M&, std::string_view>) {
            for (const char ch : std::string_view(value)) n += (static_cast<unsigned char>(ch) & 0xC0u) != 0x80u;
        } else {
            n = value.size();
        }
        const bool low = c.has(constraint::min_length) || c.has(constraint::min_items);
        const bool high = c.has(constraint::max_length) || c.has(constraint::max_items);
        return !(low && n < c.size_low) && !(high && n > c.size_high);
    } else {
        return true;
    }
}

/// The table of a struct where it is a member with a default of its own. That default is for a member that is not given;
/// of one that is given, what is left out is as in T{}, which is what the schema of its members says.
template <class T>
inline constexpr json::type with_reset = [] {
    json::type t = type_of<T>;
    t.clear = [](void* object) { *static_cast<T*>(object) = T{}; };
    return t;
}();

/// Everything that is known of a struct, computed once by the compiler.
template <class T>
struct structure {
    static constexpr std::size_t count = reflect::member_count<T>;
    static constexpr auto words = fields_of<T>;

    static constexpr std::size_t key_bytes = []<std::size_t... At>(std::index_sequence<At...>) {
        return (std::size_t{16} + ... + (reflect::member_name<T, At>.size() + 4));
    }(std::make_index_sequence<count>{});

    static constexpr std::array<char, key_bytes> keys = []<std::size_t... At>(std::index_sequence<At...>) {
        std::array<char, key_bytes> out{};
        text_sink sink{out.data()};
        ((sink.put(','), sink.put_quoted(reflect::member_name<T, At>), sink.put(':')), ...);
        return out;
    }(std::make_index_sequence<count>{});

    template <std::size_t At>
    struct default_text {
        static constexpr bool exists = [] {
            text_sink sink;
            T object{};
            return put_value(sink, reflect::get<At>(object));
        }();
        static constexpr void write(text_sink& sink) {
            // In a lambda, since elsewhere in a template g++ 12 does not fold an initialiser such as DBL_MAX, which holds a
            // conversion. (Nor is T() a way out: there it leaves members without an initialiser indeterminate.)
            [&] {
                T object{};
                static_cast<void>(put_value(sink, reflect::get<At>(object)));
            }();
        }
    };

    struct tables {
        std::array<json::member, count> members{};
        std::array<json::member_words, count> words{};
        std::array<json::constraint, structure::words.size()> constraints{};
        std::uint64_t required = 0;
        std::size_t size = 0;
        words_problem problem = words_problem::none;
        std::size_t problem_at = 0;  // which of the words
    };

    static constexpr tables built = [] {
        tables out;
        std::size_t offset = 0;
        std::size_t key = 0;
        std::size_t alignment = 1;
        const auto blame = [&](words_problem p, std::size_t at) {
            if (out.problem == words_problem::none) out.problem = p, out.problem_at = at;
        };
        // Words whose member does not exist, or that stand twice.
        for (std::size_t w = 0; w < words.size(); ++w) {
            if (index_of_member<T>(words[w].name) == count) blame(words_problem::no_such_member, w);
            for (std::size_t v = 0; v < w; ++v)
                if (words[v].name == words[w].name) blame(words_problem::given_twice, w);
            if (words[w].required && words[w].not_required) blame(words_problem::required_and_not_required, w);
        }
        const auto add = [&]<std::size_t At>(std::integral_constant<std::size_t, At>) {
            using type = reflect::member_type<T, At>;
            // The members of a plain struct lie in order, each at the next place of its alignment.
            offset = (offset + alignof(type) - 1) / alignof(type) * alignof(type);
            if (alignof(type) > alignment) alignment = alignof(type);
            json::member& m = out.members[At];
            if constexpr (type_of<type>.kind == json::kind::object && reflect::member_has_default<T, At>())
                m.of = &with_reset<type>;
            else m.of = &type_of<type>;
            m.offset = static_cast<std::uint32_t>(offset);
            m.key = static_cast<std::uint16_t>(key);
            m.key_length = static_cast<std::uint16_t>(reflect::member_name<T, At>.size() + 3);
            offset += sizeof(type);
            key += m.key_length + 1u;

            constexpr bool optional = type_of<type>.kind == json::kind::optional;
            constexpr bool has_default = reflect::member_has_default<T, At>();
            bool needed = !optional && !has_default;
            for (std::size_t w = 0; w < words.size(); ++w) {
                if (words[w].name != reflect::member_name<T, At>) continue;
                out.words[At].description = words[w].description;
                if (words[w].required) needed = true;
                if (words[w].not_required) needed = false;
                json::constraint& c = out.constraints[w];
                words_problem p = words_problem::none;
                if constexpr (optional) p = constrain(*type_of<type>.element, words[w], c);
                else p = constrain(type_of<type>, words[w], c);
                if (p != words_problem::none) blame(p, w);
                if (c.given) m.constraint = static_cast<std::uint8_t>(w + 1);
                if constexpr (has_default) {
                    T object{};
                    if (!keeps(c, reflect::get<At>(object))) blame(words_problem::default_outside_limits, w);
                }
            }
            if (needed) {
                out.required |= std::uint64_t{1} << At;
            } else if constexpr (has_default) {
                if constexpr (default_text<At>::exists)
                    out.words[At].default_text = static_text<default_text<At>>::view;
            }
        };
        [&]<std::size_t... At>(std::index_sequence<At...>) {
            (add(std::integral_constant<std::size_t, At>{}), ...);
        }(std::make_index_sequence<count>{});
        out.size = offset == 0 ? 1 : (offset + alignment - 1) / alignment * alignment;
        return out;
    }();
};

template <class T>
concept structure_with_forms = reflect::plain_struct<T> && members_have_forms<T>();

}  // namespace detail

/// A plain struct of at most 64 members that all have a form. Its words are checked when a tool is made of it.
template <detail::structure_with_forms T>
struct form<T> {
    using structure = detail::structure<T>;
    static constexpr json::type table() {
        static_assert(structure::built.size == sizeof(T));  // explain_type says it in words, before
        return {.kind = json::kind::object,
                .count = static_cast<std::uint16_t>(structure::count),
                .required = structure::built.required,
                .members = structure::built.members.data(),
                .keys = structure::keys.data(),
                .constraints = structure::built.constraints.data(),
                .words = structure::built.words.data()};
    }
    /// Whether the members lie where their table says. The size was compared by the compiler; an alignas that shifts a
    /// member and leaves the size shows only here.
    static bool lies_as_computed(const T& object) noexcept {
        [[maybe_unused]] const auto* const begin = reinterpret_cast<const char*>(std::addressof(object));
        return [&]<std::size_t... At>(std::index_sequence<At...>) {
            return (... && (reinterpret_cast<const char*>(std::addressof(reflect::get<At>(object))) - begin ==
                            static_cast<std::ptrdiff_t>(structure::built.members[At].offset)));
        }(std::make_index_sequence<structure::count>{});
    }
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STRUCTURE_HPP
