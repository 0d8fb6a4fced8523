// SPDX-License-Identifier: BSL-1.0
// Items that are equal although they are spelled differently: JSON Schema compares values.
#include <haft/schema/json_text.hpp>
#include <haft/schema/nlohmann_json.hpp>
#include <haft/std.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace unique_test {

template <class T>
struct list {
    std::vector<T> v;
    static constexpr std::array haft_fields{haft::field{"v", "", haft::unique_items}};
};
template <class T>
int count(const list<T>& given) {
    return static_cast<int>(given.v.size());
}
template <class T>
bool is_unique(std::string_view items) {
    return haft::make<&count<T>>("").call("{\"v\":" + std::string(items) + "}").has_value();
}
std::string plain(std::string_view number) {
    std::string out;
    haft::json::append_plain_number(out, number);
    return out;
}

}  // namespace unique_test

using namespace unique_test;

TEST_CASE("numbers of one value are equal items, however they are spelled") {
    CHECK_FALSE(is_unique<double>("[0,-0.0]"));
    CHECK_FALSE(is_unique<float>("[1,-0,0]"));
    CHECK_FALSE(is_unique<std::vector<double>>("[[1,0],[1.0,-0.0]]"));
    CHECK(is_unique<double>("[0,1,-1,10,0.1,1e-300,1e300]"));
    for (const std::string_view same : {"[1,1.0]", "[0,-0]", "[100,1e2]", "[{\"a\":1},{\"a\":1.0}]", "[[1e-1],[0.1]]",
                                        "[\"1\",1,1.00]", "[9223372036854775808,9.223372036854775808e18]"}) {
        CAPTURE(same);
        CHECK_FALSE(is_unique<nlohmann::json>(same));
        CHECK_FALSE(is_unique<haft::json_text>(same));
    }
    for (const std::string_view different : {"[1,\"1\",\"1.0\",true]", "[1,-1,10,100]", "[\"a\\\"1\",\"a\\\"1.0\"]",
                                             "[{\"1\":1},{\"1.0\":1}]", "[12,1.2]"}) {
        CAPTURE(different);
        CHECK(is_unique<nlohmann::json>(different));
        CHECK(is_unique<haft::json_text>(different));
    }
}

TEST_CASE("a number has one plain form") {
    for (const std::string_view one : {"1", "1.0", "10e-1", "0.1e1", "0.01E+2", "1e0", "1000e-3"})
        CHECK(plain(one) == "1e0");
    for (const std::string_view zero : {"0", "-0", "0.000", "0e7", "-0.0e-7"}) CHECK(plain(zero) == "0");
    CHECK(plain("-12.50e3") == "-125e2");
    CHECK(plain("1e99999999999999999999") == "1e99999999999999999999");
}

TEST_CASE("only what was read to its end is asked for equal items") {
    const auto faults_of = [](std::string_view items, haft::call_options how = {}) {
        const auto got = haft::make<&count<int>>("").call("{\"v\":" + std::string(items) + "}", how);
        return got ? std::size_t{0} : got.error().faults.size() + got.error().more_faults;
    };
    CHECK(faults_of("[1,2,1]") == 1);
    CHECK(faults_of("[1,\"x\",1]") == 1);
    CHECK(faults_of("[1,1,2]", {.limits = {.max_items = 2}}) == 1);
}
