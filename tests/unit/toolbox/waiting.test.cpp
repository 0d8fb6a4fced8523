// SPDX-License-Identifier: BSL-1.0
// Which calls of one toolbox wait for each other.
#include <haft/tool.hpp>
#include <haft/toolbox/class_of.hpp>
#include <haft/toolbox/toolbox.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

/// Comes back when two are inside, or after a while alone.
int wait_for_another(std::atomic<int>& inside) {
    ++inside;
    for (int i = 0; i < 2'000 && inside < 2; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return inside;
}

struct counting {
    int n = 0;
    int most_inside = 0;
    int inside = 0;
    std::atomic<int> free_inside = 0;
    int step() {
        most_inside = std::max(most_inside, ++inside);
        std::this_thread::yield();
        --inside;
        return ++n;
    }
    int together() { return wait_for_another(free_inside); }
    static int step_of(counting& c) { return c.step(); }
    static int together_of(counting& c) { return c.together(); }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words(
            "Counts", haft::method<&counting::step>("Step"),
            haft::method<&counting::together>({.description = "Together", .hints = haft::thread_safe}));
    }
};

struct meeting {
    std::atomic<int> inside = 0;
    int together() { return wait_for_another(inside); }
    static int together_of(meeting& m) { return m.together(); }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words(haft::about{.description = "Meets", .hints = haft::thread_safe},
                                   haft::method<&meeting::together>("Together"));
    }
};

/// Calls each of the tools 200 times, each on a thread of its own; how many calls have failed. (Catch2's macros are for
/// one thread.)
int fail_at_once(const haft::toolset& tools, std::initializer_list<std::string_view> names) {
    std::atomic<int> failed = 0;
    std::vector<std::thread> threads;
    for (const std::string_view name : names)
        threads.emplace_back([&tools, &failed, name] {
            for (int i = 0; i < 200; ++i) failed += !tools.call(name, "{}");
        });
    for (std::thread& t : threads) t.join();
    return failed;
}

/// What a tool gives on two threads at once.
std::string at_once(const haft::toolset& tools, std::string_view name) {
    const auto call = [&] {
        const haft::result<std::string> given = tools.call(name, "{}");
        return given ? *given : given.error().text();
    };
    std::string other;
    std::thread one([&] { other = call(); });
    std::string out = call();
    one.join();
    return out + " " + other;
}

}  // namespace

TEST_CASE("calls of one toolbox wait for each other, unless a method is hinted thread-safe", "[TB-03.2]") {
    const auto box = haft::make_toolbox<counting>();
    const haft::toolset tools = *box->tools();
    CHECK(fail_at_once(tools, {"counting.step", "counting.step", "counting.step"}) == 0);
    CHECK(box->get<counting>()->n == 600);
    CHECK(box->get<counting>()->most_inside == 1);
    CHECK(at_once(tools, "counting.together") == "2 2");
}

TEST_CASE("functions that take the toolbox wait as its methods do", "[TB-03.2][TB-08.2]") {
    const auto box = haft::make_toolbox<counting>();
    REQUIRE(box->add_tool<&counting::step_of>("Step"));
    REQUIRE(box->add_tool<&counting::together_of>({.description = "Together", .hints = haft::thread_safe}));
    const haft::toolset tools = *box->tools();
    CHECK(fail_at_once(tools, {"counting.step", "counting.step_of", "counting.step_of"}) == 0);
    CHECK(box->get<counting>()->n == 600);
    CHECK(box->get<counting>()->most_inside == 1);
    CHECK(at_once(tools, "counting.together_of") == "2 2");
}

TEST_CASE("of a class that is hinted thread-safe no call waits for another", "[TB-03.2]") {
    const auto box = haft::make_toolbox<meeting>();
    REQUIRE(box->add_tool<&meeting::together_of>("Together"));
    CHECK(at_once(*box->tools(), "meeting.together") == "2 2");
    box->get<meeting>()->inside = 0;
    CHECK(at_once(*box->tools(), "meeting.together_of") == "2 2");
}

namespace {

struct calls_itself {
    const haft::toolset* tools = nullptr;
    int depth(haft::arg<"n", int> n) {
        return *n == 0 ? 0
                       : 1 + std::stoi(*tools->call("calls_itself.depth", "{\"n\":" + std::to_string(*n - 1) + "}"));
    }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Recursive", haft::method<&calls_itself::depth>("Depth"));
    }
};

}  // namespace

TEST_CASE("a method may call a tool of its own toolbox", "[TB-03.2]") {
    const auto box = haft::make_toolbox<calls_itself>();
    const haft::toolset tools = *box->tools();
    box->get<calls_itself>()->tools = &tools;
    CHECK(*tools.call("calls_itself.depth", R"({"n":5})") == "5");
}
