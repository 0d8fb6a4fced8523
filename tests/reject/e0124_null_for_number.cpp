// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0124]
// expect: the default is no value of the parameter's type
// note: "get_weather"
// note: "days"
// note: int
#include <haft/tool.hpp>

#include <array>
#include <optional>

#ifdef HAFT_REJECT
int get_weather(int days);
#else
int get_weather(std::optional<int> days);
#endif
constexpr std::array names{haft::field{"days", "Days ahead", haft::default_(nullptr)}};

constexpr haft::tool tool = haft::make<&get_weather, names>("Weather forecast");
