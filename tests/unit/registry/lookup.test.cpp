// SPDX-License-Identifier: BSL-1.0
#include <haft/registry/explain.hpp>
#include <haft/registry/registry.hpp>
#include <haft/registry/registry_reader.hpp>
#include <haft/registry/tool_hash.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>

using namespace registry_test;

TEST_CASE("an owner and the owner of a tool are found, and null is nobody", "[RG-06.1]") {
    haft::registry r;
    REQUIRE(r.add_exposed(owner_of("files", {"read"})));
    REQUIRE(r.add(owner_of("shell", {"run"})));
    const auto now = r.snapshot();
    REQUIRE(now->find_owner("shell"));
    CHECK(now->find_owner("shell")->what->tools.size() == 1);
    CHECK(now->find_owner("nobody") == nullptr);
    REQUIRE(now->owner_of("read"));
    CHECK(now->owner_of("read")->name == "files");
    CHECK(now->owner_of("run") == nullptr);
    CHECK(now->owner_of("nothing") == nullptr);
}

TEST_CASE("what a reader found is looked up again when the registry has changed", "[RG-06.2]") {
    haft::registry r;
    REQUIRE(r.add_exposed(owner_of("files", {"read"})));
    haft::registry_reader reader(r);
    const haft::tool* const found = reader.find("read");
    REQUIRE(found);
    CHECK(reader.find("read") == found);
    CHECK(*reader.call("read", "{}") == "\"answer of files\"");
    r.unexpose("files");
    CHECK_FALSE(reader.call("read", "{}"));
    CHECK(reader.find("read") == nullptr);
    CHECK(*r.expose("files"));
    CHECK(*reader.call("read", "{}") == "\"answer of files\"");
    std::uint64_t generation = 0;
    CHECK(r.snapshot(generation) == r.snapshot());
    CHECK(generation == r.generation());
    CHECK(reader.find("read"));
}

TEST_CASE("a tool's hash is SHA-256 of what a model is told of it and of its owner", "[RG-06.3]") {
    const haft::tool t{.name = "read", .description = "Reads", .input_schema = R"({"type":"object"})"};
    // printf '\4\0\0\0\0\0\0\0read\5\0\0\0\0\0\0\0Reads\21\0\0\0\0\0\0\0{"type":"object"}\0\0\0\0\0\0\0\0' | sha256sum
    CHECK(haft::tool_hash(t) == "325a142a58823523b6d5cb4d410659f1b5810724c60cd178954e87d0e9e1e7d6");
    haft::tool other = t;
    CHECK(haft::tool_hash(other) == haft::tool_hash(t));
    other.title = "not told to a model";
    CHECK(haft::tool_hash(other) == haft::tool_hash(t));
    other.description = "Read";
    CHECK(haft::tool_hash(other) != haft::tool_hash(t));
    CHECK(haft::tool_hash(t, "files") != haft::tool_hash(t));
    const haft::tool moved{.name = "readR", .description = "eads", .input_schema = R"({"type":"object"})"};
    CHECK(haft::tool_hash(moved) != haft::tool_hash(t));
}

TEST_CASE("explain says why a tool is there, or missing, or refused, or what was meant", "[RG-06.4]") {
    haft::registry r;
    haft::owner o = owner_of("files", {"read", "write"});
    o.source = "files.toml";
    add_answering(o.tools, "search", "files", {.deferred = true});
    CHECK_FALSE(o.tools.add("read", "Again", [] { return 1; }));
    REQUIRE(r.add(o));
    const auto why = [&](std::string_view name) { return haft::explain(*r.snapshot(), name); };
    CHECK(why("write").text() ==
          "tool \"write\" of owner \"files\" (files.toml) is not served: its owner is not exposed\n"
          "owner \"files\" is known, but not exposed: expose it");
    CHECK_FALSE(why("write").served);
    CHECK(why("write").known);
    CHECK(*r.expose("files"));
    REQUIRE(r.add_exposed(owner_of("shell", {"run"})));
    CHECK(why("write").text() == "tool \"write\" of owner \"files\" (files.toml) is served");
    CHECK(why("write").served);
    CHECK(
        why("read").text() ==
        "tool \"read\" of owner \"files\" (files.toml) is served\n"
        "owner \"files\": two tools are named \"read\": the first, \"Answers\", stays; the second, \"Again\", was not "
        "added [haft-E0212]");
    CHECK(why("search").text() ==
          "tool \"search\" of owner \"files\" (files.toml) is served; it is deferred: a search "
          "finds it, the first prompt does not list it");
    CHECK(why("files").text() == "owner \"files\" is exposed; 3 of its 3 tools are served");
    CHECK(why("wirte").text() == "no tool and no owner is named \"wirte\"; did you mean \"write\"?");
    CHECK_FALSE(why("wirte").known);
}
