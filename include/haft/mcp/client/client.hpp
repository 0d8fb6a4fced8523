// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_CLIENT_CLIENT_HPP
#define HAFT_MCP_CLIENT_CLIENT_HPP

/// The client of one MCP server, without any I/O: it is given the bytes that the server sends and gives those that it is to get.
/// Both eras: 2026-07-28, where each request says for itself what the client is, and the revisions with a handshake before it.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/read_number.hpp>
#include <haft/json/string_text.hpp>
#include <haft/mcp/client/client_options.hpp>
#include <haft/mcp/client/remote_tool.hpp>
#include <haft/mcp/wire/frames.hpp>
#include <haft/mcp/wire/message.hpp>
#include <haft/mcp/wire/revision.hpp>
#include <haft/tool/asker.hpp>
#include <haft/tool/call_listener.hpp>
#include <haft/tool/log_level.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

/// Hears what a server says. Called from within client::feed, which it may not call.
class client_events {
public:
    /// The server has answered, and may be asked for its tools and called.
    virtual void on_ready() {}
    /// Nothing more comes of this connection.
    virtual void on_failed(const error&) {}
    virtual void on_tools(result<std::vector<remote_tool>>) {}
    virtual void on_tools_changed() {}
    /// Of a call: the result as MCP has it, a JSON object; or why there is none.
    virtual void on_answer(std::uint64_t /*call*/, result<std::string>) {}
    virtual void on_progress(std::uint64_t /*call*/, const progress&) {}
    virtual void on_log(log_level, std::string_view /*message*/) {}
    /// Something that the host has declared to answer; client::answer is told what.
    virtual void on_question(std::uint64_t /*number*/, const question&) {}
    /// What the server may not say, and what came of it: nothing.
    virtual void on_strange(const error&) {}

protected:
    ~client_events() = default;
};

/// One thread at a time. Whatever is called here may leave something to send: take_output has it, and nothing else tells of it. Time is
/// not looked at; who waits does that (give_up_probe, cancel).
class client {
public:
    HAFT_COLD explicit client(client_options options) : options_(std::move(options)), in_(options_.limits.max_message_bytes) {}

    /// Begins; once, and first.
    HAFT_COLD void start() {
        if (options_.begins == opening::handshake) initialize();
        else discover(stateless_revision);
    }
    /// The probe has had no answer in time: goes back to the handshake. Nothing happens when it has had one, or may not.
    HAFT_COLD void give_up_probe() {
        if (ready_ || failed_ || options_.begins != opening::probe) return;
        for (auto at = pending_.begin(); at != pending_.end(); ++at) {
            if (at->second.what != asked::discover) continue;
            forget(at->first);
            pending_.erase(at);
            return initialize();
        }
    }

    /// Bytes that came from the server, in whatever pieces.
    HAFT_COLD void feed(std::string_view bytes, client_events& to) {
        in_.append(bytes);
        for (std::string_view line; !failed_;) {
            const frame_splitter::got what = in_.next(line);
            if (what == frame_splitter::got::nothing) return;
            if (what == frame_splitter::got::frame) take_message(line, to);
            else too_long(to);
        }
    }
    /// Lines for the server, each with its end; taken once.
    std::string take_output() { return std::exchange(out_, std::string()); }

    bool ready() const noexcept { return ready_; }
    const std::optional<error>& failure() const noexcept { return failed_; }
    /// Requires ready().
    mcp::revision revision() const noexcept { return revision_; }
    /// What the server says of how its tools belong together; "" if nothing.
    const std::string& instructions() const noexcept { return instructions_; }
    /// `everything 2.0.0`, as far as the server says.
    const std::string& server_info() const noexcept { return server_info_; }
    /// Requests that have no answer yet, calls or not.
    std::size_t calls_under_way() const noexcept { return pending_.size(); }

    /// All of the server's tools, page by page; on_tools has them. Requires ready().
    HAFT_COLD void list_tools(client_events& to) {
        if (!has_tools_) return to.on_tools(std::vector<remote_tool>{});
        listed_.clear(), cursors_.clear();
        ask_page({});
    }
    /// Calls a tool. `arguments` is a JSON object. on_answer has the number that this gives. Requires ready().
    HAFT_COLD std::uint64_t call(std::string_view name, std::string_view arguments) {
        const std::uint64_t number = ++calls_;
        send_call({asked::call, number, std::string(name), std::string(arguments), 0}, {}, {});
        return number;
    }
    /// The call's result is not wanted any more: the server is told, and on_answer is not.
    HAFT_COLD void cancel(std::uint64_t call, std::string_view reason) {
        std::erase_if(questions_, [&](const auto& one) { return one.second.call == call; });
        rounds_.erase(call);
        for (auto at = pending_.begin(); at != pending_.end(); ++at) {
            if (at->second.what != asked::call || at->second.call != call) continue;
            const std::uint64_t id = at->first;
            append_all(out_, {R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":)", number_text(id),
                              ",\"reason\":", json::string_text(reason), "}}\n"});
            forget(id);
            pending_.erase(at);
            return;
        }
    }
    /// Whose question it is: the call's number; 0 where the server does not say (all revisions before 2026-07-28), or it is over.
    std::uint64_t call_of(std::uint64_t question_number) const {
        const auto at = questions_.find(question_number);
        return at == questions_.end() ? 0 : at->second.call;
    }
    /// What was found for a question: a JSON object as MCP's result of it. An error refuses it.
    HAFT_COLD void answer(std::uint64_t number, const result<std::string>& given, client_events& to) {
        const auto at = questions_.find(number);
        if (at == questions_.end()) return;  // its call has ended meanwhile
        const waiting_question asked_so = std::move(at->second);
        questions_.erase(at);
        if (asked_so.call == 0) {
            if (given) append_all(out_, {R"({"jsonrpc":"2.0","id":)", asked_so.id, ",\"result\":", on_one_line(*given), "}\n"});
            else refuse(asked_so.id, rpc_error::internal_error, given.error().message);
            return;
        }
        const auto at_round = rounds_.find(asked_so.call);
        if (at_round == rounds_.end()) return;
        if (!given) {
            std::erase_if(questions_, [&](const auto& one) { return one.second.call == asked_so.call; });
            rounds_.erase(at_round);
            return to.on_answer(asked_so.call, given.error());
        }
        append_all(at_round->second.responses, {at_round->second.responses.empty() ? "" : ",", asked_so.id, ":", on_one_line(*given)});
        if (--at_round->second.missing == 0) next_round(asked_so.call);
    }

private:
    enum class asked : unsigned char { discover, initialize, list, call };
    struct request {
        asked what = asked::call;
        std::uint64_t call = 0;  // of a call
        std::string name = {}, arguments = {};
        std::size_t rounds = 0;
    };
    struct waiting_question {
        std::string id;          // of a request: its JSON; of one within an answer: its key, in quotes
        std::uint64_t call = 0;  // 0: of a request
    };
    struct round {
        request of;
        std::string state, responses;  // JSON, and members of JSON
        std::size_t missing = 0;
    };

    // --- what goes out

    /// A line end in it would end the message.
    static std::string on_one_line(std::string_view json) {
        std::string out;
        json::append_compact(out, json);
        return out;
    }
    static std::string number_text(std::uint64_t n) { return std::to_string(n); }
    std::string info() const {
        return concat({"{\"name\":", json::string_text(options_.client_name), ",\"version\":",
                       json::string_text(options_.client_version), "}"});
    }
    bool answers(question_kind kind) const {
        return std::find(options_.answers.begin(), options_.answers.end(), kind) != options_.answers.end();
    }
    std::string capabilities() const {
        std::string out = "{";
        const auto add = [&](std::string_view text) { append_all(out, {out.size() > 1 ? "," : "", text}); };
        const bool form = answers(question_kind::form), url = answers(question_kind::url);
        if (form || url)
            add(concat({"\"elicitation\":{", form ? "\"form\":{}" : "", form && url ? "," : "", url ? "\"url\":{}" : "", "}"}));
        if (answers(question_kind::sample)) add("\"sampling\":{}");
        if (answers(question_kind::roots)) add("\"roots\":{}");
        return out += '}';
    }
    /// Sends a request, of which `params` has the members; gives its id.
    std::uint64_t send(std::string_view method, std::string_view params, request what, bool wants_progress = false) {
        const std::uint64_t id = ++ids_;
        std::string meta;
        if (is_stateless(revision_) && what.what != asked::initialize)
            meta = concat({"\"io.modelcontextprotocol/protocolVersion\":\"", name_of(revision_),
                           "\",\"io.modelcontextprotocol/clientInfo\":", info(),
                           ",\"io.modelcontextprotocol/clientCapabilities\":", capabilities()});
        if (wants_progress) append_all(meta, {meta.empty() ? "" : ",", "\"progressToken\":", number_text(id)});
        append_all(out_, {R"({"jsonrpc":"2.0","id":)", number_text(id), ",\"method\":\"", method, "\""});
        if (!meta.empty() || !params.empty()) {
            append_all(out_, {",\"params\":{", params});
            if (!meta.empty()) append_all(out_, {params.empty() ? "" : ",", "\"_meta\":{", meta, "}"});
            out_ += '}';
        }
        out_ += "}\n";
        pending_.emplace(id, std::move(what));
        return id;
    }
    void discover(mcp::revision as) {
        revision_ = as;
        send("server/discover", {}, {asked::discover});
    }
    void initialize() {
        revision_ = newest_revision;
        send("initialize",
             concat({"\"protocolVersion\":\"", name_of(newest_revision), "\",\"capabilities\":", capabilities(),
                     ",\"clientInfo\":", info()}),
             {asked::initialize});
    }
    void ask_page(std::string_view cursor) {
        send("tools/list", cursor.empty() ? std::string() : concat({"\"cursor\":", cursor}), {asked::list});
    }
    void send_call(request r, std::string_view responses, std::string_view state) {
        std::string params = concat({"\"name\":", json::string_text(r.name), ",\"arguments\":", on_one_line(r.arguments)});
        if (!responses.empty()) append_all(params, {",\"inputResponses\":{", responses, "}"});
        if (!state.empty()) append_all(params, {",\"requestState\":", state});
        send("tools/call", params, std::move(r), true);
    }
    void refuse(std::string_view id, rpc_error code, std::string_view message) {
        append_all(out_, {R"({"jsonrpc":"2.0","id":)", id, ",\"error\":{\"code\":", std::to_string(static_cast<int>(code)),
                          ",\"message\":", json::string_text(message), "}}\n"});
    }

    // --- what comes in

    error of_server(errc code, std::string_view why) const {
        return {code, concat({"MCP server ", in_quotes(options_.server), why})};
    }
    static std::string shown(std::string_view text) { return in_quotes(text.substr(0, 120)); }

    void strange(std::string_view why, client_events& to) {
        const error e = of_server(errc::bad_server_message, why);
        to.on_strange(e);
        if (++strange_ >= options_.limits.max_strange_lines)
            fail(of_server(errc::bad_server_message,
                           concat({" has sent ", std::to_string(strange_), " lines that make no sense; the last one: it", why})),
                 to);
    }
    void fail(error e, client_events& to) {
        if (failed_) return;
        failed_ = e;
        fail_all(e, to);
        to.on_failed(e);
    }
    /// Of what was asked, nothing gets another answer.
    void fail_all(const error& e, client_events& to) {
        const std::map<std::uint64_t, request> all = std::exchange(pending_, {});
        for (const auto& [id, r] : all) {
            forget(id);
            if (r.what == asked::call) to.on_answer(r.call, e);
            else if (r.what == asked::list) to.on_tools(e);
            else fail(e, to);
        }
    }
    /// Nobody knows whose answer it was.
    void too_long(client_events& to) {
        const error e = of_server(errc::bad_server_message,
                                  concat({" has sent a message of more than ", std::to_string(options_.limits.max_message_bytes), " bytes"}));
        to.on_strange(e);
        ++strange_;
        fail_all(e, to);
    }

    void take_message(std::string_view line, client_events& to) {
        const message m = read_message(line, options_.limits.max_depth);
        switch (m.kind) {
            case message::kind::notification: return take_notification(m, to);
            case message::kind::request: return take_request(m, to);
            case message::kind::response: return take_response(m, line, to);
            case message::kind::broken: break;
        }
        if (!m.id.empty() && m.method.empty())
            if (const auto at = find(m.id); at != pending_.end())
                return end_with(at, of_server(errc::bad_server_message, concat({" answers ", shown(line), ": ", m.problem})), to);
        strange(concat({" sent a line that is no message, ", shown(line), ": ", m.problem}), to);
    }
    void take_notification(const message& m, client_events& to) {
        const std::string method = json::string_of(m.method);
        if (method == "notifications/tools/list_changed") return to.on_tools_changed();
        const std::vector<json::member_piece> all = json::members_of(m.params);
        if (method == "notifications/progress") {
            const auto at = find(json::value_of(all, "progressToken"));
            if (at == pending_.end() || at->second.what != asked::call) return;  // late, mostly
            const std::string message = json::string_of(json::value_of(all, "message"));
            to.on_progress(at->second.call, {number_of(json::value_of(all, "progress")), number_of(json::value_of(all, "total")), message});
        } else if (method == "notifications/message") {
            const std::string_view data = json::value_of(all, "data");
            const std::string level = json::string_of(json::value_of(all, "level"));
            to.on_log(find_log_level(level).value_or(log_level::info), data.starts_with('"') ? json::string_of(data) : std::string(data));
        }
    }
    static double number_of(std::string_view text) {
        double out = 0;
        const bool is_number = !text.empty() && (text.front() == '-' || (text.front() >= '0' && text.front() <= '9'));
        return is_number && json::read_double(text, out) ? out : 0;
    }
    static std::optional<question_kind> kind_of(std::string_view method, std::string_view params) {
        if (method == "sampling/createMessage") return question_kind::sample;
        if (method == "roots/list") return question_kind::roots;
        if (method != "elicitation/create") return std::nullopt;
        return json::string_of(json::value_of(json::members_of(params), "mode")) == "url" ? question_kind::url : question_kind::form;
    }
    void take_request(const message& m, client_events& to) {
        const std::string method = json::string_of(m.method);
        if (method == "ping") return append_all(out_, {R"({"jsonrpc":"2.0","id":)", m.id, ",\"result\":{}}\n"});
        const std::optional<question_kind> kind = kind_of(method, m.params);
        if (!kind || !answers(*kind)) return refuse(m.id, rpc_error::method_not_found, concat({method, " is not answered here"}));
        if (questions_.size() >= options_.limits.max_questions)
            return refuse(m.id, rpc_error::internal_error, "too many questions wait for an answer");
        const std::uint64_t number = ++questions_asked_;
        questions_.emplace(number, waiting_question{std::string(m.id), 0});
        to.on_question(number, {*kind, std::string(m.id), std::string(m.params.empty() ? "{}" : m.params)});
    }

    using place = std::map<std::uint64_t, request>::iterator;
    /// Who asked with that id, exactly as it was sent.
    place find(std::string_view id) {
        std::uint64_t number = 0;
        const auto [end, problem] = std::from_chars(id.data(), id.data() + id.size(), number);
        const bool whole = problem == std::errc() && end == id.data() + id.size() && number_text(number) == id;
        return whole ? pending_.find(number) : pending_.end();
    }
    /// An answer may still come, and is dropped then. Of a server that never answers no more than that many are remembered.
    void forget(std::uint64_t id) {
        forgotten_.insert(id);
        if (forgotten_.size() > most_forgotten) forgotten_.erase(forgotten_.begin());
    }
    bool was_forgotten(std::string_view id) {
        std::uint64_t number = 0;
        std::from_chars(id.data(), id.data() + id.size(), number);
        return forgotten_.erase(number) > 0;
    }

    void take_response(const message& m, std::string_view line, client_events& to) {
        const auto at = find(m.id);
        if (at == pending_.end()) {
            if (was_forgotten(m.id)) return;  // it was under way when the call was cancelled
            return strange(m.id.empty() ? concat({" answers without an id: ", shown(line)})
                                        : concat({" answers what nobody has asked, or asked and got answered before: ", shown(line)}),
                           to);
        }
        const bool both = !m.result.empty() && !m.failure.empty();
        const bool object = m.failure.empty() ? m.result.starts_with('{') : m.failure.starts_with('{');
        if (both || !object)
            return end_with(at, of_server(errc::bad_server_message,
                                          concat({" gives an answer that is none, ", shown(line),
                                                  both ? ": it has a result and an error" : ": its result or error is no object"})),
                            to);
        const request r = std::move(at->second);
        pending_.erase(at);
        if (!m.failure.empty()) return take_failure(r, m.failure, to);
        switch (r.what) {
            case asked::discover: return take_discovered(m.result, to);
            case asked::initialize: return take_initialized(m.result, to);
            case asked::list: return take_page(m.result, to);
            case asked::call: return take_result(r, m.result, to);
        }
    }
    void end_with(place at, const error& e, client_events& to) {
        const request r = std::move(at->second);
        pending_.erase(at);
        tell(r, e, to);
    }
    void tell(const request& r, const error& e, client_events& to) {
        if (r.what == asked::call) to.on_answer(r.call, e);
        else if (r.what == asked::list) to.on_tools(e);
        else fail(e, to);
    }

    void take_failure(const request& r, std::string_view failure, client_events& to) {
        const std::vector<json::member_piece> all = json::members_of(failure);
        const std::string_view code = json::value_of(all, "code");
        if (r.what == asked::discover) {
            const auto supported = json::members_of(json::value_of(all, "data"));
            if (code == "-32022") return choose(json::value_of(supported, "supported"), to);
            if (options_.begins == opening::probe) return initialize();  // whatever it is: an older server does not know better
        }
        if (r.what == asked::call) {
            const std::string_view fate = json::value_of(json::members_of(json::value_of(all, "data")), "fate");
            if (fate == R"("unknown")" || fate == R"("unreached")")
                return tell(r, lost_call(r, fate == R"("unknown")", json::value_of(all, "message")), to);
        }
        const std::string_view doing = r.what == asked::call       ? " refuses the call"
                                       : r.what == asked::list     ? " refuses to list its tools"
                                       : r.what == asked::discover ? " speaks no revision without a handshake"
                                                                   : " refuses the handshake";
        tell(r, of_server(errc::server_refused, concat({doing, ": ", json::string_of(json::value_of(all, "message")).substr(0, 2000),
                                                       " (", code.substr(0, 20), ")"})),
             to);
    }
    /// A call that has no answer and will get none: it may have been done, or it was never begun.
    error lost_call(const request& r, bool may_be_done, std::string_view message) const {
        const std::string called = in_quotes(r.name), why = json::string_of(message).substr(0, 2000);
        if (may_be_done)
            return of_server(errc::call_fate_unknown,
                             concat({" has not answered the call of ", called, ", which may have been done all the same; look before you call again: ", why}));
        return of_server(errc::server_not_reached, concat({" was not reached, so ", called, " was not called: ", why}));
    }
    /// The server says which revisions it speaks: the newest that the client does, too.
    void choose(std::string_view supported, client_events& to) {
        bool handshakes = false;
        for (const std::string_view one : json::items_of(supported)) {
            const std::string name = json::string_of(one);
            if (name == name_of(stateless_revision)) {
                if (!std::exchange(retried_, true)) return discover(stateless_revision);
                return fail(of_server(errc::no_common_revision, concat({" says that it speaks ", name, ", and refuses it"})), to);
            }
            for (const std::string_view known : revision_names) handshakes = handshakes || known == name;
        }
        // Some servers answer whatever they are asked, and say nothing.
        if ((handshakes || supported.empty()) && options_.begins == opening::probe) return initialize();
        fail(of_server(errc::no_common_revision, concat({" speaks ", supported.empty() ? "no revision that it names" : shown(supported),
                                                        "; this client speaks 2024-11-05 to 2026-07-28"})),
             to);
    }
    void take_discovered(std::string_view result, client_events& to) {
        const std::vector<json::member_piece> all = json::members_of(result);
        const std::vector<std::string_view> supported = json::items_of(json::value_of(all, "supportedVersions"));
        const auto is_it = [](std::string_view one) { return json::string_of(one) == name_of(stateless_revision); };
        if (std::none_of(supported.begin(), supported.end(), is_it)) return choose(json::value_of(all, "supportedVersions"), to);
        const auto meta = json::members_of(json::value_of(all, "_meta"));
        become_ready(all, json::value_of(meta, "io.modelcontextprotocol/serverInfo"), to);
    }
    void take_initialized(std::string_view result, client_events& to) {
        const std::vector<json::member_piece> all = json::members_of(result);
        const std::string version = json::string_of(json::value_of(all, "protocolVersion"));
        const auto known = std::find(revision_names.begin(), revision_names.end(), version);
        if (known == revision_names.end() || is_stateless(static_cast<mcp::revision>(known - revision_names.begin())))
            return fail(of_server(errc::no_common_revision, concat({" answers the handshake with revision ", shown(version),
                                                                   "; this client speaks 2024-11-05 to 2025-11-25 so"})),
                        to);
        revision_ = static_cast<mcp::revision>(known - revision_names.begin());
        out_ += "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n";
        become_ready(all, json::value_of(all, "serverInfo"), to);
    }
    void become_ready(const std::vector<json::member_piece>& all, std::string_view info, client_events& to) {
        has_tools_ = !json::value_of(json::members_of(json::value_of(all, "capabilities")), "tools").empty();
        instructions_ = json::string_of(json::value_of(all, "instructions"));
        const auto about = json::members_of(info);
        server_info_ = concat({json::string_of(json::value_of(about, "name")), " ", json::string_of(json::value_of(about, "version"))});
        ready_ = true;
        to.on_ready();
    }

    void take_page(std::string_view result, client_events& to) {
        const auto no = [&](errc code, std::string_view why) { return to.on_tools(of_server(code, why)); };
        const std::vector<json::member_piece> all = json::members_of(result);
        const std::string_view tools = json::value_of(all, "tools");
        if (!tools.starts_with('[')) return no(errc::bad_server_message, " lists its tools without a list");
        for (const std::string_view item : json::items_of(tools)) {
            if (listed_.size() >= options_.limits.max_tools)
                return no(errc::bad_server_message,
                          concat({" has more than ", std::to_string(options_.limits.max_tools), " tools; that many are taken (max_tools)"}));
            haft::result<remote_tool> one = read_remote_tool(item);
            if (!one) return no(one.error().code, concat({": ", one.error().message, ": ", shown(item)}));
            listed_.push_back(std::move(*one));
        }
        const std::string_view cursor = json::value_of(all, "nextCursor");
        if (cursor.empty() || cursor == "null") return to.on_tools(std::exchange(listed_, {}));
        if (!cursor.starts_with('"')) return no(errc::bad_server_message, concat({" gives a cursor that is no string: ", shown(cursor)}));
        if (!cursors_.insert(std::string(cursor)).second)
            return no(errc::bad_server_message, concat({" turns in a circle: its list has the cursor ", shown(cursor), " a second time"}));
        if (cursors_.size() >= options_.limits.max_pages)
            return no(errc::bad_server_message,
                      concat({" lists its tools without an end: after ", std::to_string(cursors_.size()), " pages there is one more"}));
        ask_page(cursor);
    }

    void take_result(const request& r, std::string_view result, client_events& to) {
        const std::vector<json::member_piece> all = json::members_of(result);
        const std::string kind = json::string_of(json::value_of(all, "resultType"));
        if (kind.empty() || kind == "complete") return to.on_answer(r.call, std::string(result));  // older ones have no resultType
        if (kind != "input_required" || !is_stateless(revision_))
            return to.on_answer(r.call, of_server(errc::bad_server_message, concat({" gives a result of type ", shown(kind)})));
        if (r.rounds + 1 >= options_.limits.max_rounds)
            return to.on_answer(r.call, of_server(errc::bad_server_message,
                                                  concat({" wants input again and again: ", std::to_string(r.rounds + 1), " times for one call"})));
        const std::vector<json::member_piece> requests = json::members_of(json::value_of(all, "inputRequests"));
        struct found {
            std::uint64_t number;
            question asks;
        };
        std::vector<found> questions;
        for (const json::member_piece& one : requests) {
            const auto members = json::members_of(one.value);
            const std::string method = json::string_of(json::value_of(members, "method"));
            const std::string_view params = json::value_of(members, "params");
            const std::optional<question_kind> what = kind_of(method, params);
            if (!what || !answers(*what))
                return to.on_answer(r.call, of_server(errc::cannot_ask, concat({" asks for ", shown(method), " to go on, and nobody here answers that"})));
            questions.push_back({++questions_asked_, {*what, one.name, std::string(params.empty() ? "{}" : params)}});
            questions_.emplace(questions_asked_, waiting_question{std::string(one.key), r.call});
        }
        round& now = rounds_[r.call];
        now = {r, std::string(json::value_of(all, "requestState")), {}, questions.size()};
        if (questions.empty()) return next_round(r.call);
        for (const found& one : questions) to.on_question(one.number, one.asks);
    }
    /// All is answered: the call again, with a new id. What the server keeps goes back as it came.
    void next_round(std::uint64_t call) {
        auto node = rounds_.extract(call);
        round& now = node.mapped();
        ++now.of.rounds;
        send_call(std::move(now.of), now.responses, now.state);
    }

    static constexpr std::size_t most_forgotten = 1000;

    const client_options options_;
    frame_splitter in_;
    std::string out_;
    mcp::revision revision_ = newest_revision;
    bool ready_ = false;
    bool has_tools_ = false;
    bool retried_ = false;
    std::optional<error> failed_;
    std::string instructions_, server_info_;

    std::uint64_t ids_ = 0, calls_ = 0, questions_asked_ = 0;
    std::map<std::uint64_t, request> pending_;  // by id
    std::set<std::uint64_t> forgotten_;         // ids whose answer may still come
    std::map<std::uint64_t, waiting_question> questions_;
    std::map<std::uint64_t, round> rounds_;  // by call
    std::vector<remote_tool> listed_;
    std::set<std::string> cursors_;
    std::size_t strange_ = 0;
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_CLIENT_CLIENT_HPP
