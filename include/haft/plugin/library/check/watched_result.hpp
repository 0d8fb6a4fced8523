// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_CHECK_WATCHED_RESULT_HPP
#define HAFT_PLUGIN_LIBRARY_CHECK_WATCHED_RESULT_HPP

/// A haft_result and a haft_call that note everything that is done with them, and what may not be.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/library/host_table.hpp>

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// Who may use a table of the host's, and when: the thread that made this, until it is closed.
class border_watch {
public:
    /// The function that it was made for has returned.
    void close() noexcept { open_.store(false); }
    HAFT_COLD void used(std::string_view member) {
        const bool other = std::this_thread::get_id() != owner_;
        if (!open_.load()) note(late_, member);
        else if (other) note(elsewhere_, member);
    }
    /// The member that was used after the function had returned; "" if none was.
    HAFT_COLD std::string used_late() const { return read(late_); }
    HAFT_COLD std::string used_elsewhere() const { return read(elsewhere_); }

private:
    HAFT_COLD void note(std::string& where, std::string_view member) {
        const std::lock_guard guard(mutex_);
        where = member;
    }
    HAFT_COLD std::string read(const std::string& from) const {
        const std::lock_guard guard(mutex_);
        return from;
    }

    const std::thread::id owner_ = std::this_thread::get_id();
    std::atomic<bool> open_{true};
    mutable std::mutex mutex_;
    std::string late_, elsewhere_;
};

/// Stays where it is for as long as the library may know of it: to the end of the process.
class watched_result {
public:
    watched_result() : table_{sizeof(haft_result), this, &on_text, &on_json, &on_block, &on_fail, &on_fail_json} {}
    watched_result(const watched_result&) = delete;
    watched_result& operator=(const watched_result&) = delete;

    haft_result* get() noexcept { return &table_; }
    border_watch watch;
    std::vector<std::string> texts, values, blocks, problems, json_problems;
    int returned = 0;
    std::string thrown;  ///< by the function; "" if nothing was

    bool told_why() const noexcept { return !problems.empty() || !json_problems.empty(); }
    /// Whether it failed, in whatever way.
    bool failed() const noexcept { return returned != 0 || told_why() || !thrown.empty(); }
    /// The first words of why.
    HAFT_COLD std::string why() const {
        if (!thrown.empty()) return concat({"it threw: ", thrown});
        if (!problems.empty()) return problems.front();
        return json_problems.empty() ? "it does not say why" : json_problems.front();
    }

private:
    HAFT_COLD static void take(haft_result* result, std::vector<std::string> watched_result::*where, std::string_view member,
                               haft_text text) noexcept {
        try {
            auto& own = *static_cast<watched_result*>(result->host);
            own.watch.used(member);
            const std::lock_guard guard(own.mutex_);
            (own.*where).emplace_back(view_of(text));
        } catch (...) {}  // nothing may be thrown across the border
    }
    static void on_text(haft_result* r, haft_text t) noexcept { take(r, &watched_result::texts, "haft_result::text", t); }
    static void on_json(haft_result* r, haft_text t) noexcept { take(r, &watched_result::values, "haft_result::json", t); }
    static void on_block(haft_result* r, haft_text t) noexcept { take(r, &watched_result::blocks, "haft_result::block", t); }
    static void on_fail(haft_result* r, haft_text t) noexcept { take(r, &watched_result::problems, "haft_result::fail", t); }
    static void on_fail_json(haft_result* r, haft_text t) noexcept {
        take(r, &watched_result::json_problems, "haft_result::fail_json", t);
    }

    haft_result table_;
    std::mutex mutex_;
};

/// What a call is to be like.
struct asked_call {
    std::string_view kind = "tool";
    std::string_view name = {};
    std::string_view arguments = "{}";
    std::string_view id = "haft-check";
    /// From when on it is asked to stop.
    std::chrono::milliseconds stop_after{2000};
};

class watched_call {
public:
    explicit watched_call(const asked_call& what)
        : stop_at_(clock::now() + what.stop_after),
          table_{sizeof(haft_call), this,        across(what.kind), across(what.name), across(what.arguments),
                 across(what.id),   &stop_asked, &on_progress,      &on_log} {}
    watched_call(const watched_call&) = delete;
    watched_call& operator=(const watched_call&) = delete;

    const haft_call* get() const noexcept { return &table_; }
    border_watch watch;
    std::vector<std::pair<double, double>> progress;
    std::vector<int> levels;

private:
    using clock = std::chrono::steady_clock;
    static watched_call& own(const haft_call* call) noexcept {
        return *const_cast<watched_call*>(static_cast<const watched_call*>(call->host));  // made without const
    }
    HAFT_COLD static int stop_asked(const haft_call* call) noexcept {
        try {
            own(call).watch.used("haft_call::stop_requested");
        } catch (...) {}
        return clock::now() >= own(call).stop_at_ ? 1 : 0;
    }
    HAFT_COLD static void on_progress(const haft_call* call, double done, double total, haft_text) noexcept {
        try {
            own(call).watch.used("haft_call::progress");
            const std::lock_guard guard(own(call).mutex_);
            own(call).progress.emplace_back(done, total);
        } catch (...) {}
    }
    HAFT_COLD static void on_log(const haft_call* call, int level, haft_text) noexcept {
        try {
            own(call).watch.used("haft_call::log");
            const std::lock_guard guard(own(call).mutex_);
            own(call).levels.push_back(level);
        } catch (...) {}
    }

    clock::time_point stop_at_;
    haft_call table_;
    std::mutex mutex_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_CHECK_WATCHED_RESULT_HPP
