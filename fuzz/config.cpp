// SPDX-License-Identifier: BSL-1.0
// The bytes are a configuration, as TOML and as JSON: it is read or refused with its place, and goes through all that is done with one.
#include <haft/config.hpp>

#include "require.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

using haft_fuzz::require;

namespace {

struct section {
    int days = 3;
    std::vector<std::string> list = {"a"};
    std::optional<bool> enabled = {};
};

std::optional<std::string> home(std::string_view name) {
    return name == "HOME" ? std::optional<std::string>("/h/${x}") : std::nullopt;
}

/// Whether every value has an origin, and nothing else has.
void check_origins(const haft::configuration& config, const char* step) {
    for (const auto& [pointer, origin] : config.origins()) require(config.find(pointer), step, pointer);
    for (const haft::config_explanation& x : [&] {
             haft::config_layers one;
             require(one.add(haft::config_layer::user, config).has_value(), step);
             return one.explain();
         }())
        require(config.origins().count(x.pointer) == 1, step, x.pointer);
}

void use(const haft::result<haft::configuration>& read) {
    if (!read) {
        const std::string text = read.error().text();
        require(text.find("h:") != std::string::npos, "an error has its place", text);
        require(!haft::json::dump_json(text)->empty(), "an error is text", text);
        return;
    }
    check_origins(*read, "of a parsed text");
    const haft::result<std::string> json = haft::json::dump_json(read->value());
    require(json.has_value(), "a configuration is JSON");
    const auto again = haft::parse_json(*json, "h");
    require(again && again->value() == read->value(), "a configuration reads again from its JSON", *json);

    const auto filled = haft::substitute_environment(*read, home);
    if (filled) check_origins(*filled, "of a filled one");
    const auto plugins = haft::normalise_plugins(*read, {"/r", "/h"});
    if (plugins) {
        check_origins(*plugins, "of plugins");
        const auto twice = haft::normalise_plugins(*plugins, {"/other", {}});
        require(twice && twice->value() == plugins->value(), "twice is once", *json);
        require(haft::merge_config(*plugins, *plugins)->value() == plugins->value(), "over itself it is itself", *json);
        require(haft::plugins_of(*plugins).has_value(), "plugins can be read", *json);
    }
    static_cast<void>(read->read<section>(""));
    static_cast<void>(read->read<section>("/plugin/a-b"));
    static_cast<void>(haft::environment_config(home, *read));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    use(haft::parse_toml(text, "h"));
    use(haft::parse_json(text, "h"));
    haft::config_limits few;
    few.max_depth = 4;
    few.max_values = 8;
    static_cast<void>(haft::parse_toml(text, "h", few));
    static_cast<void>(haft::command_line_config({std::string(text)}));
    return 0;
}
