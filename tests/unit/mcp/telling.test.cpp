// SPDX-License-Identifier: BSL-1.0
// What a running tool tells its client: progress, log messages; and what a client tells a running tool: to stop.
#include <haft/mcp/server.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

using haft::call_context;

struct steps {
    int n = 3;
    bool talk = false;
};
int work(const steps& s, call_context& c) {
    for (int i = 1; i <= s.n; ++i) {
        c.progress(i, s.n, s.talk ? "step " + std::to_string(i) : "");
        if (s.talk) c.log(haft::log_level::info, "did " + std::to_string(i));
    }
    return s.n;
}
void odd_progress(call_context& c) {
    constexpr double inf = std::numeric_limits<double>::infinity();
    for (const double d : {0.0, 0.5, 0.5, 0.25, inf, -inf, inf - inf, 0.75}) c.progress(d, inf);
    c.progress(2, 1);
}
void all_levels(call_context& c) {
    for (unsigned l = 0; l < 8; ++l) c.log(static_cast<haft::log_level>(l), "m");
}
void evil_words(call_context& c) {
    c.log(haft::log_level::error, "a\n{\"jsonrpc\"}\xFF");
    c.progress(1, 0, "\"\n\xFF");
}
bool stopped(call_context& c) { return c.stop_requested(); }
std::string id_of_call(call_context& c) { return std::string(c.call_id()); }
int user_number(call_context& c) { return c.user<int>() ? *c.user<int>() : -1; }

haft::toolset tools() {
    return {haft::make<&work>(""),       haft::make<&odd_progress>(""), haft::make<&all_levels>(""),
            haft::make<&evil_words>(""), haft::make<&stopped>(""),      haft::make<&id_of_call>(""),
            haft::make<&user_number>("")};
}

class talk {
public:
    explicit talk(haft::mcp::server_options options = {}, haft::toolset set = tools())
        : server(std::move(set), std::move(options)) {
        server.on_output([this](std::string_view frames) { output += frames; });
    }
    std::string operator()(std::string_view line) {
        server.receive(std::string(line) + "\n");
        server.poll();
        return take();
    }
    void open(std::string_view revision = "2025-11-25") {
        (*this)(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":")" +
                std::string(revision) + R"("}})");
    }
    std::string call(std::string_view name, std::string_view arguments = "{}", std::string_view id = "1",
                     std::string_view token = "") {
        return (*this)(line(name, arguments, id, token));
    }
    static std::string line(std::string_view name, std::string_view arguments, std::string_view id,
                            std::string_view token = "") {
        std::string text = R"({"jsonrpc":"2.0","id":)";
        text.append(id).append(R"(,"method":"tools/call","params":{"name":")").append(name).append(R"(","arguments":)");
        text.append(arguments);
        if (!token.empty()) text.append(R"(,"_meta":{"x":1,"progressToken":)").append(token).append("}");
        return text + "}}";
    }
    std::string cancel(std::string_view id) {
        return (*this)(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":)" +
                       std::string(id) + R"(,"reason":"no need"}})");
    }
    std::string take() { return std::exchange(output, {}); }

    haft::mcp::server server;
    std::string output;
};

/// An executor that keeps the jobs.
struct shelf {
    std::vector<std::function<void()>> jobs;
    haft::mcp::server_options options() {
        haft::mcp::server_options o;
        o.executor = [this](std::function<void()> job) { jobs.push_back(std::move(job)); };
        return o;
    }
};

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t n = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string_view::npos; ++at) ++n;
    return n;
}
bool contains(std::string_view text, std::string_view part) { return count(text, part) > 0; }

std::string progress(std::string_view token, std::string_view rest) {
    return R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":)" + std::string(token) +
           "," + std::string(rest) + "}}\n";
}

}  // namespace

TEST_CASE("progress goes to a client that gave a token, before the result and in order", "[EX-10]") {
    for (const std::string_view token : {"\"t\"", "7", "-1", "\"\"", "\"a\\\"\\u00e9\""}) {
        talk t;
        t.open();
        CHECK(
            t.call("work", R"({"n":2})", "1", token) ==
            progress(token, R"("progress":1,"total":2)") + progress(token, R"("progress":2,"total":2)") +
                R"({"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"2"}],"structuredContent":{"result":2},"isError":false}})"
                "\n");
    }
    talk t;
    t.open();
    CHECK_FALSE(contains(t.call("work"), "notifications"));  // no token, no progress
    CHECK_FALSE(contains(t(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"work","_meta":null}})"),
                         "notifications"));
    const std::string untold = t.call("work", "{}", "1", "null");
    CHECK(contains(untold, "\"isError\":false"));
    CHECK_FALSE(contains(untold, "notifications"));
}

TEST_CASE("a progress token that is none is refused", "[EX-10]") {
    talk t;
    t.open();
    for (const std::string_view token : {"{}", "1.5", "true", "[1]", "1,\"progressToken\":2"})
        CHECK(contains(t.call("work", "{}", "1", token), "\"code\":-32602"));
    CHECK(contains(t.call("work", "{}", "1", "\"" + std::string(2000, 'x') + "\""), "\"code\":-32602"));
}

TEST_CASE("progress that does not grow or is no number is not told", "[EX-10]") {
    talk t;
    t.open();
    const std::string out = t.call("odd_progress", "{}", "1", "1");
    CHECK(count(out, "notifications/progress") == 4);
    for (const std::string_view done : {"0", "0.5", "0.75"})
        CHECK(contains(out, progress("1", "\"progress\":" + std::string(done))));
    CHECK(contains(out, progress("1", R"("progress":2,"total":1)")));
}

TEST_CASE("a revision gets of progress what it knows", "[EX-10]") {
    talk t;
    t.open("2024-11-05");
    CHECK(t.call("work", R"({"n":1,"talk":true})", "1", "1").starts_with(progress("1", R"("progress":1,"total":1)")));
    talk newer;
    newer.open("2025-03-26");
    CHECK(newer.call("work", R"({"n":1,"talk":true})", "1", "1")
              .starts_with(progress("1", R"("progress":1,"total":1,"message":"step 1")")));
}

TEST_CASE("while a tool runs inside poll, what it tells goes out at once", "[EX-10]") {
    talk t;
    std::vector<std::string> writes;
    t.server.on_output([&](std::string_view frames) { writes.emplace_back(frames); });
    haft::toolset set;
    t.open();
    writes.clear();
    t.server.receive(R"({"jsonrpc":"2.0","id":8,"method":"ping"})"
                     "\n" +
                     talk::line("work", R"({"n":10000})", "1", "1") + "\n");
    t.server.poll();
    REQUIRE(writes.size() == 10002);
    CHECK(writes[0] == "{\"jsonrpc\":\"2.0\",\"id\":8,\"result\":{}}\n");  // it does not wait for the tool
    CHECK(writes[1] == progress("1", R"("progress":1,"total":10000)"));
    CHECK(writes[2] == progress("1", R"("progress":2,"total":10000)"));
    CHECK(contains(writes.back(), "\"id\":1,"));
}

TEST_CASE("what the sink brings while a tool runs is served after it", "[EX-10]") {
    const bool in_place = GENERATE(false, true);
    talk t;
    t.open();
    int rounds = 0;
    std::string out;
    t.server.on_output([&](std::string_view frames) {
        out += frames;
        if (!contains(frames, "notifications/progress")) return;
        const std::string line = std::string(100'000, ' ') + R"({"jsonrpc":"2.0","id":)" +
                                 std::to_string(100 + ++rounds) + R"(,"method":"ping"})" + "\n";
        if (in_place) return void(t.server.serve(line));
        t.server.receive(line);
        CHECK_FALSE(t.server.poll());
    });
    const std::string lines =
        talk::line("work", R"({"n":2,"talk":false})", "\"a long id, so that a view into freed memory shows\"", "1") +
        "\n" + R"({"jsonrpc":"2.0","id":99,"method":"ping"})" + "\n";
    if (in_place) {
        t.server.serve(lines);
    } else {
        t.server.receive(lines);
        t.server.poll();
    }
    CHECK(rounds == 2);
    const std::size_t answer = out.find("\"id\":\"a long id, so that a view into freed memory shows\"");
    CHECK(answer < out.find("\"id\":99"));
    CHECK(out.find("\"id\":99") < out.find("\"id\":101"));
    CHECK(out.find("\"id\":101") < out.find("\"id\":102"));
    CHECK(out.find("\"id\":102") != std::string::npos);
}

TEST_CASE("an answer without a text is whole, though its tool told something while other answers waited", "[EX-10]") {
    haft::toolset set;
    set.add("quiet", "Gives nothing", [](haft::call_context& context) { context.log(haft::log_level::info, "told"); });
    set.add("wrong", "Gives an error", [](haft::call_context& context) -> haft::result<int> {
        context.log(haft::log_level::info, "told");
        return haft::error{haft::errc::tool_failed, "wrong"};
    });
    set.add("infinite", "Can't be written", [](haft::call_context& context) {
        context.log(haft::log_level::info, "told");
        return std::vector<double>{1, std::numeric_limits<double>::infinity()};
    });
    for (const char* revision : {"2024-11-05", "2025-11-25"}) {
        for (const char* tool : {"quiet", "wrong", "infinite"}) {
            talk t({}, set);
            t.open(revision);
            for (int i = 0; i < 20; ++i) t.call(tool, "{}");  // then it is known to be quick
            std::string lines;
            for (int i = 0; i < 3; ++i) lines += talk::line(tool, "{}", "7") + "\n";
            t.server.receive(lines);
            t.server.poll();
            const std::string out = t.take();
            CAPTURE(revision, tool);
            CHECK(out.find('\0') == std::string::npos);
            CHECK(std::count(out.begin(), out.end(), '\n') == 6);
            std::size_t answers = 0;
            const std::string_view begin = "\n{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"content\":[";
            for (std::size_t at = 0; (at = out.find(begin, at)) != out.npos; ++at) ++answers;
            CHECK(answers == 3);
        }
    }
}

TEST_CASE("in a batch, what tools tell comes before the batch's answer", "[EX-10]") {
    talk t;
    t.open("2025-03-26");
    std::string sent_in_between;
    const std::string out =
        t("[" + talk::line("work", R"({"n":1})", "1", "1") + R"(,{"jsonrpc":"2.0","id":2,"method":"ping"},)" +
          talk::line("work", R"({"n":1})", "3", "3") + "]");
    const std::string one = progress("1", R"("progress":1,"total":1)");
    const std::string three = progress("3", R"("progress":1,"total":1)");
    REQUIRE(out.starts_with(one + three + "[{\"jsonrpc\":\"2.0\",\"id\":1,"));
    CHECK(out.ends_with("}]\n"));
    CHECK(count(out, "\n") == 3);
}

TEST_CASE("log messages go out from the client's level on", "[EX-10]") {
    talk t;
    t.open();
    CHECK(count(t.call("all_levels"), "notifications/message") == 7);  // from info on, until the client has its say
    const auto set = [&](std::string_view level) {
        return t(R"({"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":)" + std::string(level) +
                 "}}");
    };
    CHECK(set("\"error\"") == "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n");
    const std::string out = t.call("all_levels");
    CHECK(count(out, "notifications/message") == 4);
    CHECK(out.starts_with(
        R"({"jsonrpc":"2.0","method":"notifications/message","params":{"level":"error","logger":"all_levels","data":"m"}})"
        "\n"));
    CHECK(out.find("\"id\":1,") > out.find("\"emergency\""));
    set("\"debug\"");
    CHECK(count(t.call("all_levels"), "notifications/message") == 8);
    set("\"emergency\"");
    CHECK(count(t.call("all_levels"), "notifications/message") == 1);
    for (const std::string_view wrong : {"\"loud\"", "7", "null", "\"\""}) CHECK(contains(set(wrong), "-32602"));
    CHECK(contains(t(R"({"jsonrpc":"2.0","id":1,"method":"logging/setLevel"})"), "-32602"));
    haft::mcp::server_options quiet;
    quiet.log_level = haft::log_level::alert;
    talk other(quiet);
    other.open();
    CHECK(count(other.call("all_levels"), "notifications/message") == 2);
}

TEST_CASE("whatever a tool tells, a notification is one line of JSON", "[EX-10]") {
    talk t;
    t.open();
    const std::string out = t.call("evil_words", "{}", "1", "1");
    CHECK(count(out, "\n") == 3);
    CHECK(contains(out, R"("data":"a\n{\"jsonrpc\"})"
                        "\xEF\xBF\xBD\"}}\n"));
    CHECK(contains(out, "\"message\":\"\\\"\\n\xEF\xBF\xBD\"}}\n"));
}

TEST_CASE("a tool knows the id of its call and the host's data", "[EX-10]") {
    int number = 7;
    haft::mcp::server_options options;
    options.call.user = haft::user_data(number);
    talk t(options);
    t.open();
    CHECK(contains(t.call("user_number"), "\"text\":\"7\""));
    CHECK(contains(t.call("id_of_call", "{}", "12"), "\"text\":\"12\""));
    CHECK(contains(t.call("id_of_call", "{}", "\"a\\u0062\""), "\"text\":\"ab\""));
    shelf s;
    haft::mcp::server_options elsewhere = s.options();
    elsewhere.call.user = haft::user_data(number);
    talk e(elsewhere);
    e.open();
    e.call("user_number");
    e.call("id_of_call", "{}", "\"x\"");
    for (auto& job : s.jobs) job();
    e.server.poll();
    CHECK(contains(e.output, "\"text\":\"7\""));
    CHECK(contains(e.output, "\"text\":\"x\""));
}

TEST_CASE("lenient calls say what was changed, in a text of its own", "[EX-10]") {
    haft::mcp::server_options options;
    options.call.mode = haft::lenient;
    for (const bool elsewhere : {false, true}) {
        shelf s;
        haft::mcp::server_options o = elsewhere ? s.options() : haft::mcp::server_options{};
        o.call = options.call;
        talk t(o);
        t.open();
        std::string out = t.call("work", R"({"n":"2","x":1})");
        for (auto& job : s.jobs) job();
        t.server.poll();
        out += t.take();
        CHECK(contains(out, R"([{"type":"text","text":"2"},{"type":"text","text":"Note: /n: )"));
        CHECK(contains(out, R"(},{"type":"text","text":"Note: /x: )"));
        CHECK(contains(out, R"("structuredContent":{"result":2},"isError":false)"));
    }
    talk strict;
    strict.open();
    CHECK(contains(strict.call("work", R"({"n":"2"})"), "\"isError\":true"));
    talk lenient(options);
    lenient.open();
    const std::string refused = lenient.call("work", R"({"n":"2","talk":3})");
    CHECK(contains(refused, R"(},{"type":"text","text":"Note: /n: )"));
    CHECK(contains(refused, "\"isError\":true"));
}

TEST_CASE("with an executor, what jobs tell goes out with the next poll, before the answer", "[EX-10]") {
    shelf s;
    talk t(s.options());
    t.open();
    CHECK(t.call("work", R"({"n":2,"talk":true})", "1", "1").empty());
    REQUIRE(s.jobs.size() == 1);
    std::thread(s.jobs[0]).join();
    CHECK(t.output.empty());
    t.server.poll();
    const std::string out = t.take();
    // of the steps the last one, of the messages all
    CHECK(count(out, "notifications/progress") == 1);
    CHECK(contains(out, progress("1", R"("progress":2,"total":2,"message":"step 2")")));
    CHECK(count(out, "notifications/message") == 2);
    CHECK(out.find("did 1") < out.find("did 2"));
    CHECK(out.find("did 2") < out.find("\"id\":1,"));
    CHECK(out.find("notifications/progress") < out.find("\"id\":1,"));
}

TEST_CASE("progress of many steps and messages without end take bounded room between two polls", "[EX-10]") {
    shelf s;
    talk t(s.options());
    t.open();
    t.call("work", R"({"n":5000,"talk":true})", "1", "1");
    t.call("work", R"({"n":1000,"talk":false})", "2", "2");
    for (auto& job : s.jobs) job();
    t.server.poll();
    const std::string out = t.take();
    CHECK(count(out, "notifications/progress") == 2);
    CHECK(count(out, "notifications/message") == 1025);
    CHECK(contains(out, "3976 messages were dropped"));
    CHECK(contains(out, "\"id\":1,"));
    CHECK(contains(out, "\"id\":2,"));
    t.call("work", R"({"n":2,"talk":true})", "3", "3");
    s.jobs.back()();
    t.server.poll();
    CHECK(count(t.take(), "notifications/message") == 2);  // room again
}

TEST_CASE("a message that was told before progress goes out before it, and whatever the others are", "[EX-10]") {
    shelf s;
    haft::toolset set;
    set.add("both", "Tells both", [](call_context& c) {
        c.log(haft::log_level::error, "first");
        c.progress(1, 2);
        c.log(haft::log_level::error, "second");
        c.progress(2, 2);
    });
    talk t(s.options(), set);
    t.open();
    t.call("both", "{}", "1", "1");
    s.jobs[0]();
    t.server.poll();
    const std::string out = t.take();
    CHECK(out.find("\"first\"") < out.find("\"progress\":2"));
    CHECK(out.find("\"progress\":2") < out.find("\"second\""));
    CHECK(out.find("\"second\"") < out.find("\"id\":1,"));
}

TEST_CASE("that messages were dropped is told to a client that wants to hear warnings", "[EX-10]") {
    for (const std::string_view level : {"warning", "error"}) {
        shelf s;
        haft::toolset set;
        set.add("cry", "Logs much", [](call_context& c) {
            for (int i = 0; i < 1025; ++i) c.log(haft::log_level::alert, "m");
        });
        talk t(s.options(), set);
        t.open();
        t(R"({"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":")" + std::string(level) + "\"}}");
        t.call("cry");
        s.jobs[0]();
        t.server.poll();
        const std::string out = t.take();
        CHECK(count(out, "\"level\":\"alert\"") == 1024);
        CHECK(contains(out, "1 messages were dropped") == (level == "warning"));
    }
}

TEST_CASE("after its answer nothing of a call goes out", "[fault-79]") {
    shelf s;
    talk t(s.options());
    t.open();
    t.call("work", R"({"n":1,"talk":true})", "1", "1");
    s.jobs[0]();
    t.server.poll();
    CHECK(contains(t.take(), "\"id\":1,"));
    s.jobs[0] = nullptr;
    // a job that runs a second time tells nobody, not even under the same id
    t.call("work", R"({"n":1,"talk":true})", "1", "1");
    const auto job = s.jobs[1];
    job();
    t.server.poll();
    CHECK(contains(t.take(), "\"id\":1,"));
    t.call("work", R"({"n":2})", "1", "1");
    job();
    t.server.poll();
    CHECK(t.take().empty());
    CHECK(t.server.calls_in_flight() == 1);
    s.jobs[2]();
    t.server.poll();
    CHECK(count(t.take(), "\"id\":1,") == 1);
}

TEST_CASE("a cancelled call is asked to stop, and neither its answer nor what it tells goes out",
          "[EX-10][fault-124]") {
    shelf s;
    talk t(s.options());
    t.open();
    CHECK(t.call("stopped", "{}", "1").empty());
    CHECK(t.call("stopped", "{}", "2").empty());
    CHECK(t.call("work", R"({"n":3,"talk":true})", "\"w\"", "1").empty());
    CHECK(t.cancel("1").empty());
    CHECK(t.cancel("\"w\"").empty());
    std::string first, second;
    for (auto& job : s.jobs) job();
    t.server.poll();
    const std::string out = t.take();
    CHECK(count(out, "\n") == 1);
    CHECK(contains(out, R"("id":2,"result":{"content":[{"type":"text","text":"false"}])"));
    CHECK(t.server.calls_in_flight() == 0);
}

TEST_CASE("the stop token of a job is set while it runs", "[EX-10][fault-124]") {
    haft::toolset set;
    std::atomic<bool> runs = false;
    std::atomic<bool> stopped_by_client = false;
    set.add("wait", "", [&](call_context& c) {
        runs = true;
        for (int i = 0; i < 5000 && !c.stop_requested(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        stopped_by_client = c.stop_requested();
    });
    std::thread worker;
    haft::mcp::server_options options;
    options.executor = [&](std::function<void()> job) { worker = std::thread(std::move(job)); };
    talk t(options, set);
    t.open();
    t.call("wait");
    while (!runs) std::this_thread::yield();
    t.cancel("1");
    worker.join();
    CHECK(stopped_by_client);
    t.server.poll();
    CHECK(t.take().empty());
}

TEST_CASE("the host's own stop token reaches every call", "[EX-10]") {
    haft::stop_source host;
    host.request_stop();
    shelf s;
    for (haft::mcp::server_options o : {haft::mcp::server_options{}, s.options()}) {
        o.call.stop = host.token();
        talk t(o);
        t.open();
        std::string out = t.call("stopped");
        for (auto& job : s.jobs) job();
        t.server.poll();
        CHECK(contains(out + t.take(), "\"text\":\"true\""));
    }
}

TEST_CASE("when the server goes, the calls under way are asked to stop", "[EX-10]") {
    std::optional<bool> asked;
    std::atomic<bool> runs = false;
    haft::toolset set;
    set.add("wait", "", [&](call_context& c) {
        runs = true;
        for (int i = 0; i < 5000 && !c.stop_requested(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        asked = c.stop_requested();
        c.progress(1);
        c.log(haft::log_level::error, "late");
    });
    std::thread worker;
    {
        haft::mcp::server_options options;
        options.executor = [&](std::function<void()> job) { worker = std::thread(std::move(job)); };
        talk t(options, set);
        t.open();
        t.call("wait", "{}", "1", "1");
        while (!runs) std::this_thread::yield();
    }
    worker.join();
    CHECK(asked == true);
}

TEST_CASE("cancelling what is unknown, finished, cancelled already or the handshake is passed over", "[fault-124]") {
    shelf s;
    talk t(s.options());
    t.open();
    for (const std::string_view id : {"99", "\"x\"", "0", "null", "{}", "1.5"}) CHECK(t.cancel(id).empty());
    CHECK(t(R"({"jsonrpc":"2.0","method":"notifications/cancelled"})").empty());
    CHECK(t(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"requestId":2}})").empty());
    t.call("stopped", "{}", "1");
    t.call("stopped", "{}", "2");
    CHECK(t.cancel("2").empty());
    CHECK(t.cancel("2").empty());
    for (auto& job : s.jobs) job();
    t.server.poll();
    CHECK(count(t.take(), "\n") == 1);
    CHECK(t.cancel("1").empty());
    CHECK(t.cancel("2").empty());
    CHECK(t(R"({"jsonrpc":"2.0","id":5,"method":"ping"})") == "{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{}}\n");
    talk direct;
    direct.open();
    direct.call("stopped");
    CHECK(direct.cancel("1").empty());
}

TEST_CASE("a host that sleeps is woken when there is something to send", "[EX-10]") {
    shelf s;
    talk t(s.options());
    std::atomic<int> rings = 0;
    t.server.on_ready([&] { ++rings; });
    t.open();
    t.call("work", R"({"n":1,"talk":true})", "1", "1");
    CHECK(rings == 0);
    s.jobs[0]();
    s.jobs.clear();
    CHECK(rings == 3);  // progress, message, answer
    t.server.poll();
    CHECK(contains(t.take(), "\"id\":1,"));
}

TEST_CASE("an executor may run the job at once", "[EX-10]") {
    haft::mcp::server_options options;
    options.executor = [](const std::function<void()>& job) { job(); };
    talk t(options);
    t.server.on_ready([&] { CHECK_FALSE(t.server.poll()); });
    t.open();
    const std::string out = t.call("work", R"({"n":1})", "1", "1");
    CHECK(out.starts_with(progress("1", R"("progress":1,"total":1)")));
    CHECK(contains(out, "\"id\":1,"));
}

TEST_CASE("eight threads tell at once while the server polls", "[EX-10]") {
    std::vector<std::thread> threads;
    haft::mcp::server_options options;
    options.executor = [&](std::function<void()> job) { threads.emplace_back(std::move(job)); };
    talk t(options);
    t.open();
    for (int i = 1; i <= 8; ++i)
        t.server.receive(talk::line("work", R"({"n":200,"talk":true})", std::to_string(i), std::to_string(i)) + "\n");
    while (t.server.poll() || t.server.calls_in_flight()) std::this_thread::yield();
    for (std::thread& thread : threads) thread.join();
    const std::string out = t.take();
    for (int i = 1; i <= 8; ++i) {
        const std::string id = std::to_string(i);
        const std::size_t answer = out.find("\"id\":" + id + ",");
        CHECK(answer != std::string::npos);
        const std::size_t last = out.rfind("\"progressToken\":" + id + ",\"progress\":200,");
        CHECK(last != std::string::npos);
        CHECK(last < answer);
    }
}
