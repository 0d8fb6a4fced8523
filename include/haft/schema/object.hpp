// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_OBJECT_HPP
#define HAFT_SCHEMA_OBJECT_HPP

/// The table of a closed object from a list of named, typed members and the words for them; whether the members are those
/// of a struct or the parameters of a function is the source's business.

#include <haft/core/text_sink.hpp>
#include <haft/json/type.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/constrain.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/words.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace haft::inline v0::schema::detail {

/// What a source is asked:
///   count               how many members; below, bit i or place i is of the i-th
///   types               a reflect::member_types of their C++ types; `type<At>` is one
///   names               an array of their names
///   has_default         bits: T{} gives the member a value of its author's
///   tells_absence       whether it wants to be told at each call which of those were not given
///   defaults_known      whether the compiler knows those; then
///   put_defaults<Bits>(sink, places)   writes those as JSON, where JSON has a text, and where each begins and ends
///   breaking<Bits>(constraints)        bits: which of those breaks its limits
///   can_reset           whether it can give a nested struct, array or tuple its own T{} again; then
///   put_resets<Bits>(places)           gives the functions for that
///   put_type_name(sink) what it is called in `$defs`
///   words               an array of `field`; each is for the member of its name

/// What the C++ type of a member says, whatever object it is in: computed once for all members of the type. (Without its
/// table, since types may be recursive.)
struct member_type_facts {
    std::size_t size;
    std::size_t alignment;
    json::kind kind;  // of its form
    bool has_form;
};
template <class M>
inline constexpr member_type_facts facts_of_type{sizeof(M), alignof(M), form<M>::kind, has_form<M>};

template <class... M>
consteval std::array<const member_type_facts*, sizeof...(M)> facts_of_types(reflect::member_types<M...>) {
    return {&facts_of_type<M>...};
}

/// What is known of an object's members; plain data, so that nearly all that is made of it is no template.
struct object_facts {
    std::size_t count;
    const std::string_view* names;
    const member_type_facts* const* types;
    const json::type* const* tables;
    std::uint64_t has_default;
    bool defaults_known;
    bool tells_absence;
    bool can_reset;
    const field* words;
    std::size_t words_count;

    /// Which of the words are for a member; words_count if none are. (No pointer: with a sanitizer g++ 12 does not take
    /// whether one is null for a constant.)
    constexpr std::size_t words_of(std::size_t i) const {
        std::size_t w = 0;
        while (w < words_count && words[w].name != names[i]) ++w;
        return w;
    }
    constexpr std::string_view key(std::size_t i) const {
        const std::size_t w = words_of(i);
        return w < words_count ? words[w].key() : names[i];
    }
};

/// What becomes of it.
struct object_result {
    std::uint64_t required = 0;
    std::uint64_t defaults = 0;
    std::uint64_t shown_defaults = 0;  // initialisers that stand in the schema
    std::uint64_t limited = 0;         // initialisers that have limits to keep
    std::uint64_t resets = 0;          // members with a T{} of their own
    std::size_t size = 0;
    std::size_t keys_size = 0;
    bool layout_in_doubt = false;
    bool tells_absence = false;  // its last eight bytes do
    bool has_texts = false;      // there are words for the table
    bool has_limits = false;
    bool has_more = false;  // patterns, formats or lists of values
    words_problem problem = words_problem::none;
    std::size_t problem_at = 0;  // which of the words

    constexpr void blame(words_problem p, std::size_t at) {
        if (problem == words_problem::none) problem = p, problem_at = at;
    }
};

/// The layout and the keys. The members of a plain struct lie in order, each at the next place of its alignment.
constexpr void place_members(const object_facts& facts, object_result& out, json::member* members) {
    std::size_t offset = 0, key = 0, alignment = 1, filled = 0;
    for (std::size_t i = 0; i < facts.count; ++i) {
        const member_type_facts& type = *facts.types[i];
        offset = (offset + type.alignment - 1) / type.alignment * type.alignment;
        if (type.alignment > alignment) alignment = type.alignment;
        json::member& m = members[i];
        const std::string_view name = facts.key(i);
        text_sink quoted;
        quoted.put_quoted(name);
        m.of = facts.tables[i];
        m.offset = static_cast<std::uint32_t>(offset);
        m.key = static_cast<std::uint16_t>(key);
        m.key_length = static_cast<std::uint16_t>(quoted.size + 1);
        m.plain_key = quoted.size == name.size() + 2;
        if (!m.plain_key) out.has_texts = true;
        offset += type.size;
        filled += type.size;
        key += m.key_length + 1u;
    }
    out.keys_size = key;
    out.size = offset == 0 ? 1 : (offset + alignment - 1) / alignment * alignment;
    // An alignas that no size shows wants a gap to move into, and a member that is not at the struct's own alignment yet.
    if (out.size > filled)
        for (std::size_t i = 0; i < facts.count; ++i)
            if (members[i].offset % alignment != 0) out.layout_in_doubt = true;
}

/// Which members must be given, and which initialisers are to be looked at.
constexpr void sort_defaults(const object_facts& facts, object_result& out, json::member* members) {
    for (std::size_t i = 0; i < facts.count; ++i) {
        const std::uint64_t bit = std::uint64_t{1} << i;
        const json::kind kind = facts.types[i]->kind;
        const bool has_default = (facts.has_default & bit) != 0;
        const std::size_t w = facts.words_of(i);
        bool by_words = false;
        bool needed = kind != json::kind::optional && !has_default;
        if (w < facts.words_count) {
            by_words = facts.words[w].default_value.is_given();
            if (by_words) needed = false;
            if (facts.words[w].required) needed = true;
            if (facts.words[w].not_required) needed = false;
        }
        if (needed) out.required |= bit, out.defaults &= ~bit;
        else if (!by_words && has_default && facts.defaults_known && facts.types[i]->has_form)
            out.shown_defaults |= bit;
        if (!needed && has_default && facts.tells_absence) out.defaults |= bit, out.tells_absence = true;
        // what an opaque struct's T{} gives nobody can see
        if ((kind == json::kind::object || kind == json::kind::tuple) && (has_default || !facts.defaults_known) &&
            facts.can_reset) {
            out.resets |= bit;
            members[i].resets = true;
        }
    }
    if (out.tells_absence) out.size = (out.size + 7) / 8 * 8 + 8;
    if (out.shown_defaults) out.has_texts = true;
    for (std::size_t i = 0; i < facts.count; ++i) members[i].has_words = out.has_texts;
}

/// The words of each member: its limits but for `more`, and what is wrong with them.
constexpr void add_words(const object_facts& facts, object_result& out, json::member* members,
                         json::constraint* constraints) {
    for (std::size_t i = 0; i < facts.count; ++i) {
        const std::size_t w = facts.words_of(i);
        if (w == facts.words_count) continue;
        const field& f = facts.words[w];
        const json::kind kind = facts.types[i]->kind;
        const json::type& table = *facts.tables[i];
        if (f.too_much) out.blame(words_problem::too_many_words, w);
        if (f.twice) out.blame(words_problem::word_twice, w);
        if (f.key().empty()) out.blame(words_problem::illegal_key, w);
        if (!f.description.empty()) out.has_texts = true;
        if (kind == json::kind::none) continue;  // the type is told, whatever its words are
        json::constraint c;
        const words_problem p = constrain(table, f, c);
        if (p != words_problem::none) {
            out.blame(p, w);
            continue;
        }
        if (has_more_limits(f)) out.has_more = true;
        if (c.given != 0 || has_more_limits(f)) {
            out.has_limits = true;
            constraints[w] = c;
            members[i].constraint = static_cast<std::uint8_t>(w + 1);
            if ((facts.has_default >> i & 1) != 0 && facts.defaults_known && !f.default_value.is_given())
                out.limited |= std::uint64_t{1} << i;
        }
        if (f.example_count > 0) out.has_texts = true;
        if (f.default_value.is_given()) {
            out.has_texts = true;
            const bool null = f.default_value.given == literal::form::null;
            if ((facts.has_default >> i & 1) != 0 && facts.defaults_known) out.blame(words_problem::two_defaults, w);
            else if (!is_value_of(table, f, f.default_value)) out.blame(words_problem::default_of_another_type, w);
            if (null && kind == json::kind::optional) members[i].nullable = true;
            else out.defaults |= std::uint64_t{1} << i;
        }
    }
}

/// Defaults in words keep the limits. With `more`.
constexpr void check_defaults(const object_facts& facts, object_result& out, const json::member* members,
                              const json::constraint* constraints) {
    for (std::size_t i = 0; i < facts.count; ++i) {
        const std::size_t w = facts.words_of(i);
        if (w == facts.words_count || members[i].constraint == 0) continue;
        const field& f = facts.words[w];
        if (f.default_value.is_given() &&
            !keeps_limits(*facts.tables[i], constraints[members[i].constraint - 1], f, f.default_value))
            out.blame(words_problem::default_outside_limits, w);
    }
}

/// Words whose member does not exist, or that stand twice; two members of one name.
constexpr void check_names(const object_facts& facts, object_result& out) {
    for (std::size_t w = 0; w < facts.words_count; ++w) {
        const field& f = facts.words[w];
        // Parameters may have one name, where it stands in their words; the members of a struct can't.
        std::size_t of_that_name = 0;
        for (std::size_t i = 0; i < facts.count; ++i) of_that_name += facts.names[i] == f.name;
        if (of_that_name == 0) out.blame(words_problem::no_such_member, w);
        for (std::size_t v = 0; v < w; ++v)
            if (facts.words[v].name == f.name)
                out.blame(of_that_name > 1 ? words_problem::key_given_twice : words_problem::given_twice, w);
        if (f.required && f.not_required) out.blame(words_problem::required_and_not_required, w);
        if (f.has_as)
            for (std::size_t i = 0, same = 0; i < facts.count; ++i)
                if (facts.key(i) == f.key() && ++same == 2) out.blame(words_problem::key_given_twice, w);
    }
}

constexpr void put_keys(text_sink& sink, const object_facts& facts, const json::member* members) {
    for (std::size_t i = 0; i < facts.count; ++i) {
        const std::string_view key = facts.key(i);
        sink.put(',');
        if (members[i].plain_key) sink.put('"'), sink.put(key), sink.put("\":");
        else sink.put_quoted(key), sink.put(':');
    }
}

inline constexpr field no_field{};

/// The texts of the members' words, but for the defaults that are initialisers.
constexpr void put_words(text_sink& sink, const object_facts& facts, const json::member* members,
                         std::uint64_t required, json::rare_part* places) {
    for (std::size_t i = 0; i < facts.count; ++i) {
        const std::size_t w = facts.words_of(i);
        const field& f = w < facts.words_count ? facts.words[w] : no_field;
        json::rare_part& to = places[i];
        to.description = static_cast<std::uint32_t>(sink.size);
        sink.put(f.description);
        to.examples = static_cast<std::uint32_t>(sink.size);
        const bool has_form = facts.types[i]->kind != json::kind::none;
        if (has_form && f.example_count > 0) {
            for (std::size_t e = 0; e < f.example_count; ++e) {
                sink.put(e ? ',' : '[');
                put_literal(sink, *facts.tables[i], f, f.shown[e]);
            }
            sink.put(']');
        }
        to.name = static_cast<std::uint32_t>(sink.size);
        if (!members[i].plain_key) sink.put(facts.key(i));
        to.name_end = static_cast<std::uint32_t>(sink.size);
        if (has_form && f.default_value.is_given() && (required >> i & 1) == 0) {
            to.default_text = static_cast<std::uint32_t>(sink.size);
            put_literal(sink, *facts.tables[i], f, f.default_value);
            to.default_end = static_cast<std::uint32_t>(sink.size);
        }
    }
}

/// One of the words of a source, as more_limits asks for it.
template <class Source, std::size_t W>
struct words_of_source {
    static constexpr std::size_t member = [] {
        std::size_t i = 0;
        while (i < Source::count && Source::names[i] != Source::words[W].name) ++i;
        return i;
    }();
    static constexpr const struct field& field() { return Source::words[W]; }
    static constexpr const json::type& type() { return type_of<typename Source::template type<member>>; }
};

template <class Source>
struct object_table {
    static constexpr std::size_t count = Source::count;
    static constexpr std::size_t words_count = Source::words.size();

    static constexpr const std::array<std::string_view, count>& names = Source::names;
    static constexpr std::array<const member_type_facts*, count> types = facts_of_types(typename Source::types{});
    static constexpr std::array<const json::type*, count> tables_of_types =
        []<class... M>(reflect::member_types<M...>) {
            return std::array<const json::type*, count>{&type_of<M>...};
        }(typename Source::types{});
    static constexpr object_facts facts{count,
                                        names.data(),
                                        types.data(),
                                        tables_of_types.data(),
                                        Source::has_default,
                                        Source::defaults_known,
                                        Source::tells_absence,
                                        Source::can_reset,
                                        Source::words.data(),
                                        words_count};

    struct tables : object_result {
        std::array<json::member, count> members{};
        std::array<json::constraint, words_count> constraints{};
    };
    /// All but what has to be asked of each C++ type by itself.
    static constexpr tables plan() {
        tables out;
        place_members(facts, out, out.members.data());
        if constexpr (words_count > 0) add_words(facts, out, out.members.data(), out.constraints.data());
        sort_defaults(facts, out, out.members.data());
        return out;
    }
    static constexpr tables planned = plan();

    template <std::size_t W>
    static constexpr void add_more(tables& out) {
        using here = words_of_source<Source, W>;
        if constexpr (here::member < count) {
            if constexpr (has_more_limits(Source::words[W]) && types[here::member]->kind != json::kind::none) {
                out.constraints[W].more = &more_limits<here>::table;
                out.constraints[W].given =
                    static_cast<std::uint16_t>(out.constraints[W].given | more_limits<here>::given);
            }
        }
    }

    /// With what only words bring.
    static constexpr tables with_words() {
        tables out = planned;
        if constexpr (planned.problem == words_problem::none) {
            if constexpr (planned.has_more)
                [&]<std::size_t... W>(std::index_sequence<W...>) {
                    (add_more<W>(out), ...);
                }(std::make_index_sequence<words_count>{});
            check_defaults(facts, out, out.members.data(), out.constraints.data());
            if constexpr (planned.limited != 0) {
                std::array<const json::constraint*, count> limits{};
                for (std::size_t i = 0; i < count; ++i)
                    if (out.members[i].constraint) limits[i] = &out.constraints[out.members[i].constraint - 1u];
                const std::uint64_t breaking = Source::template breaking<planned.limited>(limits.data());
                for (std::size_t i = 0; i < count; ++i)
                    if (breaking >> i & 1)
                        out.blame(words_problem::default_outside_limits, out.members[i].constraint - 1u);
            }
        }
        check_names(facts, out);
        return out;
    }
    template <class>
    static constexpr tables checked = with_words();
    static constexpr const tables& all_computed() {
        if constexpr (words_count == 0) return planned;
        else return checked<Source>;
    }
    static constexpr const tables& built = all_computed();

    // All texts of the object, one after the other: keys, name, words. The 16 bytes that may be read beyond the keys are
    // there in any case.
    static constexpr std::size_t places_count = planned.has_texts || planned.resets ? count : 0;
    struct text_plan {
        std::size_t size = 0;
        std::size_t name_size = 0;
        std::array<json::rare_part, places_count> places{};
    };
    static constexpr text_plan put_texts(text_sink sink) {
        text_plan out;
        put_keys(sink, facts, built.members.data());
        Source::put_type_name(sink);
        out.name_size = sink.size - built.keys_size;
        if constexpr (planned.has_texts) {
            if constexpr (planned.shown_defaults != 0)
                Source::template put_defaults<planned.shown_defaults>(sink, out.places.data());
            put_words(sink, facts, built.members.data(), built.required, out.places.data());
        }
        out.size = sink.size < built.keys_size + 16 ? built.keys_size + 16 : sink.size;
        return out;
    }
    static constexpr text_plan text = put_texts({});

    // What the program keeps.
    static constexpr std::array<json::member, count> members = built.members;
    static constexpr std::array<json::constraint, words_count> constraints = built.constraints;
    static constexpr std::array<json::rare_part, places_count> all_places() {
        std::array<json::rare_part, places_count> out = text.places;
        if constexpr (planned.resets != 0) Source::template put_resets<planned.resets>(out.data());
        return out;
    }
    static constexpr std::array<json::rare_part, places_count> places = all_places();
    static constexpr std::array<char, text.size> all_texts() {
        std::array<char, text.size> out{};
        put_texts(text_sink{out.data()});
        return out;
    }
    static constexpr std::array<char, text.size> texts = all_texts();

    static constexpr json::type table() {
        json::type t = json::of_kind(json::kind::object);
        t.name_size = static_cast<std::uint8_t>(text.name_size);
        t.count = static_cast<std::uint16_t>(count);
        t.tells_absence = built.tells_absence;
        t.required = built.required;
        t.defaults = built.defaults;
        t.members = members.data();
        t.keys = texts.data();
        if constexpr (planned.has_limits) t.constraints = constraints.data();
        if constexpr (places_count > 0) t.rare = places.data();
        return t;
    }
};

}  // namespace haft::inline v0::schema::detail

#endif  // HAFT_SCHEMA_OBJECT_HPP
