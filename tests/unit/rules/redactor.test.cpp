// SPDX-License-Identifier: BSL-1.0
// What a model is not told of an error: secrets, and whose machine it is.
#include <haft/rules/redactor.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace {
struct row {
    std::string_view text;
    std::string_view expected;
};
}  // namespace

TEST_CASE("Credentials and home directories are redacted", "[EX-13]") {
    const row rows[] = {
        {"401 for Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc", "401 for Authorization: Bearer [redacted]"},
        {"curl -H 'authorization: bearer AbCdEf0123456789xyz'", "curl -H 'authorization: bearer [redacted]'"},
        {"it was sent Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc", "it was sent Bearer [redacted]"},
        {"bad key sk-proj-abcdefghij0123456789", "bad key [redacted]"},
        {"(ghp_0123456789abcdefABCDEF0123456789abcd)", "([redacted])"},
        {"AKIAIOSFODNN7EXAMPLE1234 is not valid", "[redacted] is not valid"},
        {"api_key=12345&q=x", "api_key=[redacted]&q=x"},
        {"OPENAI_API_KEY = abc", "OPENAI_API_KEY = [redacted]"},
        {R"({"password": "hunter2 and more", "user": "me"})", R"({"password": "[redacted]", "user": "me"})"},
        {R"({"clientSecret":"abc"})", R"({"clientSecret":"[redacted]"})"},
        {R"("{\"api_key\":\"a\\nb\"}")", R"("{\"api_key\":\"[redacted]\"}")"},
        {"password: correct-horse-battery", "password: [redacted]"},
        {"X-Auth-Token: abcdef0123456789", "X-Auth-Token: [redacted]"},
        {"postgres://me:s3cret@db.example.org:5432/x", "postgres://me:[redacted]@db.example.org:5432/x"},
        {"a -----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY----- b", "a [redacted] b"},
        {"a -----BEGIN PRIVATE KEY-----\nMII cut off", "a [redacted]"},
        {"can't open /home" "/alice/notes.txt", "can't open ~/notes.txt"},
        {"can't open /Users/alice.b/x and '/root" "/y'", "can't open ~/x and '~/y'"},
        {R"(C:\Users\Alice\x and c:/users/Bob/y)", R"(~\x and ~/y)"},
        {"file:///home" "/alice/a", "file://~/a"},
    };
    for (const row& r : rows) {
        INFO(r.text);
        CHECK(haft::redactor{}(r.text) == r.expected);
    }
}

TEST_CASE("What only looks like a secret stays, so that errors can be read", "[EX-13]") {
    for (const std::string_view text : {
             "the token expired",
             "token: expired",
             "expected token ']' at line 3",
             "missing bearer token",
             "Bearer authentication is required",
             "the key 'name' is missing",
             "monkey=banana",
             "subtoken=4096",
             "Bearer authentication-by-certificate is required",
             "keyboard: qwertyuiop",
             "tokens=4096 of 8192",
             "commit 0123456789abcdef0123456789abcdef01234567",
             "task sk-1 failed",
             "see https://example.org:8080/a@b",
             "mailto:me@example.org",
             ("/srv/home" "/alice/x"),
             "/homes/alice",
             "/rooted/tree",
             "a/root/b",
             "12:30 at home",
             "password",
             "password=",
             "-----BEGIN CERTIFICATE-----",
             "\xC3\xA9\xF0\x9F\x98\x80\xFF",
         }) {
        INFO(text);
        CHECK(haft::redactor{}(text) == text);
    }
}

TEST_CASE("Words that the host knows are redacted wherever they stand, and paths stay if wanted", "[EX-13]") {
    haft::redactor r;
    r.words = {"hunter2", "x"};
    CHECK(r("xhunter2x /home" "/me") == "x[redacted]x ~");
    r.paths = false;
    CHECK(r("/home" "/me /root") == "/home" "/me /root");
}

TEST_CASE("Words are redacted as JSON writes them, too, and what is redacted once stays so", "[EX-13]") {
    haft::redactor r;
    r.words = {"pa\"s\\s"};
    CHECK(r(R"(pa"s\s {"a":"pa\"s\\s"} "{\"a\":\"pa\\\"s\\\\s\"}")") == R"([redacted] {"a":"[redacted]"} "{\"a\":\"[redacted]\"}")");
    CHECK(haft::redact_json(r, R"({"\u0070a\u0022s\\s":["pa\"s\\s",1.50,true]})") == R"({"[redacted]":["[redacted]",1.50,true]})");
    CHECK(haft::redact_json(r, R"({"password":"x","a":"api_key=12"})") == R"({"password":"[redacted]","a":"api_key=[redacted]"})");
    for (const char* const text : {"api_key=[redacted]", "api_key=[redacted]&q", R"({"password": "[redacted]"})", "postgres://me:[redacted]@a/"})
        CHECK(haft::redactor{}(text) == text);
}

TEST_CASE("An error's text is redacted, then cut at 500 bytes where a character ends", "[EX-13]") {
    CHECK(haft::error_text_for_model("short") == "short");
    CHECK(haft::error_text_for_model(std::string(500, 'a')).size() == 500);
    for (std::size_t before = 480; before < 520; ++before) {
        std::string text(before, 'a');
        for (int i = 0; i < 20; ++i) text += "\xF0\x9F\x98\x80";
        const std::string cut = haft::error_text_for_model(text);
        INFO(before);
        CHECK(cut.size() <= 500);
        CHECK(cut.ends_with("\xE2\x80\xA6"));
        CHECK((cut.size() - std::min<std::size_t>(before, 497) - 3) % 4 == 0);
    }
    const std::string key = "sk-abcdefghijklmnop0123456789";
    CHECK(haft::error_text_for_model(std::string(490, 'a') + " " + key).find("sk-abc") == std::string::npos);
}

TEST_CASE("Redacting is done in time that grows with the text", "[EX-13]") {
    for (const std::string_view piece : {"://", "sk-.", "api_key", "-----BEGIN ", "://a:", "token ", "/home/", "C:\\Users\\", "password=\""}) {
        std::string text;
        while (text.size() < 200'000) text += piece;
        CHECK(haft::redactor{}(text).size() <= 3 * text.size());
    }
}
