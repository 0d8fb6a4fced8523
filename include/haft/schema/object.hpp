// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_OBJECT_HPP
#define HAFT_SCHEMA_OBJECT_HPP

/// The table of a closed object from a list of named, typed members and the words for them; whether the members are those
/// of a struct or the parameters of a function is the source's business.

#include <haft/core/text_sink.hpp>
#include <haft/json/type.hpp>
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
///   count                           how many members
///   type<At>, name<At>              C++ type and name
///   has_default<At>                 whether T{} gives the member a value of its author's
///   default_known<At>               whether the compiler knows it; then
///   put_default<At>(sink)           writes it as JSON, false if JSON has no text for it
///   keeps<At>(constraint)           whether it keeps the limits
///   reset<At>                       gives a nested struct, array or tuple its own T{} again; null where that makes no difference
///   words                           an array of `field`; each is for the member of its name
template <class Source, std::size_t At>
constexpr std::size_t words_at() {
    std::size_t w = 0;
    while (w < Source::words.size() && Source::words[w].name != Source::template name<At>) ++w;
    return w;
}

inline constexpr field no_field{};

/// A key that stands in JSON as it is.
constexpr bool is_plain_key(std::string_view key) noexcept {
    for (const char c : key)
        if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20) return false;
    return true;
}

/// One member, with its words.
template <class Source, std::size_t At>
struct member_of_source {
    using type_at = typename Source::template type<At>;
    static constexpr std::size_t at_words = words_at<Source, At>();
    static constexpr const struct field& field() {
        if constexpr (at_words < Source::words.size()) return Source::words[at_words];
        else return no_field;
    }
    static constexpr const json::type& type() { return type_of<type_at>; }
    static constexpr std::string_view key() {
        if constexpr (at_words < Source::words.size()) return Source::words[at_words].key();
        else return Source::template name<At>;
    }
    struct key_text {
        static constexpr void write(text_sink& sink) { sink.put(key()); }
    };
    struct default_text {
        static constexpr bool by_words = at_words < Source::words.size() && field().default_value.is_given();
        static constexpr bool exists = [] {
            if constexpr (!has_form<type_at>) return false;  // its value may be a null pointer, say
            else if constexpr (by_words) return true;
            else if constexpr (Source::template has_default<At> && Source::template default_known<At>) {
                text_sink sink;
                return Source::template put_default<At>(sink);
            } else return false;
        }();
        static constexpr void write(text_sink& sink) {
            if constexpr (by_words) put_literal(sink, type(), field(), field().default_value);
            else static_cast<void>(Source::template put_default<At>(sink));
        }
    };
    struct examples_text {
        static constexpr void write(text_sink& sink) {
            for (std::size_t i = 0; i < field().example_count; ++i) {
                sink.put(i ? ',' : '[');
                put_literal(sink, type(), field(), field().shown[i]);
            }
            sink.put(']');
        }
    };
};

/// What is to be known of one member before its words are looked at; plain data, so that the rest is no template.
struct member_facts {
    std::string_view key;  // as the model sees it
    const json::type* table = nullptr;
    void (*reset)(void*) = nullptr;
    std::size_t size = 0;
    std::size_t alignment = 1;
    bool optional = false;     // it need not be given, whatever its default
    bool has_default = false;  // of its struct
    bool default_known = false;
    bool plain_key = true;
    std::string_view default_text;  // empty where there is none, or none to be shown
    std::string_view name;          // where !plain_key
};

template <class Source, std::size_t At>
consteval member_facts facts_of() {
    using here = member_of_source<Source, At>;
    using type = typename Source::template type<At>;
    member_facts f;
    f.key = here::key();
    f.table = &here::type();
    f.reset = Source::template reset<At>;
    f.size = sizeof(type);
    f.alignment = alignof(type);
    f.optional = form<type>::kind == json::kind::optional;
    f.has_default = Source::template has_default<At>;
    f.default_known = Source::template default_known<At>;
    if constexpr (here::default_text::exists) f.default_text = static_text<typename here::default_text>::view;
    if constexpr (!is_plain_key(here::key())) {
        f.plain_key = false;
        f.name = static_text<typename here::key_text>::view;
    }
    return f;
}

/// The layout and the keys. The members of a plain struct lie in order, each at the next place of its alignment.
struct placed {
    std::size_t size = 0;
    bool layout_in_doubt = false;
};
constexpr placed place_members(const member_facts* facts, std::size_t count, json::member* members,
                               json::member_words* words) {
    std::size_t offset = 0, key = 0, alignment = 1, filled = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const member_facts& f = facts[i];
        offset = (offset + f.alignment - 1) / f.alignment * f.alignment;
        if (f.alignment > alignment) alignment = f.alignment;
        json::member& m = members[i];
        m.of = f.table;
        m.reset = f.reset;
        m.offset = static_cast<std::uint32_t>(offset);
        m.key = static_cast<std::uint16_t>(key);
        text_sink quoted;
        quoted.put_quoted(f.key);
        m.key_length = static_cast<std::uint16_t>(quoted.size + 1);
        m.plain_key = f.plain_key;
        words[i].name = f.name;
        offset += f.size;
        filled += f.size;
        key += m.key_length + 1u;
    }
    placed out{offset == 0 ? 1 : (offset + alignment - 1) / alignment * alignment};
    // An alignas that no size shows wants a gap to move into, and a member that is not at the struct's own alignment yet.
    if (out.size > filled)
        for (std::size_t i = 0; i < count; ++i)
            if (members[i].offset % alignment != 0) out.layout_in_doubt = true;
    return out;
}

template <class Source>
struct object_table {
    static constexpr std::size_t count = Source::count;

    static constexpr std::array<std::string_view, count> names = []<std::size_t... At>(std::index_sequence<At...>) {
        return std::array<std::string_view, count>{Source::template name<At>...};
    }(std::make_index_sequence<count>{});
    static constexpr std::array<member_facts, count> facts = []<std::size_t... At>(std::index_sequence<At...>) {
        return std::array<member_facts, count>{facts_of<Source, At>()...};
    }(std::make_index_sequence<count>{});

    struct keys_text {
        static constexpr void write(text_sink& sink) {
            for (const member_facts& f : facts) sink.put(','), sink.put_quoted(f.key), sink.put(':');
            for (int i = 0; i < 16; ++i) sink.put('\0');
        }
    };

    struct tables {
        std::array<json::member, count> members{};
        std::array<json::member_words, count> words{};
        std::array<json::constraint, Source::words.size()> constraints{};
        std::uint64_t required = 0;
        std::uint64_t defaults = 0;
        std::size_t size = 0;
        bool layout_in_doubt = false;
        words_problem problem = words_problem::none;
        std::size_t problem_at = 0;  // which of the words

        constexpr void blame(words_problem p, std::size_t at) {
            if (problem == words_problem::none) problem = p, problem_at = at;
        }
    };

    /// The words of one member: its limits, and what is wrong with them.
    template <std::size_t At>
    static constexpr void add_words(tables& out) {
        using here = member_of_source<Source, At>;
        using type = typename Source::template type<At>;
        constexpr std::size_t w = here::at_words;
        constexpr const field& f = Source::words[w];
        constexpr json::kind kind = form<type>::kind;
        constexpr bool by_words = here::default_text::by_words;
        const json::type& table = here::type();
        if (f.too_much) out.blame(words_problem::too_many_words, w);
        if (f.twice) out.blame(words_problem::word_twice, w);
        if (f.key().empty()) out.blame(words_problem::illegal_key, w);
        out.words[At].description = f.description;
        if constexpr (kind != json::kind::none) {  // else the type is told, whatever its words are
            json::constraint c;
            const words_problem p = constrain(table, f, c);
            if (p != words_problem::none) return out.blame(p, w);
            if constexpr (more_limits<here>::any) {
                c.more = &more_limits<here>::table;
                c.given = static_cast<std::uint16_t>(c.given | more_limits<here>::given);
            }
            if (c.given != 0) {
                out.constraints[w] = c;
                out.members[At].constraint = static_cast<std::uint8_t>(w + 1);
            }
            if constexpr (f.example_count > 0) out.words[At].examples = static_text<typename here::examples_text>::view;
            if constexpr (by_words) {
                constexpr bool null = f.default_value.given == literal::form::null;
                if (facts[At].has_default && facts[At].default_known) out.blame(words_problem::two_defaults, w);
                else if (!is_value_of(table, f, f.default_value)) out.blame(words_problem::default_of_another_type, w);
                else if (!keeps_limits(table, c, f, f.default_value))
                    out.blame(words_problem::default_outside_limits, w);
                if (null && kind == json::kind::optional) out.words[At].nullable = true;
                else out.defaults |= std::uint64_t{1} << At;
            } else if constexpr (Source::template has_default<At> && Source::template default_known<At>) {
                if (c.given != 0 && !Source::template keeps<At>(c)) out.blame(words_problem::default_outside_limits, w);
            }
        }
    }

    static constexpr tables built = [] {
        tables out;
        const placed places = place_members(facts.data(), count, out.members.data(), out.words.data());
        out.size = places.size;
        out.layout_in_doubt = places.layout_in_doubt;
        [&]<std::size_t... At>(std::index_sequence<At...>) {
            const auto add = [&]<std::size_t Place>(std::integral_constant<std::size_t, Place>) {
                if constexpr (member_of_source<Source, Place>::at_words < Source::words.size()) add_words<Place>(out);
            };
            if constexpr (Source::words.size() > 0) (add(std::integral_constant<std::size_t, At>{}), ...);
        }(std::make_index_sequence<count>{});

        for (std::size_t i = 0; i < count; ++i) {
            const member_facts& f = facts[i];
            // (By place: with a sanitizer g++ 12 does not compare pointers at compile time.)
            std::size_t w = 0;
            while (w < Source::words.size() && Source::words[w].name != names[i]) ++w;
            bool needed = !f.optional && !f.has_default;
            if (w < Source::words.size()) {
                if (Source::words[w].default_value.is_given()) needed = false;
                if (Source::words[w].required) needed = true;
                if (Source::words[w].not_required) needed = false;
            }
            if (needed) {
                out.required |= std::uint64_t{1} << i;
                out.defaults &= ~(std::uint64_t{1} << i);
            } else {
                out.words[i].default_text = f.default_text;
            }
        }

        // Words whose member does not exist, or that stand twice; two members of one name.
        const auto& words = Source::words;
        for (std::size_t w = 0; w < words.size(); ++w) {
            // Parameters may have one name, where it stands in their words; the members of a struct can't.
            std::size_t of_that_name = 0;
            for (const std::string_view name : names) of_that_name += name == words[w].name;
            if (of_that_name == 0) out.blame(words_problem::no_such_member, w);
            for (std::size_t v = 0; v < w; ++v)
                if (words[v].name == words[w].name)
                    out.blame(of_that_name > 1 ? words_problem::key_given_twice : words_problem::given_twice, w);
            if (words[w].required && words[w].not_required) out.blame(words_problem::required_and_not_required, w);
            if (words[w].has_as)
                for (std::size_t i = 0, same = 0; i < count; ++i)
                    if (facts[i].key == words[w].key() && ++same == 2) out.blame(words_problem::key_given_twice, w);
        }
        return out;
    }();

    static constexpr json::type table() {
        return {.kind = json::kind::object,
                .count = static_cast<std::uint16_t>(count),
                .required = built.required,
                .defaults = built.defaults,
                .members = built.members.data(),
                .keys = static_text<keys_text>::view.data(),
                .constraints = built.constraints.data(),
                .words = built.words.data()};
    }
};

}  // namespace haft::inline v0::schema::detail

#endif  // HAFT_SCHEMA_OBJECT_HPP
