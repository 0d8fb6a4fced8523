// SPDX-License-Identifier: BSL-1.0
#include <haft/registry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

namespace {

/// What the program writes to standard output.
std::string output_of(const haft::registry& r, std::vector<const char*> words, int& code) {
    words.insert(words.begin(), "/usr/bin/host");
    std::fflush(stdout);
    const int saved = ::dup(1);
    std::FILE* const file = std::tmpfile();
    REQUIRE(file);
    ::dup2(::fileno(file), 1);
    code = haft::run(r, static_cast<int>(words.size()), words.data());
    std::fflush(stdout);
    ::dup2(saved, 1);
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
