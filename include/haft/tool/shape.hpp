// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_SHAPE_HPP
#define HAFT_TOOL_SHAPE_HPP

/// From a C++ signature to the table and the schema of a call's arguments, and whether a tool can be made of it.

#include <haft/core/text_sink.hpp>
#include <haft/json/type.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/schema_text.hpp>
#include <haft/schema/structure.hpp>
#include <haft/tool/injected.hpp>
#include <haft/tool/parameters.hpp>
#include <haft/tool/returned.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0::detail {

template <class Signature, const auto& Names>
struct shape;
template <class R, class... P, const auto& Names>
struct shape<reflect::signature<R, P...>, Names> {
    using result = std::remove_cvref_t<R>;
    using value = typename returned<result>::value;
    using all = type_list<P...>;
    using visible = typename visible_parameters<type_list<>, P...>::type;
    using parameters = parameters_of<visible, Names>;
    using source = typename parameters::source;

    /// The struct that is the arguments object, where there is one.
    template <class List>
    struct first {
        using type = no_parameters;
    };
    template <class A, class... More>
    struct first<type_list<A, More...>> {
        using type = std::remove_cvref_t<A>;
    };
    using structure = std::conditional_t<parameters::form == parameters_form::one_struct ||
                                             parameters::form == parameters_form::unnamed,
                                         typename first<visible>::type, no_parameters>;

    static consteval const json::type& table() {
        if constexpr (parameters::is_block) return parameter_block<source>::table;
        else return schema::type_of<structure>;
    }
    struct schema_writer {
        static constexpr void write(text_sink& sink) { schema::put_schema(sink, table(), schema::direction::input); }
    };
    static consteval std::string_view input_schema() {
        if constexpr (parameters::is_block) return static_text<schema_writer>::view;
        else return schema::schema_text<structure, schema::direction::input>;  // shared by all tools of that struct
    }

    /// As haft::tool has it, and so the next.
    static constexpr bool wants_objects = (... || is_injected_object<std::remove_cvref_t<P>>);
    static consteval unsigned char default_gap() {
        if constexpr (parameters::is_block) {
            if constexpr (source::tells_absence)
                for (std::size_t i = 0; i + 1 < table().count; ++i)
                    if ((source::has_default >> i & 1) != 0 && !table().requires_member(i) &&
                        table().words(i).default_text.empty())
                        return static_cast<unsigned char>(i + 1);
        }
        return 0;
    }

    template <std::size_t At>
    static constexpr bool member_usable = schema::usable<typename source::template type<At>>;
    static constexpr std::size_t first_unusable = []<std::size_t... At>(std::index_sequence<At...>) {
        std::size_t n = 0;
        static_cast<void>((... && (member_usable<At> && ++n)));
        return n;
    }(std::make_index_sequence<source::count>{});

    static consteval bool parameters_usable() {
        if constexpr (parameters::form == parameters_form::nothing) return true;
        else if constexpr (parameters::form == parameters_form::one_struct)
            return schema::usable<structure> && reflect::plain_struct<structure>;
        else if constexpr (parameters::is_block) {
            // (The words first: what is wrong with them by itself is told with a short trail.)
            if constexpr (source::words.size() > reflect::most_members || first_unusable < source::count) return false;
            else return schema::detail::object_table<source>::built.problem == schema::words_problem::none;
        } else return false;
    }
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_TOOL_SHAPE_HPP
