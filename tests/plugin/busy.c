// SPDX-License-Identifier: BSL-1.0
/* A plugin whose calls last until somebody says so, and that leaves a thread behind if it is asked to. */
#include <haft/plugin/abi.h>

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

HAFT_PLUGIN_NOTE("{\"name\":\"busy\"}");

static atomic_int waiting, released, ended, too_early;

static haft_text text_of(const char* text) {
    haft_text out;
    out.data = text;
    out.size = strlen(text);
    return out;
}
static int is(haft_text text, const char* what) {
    return text.size == strlen(what) && memcmp(text.data, what, text.size) == 0;
}
static void pause_(void) {
    struct timespec little;
    little.tv_sec = 0;
    little.tv_nsec = 1000000;
    nanosleep(&little, NULL);
}
static void* wait_on(void* unused) {
    while (!atomic_load(&released)) pause_();
    atomic_store(&ended, 1);
    return unused;
}

static int setup(void* state, haft_text config, haft_result* result) {
    (void)state, (void)config, (void)result;
    atomic_store(&released, 0);
    return 0;
}
static int describe(void* state, haft_result* result) {
    (void)state;
    result->json(
        result,
        text_of(
            "{\"tools\":[{\"name\":\"wait\",\"hints\":[\"thread-safe\"]},{\"name\":\"waiting\",\"hints\":[\"thread-"
            "safe\"]},"
            "{\"name\":\"release\",\"hints\":[\"thread-safe\"]},{\"name\":\"leave_thread\"},{\"name\":\"count\"}]}"));
    return 0;
}
static int call(void* state, const haft_call* call, haft_result* result) {
    static int calls;
    (void)state;
    if (is(call->name, "wait")) {
        atomic_fetch_add(&waiting, 1);
        while (!atomic_load(&released)) pause_();
        atomic_fetch_sub(&waiting, 1);
    } else if (is(call->name, "waiting")) {
        result->json(result, text_of(atomic_load(&waiting) ? "true" : "false"));
    } else if (is(call->name, "release")) {
        atomic_store(&released, 1);
    } else if (is(call->name, "leave_thread")) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, wait_on, NULL) == 0) pthread_detach(thread);
    } else {
        const char digit[2] = {(char)('0' + ++calls % 10), 0};
        result->json(result, text_of(digit));
    }
    return 0;
}
static void teardown(void* state) {
    (void)state;
    if (atomic_load(&waiting)) atomic_store(&too_early, 1);
}
static const haft_plugin table = {
    sizeof(haft_plugin), HAFT_ABI_MAJOR, HAFT_ABI_MINOR, NULL, setup, teardown, describe, call, NULL, NULL, NULL};

HAFT_PLUGIN_EXPORT void haft_test_release(void);
void haft_test_release(void) { atomic_store(&released, 1); }
/* Whether it was torn down while a call was still running. */
HAFT_PLUGIN_EXPORT int haft_test_too_early(void);
int haft_test_too_early(void) { return atomic_load(&too_early); }

const haft_plugin* haft_plugin_v1(const haft_host* host) {
    (void)host;
    return &table;
}
