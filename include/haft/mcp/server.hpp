// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_HPP
#define HAFT_MCP_SERVER_HPP

/// An MCP server as a value: it is given bytes and gives bytes. No thread, no file, no clock of its own, so it fits into
/// a game loop as well as behind standard input. Revisions 2024-11-05 to 2025-11-25.

#include <haft/format/name.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/text_buffer.hpp>
#include <haft/json/write_string.hpp>
#include <haft/mcp/burst.hpp>
#include <haft/mcp/frames.hpp>
#include <haft/mcp/jobs.hpp>
#include <haft/mcp/listing.hpp>
#include <haft/mcp/message.hpp>
#include <haft/mcp/notification.hpp>
#include <haft/mcp/revision.hpp>
#include <haft/mcp/rpc.hpp>
#include <haft/mcp/stream.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/instructions.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/version.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

struct server_options {
    std::string name = "haft";  ///< of the server, as clients show it
    std::string version = HAFT_VERSION;
    std::string instructions = {};  ///< how the tools belong together, for the model
    std::size_t page_size = 100;    ///< tools in one answer to tools/list; at least 1
    std::size_t max_frame_bytes = 16u << 20;
    std::size_t max_calls_in_flight = 1024;
    /// For every call: limits, mode, user data, a stop token of the host's. What belongs to one call (its id, its listener,
    /// the list of notes) is the server's own.
    call_options call = {};
    haft::log_level log_level = haft::log_level::info;  ///< from where on messages go to a client that has not set one

    /// Where tools run. Empty: inside `poll`, on its thread. Otherwise it is given each call as a job and runs it when and
    /// where it likes, once; the answer goes out with the next `poll` after that.
    std::function<void(std::function<void()> job)> executor = {};
    /// How long serve_stdio waits at the end of its input for calls that an executor holds. Then they are asked to stop.
    std::chrono::milliseconds drain_time{1500};
};

/// Serves one client. Use from one thread; only the executor's jobs run elsewhere.
/// Tools are listed under their portable names and called by either spelling (format/name.hpp). What a running tool tells
/// (call_context) reaches the client as notifications: at once where tools run inside `poll`, else with the next `poll`;
/// then of several steps of one call's progress the last. When the server is destroyed, calls that an executor holds are
/// asked to stop.
class server {
public:
    using clock = std::chrono::steady_clock;

    explicit server(toolset tools, server_options options = {})
        : tools_(std::make_shared<const toolset>(std::move(tools))),
          names_(*tools_),
          options_(std::move(options)),
          in_(options_.max_frame_bytes),
          burst_(tools_->size()),
          shapes_(tools_->size()) {
        shared_->level = options_.log_level;
    }

    /// Where answers go: whole frames, several at a time where several are ready. Set it before the first `poll`. It may
    /// come back to the server, even while a tool runs and tells something; what it brings is worked off after that.
    void on_output(std::function<void(std::string_view frames)> sink) { sink_ = std::move(sink); }

    /// Works off one message, or a batch where the revision has them, that came apart from the stream of bytes, as with HTTP. What
    /// belongs to it, its answer too, goes to `to` instead of the sink of on_output; `to` is told when it is answered, at once for
    /// what has no answer. While a tool runs inside `poll`, or the sink is at work, the message waits until that has ended.
    void handle(std::string_view message, std::shared_ptr<stream> to) {
        if (busy_) return waiting_.emplace_back(std::string(message), std::move(to)), void();
        handle_apart(message, std::move(to));
        handle_waiting();
    }

    /// Called on a job's thread when there is something to send, so that a host that sleeps may `poll`. It must stand
    /// being called when the server is gone. Set it before the first `poll`.
    void on_ready(std::function<void()> wake) { shared_->on_ready = std::move(wake); }

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
    bool serve(std::string_view bytes, clock::time_point deadline = (clock::time_point::max)()) {
        if (busy_) return receive(bytes), false;  // the poll that runs the tool goes on with it
        if (!later_.empty()) in_.append(std::exchange(later_, {}));  // of a poll that ended before its end
        bool more = true;
        {
            const rest_guard rest{in_, bytes};
            const busy_guard guard(busy_);  // what the sink brings comes after `bytes`
            std::string_view frame;
            while ((more || !later_.empty()) && !closed_) {
                if (!later_.empty()) {
                    in_.append(std::exchange(bytes, {}));
                    in_.append(std::exchange(later_, {}));
                    more = true;
                }
                switch (in_.next(bytes, frame)) {
                    case frame_splitter::got::nothing: more = false; break;
                    case frame_splitter::got::frame: handle_frame(frame); break;
                    case frame_splitter::got::too_long:
                        refuse({}, rpc_error::invalid_request,
                               "a message of more than " + std::to_string(options_.max_frame_bytes) +
                                   " bytes was dropped");
                        out_ += '\n';
                }
                // A batch of small answers is one write, but nobody waits for a megabyte.
                if (out_.size() > flush_bytes) flush();
                if (more && deadline != (clock::time_point::max)() && clock::now() >= deadline) break;
            }
        }
        collect();
        flush();
        handle_waiting();
        return more && !closed_;
    }

    /// Calls that an executor holds.
    std::size_t calls_in_flight() const noexcept { return calls_.size(); }
    /// Answers that came although nothing was asked; they are dropped.
    std::size_t stray_answers() const noexcept { return stray_answers_; }

private:
    static constexpr std::string_view call_method = "\"tools/call\"";  // as it mostly comes
    static constexpr std::size_t flush_bytes = 64u << 10;
    static constexpr std::size_t most_in_a_batch = 10'000;

    /// Of a call inside `poll`: sends at once, so that nothing grows.
    class direct_reporter final : public call_reporter {
    public:
        direct_reporter(server& to, const message& m, const tool& t)
            : call_reporter(m.progress_token, t.name, to.revision_, to.shared_->level), to_(to) {}

    private:
        void send(notification, std::string&& frame) override {
            if (to_.in_batch_) return to_.send(frame);  // out_ holds half an answer
            to_.out_ += frame;
            to_.flush();
        }
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

    void handle_apart(std::string_view message, std::shared_ptr<stream> to) {
        collect();
        flush();  // what out_ holds belongs to the stream of bytes
        apart_ = std::make_shared<open_stream>(open_stream{std::move(to), 1});
        const apart_guard apart(*this);
        const busy_guard guard(busy_);
        if (message.find_first_not_of(" \t\r\n") == std::string_view::npos) refuse({}, rpc_error::parse_error, "not JSON: nothing is there"), out_ += '\n';
        else handle_frame(message);
        flush();
    }
    void handle_waiting() {
        while (!waiting_.empty() && !closed_) {
            auto [message, to] = std::move(waiting_.front());
            waiting_.pop_front();
            handle_apart(message, std::move(to));
        }
    }

    /// While a message that came apart is worked off, what is sent belongs to it.
    struct apart_guard {
        explicit apart_guard(server& of) noexcept : of_(of) {}
        apart_guard(const apart_guard&) = delete;
        apart_guard& operator=(const apart_guard&) = delete;
        ~apart_guard() { std::exchange(of_.apart_, nullptr)->one_done(); }

    private:
        server& of_;
    };

    void flush() {
        whole_ = 0;
        burst_.sent();
        if (out_.empty()) return;
        std::string frames = std::exchange(spare_, {});  // the sink may well come back here
        frames.swap(out_);
        send(frames);
        frames.clear();
        if (frames.capacity() <= 2 * flush_bytes) spare_ = std::move(frames);
    }
    void send(std::string_view frames) {
        if (closed_) return;
        if (apart_) apart_->to->send(frames);
        else if (sink_) sink_(frames);
    }

    /// Sends what jobs have told and finished. What belongs to a cancelled call is dropped (basic/utilities/cancellation).
    void collect() {
        if (calls_.empty()) return;
        std::size_t dropped = 0;
        for (const outbox::entry& e : shared_->take(dropped)) {
            running_calls::call* const call = calls_.of_number(e.call);
            if (!call) continue;
            if (call->stop->cancelled.stop_requested()) {
            } else if (call->to) call->to->to->send(e.frame);
            else out_ += e.frame;
            if (e.kind != outbox::entry::answer) continue;
            const std::shared_ptr<open_stream> to = std::move(call->to);
            calls_.remove(*call);
            if (to) to->one_done();
        }
        if (dropped && shared_->level <= haft::log_level::warning)
            append_log(out_, haft::log_level::warning, options_.name,
                       std::to_string(dropped) + " messages were dropped");
    }

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

    void handle_frame(std::string_view frame) {
        frame_guard guard(*this);
        if (revision_ == revision::r2025_03_26 && initialized_ && frame[frame.find_first_not_of(" \t\r\n")] == '[')
            handle_batch(frame);
        else if (handle_message(frame)) out_ += '\n';
        guard.done();
    }

    /// JSON-RPC batches came with 2025-03-26 and went with 2025-06-18.
    void handle_batch(std::string_view frame) {
        json::lexer in(frame, json::hard_depth_limit);
        std::vector<std::string_view> messages;
        in.peek();
        if (in.enter('[')) {
            std::string_view one;
            for (bool first = true; in.next(']', first) && in.skip(one);)
                if (messages.size() <= most_in_a_batch) messages.push_back(one);
        }
        if (in.problem() || !in.expect_end()) {
            refuse({}, rpc_error::parse_error, std::string("not JSON: ") + in.problem());
            out_ += '\n';
            return;
        }
        if (messages.empty() || messages.size() > most_in_a_batch) {
            refuse({}, rpc_error::invalid_request,
                   "a batch holds 1 to " + std::to_string(most_in_a_batch) + " messages");
            out_ += '\n';
            return;
        }
        const busy_guard guard(busy_);
        flush();  // what a tool tells goes to the sink past the half of an answer that out_ holds then
        in_batch_ = true;
        for (const std::string_view one : messages) {
            const std::size_t before = out_.size();
            out_ += before == 0 ? '[' : ',';
            if (!handle_message(one)) out_.resize(before);
        }
        in_batch_ = false;
        if (!out_.empty()) out_ += "]\n";
    }

    /// Reads the arguments of a call while its message is read, where the tool is one that can and everything needed stands
    /// before them. What is wrong with them is found and told when they are read again, by the tool alone.
    class call_ahead final : public arguments_reader {
    public:
        explicit call_ahead(const server& of) noexcept : of_(of) {}

        bool read(const message& so_far, json::lexer& in) override {
            if (so_far.method != call_method || !of_.initialized_ || of_.options_.executor || of_.options_.call.unwrap)
                return false;
            const haft::tool* const t = of_.names_.find(raw_string_of(so_far.name));  // no name needs an escape
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

    /// Appends the answer, without a line end. False if there is none (yet).
    bool handle_message(std::string_view text) {
        call_ahead ahead(*this);
        const message m = read_message(text, json::hard_depth_limit, &ahead);
        switch (m.kind) {
            case message::kind::broken: return refuse(m.id, m.error, m.problem);
            case message::kind::response: return ++stray_answers_, false;  // haft asks the client nothing yet
            case message::kind::notification: notice(m); return false;
            case message::kind::request: break;
        }
        return answer(m, ahead);
    }

    void notice(const message& m) {
        std::string scratch;
        if (string_of(m.method, scratch) != "notifications/cancelled")
            return;  // initialized, and whatever newer clients tell
        if (running_calls::call* const call = calls_.of_id(m.request_id)) call->stop->cancelled.request_stop();
    }

    bool answer(const message& m, call_ahead& ahead) {
        if (m.method == call_method && initialized_) return call(m, ahead);
        std::string scratch;
        const std::string_view method = string_of(m.method, scratch);
        if (method == "ping") return accept(m);
        if (method == "initialize") return initialize(m);
        if (!initialized_) return refuse(m.id, rpc_error::invalid_request, "the first request is \"initialize\"");
        if (method == "tools/list") return list(m);
        if (method == "tools/call") return call(m, ahead);  // with escapes
        if (method == "logging/setLevel") return set_log_level(m);
        return refuse(m.id, rpc_error::method_not_found,
                      "no method " + in_quotes(method) +
                          "; there are initialize, ping, tools/list, tools/call and logging/setLevel");
    }

    bool initialize(const message& m) {
        if (initialized_) return refuse(m.id, rpc_error::invalid_request, "\"initialize\" came before; it comes once");
        std::string scratch;
        const std::string_view asked = string_of(m.protocol_version, scratch);
        if (asked.empty())
            return refuse(m.id, rpc_error::invalid_params, "\"protocolVersion\" is missing or no string");
        revision_ = negotiate(asked);
        initialized_ = true;
        append_result_head(out_, m.id);
        out_.append("{\"protocolVersion\":\"")
            .append(name_of(revision_))
            .append("\",\"capabilities\":{\"tools\":{},\"logging\":{}},\"serverInfo\":{\"name\":");
        json::append_string(out_, options_.name);
        out_ += ",\"version\":";
        json::append_string(out_, options_.version);
        out_ += '}';
        if (const std::string told = instructions_of(*tools_, options_.instructions); !told.empty())
            out_ += ",\"instructions\":", json::append_string(out_, told);
        out_ += "}}";
        return true;
    }

    /// A cursor is the name of the last tool of the page before.
    bool list(const message& m) {
        std::size_t i = 0;
        if (!m.cursor.empty() && m.cursor != "null") {
            std::string scratch;
            const std::string_view last = string_of(m.cursor, scratch);
            const tool* t = names_.find(last);
            if (!t) return refuse(m.id, rpc_error::invalid_params, "\"cursor\" is none that this server gave");
            i = static_cast<std::size_t>(t - tools_->begin()) + 1;
        }
        append_result_head(out_, m.id);
        out_ += "{\"tools\":[";
        const std::size_t begin = i;
        for (; i < tools_->size() && i - begin < (std::max<std::size_t>)(options_.page_size, 1); ++i) {
            if (i > begin) out_ += ',';
            append_tool(out_, (*tools_)[i], names_.portable((*tools_)[i]), revision_);
        }
        out_ += ']';
        if (i < tools_->size()) out_ += ",\"nextCursor\":", json::append_string(out_, (*tools_)[i - 1].name);
        out_ += "}}";
        return true;
    }

    bool call(const message& m, call_ahead& ahead) {
        const tool* t = ahead.tool();
        if (!t) {
            std::string scratch;
            const std::string_view name = string_of(m.name, scratch);
            if (m.name.empty() || m.name.front() != '"')
                return refuse(m.id, rpc_error::invalid_params, "\"name\" is missing or no string");
            t = names_.find(name);
            if (!t) return refuse(m.id, rpc_error::invalid_params, names_.no_such_tool(name).message);
            if (options_.executor) return call_elsewhere(m, *t);
        }
        const auto place = static_cast<std::size_t>(t - tools_->begin());
        if (!in_batch_ && !out_.empty() && !burst_.may_wait_for(place)) flush();
        if (closed_) return false;
        direct_reporter reporter(*this, m, *t);
        std::string id_scratch;
        call_options how = options_.call;
        how.call_id = id_text(m, id_scratch);
        how.listener = &reporter;
        const busy_guard guard(busy_);
        burst_.begins(place);
        append_answer(out_, m.id, *t, shape_of(*t), arguments_of(m), how, revision_, text_,
                      ahead.tool() ? &ahead.call() : nullptr);
        burst_.ends(place);
        if (text_.capacity() > 2 * flush_bytes) text_ = {};
        return true;
    }

    /// Hands a call to the executor. It is answered by a later poll.
    bool call_elsewhere(const message& m, const tool& t) {
        if (calls_.of_id(m.id)) return refuse(m.id, rpc_error::invalid_request, "a call of this id is under way");
        if (calls_.size() >= options_.max_calls_in_flight)
            return refuse(m.id, rpc_error::internal_error,
                          "too many calls are under way; try again when some have ended");
        std::string id_scratch;
        std::string dropped;
        append_rpc_error(dropped, m.id, rpc_error::internal_error, "the server did not run the call");
        running_calls::call& entry = calls_.add(m.id, options_.call.stop);
        if (entry.to = apart_; apart_) ++apart_->calls;
        const auto one = std::make_shared<job>(
            shared_, entry.number,
            [tools = tools_, &t, id = entry.id, call_id = std::string(id_text(m, id_scratch)),
             arguments = std::string(arguments_of(m)), token = std::string(m.progress_token), how = options_.call,
             r = revision_, shape = shape_of(t), number = entry.number, stop = entry.stop](outbox& to) {
                queued_reporter reporter(to, number, token, t.name, r);
                call_options of_this_call = how;
                of_this_call.call_id = call_id;
                of_this_call.listener = &reporter;
                of_this_call.stop = stop_token(*stop);
                std::string frame;
                std::string text;
                append_answer(frame, id, t, shape, arguments, of_this_call, r, text, nullptr);
                return frame += '\n';
            },
            dropped += '\n');
        const busy_guard guard(busy_);  // the executor may well run the job at once
#if HAFT_HAS_EXCEPTIONS()
        try {
            options_.executor([one] { one->run(); });
        } catch (...) {}  // a job that is not kept is answered when it goes
#else
        options_.executor([one] { one->run(); });
#endif
        return false;
    }

    static std::string_view arguments_of(const message& m) noexcept { return m.arguments.empty() ? "{}" : m.arguments; }
    static std::string_view id_text(const message& m, std::string& scratch) {
        return m.id.starts_with('"') ? string_of(m.id, scratch) : m.id;
    }

    /// How that tool's results go out; found out once, since a schema has to be read for it.
    result_shape shape_of(const tool& t) {
        auto& known = shapes_[static_cast<std::size_t>(&t - tools_->begin())];
        if (!known) known = result_shape_of(t, revision_);
        return *known;
    }

    bool set_log_level(const message& m) {
        std::string scratch;
        const auto level = find_log_level(string_of(m.level, scratch));
        if (!level)
            return refuse(m.id, rpc_error::invalid_params,
                          "\"level\" is one of debug, info, notice, warning, error, critical, alert and emergency");
        shared_->level = *level;
        return accept(m);
    }

    /// Runs a tool and then appends its answer, whatever comes of it. `text` is room to work in; `ahead` is null or the call,
    /// whose arguments were read.
    static void append_answer(std::string& out, std::string_view id, const tool& t, result_shape shape,
                              std::string_view arguments, call_options& how, revision r, std::string& text,
                              haft::detail::bound_call* ahead) {
        if (ahead && !shape.structured) return append_answer_in_place(out, id, t, how, r, *ahead);
        text.clear();
        std::vector<note> notes;
        how.notes = &notes;
        result_writer writer(text, string_results::as_text, how);
        call_context context{t.name, how};
        if (ahead) haft::detail::guarded(context, writer, [&] { ahead->run(context, writer); });
        else t.run(arguments, context, writer);
        json::text_buffer answer(out);
        put_result_head(answer, id);
        if (writer.failed()) put_error(answer, writer.error(), notes);
        else put_result(answer, shape, r, writer.form(), text, writer.attachments(), notes);
        answer.put_literal("}");
        answer.flush();
    }

    /// The same where the result stands as text only: it is written where it will stand, when the tool has run.
    static void append_answer_in_place(std::string& out, std::string_view id, const tool& t, call_options& how,
                                       revision r, haft::detail::bound_call& ahead) {
        const text_before_result before{before_id, id, before_text_in_result};
        std::vector<note> notes;
        how.notes = &notes;
        result_writer writer(out, before, how);
        call_context context{t.name, how};
        haft::detail::guarded(context, writer, [&] { ahead.run(context, writer); });
        const bool has_text =
            !writer.failed() && (writer.form() == result_form::text || writer.form() == result_form::json);
        if (!has_text) writer.take_back();
        json::text_buffer answer(out);
        if (!has_text) put_result_head(answer, id);
        if (writer.failed()) put_error(answer, writer.error(), notes);
        else if (has_text) put_rest_of_result(answer, r, writer.attachments(), notes);
        else put_result(answer, {}, r, writer.form(), {}, writer.attachments(), notes);
        answer.put_literal("}");
        answer.flush();
    }

    // These append an answer: there is one.
    bool accept(const message& m) {
        append_result_head(out_, m.id);
        out_ += "{}}";
        return true;
    }
    bool refuse(std::string_view id, rpc_error code, std::string_view what) {
        append_rpc_error(out_, id, code, what);
        return true;
    }

    std::shared_ptr<const toolset> tools_;
    formats::name_map names_;  // of *tools_
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
    std::vector<std::optional<result_shape>> shapes_;  // by place, of revision_
    bool closed_ = false;
    revision revision_ = newest_revision;
    bool initialized_ = false;
    bool busy_ = false;      // with a frame: a tool or the sink that comes back must not touch what was received
    bool in_batch_ = false;  // out_ holds the beginning of a batch
    std::string later_;      // what came in while a tool ran
    std::size_t stray_answers_ = 0;
    std::shared_ptr<outbox> shared_ = std::make_shared<outbox>();
    running_calls calls_;
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_HPP
