// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0102]
// expect: haft::method<&c::f, names>
// note: "add"
#include <haft/toolbox.hpp>

#include <array>

struct counter {
    int add(int by) { return by; }
    static constexpr std::array names{haft::field{"by", "How many"}};
    static consteval auto haft_toolbox() {
#ifdef HAFT_REJECT
        return haft::toolbox_words("Counts", haft::method<&counter::add>("Adds"));
#else
        return haft::toolbox_words("Counts", haft::method<&counter::add, names>("Adds"));
#endif
    }
};
const haft::toolbox_class& counters = haft::toolbox_class_of<counter>();
