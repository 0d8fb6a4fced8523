// SPDX-License-Identifier: BSL-1.0
// Configuration is to be had by a component, which brings toml++ as headers.
#include <haft/config.hpp>

#include <cstdio>
#include <string>

struct weather_config {
    std::string city;
    int days = 3;
};

int main(int argc, char** argv) {
    const auto config = haft::parse_toml(argc > 1 ? argv[1] : "", "argument");
    if (!config) return std::puts(config.error().text().c_str()), 1;
    const auto weather = config->read<weather_config>("");
    if (!weather) return std::puts(weather.error().text().c_str()), 1;
    std::printf("%s %d\n", weather->city.c_str(), weather->days);
}
