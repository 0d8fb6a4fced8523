// SPDX-License-Identifier: BSL-1.0
// When an owner is shut down, and what it may do there.
#include <haft/registry/explain.hpp>
#include <haft/registry/registry.hpp>
#include <haft/toolbox/class_of.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace registry_test;

namespace {

/// An owner that writes down what is done to it, and what models are served meanwhile.
haft::owner told_to(std::string& log, haft::registry& r, std::string name, std::string tool) {
    haft::owner out = owner_of(name, {tool});
    out.initialize = [&log, name](std::string_view config) {
        log += "+" + name + std::string(config == "{}" ? "" : config) + " ";
        return haft::result<haft::toolset>(haft::toolset{});
    };
    out.shutdown = [&log, &r, name, tool] { log += "-" + name + (r.snapshot()->find(tool) ? "(served) " : " "); };
    return out;
}

struct Broken {
    Broken() { throw std::runtime_error("no disk"); }
    int use() { return 1; }
    static consteval auto haft_toolbox() { return haft::toolbox_words("Breaks", haft::method<&Broken::use>("Use")); }
};

}  // namespace

TEST_CASE("a batch that fails takes back what it has hidden, before that was shut down", "[RG-09.5]") {
    std::string log;
    haft::registry r;
    REQUIRE(r.add_exposed(told_to(log, r, "a", "x")));
    CHECK_THROWS_AS(r.batch([&] {
        CHECK(r.unexpose("a"));
        throw std::runtime_error("no");
    }),
                    std::runtime_error);
    CHECK(log == "+a ");
    CHECK(r.is_exposed("a"));
    CHECK(served(r) == "x");
    CHECK(r.unexpose("a"));
    CHECK(log == "+a -a ");
}

TEST_CASE("a batch that fails shuts down what it has exposed, once", "[RG-09.5]") {
    std::string log;
    haft::registry r;
    REQUIRE(r.add(told_to(log, r, "a", "x")));
    CHECK_THROWS_AS(r.batch([&] {
        CHECK(*r.expose("a"));
        throw std::runtime_error("no");
    }),
                    std::runtime_error);
    CHECK(log == "+a -a ");
    CHECK_FALSE(r.is_exposed("a"));
    CHECK(served(r).empty());
}

TEST_CASE("a batch that fails shuts down nobody else", "[RG-09.5]") {
    std::string log;
    haft::registry r;
    REQUIRE(r.add_exposed(told_to(log, r, "a", "x")));
    CHECK_THROWS_AS(r.batch([&] {
        REQUIRE(r.add(told_to(log, r, "b", "y")));  // known, and never exposed
        throw std::runtime_error("no");
    }),
                    std::runtime_error);
    CHECK(log == "+a ");
    CHECK(served(r) == "x");
    CHECK(joined(r.list_available()) == "a");
}

TEST_CASE("what a failed batch has removed keeps what it was denied", "[RG-12.4]") {
    haft::registry r;
    REQUIRE(r.add_exposed(owner_of("a", {"x"})));
    CHECK(r.paths().allow("b", "/etc", haft::path_access::read));
    CHECK(r.paths().deny("a", "/etc"));
    CHECK_THROWS_AS(r.batch([&] {
        CHECK(r.remove("a"));
        throw std::runtime_error("no");
    }),
                    std::runtime_error);
    CHECK_FALSE(r.paths().may("/etc/passwd", haft::path_access::read));
    CHECK(r.remove("a"));
    CHECK(r.paths().may("/etc/passwd", haft::path_access::read));
}

TEST_CASE("what a batch has removed is forgotten at its end, exposed or not", "[RG-12.4]") {
    haft::registry r;
    REQUIRE(r.add(owner_of("a", {"x"})));
    CHECK(r.paths().allow("b", "/etc", haft::path_access::read));
    CHECK(r.paths().deny("a", "/etc"));
    r.batch([&] { CHECK(r.remove("a")); });
    CHECK(r.paths().may("/etc/passwd", haft::path_access::read));
}

TEST_CASE("nobody is shut down whose tools are still served", "[RG-04.6]") {
    std::string log;
    haft::registry r;
    REQUIRE(r.add_exposed(told_to(log, r, "a", "x")));
    REQUIRE(r.add_exposed(told_to(log, r, "b", "y")));
    SECTION("when all are hidden") {
        r.unexpose_all();
        CHECK(log == "+a +b -b -a ");
    }
    SECTION("when all are exposed with other configurations") {
        const auto report = r.expose_all(R"({"a":{"n":1}})");
        CHECK(joined(report.exposed) == "a b");
        CHECK(log == R"(+a +b -a +a{"n":1} )");
    }
    SECTION("when one is") {
        CHECK(*r.expose("a", R"({"n":2})"));
        CHECK(log == R"(+a +b -a +a{"n":2} )");
    }
    SECTION("when one is removed in a batch") {
        r.batch([&] { CHECK(r.remove("b")); });
        CHECK(log == "+a +b -b ");
    }
    SECTION("when one no longer suits") {
        haft::owner c = told_to(log, r, "c", "z");
        c.models = {"gemini-*"};
        REQUIRE(r.add_exposed(std::move(c)));
        r.set_model("gpt-7");
        const auto report = r.reevaluate();
        REQUIRE(report.skipped.size() == 1);
        CHECK(log == "+a +b +c -c ");
    }
    CHECK(r.problems().empty());
}

TEST_CASE("what was initialised and is not exposed after all is shut down", "[RG-05.1]") {
    std::string log;
    haft::registry r;
    SECTION("since a toolbox of it failed") {
        haft::owner o = told_to(log, r, "a", "x");
        o.toolboxes = {haft::toolbox_class_of<Broken>()};
        CHECK_FALSE(r.add_exposed(std::move(o)));
    }
    SECTION("since another's tool has the name of one of its own") {
        REQUIRE(r.add_exposed(owner_of("b", {"x"})));
        CHECK_FALSE(r.add_exposed(told_to(log, r, "a", "x")));
    }
    CHECK(log.substr(0, 4) == "+a -");
    CHECK(log.find('-', 5) == std::string::npos);
    CHECK_FALSE(r.is_exposed("a"));
}

TEST_CASE("what was not initialised is not shut down", "[RG-05.1]") {
    std::string log;
    haft::registry r({.model = "gpt-7"});
    haft::owner o = owner_of("a", {"x"});
    o.shutdown = [&log] { log += "shutdown"; };
    o.initialize = [](std::string_view) -> haft::result<haft::toolset> { throw std::runtime_error("no disk"); };
    CHECK_FALSE(r.add_exposed(o));
    o = owner_of("b", {"x"});
    o.shutdown = [&log] { log += "shutdown"; };
    o.models = {"gemini-*"};
    CHECK_FALSE(*r.add_exposed(o));
    CHECK(r.remove("b"));
    CHECK(log.empty());
}

TEST_CASE("an owner that is hidden loses what it was given for its exposure", "[RG-04.6]") {
    haft::registry r;
    std::weak_ptr<int> watch;
    haft::owner o = owner_of("a", {"x"});
    o.initialize = [&](std::string_view) {
        auto state = std::make_shared<int>(7);
        watch = state;
        haft::toolset tools;
        tools.add("made", "Made when it is exposed", [state] { return *state; });
        return haft::result<haft::toolset>(std::move(tools));
    };
    REQUIRE(r.add_exposed(std::move(o)));
    CHECK(call(r, "made") == "7");
    CHECK(r.unexpose("a"));
    CHECK(watch.expired());
    CHECK_FALSE(r.disable_tool("made"));
    CHECK(r.disable_tool("x"));
    CHECK(*r.expose("a"));
    CHECK(call(r, "made") == "7");
    CHECK_FALSE(watch.expired());
}

TEST_CASE("an owner that is no longer available is shut down", "[RG-08.2]") {
    std::string log;
    haft::registry r;
    bool there = true;
    haft::owner o = told_to(log, r, "a", "x");
    o.available = [&] { return there; };
    REQUIRE(r.add_exposed(std::move(o)));
    there = false;
    CHECK(r.reevaluate().failed.size() == 1);
    CHECK(log == "+a -a ");
    there = true;
    CHECK(joined(r.reevaluate().exposed) == "a");
    CHECK(log == "+a -a +a ");
}

TEST_CASE("what fails with another configuration stays hidden, and says why", "[RG-04.6]") {
    haft::registry r;
    haft::owner o = owner_of("a", {"x"});
    o.initialize = [](std::string_view config) -> haft::result<haft::toolset> {
        if (config != "{}") return haft::error{haft::errc::bad_owner, "no such port"};
        return haft::toolset{};
    };
    REQUIRE(r.add_exposed(std::move(o)));
    const auto anew = r.expose("a", R"({"port":0})");
    REQUIRE_FALSE(anew);
    CHECK(anew.error().message.find("no such port") != std::string::npos);
    CHECK_FALSE(r.is_exposed("a"));
    CHECK(haft::explain(*r.snapshot(), "x").text().find("no such port") != std::string::npos);
    CHECK(*r.expose("a"));
    CHECK(served(r) == "x");
}

TEST_CASE("a batch can't shut an owner down and expose it again", "[RG-09.5]") {
    std::string log;
    haft::registry r;
    REQUIRE(r.add_exposed(told_to(log, r, "a", "x")));
    r.batch([&] {
        const auto anew = r.expose("a", R"({"n":1})");
        REQUIRE_FALSE(anew);
        CHECK(anew.error().message ==
              "owner \"a\" is exposed with another configuration, and within a batch it can't be shut down before; "
              "unexpose it "
              "before the batch");
        CHECK(r.unexpose("a"));
        const auto again = r.expose("a");
        REQUIRE_FALSE(again);
        CHECK(again.error().message ==
              "owner \"a\" is being shut down; expose it after that, which is after the batch");
    });
    CHECK(log == "+a -a ");
    CHECK_FALSE(r.is_exposed("a"));
}

TEST_CASE("a shutdown may wait for a call that changes the registry", "[fault-71][RG-04.6]") {
    haft::registry r;
    std::promise<void> started, ended, go_on;
    haft::owner o = owner_of("a", {});
    REQUIRE(o.tools.add("slow", "Takes itself out", [&] {
        started.set_value();
        go_on.get_future().wait();
        r.disable_tool("other");  // needs the registry, which is in the middle of hiding this one
        ended.set_value();
    }));
    bool call_ended = false;
    o.shutdown = [&] {
        go_on.set_value();
        call_ended = ended.get_future().wait_for(std::chrono::seconds(20)) == std::future_status::ready;
    };
    REQUIRE(r.add_exposed(std::move(o)));
    REQUIRE(r.add_exposed(owner_of("b", {"other"})));
    std::string given;
    std::thread caller([&] { given = call(r, "slow"); });
    started.get_future().wait();
    const bool hidden = r.unexpose("a");
    caller.join();
    CHECK(hidden);
    CHECK(call_ended);
    CHECK(given == "null");
    CHECK(served(r).empty());
}

TEST_CASE("an owner is exposed again after its shutdown, though another thread asks for it", "[RG-04.6]") {
    haft::registry r;
    std::promise<void> going, go_on;
    std::atomic<bool> over = false;
    bool over_before = false;
    haft::owner o = owner_of("a", {"x"});
    o.initialize = [&](std::string_view) {
        over_before = over;
        return haft::result<haft::toolset>(haft::toolset{});
    };
    o.shutdown = [&, first = true]() mutable {
        if (!std::exchange(first, false)) return;
        going.set_value();
        go_on.get_future().wait();
        over = true;
    };
    REQUIRE(r.add_exposed(std::move(o)));
    bool hidden = false, exposed = false;
    std::thread hides([&] { hidden = r.unexpose("a"); });
    going.get_future().wait();
    std::thread exposes([&] { exposed = *r.expose("a"); });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    go_on.set_value();
    hides.join();
    exposes.join();
    CHECK(hidden);
    CHECK(exposed);
    CHECK(over_before);
    CHECK(served(r) == "x");
}

TEST_CASE("an owner that exposes itself while it is shut down gets an error, and stays hidden", "[RG-04]") {
    haft::registry r;
    std::string told;
    haft::owner o = owner_of("a", {"x"});
    o.shutdown = [&] {
        const auto again = r.expose("a");
        if (told.empty()) told = again ? "exposed" : again.error().message;
    };
    REQUIRE(r.add_exposed(std::move(o)));
    CHECK(r.unexpose("a"));
    CHECK(told == "owner \"a\" is being shut down; expose it after that");
    CHECK(served(r).empty());
}

TEST_CASE("an owner's code may hide another one and expose it anew", "[RG-04]") {
    std::string log;
    haft::registry r;
    REQUIRE(r.add_exposed(told_to(log, r, "a", "x")));
    haft::owner o = owner_of("b", {"y"});
    o.initialize = [&](std::string_view) {
        CHECK(r.unexpose("a"));
        CHECK(*r.expose("a", R"({"n":1})"));
        return haft::result<haft::toolset>(haft::toolset{});
    };
    REQUIRE(r.add_exposed(std::move(o)));
    CHECK(log == R"(+a -a +a{"n":1} )");
    CHECK(served(r) == "x y");
}

TEST_CASE("an owner that clashes says so, and is exposed when the name is free", "[RG-03.1][RG-06.4]") {
    haft::registry r;
    REQUIRE(r.add_exposed(owner_of("a", {"x"})));
    REQUIRE_FALSE(r.add_exposed(owner_of("b", {"x"})));
    const std::string why =
        "two tools are named \"x\": that of owner \"a\" stays; owner \"b\" was not exposed. Rename one of them, "
        "give them versions, or choose another policy for duplicates [haft-E0212]";
    CHECK(haft::explain(*r.snapshot(), "b").text() == why);
    CHECK(haft::explain(*r.snapshot(), "x").text() ==
          "tool \"x\" of owner \"a\" is served\ntool \"x\" of owner \"b\" is not served: its owner is kept out by "
          "another's tool\n" +
              why);
    CHECK(r.unexpose("a"));
    CHECK(joined(r.reevaluate().exposed) == "b");
    CHECK(call(r, "x") == "\"answer of b\"");
}
