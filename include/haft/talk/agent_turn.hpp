// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TALK_AGENT_TURN_HPP
#define HAFT_TALK_AGENT_TURN_HPP

/// All from what a user says to the reply that calls nothing more, as a value: it says what it waits for, a reply of the model or
/// answers to calls, and goes on when it is given that. It asks no model and runs no tool; hooks and enrichers run on the thread of
/// whoever hands something in.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/enrich/enrich_answer.hpp>
#include <haft/enrich/enrichment_set.hpp>
#include <haft/format/name.hpp>
#include <haft/hook/hook_set.hpp>
#include <haft/hook/points.hpp>
#include <haft/model/model.hpp>
#include <haft/run/batch_result.hpp>
#include <haft/run/pending.hpp>
#include <haft/talk/loop_guard.hpp>
#include <haft/tool/message.hpp>
#include <haft/tool/tool_call.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// What a turn waits for.
enum class turn_state : unsigned char {
    model,        ///< for the model's reply to `request()`
    calls,        ///< for what comes of `calls()`
    paused,       ///< for somebody: store the history, and make a turn of it when he has answered
    finished,     ///< for nothing; `reply()` is the last word
    interrupted,  ///< for nothing: somebody ended it; `reply()` is what had come of the last reply
    failed,       ///< for nothing; `problem()` says why
};

/// How a turn is taken. What it points to must outlive the turn.
struct turn_options {
    std::string system = {};                          ///< the instructions, enriched already
    std::string model = {};                           ///< its name, for hooks
    const formats::name_map* tools = nullptr;         ///< what the model may call; null: nothing
    std::vector<std::string> server_side_tools = {};  ///< that its provider runs
    std::string model_options = {};                   ///< see model_request::options
    std::string schema = {};                          ///< JSON Schema of the reply; "": it is free
    loop_guard rounds = {};                           ///< how often it may call, until it is asked for what it has
    hook_set* hooks = nullptr;
    const enrichment_set* enrichers = nullptr;
    std::string workspace = {};  ///< for hooks
    bool interactive = false;    ///< whether there is a person who could say something; for hooks
    stop_token stop = {};
    /// Is told what went wrong without ending the turn, such as an enricher that failed.
    std::function<void(const error&)> tell = {};
};

/// One thread at a time. Hooks may throw session_complete: it passes through whatever was called; the turn is over then, and its
/// history is one that can be gone on with.
class agent_turn {
public:
    /// A turn that begins with what a user says, after the hooks of turn_pre and the enrichers of prompts.
    HAFT_COLD agent_turn(std::vector<message> history, message prompt, turn_options options = {})
        : agent_turn(std::move(history), std::move(options), not_begun{}) {
        begin(std::move(prompt));
    }
    /// A turn that is taken up where a history ends: with calls that have no answer yet, with a reply that is missing, or with nothing
    /// to do. [EX-08]
    HAFT_COLD explicit agent_turn(std::vector<message> history, turn_options options = {})
        : agent_turn(std::move(history), std::move(options), not_begun{}) {
        go_on();
    }

    /// A turn of which nothing has run yet: it finishes, unless `begin` or `go_on` is called, once.
    struct not_begun {};
    HAFT_COLD agent_turn(std::vector<message> history, turn_options options, not_begun)
        : options_(std::move(options)), history_(std::move(history)), state_(turn_state::finished) {
        pair_calls(history_);
    }
    /// Begins it with what a user says. Calls that were open are given up.
    void begin(message prompt);
    /// Takes it up where the history ends.
    void go_on();

    turn_state state() const noexcept { return state_; }

    /// What the model is to be asked. Requires turn_state::model.
    HAFT_COLD model_request request() const {
        model_request out;
        out.system = options_.system;
        out.messages = history_;
        if (last_round_) out.messages.push_back({.role = role::system, .text = options_.rounds.words()});
        else out.tools = options_.tools, out.server_side_tools = options_.server_side_tools;
        out.schema = options_.schema;
        out.options = options_.model_options;
        out.stop = options_.stop;
        return out;
    }
    /// What the model has said, or why it has said nothing, which ends the turn. Requires turn_state::model.
    void replied(result<model_reply> given);
    /// Somebody has ended the generation before the model was done, or before it began: what had come of it stands in the history, and
    /// the turn ends. Requires turn_state::model.
    void interrupted(message so_far, std::string_view reason);

    /// The calls that are to be run. Requires turn_state::calls.
    const std::vector<tool_call>& calls() const noexcept { return calls_; }
    /// What has come of them; results go through the enrichers. With paused ones among them the turn is paused. Requires
    /// turn_state::calls.
    void answered(batch_result batch);

    /// The talk so far. Whoever stores it can make a turn of it later.
    const std::vector<message>& history() const noexcept { return history_; }
    std::vector<message> take_history() noexcept { return std::move(history_); }
    /// The model's last message. Requires turn_state::finished or interrupted.
    const message& reply() const noexcept { return reply_; }
    /// Requires turn_state::failed.
    const error& problem() const noexcept { return problem_; }
    /// The calls that wait for somebody. Requires turn_state::paused.
    const std::vector<paused_call>& paused_calls() const noexcept { return paused_; }
    /// Why the session is to end, if a hook at a call has asked for that; the turn is over then. [HK-07]
    const std::optional<std::string>& session_ends() const noexcept { return session_ends_; }
    /// What enrichers have found in the prompt: a JSON object, or "". [EN-03]
    const std::string& prompt_metadata() const noexcept { return prompt_metadata_; }
    token_usage usage() const noexcept { return usage_; }                ///< of all replies of this turn together
    unsigned rounds() const noexcept { return options_.rounds.rounds; }  ///< requests so far

private:
    void next_step();
    void take_reply(message reply);
    void finish();
    void pause();
    void fail(error why);
    void enrich_answers(batch_result& batch);
    void give_ids(const batch_result& batch);

    message_log log() const { return std::make_shared<const std::vector<message>>(history_); }
    /// Asks the hooks of a point; `make` makes their data, and is not called if there are none.
    template <class Point, class Make>
    hook_reply ask(Make make) {
        if (!options_.hooks || options_.hooks->at<Point>().empty()) return {};
        return options_.hooks->emit<Point>(make());
    }
    void append(std::vector<message> said) { append_messages(history_, std::move(said)); }
    void tell(const std::vector<error>& failures) const {
        if (options_.tell)
            for (const error& e : failures) options_.tell(e);
    }

    turn_options options_;
    std::vector<message> history_;
    turn_state state_ = turn_state::failed;
    std::size_t steps_ = 0;
    bool last_round_ = false;
    std::vector<tool_call> calls_;
    std::vector<paused_call> paused_;
    std::vector<message>
        after_answers_;  // of hooks, while calls are open: nothing may stand between these and their answers
    message reply_ = {.role = role::assistant};
    error problem_;
    std::optional<std::string> session_ends_;
    std::string prompt_metadata_;
    token_usage usage_;
};

#if HAFT_DEFINES_LARGE()

HAFT_LARGE void agent_turn::begin(message prompt) {
    give_up_pending(history_, "the talk went on without it");
    hook_reply said = ask<turn_pre>([&] { return turn_pre::data{prompt, options_.workspace, log()}; });
    append(std::move(said.messages));
    if (said.replacement) prompt.text = std::move(*said.replacement);
    if (options_.enrichers) {
        enriched better = options_.enrichers->enrich_prompt(std::move(prompt.text));
        prompt.text = std::move(better.text);
        prompt_metadata_ = std::move(better.metadata_json);
        tell(better.failures);
    }
    history_.push_back(std::move(prompt));
    next_step();
}

HAFT_LARGE void agent_turn::go_on() {
    auto last = history_.rbegin();  // what hooks have said is no reason to go on
    while (last != history_.rend() && last->role == role::system) ++last;
    for (auto one = last; one != history_.rend() && one->role != role::user; ++one)
        if (one->role == role::assistant) ++options_.rounds.rounds;
    calls_ = pending(history_);
    if (!calls_.empty()) state_ = turn_state::calls;
    else if (last == history_.rend() || last->role == role::assistant) state_ = turn_state::finished;
    else next_step();
}

HAFT_LARGE void agent_turn::next_step() {
    ++steps_;
    last_round_ = options_.rounds.next() != round_kind::with_tools;
    append(ask<step_pre>([&] { return step_pre::data{steps_, options_.workspace, log()}; }).messages);
    hook_reply said =
        ask<generation_pre>([&] { return generation_pre::data{options_.model, options_.workspace, log()}; });
    append(std::move(said.messages));
    if (said.vetoed) return fail({errc::generation_vetoed, concat({"the model was not asked: ", *said.vetoed})});
    state_ = turn_state::model;
}

HAFT_LARGE void agent_turn::replied(result<model_reply> given) {
    if (!given) return fail(std::move(given.error()));
    usage_.input += given->usage.input;
    usage_.output += given->usage.output;
    message reply = std::move(given->reply);
    reply.role = role::assistant;
    take_reply(std::move(reply));
}

HAFT_LARGE void agent_turn::take_reply(message reply) {
    hook_reply changed = ask<message_transform>([&] { return message_transform::data{reply, options_.workspace}; });
    if (changed.replacement) reply.text = std::move(*changed.replacement);
    after_answers_ = std::move(changed.messages);
    hook_reply seen =
        ask<generation_post>([&] { return generation_post::data{reply, options_.model, options_.workspace}; });
    for (message& m : seen.messages) after_answers_.push_back(std::move(m));
    reply_ = reply;
    history_.push_back(std::move(reply));

    calls_ = pending(history_);
    if (calls_.empty()) return finish();
    if (!last_round_) {
        state_ = turn_state::calls;
        return;
    }
    // It was shown no tools. Every call has an answer all the same, or the next request would be refused. [IO-07]
    give_up_pending(history_, "no tools can be called any more");
    finish();
}

HAFT_LARGE void agent_turn::finish() {
    append(std::exchange(after_answers_, {}));
    append(ask<step_post>([&] { return step_post::data{steps_, options_.workspace, log()}; }).messages);
    std::vector<message> more = ask<loop_continue>([&] {
                                    return loop_continue::data{options_.interactive, options_.workspace, log()};
                                }).messages;
    if (!more.empty() && !last_round_ && !options_.rounds.is_spent()) {
        append(std::move(more));
        return next_step();
    }
    hook_reply said = ask<turn_post>([&] { return turn_post::data{reply_, options_.workspace, log()}; });
    if (said.replacement) {
        reply_.text = std::move(*said.replacement);
        for (auto one = history_.rbegin(); one != history_.rend(); ++one)
            if (one->role == role::assistant) {
                one->text = reply_.text;
                break;
            }
    }
    append(std::move(said.messages));
    state_ = turn_state::finished;
}

HAFT_LARGE void agent_turn::interrupted(message so_far, std::string_view reason) {
    so_far.role = role::assistant;
    so_far.calls.clear();  // nobody knows whether they are whole
    hook_reply said = ask<generation_interrupt>(
        [&] { return generation_interrupt::data{so_far, std::string(reason), options_.model}; });
    reply_ = so_far;
    if (!so_far.text.empty()) history_.push_back(std::move(so_far));
    append(std::move(said.messages));
    state_ = turn_state::interrupted;
}

HAFT_LARGE void agent_turn::answered(batch_result batch) {
    give_ids(batch);
    enrich_answers(batch);
    append_answers(history_, std::move(batch.answers));
    paused_ = std::move(batch.paused);
    for (message& m : batch.messages) after_answers_.push_back(std::move(m));
    session_ends_ = std::move(batch.session_ends);
    calls_ = pending(history_);
    if (!calls_.empty()) return pause();
    append(std::exchange(after_answers_, {}));
    append(ask<step_post>([&] { return step_post::data{steps_, options_.workspace, log()}; }).messages);
    if (session_ends_) state_ = turn_state::finished;
    else next_step();
}

/// What hooks have said can't stand behind calls that are open, and would be lost if it stood nowhere: it goes before them.
HAFT_LARGE void agent_turn::pause() {
    append(std::exchange(after_answers_, {}));
    state_ = turn_state::paused;
}

/// Calls that came without ids have got some; the history shows them, so that answers find their calls.
HAFT_LARGE void agent_turn::give_ids(const batch_result& batch) {
    for (auto m = history_.rbegin(); m != history_.rend(); ++m) {
        if (m->role != role::assistant) continue;
        std::size_t next = 0;
        for (tool_call& c : m->calls) {
            if (next == calls_.size()) break;
            if (c != calls_[next]) continue;
            if (next < batch.calls.size()) c.id = batch.calls[next].id;
            ++next;
        }
        return;
    }
}

HAFT_LARGE void agent_turn::enrich_answers(batch_result& batch) {
    if (!options_.enrichers) return;
    for (tool_answer& a : batch.answers)
        for (const tool_call& c : batch.calls)
            if (!a.is_error && c.id == a.id && c.name == a.name) {
                tell(enrich_answer(*options_.enrichers, a, c).failures);
                break;
            }
}

HAFT_LARGE void agent_turn::fail(error why) {
    problem_ = std::move(why);
    state_ = turn_state::failed;
}

#endif

}  // namespace haft::inline v0

#endif  // HAFT_TALK_AGENT_TURN_HPP
