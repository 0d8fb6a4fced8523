// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_UNIT_FAULTS_CALL_HPP
#define HAFT_TESTS_UNIT_FAULTS_CALL_HPP

/// A tool that keeps what it was called with, so that a test sees whether, and with what, a function was reached.

#include <haft/tool.hpp>

#include <boost/describe/enum.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace faults_test {

enum class order { ascending, descending };
BOOST_DESCRIBE_ENUM(order, ascending, descending)

struct item {
    int b;
};

/// A parameter of every kind; x is the one that is required.
struct parameters {
    int x;
    unsigned u = 7;
    std::int64_t i64 = 7;
    std::uint64_t u64 = 7;
    double d = 7;
    bool flag = false;
    std::string s = "seven";
    faults_test::order order = order::ascending;
    std::optional<int> o;
    std::vector<item> a;
    std::vector<std::vector<std::vector<int>>> deep;

    static constexpr std::array haft_fields{haft::field{"a", "", haft::not_required},
                                            haft::field{"deep", "", haft::not_required}};
};

inline int calls = 0;
inline parameters last{};

inline void take(const parameters& given) {
    ++calls;
    last = given;
}

inline const haft::tool tool = haft::make<&take>("Takes parameters");

struct answer {
    int calls = 0;
    std::vector<haft::fault> faults{};
    std::size_t more = 0;
    std::string text{};
};

inline answer call(std::string_view arguments, const haft::json::read_limits& limits = {}) {
    calls = 0;
    haft::call_options options;
    options.limits = limits;
    haft::result<std::string> got = tool.call(arguments, options);
    if (got) return {calls, {}, 0, *got};
    std::string text = got.error().text();
    return {calls, std::move(got.error().faults), got.error().more_faults, std::move(text)};
}

}  // namespace faults_test

#endif  // HAFT_TESTS_UNIT_FAULTS_CALL_HPP
