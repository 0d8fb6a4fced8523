// SPDX-License-Identifier: BSL-1.0
#include <haft/reflect/enumerators.hpp>

#include <boost/describe/enum.hpp>
#include <catch2/catch_test_macros.hpp>

namespace enumerators_test {

enum class colour { red = 5, green = -1, blue = 5 };
BOOST_DESCRIBE_ENUM(colour, red, green, blue)
enum unscoped { first, second };
BOOST_DESCRIBE_ENUM(unscoped, first, second)
enum class undescribed { none = -1, zero, last = 127 };
enum class tiny : bool { off, on };
enum class too_high { a = 128 };
enum class too_low { a = -2 };
enum loose { loose_one };
enum class nothing {};
enum class cabin { economy, premium };
enum named_loose { three };
namespace {
enum class hidden { x, y };
}

}  // namespace enumerators_test

template <>
inline constexpr std::array haft::enum_names<enumerators_test::cabin>{
    haft::named{enumerators_test::cabin::premium, "Premium Economy"}};
template <>
inline constexpr std::array haft::enum_names<enumerators_test::named_loose>{
    haft::named{enumerators_test::named_loose::three, "3d"}};

using namespace enumerators_test;
namespace reflect = haft::reflect;

TEST_CASE("enumerators come in the order of their description, with their values") {
    STATIC_REQUIRE(reflect::enumerators<colour>.size() == 3);
    STATIC_REQUIRE(reflect::enumerators<colour>[0].first == "red");
    STATIC_REQUIRE(reflect::enumerators<colour>[1].first == "green");
    STATIC_REQUIRE(reflect::enumerators<colour>[1].second == colour::green);
    STATIC_REQUIRE(reflect::enumerators<colour>[2].first == "blue");
    STATIC_REQUIRE(reflect::enumerators<unscoped>[1].first == "second");
}

TEST_CASE("the names of an enum of a fixed type are found in a window of values") {
    STATIC_REQUIRE(reflect::enumerators<undescribed>.size() == 3);
    STATIC_REQUIRE(reflect::enumerators<undescribed>[0].first == "none");
    STATIC_REQUIRE(reflect::enumerators<undescribed>[0].second == undescribed::none);
    STATIC_REQUIRE(reflect::enumerators<undescribed>[2].first == "last");
    STATIC_REQUIRE(reflect::enumerators<tiny>.size() == 2);
    STATIC_REQUIRE(reflect::enumerators<hidden>[1].first == "y");
}

#if HAFT_HAS_REFLECTION()
TEST_CASE("every enum is listed that has enumerators") {
    STATIC_REQUIRE(reflect::enumerators<too_high>[0].first == "a");
    STATIC_REQUIRE(reflect::enumerators<too_low>[0].second == too_low::a);
    STATIC_REQUIRE(reflect::enumerators<loose>[0].first == "loose_one");
    STATIC_REQUIRE(reflect::problem_of_enum<nothing> == reflect::enum_problem::no_enumerators);
    STATIC_REQUIRE(reflect::named_enum<undescribed>);
    STATIC_REQUIRE(!reflect::named_enum<int>);
}
#else
TEST_CASE("an enum that the window may cut off, or that has no fixed type, is not listed") {
    STATIC_REQUIRE(reflect::problem_of_enum<too_high> == reflect::enum_problem::beyond_window);
    STATIC_REQUIRE(reflect::problem_of_enum<too_low> == reflect::enum_problem::beyond_window);
    STATIC_REQUIRE(reflect::problem_of_enum<loose> == reflect::enum_problem::not_scannable);
    STATIC_REQUIRE(reflect::problem_of_enum<nothing> == reflect::enum_problem::no_enumerators);
    STATIC_REQUIRE(reflect::named_enum<undescribed>);
    STATIC_REQUIRE(!reflect::named_enum<too_high>);
    STATIC_REQUIRE(!reflect::named_enum<int>);
}
#endif

TEST_CASE("names beside an enum replace its own", "[TD-17]") {
    STATIC_REQUIRE(reflect::enumerators<cabin>.size() == 2);
    STATIC_REQUIRE(reflect::enumerators<cabin>[0].first == "economy");
    STATIC_REQUIRE(reflect::enumerators<cabin>[1].first == "Premium Economy");
    STATIC_REQUIRE(reflect::enumerators<named_loose>[0].first == "3d");
}
