// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_HPP
#define HAFT_MCP_SERVER_HPP

/// An MCP server as a value: it is given bytes and gives bytes. No thread, no file, no clock of its own, so it fits into
/// a game loop as well as behind standard input. Revisions 2024-11-05 to 2025-11-25.

#include <haft/format/name.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/writer.hpp>
#include <haft/mcp/frames.hpp>
#include <haft/mcp/listing.hpp>
#include <haft/mcp/message.hpp>
#include <haft/mcp/notification.hpp>
#include <haft/mcp/revision.hpp>
#include <haft/tool/instructions.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/version.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
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
          in_(options_.max_frame_bytes) {
        shared_->level = options_.log_level;
    }

    /// Where answers go: whole frames, several at a time where several are ready. Set it before the first `poll`. It may
    /// come back to the server, even while a tool runs and tells something; what it brings is worked off after that.
    void on_output(std::function<void(std::string_view frames)> sink) { sink_ = std::move(sink); }

    /// Called on a job's thread when there is something to send, so that a host that sleeps may `poll`. It must stand
    /// being called when the server is gone. Set it before the first `poll`.
    void on_ready(std::function<void()> wake) { shared_->on_ready = std::move(wake); }

    /// Takes bytes of the stream, any number of them; answers nothing yet.
    void receive(std::string_view bytes) {
        if (busy_) later_ += bytes;  // the call that runs looks into what came before
        else in_.append(bytes);
    }

    /// The stream has ended: what came after the last line's end counts as a line. `poll` on as long as it returns true.
    void finish() { receive("\n"); }

    /// Works off what came in and sends what is ready, for at most until `deadline` (one message at the least). True if
    /// messages are left.
    bool poll(clock::time_point deadline = (clock::time_point::max)()) {
        if (busy_) return false;  // the poll that runs the tool goes on with it
        bool more = true;
        std::string_view frame;
        while (more) {
            if (!later_.empty()) in_.append(std::exchange(later_, {}));
            switch (in_.next(frame)) {
                case frame_splitter::got::nothing: more = false; break;
                case frame_splitter::got::frame: handle_frame(frame); break;
                case frame_splitter::got::too_long:
                    append_rpc_error(
                        {}, rpc_error::invalid_request,
                        "a message of more than " + std::to_string(options_.max_frame_bytes) + " bytes was dropped");
                    out_ += '\n';
            }
            // A batch of small answers is one write, but nobody waits for a megabyte.
            if (out_.size() > flush_bytes) flush();
            if (more && deadline != (clock::time_point::max)() && clock::now() >= deadline) break;
        }
        collect();
        flush();
        return more;
    }

    /// Calls that an executor holds.
    std::size_t calls_in_flight() const noexcept { return calls_.all.size(); }
    /// Answers that came although nothing was asked; they are dropped.
    std::size_t stray_answers() const noexcept { return stray_answers_; }

private:
    static constexpr std::size_t flush_bytes = 64u << 10;

    /// What jobs have to send, in order. Shared, so that a job that outlives the server finds it and is forgotten.
    struct outbox {
        struct entry {
            enum : unsigned char { answer, progress, log } kind;
            std::uint64_t call;
            std::string frame;
        };
        static constexpr std::size_t most_logs = 1024;  // between two polls

        std::mutex guard;
        std::vector<entry> entries;
        std::size_t logs = 0;
        std::size_t dropped = 0;
        std::function<void()> on_ready;
        std::atomic<haft::log_level> level{haft::log_level::info};

        void put(entry&& e) {
            {
                const std::lock_guard lock(guard);
                entries.push_back(std::move(e));
            }
            if (on_ready) on_ready();
        }
    };

    /// What a call that an executor holds is asked to stop by.
    struct call_state {
        stop_source cancelled;
        stop_token host;
        bool stop_requested() const noexcept { return cancelled.stop_requested() || host.stop_requested(); }
    };
    struct call_in_flight {
        std::string id;
        std::uint64_t number;
        std::shared_ptr<call_state> state;
    };
    struct calls_in_flight_list {
        std::vector<call_in_flight> all;
        calls_in_flight_list() = default;
        calls_in_flight_list(calls_in_flight_list&&) = default;
        calls_in_flight_list& operator=(calls_in_flight_list&&) = default;
        ~calls_in_flight_list() {
            for (const call_in_flight& c : all) c.state->cancelled.request_stop();
        }
        auto of_id(std::string_view id) {
            return std::find_if(all.begin(), all.end(), [&](const call_in_flight& c) { return c.id == id; });
        }
    };

    /// Of a call inside `poll`: sends at once, so that nothing grows.
    class direct_reporter final : public call_reporter {
    public:
        direct_reporter(server& to, const message& m, const tool& t)
            : call_reporter(m.progress_token, t.name, to.revision_, to.shared_->level), to_(to) {}

    private:
        void send(notification, std::string&& frame) override {
            if (!to_.in_batch_) to_.out_ += frame, to_.flush();
            else if (to_.sink_) to_.sink_(frame);  // out_ holds half an answer
        }
        server& to_;
    };

    /// Of a job: keeps for the next `poll` what is not out of date by then.
    class queued_reporter final : public call_reporter {
    public:
        queued_reporter(std::shared_ptr<outbox> to, std::uint64_t call, std::string_view token, std::string_view tool,
                        revision r)
            : call_reporter(token, tool, r, to->level), to_(std::move(to)), call_(call) {}

    private:
        void send(notification kind, std::string&& frame) override {
            {
                const std::lock_guard lock(to_->guard);
                if (kind == notification::log && to_->logs == outbox::most_logs) return void(++to_->dropped);
                auto& all = to_->entries;
                const auto before = std::find_if(all.begin(), all.end(), [&](const outbox::entry& e) {
                    return kind == notification::progress && e.call == call_ && e.kind == outbox::entry::progress;
                });
                if (before != all.end()) {
                    before->frame = std::move(frame);
                    return;
                }
                to_->logs += kind == notification::log;
                all.push_back({kind == notification::log ? outbox::entry::log : outbox::entry::progress, call_,
                               std::move(frame)});
            }
            if (to_->on_ready) to_->on_ready();
        }
        std::shared_ptr<outbox> to_;
        std::uint64_t call_;
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

    void flush() {
        if (out_.empty()) return;
        const std::string frames = std::exchange(out_, {});  // the sink may well come back here
        if (sink_) sink_(frames);
    }

    /// Sends what jobs have told and finished. What belongs to a cancelled call is dropped (basic/utilities/cancellation).
    void collect() {
        if (calls_.all.empty()) return;
        std::vector<outbox::entry> ready;
        std::size_t dropped = 0;
        {
            const std::lock_guard lock(shared_->guard);
            ready.swap(shared_->entries);
            dropped = std::exchange(shared_->dropped, 0);
            shared_->logs = 0;
        }
        for (const outbox::entry& e : ready) {
            const auto call = std::find_if(calls_.all.begin(), calls_.all.end(),
                                           [&](const call_in_flight& c) { return c.number == e.call; });
            if (call == calls_.all.end()) continue;  // a job that was run twice
            if (!call->state->cancelled.stop_requested()) out_ += e.frame;
            if (e.kind == outbox::entry::answer) calls_.all.erase(call);
        }
        if (dropped)
            append_log(out_, haft::log_level::warning, options_.name,
                       std::to_string(dropped) + " messages were dropped");
    }

    void handle_frame(std::string_view frame) {
        const std::size_t first = frame.find_first_not_of(" \t");
        if (frame[first] == '[' && revision_ == revision::r2025_03_26 && initialized_) return handle_batch(frame);
        if (handle_message(frame)) out_ += '\n';
    }

    /// JSON-RPC batches came with 2025-03-26 and went with 2025-06-18.
    void handle_batch(std::string_view frame) {
        json::lexer in(frame, max_depth() + 1);
        std::vector<std::string_view> messages;
        in.peek();
        if (in.enter('[')) {
            std::string_view one;
            for (bool first = true; in.next(']', first) && in.skip(one);) messages.push_back(one);
        }
        if (in.problem() || !in.expect_end()) {
            append_rpc_error({}, rpc_error::parse_error, std::string("not JSON: ") + in.problem());
            out_ += '\n';
            return;
        }
        if (messages.empty()) {
            append_rpc_error({}, rpc_error::invalid_request, "a batch holds at least one message");
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

    // The arguments', and what stands around them.
    unsigned max_depth() const noexcept { return options_.call.limits.max_depth + 8; }

    /// Appends the answer, without a line end. False if there is none (yet).
    bool handle_message(std::string_view text) {
        const message m = read_message(text, max_depth());
        switch (m.kind) {
            case message::kind::broken: append_rpc_error(m.id, m.error, m.problem); return true;
            case message::kind::response: return ++stray_answers_, false;  // haft asks the client nothing yet
            case message::kind::notification: notice(m); return false;
            case message::kind::request: break;
        }
        return answer(m);
    }

    void notice(const message& m) {
        std::string scratch;
        if (string_of(m.method, scratch) != "notifications/cancelled")
            return;  // initialized, and whatever newer clients tell
        if (const auto call = calls_.of_id(m.request_id); call != calls_.all.end())
            call->state->cancelled.request_stop();
    }

    bool answer(const message& m) {
        std::string scratch;
        const std::string_view method = string_of(m.method, scratch);
        if (method == "ping") return append_head(out_, m.id), out_ += "{}}", true;
        if (method == "initialize") return initialize(m);
        if (!initialized_)
            return append_rpc_error(m.id, rpc_error::invalid_request, "the first request is \"initialize\""), true;
        if (method == "tools/list") return list(m);
        if (method == "tools/call") return call(m);
        if (method == "logging/setLevel") return set_log_level(m);
        append_rpc_error(m.id, rpc_error::method_not_found,
                         "no method " + in_quotes(method) +
                             "; there are initialize, ping, tools/list, tools/call and logging/setLevel");
        return true;
    }

    bool initialize(const message& m) {
        if (initialized_)
            return append_rpc_error(m.id, rpc_error::invalid_request, "\"initialize\" came before; it comes once"),
                   true;
        std::string scratch;
        const std::string_view asked = string_of(m.protocol_version, scratch);
        if (asked.empty())
            return append_rpc_error(m.id, rpc_error::invalid_params, "\"protocolVersion\" is missing or no string"),
                   true;
        revision_ = negotiate(asked);
        initialized_ = true;
        append_head(out_, m.id);
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
            if (!t)
                return append_rpc_error(m.id, rpc_error::invalid_params, "\"cursor\" is none that this server gave"),
                       true;
            i = static_cast<std::size_t>(t - tools_->begin()) + 1;
        }
        append_head(out_, m.id);
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

    bool call(const message& m) {
        std::string scratch;
        const std::string_view name = string_of(m.name, scratch);
        if (m.name.empty() || m.name.front() != '"')
            return append_rpc_error(m.id, rpc_error::invalid_params, "\"name\" is missing or no string"), true;
        const tool* const t = names_.find(name);
        if (!t) return append_rpc_error(m.id, rpc_error::invalid_params, names_.no_such_tool(name).message), true;
        const std::string_view arguments = m.arguments.empty() ? "{}" : m.arguments;
        std::string id_scratch;
        const std::string_view id_text = m.id.starts_with('"') ? string_of(m.id, id_scratch) : m.id;
        if (!options_.executor) {
            direct_reporter reporter(*this, m, *t);
            call_options how = options_.call;
            how.call_id = id_text;
            how.listener = &reporter;
            const busy_guard guard(busy_);
            append_answer(out_, m.id, *t, arguments, how, revision_, text_);
            return true;
        }
        if (calls_.of_id(m.id) != calls_.all.end())
            return append_rpc_error(m.id, rpc_error::invalid_request, "a call of this id is under way"), true;
        if (calls_.all.size() >= options_.max_calls_in_flight)
            return append_rpc_error(m.id, rpc_error::internal_error,
                                    "too many calls are under way; try again when some have ended"),
                   true;
        auto state = std::make_shared<call_state>();
        state->host = options_.call.stop;
        const std::uint64_t number = ++last_call_;
        calls_.all.push_back({std::string(m.id), number, state});
        const busy_guard guard(busy_);  // it may well run the job at once
        options_.executor([tools = tools_, t, id = std::string(m.id), call_id = std::string(id_text),
                           arguments = std::string(arguments), token = std::string(m.progress_token),
                           how = options_.call, r = revision_, number, state = std::move(state),
                           box = std::weak_ptr<outbox>(shared_)]() mutable {
            const auto to = box.lock();
            if (!to) return;  // the server has gone
            queued_reporter reporter(to, number, token, t->name, r);
            how.call_id = call_id;
            how.listener = &reporter;
            how.stop = stop_token(*state);
            std::string frame;
            std::string text;
            append_answer(frame, id, *t, arguments, how, r, text);
            to->put({outbox::entry::answer, number, std::move(frame += '\n')});
        });
        return false;
    }

    bool set_log_level(const message& m) {
        std::string scratch;
        const auto level = find_log_level(string_of(m.level, scratch));
        if (!level)
            return append_rpc_error(
                       m.id, rpc_error::invalid_params,
                       "\"level\" is one of debug, info, notice, warning, error, critical, alert and emergency"),
                   true;
        shared_->level = *level;
        return append_head(out_, m.id), out_ += "{}}", true;
    }

    /// Runs a tool and then appends its answer, whatever comes of it. `text` is room to work in.
    static void append_answer(std::string& out, std::string_view id, const tool& t, std::string_view arguments,
                              call_options& how, revision r, std::string& text) {
        text.clear();
        std::vector<note> notes;
        how.notes = &notes;
        result_writer writer(text, string_results::as_text, how);
        call_context context{t.name, how};
        t.run(arguments, context, writer);
        append_head(out, id);
        if (writer.failed()) append_error(out, writer.error(), notes);
        else append_result(out, t, r, writer.form(), text, writer.attachments(), notes);
        out += '}';
    }

    static void append_head(std::string& out, std::string_view id) {
        out.append("{\"jsonrpc\":\"2.0\",\"id\":").append(id).append(",\"result\":");
    }

    void append_rpc_error(std::string_view id, rpc_error code, std::string_view what) {
        out_.append("{\"jsonrpc\":\"2.0\",\"id\":").append(id.empty() ? "null" : id);
        out_.append(",\"error\":{\"code\":").append(std::to_string(static_cast<int>(code))).append(",\"message\":");
        json::append_string(out_, what);
        out_ += "}}";
    }

    std::shared_ptr<const toolset> tools_;
    formats::name_map names_;  // of *tools_
    server_options options_;
    frame_splitter in_;
    std::function<void(std::string_view)> sink_;
    std::string out_;
    std::string text_;
    revision revision_ = newest_revision;
    bool initialized_ = false;
    bool busy_ = false;      // with a frame: a tool or the sink that comes back must not touch what was received
    bool in_batch_ = false;  // out_ holds the beginning of a batch
    std::string later_;      // what came in while a tool ran
    std::size_t stray_answers_ = 0;
    std::uint64_t last_call_ = 0;
    std::shared_ptr<outbox> shared_ = std::make_shared<outbox>();
    calls_in_flight_list calls_;
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_HPP
