// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0138]
// expect: words for a method that BOOST_DESCRIBE_CLASS does not list
// note: "nxet"
#include <haft/toolbox.hpp>
#include <haft/toolbox/described_methods.hpp>

#include <boost/describe.hpp>

struct counter {
    int next() { return 1; }
    static consteval auto haft_toolbox() {
#ifdef HAFT_REJECT
        return haft::described_methods("Counts", haft::about{.description = "The next number", .name = "nxet"});
#else
        return haft::described_methods("Counts", haft::about{.description = "The next number", .name = "next"});
#endif
    }
    BOOST_DESCRIBE_CLASS(counter, (), (next), (), ())
};
const haft::toolbox_class& counters = haft::toolbox_class_of<counter>();
