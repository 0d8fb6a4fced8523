// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0157]
// note: lambda
#include <haft/command.hpp>

void add(haft::command_set& set) {
#ifdef HAFT_REJECT
    static_cast<void>(set.add({.name = "status"}, [] { return static_cast<int*>(nullptr); }));
#else
    static_cast<void>(set.add({.name = "status"}, [] { return 1; }));
#endif
}
