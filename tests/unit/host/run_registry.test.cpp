// SPDX-License-Identifier: BSL-1.0
#include <haft/registry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <poll.h>
#include <unistd.h>

namespace {

/// What the program writes to standard output, or to another descriptor.
std::string output_of(haft::registry& r, std::vector<const char*> words, int& code, int fd = 1) {
    words.insert(words.begin(), "/usr/bin/host");
    std::fflush(stdout);
    const int saved = ::dup(fd);
    std::FILE* const file = std::tmpfile();
    REQUIRE(file);
    ::dup2(::fileno(file), fd);
    code = haft::run(r, static_cast<int>(words.size()), words.data());
    std::fflush(stdout);
    ::dup2(saved, fd);
    ::close(saved);
    std::rewind(file);
    std::string out;
    for (int c; (c = std::fgetc(file)) != EOF;) out += static_cast<char>(c);
    std::fclose(file);
    return out;
}

}  // namespace

TEST_CASE("a program around a registry knows whose its tools are and why others are missing", "[RG-06.5]") {
    haft::registry r;
    haft::owner files{.name = "files", .description = "Files", .source = "compiled in"};
    files.tools.add("read", "Reads", [] { return 1; });
    haft::owner shell{.name = "shell"};
    shell.tools.add("execute_it", "Runs", [] { return 2; });
    REQUIRE(r.add_exposed(files));
    REQUIRE(r.add(shell));
    int code = 0;
    const std::string list = output_of(r, {"list"}, code);
    CHECK(code == 0);
    CHECK(list == "tool  owner  parameters  what it does\nread  files  -           Reads\n");
    CHECK(output_of(r, {"list", "--json"}, code).starts_with("[\n{\"name\":\"read\",\"owner\":\"files\","));
    CHECK(output_of(r, {"explain", "execute_it"}, code) ==
          "tool \"execute_it\" of owner \"shell\" is not served: its owner is not exposed\n"
          "owner \"shell\" is known, but not exposed: expose it\n");
    CHECK(code == 0);
    CHECK(output_of(r, {"explain", "files", "--json"}, code) ==
          "{\"name\":\"files\",\"known\":true,\"served\":false,\"reasons\":[\"owner \\\"files\\\" is exposed; 1 of its "
          "1 tools "
          "are served\"]}\n");
    CHECK(output_of(r, {"call", "read", "{}"}, code) == "1\n");
}

TEST_CASE("it tells what owners, names and sources got wrong, each once", "[fault-49][RG-03.1]") {
    haft::registry r({.tools = haft::on_duplicate::replace_with_warning});
    haft::owner files{.name = "files"};
    files.tools.add("read", "Reads", [] { return 1; });
    files.tools.add("read", "Reads again", [] { return 2; });
    files.tools.add("Read", "Alike", [] { return 3; });
    files.tools.add("write", "Writes", [] { return 3; });
    haft::owner other{.name = "other"};
    other.tools.add("write", "Another", [] { return 4; });
    haft::owner third{.name = "third"};
    third.tools.add("READ", "Alike again", [] { return 5; });
    REQUIRE(r.add_exposed(files));
    REQUIRE(r.add_exposed(other));
    REQUIRE(r.add_exposed(third));
    haft::owner broken{.name = "broken", .initialize = [](std::string_view) -> haft::result<haft::toolset> {
                           return haft::error{.message = "no network"};
                       }};
    REQUIRE_FALSE(r.add_exposed(broken));
    r.add_source({.kind = "remote", .name = "net", .find = []() -> std::vector<haft::owner> { throw 1; }});
    static_cast<void>(r.discover("remote"));
    int code = 0;
    const std::string told = output_of(r, {"call", "read", "{}"}, code, 2);
    CHECK(code == 0);
    const auto times = [&](std::string_view part) {
        std::size_t n = 0;
        for (std::size_t at = 0; (at = told.find(part, at)) != told.npos; ++at) ++n;
        return n;
    };
    CHECK(times("owner \"files\": two tools are named \"read\"") == 1);
    CHECK(times("the tools \"read\" and \"Read\" differ only in case") == 1);
    CHECK(times("\"READ\" differ only in case") == 1);
    CHECK(times("tool \"write\" of owner \"files\" is replaced by that of owner \"other\"") == 1);
    CHECK(times("owner \"broken\" was not exposed: its initialize: no network") == 1);
    CHECK(times("source \"net\" failed") == 1);
    CHECK(times("Warning: ") == 6);
    const std::string checked = output_of(r, {"list", "--check", "--json"}, code);
    CHECK(code == 1);
    for (const std::string_view part : {"owner \\\"files\\\": two tools are named", "is replaced by that of owner",
                                        "no network", "source \\\"net\\\" failed", "\\\"READ\\\" differ only in case"})
        CHECK(checked.find(part) != std::string::npos);
}

TEST_CASE("a call to what is not served says why", "[RG-06.5][RG-09.1]") {
    haft::registry r;
    REQUIRE(r.add_tool("x", "Answers", [] { return 1; }));
    REQUIRE(r.disable_tool("x"));
    int code = 0;
    CHECK(output_of(r, {"call", "x", "{}"}, code, 2) ==
          "Error: tool \"x\" can't be called now: tool \"x\" of owner \"host\" is disabled: enable_tool gives it back "
          "[haft-E0275]\n");
    CHECK(code == 1);
    CHECK(output_of(r, {"show", "x", "--json"}, code).starts_with("{\"error\":{\"code\":\"haft-E0275\""));
    CHECK(output_of(r, {"show", "y"}, code, 2) == "Error: tool \"y\" does not exist [haft-E0211]\n");
}

TEST_CASE("its server tells clients what comes and goes, of what is selected", "[IO-05][RG-09]") {
    haft::registry r;
    REQUIRE(r.add_tool("grow", haft::about{"Makes more"}, [&r](haft::call_context&) {
        REQUIRE(r.add_tool("grown", haft::about{"More"}, [] { return 2; }));
        REQUIRE(r.add_tool("other", haft::about{"Other"}, [] { return 3; }));
        return 1;
    }));
    int to_server[2], from_server[2];
    REQUIRE(::pipe(to_server) == 0);
    REQUIRE(::pipe(from_server) == 0);
    std::string told;
    std::thread client([&] {
        const auto say = [&](const std::string& line) { return ::write(to_server[1], line.data(), line.size()) > 0; };
        const auto hear = [&](std::string_view until) {
            char bytes[4096];
            while (told.find(until) == told.npos) {
                pollfd ready{from_server[0], POLLIN, 0};
                if (::poll(&ready, 1, 30'000) <= 0) return;  // it will not come any more
                const ssize_t n = ::read(from_server[0], bytes, sizeof bytes);
                if (n <= 0) return;
                told.append(bytes, static_cast<std::size_t>(n));
            }
        };
        say(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})" "\n"
            R"({"jsonrpc":"2.0","method":"notifications/initialized"})" "\n"
            R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"grow"}})" "\n");
        hear("notifications/tools/list_changed");
        say(R"({"jsonrpc":"2.0","id":2,"method":"tools/list"})" "\n");
        hear("\"id\":2");
        ::close(to_server[1]);
    });
    std::fflush(stdout);
    const int in = ::dup(0), out = ::dup(1);
    ::dup2(to_server[0], 0);
    ::dup2(from_server[1], 1);
    const char* const words[] = {"host", "--tools", "gro*", "serve"};
    const int code = haft::run(r, 4, words);
    std::fflush(stdout);
    ::dup2(in, 0);
    ::dup2(out, 1);
    for (const int one : {in, out, to_server[0], from_server[1]}) ::close(one);
    client.join();
    ::close(from_server[0]);
    CHECK(code == 0);
    CHECK(told.find("\"name\":\"grown\"") != told.npos);
    CHECK(told.find("\"name\":\"other\"") == told.npos);
}
