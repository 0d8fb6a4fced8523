// SPDX-License-Identifier: BSL-1.0 jaato's discovery tour and Qanot's weather plugin, without a line of C++ in the plugins:
// folders with a manifest, files that say which programs are tools, and a configuration. Runs in the root of the project.
#include <haft/command.hpp>
#include <haft/config/load_file.hpp>
#include <haft/hook.hpp>
#include <haft/plugin/declarative/discover_plugins.hpp>
#include <haft/plugin/plugin_loader.hpp>
#include <haft/prompt/load_template.hpp>
#include <haft/registry.hpp>

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

namespace {

/// What differs from machine to machine is left out.
void say(std::string text) {
    const std::string here = std::filesystem::canonical(std::filesystem::current_path()).string() + "/";
    for (std::size_t at; (at = text.find(here)) != text.npos;) text.erase(at, here.size());
    std::printf("%s\n", text.c_str());
}
void call(haft::registry& registry, std::string_view tool, std::string_view arguments) {
    const haft::result<std::string> out = registry.call(tool, arguments);
    say(std::string(tool) + " " + std::string(arguments) + "\n  " + (out ? *out : out.error().text()));
}

}  // namespace

int main() {
    const std::filesystem::path here = "examples/07_declarative";

    std::puts("== discovery");
    const haft::logger log(
        [](haft::log_level level, std::string_view, std::string_view message) {
            say(std::string(haft::name_of(level)) + ": " + std::string(message));
        },
        *haft::parse_log_setting("debug:plugins"));  // a host reads HAFT_LOG
    const haft::plugin_discovery found =
        haft::discover_plugins({{here / "shipped", haft::plugin_scope::built_in},
                                {here / "project", haft::plugin_scope::project},
                                {here / "user", haft::plugin_scope::user}},
                               // A checkout may be anybody's; a host looks whose its places are.
                               {.wanted = {"weather", "discovry"}, .check_owners = false, .log = log});

    std::puts("\n== loading");
    const haft::result<haft::configuration> settings = haft::load_config_file(here / "settings.toml");
    haft::registry registry;
    haft::plugin_loader loader(registry);
    for (const haft::found_plugin& one : found.found) {
        const auto* const config = settings ? settings->find("/plugin/" + one.name) : nullptr;
        loader.add(haft::entry_of(one, {}, log), config ? config->dump() : "{}");
    }
    const haft::load_report report = loader.load();
    for (const haft::error& e : report.failed) say(e.text());
    for (const haft::plugin_status& one : loader.status()) say(one.text());

    std::puts("\n== tools");
    call(registry, "forecast", R"({"city": "New York", "days": 3})");
    call(registry, "forecast", R"({"city": "Atlantis"})");
    call(registry, "forecast", R"({"city": "Ulm", "dasy": 3})");
    call(registry, "forecast", R"({"city": "-rf"})");
    call(registry, "list_files", R"({"folder": "examples/07_declarative/shipped"})");
    call(registry, "count_words", R"({"text": "one two\nthree"})");

    std::puts("\n== commands, hooks, templates");
    say(registry.get<haft::command_set>().dispatch("/w \"New York\"").text());
    for (const haft::message& one :
         registry.get<haft::hook_set>().emit<haft::session_start>(haft::session_start::data{}).messages)
        say(one.text);
    const auto trip = haft::load_template(registry.get<haft::template_loaders>(), "weather:trip");
    say(trip ? trip->what.prompt : trip.error().text());
}
