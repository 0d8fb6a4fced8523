// SPDX-License-Identifier: BSL-1.0
// That every size and depth has a limit, met exactly, and that no input costs more than its length.
#include <haft/json/reader.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/map.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>

#include <boost/describe/enum.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <unit/json/read.hpp>

namespace reader_limits_test {

enum class colour { red, green, blue };
BOOST_DESCRIBE_ENUM(colour, red, green, blue)

struct nothing {};
struct rows {
    std::vector<std::vector<int>> v;
};
struct item {
    colour c;
};
struct at_most_two {
    std::vector<int> v;
    static constexpr std::array haft_fields{haft::field{"v", "", haft::max_items(2)}};
};

}  // namespace reader_limits_test

using namespace reader_limits_test;
using namespace haft_test;

namespace {
std::string brackets(std::size_t n) { return repeat("[", n) + repeat("]", n); }
std::string objects(std::size_t n) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += "{\"k" + std::to_string(i) + "\":";
    return out + "1" + repeat("}", n);
}
}  // namespace

TEST_CASE("depth: one less than the limit and the limit are read, one more is refused") {
    // The object of the arguments is the first level.
    CHECK(read<nothing>("{\"x\":" + brackets(62) + "}").faults.at(0).code == haft::errc::unknown_parameter);
    CHECK(read<nothing>("{\"x\":" + brackets(63) + "}").faults.at(0).code == haft::errc::unknown_parameter);
    const auto got = read<nothing>("{\"x\":" + brackets(64) + "}");
    REQUIRE(got.faults.size() == 1);
    CHECK(got.faults[0].code == haft::errc::too_large);
    CHECK(
        got.text() ==
        "/x: nested too deeply at byte 68, before []]]]]]]]]]]]]]]]]]]...; at most 64 levels are read [haft-E0208]\n");
}

TEST_CASE("depth: typed values count as dropped ones do") {
    CHECK(read<rows>("{\"v\":[[1]]}", {.max_depth = 3}).accepted);
    CHECK(read<rows>("{\"v\":[[1]]}", {.max_depth = 2}).text() ==
          "/v/0: nested too deeply at byte 6, before [1]]}; at most 2 levels are read [haft-E0208]\n");
    CHECK(read<rows>("{\"v\":[[1],[2],[3]],\"x\":[[4]]}", {.max_depth = 3}).faults.at(0).code ==
          haft::errc::unknown_parameter);
    CHECK(read<nothing>("{}", {.max_depth = 0}).faults.at(0).code == haft::errc::too_large);
}

TEST_CASE("depth: no caller can ask for more than 512 levels") {
    const haft::json::read_limits all{.max_depth = std::numeric_limits<unsigned>::max()};
    CHECK(read<nothing>("{\"x\":" + brackets(511) + "}", all).faults.at(0).code == haft::errc::unknown_parameter);
    const auto got = read<nothing>("{\"x\":" + brackets(512) + "}", all);
    CHECK(got.faults.at(0).code == haft::errc::too_large);
    CHECK(got.text().find("at most 512 levels are read") != std::string::npos);
}

TEST_CASE("depth: a million open brackets, closed or not, are refused at the limit") {
    for (const std::string& text : {repeat("[", 1'000'000), brackets(1'000'000), "{\"x\":" + repeat("[", 1'000'000),
                                    "{\"x\":" + brackets(1'000'000) + "}", objects(100'000),
                                    repeat("{\"a\":", 1'000'000), repeat("{\"a\":[", 500'000)}) {
        const auto got = read<nothing>(text);
        REQUIRE(got.faults.size() == 1);
        CHECK(got.faults[0].code == haft::errc::too_large);
        CHECK(got.faults[0].offset < 1000);
    }
}

TEST_CASE("bytes of the whole text: the limit is read, one more is not looked at") {
    const std::string text = "{\"v\":1}";
    CHECK(read_one<int>("1", {.max_bytes = text.size() + 1}).accepted);
    CHECK(read_one<int>("1", {.max_bytes = text.size()}).accepted);
    CHECK(read_one<int>("1", {.max_bytes = text.size() - 1}).text() ==
          "arguments: the arguments have 7 bytes; at most 6 are read [haft-E0208]\n");
}

TEST_CASE("bytes of a string: the limit is read, one more is not") {
    const auto of = [](std::size_t n) {
        return read_one<std::string>("\"" + std::string(n, 'a') + "\"", {.max_string_bytes = 10});
    };
    CHECK(of(9).value.v.size() == 9);
    CHECK(of(10).value.v.size() == 10);
    CHECK(of(11).text() == "/v: a string of 11 bytes; at most 10 are read [haft-E0208]\n");
    CHECK(of(11).value.v.capacity() < 100);
    const auto view_of = [](std::string_view json) {
        return read_one<std::string_view>(json, {.max_string_bytes = 10});
    };
    CHECK(view_of("\"1234567890\"").accepted);
    CHECK(view_of("\"12345678901\"").text() == "/v: a string of 11 bytes; at most 10 are read [haft-E0208]\n");
}

TEST_CASE("bytes of a string with escapes are counted as they stand in the text, and one too long is not kept") {
    const auto of = [](std::string_view json) {
        return read_one<std::string>("\"" + std::string(json) + "\"", {.max_string_bytes = 12});
    };
    CHECK(of("\\u0041\\u0042").value.v == "AB");
    CHECK(of("\\u0041\\u0042C").text() == "/v: a string of 13 bytes; at most 12 are read [haft-E0208]\n");
    CHECK(of("12345678901\\n").text() == "/v: a string of 13 bytes; at most 12 are read [haft-E0208]\n");
    for (const std::string& json : {std::string(100'000, 'a') + "\\n", "\\n" + std::string(100'000, 'a')}) {
        const auto got = of(json);
        CHECK(got.text() == "/v: a string of 100002 bytes; at most 12 are read [haft-E0208]\n");
        CHECK(got.value.v.capacity() < 5000);
    }
}

TEST_CASE("bytes of a key, and of a string in free-form JSON, are limited like others", "[fault-33]") {
    using keys = std::map<std::string, int>;
    const auto key_of = [](std::size_t n) {
        return read_one<keys>("{\"" + std::string(n, 'a') + "\":1}", {.max_string_bytes = 10});
    };
    CHECK(key_of(10).accepted);
    CHECK(key_of(11).text() == "/v/aaaaaaaaaaa: a key of 11 bytes; at most 10 are read [haft-E0208]\n");
    const auto after = read_one<keys>("{\"12345678901\":{\"a\":[1]},\"a\":true}", {.max_string_bytes = 10});
    REQUIRE(after.faults.size() == 2);
    CHECK(after.faults[1].pointer == "/v/a");
    const auto text_in = [](std::size_t n) {
        return read_one<haft::json_text>("[\"" + std::string(n, 'a') + "\"]", {.max_string_bytes = 10});
    };
    CHECK(text_in(10).accepted);
    CHECK(text_in(11).text().find("at most 10") != std::string::npos);
}

TEST_CASE("items of an array: the limit is read, one more is not") {
    const auto of = [](std::size_t n) {
        return read_one<std::vector<int>>("[0" + repeat(",1", n - 1) + "]", {.max_items = 10});
    };
    CHECK(of(9).accepted);
    CHECK(of(10).value.v.size() == 10);
    CHECK(of(11).text() == "/v: an array of 11 items; at most 10 are read [haft-E0208]\n");
    CHECK(of(11).value.v.size() == 10);
    CHECK(of(1000).text() == "/v: an array of 1000 items; at most 10 are read [haft-E0208]\n");
    CHECK(of(1000).value.v.size() == 10);
    const auto of_texts = [](std::size_t n) {
        return read_one<std::vector<std::string>>("[\"\"" + repeat(",\"a\"", n - 1) + "]", {.max_items = 10});
    };
    CHECK(of_texts(10).value.v.size() == 10);
    CHECK(of_texts(11).text() == "/v: an array of 11 items; at most 10 are read [haft-E0208]\n");
    CHECK(of_texts(11).value.v.size() == 10);
}

TEST_CASE("the default limits are a million items, a mebibyte of string, four of text") {
    CHECK(read_one<std::vector<int>>("[1" + repeat(",1", 999'999) + "]").accepted);
    CHECK(read_one<std::vector<int>>("[1" + repeat(",1", 1'000'000) + "]").faults.at(0).code == haft::errc::too_large);
    CHECK(read_one<std::string>("\"" + std::string(1u << 20, 'a') + "\"").accepted);
    CHECK(read_one<std::string>("\"" + std::string((1u << 20) + 1, 'a') + "\"").faults.at(0).code ==
          haft::errc::too_large);
    CHECK(read<nothing>("{}" + std::string((4u << 20) - 2, ' ')).accepted);
    CHECK(read<nothing>("{}" + std::string((4u << 20) - 1, ' ')).faults.at(0).code == haft::errc::too_large);
}

// Each of these would run for minutes if its cost were the square of its length.

TEST_CASE("a number of millions of digits is read in linear time") {
    const std::string digits(3'000'000, '9');
    const std::string zeros(3'000'000, '0');
    CHECK(read_one<int>(digits).faults.at(0).code == haft::errc::out_of_limits);
    CHECK(read_one<double>(digits).faults.at(0).code == haft::errc::out_of_limits);
    CHECK(read_one<int>("1" + zeros + "e-3000000").value.v == 1);
    CHECK(read_one<double>("0." + digits).value.v == 1.0);
    CHECK(read_one<double>("0." + zeros + "1").value.v == 0.0);
    CHECK(read_one<double>("1e" + digits).faults.at(0).code == haft::errc::out_of_limits);
    CHECK(read_one<double>("1e-" + digits).value.v == 0.0);
    CHECK(read_one<double>("0e" + digits).accepted);
}

TEST_CASE("a number of 10,000 digits is out of range, and its fault short") {
    const auto got = read_one<long long>(std::string(10'000, '7'));
    CHECK(got.faults.at(0).code == haft::errc::out_of_limits);
    CHECK(got.faults.at(0).got.size() < 220);
}

TEST_CASE("a hundred thousand unknown keys are described up to the limit and counted") {
    std::string text = "{";
    for (int i = 0; i < 100'000; ++i) text += (i ? ",\"k" : "\"k") + std::to_string(i) + "\":1";
    const auto got = read_one<int>("1," + text.substr(1));
    CHECK(got.faults.size() == 32);
    CHECK(got.more == 100'000 - 32);
}

TEST_CASE("a key of a million bytes is echoed in part") {
    const auto got = read_one<int>("1,\"" + std::string(1'000'000, 'k') + "\":1");
    REQUIRE(got.faults.size() == 1);
    CHECK(got.faults[0].text().size() < 1000);
}

TEST_CASE("a million wrong items cost no million sentences") {
    const auto names = read_one<std::vector<colour>>("[\"gren\"" + repeat(",\"x\"", 999'999) + "]");
    CHECK(names.faults.size() == 10);
    CHECK(names.more == 999'990);
    const auto lists = read_one<std::vector<std::vector<colour>>>("[[0]" + repeat(",[0]", 999'999) + "]");
    CHECK(lists.faults.size() == 10);
    CHECK(lists.more == 999'990);
    const auto empty = read_one<std::vector<item>>("[{}" + repeat(",{}", 999'999) + "]");
    CHECK(empty.faults.size() == 10);
    CHECK(empty.more == 999'990);
    const auto strange = read_one<std::vector<item>>("[{}" + repeat(",{\"a\":1}", 400'000) + "]");
    CHECK(strange.faults.size() == 10);
    CHECK(strange.more == 800'001 - 10);
}

TEST_CASE("a key given a hundred thousand times is counted") {
    const auto got = read_one<int>("1" + repeat(",\"v\":1", 100'000));
    CHECK(got.faults.size() == 32);
    CHECK(got.more == 100'000 - 32);
}

TEST_CASE("a long string of escapes and of non-ASCII is read in linear time") {
    CHECK(read_one<std::string>("\"" + repeat("\\u00e9", 170'000) + "\"").value.v.size() == 340'000);
    CHECK(read_one<std::string>("\"" + repeat("\xC3\xA9", 500'000) + "\"").value.v.size() == 1'000'000);
    CHECK(read_one<std::string>("\"" + repeat("\\\\", 500'000)).faults.at(0).code == haft::errc::not_json);
}

TEST_CASE("no more items are made than the author allows, though all are counted") {
    at_most_two object;
    const haft::json::read_limits limits;
    haft::json::reader in("{\"v\":[1,2,3,\"x\",5]}", limits);
    CHECK_FALSE(in.read_arguments(haft::schema::type_of<at_most_two>, &object));
    CHECK(object.v == std::vector<int>{1, 2});
    const auto faults = in.take_faults();
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].text() == "/v: expected array of integer with at most 2 items, got 5 items [haft-E0205]");
    CHECK(read<at_most_two>("{\"v\":[1,2]}", {.max_items = 1}).value.v == std::vector<int>{1});
}
