// SPDX-License-Identifier: BSL-1.0
// The author's words: one vocabulary in four places, each word exported and enforced.
#include <haft/tool.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <unit/schema/through.hpp>

namespace words_test {

using map = std::map<std::string, int>;

#define HAFT_TEST_MEMBERS  \
    int n;                 \
    double x;              \
    std::string s;         \
    std::string mail;      \
    std::string cls;       \
    int k;                 \
    std::vector<int> list; \
    map m;                 \
    std::optional<int> o;

inline constexpr std::array words{
    haft::field{"n", "How many", haft::minimum(1), haft::maximum(14), haft::multiple_of(2)},
    haft::field{"x", "", haft::exclusive_minimum(0), haft::exclusive_maximum(1), haft::default_(0.5)},
    haft::field{"s", "", haft::min_length(2), haft::max_length(5), haft::pattern("^[a-z]+$"),
                haft::examples("ab", "abc")},
    haft::field{"mail", "", haft::format("email")},
    haft::field{"cls", "", haft::one_of("economy", "Premium Economy"), haft::as("Seat-Class")},
    haft::field{"k", "", haft::one_of(1, 2, 4), haft::default_(2)},
    haft::field{"list", "", haft::min_items(1), haft::max_items(3), haft::unique_items, haft::not_required},
    haft::field{"m", "", haft::min_properties(1), haft::max_properties(2), haft::not_required},
    haft::field{"o", "", haft::default_(nullptr), haft::maximum(9)}};

struct in_struct {
    HAFT_TEST_MEMBERS
    static constexpr std::array haft_fields = words;
};
struct beside_struct {
    HAFT_TEST_MEMBERS
};

std::string show(int n, double x, const std::string& s, const std::string& cls, int k, const std::vector<int>& list,
                 const map& m, std::optional<int> o) {
    return std::to_string(n) + " " + std::to_string(static_cast<int>(x * 100)) + " " + s + " " + cls + " " +
           std::to_string(k) + " " + std::to_string(list.size()) + " " + std::to_string(m.size()) + " " +
           (o ? std::to_string(*o) : "none");
}
std::string by_struct(const in_struct& g) { return show(g.n, g.x, g.s, g.cls, g.k, g.list, g.m, g.o); }
std::string by_fields_of(const beside_struct& g) { return show(g.n, g.x, g.s, g.cls, g.k, g.list, g.m, g.o); }
std::string by_names(int n, double x, std::string s, const std::string&, std::string cls, int k, std::vector<int> list,
                     const map& m, std::optional<int> o) {
    return show(n, x, s, cls, k, list, m, o);
}
using haft::arg;
std::string by_args(
    arg<"n", int, haft::doc("How many"), haft::minimum(1), haft::maximum(14), haft::multiple_of(2)> n,
    arg<"x", double, haft::exclusive_minimum(0), haft::exclusive_maximum(1), haft::default_(0.5)> x,
    arg<"s", std::string, haft::min_length(2), haft::max_length(5), haft::pattern("^[a-z]+$"),
        haft::examples("ab", "abc")>
        s,
    arg<"mail", std::string, haft::format("email")>,
    const arg<"cls", std::string, haft::one_of("economy", "Premium Economy"), haft::as("Seat-Class")>& cls,
    arg<"k", int, haft::one_of(1, 2, 4), haft::default_(2)> k,
    arg<"list", std::vector<int>, haft::min_items(1), haft::max_items(3), haft::unique_items, haft::not_required> list,
    arg<"m", map, haft::min_properties(1), haft::max_properties(2), haft::not_required> m,
    arg<"o", std::optional<int>, haft::default_(nullptr), haft::maximum(9)> o) {
    return show(n, x, *s, cls, k, list, m, *o);
}

struct numbers {
    float f = 0.1f;
    float g = 16777216;
    double step = 0.3;
    std::int8_t small = -4;
    unsigned long long large;
    std::optional<double> maybe;
    bool b;
    std::string text;
    static constexpr std::array haft_fields{
        haft::field{"f", "", haft::one_of(0.1, 0.2), haft::multiple_of(0.1), haft::maximum(0.2)},
        haft::field{"g", "", haft::maximum(16777216)},
        haft::field{"step", "", haft::multiple_of(0.1)},
        haft::field{"small", "", haft::exclusive_maximum(0), haft::multiple_of(4)},
        haft::field{"large", "", haft::minimum(10u), haft::maximum(18446744073709551615u), haft::not_required},
        haft::field{"maybe", "", haft::multiple_of(3), haft::examples(3, 4.5)},
        haft::field{"b", "", haft::default_(true), haft::examples(true, false)},
        haft::field{"text", "", haft::format("date"), haft::min_length(1), haft::default_("2026-11-21")}};
};
struct required_and_not {
    int given = 3;
    std::string empty = "";
    std::optional<int> must;
    std::vector<int> list = {};
    static constexpr std::array haft_fields{
        haft::field{"given", "", haft::required}, haft::field{"empty", "", haft::not_required},
        haft::field{"must", "", haft::required, haft::minimum(1)}, haft::field{"list", "", haft::required}};
};
struct nullable {
    std::optional<std::string> s;
    std::optional<std::vector<int>> list;
    std::variant<std::monostate, int> v;
    static constexpr std::array haft_fields{
        haft::field{"s", "Or none", haft::default_(nullptr), haft::min_length(1)},
        haft::field{"list", "", haft::default_(nullptr), haft::max_items(1), haft::unique_items},
        haft::field{"v", "", haft::default_(nullptr)}};
};
struct renamed {
    std::string content_type;
    int plain = 1;
    static constexpr std::array haft_fields{haft::field{"content_type", "", haft::as("Content-Type")},
                                            haft::field{"plain", "", haft::as("a \"quoted\"\\\n name")}};
};
struct holds_renamed {
    renamed inner = {"text/plain", 2};
};
struct described {
    haft::json_text any;
    static constexpr std::array haft_fields{haft::field{"any", "Anything", haft::examples(1, "a", true, nullptr)}};
};
template <class T>
struct with_default {
    T v = T(2);
    static constexpr std::array haft_fields{haft::field{"v", "", haft::unique_items}};
};
struct two_defaults {
    std::optional<int> v = 4;
    static constexpr std::array haft_fields{haft::field{"v", "", haft::default_(nullptr)}};
};
struct float_off_step {
    float v = 0.15f;
    static constexpr std::array haft_fields{haft::field{"v", "", haft::multiple_of(0.1)}};
};
struct lists {
    std::vector<std::vector<int>> v;
    static constexpr std::array haft_fields{haft::field{"v", "", haft::unique_items}};
};

}  // namespace words_test

template <>
inline constexpr std::array haft::fields_of<words_test::beside_struct> = words_test::words;

using namespace words_test;
using namespace haft_test;

namespace {

constexpr std::string_view all_words =
    R"({"type":"object","properties":{)"
    R"("n":{"type":"integer","minimum":1,"maximum":14,"multipleOf":2,"description":"How many"},)"
    R"("x":{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1,"default":0.5},)"
    R"("s":{"type":"string","minLength":2,"maxLength":5,"pattern":"^[a-z]+$","examples":["ab","abc"]},)"
    R"("mail":{"type":"string","format":"email"},)"
    R"("Seat-Class":{"type":"string","enum":["economy","Premium Economy"]},)"
    R"("k":{"type":"integer","enum":[1,2,4],"default":2},)"
    R"("list":{"type":"array","items":{"type":"integer"},"minItems":1,"maxItems":3,"uniqueItems":true},)"
    R"("m":{"type":"object","additionalProperties":{"type":"integer"},"minProperties":1,"maxProperties":2},)"
    R"("o":{"anyOf":[{"type":"integer","maximum":9},{"type":"null"}],"default":null}},)"
    R"("required":["n","s","mail","Seat-Class"],"additionalProperties":false})";

constexpr std::array tools{haft::make<&by_struct>(""), haft::make<&by_fields_of>(""), haft::make<&by_names, words>(""),
                           haft::make<&by_args>("")};

std::string call(const haft::tool& tool, const std::string& arguments) {
    const auto got = tool.call(arguments);
    if (got) return *got;
    std::string out;
    for (const haft::fault& f : got.error().faults) out += (out.empty() ? "" : "\n") + f.text();
    return out;
}

}  // namespace

TEST_CASE("every word is in the schema, wherever it was written", "[NX-01][NX-06][TD-17][TD-18]") {
    STATIC_REQUIRE(tools[0].input_schema == all_words);
    STATIC_REQUIRE(tools[1].input_schema == all_words);
    STATIC_REQUIRE(tools[2].input_schema == all_words);
    STATIC_REQUIRE(tools[3].input_schema == all_words);
}

TEST_CASE("every word is enforced, wherever it was written", "[NX-06][TD-13][TD-17][TD-18]") {
    const std::string needed = R"("n":2,"s":"abc","mail":"a@b.c","Seat-Class":"Premium Economy")";
    const std::string range = "expected integer from 1 to 14, a multiple of 2, got number ";
    const std::array<std::array<std::string, 2>, 27> cases{{
        {"", "\"2 50 abc Premium Economy 2 0 0 none\""},
        {R"("x":0.25,"k":4,"list":[1,2,3],"m":{"a":1},"o":9)", "\"2 25 abc Premium Economy 4 3 1 9\""},
        {R"("x":null,"k":null,"list":null,"m":null,"o":null)", "\"2 50 abc Premium Economy 2 0 0 none\""},
        {R"("n":0)", "/n: " + range + "0 [haft-E0205]"},
        {R"("n":15)", "/n: " + range + "15 [haft-E0205]"},
        {R"("n":3)", "/n: " + range + "3 [haft-E0205]"},
        {R"("x":0)", "/x: expected number above 0 and below 1, got number 0 [haft-E0205]"},
        {R"("x":1)", "/x: expected number above 0 and below 1, got number 1 [haft-E0205]"},
        {R"("x":1e-300)", "\"2 0 abc Premium Economy 2 0 0 none\""},
        {R"("s":"a")", "/s: expected string of 2 to 5 characters that matches ^[a-z]+$, got 1 character [haft-E0205]"},
        {R"("s":"abcdef")",
         "/s: expected string of 2 to 5 characters that matches ^[a-z]+$, got 6 characters [haft-E0205]"},
        {R"("s":"aB")",
         "/s: expected string of 2 to 5 characters that matches ^[a-z]+$, got string \"aB\" [haft-E0205]"},
        {R"("s":7)", "/s: expected string of 2 to 5 characters that matches ^[a-z]+$, got number 7 [haft-E0202]"},
        {R"("mail":"nobody")", "/mail: expected string in the format email, got string \"nobody\" [haft-E0205]"},
        {R"("Seat-Class":"premium economy")",
         "/Seat-Class: expected one of \"economy\",\"Premium Economy\", got string \"premium economy\"; did you mean "
         "\"Premium Economy\"? [haft-E0207]"},
        {R"("Seat-Class":1)",
         "/Seat-Class: expected one of \"economy\",\"Premium Economy\", got number 1 [haft-E0202]"},
        {R"("k":3)", "/k: expected one of 1,2,4, got number 3 [haft-E0205]"},
        {R"("k":4.0)", "\"2 50 abc Premium Economy 4 0 0 none\""},
        {R"("list":[])", "/list: expected array of integer with 1 to 3 items, all different, got 0 items [haft-E0205]"},
        {R"("list":[1,2,3,4])",
         "/list: expected array of integer with 1 to 3 items, all different, got 4 items [haft-E0205]"},
        {R"("list":[5,6,5.0])", "/list: the items must all be different; 0 and 2 are equal [haft-E0205]"},
        {R"("m":{})", "/m: expected object of integer with 1 to 2 members, got 0 members [haft-E0205]"},
        {R"("m":{"a":1,"b":2,"c":3})",
         "/m: expected object of integer with 1 to 2 members, got 3 members [haft-E0205]"},
        {R"("o":10)", "/o: expected integer from -2147483648 to 9, got number 10 [haft-E0205]"},
        {R"("o":"x")", "/o: expected integer from -2147483648 to 9, got string \"x\" [haft-E0202]"},
        {R"("cls":"economy")",
         "/cls: no such parameter. The parameters are n, x, s, mail, Seat-Class, k, list, m, o [haft-E0203]"},
        {R"("n":1)", "/n: " + range + "1 [haft-E0205]"},
    }};
    for (const haft::tool& tool : tools) {
        CAPTURE(tool.name);
        for (const auto& [given, expected] : cases) {
            CAPTURE(given);
            // What is given again stands for what is needed.
            std::string text = "{" + needed;
            for (const std::string_view key :
                 {"\"n\":2", "\"s\":\"abc\"", "\"mail\":\"a@b.c\"", "\"Seat-Class\":\"Premium Economy\""})
                if (given.starts_with(key.substr(0, key.find(':') + 1)))
                    text.replace(text.find(key), key.size(), given);
            if (text.find(given) == text.npos) text += "," + given;
            const std::string got = call(tool, text + "}");
            if (given.starts_with("\"cls\"")) CHECK(got.starts_with("/cls: no such parameter"));
            else CHECK(got == expected);
        }
        CHECK(call(tool, "{}") ==
              "/n: required, but not given; expected integer from 1 to 14, a multiple of 2: How many [haft-E0204]\n"
              "/s: required, but not given; expected string of 2 to 5 characters that matches ^[a-z]+$ [haft-E0204]\n"
              "/mail: required, but not given; expected string in the format email [haft-E0204]\n"
              "/Seat-Class: required, but not given; expected one of \"economy\",\"Premium Economy\" [haft-E0204]");
        CHECK(call(tool, "[1]") == "arguments: expected object, got array [1] [haft-E0202]");
    }
}

TEST_CASE("limits are for the number that JSON says, whatever float it becomes", "[NX-06]") {
    STATIC_REQUIRE(contains(schema_in<numbers>,
                            R"("f":{"type":"number","enum":[0.1,0.2],"maximum":0.2,"multipleOf":0.1,"default":0.1})"));
    STATIC_REQUIRE(
        contains(schema_in<numbers>,
                 R"("small":{"type":"integer","minimum":-128,"exclusiveMaximum":0,"multipleOf":4,"default":-4})"));
    STATIC_REQUIRE(
        contains(schema_in<numbers>, R"("large":{"type":"integer","minimum":10,"maximum":18446744073709551615})"));
    STATIC_REQUIRE(contains(schema_in<numbers>, R"("maybe":{"type":"number","multipleOf":3,"examples":[3,4.5]})"));
    STATIC_REQUIRE(contains(schema_in<numbers>, R"("b":{"type":"boolean","default":true,"examples":[true,false]})"));
    STATIC_REQUIRE(contains(schema_in<numbers>,
                            R"("text":{"type":"string","minLength":1,"format":"date","default":"2026-11-21"})"));
    const auto& t = haft::schema::type_of<numbers>;
    const auto accepts = [&](std::string_view member) {
        CAPTURE(member);
        return through(t, "{" + std::string(member) + "}").starts_with("{");
    };
    CHECK(accepts(R"("f":0.2)"));
    CHECK(!accepts(R"("f":0.3)"));
    CHECK(accepts(R"("step":1e15)"));
    CHECK(accepts(R"("step":0.7)"));
    CHECK(!accepts(R"("step":0.75)"));
    CHECK(accepts(R"("maybe":3)"));
    CHECK(accepts(R"("maybe":-6.0)"));
    CHECK(!accepts(R"("maybe":9007199254740993)"));  // it is one, but not the double that the tool would get
    CHECK(accepts(R"("maybe":0)"));
    CHECK(!accepts(R"("maybe":4)"));
    CHECK(!accepts(R"("maybe":1e17)"));
    CHECK(accepts(R"("maybe":3e17)"));
    CHECK(!accepts(R"("maybe":1000000000000000.5)"));
    CHECK(accepts(R"("small":-128)"));
    CHECK(!accepts(R"("small":0)"));
    CHECK(!accepts(R"("small":-6)"));
    CHECK(accepts(R"("large":18446744073709551615)"));
    CHECK(!accepts(R"("large":9)"));
    CHECK(!accepts(R"("text":"2026-02-30")"));
    CHECK(accepts(R"("b":false)"));
    CHECK(through(t, "{}") == R"({"f":0.1,"g":16777216,"step":0.3,"small":-4,"large":0,"b":true,"text":"2026-11-21"})");
}

TEST_CASE("required and not_required overrule what the initialiser says", "[TD-18]") {
    STATIC_REQUIRE(schema_in<required_and_not> ==
                   R"({"type":"object","properties":{"given":{"type":"integer"},"empty":{"type":"string"},)"
                   R"("must":{"type":"integer","minimum":1},"list":{"type":"array","items":{"type":"integer"}}},)"
                   R"("required":["given","must","list"],"additionalProperties":false})");
    const auto& t = haft::schema::type_of<required_and_not>;
    CHECK(through(t, R"({"given":1,"must":2,"list":[]})") == R"({"given":1,"empty":"","must":2,"list":[]})");
    CHECK(through(t, R"({"must":null,"list":[]})") ==
          "/must: expected integer from 1 to 2147483647, got null [haft-E0202]\n"
          "/given: required, but not given; expected integer from -2147483648 to 2147483647 [haft-E0204]");
}

TEST_CASE("null is a default, and in the schema, where the author says so", "[TD-18][fault-17]") {
    STATIC_REQUIRE(
        schema_in<nullable> ==
        R"({"type":"object","properties":{"s":{"anyOf":[{"type":"string","minLength":1},{"type":"null"}],)"
        R"("default":null,"description":"Or none"},)"
        R"("list":{"anyOf":[{"type":"array","items":{"type":"integer"},"maxItems":1,"uniqueItems":true},)"
        R"({"type":"null"}],"default":null},)"
        R"("v":{"anyOf":[{"type":"null"},{"type":"integer"}],"default":null}},"additionalProperties":false})");
    STATIC_REQUIRE(contains(schema_out<nullable>, R"("s":{"type":"string","description":"Or none"})"));
    const auto& t = haft::schema::type_of<nullable>;
    CHECK(through(t, "{}") == R"({"v":null})");
    CHECK(through(t, R"({"s":null,"list":null,"v":null})") == R"({"v":null})");
    CHECK(through(t, R"({"s":"","list":[1,2]})") ==
          "/s: expected string of at least 1 character, got 0 characters [haft-E0205]\n"
          "/list: expected array of integer with at most 1 item, all different, got 2 items [haft-E0205]");
}

TEST_CASE("a name that C++ can't have stands in schema, arguments, results and faults", "[TD-17][fault-42]") {
    STATIC_REQUIRE(schema_in<renamed> ==
                   R"({"type":"object","properties":{"Content-Type":{"type":"string"},)"
                   R"("a \"quoted\"\\\n name":{"type":"integer","default":1}},"required":["Content-Type"],)"
                   R"("additionalProperties":false})");
    STATIC_REQUIRE(
        contains(schema_in<holds_renamed>, R"("default":{"Content-Type":"text/plain","a \"quoted\"\\\n name":2}}})"));
    const auto& t = haft::schema::type_of<renamed>;
    const std::string_view text = R"({"Content-Type":"a","a \"quoted\"\\\n name":5})";
    CHECK(through(t, text) == text);
    CHECK(through(t, R"({"Content-Type":"a","a \u0022quoted\u0022\\\u000a name":5})") == text);
    CHECK(through(t, R"({"content_type":"a","a \"quoted\"\\\n name":true})") ==
          "/a \"quoted\"\\\\x0a name: expected integer from -2147483648 to 2147483647, got boolean true [haft-E0202]\n"
          "/content_type: no such parameter; did you mean \"Content-Type\"? The parameters are Content-Type, a "
          "\"quoted\"\\\n name [haft-E0203]\n"
          "/Content-Type: required, but not given; expected string [haft-E0204]");
}

TEST_CASE("a default that breaks the words is no default", "[NX-01][NX-06]") {
    using haft::schema::words_problem;
    constexpr auto problem = []<class T>(std::type_identity<T>) {
        return haft::schema::detail::structure<T>::built.problem;
    };
    STATIC_REQUIRE(problem(std::type_identity<with_default<std::vector<int>>>{}) ==
                   words_problem::default_outside_limits);
    STATIC_REQUIRE(problem(std::type_identity<with_default<std::vector<std::vector<int>>>>{}) ==
                   words_problem::default_outside_limits);
    STATIC_REQUIRE(problem(std::type_identity<float_off_step>{}) == words_problem::default_outside_limits);
    STATIC_REQUIRE(problem(std::type_identity<two_defaults>{}) == words_problem::two_defaults);
    STATIC_REQUIRE(problem(std::type_identity<nullable>{}) == words_problem::none);
}

TEST_CASE("words for what may be anything, and for lists of lists", "[TD-06][NX-06]") {
    STATIC_REQUIRE(schema_in<described> ==
                   R"({"type":"object","properties":{"any":{"examples":[1,"a",true,null],"description":"Anything"}},)"
                   R"("required":["any"],"additionalProperties":false})");
    const auto& t = haft::schema::type_of<lists>;
    CHECK(through(t, R"({"v":[[1],[2],[]]})") == R"({"v":[[1],[2],[]]})");
    CHECK(through(t, R"({"v":[[1],[2],[1.0]]})") ==
          "/v: the items must all be different; 0 and 2 are equal [haft-E0205]");
}
