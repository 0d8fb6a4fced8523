// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_ENDPOINT_HPP
#define HAFT_MCP_TRANSPORT_HTTP_ENDPOINT_HPP

/// The one endpoint: what belongs to which session, and how each message is answered. Who may call says admission.hpp.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pieces.hpp>
#include <haft/mcp/server.hpp>
#include <haft/mcp/server/options.hpp>
#include <haft/mcp/transport/http/admission.hpp>
#include <haft/mcp/transport/http/allowed_hosts.hpp>
#include <haft/mcp/transport/http/connection.hpp>
#include <haft/mcp/transport/http/event_stream.hpp>
#include <haft/mcp/transport/http/options.hpp>
#include <haft/mcp/transport/http/page_headers.hpp>
#include <haft/mcp/transport/http/polled_server.hpp>
#include <haft/mcp/transport/http/reply.hpp>
#include <haft/mcp/transport/http/request.hpp>
#include <haft/mcp/transport/http/session.hpp>
#include <haft/mcp/transport/http/stateless.hpp>
#include <haft/mcp/wire/message.hpp>
#include <haft/mcp/wire/random_digits.hpp>
#include <haft/mcp/wire/revision.hpp>
#include <haft/mcp/wire/rpc.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/beast/http/verb.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp::http {

/// Use from the thread that runs `io`.
class endpoint final : public request_handler, public reply_owner {
public:
    using clock = connection::clock;
    using server_maker = std::function<std::unique_ptr<server>(eras)>;

    /// The options must outlive it.
    endpoint(server_maker make, const http_options& options, std::shared_ptr<boost::asio::io_context> io)
        : make_(std::move(make)), options_(options), admission_(options), io_(std::move(io)) {}

    void open(allowed_hosts hosts) { admission_.open(std::move(hosts)); }

    http_refusal judge(const http_head& head, std::string& principal) override { return admission_.judge(head, principal); }
    std::string headers_for(const http_head& head) override { return admission_.headers_for(head); }

    void serve(const std::shared_ptr<connection>& from, http_request&& request) override {
        using boost::beast::http::verb;
        if (admission_.is_health_check(request)) return from->respond(200, "Cache-Control: no-store\r\n", "text/plain", "serving\n");
        if (is_preflight(request)) return from->respond(200, preflight_headers(header_of(request, "Access-Control-Request-Headers")), "", "");
        if (request.method() == verb::post) return post(from, request);
        if (header_of(request, "MCP-Protocol-Version") == name_of(stateless_revision) || options_.server.eras == eras::stateless)
            return from->refuse({405, "this revision has no sessions and no streams of their own: POST is all there is", -32000, "Allow: POST\r\n"});
        session* const of = session_of(from, request);
        if (!of) return;
        if (request.method() == verb::get) return get(from, request, *of);
        end_session(*of);
        from->respond(200, "", "", "");
    }

    /// Says to those who ask how it is that it goes.
    void leave() noexcept { admission_.leave(); }
    /// Takes no further requests; what only tells of changes ends.
    void stop() {
        admission_.close();
        if (stateless_) (*stateless_)->end_subscriptions();
        for (const auto& [id, one] : sessions_) one->standing->end_if_long();
    }
    /// How many calls are not answered yet.
    std::size_t calls() const noexcept {
        std::size_t n = 0;
        for (const auto& [key, one] : calls_) n += !one.what->how().long_lived;
        return n;
    }
    /// Ends every session and call, whatever they are at.
    void end_all() {
        while (!sessions_.empty()) end_session(*sessions_.begin()->second);
        for (const auto& one : copy_of_calls()) one->drop();
        calls_.clear();
    }
    std::size_t sessions() const noexcept { return session_count_; }  ///< any thread

    void tick(clock::time_point now) {
        for (const auto& one : copy_of_calls()) one->tick(now);
        if (stateless_) poll_in_time(**stateless_, now);
        std::vector<std::shared_ptr<session>> all, old;
        for (const auto& [id, one] : sessions_) all.push_back(one);
        for (const auto& one : all) poll_in_time(one->serving(), now);
        for (const auto& [id, one] : sessions_)
            if (now - one->used >= options_.session_time && !one->has_open_streams()) old.push_back(one);
        for (const auto& one : old) end_session(*one);
    }

    void on_finished(reply& one) override {
        const auto at = calls_.find(&one);
        if (at == calls_.end()) return;
        const call ended = std::move(at->second);
        calls_.erase(at);
        if (const auto of = ended.of.lock()) of->used = clock::now(), of->finished(one);
    }
    void on_abandoned(reply& one) override {
        const auto at = calls_.find(&one);
        if (at == calls_.end()) return;
        const call ended = std::move(at->second);
        calls_.erase(at);
        const auto of = ended.of.lock();
        if (of) of->serving().drop(one), of->forget(one);
        else if (stateless_) (*stateless_)->drop(one);
    }
    void on_kept(reply& one, std::size_t bytes) override {
        const auto at = calls_.find(&one);
        const auto of = at == calls_.end() ? nullptr : at->second.of.lock();
        if (of) of->keeps_more(bytes, options_.max_replay_bytes);
        else if (standing_owner_) standing_owner_->keeps_more(bytes, options_.max_replay_bytes);
    }

private:
    /// Clients have so long for an answer.
    static void poll_in_time(server& one, clock::time_point now) {
        if (const auto end = one.next_deadline(); end && *end <= now) one.poll();
    }

    /// A message that was posted, a call or any other, while something may still be sent for it.
    struct call {
        std::shared_ptr<reply> what;
        std::weak_ptr<session> of = {};  ///< none: it stands for itself
    };

    std::vector<std::shared_ptr<reply>> copy_of_calls() const {
        std::vector<std::shared_ptr<reply>> out;
        out.reserve(calls_.size());
        for (const auto& [key, one] : calls_) out.push_back(one.what);
        return out;
    }

    // --- messages ---

    void post(const std::shared_ptr<connection>& from, const http_request& request) {
        const std::string_view body = request.body();
        // To know whose it is. The server that it belongs to reads it again, and says what is wrong with it.
        const message m = read_message(body, json::hard_depth_limit);
        // What calls that are worked off wait for is always taken in.
        const bool ends_one = m.kind == message::kind::response || m.kind == message::kind::notification;
        if (!ends_one && calls_.size() >= options_.max_requests && calls() >= options_.max_requests)
            return from->refuse({429, "too many requests are worked off; try again when some have ended", -32000, "Retry-After: 1\r\n"});
        const bool stateless = is_stateless_request(header_of(request, "MCP-Protocol-Version"), m);
        if (options_.server.eras == eras::stateless || (stateless && options_.server.eras == eras::both)) post_stateless(from, request, m);
        else post_to_session(from, request, m);
    }

    /// A request that stands for itself.
    void post_stateless(const std::shared_ptr<connection>& from, const http_request& request, const message& m) {
        if (m.kind == message::kind::notification) return from->respond(202, "", "", "");  // there is none that says anything
        if (m.kind == message::kind::response) return from->refuse({400, "answers are sent with the request again, and not for themselves", -32600, ""});
        const std::string method = json::string_of(m.method);
        reply::form how;
        how.id = m.id;
        how.principal = from->principal();
        how.status = m.kind == message::kind::broken ? 400 : 200;
        how.long_lived = method == "subscriptions/listen";
        if (how.long_lived && open_streams() >= options_.max_streams)
            return from->refuse({429, "too many streams are open; close one", -32000, "Retry-After: 1\r\n"});
        if (!stateless_) stateless_ = polled_server::make(make_(eras::stateless), io_);
        if (m.kind == message::kind::request && !(method == "initialize" && m.meta_version.empty())) {
            const std::string_view schema = method == "tools/call" ? schema_of(m.name) : std::string_view();
            if (const std::optional<std::string> wrong = stateless_headers_mismatch(request, m, schema)) {
                std::string answer;
                append_rpc_error(answer, m.id, rpc_error::header_mismatch, *wrong);
                return from->respond(400, "", "application/json", answer);
            }
        }
        const auto to = std::make_shared<reply>(from, *this, options_, std::move(how));
        from->set_owner(to);
        calls_.emplace(to.get(), call{.what = to});
        guarded(*to, [&] { (*stateless_)->handle(request.body(), to); });
    }
    std::string_view schema_of(std::string_view name) const {
        std::string scratch;
        const tool* const found = (*stateless_)->offered().tools->names.find(string_of(name, scratch));
        return found ? found->input_schema : std::string_view();
    }

    void post_to_session(const std::shared_ptr<connection>& from, const http_request& request, const message& m) {
        std::shared_ptr<session> of;
        const bool begins = header_of(request, "Mcp-Session-Id").empty() && m.kind == message::kind::request &&
                            json::string_of(m.method) == "initialize";
        if (begins) {
            if (sessions_.size() >= options_.max_sessions && !make_room())
                return from->refuse({503, "there are too many sessions, and all are in use; end one, or wait until one is not used any more",
                                     -32000, "Retry-After: 60\r\n"});
            of = begin_session(from->principal());
        } else {
            session* const found = session_of(from, request);
            if (!found) return;
            of = sessions_.find(found->id())->second;
        }
        const bool batch = is_batch(request.body());
        reply::form how;
        if (m.kind == message::kind::request) how.id = m.id;
        how.status = m.kind == message::kind::broken && !batch ? 400 : 200;
        if (begins) how.headers = concat({"Mcp-Session-Id: ", of->id(), "\r\n"});
        how.principal = from->principal();
        how.number = of->next_number();
        how.resumable = true;
        how.primed = header_of(request, "MCP-Protocol-Version") >= "2025-11-25";
        const auto to = std::make_shared<reply>(from, *this, options_, std::move(how));
        from->set_owner(to);
        calls_.emplace(to.get(), call{.what = to, .of = of});
        of->add(to);
        guarded(*to, [&] { of->serving().handle(request.body(), to); });
        if (begins && to->is_done() && !to->succeeded()) end_session(*of);
    }
    static bool is_batch(std::string_view body) noexcept {
        const std::size_t first = body.find_first_not_of(" \t\r\n");
        return first != std::string_view::npos && body[first] == '[';
    }

    /// What is thrown there (there is no memory, say) ends the call and nothing else.
    template <class Do>
    void guarded(reply& one, Do act) {
        try {
            act();
        } catch (...) {
            const auto kept = one.shared_from_this();
            one.drop();
            const auto at = calls_.find(&one);
            if (at == calls_.end()) return;
            if (const auto of = at->second.of.lock()) of->forget(one);
            calls_.erase(at);
        }
    }

    // --- sessions ---

    std::shared_ptr<session> begin_session(const std::string& principal) {
        auto out = std::make_shared<session>(random_digits(16), principal, polled_server::make(make_(eras::handshake), io_));
        reply::form how;
        how.resumable = how.primed = how.long_lived = true;
        out->standing = std::make_shared<reply>(nullptr, *this, options_, std::move(how));
        out->serving().on_output([this, of = out.get()](std::string_view frames) {
            standing_owner_ = of;
            of->standing->send(frames);
            standing_owner_ = nullptr;
        });
        sessions_.emplace(out->id(), out);
        session_count_ = sessions_.size();
        return out;
    }
    /// That which the request names; null after a http_refusal.
    session* session_of(const std::shared_ptr<connection>& from, const http_request& request) {
        const std::string_view id = header_of(request, "Mcp-Session-Id");
        const std::string_view version = header_of(request, "MCP-Protocol-Version");
        bool known = false;
        for (std::size_t i = 0; i < revision_count; ++i)
            known = known || (revision_names[i] == version && !is_stateless(static_cast<revision>(i)));
        if (!version.empty() && !known) {
            from->refuse({400, concat({"the revision of MCP-Protocol-Version is not spoken here; newest is ", name_of(newest_revision)})});
            return nullptr;
        }
        if (id.empty()) {
            from->refuse({400, "the header Mcp-Session-Id is missing; \"initialize\" begins a session, and its answer has the id"});
            return nullptr;
        }
        const auto at = sessions_.find(std::string(id));
        if (at == sessions_.end() || at->second->principal() != from->principal()) {
            from->refuse({404, "there is no such session (any more); begin one with \"initialize\"", -32001, ""});
            return nullptr;
        }
        at->second->used = clock::now();
        return at->second.get();
    }
    /// Ends the session that has not been used for the longest time: its client has most likely gone without a word, or else begins
    /// another, as it must (404). False if all are in use. [fault 144]
    bool make_room() {
        session* oldest = nullptr;
        for (const auto& [id, one] : sessions_)
            if (!one->has_open_streams() && (!oldest || one->used < oldest->used)) oldest = one.get();
        if (!oldest || clock::now() - oldest->used < options_.spare_time) return false;
        end_session(*oldest);
        return true;
    }
    void end_session(session& one) {
        const auto at = sessions_.find(one.id());
        if (at == sessions_.end()) return;
        const std::shared_ptr<session> kept = std::move(at->second);
        sessions_.erase(at);
        session_count_ = sessions_.size();
        std::erase_if(calls_, [&](const auto& entry) { return entry.second.of.lock() == kept; });
        kept->end();
    }

    /// A stream of what belongs to no call, or the rest of one that broke.
    void get(const std::shared_ptr<connection>& from, const http_request& request, session& of) {
        std::shared_ptr<reply> what = of.standing;
        std::uint64_t seen = what->sent();
        if (headers_of(request, "Last-Event-ID") > 0) {
            const std::optional<event_id> last = read_event_id(header_of(request, "Last-Event-ID"));
            what = last ? of.find(last->stream) : nullptr;
            if (!what || !what->has_after(last->event))
                return from->refuse({400, "Last-Event-ID is of no stream of this session, or of one that is forgotten"});
            seen = last->event;
        } else if (!what->is_open() && open_streams() >= options_.max_streams) {
            return from->refuse({429, "too many streams are open; close one", -32000, "Retry-After: 1\r\n"});
        }
        what->resume(from, seen);
    }
    std::size_t open_streams() const {
        std::size_t n = 0;
        for (const auto& [id, one] : sessions_) n += one->standing->is_open();
        for (const auto& [key, one] : calls_) n += one.what->how().long_lived;
        return n;
    }

    server_maker make_;
    const http_options& options_;
    admission admission_;
    std::shared_ptr<boost::asio::io_context> io_;
    std::shared_ptr<polled_server> stateless_;  // for all requests that stand for themselves
    std::unordered_map<std::string, std::shared_ptr<session>> sessions_;
    std::unordered_map<const reply*, call> calls_;  // that are not answered; standing streams are not among them
    std::atomic<std::size_t> session_count_{0};
    session* standing_owner_ = nullptr;             // while something is sent to its standing stream
};

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_TRANSPORT_HTTP_ENDPOINT_HPP
