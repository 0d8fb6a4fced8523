// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0102]
// expect: C++20 has no names for plain parameters
// note: added by toolset.add
// note: string
#include <haft/tool.hpp>

#include <string>

void fill(haft::toolset& tools) {
#ifdef HAFT_REJECT
    static_cast<void>(tools.add("say", "Say something", [](const std::string&) {}));
#else
    static_cast<void>(tools.add("say", "Say something", [](haft::arg<"text", std::string>) {}));
#endif
}
