// SPDX-License-Identifier: BSL-1.0
#include <haft/reflect/enumerators.hpp>

#include <boost/describe/enum.hpp>
#include <catch2/catch_test_macros.hpp>

namespace enumerators_test {

enum class colour { red = 5, green = -1, blue = 5 };
BOOST_DESCRIBE_ENUM(colour, red, green, blue)
enum unscoped { first, second };
BOOST_DESCRIBE_ENUM(unscoped, first, second)
enum class undescribed { a };

}  // namespace enumerators_test

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

TEST_CASE("only a described enum can be listed") {
    STATIC_REQUIRE(reflect::described_enum<colour>);
    STATIC_REQUIRE(!reflect::described_enum<undescribed>);
    STATIC_REQUIRE(!reflect::described_enum<int>);
}
