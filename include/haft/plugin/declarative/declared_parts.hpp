// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_DECLARATIVE_DECLARED_PARTS_HPP
#define HAFT_PLUGIN_DECLARATIVE_DECLARED_PARTS_HPP

/// From the files to what a plugin brings: tools, commands and hooks that run programs.

#include <haft/command/command.hpp>
#include <haft/command/command_context.hpp>
#include <haft/command/command_part.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/hook/hook_part.hpp>
#include <haft/kind/part.hpp>
#include <haft/plugin/declarative/declared_files.hpp>
#include <haft/plugin/declarative/folder_reader.hpp>
#include <haft/program/program_tool.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/toolset.hpp>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

HAFT_COLD inline program_settings settings_of(declared_run&& run, const std::filesystem::path& folder) {
    program_settings out;
    out.argv = std::move(run.argv);
    out.base = folder;
    out.folder = std::move(run.folder);
    out.environment = std::move(run.environment);
    out.environment.push_back("HAFT_PLUGIN_CONFIG");
    out.time_limit = std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(run.time_limit * 1000)));
    out.most_output = static_cast<std::size_t>(run.most_output);
    if (!run.success.empty()) out.success.assign(run.success.begin(), run.success.end());
    return out;
}

constexpr effect effect_of(declared_effect e) noexcept {
    return e == declared_effect::read_only  ? effect::read_only
           : e == declared_effect::additive ? effect::additive
                                            : effect::destructive;
}
constexpr hints hint_of(declared_hint h) noexcept {
    switch (h) {
        case declared_hint::idempotent: return hints::idempotent;
        case declared_hint::closed_world: return hints::closed_world;
        case declared_hint::file_ops: return hints::file_ops;
        case declared_hint::code_exec: return hints::code_exec;
        case declared_hint::web: return hints::web;
        case declared_hint::private_data: return hints::private_data;
        case declared_hint::untrusted_input: return hints::untrusted_input;
        case declared_hint::external_send: return hints::external_send;
    }
    return hints::none;
}
HAFT_COLD inline std::string schema_of_file(const json_text& parameters) {
    return parameters.text == "null" ? std::string() : parameters.text;
}

/// Adds one, and keeps what is wrong with it by its place in the file.
HAFT_COLD inline void add_declared(toolset& to, program_tool what, const program_surroundings& around,
                                   const declared_file& file, folder_reader& from) {
    result<void> added = add_program_tool(to, std::move(what), around);
    if (added) return;
    for (fault& f : added.error().faults)
        if (f.pointer.starts_with("/argv")) f.pointer.insert(0, "/run");
    from.take(std::move(added.error()), file);
}

HAFT_COLD inline toolset declared_tools(folder_reader& from, const program_surroundings& around) {
    toolset out;
    for (const declared_file& file : from.files_in("tools")) {
        std::optional<declared_tool> read = from.as<declared_tool>(file);
        if (!read) continue;
        program_tool what;
        what.name = read->name.empty() ? file.stem : std::move(read->name);
        what.description = std::move(read->description);
        what.title = std::move(read->title);
        what.instructions = std::move(read->instructions);
        what.parameters = schema_of_file(read->parameters);
        what.program = settings_of(std::move(read->run), from.folder());
        what.input = std::move(read->input);
        what.output = read->output;
        what.option_like = read->option_like;
        what.effect = effect_of(read->effect);
        for (const declared_hint one : read->hints) what.hints = what.hints | hint_of(one);
        what.tags = std::move(read->tags);
        add_declared(out, std::move(what), around, file, from);
    }
    return out;
}

/// A command that is a tool within: its arguments are read and checked as a tool's.
struct program_command {
    std::string name, description;
    std::vector<std::string> aliases;
    toolset tools;

    static void execute(const void* self, std::string_view arguments, command_context& context, result_writer& to) {
        const auto& own = *static_cast<const program_command*>(self);
        std::string text;
        result_writer out(text, string_results::as_text, context.options);
        own.tools[0].run(arguments, context, out);
        if (out.failed()) return to.fail(std::move(out.error()));
        while (text.ends_with('\n')) text.pop_back();
        if (!text.empty()) context.say(std::move(text));
    }
};

HAFT_COLD inline void add_declared_commands(std::vector<part>& to, folder_reader& from,
                                            const program_surroundings& around) {
    for (const declared_file& file : from.files_in("commands")) {
        std::optional<declared_command> read = from.as<declared_command>(file);
        if (!read) continue;
        auto kept = std::make_shared<program_command>();
        kept->name = read->name.empty() ? file.stem : std::move(read->name);
        kept->description = std::move(read->description);
        kept->aliases = std::move(read->aliases);
        bool legal = true;
        const auto look_at = [&](const std::string& name, std::string pointer) {
            if (legal_command_name(name)) return;
            legal = false;
            from.add(concat({"no command can be named ", in_quotes(name),
                             "; words of A-Z a-z 0-9 _ - . with one blank between them can"}),
                     std::move(pointer), &file);
        };
        look_at(kept->name, "/name");
        for (std::size_t i = 0; i < kept->aliases.size(); ++i)
            look_at(kept->aliases[i], concat({"/aliases/", decimal(i)}));
        program_tool what;
        what.name = "command";
        what.description = kept->description;
        what.parameters = schema_of_file(read->parameters);
        what.program = settings_of(std::move(read->run), from.folder());
        what.input = std::move(read->input);
        what.option_like = read->option_like;
        add_declared(kept->tools, std::move(what), around, file, from);
        if (!legal || kept->tools.empty()) continue;
        command out;
        out.name = kept->name;
        for (const std::string& one : kept->aliases) out.aliases.push_back(one);
        out.description = kept->description;
        out.input_schema = kept->tools[0].input_schema;
        out.share_with_model = read->share_with_model;
        out.execute = &program_command::execute;
        out.self = kept.get();
        to.push_back(command_part(out, {.keeper = kept}));
    }
}

/// A hook's program reads what the point announces, as JSON, and may reply in JSON; no reply is to have nothing to say.
HAFT_COLD inline void add_declared_hooks(std::vector<part>& to, folder_reader& from,
                                         const program_surroundings& around) {
    for (const declared_file& file : from.files_in("hooks")) {
        std::optional<declared_hook> read = from.as<declared_hook>(file);
        if (!read) continue;
        auto program = std::make_shared<ready_program>(settings_of(std::move(read->run), from.folder()),
                                                       std::vector<argv_parameter>(), option_like::refuse, around);
        for (const auto& one : program->argv().mistakes())
            from.add(one.message, concat({"/run/argv", one.pointer}), &file, one.nearest);
        if (!program->argv().mistakes().empty()) continue;
        std::string name = read->name.empty() ? file.stem : std::move(read->name);
        named_hook call = [program, name](std::string_view data) -> result<std::string> {
            std::size_t cut = 0;
            result<std::string> said = program->run(name, {}, std::string(data), {}, &cut);
            if (!said) return said;
            if (cut) return error{errc::bad_hook_reply, "the program's reply is too long and is cut"};
            while (!said->empty() && (said->back() == '\n' || said->back() == ' ')) said->pop_back();
            return said;
        };
        to.push_back(named_hook_part(std::move(read->point), std::move(name), std::move(call),
                                     {.priority = read->priority, .async = read->async, .guard = read->guard},
                                     read->optional));
    }
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_DECLARATIVE_DECLARED_PARTS_HPP
