// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0108]
// expect: the name that haft::as gives to class Notes can't be a tool's
// note: Notes
#include <haft/toolbox.hpp>

#ifdef HAFT_REJECT
#define NAME "my notes"
#else
#define NAME "my_notes"
#endif
struct [[= haft::doc("Notes"), = haft::as(NAME)]] Notes {
    int count() { return 0; }
};
const haft::toolbox_class& notes = haft::toolbox_class_of<Notes>();
