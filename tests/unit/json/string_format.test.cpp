// SPDX-License-Identifier: BSL-1.0
#include <haft/json/string_format.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include <unit/json/schema_suite.hpp>

using haft::json::find_format;
using haft::json::has_format;
using haft::json::name_of;
using haft::json::string_format;
using namespace std::string_view_literals;

namespace {

/// Asks with a copy exactly as large as the text, so that a sanitizer sees the first byte that is read beyond it.
bool is(string_format format, std::string_view text) {
    const std::unique_ptr<char[]> bytes(new char[text.size()]);
    if (!text.empty()) std::memcpy(bytes.get(), text.data(), text.size());
    return has_format({bytes.get(), text.size()}, format);
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    while (times--) out += text;
    return out;
}

}  // namespace

TEST_CASE("every format has a name and is found by it") {
    for (std::size_t i = 0; i < haft::json::string_format_count; ++i) {
        const auto format = static_cast<string_format>(i);
        auto found = static_cast<string_format>(99);
        REQUIRE(name_of(format) != "");
        CHECK(find_format(name_of(format), found));
        CHECK(found == format);
    }
    CHECK(name_of(static_cast<string_format>(haft::json::string_format_count)) == "");
    CHECK(!has_format("", static_cast<string_format>(haft::json::string_format_count)));
}

TEST_CASE("a format that haft does not enforce is not found") {
    for (const std::string_view name :
         {""sv, "regex"sv, "idn-email"sv, "uri-reference"sv, "date-time "sv, "Date"sv, "date_time"sv}) {
        string_format found = string_format::ipv6;
        CHECK(!find_format(name, found));
        CHECK(found == string_format::ipv6);
    }
}

TEST_CASE("formats are checked at compile time too", "[NX-06]") {
    STATIC_REQUIRE(has_format("2024-02-29T12:00:00Z", string_format::date_time));
    STATIC_REQUIRE(!has_format("2023-02-29T12:00:00Z", string_format::date_time));
    STATIC_REQUIRE(has_format("PT1H30M", string_format::duration));
    STATIC_REQUIRE(has_format("a@b.example", string_format::email));
    STATIC_REQUIRE(has_format("https://example.org/?q=1#top", string_format::uri));
    STATIC_REQUIRE(!has_format("1.2.3", string_format::ipv4));
    STATIC_REQUIRE(has_format("::1", string_format::ipv6));
}

TEST_CASE("the JSON-Schema-Test-Suite and haft agree on the formats", "[NX-06]") {
    std::size_t checked = 0;
    for (std::size_t i = 0; i < haft::json::string_format_count; ++i) {
        const auto format = static_cast<string_format>(i);
        for (const auto& group :
             haft_test::schema_suite::groups_of("optional/format/" + std::string(name_of(format)) + ".json")) {
            for (const auto& test : group.tests) {
                if (!test.is_string) continue;
                // What an A-label says in Unicode is not looked at, so these may be refused by others and not by haft.
                if (group.description == "validation of A-label (punycode) host names" && !test.valid) continue;
                CAPTURE(name_of(format), group.description, test.description, test.text);
                CHECK(is(format, test.text) == test.valid);
                ++checked;
            }
        }
    }
    CHECK(checked > 300);
}

TEST_CASE("a date, time or duration that is none is refused", "[fault-40]") {
    for (const std::string_view text : {""sv, "2024-02-30T00:00:00Z"sv, "2024-02-29 00:00:00Z"sv,
                                        "2024-02-29T00:00:00"sv, "2024-02-29T00:00:00."sv, "2024-02-29T00:00:00Z\0"sv})
        CHECK(!is(string_format::date_time, text));
    for (const std::string_view text : {"P"sv, "P1H"sv, "PT1H2S"sv, "PT0.5S"sv, "-P1D"sv, "P1W1D"sv, "p1d"sv})
        CHECK(!is(string_format::duration, text));
    CHECK(!is(string_format::date, "2024-2-29"));
    CHECK(!is(string_format::time, "25:00:00Z"));
}

TEST_CASE("an e-mail address has a local part of at most 64 and in all at most 254 bytes") {
    const std::string host = repeated("abcdefg.", 23) + "example";  // 191
    CHECK(is(string_format::email, repeated("a", 62) + "@" + host));
    CHECK(!is(string_format::email, repeated("a", 63) + "@" + host));
    CHECK(is(string_format::email, repeated("a", 64) + "@example.org"));
    CHECK(!is(string_format::email, repeated("a", 65) + "@example.org"));
    CHECK(is(string_format::email, "\"" + repeated("a", 62) + "\"@example.org"));
    CHECK(!is(string_format::email, "\"" + repeated("a", 63) + "\"@example.org"));
}

TEST_CASE("an e-mail address may have a quoted local part and an address literal, but nothing around it") {
    for (const std::string_view text :
         {R"("a\"b\\c"@example.org)"sv, R"(""@example.org)"sv, "a@[IPv6:::1]"sv, "a@[ipv6:1::2]"sv, "a@[1.2.3.4]"sv})
        CHECK(is(string_format::email, text));
    for (const std::string_view text : {R"("a"b@example.org)"sv,
                                        R"("a)"sv,
                                        R"("a\)"sv,
                                        R"("a\")"sv,
                                        R"("a")"sv,
                                        "\"a\n\"@b"sv,
                                        "\"\xC3\xA9\"@b"sv,
                                        "\xC3\xA9@b"sv,
                                        "a@[1.2.3.4"sv,
                                        "a@[]"sv,
                                        "a@["sv,
                                        "a@[::1]"sv,
                                        "a@[IPv6:]"sv,
                                        "a@[IPv6:g::]"sv,
                                        "a@[IPvX:::1]"sv,
                                        "a@b@c"sv,
                                        "<a@b>"sv,
                                        "a@b "sv,
                                        "a@b."sv,
                                        ""sv})
        CHECK(!is(string_format::email, text));
}

TEST_CASE("a host name has labels of 1 to 63 and in all at most 253 bytes") {
    CHECK(is(string_format::hostname, repeated("a", 63)));
    CHECK(!is(string_format::hostname, repeated("a", 64)));
    CHECK(is(string_format::hostname, repeated("a.", 126) + "a"));    // 253
    CHECK(!is(string_format::hostname, repeated("a.", 126) + "aa"));  // 254
    for (const std::string_view text : {"a..b"sv, "a-.b"sv, "a.-b"sv, "a b"sv, "a/b"sv, "-"sv})
        CHECK(!is(string_format::hostname, text));
}

TEST_CASE("a URI has a scheme, and every part only what RFC 3986 allows in it") {
    for (const std::string_view text :
         {"a:"sv, "a+b.c-1:x"sv, "http://"sv, "http://:80"sv, "http://u:p@h:/"sv, "x://[v1.a:b]:1"sv, "a://?#"sv,
          "a:/b//c"sv, "a:?/?"sv, "a:#/?@"sv, "file:///a"sv, "http://[1:2:3:4:5:6:7::]"sv})
        CHECK(is(string_format::uri, text));
    for (const std::string_view text : {""sv,
                                        ":"sv,
                                        "1a:"sv,
                                        "a"sv,
                                        "a_b:x"sv,
                                        "a:##"sv,
                                        "a:[b]"sv,
                                        "a:?[b]"sv,
                                        "a:%4"sv,
                                        "a:%G0"sv,
                                        "http://a@b@c"sv,
                                        "http://[::1"sv,
                                        "http://[::1]x"sv,
                                        "http://[::1]:x"sv,
                                        "http://["sv,
                                        "http://[]"sv,
                                        "http://[v.a]"sv,
                                        "http://[v1.]"sv,
                                        "http://[vg.a]"sv,
                                        "http://[v1.%41]"sv,
                                        "http://a:1:2"sv,
                                        "http://\xC3\xA9"sv,
                                        "a:\0"sv})
        CHECK(!is(string_format::uri, text));
}

TEST_CASE("an IPv6 address has eight groups, or fewer and one ::") {
    for (const std::string_view text :
         {"::"sv, "1::"sv, "::1"sv, "1:2:3:4:5:6:7::"sv, "::2:3:4:5:6:7:8"sv, "1::3:4:5:6:7:8"sv,
          "1:2:3:4:5:6:1.2.3.4"sv, "::1.2.3.4"sv, "1:2:3:4:5::1.2.3.4"sv})
        CHECK(is(string_format::ipv6, text));
    for (const std::string_view text :
         {""sv, ":"sv, ":::"sv, "1"sv, "1:"sv, ":1"sv, "1:2:3:4:5:6:7:8::"sv, "::1:2:3:4:5:6:7:8"sv, "1::2::3"sv,
          "1:2:3:4:5:6:7:1.2.3.4"sv, "1.2.3.4"sv, "1.2.3.4::"sv, "::1.2.3.4:5"sv, "1:2:3:4:5:6::1.2.3.4"sv, "::fffff"sv,
          "::1%eth0"sv, "::1."sv, "::.1"sv, "::1:"sv})
        CHECK(!is(string_format::ipv6, text));
}

TEST_CASE("an IPv4 address has four decimals without leading zeros, an UUID its hyphens in their places") {
    for (const std::string_view text : {"0.0.0.0"sv, "255.255.255.255"sv, "1.20.200.9"sv})
        CHECK(is(string_format::ipv4, text));
    for (const std::string_view text : {""sv, "1.2.3"sv, "1.2.3."sv, "1.2.3.4."sv, "1.2.3.4.5"sv, "01.2.3.4"sv,
                                        "1.2.3.00"sv, "1.2.3.256"sv, "1.2.3.1000"sv, "1..3.4"sv, "1.2.3.a"sv})
        CHECK(!is(string_format::ipv4, text));
    CHECK(is(string_format::uuid, "00000000-0000-0000-0000-00000000fFaA"));
    CHECK(!is(string_format::uuid, "0000000-00000-0000-0000-000000000000"));
    CHECK(!is(string_format::uuid, "00000000-0000-0000-0000-00000000000g"));
    CHECK(!is(string_format::uuid, "00000000-0000-0000-0000-0000000000000"));
}
