// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0135]
// expect: the toolbox Notes needs a description
// note: Notes
#include <haft/toolbox.hpp>

#ifdef HAFT_REJECT
struct Notes {
#else
struct [[= haft::doc("Notes")]] Notes {
#endif
    int count() { return 0; }
};
HAFT_TOOLBOX(Notes);
