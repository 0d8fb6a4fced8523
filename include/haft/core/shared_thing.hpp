// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_SHARED_THING_HPP
#define HAFT_CORE_SHARED_THING_HPP

/// Shared ownership of objects of any type: what std::shared_ptr<const void> is, without <memory>, which brings <ostream> and
/// would be a tenth of the time that it takes to compile <haft/tool.hpp>.

#include <cstddef>
#include <utility>

namespace haft::inline v0 {

/// An object that lives as long as one of its owners. Owners may be copied and go on any threads, each by itself on one.
class shared_thing {
public:
    shared_thing() = default;
    shared_thing(const shared_thing& other) noexcept : held_(other.held_) {
        if (held_) __atomic_add_fetch(&held_->owners, 1, __ATOMIC_RELAXED);
    }
    shared_thing(shared_thing&& other) noexcept : held_(std::exchange(other.held_, nullptr)) {}
    shared_thing& operator=(shared_thing other) noexcept {
        std::swap(held_, other.held_);
        return *this;
    }
    ~shared_thing() {
        if (held_ && __atomic_sub_fetch(&held_->owners, 1, __ATOMIC_ACQ_REL) == 0) delete held_;
    }

    /// Makes a T, and where it stands.
    template <class T, class... Arguments>
    static shared_thing make(T*& made, Arguments&&... arguments) {
        struct holder final : held {
            explicit holder(Arguments&&... with) : object(std::forward<Arguments>(with)...) {}
            T object;
        };
        shared_thing out;
        auto* const all = new holder(std::forward<Arguments>(arguments)...);
        out.held_ = all;
        made = &all->object;
        return out;
    }

private:
    struct held {
        held() = default;
        held(const held&) = delete;
        held& operator=(const held&) = delete;
        virtual ~held() = default;
        std::size_t owners = 1;
    };
    held* held_ = nullptr;
};

}  // namespace haft::inline v0

#endif  // HAFT_CORE_SHARED_THING_HPP
