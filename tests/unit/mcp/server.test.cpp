// SPDX-License-Identifier: BSL-1.0
#include <haft/mcp/server.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace {

struct pair_of_numbers {
    int a;
    int b = 1;
};
struct point {
    double x, y;
};
struct rows {
    std::vector<std::vector<std::string>> v;
};

int add(const pair_of_numbers& p) { return p.a + p.b; }
point where() { return {1, 2.5}; }
std::string greet() { return "Hello\n\"you\""; }
void nothing() {}
int fail() { throw std::runtime_error("out of cheese"); }
std::vector<int> several() { return {1, 2}; }

haft::toolset tools() {
    return {haft::make<&add>({.description = "Adds",
                              .title = "Adder",
                              .effect = haft::read_only,
                              .hints = haft::idempotent | haft::closed_world}),
            haft::make<&where>({.description = "A place", .effect = haft::destructive}),
            haft::make<&greet>({.description = "Greets", .effect = haft::additive}),
            haft::make<&nothing>(),
            haft::make<&fail>("Fails"),
            haft::make<&several>("Several")};
}

/// A server with a client's end that keeps what came out.
class talk {
public:
    explicit talk(haft::mcp::server_options options = {}, haft::toolset set = tools())
        : server(std::move(set), std::move(options)) {
        server.on_output([this](std::string_view frames) {
            ++writes;
            output += frames;
        });
    }
    /// Sends a line and gives what came back.
    std::string operator()(std::string_view line) {
        server.receive(std::string(line) + "\n");
        server.poll();
        return take();
    }
    void open(std::string_view revision = "2025-11-25") {
        (*this)(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":")" +
                std::string(revision) + R"("}})");
        REQUIRE((*this)(R"({"jsonrpc":"2.0","method":"notifications/initialized"})").empty());
    }
    std::string call(std::string_view name, std::string_view arguments, std::string_view id = "1") {
        return (*this)(R"({"jsonrpc":"2.0","id":)" + std::string(id) + R"(,"method":"tools/call","params":{"name":")" +
                       std::string(name) + R"(","arguments":)" + std::string(arguments) + "}}");
    }
    std::string take() { return std::exchange(output, {}); }

    haft::mcp::server server;
    std::string output;
    int writes = 0;
};

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

TEST_CASE("a server is a value: bytes go in, poll runs tools, bytes come out", "[IO-08]") {
    talk t;
    t.server.receive(R"({"jsonrpc":"2.0","id":1,"method":"init)");
    t.server.poll();
    CHECK(t.output.empty());
    t.server.receive(
        "ialize\",\"params\":{\"protocolVersion\":\"2025-11-25\"}}\n{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}"
        "\n{\"jsonrpc\"");
    CHECK(t.output.empty());  // nothing happens outside poll
    t.server.poll();
    CHECK(
        t.take() ==
        R"({"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{},"logging":{}},"serverInfo":{"name":"haft","version":")" HAFT_VERSION
        "\"}}}\n"
        "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}\n");
    CHECK(t.writes == 1);  // a batch of frames is one write
    t.server.receive(
        ":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"add\",\"arguments\":{\"a\":2}}}\n");
    t.server.poll();
    CHECK(t.take() ==
          "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"3\"}],"
          "\"structuredContent\":{\"result\":3},\"isError\":false}}\n");
}

TEST_CASE("poll stops at its deadline and says that there is more", "[IO-08]") {
    haft::toolset set;
    set.add("slow", "Sleeps", [] { std::this_thread::sleep_for(std::chrono::milliseconds(30)); });
    talk t({}, set);
    t.open();
    std::string lines;
    for (int i = 1; i <= 3; ++i)
        lines += R"({"jsonrpc":"2.0","id":)" + std::to_string(i) +
                 R"(,"method":"tools/call","params":{"name":"slow"}})"
                 "\n";
    t.server.receive(lines);
    int polls = 1;
    while (t.server.poll(haft::mcp::server::clock::now() + std::chrono::milliseconds(1))) ++polls;
    CHECK(polls >= 3);
    const std::string out = t.take();
    CHECK(contains(out, "\"id\":1,"));
    CHECK(contains(out, "\"id\":3,"));

    auto gone = std::make_unique<std::string>(lines);  // what is not reached in time is kept
    CHECK(t.server.serve(*gone, haft::mcp::server::clock::now() + std::chrono::milliseconds(1)));
    gone.reset();
    CHECK_FALSE(t.server.poll());
    CHECK(t.take() == out);
}

TEST_CASE("tools run inside poll, on its thread, unless an executor is given", "[IO-08]") {
    std::thread::id ran_on;
    haft::toolset set;
    set.add("who", "Which thread", [&] {
        ran_on = std::this_thread::get_id();
        return 1;
    });

    talk direct({}, set);
    direct.open();
    direct.call("who", "{}");
    CHECK(ran_on == std::this_thread::get_id());

    std::vector<std::function<void()>> jobs;
    haft::mcp::server_options options;
    options.executor = [&](std::function<void()> job) { jobs.push_back(std::move(job)); };
    talk engine(options, set);
    engine.open();
    ran_on = {};
    CHECK(engine.call("who", "{}", "5").empty());
    CHECK(engine.server.calls_in_flight() == 1);
    REQUIRE(jobs.size() == 1);
    std::thread other([&] { jobs[0](); });
    const std::thread::id expected = other.get_id();
    other.join();
    CHECK(ran_on == expected);
    CHECK(engine.output.empty());  // the answer goes out with the next poll, on its thread
    engine.server.poll();
    CHECK(contains(engine.take(), R"("id":5,"result":{"content":[{"type":"text","text":"1"}])"));
    CHECK(engine.server.calls_in_flight() == 0);
}

namespace {
enum class rank : unsigned char { low, high };
struct of_every_kind {
    std::map<int, std::string> by_number{{1, "one"}, {-2, "two\n"}};
    std::map<std::string, std::vector<double>> by_name{{"a \"b\"", {1.5, 1e300}}, {"a long name of more than a block", {}}};
    std::string short_text = "it's \"quoted\"";
    std::string long_text = std::string(3000, 'x') + "\\ \n \xF0\x9F\x98\x80 \x01" + std::string(100, '"');
    std::string sixteen = "0123456789abcdef";
    std::string no_text;
    rank how = rank::high;
    std::optional<int> none;
    std::tuple<bool, int> both{true, -7};
    std::variant<int, std::string> either = "either";
    int a_name_of_more_than_sixteen_characters = 1;
    int strange = 2;
    static constexpr std::array haft_fields{haft::field{"strange", "", haft::as("a \"b\"\\")}};
};
struct size_of_result {
    std::size_t quotes = 0;
    std::size_t letters = 0;
};
struct long_result {
    std::string text;
};
struct not_finite {
    std::string before = "written before it shows";
    double value = std::numeric_limits<double>::infinity();
};
struct a_number {
    int n;
};
}  // namespace

TEST_CASE("an answer is the same wherever its result is written", "[IO-08]") {
    haft::toolset set = tools();
    set.add("kinds", "", [] { return of_every_kind{}; });
    set.add("size", "", [](const size_of_result& q) {
        return long_result{std::string(q.quotes, '"') + std::string(q.letters, 'x')};
    });
    set.add("text", "", [](const size_of_result& q) {
        return std::string(q.quotes, '"') + std::string(q.letters, 'x');
    });
    set.add("infinite", "", [] { return not_finite{}; });
    set.add("perhaps", "", [](const a_number& q) { return q.n ? std::optional(q.n) : std::nullopt; });
    set.add("picture", "", [] { return haft::image{"\x89PNG", "image/png"}; });
    set.add("lenient", "", [](const a_number& q) { return q.n; });
    haft::mcp::server_options options;
    options.call.mode = haft::read_mode::lenient;
    options.call.max_result_bytes = 5000;
    haft::mcp::server_options with_executor = options;  // which reads no arguments ahead, and makes an answer of its result
    with_executor.executor = [](const std::function<void()>& job) { job(); };
    const char* const calls[][2] = {
        {"add", R"({"a":1})"},
        {"add", R"({"b":"x"})"},
        {"where", "{}"},
        {"greet", "{}"},
        {"nothing", "{}"},
        {"fail", "{}"},
        {"several", "{}"},
        {"kinds", "{}"},
        {"infinite", "{}"},
        {"perhaps", R"({"n":0})"},
        {"perhaps", R"({"n":4})"},
        {"picture", "{}"},
        {"lenient", R"({"n":"5","more":1})"},
        {"size", R"({"letters":4000})"},
        {"size", R"({"quotes":1200,"letters":1000})"},  // within the limit, but not with all its backslashes
        {"size", R"({"quotes":1300,"letters":2000})"},
        {"size", R"({"quotes":2495})"},  // the limit: {"text":"…"} of 5000 bytes
        {"size", R"({"quotes":2494,"letters":1})"},
        {"size", R"({"quotes":2500})"},
        {"size", R"({"letters":4989})"},
        {"size", R"({"letters":4990})"},
        {"text", R"({"quotes":5000})"},
        {"text", R"({"quotes":5001})"},
        {"text", R"({"quotes":10,"letters":20})"},
    };
    for (const std::string_view revision : {"2024-11-05", "2025-03-26", "2025-11-25"}) {
        talk in_place(options, set);
        talk elsewhere(with_executor, set);
        in_place.open(revision);
        elsewhere.open(revision);
        for (const auto& [name, arguments] : calls) {
            CAPTURE(revision, name, arguments);
            const std::string expected = elsewhere.call(name, arguments);
            CHECK(contains(expected, "\"result\":{\"content\":["));
            CHECK(in_place.call(name, arguments) == expected);
        }
    }
}

namespace {
struct shy {
    int value = 0;
};
}  // namespace
template <>
struct haft::schema::form<shy> : haft::schema::text_form<shy> {
    static constexpr std::string_view expected = "number";
    static bool read(std::string_view text, shy& to, std::string&) {
        to.value = std::stoi(std::string(text));
        return true;
    }
    static void write(const shy& from, std::string& out) { out += std::to_string(from.value); }
};
namespace {
struct of_a_shy {
    shy number;
};
int value_of(const of_a_shy& q) { return q.number.value; }
}  // namespace

TEST_CASE("what is thrown while arguments are read is that call's error", "[IO-08]") {
    talk t({}, {haft::make<&value_of>("Gives it back")});
    t.open();
    CHECK(contains(t.call("value_of", R"({"number":"12"})"), R"("text":"12")"));
    CHECK(contains(t.call("value_of", R"({"number":"x"})", "2"), R"("id":2,"result":{"content":[{"type":"text","text":"Error: )"));
    CHECK(contains(t.call("value_of", R"({"number":"13"})", "3"), R"("text":"13")"));
}

TEST_CASE("after close nothing is left to poll for") {
    talk t;
    t.open();
    t.server.close();
    t.server.receive("{}\n");
    CHECK_FALSE(t.server.poll());
}

TEST_CASE("with an executor a cancelled call is not answered, an id is not used twice, and calls are bounded",
          "[IO-08]") {
    std::vector<std::function<void()>> jobs;
    haft::mcp::server_options options;
    options.executor = [&](std::function<void()> job) { jobs.push_back(std::move(job)); };
    options.max_calls_in_flight = 2;
    talk t(options);
    t.open();
    CHECK(t.call("greet", "{}", "\"a\"").empty());
    CHECK(contains(t.call("greet", "{}", "\"a\""), "-32600"));
    CHECK(t.call("greet", "{}", "\"b\"").empty());
    CHECK(contains(t.call("greet", "{}", "\"c\""), "-32603"));
    CHECK(t(R"({"jsonrpc":"2.0","method":"notifications\/cancelled","params":{"requestId":"a"}})").empty());
    for (auto& job : jobs) job();
    t.server.poll();
    const std::string out = t.take();
    CHECK_FALSE(contains(out, "\"a\""));
    CHECK(contains(out, "\"id\":\"b\""));
    CHECK(t.call("greet", "{}", "\"a\"").empty());  // free again
}

TEST_CASE("a job that runs twice is answered once") {
    std::vector<std::function<void()>> jobs;
    haft::mcp::server_options options;
    options.executor = [&](std::function<void()> job) { jobs.push_back(std::move(job)); };
    talk t(options);
    t.open();
    t.call("greet", "{}", "1");
    t.call("greet", "{}", "2");
    jobs[0](), jobs[0]();
    t.server.poll();
    const std::string out = t.take();
    CHECK(out.find("\"id\":1,") == out.rfind("\"id\":1,"));
    CHECK(t.server.calls_in_flight() == 1);
}

TEST_CASE("the sink may come back to the server") {
    talk t;
    t.open();
    std::string all;
    t.server.on_output([&](std::string_view frames) {
        const std::string before(frames);
        if (all.empty()) {
            t.server.receive(R"({"jsonrpc":"2.0","id":2,"method":"tools/list"})"
                             "\n");
            all = "(began)";
            t.server.poll();
        }
        CHECK(frames == before);
        all += frames;
    });
    t.server.receive(R"({"jsonrpc":"2.0","id":1,"method":"ping"})"
                     "\n");
    t.server.poll();
    CHECK(contains(all, "\"id\":1,\"result\":{}"));
    CHECK(contains(all, "\"id\":2,\"result\":{\"tools\""));
}

TEST_CASE("a job may outlive its server") {
    std::vector<std::function<void()>> jobs;
    {
        haft::mcp::server_options options;
        options.executor = [&](std::function<void()> job) { jobs.push_back(std::move(job)); };
        haft::toolset set;
        set.add("owned", "Owns its state", [state = std::string(1000, 'x')] { return state; });
        talk t(options, std::move(set));
        t.open();
        t.call("owned", "{}");
    }
    REQUIRE(jobs.size() == 1);
    jobs[0]();  // the sanitizers watch
}

TEST_CASE("jobs on eight threads all answer, each with its own id") {
    std::vector<std::thread> threads;
    haft::mcp::server_options options;
    options.executor = [&](std::function<void()> job) { threads.emplace_back(std::move(job)); };
    talk t(options);
    t.open();
    for (int i = 1; i <= 8; ++i)
        t.server.receive(R"({"jsonrpc":"2.0","id":)" + std::to_string(i) +
                         R"(,"method":"tools/call","params":{"name":"add","arguments":{"a":)" + std::to_string(i * 10) +
                         "}}}\n");
    t.server.poll();
    for (std::thread& thread : threads) thread.join();
    t.server.poll();
    const std::string out = t.take();
    for (int i = 1; i <= 8; ++i)
        CHECK(contains(out, "\"id\":" + std::to_string(i) + ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"" +
                                std::to_string(i * 10 + 1) + "\""));
}

TEST_CASE("the revision asked for is spoken if it is known, the newest otherwise") {
    for (const std::string_view known : {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"}) {
        talk t;
        CHECK(contains(t(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":")" +
                         std::string(known) + "\"}}"),
                       "\"protocolVersion\":\"" + std::string(known) + "\""));
    }
    for (const std::string_view unknown : {"2024-10-07", "2026-07-28", "x"}) {
        talk t;
        CHECK(contains(t(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":")" +
                         std::string(unknown) + "\"}}"),
                       "\"protocolVersion\":\"2025-11-25\""));
    }
}

TEST_CASE("the handshake comes first, and once") {
    talk t;
    CHECK(contains(t(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})"), "-32600"));
    CHECK(t(R"({"jsonrpc":"2.0","id":2,"method":"ping"})") == "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}\n");
    CHECK(contains(t(R"({"jsonrpc":"2.0","id":3,"method":"initialize","params":{}})"), "-32602"));
    CHECK(contains(t(R"({"jsonrpc":"2.0","id":3,"method":"initialize","params":{"protocolVersion":20251125}})"),
                   "-32602"));
    t.open();
    CHECK(contains(t(R"({"jsonrpc":"2.0","id":4,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})"),
                   "-32600"));
}

TEST_CASE("the server presents itself") {
    talk t({.name = "my \"server\"", .version = "1.2", .instructions = "Use\nthem well"});
    CHECK(contains(t(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})"),
                   R"("serverInfo":{"name":"my \"server\"","version":"1.2"},"instructions":"Use\nthem well"}})"));
}

TEST_CASE("the server's instructions come first, then those of each tool", "[TD-16]") {
    const auto told = [](std::string own) {
        talk t({.instructions = std::move(own)}, {haft::make<&greet>({.instructions = "Be *polite*."}),
                                                  haft::make<&greet>({.name = "shout", .instructions = "Rarely."})});
        return t(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})");
    };
    CHECK(contains(told("All of them."),
                   R"(},"instructions":"All of them.\n\n## greet\n\nBe *polite*.\n\n## shout\n\nRarely."}})"));
    CHECK(contains(told(""), R"(},"instructions":"## greet\n\nBe)"));
}

TEST_CASE("tools are listed with schemas, title and annotations") {
    talk t;
    t.open();
    CHECK(
        t(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})") ==
        R"({"jsonrpc":"2.0","id":1,"result":{"tools":[)"
        R"({"name":"add","title":"Adder","description":"Adds","inputSchema":{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer","default":1}},"required":["a"],"additionalProperties":false},"outputSchema":{"type":"object","properties":{"result":{"type":"integer"}},"required":["result"],"additionalProperties":false},"annotations":{"readOnlyHint":true,"idempotentHint":true,"openWorldHint":false}},)"
        R"({"name":"where","description":"A place","inputSchema":{"type":"object","properties":{},"additionalProperties":false},"outputSchema":{"type":"object","properties":{"x":{"type":"number"},"y":{"type":"number"}},"required":["x","y"],"additionalProperties":false},"annotations":{"readOnlyHint":false,"destructiveHint":true}},)"
        R"({"name":"greet","description":"Greets","inputSchema":{"type":"object","properties":{},"additionalProperties":false},"annotations":{"readOnlyHint":false,"destructiveHint":false}},)"
        R"({"name":"nothing","inputSchema":{"type":"object","properties":{},"additionalProperties":false}},)"
        R"({"name":"fail","description":"Fails","inputSchema":{"type":"object","properties":{},"additionalProperties":false},"outputSchema":{"type":"object","properties":{"result":{"type":"integer"}},"required":["result"],"additionalProperties":false}},)"
        R"({"name":"several","description":"Several","inputSchema":{"type":"object","properties":{},"additionalProperties":false},"outputSchema":{"type":"object","properties":{"result":{"type":"array","items":{"type":"integer"}}},"required":["result"],"additionalProperties":false}})"
        "]}}\n");
}

TEST_CASE("older revisions get what they know") {
    talk oldest;
    oldest.open("2024-11-05");
    const std::string list = oldest(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})");
    CHECK_FALSE(contains(list, "annotations"));
    CHECK_FALSE(contains(list, "outputSchema"));
    CHECK_FALSE(contains(list, "title"));
    CHECK_FALSE(contains(oldest.call("where", "{}"), "structuredContent"));
    talk older;
    older.open("2025-03-26");
    const std::string second = older(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})");
    CHECK(contains(second, "annotations"));
    CHECK_FALSE(contains(second, "outputSchema"));
}

TEST_CASE("a long list comes in pages: every tool once, in order; a forged cursor is refused") {
    haft::toolset set;
    for (int i = 0; i < 23; ++i) set.add("tool_" + std::to_string(i), "One of many", [i] { return i; });
    for (const std::size_t page : {0u, 1u, 5u, 22u, 23u, 24u}) {
        talk t({.page_size = page}, set);
        t.open();
        std::string names;
        std::string cursor;
        std::size_t pages = 0;
        do {
            const std::string answer = t(R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{)" +
                                         (cursor.empty() ? "" : "\"cursor\":" + cursor) + "}}");
            ++pages;
            REQUIRE(pages < 25);
            CHECK(contains(answer, R"({"tools":[{"name":"tool_)"));
            for (std::size_t at = 0; (at = answer.find("{\"name\":\"", at)) != std::string::npos; ++at)
                names += answer.substr(at + 9, answer.find('"', at + 9) - at - 9) + " ";
            const std::size_t next = answer.find("\"nextCursor\":");
            cursor = next == std::string::npos ? "" : answer.substr(next + 13, answer.rfind("}}") - next - 13);
        } while (!cursor.empty());
        std::string expected;
        for (int i = 0; i < 23; ++i) expected += "tool_" + std::to_string(i) + " ";
        CAPTURE(page);
        CHECK(names == expected);
        CHECK(pages == (page == 0 ? 23 : (23 + page - 1) / page));
        CHECK(contains(t(R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"tool_99"}})"), "-32602"));
        CHECK(contains(t(R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":7}})"), "-32602"));
        CHECK(contains(t(R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":null}})"), "tool_0"));
    }
}

TEST_CASE("a result is text, structure, both or nothing") {
    talk t;
    t.open();
    CHECK(
        t.call("where", "{}") ==
        R"({"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"{\"x\":1,\"y\":2.5}"}],"structuredContent":{"x":1,"y":2.5},"isError":false}})"
        "\n");
    CHECK(t.call("greet", "{}") ==
          R"({"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"Hello\n\"you\""}],"isError":false}})"
          "\n");
    CHECK(t.call("nothing", "{}") == R"({"jsonrpc":"2.0","id":1,"result":{"content":[],"isError":false}})"
                                     "\n");
    CHECK(
        t.call("several", "{}") ==
        R"({"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"[1,2]"}],"structuredContent":{"result":[1,2]},"isError":false}})"
        "\n");
}

TEST_CASE("whatever goes wrong in a call is one result that the model can read", "[EX-04]") {
    talk t;
    t.open();
    CHECK(
        t.call("fail", "{}") ==
        R"({"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"Error: out of cheese [haft-E0210]"}],"isError":true}})"
        "\n");
    CHECK(
        t.call("add", R"({"a":"x","c":1})") ==
        R"({"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"Error: tool \"add\" was not called: 2 faults in its arguments\n- /a: expected integer from -2147483648 to 2147483647, got string \"x\" [haft-E0202]\n- /c: no such parameter; the parameters are a, b [haft-E0203]"}],"isError":true}})"
        "\n");
    // A tool that is not there is a fault of the request, not of a tool (2025-11-25, server/tools, "Error Handling").
    CHECK(
        t.call("ad", "{}") ==
        R"({"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"tool \"ad\" does not exist; did you mean \"add\"?"}})"
        "\n");
}

TEST_CASE("arguments may be left out or null") {
    talk t;
    t.open();
    CHECK(contains(t(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"where"}})"),
                   "\"isError\":false"));
    CHECK(contains(t.call("where", "null"), "\"isError\":false"));
    CHECK(contains(t.call("where", "[]"), "\"isError\":true"));
    CHECK(contains(t(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"arguments":{}}})"), "-32602"));
    CHECK(contains(t(R"({"jsonrpc":"2.0","id":1,"method":"tools/call"})"), "-32602"));
    CHECK(contains(t(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":7}})"),
                   R"(\"name\" is missing or no string)"));
}

TEST_CASE("a line that is no message is answered with its error, and the next one is served") {
    talk t;
    t.open();
    CHECK(t("garbage") ==
          R"({"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"not JSON: expected a value at byte 0"}})"
          "\n");
    CHECK(contains(t("[1]"), "-32600"));
    CHECK(contains(t(R"({"jsonrpc":"2.0","id":1,"method":"resources/list"})"), "-32601"));
    CHECK(t(R"({"jsonrpc":"2.0","id":1,"method":"ping"})") == "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n");
}

TEST_CASE("notifications and responses are never answered") {
    talk t;
    t.open();
    for (const std::string_view silent :
         {R"({"jsonrpc":"2.0","method":"notifications/initialized"})",
          R"({"jsonrpc":"2.0","method":"notifications/unheard_of","params":{"a":1}})",
          R"({"jsonrpc":"2.0","method":"tools/call","params":{"name":"add"}})",
          R"({"jsonrpc":"2.0","id":9,"result":{}})",
          R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":12}})",
          R"({"jsonrpc":"2.0","method":"notifications/cancelled"})", "", "   "})
        CHECK(t(silent).empty());
}

TEST_CASE("a frame over the limit is dropped and answered once") {
    talk t({.max_frame_bytes = 200});
    t.open();
    const std::string out =
        t(R"({"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":")" + std::string(100'000, 'x') + "\"}}");
    CHECK(
        out ==
        R"({"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"a message of more than 200 bytes was dropped"}})"
        "\n");
    CHECK(contains(t(R"({"jsonrpc":"2.0","id":1,"method":"ping"})"), "\"result\":{}"));
}

TEST_CASE("batches belong to 2025-03-26 alone") {
    talk t;
    t.open("2025-03-26");
    CHECK(
        t(R"([{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/x"},{"jsonrpc":"2.0","id":2,"method":"nope"}])") ==
        R"([{"jsonrpc":"2.0","id":1,"result":{}},{"jsonrpc":"2.0","id":2,"error":{"code":-32601,"message":"no method \"nope\"; there are initialize, ping, tools/list, tools/call and logging/setLevel"}}])"
        "\n");
    CHECK(t(R"([{"jsonrpc":"2.0","method":"notifications/x"}])").empty());
    CHECK(contains(t("[]"), "-32600"));
    CHECK(contains(t("[{"), "-32700"));
    CHECK(contains(t(R"([{"jsonrpc":"2.0","id":1,"method":"ping"}] x)"), "-32700"));
    CHECK(t(R"( 	[{"jsonrpc":"2.0","id":1,"method":"ping"}] )") ==
          "[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}]\n");
    CHECK(contains(t("[1]"), "[{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600"));
    talk newer;
    newer.open("2025-06-18");
    CHECK(contains(newer(R"([{"jsonrpc":"2.0","id":1,"method":"ping"}])"), "-32600"));
}

TEST_CASE("what comes before a batch goes out before it, and what the sink brings then is served after it") {
    talk t;
    t.open("2025-03-26");
    const auto ping = [](int id) { return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":"ping"})"; };
    const auto pong = [](int id) { return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"result":{}})"; };
    std::string out;
    t.server.on_output([&](std::string_view frames) {
        if (out.empty()) {
            t.server.receive(ping(4) + "\n");
            CHECK_FALSE(t.server.poll());
        }
        out += frames;
    });
    t.server.receive(ping(1) + "\n[" + ping(2) + "," + ping(3) + "]\n");
    t.server.poll();
    CHECK(out == pong(1) + "\n[" + pong(2) + "," + pong(3) + "]\n" + pong(4) + "\n");
}

TEST_CASE("what the sink brings comes after the bytes that are being read") {
    const auto ping = [](int id) {
        return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":"ping"})" + "\n";
    };
    const auto pong = [](int id) {
        return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"result":{}})" + "\n";
    };
    const std::string call = R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"nothing"}})"
                             "\n";
    talk t;
    t.open();
    std::string out;
    bool begins = true;
    t.server.on_output([&](std::string_view frames) {  // the first answer goes out before the call
        if (std::exchange(begins, false)) {
            t.server.receive(ping(5) + ping(6).substr(0, 9));
            t.server.poll();
        }
        out += frames;
    });
    t.server.serve(ping(1) + call + ping(3) + ping(4));
    t.server.serve(ping(6).substr(9));
    const std::string answer = R"({"jsonrpc":"2.0","id":2,"result":{"content":[],"isError":false}})"
                               "\n";
    CHECK(out == pong(1) + answer + pong(3) + pong(4) + pong(5) + pong(6));
    // and none of it waits for more, though much goes out last
    out.clear();
    int brought = 0;
    t.server.on_output([&](std::string_view frames) {
        if (++brought == 1) t.server.receive(ping(7));
        out += frames;
    });
    std::string many;
    for (int i = 0; i < 2000; ++i) many += ping(1);
    t.server.serve(many);
    CHECK(out.ends_with(pong(7)));
}

TEST_CASE("after a batch, answers and what tools tell come in order again") {
    haft::toolset set;
    set.add("tell", "Tells", [](haft::call_context& c) { c.log(haft::log_level::error, "told"); });
    talk t({}, set);
    t.open("2025-03-26");
    const std::string ping = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
    CHECK(t("[" + ping + "]").ends_with("]\n"));
    const std::string out =
        t(ping + "\n" + R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"tell"}})");
    CHECK(out.find("\"id\":1,") < out.find("\"told\""));
    CHECK(out.find("\"told\"") < out.find("\"id\":2,"));
}

TEST_CASE("a megabyte of answers goes out in pieces") {
    talk t;
    t.open();
    std::string pings;
    for (int i = 0; i < 30'000; ++i) pings += "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n";
    std::size_t longest = 0, answered = 0;
    t.server.on_output([&](std::string_view frames) {
        longest = (std::max)(longest, frames.size());
        answered += frames.size();
        CHECK(frames.ends_with("}\n"));
    });
    t.server.receive(pings);
    t.server.poll();
    CHECK(longest < 100'000);
    CHECK(answered == 30'000 * std::string_view("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n").size());
}

TEST_CASE("after close nothing is sent, and what was not begun is not done") {
    int runs = 0;
    haft::toolset set;
    set.add("tell", "Tells", [&](haft::call_context& c) {
        ++runs;
        c.log(haft::log_level::error, "told");
    });
    const std::string call = R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"tell"}})"
                             "\n";
    for (const std::string& lines : {call + call, R"({"jsonrpc":"2.0","id":1,"method":"ping"})" + ("\n" + call)}) {
        talk t({}, set);
        t.open();
        int writes = 0;
        runs = 0;
        t.server.on_output([&](std::string_view) {  // the client is gone, as the first write shows
            ++writes;
            t.server.close();
        });
        t.server.receive(lines);
        t.server.poll();
        t.server.receive(call);
        t.server.poll();
        CHECK(writes == 1);
        CHECK(runs == (lines.starts_with(call) ? 1 : 0));
    }
    std::vector<std::function<void()>> jobs;
    haft::mcp::server_options options;
    options.executor = [&](std::function<void()> job) { jobs.push_back(std::move(job)); };
    talk t(options, set);
    t.open();
    t.server.close();
    CHECK(t(call).empty());
    CHECK(jobs.empty());
}

TEST_CASE("a sink that throws leaves whole frames behind") {
    talk t;
    t.open();
    bool broken = true;
    std::string out;
    t.server.on_output([&](std::string_view frames) {
        if (std::exchange(broken, false)) throw std::runtime_error("the pipe is full");
        out += frames;
    });
    t.server.receive(R"({"jsonrpc":"2.0","id":1,"method":"ping"})"
                     "\n"
                     R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"nothing"}})"
                     "\n"
                     R"({"jsonrpc":"2.0","id":3,"method":"ping"})"
                     "\n");
    CHECK_THROWS(t.server.poll());
    t.server.poll();
    CHECK(out == "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}\n");
}

TEST_CASE("the end of the stream ends the last line") {
    talk t;
    t.open();
    t.server.receive(R"({"jsonrpc":"2.0","id":1,"method":"ping"})");
    t.server.finish();
    t.server.poll();
    CHECK(t.take() == "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n");
}

TEST_CASE("a job that is dropped, or that the executor refuses, is answered, and its id is free again") {
    const std::string lost =
        R"({"jsonrpc":"2.0","id":5,"error":{"code":-32603,"message":"the server did not run the call"}})"
        "\n";
    const std::string_view line =
        R"({"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"add","arguments":{"a":1}}})";
    haft::mcp::server_options options;
    std::vector<std::function<void()>> jobs;
    bool full = false;
    options.executor = [&](std::function<void()> job) {
        if (full) throw std::runtime_error("the pool is shut down");
        jobs.push_back(std::move(job));
    };
    talk t(options);
    t.open();
    CHECK(t(line).empty());
    jobs.clear();
    t.server.poll();
    CHECK(t.take() == lost);
    full = true;
    CHECK(t(line) == lost);
    CHECK(t.server.calls_in_flight() == 0);
    full = false;
    CHECK(t(line).empty());
    REQUIRE(jobs.size() == 1);
    jobs[0]();
    jobs[0]();  // once more changes nothing
    t.server.poll();
    CHECK(t.take().find("\"id\":5,\"result\"") != std::string::npos);
}

TEST_CASE("a job that runs twice runs its tool once") {
    int runs = 0;
    haft::toolset set;
    set.add("count", "Counts", [&] { return ++runs; });
    std::vector<std::function<void()>> jobs;
    haft::mcp::server_options options;
    options.executor = [&](std::function<void()> job) { jobs.push_back(std::move(job)); };
    talk t(options, set);
    t.open();
    t.call("count", "{}");
    REQUIRE(jobs.size() == 1);
    jobs[0](), jobs[0]();
    CHECK(runs == 1);
}

TEST_CASE("a tool written by hand is given its arguments as text") {
    haft::tool t;
    t.name = "by_hand";
    t.input_schema = R"({"type":"object"})";
    t.execute = [](const void*, std::string_view arguments, haft::call_context&, haft::result_writer& out) {
        out.text(arguments);
    };
    talk by_hand({}, {t});
    by_hand.open();
    CHECK(contains(by_hand.call("by_hand", R"({"a":[1]})"), R"("text":"{\"a\":[1]}")"));
}

TEST_CASE("a tool written by hand that throws gives an error like any other, wherever it runs", "[EX-04]") {
    haft::tool t;
    t.name = "by_hand";
    t.input_schema = R"({"type":"object"})";
    t.execute = [](const void*, std::string_view arguments, haft::call_context& c, haft::result_writer&) {
        c.log(haft::log_level::error, "told");
        if (arguments == "{}") throw std::runtime_error("by hand");
        throw 7;
    };
    std::vector<std::function<void()>> jobs;
    for (const bool elsewhere : {false, true}) {
        haft::mcp::server_options options;
        if (elsewhere) options.executor = [&](std::function<void()> job) { jobs.push_back(std::move(job)); };
        talk by_hand(options, {t});
        by_hand.open("2025-03-26");
        const auto call = [&](std::string_view arguments) {
            std::string out = by_hand.call("by_hand", arguments);
            for (const auto& job : std::exchange(jobs, {})) job();
            by_hand.server.poll();
            return out + by_hand.take();
        };
        const std::string out = call("{}");
        CHECK(contains(out, "\"told\""));
        CHECK(contains(out, R"({"content":[{"type":"text","text":"Error: by hand [haft-E0210]"}],"isError":true})"));
        CHECK(contains(call(R"({"a":1})"), "\"isError\":true"));
        CHECK(by_hand.server.calls_in_flight() == 0);
        CHECK(by_hand(R"({"jsonrpc":"2.0","id":2,"method":"ping"})") == "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}\n");
    }
}

TEST_CASE("a call that is cancelled before anybody runs it is not begun", "[fault-124]") {
    std::vector<std::function<void()>> jobs;
    int runs = 0;
    haft::toolset set;
    set.add("count", "Counts", [&] { ++runs; });
    talk t({.executor = [&](std::function<void()> job) { jobs.push_back(std::move(job)); }}, set);
    t.open();
    t.call("count", "{}", "1");
    t.call("count", "{}", "2");
    t(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})");
    for (const auto& job : jobs) job();
    t.server.poll();
    CHECK(runs == 1);
    CHECK(contains(t.take(), "\"id\":2,"));
    CHECK(t.server.calls_in_flight() == 0);
}

TEST_CASE("the limits of a call hold however its arguments are read", "[EX-04]") {
    struct limited {
        haft::json::read_limits limits;
        std::string_view arguments, problem;
    };
    haft::toolset set;
    set.add("take", "Takes", [](const rows& given) { return static_cast<int>(given.v.size()); });
    const std::string_view given = R"({"v":[["four"],["2"]]})";
    for (const limited& l : {limited{{.max_bytes = given.size() - 1}, given, "at most 21 are read"},
                             limited{{.max_depth = 2}, given, "at most 2 levels are read"},
                             limited{{.max_string_bytes = 3}, given, "at most 3 are read"},
                             limited{{.max_items = 1}, given, "at most 1 are read"}, limited{{}, given, ""},
                             limited{{.max_bytes = given.size()}, given, ""}, limited{{.max_depth = 3}, given, ""},
                             limited{{.max_string_bytes = 4}, given, ""}, limited{{.max_items = 2}, given, ""}}) {
        haft::mcp::server_options options;
        options.call.limits = l.limits;
        talk t(options, set);
        t.open();
        const std::string out = t.call("take", l.arguments);
        CAPTURE(l.problem, out);
        CHECK(contains(out, l.problem));
        CHECK(contains(out, "\"isError\":true") == !l.problem.empty());
    }
}

TEST_CASE("arguments are read in the walk over the message or after it, and nothing shows which", "[EX-04]") {
    // `name` before `arguments` and after them, blanks, escapes, every way to be wrong
    for (const std::string_view arguments :
         {R"({"a":1})", R"( { "a" : 1 , "b" : 2 } )", R"({"b":2,"a":1})", R"({"\u0061":1})", R"({"a":1.5})",
          R"({"c":1})", R"({"a":1,"a":2})", R"({})", R"(null)", R"([])", R"("{\"a\":1}")", R"({"a":99999999999})"}) {
        talk ahead, after;
        ahead.open();
        after.open();
        const std::string head = R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{)";
        const std::string first = ahead(head + R"("name":"add","arguments":)" + std::string(arguments) + "}}");
        const std::string second = after(head + R"("arguments":)" + std::string(arguments) + R"(,"name":"add"}})");
        CAPTURE(arguments);
        CHECK(first == second);
        CHECK(first.find("\"id\":1,\"result\"") != std::string::npos);
    }
    // What is wrong with the message behind them keeps the tool from being run.
    int runs = 0;
    haft::toolset counting;
    counting.add("count", "Counts", [&](const pair_of_numbers&) { return ++runs; });
    talk t({}, counting);
    t.open();
    const std::string begun =
        R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"count","arguments":{"a":1})";
    CHECK(t(begun + R"(,"name":"count"}})").find("-32602") != std::string::npos);
    CHECK(t(begun + R"(,"arguments":{"a":1}}})").find("-32602") != std::string::npos);
    CHECK(t(begun + "}").find("-32700") != std::string::npos);
    CHECK(t(begun + "}} x").find("-32700") != std::string::npos);
    CHECK(t(begun + R"(},"id":2})").find("-32600") != std::string::npos);
    CHECK(runs == 0);
    CHECK(t(begun + "}}").find("\"result\":1") != std::string::npos);
    CHECK(runs == 1);
}

TEST_CASE("answers of quick calls share a write; none waits for a tool that was slow") {
    haft::toolset set;
    set.add("quick", "Q", [] { return 1; });
    set.add("slow", "S", [] {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return 1;
    });
    talk t({}, set);
    t.open();
    const auto calls = [](std::string_view name, int n) {
        std::string lines;
        for (int i = 0; i < n; ++i)
            lines +=
                R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":")" + std::string(name) + "\"}}\n";
        return lines;
    };
    const auto writes_of = [](talk& to, const std::string& lines) {
        to.writes = 0;
        to.server.receive(lines);
        to.server.poll();
        return to.writes;
    };
    CHECK(writes_of(t, calls("quick", 4)) == 4);  // nobody knows it yet
    writes_of(t, calls("slow", 20));
    CHECK(writes_of(t, calls("slow", 4)) == 4);
    // (A tool that was slow once counts as slow from then on: another server, should the machine have been held up.)
    bool shared = false;
    for (int tries = 0; tries < 50 && !shared; ++tries) {
        talk other({}, set);
        other.open();
        writes_of(other, calls("quick", 40));
        shared = writes_of(other, calls("quick", 16)) < 16;
    }
    CHECK(shared);
    // A burst knows nothing of those before it.
    bool later = false;
    for (int tries = 0; tries < 50 && !later; ++tries) {
        talk other({}, set);
        other.open();
        other.server.receive(calls("quick", 40));
        other.server.poll();
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        other.writes = 0;
        other.server.receive(calls("quick", 16));
        other.server.poll();
        later = other.writes < 16;
    }
    CHECK(later);
}
