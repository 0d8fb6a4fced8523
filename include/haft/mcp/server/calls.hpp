// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_CALLS_HPP
#define HAFT_MCP_SERVER_CALLS_HPP

/// How an mcp::server runs tools, prompts and resources.

#include <haft/core/config.hpp>
#include <haft/mcp/server/call_answer.hpp>
#include <haft/mcp/server/prompts_and_resources.hpp>
#include <haft/mcp/server/server_class.hpp>
#include <haft/tool/call_context.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::mcp {

inline bool server::call(const message& m, call_ahead& ahead, const request_terms& terms) {
    const tool* t = ahead.tool();
    std::shared_ptr<const asked_call> known;
    if ((resumed_ || !m.request_state.empty() || !m.input_responses.empty()) && !known_of(m, terms, known)) return true;
    if (!waiting_calls_.empty() && !is_stateless(terms.r) && waiting_calls_.has(m.id))
        return refuse(m.id, rpc_error::invalid_request, "a call of this id is under way");
    if (!t) {
        std::string scratch;
        const std::string_view name = string_of(m.name, scratch);
        if (m.name.empty() || m.name.front() != '"')
            return refuse(m.id, rpc_error::invalid_params, "\"name\" is missing or no string");
        t = tools_->names.find(name);
        if (!t) return refuse(m.id, rpc_error::invalid_params, tools_->names.no_such_tool(name).message);
        if (options_.executor) return call_elsewhere(m, *t, terms, std::move(known));
    }
    const std::size_t place = tools_->place_of(*t);
    if (!in_batch_ && !out_.empty() && !burst_.may_wait_for(place)) flush();
    if (closed_) return false;
    direct_reporter reporter(*this, m, t->name, terms.r, is_stateless(terms.r) ? request_level_ : shared_->level);
    std::string id_scratch;
    call_options how = options_.call;
    how.call_id = id_text(m, id_scratch);
    how.listener = &reporter;
    asking_.begin(terms.can, terms.r, known.get());
    how.asker = &asking_;
    const busy_guard guard(busy_);
    const std::string_view text = text_of_message_;
    burst_.begins(place);
    const call_end end = append_answer(out_, form_of(m, *t, terms), arguments_of(m), how, asking_, text_,
                                       ahead.tool() ? &ahead.call() : nullptr);
    burst_.ends(place);
    if (text_.capacity() > 2 * flush_bytes) text_ = {};
    if (end == call_end::answered) return true;
    if (end == call_end::cannot) return lacks(m, asking_);
    return go_on(m, text, terms, asking_.take(), apart_);
}

/// Hands a call to the executor. It is answered by a later poll.
inline bool server::call_elsewhere(const message& m, const tool& t, const request_terms& terms, std::shared_ptr<const asked_call> known) {
    const bool own_ids = is_stateless(terms.r) && apart_;  // of clients that know nothing of each other
    if (!own_ids && calls_.of_id(m.id))
        return refuse(m.id, rpc_error::invalid_request, "a call of this id is under way");
    if (calls_.size() >= options_.max_calls_in_flight)
        return refuse(m.id, rpc_error::internal_error,
                      "too many calls are under way; try again when some have ended");
    std::string id_scratch;
    std::string dropped;
    append_rpc_error(dropped, m.id, rpc_error::internal_error, "the server did not run the call");
    running_calls::call& entry = calls_.add(own_ids ? std::string_view() : m.id, options_.call.stop);
    if (entry.to = apart_; apart_) ++apart_->calls;
    if (terms.can.form || terms.can.url || terms.can.sample || terms.can.roots) entry.message = text_of_message_;
    const auto one = std::make_shared<job>(
        shared_, entry.number,
        [offered = offer_.tools, form = form_of(m, t, terms), id = std::string(m.id), head = std::string(terms.head),
         before = std::string(stateless_before_text_), call_id = std::string(id_text(m, id_scratch)), can = terms.can,
         known = std::move(known), arguments = std::string(arguments_of(m)), token = std::string(m.progress_token),
         how = options_.call, level = request_level_.load(), number = entry.number, stop = entry.stop](outbox& to) {
            if (stop->cancelled.stop_requested()) return job::outcome{};  // nobody waits for it any more: it is not begun
            const std::atomic<haft::log_level> own_level{level};
            const bool alone = is_stateless(form.r);
            queued_reporter reporter(to, number, token, form.what.name, form.r, alone ? own_level : to.level);
            asking asks;
            asks.begin(can, form.r, known.get());
            call_options of_this_call = how;
            of_this_call.call_id = call_id;
            of_this_call.listener = &reporter;
            of_this_call.asker = &asks;
            of_this_call.stop = stop_token(*stop);
            const call_form here{id, form.what, form.shape, form.r, head, alone ? std::string_view(before) : before_text_in_result};
            job::outcome out;
            std::string text;
            const call_end end = append_answer(out.frame, here, arguments, of_this_call, asks, text, nullptr);
            if (end == call_end::waits) out.asks = std::make_shared<asked_call>(asks.take());
            if (end == call_end::cannot)
                append_rpc_error(out.frame, id, rpc_error::missing_client_capability,
                                 "the client would have to be asked, and declares no capability for it",
                                 concat({"{\"requiredCapabilities\":", capability_for(*asks.missing()), "}"}));
            out.frame += '\n';
            return out;
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

/// Runs what gives a result and may ask its client something, and appends what has come of it.
template <class Run, class Append>
bool server::run_asking(const message& m, const request_terms& terms, std::string_view name, Run run, Append append) {
    std::shared_ptr<const asked_call> known;
    if (!known_of(m, terms, known)) return true;
    direct_reporter reporter(*this, m, name, terms.r, is_stateless(terms.r) ? request_level_ : shared_->level);
    std::string id_scratch;
    call_options how = options_.call;
    how.call_id = id_text(m, id_scratch);
    how.listener = &reporter;
    asking asks;
    asks.begin(terms.can, terms.r, known.get());
    how.asker = &asks;
    call_context context{name, how};
    const busy_guard guard(busy_);
    const std::string_view text = text_of_message_;
    if (!in_batch_ && !out_.empty()) flush();
    auto got = run(context);
    const call_end end = got ? call_end::answered : detail::end_of_failed(got.error(), asks, terms.r);
    if (end == call_end::waits) return go_on(m, text, terms, asks.take(), apart_);
    if (end == call_end::cannot) return lacks(m, asks);
    append(got);
    return true;
}

inline bool server::get_prompt(const message& m, const request_terms& terms) {
    rpc_refusal why;
    const prompt* const p = find_prompt(*offer_.prompts, m.name, why);
    if (!p) return refuse(m, why);
    return run_asking(m, terms, p->name, [&](call_context& context) { return run_prompt(*p, arguments_of(m), context); },
                      [&](const result<prompt_messages>& got) {
                          if (got) append_prompt(out_, m.id, terms, *p, *got);
                          else refuse(m, detail::refusal_of(got.error()));
                      });
}

inline bool server::read_resource(const message& m, const request_terms& terms) {
    if (!m.uri.starts_with('"')) return refuse(m.id, rpc_error::invalid_params, "\"uri\" is missing or no string");
    const std::string uri = json::string_of(m.uri);
    return run_asking(m, terms, uri,
                      [&](call_context& context) {
                          return detail::guarded_step(context.options, [&] { return offer_.resources->read(uri, context); });
                      },
                      [&](const result<resource_contents>& got) {
                          if (got) append_contents(out_, m.id, terms, uri, *got);
                          else refuse(m, resource_refusal(got.error(), uri, terms.r));
                      });
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_CALLS_HPP
