// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0142]
// expect: haft::tools_in takes the reflection of a namespace, and kit is none
// note: kit
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
struct kit {
    static int twice(int n);
};
#else
namespace kit {
int twice(int n);
}
#endif

const haft::toolset tools = haft::tools_in<^^kit>();
