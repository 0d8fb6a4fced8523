// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REMOTE_NATS_SERVICE_HPP
#define HAFT_REMOTE_NATS_SERVICE_HPP

/// Tools as a service on NATS: an endpoint for each, found by `$SRV.INFO`, shared with all instances of the same name. Link haft::nats.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/core/text.hpp>
#include <haft/json/number.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/write_number.hpp>
#include <haft/mcp/offer/live_offer.hpp>
#include <haft/mcp/offer/offer.hpp>
#include <haft/mcp/wire/random_digits.hpp>
#include <haft/remote/call_wire.hpp>
#include <haft/remote/nats_connection.hpp>
#include <haft/remote/service_wire.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/call_listener.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/log_level.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/tool/user_data.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include <nats/nats.h>

namespace haft::inline v0::remote {

struct nats_service_options {
    nats_options bus = {};
    std::string name = "haft";       ///< 1 to 64 of A-Z a-z 0-9 _ -; instances of one name share the calls
    std::string version = "0.0.0";   ///< as Semantic Versioning has it
    std::string description = {};
    std::size_t threads = 4;         ///< calls that run at once
    std::size_t waiting = 16;        ///< calls that may wait for a thread; who calls beyond that is told, and asks another instance
    std::chrono::milliseconds beat{1000};         ///< how often callers hear that a call still runs, if they do not want it oftener
    std::chrono::milliseconds drain_time{30'000}; ///< how long calls may take that run when it is to end
    call_options call = {};          ///< of each call; its id, stop token, listener, notes and mode are the request's
};

/// Who calls. A tool gets it by `context.user<const remote::caller>()`, where the service's call options have no user data of their own.
struct caller {
    std::string id = {};         ///< of the call, as the caller knows it
    std::string principal = {};  ///< on whose behalf; what the caller says, whom the bus let in
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

    /// Once. Errors (E0439): a name that can't be, and those of nats_connection::open. A bus that nobody answers at is none: calls come once
    /// it is there.
    HAFT_COLD result<void> start() {
        if (!legal_service_name(how_.name))
            return error{errc::bus_failed, concat({"no service can be named ", in_quotes(how_.name), "; 1 to 64 of A-Z a-z 0-9 _ - are"})};
        result<std::unique_ptr<nats_connection>> opened = nats_connection::open(how_.bus);
        if (!opened) return std::move(opened.error());
        bus_ = std::move(*opened);
        for (std::size_t i = 0; i < (std::max)(how_.threads, std::size_t{1}); ++i) threads_.emplace_back([this] { work(); });
        threads_.emplace_back([this] { keep(); });
        for (const std::string_view what : {"PING", "INFO", "STATS"})
            for (const std::string& below : {std::string(), concat({".", how_.name}), concat({".", how_.name, ".", id_})})
                if (result<void> heard = hear(concat({"$SRV.", what, below}), &asked_about, asked_.emplace_back()); !heard) return heard;
        if (result<void> heard = hear(cancel_subject_of(how_.name), &asked_to_cancel, told_off_); !heard) return heard;
        wake_ = std::make_shared<const std::function<void()>>([to = woken_] {
            const std::lock_guard lock(to->guard);
            if (!to->service) return;
            const std::lock_guard inner(to->service->guard_);
            to->service->changed_ = true;
            to->service->to_keep_.notify_all();
        });
        what_->on_change(wake_);
        return offer_now();
    }

    /// Takes no further calls, answers those that came, and leaves. What takes longer than `drain_time` is asked to stop and waited for:
    /// threads are neither killed nor let go of. Any thread but a tool's. Does nothing a second time.
    HAFT_COLD void stop() {
        {
            const std::lock_guard lock(guard_);
            if (std::exchange(stops_, true) || !bus_) return;
        }
        wake_.reset();
        {
            const std::lock_guard lock(woken_->guard);
            woken_->service = nullptr;  // who publishes at this moment may hold the function still
        }
        asked_.clear();
        const auto until = clock::now() + how_.drain_time;
        std::vector<std::shared_ptr<endpoint>> all;
        {
            const std::lock_guard lock(guard_);
            all = endpoints_;
        }
        for (const auto& one : all) ::natsSubscription_Drain(one->heard.get());
        for (const auto& one : all) ::natsSubscription_WaitForDrainCompletion(one->heard.get(), (std::max)(left(until), std::int64_t{1}));
        std::unique_lock lock(guard_);
        idle_.wait_until(lock, until, [&] { return jobs_.empty(); });
        for (auto& [reply, one] : jobs_) one->cancelled.store(true);
        idle_.wait(lock, [&] { return jobs_.empty(); });
        ends_ = true;
        to_do_.notify_all();
        to_keep_.notify_all();
        lock.unlock();
        for (std::thread& one : threads_) one.join();
        if (bus_->connected()) ::natsConnection_FlushTimeout(bus_->get(), 2000);
        told_off_.reset();
        for (const auto* list : {&endpoints_, &retired_})
            for (const auto& one : *list) one->heard.reset();
        {
            std::unique_lock until_over(guard_);  // threads of libnats' may be within a callback, each of which is told to be the last one
            subscriptions_over_.wait_for(until_over, std::chrono::seconds(5), [&] { return subscriptions_ == 0; });
        }
        bus_.reset();
        endpoints_.clear();
        retired_.clear();
    }

    const std::string& id() const noexcept { return id_; }  ///< of this instance
    bool connected() const noexcept { return bus_ && bus_->connected(); }

private:
    using clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds least_beat{20};

    struct woken {
        std::mutex guard;
        nats_service* service;
        explicit woken(nats_service* of) : service(of) {}
    };

    /// Lives until its subscription has told of its end.
    struct endpoint : std::enable_shared_from_this<endpoint> {
        nats_service* of = nullptr;
        std::shared_ptr<const mcp::offered_tools> keeps = {};
        const tool* what = nullptr;
        std::string name = {}, subject = {}, listing = {};
        std::atomic<std::uint64_t> requests{0}, errors{0}, nanoseconds{0};
        std::string last_error = {};  // of guard_
        std::atomic<bool> over{false};
        detail::nats_subscription heard = {};
    };

    /// A call that was taken. It is what its tool's stop token and listener are.
    struct job final : call_listener {
        nats_service* of = nullptr;
        std::shared_ptr<endpoint> to = {};
        detail::nats_message asked = {};
        std::string reply = {};
        std::chrono::milliseconds beat{1000};
        clock::time_point taken = clock::now(), told = taken, deadline = clock::time_point::max();
        std::atomic<bool> cancelled{false};

        bool stop_requested() const noexcept { return cancelled.load(std::memory_order_relaxed) || clock::now() >= deadline; }
        void on_progress(const progress& p) override {
            std::string body = "{\"done\":";
            json::append_number(body, p.done);
            json::append_number(body += ",\"total\":", json::is_finite(p.total) ? p.total : 0);
            append_all(body, {",\"message\":", json::string_text(p.message), "}"});
            if (json::is_finite(p.done)) of->tell_event(*this, "progress", body);
        }
        void on_log(log_level level, std::string_view message) override {
            of->tell_event(*this, "log", concat({"{\"level\":\"", name_of(level), "\",\"message\":", json::string_text(message), "}"}));
        }
    };

    static std::int64_t left(clock::time_point until) {
        return std::chrono::duration_cast<std::chrono::milliseconds>(until - clock::now()).count();
    }
    static std::string now_text() {
        const std::time_t now = std::time(nullptr);
        std::tm at{};
        ::gmtime_r(&now, &at);
        char text[32];
        return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &at)};
    }

    // --- what is on the bus ---

    HAFT_COLD result<void> hear(const std::string& subject, natsMsgHandler how, detail::nats_subscription& out) {
        natsSubscription* made = nullptr;
        const natsStatus s = ::natsConnection_Subscribe(&made, bus_->get(), subject.c_str(), how, this);
        out.reset(made);
        if (s == NATS_OK && ::natsSubscription_SetOnCompleteCB(made, &told_of_end, this) == NATS_OK) begin_subscription();
        return bus_->said(s, concat({"can't hear ", subject}));
    }
    /// Endpoints for what is served now; of tools that are what they were they stay.
    HAFT_COLD result<void> offer_now() {
        const std::shared_ptr<const mcp::offered_tools> now = what_->now().tools;
        std::vector<std::shared_ptr<endpoint>> before, next;
        {
            const std::lock_guard lock(guard_);
            before = endpoints_;
        }
        for (const tool& t : now->set) {
            const std::string listing = listing_of(t);
            const std::string subject = subject_of(how_.name, t.name, listing);
            const auto same = std::find_if(before.begin(), before.end(), [&](const auto& one) { return one->subject == subject && runs_the_same(*one->what, t); });
            if (same != before.end()) {
                next.push_back(*same);
                continue;
            }
            auto made = std::make_shared<endpoint>();
            made->of = this;
            made->keeps = now;
            made->what = &t;
            made->name = t.name;
            std::replace(made->name.begin(), made->name.end(), '.', '_');
            made->subject = subject;
            made->listing = listing;
            natsSubscription* heard = nullptr;
            const natsStatus s = ::natsConnection_QueueSubscribe(&heard, bus_->get(), subject.c_str(), std::string(detail::queue_group).c_str(), &called, made.get());
            if (s != NATS_OK) return bus_->said(s, concat({"can't serve ", t.name}));
            made->heard.reset(heard);
            if (::natsSubscription_SetOnCompleteCB(heard, &told_over, made.get()) == NATS_OK) begin_subscription();
            next.push_back(std::move(made));
        }
        const std::lock_guard lock(guard_);
        for (const auto& one : before)
            if (std::find(next.begin(), next.end(), one) == next.end()) {
                ::natsSubscription_Drain(one->heard.get());
                retired_.push_back(one);
            }
        std::erase_if(retired_, [](const auto& one) { return one->over.load(); });
        endpoints_ = std::move(next);
        return {};
    }
    static bool runs_the_same(const tool& a, const tool& b) noexcept { return a.execute == b.execute && a.self == b.self && a.validate == b.validate; }
    static void told_over(void* self) {
        auto& one = *static_cast<endpoint*>(self);
        nats_service* const of = one.of;
        one.over.store(true);  // from now on it may go
        told_of_end(of);
    }
    static void told_of_end(void* self) {
        auto& own = *static_cast<nats_service*>(self);
        const std::lock_guard lock(own.guard_);
        --own.subscriptions_;
        own.subscriptions_over_.notify_all();
    }
    void begin_subscription() {
        const std::lock_guard lock(guard_);
        ++subscriptions_;
    }

    service_info info() const {
        service_info out{.name = how_.name, .id = id_, .version = how_.version, .description = how_.description,
                         .cancel_subject = cancel_subject_of(how_.name)};
        const std::lock_guard lock(guard_);
        for (const auto& one : endpoints_) out.endpoints.push_back({one->name, one->subject, one->listing});
        return out;
    }
    HAFT_COLD std::string stats() const {
        const service_info about = info();
        std::vector<endpoint_stats> all;
        const std::lock_guard lock(guard_);
        for (const auto& one : endpoints_)
            all.push_back({one->name, one->subject, one->requests.load(), one->errors.load(), one->last_error, std::chrono::nanoseconds(one->nanoseconds.load())});
        return stats_text(about, started_, all);
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
        auto& own = *static_cast<nats_service*>(self);
        const std::lock_guard lock(own.guard_);
        if (const auto one = own.jobs_.find(std::string(detail::data_of(m))); one != own.jobs_.end()) one->second->cancelled.store(true);
    }

    // --- calls ---

    static void called(natsConnection*, natsSubscription*, natsMsg* m, void* self) {
        auto& to = *static_cast<endpoint*>(self);
        to.of->take(to, detail::nats_message(m));
    }
    void take(endpoint& to, detail::nats_message asked) {
        auto made = std::make_unique<job>();
        made->of = this;
        made->to = to.shared_from_this();
        const char* const reply = ::natsMsg_GetReply(asked.get());
        if (reply) made->reply = reply;
        made->beat = how_.beat;
        if (const std::size_t wanted = detail::number_of(detail::header_of(asked.get(), asks::beat)); wanted > 0)
            made->beat = (std::min)(made->beat, (std::max)(std::chrono::milliseconds(wanted), least_beat));
        made->asked = std::move(asked);
        {
            std::unique_lock lock(guard_);
            const bool full = queue_.size() >= how_.waiting + idlers_;
            const auto known = made->reply.empty() ? jobs_.end() : jobs_.find(made->reply);
            if (!full && known == jobs_.end()) {
                job* const kept = made.get();
                if (kept->reply.empty()) kept->reply = concat({"-", decimal(++unnamed_)});  // nobody waits for what comes of it
                jobs_.emplace(kept->reply, std::move(made));
                queue_.push_back(kept);
                lock.unlock();
                return to_do_.notify_one();
            }
        }
        refuse(*made, {errc::worker_busy, concat({"all ", decimal(how_.threads), " threads of this worker are busy and ", decimal(how_.waiting), " calls wait"})});
    }
    void work() {
        for (;;) {
            std::unique_lock lock(guard_);
            ++idlers_;
            to_do_.wait(lock, [&] { return ends_ || !queue_.empty(); });
            --idlers_;
            if (queue_.empty()) return;
            job* const one = queue_.front();
            queue_.pop_front();
            lock.unlock();
            run(*one);
            lock.lock();
            jobs_.erase(jobs_.find(one->reply));
            if (jobs_.empty()) idle_.notify_all();
        }
    }
    void run(job& one) {
        natsMsg* const m = one.asked.get();
        if (const std::string_view time = detail::header_of(m, asks::time_left); !time.empty())
            one.deadline = one.taken + std::chrono::milliseconds(detail::number_of(time));
        const caller who{std::string(detail::header_of(m, asks::call_id)), std::string(detail::header_of(m, asks::principal))};
        if (one.stop_requested()) return refuse(one, {errc::call_cancelled, "the call was not wanted any more when its turn came"});
        call_options how = how_.call;
        how.call_id = who.id;
        how.stop = stop_token(one);
        how.listener = &one;
        if (how.user.same_type(user_data())) how.user = user_data(who);
        if (detail::header_of(m, asks::mode) == "lenient") how.mode = read_mode::lenient;
        std::vector<note> notes;
        how.notes = &notes;
        std::string text;
        result_writer writer(text, string_results::as_text, how);
        const std::string_view named = detail::header_of(m, asks::name);
        call_context context{legal_tool_name(named) ? named : one.to->what->name, how};
        haft::detail::guarded(context, writer, [&] { one.to->what->run(detail::data_of(m), context, writer); });
        call_reply reply = reply_of(writer, std::move(text), notes);
        if (reply.body.size() > bus_->max_payload())
            reply = too_large(reply.body);
        count(*one.to, one, reply);
        answer(one, reply, true);
    }
    void count(endpoint& at, const job& one, const call_reply& reply) {
        at.requests.fetch_add(1, std::memory_order_relaxed);
        at.nanoseconds.fetch_add(static_cast<std::uint64_t>(std::chrono::nanoseconds(clock::now() - one.taken).count()), std::memory_order_relaxed);
        if (reply.kind != result_kind::error) return;
        at.errors.fetch_add(1, std::memory_order_relaxed);
        const std::lock_guard lock(guard_);
        at.last_error = reply.why;
    }
    /// It has not run, and another instance may be asked.
    HAFT_COLD void refuse(const job& one, const error& why) { answer(one, reply_of(why), false); }

    void answer(const job& one, const call_reply& reply, bool ran) {
        if (one.reply.starts_with('-')) return;
        natsMsg* made = nullptr;
        if (::natsMsg_Create(&made, one.reply.c_str(), nullptr, reply.body.data(), static_cast<int>(reply.body.size())) != NATS_OK) return;
        const detail::nats_message out(made);
        ::natsMsgHeader_Set(made, says::result, std::string(result_kind_words[static_cast<std::size_t>(reply.kind)]).c_str());
        if (!ran) ::natsMsgHeader_Set(made, says::ran, "no");
        if (reply.kind == result_kind::error) {
            ::natsMsgHeader_Set(made, says::error, reply.why.c_str());
            ::natsMsgHeader_Set(made, says::error_code, decimal(static_cast<unsigned>(reply.code)).c_str());
            ::natsMsgHeader_Set(made, says::worker, id_.c_str());
        }
        // The headers count, too.
        if (::natsConnection_PublishMsg(bus_->get(), made) == NATS_MAX_PAYLOAD && reply.kind != result_kind::error) answer(one, too_large(reply.body), ran);
    }
    HAFT_COLD call_reply too_large(std::string_view result) const {
        return reply_of(error{errc::too_large, concat({"the result has ", decimal(result.size()), " bytes; at most ", decimal(bus_->max_payload()), " go through ",
                                                       bus_->where(), "; ask for less, such as a part of it or fewer items"})});
    }
    HAFT_COLD void tell_event(const job& one, const char* what, std::string_view body) {
        if (one.reply.starts_with('-')) return;
        natsMsg* made = nullptr;
        if (::natsMsg_Create(&made, one.reply.c_str(), nullptr, body.data(), static_cast<int>(body.size())) != NATS_OK) return;
        const detail::nats_message out(made);
        ::natsMsgHeader_Set(made, says::event, what);
        ::natsMsgHeader_Set(made, says::worker, id_.c_str());
        ::natsConnection_PublishMsg(bus_->get(), made);
    }

    /// Tells callers whose calls take long that they still run, and takes up what is offered newly.
    void keep() {
        std::unique_lock lock(guard_);
        while (!ends_) {
            to_keep_.wait_for(lock, jobs_.empty() ? how_.beat / 4 : least_beat, [&] { return ends_ || changed_; });
            if (std::exchange(changed_, false) && !stops_) {
                lock.unlock();
                if (const result<void> offered = offer_now(); !offered) how_.bus.log.tell(log_level::error, "nats", offered.error().text());
                lock.lock();
            }
            const auto now = clock::now();
            for (auto& [reply, one] : jobs_)
                if (now - one->told >= one->beat) one->told = now, tell_event(*one, "beat", {});
        }
    }

    const std::shared_ptr<mcp::live_offer> what_;
    const nats_service_options how_;
    const std::string id_, started_;
    std::unique_ptr<nats_connection> bus_;
    std::vector<detail::nats_subscription> asked_;  // what is asked about the service
    detail::nats_subscription told_off_;            // which calls are not wanted any more
    std::shared_ptr<const std::function<void()>> wake_;
    const std::shared_ptr<woken> woken_ = std::make_shared<woken>(this);
    std::vector<std::thread> threads_;

    mutable std::mutex guard_;
    std::condition_variable to_do_, to_keep_, idle_, subscriptions_over_;
    int subscriptions_ = 0;  // that have not told of their end
    std::vector<std::shared_ptr<endpoint>> endpoints_, retired_;
    std::unordered_map<std::string, std::unique_ptr<job>> jobs_;  // by the subject of the reply; those that wait and those that run
    std::deque<job*> queue_;
    std::size_t idlers_ = 0;  // threads that wait for a job
    std::uint64_t unnamed_ = 0;
    bool changed_ = false, stops_ = false, ends_ = false;
};

}  // namespace haft::inline v0::remote

#endif  // HAFT_REMOTE_NATS_SERVICE_HPP
