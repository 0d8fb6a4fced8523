// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_TURN_HPP
#define HAFT_CORE_TURN_HPP

/// Locks that are let go of while one waits for others. Who runs a tool that is not thread-safe has a turn; a tool that calls others
/// through a runner gives its turn up until they have answered, as a monitor does, so that no two tools ever wait for each other.
/// [faults 73, 147]

#include <utility>

namespace haft::inline v0 {

class turns_given_up;

/// A turn that this thread has. They nest.
class held_turn {
public:
    held_turn(const held_turn&) = delete;
    held_turn& operator=(const held_turn&) = delete;

protected:
    held_turn() noexcept : before_(std::exchange(newest(), this)) {}
    virtual ~held_turn() { newest() = before_; }

private:
    friend class turns_given_up;
    virtual void give_up() = 0;
    virtual void take_back() = 0;
    static held_turn*& newest() noexcept {
        static thread_local held_turn* of_this_thread = nullptr;
        return of_this_thread;
    }

    held_turn* before_;
};

/// A turn that is a mutex, held as long as this.
template <class Mutex>
class turn final : held_turn {
public:
    explicit turn(Mutex& mutex) : mutex_(take(mutex)) {}
    ~turn() override { mutex_.unlock(); }

private:
    static Mutex& take(Mutex& mutex) { return mutex.lock(), mutex; }
    void give_up() override { mutex_.unlock(); }
    void take_back() override { mutex_.lock(); }

    Mutex& mutex_;
};

/// As long as it lives, others may have the turns of this thread; its end takes them back, in the order in which they were taken.
class turns_given_up {
public:
    turns_given_up() : newest_(std::exchange(held_turn::newest(), nullptr)) {
        for (held_turn* t = newest_; t; t = t->before_) t->give_up();
    }
    turns_given_up(const turns_given_up&) = delete;
    turns_given_up& operator=(const turns_given_up&) = delete;
    ~turns_given_up() {
        take_back(newest_);
        held_turn::newest() = newest_;
    }

private:
    static void take_back(held_turn* t) {
        if (!t) return;
        take_back(t->before_);
        t->take_back();
    }
    held_turn* newest_;
};

}  // namespace haft::inline v0

#endif  // HAFT_CORE_TURN_HPP
