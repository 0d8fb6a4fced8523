// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_REMOTE_TOOLS_HPP
#define HAFT_TESTS_REMOTE_TOOLS_HPP

/// The tools of the tests of tools on other machines: they are the same in the process, on NATS and behind a proxy.

#include <haft/tool.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace far_tools {

struct query {
    std::string city;
    int days = 3;
    static constexpr std::array haft_fields{haft::field{"city", "City name"}, haft::field{"days", "Days ahead", haft::minimum(1), haft::maximum(14)}};
};
struct forecast {
    std::string city;
    std::vector<double> celsius;
};
inline forecast get_weather(const query& q) { return {q.city, std::vector<double>(static_cast<std::size_t>(q.days), 21.5)}; }

struct words {
    std::string text;
};
inline std::string echo(const words& w) { return w.text; }
inline haft::result<std::string> refuse(const words& w) { return haft::error{haft::errc::tool_failed, "it can't be done with \"" + w.text + "\""}; }
inline haft::output<std::string> picture(const words& w) { return {w.text, {haft::image{std::string("\x89PNG\r\n", 6), "image/png"}}}; }

/// Not idempotent, and counts for itself: a line in the file of HAFT_FAR_COUNT for each run.
struct step {
    std::string id;
    int milliseconds = 0;
};
inline std::string count(const step& s, haft::call_context& context) {
    if (const char* const path = std::getenv("HAFT_FAR_COUNT")) {
        const std::string line = s.id + "\n";
        const int file = ::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        const bool written = file >= 0 && ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
        ::close(file);
        if (!written) std::abort();
    }
    const char* const slower = std::getenv("HAFT_FAR_SLOWER");  // a slow machine
    const int milliseconds = s.milliseconds + (slower ? std::atoi(slower) : 0);
    for (int i = 0; i < milliseconds && !context.stop_requested(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return s.id;
}

/// Keeps one core busy.
struct work {
    int rounds = 1'000'000;
    static constexpr std::array haft_fields{haft::field{"rounds", "How often", haft::minimum(0), haft::maximum(2'000'000'000)}};
};
inline unsigned burn(const work& w) {
    unsigned x = 1;
    for (int i = 0; i < w.rounds; ++i) x = x * 1664525u + 1013904223u;
    return x;
}

inline constexpr haft::about get_weather_is{.description = "Weather forecast for a city", .name = "get_weather", .effect = haft::effect::read_only};
inline constexpr haft::about echo_is{.description = "Gives back", .name = "echo", .effect = haft::effect::read_only};
inline constexpr haft::about refuse_is{.description = "Fails", .name = "refuse", .effect = haft::effect::read_only};
inline constexpr haft::about picture_is{.description = "A picture", .name = "picture", .effect = haft::effect::read_only};
inline constexpr haft::about count_is{.description = "Counts", .name = "count", .effect = haft::effect::destructive};
inline constexpr haft::about burn_is{.description = "Works", .name = "burn", .effect = haft::effect::read_only};

}  // namespace far_tools

#endif  // HAFT_TESTS_REMOTE_TOOLS_HPP
