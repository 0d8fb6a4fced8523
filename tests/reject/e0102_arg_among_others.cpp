// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0102]
// expect: some parameters of this tool are haft::arg and some are not
// note: "repeat"
// note: "times"
#include <haft/tool.hpp>

#include <string>

#ifdef HAFT_REJECT
std::string repeat(const std::string& text, haft::arg<"times", int> times);
#else
std::string repeat(haft::arg<"text", std::string> text, haft::arg<"times", int> times, haft::call_context& context);
#endif

constexpr haft::tool tool = haft::make<&repeat>("Repeat a text");
