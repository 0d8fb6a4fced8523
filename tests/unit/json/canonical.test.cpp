// SPDX-License-Identifier: BSL-1.0
// One text for each JSON value.
#include <haft/json/canonical.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

namespace {
std::string canonical(std::string_view text) {
    const haft::result<std::string> out = haft::json::canonical(text);
    return out ? *out : out.error().text();
}
}  // namespace

TEST_CASE("All spellings of one value have one canonical text", "[EX-12]") {
    struct {
        std::string_view text, expected;
    } const rows[] = {
        {R"( { "b" : 1 , "a" : [ 1 , 2 ] } )", R"({"a":[1,2],"b":1})"},
        {R"({"b":{"d":1,"c":2},"a":0})", R"({"a":0,"b":{"c":2,"d":1}})"},
        {R"("\u0041\u00e9\ud83d\ude00\/")", "\"A\xC3\xA9\xF0\x9F\x98\x80/\""},
        {R"({"\u0061":1})", R"({"a":1})"},
        {R"("\u000a\u001f\u0022")", R"("\n\u001f\"")"},
        {"[1.0, 1e0, 10e-1, 1]", "[1,1,1,1]"},
        {"[-0, 0.0, 0e9]", "[0,0,0]"},
        {"[1200, 12e2, 0.5, 5e-1, 123.450]", "[1200,1200,0.5,0.5,123.45]"},
        {"[1e20, 1e21, 1E+30]", "[100000000000000000000,1e21,1e30]"},
        {"[0.000001, 1e-7, 12e-3]", "[0.000001,1e-7,0.012]"},
        {"[9007199254740993, 9007199254740992]", "[9007199254740993,9007199254740992]"},
        {"true", "true"},
        {"null", "null"},
        {"\"\"", "\"\""},
        {"{}", "{}"},
    };
    for (const auto& row : rows) CHECK(canonical(row.text) == row.expected);
}

TEST_CASE("The canonical text is JSON of the same value, and its own canonical text", "[EX-12]") {
    for (const std::string_view text :
         {R"({"z":[{"y":1.50,"x":"\\\""}],"":null})", "[-1.25e-30, 120000000000000000000000, 0.1]"}) {
        const std::string once = canonical(text);
        CHECK(canonical(once) == once);
    }
}

TEST_CASE("What is no single JSON value has no canonical text, and the error says why") {
    const auto code = [](std::string_view text) { return haft::json::canonical(text).error().code; };
    CHECK(code("{\"a\":1") == haft::errc::not_json);
    CHECK(code("1 2") == haft::errc::not_json);
    CHECK(code("") == haft::errc::not_json);
    CHECK(code(R"({"a":1,"\u0061":2})") == haft::errc::duplicate_key);
    CHECK(code(std::string(100, '[')) == haft::errc::too_large);
    CHECK(canonical(R"({"a":1,"a":2})").find("/a: given twice") != std::string::npos);
}
