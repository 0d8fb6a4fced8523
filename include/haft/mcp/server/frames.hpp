// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_FRAMES_HPP
#define HAFT_MCP_SERVER_FRAMES_HPP

/// What an mcp::server takes in and sends: the stream of bytes, and messages that come apart from it.

#include <haft/core/config.hpp>
#include <haft/json/lexer.hpp>
#include <haft/mcp/server/server_class.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

inline server::server(std::shared_ptr<live_offer> live, offer what, server_options options)
    : live_(std::move(live)),
      heard_(live_ ? live_->generation() : 0),
      offer_(std::move(what)),
      options_(std::move(options)),
      in_(options_.max_frame_bytes),
      burst_(0),
      states_(options_.states) {
    if (live_) offer_ = live_->since(heard_).now;
    if (!offer_.tools) offer_.tools = std::make_shared<const offered_tools>(toolset());
    tools_ = offer_.tools.get();
    burst_ = burst(tools_->size());
    shared_->level = options_.log_level;
    if (options_.eras != eras::handshake) prepare_stateless();
}

inline void server::on_ready(std::function<void()> wake) {
    shared_->on_ready = std::move(wake);
    if (!live_) return;
    wake_ = std::make_shared<const std::function<void()>>([to = shared_] {
        if (to->on_ready) to->on_ready();
    });
    live_->on_change(wake_);
}

inline bool server::serve(std::string_view bytes, clock::time_point deadline) {
    if (busy_) return receive(bytes), false;  // the poll that runs the tool goes on with it
    bool more = read_frames(bytes, deadline);
    look_around();
    while (!more && !later_.empty() && !closed_) {  // of a sink that came back meanwhile
        more = read_frames({}, deadline);
        look_around();
    }
    return more && !closed_;
}

/// Works off messages of the stream. True if some are left.
inline bool server::read_frames(std::string_view bytes, clock::time_point deadline) {
    if (!later_.empty()) in_.append(std::exchange(later_, {}));  // of a poll that ended before its end
    hear_news();
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
    return more;
}

/// What is to be done beside messages of the stream.
inline void server::look_around() {
    collect();
    if (!waiting_calls_.empty())
        for (const auto& [to, frames] : waiting_calls_.expire(clock::now(), answered_calls_)) {
            if (to) to->to->send(frames);
            else out_ += frames;
        }
    flush();
    while (!closed_ && (!answered_calls_.empty() || !waiting_.empty())) {
        if (!answered_calls_.empty()) {
            waiting_call one = std::move(answered_calls_.front());
            answered_calls_.pop_front();
            resume(std::move(one));
        } else {
            auto [message, to] = std::move(waiting_.front());
            waiting_.pop_front();
            handle_apart(message, std::move(to));
        }
    }
    hear_news();
    flush();
}

inline void server::handle_apart(std::string_view message, std::shared_ptr<stream> to) {
    hear_news();
    collect();
    flush();  // what out_ holds belongs to the stream of bytes
    apart_ = std::make_shared<open_stream>(open_stream{std::move(to), 1});
    const apart_guard apart(*this);
    const busy_guard guard(busy_);
    if (message.find_first_not_of(" \t\r\n") == std::string_view::npos)
        refuse({}, rpc_error::parse_error, "not JSON: nothing is there"), out_ += '\n';
    else handle_frame(message);
    flush();
}

inline void server::flush() {
    whole_ = 0;
    burst_.sent();
    if (out_.empty()) return;
    std::string frames = std::exchange(spare_, {});  // the sink may well come back here
    frames.swap(out_);
    send(frames);
    frames.clear();
    if (frames.capacity() <= 2 * flush_bytes) spare_ = std::move(frames);
}

/// Sends what jobs have told and finished. What belongs to a cancelled call is dropped (basic/utilities/cancellation).
inline void server::collect() {
    if (calls_.empty()) return;
    const busy_guard guard(busy_);  // what is sent may bring further calls, which come after this
    std::size_t dropped = 0;
    for (outbox::entry& e : shared_->take(dropped)) told_.push_back(std::move(e));
    while (!told_.empty()) {  // where something is thrown the rest waits for the next time
        outbox::entry e = std::move(told_.front());
        told_.pop_front();
        running_calls::call* const call = calls_.of_number(e.call);
        if (!call) continue;
        const bool wanted = !call->stop->cancelled.stop_requested();
        if (e.kind != outbox::entry::answer) {
            if (!wanted) continue;
            if (const std::shared_ptr<open_stream> to = call->to) to->to->send(e.frame);
            else out_ += e.frame;
            continue;
        }
        running_calls::call ended = std::move(*call);
        calls_.remove(*call);
        if (wanted && e.asks) ask_for(ended, std::move(*e.asks));
        else if (wanted && ended.to) ended.to->to->send(e.frame);
        else if (wanted) out_ += e.frame;
        if (ended.to) ended.to->one_done();
    }
    if (dropped && shared_->level <= haft::log_level::warning)
        append_log(out_, haft::log_level::warning, options_.name,
                   std::to_string(dropped) + " messages were dropped");
}

/// Nothing is sent to a stream that is gone; its calls are asked to stop.
inline void server::drop(const stream& gone) {
    calls_.each([&](running_calls::call& c) {
        if (c.to && c.to->to.get() == &gone) c.stop->cancelled.request_stop();
    });
    waiting_calls_.drop(gone);
    answered_calls_.remove_if([&](const waiting_call& c) { return c.to && c.to->to.get() == &gone; });
    std::erase_if(waiting_, [&](const auto& one) { return one.second.get() == &gone; });
    std::erase_if(listening_, [&](const listening& l) { return l.to && l.to->to.get() == &gone; });
}

/// JSON-RPC batches came with 2025-03-26 and went with 2025-06-18.
inline void server::handle_batch(std::string_view frame) {
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


}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_FRAMES_HPP
