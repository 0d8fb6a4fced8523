// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REMOTE_NATS_SERVICE_HPP
#define HAFT_REMOTE_NATS_SERVICE_HPP

/// Tools as a service on NATS: an endpoint for each, found by `$SRV.INFO`, shared with all instances of the same name. Link haft::nats.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/mcp/offer/live_offer.hpp>
#include <haft/mcp/offer/offer.hpp>
#include <haft/mcp/wire/random_digits.hpp>
#include <haft/remote/call_turns.hpp>
#include <haft/remote/call_wire.hpp>
#include <haft/remote/nats_connection.hpp>
#include <haft/remote/service_endpoint.hpp>
#include <haft/remote/service_wire.hpp>
#include <haft/remote/worker_call.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/log_level.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <ctime>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <nats/nats.h>

namespace haft::inline v0::remote {

struct nats_service_options {
    nats_options bus = {};
    std::string name = "haft";       ///< 1 to 64 of A-Z a-z 0-9 _ -; instances of one name share the calls
    std::string version = "0.0.0";   ///< as Semantic Versioning has it
    std::string description = {};
    std::size_t threads = 4;         ///< calls that run at once; besides, a thread waits for calls of each tool
    std::size_t waiting = 16;        ///< calls that may wait for a thread; who calls beyond that is told, and asks another instance
    std::chrono::milliseconds beat{1000};         ///< how often callers hear that a call still runs, if they do not want it oftener
    std::chrono::milliseconds drain_time{30'000}; ///< how long calls may take that run when it is to end
    call_options call = {};          ///< of each call; its id, stop token, listener, notes and mode are the request's
};

/// Serves from start() to stop(). Each function says its thread.
class nats_service {
public:
    explicit nats_service(toolset tools, nats_service_options how = {})
        : nats_service(std::make_shared<mcp::live_offer>(mcp::offer::of(std::move(tools))), std::move(how)) {}
    /// What is published there is served from then on. Of it the tools count.
    explicit nats_service(std::shared_ptr<mcp::live_offer> what, nats_service_options how = {})
        : what_(std::move(what)), how_(std::move(how)), id_(mcp::random_digits(11)), started_(now_text()) {}
    nats_service(const nats_service&) = delete;
    nats_service& operator=(const nats_service&) = delete;
    ~nats_service() { stop(); }

    /// Once, any thread. Errors (E0439): a name that can't be, no threads for so many tools, and those of nats_connection::open. A bus that nobody answers at
    /// is none: calls come once it is there.
    HAFT_COLD result<void> start() {
        const std::lock_guard lock(life_);
        if (ended_) return error{errc::bus_failed, concat({"service ", in_quotes(how_.name), " has ended; make another one"})};
        result<void> begun = error{errc::bus_failed, "there can't be so many threads"};
        try {
            begun = begin();
        } catch (const std::system_error&) {  // of a thread
        }
        if (!begun) end();
        return begun;
    }

    /// Takes no further calls, answers those that came, and leaves. What takes longer than `drain_time` is asked to stop and waited for:
    /// threads are neither killed nor let go of. Any thread but a tool's; who calls it meanwhile waits for the end, too.
    HAFT_COLD void stop() {
        const std::lock_guard lock(life_);
        end();
    }

    const std::string& id() const noexcept { return id_; }  ///< of this instance
    /// From start() to stop(), not while they run.
    bool connected() const noexcept { return bus_ && bus_->connected(); }

private:
    using clock = detail::worker_call::clock;
    using endpoint = detail::service_endpoint;

    /// What tells of changes. Who publishes at the moment of the end may hold it still.
    struct woken {
        std::mutex guard;
        std::condition_variable wakes;
        bool changed = false, ends = false;
    };

    HAFT_COLD result<void> begin() {
        if (!legal_service_name(how_.name))
            return error{errc::bus_failed, concat({"no service can be named ", in_quotes(how_.name), "; 1 to 64 of A-Z a-z 0-9 _ - are"})};
        result<std::unique_ptr<nats_connection>> opened = nats_connection::open(how_.bus, when_lost::kept);  // an answer may come late
        if (!opened) return std::move(opened.error());
        bus_ = std::move(*opened);
        common_ = std::make_unique<detail::worker_surroundings>(detail::worker_surroundings{*bus_, id_, how_.beat, how_.call});
        turns_ = std::make_unique<detail::call_turns>(how_.threads, how_.waiting);
        for (const std::string_view what : {"PING", "INFO", "STATS"})
            for (const std::string& below : {std::string(), concat({".", how_.name}), concat({".", how_.name, ".", id_})})
                if (result<void> heard = hear(concat({"$SRV.", what, below}), &asked_about, asked_.emplace_back()); !heard) return heard;
        if (result<void> heard = hear(cancel_subject_of(how_.name), &asked_to_cancel, told_off_); !heard) return heard;
        if (result<void> offered = offer_now(); !offered) return offered;
        offers_ = std::thread([this] { offer_what_changes(); });
        wake_ = std::make_shared<const std::function<void()>>([to = woken_] {
            const std::lock_guard lock(to->guard);
            to->changed = true;
            to->wakes.notify_all();
        });
        what_->on_change(wake_);
        wake_->operator()();  // of what changed meanwhile
        return {};
    }

    HAFT_COLD void end() {
        if (std::exchange(ended_, true) || !bus_) return;
        {
            const std::lock_guard lock(woken_->guard);
            woken_->ends = true;
            woken_->wakes.notify_all();
        }
        wake_.reset();
        if (offers_.joinable()) offers_.join();
        asked_.clear();
        if (turns_) end_calls();  // calls may still be taken back meanwhile
        told_off_.reset();
        {
            std::unique_lock until_over(guard_);  // threads of libnats' may be within a callback, each of which is told to be the last one
            subscriptions_over_.wait(until_over, [&] { return subscriptions_ == 0; });
        }
        turns_.reset();
        if (bus_->connected()) ::natsConnection_FlushTimeout(bus_->get(), 2000);
        endpoints_.clear();
        retired_.clear();
        bus_.reset();
    }

    static std::string now_text() {
        const std::time_t now = std::time(nullptr);
        std::tm at{};
        ::gmtime_r(&now, &at);
        char text[32];
        return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &at)};
    }

    HAFT_COLD void end_calls() {
        const auto until = clock::now() + how_.drain_time;
        std::vector<std::shared_ptr<endpoint>> all = endpoints_;
        all.insert(all.end(), retired_.begin(), retired_.end());
        for (const auto& one : all) one->drain();
        for (const auto& one : all) one->end(std::chrono::duration_cast<std::chrono::milliseconds>(until - clock::now()));
        turns_->wait_for_all(until);
        turns_->cancel_all();  // and one that a thread is about to take is refused
        while (!turns_->wait_for_all(clock::now() + std::chrono::hours(1))) {}
    }

    /// Endpoints for what is served now; of tools that are what they were they stay. One thread at a time.
    HAFT_COLD result<void> offer_now() {
        const std::shared_ptr<const mcp::offered_tools> now = what_->now().tools;
        std::erase_if(retired_, [](const auto& one) { return one->is_over(); });
        if (!turns_->make_room(now->set.size() + endpoints_.size() + retired_.size()))
            return error{errc::bus_failed, concat({"can't serve ", decimal(now->set.size()), " tools: each takes a thread, and the system gives no further one"})};
        std::vector<std::shared_ptr<endpoint>> next, added;
        for (const tool& t : now->set) {
            const std::string listing = listing_of(t);
            const std::string subject = subject_of(how_.name, t.name, listing);
            const auto same = std::find_if(endpoints_.begin(), endpoints_.end(), [&](const auto& one) { return one->serves_the_same(t, subject); });
            if (same != endpoints_.end()) {
                next.push_back(*same);
                continue;
            }
            added.push_back(std::make_shared<endpoint>(*common_, now, t, subject, listing));
            if (const natsStatus s = added.back()->open(); s != NATS_OK) return bus_->said(s, concat({"can't serve ", t.name}));
            next.push_back(added.back());
        }
        for (const auto& one : endpoints_)
            if (std::find(next.begin(), next.end(), one) == next.end()) {
                one->drain();
                retired_.push_back(one);
            }
        for (const auto& one : added) turns_->attend(one);
        const std::lock_guard lock(guard_);
        endpoints_ = std::move(next);
        return {};
    }
    void offer_what_changes() {
        for (;;) {
            {
                std::unique_lock lock(woken_->guard);
                woken_->wakes.wait(lock, [&] { return woken_->ends || woken_->changed; });
                if (woken_->ends) return;
                woken_->changed = false;
            }
            if (const result<void> offered = offer_now(); !offered) how_.bus.log.tell(log_level::error, "nats", offered.error().text());
        }
    }

    // --- what is asked on the bus; threads of libnats' ---

    HAFT_COLD result<void> hear(const std::string& subject, natsMsgHandler how, detail::nats_subscription& out) {
        natsSubscription* made = nullptr;
        const natsStatus s = ::natsConnection_Subscribe(&made, bus_->get(), subject.c_str(), how, this);
        out.reset(made);
        if (s == NATS_OK && ::natsSubscription_SetOnCompleteCB(made, &told_of_end, this) == NATS_OK) {
            const std::lock_guard lock(guard_);
            ++subscriptions_;
        }
        return bus_->said(s, concat({"can't hear ", subject}));
    }
    static void told_of_end(void* self) {
        auto& own = *static_cast<nats_service*>(self);
        const std::lock_guard lock(own.guard_);
        --own.subscriptions_;
        own.subscriptions_over_.notify_all();
    }
    HAFT_COLD static void asked_about(natsConnection* on, natsSubscription*, natsMsg* m, void* self) {
        const detail::nats_message asked(m);
        const auto& own = *static_cast<const nats_service*>(self);
        if (!::natsMsg_GetReply(m)) return;
        const std::string_view subject = ::natsMsg_GetSubject(m);
        const std::string text = subject.starts_with("$SRV.PING") ? ping_text(own.info()) : subject.starts_with("$SRV.INFO") ? info_text(own.info()) : own.stats();
        ::natsConnection_Publish(on, ::natsMsg_GetReply(m), text.data(), static_cast<int>(text.size()));
    }
    HAFT_COLD static void asked_to_cancel(natsConnection*, natsSubscription*, natsMsg* m, void* self) {
        const detail::nats_message asked(m);
        static_cast<nats_service*>(self)->turns_->cancel(std::string(detail::data_of(m)));
    }
    HAFT_COLD service_info info() const {
        service_info out{.name = how_.name, .id = id_, .version = how_.version, .description = how_.description,
                         .cancel_subject = cancel_subject_of(how_.name)};
        const std::lock_guard lock(guard_);
        for (const auto& one : endpoints_) out.endpoints.push_back(one->info());
        return out;
    }
    HAFT_COLD std::string stats() const {
        const service_info about = info();
        std::vector<endpoint_stats> all;
        const std::lock_guard lock(guard_);
        for (const auto& one : endpoints_) all.push_back(one->stats());
        return stats_text(about, started_, all);
    }

    const std::shared_ptr<mcp::live_offer> what_;
    const nats_service_options how_;
    const std::string id_, started_;
    const std::shared_ptr<woken> woken_ = std::make_shared<woken>();
    std::mutex life_;  // of start() and stop()
    bool ended_ = false;
    std::unique_ptr<nats_connection> bus_;
    std::unique_ptr<detail::worker_surroundings> common_;
    std::vector<detail::nats_subscription> asked_;  // what is asked about the service
    detail::nats_subscription told_off_;            // which calls are not wanted any more
    std::shared_ptr<const std::function<void()>> wake_;
    std::thread offers_;
    std::vector<std::shared_ptr<endpoint>> retired_;  // of offers_, and start() and stop() before and after it

    mutable std::mutex guard_;
    std::vector<std::shared_ptr<endpoint>> endpoints_;
    std::condition_variable subscriptions_over_;
    int subscriptions_ = 0;  // that have not told of their end
    std::unique_ptr<detail::call_turns> turns_;
};

}  // namespace haft::inline v0::remote

#endif  // HAFT_REMOTE_NATS_SERVICE_HPP
