// SPDX-License-Identifier: BSL-1.0
#include <haft/json/pattern.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string_view>

using haft::json::explain_pattern;
using haft::json::pattern;
using haft::json::pattern_of;
using haft::json::pattern_view;
using haft::json::static_pattern;
using namespace std::string_view_literals;

TEST_CASE("a pattern is compiled and matched at compile time", "[NX-06]") {
    STATIC_REQUIRE(pattern_of<"^[A-Z]{2}-[0-9]{4}$">.matches("AB-1234"));
    STATIC_REQUIRE_FALSE(pattern_of<"^[A-Z]{2}-[0-9]{4}$">.matches("AB-12345"));
    STATIC_REQUIRE_FALSE(pattern_of<"^[A-Z]{2}-[0-9]{4}$">.matches("Ab-1234"));
    STATIC_REQUIRE(pattern_of<"\\bcol(ou|o)r\\b">.matches("the colour"));
    STATIC_REQUIRE_FALSE(pattern_of<"\\bcol(ou|o)r\\b">.matches("colours"));
    STATIC_REQUIRE(pattern_of<"^\\w+@\\w+\\.[a-z]{2,}$">.matches("a@b.org"));
    STATIC_REQUIRE(pattern_of<"^.$">.matches("\xF0\x9F\x98\x80"));
    STATIC_REQUIRE(pattern_of<"">.matches("x"));
    STATIC_REQUIRE(pattern_view().matches("x"));
}

TEST_CASE("ReDoS patterns match in few steps even at compile time", "[fault-55]") {
    // The compiler counts steps and gives up after a million or so; 2^40 would be beyond that.
    STATIC_REQUIRE_FALSE(pattern_of<"^(a+)+$">.matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"));
    STATIC_REQUIRE(pattern_of<"^(a|a)*$">.matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
}

TEST_CASE("a pattern that is none is a value that says why and where", "[NX-06]") {
    STATIC_REQUIRE(explain_pattern("^[a-z]+$").ok());
    STATIC_REQUIRE_FALSE(explain_pattern("a(b").ok());
    STATIC_REQUIRE(explain_pattern("a(b").at == 1);
    STATIC_REQUIRE(explain_pattern("x(a)\\1").at == 4);
    STATIC_REQUIRE(explain_pattern("x(a)\\1").why == "a back-reference, which can't be matched in linear time"sv);
    STATIC_REQUIRE_FALSE(explain_pattern("a{1000}").ok());
}

namespace {
struct broken {
    static constexpr std::string_view text = "a(b";
};
struct largest {
    static constexpr std::string_view text = "^(?:[a-z]{1,9}[0-9]?){25}$";
};
struct of_optionals {
    static constexpr std::string_view text =
        "^a?b?c?d?e?f?g?h?i?j?k?l?m?n?o?p?q?r?s?t?u?v?w?x?y?z?0?1?2?3?4?5?6?7?8?9?$";
};
}  // namespace

TEST_CASE("a source that is no pattern has a problem and a view that refuses nothing") {
    STATIC_REQUIRE_FALSE(static_pattern<broken>::problem.ok());
    STATIC_REQUIRE(static_pattern<broken>::problem.at == 1);
    STATIC_REQUIRE(static_pattern<broken>::view.matches("anything"));
}

TEST_CASE("the compilers manage the largest patterns", "[NX-06]") {
    STATIC_REQUIRE(static_pattern<largest>::problem.ok());
    CHECK(static_pattern<largest>::view.matches("a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s9t0u1v2w3x4y5"));
    CHECK_FALSE(static_pattern<largest>::view.matches("a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s9t0u1v2w3x4"));
    STATIC_REQUIRE(static_pattern<of_optionals>::view.matches("acz09"));
    STATIC_REQUIRE_FALSE(static_pattern<of_optionals>::view.matches("ca"));
}

TEST_CASE("a typical pattern takes few bytes") {
    constexpr auto bytes = [](const haft::json::pattern_shape& s) {
        return s.sets() * 8 + s.ranges * 8u + s.classes * 2u;
    };
    STATIC_REQUIRE(pattern_of<"^[a-z]+-[za-y]+-$">.shape().classes == 4 + 2);  // a class that comes again is kept once
    STATIC_REQUIRE(bytes(pattern_of<"^[A-Z]{2}-[0-9]{4}$">.shape()) <= 160);
    STATIC_REQUIRE(bytes(pattern_of<"^[a-z][a-z0-9_]{0,62}$">.shape()) <= 300);
}

TEST_CASE("compiled early or late, a pattern is the same", "[NX-06]") {
    pattern late;
    REQUIRE(pattern::compile(static_pattern<largest>::view.matches("") ? "" : largest::text, late).ok());
    const auto& early = static_pattern<largest>::view.shape();
    const auto shape = late.view().shape();
    CHECK(shape.words == early.words);
    CHECK(shape.classes == early.classes);
    CHECK(shape.ranges == early.ranges);
    CHECK(shape.jumps == early.jumps);
    for (const std::string_view text :
         {""sv, "a"sv, "abcdefghijklmnopqrstuvwxy"sv, "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s9t0u1v2w3x4y5"sv,
          "abcdefghijklmnopqrstuvwx"sv, "1"sv})
        CHECK(late.matches(text) == static_pattern<largest>::view.matches(text));
}
