// SPDX-License-Identifier: BSL-1.0
// Tools that ask their client, with requests of a session's own stream: revisions until 2025-11-25. [NX-11]
#include <haft/mcp/server.hpp>
#include <haft/tool.hpp>
#include <haft/tool/ask.hpp>

#include <boost/describe/enum.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <array>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace asking_test {
enum class size { s, m, l };
BOOST_DESCRIBE_ENUM(size, s, m, l)
enum class topping { ham, egg };
BOOST_DESCRIBE_ENUM(topping, ham, egg)
}  // namespace asking_test
template <>
inline constexpr std::array haft::enum_titles<asking_test::topping>{haft::titled{asking_test::topping::ham, "Cooked ham"}};

namespace {

using haft::call_context;
using haft::result;

struct person {
    std::string name;
    int age = 30;
};

struct everything {
    std::string name = "John Doe";
    std::string mail;
    double score = 95.5;
    bool sure = true;
    unsigned char small = 1;
    asking_test::size one = asking_test::size::m;
    asking_test::topping titled = asking_test::topping::egg;
    std::vector<asking_test::topping> many;
    std::optional<std::string> nickname;
    std::string day;
    static constexpr std::array haft_fields{
        haft::field{"name", "Your \"name\"", haft::min_length(1), haft::max_length(40)},
        haft::field{"mail", "Where to write to", haft::format("email")},
        haft::field{"score", "Out of 100", haft::minimum(0.0), haft::maximum(100.0)},
        haft::field{"small", "A small number", haft::maximum(9)},
        haft::field{"many", "What is on it", haft::min_items(1), haft::max_items(2)},
        haft::field{"day", "When", haft::format("date")}};
};

int runs = 0;
std::vector<std::string> seen;

result<std::string> greet(call_context& context) {
    ++runs;
    const result<haft::answer<person>> who = context.ask<person>("Who are you?", "who");
    if (!who) return who.error();
    if (!*who) return who->reply == haft::reply::decline ? std::string("declined") : std::string("cancelled");
    return "Hello, " + who->value.name + " of " + std::to_string(who->value.age);
}
result<std::string> two_at_once(call_context& context) {
    ++runs;
    const auto a = context.ask<person>("First?");
    const auto b = context.ask<person>("Second?");
    if (!a) return a.error();
    if (!b) return b.error();
    return a->value.name + " and " + b->value.name;
}
result<std::string> one_after_the_other(call_context& context) {
    seen.push_back(std::string(context.state()));
    context.keep(std::string(context.state()) + "+");
    const auto a = context.ask<person>("Same?");
    if (!a) return a.error();
    const auto b = context.ask<person>("Same?");
    if (!b) return b.error();
    return a->value.name + ", then " + b->value.name;
}
result<std::string> model_and_roots(call_context& context) {
    const auto said = context.sample({.messages = {{haft::speaker::user, "Capital?"}}, .max_tokens = 100, .system = "Be short",
                                      .temperature = 0.5, .stop = {"."}});
    const auto roots = context.roots();
    if (!said) return said.error();
    if (!roots) return roots.error();
    return said->text() + " (" + said->model + ") " + (roots->empty() ? "" : roots->front().uri);
}
result<std::string> page(call_context& context) {
    const auto done = context.ask_url("Log in", "https://example.org/?a=\"", "login");
    if (!done) return done.error();
    return std::string(*done ? "opened" : "not opened");
}
result<std::string> by_hand(call_context& context) {
    const auto got = context.ask_form("Fill in", "{\"type\":\"object\",\n \"properties\":{\"a\":{\"type\" :\r\n\"string\"}}}", "form");
    if (!got) return got.error();
    return got->value;
}
result<std::string> bad_schema(call_context& context) { return context.ask_form("Fill in", "{\"type\":", "form").error(); }
result<std::string> does_not_need_it(call_context& context) {
    const auto who = context.ask<person>("Who?");
    return std::string(who ? "asked" : "not asked");
}
result<std::string> forever(call_context& context) {
    const auto who = context.ask<person>("Again?", "again" + std::to_string(context.state().size()));
    context.keep(std::string(context.state()) + ".");
    return context.ask<person>("Again?", "again" + std::to_string(context.state().size())).error();
}

haft::toolset tools() {
    return {haft::make<&greet>(""), haft::make<&two_at_once>(""), haft::make<&one_after_the_other>(""), haft::make<&model_and_roots>(""),
            haft::make<&page>(""), haft::make<&by_hand>(""), haft::make<&bad_schema>(""), haft::make<&does_not_need_it>(""), haft::make<&forever>("")};
}

constexpr std::string_view all_abilities = R"({"elicitation":{"form":{},"url":{}},"sampling":{},"roots":{}})";

class talk {
public:
    explicit talk(haft::mcp::server_options options = {}) : server(tools(), std::move(options)) {
        server.on_output([this](std::string_view frames) { output += frames; });
        runs = 0;
        seen.clear();
    }
    std::string operator()(std::string_view line) {
        server.serve(std::string(line) + "\n");
        return std::exchange(output, {});
    }
    talk& open(std::string_view capabilities = all_abilities, std::string_view revision = "2025-11-25") {
        (*this)(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":")" + std::string(revision) +
                R"(","capabilities":)" + std::string(capabilities) + "}}");
        return *this;
    }
    std::string call(std::string_view name, std::string_view id = "1") {
        return (*this)(R"({"jsonrpc":"2.0","id":)" + std::string(id) + R"(,"method":"tools/call","params":{"name":")" + std::string(name) + R"(","arguments":{}}})");
    }
    std::string reply(std::string_view id, std::string_view result) {
        return (*this)(R"({"jsonrpc":"2.0","id":")" + std::string(id) + R"(","result":)" + std::string(result) + "}");
    }
    std::string output;
    haft::mcp::server server;
};
std::string text(std::string_view what, bool error = false) {
    return R"({"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":")" + std::string(what) + R"("}],"isError":)" + (error ? "true" : "false") + "}}\n";
}
constexpr std::string_view ana = R"({"action":"accept","content":{"name":"Ana","age":7}})";
bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("a struct is a form: what it says is what the answer is read by", "[NX-11]") {
    CHECK(haft::schema::form_text<person> ==
          R"({"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer","default":30}},"required":["name"]})");
    CHECK(haft::schema::form_text<everything> ==
          R"({"type":"object","properties":{"name":{"type":"string","minLength":1,"maxLength":40,"default":"John Doe","description":"Your \"name\""},)"
          R"("mail":{"type":"string","format":"email","description":"Where to write to"},)"
          R"("score":{"type":"number","minimum":0,"maximum":100,"default":95.5,"description":"Out of 100"},)"
          R"("sure":{"type":"boolean","default":true},)"
          R"("small":{"type":"integer","minimum":0,"maximum":9,"default":1,"description":"A small number"},)"
          R"("one":{"type":"string","enum":["s","m","l"],"default":"m"},)"
          R"("titled":{"type":"string","oneOf":[{"const":"ham","title":"Cooked ham"},{"const":"egg","title":"egg"}],"default":"egg"},)"
          R"("many":{"type":"array","items":{"anyOf":[{"const":"ham","title":"Cooked ham"},{"const":"egg","title":"egg"}]},"minItems":1,"maxItems":2,"description":"What is on it"},)"
          R"("nickname":{"type":"string"},"day":{"type":"string","format":"date","description":"When"}},"required":["mail","many","day"]})");
    struct nested { person p; };
    struct lists { std::vector<std::string> l; };
    struct viewed { std::string_view v; };
    struct open { std::vector<asking_test::size> l; std::optional<bool> b; };
    CHECK_FALSE(haft::schema::is_form<nested>);
    CHECK_FALSE(haft::schema::is_form<lists>);
    CHECK_FALSE(haft::schema::is_form<viewed>);
    CHECK_FALSE(haft::schema::is_form<int>);
    CHECK(haft::schema::is_form<open>);
}

TEST_CASE("a tool asks, the client answers, and the tool runs again with the answer", "[NX-11]") {
    talk t;
    t.open();
    CHECK(t.call("greet") ==
          R"({"jsonrpc":"2.0","id":"haft-1","method":"elicitation/create","params":{"message":"Who are you?","requestedSchema":{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer","default":30}},"required":["name"]}}})" "\n");
    CHECK(t.server.calls_waiting() == 1);
    CHECK(runs == 1);
    CHECK(t(R"({"jsonrpc":"2.0","id":5,"method":"ping"})") == "{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{}}\n");  // nothing is blocked
    CHECK(t.reply("haft-1", ana) == text("Hello, Ana of 7"));
    CHECK(runs == 2);
    CHECK(t.server.calls_waiting() == 0);
    CHECK(t.reply("haft-1", ana) == "");  // twice: nobody asked
    CHECK(t.server.stray_answers() == 1);

    t.call("greet");
    CHECK(t.reply("haft-2", R"({"action":"accept","content":{"name":"Bo"}})") == text("Hello, Bo of 30"));
    t.call("greet");
    CHECK(t.reply("haft-3", R"({"action":"decline"})") == text("declined"));
    t.call("greet");
    CHECK(t.reply("haft-4", R"({"action":"cancel"})") == text("cancelled"));
}

TEST_CASE("answers that do not fit are told without their words", "[NX-11][fault-142][fault-143]") {
    talk t;
    t.open();
    int n = 0;
    const auto with = [&](std::string_view answer) {
        t.call("greet");
        return t.reply("haft-" + std::to_string(++n), answer);
    };
    const std::string wrong = with(R"({"action":"accept","content":{"name":["hunter2"],"age":"old"}})");
    CHECK(wrong == text("Error: the answer does not fit the question: /name: expected string; /age: expected integer from -2147483648 to 2147483647 [haft-E0475]", true));
    CHECK(contains(with(R"({"action":"accept"})"), "haft-E0475"));
    CHECK(contains(with(R"({"action":"perhaps","content":{}})"), "its action is none of accept, decline and cancel"));
    CHECK(contains(with(R"({})"), "haft-E0475"));
    CHECK(contains(with("7"), "the client's answer is no JSON object [haft-E0476]"));
    t.call("greet");
    CHECK(contains(t(R"({"jsonrpc":"2.0","id":"haft-6","error":{"code":-1,"message":"user rejected"}})"), "the client answered with an error: user rejected [haft-E0476]"));
}

TEST_CASE("several questions are put together, and the order of the answers does not matter", "[NX-11]") {
    talk t;
    t.open();
    const std::string asked = t.call("two_at_once");
    CHECK(contains(asked, "haft-1"));
    CHECK(contains(asked, "haft-2"));
    CHECK(t.reply("haft-2", R"({"action":"accept","content":{"name":"B"}})") == "");
    CHECK(runs == 1);
    CHECK(t.reply("haft-1", R"({"action":"accept","content":{"name":"A"}})") == text("A and B"));
    CHECK(runs == 2);
}

TEST_CASE("rounds follow each other, and a tool keeps something between them", "[NX-11]") {
    talk t;
    t.open();
    t.call("one_after_the_other");
    CHECK(contains(t.reply("haft-1", R"({"action":"accept","content":{"name":"A"}})"), R"("id":"haft-2","method":"elicitation/create")"));
    CHECK(t.reply("haft-2", R"({"action":"accept","content":{"name":"B"}})") == text("A, then B"));
    CHECK(seen == std::vector<std::string>{"", "+", "++"});
}

TEST_CASE("the client's model, its folders and a page are asked for", "[NX-11]") {
    talk t;
    t.open();
    CHECK(t.call("model_and_roots") ==
          R"({"jsonrpc":"2.0","id":"haft-1","method":"sampling/createMessage","params":{"messages":[{"role":"user","content":{"type":"text","text":"Capital?"}}],"maxTokens":100,"systemPrompt":"Be short","temperature":0.5,"stopSequences":["."]}})" "\n"
          R"({"jsonrpc":"2.0","id":"haft-2","method":"roots/list","params":{}})" "\n");
    t.reply("haft-1", R"({"role":"assistant","content":{"type":"text","text":"Paris"},"model":"m-1","stopReason":"endTurn"})");
    CHECK(t.reply("haft-2", R"({"roots":[{"uri":"file:///a","name":"A"}]})") == text("Paris (m-1) file:///a"));

    const std::string asked = t.call("page");
    CHECK(contains(asked, R"("params":{"mode":"url","message":"Log in","url":"https://example.org/?a=\"","elicitationId":")"));
    CHECK(t.reply("haft-3", R"({"action":"accept"})") == text("opened"));

    CHECK(contains(t.call("by_hand"), R"("requestedSchema":{"type":"object","properties":{"a":{"type":"string"}}})"));
    CHECK(t.reply("haft-4", R"({"action":"accept","content":{"a":"x"}})") == text(R"({\"a\":\"x\"})"));
    CHECK(t.call("bad_schema") == text("Error: the schema of the form is no JSON [haft-E0240]", true));

    t.call("model_and_roots");
    t.reply("haft-5", R"({"role":"assistant","content":{"type":"odd"},"model":"m"})");
    CHECK(contains(t.reply("haft-6", R"({"roots":[{"name":"no uri"}]})"), "haft-E0475"));
}

TEST_CASE("only what the client declares is asked, and by a revision that has it", "[NX-11]") {
    const auto refused = [](std::string_view tool, std::string_view capabilities, std::string_view revision = "2025-11-25") {
        talk t;
        t.open(capabilities, revision);
        const std::string out = t.call(tool);
        return contains(out, "haft-E0474") && contains(out, "\"isError\":true");
    };
    CHECK(refused("greet", "{}"));
    CHECK(refused("greet", R"({"elicitation":{"url":{}}})"));
    CHECK_FALSE(refused("greet", R"({"elicitation":{}})"));
    CHECK(refused("greet", R"({"elicitation":{}})", "2025-03-26"));
    CHECK(refused("page", R"({"elicitation":{}})"));
    CHECK(refused("page", all_abilities, "2025-06-18"));
    CHECK(refused("model_and_roots", R"({"roots":{}})"));
    CHECK_FALSE(refused("model_and_roots", R"({"roots":{},"sampling":{}})", "2024-11-05"));
    const auto direct = tools()[0].call("{}");
    REQUIRE_FALSE(direct);
    CHECK(direct.error().code == haft::errc::cannot_ask);
}

TEST_CASE("a run that has asked gives an error that says so", "[NX-11]") {
    struct knows_nothing final : haft::asker {
        result<std::string_view> ask(haft::question q) override {
            run.begin(can, haft::mcp::newest_revision, nullptr);
            return run.ask(std::move(q));
        }
        std::string_view state() const noexcept override { return {}; }
        void keep(std::string) override {}
        haft::mcp::client_abilities can{.form = true};
        haft::mcp::asking run;
    } client;
    const auto got = tools()[0].call("{}", {.asker = &client});
    REQUIRE_FALSE(got);
    CHECK(got.error().text() == "an answer of the client is needed first; give this error back, and the tool runs again with it [haft-E0473]");
}

TEST_CASE("a tool that goes on without an answer is answered", "[NX-11]") {
    talk t;
    t.open();
    CHECK(t.call("does_not_need_it") == text("not asked"));
    CHECK(t.server.calls_waiting() == 0);
}

TEST_CASE("a client that never answers ends the call", "[NX-11][fault-142]") {
    talk t({.answer_time = std::chrono::seconds(0)});
    t.open();
    const std::string out = t.call("greet");  // the time is over when the server looks around
    CHECK(contains(out, "elicitation/create"));
    CHECK(contains(out, R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"haft-1"}})" "\n"));
    CHECK(out.ends_with(text("Error: the client gave no answer in time [haft-E0476]", true)));
    CHECK(t.reply("haft-1", ana) == "");
    CHECK_FALSE(t.server.next_deadline());
    talk patient;
    patient.open().call("greet");
    CHECK(patient.server.next_deadline());
}

TEST_CASE("a call that waits is cancelled, and its id is taken until then", "[NX-11][fault-120][fault-124]") {
    talk t;
    t.open();
    t.call("greet");
    CHECK(contains(t(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"greet","arguments":{}}})"), "a call of this id is under way"));
    CHECK(t(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})") ==
          R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"haft-1"}})" "\n");
    CHECK(t.reply("haft-1", ana) == "");
    CHECK(contains(t.call("greet"), "haft-2"));
}

TEST_CASE("calls that wait, and rounds, are limited", "[NX-11]") {
    talk t({.max_waiting_calls = 1, .max_rounds = 3});
    t.open();
    t.call("greet");
    CHECK(contains(t.call("greet", "2"), "too many calls wait for answers"));
    t.reply("haft-1", ana);
    std::string out = t.call("forever");
    int rounds = 0;
    for (; contains(out, "elicitation/create") && rounds < 20; ++rounds) {
        std::string id;
        for (std::size_t at = 0; (at = out.find("\"id\":\"haft-", at)) != out.npos;) {
            at += 6;
            id = out.substr(at, out.find('"', at) - at);
            const std::string next = t.reply(id, ana);
            if (!next.empty()) out = next, at = out.size();
        }
    }
    CHECK(contains(out, "the call has asked its client too often"));
    CHECK(rounds == 3);
}

TEST_CASE("tools that an executor runs ask too", "[NX-11]") {
    std::vector<std::function<void()>> jobs;
    talk t({.executor = [&](std::function<void()> job) { jobs.push_back(std::move(job)); }});
    t.open();
    CHECK(t.call("greet") == "");
    jobs.at(0)();
    CHECK(contains(t(""), R"("id":"haft-1","method":"elicitation/create")"));
    CHECK(t.server.calls_in_flight() == 0);
    CHECK(t.server.calls_waiting() == 1);
    CHECK(contains(t.call("greet"), "a call of this id is under way"));
    CHECK(t.reply("haft-1", ana) == "");
    jobs.at(1)();
    CHECK(t("") == text("Hello, Ana of 7"));
}

TEST_CASE("what a call asks goes to the stream of its own message", "[NX-11][IO-05]") {
    struct kept final : haft::mcp::stream {
        void send(std::string_view frames) override { text += frames; }
        void answered() override { text += '.'; }
        std::string text;
    };
    talk t;
    t.open();
    const auto tell = [&](std::string_view message) {
        auto to = std::make_shared<kept>();
        t.server.handle(message, to);
        return to;
    };
    const auto call = tell(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"greet","arguments":{}}})");
    CHECK(contains(call->text, "elicitation/create"));
    CHECK(call->text.back() == '\n');
    call->text.clear();
    const auto answer = tell(R"({"jsonrpc":"2.0","id":"haft-1","result":{"action":"accept","content":{"name":"Ana","age":7}}})");
    CHECK(answer->text == ".");
    CHECK(call->text == text("Hello, Ana of 7") + ".");
    const auto gone = tell(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"greet","arguments":{}}})");
    t.server.drop(*gone);
    CHECK(t.server.calls_waiting() == 0);
    CHECK(t.output.empty());
}

TEST_CASE("a sink that throws while a call runs again leaves nothing of that call behind", "[NX-11]") {
    talk t;
    t.open();
    bool throws = false;
    t.server.on_output([&](std::string_view frames) {
        if (throws) throw std::runtime_error("full");
        t.output += frames;
    });
    t.call("one_after_the_other");
    throws = true;
    CHECK_THROWS(t.reply("haft-1", ana));  // at its second question
    throws = false;
    CHECK(contains(t(R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"greet","arguments":{},"requestState":"forged",)"
                     R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}})"),
                   "haft-E0478"));  // it is judged for itself, and not as that call
}

TEST_CASE("what the sink brings while a call runs again, or its questions go out, comes after that and is not left lying", "[NX-11]") {
    std::deque<std::function<void()>> jobs;
    const bool elsewhere = GENERATE(false, true);
    haft::mcp::server_options options;
    if (elsewhere) options.executor = [&](std::function<void()> job) { jobs.push_back(std::move(job)); };
    haft::toolset set = tools();
    set.add("tells", "", [](call_context& context) -> result<std::string> {
        const auto who = context.ask<person>("Who?", "who");
        if (!who) return who.error();
        context.log(haft::log_level::error, "told");
        return who->value.name;
    });
    haft::mcp::server server(set, options);
    std::string output, brings;
    server.on_output([&](std::string_view frames) {
        output += frames;
        if (contains(frames, "haft-1") || contains(frames, "told")) server.serve(std::exchange(brings, {}));
    });
    server.serve(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{"elicitation":{}}}})" "\n");
    for (int i = 2; i < 20; ++i)
        brings += R"({"jsonrpc":"2.0","id":)" + std::to_string(i) + R"(,"method":"tools/call","params":{"name":"does_not_need_it","arguments":{}}})" "\n";
    server.serve(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"tells","arguments":{}}})" "\n");
    const auto work = [&] {
        while (!jobs.empty()) {
            jobs.front()();
            jobs.pop_front();
            server.poll();
        }
    };
    work();
    for (int i = 2; i < 20; ++i) CHECK(contains(output, "\"id\":" + std::to_string(i) + ",\"result\""));
    output.clear();
    brings = R"({"jsonrpc":"2.0","id":77,"method":"ping"})" "\n";
    server.serve(R"({"jsonrpc":"2.0","id":"haft-1","result":{"action":"accept","content":{"name":"Ana"}}})" "\n");
    work();
    CHECK(contains(output, "told"));
    CHECK(contains(output, R"({"jsonrpc":"2.0","id":77,"result":{}})"));
}

TEST_CASE("questions are taken back where they were asked", "[NX-11][IO-05]") {
    struct kept final : haft::mcp::stream {
        void send(std::string_view frames) override { text += frames; }
        void answered() override { text += '.'; }
        std::string text;
    };
    talk t({.answer_time = std::chrono::seconds(0)});
    t.open();
    const auto to = std::make_shared<kept>();
    t.server.handle(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"greet","arguments":{}}})", to);
    CHECK(contains(to->text, R"("method":"notifications/cancelled","params":{"requestId":"haft-1"})"));
    CHECK(t.output.empty());

    talk in_a_batch;
    in_a_batch.open(all_abilities, "2025-03-26").call("model_and_roots");
    CHECK(in_a_batch(R"([{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}},{"jsonrpc":"2.0","id":2,"method":"ping"}])") ==
          R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"haft-1"}})" "\n"
          R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"haft-2"}})" "\n"
          R"([{"jsonrpc":"2.0","id":2,"result":{}}])" "\n");
}

TEST_CASE("a question is one line, however it was written", "[NX-11]") {
    haft::toolset set;
    set.add("hands_on", "", [](call_context& context) -> result<std::string> {  // as the tool of a mounted server does
        const auto got = context.options.asker->ask({haft::question_kind::form, "k", "{\n  \"message\": \"a  b\"\r\n}"});
        if (!got) return got.error();
        return std::string(*got);
    });
    haft::mcp::server server(set);
    std::string output;
    server.on_output([&](std::string_view frames) { output += frames; });
    server.serve(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{"elicitation":{}}}})" "\n");
    output.clear();
    server.serve(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"hands_on","arguments":{}}})" "\n");
    CHECK(output == R"({"jsonrpc":"2.0","id":"haft-1","method":"elicitation/create","params":{"message":"a  b"}})" "\n");
}
