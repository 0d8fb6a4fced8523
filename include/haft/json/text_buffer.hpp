// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_TEXT_BUFFER_HPP
#define HAFT_JSON_TEXT_BUFFER_HPP

/// Text on its way into a string: gathered on the stack, and appended in few pieces. A short result is one `append` of the
/// right size, and so at most one allocation.

#include <haft/core/config.hpp>

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace haft::inline v0::json {

/// Appends to a string, which must outlive it and has everything only after flush().
class text_buffer {
public:
    explicit text_buffer(std::string& to) noexcept : to_(to), at_(buffer_) {}
    text_buffer(const text_buffer&) = delete;
    text_buffer& operator=(const text_buffer&) = delete;

    /// Room for at least `least_room` bytes; who has written them says where they end.
    static constexpr std::size_t least_room = 64;
    HAFT_HOT char* room() {
        if (at_ > room_end()) flush();
        return at_;
    }
    /// The last place from which there is so much room.
    HAFT_HOT char* room_end() noexcept { return buffer_ + (sizeof buffer_ - least_room); }
    HAFT_HOT void wrote_to(char* end) noexcept { at_ = end; }

    HAFT_HOT void put(char c) { *room() = c, ++at_; }
    template <std::size_t Size>
    HAFT_HOT void put_literal(const char (&text)[Size]) {
        static_assert(Size - 1 <= least_room);
        std::memcpy(room(), text, Size - 1);
        at_ += Size - 1;
    }
    void put(std::string_view text) {
        if (text.size() > static_cast<std::size_t>(buffer_ + sizeof buffer_ - at_)) {
            flush();
            if (text.size() > sizeof buffer_ / 2) return static_cast<void>(to_.append(text));
        }
        std::memcpy(at_, text.data(), text.size());
        at_ += text.size();
    }

    /// A text with another first character. 16 bytes of it may be read, however few count.
    HAFT_HOT void put_padded(char first, const char* text, std::size_t size) {
        char* const to = room();
        if (size > 16) return put(first), put(std::string_view(text + 1, size - 1));
        std::memcpy(to, text, 16);
        *to = first;
        at_ = to + size;
    }

    /// Everything written so far, flushed or not.
    std::size_t size() const noexcept { return to_.size() + static_cast<std::size_t>(at_ - buffer_); }

    /// The string, with everything in it.
    std::string& flushed() { return flush(), to_; }

    HAFT_APART void flush() {
        to_.append(buffer_, static_cast<std::size_t>(at_ - buffer_));
        at_ = buffer_;
    }

private:
    std::string& to_;
    char* at_;
    char buffer_[1024];
};

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_TEXT_BUFFER_HPP
