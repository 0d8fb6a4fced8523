// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_LOOP_DETECTOR_HPP
#define HAFT_RULES_LOOP_DETECTOR_HPP

/// Notices that a model goes in circles: the same call again and again, two calls in turn, the same answer each time. [EX-13]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/sha256.hpp>
#include <haft/rules/call_signature.hpp>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

struct loop_limits {
    std::size_t same_call = 3;    ///< so many equal calls one after the other are a loop; 0: never
    std::size_t alternating = 2;  ///< A-B so many times, one after the other; 0: never
    std::size_t same_result =
        3;  ///< so many equal calls with equal results among the last `remembered`: no progress; 0: never
    std::size_t remembered = 20;
};

/// Told of each call before it is made, and of its result afterwards. For one conversation; not for several threads at once.
class loop_detector {
public:
    explicit loop_detector(loop_limits limits = {}) : limits_(limits) {}

    /// Whether a call may be made. The error (E0358) says what repeats itself; the call counts all the same, so that who insists is
    /// refused again. Calls are equal if their signatures are.
    HAFT_COLD result<void> before(std::string_view tool, std::string_view arguments) {
        const result<call_signature> call = sign_call(tool, arguments);
        return before_signed(call ? call->shown : sha256_of(concat({tool, "\n", arguments})), tool);
    }
    /// What came of a call.
    HAFT_COLD void after(std::string_view tool, std::string_view arguments, std::string_view result_text) {
        const result<call_signature> call = sign_call(tool, arguments);
        const std::string key = call ? call->shown : sha256_of(concat({tool, "\n", arguments}));
        for (std::size_t i = calls_.size(); i-- > 0;)
            if (calls_[i].key == key && calls_[i].result.empty()) {
                calls_[i].result = sha256_of(result_text);
                return;
            }
    }
    void clear() { calls_.clear(); }

private:
    struct made {
        std::string key;
        std::string result;  ///< a hash; "" as long as there is none
    };

    HAFT_COLD result<void> before_signed(std::string key, std::string_view tool) {
        const std::size_t stuck = same_results(key);
        calls_.push_back({std::move(key), {}});
        const std::size_t most = (std::max)({limits_.remembered, limits_.same_call, 2 * limits_.alternating});
        while (calls_.size() > most) calls_.pop_front();
        const auto no = [&](std::initializer_list<std::string_view> what) {
            return error{errc::going_in_circles, concat({"tool \"", tool, "\" was not called: ", concat(what),
                                                         "; try another way, or say what is missing"})};
        };
        if (limits_.same_call && ends_in(1, limits_.same_call))
            return no(
                {"this is the same call, with the same arguments, ", decimal(limits_.same_call), " times in a row"});
        if (limits_.alternating && ends_in(2, limits_.alternating) && !ends_in(1, 2))
            return no({"the same two calls alternate, ", decimal(limits_.alternating), " times"});
        if (limits_.same_result && stuck >= limits_.same_result)
            return no({"no progress: this call has given the same result ", decimal(stuck), " times"});
        return {};
    }
    /// Whether the last calls are a sequence of that length, so many times.
    bool ends_in(std::size_t period, std::size_t times) const {
        const std::size_t n = period * times;
        if (calls_.size() < n) return false;
        for (std::size_t i = calls_.size() - n + period; i < calls_.size(); ++i)
            if (calls_[i].key != calls_[i - period].key) return false;
        return true;
    }
    /// How often that call has given its last result, one time after the other.
    std::size_t same_results(const std::string& key) const {
        std::size_t n = 0;
        const std::string* last = nullptr;
        for (std::size_t i = calls_.size(); i-- > 0;) {
            if (calls_[i].key != key || calls_[i].result.empty()) continue;
            if (last && *last != calls_[i].result) break;
            last = &calls_[i].result;
            ++n;
        }
        return n;
    }

    loop_limits limits_;
    std::deque<made> calls_;
};

}  // namespace haft::inline v0

#endif  // HAFT_RULES_LOOP_DETECTOR_HPP
