// SPDX-License-Identifier: BSL-1.0
// What a list promises of a result and what a result then is: the two never differ.
#include <haft/mcp/server.hpp>
#include <haft/std.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace listing_test {

struct nothing {};
struct node {
    std::string name;
    std::vector<node> children = {};
};
std::vector<node> forest(const nothing&) { return {{"root", {{"leaf"}}}}; }
node tree(const nothing&) { return {"root", {{"leaf"}}}; }
haft::json_text broken(const nothing&) { return "{\n  \"a b\": [1,\r\n 2],\t\"c\\n\": \"d e\"\n}"; }
std::optional<std::optional<std::string>> twice(const nothing&) { return std::optional<std::string>("text"); }
std::optional<std::optional<std::string>> not_there(const nothing&) { return {}; }
std::optional<int> maybe(const nothing&) { return {}; }

/// The answer to one tool's list, and to a call of it.
struct seen {
    std::string list, called;
};
seen served(const haft::tool& t, haft::mcp::revision r = haft::mcp::newest_revision) {
    seen out;
    const haft::mcp::result_shape shape = haft::mcp::result_shape_of(t, r);
    haft::mcp::append_tool(out.list, t, t.name, r, shape);
    std::string text;
    const haft::call_options how;
    haft::result_writer writer(text, haft::string_results::as_text, how);
    haft::call_context context{t.name, how};
    t.run("{}", context, writer);
    haft::json::text_buffer called(out.called);
    haft::mcp::put_result(called, shape, r, writer.form(), text, writer.attachments());
    called.flush();
    return out;
}
bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// A tool written by hand: any schema, and a text that is no JSON.
haft::tool by_hand(std::string_view output_schema) {
    haft::tool t;
    t.name = "by_hand";
    t.input_schema = R"({"type":"object"})";
    t.output_schema = output_schema;
    t.execute = [](const void*, std::string_view, haft::call_context&, haft::result_writer& out) {
        out.text("a \"b\"");
    };
    return t;
}

}  // namespace listing_test

using namespace listing_test;

TEST_CASE("definitions stand where references look for them, also in a wrapped schema") {
    constexpr haft::tool wrapped = haft::make<&forest>(""), plain = haft::make<&tree>("");
    const std::string_view node =
        R"({"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array",)"
        R"("items":{"$ref":"#/$defs/node"}}},"required":["name","children"],)"
        R"("additionalProperties":false})";
    CHECK(contains(served(wrapped).list,
                   R"("outputSchema":{"type":"object","properties":{"result":{"type":"array",)"
                   R"("items":{"$ref":"#/$defs/node"}}},"required":["result"],"additionalProperties":false,)"
                   R"("$defs":{"node":)" +
                       std::string(node) + "}}"));
    CHECK(contains(served(wrapped).called, R"("structuredContent":{"result":[{"name":"root",)"));
    CHECK(contains(served(plain).list, "\"outputSchema\":" + std::string(plain.output_schema)));
    CHECK(contains(served(by_hand(R"({"$ref":"#/definitions/d","definitions":{"d":{"type":"integer"}}})")).list,
                   R"({"result":{"$ref":"#/definitions/d"}},"required":["result"],"additionalProperties":false,)"
                   R"("definitions":{"d":{"type":"integer"}}})"));
}

TEST_CASE("a result of free-form JSON is one line, however it was written", "[fault-76][fault-141]") {
    constexpr haft::tool t = haft::make<&broken>("");
    const std::string called = served(t).called;
    CHECK(called.find_first_of("\n\r") == std::string::npos);
    CHECK(contains(called, R"("structuredContent":{"result":{"a b":[1,2],"c\n":"d e"}})"));
    CHECK(*t.call("{}") == R"({"a b":[1,2],"c\n":"d e"})");
}

TEST_CASE("a tool has an outputSchema exactly if its results have structured content") {
    constexpr haft::tool text = haft::make<&twice>(""), absent = haft::make<&not_there>("");
    for (const haft::tool& t : {text, absent, by_hand(R"({ "type" : "string" })"), by_hand("")}) {
        CAPTURE(t.name, t.output_schema);
        CHECK_FALSE(contains(served(t).list, "outputSchema"));
        CHECK_FALSE(contains(served(t).called, "structuredContent"));
    }
    constexpr haft::tool maybe = haft::make<&listing_test::maybe>("");
    CHECK(contains(served(maybe).list, "outputSchema"));
    CHECK(contains(served(maybe).called, R"("structuredContent":{"result":null})"));
    const seen limited = served(by_hand(R"({"type":"string","maxLength":9})"));
    CHECK(contains(limited.list, R"({"result":{"type":"string","maxLength":9}})"));
    CHECK(contains(limited.called, R"("structuredContent":{"result":"a \"b\""})"));
    const haft::tool object = by_hand("{\"description\":\"d\",\n\"type\": \"object\"}");
    CHECK(haft::mcp::result_shape_of(object, haft::mcp::newest_revision).wrapped == false);
    CHECK(contains(served(object).list, R"("outputSchema":{"description":"d","type":"object"})"));
    CHECK(contains(served(by_hand("{\"enum\": [1,\n2]}")).list, R"({"result":{"enum":[1,2]}})"));
    for (const std::string_view no_text :
         {R"({"anyOf":[{"type":"string"},{"type":"integer"}]})", R"({"anyOf":[{"type":"null"}]})",
          R"({"anyOf":[{"type":"string"},{"type":"null","description":"d"}]})"}) {
        CAPTURE(no_text);
        CHECK(contains(served(by_hand(no_text)).list, "\"outputSchema\""));
    }
    CHECK(haft::mcp::result_shape_of(maybe, haft::mcp::revision::r2025_03_26).structured == false);
}

TEST_CASE("a block that a revision does not know is told in words") {
    using haft::mcp::revision;
    const haft::content all{"look", haft::audio{"ab"}, haft::resource_link{.uri = "file:///a", .name = "a"}};
    const auto result = [&](revision r, haft::mcp::result_shape shape = {}) {
        std::string out;
        haft::json::text_buffer buffer(out);
        haft::mcp::put_result(buffer, shape, r, haft::result_form::blocks, "", all);
        buffer.flush();
        return out;
    };
    const auto has = [&](revision r, std::string_view kind) {
        return contains(result(r), R"({"type":")" + std::string(kind) + "\"");
    };
    CHECK_FALSE(has(revision::r2024_11_05, "audio"));
    CHECK(has(revision::r2025_03_26, "audio"));
    CHECK_FALSE(has(revision::r2025_03_26, "resource_link"));
    CHECK(has(revision::r2025_06_18, "resource_link"));
    for (const revision r : {revision::r2024_11_05, revision::r2025_03_26, revision::r2025_06_18}) {
        const std::string out = result(r);
        CHECK(out.starts_with(R"({"content":[{"type":"text","text":"look"},{"type":")"));
        std::size_t blocks = 0;
        for (std::size_t at = 0; (at = out.find("{\"type\":", at)) != std::string::npos; ++at) {
            CHECK(out[at - 1] == (blocks == 0 ? '[' : ','));
            ++blocks;
        }
        CHECK(blocks == 3);
    }
    // what came as blocks alone is no structure, whatever was promised
    CHECK_FALSE(contains(result(haft::mcp::newest_revision, {true, true}), "structuredContent"));
}
