// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HOOK_SET_HPP
#define HAFT_HOOK_HOOK_SET_HPP

/// All hooks of a host, by point: `registry.get<haft::hook_set>()`.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/hook/hook.hpp>
#include <haft/hook/hook_monitor.hpp>
#include <haft/hook/hook_options.hpp>
#include <haft/hook/hook_point.hpp>
#include <haft/hook/hook_surroundings.hpp>
#include <haft/hook/point_slots.hpp>
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

/// The hooks of every point, haft's own and anybody's. Points need not be declared: each is there when it is first used. Safe from any
/// thread, and from within hooks. Handles may outlive it.
class hook_set {
public:
    hook_set() = default;
    hook_set(const hook_set&) = delete;
    hook_set& operator=(const hook_set&) = delete;

    /// The hooks of one point. To keep the reference saves each emission a look-up.
    template <hook_point Point>
    hook<Point>& at() {
        static_assert(detail::explain_point<Point>());
        return *static_cast<hook<Point>*>(place<Point>().hook);
    }

    /// See hook::add.
    template <class Point, class F>
    result<enlistment> add(F f, hook_options options = {}) {
        static_assert(detail::explain_hook<Point, F>());
        if constexpr (detail::can_be_hook<Point, F>()) return at<Point>().add(std::move(f), std::move(options));
        else return enlistment{};
    }

    /// See hook::emit. Of a point with data `emit<session_start>({.workspace = "/"})` will do.
    template <hook_point Point, class... Arguments>
    auto emit(Arguments&&... arguments) {
        return hook<Point>::emit_at(*place<Point>().chain, std::forward<Arguments>(arguments)...);
    }
    template <hook_point Point>
        requires requires { typename Point::data; }
    auto emit(const typename Point::data& data) {
        return hook<Point>::emit_at(*place<Point>().chain, data);
    }

private:
    template <class Point>
    const detail::point_slot& place() {
        static constexpr char key = 0;  // its address stands for the point, in this module
        if (const detail::point_slot* const known = slots_.find(&key)) return *known;
        return make<Point>(&key);
    }
    template <class Point>
    HAFT_APART const detail::point_slot& make(const void* key) {
        const std::lock_guard guard(mutex_);
        std::string_view type = detail::facts_of_point<Point>.type;
        for (const auto& one : points_)
            if (one->facts->name == Point::name && one->facts->type == type) return slots_.put(key, one->slot);
        auto one = std::make_unique<point>();
        auto hooks = std::make_shared<hook<Point>>(around_);
        one->facts = &detail::facts_of_point<Point>;
        one->slot = {hooks.get(), &hooks->chain()};
        one->hook = std::move(hooks);
        points_.push_back(std::move(one));
        return slots_.put(key, points_.back()->slot);
    }

    struct point {
        const detail::point_facts* facts = nullptr;
        detail::point_slot slot = {};
        std::shared_ptr<void> hook;
    };

    std::shared_ptr<detail::hook_surroundings> around_ = std::make_shared<detail::hook_surroundings>();
    mutable std::mutex mutex_;
    std::vector<std::unique_ptr<point>> points_;
    detail::point_slots slots_;
};

}  // namespace haft::inline v0

#endif  // HAFT_HOOK_HOOK_SET_HPP
