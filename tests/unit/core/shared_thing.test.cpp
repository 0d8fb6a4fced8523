// SPDX-License-Identifier: BSL-1.0
#include <haft/core/shared_thing.hpp>

#include <catch2/catch_test_macros.hpp>

#include <exception>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using haft::shared_thing;

namespace {

struct counted {
    explicit counted(int& count_, std::string name_ = {}) : count(count_), name(std::move(name_)) { ++count; }
    counted(const counted&) = delete;
    counted& operator=(const counted&) = delete;
    ~counted() { --count; }
    int& count;
    std::string name;
};

}  // namespace

TEST_CASE("a shared thing lives as long as its last owner") {
    int alive = 0;
    counted* made = nullptr;
    {
        shared_thing last;
        {
            const shared_thing first = shared_thing::make<counted>(made, alive, "a name");
            CHECK(alive == 1);
            CHECK(made->name == "a name");
            const shared_thing second = first;
            last = second;
        }
        CHECK(alive == 1);
        CHECK(made->name == "a name");
        shared_thing moved = std::move(last);
        CHECK(alive == 1);
        last = shared_thing::make<counted>(made, alive);
        CHECK(alive == 2);
        moved = last;
        CHECK(alive == 1);
        shared_thing& itself = last;
        last = itself;
        CHECK(alive == 1);
    }
    CHECK(alive == 0);
}

TEST_CASE("owners of one thing may come and go on many threads") {
    int alive = 0;
    counted* made = nullptr;
    shared_thing one = shared_thing::make<counted>(made, alive, "shared");
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([mine = one, made] {
            for (int i = 0; i < 10'000; ++i) {
                const shared_thing another = mine;
                if (made->name != "shared") std::terminate();
            }
        });
    one = {};
    for (std::thread& t : threads) t.join();
    threads.clear();
    CHECK(alive == 0);
}
