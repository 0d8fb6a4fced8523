// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_RATE_LIMIT_HPP
#define HAFT_RUN_RATE_LIMIT_HPP

/// Ready-made middleware: no more calls than so many in a time. [NX-09]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/text.hpp>
#include <haft/run/callbacks.hpp>
#include <haft/run/timing.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace haft::inline v0::layers {

struct rate {
    double per_second = 1;
    double burst = 1;       ///< as many may come at once
    bool per_tool = false;  ///< each tool has its own
};

/// A token bucket. A call for which there is no token is answered with an error (E0351) that says when there will be one; nobody
/// waits.
HAFT_COLD inline middleware rate_limit(rate limit, clock_function clock = &std::chrono::steady_clock::now) {
    struct bucket {
        double tokens;
        std::chrono::steady_clock::time_point at;
    };
    struct state {
        std::mutex mutex;
        std::map<std::string, bucket> of;
    };
    return [limit, clock = std::move(clock), kept = std::make_shared<state>()](const running_call& c,
                                                                               const next_call& next) -> call_outcome {
        {
            const std::lock_guard guard(kept->mutex);
            const auto now = clock();
            const auto made =
                kept->of.try_emplace(limit.per_tool ? std::string(c.tool->name) : "", bucket{limit.burst, now});
            bucket& b = made.first->second;
            const double passed = std::chrono::duration<double>(now - b.at).count();
            b.tokens = (std::min)(limit.burst, b.tokens + (std::max)(0.0, passed) * limit.per_second);
            b.at = now;
            if (b.tokens < 1) {
                const double wait = std::ceil((1 - b.tokens) / limit.per_second * 1000);
                return failed_outcome(
                    {errc::rate_limited,
                     concat(
                         {limit.per_tool ? concat({"tool ", in_quotes(c.tool->name), " is"}) : std::string("tools are"),
                          " called too often; try again in ", decimal(static_cast<std::uint64_t>(wait)), " ms"})});
            }
            b.tokens -= 1;
        }
        return next();
    };
}

}  // namespace haft::inline v0::layers

#endif  // HAFT_RUN_RATE_LIMIT_HPP
