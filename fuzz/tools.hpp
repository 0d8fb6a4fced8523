// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FUZZ_TOOLS_HPP
#define HAFT_FUZZ_TOOLS_HPP

/// The tools that are fuzzed: together they have a parameter of every kind that haft reads. Each gives back what it was
/// given, so that reading and writing are tried against each other. A new kind of parameter gets a member here.

#include <haft/std.hpp>
#include <haft/tool.hpp>

#include <boost/describe/enum.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
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

struct containers {
    std::vector<bool> bits;
    std::array<int, 2> two{1, 2};
    std::tuple<int, std::string, bool> three;
    std::pair<double, char> pair{0.5, 'x'};
    std::deque<std::u16string> wide;
    std::set<std::string> words;
    std::map<std::string, std::vector<int>> lists;
    std::map<colour, std::uint8_t> shades;
    std::unordered_map<std::int16_t, std::string> numbered;
    std::variant<std::monostate, int, std::string, std::vector<point>, limited> one;
    haft::json_text anything;
    std::map<std::string, haft::json_text> members;

    static constexpr std::array haft_fields{haft::field{"bits", "", haft::not_required},
                                            haft::field{"two", "", haft::not_required},
                                            haft::field{"three", "", haft::not_required},
                                            haft::field{"pair", "", haft::not_required},
                                            haft::field{"wide", "", haft::not_required},
                                            haft::field{"words", "", haft::not_required},
                                            haft::field{"lists", "", haft::not_required},
                                            haft::field{"shades", "", haft::not_required, haft::max_properties(2)},
                                            haft::field{"numbered", "", haft::not_required},
                                            haft::field{"one", "", haft::not_required},
                                            haft::field{"anything", "", haft::not_required},
                                            haft::field{"members", "", haft::not_required}};
};

struct texts {
    std::chrono::seconds whole{0};
    std::chrono::duration<double> real{0};
    std::chrono::sys_time<std::chrono::milliseconds> moment{};
    std::chrono::sys_days day{};
    std::chrono::year_month_day date{std::chrono::year{2026}, std::chrono::month{1}, std::chrono::day{1}};
    char32_t letter = U'x';
    std::string code = "AB-1";
    std::string choice = "a";
    std::string mail = "a@b.c";
    double step = 0;
    long double wide = 0;
    std::vector<int> different;

    static constexpr std::array haft_fields{
        haft::field{"code", "", haft::pattern("^[A-Z]{2}-([0-9]+|x)*$"), haft::as("Co~/de")},
        haft::field{"choice", "", haft::one_of("a", "b c", "\"")}, haft::field{"mail", "", haft::format("email")},
        haft::field{"step", "", haft::multiple_of(0.25), haft::exclusive_minimum(-4)},
        haft::field{"different", "", haft::unique_items, haft::not_required}};
};

struct tree {
    std::string name;
    std::vector<tree> children;
    std::map<std::string, tree> named;
    std::variant<int, std::vector<tree>> either;

    static constexpr std::array haft_fields{
        haft::field{"name", "", haft::not_required}, haft::field{"children", "", haft::not_required},
        haft::field{"named", "", haft::not_required}, haft::field{"either", "", haft::not_required}};
};

inline containers take_containers(const containers& given) { return give_back(given); }
inline texts take_texts(const texts& given) { return give_back(given); }
inline tree take_tree(const tree& given) { return give_back(given); }

struct two_texts {
    std::string a, b = "x";
};
inline two_texts take_args(haft::arg<"a", std::string_view, haft::max_length(9)> a,
                           haft::arg<"b", std::string, haft::default_("x")> b, haft::call_context&) {
    called = true;
    return {std::string(*a), *b};
}

inline nothing take_nothing(const nothing& given) { return give_back(given); }
inline scalars take_scalars(const scalars& given) { return give_back(given); }
inline limited take_limited(const limited& given) { return give_back(given); }
inline nested take_nested(const nested& given) { return give_back(given); }

inline const haft::toolset tools{
    haft::make<&take_nothing>("Takes nothing"),         haft::make<&take_scalars>("Takes scalars"),
    haft::make<&take_limited>("Takes what has limits"), haft::make<&take_nested>("Takes structs and lists"),
    haft::make<&take_containers>("Takes containers"),   haft::make<&take_texts>("Takes texts with a grammar"),
    haft::make<&take_tree>("Takes what holds itself"),  haft::make<&take_args>("Takes views")};

}  // namespace haft_fuzz

#endif  // HAFT_FUZZ_TOOLS_HPP
