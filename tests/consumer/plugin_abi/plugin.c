/* SPDX-License-Identifier: BSL-1.0 */
/* A plugin in C: one tool, which greets. */
#include <haft/plugin/abi.h>

#include <string.h>

HAFT_PLUGIN_NOTE("{\"name\":\"in_c\",\"version\":\"1.0.0\"}");

static haft_text text_of(const char* text) {
    haft_text out;
    out.data = text;
    out.size = strlen(text);
    return out;
}

static int setup(void* state, haft_text config, haft_result* result) {
    (void)state;
    (void)config;
    (void)result;
    return 0;
}
static int describe(void* state, haft_result* result) {
    (void)state;
    result->json(result, text_of("{\"tools\":[{\"name\":\"hello\",\"description\":\"Greets\"}]}"));
    return 0;
}
static int call(void* state, const haft_call* call, haft_result* result) {
    (void)state;
    (void)call;
    result->text(result, text_of("Hello from C"));
    return 0;
}

static const haft_plugin table = {sizeof(haft_plugin), HAFT_ABI_MAJOR, HAFT_ABI_MINOR, NULL, setup, NULL, describe, call,
                                  NULL,                NULL,           NULL};

const haft_plugin* haft_plugin_v1(const haft_host* host) {
    (void)host;
    return &table;
}
