// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_UNIT_FORMAT_TOOLS_HPP
#define HAFT_TESTS_UNIT_FORMAT_TOOLS_HPP

/// The small toolset that the tests of the formats share.

#include <haft/tool.hpp>

#include <boost/describe/enum.hpp>

#include <array>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace format_test {

enum class size { small, medium, large };
BOOST_DESCRIBE_ENUM(size, small, medium, large)

struct item {
    std::string name;
    int count = 1;
    static constexpr std::array haft_fields{haft::field{"name", "What it is", haft::min_length(1)},
                                            haft::field{"count", "How many", haft::minimum(1)}};
};
struct order {
    std::vector<item> items;
    enum size size = size::medium;
    std::optional<double> discount;
    bool gift = false;
    static constexpr std::array haft_fields{
        haft::field{"items", "What to order", haft::min_items(1), haft::max_items(5)},
        haft::field{"size", "Of the parcel"}, haft::field{"discount", "A fraction", haft::maximum(0.5)}};
};
struct receipt {
    int pieces = 0;
    enum size size = size::medium;
    bool discounted = false;
    bool gift = false;
};

inline receipt place(const order& o) {
    receipt r{0, o.size, o.discount.has_value(), o.gift};
    for (const item& i : o.items) r.pieces += i.count;
    return r;
}
inline std::string hello() { return "Hello \"you\""; }
inline void forget() {}
inline int fail() { throw std::runtime_error("no luck"); }

/// A tool whose schema was written by hand: it can't be strict.
inline constexpr haft::tool tagged{
    .name = "tag",
    .execute = [](const void*, std::string_view, haft::call_context&, haft::result_writer&) {},
    .description = "Tag something",
    .title = "",
    .input_schema =
        R"({"type":"object",
     "properties": {"tags":{"type":"object","additionalProperties":{"type":"string"}}},"required":["tags"],"additionalProperties":false})",
    .output_schema = "",
};

inline haft::toolset tools() {
    return {haft::make<&place>({.description = "Order\nthings", .name = "shop.place_order", .effect = haft::additive}),
            haft::make<&hello>("Greet"), haft::make<&forget>({.description = "Forget all", .name = "2.forget"}),
            haft::make<&fail>("Fail"), tagged};
}

}  // namespace format_test

#endif  // HAFT_TESTS_UNIT_FORMAT_TOOLS_HPP
