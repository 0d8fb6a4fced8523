// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_PREREQUISITES_HPP
#define HAFT_RULES_PREREQUISITES_HPP

/// Which tool has to have been called before another: `read_file` before `write_file`. [EX-13, jaato's]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/rules/call_signature.hpp>
#include <haft/rules/spellings.hpp>

#include <cstddef>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

struct prerequisite {
    std::string tool;    ///< a glob on the names, in either spelling, of those that may not come first
    std::string before;  ///< a glob on the names of those one of which has to have succeeded
    std::string argument =
        {};  ///< with the same value of this argument: the very file has to have been read; "": whatever its arguments
};

/// Safe from any thread; one for each conversation.
class prerequisites {
public:
    explicit prerequisites(std::vector<prerequisite> rules) : rules_(std::move(rules)) {}

    /// Whether a call may be made now. The error (E0359) names what has to be called before.
    HAFT_COLD result<void> may_come(std::string_view tool, std::string_view arguments) const {
        const std::lock_guard guard(mutex_);
        for (const prerequisite& rule : rules_) {
            if (!glob_means(rule.tool, tool) || glob_means(rule.before, tool)) continue;
            const std::string value = value_of(rule, tool, arguments);
            if (done_.contains({&rule, value})) continue;
            return error{errc::call_too_early,
                         concat({"tool ", in_quotes(tool), " was not called: call ", in_quotes(rule.before), " before",
                                 rule.argument.empty() ? "" : concat({", with the same ", in_quotes(rule.argument)})})};
        }
        return {};
    }
    /// A call has succeeded.
    HAFT_COLD void succeeded(std::string_view tool, std::string_view arguments) {
        const std::lock_guard guard(mutex_);
        for (const prerequisite& rule : rules_)
            if (glob_means(rule.before, tool) && done_.size() < most_done)
                done_.insert({&rule, value_of(rule, tool, arguments)});
    }
    void clear() {
        const std::lock_guard guard(mutex_);
        done_.clear();
    }

private:
    HAFT_COLD static std::string value_of(const prerequisite& rule, std::string_view tool, std::string_view arguments) {
        if (rule.argument.empty()) return {};
        const result<call_signature> call = sign_call(tool, arguments);
        if (call)
            for (const signed_argument& a : call->arguments)
                if (a.name == rule.argument) return a.value;
        return {};
    }

    static constexpr std::size_t most_done = 100'000;
    const std::vector<prerequisite> rules_;
    mutable std::mutex mutex_;
    std::set<std::pair<const prerequisite*, std::string>> done_;
};

}  // namespace haft::inline v0

#endif  // HAFT_RULES_PREREQUISITES_HPP
