// SPDX-License-Identifier: BSL-1.0
// What is a JSON array: vectors, lists, sets, arrays, tuples, pairs.
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/array.hpp>
#include <haft/schema/std/deque.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/set.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/tuple.hpp>
#include <haft/schema/std/unordered.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <list>
#include <set>
#include <string>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <vector>

#include <unit/schema/through.hpp>

namespace sequence_test {

struct place {
    std::string town = "Oslo";
    int number = 1;
};
struct defaults {
    std::vector<bool> bits = {true, false};
    std::array<int, 2> pair = {3, 4};
    std::array<place, 2> places = {place{"Myrdal", 3}, place{}};
    std::tuple<int, std::string> both = {1, "a"};
    std::pair<place, std::tuple<place>> nested = {{"Voss", 2}, {{"Flam", 5}}};
};
struct with_array {
    std::array<place, 2> v;
};

}  // namespace sequence_test

using namespace sequence_test;
using namespace haft_test;

TEMPLATE_TEST_CASE("a list of any kind is an array", "[TD-05]", std::vector<int>, std::deque<int>, std::list<int>) {
    STATIC_REQUIRE(member_schema<TestType> == R"({"type":"array","items":{"type":"integer"}})");
    STATIC_REQUIRE(requires_v(schema_in<one<TestType>>));
    check_rows<TestType>(
        {{"[]"},
         {"[3,1,3]"},
         {"[1,\"x\"]", "/1: expected integer from -2147483648 to 2147483647, got string \"x\" [haft-E0202]"},
         {"{}", ": expected array of integer, got object {} [haft-E0202]"},
         {"null", ": expected array of integer, got null [haft-E0202]"}});
}

TEST_CASE("bits are booleans", "[TD-05]") {
    STATIC_REQUIRE(member_schema<std::vector<bool>> == R"({"type":"array","items":{"type":"boolean"}})");
    check_rows<std::vector<bool>>({{"[]"},
                                   {"[true,false,true]"},
                                   {"[true,1]", "/1: expected boolean, got number 1 [haft-E0202]"},
                                   {"true", ": expected array of boolean, got boolean true [haft-E0202]"}});
}

TEMPLATE_TEST_CASE("a set is an array of different items, written in their order", "[TD-05]", std::set<int>,
                   std::unordered_set<int>) {
    STATIC_REQUIRE(member_schema<TestType> == R"({"type":"array","items":{"type":"integer"},"uniqueItems":true})");
    check_rows<TestType>(
        {{"[]"},
         {"[3,1,2]", "[1,2,3]"},
         {"[1,2,1]", "/2: given twice; the items must all be different [haft-E0205]"},
         {"[1,1.0]", "/1: given twice; the items must all be different [haft-E0205]"},
         {"[0,\"x\"]", "/1: expected integer from -2147483648 to 2147483647, got string \"x\" [haft-E0202]"},
         {"[1,\"x\"]", "/1: expected integer from -2147483648 to 2147483647, got string \"x\" [haft-E0202]"},
         {"1", ": expected array of different integer, got number 1 [haft-E0202]"}});
    std::string many = "[10000";
    for (int i = 9999; i > 0; --i) many += "," + std::to_string(i);
    CHECK(read_one<TestType>(many + "]").value.v.size() == 10000);
    // what is no item is none that could stand there twice, be it described or counted
    const auto wrong = read_one<TestType>("[0" + repeat(",\"x\"", 15) + "]");
    CHECK(wrong.faults.size() == 10);
    CHECK(wrong.more == 5);
}

TEST_CASE("sets of other things than numbers", "[TD-05]") {
    check_rows<std::set<std::string>>(
        {{R"(["b","a"])", R"(["a","b"])"},
         {R"(["a","\u0061"])", "/1: given twice; the items must all be different [haft-E0205]"}});
    check_rows<std::unordered_set<std::string>>({{R"(["b","c","a"])", R"(["a","b","c"])"}});
    check_rows<std::set<std::vector<int>>>({{"[[2],[],[1,2]]", "[[],[1,2],[2]]"}});
    check_rows<std::set<std::optional<int>>>({{"[2,null]", "[null,2]"}});
}

TEST_CASE("what is in a list may be moved but not copied") {
    check_rows<std::list<std::vector<std::pair<int, std::set<std::string>>>>>({{R"([[[1,["a"]]],[]])"}});
}

TEST_CASE("an array has just its number of items", "[TD-05][fault-38]") {
    STATIC_REQUIRE(member_schema<std::array<int, 2>> ==
                   R"({"type":"array","items":{"type":"integer"},"minItems":2,"maxItems":2})");
    STATIC_REQUIRE(member_schema<std::array<int, 0>> ==
                   R"({"type":"array","items":{"type":"integer"},"minItems":0,"maxItems":0})");
    check_rows<std::array<int, 2>>(
        {{"[1,2]"},
         {"[]", ": expected array of 2 times integer with 2 items, got 0 items [haft-E0205]"},
         {"[1]", ": expected array of 2 times integer with 2 items, got 1 item [haft-E0205]"},
         {"[1,2,\"three\"]", ": expected array of 2 times integer with 2 items, got 3 items [haft-E0205]"},
         {"[1,true]", "/1: expected integer from -2147483648 to 2147483647, got boolean true [haft-E0202]"},
         {"7", ": expected array of 2 times integer, got number 7 [haft-E0202]"}});
    check_rows<std::array<int, 0>>(
        {{"[]"}, {"[1]", ": expected array of 0 times integer with 0 items, got 1 item [haft-E0205]"}});
    check_rows<std::array<std::array<std::string, 1>, 2>>({{R"([["a"],["b"]])"}});
    const auto got =
        read_one<std::array<int, 1000>>("[" + repeat("\"x\",", 999) + "\"x\"]");  // as of any array [fault-37]
    CHECK(got.faults.size() == 10);
    CHECK(got.more == 990);
}

TEST_CASE("a tuple has its types in their order", "[TD-05][fault-38]") {
    STATIC_REQUIRE(
        member_schema<std::tuple<int, std::string>> ==
        R"({"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"minItems":2,"maxItems":2})");
    STATIC_REQUIRE(member_schema<std::pair<int, std::string>> == member_schema<std::tuple<int, std::string>>);
    STATIC_REQUIRE(member_schema<std::tuple<>> == R"({"type":"array","minItems":0,"maxItems":0})");
    check_rows<std::tuple<int, std::string, bool>>(
        {{R"([1,"a",true])"},
         {R"([1,"a"])", ": expected array of integer, string, boolean with 3 items, got 2 items [haft-E0205]"},
         {R"([1,"a",true,null])",
          ": expected array of integer, string, boolean with 3 items, got 4 items [haft-E0205]"},
         {R"(["a","b",true])", "/0: expected integer from -2147483648 to 2147483647, got string \"a\" [haft-E0202]"},
         {R"([1,2,true])", "/1: expected string, got number 2 [haft-E0202]"},
         {"null", ": expected array of integer, string, boolean, got null [haft-E0202]"}});
    check_rows<std::tuple<>>({{"[]"}, {"[1]", ": expected array of nothing with 0 items, got 1 item [haft-E0205]"}});
    check_rows<std::pair<std::vector<int>, std::optional<int>>>({{"[[1],null]"}, {"[[],2]"}});
}

TEST_CASE("arrays and tuples have their defaults in the schema", "[TD-18]") {
    STATIC_REQUIRE(
        schema_in<defaults> ==
        R"({"type":"object","properties":{)"
        R"("bits":{"type":"array","items":{"type":"boolean"},"default":[true,false]},)"
        R"("pair":{"type":"array","items":{"type":"integer"},"minItems":2,"maxItems":2,"default":[3,4]},)"
        R"("places":{"type":"array","items":{"type":"object","properties":{"town":{"type":"string","default":"Oslo"},)"
        R"("number":{"type":"integer","default":1}},"additionalProperties":false},"minItems":2,"maxItems":2,)"
        R"("default":[{"town":"Myrdal","number":3},{"town":"Oslo","number":1}]},)"
        R"("both":{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"minItems":2,"maxItems":2,)"
        R"("default":[1,"a"]},)"
        R"("nested":{"type":"array","prefixItems":[{"type":"object","properties":{"town":{"type":"string",)"
        R"("default":"Oslo"},"number":{"type":"integer","default":1}},"additionalProperties":false},)"
        R"({"type":"array","prefixItems":[{"type":"object","properties":{"town":{"type":"string","default":"Oslo"},)"
        R"("number":{"type":"integer","default":1}},"additionalProperties":false}],"minItems":1,"maxItems":1}],)"
        R"("minItems":2,"maxItems":2,"default":[{"town":"Voss","number":2},[{"town":"Flam","number":5}]]}},)"
        R"("additionalProperties":false})");
    const auto& t = haft::schema::type_of<defaults>;
    CHECK(through(t, "{}") == R"({"bits":[true,false],"pair":[3,4],"places":[{"town":"Myrdal","number":3},)"
                              R"({"town":"Oslo","number":1}],"both":[1,"a"],"nested":[{"town":"Voss","number":2},)"
                              R"([{"town":"Flam","number":5}]]})");
}

TEST_CASE("a struct in an array or tuple that is given has its own defaults, not the array's", "[TD-04.1][TD-18]") {
    const auto& t = haft::schema::type_of<defaults>;
    CHECK(through(t, R"({"bits":[],"places":[{"number":7},{}],"nested":[{},[{}]]})") ==
          R"({"bits":[],"pair":[3,4],"places":[{"town":"Oslo","number":7},{"town":"Oslo","number":1}],)"
          R"("both":[1,"a"],"nested":[{"town":"Oslo","number":1},[{"town":"Oslo","number":1}]]})");
    CHECK(through(haft::schema::type_of<one<with_array>>, R"({"v":{"v":[{},{"town":"Voss"}]}})") ==
          R"({"v":{"v":[{"town":"Oslo","number":1},{"town":"Voss","number":1}]}})");
}

TEST_CASE("a set whose items all fall into one bucket is refused in time", "[fault-34]") {
    // libstdc++ and libc++ hash an integer to itself; these are equal modulo many of the table's sizes
    std::unordered_set<std::uint64_t> filled;
    for (std::uint64_t i = 0; i < 100'000; ++i) filled.insert(i);
    const std::uint64_t step = filled.bucket_count();
    std::string text = "[0";
    for (std::uint64_t i = 1; i < 100'000; ++i) text += "," + std::to_string(i * step);
    const auto begin = std::chrono::steady_clock::now();
    const auto got = read_one<std::unordered_set<std::uint64_t>>(text + "]");
    const auto took = std::chrono::steady_clock::now() - begin;
    CHECK(std::chrono::duration<double>(took).count() < 10);
    REQUIRE(!got.faults.empty());
    CHECK(got.faults[0].code == haft::errc::too_large);
    CHECK(got.faults[0].message == "too many of these items have one hash");
    CHECK(got.faults.size() == 1);
    CHECK(got.more == 0);
}
