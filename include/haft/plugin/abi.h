// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_ABI_H
#define HAFT_PLUGIN_ABI_H

/// The border between a host and a plugin that is a shared library. C99, and C++11: whatever language, compiler and standard
/// library the two were made with, only what stands here crosses.
///
/// A library is a plugin if it has
///   - a note (HAFT_PLUGIN_NOTE): what it is and needs, read from the file before anything of it runs;
///   - one symbol, `haft_plugin_v1`, of the type haft_plugin_entry.
///
/// Words of the contracts below:
///   [host-thread]  one such function at a time for a plugin, on whatever thread loads, exposes, hides and unloads it
///   [any-thread]   from any thread, from several at once, and while a [host-thread] function runs
///
/// Whose memory: every text belongs to whoever passes it and is gone when the function returns; who wants to keep it copies it.
/// Nothing is freed across the border. Texts are UTF-8, may hold any character and end nowhere but at their size.
/// No exception, no longjmp crosses.
///
/// Versions: the major one is in the name of the entry; another one is refused. A minor one adds members at the end of a table:
/// each table begins with its size, and HAFT_HAS says whether the other side knows of a member. What is not yet settled is got
/// by `extension`, under a name that begins with "draft."; it may change. A test holds every offset of this file.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HAFT_ABI_MAJOR 1u
#define HAFT_ABI_MINOR 0u

/// The bytes from the beginning of a table to a place in it. (Without a cast that C++ calls old.)
static inline size_t haft_size_up_to(const void* table, const void* end) {
#ifdef __cplusplus
    return static_cast<size_t>(static_cast<const char*>(end) - static_cast<const char*>(table));
#else
    const char* const from = table;
    const char* const to = end;
    return (size_t)(to - from);
#endif
}
/// Whether a table that was given has that member: `if (HAFT_HAS(host, extension)) …`
#define HAFT_HAS(table, member) ((table)->size >= haft_size_up_to((table), &(table)->member + 1))

#if defined(__GNUC__)
#define HAFT_PLUGIN_EXPORT __attribute__((visibility("default")))
#elif defined(_WIN32)
#define HAFT_PLUGIN_EXPORT __declspec(dllexport)
#else
#define HAFT_PLUGIN_EXPORT
#endif

/// `size` bytes; `data` may be null if that is 0.
typedef struct haft_text {
    const char* data;
    size_t size;
} haft_text;

/// How serious a message is: RFC 5424's, as in MCP.
enum {
    HAFT_LOG_DEBUG = 0,
    HAFT_LOG_INFO = 1,
    HAFT_LOG_NOTICE = 2,
    HAFT_LOG_WARNING = 3,
    HAFT_LOG_ERROR = 4,
    HAFT_LOG_CRITICAL = 5,
    HAFT_LOG_ALERT = 6,
    HAFT_LOG_EMERGENCY = 7
};

/// Takes what a function gives. Made by the host for one call; for use in that call only, on the thread that runs it.
/// Of text, json and fail the first counts, and none of them means: it gave nothing.
typedef struct haft_result {
    size_t size;
    void* host;  ///< the host's; not the plugin's business
    /// The result is a text.
    void (*text)(struct haft_result* result, haft_text text);
    /// The result is a value: JSON. What is no JSON is an error of the plugin's.
    void (*json)(struct haft_result* result, haft_text value);
    /// Beside the result: one of MCP's content blocks, `{"type":"image","data":"…","mimeType":"image/png"}`.
    void (*block)(struct haft_result* result, haft_text block);
    /// There is no result, and this is why, for the model to read: a text.
    void (*fail)(struct haft_result* result, haft_text problem);
    /// The same with all there is to know of it: `{"code":"E0201","message":"…","faults":[{"code":…,"pointer":…,"message":…}]}`.
    void (*fail_json)(struct haft_result* result, haft_text problem);
} haft_result;

/// One call: what is wanted, and who wants it. Made by the host; for use in that call only, on the thread that runs it.
typedef struct haft_call {
    size_t size;
    const void* host;  ///< the host's
    haft_text kind;   ///< of what is called: "tool", "hook", "command", "enricher", … as `describe` lists them
    haft_text name;   ///< its name, as `describe` lists it
    /// JSON. Of a tool the object of its arguments: checked against its schema unless `describe` said "checks_arguments".
    haft_text arguments;
    haft_text id;  ///< the caller's name for this call; may be empty
    /// Whether nobody waits for the result any more: not 0. Who takes long asks now and then, and returns.
    int (*stop_requested)(const struct haft_call* call);
    /// How far it is; `total` 0: nobody knows.
    void (*progress)(const struct haft_call* call, double done, double total, haft_text message);
    /// Tells people something that is not the result.
    void (*log)(const struct haft_call* call, int level, haft_text message);
} haft_call;

/// What a host is to its plugins. Lives as long as the library is loaded.
typedef struct haft_host {
    size_t size;
    uint32_t abi_major;
    uint32_t abi_minor;
    const void* host;  ///< the host's
    haft_text name;   ///< `haft`
    haft_text version;
    /// Tells people something outside of any call. [any-thread]
    void (*log)(const struct haft_host* host, int level, haft_text message);
    /// A table of that name, or null. [any-thread]
    const void* (*extension)(const struct haft_host* host, haft_text name);
} haft_host;

/// A plugin: memory of the library's own that never changes. `setup`, `describe` and `call` must be there, the others may be
/// null. Where a function gives an int, 0 means that it did well, and otherwise `result` has been told by fail why not.
typedef struct haft_plugin {
    size_t size;
    uint32_t abi_major;
    uint32_t abi_minor;
    void* state;  ///< the plugin's; given to each of its functions
    /// Once, first. `config` is a JSON object that fits its schema. If it fails nothing else is called. [host-thread]
    int (*setup)(void* state, haft_text config, haft_result* result);
    /// Once, last, after each call has returned. Threads of the plugin's have ended when it returns. [host-thread]
    void (*teardown)(void* state);
    /// Gives, as json, what the plugin offers; between setup and teardown, and again whenever it is set up. [host-thread]
    int (*describe)(void* state, haft_result* result);
    /// Does one of the things that it offers. [any-thread]
    int (*call)(void* state, const haft_call* call, haft_result* result);
    /// When it is exposed, and again when it is exposed with another configuration; before any call. [host-thread]
    int (*initialize)(void* state, haft_text config, haft_result* result);
    /// When it is hidden. Calls that began before may still run. [host-thread]
    void (*shutdown)(void* state);
    /// A table of that name, or null. [any-thread]
    const void* (*extension)(void* state, haft_text name);
} haft_plugin;

/// The one symbol, `haft_plugin_v1`. Called once; does no more than to hand out the table. Null: the plugin can't run here.
typedef const haft_plugin* haft_plugin_entry(const haft_host* host);
#define HAFT_PLUGIN_ENTRY_NAME "haft_plugin_v1"
HAFT_PLUGIN_EXPORT haft_plugin_entry haft_plugin_v1;

/// The note: an ELF note (System V ABI, "Note Section") of the owner "haft" and this type, in the section .note.haft. Its
/// descriptor: the major and the minor version, four bytes each in the byte order of the file, then JSON: an object with the
/// manifest's keys (`name`, `version`, … as in plugin.json), `config_schema` (JSON Schema) and `built_with`. Zeros may follow it.
#define HAFT_NOTE_OWNER "haft"
#define HAFT_NOTE_TYPE 1u
#define HAFT_NOTE_SECTION ".note.haft"

/// The same as bytes of the library; `capacity` characters for the JSON.
#define HAFT_NOTE_STRUCT(capacity) \
    struct {                       \
        uint32_t owner_size;       \
        uint32_t size;             \
        uint32_t type;             \
        char owner[8];             \
        uint32_t abi_major;        \
        uint32_t abi_minor;        \
        char json[(capacity)];     \
    }
#define HAFT_NOTE_PLACE __attribute__((used, aligned(4), section(HAFT_NOTE_SECTION)))

/// Puts the note into the library: `HAFT_PLUGIN_NOTE("{\"name\":\"hello\",\"version\":\"1.0.0\"}");`, once, outside of functions.
#define HAFT_PLUGIN_NOTE(json_literal)                                                     \
    static const HAFT_NOTE_STRUCT(sizeof(json_literal)) haft_plugin_note HAFT_NOTE_PLACE = { \
        sizeof(HAFT_NOTE_OWNER), 8u + sizeof(json_literal), HAFT_NOTE_TYPE,                  \
        HAFT_NOTE_OWNER,         HAFT_ABI_MAJOR,                      HAFT_ABI_MINOR,        \
        json_literal}

#ifdef __cplusplus
}
#endif

#endif  // HAFT_PLUGIN_ABI_H
