// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_MESSAGES_HPP
#define HAFT_MCP_SERVER_MESSAGES_HPP

/// What an mcp::server answers to the messages of a session: revisions until 2025-11-25, which begin with a handshake.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/mcp/server/greeting.hpp>
#include <haft/mcp/server/lists.hpp>
#include <haft/mcp/server/prompts_and_resources.hpp>
#include <haft/mcp/server/server_class.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace haft::inline v0::mcp {

inline void server::notice(const message& m) {
    std::string scratch;
    if (m.request_id.empty() || string_of(m.method, scratch) != "notifications/cancelled")
        return;  // initialized, and whatever newer clients tell
    if (running_calls::call* const call = calls_.of_id(m.request_id)) call->stop->cancelled.request_stop();
    if (std::optional<waiting_call> call = waiting_calls_.cancel(m.request_id)) {
        std::string frames;
        for (const std::string& id : call->ask_ids)
            if (!id.empty()) frames += question_cancelled(id);
        if (!call->to) {
            if (in_batch_) send(frames);  // out_ holds half an answer
            else out_ += frames;
        } else {
            if (!frames.empty()) call->to->to->send(frames);
            call->to->one_done();
        }
    }
    const auto stream = std::find_if(listening_.begin(), listening_.end(), [&](const listening& l) { return !l.to && l.id == m.request_id; });
    if (stream != listening_.end()) listening_.erase(stream);
}

inline bool server::answer(const message& m, call_ahead& ahead) {
    std::string scratch;
    const std::string_view method = string_of(m.method, scratch);
    const bool says_for_itself = !m.meta_version.empty() || (!initialized_ && !m.meta_capabilities.empty()) || method == "server/discover";
    if (options_.eras == eras::stateless || (options_.eras == eras::both && says_for_itself)) return answer_stateless(m, method, ahead);
    if (method == "ping") return accept(m);
    if (method == "initialize") return initialize(m);
    if (!initialized_) return refuse(m.id, rpc_error::invalid_request, "the first request is \"initialize\"");
    if (method == "tools/call") return call(m, ahead, terms_);  // with escapes
    bool answered = false;
    if (offers(m, method, terms_, answered)) return answered;
    if (method == "logging/setLevel") return set_log_level(m);
    if (live_ && offer_.resources && method == "resources/subscribe") return subscribe(m, true);
    if (live_ && offer_.resources && method == "resources/unsubscribe") return subscribe(m, false);
    return refuse(m.id, rpc_error::method_not_found,
                  concat({"no method ", in_quotes(method), "; there are initialize, ping, tools/list, tools/call",
                          offer_.prompts ? ", prompts/list, prompts/get" : "",
                          offer_.resources ? ", resources/list, resources/templates/list, resources/read" : "",
                          offer_.resources && live_ ? ", resources/subscribe, resources/unsubscribe" : "",
                          offer_.prompts || offer_.resources ? ", completion/complete" : "", " and logging/setLevel"}));
}

/// What is not offered has no methods either.
inline bool server::offers(const message& m, std::string_view method, const request_terms& terms, bool& answered) {
    const std::size_t before = out_.size();
    rpc_refusal why;
    if (method == "tools/list") {
        why = append_list<tool_list>(out_, m, terms, options_.page_size, offer_.tools, tool_lists_);
    } else if (method == "prompts/list" && offer_.prompts) {
        why = append_list<prompt_list>(out_, m, terms, options_.page_size, offer_.prompts, prompt_lists_);
    } else if (method == "prompts/get" && offer_.prompts) {
        return answered = get_prompt(m, terms), true;
    } else if (method == "resources/list" && offer_.resources) {
        why = append_list<resource_list>(out_, m, terms, options_.page_size, offer_.resources, resource_lists_);
    } else if (method == "resources/templates/list" && offer_.resources) {
        why = append_list<template_list>(out_, m, terms, options_.page_size, offer_.resources, template_lists_);
    } else if (method == "resources/read" && offer_.resources) {
        return answered = read_resource(m, terms), true;
    } else if (method == "completion/complete" && (offer_.prompts || offer_.resources)) {
        const busy_guard guard(busy_);
        why = append_completion(out_, m, terms, offer_, options_.call);
    } else {
        return false;
    }
    if (why.code != rpc_error::none) out_.resize(before), refuse(m, why);
    answered = true;
    return true;
}

inline bool server::initialize(const message& m) {
    if (initialized_) return refuse(m.id, rpc_error::invalid_request, "\"initialize\" came before; it comes once");
    std::string scratch;
    const std::string_view asked = string_of(m.protocol_version, scratch);
    if (asked.empty()) return refuse(m.id, rpc_error::invalid_params, "\"protocolVersion\" is missing or no string");
    revision_ = negotiate(asked);
    initialized_ = true;
    terms_.r = revision_;
    terms_.can = read_abilities(json::value_of(json::members_of(m.params), "capabilities"));
    append_result_head(out_, m.id);
    append_initialized(out_, offer_, live_ != nullptr, revision_, options_);
    out_ += '}';
    return true;
}

inline bool server::set_log_level(const message& m) {
    std::string scratch;
    const auto level = find_log_level(string_of(m.level, scratch));
    if (!level)
        return refuse(m.id, rpc_error::invalid_params,
                      "\"level\" is one of debug, info, notice, warning, error, critical, alert and emergency");
    shared_->level = *level;
    return accept(m);
}

inline bool server::subscribe(const message& m, bool on) {
    if (!m.uri.starts_with('"')) return refuse(m.id, rpc_error::invalid_params, "\"uri\" is missing or no string");
    const std::string uri = json::string_of(m.uri);
    if (uri.size() > longest_uri) return refuse(m.id, rpc_error::invalid_params, uri_is_too_long());
    std::erase(subscribed_.uris, uri);
    if (on && subscribed_.uris.size() >= options_.max_subscriptions)
        return refuse(m.id, rpc_error::internal_error, "too many resources are subscribed to; unsubscribe from some first");
    if (on) subscribed_.uris.push_back(uri);
    return accept(m);
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_MESSAGES_HPP
