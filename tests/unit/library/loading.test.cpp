// SPDX-License-Identifier: BSL-1.0
// Libraries that can't be loaded, or give nonsense when they are: told of, and nothing of them is left.
#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using library_test::has;
using library_test::host;

namespace {

/// What comes of a library that goes wrong in that way.
std::string odd_one(const char* how) {
    const library_test::odd set(how);
    host h;
    const std::string said = h.load("odd");
    if (!said.empty()) {
        CHECK(h.registry.snapshot()->find("odd") == nullptr);
        CHECK(h.registry.snapshot()->owners().empty());
    }
    return said;
}

}  // namespace

TEST_CASE("What the dynamic linker says of a library is told", "[fault-101]") {
    host h;
    const std::string said = h.load("unresolved");
    CHECK(has(said, "unresolved.so can't be loaded: "));
    CHECK(has(said, "haft_test_not_there"));
    CHECK(has(said, "[haft-E0459]"));
    CHECK(h.loader.status()[0].state == haft::plugin_state::refused);
    // Others are loaded all the same.
    h.loader.add(*haft::library_entry(h.copy("sample"), h.options));
    CHECK(h.loader.load().loaded == std::vector<std::string>{"sample"});
}

TEST_CASE("A library without the one function is refused, though its note is sound", "[fault-82]") {
    host h;
    CHECK(has(h.load("no_entry"),
              "no_entry.so has no function haft_plugin_v1, though its note says that it is a plugin; define it"));
    CHECK(h.loader.status()[0].problem.code == haft::errc::missing_entry);
}

TEST_CASE("Libraries whose symbols have the same names don't see each other's", "[fault-102]") {
    host h;
    REQUIRE(h.load("conflict_first") == "");
    REQUIRE(h.load("conflict_second") == "");
    CHECK(h.call("first") == "\"first\"");
    CHECK(h.call("second") == "\"second\"");
}

TEST_CASE("A table that is none is not followed", "[fault-84]") {
    CHECK(has(
        odd_one("no table"),
        "odd.so can't be used: its haft_plugin_v1 says that the plugin can't run here: it gave no table [haft-E0461]"));
    CHECK(has(odd_one("nowhere"), "the table of its plugin does not stand in its own memory [haft-E0461]"));
    CHECK(has(odd_one("garbage"), "the table of its plugin does not stand in its own memory"));
    CHECK(has(odd_one("heap"), "the table of its plugin does not stand in its own memory"));
    CHECK(has(odd_one("unaligned"), "stands at no place where a table can be"));
    CHECK(has(odd_one("short"), "the table of its plugin has 8 bytes; at least " +
                                    std::to_string(offsetof(haft_plugin, initialize)) + " are needed"));
    CHECK(has(odd_one("long"), "has 1099511627776 bytes, as it says, and they are not all in its memory"));
    CHECK(has(odd_one("other major"),
              "the table of its plugin is of version 7 of the border to plugins, and its note of 1 [haft-E0455]"));
    CHECK(has(odd_one("no call"), "the table of its plugin has no call [haft-E0461]"));
    CHECK(has(odd_one("no setup"), "the table of its plugin has no setup [haft-E0461]"));
    CHECK(has(odd_one("data as code"), "the table of its plugin has a describe that leads to no code [haft-E0461]"));
    CHECK(has(odd_one("garbage code"), "the table of its plugin has a shutdown that leads to no code"));
}

TEST_CASE("A shorter table of an older minor version will do, and so will a newer one", "[fault-83]") {
    CHECK(odd_one("least") == "");
    CHECK(odd_one("newer") == "");
    CHECK(odd_one("") == "");
}

TEST_CASE("A description that can't be read is told with the place in it", "[fault-84]") {
    CHECK(odd_one("no description") == "plugin \"odd\": its setup failed: its describe gave no JSON [haft-E0462]");
    CHECK(odd_one("text") == "plugin \"odd\": its setup failed: its describe gave no JSON [haft-E0462]");
    CHECK(odd_one("can't describe") ==
          "plugin \"odd\": its setup failed: it can't describe itself: no words [haft-E0411]");
    CHECK(has(odd_one("no json"), "its setup failed: its description has 1 fault\n- /tools/0: "));
    CHECK(has(odd_one("null"), "its setup failed: its description has 1 fault\n- "));
    const std::string said = odd_one("wrong type");
    CHECK(has(said,
              "- /tools/1/effect: expected one of \"unspecified\", \"read_only\", \"additive\", \"destructive\", got "
              "\"boom\""));
    CHECK(has(odd_one("bad tool"), "brings a tool that is refused: the tool name \"a b\" is not legal"));
    CHECK(has(odd_one("bad schema"),
              "brings a tool that is refused: tool \"a\" was not added: its inputSchema can't be used: 1 fault"));
    CHECK(has(odd_one("bad command"), "no command can be named \"-\""));
}

TEST_CASE("A library that was set up and could not be brought in is torn down", "[fault-89]") {
    host h;
    const library_test::odd how("bad tool");
    REQUIRE(h.load("odd") != "");
    CHECK(has(h.log.text(), "info plugins odd: torn down\n"));
    CHECK(h.loader.problems().empty());

    host other;
    const library_test::odd refuses("refuses");
    REQUIRE(other.load("odd") != "");
    CHECK_FALSE(has(other.log.text(), "torn down"));
}

TEST_CASE("A key that nobody knows is let pass, and told", "[fault-83]") {
    const library_test::odd set("unknown key");
    host h;
    CHECK(h.load("odd") == "");
    CHECK(has(h.log.text(), "warning plugins plugin \"odd\": its description: /tools/0/descripton: "));
    CHECK(has(h.log.text(), "its description: /toolz: "));
}

TEST_CASE("A setup that takes long is told of while it does", "[fault-87]") {
    const library_test::odd set("hangs");
    host h;
    h.options.slow = std::chrono::milliseconds(20);
    CHECK(h.load("odd") == "");
    CHECK(has(
        h.log.text(),
        "warning plugins plugin \"odd\" takes more than 20 ms to be loaded and set up, and still does [haft-E0464]"));

    host other;
    other.options.slow = std::chrono::minutes(10);
    CHECK(other.load("odd") == "");
    CHECK_FALSE(has(other.log.text(), "takes more than"));
}
