// SPDX-License-Identifier: BSL-1.0
/* The border in C++: that this compiles is the test. */
#include "abi_layout.h"

HAFT_PLUGIN_NOTE("{\"name\":\"layout\"}");

static int setup(void* state, haft_text config, haft_result* result) {
    haft_text why = {"no", 2};
    if (HAFT_HAS(result, fail_json) && config.size == 0) result->fail(result, why);
    return state != 0;
}
static const haft_plugin table = {sizeof(haft_plugin), HAFT_ABI_MAJOR, HAFT_ABI_MINOR, 0, setup, 0, 0, 0, 0, 0, 0};

const haft_plugin* haft_plugin_v1(const haft_host* host) { return HAFT_HAS(host, extension) ? &table : 0; }
