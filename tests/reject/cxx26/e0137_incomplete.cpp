// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0137]
// expect: Notes is declared, but not defined here
// note: Notes
#include <haft/toolbox.hpp>

#ifdef HAFT_REJECT
struct Notes;
#else
struct [[= haft::doc("Notes")]] Notes {
    int count() { return 0; }
};
#endif
const haft::toolbox_class& notes = haft::toolbox_class_of<Notes>();
