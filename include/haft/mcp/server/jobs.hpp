// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_JOBS_HPP
#define HAFT_MCP_SERVER_JOBS_HPP

/// Calls that an executor runs elsewhere, and what they send back: the only part of a server that several threads touch.

#include <haft/core/config.hpp>
#include <haft/core/stop_source.hpp>
#include <haft/mcp/asking/asking.hpp>
#include <haft/mcp/server/stream.hpp>
#include <haft/mcp/wire/notification.hpp>
#include <haft/mcp/wire/revision.hpp>
#include <haft/tool/call_context.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

/// What jobs have to send, in order. Shared, so that a job that outlives the server finds it gone and is forgotten.
class outbox {
public:
    struct entry {
        enum : unsigned char { answer, progress, log } kind;
        std::uint64_t call;
        std::string frame;
        std::shared_ptr<asked_call> asks = {};  ///< of an answer: there is none yet, the client is to be asked
    };
    static constexpr std::size_t most_logs = 1024;  // between two polls

    std::function<void()> on_ready;  ///< called on a job's thread; set before the first job
    std::atomic<haft::log_level> level{haft::log_level::info};

    void put(entry&& e) {
        {
            const std::lock_guard lock(guard_);
            if (e.kind == entry::log && logs_ == most_logs) return void(++dropped_);
            // Of one call's progress only the last step counts until it is sent.
            const auto before = std::find_if(entries_.begin(), entries_.end(), [&](const entry& other) {
                return e.kind == entry::progress && other.call == e.call && other.kind == entry::progress;
            });
            if (before != entries_.end()) {
                before->frame = std::move(e.frame);
                return;
            }
            logs_ += e.kind == entry::log;
            entries_.push_back(std::move(e));
        }
        if (on_ready) on_ready();
    }

    /// Everything so far, and how many messages there were too many.
    std::vector<entry> take(std::size_t& dropped) {
        std::vector<entry> taken;
        const std::lock_guard lock(guard_);
        taken.swap(entries_);
        dropped = std::exchange(dropped_, 0);
        logs_ = 0;
        return taken;
    }

private:
    std::mutex guard_;
    std::vector<entry> entries_;
    std::size_t logs_ = 0;
    std::size_t dropped_ = 0;
};

/// What a job is asked to stop by: its client, or its host.
struct job_stop {
    stop_source cancelled;
    stop_token host;
    bool stop_requested() const noexcept { return cancelled.stop_requested() || host.stop_requested(); }
};

/// The calls that an executor holds. When it goes, they are asked to stop.
class running_calls {
public:
    struct call {
        std::string id;
        std::uint64_t number;
        std::shared_ptr<job_stop> stop;
        std::shared_ptr<open_stream> to = nullptr;  ///< null: the stream of bytes
        std::string message = {};                   ///< the request, should the tool ask its client something
    };

    running_calls() = default;
    running_calls(running_calls&&) = default;
    running_calls& operator=(running_calls&&) = default;
    ~running_calls() {
        for (const call& c : all_) c.stop->cancelled.request_stop();
    }

    std::size_t size() const noexcept { return all_.size(); }
    bool empty() const noexcept { return all_.empty(); }

    /// Null if there is none.
    call* of_id(std::string_view id) noexcept {
        return find([&](const call& c) { return c.id == id; });
    }
    call* of_number(std::uint64_t number) noexcept {
        return find([&](const call& c) { return c.number == number; });
    }
    template <class Visit>
    void each(Visit visit) {
        for (call& c : all_) visit(c);
    }
    call& add(std::string_view id, stop_token host) {
        all_.push_back({std::string(id), ++last_, std::make_shared<job_stop>()});
        all_.back().stop->host = host;
        return all_.back();
    }
    void remove(call& c) { all_.erase(all_.begin() + (&c - all_.data())); }

private:
    template <class Is>
    call* find(Is is) noexcept {
        const auto at = std::find_if(all_.begin(), all_.end(), is);
        return at == all_.end() ? nullptr : &*at;
    }

    std::vector<call> all_;
    std::uint64_t last_ = 0;
};

/// Of a job: keeps what its tool tells for the next `poll`.
class queued_reporter final : public call_reporter {
public:
    queued_reporter(outbox& to, std::uint64_t call, std::string_view token, std::string_view tool, revision r,
                    const std::atomic<haft::log_level>& level)
        : call_reporter(token, tool, r, level), to_(to), call_(call) {}

private:
    void send(notification kind, std::string&& frame) override {
        to_.put({kind == notification::log ? outbox::entry::log : outbox::entry::progress, call_, std::move(frame)});
    }

    outbox& to_;
    std::uint64_t call_;
};

/// One call on its way to an executor and back. It is answered once: by what it comes to or, if nobody runs it or it can't be run to its
/// end, by saying so.
class job {
public:
    /// `run` makes the answer; `dropped` is that of a job that nobody ran.
    struct outcome {
        std::string frame;
        std::shared_ptr<asked_call> asks = {};
    };
    using make_answer = std::function<outcome(outbox&)>;
    job(std::weak_ptr<outbox> to, std::uint64_t number, make_answer run, std::string dropped)
        : to_(std::move(to)), number_(number), run_(std::move(run)), dropped_(std::move(dropped)) {}
    job(const job&) = delete;
    job& operator=(const job&) = delete;
    ~job() {
        if (begun_) return;
        const auto to = to_.lock();
        if (!to) return;
#if HAFT_HAS_EXCEPTIONS()
        try {
#endif
            to->put({outbox::entry::answer, number_, std::move(dropped_)});
#if HAFT_HAS_EXCEPTIONS()
        } catch (...) {}  // no memory: nothing can be said
#endif
    }

    /// Once; what comes later does nothing.
    void run() {
        if (begun_.exchange(true)) return;
        const auto to = to_.lock();
        if (!to) return;
        outcome got;
#if HAFT_HAS_EXCEPTIONS()
        try {
#endif
            got = run_(*to);
#if HAFT_HAS_EXCEPTIONS()
        } catch (...) { got = {std::move(dropped_)}; }  // no memory; whoever runs jobs need not know of it
#endif
        to->put({outbox::entry::answer, number_, std::move(got.frame), std::move(got.asks)});
    }

private:
    std::weak_ptr<outbox> to_;
    std::uint64_t number_;
    make_answer run_;
    std::string dropped_;
    std::atomic<bool> begun_{false};
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_JOBS_HPP
