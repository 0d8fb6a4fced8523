// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0112]
// expect: Printer::print takes the ... of C
// note: Printer::print
#include <haft/toolbox.hpp>

struct [[= haft::doc("A printer")]] Printer {
#ifdef HAFT_REJECT
    int print(std::string form, ...) { return static_cast<int>(form.size()); }
#else
    int print(std::string form) { return static_cast<int>(form.size()); }
#endif
};
const haft::toolbox_class& printers = haft::toolbox_class_of<Printer>();
