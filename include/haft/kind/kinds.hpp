// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_KIND_KINDS_HPP
#define HAFT_KIND_KINDS_HPP

/// All that a host has beside tools, by type: its hooks, its commands, its models, and kinds that nobody here has heard of.

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <type_traits>
#include <typeindex>
#include <utility>

namespace haft::inline v0 {

/// One object of each type, made when somebody first asks for it, and gone with this, the last made first. Safe from any thread;
/// so must be what it holds.
class kinds {
public:
    kinds() = default;
    kinds(const kinds&) = delete;
    kinds& operator=(const kinds&) = delete;
    ~kinds() {
        while (!made_.empty()) {  // what came later may use what was there
            auto last = made_.begin();
            for (auto one = made_.begin(); one != made_.end(); ++one)
                if (one->second.number > last->second.number) last = one;
            made_.erase(last);
        }
    }

    /// The object of that type: `registry.get<haft::hook_set>()`. T is made by its default constructor, or of `kinds&` if it takes
    /// that; what the constructor throws comes through.
    template <class T>
    T& get() {
        const std::lock_guard guard(mutex_);
        if (const auto known = made_.find(typeid(T)); known != made_.end())
            return *static_cast<T*>(known->second.object.get());
        std::shared_ptr<T> fresh;
        if constexpr (std::is_constructible_v<T, kinds&>) fresh = std::make_shared<T>(*this);
        else fresh = std::make_shared<T>();
        T& out = *fresh;
        made_.insert_or_assign(typeid(T), made{std::move(fresh), ++numbers_});
        return out;
    }

    /// Of how many types there is an object.
    std::size_t size() {
        const std::lock_guard guard(mutex_);
        return made_.size();
    }

private:
    struct made {
        std::shared_ptr<void> object;
        std::size_t number = 0;
    };
    std::recursive_mutex mutex_;  // a kind's constructor may ask for others
    std::map<std::type_index, made> made_;
    std::size_t numbers_ = 0;
};

}  // namespace haft::inline v0

#endif  // HAFT_KIND_KINDS_HPP
