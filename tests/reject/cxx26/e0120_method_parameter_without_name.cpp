// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0120]
// expect: parameter 1 of Notes::erase has no name
// note: Notes::erase
#include <haft/toolbox.hpp>

struct [[= haft::doc("Notes")]] Notes {
#ifdef HAFT_REJECT
    void erase(int) {}
#else
    void erase(int id) { static_cast<void>(id); }
#endif
};
const haft::toolbox_class& notes = haft::toolbox_class_of<Notes>();
