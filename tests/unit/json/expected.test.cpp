// SPDX-License-Identifier: BSL-1.0
#include <haft/json/expected.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>

using haft::json::constraint;
using haft::json::expected_text;
using haft::json::got_text;
using haft::json::kind;
using haft::json::type;

namespace {
constexpr type integer_of(std::uint32_t size, bool is_signed) {
    type t = haft::json::of_kind(kind::integer);
    t.is_signed = is_signed;
    t.size = size;
    return t;
}
constexpr type number_of(std::uint32_t size) {
    type t = haft::json::of_kind(kind::number);
    t.is_signed = true;
    t.size = size;
    return t;
}
constexpr type made_of(kind k, const type& element) {
    type t = haft::json::of_kind(k);
    t.element = &element;
    return t;
}
constexpr type number = number_of(8);
constexpr type string = haft::json::of_kind(kind::string);
constexpr type strings = made_of(kind::array, string);
constexpr type perhaps = made_of(kind::optional, number);

std::string sized(const type& t, std::uint16_t given, std::uint64_t low, std::uint64_t high) {
    const constraint c{.given = given, .size_low = low, .size_high = high};
    return expected_text(t, &c);
}
}  // namespace

TEST_CASE("an integer is expected within its type, or within what the author says of it") {
    CHECK(expected_text(integer_of(1, true), nullptr) == "integer from -128 to 127");
    CHECK(expected_text(integer_of(2, false), nullptr) == "integer from 0 to 65535");
    CHECK(expected_text(integer_of(8, true), nullptr) == "integer");
    CHECK(expected_text(integer_of(8, false), nullptr) == "integer of at least 0");
    const constraint both{.given = constraint::minimum | constraint::maximum, .low = 1, .high = 14};
    CHECK(expected_text(integer_of(4, true), &both) == "integer from 1 to 14");
    const constraint low{.given = constraint::minimum, .low = ~std::uint64_t{0}};
    CHECK(expected_text(integer_of(8, true), &low) == "integer of at least -1");
    CHECK(expected_text(integer_of(8, false), &low) == "integer of at least 18446744073709551615");
    CHECK(expected_text(integer_of(1, true), &low) == "integer from -1 to 127");
    const constraint high{.given = constraint::maximum, .high = 5};
    CHECK(expected_text(integer_of(8, true), &high) == "integer of at most 5");
    CHECK(expected_text(integer_of(8, false), &high) == "integer from 0 to 5");
}

TEST_CASE("a number's limits are written as short as they are, zero and far ones too") {
    const auto between = [](double low, double high) {
        const constraint c{.given = constraint::minimum | constraint::maximum, .real_low = low, .real_high = high};
        return expected_text(number, &c);
    };
    CHECK(between(0, 1) == "number from 0 to 1");
    CHECK(between(-0.5, 1e300) == "number from -0.5 to 1e+300");
    CHECK(between(1e-9, 0.30000000000000004) == "number from 1e-9 to 0.30000000000000004");
    const constraint low{.given = constraint::minimum, .real_low = 0.25};
    CHECK(expected_text(number, &low) == "number of at least 0.25");
    CHECK(expected_text(perhaps, &low) == "number of at least 0.25");
    CHECK(expected_text(number, nullptr) == "number");
}

TEST_CASE("lengths and counts are said with their unit, in the singular where it is one") {
    using c = constraint;
    CHECK(sized(string, c::min_length | c::max_length, 1, 20) == "string of 1 to 20 characters");
    CHECK(sized(string, c::min_length, 1, 0) == "string of at least 1 character");
    CHECK(sized(string, c::max_length, 0, 8) == "string of at most 8 characters");
    CHECK(sized(string, c::min_length | c::max_length, 2, 2) == "string of 2 characters");
    CHECK(sized(strings, c::min_items | c::max_items, 1, 1) == "array of string with 1 item");
    CHECK(sized(strings, c::min_items, 2, 0) == "array of string with at least 2 items");
    CHECK(sized(strings, c::max_items, 0, 0) == "array of string with at most 0 items");
}

TEST_CASE("what came is said with its kind") {
    CHECK(got_text("\"a\"") == "string \"a\"");
    CHECK(got_text("-1.5") == "number -1.5");
    CHECK(got_text("true") == "boolean true");
    CHECK(got_text("null") == "null");
    CHECK(got_text("[1, 2]") == "array [1, 2]");
    CHECK(got_text("{}") == "object {}");
    CHECK(got_text("") == "");
}
