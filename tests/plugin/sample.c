// SPDX-License-Identifier: BSL-1.0
/* A plugin in C that offers one of everything, and tells what it was called with. */
#include <haft/plugin/abi.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

HAFT_PLUGIN_NOTE(
    "{\"name\":\"sample\",\"version\":\"1.2.3\",\"description\":\"One of everything\",\"author\":\"haft\","
    "\"license\":\"BSL-1.0\",\"built_with\":\"a C compiler\",\"config_schema\":{\"type\":\"object\",\"properties\":"
    "{\"word\":{\"type\":\"string\",\"minLength\":1}}}}");

static char configuration[256];
static char last_word[256];
static char journal[1024]; /* which functions have run, in order */
static const haft_host* the_host;

static haft_text text_of(const char* text) {
    haft_text out;
    out.data = text;
    out.size = strlen(text);
    return out;
}
static int is(haft_text text, const char* what) {
    return text.size == strlen(what) && memcmp(text.data, what, text.size) == 0;
}
static void keep(char* to, size_t room, haft_text text) {
    size_t n = text.size < room - 1 ? text.size : room - 1;
    if (n) memcpy(to, text.data, n);
    to[n] = 0;
}
static void note(const char* what) {
    if (strlen(journal) + strlen(what) + 2 < sizeof journal) strcat(strcat(journal, what), " ");
}

static int setup(void* state, haft_text config, haft_result* result) {
    (void)state;
    journal[0] = 0;
    note("setup");
    keep(configuration, sizeof configuration, config);
    if (strstr(configuration, "\"refuse\"")) {
        result->fail(result, text_of("it does not want to"));
        return 1;
    }
    if (strstr(configuration, "\"silent\"")) return 1;
    if (strstr(configuration, "\"sleep\"")) {
        struct timespec quarter;
        quarter.tv_sec = 0;
        quarter.tv_nsec = 250000000;
        nanosleep(&quarter, NULL);
    }
    return 0;
}
static void teardown(void* state) {
    (void)state;
    note("teardown");
}
static int initialize(void* state, haft_text config, haft_result* result) {
    (void)state, (void)result;
    note("initialize");
    keep(configuration, sizeof configuration, config);
    return 0;
}
static void shutdown_(void* state) {
    (void)state;
    note("shutdown");
}

static const char everything[] =
    "{\"tools\":["
    "{\"name\":\"echo\",\"description\":\"Gives the text back\",\"title\":\"Echo\",\"effect\":\"read_only\","
    "\"hints\":[\"idempotent\",\"closed-world\"],\"tags\":\"quick\",\"inputSchema\":{\"type\":\"object\","
    "\"properties\":"
    "{\"text\":{\"type\":\"string\",\"maxLength\":40}},\"required\":[\"text\"],\"additionalProperties\":false}},"
    "{\"name\":\"same\",\"description\":\"Gives its arguments\",\"inputSchema\":{\"type\":\"object\"},"
    "\"outputSchema\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}},"
    "{\"name\":\"raw\",\"description\":\"Checks its arguments\",\"checks_arguments\":true,"
    "\"inputSchema\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}},"
    "{\"name\":\"fail\",\"description\":\"Fails\"},{\"name\":\"refuse\",\"description\":\"Fails with all there is\"},"
    "{\"name\":\"picture\",\"description\":\"Gives a picture\"},{\"name\":\"nothing\",\"description\":\"Gives "
    "nothing\"},"
    "{\"name\":\"broken\",\"description\":\"Gives no JSON\"},{\"name\":\"twice\",\"description\":\"Gives two "
    "results\"},"
    "{\"name\":\"wait\",\"description\":\"Waits until it is stopped\"},{\"name\":\"tell\",\"description\":\"Tells the "
    "journal\"},"
    "{\"name\":\"config\",\"description\":\"Tells the configuration\"},{\"name\":\"bytes\",\"description\":\"Gives no "
    "UTF-8\"},"
    "{\"name\":\"caller\",\"description\":\"Tells who calls\"},{\"name\":\"crash\",\"description\":\"Says 1 and not "
    "why\"}],"
    "\"commands\":[{\"name\":\"shout\",\"aliases\":[\"sh\"],\"description\":\"Says it louder\","
    "\"inputSchema\":{\"type\":\"object\",\"properties\":{\"what\":{\"type\":\"string\"}},\"required\":[\"what\"]}}],"
    "\"hooks\":[{\"name\":\"look\",\"point\":\"session_start\"}],"
    "\"enrichers\":[{\"name\":\"polite\",\"prompt\":30}],"
    "\"instructions\":\"Use echo first.\",\"tools_md\":\"## Sample\",\"soul_append\":\"Be brief.\"}";

static int describe(void* state, haft_result* result) {
    (void)state;
    note("describe");
    result->json(result, text_of(everything));
    return 0;
}

static int call(void* state, const haft_call* call, haft_result* result) {
    (void)state;
    if (is(call->kind, "hook")) {
        keep(last_word, sizeof last_word, call->arguments);
        result->json(result, text_of("{\"messages\":[{\"role\":\"system\",\"text\":\"seen\"}]}"));
    } else if (is(call->kind, "command")) {
        char line[300];
        snprintf(line, sizeof line, "%.*s!", (int)call->arguments.size, call->arguments.data);
        result->text(result, text_of(line));
    } else if (is(call->kind, "enricher")) {
        char line[300];
        snprintf(line, sizeof line, "please: %.*s", (int)call->arguments.size, call->arguments.data);
        result->text(result, text_of(line));
    } else if (is(call->name, "echo") || is(call->name, "raw")) {
        result->text(result, call->arguments);
    } else if (is(call->name, "same")) {
        result->json(result, call->arguments);
    } else if (is(call->name, "fail")) {
        result->fail(result, text_of("it can't"));
        return 1;
    } else if (is(call->name, "refuse")) {
        result->fail_json(result, text_of("{\"code\":\"E0209\",\"message\":\"no\",\"faults\":[{\"code\":\"E0205\","
                                          "\"pointer\":\"/n\",\"message\":\"too many\"}]}"));
        return 1;
    } else if (is(call->name, "picture")) {
        result->text(result, text_of("a dot"));
        result->block(result, text_of("{\"type\":\"image\",\"data\":\"AAEC\",\"mimeType\":\"image/gif\"}"));
    } else if (is(call->name, "broken")) {
        result->json(result, text_of("{\"a\":"));
    } else if (is(call->name, "twice")) {
        result->text(result, text_of("first"));
        result->json(result, text_of("2"));
    } else if (is(call->name, "wait")) {
        struct timespec little;
        little.tv_sec = 0;
        little.tv_nsec = 1000000;
        call->progress(call, 1, 2, text_of("half"));
        call->log(call, HAFT_LOG_NOTICE, text_of("waiting"));
        while (!call->stop_requested(call)) nanosleep(&little, NULL);
        result->text(result, text_of("stopped"));
    } else if (is(call->name, "tell")) {
        result->text(result, text_of(journal));
    } else if (is(call->name, "config")) {
        result->text(result, text_of(configuration));
    } else if (is(call->name, "bytes")) {
        result->text(result, text_of("a\xFFz"));
    } else if (is(call->name, "caller")) {
        char line[300];
        snprintf(line, sizeof line, "%.*s %.*s %u.%u %.*s", (int)the_host->name.size, the_host->name.data,
                 (int)call->id.size, call->id.data, (unsigned)the_host->abi_major, (unsigned)the_host->abi_minor,
                 (int)call->kind.size, call->kind.data);
        the_host->log(the_host, HAFT_LOG_WARNING, text_of("somebody asks"));
        result->text(result, text_of(line));
    } else if (is(call->name, "crash")) {
        return 1;
    }
    return 0;
}

static const haft_plugin table = {sizeof(haft_plugin),
                                  HAFT_ABI_MAJOR,
                                  HAFT_ABI_MINOR,
                                  NULL,
                                  setup,
                                  teardown,
                                  describe,
                                  call,
                                  initialize,
                                  shutdown_,
                                  NULL};

const haft_plugin* haft_plugin_v1(const haft_host* host) {
    the_host = host;
    note("entry");
    return &table;
}
