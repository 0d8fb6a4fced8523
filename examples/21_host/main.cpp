// SPDX-License-Identifier: BSL-1.0
// A whole host, a kitchen's: a configuration, tools and a toolbox that are compiled in, a plugin of each kind and one that is a folder,
// rules for calls, a chat, an MCP server. It reads kitchen.toml in the working folder.
//
//     host chat [TEMPLATE]                           a model talks, and calls; HAFT_CHAT_BASE_URL and HAFT_CHAT_MODEL say which
//     host list | show | explain | call | serve      the program that haft::run makes
#include <haft/config/load_layers.hpp>
#include <haft/config/read_section.hpp>
#include <haft/host/chat.hpp>
#include <haft/host/chat_model.hpp>
#include <haft/host/configured_chat.hpp>
#include <haft/host/configured_host.hpp>
#include <haft/tool/enrol.hpp>

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <unistd.h>

namespace {

int fail(const haft::error& e) { return std::fprintf(stderr, "Error: %s\n", e.text().c_str()), 1; }

/// `[rules]` of the configuration.
struct rules_config {
    std::vector<std::string> allow = {}, deny = {};
};
haft::result<haft::policy> rules_of(const haft::configuration& config) {
    const auto said = config.read<rules_config>("/rules");
    if (!said) return said.error();
    haft::policy out{.otherwise = haft::verdict::allow};  // of what only reads or adds; of the rest somebody is asked
    out.whitelist.assign(said->allow.begin(), said->allow.end());
    out.blacklist.assign(said->deny.begin(), said->deny.end());
    return out;
}

int chat(haft::host::configured_host& host, const haft::configuration& config, std::string form) {
    for (const haft::host::problem& one : host.problems()) std::fprintf(stderr, "Warning: %s\n", one.text.c_str());
    auto rules = rules_of(config);
    if (!rules) return fail(rules.error());
    const auto anybody = [](const haft::config_origin&) { return true; };  // may say where words go: there is but one file, and it is ours
    const auto how = haft::host::chat_config_of(config, anybody);
    if (!how) return fail(how.error());
    const auto model = haft::host::chat_model(host.registry(), {how->base_url, how->model, how->api_key_env, how->ca_file, "kitchen.toml"});
    if (!model) return fail(model.error());
    auto begin = haft::host::begin_chat(host.registry(), {.form = std::move(form), .system = how->system}, host.tools());
    if (!begin) return fail(begin.error());

    haft::host::plain_lines lines;
    haft::host::chat talk(host.registry(), **model, lines,
                          {.begin = std::move(*begin),
                           .out = haft::host::terminal::of(STDOUT_FILENO),
                           .err = haft::host::terminal::of(STDERR_FILENO),
                           .max_rounds = how->max_rounds,
                           .rules = std::move(*rules),
                           .greeting = "The kitchen is open; exit leaves, /help lists commands."});
    return talk.run();
}

}  // namespace

int main(int argc, char** argv) {
    haft::config_sources from;
    from.project = {"kitchen.toml"};
    from.variables = {"/chat/base_url", "/chat/model"};
    const auto layers = haft::load_layers(from);
    if (!layers) return fail(layers.error());

    haft::host::configured_host host;  // the plugins of this program, and the folders that the configuration names
    if (const auto added = host.registry().add_tool(haft::compiled_in()); !added) return fail(added.error());
    if (const auto applied = host.apply(layers->merged()); !applied) return fail(applied.error());

    if (argc > 1 && std::string_view(argv[1]) == "chat") return chat(host, layers->merged(), argc > 2 ? argv[2] : "");
    return haft::run(host, argc, argv, {.name = "kitchen", .version = "1.0.0"});
}
