// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_DECLARATIVE_DECLARED_FILES_HPP
#define HAFT_PLUGIN_DECLARATIVE_DECLARED_FILES_HPP

/// What may stand in the files of a declarative plugin: the members' names are the keys. [DC-08]

#include <haft/program/argv_template.hpp>
#include <haft/program/program_tool.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/variant.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>
#include <haft/schema/words.hpp>
#include <haft/tool/about.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace haft::inline v0::detail {

/// The table `[run]` of each: how a program is run. See program_settings.
struct declared_run {
    std::vector<argv_element> argv;
    std::string folder = {};
    std::vector<std::string> environment = {};
    double time_limit = 60;
    std::int64_t most_output = 262144;
    std::vector<std::uint8_t> success = {};

    static constexpr std::array haft_fields{
        field{"argv", "The program and its words; {name} is the place of an argument", required},
        field{"folder", "Where it runs, seen from the plugin's folder", not_required},
        field{"environment", "Variables that it may see, or NAME=value", not_required},
        field{"time_limit", "Seconds", minimum(0.001), maximum(86400)},
        field{"most_output", "Bytes", minimum(1), maximum(67108864)},
        field{"success", "Exit codes that mean that it did well", not_required}};
};

enum class declared_effect : unsigned char { read_only, additive, destructive };
enum class declared_hint : unsigned char {
    idempotent,
    closed_world,
    file_ops,
    code_exec,
    web,
    private_data,
    untrusted_input,
    external_send
};

/// tools/*.toml
struct declared_tool {
    std::string name = {};
    std::string description;
    std::string title = {};
    std::string instructions = {};
    declared_run run;
    json_text parameters = {};
    std::string input = {};
    program_output output = program_output::text;
    haft::option_like option_like = haft::option_like::refuse;
    declared_effect effect = declared_effect::destructive;
    std::vector<declared_hint> hints = {};
    std::string tags = {};

    static constexpr std::array haft_fields{
        field{"name", "Instead of the file's", not_required},
        field{"description", "What it does and when to use it, for the model", required},
        field{"title", "For people's eyes", not_required},
        field{"instructions", "When and how to use it, Markdown", not_required},
        field{"run", "The program", required},
        field{"parameters", "JSON Schema of the parameters, an object", not_required},
        field{"input", "The parameter that becomes the standard input", not_required},
        field{"hints", "Further properties", not_required},
        field{"tags", "Further tags with blanks between them", not_required}};
};

/// commands/*.toml
struct declared_command {
    std::string name = {};
    std::vector<std::string> aliases = {};
    std::string description;
    declared_run run;
    json_text parameters = {};
    std::string input = {};
    haft::option_like option_like = haft::option_like::refuse;
    bool share_with_model = false;

    static constexpr std::array haft_fields{
        field{"name", "Instead of the file's", not_required},
        field{"aliases", "Other names", not_required, max_items(8)},
        field{"description", "Its first line stands in the list", required},
        field{"run", "The program", required},
        field{"parameters", "JSON Schema of the parameters, an object", not_required},
        field{"input", "The parameter that becomes the standard input", not_required}};
};

/// hooks/*.toml
struct declared_hook {
    std::string name = {};
    std::string point;
    std::int32_t priority = 0;
    bool guard = false;
    bool async = false;
    bool optional = false;
    declared_run run;

    static constexpr std::array haft_fields{field{"name", "Instead of the file's", not_required},
                                            field{"point", "Where it is called, such as session_start", required},
                                            field{"priority", "Higher ones are called first"},
                                            field{"run", "The program; it reads JSON and may reply in JSON", required}};
};

/// plugin.toml
struct declared_plugin {
    std::string name = {};
    std::string version = {};
    std::string description = {};
    std::string author = {};
    std::vector<std::string> dependencies = {};
    std::vector<std::string> plugin_deps = {};
    std::vector<std::string> optional_plugin_deps = {};
    std::vector<std::string> required_config = {};
    std::string min_host_version = {};
    std::string homepage = {};
    std::string license = {};
    std::string instructions = {};
    std::vector<std::string> models = {};
    json_text config_schema = {};

    static constexpr std::array haft_fields{
        field{"name", "Instead of the folder's", not_required},
        field{"version", "Such as 1.0.0", not_required},
        field{"description", "What it is for", not_required},
        field{"author", "Who made it", not_required},
        field{"dependencies", "Programs that must be there", not_required},
        field{"plugin_deps", "Plugins that must be loaded before it", not_required},
        field{"optional_plugin_deps", "The same, where it can do without", not_required},
        field{"required_config", "Keys that its configuration must have", not_required},
        field{"min_host_version", "The oldest host that will do", not_required},
        field{"homepage", "Where to read more", not_required},
        field{"license", "Such as MIT", not_required},
        field{"instructions", "How its tools belong together, Markdown", not_required},
        field{"models", "Globs of models that it suits", not_required},
        field{"config_schema", "JSON Schema of its configuration, an object", not_required}};
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_DECLARATIVE_DECLARED_FILES_HPP
