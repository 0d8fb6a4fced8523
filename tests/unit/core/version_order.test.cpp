// SPDX-License-Identifier: BSL-1.0
#include <haft/core/version_order.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <string_view>

using haft::compare_versions;
using haft::version_in;

TEST_CASE("versions have the order of Semantic Versioning", "[NX-12.1]") {
    constexpr std::array<std::string_view, 12> rising{
        "0.9",        "1.0.0-alpha",  "1.0.0-alpha.1", "1.0.0-alpha.beta",
        "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",
        "1.0.0",      "1.2",          "1.10",          "99999999999999999999"};
    for (std::size_t i = 0; i < rising.size(); ++i)
        for (std::size_t k = 0; k < rising.size(); ++k) {
            INFO(rising[i] << " and " << rising[k]);
            const int order = compare_versions(rising[i], rising[k]);
            CHECK((i < k ? order < 0 : i > k ? order > 0 : order == 0));
        }
    STATIC_REQUIRE(compare_versions("1", "1.0.0") == 0);
    STATIC_REQUIRE(compare_versions("v1.2", "1.2.0+build.5") == 0);
    STATIC_REQUIRE(compare_versions("1.02", "1.2") == 0);
}

TEST_CASE("a range is what all of its conditions allow", "[NX-12.2]") {
    STATIC_REQUIRE(version_in("2.5", ">=2 <3"));
    STATIC_REQUIRE_FALSE(version_in("3", ">=2 <3"));
    STATIC_REQUIRE_FALSE(version_in("1.9", ">=2 <3"));
    STATIC_REQUIRE(version_in("3", ">2 <=3"));
    STATIC_REQUIRE_FALSE(version_in("2", ">2"));
    STATIC_REQUIRE(version_in("1.4.0", "1.4"));
    STATIC_REQUIRE(version_in("1.4", "=1.4"));
    STATIC_REQUIRE(version_in("1.4", "==1.4"));
    STATIC_REQUIRE_FALSE(version_in("2.0", "!=2"));
    STATIC_REQUIRE(version_in("2.1", "!=2"));
    STATIC_REQUIRE(version_in("7", ""));
    STATIC_REQUIRE(version_in("7", " "));
}
