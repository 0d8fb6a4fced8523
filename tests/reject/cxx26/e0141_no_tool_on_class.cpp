// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0141]
// expect: haft::no_tool says nothing on class Notes; it is a word for a function or a method
// note: Notes
#include <haft/toolbox.hpp>

#ifdef HAFT_REJECT
struct [[= haft::doc("Notes"), = haft::no_tool]] Notes {
#else
struct [[= haft::doc("Notes")]] Notes {
#endif
    int count() { return 0; }
};
const haft::toolbox_class& notes = haft::toolbox_class_of<Notes>();
