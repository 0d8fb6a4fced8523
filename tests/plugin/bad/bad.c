// SPDX-License-Identifier: BSL-1.0
/* A plugin that keeps the contract; with BAD, a text such as "note.name", it breaks the part of it that the check of that id looks at, and no
   other. */
#include <haft/plugin/abi.h>

#include "words.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef BAD
#define BAD ""
#endif
static int bad(const char* what) { return strcmp(BAD, what) == 0; }

/* --- the note */

#ifndef NOTE_NAME
#define NOTE_NAME "\"name\":\"bad\","
#endif
#ifndef NOTE_DESCRIPTION
#define NOTE_DESCRIPTION "\"description\":\"Keeps the contract\","
#endif
#ifndef NOTE_REST
#define NOTE_REST "\"version\":\"1.0.0\""
#endif
#ifndef NOTE_CONFIG
#define NOTE_CONFIG "{\"type\":\"object\",\"properties\":{\"word\":{\"type\":\"string\",\"default\":\"word\"}}}"
#endif
#define NOTE "{" NOTE_NAME NOTE_DESCRIPTION "\"config_schema\":" NOTE_CONFIG "," NOTE_REST "}"

#ifndef NO_NOTE
#ifdef NOTE_MAJOR
static const HAFT_NOTE_STRUCT(sizeof(NOTE)) haft_plugin_note HAFT_NOTE_PLACE = {
    sizeof(HAFT_NOTE_OWNER), 8u + (uint32_t)sizeof(NOTE), HAFT_NOTE_TYPE, HAFT_NOTE_OWNER, NOTE_MAJOR, 0, NOTE};
#else
HAFT_PLUGIN_NOTE(NOTE);
#endif
#ifdef NOTE_TWICE
static const HAFT_NOTE_STRUCT(sizeof(NOTE)) haft_plugin_second_note HAFT_NOTE_PLACE = {
    sizeof(HAFT_NOTE_OWNER), 8u + (uint32_t)sizeof(NOTE), HAFT_NOTE_TYPE, HAFT_NOTE_OWNER, 1, 0, NOTE};
#endif
#endif

/* --- small things */

static haft_text text_of(const char* text) {
    haft_text out;
    out.data = text;
    out.size = strlen(text);
    return out;
}
static int is(haft_text text, const char* what) {
    return text.size == strlen(what) && memcmp(text.data, what, text.size) == 0;
}
static int has(haft_text text, const char* what) {
    return text.size != 0 && memmem(text.data, text.size, what, strlen(what)) != NULL;
}
static int failed(haft_result* result, const char* why) {
    result->fail(result, text_of(why));
    return 1;
}
static void wait_ms(long ms) {
    struct timespec time;
    time.tv_sec = ms / 1000;
    time.tv_nsec = ms % 1000 * 1000000;
    nanosleep(&time, NULL);
}
static void crash(void) { raise(SIGSEGV); }

static haft_text kept_config, kept_arguments;
static haft_result* kept_result;
static volatile char seen;
static void read_all(haft_text text) {
    size_t i;
    for (i = 0; i < text.size; ++i) seen = text.data[i];
}
static __thread int of_thread = 0;
static volatile int set_up, was_set_up, was_used, is_initialized, inside, described;
static pthread_t thread;
static haft_plugin* the_table; /* of one that changes it */
static void* late(void* result) {
    wait_ms(20);
    ((haft_result*)result)->text((haft_result*)result, text_of("late"));
    return NULL;
}
static void* at_once(void* result) {
    ((haft_result*)result)->text((haft_result*)result, text_of("from elsewhere"));
    return NULL;
}
static void* for_ever(void* nothing) {
    for (;;) pause();
    return nothing;
}
static void on_signal(int number) { (void)number; }

/* --- its life */

/* The one change of the process that BAD names. */
static void change_the_process(void) {
    if (bad("life.signals")) signal(SIGUSR1, on_signal);
    if (bad("life.signal-mask")) {
        sigset_t more;
        sigemptyset(&more);
        sigaddset(&more, SIGUSR2);
        pthread_sigmask(SIG_BLOCK, &more, NULL);
    }
    if (bad("life.locale")) setlocale(LC_CTYPE, "C.UTF-8");
    if (bad("life.folder") && chdir("/") != 0) return;
    if (bad("life.umask")) umask(0);
    if (bad("life.environment")) setenv("HAFT_TEST_BAD", "1", 1);
    if (bad("life.timers")) {
        struct itimerval about = {{0, 0}, {3600, 0}};
        setitimer(ITIMER_REAL, &about, NULL);
    }
    if (bad("life.limits")) {
        struct rlimit about;
        getrlimit(RLIMIT_CORE, &about);
        about.rlim_cur = about.rlim_cur == 0 ? 0 : about.rlim_cur - 1;
        if (about.rlim_cur == 0) getrlimit(RLIMIT_NOFILE, &about), --about.rlim_cur, setrlimit(RLIMIT_NOFILE, &about);
        else setrlimit(RLIMIT_CORE, &about);
    }
    if (bad("life.floating-point")) {
#if defined(__x86_64__)
        unsigned mode = __builtin_ia32_stmxcsr();
        __builtin_ia32_ldmxcsr(mode | 0x8040);
#endif
    }
    if (bad("life.output")) printf("ready\n"), fflush(stdout);
    if (bad("life.input")) {
        char line[4];
        if (read(0, line, sizeof line) < 0) return;
    }
    if (bad("life.descriptors") && open("/dev/null", O_RDONLY) < 0) return;
    if (bad("life.memory")) {
        char* const more = (char*)mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (more != MAP_FAILED) more[0] = 1;
    }
    if (bad("life.processes") && fork() == 0) _exit(0);
}

#ifdef __cplusplus
#define THROW(what) \
    if (bad(what)) throw 1
#else
#define THROW(what) (void)0
#endif

static int setup(void* state, haft_text config, haft_result* result) {
    (void)state;
    if (config.size == 0 || config.data[0] != '{' || config.data[config.size - 1] != '}') {
        if (bad("life.refuses")) return 1;
        return failed(result, "it is no configuration");
    }
    if (bad("life.setup")) return failed(result, "it does not want to");
    if (bad("life.again") && was_set_up) return failed(result, "once is enough");
    if (bad("unload.again")) {
        char name[16] = "";
        prctl(PR_GET_NAME, name); /* what is left of one that was unloaded */
        if (strcmp(name, "was here") == 0 && !was_set_up) return failed(result, "it was here before");
        prctl(PR_SET_NAME, "was here");
    }
    if (bad("unload.closes")) {
        Dl_info about;
        if (dladdr((const void*)&set_up, &about) != 0) dlopen(about.dli_fname, RTLD_LAZY);
    }
    if (the_table) the_table->abi_minor = 1;
    kept_config = config;
    of_thread = 1;
    set_up = 1;
    was_set_up = 1;
    change_the_process();
    if (bad("life.threads") && !thread) pthread_create(&thread, NULL, for_ever, NULL);
    return 0;
}
static void teardown(void* state) {
    (void)state;
    if (bad("life.teardown")) crash();
    if (bad("life.at-once") && !described) crash();
    if (bad("life.config-gone")) read_all(kept_config);
    if (bad("call.texts-gone")) read_all(kept_arguments);
    if (bad("call.after-return") && kept_result) pthread_join(thread, NULL);
    kept_result = NULL;
    set_up = 0;
    described = 0;
    is_initialized = 0;
}
static int initialize(void* state, haft_text config, haft_result* result) {
    (void)state, (void)config;
    if (bad("life.initialize")) return failed(result, "it does not want to");
    if (bad("life.initialize-again") && is_initialized) return failed(result, "once is enough");
    is_initialized = 1;
    if (bad("call.meanwhile")) {
        if (inside) crash();
    }
    return 0;
}
static void shutdown_(void* state) { (void)state; }

#ifndef TOOL_NAME
#define TOOL_NAME "look"
#endif
#ifndef TOOL_WORDS
#define TOOL_WORDS "\"description\":\"Gives its words back\","
#endif
#ifndef TOOL_EFFECT
#define TOOL_EFFECT "\"effect\":\"read_only\","
#endif
#ifndef TOOL_HINTS
#define TOOL_HINTS "\"thread-safe\",\"idempotent\""
#endif
#ifndef TOOL_INPUT
#define TOOL_INPUT                                                                                                  \
    "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"description\":\"How many\",\"minimum\":1}}," \
    "\"required\":[\"n\"],\"additionalProperties\":false}"
#endif
#ifndef TOOL_OUTPUT
#define TOOL_OUTPUT "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}"
#endif
#ifndef COMMAND_NAME
#define COMMAND_NAME "say"
#endif
#ifndef HOOK_POINT
#define HOOK_POINT "session_start"
#endif
#ifndef ENRICHER_REST
#define ENRICHER_REST ",\"prompt\":50"
#endif
#ifndef MORE_KEYS
#define MORE_KEYS ""
#endif
#ifndef MORE_TOOLS
#define MORE_TOOLS ""
#endif
#define OFFER                                                                                                              \
    "{\"tools\":[{\"name\":\"" TOOL_NAME "\"," TOOL_WORDS TOOL_EFFECT "\"hints\":[" TOOL_HINTS "],\"checks_arguments\":true," \
    "\"inputSchema\":" TOOL_INPUT ",\"outputSchema\":" TOOL_OUTPUT "},"                                                    \
    "{\"name\":\"tell\",\"description\":\"Tells a text\",\"effect\":\"read_only\"}" MORE_TOOLS "],"                         \
    "\"commands\":[{\"name\":\"" COMMAND_NAME "\",\"description\":\"Says something\"}],"                                    \
    "\"hooks\":[{\"name\":\"see\",\"point\":\"" HOOK_POINT "\"}],"                                                          \
    "\"enrichers\":[{\"name\":\"add\"" ENRICHER_REST "}]" MORE_KEYS "}"

static int describe(void* state, haft_result* result) {
    static const char offer[] = OFFER;
    static char other[sizeof offer + 32];
    static unsigned times = 0;
    (void)state;
    if (bad("life.any-thread") && !of_thread) return failed(result, "it is another thread");
    described = 1;
    if (bad("describe.gives")) {
        result->text(result, text_of(offer));
        return 0;
    }
    if (bad("describe.json")) {
        result->json(result, text_of("{\"tools\":{}}"));
        return 0;
    }
    if (bad("describe.same")) {
        snprintf(other, sizeof other, "%.*s,\"priority\":%u}", (int)(sizeof offer - 2), offer, ++times);
        result->json(result, text_of(other));
        return 0;
    }
    result->json(result, text_of(offer));
    return 0;
}

/* Whether they fit the inputSchema: {"n":1} and the like. */
static int fits(haft_text arguments) {
    char text[64];
    int n = 0, end = 0;
    if (arguments.size == 0 || arguments.size >= sizeof text || memchr(arguments.data, 0, arguments.size)) return 0;
    memcpy(text, arguments.data, arguments.size);
    text[arguments.size] = 0;
    return sscanf(text, "{\"n\":%9d}%n", &n, &end) == 1 && end == (int)arguments.size && n >= 1;
}

static int look(const haft_call* call, haft_result* result) {
    const haft_text a = call->arguments;
    const int is_object = a.size >= 2 && a.data[0] == '{' && a.data[a.size - 1] == '}' && !memchr(a.data, 0, a.size) &&
                          !memchr(a.data, 0xFF, a.size) && !memchr(a.data, '\'', a.size) && !is(a, "{\"a\":1}}");
    const int is_json = is_object || is(a, "null") || is(a, "[]") || is(a, "\"text\"") || is(a, "7") || is(a, "true");
    int good = fits(a);
    if (bad("call.broken-json") && !is_json) good = 1;
    if (bad("call.no-object") && is_json && !is_object) good = 1;
    if (bad("call.wrong-arguments") && is_object) good = 1;
    if (!good) return failed(result, "the arguments do not fit");
    if (bad("call.returns")) crash();
    if (bad("call.text-ends")) seen = a.data[a.size];
    if (bad("call.no-id")) seen = call->id.data[0];
    if (bad("call.stop"))
        if (call->stop_requested(call)) for_ever(NULL);
    if (bad("call.texts-gone")) read_all(kept_arguments), kept_arguments = a;
    if (bad("call.log-levels")) call->log(call, 8, text_of("very loud"));
    call->log(call, HAFT_LOG_DEBUG, text_of("looking"));
    call->progress(call, 1, 2, text_of("half"));
    call->progress(call, bad("call.progress") ? 0.5 : 2, 2, text_of("done"));
    if (bad("call.threads")) {
        if (__sync_fetch_and_add(&inside, 1) != 0) crash();
        wait_ms(1);
        __sync_fetch_and_sub(&inside, 1);
    }
    if (bad("call.meanwhile")) {
        __sync_fetch_and_add(&inside, 1);
        wait_ms(1);
        __sync_fetch_and_sub(&inside, 1);
    }
    if (bad("call.after-return") && !kept_result) {
        kept_result = result;
        pthread_create(&thread, NULL, late, result);
    }
    if (bad("call.agrees")) {
        result->fail(result, text_of("it can't"));
        return 0;
    }
    if (bad("call.failure-json")) {
        result->fail_json(result, text_of("it can't"));
        return 1;
    }
    result->block(result, text_of(bad("call.blocks") ? "{\"type\":\"picture\"}" : "{\"type\":\"image\",\"data\":\"AAEC\",\"mimeType\":\"image/gif\"}"));
    result->json(result, text_of(bad("call.result-json") ? "{\"n\":" : bad("call.result-fits") ? "{\"n\":\"1\"}" : "{\"n\":1}"));
    if (bad("call.one-result")) result->text(result, text_of("and more"));
    return 0;
}

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static void destroy(void* value) { seen = *(char*)value; }
static void make_key(void) { pthread_key_create(&key, destroy); }

__attribute__((unused)) static int call(void* state, const haft_call* call, haft_result* result) {
    (void)state;
    THROW("life.exceptions");
    if (bad("unload.threads")) {
        pthread_once(&once, make_key);
        pthread_setspecific(key, (void*)BAD);
    }
    if (is(call->kind, "tool")) {
        if (bad("call.no-name") && call->name.data == NULL) crash();
        if (bad("call.whole-names") && call->name.size > 4 && memcmp(call->name.data, "tell", 4) == 0) {
            result->text(result, text_of("told"));
            return 0;
        }
        if (is(call->name, TOOL_NAME)) return look(call, result);
        if (is(call->name, "tell")) {
            if (bad("call.own-thread")) {
                pthread_create(&thread, NULL, at_once, result);
                pthread_join(thread, NULL);
                return 0;
            }
            result->text(result, text_of(bad("call.result-text") ? "a\xFFz" : "told"));
            return 0;
        }
        if (bad("call.unknown-tool") && has(call->name, "nobody")) return 0;
        if (bad("call.says-why")) return 1;
    } else if (is(call->kind, "command") || is(call->kind, "hook") || is(call->kind, "enricher")) {
        return 0;
    } else if (bad("call.unknown-kind")) {
        return 0;
    }
    return failed(result, "that is not offered");
}

static const void* extension(void* state, haft_text name) {
    (void)state, (void)name;
    return bad("table.extension") ? BAD : NULL;
}

/* --- the table */

#ifndef TABLE_SIZE
#define TABLE_SIZE sizeof(haft_plugin)
#endif
#ifndef TABLE_MAJOR
#define TABLE_MAJOR HAFT_ABI_MAJOR
#endif
#ifndef TABLE_CALL
#define TABLE_CALL call
#endif
#ifdef TABLE_CHANGES
static haft_plugin table = {
#else
__attribute__((unused)) static const haft_plugin table = {
#endif
    TABLE_SIZE, TABLE_MAJOR, HAFT_ABI_MINOR, NULL, setup, teardown, describe, TABLE_CALL, initialize, shutdown_, extension};

/* When it is loaded, and when it is unloaded or the process ends. */
static void at_exit(int code, void* nothing) { (void)code, (void)nothing; }
__attribute__((constructor)) static void at_load(void) {
    if (bad("load.opens")) _exit(3);
    if (bad("unload.exit-after")) on_exit(at_exit, NULL);
}
__attribute__((destructor)) static void at_unload(void) {
    if (bad("unload.exit")) crash();
}

#ifdef EXPORTS_MORE
HAFT_PLUGIN_EXPORT int more(void) { return 0; }
#endif
#ifdef UNIQUE_SYMBOL
__asm__(".pushsection .data\n.globl haft_test_unique\n.type haft_test_unique, %gnu_unique_object\n.size haft_test_unique, 4\n"
        "haft_test_unique: .long 0\n.popsection");
#endif
#ifdef TEXT_RELOCATION
__asm__(".pushsection .text\n.balign 8\n.quad haft_plugin_v1\n.popsection");
#endif
#ifdef NEEDS_ANOTHER
int haft_test_another(void);
int (*volatile another)(void) = haft_test_another;
#endif

#ifndef NO_ENTRY
const haft_plugin* haft_plugin_v1(const haft_host* host) {
#ifdef TABLE_CHANGES
    the_table = &table;
#endif
    if (bad("table.given")) return NULL;
    if (bad("table.newer-host") && (host->size != sizeof *host || host->abi_minor != HAFT_ABI_MINOR)) return NULL;
    if (bad("table.memory")) {
        haft_plugin* const copy = (haft_plugin*)malloc(sizeof table);
        memcpy(copy, &table, sizeof table);
        return copy;
    }
    return &table;
}
#endif
