// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_ASKING_HPP
#define HAFT_MCP_SERVER_ASKING_HPP

/// What the tools of an mcp::server ask its client: by requests until 2025-11-25, by answers that want input from 2026-07-28 on.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/mcp/server/server_class.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

/// Whose call it is, and which one: what a state may only be used for.
inline std::string server::binding_of(const message& m, const std::shared_ptr<open_stream>& to) const {
    std::string out = to ? json::string_text(to->to->principal()) : std::string("\"\"");
    for (const std::string_view part : {m.method, m.name, m.uri, arguments_of(m)}) json::append_compact(out += '\n', part);
    return out;
}

inline bool server::known_of(const message& m, const request_terms& terms, std::shared_ptr<const asked_call>& known) {
    if (resumed_) return known = std::make_shared<const asked_call>(std::move(resumed_->call)), true;
    if (!is_stateless(terms.r) || (m.request_state.empty() && m.input_responses.empty())) return true;
    asked_call call;
    if (!m.request_state.empty()) {
        std::optional<std::string> content;
        if (m.request_state.starts_with('"') && states_) content = states_->take(json::string_of(m.request_state), binding_of(m, apart_));
        if (!content)
            return refuse(m.id, rpc_error::invalid_params,
                          "\"requestState\" is none that this server gave for this call, or was used or is too old [haft-E0478]"),
                   false;
        call = read_asked_call(*content);
    }
    if (!m.input_responses.empty()) {
        if (!m.input_responses.starts_with('{'))
            return refuse(m.id, rpc_error::invalid_params, "\"inputResponses\" is an object"), false;
        const std::vector<json::member_piece> given = json::members_of(m.input_responses);
        if (given.size() + call.answers.size() > most_answers)
            return refuse(m.id, rpc_error::invalid_params,
                          concat({"\"inputResponses\" holds ", decimal(given.size()), " answers; no call of this server asks for more than ",
                                  decimal(most_answers)})),
                   false;
        for (const json::member_piece& a : given) {
            if (!a.value.starts_with('{'))
                return refuse(m.id, rpc_error::invalid_params, "each of \"inputResponses\" is an object"), false;
            std::erase_if(call.answers, [&](const known_answer& before) { return before.key == a.name; });
            call.answers.push_back({a.name, std::string(a.value)});
        }
    }
    known = std::make_shared<const asked_call>(std::move(call));
    return true;
}

inline bool server::go_on(const message& m, std::string_view text, const request_terms& terms, asked_call&& call,
                          std::shared_ptr<open_stream> to) {
    if (call.rounds > options_.max_rounds)
        return refuse(m.id, rpc_error::internal_error, "the call has asked its client too often");
    if (is_stateless(terms.r)) {
        if (!states_) states_ = std::make_shared<state_in_memory>();
        append_result_head(out_, m.id);
        append_all(out_, {R"({"resultType":"input_required",)", stateless_meta_, R"("inputRequests":{)"});
        for (const question& q : call.open)
            append_all(out_, {&q == call.open.data() ? "" : ",", json::string_text(q.key), R"(:{"method":")", method_for(q.kind),
                              R"(","params":)", q.params.empty() ? "{}" : std::string_view(q.params), "}"});
        append_all(out_, {R"(},"requestState":)", json::string_text(states_->keep(text_of(call), binding_of(m, to), options_.answer_time)), "}}"});
        return true;
    }
    if (waiting_calls_.size() >= options_.max_waiting_calls)
        return refuse(m.id, rpc_error::internal_error, "too many calls wait for answers of the client; try again later");
    if (to) ++to->calls;
    const std::string frames = waiting_calls_.add(
        {std::string(text), std::string(m.id), std::move(call), to, clock::now() + options_.answer_time}, terms.r);
    if (to == apart_) send_now(frames);
    else to->to->send(frames);
    return false;
}

/// A job's tool has asked: as go_on, for where its call came from.
inline void server::ask_for(running_calls::call& from, asked_call&& asks) {
    const message m = read_message(from.message, json::hard_depth_limit);
    request_terms terms = terms_;
    if (!m.meta_version.empty()) terms.r = stateless_revision;
    struct meanwhile {  // what was to be sent already goes on from here, whatever is thrown
        server& of;
        std::shared_ptr<open_stream> outside;
        std::string before;
        ~meanwhile() {
            of.apart_ = std::move(outside);
            of.out_.swap(before);
        }
    } now{*this, std::exchange(apart_, from.to), std::exchange(out_, {})};
    if (go_on(m, from.message, terms, std::move(asks), from.to)) out_ += '\n';
    if (apart_) flush();
    now.before += out_;
}

inline bool server::lacks(const message& m, const asking& asks) {
    return refuse_message(refusal::bad_request, m, rpc_error::missing_client_capability, "the client would have to be asked, and declares no capability for it",
                          concat({"{\"requiredCapabilities\":", capability_for(*asks.missing()), "}"}));
}

/// Runs a call again, whose questions are answered.
inline void server::resume(waiting_call&& one) {
    collect();
    flush();
    apart_ = one.to;  // which waits for one more answer since the call did
    const apart_guard apart(*this);
    const busy_guard guard(busy_);
    {
        struct only_now {
            server& of;
            ~only_now() { of.resumed_ = nullptr; }
        } const ends{*this};
        resumed_ = &one;
        handle_frame(one.message);
    }
    flush();
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_ASKING_HPP
