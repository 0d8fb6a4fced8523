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

TEST_CASE("who does otherwise what was done in the same words runs, and nobody lists anew", "[IO-05]") {
    haft::registry all;
    REQUIRE(all.add_tool("count", haft::about{"Counts"}, [] { return 1; }));
    const haft::host::registry_offer offered(all);
    talk t(offered.live());
    all.batch([&] {
        CHECK(all.remove_tool("count"));
        REQUIRE(all.add_tool("count", haft::about{"Counts"}, [] { return 2; }));
    });
    CHECK(t("").empty());
    CHECK(contains(t.ask("tools/call", R"({"name":"count"})"), "\"2\""));
    REQUIRE(all.add(haft::owner{.name = "idle"}));
    CHECK(t("").empty());
}

TEST_CASE("of a registry only what is selected is served, also of what comes later", "[IO-05][RG-07]") {
    haft::registry all;
    REQUIRE(all.add_tool(haft::make<&one>("One")));
    const auto live = haft::host::registry_offer::live(all, {}, {.only = haft::selector{"one", "t*"}});
    talk t(live);
    REQUIRE(all.add_tool("three", haft::about{"Three"}, [] { return 3; }));
    CHECK(contains(t(""), "list_changed"));
    REQUIRE(all.add_tool("four", haft::about{"Four"}, [] { return 4; }));
    CHECK(t("").empty());
    CHECK(all.remove_tool("one"));  // the selection names it
    CHECK(contains(t(""), "list_changed"));
    const std::string listed = t.ask("tools/list");
    CHECK(contains(listed, "\"three\""));
    CHECK_FALSE(contains(listed, "\"one\""));
    CHECK_FALSE(contains(listed, "\"four\""));
}

TEST_CASE("templates and fragments come and go with their owners", "[TF-02][TF-05][IO-05]") {
    haft::registry all;
    haft::host::registry_offer_options how;
    how.parts = haft::host::prompt_parts(all.all_kinds());
    const haft::host::registry_offer offered(all, {}, std::move(how));
    talk t(offered.live());
    CHECK(contains(t.ask("prompts/list"), "\"prompts\":[]"));
    haft::owner texts{.name = "texts"};
    texts.parts.push_back(haft::template_loader_part("texts", [](std::string_view name) -> haft::result<haft::prompt_template> {
        if (name == "bad") return haft::error{haft::errc::unknown_name, "none"};
        return haft::prompt_template{.prompt = "Say $input to " + std::string(name)};
    }, [] { return std::vector<std::string>{"bad", "cats"}; }));
    texts.parts.push_back(haft::fragment_loader_part("texts", [](std::string_view name) { return haft::fragment{"of " + std::string(name), "texts"}; },
                                                     [] { return std::vector<std::string>{"cats", "two words"}; }));
    texts.parts.push_back(haft::template_loader_part("mute", [](std::string_view) { return haft::prompt_template{}; }));
    REQUIRE(all.add_exposed(texts));
    const std::string told = t("");
    CHECK(contains(told, "notifications/prompts/list_changed"));
    CHECK(contains(told, "notifications/resources/list_changed"));
    CHECK_FALSE(contains(told, "notifications/tools/list_changed"));
    CHECK(contains(t.ask("prompts/list"), R"("prompts":[{"name":"texts:cats","arguments":[{"name":"input","required":true}]}])"));
    CHECK(contains(t.ask("prompts/get", R"({"name":"texts:cats","arguments":{"input":"hello"}})"), "Say hello to cats"));
    CHECK(contains(t.ask("resources/list"), R"("resources":[{"uri":"fragment:texts/cats","name":"texts:cats"}])"));
    CHECK(contains(t.ask("resources/read", R"({"uri":"fragment:texts/cats"})"), "of cats"));
    CHECK(contains(t.ask("resources/read", R"({"uri":"fragment:texts/dogs"})"), "of dogs"));
    CHECK(contains(t.ask("completion/complete", R"({"ref":{"type":"ref/resource","uri":"fragment:texts/{+argument}"},"argument":{"name":"argument","value":"tw"}})"),
                   R"("values":["two words"])"));
    CHECK(all.unexpose("texts"));
    t("");
    CHECK(contains(t.ask("prompts/list"), "\"prompts\":[]"));
    CHECK(contains(t.ask("resources/templates/list"), "\"resourceTemplates\":[]"));
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

TEST_CASE("a template that is a prompt brings its fragments", "[TF-02][TF-05][IO-05]") {
    haft::fragment_loaders loaders;
    const auto handle = haft::add_fragment_loader(loaders, "docs", [](std::string_view argument) {
        haft::fragment_list out;
        out.emplace_back(haft::fragment{"about " + std::string(argument), "docs"});
        if (argument == "cats") out.emplace_back(haft::attachment{.bytes = "abc", .type = "image/png"});
        return out;
    });
    REQUIRE(handle);
    haft::loaded_template of;
    of.what = {.name = "t", .prompt = "Say $input", .system = "Be kind", .fragments = {"docs:cats"}, .system_fragments = {"docs:rules"}};
    haft::loaded_template unknown = of, of_a_file = of;
    unknown.what.name = "unknown", unknown.what.fragments = {"none:x"};
    of_a_file.what.name = "file", of_a_file.what.fragments = {"/etc/hostname"};
    talk t(haft::mcp::offer::of({}).with({haft::host::prompt_of(of, {}, &loaders), haft::host::prompt_of(unknown, {}, &loaders),
                                          haft::host::prompt_of(of_a_file, {}, &loaders)}));
    CHECK(contains(t.ask("prompts/get", R"({"name":"t","arguments":{"input":"hello"}})"),
                   R"([{"role":"user","content":{"type":"text","text":"about rules\nBe kind"}},{"role":"user","content":{"type":"text","text":"about cats\nSay hello"}},)"
                   R"({"role":"user","content":{"type":"image","data":"YWJj","mimeType":"image/png"}}])"));
    CHECK(contains(t.ask("prompts/get", R"({"name":"unknown","arguments":{"input":"hello"}})"), "haft-E0331"));
    CHECK(contains(t.ask("prompts/get", R"({"name":"file","arguments":{"input":"hello"}})"), "no file of your own"));
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
