// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REMOTE_WORKER_CALL_HPP
#define HAFT_REMOTE_WORKER_CALL_HPP

/// A call where it is run: what was asked, and what its caller is told. Link haft::nats.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/text.hpp>
#include <haft/json/number.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/write_number.hpp>
#include <haft/remote/call_wire.hpp>
#include <haft/remote/nats_connection.hpp>
#include <haft/tool/call_listener.hpp>
#include <haft/tool/log_level.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <nats/nats.h>

namespace haft::inline v0::remote::detail {

/// Its tool's stop token and listener, too. Each function says who may call it; the connection and the worker's id live longer.
class worker_call final : public call_listener {
public:
    using clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds least_beat{20};
    static constexpr std::size_t most_milliseconds = 315'360'000'000;  // ten years: clocks hold that

    /// `beat`: how often its caller hears that it runs, if it does not want it oftener. One who does not say how often hears nothing but the
    /// answer: it knows no haft.
    worker_call(const nats_connection& bus, const std::string& worker, nats_message asked, std::chrono::milliseconds beat)
        : bus_(bus), worker_(worker), asked_(std::move(asked)), beat_(beat) {
        if (const char* const to = ::natsMsg_GetReply(asked_.get())) reply_ = to;
        if (const std::size_t wanted = number_of(header(asks::beat)); wanted > 0) {
            listens_ = true;
            beat_ = (std::min)(beat_, (std::max)(std::chrono::milliseconds((std::min)(wanted, most_milliseconds)), least_beat));
        }
        const std::string_view time = header(asks::time_left);  // what is no number limits nothing
        if (const std::size_t left = number_of(time); left > 0 || time == "0") deadline_ = taken_ + std::chrono::milliseconds((std::min)(left, most_milliseconds));
    }

    // What was asked; one thread at a time.

    std::string_view arguments() const noexcept { return data_of(asked_.get()); }
    const std::string& reply() const noexcept { return reply_; }  ///< the subject of what comes of it; "": nobody waits for that
    std::string_view id() const noexcept {
        const std::string_view said = header(asks::call_id);
        return said.empty() ? std::string_view(reply_) : said;
    }
    std::string_view principal() const noexcept { return header(asks::principal); }
    std::string_view tool_name() const noexcept { return header(asks::name); }  ///< what its caller calls the tool; ""
    bool waits() const noexcept { return !listens_ || header(asks::wait) == "yes"; }  ///< for a free thread
    bool lenient() const noexcept { return header(asks::mode) == "lenient"; }
    clock::time_point taken() const noexcept { return taken_; }
    std::chrono::milliseconds beat() const noexcept { return beat_; }
    bool is_same(const worker_call& other) const noexcept { return reply_ == other.reply_ && arguments() == other.arguments(); }

    // While it waits and runs; any thread.

    void cancel() noexcept { cancelled_.store(true, std::memory_order_relaxed); }
    bool stop_requested() const noexcept { return cancelled_.load(std::memory_order_relaxed) || clock::now() >= deadline_; }
    void on_progress(const progress& p) override {
        std::string body = "{\"done\":";
        json::append_number(body, p.done);
        json::append_number(body += ",\"total\":", json::is_finite(p.total) ? p.total : 0);
        append_all(body, {",\"message\":", json::string_text(p.message), "}"});
        if (json::is_finite(p.done)) tell("progress", body);
    }
    void on_log(log_level level, std::string_view message) override {
        tell("log", concat({"{\"level\":\"", name_of(level), "\",\"message\":", json::string_text(message), "}"}));
    }
    /// Says that it is still there, if it is time for that. One thread at a time.
    HAFT_COLD void tell_that_it_lives(clock::time_point now) {
        if (!listens_ || now - told_ < beat_) return;
        told_ = now;
        tell("beat", {});
    }

    // Its end; once, any thread.

    void answer(const call_reply& with) const { send(with, true); }
    /// It has not run, and another instance may be asked.
    HAFT_COLD void refuse(const error& why) const { send(reply_of(why), false); }
    HAFT_COLD void refuse_unwanted() const { refuse({errc::call_cancelled, "the call was not wanted any more before its turn came"}); }

private:
    std::string_view header(const char* name) const noexcept { return header_of(asked_.get(), name); }

    void send(const call_reply& reply, bool ran) const {
        if (reply_.empty()) return;
        if (reply.body.size() > bus_.max_payload() && reply.kind != result_kind::error) return send(too_large(reply.body), ran);
        natsMsg* made = nullptr;
        if (::natsMsg_Create(&made, reply_.c_str(), nullptr, reply.body.data(), static_cast<int>(reply.body.size())) != NATS_OK) return;
        const nats_message out(made);
        ::natsMsgHeader_Set(made, says::result, std::string(result_kind_words[static_cast<std::size_t>(reply.kind)]).c_str());
        if (!ran) ::natsMsgHeader_Set(made, says::ran, "no");
        if (reply.kind == result_kind::error) {
            ::natsMsgHeader_Set(made, says::error, reply.why.c_str());
            ::natsMsgHeader_Set(made, says::error_code, decimal(static_cast<unsigned>(reply.code)).c_str());
            ::natsMsgHeader_Set(made, says::worker, worker_.c_str());
        }
        // Its headers count, too.
        if (::natsConnection_PublishMsg(bus_.get(), made) == NATS_MAX_PAYLOAD && reply.kind != result_kind::error) send(too_large(reply.body), ran);
    }
    HAFT_COLD call_reply too_large(std::string_view result) const {
        return reply_of(error{errc::too_large, concat({"the result has ", decimal(result.size()), " bytes; at most ", decimal(bus_.max_payload()), " go through ",
                                                       bus_.where(), "; ask for less, such as a part of it or fewer items"})});
    }
    HAFT_COLD void tell(const char* what, std::string_view body) const {
        if (!listens_ || reply_.empty()) return;
        natsMsg* made = nullptr;
        if (::natsMsg_Create(&made, reply_.c_str(), nullptr, body.data(), static_cast<int>(body.size())) != NATS_OK) return;
        const nats_message out(made);
        ::natsMsgHeader_Set(made, says::event, what);
        ::natsMsgHeader_Set(made, says::worker, worker_.c_str());
        ::natsConnection_PublishMsg(bus_.get(), made);
    }

    const nats_connection& bus_;
    const std::string& worker_;
    const nats_message asked_;
    std::string reply_;
    std::chrono::milliseconds beat_;
    bool listens_ = false;
    const clock::time_point taken_ = clock::now();
    clock::time_point told_ = taken_, deadline_ = clock::time_point::max();
    std::atomic<bool> cancelled_{false};
};

}  // namespace haft::inline v0::remote::detail

#endif  // HAFT_REMOTE_WORKER_CALL_HPP
