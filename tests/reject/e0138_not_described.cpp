// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0138]
// expect: this class is not described; write BOOST_DESCRIBE_CLASS(
// note: counter
#include <haft/toolbox.hpp>
#include <haft/toolbox/described_methods.hpp>

#include <boost/describe.hpp>

struct counter {
    int next() { return 1; }
    static consteval auto haft_toolbox() { return haft::described_methods("Counts"); }
#ifndef HAFT_REJECT
    BOOST_DESCRIBE_CLASS(counter, (), (next), (), ())
#endif
};
const haft::toolbox_class& counters = haft::toolbox_class_of<counter>();
