// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_PLUGIN_ABI_LAYOUT_H
#define HAFT_TESTS_PLUGIN_ABI_LAYOUT_H

/* Where everything stands in the tables of plugin/abi.h with pointers of 64 bits, as written down when the border was frozen.
   What stands here may not change as long as HAFT_ABI_MAJOR is 1; a new minor version adds lines behind the last one of a table.
   There is no static_assert in C99, and none that C and C++ have in common. */

#include <haft/plugin/abi.h>

#define HOLDS_NAMED(line, condition) typedef char holds_at_line_##line[(condition) ? 1 : -1]
#define HOLDS_AT(line, condition) HOLDS_NAMED(line, condition)
#define HOLDS(condition) HOLDS_AT(__LINE__, condition)
#define SIZE(table, bytes) HOLDS(sizeof(table) == (bytes))
#define PLACE(table, member, bytes) HOLDS(offsetof(table, member) == (bytes))

#if UINTPTR_MAX == 0xFFFFFFFFFFFFFFFFu
SIZE(haft_text, 16);
PLACE(haft_text, data, 0);
PLACE(haft_text, size, 8);

SIZE(haft_result, 56);
PLACE(haft_result, size, 0);
PLACE(haft_result, host, 8);
PLACE(haft_result, text, 16);
PLACE(haft_result, json, 24);
PLACE(haft_result, block, 32);
PLACE(haft_result, fail, 40);
PLACE(haft_result, fail_json, 48);

SIZE(haft_call, 104);
PLACE(haft_call, size, 0);
PLACE(haft_call, host, 8);
PLACE(haft_call, kind, 16);
PLACE(haft_call, name, 32);
PLACE(haft_call, arguments, 48);
PLACE(haft_call, id, 64);
PLACE(haft_call, stop_requested, 80);
PLACE(haft_call, progress, 88);
PLACE(haft_call, log, 96);

SIZE(haft_host, 72);
PLACE(haft_host, size, 0);
PLACE(haft_host, abi_major, 8);
PLACE(haft_host, abi_minor, 12);
PLACE(haft_host, host, 16);
PLACE(haft_host, name, 24);
PLACE(haft_host, version, 40);
PLACE(haft_host, log, 56);
PLACE(haft_host, extension, 64);

SIZE(haft_plugin, 80);
PLACE(haft_plugin, size, 0);
PLACE(haft_plugin, abi_major, 8);
PLACE(haft_plugin, abi_minor, 12);
PLACE(haft_plugin, state, 16);
PLACE(haft_plugin, setup, 24);
PLACE(haft_plugin, teardown, 32);
PLACE(haft_plugin, describe, 40);
PLACE(haft_plugin, call, 48);
PLACE(haft_plugin, initialize, 56);
PLACE(haft_plugin, shutdown, 64);
PLACE(haft_plugin, extension, 72);
#endif

HOLDS(HAFT_ABI_MAJOR == 1 && HAFT_ABI_MINOR == 0);
HOLDS(HAFT_LOG_DEBUG == 0 && HAFT_LOG_INFO == 1 && HAFT_LOG_NOTICE == 2 && HAFT_LOG_WARNING == 3);
HOLDS(HAFT_LOG_ERROR == 4 && HAFT_LOG_CRITICAL == 5 && HAFT_LOG_ALERT == 6 && HAFT_LOG_EMERGENCY == 7);
HOLDS(HAFT_NOTE_TYPE == 1 && sizeof(HAFT_NOTE_OWNER) == 5);
HOLDS(sizeof(HAFT_PLUGIN_ENTRY_NAME) == sizeof("haft_plugin_v1"));

/* A note is as long as its header says, rounded up to four bytes: another note may stand right behind it. */
typedef HAFT_NOTE_STRUCT(8) note_of_8;
typedef HAFT_NOTE_STRUCT(9) note_of_9;
HOLDS(sizeof(note_of_8) == 12 + 8 + 8 + 8 && sizeof(note_of_9) == 12 + 8 + 8 + 12);
HOLDS(offsetof(note_of_8, size) == 4 && offsetof(note_of_8, type) == 8 && offsetof(note_of_8, owner) == 12);
HOLDS(offsetof(note_of_8, abi_major) == 20 && offsetof(note_of_8, abi_minor) == 24 && offsetof(note_of_8, json) == 28);

#endif /* HAFT_TESTS_PLUGIN_ABI_LAYOUT_H */
