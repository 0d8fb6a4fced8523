// SPDX-License-Identifier: BSL-1.0
// Messages that come apart from each other, as over HTTP. [IO-05]
#include <haft/mcp/server.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

/// Keeps what was sent to it, a "|" between pieces and a "." at the end.
struct kept final : haft::mcp::stream {
    void send(std::string_view frames) override { text.append(text.empty() ? "" : "|").append(frames); }
    void answered() override { text += '.'; }
    std::string text;
};

std::string count(haft::arg<"to", int> to, haft::call_context& context) {
    for (int i = 1; i <= to; ++i) context.progress(i, to);
    return "counted";
}

std::string call(std::string_view id, std::string_view meta = "") {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + std::string(id) +
           ",\"method\":\"tools/call\",\"params\":{\"name\":\"count\",\"arguments\":{\"to\":1}" + std::string(meta) + "}}";
}
constexpr std::string_view initialize =
    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}})";

struct talk {
    explicit talk(haft::mcp::server_options options = {}) : server({haft::make<&count>()}, std::move(options)) {
        server.on_output([this](std::string_view frames) { stream_of_bytes += frames; });
        tell(initialize);
    }
    std::shared_ptr<kept> tell(std::string_view message) {
        auto to = std::make_shared<kept>();
        server.handle(message, to);
        return to;
    }
    std::string stream_of_bytes;
    haft::mcp::server server;
};

std::string answer(std::string_view id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + std::string(id) +
           R"(,"result":{"content":[{"type":"text","text":"counted"}],"isError":false}})" "\n";
}

}  // namespace

TEST_CASE("what belongs to a message that came apart goes to its stream and nowhere else", "[mcp][IO-05]") {
    talk t;
    CHECK(t.tell(call("1"))->text == answer("1") + ".");
    const auto told = t.tell(call("2", R"(,"_meta":{"progressToken":"p"})"));
    CHECK(told->text ==
          R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"p","progress":1,"total":1}})" "\n|" +
              answer("2") + ".");
    CHECK(t.tell(R"({"jsonrpc":"2.0","method":"notifications/initialized"})")->text == ".");
    CHECK(t.stream_of_bytes.empty());
    t.server.serve(call("3") + "\n");
    CHECK(t.stream_of_bytes == answer("3"));
}

TEST_CASE("a message that came apart may be written over several lines, and nothing is no message", "[mcp][IO-05]") {
    talk t;
    std::string lines = call("1");
    for (const char at : {'{', ','})
        for (std::size_t i = 0; (i = lines.find(at, i)) != std::string::npos; i += 2) lines.insert(i + 1, "\r\n");
    CHECK(t.tell("\n " + lines + "\n")->text == answer("1") + ".");
    for (const std::string_view blank : {"", " \r\n\t"})
        CHECK(t.tell(blank)->text.starts_with(R"({"jsonrpc":"2.0","id":null,"error":{"code":-32700,)"));
}

TEST_CASE("calls that an executor holds answer on the streams of their messages", "[mcp][IO-05]") {
    std::vector<std::function<void()>> jobs;
    haft::mcp::server_options options;
    options.executor = [&](std::function<void()> job) { jobs.push_back(std::move(job)); };
    talk t(std::move(options));
    const auto first = t.tell(call("1")), second = t.tell(call("2")), refused = t.tell(call("2"));
    CHECK(first->text.empty());
    CHECK(refused->text.ends_with("a call of this id is under way\"}}\n."));
    jobs.at(1)();
    t.server.poll();
    CHECK(first->text.empty());
    CHECK(second->text == answer("2") + ".");
    CHECK(t.tell(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})")->text == ".");
    jobs.at(0)();
    t.server.poll();
    CHECK(first->text == ".");  // a cancelled call has no answer
    CHECK(t.stream_of_bytes.empty());
}

TEST_CASE("a batch that came apart is answered as one, on its stream", "[mcp][fault-119]") {
    std::string initialize_old(initialize);
    initialize_old.replace(initialize_old.find("2025-11-25"), 10, "2025-03-26");
    haft::mcp::server server({haft::make<&count>()});
    const auto tell = [&](std::string_view message) {
        auto to = std::make_shared<kept>();
        server.handle(message, to);
        return to->text;
    };
    tell(initialize_old);
    CHECK(tell("[" + call("1") + "," + call("2") + "]") ==
          "[" + answer("1").substr(0, answer("1").size() - 1) + "," + answer("2").substr(0, answer("2").size() - 1) + "]\n.");
}

TEST_CASE("what comes in while a tool runs inside the server waits, and goes to its own stream", "[mcp][IO-05]") {
    std::shared_ptr<kept> inner;
    talk t;
    struct comes_back final : haft::mcp::stream {
        explicit comes_back(std::function<void()> f) : then(std::move(f)) {}
        void send(std::string_view frames) override {
            text += frames;
            if (then) std::exchange(then, nullptr)();
        }
        void answered() override { text += '.'; }
        std::function<void()> then;
        std::string text;
    };
    const auto outer = std::make_shared<comes_back>([&] {
        inner = t.tell(call("8"));
        CHECK(inner->text.empty());
    });
    t.server.handle(call("7", R"(,"_meta":{"progressToken":1})"), outer);
    CHECK(outer->text.ends_with(answer("7") + "."));
    CHECK(inner->text == answer("8") + ".");
}
