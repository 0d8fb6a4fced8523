// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_FAILURE_RECORD_HPP
#define HAFT_RULES_FAILURE_RECORD_HPP

/// Calls that keep failing want somebody's approval, until they work again. [EX-13, jaato's]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/rules/call_signature.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// The class of a call's arguments: those that fail together. By default which arguments are given, and of a string its first word:
/// `command=git` is another class than `command=make`.
using argument_class = std::function<std::string(const call_signature&)>;

HAFT_COLD inline std::string default_argument_class(const call_signature& call) {
    std::string out;
    for (const signed_argument& a : call.arguments) {
        const bool is_text = a.value.starts_with('"');
        std::string_view word = is_text ? std::string_view(a.plain) : std::string_view();
        word.remove_prefix((std::min)(word.find_first_not_of(" \t\r\n"), word.size()));
        word = word.substr(0, word.find_first_of(" \t\r\n"));
        append_all(out, {out.empty() ? "" : ", ", a.name, is_text ? "=" : "", cut_utf8(word, 64)});
    }
    return out;
}

struct failure_limits {
    std::size_t failures = 3;  ///< of one tool and class, within …
    std::chrono::steady_clock::duration within = std::chrono::hours(1);
    std::size_t successes = 3;      ///< in a row, until nobody has to be asked any more
    std::size_t remembered = 1000;  ///< classes; those that failed longest ago are forgotten
    argument_class class_of = default_argument_class;
    std::function<std::chrono::steady_clock::time_point()> now = [] { return std::chrono::steady_clock::now(); };
};

/// Safe from any thread.
class failure_record {
public:
    explicit failure_record(failure_limits limits = {}) : limits_(std::move(limits)) {}

    /// What somebody has to be asked before such a call is made; "" if nobody has to be.
    HAFT_COLD std::string wants_approval(std::string_view tool, std::string_view arguments) const {
        const std::string key = key_of(tool, arguments);
        const std::lock_guard guard(mutex_);
        const auto found = records_.find(key);
        if (found == records_.end() || !found->second.escalated) return {};
        return concat({"such calls of ", in_quotes(tool), " have failed ", decimal(limits_.failures),
                       " times of late; until ", decimal(limits_.successes - found->second.successes),
                       " more have worked somebody has to agree to each"});
    }
    HAFT_COLD void failed(std::string_view tool, std::string_view arguments) {
        const std::string key = key_of(tool, arguments);
        const auto now = limits_.now();
        const std::lock_guard guard(mutex_);
        record& r = records_[key];
        r.successes = 0;
        r.failures.push_back(now);
        forget_old(r, now);
        if (limits_.failures && r.failures.size() >= limits_.failures) r.escalated = true;
        while (records_.size() > (std::max)(limits_.remembered, std::size_t{1})) records_.erase(oldest(key));
    }
    HAFT_COLD void succeeded(std::string_view tool, std::string_view arguments) {
        const std::string key = key_of(tool, arguments);
        const auto now = limits_.now();
        const std::lock_guard guard(mutex_);
        const auto found = records_.find(key);
        if (found == records_.end()) return;
        record& r = found->second;
        forget_old(r, now);
        if (r.escalated ? ++r.successes >= limits_.successes : r.failures.empty()) records_.erase(found);
    }

private:
    using time_point = std::chrono::steady_clock::time_point;
    struct record {
        std::deque<time_point> failures;
        bool escalated = false;
        std::size_t successes = 0;  ///< since then, in a row
    };
    using records = std::map<std::string, record, std::less<>>;

    std::string key_of(std::string_view tool, std::string_view arguments) const {
        const result<call_signature> call = sign_call(tool, arguments);
        return concat({tool, "\n", call && limits_.class_of ? limits_.class_of(*call) : std::string()});
    }
    void forget_old(record& r, time_point now) const {
        while (!r.failures.empty() && now - r.failures.front() >= limits_.within) r.failures.pop_front();
        while (r.failures.size() > limits_.failures) r.failures.pop_front();
    }
    /// One that nobody is asked about goes before one that somebody is: who fails in many ways does not escape so.
    records::iterator oldest(std::string_view but) {
        auto out = records_.end();
        for (auto at = records_.begin(); at != records_.end(); ++at) {
            if (at->first == but) continue;
            if (out == records_.end() || (out->second.escalated && !at->second.escalated) ||
                (out->second.escalated == at->second.escalated && last(at->second) < last(out->second)))
                out = at;
        }
        return out;
    }
    static time_point last(const record& r) noexcept {
        return r.failures.empty() ? time_point::min() : r.failures.back();
    }

    const failure_limits limits_;
    mutable std::mutex mutex_;
    records records_;
};

}  // namespace haft::inline v0

#endif  // HAFT_RULES_FAILURE_RECORD_HPP
