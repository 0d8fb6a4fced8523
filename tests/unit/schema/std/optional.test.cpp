// SPDX-License-Identifier: BSL-1.0
// What may be absent: std::optional and the owning pointers.
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/memory.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/tuple.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <unit/schema/through.hpp>

namespace optional_test {

struct inner {
    int a;
    std::string b = "x";
};
struct defaults {
    std::optional<int> some = 4;
    std::optional<inner> whole = inner{2, "y"};
    std::optional<std::string> none;
};
struct shared {
    std::shared_ptr<int> v;
};

}  // namespace optional_test

using namespace optional_test;
using namespace haft_test;

TEMPLATE_TEST_CASE("a member that may be absent is its value in the schema, and left out where there is none",
                   "[TD-05]", std::optional<int>, std::unique_ptr<int>, std::shared_ptr<int>) {
    const auto& t = haft::schema::type_of<one<TestType>>;
    STATIC_REQUIRE(schema_in<one<TestType>> ==
                   R"({"type":"object","properties":{"v":{"type":"integer"}},"additionalProperties":false})");
    STATIC_REQUIRE(schema_out<one<TestType>> == schema_in<one<TestType>>);
    CHECK(through(t, R"({"v":3})") == R"({"v":3})");
    CHECK(through(t, "{}") == "{}");
    CHECK(through(t, R"({"v":null})") == "{}");
    CHECK(through(t, R"({"v":"x"})") ==
          "/v: expected integer from -2147483648 to 2147483647, got string \"x\" [haft-E0202]");
}

TEMPLATE_TEST_CASE("elsewhere what may be absent is null", "[TD-05]", std::optional<int>, std::unique_ptr<int>,
                   std::shared_ptr<int>) {
    // (Not in a vector: with libc++ Boost.PFR does not count the members of a struct that has a vector of what can't be copied.)
    using pair = std::tuple<TestType, TestType>;
    STATIC_REQUIRE(member_schema<pair> ==
                   R"({"type":"array","prefixItems":[{"anyOf":[{"type":"integer"},{"type":"null"}]},)"
                   R"({"anyOf":[{"type":"integer"},{"type":"null"}]}],"minItems":2,"maxItems":2})");
    const auto& t = haft::schema::type_of<one<pair>>;
    CHECK(through(t, R"({"v":[1,null]})") == R"({"v":[1,null]})");
    CHECK(through(t, R"({"v":[1,true]})") ==
          "/v/1: expected integer from -2147483648 to 2147483647, got boolean true [haft-E0202]");
}

TEST_CASE("an optional struct has the struct's own defaults once it is given", "[TD-05][TD-18]") {
    STATIC_REQUIRE(
        schema_in<defaults> ==
        R"({"type":"object","properties":{"some":{"type":"integer","default":4},)"
        R"("whole":{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"string","default":"x"}},)"
        R"("required":["a"],"additionalProperties":false,"default":{"a":2,"b":"y"}},)"
        R"("none":{"type":"string"}},"additionalProperties":false})");
    const auto& t = haft::schema::type_of<defaults>;
    CHECK(through(t, "{}") == R"({"some":4,"whole":{"a":2,"b":"y"}})");
    CHECK(through(t, R"({"some":null,"whole":null,"none":null})") == R"({"some":4,"whole":{"a":2,"b":"y"}})");
    CHECK(through(t, R"({"whole":{"a":7},"none":"z"})") == R"({"some":4,"whole":{"a":7,"b":"x"},"none":"z"})");
    CHECK(through(t, R"({"whole":{}})") ==
          "/whole/a: required, but not given; expected integer from -2147483648 to 2147483647 [haft-E0204]");
}

TEST_CASE("an optional of an optional tells nothing from nothing within") {
    const auto& t = haft::schema::type_of<one<std::vector<std::optional<std::optional<int>>>>>;
    CHECK(through(t, R"({"v":[1,null]})") == R"({"v":[1,null]})");
    const auto got = read_one<std::optional<std::optional<int>>>("1");
    REQUIRE(got.value.v.has_value());
    CHECK(*got.value.v == 1);
}

TEST_CASE("a pointer to an array has no form, since nobody knows its length") {
    STATIC_REQUIRE(!haft::schema::has_form<std::unique_ptr<int[]>>);
    STATIC_REQUIRE(!haft::schema::has_form<std::shared_ptr<int[]>>);
    STATIC_REQUIRE(!haft::schema::has_form<int*>);
}

TEST_CASE("a pointer that held something is given something new") {
    shared object{std::make_shared<int>(5)};
    const std::shared_ptr<int> before = object.v;
    const haft::json::read_limits limits;
    haft::json::reader in(R"({"v":6})", limits);
    REQUIRE(in.read_arguments(haft::schema::type_of<shared>, &object));
    CHECK(*before == 5);
    CHECK(*object.v == 6);
}
