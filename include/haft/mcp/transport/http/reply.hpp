// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_REPLY_HPP
#define HAFT_MCP_TRANSPORT_HTTP_REPLY_HPP

/// What one message is answered by: JSON where the answer is all there is, else a stream of events, to which a client of a session may
/// come back after its connection broke.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/mcp/server/stream.hpp>
#include <haft/mcp/transport/http/connection.hpp>
#include <haft/mcp/transport/http/event_stream.hpp>
#include <haft/mcp/transport/http/options.hpp>
#include <haft/mcp/wire/rpc.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::mcp::http {

class reply;

/// Whom a reply tells how it ended.
class reply_owner {
public:
    virtual void on_finished(reply& one) = 0;
    /// Nobody waits for it any more; what makes it may stop.
    virtual void on_abandoned(reply& one) = 0;
    virtual void on_kept(reply& one, std::size_t bytes) = 0;  ///< it keeps so much more

protected:
    ~reply_owner() = default;
};

/// Between a server and the connection that its answer goes to, which may break and be another one later. Use from the thread that serves.
class reply final : public stream, public stream_owner, public std::enable_shared_from_this<reply> {
public:
    using clock = connection::clock;

    struct form {
        std::string id = {};          ///< of the request, as JSON; "" if nothing is to be answered
        unsigned status = 200;        ///< of an answer that is no stream
        std::string principal = {};   ///< who has asked, where that is known
        std::string headers = {};     ///< of an answer with a result
        std::uint64_t number = 0;     ///< of the stream in its session
        bool resumable = false;       ///< events have ids and are kept
        bool primed = false;          ///< the client knows what an event without data is for (from 2025-11-25 on)
        bool long_lived = false;      ///< it tells what changes, and is no call
    };

    reply(std::shared_ptr<connection> to, reply_owner& owner, const http_options& options, form how)
        : to_(std::move(to)), owner_(owner), options_(options), form_(std::move(how)), begun_(clock::now()) {}

    const form& how() const noexcept { return form_; }
    bool is_done() const noexcept { return state_ == state::done; }
    bool is_open() const noexcept { return to_ != nullptr; }
    bool succeeded() const noexcept { return succeeded_; }  ///< it was answered by a result that is no stream
    std::size_t kept_bytes() const noexcept { return kept_bytes_; }

    void send(std::string_view frames) override {
        while (!frames.empty() && state_ != state::done) {
            const std::size_t end = frames.find('\n');
            const std::string_view frame = frames.substr(0, end);
            frames.remove_prefix(end == std::string_view::npos ? frames.size() : end + 1);
            if (state_ == state::waiting && held_.empty() && is_answer(frame)) {
                held_ = frame;
            } else {
                begin_events();
                add(frame);
            }
        }
    }
    void answered() override {
        if (state_ == state::done) return;
        const auto self = shared_from_this();  // whoever owns it may let it go
        if (state_ == state::waiting && !(held_.empty() && !form_.id.empty())) respond();
        else begin_events();  // a call that was cancelled has no answer: nothing comes
        state_ = state::done;
        end_connection();
        owner_.on_finished(*this);
    }

    void refused(refusal why) override { form_.status = why == refusal::not_found ? 404 : 400; }
    std::string_view principal() const override { return form_.principal; }

    /// Begins the stream, whether there is anything to tell or not.
    void begin_events() {
        if (state_ != state::waiting) return;
        state_ = state::events;
        begun_ = clock::now();
        if (to_) to_->begin_events(form_.headers, weak_from_this());
        prime();
        if (!held_.empty()) add(std::exchange(held_, {}));
    }
    /// The client has come back, and has seen the events up to that one.
    void resume(std::shared_ptr<connection> to, std::uint64_t seen) {
        if (to_) to_->end_events();  // it comes to one place only
        state_ = state_ == state::waiting ? state::events : state_;
        to_ = std::move(to);
        begun_ = clock::now();
        to_->begin_events(form_.headers, weak_from_this());
        std::string missed;
        for (std::size_t i = 0; i < kept_.size(); ++i)
            if (first_kept_ + i > seen) missed += kept_[i];
        sent_ = seen;
        if (missed.empty() && state_ != state::done) prime();
        if (!missed.empty() && to_->send_events(missed)) sent_ = last_;
        if (state_ == state::done) end_connection();
    }
    /// Whether what came after that event can still be sent again.
    bool has_after(std::uint64_t seen) const noexcept { return seen <= last_ && seen + 1 >= first_kept_; }
    std::uint64_t sent() const noexcept { return sent_; }
    void forget_first() {
        if (kept_.empty()) return;
        kept_bytes_ -= kept_.front().size();
        kept_.pop_front();
        ++first_kept_;
    }

    void on_lost() override {
        to_.reset();
        if (state_ == state::done) return;
        lost_ = clock::now();
        if (!form_.resumable || state_ == state::waiting) abandon();  // it was never told how to come back
    }
    /// Ends it unanswered: what would have answered has gone. What it has done by then nobody can tell.
    void drop() {
        if (state_ == state::done) return;
        if (state_ == state::waiting && to_)
            to_->refuse({503, "the server is ending, and did not wait for this any longer", -32000, "", R"({"fate":"unknown"})"});
        state_ = state::done;
        end_connection();
    }
    /// The server has to end, and nothing is lost if this does.
    void end_if_long() {
        if (form_.long_lived) end_connection();
    }

    void tick(clock::time_point now) {
        if (state_ == state::done) return;
        if (!to_) {
            if (!form_.long_lived && now - lost_ >= options_.resume_time) abandon();
        } else if (state_ == state::waiting) {
            if (!form_.id.empty() && now - begun_ >= options_.stream_after) begin_events();
        } else if (form_.resumable && form_.primed && options_.poll_after.count() > 0 && now - begun_ >= options_.poll_after) {
            lost_ = now;
            end_connection();
        }
    }

private:
    enum class state : unsigned char { waiting, events, done };

    bool is_answer(std::string_view frame) const noexcept {
        if (form_.id.empty()) return !form_.long_lived;  // a message that can't be read is answered all the same
        if (frame.starts_with('[')) return true;
        if (!frame.starts_with(before_id) || !frame.substr(before_id.size()).starts_with(form_.id)) return false;
        const std::string_view rest = frame.substr(before_id.size() + form_.id.size());
        return rest.starts_with(before_result) || rest.starts_with(",\"error\":");
    }
    void abandon() {
        if (!std::exchange(abandoned_, true)) owner_.on_abandoned(*this);
    }
    /// Tells the client how to come back before there is anything to lose.
    void prime() {
        if (!form_.resumable || !form_.primed || !to_) return;
        std::string event;
        append_event_id(event, {form_.number, sent_});
        append_all(event, {"retry: ", decimal(static_cast<std::uint64_t>(options_.retry_time.count())), "\n"});
        append_event(event, "");
        to_->send_events(event);
    }
    void respond() {
        if (!to_) return;
        if (held_.empty()) return to_->respond(202, "", "", "");
        const std::size_t head = before_id.size() + form_.id.size();
        succeeded_ = held_.size() > head && std::string_view(held_).substr(head).starts_with(before_result);
        // What a client lacks may show only while its call runs.
        constexpr std::string_view lacking = R"(,"error":{"code":-32021)";
        if (!form_.resumable && held_.size() > head && std::string_view(held_).substr(head).starts_with(lacking)) form_.status = 400;
        to_->respond(form_.status, succeeded_ ? form_.headers : std::string(), "application/json", held_);
        held_ = {};
    }
    void end_connection() {
        if (const auto to = std::exchange(to_, nullptr)) to->end_events();
    }
    void add(std::string_view frame) {
        std::string event;
        ++last_;
        if (form_.resumable) append_event_id(event, {form_.number, last_});
        append_event(event, frame);
        if (to_ && to_->send_events(event)) sent_ = last_;
        if (!form_.resumable) return;
        const std::size_t size = event.size();
        kept_bytes_ += size;
        kept_.push_back(std::move(event));
        owner_.on_kept(*this, size);
    }

    std::shared_ptr<connection> to_;
    reply_owner& owner_;
    const http_options& options_;
    form form_;
    std::string held_;  // the answer, while it is all there is
    std::deque<std::string> kept_;
    std::size_t kept_bytes_ = 0;
    std::uint64_t first_kept_ = 1, last_ = 0, sent_ = 0;
    clock::time_point begun_, lost_{};
    state state_ = state::waiting;
    bool succeeded_ = false, abandoned_ = false;
};

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_TRANSPORT_HTTP_REPLY_HPP
