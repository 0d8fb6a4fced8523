// SPDX-License-Identifier: BSL-1.0
#include <haft/core/dedent.hpp>
#include <haft/core/fixed_string.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>
#include <haft/core/text_sink.hpp>
#include <haft/json/write_number.hpp>
#include <haft/tool/about.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <string_view>

using namespace std::string_view_literals;

TEST_CASE("dedent takes away the indentation of the source and the blank edges", "[TD-03.2]") {
    STATIC_REQUIRE(haft::dedent<R"(
            Reads a file.

              - indented more
            last
        )"> == "Reads a file.\n\n  - indented more\nlast"sv);
    STATIC_REQUIRE(haft::dedent<R"(
          deeper first
        then less
    )"> == "  deeper first\nthen less"sv);
}

TEST_CASE("dedent leaves alone what has no indentation", "[TD-03.2]") {
    STATIC_REQUIRE(haft::dedent<"one line"> == "one line"sv);
    STATIC_REQUIRE(haft::dedent<"one\n  two"> == "one\n  two"sv);
    STATIC_REQUIRE(haft::dedent<""> == ""sv);
    STATIC_REQUIRE(haft::dedent<"\n   \n"> == ""sv);
}

TEST_CASE("dedent does not count lines of blanks alone", "[TD-03.2]") {
    STATIC_REQUIRE(haft::dedent<"\n    a\n \n    b\n"> == "a\n\nb"sv);
}

TEST_CASE("first_paragraph ends at the first blank line", "[TD-03.1]") {
    STATIC_REQUIRE(haft::first_paragraph("first\nstill\n\nsecond\n\nthird") == "first\nstill");
    STATIC_REQUIRE(haft::first_paragraph("only\none") == "only\none");
    STATIC_REQUIRE(haft::first_paragraph("") == "");
    STATIC_REQUIRE(haft::first_paragraph(haft::dedent<"\n    a\n\n    b\n">) == "a");
}

namespace {
constexpr std::string_view nearest(std::string_view wrong) {
    haft::nearest_name n(wrong);
    for (const std::string_view name : {"city"sv, "days"sv, "temperature"sv, "max_results"sv, "id"sv}) n.consider(name);
    return n.name();
}
}  // namespace

TEST_CASE("the nearest name forgives a typo") {
    STATIC_REQUIRE(nearest("ctiy") == "city");   // swapped
    STATIC_REQUIRE(nearest("cit") == "city");    // left out
    STATIC_REQUIRE(nearest("dayss") == "days");  // doubled
    STATIC_REQUIRE(nearest("tempreature") == "temperature");
    STATIC_REQUIRE(nearest("ids") == "id");
}

TEST_CASE("the nearest name forgives case, hyphens and a missing or additional ending") {
    STATIC_REQUIRE(nearest("City") == "city");
    STATIC_REQUIRE(nearest("MAX-RESULTS") == "max_results");
    STATIC_REQUIRE(nearest("temp") == "temperature");
    STATIC_REQUIRE(nearest("days_ahead") == "days");
}

TEST_CASE("there is no nearest name for something else altogether") {
    STATIC_REQUIRE(nearest("frobnicate") == "");
    STATIC_REQUIRE(nearest("") == "");
    STATIC_REQUIRE(nearest("q") == "");
    STATIC_REQUIRE(haft::nearest_name("x").name() == "");
}

TEST_CASE("the first of equally near names wins") {
    STATIC_REQUIRE([] {
        haft::nearest_name n("bat");
        n.consider("cat");
        n.consider("rat");
        return n.name() == "cat";
    }());
}

TEST_CASE("an edit is an insertion, a deletion, a replacement or a swap of neighbours") {
    STATIC_REQUIRE(haft::edit_distance("", "") == 0);
    STATIC_REQUIRE(haft::edit_distance("abc", "") == 3);
    STATIC_REQUIRE(haft::edit_distance("", "abc") == 3);
    STATIC_REQUIRE(haft::edit_distance("abc", "abd") == 1);
    STATIC_REQUIRE(haft::edit_distance("abc", "acb") == 1);
    STATIC_REQUIRE(haft::edit_distance("kitten", "sitting") == 3);
    STATIC_REQUIRE(haft::edit_distance("ABC-D", "abc_d") == 0);
}

TEST_CASE("names of any length are compared, by their first 64 bytes") {
    STATIC_REQUIRE([] {
        std::array<char, 300> a{};
        a.fill('a');
        std::array<char, 300> b = a;
        b[100] = 'b';
        return haft::edit_distance({a.data(), a.size()}, {b.data(), b.size()}) == 0 &&
               haft::edit_distance({a.data(), a.size()}, "a") == 63;
    }());
}

namespace {
constexpr bool legal_of_length(std::size_t n) {
    std::array<char, 200> a{};
    a.fill('a');
    return haft::legal_tool_name({a.data(), n});
}
}  // namespace

TEST_CASE("a tool name has 1 to 128 characters") {
    STATIC_REQUIRE(!haft::legal_tool_name(""));
    STATIC_REQUIRE(legal_of_length(1));
    STATIC_REQUIRE(legal_of_length(128));
    STATIC_REQUIRE(!legal_of_length(129));
}

TEST_CASE("a tool name has letters, digits, underscore, hyphen and dot, no others") {
    STATIC_REQUIRE(haft::legal_tool_name("azAZ09_-."));
    STATIC_REQUIRE(haft::legal_tool_name("9"));
    for (const char* name : {"a b", "a/b", "a:b", "a\n", "\xC3\xA9", "a@", "a[", "a`", "a{", "a,", "a,b"})
        CHECK(!haft::legal_tool_name(name));
    CHECK(!haft::legal_tool_name(std::string_view("a\0", 2)));
}

TEST_CASE("a fixed string holds its literal without the zero") {
    constexpr haft::fixed_string text("abc");
    STATIC_REQUIRE(text.view() == "abc");
    STATIC_REQUIRE(haft::fixed_string("").view().empty());
}

namespace {
template <class Real>
constexpr bool writes(Real value, std::string_view expected) {
    std::array<char, 64> out{};
    haft::text_sink sink{out.data()};
    haft::json::put_number(sink, value);
    return std::string_view(out.data(), sink.size) == expected;
}
}  // namespace

TEST_CASE("the compiler writes the shortest text of a number") {
    STATIC_REQUIRE(writes(0.0, "0"));
    STATIC_REQUIRE(writes(-0.0, "-0.0"));
    STATIC_REQUIRE(writes(1.0, "1"));
    STATIC_REQUIRE(writes(-2.5, "-2.5"));
    STATIC_REQUIRE(writes(0.1, "0.1"));
    STATIC_REQUIRE(writes(3.141592653589793, "3.141592653589793"));
    STATIC_REQUIRE(writes(123456.789, "123456.789"));
    STATIC_REQUIRE(writes(1e15, "1000000000000000"));
    STATIC_REQUIRE(writes(1e16, "1e16"));
    STATIC_REQUIRE(writes(1e22, "1e22"));
    STATIC_REQUIRE(writes(1.5e30, "15e29"));
    STATIC_REQUIRE(writes(0.000001, "0.000001"));
    STATIC_REQUIRE(writes(0.0000015, "0.0000015"));
    STATIC_REQUIRE(writes(1e-7, "1e-7"));
    STATIC_REQUIRE(writes(1.25e-9, "125e-11"));
    STATIC_REQUIRE(writes(0.1f, "0.1"));
    STATIC_REQUIRE(writes(16777216.0f, "16777216"));
    STATIC_REQUIRE(writes(4.0e10f, "40000000000"));
}

TEST_CASE("the compiler writes numbers of seventeen digits and of any magnitude") {
    STATIC_REQUIRE(writes(0.30000000000000004, "0.30000000000000004"));
    STATIC_REQUIRE(writes(1.7976931348623157e308, "17976931348623157e292"));
    STATIC_REQUIRE(writes(2.2250738585072014e-308, "22250738585072014e-324"));
    STATIC_REQUIRE(writes(-4.9e-324, "-5e-324"));
    STATIC_REQUIRE(writes(9007199254740993.0, "9007199254740992"));
    STATIC_REQUIRE(writes(9007199254740991.0, "9007199254740991"));
    STATIC_REQUIRE(writes(9.5367431640625e-7, "95367431640625e-20"));  // 2^-20
    STATIC_REQUIRE(writes(1e-30, "1e-30"));
    STATIC_REQUIRE(writes(1e23, "1e23"));
    STATIC_REQUIRE(writes(5e-300, "5e-300"));
}

TEST_CASE("of enough edits nobody asks how many, and of fewer it is told right") {
    constexpr std::string_view names[] = {"",        "a",           "b",           "ab",       "ba",       "abc",
                                          "acb",     "cab",         "days",        "dasy",     "adys",     "kitten",
                                          "sitting", "tempreature", "temperature", "aabbaabb", "abababab", "bbaabbaa"};
    const bool right = [&] {  // at run time: so many are too many for the compiler
        for (const std::string_view a : names)
            for (const std::string_view b : names)
                for (std::size_t enough = 0; enough < 12; ++enough) {
                    const std::size_t whole = haft::edit_distance(a, b), told = haft::edit_distance(a, b, enough);
                    if (whole < enough ? told != whole : told < enough) return false;
                }
        return true;
    }();
    CHECK(right);
}
