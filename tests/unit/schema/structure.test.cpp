// SPDX-License-Identifier: BSL-1.0
// That the table of a struct says where its members are, and that reading one leaves the others alone.
#include <haft/json/reader.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/schema_text.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <unit/json/read.hpp>

namespace structure_test {

struct padded {
    std::uint8_t a;
    double b;
    bool c;
    std::string d;
    std::uint16_t e;
    std::optional<std::int64_t> f;
    std::int8_t g;
    std::vector<int> h;
    bool i;
};
struct inner {
    std::uint8_t x;
    std::uint32_t y;
    std::uint8_t z;
};
struct outer {
    std::uint8_t a;
    inner b;
    std::uint8_t c;
    inner d;
    bool e;
};
struct empty {};
struct with_empty {
    int a;
    empty b;
    int c;
};
struct sixty_four {
    int a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, c0, c1, c2, c3, c4, c5, c6, c7,
        c8, c9, d0, d1;
    int d2, d3, d4, d5, d6, d7, d8, d9, e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9,
        g0, g1, g2, g3;
};
struct place {
    std::string town = "Oslo";
    int number = 1;
};
struct journey {
    place from = {"Bergen", 7};
    place to;
    std::optional<place> via = place{"Voss", 2};
    std::vector<place> stops = {{"Myrdal", 3}};
};

}  // namespace structure_test

using namespace structure_test;
using haft_test::read;

TEST_CASE("the table knows each member's place, padding or not") {
    const auto& t = haft::schema::type_of<padded>;
    REQUIRE(t.count == 9);
    CHECK(t.size == sizeof(padded));
    CHECK(t.members[0].offset == offsetof(padded, a));
    CHECK(t.members[1].offset == offsetof(padded, b));
    CHECK(t.members[2].offset == offsetof(padded, c));
    CHECK(t.members[3].offset == offsetof(padded, d));
    CHECK(t.members[4].offset == offsetof(padded, e));
    CHECK(t.members[5].offset == offsetof(padded, f));
    CHECK(t.members[6].offset == offsetof(padded, g));
    CHECK(t.members[7].offset == offsetof(padded, h));
    CHECK(t.members[8].offset == offsetof(padded, i));
}

TEST_CASE("the table knows each member's key") {
    const auto& t = haft::schema::type_of<sixty_four>;
    REQUIRE(t.count == 64);
    CHECK(t.key(0) == "a0");
    CHECK(t.key(31) == "d1");
    CHECK(t.key(63) == "g3");
}

TEST_CASE("members are read each into its own place") {
    const auto got = read<padded>(R"({"i":true,"h":[1],"g":-2,"f":3,"e":4,"d":"five","c":true,"b":6.5,"a":7})");
    REQUIRE(got.text() == "");
    CHECK(got.value.a == 7);
    CHECK(got.value.b == 6.5);
    CHECK(got.value.c);
    CHECK(got.value.d == "five");
    CHECK(got.value.e == 4);
    CHECK(got.value.f == 3);
    CHECK(got.value.g == -2);
    CHECK(got.value.h == std::vector{1});
    CHECK(got.value.i);
}

TEST_CASE("structs in structs are read each into its own place") {
    const auto got = read<outer>(R"({"a":1,"b":{"x":2,"y":3,"z":4},"c":5,"d":{"z":8,"y":7,"x":6},"e":true})");
    REQUIRE(got.text() == "");
    CHECK(got.value.a == 1);
    CHECK(got.value.b.x == 2);
    CHECK(got.value.b.y == 3);
    CHECK(got.value.b.z == 4);
    CHECK(got.value.c == 5);
    CHECK(got.value.d.x == 6);
    CHECK(got.value.d.y == 7);
    CHECK(got.value.d.z == 8);
    CHECK(got.value.e);
}

TEST_CASE("an empty struct is a member like others") {
    const auto got = read<with_empty>(R"({"a":1,"b":{},"c":2})");
    REQUIRE(got.text() == "");
    CHECK(got.value.a == 1);
    CHECK(got.value.c == 2);
    CHECK(read<with_empty>(R"({"a":1,"c":2})").text() == "/b: required, but not given; expected object [haft-E0204]\n");
}

TEST_CASE("sixty-four members are as many as there may be, the last as good as the first") {
    std::string json = "{";
    const auto& t = haft::schema::type_of<sixty_four>;
    for (std::size_t i = 0; i < 64; ++i) json += "\"" + std::string(t.key(i)) + "\":" + std::to_string(i) + ",";
    json.back() = '}';
    const auto got = read<sixty_four>(json);
    REQUIRE(got.text() == "");
    CHECK(got.value.a0 == 0);
    CHECK(got.value.g3 == 63);
    CHECK(read<sixty_four>("{}").more == 32);
    json.back() = ',';
    CHECK(read<sixty_four>(json + "\"g3\":1}").text() == "/g3: given twice [haft-E0206]\n");
}

TEST_CASE("what is left out of a struct that is given has the struct's default, as its schema says", "[TD-04.1]") {
    const auto got = read<journey>(R"({"from":{"number":5},"to":{"town":"Flam"},"via":{},"stops":[{"town":"Finse"}]})");
    REQUIRE(got.text() == "");
    CHECK(got.value.from.town == "Oslo");  // not Bergen: that is the default of a `from` that is not given at all
    CHECK(got.value.from.number == 5);
    CHECK(got.value.to.town == "Flam");
    CHECK(got.value.to.number == 1);
    REQUIRE(got.value.via);
    CHECK(got.value.via->town == "Oslo");
    REQUIRE(got.value.stops.size() == 1);
    CHECK(got.value.stops[0].town == "Finse");
    CHECK(got.value.stops[0].number == 1);
}

TEST_CASE("a struct that is not given has the default of its member", "[TD-04.1]") {
    const auto got = read<journey>(R"({"to":{}})");
    REQUIRE(got.text() == "");
    CHECK(got.value.from.town == "Bergen");
    CHECK(got.value.from.number == 7);
    CHECK(got.value.to.town == "Oslo");
    REQUIRE(got.value.via);
    CHECK(got.value.via->town == "Voss");
    CHECK(got.value.stops.at(0).town == "Myrdal");
}

namespace {

struct in_order {
    std::int8_t small;
    double large;
    std::string text;
    bool flag;
};
struct shifted {  // the second integer moves, the size does not
    double large;
    std::int8_t small;
    alignas(4) std::int8_t moved;
};

}  // namespace

TEST_CASE("where the members lie is compared with what was computed, for what the size does not show") {
    CHECK(haft::schema::form<in_order>::lies_as_computed());
    CHECK_FALSE(haft::schema::form<shifted>::lies_as_computed());
}
