// SPDX-License-Identifier: BSL-1.0
// What an MCP server offers of a registry, of templates and of fragments.
#include <haft/host/prompt_offer.hpp>
#include <haft/host/registry_offer.hpp>
#include <haft/mcp/server.hpp>
#include <haft/registry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

struct talk {
    template <class Offered>
    explicit talk(Offered what) : server(std::move(what)) {
        server.on_output([this](std::string_view frames) { output += frames; });
        (*this)(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})");
    }
    std::string operator()(std::string_view line) {
        server.serve(std::string(line) + "\n");
        return std::exchange(output, {});
    }
    std::string ask(std::string_view method, std::string_view params = "{}") {
        return (*this)(R"({"jsonrpc":"2.0","id":1,"method":")" + std::string(method) + R"(","params":)" + std::string(params) + "}");
    }
    std::string output;
    haft::mcp::server server;
};
bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }
int one() { return 1; }
int two() { return 2; }

}  // namespace

TEST_CASE("a registry is served as it changes", "[IO-05]") {
    haft::registry all;
    REQUIRE(all.add_tool(haft::make<&one>("One")));
    std::string left_over;
    {
        const haft::host::registry_offer offered(all);
        talk t(offered.live());
        CHECK(contains(t.ask("tools/list"), "\"one\""));
        REQUIRE(all.add_tool(haft::make<&two>("Two")));
        CHECK(t("") == "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n");
        CHECK(contains(t.ask("tools/call", R"({"name":"two"})"), "\"2\""));
        CHECK(all.disable_tool("one"));
        CHECK(t("") != "");
        CHECK(contains(t.ask("tools/call", R"({"name":"one"})"), "-32602"));
        CHECK(all.enable_tool("one"));
        t("");
        all.unexpose_all();
        t("");
        CHECK(contains(t.ask("tools/list"), "\"tools\":[]"));
    }
    CHECK_FALSE(all.enable_tool("nobody"));  // nobody follows any more
}

TEST_CASE("a template is a prompt", "[TF-02][IO-05]") {
    haft::loaded_template of;
    of.what.name = "review";
    of.what.system = "You know $language.";
    of.what.prompt = "Look at $input in $language, $style.";
    of.what.defaults = {{"style", haft::json_text{"\"kindly\""}}};
    haft::loaded_template bare;
    bare.what.name = "bare";
    talk t(haft::mcp::offer::of({}).with({haft::host::prompt_of(of), haft::host::prompt_of(bare)}));
    CHECK(contains(t.ask("prompts/list"),
                   R"([{"name":"review","arguments":[{"name":"language","required":true},{"name":"input","required":true},{"name":"style"}]},{"name":"bare","arguments":[{"name":"input","required":true}]}])"));
    CHECK(contains(t.ask("prompts/get", R"({"name":"review","arguments":{"language":"C++","input":"this"}})"),
                   R"([{"role":"user","content":{"type":"text","text":"You know C++."}},{"role":"user","content":{"type":"text","text":"Look at this in C++, kindly."}}])"));
    CHECK(contains(t.ask("prompts/get", R"({"name":"bare","arguments":{"input":"as it is"}})"), R"("text":"as it is")"));
    CHECK(contains(t.ask("prompts/get", R"({"name":"review","arguments":{"language":"C++"}})"), "-32602"));
}

TEST_CASE("fragments are resources", "[TF-05][IO-05]") {
    haft::fragment_loaders loaders;
    const auto handle = haft::add_fragment_loader(loaders, "docs", [](std::string_view argument) {
        haft::fragment_list out;
        out.emplace_back(haft::fragment{"about " + std::string(argument), "docs"});
        out.emplace_back(haft::attachment{.bytes = "abc", .type = "image/png"});
        return out;
    });
    REQUIRE(handle);
    talk t(haft::mcp::offer::of({}).with(std::vector<haft::mcp::resource_entry>(), haft::host::fragment_resources(loaders)));
    CHECK(contains(t.ask("resources/templates/list"), R"("uriTemplate":"fragment:docs/{+argument}")"));
    CHECK(contains(t.ask("resources/read", R"({"uri":"fragment:docs/a/b"})"),
                   R"("contents":[{"uri":"fragment:docs/a/b","mimeType":"text/plain","text":"about a/b"},{"uri":"fragment:docs/a/b","mimeType":"image/png","blob":"YWJj"}])"));
    CHECK(contains(t.ask("resources/read", R"({"uri":"fragment:other/a"})"), "-32002"));
}
