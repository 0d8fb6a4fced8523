// SPDX-License-Identifier: BSL-1.0
#include <haft/json/read_number.hpp>
#include <haft/json/write_number.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cfloat>
#include <charconv>
#include <clocale>
#include <cmath>
#include <cstdint>
#include <limits>
#include <locale>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace haft::json;

namespace {

std::string text_of(double value) {
    std::string out;
    append_number(out, value);
    return out;
}
std::string text_of(float value) {
    std::string out;
    append_number(out, value);
    return out;
}

double read(std::string_view text) {
    double out = 0;
    REQUIRE(read_double(text, out));
    return out;
}
float read_as_float(std::string_view text) {
    float out = 0;
    REQUIRE(narrow_to_float(text, read(text), out));
    return out;
}
bool same(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }
bool same(float a, float b) { return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b); }

/// Digits that count: without leading and trailing zeros and without the exponent.
template <class Text>
std::size_t significant(const Text& text) {
    std::string digits;
    for (const char c : text) {
        if (c == 'e') break;
        if (c >= '0' && c <= '9') digits += c;
    }
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    while (!digits.empty() && digits.back() == '0') digits.pop_back();
    return digits.size();
}
std::string shortest(double value) {
    std::array<char, 64> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific).ptr;
    return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

/// Numbers of every kind: random bits, few digits, whole ones, the borders.
std::vector<double> many_doubles() {
    std::mt19937_64 random(20240229);
    std::vector<double> out{0.0,
                            DBL_MIN,
                            DBL_MAX,
                            DBL_EPSILON,
                            5e-324,
                            std::nextafter(DBL_MIN, 0),
                            0.1 + 0.2,
                            1.0 / 3,
                            9007199254740991,
                            9007199254740992,
                            9007199254740994,
                            4503599627370495.5,
                            4503599627370496,
                            4503599627370497,
                            1e22,
                            1e23,
                            8.41e21,
                            8.74150699407311e37,
                            8.9407762362625e37,
                            9.5e-23,
                            1e-22,
                            2.5e-6};
    while (out.size() < 60'000) {
        const double value = std::bit_cast<double>(random());
        if (std::isfinite(value)) out.push_back(value);
    }
    for (int i = 0; i < 60'000; ++i) {
        const auto digits = static_cast<double>(random() % 1'000'000);
        out.push_back(digits / std::pow(10.0, static_cast<double>(random() % 12)));
        out.push_back(digits * std::pow(10.0, static_cast<double>(random() % 25)));
        out.push_back(static_cast<double>(random() >> random() % 54) / 100);  // cents, also where doubles lie further apart
        out.push_back(static_cast<double>(static_cast<std::int64_t>(random()) >> random() % 63));
    }
    for (int e = -1074; e < 1024; ++e) {  // at a power of two the neighbours are unevenly far
        const double power = std::ldexp(1.0, e);
        out.insert(out.end(), {power, std::nextafter(power, 0), std::nextafter(power, DBL_MAX)});
    }
    const std::size_t positive = out.size();
    for (std::size_t i = 0; i < positive; ++i) out.push_back(-out[i]);
    return out;
}

std::vector<float> many_floats() {
    std::mt19937 random(20240229);
    std::vector<float> out{0.0f, FLT_MIN,     FLT_MAX, FLT_EPSILON,  std::numeric_limits<float>::denorm_min(),
                           0.1f, 16777216.0f, 1e9f,    999999984.0f, 1e-22f,
                           3e10f};
    while (out.size() < 100'000) {
        const float value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
        if (std::isfinite(value)) out.push_back(value);
    }
    for (int i = 0; i < 100'000; ++i)
        out.push_back(static_cast<float>(random() % 1'000'000) / std::pow(10.0f, static_cast<float>(random() % 10)));
    for (int e = -149; e < 128; ++e) {
        const float power = std::ldexp(1.0f, e);
        out.insert(out.end(), {power, std::nextafter(power, 0.0f), std::nextafter(power, FLT_MAX)});
    }
    return out;
}

}  // namespace

TEST_CASE("a double is written as the text that a person would write") {
    CHECK(text_of(0.0) == "0");
    CHECK(text_of(-0.0) == "-0.0");
    CHECK(text_of(1.0) == "1");
    CHECK(text_of(-1.5) == "-1.5");
    CHECK(text_of(0.1) == "0.1");
    CHECK(text_of(0.3) == "0.3");
    CHECK(text_of(0.1 + 0.2) == "0.30000000000000004");
    CHECK(text_of(59.3293) == "59.3293");
    CHECK(text_of(18.0686) == "18.0686");
    CHECK(text_of(1234567.89) == "1234567.89");
    CHECK(text_of(100.0) == "100");
    CHECK(text_of(1e15) == "1000000000000000");
    CHECK(text_of(1e16) == "1e16");
    CHECK(text_of(1e21) == "1e21");
    CHECK(text_of(1e30) == "1e30");
    CHECK(text_of(0.001) == "0.001");
    CHECK(text_of(1e-6) == "0.000001");
    CHECK(text_of(1e-7) == "1e-7");
    CHECK(text_of(9007199254740991.0) == "9007199254740991");
}

TEST_CASE("a float is written with the digits of a float") {
    CHECK(text_of(0.1f) == "0.1");
    CHECK(text_of(0.3f) == "0.3");
    CHECK(text_of(3.14159f) == "3.14159");
    CHECK(text_of(16777216.0f) == "16777216");
    CHECK(text_of(1e10f) == "10000000000");
    CHECK(text_of(-0.0f) == "-0.0");
}

TEST_CASE("every double is written so that it reads back equal, and no longer than need be") {
    std::size_t unequal = 0;
    std::size_t too_long = 0;
    for (const double value : many_doubles()) {
        const std::string text = text_of(value);
        const bool is_equal = same(read(text), value);
        // 1180591620717411303424 has more digits than 1.1805916207174113e+21, but is as short
        const bool is_short =
            significant(text) <= significant(shortest(value)) ||
            (text.find('.') == std::string::npos && text.size() <= shortest(value).size());
        unequal += !is_equal;
        too_long += !is_short;
    }
    CHECK(unequal == 0);
    CHECK(too_long == 0);
}

TEST_CASE("neither large nor small, a double is written as the standard library writes it in fixed notation") {
    std::size_t compared = 0;
    std::size_t different = 0;
    std::array<char, 64> buffer{};
    std::mt19937_64 random(7);
    const auto compare = [&](double value) {
        const double magnitude = std::fabs(value);
        if (!(magnitude >= 1e-3 && magnitude < 1e9)) return;
        const auto end =
            std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed).ptr;
        ++compared;
        different += text_of(value) != std::string_view(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    };
    for (const double value : many_doubles()) compare(value);
    for (int i = 0; i < 100'000; ++i) {
        const std::uint64_t exponent = 1023 - 10 + random() % 40;
        compare(std::bit_cast<double>(random() >> 12 | exponent << 52));
        const double few_places = static_cast<double>(random() >> 24) / std::pow(10.0, static_cast<double>(random() % 14));
        compare(std::ldexp(static_cast<double>(random() >> 34), -static_cast<int>(random() % 40)));  // between two decimals
        compare(few_places), compare(-std::nextafter(few_places, 0)), compare(std::nextafter(few_places, DBL_MAX));
    }
    CHECK(compared > 200'000);
    CHECK(different == 0);
}

TEST_CASE("every float is written so that it reads back equal, and in the digits of a float") {
    std::size_t unequal = 0;
    std::size_t too_long = 0;
    for (const float value : many_floats()) {
        const std::string text = text_of(value);
        unequal += !same(read_as_float(text), value);
        too_long += significant(text) > 9;
    }
    CHECK(unequal == 0);
    CHECK(too_long == 0);
}

TEST_CASE("whole numbers are written as they are, around every power of ten") {
    const auto text = [](auto put, auto value) {
        char buffer[longest_number];
        return std::string(buffer, put(buffer, value));
    };
    const auto natural = [&](std::uint64_t value) {
        return text([](char* to, std::uint64_t v) { return put_natural(to, v); }, value);
    };
    const auto integer = [&](std::int64_t value) {
        return text([](char* to, std::int64_t v) { return put_integer(to, v); }, value);
    };
    std::size_t wrong = 0;
    for (std::int64_t value = -11'000; value <= 11'000; ++value) wrong += integer(value) != std::to_string(value);
    for (std::uint64_t power = 1;; power *= 10) {
        for (std::uint64_t value = power - 2; value != power + 3; ++value) {
            wrong += natural(value) != std::to_string(value);
            const auto as_signed = static_cast<std::int64_t>(value);
            wrong += integer(as_signed) != std::to_string(as_signed);
        }
        if (power > UINT64_MAX / 10) break;
    }
    CHECK(wrong == 0);
    CHECK(integer(INT64_MIN) == "-9223372036854775808");
    CHECK(natural(UINT64_MAX) == "18446744073709551615");
}

TEST_CASE("the text that the compiler would write reads back equal too") {
    std::size_t unequal = 0;
    std::size_t too_long = 0;
    const auto numbers = many_doubles();
    for (std::size_t i = 0; i < numbers.size(); i += 7) {
        if (numbers[i] == 0) continue;
        char buffer[64];
        haft::text_sink sink{buffer};
        detail::put_exact_decimal(sink, numbers[i]);
        const std::string_view text(buffer, sink.size);
        unequal += !same(read(text), numbers[i]);
        too_long += significant(text) > significant(shortest(numbers[i]));
    }
    CHECK(unequal == 0);
    CHECK(too_long == 0);
}

TEST_CASE("a decimal is read as the nearest double, however it is written") {
    CHECK(same(read("0.1"), 0.1));
    CHECK(same(read("1e-1"), 0.1));
    CHECK(same(read("0.00001e4"), 0.1));
    CHECK(same(read("100000000000000000000000e-24"), 0.1));
    CHECK(same(read("0.1000000000000000055511151231257827021181583404541015625"), 0.1));
    CHECK(same(read("9007199254740993"), 9007199254740992.0));
    CHECK(same(read("9007199254740993.0000000000000000000000000001"), 9007199254740994.0));
    CHECK(same(read("1e23"), 1e23));
    CHECK(same(read("123456789012345678901234567890"), 123456789012345678901234567890.0));
    CHECK(same(read("2.2250738585072011e-308"), 2.2250738585072011e-308));
    CHECK(same(read("2.4703282292062328e-324"), 5e-324));
    CHECK(same(read("2.4703282292062327e-324"), 0.0));
    CHECK(same(read("1.7976931348623158e308"), DBL_MAX));
}

TEST_CASE("too large for a double is refused, too small is zero with its sign") {
    double out = 7;
    for (const char* text :
         {"1.7976931348623159e308", "1e309", "-1e309", "1e999999999999", "0.001e400", "10000000000000000000000e300"}) {
        CAPTURE(text);
        CHECK(!read_double(text, out));
    }
    for (const char* text : {"1e-325", "1e-999999999999", "0.0000000000000000000001e-400", "100e-500", "0", "0e999",
                             "0.000e400", "0.00000000000000000000000000", "0.00000000000000000000000000e999999"}) {
        CAPTURE(text);
        CHECK(same(read(text), 0.0));
        CHECK(same(read("-" + std::string(text)), -0.0));
    }
}

TEST_CASE("a float is the one nearest to the text, not to the double nearest to the text") {
    // Just above and just below the middle between 1 and the next float; as a double each is the middle itself.
    CHECK(same(read_as_float("1.00000005960464477539062500000000001"), 1.0f + FLT_EPSILON));
    CHECK(same(read_as_float("1.000000059604644775390625"), 1.0f));
    CHECK(same(read_as_float("1.000000178813934326171875"), 1.0f + 2 * FLT_EPSILON));
    CHECK(same(read_as_float("1.00000017881393432617187499999999999"), 1.0f + FLT_EPSILON));
    CHECK(same(read_as_float("1e-45"), std::numeric_limits<float>::denorm_min()));
    CHECK(same(read_as_float("1e-46"), 0.0f));
    float out = 0;
    CHECK(!narrow_to_float("3.4028235677973366164e38", 3.4028235677973366164e38, out));
    CHECK(narrow_to_float("3.40282356779733661637539395458142568447e38",
                          read("3.40282356779733661637539395458142568447e38"), out));
    CHECK(same(out, FLT_MAX));
}

namespace {
std::string integer(std::string_view text) {
    integer_value out;
    switch (read_integer(text, out)) {
        case integer_reading::fraction: return "fraction";
        case integer_reading::too_large: return "too large";
        case integer_reading::ok: break;
    }
    return (out.negative ? "-" : "") + std::to_string(out.magnitude);
}
}  // namespace

TEST_CASE("an integer is read from every way to write it, exactly") {
    CHECK(integer("0") == "0");
    CHECK(integer("-0") == "-0");
    CHECK(integer("12.00") == "12");
    CHECK(integer("1.20e1") == "12");
    CHECK(integer("0.0012e4") == "12");
    CHECK(integer("1200e-2") == "12");
    CHECK(integer("12e0") == "12");
    CHECK(integer("1e19") == "10000000000000000000");
    CHECK(integer("18446744073709551615") == "18446744073709551615");
    CHECK(integer("1.8446744073709551615e19") == "18446744073709551615");
    CHECK(integer("184467440737095516150e-1") == "18446744073709551615");
    CHECK(integer("0e99999999999999999999") == "0");
    CHECK(integer("0.00e-99999999999999999999") == "0");
}

TEST_CASE("a fraction is no integer, and neither is what 64 bits can't hold") {
    CHECK(integer("0.5") == "fraction");
    CHECK(integer("12e-1") == "fraction");
    CHECK(integer("1e-99999999999999999999") == "fraction");
    CHECK(integer("1.23e1") == "fraction");
    CHECK(integer("99999999999999999999.5") == "fraction");
    CHECK(integer("18446744073709551616") == "too large");
    CHECK(integer("18446744073709551620") == "too large");
    CHECK(integer("-99999999999999999999") == "too large");
    CHECK(integer("1e20") == "too large");
    CHECK(integer("2e19") == "too large");
    CHECK(integer("1e99999999999999999999") == "too large");
}

namespace {

struct decimal_comma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

void check_numbers() {
    CHECK(text_of(1234567.5) == "1234567.5");
    CHECK(text_of(0.1 + 0.2) == "0.30000000000000004");
    CHECK(text_of(DBL_MAX).find(',') == std::string::npos);
    CHECK(same(read("1234.5"), 1234.5));
    CHECK(same(read("0.30000000000000004"), 0.1 + 0.2));
    CHECK(same(read("1.7976931348623157e308"), DBL_MAX));
    CHECK(same(read_as_float("1.00000005960464477539062500000000001"), 1.0f + FLT_EPSILON));
}

}  // namespace

TEST_CASE("numbers know no C++ locale") {
    const std::locale before = std::locale::global(std::locale(std::locale::classic(), new decimal_comma));
    check_numbers();
    std::locale::global(before);
}

TEST_CASE("numbers know no C locale") {
    const std::string before = std::setlocale(LC_ALL, nullptr);
    const char* comma = nullptr;
    for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "de_DE", "fr_FR.UTF-8", "sv_SE.UTF-8"})
        if (!comma && std::setlocale(LC_ALL, name)) comma = name;
    if (!comma) SKIP("no locale with a decimal comma is installed; de_DE.UTF-8 would do");
    CHECK(std::string_view(std::localeconv()->decimal_point) == ",");
    check_numbers();
    std::setlocale(LC_ALL, before.c_str());
}
