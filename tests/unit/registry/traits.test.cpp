// SPDX-License-Identifier: BSL-1.0
#include <haft/mcp/server.hpp>
#include <haft/registry/path_grants.hpp>
#include <haft/registry/registry.hpp>
#include <haft/search/token_estimate.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace registry_test;

TEST_CASE("traits of tools and owners are asked for; an unknown tool has none", "[RG-12.1]") {
    haft::registry r;
    haft::owner o = owner_of("files", {"read"});
    add_answering(o.tools, "write", "files", {.tags = "file_writer slow"});
    o.traits = {"auth_provider"};
    REQUIRE(r.add(o));
    CHECK(r.owners_with_trait("auth_provider").empty());
    CHECK(*r.expose("files"));
    CHECK(joined(r.tools_with_trait("file_writer")) == "write");
    CHECK(joined(r.traits_of("write")) == "file_writer slow");
    CHECK(r.traits_of("read").empty());
    CHECK(r.traits_of("nothing").empty());
    CHECK(joined(r.owners_with_trait("auth_provider")) == "files");
    CHECK(r.owners_with_trait("file_writer").empty());
}

TEST_CASE("paths are granted by owners, and who denies wins", "[RG-12.2]") {
    haft::path_grants paths;
    using haft::path_access;
    CHECK_FALSE(paths.may("/data/a", path_access::read));
    CHECK(paths.allow("files", "/data", path_access::read));
    CHECK(paths.may("/data", path_access::read));
    CHECK(paths.may("/data/a/b", path_access::read));
    CHECK_FALSE(paths.may("/data/a", path_access::read_write));
    CHECK_FALSE(paths.may("/database", path_access::read));
    CHECK_FALSE(paths.may("/", path_access::read));
    CHECK(paths.allow("editor", "/data/drafts/", path_access::read_write));
    CHECK(paths.may("/data/drafts/x", path_access::read_write));
    CHECK(paths.deny("guard", "/data/drafts/secret"));
    CHECK_FALSE(paths.may("/data/drafts/secret", path_access::read));
    CHECK_FALSE(paths.may("/data/drafts/secret/deep", path_access::read_write));
    CHECK(paths.may("/data/drafts/secrets", path_access::read_write));
    CHECK(paths.forget("guard") == 1);
    CHECK(paths.may("/data/drafts/secret", path_access::read));
    CHECK(paths.forget("guard") == 0);
}

TEST_CASE("a path is judged as the file system would walk it", "[RG-12.2]") {
    haft::path_grants paths;
    using haft::path_access;
    CHECK(paths.allow("files", "/data//./x/..", path_access::read));
    CHECK(paths.may("/data/x", path_access::read));
    CHECK(paths.may("/other/../data/x", path_access::read));
    CHECK_FALSE(paths.may("/data/../etc/passwd", path_access::read));
    CHECK_FALSE(paths.may("/data/../../../etc", path_access::read));
    CHECK_FALSE(paths.may("data/x", path_access::read));
    CHECK_FALSE(paths.may("", path_access::read));
    CHECK_FALSE(paths.may(std::string_view("/data\0/x", 8), path_access::read));
    CHECK_FALSE(paths.allow("files", "data", path_access::read));
    CHECK_FALSE(paths.deny("files", ""));
    CHECK(paths.allow("all", "/", path_access::read_write));
    CHECK(paths.may("/etc/passwd", path_access::read_write));
    CHECK_FALSE(paths.may("etc/passwd", path_access::read));
    CHECK_FALSE(paths.may("", path_access::read));
}

TEST_CASE("an owner that is removed takes its grants along", "[RG-12.2]") {
    haft::registry r;
    REQUIRE(r.add(owner_of("files", {})));
    CHECK(r.paths().allow("files", "/data", haft::path_access::read));
    CHECK(*r.expose("files"));
    CHECK(r.unexpose("files"));
    CHECK(r.paths().may("/data", haft::path_access::read));
    CHECK(r.remove("files"));
    CHECK_FALSE(r.paths().may("/data", haft::path_access::read));
}

TEST_CASE("an owner says which of its tools may run without anybody being asked", "[RG-12.3]") {
    haft::registry r;
    haft::owner o = owner_of("files", {"read", "write"});
    o.auto_approved = haft::selector{"read"};
    REQUIRE(r.add_exposed(o));
    REQUIRE(r.add_exposed(owner_of("shell", {"run"})));
    CHECK(joined(r.auto_approved_tools()) == "read");
    CHECK(r.disable_tool("read"));
    CHECK(r.auto_approved_tools().empty());
}

TEST_CASE("what tools cost of every prompt is estimated; deferred ones cost nothing", "[fault-59.2]") {
    haft::toolset tools;
    tools.add("one", std::string(400, 'a'), [] { return 1; });
    const std::size_t one = haft::estimate_tokens(tools);
    CHECK(one > 100);
    CHECK(one < 150);
    tools.add("two", {.description = "Deferred", .deferred = true}, [] { return 1; });
    CHECK(haft::estimate_tokens(tools) == one);
    tools.add("three", std::string(400, 'a'), [] { return 1; });
    CHECK(haft::estimate_tokens(tools) > 2 * one - 5);
}

TEST_CASE("ten thousand tools are listed page by page", "[fault-59.1]") {
    haft::registry r;
    haft::owner many{.name = "many"};
    for (int i = 0; i < 10'000; ++i) many.tools.add("tool_" + std::to_string(i), "Answers", [] { return 1; });
    REQUIRE(r.add_exposed(std::move(many)));
    haft::mcp::server server(r.snapshot()->tools(), {});
    std::string out;
    server.on_output([&](std::string_view bytes) { out += bytes; });
    server.receive(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
        "\"capabilities\":{},"
        "\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}\n{\"jsonrpc\":\"2.0\",\"method\":\"notifications/"
        "initialized\"}\n");
    server.poll();
    std::size_t pages = 0, tools = 0;
    std::string cursor;
    for (bool more = true; more; ++pages) {
        out.clear();
        server.receive("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\",\"params\":{" +
                       (cursor.empty() ? std::string() : "\"cursor\":\"" + cursor + "\"") + "}}\n");
        server.poll();
        for (std::size_t at = 0; (at = out.find("\"inputSchema\"", at)) != std::string::npos; ++at) ++tools;
        const std::size_t next = out.find("\"nextCursor\":\"");
        more = next != std::string::npos;
        if (more) cursor = out.substr(next + 14, out.find('"', next + 14) - next - 14);
        REQUIRE(pages < 10'000);
    }
    CHECK(tools == 10'000);
    CHECK(pages > 1);
}
