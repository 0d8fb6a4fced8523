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
#include <haft/mcp/revision.hpp>
#include <haft/tool/instructions.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/version.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
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
    call_options call = {};

    /// Where tools run. Empty: inside `poll`, on its thread. Otherwise it is given each call as a job and runs it when and
    /// where it likes, once; the answer goes out with the next `poll` after that.
    /// (serve_stdio has none: its tools run one after the other, on its thread.)
    std::function<void(std::function<void()> job)> executor = {};
};

/// Serves one client. Use from one thread; only the executor's jobs run elsewhere.
/// Tools are listed under their portable names and called by either spelling (format/name.hpp).
class server {
public:
    using clock = std::chrono::steady_clock;

    explicit server(toolset tools, server_options options = {})
        : tools_(std::make_shared<const toolset>(std::move(tools))),
          names_(*tools_),
          options_(std::move(options)),
          in_(options_.max_frame_bytes) {}

    /// Where answers go: whole frames, several at a time where several are ready. Set it before the first `poll`.
    void on_output(std::function<void(std::string_view frames)> sink) { sink_ = std::move(sink); }

    /// Takes bytes of the stream, any number of them; answers nothing yet.
    void receive(std::string_view bytes) { in_.append(bytes); }

    /// The stream has ended: what came after the last line's end counts as a line. `poll` on as long as it returns true.
    void finish() { in_.finish(); }

    /// Works off what came in and sends what is ready, for at most until `deadline` (one message at the least). True if
    /// messages are left.
    bool poll(clock::time_point deadline = (clock::time_point::max)()) {
        bool more = true;
        std::string_view frame;
        while (more) {
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
    std::size_t calls_in_flight() const noexcept { return calls_.size(); }

private:
    static constexpr std::size_t flush_bytes = 64u << 10;

    // What jobs and server share. A job that outlives the server finds it here and is forgotten with it.
    struct done_calls {
        std::mutex guard;
        std::vector<std::pair<std::string, std::string>> answers;  // id, frame
    };
    struct call_in_flight {
        std::string id;
        bool cancelled = false;
    };

    void flush() {
        if (out_.empty()) return;
        const std::string frames = std::exchange(out_, {});  // the sink may well come back here
        if (sink_) sink_(frames);
    }

    /// Sends what the executor has finished. An answer to a cancelled call is dropped (basic/utilities/cancellation).
    void collect() {
        if (calls_.empty()) return;
        std::vector<std::pair<std::string, std::string>> ready;
        {
            const std::lock_guard lock(done_->guard);
            ready.swap(done_->answers);
        }
        for (const auto& [id, frame] : ready) {
            const auto call =
                std::find_if(calls_.begin(), calls_.end(), [&](const call_in_flight& c) { return c.id == id; });
            if (call == calls_.end()) continue;  // a job that was run twice
            if (!call->cancelled) out_ += frame;
            calls_.erase(call);
        }
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
        const std::size_t begin = out_.size();
        for (const std::string_view one : messages) {
            const std::size_t before = out_.size();
            out_ += before == begin ? '[' : ',';
            if (!handle_message(one)) out_.resize(before);
        }
        if (out_.size() > begin) out_ += "]\n";
    }

    // The arguments', and what stands around them.
    unsigned max_depth() const noexcept { return options_.call.limits.max_depth + 8; }

    /// Appends the answer, without a line end. False if there is none (yet).
    bool handle_message(std::string_view text) {
        const message m = read_message(text, max_depth());
        switch (m.kind) {
            case message::kind::broken: append_rpc_error(m.id, m.error, m.problem); return true;
            case message::kind::response: return false;  // haft asks the client nothing yet
            case message::kind::notification: notice(m); return false;
            case message::kind::request: break;
        }
        return answer(m);
    }

    void notice(const message& m) {
        std::string scratch;
        if (string_of(m.method, scratch) != "notifications/cancelled")
            return;  // initialized, and whatever newer clients tell
        for (call_in_flight& call : calls_)
            if (call.id == m.request_id) call.cancelled = true;
    }

    bool answer(const message& m) {
        std::string scratch;
        const std::string_view method = string_of(m.method, scratch);
        if (method == "ping") return append_head(m.id), out_ += "{}}", true;
        if (method == "initialize") return initialize(m);
        if (!initialized_)
            return append_rpc_error(m.id, rpc_error::invalid_request, "the first request is \"initialize\""), true;
        if (method == "tools/list") return list(m);
        if (method == "tools/call") return call(m);
        append_rpc_error(m.id, rpc_error::method_not_found,
                         "no method " + in_quotes(method) + "; there are initialize, ping, tools/list and tools/call");
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
        append_head(m.id);
        out_.append("{\"protocolVersion\":\"")
            .append(name_of(revision_))
            .append("\",\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":");
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
        append_head(m.id);
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
        if (!options_.executor) {
            append_head(m.id);
            append_call(out_, *t, arguments, options_.call, revision_, text_);
            out_ += '}';
            return true;
        }
        if (std::any_of(calls_.begin(), calls_.end(), [&](const call_in_flight& c) { return c.id == m.id; }))
            return append_rpc_error(m.id, rpc_error::invalid_request, "a call of this id is under way"), true;
        if (calls_.size() >= options_.max_calls_in_flight)
            return append_rpc_error(m.id, rpc_error::internal_error,
                                    "too many calls are under way; try again when some have ended"),
                   true;
        calls_.push_back({std::string(m.id), false});
        options_.executor([tools = tools_, t, id = std::string(m.id), arguments = std::string(arguments),
                           options = options_.call, r = revision_, done = std::weak_ptr<done_calls>(done_)] {
            std::string frame = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":";
            std::string text;
            append_call(frame, *t, arguments, options, r, text);
            frame += "}\n";
            if (const auto to = done.lock()) {
                const std::lock_guard lock(to->guard);
                to->answers.emplace_back(id, std::move(frame));
            }
        });
        return false;
    }

    /// Runs a tool and appends its result, whatever comes of it. `text` is room to work in.
    static void append_call(std::string& out, const tool& t, std::string_view arguments, const call_options& options,
                            revision r, std::string& text) {
        text.clear();
        result_writer writer(text, string_results::as_text);
        call_context context{t.name, options};
        t.run(arguments, context, writer);
        if (writer.failed()) append_error(out, writer.error());
        else append_result(out, t, r, writer.form(), text);
    }

    void append_head(std::string_view id) {
        out_.append("{\"jsonrpc\":\"2.0\",\"id\":").append(id).append(",\"result\":");
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
    std::vector<call_in_flight> calls_;
    std::shared_ptr<done_calls> done_ = std::make_shared<done_calls>();
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_HPP
