// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_PROGRAM_HPP
#define HAFT_HOST_PROGRAM_HPP

/// A program around tools, as each of its commands sees it. POSIX.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/format/name.hpp>
#include <haft/host/arguments.hpp>
#include <haft/host/list_format.hpp>
#include <haft/host/mcp_config.hpp>
#include <haft/host/run_options.hpp>
#include <haft/host/terminal.hpp>
#include <haft/host/tool_json.hpp>
#include <haft/host/tool_sources.hpp>
#include <haft/tool/explanation.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <cstdio>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace haft::inline v0::host {

/// The names in a table, one behind the other.
HAFT_COLD inline std::string words_of(const auto& table, std::string_view separator) {
    std::string out;
    for (const auto& row : table) append_all(out, {out.empty() ? "" : separator, row.name});
    return out;
}

/// What every command works with: the tools, two terminals, and how to end.
class program {
public:
    /// All of it must outlive this.
    HAFT_COLD program(const tool_sources& of, const run_options& how, std::string_view started_as)
        : sources(of),
          options(how),
          argv0(started_as),
          out(terminal::of(STDOUT_FILENO)),
          err(terminal::of(STDERR_FILENO)),
          tools_(of.tools()),
          names_(tools_),
          file_name_(argv0.substr(argv0.rfind('/') + 1)) {}
    program(const program&) = delete;
    program& operator=(const program&) = delete;

    const tool_sources& sources;
    const run_options& options;
    const std::string_view argv0;
    terminal out, err;
    bool json = false;                     ///< `--json`
    std::string_view usage_of_host = {};   ///< told where the command line is wrong; "": the usage of haft::run

    const toolset& tools() const { return tools_; }
    /// Finds a tool by either spelling of its name.
    const formats::name_map& names() const { return names_; }
    const std::string& file_name() const { return file_name_; }
    const std::string& name() const { return options.name.empty() ? file_name_ : options.name; }

    /// Only these tools from now on: `--tools`.
    HAFT_COLD result<void> select(std::string_view selection) {
        const result<selector> wanted = read_selection(selection);
        if (!wanted) return wanted.error();
        result<toolset> chosen = sources.select(*wanted);
        if (!chosen) return std::move(chosen.error());
        tools_ = std::move(*chosen);
        names_ = formats::name_map(tools_);
        selected_ = *wanted;
        return {};
    }
    bool is_selected() const { return selected_.has_value(); }
    /// What is served as it changes; null where nothing does.
    HAFT_COLD std::shared_ptr<mcp::live_offer> live() const { return sources.live(selected_ ? &*selected_ : nullptr); }

    /// Gives the exit code: a result that could not be written was not given.
    HAFT_COLD int print(std::string_view text) const {
        if (!text.empty()) std::fwrite(text.data(), 1, text.size(), stdout);  // a null pointer is none even for nothing
        std::fputc('\n', stdout);
        if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_ok;
        return fail("can't write to standard output");
    }
    /// A line on standard error.
    HAFT_COLD static void say(std::string_view text, std::string_view more = "") {
        std::fflush(stdout);
        const std::string line = concat({text, more, "\n"});
        std::fwrite(line.data(), 1, line.size(), stderr);
    }
    HAFT_COLD int fail(std::string_view message) const { return say(err.bad("Error: "), message), exit_failed; }
    HAFT_COLD int fail(const error& e) const {
        if (!json) return fail(e.text());
        return print(error_json(e)), exit_failed;
    }

    /// A tool that is not served. Gives the exit code.
    HAFT_COLD int not_served(std::string_view tool_name) const {
        const explanation why = sources.explain(tool_name);
        if (why.served)
            return fail({errc::tool_not_served,
                         concat({"tool ", in_quotes(tool_name), " is not among those that --tools selects"})});
        const error e = haft::not_served(why, tools_);
        if (json || e.code != errc::unknown_tool || tools_.empty()) return fail(e);
        std::string message = e.text() + "\nThere are";
        for (const tool& t : tools_) append_all(message, {&t == tools_.begin() ? " " : ", ", t.name});
        return fail(message);
    }

    /// The command line is wrong. Gives the exit code.
    HAFT_COLD int wrong(std::string_view message, std::string_view nearest = {}) const {
        std::string text(message);
        append_did_you_mean(text, nearest);
        append_all(text, {"\n", usage_of_host.empty() ? usage() : std::string(usage_of_host)});
        return fail(text), exit_usage;
    }
    /// A word of the command line that is none of those known in its place.
    HAFT_COLD int wrong_word(std::string_view message, std::string_view given,
                             std::initializer_list<std::string_view> known) const {
        return wrong(concat({message, in_quotes(given)}), nearest_of(given, known));
    }

    HAFT_COLD std::string usage() const {
        return concat(
            {"usage: ", file_name_,
             " COMMAND\n"
             "  list [--format text|json|names|",
             words_of(list_formats, "|"),
             "] [--strict] [--all]\n"
             "                       the tools, for people or for a provider (strict: schemas for its strict mode;\n"
             "                       all: deferred tools too, which a provider's first prompt is better without)\n"
             "  list --check [--strict]\n"
             "                       what is doubtful about them; exits with 1 at an error (or a warning)\n"
             "  show NAME            one tool: its words, parameters and schemas\n"
             "  explain NAME         why a tool is there, or missing\n"
             "  call [--lenient] [--save FOLDER] NAME JSON|-\n"
             "                       call it with a JSON object (- reads it from standard input; lenient: \"3\" will "
             "do\n"
             "                       for 3; save: images and other files are written to that folder)\n"
             "  serve                be an MCP server on standard input and output; lists deferred tools too, since a\n"
             "                       client has no other way to find them\n",
             options.serve_http ? "  serve --http ADDRESS:PORT [--token-file FILE] [--host NAME]\n"
                                  "        [--leave-time SECONDS] [--drain-time SECONDS]\n"
                                  "                       be one over HTTP; who calls must show the token, if there is one; a name is one\n"
                                  "                       that the host is reached by, beside localhost; after SIGTERM it serves on for the\n"
                                  "                       leave time, with 503 at /health, and then lets calls end within the drain time\n"
                                : "",
             "  mcp-config [CLIENT]  what ",
             words_of(mcp_clients, ", "),
             " want so that they start this program\n"
             "with every command\n"
             "  --tools SELECTION    only these tools, such as 'discord.*,hint:read-only,!shell', or @FILE\n"
             "  --json               lists, results and errors as JSON"});
    }

private:
    toolset tools_;
    formats::name_map names_;
    std::string file_name_;
    std::optional<selector> selected_;
};

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_PROGRAM_HPP
