// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_CHECK_CHECK_LIST_HPP
#define HAFT_PLUGIN_LIBRARY_CHECK_CHECK_LIST_HPP

/// Every check of a library, in the order in which they are made: what the contract says, in one sentence each. The guide has the same
/// list, docs/guide/checking-libraries.md.

#include <haft/core/config.hpp>
#include <haft/plugin/library/check/call_checks.hpp>
#include <haft/plugin/library/check/check_bench.hpp>
#include <haft/plugin/library/check/check_finding.hpp>
#include <haft/plugin/library/check/describe_checks.hpp>
#include <haft/plugin/library/check/file_checks.hpp>
#include <haft/plugin/library/check/life_checks.hpp>

#include <span>
#include <string_view>

namespace haft::inline v0 {

/// One thing that is asked of a library.
struct library_check {
    std::string_view id;        ///< `note.name`; stays what it is
    bool is_warning;            ///< whether a library that breaks it can be used all the same
    std::string_view contract;  ///< what is asked
    std::string_view source;    ///< who asks it: `abi.h`, `guide`, `linker`, `process`
    std::string_view needs;     ///< checks that must have passed, with blanks between
    detail::check_finding (*look)(detail::check_bench&);
};

HAFT_COLD inline std::span<const library_check> library_checks() {
    namespace of = detail::library_checks;
    constexpr std::string_view found = "file.readable", whole = "file.format", noted = "note.json";
    constexpr std::string_view runs = "table.functions", set_up = "life.setup", told = "describe.json";
    constexpr std::string_view lives = "life.teardown life.initialize call.returns", callable = "life.initialize";
    constexpr std::string_view called = "call.returns";
    static constexpr library_check all[] = {
        {"file.readable", false, "The file is there, is a file, and can be read", "guide", "", &of::file_readable},
        {"file.owner", false, "Nobody but root and the user owns it or can write it", "guide", found, &of::file_owner},
        {"file.set-user-id", false, "It has no set-user-ID or set-group-ID bit", "guide", found, &of::file_set_user_id},
        {"file.links", false, "It is no link out of its folder, and has no second name", "guide", found, &of::file_links},
        {"file.folders", false, "Nobody but root and the user can write its folder, nor those above", "guide", found, &of::file_folders},
        {"file.format", false, "It is a whole shared library for this machine", "linker", found, &of::file_format},

        {"note.present", false, "It has a note of a plugin that can be read", "abi.h", whole, &of::note_present},
        {"note.once", true, "It has one such note and no more", "abi.h", "note.present", &of::note_once},
        {"note.version", false, "The note's major version is the host's", "abi.h", "note.present", &of::note_version},
        {"note.json", false, "The note is JSON with the keys of a manifest", "abi.h", "note.version", &of::note_json},
        {"note.name", false, "The note says a name that a plugin can have", "abi.h", noted, &of::note_name},
        {"note.description", true, "The note says what the plugin is for", "abi.h", noted, &of::note_description},
        {"note.texts", true, "No text of the note has characters that nobody sees", "abi.h", noted, &of::note_texts},
        {"note.config-schema", false, "config_schema is JSON Schema of an object, and sound", "abi.h", noted, &of::note_config_schema},

        {"symbols.entry", false, "It exports the function haft_plugin_v1", "abi.h", whole, &of::symbols_entry},
        {"symbols.exports", true, "Nothing else is exported", "abi.h", whole, &of::symbols_exports},
        {"symbols.unique", true, "No symbol is unique in the process, which would keep it in memory", "linker", whole, &of::symbols_unique},
        {"symbols.no-delete", true, "It is not marked to stay in memory", "linker", whole, &of::symbols_no_delete},
        {"symbols.static-tls", true, "Its variables of threads need no room that is set aside when the program starts", "linker", whole,
         &of::symbols_static_tls},
        {"symbols.needed", false, "Libraries that it needs are named without a path", "linker", whole, &of::symbols_needed},
        {"symbols.rpath", false, "Where they are looked for does not depend on the working folder", "linker", whole, &of::symbols_rpath},
        {"symbols.text-relocations", false, "Loading it writes to no code", "linker", whole, &of::symbols_text_relocations},
        {"symbols.writable-code", false, "No memory of it is both writable and code", "linker", whole, &of::symbols_writable_code},
        {"symbols.stack", false, "It wants no stack that can be run", "linker", whole, &of::symbols_stack},

        {"load.opens", false, "The dynamic linker loads it: all that it needs is there", "linker",
         "file.owner file.set-user-id file.links file.folders note.name note.config-schema symbols.entry symbols.stack", &of::load_opens},
        {"table.given", false, "haft_plugin_v1 gives a table", "abi.h", "load.opens", &of::table_given},
        {"table.memory", false, "The table stands in the library's own memory", "abi.h", "table.given", &of::table_memory},
        {"table.size", false, "The table says its size, and has that", "abi.h", "table.memory", &of::table_size},
        {"table.version", false, "The table's major version is the note's", "abi.h", "table.size", &of::table_version},
        {"table.functions", false, "setup, describe and call are there, and each function leads to code", "abi.h", "table.version", &of::table_functions},
        {"table.newer-host", false, "A host of a later minor version, with a longer table, is given a table too", "abi.h", runs, &of::table_newer_host},

        {"life.setup", false, "setup does well with a configuration that fits", "abi.h", runs, &of::life_setup},
        {"describe.gives", false, "describe gives one value, as json", "abi.h", set_up, &of::describe_gives},
        {"describe.json", false, "That is a JSON object in which each key has what it is for", "guide", "describe.gives", &of::describe_json},
        {"describe.keys", true, "Each of its keys is known", "guide", told, &of::describe_keys},
        {"describe.tool-names", false, "Each tool has a name that a tool can have", "guide", told, &of::describe_tool_names},
        {"describe.command-names", false, "Each command and alias has a name that a command can have", "guide", told, &of::describe_command_names},
        {"describe.unique", false, "No two things of one kind are called alike", "guide", told, &of::describe_unique},
        {"describe.input-schemas", false, "Each inputSchema is JSON Schema of an object, and sound", "guide", told, &of::describe_input_schemas},
        {"describe.output-schemas", false, "Each outputSchema is JSON Schema, and sound", "guide", told, &of::describe_output_schemas},
        {"describe.effects", true, "Each tool says what its effect is", "guide", told, &of::describe_effects},
        {"describe.hints", false, "Each hint is one that there is", "guide", told, &of::describe_hints},
        {"describe.words", true, "Each tool, parameter and command has a description", "guide", told, &of::describe_words},
        {"describe.visible", true, "No text holds characters that nobody sees", "guide", told, &of::describe_visible},
        {"describe.hook-points", true, "Each hook is for a point that haft has", "guide", told, &of::describe_hook_points},
        {"describe.enrichers", false, "Each enricher has a pipeline", "guide", told, &of::describe_enrichers},

        {"life.teardown", false, "teardown returns", "abi.h", told, &of::life_teardown},
        {"life.at-once", false, "It can be torn down without having been used", "abi.h", "life.teardown", &of::life_at_once},
        {"life.initialize", false, "initialize does well with the configuration that setup took", "abi.h", told, &of::life_initialize},
        {"call.returns", false, "Calls of read-only tools return", "abi.h", callable, &of::call_returns},
        {"table.constant", false, "The table never changes", "abi.h", lives, &of::table_constant},
        {"table.extension", false, "A name of an extension that nobody has gives null", "abi.h", set_up, &of::table_extension},
        {"life.initialize-again", false, "It can be initialized again, with and without shutdown between", "abi.h", lives, &of::life_initialize_again},
        {"life.again", false, "After teardown it can be set up again", "abi.h", lives, &of::life_again},
        {"describe.same", false, "The same is described each time", "guide", "life.again", &of::describe_same},
        {"life.refuses", false, "A configuration that is none is refused with a reason, or let pass, and then a sound one does well", "abi.h", "life.again",
         &of::life_refuses},
        {"life.config-gone", false, "The text of the configuration is not read after the function has returned", "abi.h", lives, &of::life_config_gone},
        {"life.any-thread", false, "Each step may be on another thread", "abi.h", lives, &of::life_any_thread},
        {"life.exceptions", false, "No exception crosses the border", "abi.h", lives, &of::life_exceptions},
        {"life.threads", false, "Its threads have ended when teardown returns", "abi.h", lives, &of::life_threads},
        {"life.processes", false, "It leaves no processes behind", "process", lives, &of::life_processes},
        {"life.descriptors", false, "It leaves no descriptors open", "process", "life.again", &of::life_descriptors},
        {"life.memory", false, "Memory does not grow from one setup to the next", "process", "life.again", &of::life_memory},
        {"life.output", false, "It writes nothing to standard output and standard error", "process", lives, &of::life_output},
        {"life.input", false, "It reads nothing from standard input, and leaves the three streams as they are", "process", lives, &of::life_input},
        {"life.signals", false, "Handlers of signals stay as they are", "process", lives, &of::life_signals},
        {"life.signal-mask", false, "No signal is blocked on the host's thread that was not", "process", lives, &of::life_signal_mask},
        {"life.locale", false, "The locale stays as it is", "process", lives, &of::life_locale},
        {"life.folder", false, "The working folder stays as it is", "process", lives, &of::life_folder},
        {"life.umask", false, "The umask stays as it is", "process", lives, &of::life_umask},
        {"life.environment", false, "The environment stays as it is", "process", lives, &of::life_environment},
        {"life.floating-point", false, "Rounding and numbers next to 0 stay as they are", "process", lives, &of::life_floating_point},
        {"life.timers", false, "No timer of the process is set", "process", lives, &of::life_timers},
        {"life.limits", false, "The limits of the process stay as they are", "process", lives, &of::life_limits},

        {"call.unknown-tool", false, "A tool that is not offered fails", "abi.h", callable, &of::call_unknown_tool},
        {"call.unknown-kind", false, "A kind that is not offered fails", "abi.h", callable, &of::call_unknown_kind},
        {"call.no-name", false, "An empty text may have no data", "abi.h", callable, &of::call_no_name},
        {"call.whole-names", false, "A name is that of a tool only as a whole", "abi.h", callable, &of::call_whole_names},
        {"call.says-why", false, "Who fails says why", "abi.h", callable, &of::call_says_why},
        {"call.agrees", false, "Who has told a failure does not give 0", "abi.h", called, &of::call_agrees},
        {"call.failure-json", false, "What is given to fail_json is a JSON object", "abi.h", called, &of::call_failure_json},
        {"call.text-ends", false, "No text is read beyond its size", "abi.h", called, &of::call_text_ends},
        {"call.texts-gone", false, "No text of a call is read after the call", "abi.h", "life.teardown call.text-ends", &of::call_texts_gone},
        {"call.no-id", false, "The caller's name for a call may be empty", "abi.h", called, &of::call_no_id},
        {"call.broken-json", false, "Who checks arguments refuses what is no JSON", "guide", callable, &of::call_broken_json},
        {"call.no-object", false, "Who checks arguments refuses what is no object", "guide", callable, &of::call_no_object},
        {"call.wrong-arguments", false, "Who checks arguments refuses what does not fit the inputSchema", "guide", callable, &of::call_wrong_arguments},
        {"call.one-result", true, "A call gives one text or value at most", "abi.h", called, &of::call_one_result},
        {"call.result-json", false, "A value is JSON", "abi.h", called, &of::call_result_json},
        {"call.result-text", false, "A text is UTF-8", "abi.h", called, &of::call_result_text},
        {"call.result-fits", false, "A value fits the outputSchema", "guide", called, &of::call_result_fits},
        {"call.blocks", false, "A block is one of MCP's content blocks", "abi.h", called, &of::call_blocks},
        {"call.own-thread", false, "A call's tables are used on the thread that runs it", "abi.h", called, &of::call_own_thread},
        {"call.after-return", false, "A call's tables are not used after it has returned", "abi.h", lives, &of::call_after_return},
        {"call.log-levels", false, "Messages have a level that there is", "abi.h", called, &of::call_log_levels},
        {"call.progress", false, "Progress grows, up to the total", "abi.h", called, &of::call_progress},
        {"call.stop", false, "A call that is asked to stop returns", "abi.h", called, &of::call_stop},
        {"call.threads", false, "Calls run side by side, those of one tool where it is thread-safe", "abi.h", "call.returns call.stop", &of::call_threads},
        {"call.meanwhile", false, "Calls run while it is described, initialized and hidden", "abi.h", "life.teardown call.stop", &of::call_meanwhile},

        {"unload.exit", false, "The process can end after teardown", "process", lives, &of::unload_exit},
        {"unload.closes", true, "It can be taken out of memory", "linker", "unload.exit life.threads symbols.unique symbols.no-delete", &of::unload_closes},
        {"unload.exit-after", false, "The process can end after it was taken out of memory", "process", "unload.exit life.threads", &of::unload_exit_after},
        {"unload.threads", false, "A thread that has called it can end after it was taken out of memory", "process", "unload.exit life.threads", &of::unload_threads},
        {"unload.again", false, "It can be loaded again after it was taken out of memory", "process", "unload.exit life.threads", &of::unload_again},
    };
    return all;
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_LIBRARY_CHECK_CHECK_LIST_HPP
