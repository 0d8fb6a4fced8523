// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_SLOT_HPP
#define HAFT_JSON_SLOT_HPP

/// Room for one object of a type that only its table knows.

#include <haft/json/type.hpp>

#include <cstddef>
#include <new>

namespace haft::inline v0::json {

/// Holds at most one object, on the stack if it is of at most `Bytes`, and destroys it.
template <std::size_t Bytes = 384>
class slot {
public:
    /// Raw memory; whoever constructs the object there says so with constructed().
    explicit slot(const json::type& type)
        : type_(type), at_(type.size <= sizeof local_ ? local_ : ::operator new(type.size)) {}
    slot(const slot&) = delete;
    slot& operator=(const slot&) = delete;
    ~slot() {
        destroy();
        if (at_ != local_) ::operator delete(at_);
    }

    void* get() noexcept { return at_; }
    void constructed() noexcept { alive_ = true; }

    /// A fresh T{}, instead of the one before.
    void* make() {
        destroy();
        type_.construct(at_);
        alive_ = true;
        return at_;
    }

private:
    void destroy() noexcept {
        if (alive_ && type_.destroy) type_.destroy(at_);
        alive_ = false;
    }

    const json::type& type_;
    void* at_;
    bool alive_ = false;
    alignas(std::max_align_t) unsigned char local_[Bytes];
};

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_SLOT_HPP
