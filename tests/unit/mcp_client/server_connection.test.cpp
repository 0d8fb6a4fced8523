// SPDX-License-Identifier: BSL-1.0
#include <haft/core/stop_source.hpp>
#include <haft/mcp/client/server_connection.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <support/open_descriptors.hpp>
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

mcp::server_connection_options options_of(const temporary_folder& in, std::string_view cases, std::string_view before = {}) {
    mcp::server_connection_options out;
    out.command.program = in.script("server", std::string(before) + std::string(head) + std::string(cases) + std::string(tail)).string();
    out.command.folder = in.path;
    out.client.server = "s";
    out.first_pause = 0ms;
    out.grace = 1000ms;
    return out;
}
bool has_no_child() { return ::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }
std::string said(const result<std::string>& r) { return r ? *r : r.error().text(); }
bool holds(std::string_view text, std::string_view what) { return text.find(what) != text.npos; }

}  // namespace

TEST_CASE("A server is started, asked and ended, and nothing is left of it", "[NX-11][fault-105]") {
    const temporary_folder at;
    const std::size_t files = haft_test::open_descriptors();
    {
        mcp::server_connection server(options_of(at, "*tools/call*) text \"hello $HOME $SECRET\";;"));
        const auto tools = server.list_tools();
        REQUIRE(tools);
        REQUIRE(tools->size() == 1);
        CHECK((*tools)[0].name == "f");
        CHECK(holds(said(server.call("f", "{}")), "hello "));
    }
    CHECK(has_no_child());
    CHECK(haft_test::open_descriptors() == files);
}

TEST_CASE("A server has none of the host's environment but what programs need", "[NX-11][fault-105]") {
    const temporary_folder at;
    mcp::server_connection_options options = options_of(at, "*tools/call*) text \"$HOME $HAFT_KEY $GIVEN\";;");
    options.command.variables = [](std::string_view name) -> std::optional<std::string> {
        if (name == "HOME") return "/home-of-nobody";
        if (name == "PATH") return "/usr/bin:/bin";
        return "leaked";
    };
    options.command.environment = {{"GIVEN", "given"}};
    mcp::server_connection server(options);
    CHECK(holds(said(server.call("f", "{}")), "\"/home-of-nobody  given\""));
}

TEST_CASE("A server that can't be started says why", "[NX-11][fault-105]") {
    const temporary_folder at;
    mcp::server_connection_options options = options_of(at, "");
    options.first_pause = 1h, options.most_pause = 1h;
    SECTION("no such program") {
        options.command.program = "haft-no-such-program";
        options.command.variables = [](std::string_view) { return "/bin"; };
        mcp::server_connection server(options);
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
        mcp::server_connection server(options);
        const auto up = server.start();
        REQUIRE_FALSE(up);
        CHECK(up.error().text() == "MCP server \"s\" has not begun: it ended with exit code 3; its standard error ends: \"no licence\" [haft-E0423]");
    }
    SECTION("it never answers") {
        options.command.program = at.script("silent", "while read -r line; do :; done").string();
        options.start_limit = 300ms, options.probe_limit = 100ms;
        mcp::server_connection server(options);
        const auto up = server.start();
        REQUIRE_FALSE(up);
        CHECK(up.error().text() == "MCP server \"s\" has not answered within 300 ms after its start [haft-E0427]");
    }
    SECTION("it floods") {
        options.command.program = at.script("floods", "yes").string();
        mcp::server_connection server(options);
        const auto up = server.start();
        REQUIRE_FALSE(up);
        CHECK(holds(up.error().text(), "has sent 100 lines that make no sense"));
    }
    CHECK(has_no_child());
}

TEST_CASE("A banner on standard output is told, and the server used", "[NX-11][fault-105]") {
    const temporary_folder at;
    mcp::server_connection_options options = options_of(at, "*tools/call*) text ok;;", "echo 'Server running on stdio'\n");
    std::vector<std::string> told;
    std::mutex guard;
    options.log = [&](log_level, std::string_view text) {
        const std::lock_guard lock(guard);
        told.emplace_back(text);
    };
    {
        mcp::server_connection server(options);
        CHECK(holds(said(server.call("f", "{}")), "ok"));
    }
    REQUIRE(told.size() == 1);
    CHECK(holds(told[0], "\"Server running on stdio\""));
}

TEST_CASE("A server that ends in a call ends no host, and is started again, but not for ever", "[NX-11][fault-105]") {
    const temporary_folder at;
    mcp::server_connection_options options = options_of(at, "*'\"die\"'*) echo 'assertion failed' >&2; kill -ABRT $$;; *tools/call*) text ok;;");
    options.most_starts = 3;
    mcp::server_connection server(options);
    CHECK(said(server.call("die", "{}")) ==
          "MCP server \"s\" has ended before it answered: it was ended by signal 6; its standard error ends: \"assertion failed\" [haft-E0425]");
    CHECK(holds(said(server.call("f", "{}")), "ok"));  // started again
    for (int i = 0; i < 3; ++i) CHECK(holds(said(server.call("die", "{}")), "E0425"));
    const std::string last = said(server.call("f", "{}"));
    CHECK(holds(last, "was started 3 times in vain"));
}

TEST_CASE("A call that is not answered ends in time, is cancelled, and its late answer is no news", "[NX-11]") {
    const temporary_folder at;
    mcp::server_connection_options options = options_of(at, R"sh(
        *'"hang"'*) kept=$id;;
        *notifications/cancelled*) printf '%s\n' "$line" >> cancelled; id=$kept; text late;;
        *tools/call*) text ok;;)sh");
    options.call_limit = 200ms;
    SECTION("by its limit") {
        mcp::server_connection server(options);
        CHECK(said(server.call("hang", "{}")) == "MCP server \"s\" has not answered the call of \"hang\" within 200 ms [haft-E0427]");
        CHECK(holds(said(server.call("f", "{}")), "ok"));
        CHECK(holds(haft_test::text_of(at.path / "cancelled"), "\"reason\":\"no answer in time\""));
    }
    SECTION("by its stop token") {
        options.call_limit = 0ms;
        mcp::server_connection server(options);
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
    mcp::server_connection server(options_of(at, R"sh(*tools/call*) text "$(printf '%s' "$line" | sed 's/.*"n":\([0-9]*\).*/\1/')";;)sh"));
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
    mcp::server_connection server(options_of(at, R"sh(*tools/call*)
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
    mcp::server_connection server(options_of(at, R"sh(*tools/call*) echo new > words; echo '{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}'; text ok;;)sh"));
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

TEST_CASE("A server that hears neither the end of its input nor SIGTERM is killed, and its children with it", "[NX-11][fault-105]") {
    const temporary_folder at;
    mcp::server_connection_options options = options_of(at, "", "trap '' TERM\n");
    options.command.program = at.script("deaf", std::string("trap '' TERM\nsleep 1000 &\n") + std::string(head) + std::string(tail) + "while :; do sleep 0.05; done").string();
    options.grace = 100ms;
    {
        mcp::server_connection server(options);
        REQUIRE(server.start());
    }
    CHECK(has_no_child());
}

TEST_CASE("What a server asks is answered by who calls, on its thread, in both eras", "[NX-11]") {
    const temporary_folder at;
    const bool stateless = GENERATE(false, true);
    CAPTURE(stateless);
    mcp::server_connection_options options = options_of(at, R"sh(
        *inputResponses*) printf '%s\n' "$line" > heard; answer '{"resultType":"complete","content":[{"type":"text","text":"thanks"}]}';;
        *'"id":"q1"'*) printf '%s\n' "$line" > heard; id=$kept; text thanks;;
        *tools/call*) kept=$id; echo called >> calls
            if test -e stateless
            then answer '{"resultType":"input_required","requestState":"r","inputRequests":{"k":{"method":"elicitation/create","params":{"message":"Who?"}}}}'
            else printf '{"jsonrpc":"2.0","id":"q1","method":"elicitation/create","params":{"message":"Who?"}}\n'
            fi;;)sh");
    if (stateless) {
        at.file("stateless", "");
        options.command.program = at.script("new", "answer() { printf '{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}\\n' \"$id\" \"$1\"; }\n"
                                                   "read -r line; id=1; answer '{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{}}}'\n"
                                                   "exec " + (at.path / "server").string() + "\n").string();
    }
    options.answers = {question_kind::form};
    struct answering final : asker {
        std::vector<std::string> heard;
        std::thread::id on;
        result<std::string_view> given = std::string_view(R"({"action":"accept","content":{}})");
        result<std::string_view> ask(question q) override {
            heard.push_back(q.from + " " + q.params);
            on = std::this_thread::get_id();
            return given;
        }
        std::string kept;
        std::string_view state() const noexcept override { return kept; }
        void keep(std::string state) override { kept = std::move(state); }
    } person;
    mcp::server_connection server(options);
    SECTION("and goes back to it") {
        CHECK(holds(said(server.call("f", "{}", {}, nullptr, &person)), "thanks"));
        CHECK(person.heard == std::vector<std::string>{R"(MCP server "s" {"message":"Who?"})"});
        CHECK(person.on == std::this_thread::get_id());
        CHECK(holds(haft_test::text_of(at.path / "heard"), stateless ? R"("inputResponses":{"k":{"action":"accept","content":{}}},"requestState":"r")"
                                                                     : R"("result":{"action":"accept","content":{}})"));
    }
    SECTION("or, where the answer can be had only once the call has ended, when it is made again, of which the server hears nothing") {
        person.given = error{errc::input_needed, "later"};
        CHECK(said(server.call("f", "{}", {}, nullptr, &person)) == "later [haft-E0473]");
        CHECK(said(server.call("f", R"({ })", {}, nullptr, &person)) == "later [haft-E0473]");
        person.given = std::string_view(R"({"action":"decline"})");
        CHECK(holds(said(server.call("f", "{}", {}, nullptr, &person)), "thanks"));
        CHECK(holds(haft_test::text_of(at.path / "heard"), "decline"));
        CHECK(haft_test::text_of(at.path / "calls") == "called\n");
        person.kept = "a tool's own";  // where nothing can be kept it is made anew
        person.given = error{errc::input_needed, "later"};
        CHECK(said(server.call("f", "{}", {}, nullptr, &person)) == "later [haft-E0473]");
        person.given = std::string_view(R"({"action":"accept"})");
        CHECK(holds(said(server.call("f", "{}", {}, nullptr, &person)), "thanks"));
        CHECK(haft_test::text_of(at.path / "calls") == "called\ncalled\ncalled\n");
    }
    SECTION("or never: then it is not made a second time") {
        person.given = error{errc::input_needed, "later"};
        CHECK(said(server.call("f", "{}", {}, nullptr, &person)) == "later [haft-E0473]");
        server.stop();
        CHECK(holds(said(server.call("f", "{}", {}, nullptr, &person)), "does not hold the call of \"f\" any more"));
        CHECK(haft_test::text_of(at.path / "calls") == "called\n");
    }
    SECTION("or by nobody") {
        const std::string none = said(server.call("f", "{}"));
        if (stateless) CHECK(none == "MCP server \"s\" asks something, and nobody who calls it now answers that [haft-E0474]");
        else CHECK(holds(haft_test::text_of(at.path / "heard"), "nobody who calls it now answers that"));
    }
}

TEST_CASE("A question that does not say which of several calls it is about is put to nobody, if others would answer it", "[NX-11]") {
    const temporary_folder at;
    mcp::server_connection_options options = options_of(at, R"sh(
        *'"one"'*) first=$id;;
        *'"id":"q1"'*) printf '%s\n' "$line" > heard; id=$first; text one; id=$second; text two;;
        *'"two"'*) second=$id; printf '{"jsonrpc":"2.0","id":"q1","method":"elicitation/create","params":{"message":"Who?"}}\n';;)sh");
    options.answers = {question_kind::form};
    struct silent final : asker {
        std::atomic<int> asked = 0;
        result<std::string_view> ask(question) override {
            ++asked;
            return std::string_view(R"({"action":"cancel"})");
        }
        std::string_view state() const noexcept override { return {}; }
        void keep(std::string) override {}
    } one, two;
    mcp::server_connection server(options);
    REQUIRE(server.start());
    const bool same = GENERATE(false, true);
    std::thread other([&] { static_cast<void>(server.call("f", R"({"n":"one"})", {}, nullptr, &one)); });
    static_cast<void>(server.call("f", R"({"n":"two"})", {}, nullptr, same ? &one : &two));
    other.join();
    const std::string heard = haft_test::text_of(at.path / "heard");
    if (one.asked + two.asked == 0) CHECK(holds(heard, "does not say which of them it is about"));
    else CHECK(holds(heard, "cancel"));  // the first call has not begun yet, or both have one who answers
    if (same) CHECK(one.asked == 1);
}

TEST_CASE("Who wants to know is told that a list has changed, and may list what runs", "[NX-11]") {
    const temporary_folder at;
    mcp::server_connection_options options = options_of(at, R"sh(*tools/call*) echo new > words; echo '{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}'; text ok;;)sh");
    std::mutex guard;
    std::condition_variable changed;
    std::string now;
    mcp::server_connection* self = nullptr;
    options.tools_changed = [&] {
        const auto tools = self->list_now();
        const std::lock_guard lock(guard);
        now = tools ? (*tools)[0].description : tools.error().text();
        changed.notify_all();
    };
    mcp::server_connection server(options);
    self = &server;
    at.file("words", "old");
    CHECK(server.list_now().error().text() == "MCP server \"s\" does not run [haft-E0425]");
    REQUIRE(server.list_tools());
    CHECK(holds(said(server.call("f", "{}")), "ok"));
    {
        std::unique_lock lock(guard);
        CHECK(changed.wait_for(lock, 60s, [&] { return !now.empty(); }));
        CHECK(now == "new");
    }
    server.stop();
    CHECK(has_no_child());
}

TEST_CASE("A listener that throws loses its own call, and the server is told", "[NX-11]") {
    struct throwing final : call_listener {
        void on_progress(const progress&) override { throw std::runtime_error("no"); }
    };
    const temporary_folder at;
    const std::string step = R"sh(printf '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":%s,"progress":1}}\n' "$id")sh";
    mcp::server_connection server(options_of(at, "*'{\"slow\":1}'*) " + step + ";; *tools/call*) text ok;; *cancelled*) echo > cancelled;;\n"));
    throwing listens;
    CHECK_THROWS_AS(server.call("f", R"({"slow":1})", {}, &listens), std::runtime_error);
    CHECK(holds(said(server.call("f", "{}")), "ok"));
    CHECK(std::filesystem::exists(at.path / "cancelled"));
    CHECK(holds(said(server.call("f", "n=1")), "haft-E0201"));  // it would be no message
}

TEST_CASE("Progress without an end keeps no call beyond its limit, and none that is stopped", "[NX-11]") {
    struct slow final : call_listener {
        void on_progress(const progress&) override { std::this_thread::sleep_for(5ms); }
    };
    const temporary_folder at;
    mcp::server_connection_options options = options_of(
        at, R"sh(*tools/call*) while printf '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":%s,"progress":1}}\n' "$id"; do :; done;;)sh");
    options.grace = 50ms;
    slow listens;
    SECTION("the limit") {
        options.call_limit = 200ms;
        mcp::server_connection server(options);
        CHECK(holds(said(server.call("f", "{}", {}, &listens)), "has not answered the call of \"f\" within 200 ms"));
    }
    SECTION("a stop") {
        mcp::server_connection server(options);
        stop_source stop;
        std::thread asks([&] {
            std::this_thread::sleep_for(100ms);
            stop.request_stop();
        });
        CHECK(holds(said(server.call("f", "{}", stop.token(), &listens)), "was cancelled"));
        asks.join();
    }
}

TEST_CASE("A call that is stopped does not wait for its server's start", "[NX-11]") {
    const temporary_folder at;
    mcp::server_connection_options options = options_of(at, "");
    options.command.program = at.script("silent", "while read -r line; do :; done").string();
    options.start_limit = 1h, options.probe_limit = 1h;
    mcp::server_connection server(options);
    stop_source stop;
    std::thread asks([&] {
        std::this_thread::sleep_for(100ms);
        stop.request_stop();
    });
    CHECK(holds(said(server.call("f", "{}", stop.token())), "cancelled while MCP server \"s\" was started"));
    asks.join();
    CHECK(has_no_child());
}
