// SPDX-License-Identifier: BSL-1.0
// A struct whose members do not lie where haft computes them, and whose size does not show it: wherever a tool has one,
// its first call ends the program, before anything is written or read beside a member.
#include <haft/schema/custom.hpp>
#include <haft/std.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <csignal>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace layout_test {

struct shifted {
    int x;
    std::int8_t a;
    alignas(2) std::int8_t b;
};
struct straight {
    int x;
    std::int8_t a;
    std::int8_t b;
};
struct tree {
    straight here;
    std::vector<tree> below = {};
    std::optional<std::variant<int, std::map<std::string, straight>>> more = {};
};
struct bent_tree {
    std::vector<bent_tree> below = {};
    std::optional<std::variant<int, std::map<std::string, shifted>>> more = {};
};
struct nothing {};
template <class T>
struct holds {
    T v;
};

bool reached = false;
template <class T>
int take(const holds<T>&) {
    return reached = true, 1;
}
template <class T>
int take_one(haft::arg<"v", T>) {
    return reached = true, 1;
}
template <class T>
T give(const nothing&) {
    return T{};
}

/// Whether the process lives after a call, and then whether the tool was reached.
bool survives(const haft::tool& t, const char* arguments) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(STDERR_FILENO);
        std::signal(SIGABRT, SIG_DFL);
        const bool called = t.call(arguments).has_value();
        ::_exit(called ? 42 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    if (WIFEXITED(status)) CHECK(WEXITSTATUS(status) == 42);
    else CHECK(WTERMSIG(status) == SIGABRT);
    return WIFEXITED(status);
}

}  // namespace layout_test

using namespace layout_test;

TEST_CASE("a struct of a layout that can't be computed ends the first call, wherever it hides") {
    const char* const one = R"({"v":{"x":1,"a":2,"b":3}})";
    const char* const several = R"({"v":[{"x":1,"a":2,"b":3}]})";
    CHECK(survives(haft::make<&take<straight>>(""), one));
    CHECK(survives(haft::make<&take_one<std::vector<straight>>>(""), several));
    CHECK(survives(haft::make<&take<tree>>(""), R"({"v":{"here":{"x":1,"a":2,"b":3},"below":[]}})"));
    CHECK(survives(haft::make<&give<tree>>(""), "{}"));
    CHECK_FALSE(survives(haft::make<&take<shifted>>(""), one));
    CHECK_FALSE(survives(haft::make<&take<std::optional<shifted>>>(""), one));
    CHECK_FALSE(survives(haft::make<&take<std::vector<shifted>>>(""), several));
    CHECK_FALSE(survives(haft::make<&take<bent_tree>>(""), R"({"v":{"below":[]}})"));
    CHECK_FALSE(survives(haft::make<&take_one<shifted>>(""), one));
    CHECK_FALSE(survives(haft::make<&take_one<std::vector<shifted>>>(""), several));
    CHECK_FALSE(survives(haft::make<&give<shifted>>(""), "{}"));
    CHECK_FALSE(survives(haft::make<&give<std::vector<shifted>>>(""), "{}"));
    CHECK_FALSE(survives(haft::make<&give<holds<std::optional<shifted>>>>(""), "{}"));
}
