// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_UNIT_HOOK_SUPPORT_HPP
#define HAFT_TESTS_UNIT_HOOK_SUPPORT_HPP

/// Points, hooks and what they leave behind, for the tests of hooks.

#include <haft/hook.hpp>

#include <string>
#include <string_view>
#include <vector>

/// Hooks say their names here.
struct said {
    std::vector<std::string> all;
    auto saying(std::string name) {
        return [this, name] { all.push_back(name); };
    }
    std::vector<std::string> take() { return std::exchange(all, {}); }
};
using strings = std::vector<std::string>;

/// A point of one's own.
struct tick {
    static constexpr std::string_view name = "tick";
    using signature = void(int);
};
/// One where all results are wanted.
struct collected {
    static constexpr std::string_view name = "collected";
    using signature = std::string(int, const std::string&);
};
/// One where the first is.
struct chosen {
    static constexpr std::string_view name = "chosen";
    static constexpr bool first_result = true;
    using signature = std::string(int);
};

inline strings texts(const haft::hook_reply& reply) {
    strings out;
    for (const haft::message& one : reply.messages) out.push_back(one.text);
    return out;
}
inline strings names(const std::vector<haft::hook_row>& rows) {
    strings out;
    for (const haft::hook_row& one : rows) out.push_back(one.hook);
    return out;
}

#endif  // HAFT_TESTS_UNIT_HOOK_SUPPORT_HPP
