// SPDX-License-Identifier: BSL-1.0
// Revision 2026-07-28: each request says for itself what its client is.
#include <haft/mcp/asking/hmac_state.hpp>
#include <haft/mcp/server.hpp>
#include <haft/tool.hpp>
#include <haft/tool/ask.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using haft::call_context;
using haft::result;
using haft::mcp::offer;

struct name_form {
    std::string name;
};
struct text_args {
    std::string text;
};
std::string echo(const text_args& a) { return a.text; }
std::vector<int> list() { return {1, 2}; }
std::optional<int> nothing() { return {}; }
result<std::string> greet(call_context& context) {
    const auto who = context.ask<name_form>("What is your name?", "user_name");
    if (!who) return who.error();
    return "Hello, " + who->value.name + "!";
}
result<std::string> two_rounds(call_context& context) {
    const auto a = context.ask<name_form>("Step 1", "step1");
    if (!a) return a.error();
    context.keep("kept");
    const auto b = context.ask<name_form>("Step 2", "step2");
    if (!b) return b.error();
    return a->value.name + b->value.name + std::string(context.state());
}
result<std::string> needs_model(call_context& context) {
    const auto said = context.sample({.messages = {{haft::speaker::user, "Hi"}}}, "hi");
    if (!said) return said.error();
    return said->text();
}
std::string talks(call_context& context) {
    context.log(haft::log_level::info, "info");
    context.log(haft::log_level::error, "error");
    context.progress(1, 2);
    return "said";
}

offer offered() {
    haft::mcp::prompt asks{.name = "asks"};
    asks.get = [](const haft::mcp::named_values&, call_context& context) -> result<haft::mcp::prompt_messages> {
        const auto who = context.ask<name_form>("Who?", "who");
        if (!who) return who.error();
        return haft::mcp::prompt_messages{{{haft::speaker::user, who->value.name}}};
    };
    return offer::of({haft::make<&echo>(""), haft::make<&list>(""), haft::make<&nothing>(""), haft::make<&greet>(""),
                      haft::make<&two_rounds>(""), haft::make<&needs_model>(""), haft::make<&talks>("")})
        .with(std::vector{asks})
        .with(std::vector<haft::mcp::resource_entry>{{.uri = "test://a", .name = "A", .read = [](call_context&) -> result<haft::mcp::resource_contents> {
                                                           return haft::mcp::resource_contents{{"", "", "a"}};
                                                       }}});
}

struct kept final : haft::mcp::stream {
    void send(std::string_view frames) override { text += frames; }
    void answered() override { text += '.'; }
    void refused(haft::mcp::refusal how) override { text += how == haft::mcp::refusal::not_found ? "404 " : "400 "; }
    std::string_view principal() const override { return user; }
    std::string text;
    std::string user;
};

std::string meta(std::string_view capabilities = "{}", std::string_view more = "") {
    return R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":)" +
           std::string(capabilities) + std::string(more) + "}";
}
std::string request(std::string_view method, std::string_view params, std::string_view id = "1") {
    return R"({"jsonrpc":"2.0","id":)" + std::string(id) + R"(,"method":")" + std::string(method) + R"(","params":{)" + std::string(params) + "}}";
}
constexpr std::string_view can_ask = R"({"elicitation":{}})";

class talk {
public:
    explicit talk(haft::mcp::server_options options = {}) : talk(offered(), std::move(options)) {}
    template <class Offered>
    talk(Offered what, haft::mcp::server_options options) : server(std::move(what), std::move(options)) {
        server.on_output([this](std::string_view frames) { output += frames; });
    }
    std::string operator()(std::string_view line) {
        server.serve(std::string(line) + "\n");
        return std::exchange(output, {});
    }
    std::string ask(std::string_view method, std::string_view params = "", std::string_view capabilities = "{}", std::string_view more = "") {
        return (*this)(request(method, meta(capabilities, more) + (params.empty() ? "" : ",") + std::string(params)));
    }
    std::shared_ptr<kept> apart(std::string_view message, std::string_view user = "") {
        auto to = std::make_shared<kept>();
        to->user = user;
        server.handle(message, to);
        return to;
    }
    std::string output;
    haft::mcp::server server;
};

constexpr std::string_view head = R"({"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"haft","version":")" HAFT_VERSION R"("}},)";
std::string complete(std::string_view members) { return std::string(head) + std::string(members) + "}}\n"; }
bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }
std::string state_of(std::string_view answer) {
    const auto result = haft::json::members_of(haft::json::value_of(haft::json::members_of(answer), "result"));
    return haft::json::string_of(haft::json::value_of(result, "requestState"));
}
std::string retry(std::string_view name, std::string_view state, std::string_view responses, std::string_view capabilities = can_ask) {
    return request("tools/call", meta(capabilities) + ",\"name\":\"" + std::string(name) + "\",\"arguments\":{},\"inputResponses\":" +
                                     std::string(responses) + (state.empty() ? "" : ",\"requestState\":\"" + std::string(state) + "\""));
}
std::string first(std::string_view name, std::string_view capabilities = can_ask) {
    return request("tools/call", meta(capabilities) + ",\"name\":\"" + std::string(name) + "\",\"arguments\":{}");
}
constexpr std::string_view ana = R"({"user_name":{"action":"accept","content":{"name":"Ana"}}})";

}  // namespace

TEST_CASE("a server tells what it is without a handshake, and serves both eras", "[mcp][IO-05][fault-125]") {
    talk t({.instructions = "Be kind.", .list_ttl = std::chrono::seconds(2), .shared_cache = true});
    CHECK(t.ask("server/discover") ==
          complete(R"("supportedVersions":["2026-07-28"],"capabilities":{"tools":{},"prompts":{},"resources":{},"logging":{}},"instructions":"Be kind.","ttlMs":2000,"cacheScope":"public")"));
    CHECK(t.ask("tools/call", R"("name":"echo","arguments":{"text":"hi"})") == complete(R"("content":[{"type":"text","text":"hi"}],"isError":false)"));
    t(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})");
    CHECK(t(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"hi"}}})") ==
          R"({"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"hi"}],"isError":false}})" "\n");
    CHECK(t.ask("tools/call", R"("arguments":{"text":"hi"},"name":"echo")") == complete(R"("content":[{"type":"text","text":"hi"}],"isError":false)"));
}

TEST_CASE("each result has its type, lists and what is read how long they may be kept", "[mcp][IO-05]") {
    talk t;
    CHECK(t.ask("tools/call", R"("name":"list")") == complete(R"("content":[{"type":"text","text":"[1,2]"}],"structuredContent":[1,2],"isError":false)"));
    CHECK(t.ask("tools/call", R"("name":"nothing")") == complete(R"("content":[],"structuredContent":null,"isError":false)"));
    CHECK(t.ask("tools/call", R"("name":"echo","arguments":{})").starts_with(std::string(head) + R"("content":[{"type":"text","text":"Error:)"));
    CHECK(contains(t.ask("tools/list"), R"("outputSchema":{"type":"array","items":{"type":"integer"}})"));
    CHECK(t.ask("tools/list").ends_with(R"(],"ttlMs":0,"cacheScope":"private"}})" "\n"));
    CHECK(t.ask("prompts/list") == complete(R"("prompts":[{"name":"asks"}],"ttlMs":0,"cacheScope":"private")"));
    CHECK(t.ask("resources/list") == complete(R"("resources":[{"uri":"test://a","name":"A"}],"ttlMs":0,"cacheScope":"private")"));
    CHECK(t.ask("resources/templates/list") == complete(R"("resourceTemplates":[],"ttlMs":0,"cacheScope":"private")"));
    CHECK(t.ask("resources/read", R"("uri":"test://a")") == complete(R"("contents":[{"uri":"test://a","text":"a"}],"ttlMs":0,"cacheScope":"private")"));
    CHECK(contains(t.ask("resources/read", R"("uri":"test://b")"), R"("error":{"code":-32602,"message":"no resource \"test://b\" [haft-E0477]","data":{"uri":"test://b"}})"));
    CHECK(t.ask("completion/complete", R"("ref":{"type":"ref/resource","uri":"test://a"},"argument":{"name":"x","value":""})") ==
          complete(R"("completion":{"values":[],"total":0,"hasMore":false})"));
}

TEST_CASE("a request that does not say what its client is, is refused", "[mcp][IO-05][fault-125][fault-126]") {
    talk t({.eras = haft::mcp::eras::stateless});
    const auto with = [&](std::string_view params) { return t.apart(request("server/discover", params, "\"x\""))->text; };
    for (const std::string_view params :
         {R"()", R"("_meta":{})", R"("_meta":7)", R"("_meta":{"io.modelcontextprotocol/clientCapabilities":{}})",
          R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"})",
          R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":[]})",
          R"("_meta":{"io.modelcontextprotocol/protocolVersion":7,"io.modelcontextprotocol/clientCapabilities":{}})",
          R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/logLevel":"loud"})"}) {
        CAPTURE(params);
        CHECK(with(params).starts_with(R"(400 {"jsonrpc":"2.0","id":"x","error":{"code":-32602,)"));
    }
    CHECK(with(R"("_meta":{"io.modelcontextprotocol/protocolVersion":"v999","io.modelcontextprotocol/clientCapabilities":{}})") ==
          R"(400 {"jsonrpc":"2.0","id":"x","error":{"code":-32022,"message":"protocol version \"v999\" is not spoken without a handshake","data":{"supported":["2026-07-28"],"requested":"v999"}}})" "\n.");
    for (const std::string_view method : {"initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe", "unknown/method"})
        CHECK(t.apart(request(method, meta()))->text.starts_with(R"(404 {"jsonrpc":"2.0","id":1,"error":{"code":-32601,)"));
    talk both;
    CHECK(contains(both(R"({"jsonrpc":"2.0","id":1,"method":"server/discover"})"), "-32602"));
    CHECK(contains(both(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})"), "the first request is \\\"initialize\\\""));
    talk old({.eras = haft::mcp::eras::handshake});
    CHECK(contains(old.ask("server/discover"), "the first request is \\\"initialize\\\""));
}

TEST_CASE("log messages go to requests that want them", "[mcp][IO-05]") {
    talk t;
    CHECK(t.ask("tools/call", R"("name":"talks")") == complete(R"("content":[{"type":"text","text":"said"}],"isError":false)"));
    const std::string loud = t.ask("tools/call", R"("name":"talks")", "{}", R"(,"io.modelcontextprotocol/logLevel":"error","progressToken":"p")");
    CHECK(contains(loud, R"("level":"error")"));
    CHECK(!contains(loud, R"("level":"info")"));
    CHECK(contains(loud, R"("progressToken":"p")"));
    std::vector<std::function<void()>> jobs;
    talk elsewhere({.executor = [&](std::function<void()> job) { jobs.push_back(std::move(job)); }});
    elsewhere.ask("tools/call", R"("name":"talks")", "{}", R"(,"io.modelcontextprotocol/logLevel":"error")");
    elsewhere.ask("tools/call", R"("name":"echo")");  // another level of another request
    jobs.at(0)();
    const std::string told = elsewhere("");
    CHECK(contains(told, R"("level":"error")"));
    CHECK(!contains(told, R"("level":"info")"));
    CHECK(contains(told, "\"said\""));
}

TEST_CASE("a tool asks by its answer, and the client calls it again with what it answers", "[NX-11]") {
    talk t;
    const std::string asked = t(first("greet"));
    CHECK(asked.starts_with(
        R"({"jsonrpc":"2.0","id":1,"result":{"resultType":"input_required","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"haft","version":")" HAFT_VERSION
        R"("}},"inputRequests":{"user_name":{"method":"elicitation/create","params":{"message":"What is your name?","requestedSchema":{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}}}},"requestState":")"));
    CHECK(t(retry("greet", state_of(asked), ana)) == complete(R"("content":[{"type":"text","text":"Hello, Ana!"}],"isError":false)"));
    // An answer that nobody asked for, or none to what was asked: it is asked again.
    CHECK(contains(t(retry("greet", "", R"({"wrong_key":{"action":"accept","content":{}}})")), R"("resultType":"input_required")"));
    CHECK(contains(t(retry("greet", "", R"({"user_name":{"action":"accept","content":{"name":"Bo"}},"other":{"action":"accept"}})")), "Hello, Bo!"));
    for (const std::string_view wrong : {"null", "7", R"({"user_name":12345})"}) CHECK(contains(t(retry("greet", "", wrong)), "-32602"));
    CHECK(t.server.calls_waiting() == 0);
}

TEST_CASE("answers and a tool's state go through further rounds", "[NX-11]") {
    talk t;
    const std::string one = t(first("two_rounds"));
    const std::string two = t(retry("two_rounds", state_of(one), R"({"step1":{"action":"accept","content":{"name":"A"}}})"));
    CHECK(contains(two, R"("step2")"));
    CHECK(!contains(two, R"("step1")"));
    CHECK(state_of(one) != state_of(two));
    CHECK(contains(t(retry("two_rounds", state_of(two), R"({"step2":{"action":"accept","content":{"name":"B"}}})")), R"("text":"ABkept")"));
}

TEST_CASE("prompts ask as well, and other methods do not", "[NX-11]") {
    talk t;
    const std::string asked = t(request("prompts/get", meta(can_ask) + R"(,"name":"asks")"));
    CHECK(contains(asked, R"("inputRequests":{"who":)"));
    CHECK(t(request("prompts/get", meta(can_ask) + R"(,"name":"asks","inputResponses":{"who":{"action":"accept","content":{"name":"me"}}},"requestState":")" + state_of(asked) + "\"")) ==
          complete(R"("messages":[{"role":"user","content":{"type":"text","text":"me"}}])"));
}

TEST_CASE("what a client can't be asked is an error that names what it lacks", "[NX-11]") {
    talk t;
    CHECK(t.apart(first("needs_model", "{}"))->text ==
          R"(400 {"jsonrpc":"2.0","id":1,"error":{"code":-32021,"message":"the client would have to be asked, and declares no capability for it","data":{"requiredCapabilities":{"sampling":{}}}}})" "\n.");
    CHECK(contains(t.apart(first("needs_model", R"({"sampling":{}})"))->text, "sampling/createMessage"));
    CHECK(contains(t.apart(first("greet", R"({"elicitation":{"url":{}}})"))->text, R"("requiredCapabilities":{"elicitation":{"form":{}}})"));
    std::vector<std::function<void()>> jobs;
    talk elsewhere({.executor = [&](std::function<void()> job) { jobs.push_back(std::move(job)); }});
    const auto refused = elsewhere.apart(first("needs_model", "{}")), asked = elsewhere.apart(first("greet"));
    jobs.at(0)();
    jobs.at(1)();
    elsewhere.server.poll();
    CHECK(contains(refused->text, "-32021"));
    CHECK(contains(asked->text, R"("resultType":"input_required")"));
    CHECK(asked->text.back() == '.');
    const auto done = elsewhere.apart(retry("greet", state_of(std::string_view(asked->text).substr(0, asked->text.size() - 2)), ana));
    jobs.at(2)();
    elsewhere.server.poll();
    CHECK(contains(done->text, "Hello, Ana!"));
}

TEST_CASE("a state that is changed, used before, of another user, another call or too old is refused", "[NX-11][fault-134]") {
    std::chrono::system_clock::time_point now{};
    const auto hmac = std::make_shared<haft::mcp::hmac_state>("key", [&] { return now; });
    for (const bool in_memory : {true, false}) {
        CAPTURE(in_memory);
        talk t({.answer_time = std::chrono::seconds(10), .states = in_memory ? nullptr : hmac});
        const auto begin = [&](std::string_view user) { return state_of(std::string_view(t.apart(first("greet"), user)->text).substr(0, t.apart(first("greet"), user)->text.size() - 2)); };
        const auto is_refused = [&](std::string_view message, std::string_view user) {
            return contains(t.apart(message, user)->text, "\"code\":-32602,\"message\":\"\\\"requestState\\\" is none that this server gave");
        };
        const std::string state = begin("ana");
        CHECK(is_refused(retry("greet", state + "-TAMPERED", ana), "ana"));
        std::string changed = state;
        for (std::size_t i = 0; i < changed.size(); i += 7) {
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            CHECK(is_refused(retry("greet", changed, ana), "ana"));
            changed = state;
        }
        CHECK(is_refused(retry("greet", state, ana), "bo"));
        CHECK(is_refused(retry("greet", state, ana), ""));
        CHECK(is_refused(retry("two_rounds", state, ana), "ana"));
        CHECK(is_refused(request("tools/call", meta(can_ask) + R"(,"name":"greet","arguments":{"a":1},"requestState":")" + state + "\""), "ana"));
        CHECK(is_refused(request("prompts/get", meta(can_ask) + R"(,"name":"asks","requestState":")" + state + "\""), "ana"));
        CHECK(is_refused(request("tools/call", meta(can_ask) + R"(,"name":"greet","arguments":{},"requestState":7)"), "ana"));
        CHECK(contains(t.apart(retry("greet", state, ana), "ana")->text, "Hello, Ana!"));
        CHECK(is_refused(retry("greet", state, ana), "ana"));  // a second time
        CHECK(contains(t.apart(retry("greet", state, ana), "ana")->text, "[haft-E0478]"));
    }
    talk t({.answer_time = std::chrono::seconds(10), .states = hmac});
    const std::string early = state_of(t(first("greet"))), late = state_of(t(first("greet")));
    now += std::chrono::seconds(9);
    CHECK(contains(t(retry("greet", early, ana)), "Hello, Ana!"));
    now += std::chrono::seconds(1);
    CHECK(contains(t(retry("greet", late, ana)), "-32602"));
    talk other({.answer_time = std::chrono::seconds(10), .states = std::make_shared<haft::mcp::hmac_state>("other key", [&] { return now; })});
    talk same({.answer_time = std::chrono::seconds(10), .states = std::make_shared<haft::mcp::hmac_state>("key", [&] { return now; })});
    const std::string state = state_of(t(first("greet")));
    CHECK(contains(other(retry("greet", state, ana)), "-32602"));
    CHECK(contains(same(retry("greet", state, ana)), "Hello, Ana!"));  // another process of the same key
}

TEST_CASE("who listens is told first what is honoured, then what changes, each with its id", "[mcp][IO-05]") {
    const auto live = std::make_shared<haft::mcp::live_offer>(offered());
    talk t(live, {});
    const auto listen = [](std::string_view filter, std::string_view id) {
        return request("subscriptions/listen", meta() + ",\"notifications\":" + std::string(filter), id);
    };
    const auto tools = t.apart(listen(R"({"toolsListChanged":true,"resourceSubscriptions":["test://a"]})", "\"s\""));
    CHECK(tools->text == R"({"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":"s"},"notifications":{"toolsListChanged":true,"resourceSubscriptions":["test://a"]}}})" "\n");
    const auto prompts = t.apart(listen(R"({"promptsListChanged":true,"toolsListChanged":false})", "2"));
    CHECK(contains(t(listen(R"({"resourcesListChanged":true})", "3")), R"("notifications":{"resourcesListChanged":true})"));
    tools->text.clear();
    prompts->text.clear();
    live->publish(offer::of({haft::make<&echo>("")}));
    live->resource_updated("test://a");
    CHECK(t("") == "");
    CHECK(tools->text ==
          R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":"s"}}})" "\n"
          R"({"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":"s"},"uri":"test://a"}})" "\n");
    CHECK(prompts->text.empty());
    live->publish(offer{}.with(std::vector<haft::mcp::prompt>()).with(std::vector<haft::mcp::resource_entry>()));
    CHECK(t("") == R"({"jsonrpc":"2.0","method":"notifications/resources/list_changed","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":3}}})" "\n");
    CHECK(prompts->text == R"({"jsonrpc":"2.0","method":"notifications/prompts/list_changed","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":2}}})" "\n");
    t.server.drop(*prompts);
    CHECK(t(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":3}})") == "");
    CHECK(t.server.subscriptions() == 1);
    tools->text.clear();
    t.server.end_subscriptions();
    CHECK(tools->text == R"({"jsonrpc":"2.0","id":"s","result":{"resultType":"complete","_meta":{"io.modelcontextprotocol/subscriptionId":"s"}}})" "\n.");
    CHECK(contains(t(listen("[]", "4")), "-32602"));
    talk still(offered(), {});
    CHECK(contains(still(listen(R"({"toolsListChanged":true})", "5")), R"("notifications":{}}})"));
}

TEST_CASE("streams of notifications are limited", "[mcp][fault-138]") {
    const auto live = std::make_shared<haft::mcp::live_offer>(offered());
    talk t(live, {.max_subscriptions = 8});
    int opened = 0;
    std::vector<std::shared_ptr<kept>> all;
    for (int i = 0; i < 1000; ++i) {
        all.push_back(t.apart(request("subscriptions/listen", meta() + R"(,"notifications":{"toolsListChanged":true})", std::to_string(i))));
        opened += contains(all.back()->text, "acknowledged");
    }
    CHECK(opened == 8);
    CHECK(contains(all.back()->text, "too many subscriptions are open"));
    std::string uris = "\"a:\"";
    for (int i = 0; i < 100; ++i) uris += ",\"a:" + std::to_string(i) + "\"";
    t.server.end_subscriptions();
    CHECK(contains(t(request("subscriptions/listen", meta() + R"(,"notifications":{"resourceSubscriptions":[)" + uris + "]}")), "too many resources"));
}

TEST_CASE("calls of clients that know nothing of each other may have one id", "[mcp][IO-05]") {
    std::vector<std::function<void()>> jobs;
    talk t({.executor = [&](std::function<void()> job) { jobs.push_back(std::move(job)); }});
    const auto a = t.apart(request("tools/call", meta() + R"(,"name":"echo","arguments":{"text":"a"})"));
    const auto b = t.apart(request("tools/call", meta() + R"(,"name":"echo","arguments":{"text":"b"})"));
    t(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{}})");
    jobs.at(1)();
    t.server.drop(*b);
    jobs.at(0)();
    t.server.poll();
    CHECK(a->text == complete(R"("content":[{"type":"text","text":"a"}],"isError":false)") + ".");
    CHECK(b->text == ".");
}

TEST_CASE("answers to what nobody asked cost nothing", "[NX-11][fault-134]") {
    talk t;
    std::string many = "{";
    for (int i = 0; i < 1001; ++i) many += (i ? ",\"k" : "\"k") + std::to_string(i) + "\":{}";
    CHECK(contains(t(retry("greet", "", many + "}")), R"(\"inputResponses\" holds 1001 answers; no call of this server asks for more than 1000)"));
    const std::string few = many.substr(0, many.rfind(",")) + R"(,"user_name":{"action":"accept","content":{"name":"Ana"}}})";
    CHECK(contains(t(retry("greet", "", few.substr(0, 1) + few.substr(few.find(',') + 1))), "Hello, Ana!"));
}

TEST_CASE("what is kept in memory is bounded in number, bytes and time", "[NX-11][fault-134]") {
    using namespace std::chrono_literals;
    haft::mcp::state_in_memory few(3, 1000);
    std::vector<std::string> tokens;
    for (int i = 0; i < 4; ++i) tokens.push_back(few.keep(std::to_string(i), "b", 100s));
    CHECK_FALSE(few.take(tokens[0], "b"));
    CHECK_FALSE(few.take(tokens[3], "c"));  // another's: it stays
    CHECK(few.take(tokens[3], "b") == "3");
    CHECK_FALSE(few.take(tokens[3], "b"));
    CHECK(few.bytes() == 4);
    const std::string large = few.keep(std::string(900, 'x'), std::string(99, 'b'), 100s);
    CHECK(few.bytes() == 999);
    CHECK_FALSE(few.take(tokens[2], "b"));
    const std::string old = few.keep("old", "b", 0s);
    CHECK_FALSE(few.take(large, std::string(99, 'b')));
    few.keep("new", "b", 100s);
    CHECK(few.bytes() == 4);
    CHECK_FALSE(few.take(old, "b"));
}

TEST_CASE("an address that is subscribed to is no book", "[mcp][fault-138]") {
    const auto live = std::make_shared<haft::mcp::live_offer>(offered());
    talk t(live, {});
    const std::string longest = "test://" + std::string(8192 - 7, 'x');
    const auto listen = [&](const std::string& uri) { return t.ask("subscriptions/listen", R"("notifications":{"resourceSubscriptions":[")" + uri + "\"]}"); };
    CHECK(contains(listen(longest + "x"), R"(\"uri\" has more than 8192 bytes)"));
    CHECK(contains(listen(longest), "acknowledged"));
    t(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}})");
    CHECK(contains(t(request("resources/subscribe", "\"uri\":\"" + longest + "x\"")), R"(\"uri\" has more than 8192 bytes)"));
    CHECK(contains(t(request("resources/subscribe", "\"uri\":\"" + longest + "\"")), R"("result":{})"));
}

TEST_CASE("a server without a handshake says so to who begins with one", "[mcp][fault-125]") {
    talk t({.eras = haft::mcp::eras::stateless});
    CHECK(t(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}})") ==
          R"({"jsonrpc":"2.0","id":0,"error":{"code":-32022,"message":"this server knows no handshake: of the protocol it speaks 2026-07-28 alone",)"
          R"("data":{"supported":["2026-07-28"],"requested":"2025-11-25"}}})" "\n");
}
