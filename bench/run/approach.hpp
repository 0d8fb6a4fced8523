// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_BENCH_RUN_APPROACH_HPP
#define HAFT_BENCH_RUN_APPROACH_HPP

/// One way to do the tasks: a library, used as its users would who want it fast and strict.

#include "tasks.hpp"

#include <array>
#include <string>
#include <string_view>

namespace bench {

/// Takes what an approach gives, which it may forget afterwards. Stands in a file of its own, so that no compiler sees that
/// nothing is done with it.
void answer(std::string_view text);
/// Where `answer` copies to; null, as it is while times are taken, if nowhere.
extern std::string* kept_answer;

struct approach {
    std::string_view name;
    /// Argument text in, checked, the function called, result text out through `answer`. False: refused.
    /// All texts are `padded`.
    std::array<bool (*)(std::string& arguments), task_count> call;
    /// One line of JSON-RPC in, its answer out through `answer`. False: no answer. Null: it has none.
    bool (*line)(std::string& line);
    /// The JSON Schemas of the arguments, where they are constants; empty if they are not.
    std::array<std::string_view, task_count> schema = {};
    /// Otherwise: makes one. Null: it has none.
    std::array<std::string (*)(), task_count> make_schema = {};
};

extern const approach by_haft;           ///< into a string that is used again; lines with text only, as the peers' are
extern const approach by_haft_as_usual;  ///< tool.call; lines with structuredContent beside the text
extern const approach by_glaze;
extern const approach by_reflect_cpp;
extern const approach by_simdjson;             ///< on demand, by hand
extern const approach by_simdjson_reflection;  ///< C++26 reflection
extern const approach by_nlohmann;             ///< by hand

}  // namespace bench

#endif  // HAFT_BENCH_RUN_APPROACH_HPP
