// SPDX-License-Identifier: BSL-1.0
// nlohmann::json as a parameter and as a result.
#include <haft/schema/nlohmann_json.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <unit/schema/through.hpp>

namespace nlohmann_test {

struct request {
    nlohmann::json filter;
    int limit = 10;
    nlohmann::json more = {{"a", 1}};
    static constexpr std::array haft_fields{haft::field{"filter", "What to look for"},
                                            haft::field{"more", "", haft::not_required}};
};
nlohmann::json explain(const request& r) {
    return {{"is_object", r.filter.is_object()}, {"limit", r.limit}, {"more", r.more}, {"filter", r.filter}};
}

}  // namespace nlohmann_test

using namespace nlohmann_test;
using namespace haft_test;

TEST_CASE("nlohmann::json takes any JSON value", "[TD-05][TD-06][TD-18]") {
    STATIC_REQUIRE(member_schema<nlohmann::json> == "{}");
    STATIC_REQUIRE(schema_out<nlohmann::json> == "{}");
    check_rows<nlohmann::json>(
        {{"null"},
         {"true"},
         {"-5"},
         {"18446744073709551615"},
         {"1.5"},
         {"\"\\u0061\"", "\"a\""},
         {"[1,[{\"a\":null}]]"},
         {"{\"b\":1,\"a\":2}", "{\"a\":2,\"b\":1}"},
         {"{\"a\":{\"b\":[{\"c\":1,\"c\":2}]}}", "/a/b/0/c: given twice [haft-E0206]"},
         {"[1,1e400]",
          ": expected any JSON value, got array [1,1e400]: /1: a number that no double can hold, "
          "number 1e400 [haft-E0220]"}});
    CHECK(through(haft::schema::type_of<one<nlohmann::json>>,
                  "{\"v\":" + std::string(63, '[') + std::string(63, ']') + "}")
              .starts_with("{"));
    CHECK(read_one<nlohmann::json>(std::string(64, '[') + std::string(64, ']')).faults.at(0).code ==
          haft::errc::too_large);
    CHECK(read_one<nlohmann::json>("[1,").faults.at(0).code == haft::errc::not_json);
}

TEST_CASE("what nlohmann::json can hold and JSON can't is not written", "[fault-74]") {
    CHECK(written(nlohmann::json(std::numeric_limits<double>::infinity())) ==
          "not written: a value that is not JSON: it holds a number that is infinite or not a number");
    CHECK(written(nlohmann::json::binary({1, 2})) == "not written: a value that is not JSON: it holds binary data");
    CHECK(written(nlohmann::json("a\xFF")) == "\"a\xEF\xBF\xBD\"");
}

TEST_CASE("nlohmann::json is a parameter, a default and a result", "[TD-06][TD-18]") {
    constexpr haft::tool tool = haft::make<&explain>("");
    STATIC_REQUIRE(tool.input_schema ==
                   R"({"type":"object","properties":{"filter":{"description":"What to look for"},)"
                   R"("limit":{"type":"integer"},"more":{}},"required":["filter"],"additionalProperties":false})");
    STATIC_REQUIRE(tool.output_schema == "{}");
    CHECK(*tool.call(R"({"filter":{"x":[1]},"limit":2})") ==
          R"({"filter":{"x":[1]},"is_object":true,"limit":2,"more":{"a":1}})");
    CHECK(*tool.call(R"({"filter":null,"more":[]})") == R"({"filter":null,"is_object":false,"limit":10,"more":[]})");
}
