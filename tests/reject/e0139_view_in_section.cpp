// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0139]
// expect: a configuration outlives the text that it was read from
// note: weather_config
#include <haft/config/read_section.hpp>
#include <haft/schema/std/string.hpp>

#include <string>
#include <string_view>

struct weather_config {
#ifdef HAFT_REJECT
    std::string_view city;
#else
    std::string city;
#endif
};
haft::result<weather_config> weather(const haft::configuration& config) { return config.read<weather_config>("/weather"); }
