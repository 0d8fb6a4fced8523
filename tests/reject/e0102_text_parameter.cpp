// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0102]
// expect: a parameter without a struct has no name
// note: added by toolset.add
// note: string
#include <haft/tool.hpp>

#include <string>

struct message {
    std::string text;
};

void fill(haft::toolset& tools) {
#ifdef HAFT_REJECT
    static_cast<void>(tools.add("say", "Say something", [](const std::string&) {}));
#else
    static_cast<void>(tools.add("say", "Say something", [](const message&) {}));
#endif
}
