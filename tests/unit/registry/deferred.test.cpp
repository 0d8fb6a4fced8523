// SPDX-License-Identifier: BSL-1.0
#include <haft/registry/introspection.hpp>
#include <haft/registry/registry.hpp>
#include <haft/tool/instructions.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace registry_test;

TEST_CASE("only the core tools go into the first prompt; the others can be called all the same", "[RG-11.1]") {
    haft::registry r;
    haft::owner o = owner_of("files", {"read"});
    add_answering(o.tools, "archive", "files", {.deferred = true});
    REQUIRE(r.add_exposed(o));
    const auto now = r.snapshot();
    CHECK(now->tools().size() == 2);
    REQUIRE(now->core_tools().size() == 1);
    CHECK(now->core_tools()[0].name == "read");
    CHECK(call(r, "archive") == "\"answer of files\"");
}

TEST_CASE("instructions of owners without a core tool can be left out", "[RG-11.3]") {
    haft::registry r;
    haft::owner files = owner_of("files", {}), rare = owner_of("rare", {});
    add_answering(files.tools, "read", "files", {.instructions = "Read before you write."});
    add_answering(rare.tools, "archive", "rare", {.instructions = "Seldom.", .deferred = true});
    REQUIRE(r.add_exposed(files));
    REQUIRE(r.add_exposed(rare));
    CHECK(haft::instructions_of(r.snapshot()->core_tools()) == "## read\n\nRead before you write.");
    CHECK(haft::instructions_of(r.snapshot()->tools()).find("Seldom.") != std::string::npos);
}

TEST_CASE("a model finds the rest with list_tools and get_tool_schemas", "[RG-11.2]") {
    haft::registry r;
    haft::owner o;
    o.name = "files";
    add_answering(o.tools, "read", "files", {.description = "Reads", .category = "filesystem"});
    add_answering(o.tools, "archive", "files", {.description = "Packs", .deferred = true});
    REQUIRE(r.add_exposed(o));
    haft::owner built_in{.name = "introspection", .core = true};
    built_in.tools = haft::introspection_tools(r);
    REQUIRE(r.add_exposed(built_in));
    CHECK(*r.call("list_tools", "{}") == R"(["read","archive","list_tools","get_tool_schemas"])");
    CHECK(*r.call("list_tools", R"({"category":"filesystem","verbose":true})") ==
          R"([{"name":"read","description":"Reads","category":"filesystem"}])");
    CHECK(
        *r.call("get_tool_schemas", R"({"names":["archive"]})") ==
        R"([{"name":"archive","description":"Packs","input_schema":{"type":"object","properties":{},"additionalProperties":false}}])");
    CHECK(call(r, "get_tool_schemas").find("/names: required") != std::string::npos);
    r.disable_tool("archive");
    CHECK(r.call("get_tool_schemas", R"({"names":["archive"]})").error().message.find("is disabled") !=
          std::string::npos);
}
