// SPDX-License-Identifier: BSL-1.0
// Replies of chat completions, whole and as events, as providers are seen to send them.
#include <haft/model/chat_stream.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <support/chat_answers.hpp>

using Catch::Matchers::ContainsSubstring;
namespace openai = haft::formats::openai;

namespace {

struct outcome {
    haft::result<haft::model_reply> reply;
    std::string heard;
};
/// Feeds the bytes in pieces of that size.
outcome stream(std::string_view bytes, std::size_t piece = 1u << 20, openai::stream_limits limits = {}) {
    openai::chat_stream s(limits);
    std::string heard;
    for (; !bytes.empty(); bytes.remove_prefix((std::min)(piece, bytes.size()))) {
        const auto text = s.feed(bytes.substr(0, piece));
        if (!text) return {text.error(), heard};
        heard += *text;
    }
    return {s.finish(), heard};
}
std::string event(std::string_view delta, std::string_view reason = "") {
    return haft::concat({R"(data: {"choices":[{"index":0,"delta":)", delta,
                         reason.empty() ? "" : R"(,"finish_reason":")", reason, reason.empty() ? "" : "\"", "}]}\n\n"});
}
std::string whole_of(const outcome& o) {
    REQUIRE(o.reply);
    return o.reply->reply.text;
}

const std::string sample = [] {
    std::string out;
    for (const std::string& e : haft_test::reply_events({{"text", "Grüße, 世界 🌍!"},
                                                         {"calls",
                                                          {{{"name", "a"}, {"arguments", {{"x", 1}}}},
                                                           {{"name", "b"}, {"arguments", nlohmann::json::object()}}}}}))
        out += e;
    return out;
}();

}  // namespace

TEST_CASE("A stream is read the same, wherever the network cuts it") {
    for (std::size_t piece : {1u, 2u, 3u, 7u, 64u, 100000u}) {
        const outcome o = stream(sample, piece);
        REQUIRE(o.reply);
        CHECK(o.heard == "Grüße, 世界 🌍!");
        CHECK(o.reply->reply.text == o.heard);
        CHECK(o.reply->finish_reason == "tool_calls");
        CHECK(o.reply->usage.input == 11);
        CHECK(o.reply->usage.output == 7);
        REQUIRE(o.reply->reply.calls.size() == 2);
        CHECK(o.reply->reply.calls[0] == haft::tool_call{"call_1", "a", R"({"x":1})"});
        CHECK(o.reply->reply.calls[1] == haft::tool_call{"call_2", "b", "{}"});
    }
}

TEST_CASE("A stream that is cut at any byte is an error, or what had come of the reply") {
    const std::string text = "Grüße, 世界 🌍!";
    std::size_t whole = 0;
    for (std::size_t n = 0; n < sample.size(); ++n) {
        const outcome o = stream(std::string_view(sample).substr(0, n), 5);
        CHECK(text.starts_with(o.heard));
        if (o.reply) {
            ++whole;
            CHECK(o.reply->reply.text == text);  // only usage and [DONE] were missing
            CHECK(o.reply->reply.calls.size() == 2);
        } else {
            CHECK(o.reply.error().code == haft::errc::bad_reply);
        }
    }
    CHECK(whole > 0);
    CHECK(whole < sample.size() / 2);
    const std::string body = haft_test::whole_reply({{"text", "Grüße"}});
    for (std::size_t n = 0; n < body.size(); ++n) CHECK_FALSE(openai::read_chat_reply(body.substr(0, n)));
}

TEST_CASE("Line ends, comments, other fields and a mark in front are as in the standard") {
    const std::string hello = R"({"choices":[{"delta":{"content":"Hello"},"finish_reason":"stop"}]})";
    CHECK(whole_of(stream("data: " + hello + "\r\n\r\ndata: [DONE]\r\n\r\n", 1)) == "Hello");
    CHECK(whole_of(stream("data: " + hello + "\r\rdata: [DONE]\r\r", 1)) == "Hello");
    CHECK(whole_of(stream("\xEF\xBB\xBF: OPENROUTER PROCESSING\n\nevent: message\nid: 7\nretry: 1\ndata:" + hello +
                          "\n\n:\n\n")) == "Hello");
    CHECK(whole_of(stream("\xEF\xBB\xBF" "data: " + hello + "\n\n")) == "Hello");
    CHECK(whole_of(stream(
              "data: {\"choices\":\ndata: [{\"delta\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}\n\n")) ==
          "Hello");
    CHECK(whole_of(stream("data: " + hello)) == "Hello");  // neither blank line nor line end
    CHECK(whole_of(stream("data: " + hello + "\ndata: [DONE]\n")) == "Hello");
    // a \r\n is one line end, also if the network has cut it, or this event would end in its middle
    for (const std::size_t piece : {1u, 1u << 20})
        CHECK(whole_of(stream("data: {\"choices\":\r\ndata: "
                              "[{\"delta\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}\r\n\r\n",
                              piece)) == "Hello");
}

TEST_CASE("Either a finish_reason or [DONE] ends a reply; neither is an error") {
    CHECK(whole_of(stream(event(R"({"content":"Hi"})", "stop"))) == "Hi");
    const outcome done = stream(event(R"({"content":"Hi"})") + "data: [DONE]\n\n");
    CHECK(whole_of(done) == "Hi");
    CHECK(done.reply->finish_reason.empty());
    const outcome neither = stream(event(R"({"content":"Hi"})"));
    REQUIRE_FALSE(neither.reply);
    CHECK(neither.reply.error().text() == "chat completion: the stream ended before the reply did [haft-E0317]");
    CHECK(neither.heard == "Hi");
    CHECK_THAT(stream("").reply.error().message, ContainsSubstring("before there was a reply"));
    openai::chat_stream after;
    CHECK(after.feed("data: [DONE]\n\n" + event(R"({"content":"more"})"))->empty());
    CHECK(after.done());
    CHECK(after.feed(event(R"({"content":"more"})"))->empty());
}

TEST_CASE("What is wrong with a whole reply is told the same, wherever blanks before it were cut off") {
    for (const std::size_t piece : {1u, 3u, 100u})
        CHECK_THAT(stream("\r\n\n {\"choices\": ]}", piece).reply.error().message, ContainsSubstring("at byte 12"));
}

TEST_CASE("An error among the events is one, and stays one") {
    openai::chat_stream s;
    CHECK(*s.feed(event(R"({"content":"Hi"})")) == "Hi");
    const auto failed = s.feed("data: {\"error\":{\"message\":\"overloaded\",\"code\":\"busy\"}}\n\n");
    REQUIRE_FALSE(failed);
    CHECK(failed.error().text() ==
          "the model's provider says, in the middle of its reply: overloaded (busy) [haft-E0318]");
    CHECK_FALSE(s.feed("data: [DONE]\n\n"));
    CHECK(s.finish().error().code == haft::errc::refused_request);
    CHECK_THAT(stream("data: {\"object\":\"error\",\"message\":\"no memory\"}\n\n").reply.error().message,
               ContainsSubstring("no memory"));
    CHECK_THAT(stream("data: {\"error\":\"plain\"}\n\n").reply.error().message, ContainsSubstring("plain"));
    CHECK_THAT(stream("data: nonsense\n\n").reply.error().message,
               ContainsSubstring("not JSON") && ContainsSubstring("nonsense"));
}

TEST_CASE("Calls come in deltas by index, mixed, whole, without an index, without an id") {
    const auto calls = [](const std::string& events) {
        const outcome o = stream(events + "data: [DONE]\n\n", 9);
        REQUIRE(o.reply);
        return o.reply->reply.calls;
    };
    using list = std::vector<haft::tool_call>;
    CHECK(
        calls(
            event(
                R"({"tool_calls":[{"index":0,"id":"x","function":{"name":"a","arguments":""}},{"index":1,"id":"y","function":{"name":"b","arguments":"{"}}]})") +
            event(
                R"({"tool_calls":[{"index":1,"function":{"arguments":"}"}},{"index":0,"function":{"arguments":"[]"}}]})")) ==
        list{{"x", "a", "[]"}, {"y", "b", "{}"}});
    // whole ones, all of index 0
    CHECK(calls(event(R"({"tool_calls":[{"index":0,"id":"x","function":{"name":"a","arguments":"{}"}}]})") +
                event(R"({"tool_calls":[{"index":0,"id":"y","function":{"name":"a","arguments":"{}"}}]})")) ==
          list{{"x", "a", "{}"}, {"y", "a", "{}"}});
    // no index, no id, arguments that are no string
    CHECK(
        calls(event(
            R"({"tool_calls":[{"function":{"name":"a","arguments":{"n":1}}},{"function":{"name":"b","arguments":null}}]})")) ==
        list{{"", "a", R"({"n":1})"}, {"", "b", ""}});  // who runs them gives them ids
    // the name in every delta, and a text with what ends JSON elsewhere
    CHECK(calls(event(R"({"tool_calls":[{"function":{"name":"a","arguments":"{\"x\":\"\\\""}}]})") +
                event(R"({"tool_calls":[{"function":{"name":"a","arguments":"}\"}"}}]})") +
                event(R"({"tool_calls":[{"function":{"name":"b","arguments":"{}"}}]})")) ==
          list{{"", "a", R"({"x":"\"}"})"}, {"", "b", "{}"}});
    // the id and the name in every delta
    CHECK(calls(event(R"({"tool_calls":[{"index":0,"id":"x","function":{"name":"a","arguments":"{"}}]})") +
                event(R"({"tool_calls":[{"index":0,"id":"x","function":{"name":"a","arguments":"}"}}]})")) ==
          list{{"x", "a", "{}"}});
    CHECK_THAT(stream(event(R"({"tool_calls":[{"index":0,"id":"x","function":{"arguments":"{}"}}]})", "stop"))
                   .reply.error()
                   .message,
               ContainsSubstring("a call with a name"));
}

TEST_CASE("Choices beyond the first are not mixed in, and parts and refusals are text") {
    CHECK(
        whole_of(stream(
            R"(data: {"choices":[{"index":1,"delta":{"content":"other"}},{"index":0,"delta":{"content":"one"},"finish_reason":"stop"}]})"
            "\n\n")) == "one");
    CHECK(whole_of(stream(event(R"({"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]})", "stop"))) ==
          "ab");
    CHECK(whole_of(stream(event(R"({"refusal":"I won't"})", "stop"))) == "I won't");
    CHECK(whole_of(stream(R"(data: {"choices":[{"message":{"content":"in message"},"finish_reason":"stop"}]})"
                          "\n\n")) == "in message");
}

TEST_CASE("A line, a reply and the number of calls have limits") {
    CHECK_THAT(stream("data: " + std::string(200, 'x'), 10, {.line_bytes = 100}).reply.error().message,
               ContainsSubstring("a line of more than 100 bytes"));
    CHECK_THAT(stream("data: {\ndata: " + std::string(99, ' '), 10, {.line_bytes = 110}).reply.error().message,
               ContainsSubstring("not JSON"));
    CHECK_THAT(stream("data: [" + std::string(90, ' ') + "\ndata:" + std::string(90, ' '), 10, {.line_bytes = 100})
                   .reply.error()
                   .message,
               ContainsSubstring("an event that is too long"));
    CHECK_THAT(stream(std::string(2000, ':'), 10, {.total_bytes = 1000}).reply.error().message,
               ContainsSubstring("more than 1000 bytes"));
    const std::string two = event(
        R"({"tool_calls":[{"index":0,"id":"x","function":{"name":"a"}},{"index":1,"id":"y","function":{"name":"b"}}]})",
        "stop");
    CHECK_THAT(stream(two, 10, {.calls = 1}).reply.error().message, ContainsSubstring("more than 1 calls"));
    CHECK(stream(two, 10, {.calls = 2}).reply);
}

TEST_CASE("Events and arguments that never end are read in time that grows with their length") {
    std::string lines = "data:[1\n";
    for (int i = 0; i < 200'000; ++i) lines += "data:,1\n";
    CHECK_THAT(stream(lines + "\n", 1u << 20).reply.error().message, ContainsSubstring("not JSON"));
    std::string closed = lines + "data:,]\n";  // what is wrong is at its end
    for (int i = 0; i < 200'000; ++i) closed += "data:,1\n";
    CHECK_THAT(stream(closed + "\n", 1u << 20).reply.error().message, ContainsSubstring("not JSON"));

    std::string deltas = event(R"({"tool_calls":[{"function":{"name":"a","arguments":"[1"}}]})");
    for (int i = 0; i < 1000; ++i)
        deltas += event(R"({"tool_calls":[{"function":{"name":"a","arguments":",)" + std::string(1000, '1') + R"("}}]})");
    deltas += event(R"({"tool_calls":[{"function":{"name":"a","arguments":"]"}}]})");
    deltas += event(R"({"tool_calls":[{"function":{"name":"b","arguments":"1"}}]})");
    deltas += event(R"({"tool_calls":[{"function":{"name":"c","arguments":"{}"}}]})", "stop");
    const outcome o = stream(deltas, 1u << 20);
    REQUIRE(o.reply);
    REQUIRE(o.reply->reply.calls.size() == 3);
    CHECK(o.reply->reply.calls[0].arguments.size() == 3 + 1000 * 1001);
    CHECK(o.reply->reply.calls[1].arguments == "1");

    const std::string digits(100, '1');  // what is no object is not asked for its end when it is long
    const outcome long_number =
        stream(event(R"({"tool_calls":[{"function":{"name":"a","arguments":")" + digits + R"("}}]})") +
               event(R"({"tool_calls":[{"function":{"name":"a","arguments":"2"}}]})", "stop"));
    REQUIRE(long_number.reply);
    CHECK(long_number.reply->reply.calls == std::vector<haft::tool_call>{{"", "a", digits + "2"}});
}

TEST_CASE("A whole reply in place of events is read as such") {
    const std::string body = haft_test::whole_reply({{"text", "Hello"}});
    const outcome o = stream("  \n" + body, 7);
    CHECK(whole_of(o) == "Hello");
    CHECK(o.heard.empty());
    CHECK(stream(R"({"error":{"message":"no"}})", 3).reply.error().code == haft::errc::refused_request);
}

TEST_CASE("A whole reply is read with what providers leave out and add") {
    const auto read = [](std::string_view text) { return openai::read_chat_reply(text); };
    const auto lean = read(
        R"({"choices":[{"message":{"content":null,"tool_calls":[{"function":{"name":"a","arguments":{"n":1}}}]}}]})");
    REQUIRE(lean);
    CHECK(lean->reply.calls == std::vector<haft::tool_call>{{"", "a", R"({"n":1})"}});
    CHECK(lean->finish_reason.empty());
    CHECK(lean->usage.input == 0);
    const auto odd =
        read(R"({"error":null,"choices":[{"message":{"content":"fine"}}],"usage":{"prompt_tokens":-1}})");
    CHECK(odd->reply.text == "fine");
    CHECK(odd->usage.input == 0);
    CHECK(read(R"({"choices":[{"message":{"content":null,"refusal":"I won't"}}]})")->reply.text == "I won't");
    const auto whole = read(haft_test::whole_reply({{"text", "Hello"}}));
    CHECK(whole->finish_reason == "stop");
    CHECK(whole->usage.input == 11);
    CHECK(whole->usage.output == 7);
    CHECK(read(R"({"choices":[]})").error().text() ==
          "chat completion: /choices: expected an array with a choice, got [] [haft-E0317]");
    CHECK(read(R"({})").error().message ==
          "chat completion: /choices: expected an array with a choice, but it is missing");
    CHECK(read(R"({"choices":[{"text":"old"}]})").error().message ==
          "chat completion: /choices/0/message: expected an object, but it is missing");
    CHECK_THAT(read(R"({"choices":[{"message":{"tool_calls":[{"id":"x"}]}}]})").error().message,
               ContainsSubstring("/choices/0/message/tool_calls/0: expected a call of a function with a name"));
    CHECK_THAT(read("[1]").error().message, ContainsSubstring("expected an object, got [1]"));
    CHECK(openai::chat_error_text(R"([{"error":{"code":400,"message":"bad","status":"INVALID"}}])") == "bad");
    CHECK(openai::chat_error_text("plain") == "plain");
}
