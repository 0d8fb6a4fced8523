// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TALK_CONVERSATION_HPP
#define HAFT_TALK_CONVERSATION_HPP

/// A talk with a model that may call tools: takes turns by asking a model and running calls, on the thread of whoever says
/// something, until the turn ends or somebody has to be waited for.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/core/text.hpp>
#include <haft/enrich/enrichment_set.hpp>
#include <haft/hook/hook_set.hpp>
#include <haft/hook/points.hpp>
#include <haft/kind/kinds.hpp>
#include <haft/kind/registry_of.hpp>
#include <haft/model/capabilities.hpp>
#include <haft/model/context_collector.hpp>
#include <haft/model/model.hpp>
#include <haft/run/call_runner.hpp>
#include <haft/run/pending.hpp>
#include <haft/talk/agent_turn.hpp>
#include <haft/tool/message.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// How a conversation is led. What it points to must outlive the conversation.
struct conversation_options {
    std::string system = {};             ///< the instructions: see system_instructions()
    std::vector<message> history = {};   ///< what was said before; of a conversation that was paused, all of it
    std::string model_options = {};      ///< see model_request::options
    unsigned max_rounds = 10;            ///< see loop_guard
    std::string workspace = {};          ///< for hooks
    std::string logdir = {};             ///< for hooks
    bool interactive = false;            ///< for hooks
    model_listener* listener = nullptr;  ///< hears replies while they come
    /// Is told what went wrong without ending a turn.
    std::function<void(const error&)> tell = {};
};

/// What has come of one turn.
struct turn_end {
    turn_state state = turn_state::failed;  ///< finished, interrupted, paused or failed
    message reply = {.role = role::assistant};
    std::vector<paused_call> paused = {};  ///< calls that wait for somebody
    std::optional<error> problem = {};     ///< why it has failed
    token_usage usage = {};
    bool session_complete = false;  ///< a hook has ended the session; nothing more can be said
};

/// For one thread at a time. Hooks and enrichers are those of `parts` (of a registry: `registry.all_kinds()`), tools those of the runner.
/// Its begin and its end are the points session_start and session_end.
class conversation {
public:
    HAFT_COLD conversation(kinds& parts, model& asked, call_runner& runner, conversation_options options = {})
        : parts_(parts),
          model_(asked),
          runner_(runner),
          options_(std::move(options)),
          history_(std::move(options_.history)) {
        try {
            if (hook<session_start>& at = hooks().at<session_start>(); !at.empty())
                append(at.emit({options_.logdir, options_.workspace, history_}).messages);
        } catch (const session_complete&) { end(); }
    }
    conversation(const conversation&) = delete;
    conversation& operator=(const conversation&) = delete;
    HAFT_COLD ~conversation() {
        try {
            end();
        } catch (...) {}  // nobody is left to be told
    }

    /// One turn, begun by what a user says. `stop` ends a reply that is coming, and the calls that run. Nothing is thrown but
    /// run_failed (a callback of the runner's has a bug; what came of the calls stands in the history) and std::bad_alloc.
    turn_end say(message prompt, stop_token stop = {}) {
        return take(stop, [&](agent_turn& turn) { turn.begin(std::move(prompt)); });
    }
    turn_end say(std::string text, stop_token stop = {}) {
        return say(message{.role = role::user, .text = std::move(text)}, stop);
    }
    /// Goes on where the history ends: with calls that were paused, or a reply that did not come. [EX-08]
    turn_end go_on(stop_token stop = {}) {
        return take(stop, [](agent_turn& turn) { turn.go_on(); });
    }

    /// Ends the session; what is said afterwards is refused. Safe to call again.
    HAFT_COLD void end() {
        if (std::exchange(ended_, true)) return;
        try {
            if (hook<session_end>& at = hooks().at<session_end>(); !at.empty())
                at.emit({options_.logdir, options_.workspace, std::make_shared<const std::vector<message>>(history_)});
        } catch (const session_complete&) {}  // it is
    }
    bool ended() const noexcept { return ended_; }

    const std::vector<message>& history() const noexcept { return history_; }
    /// What a command has to say, or whatever else is not part of a turn.
    void append(std::vector<message> said) { append_messages(history_, std::move(said)); }
    /// Takes the last message out again: a command that is no part of the talk. Requires that there is one.
    void undo() { history_.pop_back(); }

private:
    hook_set& hooks() { return parts_.get<hook_set>(); }

    HAFT_COLD turn_options turn(stop_token stop) {
        tools_ = runner_.tools();
        turn_options out;
        out.system = options_.system;
        out.model = model_.info().id;
        if (!tools_->tools().empty() && model_.info().supports_tools) out.tools = &tools_->names();
        out.model_options = options_.model_options;
        out.rounds.max_rounds = options_.max_rounds;
        out.hooks = &hooks();
        out.enrichers = &parts_.get<enrichment_set>();
        out.workspace = options_.workspace;
        out.interactive = options_.interactive;
        out.stop = stop;
        out.tell = options_.tell;
        return out;
    }

    template <class Begin>
    turn_end take(stop_token stop, Begin begin) {
        if (ended_) return {.problem = error{errc::session_over, "the session is over; begin another one"}};
        turn_end out;
        std::optional<agent_turn> current;
        try {
            collect();
            current.emplace(std::move(history_), turn(stop), agent_turn::not_begun{});
            begin(*current);
            go(*current, stop);
            tell_end(*current, out);
        } catch (const session_complete& over) {
            out = {.state = turn_state::finished};
            out.session_complete = true;
            out.reply.text = over.what();
        } catch (...) {
            if (current) history_ = current->take_history();
            throw;
        }
        if (current) history_ = current->take_history();
        if (out.session_complete) end();
        return out;
    }

    void go(agent_turn& turn, stop_token stop);
    void ask(agent_turn& turn, stop_token stop);
    static void tell_end(const agent_turn& turn, turn_end& out);
    void collect();
    void collect(context_collector& one);

    kinds& parts_;
    model& model_;
    call_runner& runner_;
    conversation_options options_;
    std::vector<message> history_;
    std::shared_ptr<const tools_now> tools_;  // of the current turn
    bool ended_ = false;
};

namespace detail {

/// Hands the pieces of a reply on, and lets hooks end it.
class chunk_listener final : public model_listener {
public:
    chunk_listener(hook<generation_chunk>& hooks, model_listener* next, std::string model, stop_token outer)
        : hooks_(hooks), next_(next), model_(std::move(model)), outer_(outer) {}

    void on_text(std::string_view piece) override {
        if (stopped_) return;
        try {
            if (!hooks_.empty())
                if (const hook_reply said = hooks_.emit({std::string(piece), model_}); said.vetoed) {
                    reason_ = *said.vetoed;
                    stopped_ = true;
                    return;
                }
            text_ += piece;
            if (next_) next_->on_text(piece);
        } catch (...) {  // not through the model
            thrown_ = std::current_exception();
            stopped_ = true;
        }
    }
    bool vetoed() const noexcept { return stopped_; }
    /// For the model: whether to go on.
    bool stop_requested() const noexcept { return stopped_ || outer_.stop_requested(); }
    /// Requires that nobody is speaking any more.
    void rethrow() const {
        if (thrown_) std::rethrow_exception(thrown_);
    }
    const std::string& text() const noexcept { return text_; }
    std::string_view reason() const noexcept { return stopped_ ? std::string_view(reason_) : "it was asked to stop"; }

private:
    hook<generation_chunk>& hooks_;
    model_listener* next_;
    std::string model_;
    stop_token outer_;
    std::string text_;
    std::string reason_;
    std::exception_ptr thrown_;
    bool stopped_ = false;
};

}  // namespace detail

#if HAFT_DEFINES_LARGE()

/// Makes room, if somebody who can thinks that there is too little. [MP-05]
HAFT_LARGE void conversation::collect() {
    for (const auto& one : parts_.get<registry_of<context_collector>>().all()) try {
            collect(*one.thing);
        } catch (const session_complete&) { throw; } catch (...) {
            if (options_.tell)
                options_.tell({errc::model_failed,
                               concat({"context collector ", in_quotes(one.name), ": ", detail::caught_text()})});
        }
}

HAFT_LARGE void conversation::collect(context_collector& one) {
    context_use use{0, model_.info().context};
    for (const message& m : history_) use.used += estimated_tokens(m);
    if (!one.should_collect(history_, use)) return;
    result<collected_context> left = one.collect(history_, use);
    if (!left) {
        if (options_.tell) options_.tell(left.error());
        return;
    }
    const auto before = std::make_shared<const std::vector<message>>(std::move(history_));
    history_ = std::move(left->messages);
    if (hook<compaction>& at = hooks().at<compaction>(); !at.empty())
        append(at.emit({before->size(), history_.size(), before}).messages);
}

HAFT_LARGE void conversation::ask(agent_turn& turn, stop_token stop) {
    if (stop.stop_requested()) return turn.interrupted({}, "it was asked to stop");
    model_request request = turn.request();
    if (result<void> can = can_be_asked(model_.info(), request); !can) return turn.replied(std::move(can.error()));
    detail::chunk_listener hears(hooks().at<generation_chunk>(), options_.listener, model_.info().id, stop);
    request.stop = stop_token(hears);
    result<model_reply> reply = model_reply{};
    try {
        reply = model_.ask(request, &hears);
    } catch (const std::bad_alloc&) { throw; } catch (...) {
        reply = error{errc::model_failed,
                      concat({"model ", in_quotes(model_.info().id), " has thrown: ", detail::caught_text()})};
    }
    hears.rethrow();
    // A reply that is whole counts, be it asked to stop or not.
    if (!hears.vetoed() && (reply || !hears.stop_requested())) return turn.replied(std::move(reply));
    turn.interrupted({.role = role::assistant, .text = hears.text()}, hears.reason());
}

HAFT_LARGE void conversation::go(agent_turn& turn, stop_token stop) {
    for (;;) {
        if (turn.state() == turn_state::model) {
            ask(turn, stop);
        } else if (turn.state() == turn_state::calls) {
            try {
                turn.answered(runner_.run_all(turn.calls(), stop));
            } catch (run_failed& failed) {  // the calls have been made all the same
                turn.answered(std::move(failed.batch));
                throw;
            }
        } else {
            return;
        }
    }
}

HAFT_LARGE void conversation::tell_end(const agent_turn& turn, turn_end& out) {
    out.state = turn.state();
    out.usage = turn.usage();
    if (out.state == turn_state::finished || out.state == turn_state::interrupted) out.reply = turn.reply();
    if (out.state == turn_state::paused) out.paused = turn.paused_calls();
    if (out.state == turn_state::failed) out.problem = turn.problem();
    if (!turn.session_ends()) return;
    out.session_complete = true;
    out.reply.text = *turn.session_ends();
}

#endif

}  // namespace haft::inline v0

#endif  // HAFT_TALK_CONVERSATION_HPP
