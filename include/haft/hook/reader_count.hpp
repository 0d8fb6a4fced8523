// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_READER_COUNT_HPP
#define HAFT_HOOK_READER_COUNT_HPP

/// Who reads a value that is replaced as a whole: two additions for a reader, and for who replaced it a way to know when the
/// last reader of the old one is gone. (Sleepable RCU; a guarded shared_ptr costs a reader four such operations.)

#include <haft/core/config.hpp>

#if defined(__has_include)
#if __has_include(<sys/single_threaded.h>)
#include <sys/single_threaded.h>
#define HAFT_HAS_SINGLE_THREADED() 1
#endif
#endif
#ifndef HAFT_HAS_SINGLE_THREADED
#define HAFT_HAS_SINGLE_THREADED() 0
#endif

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <thread>

namespace haft::inline v0::detail {

/// A reader enters, then loads the pointer to the value (sequentially consistent), and leaves when he is done with it. A writer
/// stores another pointer (the same way); if he sees each of the two counts at 0 after that, nobody has the old one any more.
/// There are two so that readers who keep coming don't keep him waiting: they are sent to the other.
class reader_count {
public:
    struct ticket {
        std::atomic<std::size_t>& inside;
        std::size_t before;  // how many emissions of the only thread there was were inside; not_alone: there were others
    };
    HAFT_HOT ticket enter() noexcept {
        std::atomic<std::size_t>& inside = inside_[side_.load(std::memory_order_relaxed)];
        if (!is_alone()) return inside.fetch_add(1), ticket{inside, not_alone};
        const std::size_t before = inside.load(std::memory_order_relaxed);
        inside.store(before + 1, std::memory_order_relaxed);
        return {inside, before};
    }
    HAFT_HOT static void leave(const ticket& mine) noexcept {
        if (is_alone() && mine.before != not_alone) mine.inside.store(mine.before, std::memory_order_relaxed);
        else mine.inside.fetch_sub(1, std::memory_order_release);
    }

    /// Whether nobody has an old value any more.
    bool nobody() const noexcept { return inside_[0].load() == 0 && inside_[1].load() == 0; }

    /// Returns when nobody has an old value any more. Not for a reader, who would wait for himself.
    HAFT_COLD void wait() {
        const std::lock_guard one_at_a_time(waiting_);
        for (int both = 0; both < 2; ++both) {
            const unsigned old = side_.load(std::memory_order_relaxed);
            side_.store(1 - old, std::memory_order_relaxed);
            for (unsigned looks = 0; inside_[old].load() != 0; ++looks) {
                if (looks < 64) std::this_thread::yield();
                else std::this_thread::sleep_for(std::chrono::microseconds(looks < 256 ? 50 : 1000));
            }
        }
    }

private:
    static constexpr std::size_t not_alone = static_cast<std::size_t>(-1);

    /// Whether there is one thread only, so that additions need not be guarded: as std::shared_ptr and mutexes of glibc do it.
    static bool is_alone() noexcept {
#if HAFT_HAS_SINGLE_THREADED()
        return __libc_single_threaded;
#else
        return false;
#endif
    }

    std::atomic<unsigned> side_ = 0;
    std::atomic<std::size_t> inside_[2] = {};
    std::mutex waiting_;
};

}  // namespace haft::inline v0::detail

#undef HAFT_HAS_SINGLE_THREADED

#endif  // HAFT_HOOK_READER_COUNT_HPP
