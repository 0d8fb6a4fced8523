// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_DECLARATIVE_LOAD_DECLARATIVE_HPP
#define HAFT_PLUGIN_DECLARATIVE_LOAD_DECLARATIVE_HPP

/// A plugin out of a folder, without any code of C++: a manifest, and files that say which programs are its tools, its commands
/// and its hooks. [DC-08]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/os/variables.hpp>
#include <haft/plugin/config_defaults.hpp>
#include <haft/plugin/declarative/declared_files.hpp>
#include <haft/plugin/declarative/declared_parts.hpp>
#include <haft/plugin/declarative/folder_reader.hpp>
#include <haft/plugin/manifest.hpp>
#include <haft/plugin/plugin.hpp>
#include <haft/plugin/written_config.hpp>
#include <haft/prompt/prompt_template.hpp>
#include <haft/prompt/template_loader.hpp>

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#if __has_include(<boost/hash2/sha2.hpp>)  // what a fragment's id is made of, Boost 1.86
#include <haft/prompt/fragment.hpp>
#include <haft/prompt/fragment_loader.hpp>
#endif

namespace haft::inline v0 {

/// A plugin of a folder, and what was odd about its files.
struct declarative_plugin {
    haft::plugin plugin;
    std::vector<error> warnings = {};  ///< files that nobody reads
};

namespace detail {

/// The configuration that programs are given; it comes when the plugin is exposed, and they may run already.
struct shared_config {
    std::mutex mutex;
    std::string text = "{}";
};

/// That of its folder; of one in the src-layout, that of the folder above.
HAFT_COLD inline std::string default_plugin_name(const std::filesystem::path& folder) {
    return (folder.filename() == "src" ? folder.parent_path() : folder).filename().string();
}

/// Linux gives a program no variable that is longer, its name and the NUL at its end included.
inline constexpr std::size_t most_config_of_programs = 128 * 1024 - sizeof "HAFT_PLUGIN_CONFIG=";

/// The check of configurations: whether programs can be given it, and whether it fits the schema, if there is one.
HAFT_COLD inline void take_config_schema(plugin& out, const json_text& schema, const declared_file& file,
                                         folder_reader& from) {
    if (schema.text != "null")
        if (result<void> taken = take_written_config(out, closed_schema(schema.text)); !taken)
            return from.take(std::move(taken.error()), file, "/config_schema");
    out.check_config = [fits = std::move(out.check_config)](std::string_view config) -> result<void> {
        if (config.size() > most_config_of_programs)
            return error{errc::bad_configuration,
                         concat({"it has ", decimal(config.size()), " bytes; its programs are given it in the variable "
                                 "HAFT_PLUGIN_CONFIG, which holds at most ", decimal(most_config_of_programs),
                                 "; write what is long into a file, and its name here"})};
        return fits ? fits(config) : result<void>();
    };
}

HAFT_COLD inline std::vector<std::string> declared_names(const auto& all) {
    std::vector<std::string> out;
    for (const auto& [name, what] : all) out.push_back(name);
    return out;
}

HAFT_COLD inline void add_declared_templates(plugin& to, folder_reader& from) {
    auto all = std::make_shared<std::map<std::string, prompt_template, std::less<>>>();
    for (const declared_file& file : from.files_in("templates"))
        if (std::optional<prompt_template> read = from.as<prompt_template>(file)) {
            if (read->name.empty()) read->name = file.stem;
            if (!all->emplace(file.stem, std::move(*read)).second)
                from.add(concat({"a template ", in_quotes(file.stem), " is there already, in the other format"}), {},
                         &file);
        }
    if (all->empty()) return;
    to.parts.push_back(template_loader_part(to.name, [all](std::string_view name) -> result<prompt_template> {
        if (const auto found = all->find(name); found != all->end()) return found->second;
        nearest_name nearest(name);
        for (const auto& [one, what] : *all) nearest.consider(one);
        error e{errc::unknown_name, concat({"this plugin has no template ", in_quotes(name)})};
        append_did_you_mean(e.message, nearest.name());
        return e;
    }, [all] { return declared_names(*all); }));
}

#if __has_include(<boost/hash2/sha2.hpp>)
/// Texts that go before a prompt: `weather:packing` is the file `fragments/packing.md`. [TF-05]
HAFT_COLD inline void add_declared_fragments(plugin& to, folder_reader& from) {
    auto all = std::make_shared<std::map<std::string, fragment, std::less<>>>();
    for (folder_reader::text_file& file : from.texts_in("fragments")) {
        std::string source = (from.folder() / file.path).string();
        if (!all->emplace(file.stem, fragment{std::move(file.text), std::move(source)}).second)
            from.add(concat({"a fragment ", in_quotes(file.stem), " is there already, besides ", file.path}));
    }
    if (all->empty()) return;
    to.parts.push_back(fragment_loader_part(to.name, [all](std::string_view name) -> result<fragment> {
        if (const auto found = all->find(name); found != all->end()) return found->second;
        nearest_name nearest(name);
        for (const auto& [one, what] : *all) nearest.consider(one);
        error e{errc::unknown_name, concat({"this plugin has no fragment ", in_quotes(name)})};
        append_did_you_mean(e.message, nearest.name());
        return e;
    }, [all] { return declared_names(*all); }));
}
#else
HAFT_COLD inline void add_declared_fragments(plugin&, folder_reader& from) {
    if (!from.texts_in("fragments").empty()) from.warn("fragments/", "is not read: this host was built with a Boost older than 1.86");
}
#endif

}  // namespace detail

/// Reads a folder with a `plugin.toml` (or `plugin.json`): the manifest; and, each where it is there, `tools/`, `commands/`,
/// `hooks/`, `templates/` and `fragments/`, whose files are read in the order of their names but those that begin with `_`; and
/// `TOOLS.md`, which becomes the plugin's tools_md [PM-10]. A tool, command, hook, template or fragment has its file's name unless it says another.
/// Programs are given the plugin's configuration in the variable HAFT_PLUGIN_CONFIG, as JSON, with the defaults of its schema.
/// Nothing is run.
///
/// The error (E0447) tells every mistake of every file at once, with its file, line and column, its key, what was expected and
/// which name is nearest: a plugin comes whole or not at all.
HAFT_COLD inline result<declarative_plugin> load_declarative(const std::filesystem::path& from_folder,
                                                             program_surroundings around = {}) {
    // Where the host goes later, its programs are still found.
    std::error_code problem;
    std::filesystem::path folder = std::filesystem::absolute(from_folder, problem).lexically_normal();
    if (!folder.has_filename()) folder = folder.parent_path();
    detail::folder_reader from(folder);
    declarative_plugin out;
    const std::string folder_name = detail::default_plugin_name(folder);
    out.plugin.name = folder_name;
    if (!around.variables) around.variables = process_environment;
    auto config = std::make_shared<detail::shared_config>();
    around.variables = [config,
                        outer = std::move(around.variables)](std::string_view name) -> std::optional<std::string> {
        if (name != "HAFT_PLUGIN_CONFIG") return outer(name);
        const std::lock_guard guard(config->mutex);
        return config->text;
    };
    out.plugin.initialize = [config](std::string_view given) {
        const std::lock_guard guard(config->mutex);
        config->text = given.empty() ? "{}" : given;
    };

    if (const std::optional<detail::declared_file> file = from.find("plugin")) {
        if (std::optional<detail::declared_plugin> read = from.as<detail::declared_plugin>(*file)) {
            out.plugin.instructions = std::move(read->instructions);
            out.plugin.models = std::move(read->models);
            const json_text schema = std::move(read->config_schema);
            out.plugin.manifest = detail::manifest_read(*read);
            if (!out.plugin.manifest.name.empty()) out.plugin.name = out.plugin.manifest.name;
            detail::take_config_schema(out.plugin, schema, *file, from);
            config->text = detail::with_defaults(out.plugin.config_schema, "{}");
            if (!legal_plugin_name(out.plugin.name))
                from.add(
                    concat({"no plugin can be named ", in_quotes(out.plugin.name), "; 1 to 64 of A-Z a-z 0-9 _ - can"}),
                    out.plugin.manifest.name.empty() ? "" : "/name", &*file);
        }
    } else if (from.mistakes().empty()) {
        from.add("there is no plugin.toml, and no plugin.json");
    }
    out.plugin.tools = detail::declared_tools(from, around);
    detail::add_declared_commands(out.plugin.parts, from, around);
    detail::add_declared_hooks(out.plugin.parts, from, around);
    if (legal_plugin_name(out.plugin.name)) {
        detail::add_declared_templates(out.plugin, from);
        detail::add_declared_fragments(out.plugin, from);
    }
    out.plugin.tools_md = from.text("TOOLS.md");
    if (!from.mistakes().empty()) {
        error e{errc::bad_declaration, {}, from.mistakes(), from.more_mistakes()};
        e.message =
            concat({"plugin ", in_quotes(folder_name), " can't be loaded: its files have ", json::fault_count(e)});
        return e;
    }
    out.warnings = std::move(from.warnings());
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_DECLARATIVE_LOAD_DECLARATIVE_HPP
