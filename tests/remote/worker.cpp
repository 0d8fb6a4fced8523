// SPDX-License-Identifier: BSL-1.0
// The tools as a program of their own: serve --nats, serve --http.
#include "tools.hpp"

#include <haft/haft.hpp>
#include <haft/host/serve_http.hpp>
#include <haft/host/serve_nats.hpp>

#include <cstdlib>

int main(int argc, char** argv) {
    using namespace far_tools;
    haft::toolset tools{haft::make<&get_weather>(get_weather_is), haft::make<&echo>(echo_is), haft::make<&refuse>(refuse_is), haft::make<&picture>(picture_is),
                        haft::make<&count>(count_is), haft::make<&burn>(burn_is)};
    const char* const version = std::getenv("HAFT_FAR_VERSION");  // an older worker says so
    return haft::run(tools, argc, argv, haft::with_http(haft::with_nats({.name = "far", .version = version ? version : "1.0.0"})));
}
