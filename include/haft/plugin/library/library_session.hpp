// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_LIBRARY_SESSION_HPP
#define HAFT_PLUGIN_LIBRARY_LIBRARY_SESSION_HPP

/// A library that is set up, from setup to teardown: what its tools, commands and hooks call, and what knows how many of them are at
/// it. [fault 95]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/library/host_call.hpp>
#include <haft/plugin/library/loaded_library.hpp>
#include <haft/plugin/library/result_taker.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace haft::inline v0::detail {

class library_session {
public:
    library_session(std::shared_ptr<loaded_library> library, std::string plugin)
        : plugin_(std::move(plugin)), library_(std::move(library)) {}
    library_session(const library_session&) = delete;
    library_session& operator=(const library_session&) = delete;

    const std::string& plugin() const noexcept { return plugin_; }
    const std::shared_ptr<loaded_library>& loaded() const noexcept { return library_; }
    const haft_plugin& table() const noexcept { return library_->table; }

    /// Does one of the things that the plugin offers; what comes of it is in `to`. An error: it failed, or is unloaded (E0467). `from`
    /// is who calls. Any thread, several at a time.
    HAFT_COLD result<void> call(std::string_view kind, std::string_view name, std::string_view arguments,
                                const host_call& from, result_taker& to) {
        const visit now(*this);
        if (!now.let_in)
            return error{errc::plugin_unloaded, concat({"plugin ", in_quotes(plugin_), " was unloaded meanwhile; ",
                                                        kind, " ", in_quotes(name), " can't be used any more"})};
        const haft_call call = from.table(kind, name, arguments);
        return run([&] { return table().call(table().state, &call, to.get()); }, to);
    }

    /// Runs one of the functions that are no call. What it throws (it must not) is its failure.
    template <class F>
    HAFT_COLD static result<void> run(F function, result_taker& to) {
        int returned = 1;
        try {
            returned = function();
        } catch (...) {
            return error{errc::plugin_failed, concat({"it threw, and nothing may cross the border: ", caught_text()})};
        }
        if (to.failed(returned)) return to.take_error();
        return {};
    }

    /// From now on nobody is let in.
    void close() noexcept { visits_.fetch_or(closed, std::memory_order_acq_rel); }
    /// Waits until all that are in have left, for a while. It asks now and then and is not told: who would have told may be in a process
    /// that has been forked off.
    HAFT_COLD bool wait_until_empty(std::chrono::milliseconds at_most) const {
        const auto end = std::chrono::steady_clock::now() + at_most;
        for (auto pause = std::chrono::microseconds(50);;
             pause = (std::min)(pause * 2, std::chrono::microseconds(5000))) {
            if (inside() == 0) return true;
            if (std::chrono::steady_clock::now() >= end) return false;
            std::this_thread::sleep_for(pause);
        }
    }
    std::uint32_t inside() const noexcept { return visits_.load(std::memory_order_acquire) & ~closed; }

private:
    static constexpr std::uint32_t closed = 1u << 31;

    struct visit {
        explicit visit(library_session& of) noexcept
            : session(of), let_in((of.visits_.fetch_add(1, std::memory_order_acq_rel) & closed) == 0) {}
        ~visit() { session.visits_.fetch_sub(1, std::memory_order_acq_rel); }
        visit(const visit&) = delete;
        visit& operator=(const visit&) = delete;
        library_session& session;
        const bool let_in;
    };

    const std::string plugin_;
    const std::shared_ptr<loaded_library> library_;
    std::atomic<std::uint32_t> visits_{0};  // how many are in, and whether it is closed
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_LIBRARY_SESSION_HPP
