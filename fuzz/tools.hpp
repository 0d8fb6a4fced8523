// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FUZZ_TOOLS_HPP
#define HAFT_FUZZ_TOOLS_HPP

/// The tools that are fuzzed: together they have a parameter of every kind that haft reads. Each gives back what it was
/// given, so that reading and writing are tried against each other. A new kind of parameter gets a member here.

#include <haft/tool.hpp>

#include <boost/describe/enum.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace haft_fuzz {

enum class colour { red, green, blue };
BOOST_DESCRIBE_ENUM(colour, red, green, blue)

enum class sparse : std::int64_t { low = -5'000'000'000, none = 0, high = 5'000'000'000 };
BOOST_DESCRIBE_ENUM(sparse, low, none, high)

/// Set by every tool: the function was called.
inline bool called = false;

template <class T>
T give_back(const T& given) {
    called = true;
    return given;
}

struct nothing {};

struct scalars {
    bool flag;
    std::int8_t i8 = 0;
    std::uint8_t u8 = 0;
    std::int16_t i16 = 0;
    std::uint16_t u16 = 0;
    std::int32_t i32 = 0;
    std::uint32_t u32 = 0;
    std::int64_t i64 = 0;
    std::uint64_t u64 = 0;
    float f = 0;
    double d = 0;
    haft_fuzz::colour colour = colour::red;
    haft_fuzz::sparse sparse = sparse::none;
    std::string text;

    static constexpr std::array haft_fields{haft::field{"flag", "Required"},
                                            haft::field{"text", "May be left out", haft::not_required}};
};

struct limited {
    int days = 3;
    double share = 0.5;
    std::string name;
    std::vector<int> few = {1};

    static constexpr std::array haft_fields{haft::field{"days", "", haft::minimum(1), haft::maximum(14)},
                                            haft::field{"share", "", haft::minimum(0.0), haft::maximum(1.0)},
                                            haft::field{"name", "", haft::min_length(1), haft::max_length(4)},
                                            haft::field{"few", "", haft::min_items(1), haft::max_items(3)}};
};

struct point {
    double x;
    double y;
};

struct nested {
    std::vector<point> path;
    std::optional<point> focus;
    std::optional<std::string> label = "none";
    std::vector<std::vector<std::string>> table;
    std::vector<std::optional<int>> gaps;
    point origin{1, 2};
    std::vector<colour> colours;

    static constexpr std::array haft_fields{haft::field{"table", "", haft::not_required},
                                            haft::field{"gaps", "", haft::not_required},
                                            haft::field{"colours", "", haft::not_required}};
};

inline nothing take_nothing(const nothing& given) { return give_back(given); }
inline scalars take_scalars(const scalars& given) { return give_back(given); }
inline limited take_limited(const limited& given) { return give_back(given); }
inline nested take_nested(const nested& given) { return give_back(given); }

inline const haft::toolset tools{haft::make<&take_nothing>("Takes nothing"), haft::make<&take_scalars>("Takes scalars"),
                                 haft::make<&take_limited>("Takes what has limits"),
                                 haft::make<&take_nested>("Takes structs and lists")};

}  // namespace haft_fuzz

#endif  // HAFT_FUZZ_TOOLS_HPP
