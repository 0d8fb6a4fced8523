// SPDX-License-Identifier: BSL-1.0
// What a model can't do is found out before it is asked.
#include <haft/model/capabilities.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

namespace {

std::string verdict(const haft::model_info& info, const haft::model_request& request) {
    const auto able = haft::can_be_asked(info, request);
    return able ? "yes" : able.error().text();
}
haft::model_request showing(haft::content_block block) {
    haft::model_request out;
    out.messages = {{.text = "See", .attachments = {std::move(block)}}};
    return out;
}

}  // namespace

TEST_CASE("An attachment of a type that a model does not take is an error that names the allowed ones", "[MP-04]") {
    const haft::model_info info{.id = "m", .attachment_types = {"image/*", "application/pdf"}};
    const haft::image picture{"", "image/webp"};
    CHECK(verdict(info, showing(picture)) == "yes");
    CHECK(verdict(info, showing(haft::audio{"", "audio/wav"})) ==
          "model \"m\" can't be shown \"audio/wav\"; it takes image/*, application/pdf [haft-E0316]");
    CHECK(verdict({.id = "m"}, showing(picture)) ==
          "model \"m\" can't be shown \"image/webp\"; it takes no attachments [haft-E0316]");
    const std::vector<unsigned char> bytes{1};
    CHECK(verdict(info, showing(haft::resource{"a.pdf", "Application/PDF; version=1", bytes})) == "yes");
    CHECK(verdict(info, showing(haft::resource{"a.bin", "", bytes})) ==
          "model \"m\" can't be shown \"application/octet-stream\"; it takes image/*, application/pdf [haft-E0316]");
    CHECK(verdict({.id = "m", .attachment_types = {"*/*"}}, showing(haft::resource{"a.bin", "", bytes})) == "yes");
}

TEST_CASE("What can be told in words is no attachment", "[MP-04]") {
    for (const haft::content_block& block :
         {haft::content_block{std::string("text")},
          haft::content_block{haft::resource{"a.txt", "text/plain", std::string("text")}},
          haft::content_block{haft::resource_link{"https://a.example", "a"}}})
        CHECK(verdict({.id = "m"}, showing(block)) == "yes");
}

TEST_CASE("A type is allowed by itself, by its kind, in any case", "[MP-04]") {
    CHECK(haft::allows_type({"image/png"}, "IMAGE/PNG"));
    CHECK_FALSE(haft::allows_type({"image/png"}, "image/pngx"));
    CHECK_FALSE(haft::allows_type({"image/*"}, "imagex/png"));
    CHECK_FALSE(haft::allows_type({}, "image/png"));
}

TEST_CASE("A server-side tool that the model does not claim is an error", "[MP-04]") {
    haft::model_request request;
    request.server_side_tools = {"web_search"};
    CHECK(verdict({.id = "m", .server_side_tools = {"web_search"}}, request) == "yes");
    CHECK(verdict({.id = "m", .server_side_tools = {"code", "maps"}}, request) ==
          "model \"m\" has no server-side tool \"web_search\"; it has code, maps [haft-E0316]");
    CHECK(verdict({.id = "m"}, request) ==
          "model \"m\" has no server-side tool \"web_search\"; it has none [haft-E0316]");
}

TEST_CASE("Tools and a schema are for models that claim them", "[MP-04]") {
    haft::toolset tools;
    const haft::formats::name_map none(tools);
    haft::model_request request;
    request.tools = &none;
    CHECK(verdict({.id = "m", .supports_tools = false}, request) == "yes");
    haft::toolset one;
    one.add("a", "A", [] { return 1; });
    const haft::formats::name_map names(one);
    request.tools = &names;
    CHECK(verdict({.id = "m"}, request) == "yes");
    CHECK(verdict({.id = "m", .supports_tools = false}, request) ==
          "model \"m\" can't call tools; send the request without, or ask another model [haft-E0316]");
    request.schema = "{}";
    CHECK(verdict({.id = "m"}, request) ==
          "model \"m\" can't reply by a schema; send the request without, or ask another model [haft-E0316]");
    CHECK(verdict({.id = "m", .supports_schema = true}, request) == "yes");
}
