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
    static constexpr bool plain_key() {
        for (const char c : key())
            if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20) return false;
        return true;
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

template <class Source>
struct object_table {
    static constexpr std::size_t count = Source::count;

    static constexpr std::array<std::string_view, count> names = []<std::size_t... At>(std::index_sequence<At...>) {
        return std::array<std::string_view, count>{Source::template name<At>...};
    }(std::make_index_sequence<count>{});

    struct keys_text {
        static constexpr void write(text_sink& sink) {
            [&]<std::size_t... At>(std::index_sequence<At...>) {
                ((sink.put(','), sink.put_quoted(member_of_source<Source, At>::key()), sink.put(':')), ...);
            }(std::make_index_sequence<count>{});
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
        std::array<std::string_view, count> keys{};
        const auto add = [&]<std::size_t At>(std::integral_constant<std::size_t, At>) {
            using here = member_of_source<Source, At>;
            using type = typename Source::template type<At>;
            constexpr std::size_t w = here::at_words;
            constexpr bool has_words = w < Source::words.size();
            const json::type& table = here::type();
            // The members of a plain struct lie in order, each at the next place of its alignment.
            offset = (offset + alignof(type) - 1) / alignof(type) * alignof(type);
            if (alignof(type) > alignment) alignment = alignof(type);
            json::member& m = out.members[At];
            m.of = &table;
            m.reset = Source::template reset<At>;
            m.offset = static_cast<std::uint32_t>(offset);
            m.key = static_cast<std::uint16_t>(key);
            text_sink quoted;
            quoted.put_quoted(here::key());
            m.key_length = static_cast<std::uint16_t>(quoted.size + 1);
            if constexpr (!here::plain_key()) {
                m.plain_key = false;
                out.words[At].name = static_text<typename here::key_text>::view;
            }
            offset += sizeof(type);
            key += m.key_length + 1u;
            keys[At] = here::key();

            constexpr json::kind kind = form<type>::kind;
            constexpr bool by_words = here::default_text::by_words;
            bool needed = kind != json::kind::optional && !Source::template has_default<At> && !by_words;
            if constexpr (has_words) {
                constexpr const field& f = Source::words[w];
                if (f.required) needed = true;
                if (f.not_required) needed = false;
                if (f.too_much) blame(words_problem::too_many_words, w);
                if (f.twice) blame(words_problem::word_twice, w);
                if (f.key().empty()) blame(words_problem::illegal_key, w);
                out.words[At].description = f.description;
                if constexpr (kind != json::kind::none) {  // else the type is told, whatever its words are
                    json::constraint c;
                    const words_problem p = constrain(table, f, c);
                    if (p != words_problem::none) {
                        blame(p, w);
                    } else {
                        if constexpr (more_limits<here>::any) {
                            c.more = &more_limits<here>::table;
                            c.given = static_cast<std::uint16_t>(c.given | more_limits<here>::given);
                        }
                        if (c.given != 0) {
                            out.constraints[w] = c;
                            m.constraint = static_cast<std::uint8_t>(w + 1);
                        }
                        if constexpr (f.example_count > 0)
                            out.words[At].examples = static_text<typename here::examples_text>::view;
                        if constexpr (by_words) {
                            constexpr bool null = f.default_value.given == literal::form::null;
                            if (Source::template has_default<At> && Source::template default_known<At>)
                                blame(words_problem::two_defaults, w);
                            else if (!is_value_of(table, f, f.default_value))
                                blame(words_problem::default_of_another_type, w);
                            else if (!keeps_limits(table, c, f, f.default_value))
                                blame(words_problem::default_outside_limits, w);
                            if (null && kind == json::kind::optional) out.words[At].nullable = true;
                            else out.defaults |= std::uint64_t{1} << At;
                        } else if constexpr (Source::template has_default<At> && Source::template default_known<At>) {
                            if (c.given != 0 && !Source::template keeps<At>(c))
                                blame(words_problem::default_outside_limits, w);
                        }
                    }
                }
            }
            if (needed) {
                out.required |= std::uint64_t{1} << At;
                out.defaults &= ~(std::uint64_t{1} << At);
            } else if constexpr (here::default_text::exists) {
                out.words[At].default_text = static_text<typename here::default_text>::view;
            }
        };
        [&]<std::size_t... At>(std::index_sequence<At...>) {
            (add(std::integral_constant<std::size_t, At>{}), ...);
        }(std::make_index_sequence<count>{});
        out.size = offset == 0 ? 1 : (offset + alignment - 1) / alignment * alignment;

        // Words whose member does not exist, or that stand twice; two members of one name.
        const auto& words = Source::words;
        for (std::size_t w = 0; w < words.size(); ++w) {
            bool known = false;
            for (const std::string_view name : names) known = known || name == words[w].name;
            if (!known) blame(words_problem::no_such_member, w);
            // Parameters may have one name, where it stands in their words; the members of a struct can't.
            std::size_t of_that_name = 0;
            for (const std::string_view name : names) of_that_name += name == words[w].name;
            for (std::size_t v = 0; v < w; ++v)
                if (words[v].name == words[w].name)
                    blame(of_that_name > 1 ? words_problem::key_given_twice : words_problem::given_twice, w);
            if (words[w].required && words[w].not_required) blame(words_problem::required_and_not_required, w);
            if (words[w].has_as)
                for (std::size_t i = 0, same = 0; i < count; ++i)
                    if (keys[i] == words[w].key() && ++same == 2) blame(words_problem::key_given_twice, w);
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
