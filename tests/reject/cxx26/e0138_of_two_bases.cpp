// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0138]
// expect: two methods of the toolbox Memory are called count
// note: Memory
#include <haft/toolbox.hpp>

struct counted {
    int count() { return 0; }
};
#ifdef HAFT_REJECT
struct notes : counted {};
struct files : counted {};
#else
struct notes : virtual counted {};
struct files : virtual counted {};
#endif
struct [[= haft::doc("Memory for the model")]] Memory : notes, files {};
const haft::toolbox_class& memory = haft::toolbox_class_of<Memory>();
