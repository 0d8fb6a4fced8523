// SPDX-License-Identifier: BSL-1.0
// A call from text to text: what reaches the function, what comes back, and what does when it throws.
#include <haft/tool.hpp>

#include <boost/describe/enum.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <exception>
#include <limits>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tool_test {

std::atomic<int> calls = 0;

struct add_args {
    int a;
    int b = 10;
    static constexpr std::array haft_fields{haft::field{"a", "The first", haft::minimum(0)}};
};
int add(const add_args& args) {
    ++calls;
    return args.a + args.b;
}
int add_by_value(add_args args) {
    args.a += 1;
    return args.a + args.b;
}
int add_rvalue(add_args&& args) noexcept { return args.a + args.b; }
std::string hello() { return "hello \"you\""; }
void nothing(add_args) { ++calls; }
const std::string& by_reference() {
    static const std::string text = "kept";
    return text;
}

struct move_args {
    std::string text;
    std::vector<std::string> list;
};
std::size_t takes_over(move_args args) { return args.text.size() + args.list.size(); }

struct big {
    std::string a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9;
};
static_assert(sizeof(big) > 384);
big echo_big(const big& args) { return args; }

enum class way { there };
BOOST_DESCRIBE_ENUM(way, there)
way nameless() { return static_cast<way>(3); }
std::vector<double> not_a_number() { return {1, std::numeric_limits<double>::quiet_NaN()}; }

struct why {
    std::string what;
};
struct own_error : std::runtime_error {
    using std::runtime_error::runtime_error;
    int detail = 42;
};
int throws(const why& args) {
    if (args.what == "runtime_error") throw std::runtime_error("no such city");
    if (args.what == "own_error") throw own_error("mine");
    if (args.what == "int") throw 7;
    if (args.what == "bad_alloc") throw std::bad_alloc();
    if (args.what == "long") throw std::runtime_error(std::string(100'000, 'x'));
    if (args.what == "empty") throw std::runtime_error("");
    return 1;
}

}  // namespace tool_test

using namespace tool_test;

namespace {
std::string call(const haft::tool& t, std::string_view arguments) {
    const auto result = t.call(arguments);
    return result ? *result : result.error().text();
}
}  // namespace

TEST_CASE("a call reads the arguments, runs the function and writes its result", "[TD-01]") {
    constexpr haft::tool t = haft::make<&add>("Adds");
    CHECK(call(t, R"({"a":1,"b":2})") == "3");
    CHECK(call(t, R"({"a":1})") == "11");
    CHECK(call(t, R"({"a":1,"b":null})") == "11");
}

TEST_CASE("a struct may be taken by const reference, by value or by rvalue", "[TD-01]") {
    CHECK(call(haft::make<&add_by_value>(""), R"({"a":1,"b":2})") == "4");
    CHECK(call(haft::make<&add_rvalue>(""), R"({"a":1,"b":2})") == "3");
    CHECK(call(haft::make<&takes_over>(""),
               R"({"text":"long enough to lie on the heap, and to be taken over from there","list":["a","b"]})") ==
          "65");
}

TEST_CASE("a function may take nothing and give nothing", "[TD-01]") {
    CHECK(call(haft::make<&hello>(""), "{}") == R"("hello \"you\"")");
    CHECK(call(haft::make<&hello>(""), "null") == R"("hello \"you\"")");
    CHECK(call(haft::make<&hello>(""), R"({"x":1})").find("/x: no such parameter") != std::string::npos);
    CHECK(call(haft::make<&nothing>(""), R"({"a":1})") == "null");
    CHECK(call(haft::make<&by_reference>(""), "{}") == R"("kept")");
}

TEST_CASE("a function is not called with arguments that its schema does not allow") {
    constexpr haft::tool t = haft::make<&add>("Adds");
    const std::string good = R"({"a":1,"b":2})";
    calls = 0;
    for (const char* bad : {"",
                            " ",
                            "{",
                            "{}",
                            "[]",
                            "1",
                            "\"{}\"",
                            R"({"a":-1})",
                            R"({"a":"1"})",
                            R"({"a":1.5})",
                            R"({"a":null})",
                            R"({"a":1,"c":2})",
                            R"({"a":1,"a":1})",
                            R"({"a":1}{"a":1})",
                            R"({"a":1},)",
                            R"({"a":1,})",
                            R"({"a":2147483648})",
                            R"({"a":true})",
                            R"({a:1})",
                            R"({"a":1,"b":{"c":1}})"}) {
        CAPTURE(bad);
        CHECK(!t.call(bad));
    }
    for (std::size_t n = 0; n < good.size(); ++n) CHECK(!t.call(std::string_view(good).substr(0, n)));
    CHECK(calls == 0);
    CHECK(t.call(good));
    CHECK(calls == 1);
}

TEST_CASE("a refusal has its code, every fault and the count of them") {
    constexpr haft::tool t = haft::make<&add>("Adds");
    const auto result = t.call(R"({"a":-1,"b":"x","c":1})");
    REQUIRE(!result);
    CHECK(result.error().code == haft::errc::invalid_arguments);
    CHECK(result.error().faults.size() == 3);
    CHECK(result.error().more_faults == 0);
    CHECK(!result.error().cause);
    CHECK(result.error().text() ==
          "tool \"add\" was not called: 3 faults in its arguments\n"
          "- /a: expected integer from 0 to 2147483647, got number -1 [haft-E0205]\n"
          "- /b: expected integer from -2147483648 to 2147483647, got string \"x\" [haft-E0202]\n"
          "- /c: no such parameter; the parameters are a, b [haft-E0203]");
    CHECK(t.call("{}").error().message == "tool \"add\" was not called: 1 fault in its arguments");
}

TEST_CASE("faults beyond those described are counted in the refusal") {
    std::string arguments = R"({"a":1)";
    for (int i = 0; i < 40; ++i) arguments += ",\"x" + std::to_string(i) + "\":1";
    const auto result = haft::make<&add>("").call(arguments + "}");
    REQUIRE(!result);
    CHECK(result.error().message == "tool \"add\" was not called: 40 faults in its arguments");
    CHECK(result.error().more_faults == 8);
    CHECK(result.error().text().ends_with("\n- and 8 more"));
}

TEST_CASE("the caller's limits hold for the call") {
    constexpr haft::tool t = haft::make<&takes_over>("");
    haft::call_options options;
    options.limits.max_string_bytes = 3;
    CHECK(t.call(R"({"text":"abc","list":[]})", options));
    CHECK(!t.call(R"({"text":"abcd","list":[]})", options));
    CHECK(t.call(R"({"text":"abcd","list":[]})"));
}

TEST_CASE("an exception becomes an error with its text, and is kept", "[EX-04]") {
    const auto result = haft::make<&throws>("").call(R"({"what":"runtime_error"})");
    REQUIRE(!result);
    CHECK(result.error().code == haft::errc::tool_failed);
    CHECK(result.error().message == "no such city");
    CHECK(result.error().text() == "no such city [haft-E0210]");
    REQUIRE(result.error().cause);
    CHECK_THROWS_AS(std::rethrow_exception(result.error().cause), std::runtime_error);
}

TEST_CASE("the exception that is kept is the one that was thrown, in full", "[EX-04]") {
    const auto result = haft::make<&throws>("").call(R"({"what":"own_error"})");
    REQUIRE(!result);
    REQUIRE(result.error().cause);
    try {
        std::rethrow_exception(result.error().cause);
    } catch (const own_error& e) {
        CHECK(e.detail == 42);
        CHECK(std::string_view(e.what()) == "mine");
    } catch (...) { FAIL("another exception"); }
}

TEST_CASE("what is thrown and is no std::exception becomes an error too", "[EX-04]") {
    const auto result = haft::make<&throws>("").call(R"({"what":"int"})");
    REQUIRE(!result);
    CHECK(result.error().code == haft::errc::tool_failed);
    CHECK(result.error().message == "an exception that is no std::exception");
    REQUIRE(result.error().cause);
    CHECK_THROWS_AS(std::rethrow_exception(result.error().cause), int);
}

TEST_CASE("running out of memory becomes an error too", "[EX-04]") {
    const auto result = haft::make<&throws>("").call(R"({"what":"bad_alloc"})");
    REQUIRE(!result);
    CHECK(result.error().code == haft::errc::tool_failed);
    CHECK(result.error().message == "out of memory");
    REQUIRE(result.error().cause);
    CHECK_THROWS_AS(std::rethrow_exception(result.error().cause), std::bad_alloc);
}

TEST_CASE("an exception's text is cut at 4096 bytes, and may be empty") {
    CHECK(haft::make<&throws>("").call(R"({"what":"long"})").error().message == std::string(4096, 'x'));
    CHECK(haft::make<&throws>("").call(R"({"what":"empty"})").error().message.empty());
}

TEST_CASE("after an exception the tool is as good as before", "[EX-04]") {
    constexpr haft::tool t = haft::make<&throws>("");
    CHECK(!t.call(R"({"what":"int"})"));
    CHECK(call(t, R"({"what":"nothing"})") == "1");
}

TEST_CASE("a result that JSON can't hold is an error of its own") {
    const auto number = haft::make<&not_a_number>("").call("{}");
    REQUIRE(!number);
    CHECK(number.error().code == haft::errc::bad_result);
    CHECK(number.error().message ==
          "the result can't be given as JSON: it holds a number that is infinite or not a number");
    const auto name = haft::make<&nameless>("").call("{}");
    REQUIRE(!name);
    CHECK(name.error().code == haft::errc::bad_result);
    CHECK(name.error().message == "the result can't be given as JSON: it holds an enum value that has no name");
}

TEST_CASE("parameters and results too large for the stack's slot are on the heap") {
    std::string json = "{";
    for (const char letter : {'a', 'b'})
        for (char digit = '0'; digit <= '9'; ++digit)
            for (const std::string_view part :
                 {std::string_view("\""), std::string_view(&letter, 1), std::string_view(&digit, 1),
                  std::string_view("\":\" and more than a small string holds, "), std::string_view(&letter, 1),
                  std::string_view(&digit, 1), std::string_view("\",")})
                json += part;
    json.back() = '}';
    CHECK(call(haft::make<&echo_big>(""), json) == json);
    CHECK(!haft::make<&echo_big>("").call(json.substr(0, json.size() / 2)));
    CHECK(!haft::make<&echo_big>("").call("{}"));
}

TEST_CASE("a string result may be taken as the text that it is") {
    std::string out = "so far: ";
    haft::result_writer writer(out, haft::string_results::as_text);
    const haft::call_options options;
    haft::call_context context{"hello", options};
    haft::make<&hello>("").run("{}", context, writer);
    CHECK(!writer.failed());
    CHECK(writer.form() == haft::result_form::text);
    CHECK(out == "so far: hello \"you\"");
}

TEST_CASE("a result that is no string is JSON either way, and void is nothing") {
    const haft::call_options options;
    haft::call_context context{"t", options};
    std::string out;
    haft::result_writer writer(out, haft::string_results::as_text);
    haft::make<&add>("").run(R"({"a":1})", context, writer);
    CHECK(writer.form() == haft::result_form::json);
    CHECK(out == "11");
    std::string none;
    haft::result_writer nothing_writer(none);
    haft::make<&nothing>("").run(R"({"a":1})", context, nothing_writer);
    CHECK(nothing_writer.form() == haft::result_form::none);
    CHECK(none.empty());
}

TEST_CASE("a tool can be called from many threads at once") {
    constexpr haft::tool t = haft::make<&add_by_value>("");
    constexpr haft::tool bad = haft::make<&throws>("");
    std::atomic<int> right = 0;
    {
        std::vector<std::thread> threads;
        for (int n = 0; n < 8; ++n)
            threads.emplace_back([&, n] {
                for (int i = 0; i < 200; ++i) {
                    const auto result = t.call("{\"a\":" + std::to_string(i) + ",\"b\":" + std::to_string(n) + "}");
                    right += result && *result == std::to_string(i + n + 1);
                    right += !t.call("{\"a\":-1}");
                    right += bad.call(R"({"what":"int"})").error().code == haft::errc::tool_failed;
                }
            });
        for (std::thread& thread : threads) thread.join();
    }
    CHECK(right == 8 * 200 * 3);
}
