// SPDX-License-Identifier: BSL-1.0
// What generated calls are made of: texts that patterns and formats allow, numbers at limits, the shortest form of a value.
#include <haft/testing/dice.hpp>
#include <haft/testing/number_samples.hpp>
#include <haft/testing/pattern_walk.hpp>
#include <haft/testing/sample_value.hpp>
#include <haft/testing/shrink.hpp>
#include <haft/testing/text_samples.hpp>
#include <haft/written/schema_compiler.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace haft::testing;
using haft::schema::written::unlimited;
using strings = std::vector<std::string>;

namespace {

haft::schema::written::schema_node node_of(std::string_view schema) {
    haft::schema::written::schema_compiler compiler(schema);
    std::vector<haft::schema::written::schema_node> all = compiler.compile();
    REQUIRE(compiler.faults().empty());
    return all[0];
}
bool has(const strings& all, std::string_view one) { return std::find(all.begin(), all.end(), one) != all.end(); }

}  // namespace

TEST_CASE("chance is the same everywhere", "[NX-15]") {
    dice d(1);
    CHECK(d.next() == 0x910A2DEC89025CC1u);  // SplitMix64 of 1
    CHECK(d.next() == 0xBEEB8DA1658EEC67u);
    CHECK(dice(7).below(1) == 0);
}

TEST_CASE("a pattern is walked to texts of the lengths that are wanted", "[NX-15]") {
    struct row {
        std::string_view pattern;
        std::uint32_t least, most;
    };
    for (const row& r :
         {row{"^[a-z]{2,5}$", 0, unlimited}, row{"^[a-z]{2,5}$", 3, 4}, row{"^[a-z]{200}$", 0, unlimited},
          row{"^(ab|c(d|e)*)+$", 0, unlimited}, row{"a", 5, 9}, row{"", 2, 3}, row{"^$", 0, 0},
          row{"^\\S+ \\S+$", 7, 7}, row{"^[^x]$", 1, 1}, row{"^\\w+@\\w+\\.[a-z]{2,3}$", 0, 20},
          row{"\\bword\\b", 0, unlimited}, row{"^a\\Ba$", 0, unlimited}, row{"^(?:(?:a?)b?)c?$", 0, 9},
          row{"^.$", 1, 1}, row{"[\\u{1F600}-\\u{1F64F}]", 1, 1}, row{"^(a|b)(c|d)$|^x{7}$", 3, 8}, row{"end$", 10, 10},
          row{"^P(T[0-9]+[HMS]|[0-9]+D)$", 0, unlimited}}) {
        CAPTURE(r.pattern, r.least, r.most);
        haft::json::pattern compiled;
        REQUIRE(haft::json::pattern::compile(r.pattern, compiled).ok());
        for (const auto wanted :
             {pattern_walk::length::shortest, pattern_walk::length::longest, pattern_walk::length::any})
            for (std::uint64_t seed = 0; seed < 4; ++seed) {
                dice chance(seed);
                std::string text;
                pattern_walk walk(r.pattern);
                REQUIRE(walk.find(r.least, r.most, wanted, chance, text));
                CAPTURE(text);
                CHECK(compiled.matches(text));
                const std::size_t n = haft::count_code_points(text);
                CHECK((n >= r.least && n <= r.most));
            }
    }
    dice chance(1);
    std::string text;
    CHECK(pattern_walk("^[a-z]{2,5}$").find(0, unlimited, pattern_walk::length::shortest, chance, text));
    CHECK(text.size() == 2);
    CHECK(pattern_walk("^[a-z]{2,5}$").find(0, unlimited, pattern_walk::length::longest, chance, text));
    CHECK(text.size() == 5);
    CHECK(!pattern_walk("^[a-z]{2,5}$").find(6, 9, pattern_walk::length::any, chance, text));
    CHECK(!pattern_walk("a\\bb").find(0, 9, pattern_walk::length::any, chance, text));  // nothing matches that
    CHECK(!pattern_walk("(").find(0, 9, pattern_walk::length::any, chance, text));
}

TEST_CASE("a walk reaches every branch of a pattern", "[NX-15]") {
    pattern_walk walk("^(a|b|c)(1|2)?$");
    std::set<std::string> seen;
    dice chance(3);
    for (int i = 0; i < 200; ++i) {
        std::string text;
        REQUIRE(walk.find(0, unlimited, pattern_walk::length::any, chance, text));
        seen.insert(text);
    }
    CHECK(seen == std::set<std::string>{"a", "b", "c", "a1", "a2", "b1", "b2", "c1", "c2"});
}

TEST_CASE("the texts of a format are of it, and the wrong one is not", "[NX-15]") {
    for (std::size_t i = 0; i < haft::json::string_format_count; ++i) {
        const auto format = static_cast<haft::json::string_format>(i);
        const std::string_view name = haft::json::name_of(format);
        CAPTURE(name);
        CHECK(detail::texts_of_format(name).size() >= 3);
        for (const std::string_view text : detail::texts_of_format(name)) {
            CAPTURE(text);
            CHECK(haft::json::has_format(text, format));
        }
        REQUIRE(!detail::no_text_of_format(name).empty());
        CHECK(!haft::json::has_format(detail::no_text_of_format(name), format));
    }
    CHECK(detail::texts_of_format("colour").empty());
    CHECK(detail::no_text_of_format("colour").empty());
}

TEST_CASE("texts at the limits of their length, and beyond", "[NX-15]") {
    dice chance(1);
    text_samples texts;
    const auto n = node_of(R"({"type":"string","minLength":2,"maxLength":3})");
    const strings edges = texts.edges(n, {}, chance);
    CHECK(has(edges, "xx"));
    CHECK(has(edges, "xxx"));
    CHECK(has(edges, "\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80"));  // three characters, twelve bytes
    CHECK(texts.beyond(n, chance) == strings{"x", "", "xxxx"});
    const auto none = node_of(R"({"type":"string"})");
    CHECK(has(texts.edges(none, {}, chance), ""));
    CHECK(has(texts.edges(none, {}, chance), std::string("nul\0nul", 7)));
    CHECK(texts.beyond(none, chance).empty());
    const auto pattern = node_of(R"({"type":"string","pattern":"^[a-z]{2}$"})");
    for (const std::string& text : texts.beyond(pattern, chance)) CHECK(!texts.fits(pattern, {}, text));
    CHECK(texts.beyond(pattern, chance).size() >= 3);
}

TEST_CASE("numbers at their limits, and beyond", "[NX-15]") {
    const auto edges = [](std::string_view schema, bool whole) {
        return number_samples(node_of(schema), whole).edges();
    };
    const auto beyond = [](std::string_view schema, bool whole) {
        return number_samples(node_of(schema), whole).beyond();
    };
    const std::string_view days = R"({"minimum":1,"maximum":14})";
    for (const std::string_view n : {"1", "14", "2", "13", "7.0", "7e0"}) CHECK(has(edges(days, true), n));
    CHECK(!has(edges(days, true), "0"));
    CHECK(beyond(days, true) == strings{"0", "15", "1000000000000", "-1000000000000"});
    const std::string_view tenths = R"({"exclusiveMinimum":0,"exclusiveMaximum":1.5,"multipleOf":0.25})";
    CHECK(has(edges(tenths, false), "0.25"));
    CHECK(has(edges(tenths, false), "1.25"));
    CHECK(!has(edges(tenths, false), "1.50"));
    for (const std::string_view n : {"0.00", "1.50", "0", "1.5"}) CHECK(has(beyond(tenths, false), n));
    CHECK(edges(R"({"minimum":5,"maximum":4})", true).empty());
    CHECK(has(edges(R"({"minimum":18446744073709551615})", true), "18446744073709551615"));
    CHECK(has(edges(R"({"minimum":1e300})", false), "1e300"));
    CHECK(has(edges(R"({"multipleOf":10})", true), "-2147483640"));
    CHECK(has(beyond(R"({"multipleOf":10,"minimum":0})", true), "1073741821"));
    const auto odd = node_of(R"({"minimum":7,"maximum":9,"multipleOf":4})");
    dice chance(1);
    for (int i = 0; i < 20; ++i)
        CHECK(haft::json::exact_number(number_samples(odd, true).any(chance)) == haft::json::exact_number("8"));
    // Without limits of its own it stays within those of int and float, for which a schema has no words.
    for (const std::string& n : edges("{}", true))
        CHECK(haft::json::exact_number(n).compare(haft::json::exact_number("2147483647")) <= 0);
}

TEST_CASE("a value is written in three ways that mean the same", "[NX-15]") {
    const std::string plain = R"({"a\"b":[1,"é😀",null,{}],"c":true})";
    const sample_value v = value_of_json(plain);
    CHECK(json_of(v) == plain);
    for (const json_style style : {json_style::spaced, json_style::escaped}) {
        const std::string other = json_of(v, style);
        CHECK(other != plain);
        CHECK(json_of(value_of_json(other)) == plain);
    }
    CHECK(json_of(v, json_style::escaped).find("\\uD83D\\uDE00") != std::string::npos);
    CHECK(pointer_of(v, {0, 1}) == "/a\"b/1");
}

TEST_CASE("a value shrinks to what is wrong with it", "[NX-15]") {
    const sample_value found = value_of_json(R"({"a":[1,2,{"x":"long text"}],"b":123456,"c":{"d":[true,"seven"]}})");
    const auto has_long_text = [](const sample_value& v) {
        const std::size_t c = v.find("c");
        return c != sample_value::nowhere && v.parts[c].find("d") != sample_value::nowhere &&
               json_of(v).find("se") != std::string::npos;
    };
    CHECK(json_of(shrink(found, has_long_text)) == R"({"c":{"d":["se"]}})");
    std::size_t tries = 0;
    shrink(found, [&](const sample_value&) { return ++tries, false; }, 5);
    CHECK(tries == 5);
}
