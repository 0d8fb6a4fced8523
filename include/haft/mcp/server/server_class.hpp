// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_SERVER_CLASS_HPP
#define HAFT_MCP_SERVER_SERVER_CLASS_HPP

/// The class mcp::server. Include <haft/mcp/server.hpp>, which has the definitions as well.

#include <haft/core/config.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/text_buffer.hpp>
#include <haft/mcp/asking/client_abilities.hpp>
#include <haft/mcp/offer/live_offer.hpp>
#include <haft/mcp/offer/offer.hpp>
#include <haft/mcp/offer/paging.hpp>
#include <haft/mcp/server/burst.hpp>
#include <haft/mcp/server/call_answer.hpp>
#include <haft/mcp/server/jobs.hpp>
#include <haft/mcp/server/options.hpp>
#include <haft/mcp/server/request_terms.hpp>
#include <haft/mcp/server/stream.hpp>
#include <haft/mcp/server/subscriptions.hpp>
#include <haft/mcp/server/waiting_calls.hpp>
#include <haft/mcp/wire/frames.hpp>
#include <haft/mcp/wire/message.hpp>
#include <haft/mcp/wire/notification.hpp>
#include <haft/mcp/wire/revision.hpp>
#include <haft/mcp/wire/rpc.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/toolset.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

/// Serves one client, or of 2026-07-28 any number whose messages come apart. Use from one thread; only the executor's jobs run
/// elsewhere. Tools are listed under their portable names and called by either spelling (format/name.hpp). What a running tool tells
/// (call_context) reaches the client as notifications: at once where tools run inside `poll`, else with the next `poll`;
/// then of several steps of one call's progress the last. When the server is destroyed, calls that an executor holds are
/// asked to stop.
class server {
public:
    using clock = std::chrono::steady_clock;

    explicit server(toolset tools, server_options options = {}) : server(offer::of(std::move(tools)), std::move(options)) {}
    /// Sessions that are given the same offer share what is costly of it.
    explicit server(offer what, server_options options = {}) : server(nullptr, std::move(what), std::move(options)) {}
    /// What is published there is served from the next `poll` on, and clients that may know are told that it has changed.
    explicit server(std::shared_ptr<live_offer> what, server_options options = {})
        : server(what, what->now(), std::move(options)) {}
    server(server&&) = delete;  // jobs and guards know where it is

    /// Where answers go: whole frames, several at a time where several are ready. Set it before the first `poll`. It may
    /// come back to the server, even while a tool runs and tells something; what it brings is worked off after that.
    void on_output(std::function<void(std::string_view frames)> sink) { sink_ = std::move(sink); }

    /// Works off one message, or a batch where the revision has them, that came apart from the stream of bytes, as with HTTP. What
    /// belongs to it, its answer too, goes to `to` instead of the sink of on_output; `to` is told when it is answered, at once for
    /// what has no answer. While a tool runs inside `poll`, or the sink is at work, the message waits until that has ended.
    void handle(std::string_view message, std::shared_ptr<stream> to) {
        if (busy_) return waiting_.emplace_back(std::string(message), std::move(to)), void();
        handle_apart(message, std::move(to));
        look_around();
        if (!later_.empty()) poll();
    }
    /// Nobody reads that stream any more: what would go there is asked to stop, and nothing is sent there. (With 2026-07-28 over
    /// HTTP a client cancels so.)
    void drop(const stream& gone);
    /// Ends the streams of subscriptions/listen, as a server that shuts down does.
    void end_subscriptions();

    /// Called on a job's thread, or where an offer is published, when there is something to send, so that a host that sleeps may
    /// `poll`. It must stand being called when the server is gone. Set it before the first `poll`.
    void on_ready(std::function<void()> wake);

    /// The client has gone: nothing more is sent, and what came from it and was not begun is not done. The sink may say so.
    void close() noexcept { closed_ = true; }

    /// Takes bytes of the stream, any number of them; answers nothing yet.
    void receive(std::string_view bytes) {
        if (busy_ || !later_.empty()) later_ += bytes;  // the call that runs looks into what came before
        else in_.append(bytes);
    }

    /// The stream has ended: what came after the last line's end counts as a line. `poll` on as long as it returns true.
    void finish() { receive("\n"); }

    /// Works off what came in and sends what is ready, for at most until `deadline` (one message at the least). True if
    /// messages are left.
    bool poll(clock::time_point deadline = (clock::time_point::max)()) { return serve({}, deadline); }

    /// receive() and poll() in one: lines that are whole in `bytes` are read where they stand, without a copy.
    bool serve(std::string_view bytes, clock::time_point deadline = (clock::time_point::max)());

    /// When to `poll` at the latest, if nothing comes before: a client has so long for an answer.
    std::optional<clock::time_point> next_deadline() const noexcept { return waiting_calls_.first_deadline(); }
    /// Calls that an executor holds.
    std::size_t calls_in_flight() const noexcept { return calls_.size(); }
    /// Calls whose tool has asked the client something.
    std::size_t calls_waiting() const noexcept { return waiting_calls_.size(); }
    std::size_t subscriptions() const noexcept { return listening_.size(); }
    /// Answers that came although nothing was asked; they are dropped.
    std::size_t stray_answers() const noexcept { return stray_answers_; }
    /// What it serves now.
    const offer& offered() const noexcept { return offer_; }

private:
    static constexpr std::string_view call_method = "\"tools/call\"";  // as it mostly comes
    static constexpr std::size_t flush_bytes = 64u << 10;
    static constexpr std::size_t most_in_a_batch = 10'000;
    static constexpr std::size_t most_answers = 1000;  // of a client, to one call

    server(std::shared_ptr<live_offer> live, offer what, server_options options);

    // --- the stream of bytes, and messages apart from it (server/frames.hpp)

    /// Of a call inside `poll`: sends at once, so that nothing grows.
    class direct_reporter final : public call_reporter {
    public:
        direct_reporter(server& to, const message& m, std::string_view name, revision r, const std::atomic<log_level>& level)
            : call_reporter(m.progress_token, name, r, level), to_(to) {}

    private:
        void send(notification, std::string&& frame) override { to_.send_now(frame); }
        server& to_;
    };

    /// Keeps what was not read of the bytes given, also when an exception ends the reading.
    struct rest_guard {
        frame_splitter& in;
        std::string_view& bytes;
        ~rest_guard() { in.append(bytes); }
    };

    struct busy_guard {
        explicit busy_guard(bool& flag) noexcept : flag_(flag), before_(std::exchange(flag, true)) {}
        busy_guard(const busy_guard&) = delete;
        busy_guard& operator=(const busy_guard&) = delete;
        ~busy_guard() { flag_ = before_; }

    private:
        bool& flag_;
        bool before_;
    };

    /// While a message that came apart is worked off, what is sent belongs to it.
    struct apart_guard {
        explicit apart_guard(server& of) noexcept : of_(of) {}
        apart_guard(const apart_guard&) = delete;
        apart_guard& operator=(const apart_guard&) = delete;
        ~apart_guard() {
            if (const auto to = std::exchange(of_.apart_, nullptr)) to->one_done();
        }

    private:
        server& of_;
    };

    /// Out of out_ with what is no whole frame, should an exception end the making of an answer.
    struct frame_guard {
        explicit frame_guard(server& of) noexcept : of_(of) { of_.whole_ = of_.out_.size(); }
        frame_guard(const frame_guard&) = delete;
        frame_guard& operator=(const frame_guard&) = delete;
        ~frame_guard() {
            if (done_) return;
            of_.out_.resize(of_.whole_);
            of_.in_batch_ = false;
        }
        void done() noexcept { done_ = true; }

    private:
        server& of_;
        bool done_ = false;
    };

    void handle_apart(std::string_view message, std::shared_ptr<stream> to);
    bool read_frames(std::string_view bytes, clock::time_point deadline);
    void look_around();
    void flush();
    void send(std::string_view frames) {
        if (closed_) return;
        if (apart_) apart_->to->send(frames);
        else if (sink_) sink_(frames);
    }
    /// A whole frame that goes before the answer that is being made.
    void send_now(std::string_view frame) {
        if (in_batch_) return send(frame);  // out_ holds half an answer
        out_ += frame;
        flush();
    }
    void collect();
    void handle_frame(std::string_view frame) {
        frame_guard guard(*this);
        if (revision_ == revision::r2025_03_26 && initialized_ && frame[frame.find_first_not_of(" \t\r\n")] == '[')
            handle_batch(frame);
        else if (handle_message(frame)) out_ += '\n';
        guard.done();
    }
    void handle_batch(std::string_view frame);

    // --- messages (server/messages.hpp, server/stateless.hpp)
    //
    // From here on a bool, where nothing else is said, is whether an answer now stands in out_, without its line end. False: there is none,
    // or it comes later.

    /// Reads the arguments of a call while its message is read, where the tool is one that can and everything needed stands
    /// before them. What is wrong with them is found and told when they are read again, by the tool alone.
    class call_ahead final : public arguments_reader {
    public:
        explicit call_ahead(const server& of) noexcept : of_(of) {}

        bool read(const message& so_far, json::lexer& in) override {
            if (so_far.method != call_method || of_.options_.executor || of_.options_.call.unwrap) return false;
            const haft::tool* const t = of_.tools_->names.find(raw_string_of(so_far.name));  // no name needs an escape
            if (!t || t->execute != &execute_binding) return false;
#if HAFT_HAS_EXCEPTIONS()
            try {
#endif
                call_.emplace(*static_cast<const binding*>(t->self), in, of_.options_.call);
                if (call_->read_within(in)) return tool_ = t, true;
#if HAFT_HAS_EXCEPTIONS()
            } catch (...) {}  // as with what is wrong: the tool alone tells it
#endif
            call_.reset();
            return false;
        }

        /// The tool whose arguments were read, or null.
        const haft::tool* tool() const noexcept { return tool_; }
        /// Requires a tool.
        haft::detail::bound_call& call() noexcept { return *call_; }

    private:
        const server& of_;
        const haft::tool* tool_ = nullptr;
        std::optional<haft::detail::bound_call> call_;
    };

    bool handle_message(std::string_view text) {
        call_ahead ahead(*this);
        const message m = read_message(text, json::hard_depth_limit, &ahead);
        text_of_message_ = text;
        switch (m.kind) {
            case message::kind::broken: return refuse(m.id, m.error, m.problem);
            case message::kind::response:
                if (!waiting_calls_.answered(m, answered_calls_)) ++stray_answers_;
                return false;
            case message::kind::notification: notice(m); return false;
            case message::kind::request: break;
        }
        if (m.method == call_method && initialized_ && m.meta_version.empty()) return call(m, ahead, terms_);
        return answer(m, ahead);
    }
    void notice(const message& m);
    bool answer(const message& m, call_ahead& ahead);
    void prepare_stateless();
    bool answer_stateless(const message& m, std::string_view method, call_ahead& ahead);
    bool initialize(const message& m);
    /// The methods that both eras have, but tools/call; `answered` is the bool of the others. False: it is none of them.
    bool offers(const message& m, std::string_view method, const request_terms& terms, bool& answered);
    bool set_log_level(const message& m);
    bool subscribe(const message& m, bool on);
    bool listen(const message& m);

    // --- calls (server/calls.hpp)

    bool call(const message& m, call_ahead& ahead, const request_terms& terms);
    bool call_elsewhere(const message& m, const tool& t, const request_terms& terms, std::shared_ptr<const asked_call> known);
    bool get_prompt(const message& m, const request_terms& terms);
    bool read_resource(const message& m, const request_terms& terms);
    template <class Run, class Append>
    bool run_asking(const message& m, const request_terms& terms, std::string_view name, Run run, Append append);
    call_form form_of(const message& m, const tool& t, const request_terms& terms) const {
        return {m.id, t, tools_->shape_of(t, terms.r), terms.r, terms.head,
                is_stateless(terms.r) ? std::string_view(stateless_before_text_) : before_text_in_result};
    }

    // --- what tools ask their client (server/asking.hpp)

    /// What the call of a message knows from its earlier runs; null if it is the first one. False: it was refused.
    bool known_of(const message& m, const request_terms& terms, std::shared_ptr<const asked_call>& known);
    /// The tool waits for answers. Appends an answer that asks, or sends the questions.
    bool go_on(const message& m, std::string_view text, const request_terms& terms, asked_call&& call, std::shared_ptr<open_stream> to);
    bool lacks(const message& m, const asking& asks);
    std::string binding_of(const message& m, const std::shared_ptr<open_stream>& to) const;
    void ask_for(running_calls::call& from, asked_call&& asks);
    void resume(waiting_call&& one);

    // --- changes of the offer (server/news.hpp)

    void hear_news() {
        if (live_ && live_->generation() != heard_) tell_news();
    }
    void tell_news();

    static std::string_view arguments_of(const message& m) noexcept { return m.arguments.empty() ? "{}" : m.arguments; }
    static std::string_view id_text(const message& m, std::string& scratch) {
        return m.id.starts_with('"') ? string_of(m.id, scratch) : m.id;
    }

    // These append an answer: there is one.
    bool accept(const message& m) {
        append_result_head(out_, m.id);
        out_ += "{}}";
        return true;
    }
    bool refuse(std::string_view id, rpc_error code, std::string_view what, std::string_view data = {}) {
        append_rpc_error(out_, id, code, what, data);
        return true;
    }
    bool refuse(const message& m, const rpc_refusal& why) { return refuse(m.id, why.code, why.message, why.data); }
    bool refuse_message(refusal how, const message& m, rpc_error code, std::string_view what, std::string_view data = {}) {
        if (apart_) apart_->to->refused(how);
        return refuse(m.id, code, what, data);
    }

    std::shared_ptr<live_offer> live_;
    std::shared_ptr<const std::function<void()>> wake_;
    std::uint64_t heard_ = 0;  // of live_
    offer offer_;
    const offered_tools* tools_;  // of offer_
    server_options options_;
    frame_splitter in_;
    std::function<void(std::string_view)> sink_;
    std::shared_ptr<open_stream> apart_;  // of the message that is worked off, if it came apart
    std::deque<std::pair<std::string, std::shared_ptr<stream>>> waiting_;  // came apart while a tool ran
    std::string out_;
    std::size_t whole_ = 0;  // of out_, frames that are whole
    std::string spare_;      // memory for out_
    std::string text_;       // of a result
    burst burst_;
    bool closed_ = false;
    revision revision_ = newest_revision;
    bool initialized_ = false;
    bool busy_ = false;      // with a frame: a tool or the sink that comes back must not touch what was received
    bool in_batch_ = false;  // out_ holds the beginning of a batch
    std::string later_;      // what came in while a tool ran
    std::size_t stray_answers_ = 0;
    std::shared_ptr<outbox> shared_ = std::make_shared<outbox>();  // with jobs
    running_calls calls_;
    std::deque<outbox::entry> told_;  // by jobs, and taken from shared_

    request_terms terms_;  // of the session
    std::string stateless_meta_, stateless_head_, stateless_before_text_, list_hints_, read_hints_;
    std::atomic<haft::log_level> request_level_{haft::log_level::info};  // of a request that says it for itself
    asking asking_;
    std::string_view text_of_message_;
    waiting_call* resumed_ = nullptr;  // the call that runs again
    waiting_calls waiting_calls_;
    std::list<waiting_call> answered_calls_;
    std::shared_ptr<state_keeper> states_;
    std::vector<listening> listening_;
    listening subscribed_;  // by resources/subscribe
    lists_in_use<offered_tools> tool_lists_;
    lists_in_use<offered_prompts> prompt_lists_;
    lists_in_use<offered_resources> resource_lists_, template_lists_;
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_SERVER_CLASS_HPP
