// SPDX-License-Identifier: BSL-1.0
// Each family of types as a function's own parameter, as a member of its parameter struct, and as its result.
#include <haft/schema/nlohmann_json.hpp>
#include <haft/std.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>

#include <unit/json/read.hpp>

namespace everywhere_test {

enum class way { there, back };
struct point {
    int x;
    int y = 2;
};
struct node {
    std::vector<node> of;
};

template <class T>
T from_struct(haft_test::one<T> given) {
    return std::move(given.v);
}
template <class T>
T from_argument(haft::arg<"v", T> given) {
    return std::move(*given);
}

struct sample {
    haft::tool by_struct, by_argument;
    std::string_view given;  // and what comes back
    std::string_view bad;
};
template <class T>
constexpr sample sample_of(std::string_view given, std::string_view bad) {
    return {haft::make<&from_struct<T>>(""), haft::make<&from_argument<T>>(""), given, bad};
}

constexpr std::array samples{
    sample_of<bool>("true", "1"),
    sample_of<long long>("-9223372036854775808", "1.5"),
    sample_of<float>("0.1", "\"x\""),
    sample_of<long double>("0.1", "\"x\""),
    sample_of<char>("\"c\"", "\"cc\""),
    sample_of<way>("\"back\"", "\"forth\""),
    sample_of<std::string>("\"a\"", "1"),
    sample_of<std::string_view>("\"a\\n\"", "1"),
    sample_of<std::u16string>("\"\xE2\x82\xAC\"", "1"),
    sample_of<std::optional<int>>("5", "\"x\""),
    sample_of<std::unique_ptr<point>>(R"({"x":1,"y":3})", "1"),
    sample_of<std::variant<int, std::string>>("\"a\"", "[]"),
    sample_of<std::vector<bool>>("[true]", "[1]"),
    sample_of<std::array<double, 2>>("[1,2.5]", "[1]"),
    sample_of<std::list<way>>("[\"there\"]", "[1]"),
    sample_of<std::unordered_set<std::string>>(R"(["a","b"])", R"(["a","a"])"),
    sample_of<std::map<way, std::vector<int>>>(R"({"there":[1],"back":[]})", R"({"hence":[]})"),
    sample_of<std::tuple<int, std::optional<std::string>>>("[1,null]", "[1]"),
    sample_of<point>(R"({"x":1,"y":2})", "{}"),
    sample_of<node>(R"({"of":[{"of":[]}]})", R"({"of":[{}]})"),
    sample_of<std::chrono::minutes>("\"PT5M\"", "\"PT5S\""),
    sample_of<std::chrono::year_month_day>("\"2024-02-29\"", "\"2023-02-29\""),
    sample_of<std::filesystem::path>("\"a/b\"", "\"a\\u0000\""),
    sample_of<haft::json_text>("[1,{\"a\":2}]", "{\"a\":1,\"a\":2}"),
    sample_of<nlohmann::json>("[1,{\"a\":2}]", "{\"a\":1,\"a\":2}"),
    sample_of<std::monostate>("null", "0"),
};

}  // namespace everywhere_test

using namespace everywhere_test;

TEST_CASE("every type is a parameter, a member and a result", "[TD-05][TD-06][TD-13][TD-18][NX-01]") {
    for (const sample& s : samples) {
        CAPTURE(s.given, s.bad);
        for (const haft::tool& tool : {s.by_struct, s.by_argument}) {
            const auto call = [&](std::string_view value) {
                const auto got = tool.call("{\"v\":" + std::string(value) + "}");
                return got ? *got : got.error().text();
            };
            CHECK(call(s.given) == s.given);
            CHECK(call(s.bad).starts_with("tool \"" + std::string(tool.name) +
                                          "\" was not called: 1 fault in its arguments\n- /v"));
            CHECK(tool.call("[]").error().faults.at(0).code == haft::errc::wrong_type);
        }
        // one schema, however the parameter was written, and the result's is what is within
        CHECK(s.by_struct.input_schema == s.by_argument.input_schema);
        CHECK(s.by_struct.input_schema.starts_with(R"({"type":"object","properties":{"v":{)"));
        CHECK(s.by_struct.output_schema == s.by_argument.output_schema);
        CHECK(s.by_struct.output_schema.starts_with("{"));
    }
}
