// SPDX-License-Identifier: BSL-1.0
// Calls, exposure, loading and questions at once.
#include <haft/plugin/make_plugin.hpp>
#include <haft/tool.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

using plugin_test::host;
using plugin_test::one_tool;

namespace {

struct counter {
    static inline std::atomic<int> alive = 0;
    counter() { ++alive; }
    counter(const counter&) = delete;
    ~counter() { --alive; }

    void setup() { ready_ = true; }
    void teardown() { ready_ = false; }
    void initialize() { ++exposed_; }
    void shutdown() { --exposed_; }
    int next() { return ++count_; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Counts", haft::method<&counter::next>("The next"));
    }

private:
    bool ready_ = false;
    int exposed_ = 0, count_ = 0;
};

struct slow {
    static inline std::atomic<bool> inside = false, go = false, met = false;
    void teardown() { met = inside.load(); }
    int wait() {
        inside = true;
        while (!go) std::this_thread::yield();
        inside = false;
        return 1;
    }
    static consteval auto haft_toolbox() { return haft::toolbox_words("Waits", haft::method<&slow::wait>("Wait")); }
};

}  // namespace

TEST_CASE("Teardown of a class waits for a method that runs", "[PM-04]") {
    host h;
    h.loader.add(haft::make_entry("slow", [] { return haft::make_plugin<slow>(); }));
    REQUIRE(h.loader.load().loaded.size() == 1);
    std::thread caller([&] { static_cast<void>(h.registry.call("slow.wait", "{}")); });
    while (!slow::inside) std::this_thread::yield();
    std::thread unloader([&] { static_cast<void>(h.loader.unload("slow")); });
    while (h.serves("slow.wait")) std::this_thread::yield();
    for (int i = 0; i < 1000; ++i) std::this_thread::yield();  // a teardown that does not wait would have run by now
    slow::go = true;
    caller.join();
    unloader.join();
    CHECK_FALSE(slow::met);
    CHECK_FALSE(h.loader.is_loaded("slow"));
}

TEST_CASE("Calls, exposure and reloading of plugins at once", "[PM-04][PM-05]") {
    {
        host h;
        h.loader.add(haft::make_entry("counter", [] { return haft::make_plugin<counter>(); }));
        h.loader.add(haft::make_entry("app", [] {
            return haft::plugin{
                .name = "app", .manifest = {.plugin_deps = {"counter"}}, .tools = one_tool("app", "app")};
        }));
        REQUIRE(h.loader.load().loaded.size() == 2);

        std::atomic<bool> over = false;
        std::atomic<int> wrong = 0, calls = 0;
        std::vector<std::thread> all;
        for (int i = 0; i < 2; ++i)
            all.emplace_back([&] {
                while (!over) {
                    const auto result = h.registry.call("counter.next", "{}");
                    if (result) ++calls;
                    else if (result.error().code != haft::errc::tool_not_served &&
                             result.error().code != haft::errc::unknown_tool)
                        ++wrong;
                }
            });
        all.emplace_back([&] {
            while (!over) {
                static_cast<void>(h.registry.unexpose("counter"));
                static_cast<void>(h.registry.expose("counter"));
            }
        });
        all.emplace_back([&] {
            while (!over) {
                if (h.loader.status().size() != 2) ++wrong;
                static_cast<void>(h.loader.explain("counter"));
                static_cast<void>(h.loader.sections());
            }
        });
        for (int i = 0; i < 200; ++i)
            if (!h.loader.reload("counter")) ++wrong;
        over = true;
        for (std::thread& one : all) one.join();
        CHECK(wrong == 0);
        CHECK(h.loader.is_loaded("app"));
        static_cast<void>(h.registry.expose("counter"));
        CHECK(h.registry.call("counter.next", "{}"));
    }
    CHECK(counter::alive == 0);
}

TEST_CASE("Loaders' changes wait for each other", "[PM-04]") {
    host h;
    std::vector<std::thread> all;
    for (int i = 0; i < 4; ++i)
        all.emplace_back([&, i] {
            for (int j = 0; j < 25; ++j) {
                h.add({.name = "p" + std::to_string(i) + "_" + std::to_string(j)});
                static_cast<void>(h.loader.load());
            }
        });
    for (std::thread& one : all) one.join();
    static_cast<void>(h.loader.load());
    CHECK(h.registry.list_exposed().size() == 100);
}
