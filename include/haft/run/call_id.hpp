// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_CALL_ID_HPP
#define HAFT_RUN_CALL_ID_HPP

/// Ids for calls that came without one: `tc_` and a ULID, each greater than the one before. [EX-09]

#include <haft/core/config.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <random>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// Makes ULIDs (48 bits of milliseconds, 80 of chance, in Crockford's base 32) that grow: within one millisecond, and when the clock
/// goes back, the next is the last one plus one. Any thread.
class ulid_source {
public:
    /// Of a given moment and chance, for tests.
    HAFT_COLD std::string next(std::uint64_t milliseconds, std::uint16_t high, std::uint64_t low) {
        const std::lock_guard guard(mutex_);
        milliseconds &= 0xFFFFFFFFFFFFu;
        if (milliseconds > time_) {
            time_ = milliseconds;
            high_ = high;
            low_ = low;
        } else if (++low_ == 0 && ++high_ == 0) {
            ++time_;
        }
        return text();
    }
    HAFT_COLD std::string next() {
        const auto now =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
        static thread_local std::mt19937_64 chance{std::random_device{}() ^
                                                   static_cast<std::uint64_t>(std::random_device{}()) << 32};
        const std::uint64_t low = chance();
        return next(static_cast<std::uint64_t>(now.count()), static_cast<std::uint16_t>(chance()), low);
    }

private:
    std::string text() const {
        constexpr std::string_view digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        std::string out(26, '0');
        std::uint64_t time = time_;
        for (std::size_t i = 10; i-- > 0; time >>= 5) out[i] = digits[time & 31u];
        // 80 bits from the right: 16 digits of 5
        std::uint64_t low = low_, high = high_;
        for (std::size_t i = 26; i-- > 10;) {
            out[i] = digits[low & 31u];
            low = low >> 5 | (high & 31u) << 59;
            high >>= 5;
        }
        return out;
    }

    std::mutex mutex_;
    std::uint64_t time_ = 0;
    std::uint64_t low_ = 0;
    std::uint16_t high_ = 0;
};

/// `tc_01JDMV…`: greater than each that this process has made before.
HAFT_COLD inline std::string new_call_id() {
    static ulid_source ids;
    return "tc_" + ids.next();
}

}  // namespace haft::inline v0

#endif  // HAFT_RUN_CALL_ID_HPP
