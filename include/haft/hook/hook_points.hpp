// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HOOK_POINTS_HPP
#define HAFT_HOOK_HOOK_POINTS_HPP

/// The chains of one set, by the names and types of their points, and the hooks that wait for a point of their name.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/hook/emission_frame.hpp>
#include <haft/hook/hook_chain.hpp>
#include <haft/hook/hook_entry.hpp>
#include <haft/hook/hook_options.hpp>
#include <haft/hook/hook_surroundings.hpp>
#include <haft/hook/named_hook.hpp>
#include <haft/hook/point_names.hpp>
#include <haft/hook/point_slots.hpp>
#include <haft/kind/enlistment.hpp>

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// A point of the set: its chain, and the hook<Point> that it is a part of.
struct point_record {
    std::shared_ptr<void> hook;
    std::shared_ptr<hook_chain> chain;
    point_slot slot;
    bool ready = false;  // those that waited for it are bound
    std::thread::id binds = std::this_thread::get_id();
};

/// A hook that is known by the name of its point only.
struct waiting_hook {
    std::string point;      // as it was given
    std::string canonical;  // as haft spells it
    hook_options options;
    std::shared_ptr<const named_hook> callable;
    bool optional = false;

    std::mutex mutex;  // never held while a hook is called, or waited for
    std::condition_variable settled;
    bool withdrawn = false;
    bool bound = false;    // or just being bound
    bool binding = false;  // a historic point calls it meanwhile, and it may take itself out
    enlistment at = {};    // as soon as the point is there

    bool is_withdrawn() {
        const std::lock_guard guard(mutex);
        return withdrawn;
    }
    bool waits() {
        const std::lock_guard guard(mutex);
        return !withdrawn && !bound;
    }
    void withdraw() {
        enlistment last;
        std::unique_lock lock(mutex);
        withdrawn = true;
        last = std::move(at);
        if (!emission_frame::within_hook()) settled.wait(lock, [&] { return !binding; });
    }
};

class hook_points {
public:
    explicit hook_points(std::shared_ptr<hook_surroundings> around) : around_(std::move(around)) {}

    /// The record of a point; `make` makes one if there is none.
    template <class Make>
    HAFT_COLD const point_slot& get(const point_facts& facts, Make make) {
        std::vector<std::shared_ptr<waiting_hook>> waiting;
        point_record* record = nullptr;
        {
            std::unique_lock lock(mutex_);
            for (const auto& known : records_) {
                if (known->chain->facts().name != facts.name || known->chain->facts().type != facts.type) continue;
                const point_record& found = *known;
                bound_.wait(lock, [&] { return found.ready || found.binds == std::this_thread::get_id(); });
                return found.slot;
            }
            waiting = waiting_;
            records_.push_back(std::make_unique<point_record>(make()));
            record = records_.back().get();
        }
        struct bound {
            hook_points& points;
            point_record& record;
            ~bound() {
                const std::lock_guard guard(points.mutex_);
                record.ready = true;
                points.bound_.notify_all();
            }
        } const others_may_have_it{*this, *record};
        for (const bool guards : {true, false})
            for (const auto& one : waiting)
                if (one->options.guard == guards) static_cast<void>(bind(*one, *record->chain));
        return record->slot;
    }

    /// Adds a hook by the name of its point, now or as soon as that is there.
    HAFT_COLD result<enlistment> add(std::shared_ptr<waiting_hook> one) {
        one->canonical = canonical_point_name(one->point);
        enlistment handle([weak = std::weak_ptr(one)] {  // goes if it can't be bound, or ends all while it is
            if (const auto still = weak.lock()) still->withdraw();
        });
        std::shared_ptr<hook_chain> at;
        {
            const std::lock_guard guard(mutex_);
            std::erase_if(waiting_, [](const auto& known) { return known->is_withdrawn(); });
            waiting_.push_back(one);
            at = chain_named(one->canonical);
        }
        if (at)
            if (result<void> bound = bind(*one, *at); !bound) return std::move(bound.error());
        return handle;
    }

    /// Those that wait for a point that nobody knows, but must not.
    HAFT_COLD std::vector<hook_error> unknown() const {
        std::vector<hook_error> out;
        const std::lock_guard guard(mutex_);
        for (const auto& one : waiting_) {
            if (one->optional || is_known(one->canonical) || !one->waits()) continue;
            nearest_name nearest(one->canonical);
            for (const std::string_view name : own_point_names) nearest.consider(name);
            for (const auto& known : records_) nearest.consider(known->chain->facts().name);
            std::string what = concat({"no point is named ", in_quotes(one->point)});
            append_did_you_mean(what, nearest.name());
            out.push_back({errc::unknown_point, one->point, one->options.name, one->options.owner, std::move(what)});
        }
        return out;
    }

    /// Those that wait.
    std::vector<std::shared_ptr<waiting_hook>> waiting() const {
        std::vector<std::shared_ptr<waiting_hook>> out;
        const std::lock_guard guard(mutex_);
        for (const auto& one : waiting_)
            if (one->waits()) out.push_back(one);
        return out;
    }

    /// Calls `f` with each chain of that point, or of all.
    template <class F>
    void for_each(std::string_view point, F f) const {
        std::vector<std::shared_ptr<hook_chain>> chains;
        const std::string canonical = canonical_point_name(point);
        {
            const std::lock_guard guard(mutex_);
            for (const auto& known : records_)
                if (point.empty() || canonical_point_name(known->chain->facts().name) == canonical)
                    chains.push_back(known->chain);
        }
        std::stable_sort(chains.begin(), chains.end(),
                         [](const auto& a, const auto& b) { return a->facts().name < b->facts().name; });
        for (const auto& chain : chains) f(*chain);
    }

private:
    HAFT_COLD std::shared_ptr<hook_chain> chain_named(std::string_view canonical) const {
        for (const auto& known : records_)
            if (canonical_point_name(known->chain->facts().name) == canonical) return known->chain;
        return nullptr;
    }
    HAFT_COLD bool is_known(std::string_view canonical) const {
        return std::find(own_point_names.begin(), own_point_names.end(), canonical) != own_point_names.end() ||
               chain_named(canonical);
    }
    HAFT_COLD result<void> bind(waiting_hook& one, hook_chain& chain) {
        if (canonical_point_name(chain.facts().name) != one.canonical) return {};
        {
            const std::lock_guard guard(one.mutex);
            if (one.withdrawn || one.bound) return {};
            one.bound = one.binding = true;
        }
        struct settling {
            waiting_hook& of;
            bool there = false;
            ~settling() {
                const std::lock_guard guard(of.mutex);
                of.bound = there;
                of.binding = false;
                of.settled.notify_all();
            }
        } now{one};
        enlistment last;  // of one that has been withdrawn meanwhile: let go with nothing locked, before that is told
        result<enlistment> added = chain.add(chain.facts().make_named(one.callable, one.options));
        now.there = added.has_value();
        if (!added) {
            around_->tell({added.error().code, std::string(chain.facts().name), one.options.name, one.options.owner,
                           added.error().message});
            return std::move(added.error());
        }
        const std::lock_guard guard(one.mutex);
        (one.withdrawn ? last : one.at) = std::move(*added);
        return {};
    }

    const std::shared_ptr<hook_surroundings> around_;
    mutable std::mutex mutex_;  // before that of a waiting hook
    std::condition_variable bound_;
    std::vector<std::unique_ptr<point_record>> records_;
    std::vector<std::shared_ptr<waiting_hook>> waiting_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_HOOK_POINTS_HPP
