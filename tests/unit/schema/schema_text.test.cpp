// SPDX-License-Identifier: BSL-1.0
// What a schema advertises is what the reader enforces: at each limit, and one to either side of it. (The texts
// themselves stand in tests/constexpr/schema.test.cpp.)
#include <haft/json/reader.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/schema_text.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>

#include <boost/describe/enum.hpp>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <unit/json/read.hpp>

namespace schema_text_test {

template <class T>
struct limited {
    T v;
    static constexpr std::array haft_fields{haft::field{"v", "", haft::minimum(3), haft::maximum(100)}};
};
template <class T>
struct below_zero {
    T v;
    static constexpr std::array haft_fields{haft::field{"v", "", haft::minimum(-100), haft::maximum(-3)}};
};
template <class T>
struct one_sided {
    T v;
    static constexpr std::array haft_fields{haft::field{"v", "", haft::minimum(1)}};
};
struct real {
    double v;
    static constexpr std::array haft_fields{haft::field{"v", "", haft::minimum(-0.5), haft::maximum(0.3)}};
};
struct single {
    float v;
    static constexpr std::array haft_fields{haft::field{"v", "", haft::minimum(0.1), haft::maximum(16777216)}};
};
struct far {
    double v;
    static constexpr std::array haft_fields{haft::field{"v", "", haft::minimum(0), haft::maximum(1e300)}};
};
struct text {
    std::string v;
    static constexpr std::array haft_fields{haft::field{"v", "", haft::min_length(2), haft::max_length(4)}};
};
struct list {
    std::vector<int> v;
    static constexpr std::array haft_fields{haft::field{"v", "", haft::min_items(2), haft::max_items(4)}};
};
template <class T>
struct maybe {
    std::optional<T> v;
    static constexpr std::array haft_fields{haft::field{"v", "", haft::minimum(3), haft::maximum(100)}};
};
struct maybe_text {
    std::optional<std::string> v;
    static constexpr std::array haft_fields{haft::field{"v", "", haft::min_length(2), haft::max_length(4)}};
};
struct inside {
    std::vector<limited<int>> v;
};

enum class colour { red, green };
BOOST_DESCRIBE_ENUM(colour, red, green)
struct forms {
    bool b;
    int i;
    double d;
    std::string s;
    colour e;
    std::vector<int> a;
    limited<int> o;
};

}  // namespace schema_text_test

using namespace schema_text_test;
using namespace haft_test;

namespace {

template <class T>
constexpr std::string_view schema_of = haft::schema::schema_text<T, haft::schema::direction::input>;

/// The number after `"word":` in a schema.
template <class T>
std::string advertised(std::string_view word) {
    const std::string key = "\"" + std::string(word) + "\":";
    const std::size_t at = schema_of<T>.find(key);
    REQUIRE(at != schema_of<T>.npos);
    const std::string_view rest = schema_of<T>.substr(at + key.size());
    return std::string(rest.substr(0, rest.find_first_of(",}")));
}

template <class T>
bool takes(const std::string& json) {
    const auto got = read<T>("{\"v\":" + json + "}");
    if (got.accepted) return true;
    CHECK(got.faults.size() == 1);
    CHECK(got.faults.at(0).code == haft::errc::out_of_limits);
    CHECK(got.faults.at(0).pointer.starts_with("/v"));
    return false;
}

/// An integer text plus a small number, by the text, since no type holds all of them and their neighbours.
std::string plus(const std::string& number, int add) {
    if (number[0] == '-') return std::to_string(std::stoll(number) + add);
    return std::to_string(std::stoull(number) + static_cast<unsigned long long>(add));
}

template <class T>
void check_integer_limits() {
    const std::string low = advertised<T>("minimum");
    const std::string high = advertised<T>("maximum");
    CAPTURE(low, high);
    CHECK(takes<T>(low));
    CHECK(takes<T>(plus(low, 1)));
    CHECK(takes<T>(high));
    CHECK(takes<T>(plus(high, -1)));
    if (low == "0") CHECK(!takes<T>("-1"));
    else CHECK(!takes<T>(plus(low, -1)));
    CHECK(!takes<T>(plus(high, 1)));
}

}  // namespace

TEMPLATE_TEST_CASE("an integer's advertised limits are enforced", "", std::int8_t, std::uint8_t, std::int16_t,
                   std::uint16_t, std::int32_t, std::uint32_t, std::int64_t, std::uint64_t) {
    check_integer_limits<limited<TestType>>();
    check_integer_limits<maybe<TestType>>();
    if constexpr (std::is_signed_v<TestType>) check_integer_limits<below_zero<TestType>>();
    CHECK(takes<one_sided<TestType>>(advertised<one_sided<TestType>>("minimum")));
    CHECK(!takes<one_sided<TestType>>("0"));
}

TEMPLATE_TEST_CASE("a narrow integer's own limits are advertised and enforced", "", std::int8_t, std::uint8_t,
                   std::int16_t, std::uint16_t, std::uint32_t) {
    check_integer_limits<one<TestType>>();
}

TEST_CASE("a type's limit holds where the author gave only the other") {
    CHECK(takes<one_sided<std::uint8_t>>("255"));
    CHECK(!takes<one_sided<std::uint8_t>>("256"));
    CHECK(takes<one_sided<std::uint64_t>>("18446744073709551615"));
    CHECK(!takes<one_sided<std::uint64_t>>("18446744073709551616"));
    CHECK(!takes<one_sided<std::int64_t>>("9223372036854775808"));
}

TEST_CASE("a number's advertised limits are enforced") {
    CHECK(advertised<real>("minimum") == "-0.5");
    CHECK(takes<real>("-0.5"));
    CHECK(!takes<real>("-0.50000000000000011"));
    CHECK(takes<real>("-0.49999999999999994"));
    CHECK(advertised<real>("maximum") == "0.3");
    CHECK(takes<real>("0.3"));
    CHECK(takes<real>("0.29999999999999993"));
    CHECK(!takes<real>("0.30000000000000004"));
    CHECK(advertised<far>("maximum") == "1e300");
    CHECK(takes<far>("1e300"));
    CHECK(!takes<far>("1.0000000000000002e300"));
    CHECK(takes<far>("-0.0"));
    CHECK(!takes<far>("-1e-300"));
}

TEST_CASE("a float's limits are those of the text, not of its rounding") {
    CHECK(takes<single>("0.1"));
    CHECK(!takes<single>("0.09999"));
    CHECK(takes<single>("16777216"));
    CHECK(!takes<single>("16777217"));
}

TEST_CASE("a string's advertised limits are enforced, in code points") {
    for (const std::string_view c : {"a", "\xC3\xA9", "\xF0\x9F\x98\x80", "\\u00e9", "\\ud83d\\ude00", "\\n"}) {
        CAPTURE(c);
        CHECK(!takes<text>("\"" + repeat(c, 1) + "\""));
        CHECK(takes<text>("\"" + repeat(c, 2) + "\""));
        CHECK(takes<text>("\"" + repeat(c, 4) + "\""));
        CHECK(!takes<text>("\"" + repeat(c, 5) + "\""));
        CHECK(takes<maybe_text>("\"" + repeat(c, 2) + "\""));
        CHECK(!takes<maybe_text>("\"" + repeat(c, 5) + "\""));
    }
    CHECK(read<text>(R"({"v":"abcde"})").text() ==
          "/v: expected string of 2 to 4 characters, got 5 characters [haft-E0205]\n");
    CHECK(read<text>(R"({"v":"a"})").text() ==
          "/v: expected string of 2 to 4 characters, got 1 character [haft-E0205]\n");
}

TEST_CASE("an array's advertised limits are enforced") {
    CHECK(!takes<list>("[1]"));
    CHECK(takes<list>("[1,2]"));
    CHECK(takes<list>("[1,2,3,4]"));
    CHECK(!takes<list>("[1,2,3,4,5]"));
    CHECK(read<list>(R"({"v":[]})").text() ==
          "/v: expected array of integer with 2 to 4 items, got 0 items [haft-E0205]\n");
}

TEST_CASE("limits hold within arrays of structs") {
    CHECK(takes<inside>(R"([{"v":3},{"v":100}])"));
    CHECK(!takes<inside>(R"([{"v":3},{"v":101}])"));
    CHECK(read<inside>(R"({"v":[{"v":3},{"v":2}]})").faults.at(0).pointer == "/v/1/v");
}

TEST_CASE("each type takes the values of its advertised type, and no others") {
    const std::array<std::pair<std::string, std::string>, 7> values{{{"b", "true"},
                                                                     {"i", "1"},
                                                                     {"d", "1.5"},
                                                                     {"s", "\"red\""},
                                                                     {"e", "\"red\""},
                                                                     {"a", "[1]"},
                                                                     {"o", "{\"v\":3}"}}};
    for (const auto& [member, own] : values)
        for (const auto& [other, value] : values) {
            std::string json = "{";
            for (const auto& [m, v] : values) json += "\"" + m + "\":" + (m == member ? value : v) + ",";
            json.back() = '}';
            CAPTURE(json);
            const bool fits = value == own || (member == "d" && other == "i");
            CHECK(read<forms>(json).accepted == fits);
        }
}

TEST_CASE("what the schema requires is what may not be left out") {
    CHECK(schema_of<forms>.find(R"("required":["b","i","d","s","e","a","o"])") != std::string_view::npos);
    CHECK(read<forms>("{}").faults.size() == 7);
    CHECK(schema_of<maybe<int>>.find("required") == std::string_view::npos);
    CHECK(read<maybe<int>>("{}").accepted);
}
