// SPDX-License-Identifier: BSL-1.0
// Parameters with words, limits and a default, a struct as the result: the program of the README.
#include <haft/haft.hpp>

struct forecast_query {
    std::string city;
    int days = 3;                                     // a default: the parameter is optional
    static constexpr std::array haft_fields{
        haft::field{"city", "City name, for example Stockholm"},
        haft::field{"days", "Days ahead", haft::minimum(1), haft::maximum(14)}};
};
struct forecast { std::string city; std::vector<double> celsius; };

forecast get_weather(const forecast_query& q) { return {q.city, std::vector<double>(std::size_t(q.days), 21.5)}; }

int main(int argc, char** argv) {
    haft::toolset tools{haft::make<&get_weather>("Weather forecast for a city")};
    return haft::run(tools, argc, argv);              // list, show, call, serve
}
