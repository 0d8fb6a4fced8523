// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_FAULT_LIST_HPP
#define HAFT_JSON_FAULT_LIST_HPP

/// What a walk over a text finds wrong, each fault with its place. All of it is off the hot path: while nothing is wrong a
/// walk only keeps the list of places on its stack.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/json/pointer.hpp>
#include <haft/json/type.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::json {

/// The most faults that one call describes, and the most of one array; the others are counted.
inline constexpr std::size_t most_faults = 32;
inline constexpr std::size_t most_faults_of_an_array = 10;

/// Where a walk is: a list on its stack, which costs a few stores a level and one a member, and is read only when something
/// is wrong.
struct place {
    static constexpr std::size_t nowhere = ~std::size_t{0};
    const place* outer = nullptr;
    const type* object = nullptr;  ///< its members are counted by `index`; null in an array, and where `key` says more
    std::size_t index = nowhere;   ///< of the member or element
    std::string_view key = {};     ///< of a map, or that no member has

    static place in_object(const place* outer, const type& object) noexcept { return {outer, &object}; }
    static place in_array(const place* outer) noexcept { return {outer, nullptr, 0}; }
    static place at_key(const place* outer, std::string_view key) noexcept { return {outer, nullptr, nowhere, key}; }
};

class fault_list {
public:
    /// Enters a place, which must live until leave().
    void enter(const place& inner) noexcept { here_ = &inner; }
    void leave() noexcept { here_ = here_->outer; }
    const place* here() const noexcept { return here_; }

    /// Everything that was found wrong, described or not.
    std::size_t count() const noexcept { return faults_.size() + more_ + muted_; }
    bool empty() const noexcept { return faults_.empty() && (more_ | muted_) == 0; }

    /// Whether there is no room left to describe a fault; then it is counted. To be asked before the words are made, so
    /// that a text which is wrong a million times costs no million sentences.
    bool only_counted() noexcept {
        if (mute_ == 0 && faults_.size() < room_) return false;
        count_one();
        return true;
    }

    /// One that is not described.
    void count_one() noexcept { ++(mute_ == 0 ? more_ : muted_); }

    HAFT_COLD fault& add(errc code, std::string message, std::size_t at) {
        fault& f = faults_.emplace_back();
        f.code = code;
        f.pointer = pointer();
        f.message = std::move(message);
        f.offset = at;
        return f;
    }

    /// The one fault that must be known, whatever there was before.
    HAFT_COLD void add_last(errc code, std::string message, std::size_t at) {
        mute_ = 0;
        if (faults_.size() >= most_faults) faults_.pop_back(), ++more_;
        add(code, std::move(message), at);
    }

    /// From here on at most `faults` more are described; gives what `widen` wants.
    std::size_t narrow(std::size_t faults) noexcept {
        const std::size_t before = room_;
        if (room_ > faults_.size() + faults) room_ = faults_.size() + faults;
        return before;
    }
    void widen(std::size_t before) noexcept { room_ = before; }

    /// While muted, faults are only counted, and forgotten by unmute(): how alternatives are tried.
    void mute() noexcept { ++mute_; }
    void unmute(std::size_t count_before) noexcept {
        if (mute_) --mute_;
        const std::size_t fixed = faults_.size() + more_;
        muted_ = count_before > fixed ? count_before - fixed : 0;
    }

    std::vector<fault> take() noexcept { return std::move(faults_); }
    std::size_t more() const noexcept { return more_; }

    HAFT_COLD std::string pointer() const {
        std::string out;
        write_pointer(here_, out);
        return out;
    }

private:
    static void write_pointer(const place* here, std::string& out) {
        if (!here) return;
        write_pointer(here->outer, out);
        if (here->key.data()) append_pointer_key(out, here->key);
        else if (here->index == place::nowhere) return;  // before the first, or in a key
        else if (here->object) append_pointer_key(out, here->object->key(here->index));
        else append_pointer_index(out, here->index);
    }

    std::vector<fault> faults_;
    std::size_t more_ = 0;
    std::size_t muted_ = 0;
    std::size_t room_ = most_faults;  // faults_ may grow to this
    unsigned mute_ = 0;
    const place* here_ = nullptr;
};

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_FAULT_LIST_HPP
