// SPDX-License-Identifier: BSL-1.0
/* What a bad plugin says and is otherwise than the good one, where that is decided when it is compiled. */
#if defined(BAD_note_present)
#define NO_NOTE
#elif defined(BAD_note_once)
#define NOTE_TWICE
#elif defined(BAD_note_version)
#define NOTE_MAJOR 2
#elif defined(BAD_note_json)
#define NOTE_REST "\"version\":1"
#elif defined(BAD_note_name)
#define NOTE_NAME "\"name\":\"two words\","
#elif defined(BAD_note_description)
#define NOTE_DESCRIPTION ""
#elif defined(BAD_note_texts)
#define NOTE_REST "\"version\":\"1.0.0\xE2\x80\xAE\""
#elif defined(BAD_note_config_schema)
#define NOTE_CONFIG "{\"type\":\"objekt\"}"
#elif defined(BAD_symbols_entry)
#define NO_ENTRY
#elif defined(BAD_table_size)
#define TABLE_SIZE 16
#elif defined(BAD_table_version)
#define TABLE_MAJOR 2
#elif defined(BAD_table_functions)
#define TABLE_CALL NULL
#elif defined(BAD_describe_keys)
#define MORE_KEYS ",\"tols\":[]"
#elif defined(BAD_describe_tool_names)
#define TOOL_NAME "look at"
#elif defined(BAD_describe_command_names)
#define COMMAND_NAME "say!"
#elif defined(BAD_describe_unique)
#define MORE_TOOLS ",{\"name\":\"tell\",\"description\":\"Tells a text\",\"effect\":\"read_only\"}"
#elif defined(BAD_describe_input_schemas)
#define TOOL_INPUT "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"description\":\"How many\"}},\"required\":[\"m\"]}"
#elif defined(BAD_describe_output_schemas)
#define TOOL_OUTPUT "{\"type\":\"objekt\"}"
#elif defined(BAD_describe_effects)
#define TOOL_EFFECT ""
#elif defined(BAD_describe_hints)
#define TOOL_HINTS "\"threadsafe\""
#elif defined(BAD_describe_words)
#define TOOL_WORDS ""
#elif defined(BAD_describe_visible)
#define TOOL_WORDS "\"description\":\"Gives\xE2\x80\x8B its words back\","
#elif defined(BAD_describe_hook_points)
#define HOOK_POINT "session_begin"
#elif defined(BAD_describe_enrichers)
#define ENRICHER_REST ""
#elif defined(BAD_symbols_exports)
#define EXPORTS_MORE
#elif defined(BAD_symbols_unique)
#define UNIQUE_SYMBOL
#elif defined(BAD_symbols_needed)
#define NEEDS_ANOTHER
#elif defined(BAD_symbols_text_relocations)
#define TEXT_RELOCATION
#elif defined(BAD_table_constant)
#define TABLE_CHANGES
#endif
