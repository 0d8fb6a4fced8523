// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TALK_LOOP_GUARD_HPP
#define HAFT_TALK_LOOP_GUARD_HPP

/// How often a model may ask for calls before it has to answer. [EX-07]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>

#include <string>

namespace haft::inline v0 {

/// What the next round is.
enum class round_kind : unsigned char {
    with_tools,
    final_answer,  ///< the model is shown no tools, so that it says what it has found out (llm#1026)
    over,          ///< it asked for calls all the same
};

/// Counts the rounds of one turn: `while (guard.next() != haft::round_kind::over) …`. A value; not for several threads.
struct loop_guard {
    unsigned max_rounds = 10;  ///< with tools; 0: no limit (llm's)
    unsigned rounds = 0;       ///< so far

    /// Begins a round, and tells what it may be. Each of the first `max_rounds` has tools; then comes one without, where nothing is
    /// lost: the calls of the round before have been made and their results are there.
    constexpr round_kind next() noexcept {
        if (max_rounds == 0) return ++rounds, round_kind::with_tools;
        if (rounds > max_rounds) return round_kind::over;
        return ++rounds <= max_rounds ? round_kind::with_tools : round_kind::final_answer;
    }
    /// Whether all rounds with tools have been.
    constexpr bool is_spent() const noexcept { return max_rounds != 0 && rounds >= max_rounds; }
    /// What a model is told before its final answer.
    HAFT_COLD std::string words() const {
        return concat(
            {"The limit of ", decimal(max_rounds),
             " rounds of tool calls is reached. Answer now with what you know; no tools can be called any more."});
    }
};

}  // namespace haft::inline v0

#endif  // HAFT_TALK_LOOP_GUARD_HPP
