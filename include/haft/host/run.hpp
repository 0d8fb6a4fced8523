// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_RUN_HPP
#define HAFT_HOST_RUN_HPP

/// `haft::run(tools, argc, argv)`: a whole program around a toolset, with list, show, explain, call, serve and mcp-config. POSIX.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/host/arguments.hpp>
#include <haft/host/call.hpp>
#include <haft/host/list.hpp>
#include <haft/host/program.hpp>
#include <haft/host/run_options.hpp>
#include <haft/host/serve.hpp>
#include <haft/host/show.hpp>
#include <haft/host/tool_sources.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/version.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

namespace host {

namespace detail {

/// One command. Tells first what went wrong with the tools; `list --check` does so itself.
HAFT_COLD inline int run_command(const program& p, words all) {
    const bool checks = all.size() > 1 && all[0] == "list" && all[1] == "--check";
    if (!checks)
        for (const problem& one : p.sources.problems()) p.say(p.err.warn("Warning: "), one.text);
    if (all.empty()) return p.say(p.usage()), exit_usage;
    const std::string_view command = all[0];
    const words rest = all.from(1);
    if (command == "list") return checks ? list_check(p, rest.from(1)) : list(p, rest);
    if (command == "show") return show(p, rest);
    if (command == "explain") return explain(p, rest);
    if (command == "call") return call(p, rest);
    if (command == "serve") return serve(p, rest);
    if (command == "mcp-config") return mcp_configuration(p, rest);
    if (command == "help" || command == "--help" || command == "-h") return p.print(p.usage());
    if (command == "--version") return p.print(concat({p.name(), " ", p.options.version, " (haft " HAFT_VERSION ")"}));
    return p.wrong_word("no command ", command, {"list", "show", "explain", "call", "serve", "mcp-config", "help"});
}

/// `--json` and `--tools` may stand anywhere.
HAFT_COLD inline int run_program(const tool_sources& sources, int argc, const char* const* argv,
                                 const run_options& options) {
    const bool has_name = argc > 0;
    program p(sources, options, has_name ? argv[0] : "haft");
    const words given(has_name ? argv + 1 : argv, has_name ? argv + argc : argv);
    std::vector<const char*> kept;
    const char* selection = "";
    bool selects = false;
    for (std::size_t i = 0; i < given.size(); ++i) {
        if (given[i] == "--json") p.json = true;
        else if (given.option(i, "--tools", selection)) selects = true;
        else kept.push_back(given[i].data());
    }
    if (!selection) return p.wrong("--tools wants a selection, such as 'discord.*,hint:read-only'");
    if (selects)
        if (const result<void> known = p.select(selection); !known) return p.fail(known.error());
    return run_command(p, {kept.data(), kept.data() + kept.size()});
}

}  // namespace detail
}  // namespace host

/// The main function of a program that offers tools: `list`, `show NAME`, `explain NAME`, `call NAME JSON|-`, `serve` (MCP over standard
/// input and output) and `mcp-config`. Offered is what can be used here, which is asked once, at the start, and is not disabled by
/// default; `explain` and `call` say why another is not. `--tools SELECTION` narrows that, or names what is disabled by default.
/// Tools are found by either spelling of their names. Results go to standard output, everything else, first of all what the set
/// has refused and warns of, to standard error. Returns the exit code: 0; 1 when the call gave an error or the tool does not exist;
/// 2 when the command line was wrong. [RG-08]
HAFT_LARGE int run(const toolset& tools, int argc, const char* const* argv, const run_options& options = {});

#if HAFT_DEFINES_LARGE()
HAFT_LARGE int run(const toolset& tools, int argc, const char* const* argv, const run_options& options) {
    return host::detail::run_program(host::set_sources(tools), argc, argv, options);
}
#endif

}  // namespace haft::inline v0

#endif  // HAFT_HOST_RUN_HPP
