// SPDX-License-Identifier: BSL-1.0
#include <haft/core/glob.hpp>

#include <catch2/catch_test_macros.hpp>

#include <fstream>
#include <string>
#include <string_view>

using haft::glob_matches;

TEST_CASE("globs have fnmatchcase's grammar", "[RG-07.2]") {
    STATIC_REQUIRE(glob_matches("discord.*", "discord.ban"));
    STATIC_REQUIRE_FALSE(glob_matches("discord.*", "discord"));
    STATIC_REQUIRE(glob_matches("*", ""));
    STATIC_REQUIRE(glob_matches("", ""));
    STATIC_REQUIRE_FALSE(glob_matches("", "a"));
    STATIC_REQUIRE(glob_matches("[a-c]?[!x]", "bxy"));
    STATIC_REQUIRE_FALSE(glob_matches("[a-c]?[!x]", "bxx"));
    STATIC_REQUIRE(glob_matches("[]]", "]"));
    STATIC_REQUIRE(glob_matches("[a", "[a"));
    STATIC_REQUIRE_FALSE(glob_matches("Read", "read"));
    STATIC_REQUIRE(glob_matches("?", "\xC3\xA9"));
    STATIC_REQUIRE_FALSE(glob_matches("?", ""));
    STATIC_REQUIRE(haft::is_glob("a*"));
    STATIC_REQUIRE_FALSE(haft::is_glob("a.b"));
}

TEST_CASE("globs match what Python's fnmatchcase matches", "[RG-07.2]") {
    std::ifstream file("tests/unit/core/data/fnmatch.tsv");  // made by Python: expected, pattern, text
    REQUIRE(file);
    std::size_t cases = 0;
    for (std::string line; std::getline(file, line); ++cases) {
        const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
        const std::string pattern = line.substr(first + 1, second - first - 1);
        const std::string text = line.substr(second + 1);
        INFO("pattern " << pattern << " text " << text);
        CHECK(glob_matches(pattern, text) == (line[0] == '1'));
    }
    CHECK(cases == 1500);
}

TEST_CASE("a hostile glob takes no exponential time", "[RG-07.2]") {
    std::string pattern;
    for (int i = 0; i < 200; ++i) pattern += "*a";
    CHECK_FALSE(glob_matches(pattern + "b", std::string(5000, 'a')));
    CHECK(glob_matches(pattern, std::string(5000, 'a')));
}
