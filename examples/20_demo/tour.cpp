// SPDX-License-Identifier: BSL-1.0
#include "tour.hpp"

#include <haft/haft.hpp>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

namespace demo {

namespace {

class guide {
public:
    explicit guide(const haft::toolset& tools) : tools_(tools), out_(haft::host::terminal::of(STDOUT_FILENO)) {}

    void heading(std::string_view text) const { say("\n" + out_.bold(text)); }
    void say(const std::string& text) const {
        std::fwrite(text.data(), 1, text.size(), stdout);
        std::fputc('\n', stdout);
        std::fflush(stdout);
    }

    /// Runs a command line as a person would; the refusals of a call come to standard output here.
    void command(const std::vector<std::string>& words, int expected) {
        std::string shown = "$ ./scripts/demo.sh";
        for (const std::string& w : words)
            shown += w.find_first_of(" \"{") == std::string::npos ? " " + w : " '" + w + "'";
        say(out_.dim(shown));
        if (words[0] == "call" && expected != haft::host::exit_ok) {
            const haft::result<std::string> r = tools_.call(words[1], words[2]);
            say(r ? *r : out_.bad("Error: ") + r.error().text());
            ok_ = ok_ && !r;
            return;
        }
        std::vector<const char*> argv{"demo"};
        for (const std::string& w : words) argv.push_back(w.c_str());
        ok_ = (haft::run(tools_, static_cast<int>(argv.size()), argv.data()) == expected) && ok_;
    }

    /// Talks to an MCP server in this process: it is a value that takes bytes and gives bytes.
    void protocol(const std::vector<std::string>& messages) {
        haft::mcp::server server(tools_, {.name = "haft demo"});
        server.on_output([&](std::string_view frames) {
            while (!frames.empty() && frames.back() == '\n') frames.remove_suffix(1);
            std::string shown(frames.substr(0, 360));
            if (shown.size() < frames.size()) shown += " ...";
            say(out_.good("<- ") + shown);
            ok_ = ok_ && frames.find("\"error\"") == std::string_view::npos;
        });
        for (const std::string& m : messages) {
            say(out_.warn("-> ") + m);
            server.receive(m + "\n");
            server.poll();
        }
    }

    bool ok() const { return ok_; }

private:
    const haft::toolset& tools_;
    haft::host::terminal out_;
    bool ok_ = true;
};

}  // namespace

int tour(const haft::toolset& tools) {
    guide g(tools);
    g.heading("1. Seven C++ functions are seven tools");
    g.command({"list"}, 0);
    g.heading("2. The schema comes from the signature, made by the compiler");
    g.command({"show", "read_lines"}, 0);
    g.heading("3. JSON in, a checked call on real files, JSON out");
    g.command({"call", "search_text", R"({"text":"fixed_string","extension":".hpp","limit":3})"}, 0);
    g.command({"call", "read_lines", R"({"file":"README.md","lines":{"first":1,"last":5}})"}, 0);
    g.command({"call", "query_docs",
               R"({"sql":"SELECT code, title FROM errors WHERE title LIKE ? ORDER BY code","values":["%type%"]})"},
              0);
    g.heading("4. Wrong arguments never reach the function; every fault is named at once");
    g.command({"call", "search_text", R"({"txt":"haft","limit":5000,"letter_case":"ignored"})"}, 1);
    g.command({"call", "read_lines", R"({"file":"REDAME.md"})"}, 1);
    g.command({"call", "query_docs", R"({"sql":"SELECT code, name FROM errors"})"}, 1);
    g.command({"call", "query_docs", R"({"sql":"DELETE FROM errors"})"}, 1);
    g.heading("5. The same tools as a Model Context Protocol server");
    g.protocol(
        {R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"tour","version":"1"}}})",
         R"({"jsonrpc":"2.0","method":"notifications/initialized"})",
         R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"list_files","arguments":{"folder":"include/haft/core"}}})"});
    g.heading("Yours now");
    g.say(
        "  ./scripts/demo.sh call add_note '{\"text\":\"Try haft\",\"tags\":[\"c++\"]}'\n"
        "  ./scripts/demo.sh call read_notes '{}'\n"
        "  ./scripts/demo.sh serve          for an MCP client; examples/20_demo has the code");
    return g.ok() ? 0 : 1;
}

}  // namespace demo
