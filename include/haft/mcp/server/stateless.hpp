// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_STATELESS_HPP
#define HAFT_MCP_SERVER_STATELESS_HPP

/// What an mcp::server answers to requests that say for themselves what their client is: 2026-07-28.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/string_text.hpp>
#include <haft/mcp/server/greeting.hpp>
#include <haft/mcp/server/server_class.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::mcp {

/// What stands in every result and never changes.
inline void server::prepare_stateless() {
    stateless_meta_ = concat({R"("_meta":{"io.modelcontextprotocol/serverInfo":)", implementation_text(options_), "},"});
    stateless_head_ = concat({R"({"resultType":"complete",)", stateless_meta_});
    stateless_before_text_ = concat({before_result, stateless_head_, R"("content":[{"type":"text","text":")"});
    const auto hints = [&](std::chrono::milliseconds ttl) {
        return concat({",\"ttlMs\":", decimal(static_cast<std::uint64_t>((std::max)(ttl.count(), decltype(ttl.count()){0}))),
                       options_.shared_cache ? R"(,"cacheScope":"public")" : R"(,"cacheScope":"private")"});
    };
    list_hints_ = hints(options_.list_ttl);
    read_hints_ = hints(options_.read_ttl);
}

inline bool server::answer_stateless(const message& m, std::string_view method, call_ahead& ahead) {
    const auto bad = [&](std::string_view what) { return refuse_message(refusal::bad_request, m, rpc_error::invalid_params, what); };
    if (method == "initialize" && m.meta_version.empty())  // for whoever reads what became of it
        return refuse_message(refusal::bad_request, m, rpc_error::unsupported_protocol_version,
                              concat({"this server knows no handshake: of the protocol it speaks ", name_of(stateless_revision), " alone"}),
                              concat({R"({"supported":[")", name_of(stateless_revision), R"("],"requested":)",
                                      m.protocol_version.starts_with('"') ? m.protocol_version : R"("")", "}"}));
    if (!m.meta_version.starts_with('"'))
        return bad(R"("_meta" has to have "io.modelcontextprotocol/protocolVersion", a string)");
    std::string scratch;
    if (const std::string_view asked = string_of(m.meta_version, scratch); asked != name_of(stateless_revision))
        return refuse_message(refusal::bad_request, m, rpc_error::unsupported_protocol_version,
                              concat({"protocol version ", in_quotes(asked), " is not spoken without a handshake"}),
                              concat({R"({"supported":[")", name_of(stateless_revision), R"("],"requested":)", m.meta_version, "}"}));
    if (!m.meta_capabilities.starts_with('{'))
        return bad(R"("_meta" has to have "io.modelcontextprotocol/clientCapabilities", an object)");
    auto level = static_cast<haft::log_level>(8);  // who sets none hears nothing
    if (!m.meta_log_level.empty()) {
        const auto found = find_log_level(string_of(m.meta_log_level, scratch));
        if (!found) return bad(R"("io.modelcontextprotocol/logLevel" is none of the log levels)");
        level = *found;
    }
    request_level_ = level;
    const request_terms terms{stateless_revision, read_abilities(m.meta_capabilities), stateless_head_, list_hints_, read_hints_};
    if (method == "tools/call") return call(m, ahead, terms);
    bool answered = false;
    if (offers(m, method, terms, answered)) return answered;
    if (method == "server/discover") {
        append_result_head(out_, m.id);
        append_discovered(out_, offer_, live_ != nullptr, terms, options_);
        out_ += '}';
        return true;
    }
    if (method == "subscriptions/listen") return listen(m);
    return refuse_message(refusal::not_found, m, rpc_error::method_not_found,
                          concat({"no method ", in_quotes(method), " in ", name_of(stateless_revision)}));
}

/// Opens a stream of notifications; its answer comes when the server ends it.
inline bool server::listen(const message& m) {
    const std::string_view filter = json::value_of(json::members_of(m.params), "notifications");
    if (!filter.starts_with('{')) return refuse(m.id, rpc_error::invalid_params, "\"notifications\" is missing or no object");
    if (listening_.size() >= options_.max_subscriptions)
        return refuse(m.id, rpc_error::internal_error, "too many subscriptions are open; end some first");
    const auto same = [&](const listening& l) { return l.id == m.id && !l.to && !apart_; };
    if (std::any_of(listening_.begin(), listening_.end(), same))
        return refuse(m.id, rpc_error::invalid_request, "a subscription of this id is open");
    const bool live = live_ != nullptr;
    listening one = read_filter(filter, live, live && offer_.prompts, live && offer_.resources);
    if (one.uris.size() > options_.max_subscriptions)
        return refuse(m.id, rpc_error::internal_error, "too many resources are subscribed to in one stream");
    if (std::any_of(one.uris.begin(), one.uris.end(), [](const std::string& uri) { return uri.size() > longest_uri; }))
        return refuse(m.id, rpc_error::invalid_params, uri_is_too_long());
    one.id = m.id;
    if (one.to = apart_; apart_) ++apart_->calls;
    std::string frame;
    append_acknowledged(frame, one);
    listening_.push_back(std::move(one));
    send_now(frame);
    return false;
}

inline void server::end_subscriptions() {
    for (const listening& l : std::exchange(listening_, {})) {
        std::string frame;
        append_result_head(frame, l.id);
        append_all(frame, {R"({"resultType":"complete","_meta":{"io.modelcontextprotocol/subscriptionId":)", l.id, "}}}\n"});
        if (!l.to) {
            out_ += frame;
            continue;
        }
        l.to->to->send(frame);
        l.to->one_done();
    }
    if (!busy_) flush();
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_STATELESS_HPP
