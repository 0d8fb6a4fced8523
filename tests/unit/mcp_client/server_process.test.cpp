// SPDX-License-Identifier: BSL-1.0
#include <haft/core/stop_source.hpp>
#include <haft/mcp/client/server_process.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <support/temporary_folder.hpp>
#include <sys/wait.h>

namespace {

using namespace haft;
using namespace std::chrono_literals;
using haft_test::temporary_folder;

// A server in the shell. `$id` and `$line` are those of the request.
constexpr std::string_view head = R"sh(
answer() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$id" "$1"; }
text() { answer "{\"content\":[{\"type\":\"text\",\"text\":\"$1\"}]}"; }
while read -r line; do
  id=$(printf '%s' "$line" | sed 's/.*"id":\([0-9]*\).*/\1/')
  case "$line" in
    *'"method":"server/discover"'*) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"no"}}\n' "$id";;
    *'"method":"initialize"'*) answer '{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"sh","version":"1"}}';;
    *'"method":"tools/list"'*) answer "{\"tools\":[{\"name\":\"f\",\"description\":\"$(cat words 2>/dev/null || echo old)\",\"inputSchema\":{\"type\":\"object\"}}]}";;
)sh";
constexpr std::string_view tail = R"sh(
  esac
done
)sh";

mcp::server_process_options options_of(const temporary_folder& in, std::string_view cases, std::string_view before = {}) {
    mcp::server_process_options out;
    out.command.program = in.script("server", std::string(before) + std::string(head) + std::string(cases) + std::string(tail)).string();
    out.command.folder = in.path;
    out.client.server = "s";
    out.first_pause = 0ms;
    out.grace = 1000ms;
    return out;
}
bool has_no_child() { return ::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }
std::size_t open_files() {
    std::size_t n = 0;
    for ([[maybe_unused]] const auto& one : std::filesystem::directory_iterator("/proc/self/fd")) ++n;
    return n;
}
std::string said(const result<std::string>& r) { return r ? *r : r.error().text(); }
bool holds(std::string_view text, std::string_view what) { return text.find(what) != text.npos; }

}  // namespace

TEST_CASE("A server is started, asked and ended, and nothing is left of it", "[NX-11]") {
    const temporary_folder at;
    const std::size_t files = open_files();
    {
        mcp::server_process server(options_of(at, "*tools/call*) text \"hello $HOME $SECRET\";;"));
        const auto tools = server.list_tools();
        REQUIRE(tools);
        REQUIRE(tools->size() == 1);
        CHECK((*tools)[0].name == "f");
        CHECK(holds(said(server.call("f", "{}")), "hello "));
    }
    CHECK(has_no_child());
    CHECK(open_files() == files);
}

TEST_CASE("A server has none of the host's environment but what programs need", "[NX-11]") {
    const temporary_folder at;
    mcp::server_process_options options = options_of(at, "*tools/call*) text \"$HOME $HAFT_KEY $GIVEN\";;");
    options.command.variables = [](std::string_view name) -> std::optional<std::string> {
        if (name == "HOME") return "/home-of-nobody";
        if (name == "PATH") return "/usr/bin:/bin";
        return "leaked";
    };
    options.command.environment = {{"GIVEN", "given"}};
    mcp::server_process server(options);
    CHECK(holds(said(server.call("f", "{}")), "\"/home-of-nobody  given\""));
}

TEST_CASE("A server that can't be started says why", "[NX-11]") {
    const temporary_folder at;
    mcp::server_process_options options = options_of(at, "");
    options.first_pause = 1h, options.most_pause = 1h;
    SECTION("no such program") {
        options.command.program = "haft-no-such-program";
        options.command.variables = [](std::string_view) { return "/bin"; };
        mcp::server_process server(options);
        const auto up = server.start();
        REQUIRE_FALSE(up);
        CHECK(up.error().text() ==
              "MCP server \"s\" can't be started: program \"haft-no-such-program\" was not found; searched in /bin [haft-E0423]");
        const auto again = server.start();
        REQUIRE_FALSE(again);
        CHECK(again.error().code == errc::server_ended);
        CHECK(holds(again.error().text(), "haft-no-such-program"));
        CHECK(holds(again.error().text(), "; it may be started again in "));
    }
    SECTION("it exits at once") {
        options.command.program = at.script("exits", "echo 'no licence' >&2; exit 3").string();
        mcp::server_process server(options);
        const auto up = server.start();
        REQUIRE_FALSE(up);
        CHECK(up.error().text() == "MCP server \"s\" has not begun: it ended with exit code 3; its standard error ends: \"no licence\" [haft-E0423]");
    }
    SECTION("it never answers") {
        options.command.program = at.script("silent", "while read -r line; do :; done").string();
        options.start_limit = 300ms, options.probe_limit = 100ms;
        mcp::server_process server(options);
        const auto up = server.start();
        REQUIRE_FALSE(up);
        CHECK(up.error().text() == "MCP server \"s\" has not answered within 300 ms after its start [haft-E0427]");
    }
    SECTION("it floods") {
        options.command.program = at.script("floods", "yes").string();
        mcp::server_process server(options);
        const auto up = server.start();
        REQUIRE_FALSE(up);
        CHECK(holds(up.error().text(), "has sent 100 lines that make no sense"));
    }
    CHECK(has_no_child());
}

TEST_CASE("A banner on standard output is told, and the server used", "[NX-11]") {
    const temporary_folder at;
    mcp::server_process_options options = options_of(at, "*tools/call*) text ok;;", "echo 'Server running on stdio'\n");
    std::vector<std::string> told;
    std::mutex guard;
    options.log = [&](log_level, std::string_view text) {
        const std::lock_guard lock(guard);
        told.emplace_back(text);
    };
    {
        mcp::server_process server(options);
        CHECK(holds(said(server.call("f", "{}")), "ok"));
    }
    REQUIRE(told.size() == 1);
    CHECK(holds(told[0], "\"Server running on stdio\""));
}

TEST_CASE("[68] [69] A server that aborts in a call ends no host, and is started again", "[NX-11]") {
    const temporary_folder at;
    mcp::server_process_options options = options_of(at, "*'\"die\"'*) echo 'assertion failed' >&2; kill -ABRT $$;; *tools/call*) text ok;;");
    options.most_starts = 3;
    mcp::server_process server(options);
    CHECK(said(server.call("die", "{}")) ==
          "MCP server \"s\" has ended before it answered: it was ended by signal 6; its standard error ends: \"assertion failed\" [haft-E0425]");
    CHECK(holds(said(server.call("f", "{}")), "ok"));  // started again
    for (int i = 0; i < 3; ++i) CHECK(holds(said(server.call("die", "{}")), "E0425"));
    const std::string last = said(server.call("f", "{}"));
    CHECK(holds(last, "was started 3 times in vain"));
}

TEST_CASE("A call that is not answered ends in time, is cancelled, and its late answer is no news", "[NX-11]") {
    const temporary_folder at;
    mcp::server_process_options options = options_of(at, R"sh(
        *'"hang"'*) kept=$id;;
        *notifications/cancelled*) printf '%s\n' "$line" >> cancelled; id=$kept; text late;;
        *tools/call*) text ok;;)sh");
    options.call_limit = 200ms;
    SECTION("by its limit") {
        mcp::server_process server(options);
        CHECK(said(server.call("hang", "{}")) == "MCP server \"s\" has not answered the call of \"hang\" within 200 ms [haft-E0427]");
        CHECK(holds(said(server.call("f", "{}")), "ok"));
        CHECK(holds(haft_test::text_of(at.path / "cancelled"), "\"reason\":\"no answer in time\""));
    }
    SECTION("by its stop token") {
        options.call_limit = 0ms;
        mcp::server_process server(options);
        REQUIRE(server.start());
        stop_source stop;
        std::thread other([&] {
            std::this_thread::sleep_for(50ms);
            stop.request_stop();
        });
        CHECK(said(server.call("hang", "{}", stop_token(stop))) == "the call of \"hang\" was cancelled [haft-E0341]");
        other.join();
        CHECK(holds(said(server.call("f", "{}")), "ok"));
        CHECK(holds(haft_test::text_of(at.path / "cancelled"), "\"reason\":\"cancelled\""));
    }
}

TEST_CASE("Calls of several threads go on side by side, and each has its own answer", "[NX-11]") {
    const temporary_folder at;
    mcp::server_process server(options_of(at, R"sh(*tools/call*) text "$(printf '%s' "$line" | sed 's/.*"n":\([0-9]*\).*/\1/')";;)sh"));
    std::atomic<int> right = 0;
    std::vector<std::thread> all;
    for (int t = 0; t < 4; ++t)
        all.emplace_back([&, t] {
            for (int i = 0; i < 10; ++i) {
                const std::string n = std::to_string(t * 100 + i);
                if (holds(said(server.call("f", "{\"n\":" + n + "}")), "\"text\":\"" + n + "\"")) ++right;
            }
        });
    for (std::thread& one : all) one.join();
    CHECK(right == 40);
}

TEST_CASE("Progress is told to who calls, on its thread", "[NX-11]") {
    const temporary_folder at;
    mcp::server_process server(options_of(at, R"sh(*tools/call*)
        printf '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":%s,"progress":1,"total":2,"message":"half"}}\n' "$id"
        text ok;;)sh"));
    struct final_listener final : call_listener {
        std::thread::id on;
        std::string heard;
        void on_progress(const progress& p) override {
            on = std::this_thread::get_id();
            heard = std::string(p.message);
        }
    } listener;
    CHECK(holds(said(server.call("f", "{}", {}, &listener)), "ok"));
    CHECK(listener.heard == "half");
    CHECK(listener.on == std::this_thread::get_id());
}

TEST_CASE("A list that changes is asked for again", "[NX-11]") {
    const temporary_folder at;
    mcp::server_process server(options_of(at, R"sh(*tools/call*) echo new > words; echo '{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}'; text ok;;)sh"));
    const auto tools = server.list_tools();
    REQUIRE(tools);
    const mcp::tool_print before = mcp::print_of((*tools)[0]);
    CHECK(server.print_now("f")->value() == before);
    CHECK_FALSE(server.tools_have_changed());
    CHECK(holds(said(server.call("f", "{}")), "ok"));
    CHECK(server.tools_have_changed());
    CHECK(before.difference(server.print_now("f")->value()) == "its description");
    CHECK_FALSE(server.print_now("g")->has_value());
}

TEST_CASE("A server that hears neither the end of its input nor SIGTERM is killed, and its children with it", "[NX-11]") {
    const temporary_folder at;
    mcp::server_process_options options = options_of(at, "", "trap '' TERM\n");
    options.command.program = at.script("deaf", std::string("trap '' TERM\nsleep 1000 &\n") + std::string(head) + std::string(tail) + "while :; do sleep 0.05; done").string();
    options.grace = 100ms;
    {
        mcp::server_process server(options);
        REQUIRE(server.start());
    }
    CHECK(has_no_child());
}
