// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0108]
// expect: this can't be the name of a method's tool
// note: "the next"
#include <haft/toolbox.hpp>

struct counter {
    int next() { return 1; }
    static consteval auto haft_toolbox() {
#ifdef HAFT_REJECT
        constexpr std::string_view name = "the next";
#else
        constexpr std::string_view name = "the_next";
#endif
        return haft::toolbox_words("Counts",
                                   haft::method<&counter::next>({.description = "The next number", .name = name}));
    }
};
const haft::toolbox_class& counters = haft::toolbox_class_of<counter>();
