// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REMOTE_SERVICE_ENDPOINT_HPP
#define HAFT_REMOTE_SERVICE_ENDPOINT_HPP

/// A tool at its subject on the bus: takes calls from there, runs them, counts them. Link haft::nats.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/mcp/offer/offer.hpp>
#include <haft/remote/call_turns.hpp>
#include <haft/remote/call_wire.hpp>
#include <haft/remote/nats_connection.hpp>
#include <haft/remote/service_wire.hpp>
#include <haft/remote/worker_call.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/tool/user_data.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <nats/nats.h>

namespace haft::inline v0::remote {

/// Who calls. A tool gets it by `context.user<const remote::caller>()`, where the service's call options have no user data of their own.
struct caller {
    std::string id = {};         ///< of the call, as the caller knows it; else where its answer goes
    std::string principal = {};  ///< on whose behalf; what the caller says, whom the bus let in
};

namespace detail {

/// What all endpoints of a service have in common. It lives longer than they do.
struct worker_surroundings {
    const nats_connection& bus;
    std::string id;  ///< of the worker
    std::chrono::milliseconds beat;
    call_options call;
};

class service_endpoint final : public call_place {
public:
    service_endpoint(const worker_surroundings& in, std::shared_ptr<const mcp::offered_tools> keeps, const tool& what, std::string subject, std::string listing)
        : in_(in), keeps_(std::move(keeps)), what_(what), name_(what.name), subject_(std::move(subject)), listing_(std::move(listing)) {
        std::replace(name_.begin(), name_.end(), '.', '_');
    }

    /// Calls come from now on; once.
    HAFT_COLD natsStatus open() {
        natsSubscription* heard = nullptr;
        const natsStatus s = ::natsConnection_QueueSubscribeSync(&heard, in_.bus.get(), subject_.c_str(), std::string(queue_group).c_str());
        heard_.reset(heard);
        return s;
    }
    /// None comes any more, but those that the bus has handed out are taken. Any thread.
    HAFT_COLD void drain() {
        // Without a connection it would wait for one. Without a further thread it can't.
        if (!in_.bus.connected() || ::natsSubscription_Drain(heard_.get()) != NATS_OK) ::natsSubscription_Unsubscribe(heard_.get());
    }
    HAFT_COLD void end(std::chrono::milliseconds limit) {
        ::natsSubscription_WaitForDrainCompletion(heard_.get(), (std::max)(static_cast<std::int64_t>(limit.count()), std::int64_t{1}));
        ::natsSubscription_Unsubscribe(heard_.get());  // who waits there still leaves now
    }

    bool serves_the_same(const tool& t, std::string_view subject) const noexcept {
        return subject_ == subject && what_.execute == t.execute && what_.self == t.self && what_.validate == t.validate;
    }
    endpoint_info info() const { return {name_, subject_, listing_}; }
    HAFT_COLD endpoint_stats stats() const {
        const std::lock_guard lock(guard_);
        return {name_, subject_, requests_, errors_, last_error_, time_};
    }

    std::unique_ptr<worker_call> wait() override {
        for (;;) {
            natsMsg* got = nullptr;
            constexpr std::int64_t long_while = 3'600'000;  // milliseconds
            const natsStatus s = ::natsSubscription_NextMsg(&got, heard_.get(), long_while);
            if (s == NATS_OK) return std::make_unique<worker_call>(in_.bus, in_.id, nats_message(got), in_.beat);
            if (s == NATS_INVALID_SUBSCRIPTION || s == NATS_CONNECTION_CLOSED) return nullptr;
            // Anything else ends nothing: a message that says "nobody is there", which anyone may send, is swallowed as an error, too.
            if (s != NATS_TIMEOUT && s != NATS_SLOW_CONSUMER && s != NATS_NO_RESPONDERS) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
    void run(worker_call& one) override {
        if (one.stop_requested()) return one.refuse_unwanted();
        const caller who{std::string(one.id()), std::string(one.principal())};
        call_options how = in_.call;
        how.call_id = who.id;
        how.stop = stop_token(one);
        how.listener = &one;
        if (how.user.same_type(user_data())) how.user = user_data(who);
        if (one.lenient()) how.mode = read_mode::lenient;
        std::vector<note> notes;
        how.notes = &notes;
        std::string text;
        result_writer writer(text, string_results::as_text, how);
        const std::string_view named = one.tool_name();
        call_context context{legal_tool_name(named) ? named : what_.name, how};
        const auto began = worker_call::clock::now();
        haft::detail::guarded(context, writer, [&] { what_.run(one.arguments(), context, writer); });
        took(worker_call::clock::now() - began);
        try {
            const call_reply reply = reply_of(writer, std::move(text), notes);
            count(worker_call::clock::now() - one.taken(), reply);
            one.answer(reply);
        } catch (const std::bad_alloc&) {
            one.answer(reply_of(error{errc::tool_failed, "there is no memory for the result"}));
        }
    }

private:
    void count(std::chrono::nanoseconds time, const call_reply& reply) {
        const std::lock_guard lock(guard_);
        ++requests_;
        time_ += time;
        if (reply.kind != result_kind::error) return;
        ++errors_;
        last_error_ = reply.why;
    }

    const worker_surroundings& in_;
    const std::shared_ptr<const mcp::offered_tools> keeps_;
    const tool& what_;
    std::string name_;
    const std::string subject_, listing_;
    nats_subscription heard_;
    mutable std::mutex guard_;
    std::uint64_t requests_ = 0, errors_ = 0;
    std::chrono::nanoseconds time_{0};
    std::string last_error_;
};

}  // namespace detail

}  // namespace haft::inline v0::remote

#endif  // HAFT_REMOTE_SERVICE_ENDPOINT_HPP
