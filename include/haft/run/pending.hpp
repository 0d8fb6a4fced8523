// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_PENDING_HPP
#define HAFT_RUN_PENDING_HPP

/// Which calls of a talk have no answer yet, and how answers get into it. [EX-08, IO-07]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/tool/message.hpp>
#include <haft/tool/tool_call.hpp>

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// Where the calls are that may still be answered, and the answers that are there.
struct open_calls {
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
    std::size_t asked_at = nowhere;                  ///< the last message of an assistant, if only answers follow it
    std::size_t answers_at = nowhere;                ///< the first message of answers behind it
    std::vector<const tool_answer*> answer_of = {};  ///< for each call; null: none yet
};

HAFT_COLD inline open_calls find_open_calls(const std::vector<message>& history) {
    open_calls out;
    std::vector<const tool_answer*> answers;
    std::size_t at = history.size();
    while (at > 0 && history[at - 1].role == role::tool) --at;
    if (at == 0 || history[at - 1].role != role::assistant) return out;  // the talk has moved on, or not begun
    out.asked_at = at - 1;
    if (at < history.size()) out.answers_at = at;
    for (; at < history.size(); ++at)
        for (const tool_answer& a : history[at].answers) answers.push_back(&a);
    const std::vector<tool_call>& calls = history[out.asked_at].calls;
    out.answer_of.resize(calls.size());
    // By ids first; what is left over by names, where one of the two has no id. (llm's rule)
    const auto match = [&](auto fits) {
        for (const tool_answer*& a : answers)
            for (std::size_t i = 0; a && i < calls.size(); ++i)
                if (!out.answer_of[i] && fits(calls[i], *a)) out.answer_of[i] = std::exchange(a, nullptr);
    };
    match([](const tool_call& c, const tool_answer& a) { return !c.id.empty() && c.id == a.id; });
    match([](const tool_call& c, const tool_answer& a) { return c.name == a.name && (c.id.empty() || a.id.empty()); });
    return out;
}

}  // namespace detail

/// The calls of the last message of an assistant that have no answer, in their order; none if anything but answers follows it: a talk
/// that has moved on is not taken up again. Answers belong to calls by their ids or, where either has none, by their names. [EX-08]
HAFT_COLD inline std::vector<tool_call> pending(const std::vector<message>& history) {
    const detail::open_calls open = detail::find_open_calls(history);
    std::vector<tool_call> out;
    for (std::size_t i = 0; i < open.answer_of.size(); ++i)
        if (!open.answer_of[i]) out.push_back(history[open.asked_at].calls[i]);
    return out;
}

/// Puts answers into a talk: one message of role `tool` behind the calls has all of them, in the order of the calls, the old ones and
/// the new. An answer to no open call is left out. Requires nothing; does nothing if the talk has moved on.
HAFT_COLD inline void append_answers(std::vector<message>& history, std::vector<tool_answer> answers) {
    const detail::open_calls before = detail::find_open_calls(history);
    if (before.asked_at == detail::open_calls::nowhere) return;
    message added{.role = role::tool};
    added.answers = std::move(answers);
    history.push_back(std::move(added));
    const detail::open_calls open = detail::find_open_calls(history);
    message all{.role = role::tool};
    for (const tool_answer* const a : open.answer_of)
        if (a) all.answers.push_back(*a);
    history.resize(open.asked_at + 1);
    if (!all.answers.empty()) history.push_back(std::move(all));
}

/// Adds messages to a talk. Nothing may stand between calls and their answers, so while calls are open it goes before them.
HAFT_COLD inline void append_messages(std::vector<message>& history, std::vector<message> said) {
    if (said.empty()) return;
    const std::size_t at = pending(history).empty() ? history.size() : detail::find_open_calls(history).asked_at;
    history.insert(history.begin() + static_cast<std::ptrdiff_t>(at), std::make_move_iterator(said.begin()),
                   std::make_move_iterator(said.end()));
}

/// Answers every call that is still open with an error, so that the talk can go on without them: a provider refuses one in which a
/// call has no answer. [IO-07]
HAFT_COLD inline void give_up_pending(std::vector<message>& history, std::string_view reason) {
    std::vector<tool_answer> answers;
    for (const tool_call& c : pending(history)) {
        tool_answer a;
        a.id = c.id;
        a.name = c.name;
        a.text = concat({"Error: the call was not made: ", reason});
        a.is_error = true;
        answers.push_back(std::move(a));
    }
    if (!answers.empty()) append_answers(history, std::move(answers));
}

/// Makes a talk from elsewhere one that a provider takes: calls in its midst that have no answer get one that says so, and answers to
/// no call are taken out. The last calls may be open; see pending. [IO-07]
HAFT_COLD inline void pair_calls(std::vector<message>& history) {
    std::vector<message> out;
    for (std::size_t i = 0; i < history.size(); ++i) {
        if (history[i].role == role::tool) {  // behind no calls
            if (!out.empty() && out.back().role == role::assistant && !out.back().calls.empty())
                append_answers(out, std::move(history[i].answers));
            else if (!out.empty() && out.back().role == role::tool) append_answers(out, std::move(history[i].answers));
            continue;
        }
        give_up_pending(out, "the talk went on without it");
        out.push_back(std::move(history[i]));
    }
    history = std::move(out);
}

}  // namespace haft::inline v0

#endif  // HAFT_RUN_PENDING_HPP
