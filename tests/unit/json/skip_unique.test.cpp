// SPDX-License-Identifier: BSL-1.0
#include <haft/json/skip_unique.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include <unit/json/read.hpp>

using haft::json::lexer;
using haft::json::skip_unique;
using haft::json::value_faults;
using haft_test::repeat;

namespace {

/// Every fault in a line of its own, and the pointer of a break; "" if there is none.
std::string faults_of(std::string_view text, unsigned depth = 64, const haft::json::read_limits* limits = nullptr) {
    lexer in(text, depth);
    std::string_view raw;
    value_faults found;
    std::string out;
    const bool whole = limits ? skip_unique(in, raw, found, *limits) : skip_unique(in, raw, found);
    for (const haft::fault& f : found.faults)
        out += f.pointer + " " + f.message + " " + std::to_string(f.offset) + "\n";
    if (found.more) out += "and " + std::to_string(found.more) + " more\n";
    if (!whole) out += "broken at " + found.broken_pointer + ": " + in.problem() + "\n";
    return out;
}

}  // namespace

TEST_CASE("a value without equal keys passes") {
    for (const char* text :
         {"null", "1", "\"a\"", "[]", "{}", R"({"a":1,"b":2,"A":3,"":4})", R"([{"a":1},{"a":1}])",
          R"({"a":{"a":{"a":[{"a":1}]}}})", R"({"\u00e9":1,"e\u0301":2})", R"({"a":1,"aa":2,"aaa":3})"})
        CHECK(faults_of(text) == "");
}

TEST_CASE("equal keys are found in any object, next to each other or not") {
    CHECK(faults_of(R"({"a":1,"a":2})") == "/a given twice 7\n");
    CHECK(faults_of(R"({"a":1,"b":[{}],"a":2})") == "/a given twice 16\n");
    CHECK(faults_of(R"([0,{"x":[[{"k":1,"l":2,"k":3}]]}])") == "/1/x/0/0/k given twice 23\n");
    CHECK(faults_of(R"({"a":{"a":1},"b":2,"a":3})") == "/a given twice 19\n");
    CHECK(faults_of(R"({"":0,"":0})") == "/ given twice 6\n");
    CHECK(faults_of(R"({"a/~":0,"a/~":0})") == "/a~1~0 given twice 9\n");
}

TEST_CASE("keys are compared by what they say, not by how they are written") {
    CHECK(faults_of(R"({"a":1,"\u0061":2})") == "/a given twice 7\n");
    CHECK(faults_of(R"({"\u00e9":1,"x":{"\u0061":1,"\u0062":1},"é":2})") == "/\xC3\xA9 given twice 40\n");
    CHECK(faults_of(R"({"\u00e9":1,"x":{"\u0061":1},"\u0062":2,"é":3})") == "/\xC3\xA9 given twice 40\n");
    CHECK(faults_of(R"({"\/":1,"/":2})") == "/~1 given twice 8\n");
    CHECK(faults_of(R"({"\u0000":1,"":2})") == "");
}

TEST_CASE("repetitions come in the order of the text, object by object, the innermost first") {
    CHECK(faults_of(R"({"b":1,"a":1,"b":{"z":1,"z":2},"a":1,"b":1})") ==
          "/b/z given twice 24\n/b given twice 13\n/a given twice 31\n/b given twice 37\n");
    std::string many = "{\"a\":0" + repeat(",\"a\":0", 100) + "}";
    CHECK(faults_of(many).starts_with("/a given twice 7\n/a given twice 13\n/a given twice 19\n"));
    CHECK(faults_of(many).find("and 68 more\n") != std::string::npos);
}

TEST_CASE("what is no JSON breaks the walk, with its place") {
    CHECK(faults_of("") == "broken at : the text is empty\n");
    CHECK(faults_of("[") == "broken at : the text ends inside an object or array\n");
    CHECK(faults_of("[0,[x") == "broken at /1/0: expected a value\n");
    CHECK(faults_of("[0,[") == "broken at /1: the text ends inside an object or array\n");
    CHECK(faults_of("[1,{\"a\":tru}]") == "broken at /1/a: expected true, false or null in full and in lower case\n");
    CHECK(faults_of(R"({"a":1,"b")") == "broken at : expected ':' after the key\n");
    CHECK(faults_of(R"({"a":1,"a":2)") == "broken at /a: the text ends inside an object or array\n");
    CHECK(faults_of(R"([{"a":1,"a":2},])") == "/0/a given twice 8\nbroken at /0: a comma before the closing bracket\n");
}

TEST_CASE("a check has the lexer's depth") {
    const auto nested = [](std::size_t n) { return repeat("[", n) + repeat("]", n); };
    CHECK(faults_of(nested(64)) == "");
    CHECK(faults_of(nested(65)).find("nested too deeply") != std::string::npos);
    CHECK(faults_of(nested(512), ~0u) == "");
    CHECK(faults_of(nested(513), ~0u).find("nested too deeply") != std::string::npos);
    CHECK(faults_of(repeat("{\"a\":[", 500'000), ~0u).find("nested too deeply") != std::string::npos);
}

TEST_CASE("a checked value is given as its text, and the walk stands behind it") {
    lexer in(R"([ {"a" : [ ]} , 2])", 9);
    bool first = true;
    REQUIRE(in.enter('['));
    REQUIRE(in.next(']', first));
    std::string_view raw;
    value_faults found;
    REQUIRE(skip_unique(in, raw, found));
    CHECK(raw == R"({"a" : [ ]})");
    REQUIRE(in.next(']', first));
    REQUIRE(skip_unique(in, raw, found));
    CHECK(raw == "2");
}

// Each of these would run for minutes if its cost were the square of its length.
TEST_CASE("hundreds of thousands of keys take no longer than sorting them") {
    std::string distinct = "{";
    for (int i = 0; i < 400'000; ++i) distinct += "\"" + std::to_string(i) + "\":0,";
    CHECK(faults_of(distinct + "\"x\":0}") == "");
    CHECK(faults_of(distinct + "\"399999\":0}").starts_with("/399999 given twice "));
    CHECK(faults_of("{\"a\":0" + repeat(",\"a\":0", 400'000) + "}").find("and 399968 more\n") != std::string::npos);
    std::string alike = "{";
    for (int i = 0; i < 4000; ++i) alike += "\"" + std::string(1000, 'a') + std::to_string(i) + "\":0,";
    CHECK(faults_of(alike + "\"x\":0}") == "");
    std::string objects = "[{}";
    for (int i = 0; i < 400'000; ++i) objects += ",{\"a\":0}";
    CHECK(faults_of(objects + "]") == "");
    // In 400 objects around each other, keys that stay open until all of them end.
    std::string open;
    for (int i = 0; i < 400; ++i) {
        open += "{";
        for (int k = 0; k < 500; ++k) open += "\"" + std::to_string(k) + "\":0,";
        open += "\"x\":";
    }
    CHECK(faults_of(open + "1" + repeat("}", 400), 512) == "");
}

TEST_CASE("strings, names and containers beyond the limits are faults, and the walk goes on", "[fault-33]") {
    haft::json::read_limits limits;
    limits.max_string_bytes = 3;
    limits.max_items = 2;
    const auto limited = [&](std::string_view text) { return faults_of(text, 64, &limits); };
    CHECK(limited(R"({"abc":["abc",{}]})") == "");
    CHECK(limited(R"("abcd")") == " a string of 4 bytes; at most 3 are read 0\n");
    CHECK(limited(R"({"a":[1,"abcd"]})") == "/a/1 a string of 4 bytes; at most 3 are read 8\n");
    CHECK(limited(R"({"a":{"abcd":1}})") == "/a a name of 4 bytes; at most 3 are read 6\n");
    CHECK(limited(R"({"a":[1,2,3]})") == "/a an array of 3 items; at most 2 are read 5\n");
    CHECK(limited(R"([0,{"a":1,"b":2,"c":"abcd"}])") ==
          "/1/c a string of 4 bytes; at most 3 are read 20\n/1 an object of 3 members; at most 2 are read 3\n");
    CHECK(limited("[\"abcd\",").starts_with("/0 a string of 4 bytes; at most 3 are read 1\nbroken at "));
    CHECK(faults_of("[\"abcd\",1,2,3]") == "");
    CHECK(limited("[12345,false]") == "");
    CHECK(limited("[" + repeat("[\"abcd\"],", 40) + "0]").find("and 9 more\n") != std::string::npos);
}
