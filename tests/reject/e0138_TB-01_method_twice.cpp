// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0138]
// expect: two methods of this toolbox have one name
// note: "add"
#include <haft/toolbox.hpp>

struct counter {
    struct amount {
        int by;
    };
    int add() { return 1; }
    int add(const amount& a) { return a.by; }
    static consteval auto haft_toolbox() {
        constexpr auto one = static_cast<int (counter::*)()>(&counter::add);
        constexpr auto many = static_cast<int (counter::*)(const amount&)>(&counter::add);
#ifdef HAFT_REJECT
        return haft::toolbox_words("Counts", haft::method<one>("One more"), haft::method<many>("Many more"));
#else
        return haft::toolbox_words("Counts", haft::method<one>("One more"),
                                   haft::method<many>({.description = "Many more", .name = "add_many"}));
#endif
    }
};
const haft::toolbox_class& counters = haft::toolbox_class_of<counter>();
