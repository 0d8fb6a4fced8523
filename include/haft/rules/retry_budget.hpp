// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_RETRY_BUDGET_HPP
#define HAFT_RULES_RETRY_BUDGET_HPP

/// How often a model may mend a call and make it again. [NX-07, pydantic-ai's]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/text.hpp>
#include <haft/rules/spellings.hpp>
#include <haft/tool/retry.hpp>

#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// A tool's own number goes before its set's, and that before the run's.
struct retry_limits {
    unsigned run = 1;
    std::map<std::string, unsigned, std::less<>> sets = {};   ///< by the name of an owner or a toolbox
    std::map<std::string, unsigned, std::less<>> tools = {};  ///< by the name of a tool, in either spelling
};

/// What a failed call is.
enum class failure_kind : unsigned char {
    retry,    ///< the model should mend it: its arguments did not fit, a check refused them, the tool asked for it
    failure,  ///< another call like it would fail as well, or nobody knows
};

/// What an error says of itself, also one that holds the exception that the tool threw.
HAFT_COLD inline failure_kind kind_of_failure(const error& why) {
    switch (why.code) {
        case errc::retry_asked:
        case errc::check_failed:
        case errc::not_json:
        case errc::invalid_arguments: return failure_kind::retry;
        case errc::final_failure: return failure_kind::failure;
        default: break;
    }
    if (!why.cause) return failure_kind::failure;
    try {
        std::rethrow_exception(why.cause);
    } catch (const retry_call&) { return failure_kind::retry; } catch (...) {
        return failure_kind::failure;
    }
}

/// Counts the retries of each tool. Safe from any thread; one for each run.
class retry_budget {
public:
    explicit retry_budget(retry_limits limits = {}) : limits_(std::move(limits)) {}

    /// The call of a tool has failed so: the error as the model is to be told it. A retry takes one off the budget, and says how many
    /// are left; where there are none it is E0361 and final. A failure takes nothing.
    HAFT_COLD error failed(std::string_view tool, std::string_view set, error why) {
        error out = unwrapped(std::move(why));
        if (kind_of_failure(out) == failure_kind::failure) return out;
        const unsigned most = limit_of(tool, set);
        const std::lock_guard guard(mutex_);
        unsigned& used = used_.try_emplace(std::string(tool), 0u).first->second;
        if (used >= most) {
            const std::string message =
                most == 0 ? concat({"tool ", in_quotes(tool), " may not be called again: ", out.message})
                          : concat({"tool ", in_quotes(tool), " may not be called again, it has failed ",
                                    decimal(most + 1u), " times in a row; the last time: ", out.message});
            out.code = errc::retries_spent;
            out.message = message;
            return out;
        }
        ++used;
        append_all(out.message, {"; mend the call and make it again (", decimal(most - used),
                                 most - used == 1 ? " more retry is left)" : " more retries are left)"});
        return out;
    }
    /// A call of it has worked: its budget is whole again.
    HAFT_COLD void succeeded(std::string_view tool) {
        const std::lock_guard guard(mutex_);
        if (const auto found = used_.find(tool); found != used_.end()) used_.erase(found);
    }
    /// How many retries are left.
    HAFT_COLD unsigned left(std::string_view tool, std::string_view set = {}) const {
        const std::lock_guard guard(mutex_);
        const auto found = used_.find(tool);
        return limit_of(tool, set) - (found == used_.end() ? 0u : found->second);
    }

private:
    unsigned limit_of(std::string_view tool, std::string_view set) const {
        if (const auto own = limits_.tools.find(tool); own != limits_.tools.end()) return own->second;
        for (const std::string& other : portable_spellings(tool))
            if (const auto own = limits_.tools.find(other); own != limits_.tools.end()) return own->second;
        if (const auto of_set = limits_.sets.find(set); of_set != limits_.sets.end()) return of_set->second;
        return limits_.run;
    }
    /// What the tool threw says more than that it threw.
    HAFT_COLD static error unwrapped(error&& why) {
        if (!why.cause || why.code != errc::tool_failed) return std::move(why);
        try {
            std::rethrow_exception(why.cause);
        } catch (const error& said) {
            why.code = said.code;
            why.message = detail::mended(said.message);
        } catch (...) {}
        return std::move(why);
    }

    const retry_limits limits_;
    mutable std::mutex mutex_;
    std::map<std::string, unsigned, std::less<>> used_;
};

}  // namespace haft::inline v0

#endif  // HAFT_RULES_RETRY_BUDGET_HPP
