// SPDX-License-Identifier: BSL-1.0
// What the transport is made of, piece by piece: no server, no socket.
#include <haft/mcp/transport/http/allowed_hosts.hpp>
#include <haft/mcp/transport/http/bearer_token.hpp>
#include <haft/mcp/transport/http/event_stream.hpp>
#include <haft/mcp/transport/http/media_types.hpp>
#include <haft/mcp/wire/random_digits.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

using namespace haft::mcp::http;

TEST_CASE("the hosts and pages of a server on this machine are its own, and nobody else's", "[mcp_http][fault-131]") {
    const allowed_hosts hosts("127.0.0.1", 8000, true, false, {}, {});
    for (const std::string_view good : {"127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"}) {
        CAPTURE(good);
        CHECK(hosts.host(good));
        CHECK(hosts.origin("http://" + std::string(good)));
        CHECK(hosts.origin("https://" + std::string(good)));
    }
    for (const std::string_view bad :
         {"", "evil.com", "evil.com:8000", "localhost", "localhost:80", "localhost:8001", "127.0.0.1", "[::1]", "[::1]:8001", "::1:8000",
          "localhost.evil.com:8000", "localhost:8000.evil.com", "evil.com/localhost:8000", "evil.com#localhost:8000", "127.0.0.1:80000",
          " localhost:8000", "user@localhost:8000", "EVIL.COM:8000", "0.0.0.0:8000", "[::ffff:127.0.0.1]:8000"}) {
        CAPTURE(bad);
        CHECK_FALSE(hosts.host(bad));
        CHECK_FALSE(hosts.origin("http://" + std::string(bad)));
    }
    for (const std::string_view bad : {"null", "", "localhost:8000", "file://", "file://localhost:8000", "http://localhost.evil.com",
                                       "HTTP://EVIL.COM:8000", "chrome-extension://abc", "http://localhost:8000/", "http://localhost:8000@evil.com",
                                       "http://localhost:8000\\@evil.com"}) {
        CAPTURE(bad);
        CHECK_FALSE(hosts.origin(bad));
    }
}

TEST_CASE("further hosts and pages are those that were named", "[mcp_http][fault-131]") {
    const allowed_hosts hosts("0.0.0.0", 8000, false, true, {"mcp.example.org", "other.example.org:9000"}, {"https://app.example.org"});
    for (const std::string_view good : {"mcp.example.org", "MCP.example.org:8443", "other.example.org:9000", "0.0.0.0:8000"})
        CHECK(hosts.host(good));
    for (const std::string_view bad : {"localhost:8000", "127.0.0.1:8000", "example.org", "a.mcp.example.org", "other.example.org"})
        CHECK_FALSE(hosts.host(bad));
    CHECK(hosts.origin("https://app.example.org"));
    CHECK(hosts.origin("https://mcp.example.org"));
    CHECK_FALSE(hosts.origin("https://app.example.org:444"));
    CHECK_FALSE(hosts.origin("http://app.example.org"));
    const allowed_hosts any("0.0.0.0", 80, false, false, {"*"}, {});
    CHECK(any.host("whatever"));
    CHECK_FALSE(any.origin("http://whatever"));  // a page that is not named may not call, whatever the hosts are
    const allowed_hosts usual("127.0.0.1", 80, true, false, {}, {});
    CHECK(usual.host("localhost"));
    CHECK_FALSE(usual.host("localhost:8000"));
}

TEST_CASE("Accept and Content-Type are read as RFC 9110 has them", "[mcp_http][fault-132]") {
    STATIC_CHECK(accepts("application/json, text/event-stream", "text/event-stream"));
    STATIC_CHECK(accepts("text/html;q=0.1 ,\tApplication/JSON;q=0.5", "application/json"));
    STATIC_CHECK(accepts("*/*", "application/json"));
    STATIC_CHECK(accepts("application/*;q=0.2", "application/json"));
    STATIC_CHECK(accepts("*/*;q=0, application/json", "application/json"));
    STATIC_CHECK_FALSE(accepts("", "application/json"));
    STATIC_CHECK_FALSE(accepts("application/jsonx", "application/json"));
    STATIC_CHECK_FALSE(accepts("text/*", "application/json"));
    STATIC_CHECK_FALSE(accepts("*/*, application/json;q=0", "application/json"));
    STATIC_CHECK_FALSE(accepts("application/json;q=0.000", "application/json"));
    STATIC_CHECK(is_media_type("application/json", "application/json"));
    STATIC_CHECK(is_media_type("APPLICATION/JSON ; charset=utf-8", "application/json"));
    STATIC_CHECK_FALSE(is_media_type("text/plain", "application/json"));
    STATIC_CHECK_FALSE(is_media_type("text/plain;application/json", "application/json"));
    STATIC_CHECK_FALSE(is_media_type("", "application/json"));
}

TEST_CASE("a token is what the header Authorization says, and is compared whole", "[mcp_http][fault-135]") {
    CHECK(bearer_token("Bearer abc") == "abc");
    CHECK(bearer_token("bearer  abc ") == "abc");
    for (const std::string_view none : {"", "Bearer", "Bearer ", "Basic abc", "Bearerabc", "Bearer a b", "abc"}) CHECK_FALSE(bearer_token(none));
    CHECK(same_secret("secret", "secret"));
    for (const std::string_view other : {"", "secre", "secrets", "Secret", "secreT", "secretsecret"}) CHECK_FALSE(same_secret("secret", other));
    CHECK_FALSE(same_secret("", "a"));
    CHECK_FALSE(same_secret("a", ""));
}

TEST_CASE("whatever a text holds, it is one event", "[mcp_http][fault-139]") {
    const auto event = [](std::string_view text) {
        std::string out;
        append_event(out, text);
        return out;
    };
    CHECK(event("{}") == "data: {}\n\n");
    CHECK(event("") == "data: \n\n");
    CHECK(event("a\nb") == "data: a\ndata: b\n\n");
    CHECK(event("a\r\nid: 9-9\rdata: x\n\nevent: y") == "data: a\ndata: id: 9-9\ndata: data: x\ndata: \ndata: event: y\n\n");
    CHECK(event("\n") == "data: \ndata: \n\n");
}

TEST_CASE("event ids are read back, and nothing else is one", "[mcp_http][fault-137]") {
    std::string text;
    append_event_id(text, {3, 17});
    CHECK(text == "id: 3-17\n");
    CHECK(read_event_id("3-17") == event_id{3, 17});
    CHECK(read_event_id("18446744073709551615-0") == event_id{18446744073709551615u, 0});
    for (const std::string_view bad : {"", "-", "3", "3-", "-3", "a-1", "1-a", "1-1 ", " 1-1", "1--1", "+1-1", "1-1-1", "18446744073709551616-0"})
        CHECK_FALSE(read_event_id(bad));
}

TEST_CASE("ids of sessions have 128 bits that nobody can guess", "[mcp_http][fault-133]") {
    std::set<std::string> all;
    for (int i = 0; i < 1000; ++i) {
        const std::string id = haft::mcp::random_digits(16);
        CHECK(id.size() == 32);
        CHECK(std::all_of(id.begin(), id.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }));
        all.insert(id);
    }
    CHECK(all.size() == 1000);
    for (std::size_t at = 0; at < 32; ++at) {  // no digit stands still
        std::set<char> digits;
        for (const std::string& id : all) digits.insert(id[at]);
        CHECK(digits.size() == 16);
    }
}
