// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0113]
// expect: of haft::read_only and haft::destructive on Notes::erase one would be dropped; keep one
// note: Notes::erase
#include <haft/toolbox.hpp>

struct [[= haft::doc("Notes")]] Notes {
#ifdef HAFT_REJECT
    [[= haft::read_only, = haft::destructive]] void erase(int id) { static_cast<void>(id); }
#else
    [[= haft::destructive, = haft::file_ops, = haft::idempotent]] void erase(int id) { static_cast<void>(id); }
#endif
};
const haft::toolbox_class& notes = haft::toolbox_class_of<Notes>();
