// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_TAGS_HPP
#define HAFT_TOOL_TAGS_HPP

/// A list of tags as one text, so that it costs a tool no more than any other of its words.

#include <concepts>
#include <string_view>

namespace haft::inline v0 {

/// Tags with blanks between them: `.tags = "slow billing"`. A view, as std::string_view is: it owns nothing.
class tag_list {
public:
    constexpr tag_list() = default;
    template <std::convertible_to<std::string_view> Text>
    constexpr tag_list(const Text& text) noexcept : text_(text) {}  // NOLINT: implicit, so that a literal is a list

    class iterator {
    public:
        constexpr explicit iterator(std::string_view rest) noexcept : rest_(rest) { find(); }
        constexpr std::string_view operator*() const noexcept { return rest_.substr(0, rest_.find(' ')); }
        constexpr iterator& operator++() noexcept {
            rest_.remove_prefix((**this).size());
            find();
            return *this;
        }
        constexpr bool operator==(const iterator& other) const noexcept { return rest_.size() == other.rest_.size(); }

    private:
        constexpr void find() noexcept {
            while (rest_.starts_with(' ')) rest_.remove_prefix(1);
        }
        std::string_view rest_;
    };
    constexpr iterator begin() const noexcept { return iterator(text_); }
    constexpr iterator end() const noexcept { return iterator({}); }

    constexpr bool empty() const noexcept { return begin() == end(); }
    constexpr bool has(std::string_view tag) const noexcept {
        for (const std::string_view one : *this)
            if (one == tag) return true;
        return false;
    }
    constexpr std::string_view text() const noexcept { return text_; }

private:
    std::string_view text_;
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_TAGS_HPP
