// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_TIME_OUT_COUNT_HPP
#define HAFT_RUN_TIME_OUT_COUNT_HPP

/// How often a tool has let its time pass. [fault 66]

#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace haft::inline v0::detail {

/// By the names of tools. Any thread.
class time_out_count {
public:
    unsigned of(std::string_view tool) const {
        const std::lock_guard guard(mutex_);
        const auto at = counts_.find(tool);
        return at == counts_.end() ? 0 : at->second;
    }
    unsigned add(std::string_view tool) {
        const std::lock_guard guard(mutex_);
        return ++counts_[std::string(tool)];
    }
    void forget(std::string_view tool) {
        const std::lock_guard guard(mutex_);
        if (const auto at = counts_.find(tool); at != counts_.end()) counts_.erase(at);
    }

private:
    mutable std::mutex mutex_;
    std::map<std::string, unsigned, std::less<>> counts_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_RUN_TIME_OUT_COUNT_HPP
