// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_EQUAL_CALLS_HPP
#define HAFT_RULES_EQUAL_CALLS_HPP

/// Equal calls that are under way at the same time run once, of tools that change nothing. [NX-13]

#include <haft/core/config.hpp>
#include <haft/rules/call_key.hpp>
#include <haft/run/callbacks.hpp>
#include <haft/run/outcome.hpp>
#include <haft/run/running_call.hpp>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace haft::inline v0 {

/// Equal calls that are under way at the same time: the first one runs, and the others wait for what it gives. Safe from any thread.
class equal_calls {
public:
    /// What `next` gives, or what it gave to an equal call that was under way. Where that failed this one runs by itself, and so does
    /// one that is told to stop (`stopped`, asked now and then).
    HAFT_COLD call_outcome run(const std::string& key, const next_call& next,
                               const std::function<bool()>& stopped = {}) {
        std::shared_ptr<flight> joined, began;
        {
            const std::lock_guard guard(mutex_);
            std::shared_ptr<flight>& there = under_way_[key];
            if (!there) there = began = std::make_shared<flight>();
            else joined = there;
        }
        if (joined) {
            std::unique_lock guard(joined->mutex);
            while (!joined->ended && !(stopped && stopped()))
                joined->changed.wait_for(guard, std::chrono::milliseconds(20));
            if (joined->ended && joined->given) return *joined->given;
            guard.unlock();
            return next();
        }
        struct landing {
            equal_calls& all;
            const std::string& key;
            std::shared_ptr<flight> mine;
            std::optional<call_outcome> given = {};
            ~landing() {
                {
                    const std::lock_guard guard(all.mutex_);
                    const auto found = all.under_way_.find(key);
                    if (found != all.under_way_.end() && found->second == mine) all.under_way_.erase(found);
                }
                const std::lock_guard held(mine->mutex);
                mine->given = std::move(given);
                mine->ended = true;
                mine->changed.notify_all();
            }
        } lands{*this, key, std::move(began)};
        call_outcome out = next();
        if (!out.failed()) lands.given = out;
        return out;
    }

    /// Something has changed: who asks now is not given what was begun before.
    HAFT_COLD void forget() {
        const std::lock_guard guard(mutex_);
        under_way_.clear();
    }

private:
    struct flight {
        std::mutex mutex;
        std::condition_variable changed;
        bool ended = false;
        std::optional<call_outcome> given;
    };
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<flight>> under_way_;
};

/// A layer that runs equal calls of read-only tools once, while they are under way; of those that have objects of a user only if the
/// host names the users. What is called after a tool that is not read-only has run is not given what was begun before. Calls that
/// tools ask for run by themselves: they could wait for each other.
inline middleware sharing_equal_calls(std::shared_ptr<equal_calls> all = std::make_shared<equal_calls>(),
                                      name_of_user user = {}) {
    return [all = std::move(all), user = std::move(user)](const running_call& call,
                                                          const next_call& next) -> call_outcome {
        if (call.tool && !is_repeatable(*call.tool)) {
            struct forgetting {
                equal_calls& of;
                ~forgetting() { of.forget(); }
            } at_the_end{*all};
            return next();
        }
        const std::optional<std::string> key = call.depth == 1 ? detail::shared_key(call, user) : std::nullopt;
        if (!key) return next();
        return all->run(*key, next, [&] { return call.options && call.options->stop.stop_requested(); });
    };
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_EQUAL_CALLS_HPP
