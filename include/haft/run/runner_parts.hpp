// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_RUNNER_PARTS_HPP
#define HAFT_RUN_RUNNER_PARTS_HPP

/// All that a runner has; what the stations of a call work with.

#include <haft/core/error.hpp>
#include <haft/run/callbacks.hpp>
#include <haft/run/calls_under_way.hpp>
#include <haft/run/runner_options.hpp>
#include <haft/run/time_out_count.hpp>
#include <haft/run/tools_now.hpp>

#include <atomic>
#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

struct runner_parts {
    runner_parts(tool_source from, runner_options how) : source(std::move(from)), options(std::move(how)) {}

    tool_source source;
    runner_options options;
    std::vector<before_call> before;
    std::vector<gate> gates;  // in the order of their stages
    std::vector<middleware> layers;
    std::vector<change_outcome> changes;
    std::vector<after_call> after;
    time_out_count time_outs;
    std::atomic<std::size_t> dropped{0};  // late results
    calls_under_way under_way;

    void tell(const error& e) {
        if (!options.tell) return;
        const std::lock_guard guard(telling_);
        options.tell(e);
    }

    /// What was converted on the way goes where the host wants it.
    void hand_on(std::vector<note>& notes) {
        if (!options.call.notes) return;
        const std::lock_guard guard(telling_);
        for (note& n : notes) options.call.notes->push_back(std::move(n));
        notes.clear();
    }

private:
    std::mutex telling_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_RUN_RUNNER_PARTS_HPP
