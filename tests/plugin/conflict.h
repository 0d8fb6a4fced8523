/* SPDX-License-Identifier: BSL-1.0 */
/* Two libraries whose symbols have the same names. */
#include <haft/plugin/abi.h>

#include <string.h>

HAFT_PLUGIN_NOTE("{\"name\":\"" CONFLICT "\"}");

HAFT_PLUGIN_EXPORT const char* haft_test_shared_name(void);
const char* haft_test_shared_name(void) { return CONFLICT; }
HAFT_PLUGIN_EXPORT extern int haft_test_shared_count;
int haft_test_shared_count = 0;

static int setup(void* state, haft_text config, haft_result* result) {
    (void)state, (void)config, (void)result;
    ++haft_test_shared_count;
    return 0;
}
static int describe(void* state, haft_result* result) {
    haft_text all;
    (void)state;
    all.data = "{\"tools\":[{\"name\":\"" CONFLICT "\"}]}";
    all.size = strlen(all.data);
    result->json(result, all);
    return 0;
}
static int call(void* state, const haft_call* call, haft_result* result) {
    haft_text name;
    (void)state, (void)call;
    name.data = haft_test_shared_count == 1 ? haft_test_shared_name() : "shared with the other one";
    name.size = strlen(name.data);
    result->text(result, name);
    return 0;
}
static const haft_plugin table = {
    sizeof(haft_plugin), HAFT_ABI_MAJOR, HAFT_ABI_MINOR, 0, setup, 0, describe, call, 0, 0, 0};

const haft_plugin* haft_plugin_v1(const haft_host* host) {
    (void)host;
    return &table;
}
