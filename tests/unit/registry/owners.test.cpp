// SPDX-License-Identifier: BSL-1.0
#include <haft/registry/registry.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <utility>

using namespace registry_test;

TEST_CASE("an owner is added and exposed at once, with its configuration", "[RG-02.1]") {
    haft::registry r;
    std::string given;
    haft::owner files = owner_of("files", {"read"});
    files.initialize = [&](std::string_view config) {
        given = config;
        return haft::result<haft::toolset>(haft::toolset{});
    };
    const auto exposed = r.add_exposed(std::move(files), R"({"a":1})");
    REQUIRE(exposed);
    CHECK(*exposed);
    CHECK(given == R"({"a":1})");
    CHECK(call(r, "read") == "\"answer of files\"");
    REQUIRE(r.add(owner_of("shell", {"run"})));
    CHECK(served(r) == "read");
}

TEST_CASE("tools of the host's own are served at once", "[RG-02.1]") {
    haft::registry r;
    REQUIRE(r.add_tool("add", "Adds", [] { return 1; }));
    REQUIRE(r.add_tool("also", {.description = "Adds too"}, [] { return 2; }));
    CHECK(served(r) == "add also");
    CHECK(*r.call("also", "{}") == "2");
    CHECK(r.snapshot()->owner_of("add")->name == "host");
    CHECK(r.remove_tool("add"));
    CHECK_FALSE(r.remove_tool("add"));
    CHECK(served(r) == "also");
    CHECK_FALSE(r.add_tool("no name", "Adds", [] { return 1; }));
    CHECK(served(r) == "also");
}

TEST_CASE("a second owner of a name goes by the policy", "[RG-02.2]") {
    const auto with = [](haft::on_duplicate policy) {
        haft::registry r({.owners = policy});
        haft::owner first = owner_of("files", {"read"});
        first.source = "a.so";
        haft::owner second = owner_of("files", {"write"});
        second.source = "b.so";
        REQUIRE(r.add(first));
        const auto added = r.add(second);
        REQUIRE(*r.expose("files"));
        return (added ? "" : added.error().text() + ": ") + served(r) + (r.problems().empty() ? "" : ", told");
    };
    CHECK(with(haft::on_duplicate::error) ==
          "owner \"files\" is known already, from a.so; the second, from b.so, was not added [haft-E0271]: read");
    CHECK(with(haft::on_duplicate::keep_first) == "read");
    CHECK(with(haft::on_duplicate::replace) == "write");
    CHECK(with(haft::on_duplicate::replace_with_warning) == "write, told");
}

TEST_CASE("an owner that is replaced while it is exposed is shut down", "[RG-02.2]") {
    std::string log;
    haft::registry r({.owners = haft::on_duplicate::replace});
    haft::owner first = owner_of("files", {"read"});
    first.shutdown = [&] { log += "shutdown"; };
    REQUIRE(r.add_exposed(first));
    REQUIRE(r.add(owner_of("files", {"write"})));
    CHECK(log == "shutdown");
    CHECK(served(r).empty());
}

TEST_CASE("an owner that is replaced before it is exposed is not shut down", "[RG-02.2]") {
    std::string log;
    haft::registry r({.owners = haft::on_duplicate::replace});
    haft::owner first = owner_of("files", {"read"});
    first.shutdown = [&] { log += "shutdown"; };
    REQUIRE(r.add(first));
    REQUIRE(r.add(owner_of("files", {"write"})));
    CHECK(log.empty());
    CHECK(*r.expose("files"));
    CHECK(served(r) == "write");
}

TEST_CASE("an owner's name is short and plain", "[RG-02]") {
    haft::registry r;
    for (const std::string& wrong : {std::string(), std::string("a b"), std::string("a.b"), std::string("../x"),
                                     std::string("%n/"), std::string("a\0b", 3), std::string(65, 'a')}) {
        const auto added = r.add(owner_of(wrong, {}));
        REQUIRE_FALSE(added);
        CHECK(added.error().code == haft::errc::bad_owner);
    }
    CHECK(r.add(owner_of(std::string(64, 'a'), {})));
}

TEST_CASE("what is removed is gone, and its calls with it", "[RG-02]") {
    std::string log;
    haft::registry r;
    haft::owner o = owner_of("files", {"read"});
    o.shutdown = [&] { log += "shutdown"; };
    REQUIRE(r.add_exposed(o));
    CHECK(r.remove("files"));
    CHECK(log == "shutdown");
    CHECK_FALSE(r.remove("files"));
    CHECK(r.list_available().empty());
    CHECK(call(r, "read") == "tool \"read\" does not exist [haft-E0211]");
}

TEST_CASE("of a batch only the end is seen, and one that fails is taken back", "[RG-09.5]") {
    std::string log;
    haft::registry r;
    int told = 0;
    const auto listening = r.on_change([&](const haft::registry_change&) { ++told; });
    r.batch([&] {
        REQUIRE(r.add_exposed(owner_of("a", {"one"})));
        REQUIRE(r.add_exposed(owner_of("b", {"two"})));
        CHECK(served(r).empty());
    });
    CHECK(served(r) == "one two");
    CHECK(told == 1);
    haft::owner c = owner_of("c", {"three"});
    c.shutdown = [&] { log += "shutdown"; };
    CHECK_THROWS_AS(r.batch([&] {
        REQUIRE(r.add_exposed(c));
        throw 1;
    }),
                    int);
    CHECK(served(r) == "one two");
    CHECK(joined(r.list_available()) == "a b");
    CHECK(log == "shutdown");
    CHECK(told == 1);
}
