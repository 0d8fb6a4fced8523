// SPDX-License-Identifier: BSL-1.0
// What a server offers beside tools, and how clients hear that it changes: prompts, resources, completion, pages.
#include <haft/mcp/server.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using haft::mcp::named_values;
using haft::mcp::offer;

int one() { return 1; }
int two() { return 2; }

haft::toolset numbered(int from, int to) {
    haft::toolset out;
    for (int i = from; i < to; ++i) REQUIRE(out.add("tool_" + std::to_string(i), "A number", [i] { return i; }));
    return out;
}

std::vector<haft::mcp::prompt> prompts() {
    haft::mcp::prompt review{.name = "review", .description = "Review code", .title = "Code review"};
    review.arguments = {{.name = "language", .description = "Of the code", .required = true,
                         .complete = [](std::string_view typed, const named_values& others) {
                             std::vector<std::string> out;
                             for (const char* const known : {"c", "cpp", "python"})
                                 if (std::string_view(known).starts_with(typed)) out.emplace_back(known);
                             if (others.contains("all")) out.assign(150, "x");
                             return out;
                         }},
                        {.name = "style"}};
    review.get = [](const named_values& given, haft::call_context&) -> haft::result<haft::mcp::prompt_messages> {
        haft::mcp::prompt_messages out;
        out.messages.push_back({haft::speaker::user, "Review this " + given.at("language")});
        out.messages.push_back({haft::speaker::assistant, haft::image{"png"}});
        out.messages.push_back({haft::speaker::user, haft::resource{"file:///a", "text/plain", "A"}});
        return out;
    };
    haft::mcp::prompt broken{.name = "broken"};
    broken.get = [](const named_values&, haft::call_context&) -> haft::result<haft::mcp::prompt_messages> {
        throw std::runtime_error("no ink");
    };
    return {review, broken, review};  // the second of one name does not count
}
std::vector<haft::mcp::resource_entry> resources() {
    return {{.uri = "test://text", .name = "Text", .description = "A text", .mime_type = "text/plain",
             .read = [](haft::call_context&) -> haft::result<haft::mcp::resource_contents> {
                 return haft::mcp::resource_contents{{"", "text/plain", "hello"}};
             },
             .size = 5},
            {.uri = "test://bytes", .name = "Bytes",
             .read = [](haft::call_context&) -> haft::result<haft::mcp::resource_contents> {
                 return haft::mcp::resource_contents{{"", "image/png", std::vector<unsigned char>{1, 2, 3}}};
             }}};
}
std::vector<haft::mcp::resource_template> templates() {
    haft::mcp::resource_template t{.uri_template = "test://users/{id}/data", .name = "User", .mime_type = "application/json"};
    t.read = [](const std::string& uri, const named_values& v, haft::call_context&) -> haft::result<haft::mcp::resource_contents> {
        if (v.at("id") == "nobody") return haft::mcp::no_such_resource(uri);
        return haft::mcp::resource_contents{{"", "application/json", "{\"id\":\"" + v.at("id") + "\"}"}};
    };
    t.complete["id"] = [](std::string_view typed, const named_values&) { return std::vector<std::string>{std::string(typed) + "1"}; };
    return {t};
}
offer everything() {
    return offer::of({haft::make<&one>()}).with(prompts()).with(resources(), templates());
}

class talk {
public:
    template <class Offered>
    explicit talk(Offered what, haft::mcp::server_options options = {}) : server(std::move(what), std::move(options)) {
        server.on_output([this](std::string_view frames) { output += frames; });
    }
    std::string operator()(std::string_view line) {
        server.serve(std::string(line) + "\n");
        return std::exchange(output, {});
    }
    std::string open(std::string_view revision = "2025-11-25") {
        return (*this)(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":")" + std::string(revision) + R"("}})");
    }
    std::string ask(std::string_view method, std::string_view params = "{}") {
        return (*this)(R"({"jsonrpc":"2.0","id":1,"method":")" + std::string(method) + R"(","params":)" + std::string(params) + "}");
    }
    std::string output;
    haft::mcp::server server;
};
std::string result(std::string_view text) { return R"({"jsonrpc":"2.0","id":1,"result":)" + std::string(text) + "}\n"; }
bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }
std::string cursor_of(std::string_view answer) {
    const std::size_t at = answer.find("\"nextCursor\":\"");
    return at == answer.npos ? "" : std::string(answer.substr(at + 14, answer.find('"', at + 14) - at - 14));
}

}  // namespace

TEST_CASE("a server declares what it has, and that it changes where it can", "[mcp][IO-05]") {
    CHECK(contains(talk(offer::of({})).open(), R"("capabilities":{"tools":{},"logging":{}})"));
    CHECK(contains(talk(everything()).open(), R"("capabilities":{"tools":{},"prompts":{},"resources":{},"completions":{},"logging":{}})"));
    CHECK(contains(talk(everything()).open("2024-11-05"), R"("capabilities":{"tools":{},"prompts":{},"resources":{},"logging":{}})"));
    CHECK(contains(talk(std::make_shared<haft::mcp::live_offer>(everything())).open(),
                   R"({"tools":{"listChanged":true},"prompts":{"listChanged":true},"resources":{"subscribe":true,"listChanged":true},"completions":{},"logging":{}})"));
    talk none(offer::of({}));
    none.open();
    for (const char* const method : {"prompts/list", "prompts/get", "resources/list", "resources/read", "resources/subscribe", "completion/complete"})
        CHECK(contains(none.ask(method), R"("error":{"code":-32601,)"));
}

TEST_CASE("prompts are listed and made", "[mcp][IO-05]") {
    talk t(everything());
    t.open();
    CHECK(t.ask("prompts/list") ==
          result(R"({"prompts":[{"name":"review","title":"Code review","description":"Review code","arguments":[{"name":"language","description":"Of the code","required":true},{"name":"style"}]},{"name":"broken"}]})"));
    CHECK(t.ask("prompts/get", R"({"name":"review","arguments":{"language":"cpp"}})") ==
          result(R"({"description":"Review code","messages":[{"role":"user","content":{"type":"text","text":"Review this cpp"}},{"role":"assistant","content":{"type":"image","data":"cG5n","mimeType":"image/png"}},{"role":"user","content":{"type":"resource","resource":{"uri":"file:///a","mimeType":"text/plain","text":"A"}}}]})"));
    CHECK(contains(t.ask("prompts/get", R"({"name":"review"})"), R"("code":-32602,"message":"prompt \"review\" needs the arguments: language)"));
    CHECK(contains(t.ask("prompts/get", R"({"name":"reviev"})"), R"(no prompt \"reviev\"; did you mean \"review\" [haft-E0479])"));
    CHECK(contains(t.ask("prompts/get", R"({})"), "-32602"));
    CHECK(contains(t.ask("prompts/get", R"({"name":"broken"})"), R"("code":-32603,"message":"no ink)"));
    talk old(everything());
    old.open("2025-03-26");
    CHECK(!contains(old.ask("prompts/list"), "title"));
}

TEST_CASE("resources are listed and read, one by one and by their template", "[mcp][IO-05]") {
    talk t(everything());
    t.open();
    CHECK(t.ask("resources/list") ==
          result(R"({"resources":[{"uri":"test://text","name":"Text","description":"A text","mimeType":"text/plain","size":5},{"uri":"test://bytes","name":"Bytes"}]})"));
    CHECK(t.ask("resources/templates/list") ==
          result(R"({"resourceTemplates":[{"uriTemplate":"test://users/{id}/data","name":"User","mimeType":"application/json"}]})"));
    CHECK(t.ask("resources/read", R"({"uri":"test://text"})") ==
          result(R"({"contents":[{"uri":"test://text","mimeType":"text/plain","text":"hello"}]})"));
    CHECK(t.ask("resources/read", R"({"uri":"test://bytes"})") ==
          result(R"({"contents":[{"uri":"test://bytes","mimeType":"image/png","blob":"AQID"}]})"));
    CHECK(t.ask("resources/read", R"({"uri":"test://users/a%20b/data"})") ==
          result(R"({"contents":[{"uri":"test://users/a%20b/data","mimeType":"application/json","text":"{\"id\":\"a b\"}"}]})"));
    for (const std::string uri : {"test://other", "test://users/nobody/data", "test://users//data", "test://users/a/b/data"})
        CHECK(contains(t.ask("resources/read", "{\"uri\":\"" + uri + "\"}"),
                       R"("code":-32002,"message":"no resource \")" + uri + R"(\" [haft-E0477]","data":{"uri":")" + uri + "\"}"));
    CHECK(contains(t.ask("resources/read"), "-32602"));
}

TEST_CASE("URI templates are read backwards", "[mcp][IO-05]") {
    const auto match = [](std::string_view pattern, std::string_view uri) {
        const auto found = haft::mcp::uri_template(pattern).match(uri);
        std::string out = found ? "" : "none";
        if (found)
            for (const auto& [name, value] : *found) out += name + "=" + value + ";";
        return out;
    };
    CHECK(match("a://b", "a://b") == "");
    CHECK(match("a://b", "a://bc") == "none");
    CHECK(match("a://{x}/{y}.txt", "a://1/2.3.txt") == "x=1;y=2.3;");
    CHECK(match("a://{x}", "a://1/2") == "none");
    CHECK(match("a://{+x}", "a://1/2%2f3%zz") == "x=1/2/3%zz;");
    CHECK(match("a://{+dir}/{name}", "a://1/2") == "dir=1;name=2;");
    CHECK(match("a{#x}", "a#1/2") == "x=1/2;");
    CHECK(match("{x}{y}", "12") == "x=1;y=2;");
    CHECK(match("a://{x", "a://{x") == "");
    CHECK(match("a://{x}", "a://" + std::string(10'000, 'x')) == "none");
}

TEST_CASE("arguments of prompts and variables of templates are completed", "[mcp][IO-05]") {
    talk t(everything());
    t.open();
    const auto complete = [&](std::string_view ref, std::string_view argument, std::string_view context = "{}") {
        return t.ask("completion/complete", "{\"ref\":" + std::string(ref) + ",\"argument\":" + std::string(argument) + ",\"context\":" + std::string(context) + "}");
    };
    constexpr std::string_view review = R"({"type":"ref/prompt","name":"review"})";
    CHECK(complete(review, R"({"name":"language","value":"c"})") == result(R"({"completion":{"values":["c","cpp"],"total":2,"hasMore":false}})"));
    CHECK(complete(review, R"({"name":"style","value":"c"})") == result(R"({"completion":{"values":[],"total":0,"hasMore":false}})"));
    CHECK(complete(R"({"type":"ref/resource","uri":"test://users/{id}/data"})", R"({"name":"id","value":"7"})") ==
          result(R"({"completion":{"values":["71"],"total":1,"hasMore":false}})"));
    const std::string many = complete(review, R"({"name":"language","value":""})", R"({"arguments":{"all":"yes"}})");
    CHECK(contains(many, R"(],"total":150,"hasMore":true}})"));
    CHECK(haft::json::items_of(haft::json::value_of(haft::json::members_of(haft::json::value_of(haft::json::members_of(haft::json::value_of(haft::json::members_of(many), "result")), "completion")), "values")).size() == 100);
    for (const std::string_view wrong : {R"({"type":"ref/prompt","name":"none"})", R"({"type":"ref/other"})", R"({"type":"ref/resource","uri":"none"})", "7"})
        CHECK(contains(complete(wrong, R"({"name":"language","value":""})"), "-32602"));
    CHECK(contains(complete(review, R"({"name":"none","value":""})"), "-32602"));
    CHECK(contains(complete(review, R"({"name":7,"value":""})"), "-32602"));
}

TEST_CASE("every list comes in pages, and each cursor is of its own list", "[mcp][fault-140]") {
    talk t(everything(), {.page_size = 1});
    t.open();
    const std::string first = t.ask("prompts/list");
    const std::string next = t.ask("prompts/list", "{\"cursor\":\"" + cursor_of(first) + "\"}");
    CHECK(contains(next, R"({"name":"broken"}]})"));
    CHECK(cursor_of(next).empty());
    CHECK(contains(t.ask("resources/list", "{\"cursor\":\"" + cursor_of(first) + "\"}"), "-32602"));
    CHECK(contains(t.ask("resources/list", "{\"cursor\":\"" + cursor_of(t.ask("resources/list")) + "\"}"), "test://bytes"));
    for (const std::string_view forged : {"", "0", "0000000000000000-1", "zzzzzzzzzzzzzzzz-1", "0000000000000000-999999999999999999999999"})
        CHECK(contains(t.ask("prompts/list", "{\"cursor\":\"" + std::string(forged) + "\"}"), "-32602"));
    const std::string beyond = cursor_of(first).substr(0, 17) + "99";
    CHECK(contains(t.ask("prompts/list", "{\"cursor\":\"" + beyond + "\"}"), "-32602"));
}

TEST_CASE("a list that changes between two pages is gone through as it was", "[mcp][fault-140]") {
    const auto live = std::make_shared<haft::mcp::live_offer>(offer::of(numbered(0, 6)));
    talk t(live, {.page_size = 2});
    t.open();
    const std::string first = t.ask("tools/list");
    live->publish(offer::of(numbered(2, 9)));
    CHECK(t("") == "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n");
    const std::string second = t.ask("tools/list", "{\"cursor\":\"" + cursor_of(first) + "\"}");
    CHECK(contains(second, "\"tool_2\""));
    CHECK(contains(second, "\"tool_3\""));
    const std::string third = t.ask("tools/list", "{\"cursor\":\"" + cursor_of(second) + "\"}");
    CHECK(contains(third, "\"tool_5\""));
    CHECK(cursor_of(third).empty());
    CHECK(contains(t.ask("tools/list"), R"({"tools":[{"name":"tool_2")"));
    for (int i = 10; i < 15; ++i) {  // more lists than are remembered
        live->publish(offer::of(numbered(i, i + 5)));
        t.ask("tools/list");
    }
    CHECK(contains(t.ask("tools/list", "{\"cursor\":\"" + cursor_of(first) + "\"}"), "-32602"));
}

TEST_CASE("what is published is served at once, and its clients are told what has changed", "[mcp][IO-05]") {
    const auto live = std::make_shared<haft::mcp::live_offer>(everything());
    talk t(live), other(live), silent(live);
    t.open();
    other.open();
    CHECK(t("") == "");
    live->publish(offer::of({haft::make<&two>()}));
    CHECK(t("") == "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n");
    CHECK(t("") == "");
    CHECK(contains(t.ask("tools/call", R"({"name":"two"})"), "\"text\":\"2\""));
    CHECK(contains(t.ask("prompts/list"), "review"));
    live->publish(offer{}.with(std::vector<haft::mcp::prompt>()).with(resources()));
    CHECK(t("") == "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/prompts/list_changed\"}\n{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/list_changed\"}\n");
    CHECK(other("") == "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n{\"jsonrpc\":\"2.0\",\"method\":\"notifications/prompts/list_changed\"}\n{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/list_changed\"}\n");
    CHECK(silent("") == "");  // before its handshake
}

TEST_CASE("a tool that changes the offer is answered first", "[mcp][IO-05]") {
    std::shared_ptr<haft::mcp::live_offer> live;
    haft::toolset tools;
    REQUIRE(tools.add("change", "Change the tools", [&] {
        live->publish(offer::of({haft::make<&two>()}));
        return std::string("done");
    }));
    live = std::make_shared<haft::mcp::live_offer>(offer::of(tools));
    int rings = 0;
    talk t(live);
    t.server.on_ready([&] { ++rings; });
    t.open();
    const std::string out = t.ask("tools/call", R"({"name":"change"})");
    CHECK(out.find("done") < out.find("list_changed"));
    CHECK(rings == 1);
    CHECK(contains(t.ask("tools/call", R"({"name":"change"})"), "-32602"));
}

TEST_CASE("who subscribes to a resource hears that it holds something else", "[mcp][IO-05]") {
    const auto live = std::make_shared<haft::mcp::live_offer>(everything());
    talk t(live, {.max_subscriptions = 2});
    t.open();
    CHECK(t.ask("resources/subscribe", R"({"uri":"test://text"})") == result("{}"));
    CHECK(t.ask("resources/subscribe", R"({"uri":"test://text"})") == result("{}"));
    live->resource_updated("test://bytes");
    live->resource_updated("test://text");
    live->resource_updated("test://text");
    CHECK(t("") == R"({"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"test://text"}})" "\n");
    CHECK(t.ask("resources/subscribe", R"({"uri":"a:"})") == result("{}"));
    CHECK(contains(t.ask("resources/subscribe", R"({"uri":"b:"})"), "-32603"));
    CHECK(t.ask("resources/unsubscribe", R"({"uri":"test://text"})") == result("{}"));
    live->resource_updated("test://text");
    CHECK(t("") == "");
    for (int i = 0; i < 2000; ++i) live->resource_updated("c:" + std::to_string(i));  // more than are remembered
    CHECK(t("") == R"({"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"a:"}})" "\n");
    CHECK(contains(t.ask("resources/subscribe", "{}"), "-32602"));
}
