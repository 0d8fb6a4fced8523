// SPDX-License-Identifier: BSL-1.0
#include <haft/compat.hpp>
#include <haft/registry/explain.hpp>
#include <haft/registry/registry.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace registry_test;

TEST_CASE("two owners with a tool of one name: the error names both, and the first stays", "[RG-03.1][fault-49]") {
    haft::registry r;
    REQUIRE(r.add(owner_of("first", {"search", "a"})));
    REQUIRE(r.add(owner_of("second", {"b", "search"})));
    CHECK(*r.expose("first"));
    const auto exposed = r.expose("second");
    REQUIRE_FALSE(exposed);
    CHECK(exposed.error().code == haft::errc::duplicate_tool);
    CHECK(exposed.error().message.starts_with(
        "two tools are named \"search\": that of owner \"first\" stays; owner \"second\" was not exposed."));
    CHECK(served(r) == "search a");
    CHECK(call(r, "search") == "\"answer of first\"");
    CHECK(r.unexpose("first"));
    CHECK(*r.expose("second"));
    CHECK(served(r) == "b search");
}

TEST_CASE("each reference system's rule for tools of one name can be chosen", "[RG-03.2]") {
    const auto with = [](haft::on_duplicate policy) {
        haft::registry r({.tools = policy});
        REQUIRE(r.add(owner_of("first", {"search"})));
        REQUIRE(r.add(owner_of("second", {"search"})));
        REQUIRE(r.add(owner_of("third", {"search"})));
        for (const char* name : {"first", "second", "third"}) REQUIRE(*r.expose(name));
        std::string out;
        for (const auto now = r.snapshot(); const haft::tool& t : now->tools())
            out += std::string(t.name) + " " + *t.call("{}") + "; ";
        return out + std::to_string(r.snapshot()->warnings().size());
    };
    CHECK(with(haft::compat::llm::tools) ==
          "search \"answer of first\"; search_1 \"answer of second\"; search_2 \"answer of third\"; 0");
    CHECK(with(haft::compat::gptme::tools) == "search \"answer of first\"; 0");
    CHECK(with(haft::compat::qanot::tools) == "search \"answer of third\"; 2");
    CHECK(with(haft::compat::jaato::tools) == "search \"answer of third\"; 0");
}

TEST_CASE("what came first is what was exposed first, wherever it stands in the list", "[RG-03.2]") {
    haft::registry r({.tools = haft::on_duplicate::suffix});
    REQUIRE(r.add(owner_of("a", {"x"})));
    REQUIRE(r.add(owner_of("z", {"x"})));
    CHECK(*r.expose("z"));
    CHECK(*r.expose("a"));
    CHECK(served(r) == "x_1 x");
    CHECK(call(r, "x") == "\"answer of z\"");
    CHECK(call(r, "x_1") == "\"answer of a\"");
}

TEST_CASE("the host's own tools come when they are added", "[RG-03.2]") {
    for (const auto policy : {haft::on_duplicate::keep_first, haft::on_duplicate::replace}) {
        haft::registry r({.tools = policy});
        REQUIRE(r.add_exposed(owner_of("z", {"x"})));
        REQUIRE(r.add_tool("x", "Of the host", [] { return 1; }));
        CHECK(call(r, "x") == (policy == haft::on_duplicate::replace ? "1" : "\"answer of z\""));
    }
}

TEST_CASE("a tool whose name would be too long with a number is shadowed", "[RG-03.2]") {
    haft::registry r({.tools = haft::on_duplicate::suffix});
    const std::string name(127, 'x');
    REQUIRE(r.add_exposed(owner_of("a", {name})));
    REQUIRE(r.add_exposed(owner_of("b", {name, "y"})));
    CHECK(served(r) == name + " y");
    CHECK(call(r, name) == "\"answer of a\"");
    CHECK(r.snapshot()->owner_of("y")->name == "b");
    CHECK(haft::explain(*r.snapshot(), name).text().find("is shadowed") != std::string::npos);
}

TEST_CASE("a number makes no name that a tool has by itself", "[RG-03.2]") {
    haft::registry r({.tools = haft::on_duplicate::suffix});
    REQUIRE(r.add(owner_of("a", {"x"})));
    REQUIRE(r.add(owner_of("b", {"x", "x_1"})));
    REQUIRE(r.add(owner_of("c", {"x"})));
    for (const char* name : {"a", "b", "c"}) REQUIRE(*r.expose(name));
    CHECK(served(r) == "x x_2 x_1 x_3");
    CHECK(call(r, "x_1") == "\"answer of b\"");
    CHECK(call(r, "x_3") == "\"answer of c\"");
}

TEST_CASE("the host's own tools go by the same policies", "[RG-03.2]") {
    const auto with = [](haft::on_duplicate policy) {
        haft::registry r({.tools = policy});
        REQUIRE(r.add_tool("x", "First", [] { return 1; }));
        const auto added = r.add_tool("x", "Second", [] { return 2; });
        std::string out = added ? "" : added.error().text() + "; ";
        for (const auto now = r.snapshot(); const haft::tool& t : now->tools())
            out += std::string(t.name) + " " + *t.call("{}") + "; ";
        for (const haft::error& e : r.problems()) out += e.message;
        return out;
    };
    CHECK(with(haft::on_duplicate::error) ==
          "two tools are named \"x\": the first, \"First\", stays; the second, \"Second\", was not added [haft-E0212]; "
          "x 1; ");
    CHECK(with(haft::on_duplicate::keep_first) == "x 1; ");
    CHECK(with(haft::on_duplicate::replace) == "x 2; ");
    CHECK(with(haft::on_duplicate::replace_with_warning) == "x 2; tool \"x\" of owner \"host\" was replaced");
    CHECK(with(haft::on_duplicate::suffix) == "x 1; x_1 2; ");
}

TEST_CASE("a tool of the host's own does not take another owner's name", "[RG-03.1]") {
    haft::registry r;
    REQUIRE(r.add_exposed(owner_of("files", {"read"})));
    const auto added = r.add_tool("read", "Reads", [] { return 1; });
    REQUIRE_FALSE(added);
    CHECK(added.error().code == haft::errc::duplicate_tool);
    CHECK(served(r) == "read");
    CHECK_FALSE(r.is_exposed("host"));
}

TEST_CASE("the shadowed one is explained", "[RG-06.4]") {
    haft::registry r({.tools = haft::on_duplicate::keep_first});
    REQUIRE(r.add_exposed(owner_of("another", {"read"})));
    REQUIRE(r.add_exposed(owner_of("first", {"search"})));
    REQUIRE(r.add_exposed(owner_of("second", {"search"})));
    CHECK(haft::explain(*r.snapshot(), "search").text() ==
          "tool \"search\" of owner \"first\" is served\n"
          "tool \"search\" of owner \"second\" is shadowed: the name belongs to the tool of owner \"first\"");
}
