// SPDX-License-Identifier: BSL-1.0
// The tools as a program of their own: serve --nats, serve --http.
#include "tools.hpp"

#include <haft/haft.hpp>
#include <haft/host/serve_http.hpp>
#include <haft/host/serve_nats.hpp>

#include <cstdlib>

int main(int argc, char** argv) {
    using namespace far_tools;
    static constexpr haft::about old_echo_is{.description = "Gives back, as it always did", .name = "echo", .effect = haft::effect::read_only};
    haft::toolset tools{haft::make<&get_weather>(get_weather_is), std::getenv("HAFT_FAR_OLD") ? haft::make<&echo>(old_echo_is) : haft::make<&echo>(echo_is), haft::make<&refuse>(refuse_is), haft::make<&picture>(picture_is),
                        haft::make<&count>(count_is), haft::make<&burn>(burn_is)};
    const char* const version = std::getenv("HAFT_FAR_OLD") ? "0.9.0" : "1.0.0";
    return haft::run(tools, argc, argv, haft::with_http(haft::with_nats({.name = "far", .version = version})));
}
