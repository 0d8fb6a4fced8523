// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_BENCH_RUN_TASKS_HPP
#define HAFT_BENCH_RUN_TASKS_HPP

/// The three tasks: plain functions over plain structs, the same for every approach. Their bodies are in tools.cpp, so that
/// none of them is inlined into anybody's JSON.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

// a: two scalars, one with a default and a range
struct weather_query {
    std::string city;
    int days = 3;
};
struct weather {
    std::string city;
    int days;
    double high;
    double low;
    std::string summary;
};
weather get_weather(const weather_query&);

/// `days` is an integer from 1 to 14. Approaches that can't say so in their own way ask this.
inline bool in_range(const weather_query& q) { return q.days >= 1 && q.days <= 14; }

// b: a nested struct, an array of numbers, an enum, an optional
enum class travel_mode { walk, bike, car, train };
struct place {
    double lat;
    double lon;
    std::string name;
};
struct route_query {
    place origin;
    std::vector<double> weights;
    travel_mode mode;
    std::optional<std::string> note;
};
struct route {
    double score;
    travel_mode mode;
    int hops;
    std::string note;
};
route plan_route(const route_query&);

// c: one text of 10 KB with an escape now and then
struct text_query {
    std::string text;
};
struct text_size {
    int lines;
    int bytes;
};
text_size count_text(const text_query&);

inline constexpr std::size_t task_count = 3;
inline constexpr std::array<char, task_count> task_letters{'a', 'b', 'c'};
inline constexpr std::array<std::string_view, task_count> tool_names{"get_weather", "plan_route", "count_text"};
inline constexpr std::array<std::string_view, 4> mode_names{"walk", "bike", "car", "train"};

/// A text with as much spare room behind it as any of the parsers wants (simdjson: 64 bytes).
inline std::string padded(std::string text) {
    text.reserve(text.size() + 128);
    return text;
}

/// The arguments that are measured.
std::string arguments_of(std::size_t task);
/// A whole `tools/call` line with these arguments, as it comes down a pipe: with its end.
std::string line_of(std::size_t task, std::string_view arguments);

}  // namespace bench

#endif  // HAFT_BENCH_RUN_TASKS_HPP
