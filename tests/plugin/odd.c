// SPDX-License-Identifier: BSL-1.0
/* A library that goes wrong in the way that the variable HAFT_TEST_ODD names when it is loaded. */
#include <haft/plugin/abi.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

HAFT_PLUGIN_NOTE("{\"name\":\"odd\"}");

static const char* odd = "";
static int setups, teardowns, describes;
static const haft_host* the_host;

static int is(const char* what) { return strcmp(odd, what) == 0; }
static haft_text text_of(const char* text) {
    haft_text out;
    out.data = text;
    out.size = strlen(text);
    return out;
}

__attribute__((constructor)) static void start(void) {
    const char* given = getenv("HAFT_TEST_ODD");
    odd = given ? strdup(given) : "";
    if (is("dies")) abort();
}

static int setup(void* state, haft_text config, haft_result* result) {
    (void)state, (void)config;
    ++setups;
    if (is("hangs")) {
        struct timespec some;
        some.tv_sec = 0;
        some.tv_nsec = 300000000;
        nanosleep(&some, NULL);
    }
    if (is("refuses")) {
        result->fail(result, text_of("it does not want to"));
        return 1;
    }
    if (is("refuses once") && setups == 1) {
        result->fail(result, text_of("not yet"));
        return 1;
    }
    if (is("says nothing")) return 1;
    return 0;
}
static void teardown(void* state) {
    (void)state;
    ++teardowns;
    the_host->log(the_host, HAFT_LOG_INFO, text_of("torn down"));
}
static int describe(void* state, haft_result* result) {
    (void)state;
    ++describes;
    if (is("no description")) return 0;
    if (is("can't describe")) {
        result->fail(result, text_of("no words"));
        return 1;
    }
    if (is("text")) result->text(result, text_of("{}"));
    else if (is("no json")) result->json(result, text_of("{\"tools\":["));
    else if (is("wrong type"))
        result->json(result, text_of("{\"tools\":[{\"name\":\"a\"},{\"name\":7,\"effect\":\"boom\"}]}"));
    else if (is("unknown key"))
        result->json(result, text_of("{\"tools\":[{\"name\":\"a\",\"descripton\":\"x\"}],\"toolz\":[]}"));
    else if (is("bad tool")) result->json(result, text_of("{\"tools\":[{\"name\":\"a b\"}]}"));
    else if (is("bad schema"))
        result->json(result,
                     text_of("{\"tools\":[{\"name\":\"a\",\"inputSchema\":{\"type\":\"object\",\"propertys\":{}}}]}"));
    else if (is("bad command")) result->json(result, text_of("{\"commands\":[{\"name\":\"-\"}]}"));
    else if (is("null")) {
        haft_text nothing;
        nothing.data = NULL;
        nothing.size = 4096;
        result->json(result, nothing);
    } else result->json(result, text_of("{\"tools\":[{\"name\":\"odd\"}]}"));
    return 0;
}
static int call(void* state, const haft_call* call, haft_result* result) {
    char line[100];
    (void)state, (void)call;
    snprintf(line, sizeof line, "%d setups, %d describes, %d teardowns", setups, describes, teardowns);
    result->text(result, text_of(line));
    return 0;
}

static haft_plugin table = {
    sizeof(haft_plugin), HAFT_ABI_MAJOR, HAFT_ABI_MINOR, NULL, setup, teardown, describe, call, NULL, NULL, NULL};

const haft_plugin* haft_plugin_v1(const haft_host* host) {
    the_host = host;
    if (is("no table")) return NULL;
    if (is("nowhere")) return (const haft_plugin*)(size_t)16;
    if (is("garbage")) return (const haft_plugin*)(size_t)0xDEADBEEFDEADBEE8u;
    if (is("unaligned")) return (const haft_plugin*)((const char*)&table + 1);
    if (is("heap")) {
        static haft_plugin* out; /* kept, so that it is no leak */
        if (!out) out = malloc(sizeof *out);
        *out = table;
        return out;
    }
    if (is("short")) table.size = 8;
    if (is("long")) table.size = (size_t)1 << 40;
    if (is("other major")) table.abi_major = 7;
    if (is("newer")) table.abi_minor = 7;
    if (is("no call")) table.call = NULL;
    if (is("no setup")) table.setup = NULL;
    if (is("data as code")) table.describe = (int (*)(void*, haft_result*))(size_t)&table;
    if (is("garbage code")) table.shutdown = (void (*)(void*))(size_t)0x1234567890u;
    if (is("least")) table.size = offsetof(haft_plugin, initialize);
    return &table;
}
