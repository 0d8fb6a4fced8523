// SPDX-License-Identifier: BSL-1.0
// What may come over a wire and be wrong, one case a row of the list of faults; after each the next message is served.
#include <haft/mcp/server.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace std::string_literals;

struct text_args {
    std::string text;
};
std::string echo(const text_args& a) { return a.text; }
int calls = 0;
int count_calls() { return ++calls; }

class talk {
public:
    explicit talk(haft::mcp::server_options options = {})
        : server({haft::make<&echo>(""), haft::make<&count_calls>("")}, std::move(options)) {
        server.on_output([this](std::string_view frames) { output += frames; });
    }
    std::string raw(std::string_view bytes) {
        server.receive(bytes);
        server.poll();
        return std::exchange(output, {});
    }
    std::string operator()(std::string_view line) { return raw(std::string(line) + "\n"); }
    std::string open(std::string_view revision = "2025-11-25") {
        return (*this)(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":")" +
                       std::string(revision) + R"("}})");
    }
    bool serves() {
        return (*this)(R"({"jsonrpc":"2.0","id":77,"method":"ping"})") ==
               "{\"jsonrpc\":\"2.0\",\"id\":77,\"result\":{}}\n";
    }

    haft::mcp::server server;
    std::string output;
};

std::string failure(std::string_view id, int code) {
    return R"({"jsonrpc":"2.0","id":)" + std::string(id) + R"(,"error":{"code":)" + std::to_string(code) + ",";
}
std::size_t lines(std::string_view text) {
    std::size_t n = 0;
    for (const char c : text) n += c == '\n';
    return n;
}
bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }
std::string ping(std::string_view id) { return R"({"jsonrpc":"2.0","id":)" + std::string(id) + R"(,"method":"ping"})"; }

}  // namespace

TEST_CASE("a line that is no JSON is a parse error without an id, and the next line is a message again",
          "[fault-116]") {
    talk t;
    t.open();
    const std::string whole = ping("1");
    for (const std::string& line :
         {"garbage"s, whole.substr(0, 20), whole + " x", whole + whole,
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"p\0ng\"}"s, "\0"s,
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"p\xFFng\"}"s, "\xEF\xBB\xBF" + whole, "{'id':1}"s, "\xC3\x28"s}) {
        CAPTURE(line);
        const std::string out = t(line);
        CHECK(out.starts_with(failure("null", -32700)));
        CHECK(lines(out) == 1);
        CHECK(t.serves());
    }
    CHECK(t.raw("\n\r\n   \t\n").empty());
    CHECK(t.raw(whole + "\r\n") == "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n");
    CHECK(t.raw(whole.substr(0, 9)).empty());  // a line that is not over is no fault
    CHECK(t.raw(whole.substr(9) + "\n") == "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n");
}

TEST_CASE("a frame beyond the limit is skipped to the line's end without being kept", "[fault-117]") {
    talk t({.max_frame_bytes = 1000});
    t.open();
    const std::string part(500, 'x');
    std::string out = t.raw("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"");
    for (int i = 0; i < 20'000; ++i) out += t.raw(part);  // 10 MB of one line
    out += t.raw("\"}\n");
    CHECK(out.starts_with(failure("null", -32600)));
    CHECK(contains(out, "more than 1000 bytes"));
    CHECK(lines(out) == 1);
    CHECK(t.serves());
    const std::string frame = ping("1");
    const std::string blanks(1000 - frame.size(), ' ');
    CHECK(contains(t(frame + blanks), "\"result\":{}"));
    CHECK(t(frame + blanks + " ").starts_with(failure("null", -32600)));
    CHECK(t.serves());
}

TEST_CASE("JSON that is no request says what is wrong with it", "[fault-118]") {
    talk t;
    t.open();
    struct wrong {
        std::string_view line, id;
        int code;
    };
    for (const wrong& w : {wrong{R"({"id":1,"method":"ping"})", "1", -32600},
                           wrong{R"({"jsonrpc":"1.0","id":1,"method":"ping"})", "1", -32600},
                           wrong{R"({"jsonrpc":2.0,"id":1,"method":"ping"})", "1", -32600},
                           wrong{R"({"jsonrpc":"2.0","id":null,"method":"ping"})", "null", -32600},
                           wrong{R"({"jsonrpc":"2.0","id":{"a":1},"method":"ping"})", "null", -32600},
                           wrong{R"({"jsonrpc":"2.0","id":1.5,"method":"ping"})", "null", -32600},
                           wrong{R"({"jsonrpc":"2.0","id":1e999,"method":"ping"})", "null", -32600},
                           wrong{R"({"jsonrpc":"2.0","id":true,"method":"ping"})", "null", -32600},
                           wrong{R"({"jsonrpc":"2.0","id":1,"method":7})", "1", -32600},
                           wrong{R"({"jsonrpc":"2.0","id":1,"method":null})", "1", -32600},
                           wrong{R"({"jsonrpc":"2.0","id":1})", "1", -32600},
                           wrong{R"({"jsonrpc":"2.0","id":1,"method":"ping","params":[]})", "1", -32602},
                           wrong{R"({"jsonrpc":"2.0","id":1,"method":"ping","params":"x"})", "1", -32602},
                           wrong{"{}", "null", -32600}, wrong{"7", "null", -32600}}) {
        CAPTURE(w.line);
        CHECK(t(w.line).starts_with(failure(w.id, w.code)));
        CHECK(t.serves());
    }
}

TEST_CASE("batches are for 2025-03-26: empty, mixed, and ten thousand", "[fault-119]") {
    for (const std::string_view revision : {"2024-11-05", "2025-06-18", "2025-11-25"}) {
        talk t;
        t.open(revision);
        CHECK(t("[" + ping("1") + "]").starts_with(failure("null", -32600)));
        CHECK(t.serves());
    }
    talk t;
    CHECK(t("[" + ping("1") + "]").starts_with(failure("null", -32600)));  // no revision is agreed on yet
    t.open("2025-03-26");
    CHECK(t("[]").starts_with(failure("null", -32600)));
    CHECK(t("[" + ping("1") + R"(,{"jsonrpc":"2.0","method":"n"},7,)" + ping("2") + "]") ==
          "[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}," + failure("null", -32600) +
              "\"message\":\"a message is a JSON object\"}},{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}]\n");
    CHECK(t(R"([{"jsonrpc":"2.0","method":"n"}])").empty());
    CHECK(t("[" + ping("1") + ",").starts_with(failure("null", -32700)));
    std::string batch = "[";
    for (int i = 0; i < 10'000; ++i) batch += (i ? "," : "") + ping(std::to_string(i));
    const std::string out = t(batch + "]");
    CHECK(lines(out) == 1);
    CHECK(out.starts_with("[{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{}},{\"jsonrpc\":\"2.0\",\"id\":1,"));
    CHECK(out.ends_with("\"id\":9999,\"result\":{}}]\n"));
    CHECK(t(batch + "," + ping("10000") + "]").starts_with(failure("null", -32600)));
    CHECK(t.serves());
}

TEST_CASE("an id is used again only when its call is answered", "[fault-120]") {
    std::vector<std::function<void()>> jobs;
    haft::mcp::server_options options;
    options.executor = [&](std::function<void()> job) { jobs.push_back(std::move(job)); };
    talk t(options);
    t.open();
    const std::string call = R"({"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"count_calls"}})";
    CHECK(t(call).empty());
    CHECK(t(call).starts_with(failure("\"a\"", -32600)));
    REQUIRE(jobs.size() == 1);
    jobs[0]();
    CHECK(t.raw("").starts_with(R"({"jsonrpc":"2.0","id":"a","result":)"));
    CHECK(t(call).empty());
    CHECK(jobs.size() == 2);
}

TEST_CASE("an unknown method is an error, an unknown notification is silence", "[fault-121]") {
    talk t;
    t.open();
    for (const std::string_view method :
         {"resources/list", "Ping", "", "tools/call ", "rpc.discover", "subscriptions/listen"}) {
        const std::string out = t(R"({"jsonrpc":"2.0","id":3,"method":")" + std::string(method) + "\"}");
        CAPTURE(method);
        CHECK(out.starts_with(failure("3", method.empty() ? -32600 : -32601)));
    }
    CHECK(t(R"({"jsonrpc":"2.0","method":"notifications/unheard_of","params":{"a":[1]}})").empty());
    CHECK(t(R"({"jsonrpc":"2.0","method":"resources/list"})").empty());
    CHECK(t.serves());
}

TEST_CASE("an unknown tool is an error of the protocol, wrong arguments are a result", "[fault-122]") {
    talk t;
    t.open();
    CHECK(t(R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"ecko","arguments":{}}})")
              .starts_with(failure("3", -32602)));
    calls = 0;
    for (const std::string_view arguments : {R"({"x":1})", "[]", "7", R"({"text":1})"}) {
        const std::string out =
            t(R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"echo","arguments":)" +
              std::string(arguments) + "}}");
        CAPTURE(arguments);
        CHECK(out.starts_with(R"({"jsonrpc":"2.0","id":3,"result":{"content":[{"type":"text","text":"Error: )"));
        CHECK(out.ends_with("\"isError\":true}}\n"));
    }
    CHECK(contains(
        t(R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"count_calls","arguments":{"x":1}}})"),
        "\"isError\":true"));
    CHECK(calls == 0);
}

TEST_CASE("an answer to what was not asked is dropped and counted", "[fault-123]") {
    talk t;
    t.open();
    CHECK(t.server.stray_answers() == 0);
    CHECK(t(R"({"jsonrpc":"2.0","id":9,"result":{}})").empty());
    CHECK(t(R"({"jsonrpc":"2.0","id":"x","error":{"code":-1,"message":"no"}})").empty());
    CHECK(t(R"({"jsonrpc":"2.0","id":null,"error":{"code":-1,"message":"no"}})").empty());
    CHECK(t.server.stray_answers() == 3);
    CHECK(t.serves());
    CHECK(t.server.stray_answers() == 3);
}

TEST_CASE("before initialize nothing is served, it comes once, and a version that is not spoken is negotiated down",
          "[fault-125]") {
    talk t;
    for (const std::string_view method : {"tools/list", "tools/call", "logging/setLevel", "no/such"})
        CHECK(t(R"({"jsonrpc":"2.0","id":1,"method":")" + std::string(method) + R"(","params":{"name":"echo"}})")
                  .starts_with(failure("1", -32600)));
    CHECK(t.serves());
    CHECK(t(R"({"jsonrpc":"2.0","id":1,"method":"initialize"})").starts_with(failure("1", -32602)));
    CHECK(t(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":7}})")
              .starts_with(failure("1", -32602)));
    CHECK(contains(t.open("2099-01-01"), "\"protocolVersion\":\"2025-11-25\""));
    CHECK(t.open("2025-11-25").starts_with(failure("0", -32600)));
    CHECK(t.serves());
    talk older;
    CHECK(contains(older.open("2024-11-05"), "\"protocolVersion\":\"2024-11-05\""));
}
