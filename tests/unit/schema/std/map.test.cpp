// SPDX-License-Identifier: BSL-1.0
// Objects with any keys.
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/chrono.hpp>
#include <haft/schema/std/map.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/unordered.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include <unit/schema/through.hpp>

namespace map_test {

enum class seat { window, aisle };
struct inner {
    int a;
    int b = 2;
};

}  // namespace map_test

using namespace map_test;
using namespace haft_test;
using haft::json::read_limits;

TEMPLATE_TEST_CASE("a map is an object, written in the order of its keys", "[TD-05]", (std::map<std::string, int>),
                   (std::unordered_map<std::string, int>)) {
    STATIC_REQUIRE(member_schema<TestType> == R"({"type":"object","additionalProperties":{"type":"integer"}})");
    STATIC_REQUIRE(requires_v(schema_in<one<TestType>>));
    check_rows<TestType>(
        {{"{}"},
         {R"({"b":1,"":2,"a":3})", R"({"":2,"a":3,"b":1})"},
         {R"({"__proto__":1,"a/b~c":2})", R"({"__proto__":1,"a/b~c":2})"},
         {R"({"a":1,"b":"x"})", "/b: expected integer from -2147483648 to 2147483647, got string \"x\" [haft-E0202]"},
         {R"({"a/b~c":null})", "/a~1b~0c: expected integer from -2147483648 to 2147483647, got null [haft-E0202]"},
         {R"({"a":1,"a":2})", "/a: given twice [haft-E0206]"},
         {R"({"a":1,"\u0061":2})", "/a: given twice [haft-E0206]"},
         {"[]", ": expected object of integer, got array [] [haft-E0202]"}});
    // equal to the eye only
    CHECK(read_one<TestType>("{\"\xC3\xA9\":1,\"e\xCC\x81\":2}").value.v.size() == 2);
}

TEST_CASE("integers are keys in one spelling each", "[TD-05][fault-39]") {
    STATIC_REQUIRE(member_schema<std::map<int, bool>> ==
                   R"({"type":"object","additionalProperties":{"type":"boolean"},)"
                   R"("propertyNames":{"type":"string","pattern":"^(0|-?[1-9][0-9]*)$"}})");
    STATIC_REQUIRE(member_schema<std::unordered_map<std::uint8_t, bool>> ==
                   R"({"type":"object","additionalProperties":{"type":"boolean"},)"
                   R"("propertyNames":{"type":"string","pattern":"^(0|[1-9][0-9]*)$"}})");
    check_rows<std::map<int, bool>>(
        {{R"({"-1":true,"0":true,"10":true})"}, {R"({"7":true,"7":true})", "/7: given twice [haft-E0206]"}});
    check_rows<std::unordered_map<std::int8_t, bool>>({{R"({"5":true,"-128":false})", R"({"-128":false,"5":true})"}});
    for (const std::string_view bad : {"01", "+1", "-0", "1.0", "1e1", "", " 1", "1 ", "x", "2147483648", "-"}) {
        CAPTURE(bad);
        const std::string key = "\"" + std::string(bad) + "\"";
        const std::string place = "/v/" + std::string(bad);
        CHECK(through(haft::schema::type_of<one<std::map<int, bool>>>, "{\"v\":{\"1\":true," + key + ":true}}") ==
              place + ": expected as a key integer from -2147483648 to 2147483647 without leading zeros, got " + key +
                  " [haft-E0220]");
    }
    CHECK(read_one<std::map<std::uint64_t, int>>(R"({"18446744073709551615":1})").value.v.begin()->first == ~0ull);
}

TEST_CASE("enums and texts with a grammar are keys", "[TD-05][fault-39]") {
    STATIC_REQUIRE(member_schema<std::map<seat, int>> ==
                   R"({"type":"object","additionalProperties":{"type":"integer"},)"
                   R"("propertyNames":{"type":"string","enum":["window","aisle"]}})");
    STATIC_REQUIRE(member_schema<std::map<std::chrono::year_month_day, int>> ==
                   R"({"type":"object","additionalProperties":{"type":"integer"},)"
                   R"("propertyNames":{"type":"string","format":"date"}})");
    check_rows<std::map<seat, int>>({{R"({"window":1,"aisle":2})"},
                                     {R"({"isle":1})",
                                      "/isle: expected as a key one of \"window\", \"aisle\", got \"isle\"; did you "
                                      "mean \"aisle\"? [haft-E0220]"}});
    check_rows<std::map<std::chrono::year_month_day, int>>(
        {{R"({"2026-11-21":1,"2024-02-29":2})", R"({"2024-02-29":2,"2026-11-21":1})"},
         {R"({"2025-02-29":1})",
          "/2025-02-29: expected as a key date such as 2026-11-21, got \"2025-02-29\": the month does not have that "
          "day at byte 8 "
          "[haft-E0220]"}});
    check_rows<std::map<std::chrono::minutes, int>>(
        {{R"({"PT60M":1})", R"({"PT1H":1})"}, {R"({"PT60M":1,"PT1H":2})", "/PT1H: given twice [haft-E0206]"}});
    check_rows<std::map<char, int>>(
        {{R"({"a":1,"b":2})"},
         {R"({"ab":1})", "/ab: expected as a key one ASCII character, got \"ab\": 2 characters [haft-E0220]"}});
}

TEST_CASE("maps of structs, of maps, of lists", "[TD-05]") {
    STATIC_REQUIRE(member_schema<std::map<std::string, inner>> ==
                   R"({"type":"object","additionalProperties":{"type":"object","properties":{"a":{"type":"integer"},)"
                   R"("b":{"type":"integer","default":2}},"required":["a"],"additionalProperties":false}})");
    check_rows<std::map<std::string, inner>>(
        {{R"({"x":{"a":1},"y":{"a":2,"b":3}})", R"({"x":{"a":1,"b":2},"y":{"a":2,"b":3}})"},
         {R"({"x":{}})",
          "/x/a: required, but not given; expected integer from -2147483648 to 2147483647 [haft-E0204]"}});
    check_rows<std::map<std::string, std::map<int, std::vector<std::string>>>>(
        {{R"({"a":{"1":["x"],"2":[]},"b":{}})"},
         {R"({"a":{"1":["x",1]}})", "/a/1/1: expected string, got number 1 [haft-E0202]"}});
}

TEST_CASE("the faults of one map are limited, as its members are", "[fault-33]") {
    std::string text = "{";
    for (int i = 0; i < 100; ++i) text += "\"k" + std::to_string(i) + "\":true,";
    text.back() = '}';
    const auto got = read_one<std::map<std::string, int>>(text);
    CHECK(got.faults.size() == 10);
    CHECK(got.more == 90);
    const read_limits limits{.max_items = 99};
    CHECK(read_one<std::map<std::string, bool>>(text, limits).text() ==
          "/v: an object of 100 members; at most 99 are read [haft-E0208]\n");
    CHECK(read_one<std::map<std::string, bool>>(text, limits).value.v.size() == 99);
}

TEST_CASE("a map whose keys all fall into one bucket is refused in time", "[fault-34]") {
    std::unordered_map<std::int64_t, int> filled;
    for (std::int64_t i = 0; i < 100'000; ++i) filled[i] = 0;
    const auto step = static_cast<std::int64_t>(filled.bucket_count());
    std::string text = "{\"0\":0";
    for (std::int64_t i = 1; i < 100'000; ++i) text += ",\"" + std::to_string(i * step) + "\":0";
    const auto begin = std::chrono::steady_clock::now();
    const auto got = read_one<std::unordered_map<std::int64_t, int>>(text + "}");
    const auto took = std::chrono::steady_clock::now() - begin;
    CHECK(std::chrono::duration<double>(took).count() < 10);
    REQUIRE(!got.faults.empty());
    CHECK(got.faults[0].code == haft::errc::too_large);
    CHECK(got.faults[0].message == "too many of these keys have one hash");
    CHECK(got.faults.size() == 1);
    CHECK(got.more == 0);
    // keys that only look alike are none of that
    std::string harmless = "{\"0\":0";
    for (std::int64_t i = 1; i < 100'000; ++i) harmless += ",\"" + std::to_string(i * 1024) + "\":0";
    CHECK(read_one<std::unordered_map<std::int64_t, int>>(harmless + "}").value.v.size() == 100'000);
}
