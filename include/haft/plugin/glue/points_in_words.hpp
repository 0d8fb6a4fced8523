// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_GLUE_POINTS_IN_WORDS_HPP
#define HAFT_PLUGIN_GLUE_POINTS_IN_WORDS_HPP

/// The hook points that a library knows by their types, so that its typed hooks can be called by a host that has nothing but words.

#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/hook/hook_entry.hpp>
#include <haft/hook/hook_point.hpp>
#include <haft/hook/hook_set.hpp>
#include <haft/hook/points.hpp>
#include <haft/hook/read_data.hpp>
#include <haft/hook/reply_text.hpp>
#include <haft/plugin/glue/export_words.hpp>
#include <haft/reflect/spelling.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace haft::inline v0::detail::glue {

struct point_in_words {
    std::string_view name;
    std::string_view type;  ///< as point_facts have it
    result<std::string> (*call)(hook_entry&, std::string_view data, const stop_token&);
};

template <class Point>
consteval bool explain_point_in_words() {
    constexpr bool possible = arguments_read<Point>::possible && can_tell_result<Point>();
    static_assert(possible || refused_export<Point>,
                  "haft: hooks of this point can't be called across the border of a shared library: each argument has to "
                  "be a value with a form in JSON, not one that hooks write to, and what hooks give as well [haft-E0172]");
    return possible;
}

template <class Point>
consteval point_in_words in_words() {
    if constexpr (!explain_point_in_words<Point>()) return {};
    else return {Point::name, reflect::spelled_type<Point>, &call_in_words<Point>};
}

using own_points =
    std::tuple<std::type_identity<startup>, std::type_identity<shutdown>, std::type_identity<session_start>,
               std::type_identity<session_end>, std::type_identity<turn_pre>, std::type_identity<turn_post>,
               std::type_identity<step_pre>, std::type_identity<step_post>, std::type_identity<message_transform>,
               std::type_identity<loop_continue>, std::type_identity<compaction>, std::type_identity<generation_pre>,
               std::type_identity<generation_chunk>, std::type_identity<generation_interrupt>,
               std::type_identity<generation_post>, std::type_identity<tool_pre_execute>,
               std::type_identity<tool_post_execute>, std::type_identity<tool_error>, std::type_identity<tool_confirm>,
               std::type_identity<elicit>, std::type_identity<file_pre_save>, std::type_identity<file_post_save>>;

template <class Points>
struct table_of_points;
template <class... Point>
struct table_of_points<std::tuple<std::type_identity<Point>...>> {
    static constexpr std::array<point_in_words, sizeof...(Point)> rows{in_words<Point>()...};
};

/// haft's own and those that the plugin names.
template <class... More>
using points_of_library = table_of_points<decltype(std::tuple_cat(own_points{}, More{}...))>;

}  // namespace haft::inline v0::detail::glue

#endif  // HAFT_PLUGIN_GLUE_POINTS_IN_WORDS_HPP
