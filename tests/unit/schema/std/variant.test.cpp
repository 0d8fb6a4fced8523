// SPDX-License-Identifier: BSL-1.0
// std::variant: the first alternative that reads; and std::monostate.
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/map.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/variant.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <unit/schema/through.hpp>

namespace variant_test {

struct circle {
    double radius;
};
struct box {
    double width;
    double height = 1;
};
using shape = std::variant<circle, box>;
struct tree;
using child = std::variant<int, std::vector<tree>, tree>;
struct tree {
    std::vector<child> of;
};
struct first_int {
    std::variant<int, std::string> v = 5;
};
struct nothing_first {
    std::variant<std::monostate, int> v;
};
struct nothing_or_three {
    std::variant<std::monostate, int> v = 3;
};
struct by_number {
    int a = 0;
    std::variant<int, double> b;
};
struct by_text {
    std::string a;
    std::variant<int, double> b;
};
struct listed {
    std::vector<std::variant<std::monostate, int>> v = {std::monostate{}, 1};
};
struct limited {
    std::variant<int, std::string> v;
    std::optional<std::variant<std::string, bool>> w;
};
struct left;
struct right;
using either = std::variant<left, right>;
struct left {
    std::vector<either> to;
    int a;
};
struct right {
    std::vector<either> to;
    int b;
};

}  // namespace variant_test

using namespace variant_test;
using namespace haft_test;

TEST_CASE("a variant is any of its alternatives", "[TD-05]") {
    STATIC_REQUIRE(member_schema<std::variant<int, std::string>> ==
                   R"({"anyOf":[{"type":"integer"},{"type":"string"}]})");
    STATIC_REQUIRE(member_schema<std::variant<std::monostate, int>> ==
                   R"({"anyOf":[{"type":"null"},{"type":"integer"}]})");
    STATIC_REQUIRE(requires_v(schema_in<one<std::variant<int, std::string>>>));
    STATIC_REQUIRE(requires_v(schema_out<first_int>));
    check_rows<std::variant<int, std::string>>({{"1"}, {"\"1\""}, {"\"\""}});
    check_rows<std::variant<bool, std::vector<int>, std::map<std::string, int>>>({{"true"}, {"[1,2]"}, {"{\"a\":1}"}});
}

TEST_CASE("of several alternatives that read the first counts", "[TD-05][fault-36]") {
    CHECK(read_one<std::variant<int, double>>("1").value.v.index() == 0);
    CHECK(read_one<std::variant<int, double>>("1.0").value.v.index() == 0);
    CHECK(read_one<std::variant<double, int>>("1").value.v.index() == 0);
    CHECK(read_one<std::variant<int, double>>("1.5").value.v.index() == 1);
    CHECK(read_one<std::variant<int, double>>("3000000000").value.v.index() == 1);
    CHECK(read_one<std::variant<int, int>>("1").value.v.index() == 0);
    CHECK(read_one<std::variant<std::vector<int>, std::vector<double>>>("[1,2]").value.v.index() == 0);
    CHECK(read_one<std::variant<std::vector<int>, std::vector<double>>>("[1,2.5]").value.v.index() == 1);
    CHECK(read_one<shape>(R"({"radius":2})").value.v.index() == 0);
    CHECK(read_one<shape>(R"({"width":2})").value.v.index() == 1);
}

TEST_CASE("where no alternative reads all are listed", "[TD-05][fault-36]") {
    check_rows<std::variant<int, bool>>(
        {{"\"x\"", ": expected integer or boolean, got string \"x\" [haft-E0202]"},
         {"null", ": expected integer or boolean, got null [haft-E0202]"},
         // where only one comes into question its own fault is told
         {"1.5", ": expected integer from -2147483648 to 2147483647, got number 1.5 [haft-E0202]"}});
    check_rows<std::variant<signed char, unsigned char>>(
        {{"-1"},
         {"255"},
         {"256", ": expected integer or integer, got number 256, which is none of them [haft-E0221]"}});
    check_rows<shape>(
        {{R"({"width":1,"radius":1})",
          ": expected object or object, got object {\"width\":1,\"radius\":1}, which is none of them [haft-E0221]"}});
    // a fault elsewhere is still told, and counted once
    CHECK(through(haft::schema::type_of<one<std::vector<shape>>>, R"({"v":[{"radius":1},{},{"width":true}],"x":1})") ==
          "/v/1: expected object or object, got object {}, which is none of them [haft-E0221]\n"
          "/v/2: expected object or object, got object {\"width\":true}, which is none of them [haft-E0221]\n"
          "/x: no such parameter; the parameter is v [haft-E0203]");
}

TEST_CASE("null is an alternative where it is one, and absence where the variant is not required",
          "[TD-05][fault-17]") {
    const auto& first = haft::schema::type_of<first_int>;
    CHECK(through(first, "{}") == R"({"v":5})");
    CHECK(through(first, R"({"v":null})") == R"({"v":5})");
    STATIC_REQUIRE(
        schema_in<first_int> ==
        R"({"type":"object","properties":{"v":{"anyOf":[{"type":"integer"},{"type":"string"}],"default":5}},)"
        R"("additionalProperties":false})");
    const auto& nothing = haft::schema::type_of<nothing_first>;
    CHECK(through(nothing, R"({"v":null})") == R"({"v":null})");
    CHECK(through(nothing, R"({"v":2})") == R"({"v":2})");
    CHECK(through(haft::schema::type_of<nothing_or_three>, R"({"v":null})") == R"({"v":null})");
    STATIC_REQUIRE(contains(schema_in<listed>, R"("default":[null,1])"));
    check_rows<std::monostate>({{"null"}, {"0", ": expected null, got number 0 [haft-E0202]"}});
    STATIC_REQUIRE(member_schema<std::monostate> == R"({"type":"null"})");
}

TEST_CASE("a text that breaks within an alternative is broken for all", "[fault-24]") {
    for (const std::string_view cut :
         {R"({"v":[{"radius":1},{"radius":)", R"({"v":[{"width":1,"h)", R"({"v":[{"width":1 2}]})"}) {
        CAPTURE(cut);
        const auto got = read<one<std::vector<shape>>>(cut);
        CHECK(got.faults.size() == 1);
        CHECK(got.faults.at(0).code == haft::errc::not_json);
    }
}

TEST_CASE("in lenient mode what is meant exactly comes first", "[TD-14][fault-2]") {
    std::vector<haft::note> notes;
    const auto lenient = [&](const haft::json::type& t, std::string_view json) {
        notes.clear();
        return through(t, json, haft::lenient, &notes);
    };
    CHECK(lenient(haft::schema::type_of<one<std::variant<int, std::string>>>, R"({"v":"12"})") == R"({"v":"12"})");
    CHECK(notes.empty());
    CHECK(lenient(haft::schema::type_of<one<std::variant<int, bool>>>, R"({"v":"12"})") == R"({"v":12})");
    REQUIRE(notes.size() == 1);
    CHECK(notes[0].text() == "/v: the string \"12\" was read as integer");
    CHECK(lenient(haft::schema::type_of<one<std::variant<bool, double>>>, R"({"v":"1.5"})") == R"({"v":1.5})");
    CHECK(notes.size() == 1);
    CHECK(lenient(haft::schema::type_of<one<std::variant<std::vector<int>, std::vector<std::string>>>>,
                  R"({"v":["1","2"]})") == R"({"v":["1","2"]})");
    CHECK(notes.empty());
    // no alternative exactly: what the failed ones noted is forgotten
    CHECK(lenient(haft::schema::type_of<one<std::variant<std::vector<int>, std::vector<bool>>>>,
                  R"({"v":["1","true"]})") ==
          "/v: expected array of integer or array of boolean, got array [\"1\",\"true\"], which is none of them "
          "[haft-E0221]");
    CHECK(notes.empty());
    CHECK(lenient(haft::schema::type_of<one<shape>>, R"({"v":{"width":"2","colour":"red"}})") ==
          R"({"v":{"width":2,"height":1}})");
    REQUIRE(notes.size() == 2);
    CHECK(notes[0].text() == "/v/width: the string \"2\" was read as number");
    CHECK(notes[1].text() == "/v/colour: no such parameter; dropped");
}

TEST_CASE("a variant within a variant is read, and one that was nested to be slow is refused", "[TD-05][fault-36]") {
    CHECK(through(haft::schema::type_of<tree>, R"({"of":[1,[{"of":[]}],{"of":[2]}]})") ==
          R"({"of":[1,[{"of":[]}],{"of":[2]}]})");
    // Each level is tried twice, and its second half only shows at the end which one it is.
    std::string text = "{}";
    for (int i = 0; i < 30; ++i) text = R"({"to":[)" + text + R"(],"b":1})";
    const auto begin = std::chrono::steady_clock::now();
    const auto got = read<one<std::vector<either>>>("{\"v\":[" + text + "]}");
    const auto took = std::chrono::steady_clock::now() - begin;
    REQUIRE(got.faults.size() == 1);
    CHECK(got.faults[0].code == haft::errc::too_large);
    CHECK(got.faults[0].message == "too many alternatives would have to be tried to read this value");
    CHECK(std::chrono::duration<double>(took).count() < 20);  // 0.1 s without a sanitizer; 2^31 tries would be minutes
    // what is wrong with an alternative is not forgotten over a variant within it
    CHECK(through(haft::schema::type_of<one<std::variant<by_number, by_text>>>, R"({"v":{"a":"x","b":1.5}})") ==
          R"({"v":{"a":"x","b":1.5}})");
    // what is nested honestly is not
    std::string honest = R"({"to":[],"b":1})";
    for (int i = 0; i < 8; ++i) honest = R"({"to":[)" + honest + R"(],"b":1})";
    CHECK(read<one<std::vector<either>>>("{\"v\":[" + honest + "]}").text() == "");
}

TEST_CASE("an array of many alternatives is no hostile nesting") {
    std::string text = "{\"v\":[";
    for (int i = 0; i < 200'000; ++i) text += R"({"width":1},)";
    text.back() = ']';
    CHECK(read<one<std::vector<shape>>>(text + "}").accepted);
}

TEST_CASE("a variant that lost its value is not written") {
    struct throws {
        operator std::map<std::string, int>() const { throw 1; }
    };
    std::variant<int, std::map<std::string, int>> v = 1;
    try {
        v.emplace<1>(throws());
    } catch (int) {}
    REQUIRE(v.valueless_by_exception());
    CHECK(written(v) == "not written: a variant that lost its value");
}
