// SPDX-License-Identifier: BSL-1.0
#include "header.hpp"

#include <cstdio>

#include <unistd.h>

int main() {
    const haft::toolset tools = haft::compiled_in();
    std::string text;
    for (const haft::tool& t : tools) {
        const haft::result<std::string> answer = t.call("{}");
        text.append(t.name).append("=").append(answer ? *answer : "failed").append(" ");
    }
    for (const haft::toolbox_class& c : haft::compiled_in_toolboxes()) text.append(c.name).append(" ");
    for (const haft::error& e : tools.refusals()) text += e.text() + " ";
    std::fputs(text.c_str(), stdout);
    std::fflush(stdout);
#ifdef NEXT
    ::execl(NEXT, NEXT, static_cast<char*>(nullptr));
    return 1;
#endif
}
