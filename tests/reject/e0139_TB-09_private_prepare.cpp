// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0139]
// expect: it would never run; make it a public void prepare()
// note: counter
#include <haft/toolbox.hpp>

class counter {
public:
    int next() { return ++n_; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Counts", haft::method<&counter::next>("The next number"));
    }
#ifdef HAFT_REJECT
private:
#endif
    void prepare() { n_ = 5; }

private:
    int n_ = 0;
};
const haft::toolbox_class& counters = haft::toolbox_class_of<counter>();
