// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_NEW_PROJECT_HPP
#define HAFT_HOST_NEW_PROJECT_HPP

/// The beginning of a plugin or of a server: a folder of a few files that work as they are. POSIX.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/os/write_file.hpp>
#include <haft/version.hpp>

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

enum class project_kind : unsigned char {
    declarative_plugin,  ///< a folder with a manifest, and a program that is its tool; nothing to build
    library_plugin,      ///< a plugin class, built as a shared library
    server,              ///< a program of one's own, which is an MCP server
};
inline constexpr std::array<std::string_view, 2> plugin_kinds{"declarative", "library"};

/// One file of a project; `@NAME@`, `@ID@` (the name with `_` for `-`) and `@HAFT@` (haft's version) have been filled in.
struct project_file {
    std::string name;  ///< below the project's folder
    std::string text;
    bool is_program = false;
};

namespace detail {

struct project_template {
    project_kind of;
    std::string_view name;
    std::string_view text;
    bool is_program = false;
};

// Each tool bears its plugin's name, since two plugins may not have one of the same name.
inline constexpr project_template project_templates[]{
    {project_kind::declarative_plugin, "plugin.toml", R"(# What the plugin says of itself. Everything here may be left out.
name = "@NAME@"
version = "0.1.0"
description = "Says hello"

# What may stand in [plugin.@NAME@] of a haft.toml. The programs find it as JSON in HAFT_PLUGIN_CONFIG.
[config_schema]
type = "object"
properties.greeting = {type = "string", default = "Hello"}
)"},
    {project_kind::declarative_plugin, "tools/@ID@_hello.toml", R"(# The tool @ID@_hello: what a model reads of it, and which program does it. There is no shell: each {name} is one word.
description = "Say hello to somebody"
effect = "read_only"

[run]
argv = ["./hello.sh", "--", "{name}", ["{times}"]]
time_limit = 10

[parameters]
type = "object"
required = ["name"]
properties.name = {type = "string", description = "Who is greeted", minLength = 1}
properties.times = {type = "integer", description = "How often", minimum = 1, maximum = 10}
)"},
    {project_kind::declarative_plugin, "hello.sh", R"(#!/bin/sh
# hello.sh -- NAME [TIMES]: what it prints is the tool's result; what it says on standard error is told where it fails.
shift
name=$1
times=${2:-1}
while [ "$times" -gt 0 ]; do
    printf 'Hello %s\n' "$name"
    times=$((times - 1))
done
)", true},
    {project_kind::declarative_plugin, "TOOLS.md", R"(Use @ID@_hello when somebody is to be greeted.
)"},
    {project_kind::library_plugin, "CMakeLists.txt", R"(cmake_minimum_required(VERSION 3.25)
project(@ID@ VERSION 0.1.0 LANGUAGES CXX)

find_package(haft @HAFT@ REQUIRED) # CMAKE_PREFIX_PATH says where, if it is installed in a place of its own

haft_add_plugin(@ID@_plugin MODULE SOURCES @ID@.cpp)
set_target_properties(@ID@_plugin PROPERTIES OUTPUT_NAME @NAME@)
)"},
    {project_kind::library_plugin, "@ID@.cpp", R"(// The plugin @NAME@. Whatever has a name that haft knows (manifest, config, setup, teardown, haft_toolbox ...) is used;
// what is nearly one of them does not compile.
#include <haft/plugin.hpp>
#include <haft/plugin/glue.hpp>
#include <haft/tool.hpp>

#include <array>
#include <string>

namespace {

class the_plugin {
public:
    static constexpr haft::manifest manifest{.name = "@NAME@", .version = "0.1.0", .description = "Says hello"};

    struct config {
        std::string greeting = "Hello";
    };
    void setup(const config& c) { greeting_ = c.greeting; }

    struct hello_arguments {
        std::string name;
        int times = 1;
        static constexpr std::array haft_fields{haft::field{"name", "Who is greeted", haft::min_length(1)},
                                                haft::field{"times", "How often", haft::minimum(1), haft::maximum(10)}};
    };
    std::string hello(const hello_arguments& a) const {
        std::string out;
        for (int i = 0; i < a.times; ++i) out += greeting_ + " " + a.name + "\n";
        return out;
    }

    static consteval auto haft_toolbox() {
        return haft::toolbox_words(
            "", haft::method<&the_plugin::hello>({.description = "Say hello to somebody", .effect = haft::read_only}));
    }

private:
    std::string greeting_;
};

}  // namespace

HAFT_EXPORT_PLUGIN(the_plugin);
)"},
    {project_kind::server, "CMakeLists.txt", R"(cmake_minimum_required(VERSION 3.25)
project(@ID@ VERSION 0.1.0 LANGUAGES CXX)

find_package(haft @HAFT@ REQUIRED) # CMAKE_PREFIX_PATH says where, if it is installed in a place of its own

add_executable(@ID@_server main.cpp)
set_target_properties(@ID@_server PROPERTIES OUTPUT_NAME @NAME@)
target_link_libraries(@ID@_server PRIVATE haft::haft)
)"},
    {project_kind::server, "main.cpp", R"(// The program @NAME@: @NAME@ list, @NAME@ call hello '{"name": "Ada"}', and @NAME@ serve, which is an MCP server.
// @NAME@ mcp-config says what its clients want to have in their files.
#include <haft/haft.hpp>

#include <array>
#include <string>

namespace {

struct hello_arguments {
    std::string name;
    int times = 1;  // a default: the parameter is optional
    static constexpr std::array haft_fields{haft::field{"name", "Who is greeted", haft::min_length(1)},
                                            haft::field{"times", "How often", haft::minimum(1), haft::maximum(10)}};
};

std::string hello(const hello_arguments& a) {
    std::string out;
    for (int i = 0; i < a.times; ++i) out += "Hello " + a.name + "\n";
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    const haft::toolset tools{haft::make<&hello>({.description = "Say hello to somebody", .effect = haft::read_only})};
    return haft::run(tools, argc, argv, {.name = "@NAME@", .version = "0.1.0"});
}
)"},
};

HAFT_COLD inline std::string filled_in(std::string_view text, std::string_view name) {
    std::string id(name);
    for (char& c : id)
        if (c == '-') c = '_';
    const std::string version = concat({decimal(HAFT_VERSION_MAJOR), ".", decimal(HAFT_VERSION_MINOR)});
    std::string out;
    while (!text.empty()) {
        const std::size_t at = text.find('@');
        out += text.substr(0, at);
        if (at == text.npos) break;
        text.remove_prefix(at);
        bool known = false;
        for (const auto& [word, value] :
             {std::pair<std::string_view, std::string_view>{"@NAME@", name}, {"@ID@", id}, {"@HAFT@", version}}) {
            if (!text.starts_with(word)) continue;
            out += value;
            text.remove_prefix(word.size());
            known = true;
            break;
        }
        if (known) continue;
        out += '@';
        text.remove_prefix(1);
    }
    return out;
}

}  // namespace detail

/// Whether a project may be named so: as a plugin may, and not with a digit in front, since it names things in C++. An error (E0410)
/// says what would do.
HAFT_COLD inline result<void> check_project_name(std::string_view name) {
    if (legal_plugin_name(name) && !(name[0] >= '0' && name[0] <= '9') && name[0] != '-') return {};
    std::string mended;
    for (const char c : name.substr(0, name.size() < 64 ? name.size() : 64))
        if (legal_plugin_name(std::string_view(&c, 1))) mended += c;
        else if (!mended.empty() && mended.back() != '-') mended += '-';
    while (!mended.empty() && ((mended[0] >= '0' && mended[0] <= '9') || mended[0] == '-')) mended.erase(0, 1);
    while (!mended.empty() && mended.back() == '-') mended.pop_back();
    return error{errc::bad_plugin_name,
                 concat({"no project can be named ", in_quotes(name), ": expected 1 to 64 of A-Z a-z 0-9 _ -, no digit and no - in front",
                         mended.empty() ? "" : "; ", mended.empty() ? "" : in_quotes(mended), mended.empty() ? "" : " can"})};
}

/// The files of a project of that kind. Requires a name that passes check_project_name.
HAFT_COLD inline std::vector<project_file> project_files(project_kind kind, std::string_view name) {
    std::vector<project_file> out;
    for (const detail::project_template& one : detail::project_templates)
        if (one.of == kind)
            out.push_back({detail::filled_in(one.name, name), detail::filled_in(one.text, name), one.is_program});
    return out;
}

/// Writes them into a folder that is not there yet, or is empty. An error (E0442), also where there is something already, which stays
/// as it is.
HAFT_COLD inline result<void> write_project(const std::filesystem::path& folder, const std::vector<project_file>& files) {
    namespace fs = std::filesystem;
    std::error_code problem;
    const auto no = [&](std::string_view what, std::string_view why) {
        return error{errc::file_not_written, concat({what, " ", why})};
    };
    if (fs::exists(fs::symlink_status(folder, problem)) && !(fs::is_directory(folder, problem) && fs::is_empty(folder, problem)))
        return no(in_quotes(folder.string()), "is there already and not empty; nothing was written");
    for (const project_file& one : files) {
        const fs::path file = folder / one.name;
        fs::create_directories(file.parent_path(), problem);
        if (problem) return no(concat({"folder ", file.parent_path().string(), " can't be made:"}), problem.message());
        if (result<void> written = write_file(file, one.text, one.is_program ? 0755 : 0644); !written) return written;
    }
    return {};
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_NEW_PROJECT_HPP
