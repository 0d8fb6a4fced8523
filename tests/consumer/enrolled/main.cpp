// SPDX-License-Identifier: BSL-1.0
#include "header.hpp"

#include <cstdio>

#include <unistd.h>

int main() {
    const haft::toolset tools = haft::compiled_in();
    for (const haft::tool& t : tools) {
        const haft::result<std::string> answer = t.call("{}");
        std::printf("%s %s\n", std::string(t.name).c_str(), answer ? answer->c_str() : "failed");
    }
    std::printf("%zu tools, %zu refused\n", tools.size(), tools.refusals().size());
    std::fflush(stdout);
#ifdef NEXT
    ::execl(NEXT, NEXT, static_cast<char*>(nullptr));
    return 1;
#endif
}
