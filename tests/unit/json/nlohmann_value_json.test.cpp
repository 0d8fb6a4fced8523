// SPDX-License-Identifier: BSL-1.0
#include <haft/json/nlohmann_value_json.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

#include <unit/json/read.hpp>

using haft::json::build_json;
using haft::json::dump_json;
using haft::json::lexer;
using haft::json::parse_json;
using haft::json::read_limits;
using haft::json::value_faults;
using haft_test::repeat;

namespace {

/// Every fault in a line of its own; "" if the text was taken.
std::string faults_of(std::string_view text, const read_limits& limits = {}) {
    const haft::result<nlohmann::json> got = parse_json(text, limits);
    if (got) return "";
    std::string out;
    for (const haft::fault& f : got.error().faults) out += f.text() + "\n";
    if (got.error().more_faults) out += "and " + std::to_string(got.error().more_faults) + " more\n";
    return out;
}

nlohmann::json value_of(std::string_view text) {
    haft::result<nlohmann::json> got = parse_json(text);
    if (!got) FAIL(got.error().text());
    return *std::move(got);
}

std::string round_trip(std::string_view text) {
    const haft::result<std::string> out = dump_json(value_of(text));
    return out ? *out : out.error().text();
}

}  // namespace

TEST_CASE("a value of every kind is built") {
    CHECK(value_of("null").is_null());
    CHECK(value_of(" true ") == true);
    CHECK(value_of("false") == false);
    CHECK(value_of("\"a\\u00e9\\n\"") == "a\xC3\xA9\n");
    CHECK(value_of("[]").is_array());
    CHECK(value_of("{}").is_object());
    const nlohmann::json deep = value_of(R"({"b":[1,[2.5,{"x":null}],"s"],"a":{"":{}}})");
    CHECK(deep.at("b").at(1).at(0) == 2.5);
    CHECK(deep.at("b").at(1).at(1).at("x").is_null());
    CHECK(deep.at("b").at(2) == "s");
    CHECK(deep.at("a").at("").is_object());
}

TEST_CASE("integers are exact to 64 bits, and doubles beyond") {
    using limits = std::numeric_limits<std::int64_t>;
    CHECK(value_of("9007199254740993").get<std::uint64_t>() == 9007199254740993);
    CHECK(value_of("-9223372036854775808").get<std::int64_t>() == limits::min());
    CHECK(value_of("-9223372036854775808").is_number_integer());
    CHECK(value_of("18446744073709551615").get<std::uint64_t>() == ~std::uint64_t{0});
    CHECK(value_of("18446744073709551615").is_number_unsigned());
    CHECK(value_of("-0").is_number_integer());
    CHECK(value_of("18446744073709551616").get<double>() == 18446744073709551616.0);
    CHECK(value_of("18446744073709551616").is_number_float());
    CHECK(value_of("-9223372036854775809").is_number_float());
    CHECK(value_of("1.0").is_number_float());
    CHECK(value_of("1e2").is_number_float());
    CHECK(std::signbit(value_of("-0.0").get<double>()));
    CHECK(value_of("1e-400") == 0.0);
}

TEST_CASE("a number beyond double is refused, with its place") {
    CHECK(faults_of(R"({"a":[0,-1e400]})") == "/a/1: a number that no double can hold, number -1e400 [haft-E0205]\n");
    CHECK(faults_of("1e309,").find("[haft-E0201]") != std::string::npos);
    CHECK(faults_of("1" + std::string(400, '0')).find("[haft-E0205]") != std::string::npos);
    CHECK(faults_of("1.7976931348623157e308").empty());
}

TEST_CASE("a key given twice is refused at every depth, however it is written") {
    CHECK(faults_of(R"({"a":1,"a":1})") == "/a: given twice [haft-E0206]\n");
    CHECK(faults_of(R"([0,{"x":{"a/b~":1,"c":2,"a\u002fb~":3}}])") == "/1/x/a~1b~0: given twice [haft-E0206]\n");
    CHECK(faults_of(R"({"":1,"":2})") == "/: given twice [haft-E0206]\n");
    CHECK(faults_of(R"({"a":{"a":{"a":1}},"A":2,"\u00e9":3,"e\u0301":4})").empty());
    const haft::result<nlohmann::json> got = parse_json(R"({"a":1, "a":2})");
    REQUIRE(!got);
    CHECK(got.error().code == haft::errc::duplicate_key);
    CHECK(got.error().faults.at(0).offset == 8);
}

TEST_CASE("the value of a key given twice is only walked over") {
    CHECK(faults_of(R"({"a":1,"a":[1e999,{"x":1,"x":2}]})") == "/a: given twice [haft-E0206]\n");
}

TEST_CASE("the faults of a value are told up to 32, the others counted") {
    const haft::result<nlohmann::json> got = parse_json("[1e999" + repeat(",1e999", 99) + ",{\"a\":1,\"a\":2}]");
    REQUIRE(!got);
    CHECK(got.error().code == haft::errc::invalid_arguments);
    CHECK(got.error().message == "the JSON text was refused for 101 faults");
    CHECK(got.error().faults.size() == 32);
    CHECK(got.error().more_faults == 69);
    CHECK(got.error().faults.back().pointer == "/31");
}

TEST_CASE("a text that is broken says where, and keeps what was found before") {
    CHECK(faults_of("") == "arguments: the text is empty at byte 0 [haft-E0201]\n");
    CHECK(faults_of("{\"a\":[1") == "/a/0: the text ends inside an object or array at byte 7 [haft-E0201]\n");
    CHECK(faults_of("{} x") == "arguments: text after the end of the JSON value at byte 3, before x [haft-E0201]\n");
    CHECK(faults_of(R"({"a":[1,{"b":tru}]})") ==
          "/a/1/b: expected true, false or null in full and in lower case at byte 13, before tru}]} [haft-E0201]\n");
    CHECK(faults_of(R"({"a":1,"b" 2})") ==
          "arguments: expected ':' after the key at byte 11, before 2} [haft-E0201]\n");
    CHECK(faults_of(R"([{"a":1,"a":2},)") ==
          "/0/a: given twice [haft-E0206]\n/1: the text ends where a value is expected at byte 15 [haft-E0201]\n");
    CHECK(faults_of("\xEF\xBB\xBF{}") ==
          "arguments: a byte order mark; JSON text begins without one at byte 0, before \\xef\\xbb\\xbf{} "
          "[haft-E0201]\n");
}

TEST_CASE("depth is limited, exactly") {
    const auto nested = [](std::size_t n) { return repeat("[", n) + repeat("]", n); };
    CHECK(faults_of(nested(63)).empty());
    CHECK(faults_of(nested(64)).empty());
    CHECK(faults_of(nested(65)).find("at most 64 levels are read [haft-E0208]") != std::string::npos);
    const read_limits all{.max_depth = ~0u};
    CHECK(faults_of(nested(512), all).empty());
    CHECK(faults_of(nested(513), all).find("at most 512 levels are read [haft-E0208]") != std::string::npos);
    CHECK(faults_of(repeat("{\"a\":", 100'000)).find("[haft-E0208]") != std::string::npos);
}

TEST_CASE("bytes, strings and containers have their limits, exactly") {
    CHECK(faults_of("[1]", {.max_bytes = 3}).empty());
    CHECK(faults_of("[1]", {.max_bytes = 2}) == "arguments: the text has 3 bytes; at most 2 are read [haft-E0208]\n");
    CHECK(faults_of(R"(["aa"])", {.max_string_bytes = 2}).empty());
    CHECK(faults_of(R"(["aaa"])", {.max_string_bytes = 2}) ==
          "/0: a string of 3 bytes; at most 2 are read [haft-E0208]\n");
    CHECK(faults_of(R"({"aa":1})", {.max_string_bytes = 2}).empty());
    CHECK(faults_of(R"({"aaa":1})", {.max_string_bytes = 2}) ==
          "arguments: a string of 3 bytes; at most 2 are read [haft-E0208]\n");
    CHECK(faults_of("[1,2]", {.max_items = 2}).empty());
    CHECK(faults_of(R"({"a":[1,2,3]})", {.max_items = 2}) ==
          "/a: an array of 3 items; at most 2 are read [haft-E0208]\n");
    CHECK(faults_of(R"({"a":1,"b":2})", {.max_items = 2}).empty());
    CHECK(faults_of(R"([{"a":1,"b":2,"a":3,"d":4}])", {.max_items = 2}) ==
          "/0: an object of 4 members; at most 2 are read [haft-E0208]\n");
}

TEST_CASE("no more is built than the limits allow") {
    for (const char* text : {"[1,2,3,4,5]", R"({"a":1,"b":2,"c":3,"d":4})"}) {
        lexer in(text, 9);
        nlohmann::json value;
        value_faults found;
        REQUIRE(build_json(in, value, {.max_items = 2}, found));
        CHECK(found.faults.size() == 1);
        CHECK(value.size() == 2);
    }
}

TEST_CASE("a value in the middle of a text is built, and the walk stands behind it") {
    lexer in(R"({"x": {"a":[1]} ,"y":2})", 9);
    bool first = true;
    lexer::string_token key;
    REQUIRE(in.enter('{'));
    REQUIRE(in.next('}', first));
    REQUIRE(in.key(key));
    nlohmann::json value = "what was there before";
    value_faults found;
    REQUIRE(build_json(in, value, {}, found));
    CHECK(found.empty());
    CHECK(value == nlohmann::json{{"a", {1}}});
    REQUIRE(in.next('}', first));
    REQUIRE(in.key(key));
    CHECK(key.raw == "y");
}

TEST_CASE("a value is written as it was, in the order of its keys") {
    CHECK(round_trip(R"( {"b" : [ ] , "a" : { } , "c" : [ 1 , -2 , 2.5 , 1.0 , 1e300 , true , null ] } )") ==
          R"({"a":{},"b":[],"c":[1,-2,2.5,1.0,1e+300,true,null]})");
    CHECK(round_trip("\"\\u0000\\u001f\\\"\\\\\\/\\u00e9\"") == "\"\\u0000\\u001f\\\"\\\\/\xC3\xA9\"");
    CHECK(round_trip("[18446744073709551615,-9223372036854775808,18446744073709551616,-0.0,0.0]") ==
          "[18446744073709551615,-9223372036854775808,18446744073709551616.0,-0.0,0.0]");
}

TEST_CASE("what JSON can't hold is a problem, and no exception") {
    const auto problem = [](const nlohmann::json& value) {
        const haft::result<std::string> out = dump_json(value);
        return out ? "" : out.error().text();
    };
    CHECK(problem(std::numeric_limits<double>::infinity()) ==
          "JSON can't hold a number that is infinite or not a number [haft-E0214]");
    CHECK(problem({{"a", {1, std::nan("")}}}).find("infinite") != std::string::npos);
    CHECK(problem(nlohmann::json::binary({1, 2})) == "JSON can't hold binary data [haft-E0214]");
    CHECK(problem(nlohmann::json(nlohmann::json::value_t::discarded)).find("discarded") != std::string::npos);
    CHECK(*dump_json("a\xFF") == "\"a\xEF\xBF\xBD\"");
}

TEST_CASE("a value nested a hundred thousand deep is refused, not written until the stack ends") {
    const auto nested = [](int depth, bool object) {
        nlohmann::json value = 1;
        for (int i = 0; i < depth; ++i) {
            nlohmann::json outer = object ? nlohmann::json::object() : nlohmann::json::array();
            if (object) outer["a"] = std::move(value);
            else outer.push_back(std::move(value));
            value = std::move(outer);
        }
        return value;
    };
    for (const bool object : {false, true}) {
        CHECK(dump_json(nested(512, object)));
        CHECK(!dump_json(nested(513, object)));
        CHECK(!dump_json(nested(100'000, object)));
    }
}
