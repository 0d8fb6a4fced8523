// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_CLIENT_HTTP_LINK_HPP
#define HAFT_MCP_CLIENT_HTTP_LINK_HPP

/// Streamable HTTP from the client's side: each message a POST, answered by JSON or by a stream of events (basic/transports, both eras).
/// Everything runs on the thread that waits, in coroutines. Whatever has come, a body or an event, becomes a line, as from a pipe.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/http/url.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/mcp/client/http/event_reader.hpp>
#include <haft/mcp/client/http/options.hpp>
#include <haft/mcp/client/http/wire.hpp>
#include <haft/mcp/client/remote_tool.hpp>
#include <haft/mcp/client/server_link.hpp>
#include <haft/mcp/wire/header_parameters.hpp>
#include <haft/mcp/wire/message.hpp>
#include <haft/mcp/wire/revision.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/verb.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp::http {

/// Whatever keeps a request from its answer is told as an answer with an error (-32000, or the server's own code), whose data say what
/// became of it: `{"fate":"unreached"}` if nothing of it was sent, `{"fate":"unknown"}` if it may have been done. No request is sent a
/// second time for that. It is the end only where `initialize` or `server/discover` is lost on its way, or a session is and no other
/// begins: then wait_and_move gives false.
class link final : public server_link {
public:
    /// `target` is the path, with a query, of `to`. Nothing is sent before `write`.
    link(remote_server_options options, http_url to, std::string target, boost::asio::ssl::context tls)
        : options_(std::move(options)), to_(std::move(to)), target_(std::move(target)), tls_(std::move(tls)) {}

    void write(std::string_view lines) override {
        if (!lines.empty()) boost::asio::post(io_, [this, text = std::string(lines)] { take(text); });
    }
    void ask_to_end(std::chrono::milliseconds grace) override {
        boost::asio::post(io_, [this, grace] { grace_ = grace, ending_ = true; });
    }
    bool wait_and_move(std::string& out) override {
        while (came_.empty() && !ending_ && gone_.empty()) io_.run_one();
        if (ending_ || came_.empty()) return false;
        out += std::exchange(came_, std::string());
        return true;
    }
    std::string end() override {
        for (exchange* const one : under_way_)
            if (one->at) one->at->close();
        if (!session_.empty() && gone_.empty()) {
            boost::asio::co_spawn(io_, say_goodbye(), boost::asio::detached);
            const auto until = std::chrono::steady_clock::now() + (std::min)(grace_, std::chrono::milliseconds(1000));
            while (!said_goodbye_ && io_.run_one_until(until) != 0) {}
        }
        return gone_.empty() ? "was left" : gone_;
    }
    void know_tools(const std::vector<remote_tool>& tools) override {
        std::map<std::string, std::vector<header_parameter>, std::less<>> found;
        for (const remote_tool& one : tools)
            if (std::vector<header_parameter> all = header_parameters(one.input_schema); !all.empty()) found.emplace(one.name, std::move(all));
        boost::asio::post(io_, [this, found = std::move(found)]() mutable { parameters_ = std::move(found); });
    }

private:
    template <class T>
    using awaitable = boost::asio::awaitable<T>;
    using verb = boost::beast::http::verb;

    /// A request that waits for its response; known to `link` as long as it does.
    struct exchange {
        exchange(link& of, std::string request_id) : all(of), id(std::move(request_id)) { all.under_way_.push_back(this); }
        exchange(const exchange&) = delete;
        exchange& operator=(const exchange&) = delete;
        ~exchange() { std::erase(all.under_way_, this); }

        link& all;
        const std::string id;  // JSON; "" of what has no answer
        std::unique_ptr<wire> at;
        bool answered = false;
        bool given_up = false;
        bool sent = false;  // a part of it, at least: the server may act on it
    };
    static constexpr std::string_view unreached = R"({"fate":"unreached"})", unknown = R"({"fate":"unknown"})";

    static message read(std::string_view text) { return read_message(text, json::hard_depth_limit); }

    // --- what goes out

    void take(std::string_view lines) {
        while (!lines.empty()) {
            const std::size_t end = (std::min)(lines.find('\n'), lines.size());
            outgoing_.emplace_back(lines.substr(0, end));
            lines.remove_prefix((std::min)(end + 1, lines.size()));
        }
        if (!std::exchange(pumping_, true)) boost::asio::co_spawn(io_, pump(), boost::asio::detached);
    }
    /// In their order: what has no answer is taken in by the server before anything else is sent.
    awaitable<void> pump() {
        while (!outgoing_.empty()) {
            std::string line = std::move(outgoing_.front());
            outgoing_.pop_front();
            const bool answered = read(line).kind == message::kind::request;
            if (answered) boost::asio::co_spawn(io_, deliver(std::move(line)), boost::asio::detached);
            else co_await deliver(std::move(line));
        }
        pumping_ = false;
    }
    awaitable<void> deliver(std::string line) {
        const message m = read(line);
        const bool request = m.kind == message::kind::request;
        const std::string method = json::string_of(m.method);
        if (method == "initialize") session_.clear(), version_.clear(), first_line_ = line;
        if (method == "notifications/cancelled") {
            give_up(m.request_id);
            if (is_stateless()) co_return;  // who closes the stream has cancelled
        }
        exchange own(*this, request ? std::string(m.id) : std::string());
        std::string problem;
        try {
            for (bool again = true; again;) again = co_await post(own, line, m, method);
        } catch (const boost::system::system_error& e) {
            problem = what_went_wrong(own, e);
            if (method == "initialize" || method == "server/discover") gone_ = problem;
        }
        if (request && !own.answered && !own.given_up && gone_.empty())
            fail(own, problem.empty() ? "the answer has ended without a message" : std::string_view(problem), {}, own.sent ? unknown : unreached);
        if (method == "notifications/initialized" && gone_.empty() && !std::exchange(listening_, true))
            boost::asio::co_spawn(io_, listen(), boost::asio::detached);
    }
    /// Sends a message and takes in what comes of it. True: it is to be sent once more.
    awaitable<bool> post(exchange& own, const std::string& line, const message& m, const std::string& method) {
        const std::string session = session_;
        own.sent = false;
        co_await connect(own);
        wire::request what = request_of(verb::post);
        what.set("Content-Type", "application/json");
        what.set("Accept", "application/json, text/event-stream");
        add_headers(what, m, method);
        what.body() = line;
        what.prepare_payload();
        own.sent = true;
        co_await own.at->send(what);
        auto answer = a_parser();
        co_await own.at->read_head(*answer);
        const unsigned status = answer->get().result_int();
        if (status == 404 && !session.empty() && method != "initialize") {  // the session has ended; nothing was done
            co_await renew(session);
            co_return gone_.empty() && !own.given_up;
        }
        if (method == "initialize" && status == 200) session_ = header_of(*answer, "Mcp-Session-Id");
        if (status == 200 && is_stream(*answer)) {
            event_reader events(options_.max_message_bytes);
            answer->body_limit(boost::none);
            co_await read_events(own, *answer, events);
            co_await resume(own, events);
            co_return false;
        }
        const std::string body = co_await read_body(own, *answer);
        if (own.id.empty()) {
            if (status >= 400) complain(concat({"refuses ", method.empty() ? std::string_view("an answer") : method, ": ", shown(*answer, body)}));
            co_return false;
        }
        if (!json::is_json(body) || !take_in(own, body)) {
            const std::string_view failure = json::value_of(json::members_of(body), "error");
            const std::string said = json::string_of(json::value_of(json::members_of(failure), "message"));
            // Where a server says nothing itself, a proxy may have lost its answer: what that says is about the way, and not about the request.
            const bool lost = failure.empty() && (status / 100 == 5 || status / 100 == 2);
            fail(own, said.empty() ? shown(*answer, body) : concat({shown(*answer, {}), ": ", said}), failure, lost ? unknown : "");
        }
        keep(own, *answer);
        co_return false;
    }
    awaitable<void> connect(exchange& own) {
        while (!idle_.empty()) {
            own.at = std::move(idle_.back());
            idle_.pop_back();
            if (own.at->is_quiet()) co_return;
        }
        own.at = std::make_unique<wire>(io_, to_, tls_);
        co_await own.at->open(options_.connect_limit);
    }
    void keep(exchange& own, const wire::parser& answer) {
        if (answer.is_done() && answer.keep_alive() && idle_.size() < most_idle) idle_.push_back(std::exchange(own.at, std::make_unique<wire>(io_, to_, tls_)));
    }
    wire::request request_of(verb which) const {
        wire::request out{which, target_, 11};
        out.set(boost::beast::http::field::host, to_.authority());
        out.set(boost::beast::http::field::user_agent, "haft");
        for (const auto& [name, value] : options_.headers) out.set(name, value);
        if (!session_.empty()) out.set("Mcp-Session-Id", session_);
        if (!version_.empty()) out.set("MCP-Protocol-Version", version_);
        return out;
    }
    void add_headers(wire::request& to, const message& m, const std::string& method) const {
        if (m.meta_version.empty()) return;
        to.set("MCP-Protocol-Version", json::string_of(m.meta_version));
        to.set("Mcp-Method", method);
        const std::string_view named = method == "resources/read" ? m.uri : method == "tools/call" || method == "prompts/get" ? m.name : "";
        if (named.empty()) return;
        const std::string name = json::string_of(named);
        to.set("Mcp-Name", header_value(name));
        const auto at = method == "tools/call" ? parameters_.find(name) : parameters_.end();
        if (at == parameters_.end()) return;
        for (const header_parameter& one : at->second) {
            std::string_view value = m.arguments;
            for (const std::string& key : one.path) value = json::value_of(json::members_of(value), key);
            if (value.empty() || value == "null" || value.front() == '{' || value.front() == '[') continue;
            to.set(one.header, header_value(value.front() == '"' ? json::string_of(value) : std::string(value)));
        }
    }
    /// No handshake was sent.
    bool is_stateless() const noexcept { return first_line_.empty(); }
    void give_up(std::string_view id) {
        for (exchange* const one : under_way_) {
            if (one->id != id) continue;
            one->given_up = true;
            if (one->at) one->at->close();
        }
    }

    // --- what comes in

    std::unique_ptr<wire::parser> a_parser() const {
        auto out = std::make_unique<wire::parser>();
        out->header_limit(64u << 10);
        out->body_limit(options_.max_message_bytes);
        return out;
    }
    static std::string header_of(const wire::parser& of, std::string_view name) {
        const auto value = of.get()[boost::beast::string_view(name.data(), name.size())];
        return std::string(value.data(), value.size());
    }
    static bool is_stream(const wire::parser& of) {
        constexpr std::string_view wanted = "text/event-stream";
        return boost::beast::iequals(header_of(of, "Content-Type").substr(0, wanted.size()), wanted);
    }
    awaitable<std::string> read_body(exchange& own, wire::parser& of) {
        std::string out;
        for (;;) {
            const std::string_view more = co_await own.at->read_some(of);
            if (more.empty()) break;
            out += more;
        }
        co_return out;
    }
    /// Until the answer is there, or the stream ends.
    awaitable<void> read_events(exchange& own, wire::parser& of, event_reader& events) {
        bool fits = true;
        while (fits && !(own.answered && !own.id.empty())) {
            const std::string_view more = co_await own.at->read_some(of);
            if (more.empty()) break;
            fits = events.feed(more, [&](std::string_view data) { ++heard_, take_in(own, data); });
        }
        if (!fits) complain(concat({"sends an event of more than ", std::to_string(options_.max_message_bytes), " bytes"}));
    }
    /// A stream that ended before the answer is gone on with, where its events have ids.
    awaitable<void> resume(exchange& own, event_reader& events) {
        for (std::size_t vain = 0; !own.answered && !own.given_up && !own.id.empty() && !events.last_id().empty() && vain < options_.most_retries;) {
            co_await pause(events.retry().value_or(options_.retry_time));
            try {
                if (!co_await listen_once(own, events)) co_return;
                vain = 0;  // a server may let its clients ask again and again, for as long as the call takes
            } catch (const boost::system::system_error&) { ++vain; }
        }
    }
    /// A stream by GET: what belongs to no request, or the rest of what does. False: the server has none.
    awaitable<bool> listen_once(exchange& own, event_reader& events) {
        co_await connect(own);
        wire::request what = request_of(verb::get);
        what.set("Accept", "text/event-stream");
        if (!events.last_id().empty()) what.set("Last-Event-ID", events.last_id());
        co_await own.at->send(what);
        auto answer = a_parser();
        answer->body_limit(boost::none);
        co_await own.at->read_head(*answer);
        if (answer->get().result_int() != 200 || !is_stream(*answer)) co_return false;
        co_await read_events(own, *answer, events);
        co_return true;
    }
    awaitable<void> listen() {
        exchange own(*this, {});
        event_reader events(options_.max_message_bytes);
        for (std::size_t vain = 0; !ending_ && gone_.empty() && vain < options_.most_retries;) {
            const std::size_t before = heard_;
            bool has_stream = true;
            try {
                has_stream = co_await listen_once(own, events);
            } catch (const boost::system::system_error&) {}  // once more
            if (!has_stream) break;
            vain = heard_ == before ? vain + 1 : 0;
            co_await pause(events.retry().value_or(options_.retry_time));
        }
        listening_ = false;
    }
    /// Hands on what came. True if the answer of that exchange was in it.
    bool take_in(exchange& own, std::string_view text) {
        if (text.find_first_not_of(" \t\r\n") == text.find('[')) {  // a batch, of 2025-03-26
            bool out = false;
            for (const std::string_view one : json::items_of(text)) out = take_in(own, one) || out;
            return out;
        }
        const message m = read(text);
        const bool answers = m.kind == message::kind::response && !own.id.empty() && m.id == own.id;
        if (m.kind == message::kind::response && !own.id.empty() && !answers) return false;
        if (answers) {
            own.answered = true;
            if (version_.empty() && !first_line_.empty())
                version_ = json::string_of(json::value_of(json::members_of(m.result), "protocolVersion"));
        }
        const std::size_t begin = came_.size();
        came_ += text;
        std::replace(came_.begin() + static_cast<std::ptrdiff_t>(begin), came_.end(), '\n', ' ');
        came_ += '\n';
        return answers;
    }
    /// The answer that a request gets here, since the server has given none. `fate` is the data where the server has said none.
    void fail(exchange& own, std::string_view why, std::string_view said = {}, std::string_view fate = {}) {
        if (own.id.empty()) return complain(why);
        own.answered = true;
        const auto members = json::members_of(said);
        const std::string_view code = json::value_of(members, "code"), told = json::value_of(members, "data"), data = told.empty() ? fate : told;
        append_all(came_, {R"({"jsonrpc":"2.0","id":)", own.id, ",\"error\":{\"code\":", code.empty() ? "-32000" : code, ",\"message\":",
                           json::string_text(why)});
        if (!data.empty()) {
            came_ += ",\"data\":";
            json::append_compact(came_, data);
        }
        came_ += "}}\n";
    }
    /// What belongs to no request is told as a message of the server's.
    void complain(std::string_view why) {
        append_all(came_, {R"({"jsonrpc":"2.0","method":"notifications/message","params":{"level":"warning","data":)",
                           json::string_text(concat({to_.text(), " ", why})), "}}\n"});
    }
    std::string shown(const wire::parser& of, std::string_view body) const {
        const unsigned status = of.get().result_int();
        const auto reason = of.get().reason();
        std::string out = concat({"HTTP ", std::to_string(status), reason.empty() ? "" : " ", std::string_view(reason.data(), reason.size())});
        if (!body.empty()) append_all(out, {": ", in_quotes(body.substr(0, 200))});
        if (status / 100 == 3)
            append_all(out, {" to ", in_quotes(header_of(of, "Location").substr(0, 200)), "; that is not followed, write it as the url if it is right"});
        else if (status == 401 || status == 403) out += "; it wants a token: give it as the header Authorization";
        else if (status == 404 || status == 405) out += "; is the path of the url right?";
        else if (status == 200 && body.empty()) out += ", and nothing else";
        return out;
    }
    std::string what_went_wrong(exchange& own, const boost::system::system_error& e) const {
        std::string out = concat({own.sent ? "lost its connection at " : "can't be reached at ", to_.text(), ": ",
                                  own.at ? own.at->step() : "connecting", ": ", e.code().message()});
        if (const char* const why = own.at ? own.at->distrust() : nullptr)
            append_all(out, {": ", why, "; if it is yours, name the certificate of who signed it as ca_file"});
        return out;
    }

    // --- sessions

    /// Another session in place of that one, which the server does not know any more.
    awaitable<void> renew(const std::string& lost) {
        while (renewing_) co_await pause(std::chrono::milliseconds(10));
        if (session_ != lost || first_line_.empty()) co_return;
        renewing_ = true;
        std::string problem;
        try {
            co_await begin_again();
        } catch (const boost::system::system_error& e) {
            problem = e.code().message();
        }
        if (session_.empty() && gone_.empty()) gone_ = concat({"has forgotten the session and begins no other", problem.empty() ? "" : ": ", problem});
        renewing_ = false;
    }
    awaitable<void> begin_again() {
        session_.clear();
        const std::string version = std::exchange(version_, std::string());
        for (const std::string_view line : {std::string_view(first_line_), initialized_line}) {
            exchange own(*this, {});
            co_await connect(own);
            wire::request what = request_of(verb::post);
            what.set("Content-Type", "application/json");
            what.set("Accept", "application/json, text/event-stream");
            what.body() = std::string(line);
            what.prepare_payload();
            co_await own.at->send(what);
            auto answer = a_parser();
            co_await own.at->read_head(*answer);
            if (answer->get().result_int() / 100 != 2) co_return;
            if (line != initialized_line) session_ = header_of(*answer, "Mcp-Session-Id"), version_ = version;
        }
    }
    awaitable<void> say_goodbye() {
        exchange own(*this, {});
        try {
            co_await connect(own);
            co_await own.at->send(request_of(verb::delete_));
            auto answer = a_parser();
            co_await own.at->read_head(*answer);
        } catch (const boost::system::system_error&) {}  // it has gone before us
        said_goodbye_ = true;
    }
    /// A server may say that a stream may be opened again at once, which must not become a load on it and on us for as long as a call takes.
    awaitable<void> pause(std::chrono::milliseconds how_long) {
        boost::asio::steady_timer timer(io_, (std::max)(how_long, std::chrono::milliseconds(10)));
        co_await timer.async_wait(boost::asio::use_awaitable);
    }

    static constexpr std::size_t most_idle = 4;
    static constexpr std::string_view initialized_line = R"({"jsonrpc":"2.0","method":"notifications/initialized"})";

    const remote_server_options options_;
    const http_url to_;
    const std::string target_;
    boost::asio::ssl::context tls_;
    std::chrono::milliseconds grace_{1000};
    std::string came_;              // lines that wait_and_move has not given yet
    std::string gone_;              // why there is no server any more
    std::string session_, version_;  // of a handshake
    std::string first_line_;        // initialize; "" where there is no handshake
    std::map<std::string, std::vector<header_parameter>, std::less<>> parameters_;  // by tool
    std::deque<std::string> outgoing_;
    std::vector<exchange*> under_way_;
    std::size_t heard_ = 0;  // events
    bool pumping_ = false, listening_ = false, renewing_ = false, ending_ = false, said_goodbye_ = false;
    boost::asio::io_context io_{1};  // goes before all that its coroutines use
    std::vector<std::unique_ptr<wire>> idle_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{io_.get_executor()};
};

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_CLIENT_HTTP_LINK_HPP
