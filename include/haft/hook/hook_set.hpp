// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HOOK_SET_HPP
#define HAFT_HOOK_HOOK_SET_HPP

/// All hooks of a host, by point: `registry.get<haft::hook_set>()`.

#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/hook/hook.hpp>
#include <haft/hook/hook_monitor.hpp>
#include <haft/hook/hook_options.hpp>
#include <haft/hook/hook_point.hpp>
#include <haft/hook/hook_points.hpp>
#include <haft/hook/hook_surroundings.hpp>
#include <haft/hook/named_hook.hpp>
#include <haft/hook/point_slots.hpp>
#include <haft/hook/tracing.hpp>
#include <haft/hook/typed_hook.hpp>
#include <haft/kind/enlistment.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// A hook that is called in one emission only. [HK-15, pluggy's call_extra]
template <class F>
struct extra_hook {
    F callable;
    hook_options options = {};
};
template <class F>
extra_hook(F) -> extra_hook<F>;
template <class F>
extra_hook(F, hook_options) -> extra_hook<F>;

/// The hooks of every point, haft's own and anybody's. Points need not be declared: each is there when it is first used. Safe
/// from any thread, and from within hooks. Handles may outlive it.
class hook_set {
public:
    hook_set() = default;
    hook_set(const hook_set&) = delete;
    hook_set& operator=(const hook_set&) = delete;
    /// Shuts the asynchronous hooks down, and then waits for one that goes on: nothing is ever detached.
    ~hook_set() { static_cast<void>(shut_down()); }

    // --- hooks

    /// The hooks of one point. Whoever emits often keeps the reference.
    template <hook_point Point>
    hook<Point>& at() {
        static_assert(detail::explain_point<Point>());
        return *static_cast<hook<Point>*>(place<Point>().hook);
    }

    /// Adds a hook or a wrapper; see hook::add.
    template <class Point, class F>
    result<enlistment> add(F f, hook_options options = {}) {
        static_assert(detail::explain_hook<Point, F>());
        if constexpr (detail::can_be_hook<Point, F>()) return at<Point>().add(std::move(f), std::move(options));
        else return enlistment{};
    }

    /// Adds a hook that knows no C++ types, by the name of its point: at once if that is there, or as soon as it is. Other
    /// spellings of names are known (see canonical_point_name). `optional`: there need be no such point (check_pending).
    HAFT_COLD result<enlistment> add_named(std::string_view point, hook_options options, named_hook f,
                                           bool optional = false) {
        auto one = std::make_shared<detail::waiting_hook>();
        one->point = point;
        one->options = std::move(options);
        one->callable = std::make_shared<const named_hook>(std::move(f));
        one->optional = optional;
        return points_->add(std::move(one));
    }
    /// The hooks that were added by the name of a point that nobody knows (E0295), but for optional ones. [HK-14]
    std::vector<hook_error> check_pending() const { return points_->unknown(); }

    /// Takes out the hooks of that name, at one point or at all; how many. Waits for emissions that use them, but not within
    /// a hook. [HK-04]
    HAFT_COLD std::size_t remove(std::string_view name, std::string_view point = {}) {
        std::size_t out = 0;
        points_->for_each(point, [&](detail::hook_chain& chain) { out += chain.remove(name); });
        return out;
    }
    /// The same of all hooks of an owner.
    HAFT_COLD std::size_t remove_of(std::string_view owner) {
        std::size_t out = 0;
        points_->for_each({}, [&](detail::hook_chain& chain) { out += chain.remove_of(owner); });
        return out;
    }
    /// Switches the hooks of that name on or off, at one point or at all; how many there are. [HK-04]
    HAFT_COLD std::size_t enable(std::string_view name, bool enabled = true, std::string_view point = {}) {
        std::size_t out = 0;
        points_->for_each(point, [&](detail::hook_chain& chain) { out += chain.enable(name, enabled); });
        return out;
    }
    std::size_t disable(std::string_view name, std::string_view point = {}) { return enable(name, false, point); }

    /// All hooks, by the name of their point, and there in the order in which they are called, wrappers first.
    HAFT_COLD std::vector<hook_row> list(std::string_view point = {}) const {
        std::vector<hook_row> out;
        points_->for_each(point, [&](const detail::hook_chain& chain) {
            for (hook_row& row : chain.list()) out.push_back(std::move(row));
        });
        return out;
    }

    /// Keeps hooks of that name, or of that owner, out: those that are there go, and whoever adds one gets an empty handle. [HK-15]
    HAFT_COLD void block(std::string_view name_or_owner) {
        around_->block(name_or_owner);
        remove(name_or_owner);
        remove_of(name_or_owner);
    }
    /// False if it was not blocked. What was taken out does not come back by itself.
    bool unblock(std::string_view name_or_owner) { return around_->unblock(name_or_owner); }
    bool is_blocked(std::string_view name_or_owner) const { return around_->is_blocked(name_or_owner); }

    /// For who hands single hooks on: calls `entered(point, entry)` with each, wrappers too, and `waits(hook)` with each that is known
    /// by the name of its point only, as long as nobody has used such a point.
    template <class Entered, class Waits>
    void for_each_hook(Entered entered, Waits waits) const {
        points_->for_each({}, [&](const detail::hook_chain& chain) {
            for (const std::shared_ptr<detail::hook_entry>& one : chain.entries()) entered(chain.facts(), one);
        });
        for (const std::shared_ptr<detail::waiting_hook>& one : points_->waiting()) waits(*one);
    }

    // --- emissions

    /// Calls the hooks of a point; see hook::emit. Of a point with data, `emit<session_start>({.workspace = "/src"})` will do.
    template <hook_point Point, class... Arguments>
    decltype(auto) emit(Arguments&&... arguments) {
        return hook<Point>::emit_at(*place<Point>().chain, std::forward<Arguments>(arguments)...);
    }
    template <hook_point Point>
        requires requires { typename Point::data; }
    decltype(auto) emit(const typename Point::data& data) {
        return hook<Point>::emit_at(*place<Point>().chain, data);
    }

    /// The first result only; later hooks are not called. For points whose hooks give results of their own. [HK-12]
    template <hook_point Point, class... Arguments>
    auto emit_first(Arguments&&... arguments) -> std::optional<detail::hook_result<Point>> {
        static_assert(!detail::replies<Point> && !std::is_void_v<detail::hook_result<Point>>,
                      "haft: hooks of this point give no results of their own; call emit [haft-E0153]");
        auto all = hook<Point>::emit_with(*place<Point>().chain, {}, true, {}, std::forward<Arguments>(arguments)...);
        if constexpr (detail::is_first_result<Point>()) return all;
        else if (all.empty()) return std::nullopt;
        else return std::move(all.front());
    }

    /// Calls the hooks but those of some owners. [HK-15, pluggy's subset_hook_caller]
    template <hook_point Point, class... Arguments>
    decltype(auto) emit_without(const std::vector<std::string>& owners, Arguments&&... arguments) {
        return hook<Point>::emit_with(*place<Point>().chain, owners, false, {}, std::forward<Arguments>(arguments)...);
    }

    /// Calls the hooks, and with them, in their place by order and priority, one that is there for this once. [HK-15]
    template <hook_point Point, class F, class... Arguments>
    decltype(auto) call_extra(extra_hook<F> extra, Arguments&&... arguments) {
        static_assert(detail::explain_hook<Point, F>());
        auto one = detail::make_entry<Point>(std::move(extra.callable), std::move(extra.options));
        one->point = Point::name;
        return hook<Point>::emit_with(*place<Point>().chain, {}, false, {std::move(one)},
                                      std::forward<Arguments>(arguments)...);
    }

    // --- who watches

    /// What went wrong with hooks, the oldest first; of more than 256 the newest. [HK-07]
    std::vector<hook_error> errors() const { return around_->errors(); }
    void clear_errors() { around_->clear_errors(); }
    /// Who is told each of these as it comes, and what asynchronous hooks give; a line each, on the thread of the hook.
    void log_to(std::function<void(std::string_view line)> log) { around_->log_to(std::move(log)); }

    /// From when on a hook is slow, which is told (E0292). 5 s; 0: never, and nobody looks at a clock. [HK-07]
    HAFT_COLD void set_slow(std::chrono::nanoseconds from) {
        around_->set_slow(from);
        refresh(*points_);
    }

    /// Watches all emissions until the handle goes, which waits for those that are under way, but not within a hook. [HK-15]
    HAFT_COLD enlistment monitor(hook_monitor watching) {
        auto one = std::make_shared<const hook_monitor>(std::move(watching));
        around_->add_monitor(one);
        refresh(*points_);
        return enlistment([around = std::weak_ptr(around_), points = std::weak_ptr(points_), one] {
            const auto still = around.lock();
            if (!still) return;
            still->remove_monitor(one.get());
            const auto all = points.lock();
            if (!all) return;
            refresh(*all);
            all->for_each({}, [](detail::hook_chain& chain) { chain.settle(); });
        });
    }
    /// Tells each emission in a line before and one after it, those within others indented. [HK-15]
    HAFT_COLD enlistment enable_tracing(std::function<void(std::string_view line)> to) {
        return monitor(detail::tracing_monitor(std::move(to)));
    }

    // --- asynchronous hooks

    /// Waits for those that have been started, but not within a hook, which could be one of them.
    void wait_for_async() { around_->async().wait(); }
    /// Starts no more of them, asks those that take a haft::stop_token to stop, and waits for as long as it may. An error (E0297)
    /// names the one that goes on. [HK-08, fault 151]
    result<void> shut_down(std::chrono::milliseconds deadline = std::chrono::seconds(5)) {
        return around_->async().shut_down(deadline);
    }

private:
    template <class Point>
    HAFT_HOT const detail::point_slot& place() {
        static constexpr char key = 0;  // its address stands for the point, in this module
        if (const detail::point_slot* const known = slots_.find(&key)) return *known;
        return find<Point>(&key);
    }
    template <class Point>
    HAFT_APART const detail::point_slot& find(const void* key) {
        const detail::point_slot& found = points_->get(detail::facts_of_point<Point>, [&] {
            auto made = std::make_shared<hook<Point>>(around_);
            const auto chain = made->chain();
            const detail::point_slot slot{made.get(), chain.get()};
            return detail::point_record{std::move(made), chain, slot};
        });
        const std::lock_guard guard(slots_mutex_);
        return slots_.put(key, found);
    }
    HAFT_COLD static void refresh(const detail::hook_points& points) {
        points.for_each({}, [](detail::hook_chain& chain) { chain.refresh(); });
    }

    std::shared_ptr<detail::hook_surroundings> around_ = std::make_shared<detail::hook_surroundings>();
    std::shared_ptr<detail::hook_points> points_ = std::make_shared<detail::hook_points>(around_);
    std::mutex slots_mutex_;
    detail::point_slots slots_;
};

}  // namespace haft::inline v0

#endif  // HAFT_HOOK_HOOK_SET_HPP
