// SPDX-License-Identifier: BSL-1.0
#include <haft/mcp/wire/message.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using haft::mcp::message;
using haft::mcp::read_message;
using haft::mcp::rpc_error;

namespace {
message read(std::string_view text) { return read_message(text, 72); }
}  // namespace

TEST_CASE("a request is taken apart, in any order of its members") {
    for (
        const std::string_view text :
        {R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"f","arguments":{"a":[1,{"name":2}]},"_meta":{"x":1}}})",
         R"({"params":{"_meta":null,"arguments":{"a":[1,{"name":2}]},"name":"f"},"method":"tools/call","id":7,"jsonrpc":"2.0","more":[{}]})",
         R"( { "jsonrpc" : "2.0" , "\u0069d" : 7 , "meth\u006fd":"tools/call","params":{"name":"f","arguments":{"a":[1,{"name":2}]}}} )"}) {
        const message m = read(text);
        CAPTURE(text);
        CHECK(m.kind == message::kind::request);
        CHECK(m.id == "7");
        CHECK(m.method == "\"tools/call\"");
        CHECK(m.name == "\"f\"");
        CHECK(m.arguments == R"({"a":[1,{"name":2}]})");
    }
}

TEST_CASE("a message without id is a notification, one with a result or error a response") {
    CHECK(read(R"({"jsonrpc":"2.0","method":"notifications/initialized"})").kind == message::kind::notification);
    CHECK(read(R"({"jsonrpc":"2.0","id":1,"result":{}})").kind == message::kind::response);
    CHECK(read(R"({"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"x"}})").kind == message::kind::response);
}

TEST_CASE("what is no message says why, and bears the id where it has one") {
    struct wrong {
        std::string_view text;
        rpc_error code;
        std::string_view id;
    };
    for (const wrong& w : {
             wrong{"garbage", rpc_error::parse_error, ""},
             wrong{"", rpc_error::parse_error, ""},
             wrong{"\xEF\xBB\xBF{}", rpc_error::parse_error, ""},
             wrong{R"({"jsonrpc":"2.0","id":1,"method":"ping")", rpc_error::parse_error, ""},
             wrong{R"({"jsonrpc":"2.0","id":1,"method":"ping"} {})", rpc_error::parse_error, ""},
             wrong{"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"pi\x01ng\"}", rpc_error::parse_error, ""},
             wrong{"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xFF\"}", rpc_error::parse_error, ""},
             wrong{"[]", rpc_error::invalid_request, ""},
             wrong{"[] x", rpc_error::parse_error, ""},
             wrong{"3", rpc_error::invalid_request, ""},
             wrong{"{}", rpc_error::invalid_request, ""},
             wrong{R"({"id":1,"method":"ping"})", rpc_error::invalid_request, "1"},
             wrong{R"({"jsonrpc":"1.0","id":1,"method":"ping"})", rpc_error::invalid_request, "1"},
             wrong{R"({"jsonrpc":2.0,"id":"a","method":"ping"})", rpc_error::invalid_request, "\"a\""},
             wrong{R"({"jsonrpc":"2.0","id":null,"method":"ping"})", rpc_error::invalid_request, ""},
             wrong{R"({"jsonrpc":"2.0","id":{},"method":"ping"})", rpc_error::invalid_request, ""},
             wrong{R"({"jsonrpc":"2.0","id":1.5,"method":"ping"})", rpc_error::invalid_request, ""},
             wrong{R"({"jsonrpc":"2.0","id":1e999,"method":"ping"})", rpc_error::invalid_request, ""},
             wrong{R"({"jsonrpc":"2.0","id":1,"id":2,"method":"ping"})", rpc_error::invalid_request, "1"},
             wrong{R"({"jsonrpc":"2.0","jsonrpc":"2.0","id":1,"method":"ping"})", rpc_error::invalid_request, "1"},
             wrong{R"({"jsonrpc":"2.0","method":"ping","method":"ping","id":4})", rpc_error::invalid_request, "4"},
             wrong{R"({"jsonrpc":"2.0","id":1,"method":7})", rpc_error::invalid_request, "1"},
             wrong{R"({"jsonrpc":"2.0","id":1})", rpc_error::invalid_request, "1"},
             wrong{R"({"jsonrpc":"2.0","id":1,"method":"m","params":[]})", rpc_error::invalid_params, "1"},
             wrong{R"({"jsonrpc":"2.0","method":"m","params":{"name":"a","name":"b"},"id":9})",
                   rpc_error::invalid_params, "9"},
             wrong{R"({"jsonrpc":"2.0","id":1,"method":"m","params":{},"params":{}})", rpc_error::invalid_request, "1"},
             wrong{R"({"jsonrpc":"2.0","id":1,"method":"m","params":null})", rpc_error::invalid_params, "1"},
             wrong{R"({"method":"m","params":[]})", rpc_error::invalid_params, ""},
         }) {
        const message m = read(w.text);
        CAPTURE(w.text);
        CHECK(m.kind == message::kind::broken);
        CHECK(m.error == w.code);
        CHECK(m.id == w.id);
        CHECK_FALSE(m.problem.empty());
    }
}

TEST_CASE("of several things that are wrong with a message the first is told, but that it is too deep before all") {
    CHECK(read(R"({"jsonrpc":"2.0","id":1,"method":"m","params":[],"id":2})").error == rpc_error::invalid_params);
    CHECK(read(R"({"jsonrpc":"2.0","id":1,"id":2,"method":"m","params":[]})").error == rpc_error::invalid_request);
    const message deep = read(R"({"jsonrpc":"2.0","id":1,"method":"m","params":[],"x":)" + std::string(80, '['));
    CHECK(deep.error == rpc_error::invalid_request);
    CHECK(deep.problem == "the message is nested too deeply");
}

TEST_CASE("an id has 1000 bytes at most") {
    const auto with_id = [](std::size_t bytes) {
        return R"({"jsonrpc":"2.0","method":"ping","id":")" + std::string(bytes - 2, 'x') + "\"}";
    };
    CHECK(read(with_id(1000)).kind == message::kind::request);
    CHECK(read(with_id(1001)).error == rpc_error::invalid_request);
}

TEST_CASE("what has a method is a request, whatever else it has") {
    CHECK(read(R"({"jsonrpc":"2.0","id":1,"method":"ping","result":{}})").kind == message::kind::request);
}

TEST_CASE("only a string has a text") {
    std::string scratch;
    CHECK(haft::mcp::string_of(R"("a\u0062")", scratch) == "ab");
    for (const std::string_view other : {"", "1234", "[1,2]", "true", "{\"a\":1}"})
        CHECK(haft::mcp::string_of(other, scratch) == "");
}

TEST_CASE("a message is broken at every byte at which it is cut off") {
    constexpr std::string_view whole =
        R"({"jsonrpc":"2.0","id":"\u00e9x","method":"tools/call","params":{"name":"f","arguments":{"a":[1.5e3,true,null]}}})";
    REQUIRE(read(whole).kind == message::kind::request);
    for (std::size_t i = 0; i < whole.size(); ++i) CHECK(read(whole.substr(0, i)).error == rpc_error::parse_error);
}

TEST_CASE("depth is bounded, and a million brackets cost nothing") {
    const auto nested = [](std::size_t n) {
        return R"({"jsonrpc":"2.0","id":1,"method":"m","params":{"arguments":)" + std::string(n, '[') +
               std::string(n, ']') + "}}";
    };
    CHECK(read(nested(70)).kind == message::kind::request);
    CHECK(read(nested(71)).error == rpc_error::invalid_request);
    CHECK(read(nested(71)).id == "1");
    CHECK(read(nested(1'000'000)).error == rpc_error::invalid_request);
    CHECK(read(std::string(1'000'000, '[')).error == rpc_error::invalid_request);
}

TEST_CASE("what asks for no answer is no broken message, whatever else is wrong with it") {
    for (const std::string_view text : {R"({"jsonrpc":"2.0","method":"notifications/initialized","params":null})",
                                        R"({"jsonrpc":"2.0","method":"n","params":[]})",
                                        R"({"jsonrpc":"2.0","method":"n","params":{"name":1,"name":2}})"})
        CHECK(read(text).kind == message::kind::notification);
    CHECK(read(R"({"jsonrpc":"2.0","id":2,"result":{},"params":[]})").kind == message::kind::response);
}
