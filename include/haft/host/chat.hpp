// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_CHAT_HPP
#define HAFT_HOST_CHAT_HPP

/// A chat at a terminal: what a registry holds, a model, and a person who types. POSIX. [CM-07]

#include <haft/command/command_set.hpp>
#include <haft/command/tool_fallback.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/core/text.hpp>
#include <haft/hook/hook_set.hpp>
#include <haft/hook/points.hpp>
#include <haft/host/arguments.hpp>
#include <haft/host/ask_person.hpp>
#include <haft/host/call_display.hpp>
#include <haft/host/chat_beginning.hpp>
#include <haft/host/chat_completion.hpp>
#include <haft/host/edit_text.hpp>
#include <haft/host/interrupt.hpp>
#include <haft/host/line_source.hpp>
#include <haft/host/screen_text.hpp>
#include <haft/host/terminal.hpp>
#include <haft/host/terminal_asker.hpp>
#include <haft/model/model.hpp>
#include <haft/prompt/evaluate.hpp>
#include <haft/prompt/load_fragments.hpp>
#include <haft/registry/registry.hpp>
#include <haft/rules/auto_approved.hpp>
#include <haft/rules/policy.hpp>
#include <haft/rules/policy_guard.hpp>
#include <haft/rules/rule_gates.hpp>
#include <haft/run/call_hooks.hpp>
#include <haft/run/call_runner.hpp>
#include <haft/talk/chat_lines.hpp>
#include <haft/talk/conversation.hpp>
#include <haft/tool/approver.hpp>
#include <haft/tool/message.hpp>

#include <cstdio>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

struct chat_setup {
    chat_beginning begin = {};
    terminal out = {}, err = {};
    std::string workspace = {};  ///< for hooks
    unsigned max_rounds = 10;    ///< see loop_guard
    /// Who is asked, and what nobody is: see policy. What owners declare harmless (`auto_approved`) is added.
    policy rules = {.otherwise = verdict::allow};
    std::string greeting = {};   ///< what a person is told first
};

/// One chat. Unless its rules say otherwise, what only reads, or adds, is called; of anything else the person is asked, and where nobody
/// sits there it is not called.
class chat {
public:
    /// All but the setup must outlive it.
    chat(haft::registry& parts, model& asked, line_source& lines, chat_setup how);
    chat(const chat&) = delete;
    chat& operator=(const chat&) = delete;

    /// Until the lines end, or somebody wants to go. Gives the exit code: with nobody there, 1 if a message had no answer.
    int run();

private:
    /// What the gate of the policy has let through needs no second yes; what is demanded of one call does.
    class person final : public approver {
    public:
        explicit person(policy_guard& by) : by_(by) {}
        approval ask(const tool&, std::string_view) override { return {true, {}}; }
        approval demand(const tool& wanted, std::string_view arguments, std::string_view why) override {
            return by_.demand(wanted, arguments, why);
        }

    private:
        policy_guard& by_;
    };
    /// The reply as it comes.
    class printer final : public model_listener {
    public:
        HAFT_COLD void on_text(std::string_view piece) override { write(text_.take(piece)); }
        /// Behind the reply: ends its line.
        HAFT_COLD void finish() {
            write(text_.finish());
            if (!std::exchange(at_start_, true)) std::fputc('\n', stdout);
            std::fflush(stdout);
        }

    private:
        void write(const std::string& text) {
            if (text.empty()) return;
            at_start_ = text.back() == '\n';
            std::fwrite(text.data(), 1, text.size(), stdout);
            std::fflush(stdout);
        }
        screen_text text_;
        bool at_start_ = true;
    };
    tool_source tools_of(const chat_setup& how) const {
        return how.begin.tools ? tool_source(*how.begin.tools) : tool_source(parts_);
    }
    permission_reply ask(const permission_question& q);
    bool confirm(std::string_view question);

    bool take(const chat_entry& entry, bool may_be_command, std::string_view line);
    void edit(std::string_view text);
    bool say(const chat_entry& entry);
    bool command(std::string_view line);
    template <class Turn>
    bool turn(Turn begin);
    bool tell(const turn_end& end);
    result<std::string> call_tool(std::string_view name, std::string_view arguments, const call_options& how);

    void tell_error(const error& e) { fail(e.text()); }
    void fail(std::string_view what) {
        failed_ = true;
        note(how_.err.bad("Error: "), on_screen(what));
    }
    static void note(std::string_view mark, std::string_view text) {
        std::fflush(stdout);
        const std::string line = concat({mark, text, "\n"});
        std::fwrite(line.data(), 1, line.size(), stderr);
    }

    haft::registry& parts_;
    line_source& lines_;
    chat_setup how_;
    chat_lines typed_;
    call_display display_;
    policy_guard guard_;
    person person_;
    printer printer_;
    terminal_asker asks_;
    call_runner runner_;
    std::string model_name_;
    conversation talk_;
    bool failed_ = false;
    bool can_try_again_ = false;
};

HAFT_COLD inline chat::chat(haft::registry& parts, model& asked, line_source& lines, chat_setup how)
    : parts_(parts),
      lines_(lines),
      how_(std::move(how)),
      display_(how_.err),
      guard_(with_auto_approved(how_.rules, *parts.snapshot()),
             lines.is_person() ? policy_guard::ask_function([this](const permission_question& q) { return ask(q); })
                               : policy_guard::ask_function()),
      person_(guard_),
      asks_(lines, how_.out, stdout,
            [this] {
                display_.clear();
                printer_.finish();
            }),
      runner_(tools_of(how_), {.call = {.listener = &display_, .asked = &person_, .asker = lines.is_person() ? &asks_ : nullptr}}),
      model_name_(asked.info().id),
      talk_(parts.all_kinds(), asked,
            (fire_hooks(runner_, parts.get<hook_set>(), {.workspace = how_.workspace}), runner_.add_gate(policy_gate(guard_)),
             watch_for_loops(runner_), watch_taint(runner_), runner_),
            {.system = how_.begin.system,
             .model_options = how_.begin.model_options,
             .max_rounds = how_.max_rounds,
             .workspace = how_.workspace,
             .interactive = lines.is_person(),
             .listener = &printer_,
             .tell = [this](const error& e) { note(how_.err.warn("Warning: "), on_screen(e.text())); }}) {
    lines_.complete_by([this](std::string_view line) {
        if (!typed_.ends_at().empty()) return line_completions{};
        return complete_chat_line(parts_, runner_.tools()->tools(), line);
    });
}

/// The hooks first, as anywhere, and then the person. [EX-11]
HAFT_COLD inline permission_reply chat::ask(const permission_question& q) {
    display_.clear();
    printer_.finish();
    tool_confirm::data data;
    data.call.name = q.tool.name;
    data.call.arguments = q.call.canonical;
    data.tool = q.tool.name;
    data.effect = q.tool.effect;
    data.workspace = how_.workspace;
    if (const std::optional<approval> said = parts_.get<hook_set>().emit<tool_confirm>(data))
        return {said->given ? permission_reply::kind::allow : permission_reply::kind::deny, said->given ? std::string() : said->reason};
    return ask_person(lines_, how_.out, q);
}

HAFT_COLD inline bool chat::confirm(std::string_view question) {
    if (!lines_.is_person()) return false;
    const read_line typed = lines_.read(concat({on_screen(question), " [y/n] "}));
    return typed.what == read_line::kind::line && (typed.text == "y" || typed.text == "yes");
}

HAFT_COLD inline int chat::run() {
    for (const std::string& one : how_.begin.notes) note(how_.err.warn("Note: "), on_screen(one));
    if (lines_.is_person()) detail::show_line(how_.out.dim(how_.greeting));
    bool goes_on = !talk_.ended();
    while (goes_on) {
        const bool in_message = !typed_.ends_at().empty();
        const read_line line = lines_.read(in_message ? ". " : "> ");
        if (line.what == read_line::kind::interrupted && !lines_.is_person()) {
            failed_ = true;  // nobody sits there who would type something else
            break;
        }
        if (line.what == read_line::kind::interrupted) {
            detail::show_line("");
            if (in_message) detail::show_line(how_.out.dim("(the message is dropped)"));
            typed_.forget();
            continue;
        }
        if (line.what == read_line::kind::end) {
            if (lines_.is_person()) detail::show_line("");
            if (in_message) fail(concat({"the message has no ", typed_.ends_at(), " and was not sent"}));
            break;
        }
        if (!line.text.empty()) lines_.remember(line.text);
        try {
            goes_on = take(typed_.take(line.text), !in_message, line.text);
        } catch (const std::exception& e) { fail(e.what()); }
    }
    talk_.end();
    return failed_ && !lines_.is_person() ? exit_failed : exit_ok;
}

HAFT_COLD inline bool chat::take(const chat_entry& entry, bool may_be_command, std::string_view line) {
    switch (entry.what) {
        case chat_entry::kind::end: return false;
        case chat_entry::kind::wrong: return tell_error(entry.problem), true;
        case chat_entry::kind::edit: edit(entry.text); return !talk_.ended();
        case chat_entry::kind::message:
            if (may_be_command && typed_.ends_at().empty() && read_command_line(line)) return command(line);
            return say(entry);
        case chat_entry::kind::more: break;
    }
    if (!may_be_command || !typed_.ends_at().empty() || !can_try_again_) return true;
    return turn([this](stop_token stop) { return talk_.go_on(stop); });
}

HAFT_COLD inline void chat::edit(std::string_view text) {
    const std::string editor = usual_editor();
    if (!lines_.is_person()) return tell_error({errc::editor_failed, "!edit needs a terminal, and standard input is none"});
    const result<std::string> written = edit_text(text, editor);
    if (!written) return tell_error(written.error());
    const chat_entry entry = typed_.whole(*written);
    if (entry.what == chat_entry::kind::wrong) return tell_error(entry.problem);
    if (entry.what != chat_entry::kind::message) return note("", how_.err.dim("(nothing was written, nothing is sent)"));
    lines_.remember(entry.text);
    detail::show_line(on_screen(entry.text));
    static_cast<void>(say(entry));
}

/// A message, through the template and behind the fragments. False: the session is over.
HAFT_COLD inline bool chat::say(const chat_entry& entry) {
    result<fragment_list> fragments = load_fragments(parts_.get<fragment_loaders>(), entry.fragments);
    if (!fragments) return tell_error(fragments.error()), true;
    std::string text = entry.text;
    if (how_.begin.form) {
        result<evaluated_template> formed = evaluate_message(*how_.begin.form, text, how_.begin.values);
        if (!formed) return tell_error(formed.error()), true;
        text = std::move(formed->prompt);
    }
    fragment_list all = how_.begin.before_first;
    for (fragment_or_attachment& one : *fragments) all.push_back(std::move(one));
    result<message> whole = message_with(all, text);
    if (!whole) return tell_error(whole.error()), true;
    how_.begin.before_first.clear();
    return turn([&](stop_token stop) { return talk_.say(std::move(*whole), stop); });
}

template <class Turn>
bool chat::turn(Turn begin) {
    turn_end end;
    bool stopped = false;
    {
        stop_on_interrupt stop;
        end = begin(stop_token(stop));
        stopped = stop.stop_requested();
    }
    guard_.turn_ended();
    guard_.became_idle();
    display_.clear();
    const bool goes_on = tell(end);
    if (!stopped || lines_.is_person()) return goes_on;
    failed_ = true;  // nobody sits there who would say something else
    return false;
}

/// How a turn has ended. False: so has the session.
HAFT_COLD inline bool chat::tell(const turn_end& end) {
    printer_.finish();
    can_try_again_ = false;
    for (const paused_call& one : end.paused)
        note(how_.err.warn("Waits: "), on_screen(concat({one.call.name, ": ", one.reason})));
    if (end.state == turn_state::interrupted) note("", how_.err.dim("(stopped)"));
    if (end.problem) tell_error(*end.problem);
    if (end.session_complete) return note("", on_screen(end.reply.text)), false;
    if (end.state == turn_state::paused || end.state == turn_state::failed) {
        failed_ = true;
        can_try_again_ = lines_.is_person() && !talk_.history().empty();
        if (can_try_again_) note("", how_.err.dim("(an empty line tries again)"));
    }
    return true;
}

/// A slash command, or a tool as one. False: the session is over.
HAFT_COLD inline bool chat::command(std::string_view line) {
    stop_on_interrupt stop;
    dispatch_options how;
    how.call.stop = stop_token(stop);
    how.call.listener = &display_;
    how.confirm = [this](std::string_view question) { return confirm(question); };
    const std::shared_ptr<const tools_now> now = runner_.tools();
    how.tools = fallback_to(now->tools());
    how.tools.call = [this](std::string_view name, std::string_view arguments, const call_options& options) {
        return call_tool(name, arguments, options);
    };
    command_outcome done = parts_.get<command_set>().dispatch(line, how);
    display_.clear();
    for (const message& one : done.messages)
        if (const std::string text = command_outcome{.messages = {one}}.text(); !text.empty()) detail::show_line(on_screen(text));
    if (done.name == "help" && done.owner.empty() && line.find(' ') == line.npos)
        for (const chat_word& one : chat_words)
            detail::show_line(concat({one.name, std::string(11 - one.name.size(), ' '), one.about}));
    if (done.problem) tell_error(*done.problem);
    if (!done.auto_undo) talk_.append({{.text = std::string(line)}});
    if (done.share_with_model) talk_.append(std::move(done.messages));
    return !talk_.ended();
}

/// With the gates and hooks of any call.
HAFT_COLD inline result<std::string> chat::call_tool(std::string_view name, std::string_view arguments, const call_options& how) {
    tool_call one;
    one.name = name;
    one.arguments = arguments;
    batch_result all = runner_.run_all({std::move(one)}, how.stop);
    if (!all.paused.empty()) return paused(std::move(all.paused.front().reason));
    if (!all.problems.empty() && all.problems.front()) return std::move(*all.problems.front());
    return all.answers.empty() ? std::string() : std::move(all.answers.front().text);
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_CHAT_HPP
