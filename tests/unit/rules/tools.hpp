// SPDX-License-Identifier: BSL-1.0
// What the tests of the rules of a call have in common: tools of every effect that count their calls.
#pragma once

#include <haft/tool.hpp>

#include <string>
#include <string_view>

namespace run_test {

/// A descriptor for what looks at tools without running them.
inline haft::tool named(std::string_view name, haft::effect effect = haft::effect::unspecified) {
    haft::tool t;
    t.name = name;
    t.effect = effect;
    return t;
}

struct text_argument {
    std::string text = "none";
};

/// Adds a tool that counts its calls and gives its argument back.
inline void add_counting(haft::toolset& to, std::string_view name, haft::effect effect, int& calls,
                         haft::hints hints = haft::hints::none) {
    const haft::result<void> added = to.add(name, {.description = "Counts", .effect = effect, .hints = hints},
                                            [&calls](const text_argument& given) { return ++calls, given.text; });
    if (!added) throw added.error().text();
}

}  // namespace run_test
