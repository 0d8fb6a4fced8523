// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0110]
// expect: write box.add_tool<&f>("what it does")
// note: counter
#include <haft/toolbox.hpp>

struct counter {
    int next() { return 1; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Counts", haft::method<&counter::next>("The next number"));
    }
};
int other(const counter&) { return 2; }

void add(const haft::toolbox& box) {
#ifdef HAFT_REJECT
    box.add_tool(&other);
#else
    box.add_tool<&other>("Another number");
#endif
}
