// SPDX-License-Identifier: BSL-1.0
// The address of an API, taken apart.
#include <haft/http/url.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

namespace {

haft::http_url taken_apart(std::string_view text) {
    const haft::result<haft::http_url> url = haft::parse_http_url(text);
    REQUIRE(url);
    return *url;
}
std::string refusal_of(std::string_view text) {
    const haft::result<haft::http_url> url = haft::parse_http_url(text);
    REQUIRE_FALSE(url);
    CHECK(url.error().code == haft::errc::bad_request);
    return url.error().message;
}

}  // namespace

TEST_CASE("An address has a scheme, a host, a port and a path") {
    const haft::http_url usual = taken_apart("https://api.example.com/v1");
    CHECK(usual.tls);
    CHECK(usual.host == "api.example.com");
    CHECK(usual.port == "443");
    CHECK(usual.path == "/v1");
    CHECK(usual.authority() == "api.example.com");
    CHECK(usual.text() == "https://api.example.com/v1");

    const haft::http_url local = taken_apart("http://localhost:8080/openai/v1//");
    CHECK_FALSE(local.tls);
    CHECK(local.port == "8080");
    CHECK(local.path == "/openai/v1");
    CHECK(local.text() == "http://localhost:8080/openai/v1");

    CHECK(taken_apart("http://a").port == "80");
    CHECK(taken_apart("http://a/").path.empty());
    CHECK(taken_apart("http://a:80").authority() == "a");
    CHECK(taken_apart("http://a:443").authority() == "a:443");
    CHECK(taken_apart("https://a:65535").port == "65535");
}

TEST_CASE("An IPv6 address stands in brackets, which are no part of the host") {
    const haft::http_url six = taken_apart("http://[::1]:8080/v1");
    CHECK(six.host == "::1");
    CHECK(six.port == "8080");
    CHECK(six.authority() == "[::1]:8080");
    CHECK(taken_apart("https://[2001:db8::1]").authority() == "[2001:db8::1]");
    CHECK(refusal_of("http://[::1/v1").find("has a [ without its ]") != std::string::npos);
    CHECK(refusal_of("http://[::1]8080").find("has something between the host and its port") != std::string::npos);
}

TEST_CASE("What is no address, or more than one of an API, is refused with an example") {
    CHECK(refusal_of("ftp://example.com") ==
          "the address \"ftp://example.com\" begins neither with https:// nor with http://; write one such as "
          "https://api.example.com/v1");
    CHECK(refusal_of("api.example.com").find("begins neither") != std::string::npos);
    for (const char* const nobody : {"http://", "https:///v1", "http://:80", "http://[]"})
        CHECK(refusal_of(nobody).find("has no host") != std::string::npos);
    for (const char* const port : {"http://a:", "http://a:0", "http://a:65536", "http://a:8x", "http://a:-1",
                                   "http://a:99999999999999999999"})
        CHECK(refusal_of(port).find("has a port that is no number from 1 to 65535") != std::string::npos);
    for (const char* const more : {"http://me@a/", "http://a/?x=1", "http://a/#x", "http://a\\b"})
        CHECK(refusal_of(more).find("holds a user, a query or a fragment") != std::string::npos);
    for (const char* const odd : {"http://a b", "http://a\r\nX: 1", "http://\xC3\xA9", "http://a\x7F"})
        CHECK(refusal_of(odd).find("holds a blank or a character that must be escaped") != std::string::npos);
}

TEST_CASE("This machine is localhost and the addresses of it, and no name that looks like one", "[MP-03]") {
    for (const char* const here : {"http://localhost", "http://127.0.0.1:1", "http://127.5.6.7", "http://[::1]"})
        CHECK(taken_apart(here).is_loopback());
    for (const char* const there : {"http://127.example.com", "http://127.0.0.1.example.com", "http://localhost.example.com",
                                    "http://128.0.0.1", "http://0.0.0.0", "http://[::2]", "http://1"})
        CHECK_FALSE(taken_apart(there).is_loopback());
}
