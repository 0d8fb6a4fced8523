// SPDX-License-Identifier: BSL-1.0
// Structs that C++20 can't make at compile time, since they hold a map, a path, a pointer …: what is still known of their
// members' defaults, and that all of these are applied.
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/array.hpp>
#include <haft/schema/std/deque.hpp>
#include <haft/schema/std/filesystem.hpp>
#include <haft/schema/std/map.hpp>
#include <haft/schema/std/memory.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/set.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/tuple.hpp>
#include <haft/schema/std/unordered.hpp>
#include <haft/schema/std/variant.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include <unit/schema/through.hpp>

namespace opaque_test {

using map = std::map<std::string, int>;

struct inner {
    int a = 1;
    std::string b = "x";
};
struct bare {
    int a;
};
struct initialised {
    map labels = {{"a", 1}};
    int count = 3;
    std::string name = "seen at run time only";
    std::optional<int> perhaps = 4;
    inner within = {5, "y"};
    std::array<inner, 1> rows = {inner{6, "z"}};
};
struct one_without {
    map labels;
    int count = 3;
    bool flag;
};
struct nested_without {
    map labels;
    int count = 3;
    bare within;
};
struct marked {
    std::filesystem::path where = "here";
    std::vector<int> list = {1, 2};
    std::string text = "kept";
    int count;
    static constexpr std::array haft_fields{haft::field{"where", "", haft::default_("there")},
                                            haft::field{"list", "", haft::not_required, haft::max_items(2)},
                                            haft::field{"text", "", haft::not_required},
                                            haft::field{"count", "", haft::default_(7), haft::minimum(1)}};
};
struct holds_opaque {
    std::string name = "n";
    initialised within;
    int count = 2;
};
struct computed {  // no constant, but not for what its members are
    int v = [] {
        int n = 0;
        return ++*new int(n);
    }();
};

/// As the pointers of a standard library that is ahead of C++20.
struct lately {
    using weak_type = int;
};

template <class T>
struct with {
    T held;
    int count = 1;
};

}  // namespace opaque_test

using namespace opaque_test;
using namespace haft_test;
namespace reflect = haft::reflect;

TEST_CASE("a struct is opaque for what it holds") {
    STATIC_REQUIRE(reflect::opaque_struct<with<map>>);
    STATIC_REQUIRE(reflect::opaque_struct<with<std::filesystem::path>>);
    STATIC_REQUIRE(reflect::opaque_struct<with<std::set<int>>>);
    STATIC_REQUIRE(reflect::opaque_struct<with<std::unordered_set<int>>>);
    STATIC_REQUIRE(reflect::opaque_struct<with<std::deque<int>>>);
    STATIC_REQUIRE(reflect::opaque_struct<with<std::shared_ptr<int>>>);
    STATIC_REQUIRE(reflect::opaque_struct<with<std::unique_ptr<int>>>);  // whatever a later standard can make
    STATIC_REQUIRE(reflect::opaque_struct<with<lately>>);
    STATIC_REQUIRE(reflect::opaque_struct<with<with<map>>>);
    STATIC_REQUIRE(!reflect::opaque_struct<with<std::vector<map>>>);  // an empty vector is no trouble
    // some standard libraries could make these, but not all
    STATIC_REQUIRE(reflect::opaque_struct<with<std::optional<map>>>);
    STATIC_REQUIRE(reflect::opaque_struct<with<std::variant<int, map>>>);
    STATIC_REQUIRE(reflect::opaque_struct<with<std::array<std::optional<map>, 2>>>);
    STATIC_REQUIRE(reflect::opaque_struct<with<std::pair<int, std::optional<std::filesystem::path>>>>);
    STATIC_REQUIRE(reflect::opaque_struct<with<with<std::optional<map>>>>);
    STATIC_REQUIRE(!reflect::opaque_struct<with<std::optional<inner>>>);
    STATIC_REQUIRE(!reflect::opaque_struct<with<std::variant<int, std::string>>>);
    STATIC_REQUIRE(!reflect::opaque_struct<with<std::vector<std::optional<map>>>>);
    STATIC_REQUIRE(!reflect::opaque_struct<with<std::string>>);
    STATIC_REQUIRE(!reflect::opaque_struct<inner>);
    STATIC_REQUIRE(!reflect::opaque_struct<computed>);
    STATIC_REQUIRE(!reflect::constant_defaults<computed>);
}

TEST_CASE("every scalar has an initialiser, or none counts as having one") {
    STATIC_REQUIRE(reflect::all_scalars_initialized<initialised>);
    STATIC_REQUIRE(reflect::all_scalars_initialized<with<map>>);
    STATIC_REQUIRE(!reflect::all_scalars_initialized<one_without>);
    STATIC_REQUIRE(!reflect::all_scalars_initialized<nested_without>);
    STATIC_REQUIRE(reflect::member_has_default<initialised, 1>());
    STATIC_REQUIRE(!reflect::member_has_default<one_without, 1>());
    STATIC_REQUIRE(!reflect::member_has_default<one_without, 2>());
    STATIC_REQUIRE(!reflect::member_has_default<nested_without, 1>());
    STATIC_REQUIRE(!reflect::member_has_default<initialised, 0>());  // what can't be seen counts as not there
    STATIC_REQUIRE(!reflect::member_has_default<initialised, 2>());
}

TEST_CASE("of an opaque struct what is not required is known, but no default stands in its schema", "[TD-05]") {
    STATIC_REQUIRE(contains(schema_in<initialised>, R"("count":{"type":"integer"},)"));
    STATIC_REQUIRE(contains(schema_in<initialised>, R"(,"required":["labels","name","within","rows"],)"));
    STATIC_REQUIRE(contains(schema_in<one_without>, R"(,"required":["labels","count","flag"],)"));
    STATIC_REQUIRE(contains(schema_in<nested_without>, R"(,"required":["labels","count","within"],)"));
    // what holds an opaque struct is one itself, but not what the struct holds
    STATIC_REQUIRE(contains(schema_in<holds_opaque>, R"(,"required":["name","within"],"additionalProperties":false})"));
    STATIC_REQUIRE(contains(schema_in<initialised>, R"("within":{"type":"object","properties":{"a":{"type":"integer",)"
                                                    R"("default":1},"b":{"type":"string","default":"x"}})"));
}

TEST_CASE("the initialisers of an opaque struct are applied", "[TD-18]") {
    CHECK(through(haft::schema::type_of<initialised>, R"({"labels":{},"name":"","within":{},"rows":[{}]})") ==
          // not 5 and y, or 6 and z: those are for a `within` or `rows` that is not given
          R"({"labels":{},"count":3,"name":"","perhaps":4,"within":{"a":1,"b":"x"},"rows":[{"a":1,"b":"x"}]})");
    CHECK(through(haft::schema::type_of<initialised>, "{}") ==
          "/labels: required, but not given; expected object of integer [haft-E0204]\n"
          "/name: required, but not given; expected string [haft-E0204]\n"
          "/within: required, but not given; expected object [haft-E0204]\n"
          "/rows: required, but not given; expected array of 1 times object [haft-E0204]");
}

TEST_CASE("words give an opaque struct the defaults that can't be seen", "[TD-18][NX-06]") {
    STATIC_REQUIRE(schema_in<marked> ==
                   R"({"type":"object","properties":{"where":{"type":"string","default":"there"},)"
                   R"("list":{"type":"array","items":{"type":"integer"},"maxItems":2},"text":{"type":"string"},)"
                   R"("count":{"type":"integer","minimum":1,"default":7}},"additionalProperties":false})");
    const auto& t = haft::schema::type_of<marked>;
    CHECK(through(t, "{}") == R"({"where":"there","list":[1,2],"text":"kept","count":7})");
    CHECK(through(t, "null") == R"({"where":"there","list":[1,2],"text":"kept","count":7})");
    CHECK(through(t, R"({"where":null,"list":null,"text":null,"count":null})") ==
          R"({"where":"there","list":[1,2],"text":"kept","count":7})");
    CHECK(through(t, R"({"where":"a","list":[],"text":"","count":1})") ==
          R"({"where":"a","list":[],"text":"","count":1})");
    CHECK(through(t, R"({"list":[1,2,3],"count":0})") ==
          "/list: expected array of integer with at most 2 items, got 3 items [haft-E0205]\n"
          "/count: expected integer from 1 to 2147483647, got number 0 [haft-E0205]");
}
