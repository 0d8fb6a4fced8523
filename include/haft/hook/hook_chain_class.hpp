// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HOOK_CHAIN_CLASS_HPP
#define HAFT_HOOK_HOOK_CHAIN_CLASS_HPP

/// The hooks of one point: their order, how they are called, and how they change meanwhile. No templates over anybody's types.
///
/// Include <haft/hook/hook_chain.hpp>, which has the definitions as well. An emission works on a snapshot. Who changes the chain puts another one in place; the old one is let go when the last
/// emission that uses it is over. [fault 146, fault 152]

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/hook/emission_frame.hpp>
#include <haft/hook/hook_entry.hpp>
#include <haft/hook/hook_monitor.hpp>
#include <haft/hook/hook_options.hpp>
#include <haft/hook/hook_surroundings.hpp>
#include <haft/hook/reader_count.hpp>
#include <haft/kind/enlistment.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// The hooks that a wrapper is around; called once by it.
class rest_of_hooks {
public:
    rest_of_hooks(class hook_chain& of, emission& going_on, std::size_t next) noexcept
        : chain_(of), emission_(going_on), next_(next) {}
    rest_of_hooks(const rest_of_hooks&) = delete;
    rest_of_hooks& operator=(const rest_of_hooks&) = delete;
    void call();
    bool called() const noexcept { return called_; }

private:
    class hook_chain& chain_;
    emission& emission_;
    const std::size_t next_;
    bool called_ = false;
};

class hook_chain : public std::enable_shared_from_this<hook_chain> {
public:
    /// The most emissions of a historic point that are kept; of more the oldest are forgotten.
    static constexpr std::size_t most_history = 1024;
    /// How often guards are asked about what one of them has replaced, before that is a veto.
    static constexpr std::size_t most_rounds_of_guards = 16;

    hook_chain(const point_facts& of, std::shared_ptr<hook_surroundings> around)
        : facts_(of), around_(std::move(around)) {
        refresh();
    }
    hook_chain(const hook_chain&) = delete;
    hook_chain& operator=(const hook_chain&) = delete;
    ~hook_chain();

    const point_facts& facts() const noexcept { return facts_; }
    hook_surroundings& around() const noexcept { return *around_; }

    /// Whether an emission has nothing to do.
    bool is_idle() const noexcept { return now_.load(std::memory_order_acquire) == nullptr; }

    /// Calls the hooks. Throws what passes through: session_complete, and where the point says so what a hook throws.
    void run(emission& e);
    /// The same with others among them, for this once.
    void run_with(emission& e, const std::vector<std::shared_ptr<hook_entry>>& more);
    /// For rest_of_hooks.
    void call_from(emission& e, std::size_t wrapper);

    /// Puts a hook in. Gives a handle, an empty one if it is blocked.
    result<enlistment> add(std::shared_ptr<hook_entry> hook);
    /// Takes out the hooks of that name, or of that owner. How many there were. Waits for emissions, but not within a hook.
    std::size_t remove(std::string_view name);
    std::size_t remove_of(std::string_view owner);
    std::size_t enable(std::string_view name, bool enabled);
    /// The hooks, in the order in which they are called; wrappers first.
    std::vector<hook_row> list() const;
    /// The same themselves, for who calls one alone.
    std::vector<std::shared_ptr<hook_entry>> entries() const;
    /// Makes the snapshot anew, since who watches has changed.
    void refresh();
    /// Waits until no emission uses what was there before, and lets that go; within a hook the last emission does.
    void settle();

private:
    class reading;

    void run_and_keep(emission& e);
    void run_as(emission& e, const hook_snapshot& with);
    void call_watched(emission& e);
    void call(const active_hook& one, emission& e);
    std::chrono::steady_clock::time_point told_if_slow(const hook_entry& hook,
                                                       std::chrono::steady_clock::time_point since) noexcept;
    void ask_guards(emission& e);
    static void note(const active_hook& called, emission& e) noexcept;
    static bool is_left_out(const hook_entry& hook, const emission& e) noexcept;
    void failed(hook_entry& hook, emission& e);
    void refuse_depth(emission& e);
    hook_event event_of(const emission& e) const;
    void notify(const hook_monitors& watching, const hook_event& event, bool afterwards) noexcept;

    result<void> makes_sense(const hook_entry& hook) const;
    bool comes_first(const hook_entry& a, const hook_entry& b) const noexcept;
    void insert(std::shared_ptr<hook_entry> hook);
    std::shared_ptr<hook_entry> named(std::string_view name) const noexcept;
    std::unique_ptr<hook_snapshot> snapshot_of(const std::vector<std::shared_ptr<hook_entry>>& hooks) const;
    void publish();
    template <class Gone>
    std::size_t remove_if(Gone gone);
    void replay_to(const std::shared_ptr<hook_entry>& hook, const std::vector<std::shared_ptr<copied_call>>& calls);
    void let_go_if_unused() noexcept;
    void take_out(const std::weak_ptr<hook_entry>& one);
    void tell(const hook_entry& hook, errc code, std::string what) noexcept;

    std::atomic<const hook_snapshot*> now_ = nullptr;
    std::atomic<bool> has_old_ = false;
    reader_count readers_;
    std::recursive_mutex settling_;  // recursive: with a hook things may go that take hooks out
    const point_facts& facts_;
    const std::shared_ptr<hook_surroundings> around_;

    mutable std::mutex mutex_;                        // held for changes, never while a hook is called
    std::vector<std::shared_ptr<hook_entry>> hooks_;  // in the order in which they are called
    std::vector<std::unique_ptr<const hook_snapshot>> old_;
    std::map<std::pair<std::string, std::string>, std::uint64_t> places_;  // by owner and name: stable over reload
    std::vector<std::shared_ptr<copied_call>> history_;
    std::uint64_t numbers_ = 0;
};

/// Stands while somebody uses a snapshot.
class hook_chain::reading {
public:
    explicit reading(hook_chain& of) noexcept : chain_(of), ticket_(of.readers_.enter()) {}
    reading(const reading&) = delete;
    reading& operator=(const reading&) = delete;
    HAFT_HOT ~reading() {
        reader_count::leave(ticket_);
        if (chain_.has_old_.load(std::memory_order_relaxed)) chain_.let_go_if_unused();
    }

private:
    hook_chain& chain_;
    const reader_count::ticket ticket_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_HOOK_CHAIN_CLASS_HPP
