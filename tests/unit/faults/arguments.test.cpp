// SPDX-License-Identifier: BSL-1.0
// The bad inputs that haft promises to survive, as a tool's caller sends them: the function is not called, and the answer
// says what is wrong, and where. [fault-N] is the number in the list of faults; those that are missing here need types
// or options of their own.
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <unit/faults/call.hpp>

using namespace faults_test;
using haft::errc;

namespace {

/// One refusal: the first fault has that code and pointer.
struct refusal {
    std::string_view arguments;
    errc code;
    std::string_view pointer;
};

template <std::size_t N>
void refuse(const std::array<refusal, N>& rows) {
    for (const refusal& row : rows) {
        CAPTURE(row.arguments);
        const answer got = call(row.arguments);
        CHECK(got.calls == 0);
        REQUIRE(!got.faults.empty());
        CHECK(got.faults[0].code == row.code);
        CHECK(got.faults[0].pointer == row.pointer);
    }
}

const parameters& taken(std::string_view arguments) {
    CAPTURE(arguments);
    const answer got = call(arguments);
    INFO(got.text);
    REQUIRE(got.calls == 1);
    return last;
}

using namespace std::string_view_literals;

}  // namespace

TEST_CASE("a string for an integer", "[fault-1]") {
    refuse(std::array{refusal{R"({"x":"twelve"})", errc::wrong_type, "/x"}});
    const answer got = call(R"({"x":"twelve"})");
    CHECK(got.faults[0].expected == "integer from -2147483648 to 2147483647");
    CHECK(got.faults[0].got == "string \"twelve\"");
}

TEST_CASE("integers written as decimals", "[fault-3][fault-4][fault-5]") {
    CHECK(taken(R"({"x":1.0})").x == 1);
    CHECK(taken(R"({"x":1e3})").x == 1000);
    refuse(
        std::array{refusal{R"({"x":1.5})", errc::wrong_type, "/x"}, refusal{R"({"x":1e-1})", errc::wrong_type, "/x"}});
}

TEST_CASE("integers beyond their type", "[fault-6][fault-7][fault-8]") {
    refuse(std::array{refusal{R"({"x":2147483648})", errc::out_of_limits, "/x"},
                      refusal{R"({"x":-2147483649})", errc::out_of_limits, "/x"},
                      refusal{R"({"x":1,"i64":9223372036854775808})", errc::out_of_limits, "/i64"},
                      refusal{R"({"x":1,"u64":18446744073709551616})", errc::out_of_limits, "/u64"},
                      refusal{R"({"x":1,"u64":1e20})", errc::out_of_limits, "/u64"},
                      refusal{R"({"x":1,"u":-1})", errc::out_of_limits, "/u"}});
    CHECK(taken(R"({"x":2147483647,"i64":-9223372036854775808,"u64":18446744073709551615})").u64 == ~std::uint64_t{0});
}

TEST_CASE("numbers that are none, or none of a double's", "[fault-9][fault-10]") {
    refuse(std::array{refusal{R"({"x":1,"d":1e400})", errc::out_of_limits, "/d"},
                      refusal{R"({"x":1,"d":NaN})", errc::not_json, "/d"},
                      refusal{R"({"x":1,"d":Infinity})", errc::not_json, "/d"},
                      refusal{R"({"x":1,"d":-Infinity})", errc::not_json, "/d"}});
}

TEST_CASE("minus zero, and numbers that a double rounds", "[fault-11][fault-12]") {
    CHECK(taken(R"({"x":-0,"d":-0})").x == 0);
    CHECK(taken(R"({"x":-0.0,"d":-0.0})").x == 0);
    CHECK(std::signbit(last.d));
    CHECK(taken(R"({"x":1,"d":9007199254740993,"i64":9007199254740993})").d == 9007199254740992.0);
    CHECK(last.i64 == 9007199254740993);
}

TEST_CASE("a number of ten thousand digits", "[fault-13]") {
    const std::string digits(10'000, '7');
    const std::string integer = "{\"x\":" + digits + "}";
    const std::string real = "{\"x\":1,\"d\":" + digits + "}";
    refuse(std::array{refusal{integer, errc::out_of_limits, "/x"}, refusal{real, errc::out_of_limits, "/d"}});
    CHECK(taken("{\"x\":1,\"d\":0." + digits + "}").d == 7.0 / 9);
}

TEST_CASE("a boolean for a number and a number for a boolean", "[fault-14]") {
    refuse(std::array{refusal{R"({"x":true})", errc::wrong_type, "/x"},
                      refusal{R"({"x":1,"flag":1})", errc::wrong_type, "/flag"},
                      refusal{R"({"x":1,"flag":"true"})", errc::wrong_type, "/flag"}});
}

namespace {
struct three {
    int a;
    std::string b;
    bool c;
};
int three_calls = 0;
void take_three(const three&) { ++three_calls; }
}  // namespace

TEST_CASE("what is missing is told in full", "[fault-15]") {
    const haft::tool needy = haft::make<&take_three>("Needs three");
    const haft::result<std::string> got = needy.call("{}");
    REQUIRE(!got);
    CHECK(three_calls == 0);
    REQUIRE(got.error().faults.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(got.error().faults[i].code == errc::missing_parameter);
        CHECK(got.error().faults[i].pointer == std::array{"/a", "/b", "/c"}[i]);
    }
}

TEST_CASE("what is left out, and what is null", "[fault-16][fault-17]") {
    CHECK(taken(R"({"x":1})").s == "seven");
    CHECK(last.u == 7);
    CHECK(!last.o);
    CHECK(taken(R"({"x":1,"s":null,"u":null,"o":null,"a":null})").s == "seven");
    CHECK(last.u == 7);
    refuse(std::array{refusal{R"({"x":null})", errc::wrong_type, "/x"}});
}

TEST_CASE("a key given twice", "[fault-19]") {
    refuse(std::array{refusal{R"({"x":1,"x":1})", errc::duplicate_key, "/x"},
                      refusal{R"({"x":1,"\u0078":2})", errc::duplicate_key, "/x"},
                      refusal{R"({"x":1,"a":[{"b":1,"b":2}]})", errc::duplicate_key, "/a/0/b"}});
}

TEST_CASE("arguments that are no object, or absent", "[fault-20][fault-21]") {
    refuse(std::array{refusal{"[]", errc::wrong_type, ""}, refusal{"\"{}\"", errc::wrong_type, ""},
                      refusal{"1", errc::wrong_type, ""}, refusal{"true", errc::wrong_type, ""},
                      refusal{"null", errc::missing_parameter, "/x"}, refusal{"{}", errc::missing_parameter, "/x"}});
}

TEST_CASE("no text, blanks, a byte order mark", "[fault-23]") {
    refuse(std::array{refusal{"", errc::not_json, ""}, refusal{" \n", errc::not_json, ""},
                      refusal{"\xEF\xBB\xBF{\"x\":1}", errc::not_json, ""}});
}

TEST_CASE("a call that is cut off at any byte", "[fault-24]") {
    const std::string whole =
        R"({"x":-12,"d":1.5e+1,"flag":true,"s":"a\u00e9\ud83d\ude00\n","order":"descending","o":null,"a":[{"b":1},{"b":2}]})";
    REQUIRE(taken(whole).a.size() == 2);
    for (std::size_t n = 0; n < whole.size(); ++n) {
        CAPTURE(n);
        const answer got = call(std::string_view(whole).substr(0, n));
        CHECK(got.calls == 0);
        REQUIRE(!got.faults.empty());
        CHECK(got.faults.back().code == errc::not_json);
    }
}

TEST_CASE("text beside the object, and what JSON does not have", "[fault-25]") {
    refuse(std::array{refusal{R"({"x":1}x)", errc::not_json, ""}, refusal{R"({"x":1}{"x":1})", errc::not_json, ""},
                      refusal{R"({"x":1},)", errc::not_json, ""}, refusal{R"({"x":1,})", errc::not_json, "/x"},
                      refusal{R"({"x":1,"a":[{"b":1},]})", errc::not_json, "/a/1"},
                      refusal{"{\"x\":1}\0"sv, errc::not_json, ""}, refusal{R"({"x":1/**/})", errc::not_json, "/x"},
                      refusal{"// a\n{\"x\":1}", errc::not_json, ""}, refusal{R"({'x':1})", errc::not_json, ""},
                      refusal{R"({x:1})", errc::not_json, ""}, refusal{R"({"x":0x1})", errc::not_json, "/x"},
                      refusal{R"({"x":+1})", errc::not_json, "/x"}, refusal{R"({"x":01})", errc::not_json, "/x"},
                      refusal{R"({"x":True})", errc::not_json, "/x"}});
}

TEST_CASE("strings that are no text", "[fault-29][fault-30][fault-32]") {
    for (const std::string_view inside :
         {R"(\ud800)"sv, R"(\udc00\ud800)"sv, R"(\ud800a)"sv, "\xFF"sv, "\xC0\x80"sv, "\xE0\x80\xAF"sv,
          "\xF4\x90\x80\x80"sv, "\xED\xA0\xBD\xED\xB8\x80"sv, "\0"sv, "\x1F"sv, "\n"sv}) {
        const std::string value = "{\"x\":1,\"s\":\"ab" + std::string(inside) + "\"}";
        const std::string key = "{\"x\":1,\"ab" + std::string(inside) + "\":1}";
        refuse(std::array{refusal{value, errc::not_json, "/s"}, refusal{key, errc::not_json, ""}});
        CHECK(call(value).faults[0].offset == 14);
        CHECK(call(value).faults[0].message.find(" at byte 14") != std::string::npos);
    }
}

TEST_CASE("an enum's value that is none", "[fault-35]") {
    refuse(std::array{refusal{R"({"x":1,"order":"upwards"})", errc::not_allowed, "/order"},
                      refusal{R"({"x":1,"order":"Ascending"})", errc::not_allowed, "/order"},
                      refusal{R"({"x":1,"order":0})", errc::not_allowed, "/order"}});
    CHECK(call(R"({"x":1,"order":0})").text.find(R"(one of "ascending", "descending")") != std::string::npos);
}

TEST_CASE("faults within lists have the whole way, and end at ten", "[fault-37]") {
    refuse(std::array{refusal{R"({"x":1,"a":[{"b":0},{"b":0},{"b":0},{"b":""}]})", errc::wrong_type, "/a/3/b"}});
    std::string items = "0";
    for (int i = 0; i < 999; ++i) items += ",0";
    const answer got = call("{\"x\":1,\"a\":[" + items + "]}");
    CHECK(got.calls == 0);
    CHECK(got.faults.size() == 10);
    CHECK(got.more == 990);
}

TEST_CASE("keys are data", "[fault-42][fault-43]") {
    refuse(std::array{refusal{R"({"x":1,"__proto__":{"y":1}})", errc::unknown_parameter, "/__proto__"},
                      refusal{R"({"x":1,"":1})", errc::unknown_parameter, "/"},
                      refusal{R"({"x":1,"a/b~c":1})", errc::unknown_parameter, "/a~1b~0c"},
                      refusal{R"({"x":1,"x\u0000":1})", errc::unknown_parameter, "/x\\x00"}});
    const answer got = call("{\"x\":1,\"\xC3\xA9\":1,\"e\xCC\x81\":1}");  // one letter, written in two ways
    REQUIRE(got.faults.size() == 2);
    CHECK(got.faults[0].code == errc::unknown_parameter);
    CHECK(got.faults[1].code == errc::unknown_parameter);
}

TEST_CASE("an answer repeats little of what came, and nothing that could disguise", "[fault-44]") {
    const std::string long_text(100'000, 'i');
    for (const std::string& arguments :
         {"{\"x\":\"" + long_text + "\"}", "{\"x\":1,\"" + long_text + "\":1}",
          "{\"x\":1,\"order\":\"" + long_text + "\"}", "{\"x\":1,\"s\":" + long_text + "}",
          "{\"x\":" + std::string(100'000, '1') + "}"}) {
        const answer got = call(arguments);
        CHECK(got.calls == 0);
        CHECK(got.faults.at(0).got.size() <= 220);
        std::size_t repeated = 0;
        for (const char c : got.text) repeated += c == 'i' || c == '1';
        CHECK(repeated < 500);
        CHECK(got.text.size() < 1000);
    }
    const answer got = call(R"({"x":"\u001b[2J\u202e\n- /x: fine","\u001b]0;\u0007\n":1})");
    CHECK(got.text.find('\x1B') == std::string::npos);
    CHECK(got.text.find("\xE2\x80\xAE") == std::string::npos);
    CHECK(got.text.find("\n- /x: fine") == std::string::npos);
    CHECK(got.faults.size() == 2);
}
