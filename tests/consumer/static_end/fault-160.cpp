// SPDX-License-Identifier: BSL-1.0
// Static objects use the program's registry in their destructors, whichever of them goes first.
#include <haft/registry.hpp>

#include <cstdio>
#include <string>

struct at_the_end {
    const char* name;
    explicit at_the_end(const char* n) : name(n) {
        static_cast<void>(haft::default_registry().add_tool(name, "Answers", [this] { return std::string(name); }));
    }
    ~at_the_end() {
        const haft::result<std::string> answer = haft::default_registry().call(name, "{}");
        std::fputs(answer ? answer->c_str() : answer.error().text().c_str(), stdout);
        std::fputs(haft::default_registry().remove_tool(name) ? " removed " : " lost ", stdout);
        std::fflush(stdout);
    }
};

at_the_end before{"before"};
void other();

int main() {
    other();
    static at_the_end last{"last"};
}
