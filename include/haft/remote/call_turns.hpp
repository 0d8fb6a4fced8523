// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REMOTE_CALL_TURNS_HPP
#define HAFT_REMOTE_CALL_TURNS_HPP

/// Which thread takes which call, and when. Link haft::nats.
///
/// A thread waits at each place where calls come. Who has got one lets another thread wait there, and runs it itself: handed from thread to
/// thread, a call would take a tenth longer. Where calls are quicker than a thread wakes up, nobody is woken: who runs one is back soon enough,
/// and should it be slow for once, that is seen after 20 ms.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/text.hpp>
#include <haft/remote/worker_call.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace haft::inline v0::remote::detail {

/// Where calls come, and what runs them. One thread waits there at a time, several may run.
class call_place {
public:
    call_place() = default;
    call_place(const call_place&) = delete;
    call_place& operator=(const call_place&) = delete;
    virtual ~call_place() = default;

    /// Waits for a call. Nothing: none will come any more.
    virtual std::unique_ptr<worker_call> wait() = 0;
    /// Runs it, and answers.
    virtual void run(worker_call& one) = 0;

    bool is_over() const noexcept { return over_.load(); }  ///< nobody waits there any more

protected:
    /// What was run took so long, without the answer's way to the bus.
    void took(std::chrono::nanoseconds time) noexcept {
        const std::int64_t before = of_late_.load(std::memory_order_relaxed);
        of_late_.store(before + (time.count() - before) / 4, std::memory_order_relaxed);
    }

private:
    friend class call_turns;
    static constexpr std::chrono::nanoseconds wakes_in = std::chrono::microseconds(20);  // that a thread takes for it, about

    bool is_quick() const noexcept { return of_late_.load(std::memory_order_relaxed) < wakes_in.count(); }
    std::atomic<std::int64_t> of_late_{1'000'000};  // nanoseconds of a call, of the last ones
    std::atomic<bool> over_{false};
};

/// Runs at most so many calls at once, lets a few wait, and refuses the others. Any thread but those of calls.
class call_turns {
public:
    using clock = worker_call::clock;

    call_turns(std::size_t at_once, std::size_t waiting) : at_once_((std::max)(at_once, std::size_t{1})), waiting_(waiting), keeps_([this] { keep(); }) {}
    call_turns(const call_turns&) = delete;
    call_turns& operator=(const call_turns&) = delete;
    /// All places must have ended, or end. Calls that were taken are run.
    ~call_turns() {
        {
            const std::lock_guard lock(guard_);
            ends_ = true;
            for (seat* const one : idle_) one->wake.notify_one();
        }
        to_keep_.notify_all();
        for (std::thread& one : threads_) one.join();
        keeps_.join();
    }

    /// Threads for so many places, which are all that have not ended. False: there can't be so many.
    HAFT_COLD bool make_room(std::size_t places) {
        const std::lock_guard lock(guard_);
        try {
            while (threads_.size() < places + at_once_) threads_.emplace_back([this] { work(); });
        } catch (const std::system_error&) {
            return false;
        }
        return true;
    }
    /// Takes what comes there, until nothing does. There must be room.
    HAFT_COLD void attend(std::shared_ptr<call_place> one) {
        const std::lock_guard lock(guard_);
        unattended_.push_back(std::move(one));
        wake_another();
    }

    /// The call whose answer goes there is not wanted any more. If its turn has not come it is refused now.
    HAFT_COLD void cancel(const std::string& reply) {
        turns::node_type waited;  // freed without the lock
        {
            const std::lock_guard lock(guard_);
            const auto at = calls_.find(reply);
            if (at == calls_.end()) {  // another worker's; or it lies before a thread that has not taken it yet
                if (cancelled_before_.size() >= most_cancelled_before) cancelled_before_.pop_front();
                return cancelled_before_.push_back({reply, clock::now()});
            }
            const auto place = std::find_if(queue_.begin(), queue_.end(), [&](const turn* one) { return one == &at->second; });
            if (place == queue_.end()) return at->second.call->cancel();
            queue_.erase(place);
            waited = calls_.extract(at);
            if (calls_.empty()) none_.notify_all();
        }
        waited.mapped().call->refuse_unwanted();
    }
    /// All that run are asked to stop; what is taken from now on is refused.
    HAFT_COLD void cancel_all() {
        const std::lock_guard lock(guard_);
        takes_none_ = true;
        for (auto& [reply, one] : calls_) one.call->cancel();
    }
    /// Whether all that were taken have ended by then.
    HAFT_COLD bool wait_for_all(clock::time_point until) {
        std::unique_lock lock(guard_);
        return none_.wait_until(lock, until, [&] { return calls_.empty(); });
    }

private:
    struct turn {
        std::unique_ptr<worker_call> call;
        std::shared_ptr<call_place> at;
        const std::string* key = nullptr;
    };
    using turns = std::unordered_map<std::string, turn>;
    struct seat {
        std::condition_variable wake;
    };
    static constexpr std::size_t most_cancelled_before = 256;
    static constexpr std::chrono::milliseconds often = worker_call::least_beat, seldom{250};

    void work() {
        seat own;
        std::unique_lock lock(guard_);
        for (;;) {
            while (unattended_.empty()) {
                if (ends_) return;
                idle_.push_back(&own);
                own.wake.wait(lock);
                std::erase(idle_, &own);  // after a wake-up that nobody meant
            }
            std::shared_ptr<call_place> at = std::move(unattended_.back());
            unattended_.pop_back();
            lock.unlock();
            turn* one = wait_at(std::move(at));
            while (one) {
                one->at->run(*one->call);
                lock.lock();
                const turns::node_type over = calls_.extract(*one->key);
                if (calls_.empty()) none_.notify_all();
                one = next_turn();
                lock.unlock();  // before it is freed, and with it, perhaps, the tool
            }
            lock.lock();
        }
    }
    /// A call that this thread is to run. Nothing: nothing will come there any more.
    turn* wait_at(std::shared_ptr<call_place> at) {
        while (std::unique_ptr<worker_call> came = at->wait()) {
            turn* one = nullptr;
            switch (take(at, came, one)) {
                case taken::runs: return one;
                case taken::waits:
                case taken::known: break;
                case taken::unwanted: came->refuse_unwanted(); break;
                case taken::busy:
                    came->refuse({errc::worker_busy, concat({"all ", decimal(at_once_), " threads of this worker are busy", came->waits() ? " and " : "",
                                                             came->waits() ? decimal(waiting_) : "", came->waits() ? " calls wait" : ""})});
                    break;
            }
        }
        at->over_.store(true);
        return nullptr;
    }
    enum class taken : unsigned char {
        runs,      // on this thread
        waits,     // for its turn
        known,     // the same request came before
        unwanted,  // any more
        busy       // is every thread
    };
    /// What runs or waits is kept; the rest stays in `came`.
    taken take(const std::shared_ptr<call_place>& at, std::unique_ptr<worker_call>& came, turn*& out) {
        const bool waits = came->waits();
        const std::lock_guard lock(guard_);
        const auto same = calls_.find(came->reply());
        if (same != calls_.end() && same->second.at == at && same->second.call->is_same(*came)) return taken::known;
        if (takes_none_ || (!cancelled_before_.empty() && std::erase_if(cancelled_before_, [&](const auto& one) { return one.first == came->reply(); }) > 0))
            return taken::unwanted;
        const bool may_run = running_ < at_once_;
        if (!may_run && (!waits || queue_.size() >= waiting_)) return taken::busy;
        const bool has_name = !came->reply().empty() && same == calls_.end();  // else it can't be taken back
        const auto kept = calls_.try_emplace(has_name ? came->reply() : concat({"-", decimal(++unnamed_)})).first;
        turn& one = kept->second;
        one = {std::move(came), at, &kept->first};
        came_ = true;
        if (!watches_) hurries_ = true, to_keep_.notify_all();  // it looks often from now on
        if (!may_run) return queue_.push_back(&one), taken::waits;
        ++running_;
        unattended_.push_back(at);
        if (!at->is_quick() || !watches_) wake_another();
        return out = &one, taken::runs;
    }
    // With guard_:

    turn* next_turn() {
        if (queue_.empty()) return --running_, nullptr;
        turn* const one = queue_.front();
        queue_.pop_front();
        return one;
    }
    void wake_another() {
        if (idle_.empty()) return;        // who runs something now sees to it
        idle_.back()->wake.notify_one();  // the last one that was busy is the fastest one to come back
        idle_.pop_back();
    }

    /// Tells callers whose calls take long that they still run, and sees where nobody waits.
    void keep() {
        std::unique_lock lock(guard_);
        while (!ends_) {
            watches_ = std::exchange(came_, false) || !calls_.empty();
            to_keep_.wait_for(lock, watches_ ? often : seldom, [&] { return ends_ || std::exchange(hurries_, false); });
            for (std::size_t i = 0; i < unattended_.size(); ++i) wake_another();
            const auto now = clock::now();
            while (!cancelled_before_.empty() && now - cancelled_before_.front().second > std::chrono::seconds(5)) cancelled_before_.pop_front();
            for (auto& [reply, one] : calls_) one.call->tell_that_it_lives(now);
        }
    }

    const std::size_t at_once_, waiting_;
    std::mutex guard_;
    std::condition_variable to_keep_, none_;
    std::vector<std::shared_ptr<call_place>> unattended_;  // where nobody waits
    turns calls_;                                          // by the subject of the reply; those that run and those that wait
    std::deque<turn*> queue_;                              // those that wait
    std::deque<std::pair<std::string, clock::time_point>> cancelled_before_;  // of some seconds: they came before their calls
    std::size_t running_ = 0;                              // threads that run calls
    std::vector<seat*> idle_;                              // threads that have nothing to do
    std::uint64_t unnamed_ = 0;
    bool came_ = false, hurries_ = false, takes_none_ = false, watches_ = false, ends_ = false;
    std::vector<std::thread> threads_;
    std::thread keeps_;  // the last one: it uses the others
};

}  // namespace haft::inline v0::remote::detail

#endif  // HAFT_REMOTE_CALL_TURNS_HPP
