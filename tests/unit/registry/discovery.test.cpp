// SPDX-License-Identifier: BSL-1.0
#include <haft/registry/explain.hpp>
#include <haft/registry/registry.hpp>
#include <haft/tool/enrol.hpp>
#include <haft/toolbox/class_of.hpp>
#include <haft/toolbox/enrol_toolbox.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>
#include <vector>

using namespace registry_test;

namespace discovery_test {

int enrolled_answer() { return 42; }
HAFT_TOOL(enrolled_answer, "The answer");

struct Counter {
    struct config {
        int from = 0;
    };
    explicit Counter(config c) : n(c.from) {}
    int n;
    int next() { return ++n; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Counts", haft::method<&Counter::next>("The next"));
    }
};
HAFT_TOOLBOX(Counter);

struct Broken {
    void prepare() { throw std::runtime_error("no disk"); }
    int use() { return 1; }
    static consteval auto haft_toolbox() { return haft::toolbox_words("Breaks", haft::method<&Broken::use>("Use")); }
};
HAFT_TOOLBOX(Broken);

}  // namespace discovery_test

TEST_CASE("what exists in the program is discovered, and nothing is exposed by that", "[RG-01.1]") {
    haft::registry r;
    const auto tools = r.discover();
    REQUIRE(tools);
    CHECK(joined(*tools) == "compiled_in");
    CHECK(served(r).empty());
    CHECK(joined(*r.discover("tool")).empty());
    const auto boxes = r.discover("toolbox");
    REQUIRE(boxes);
    CHECK(joined(*boxes) == "Broken Counter");
    CHECK(joined(r.list_available()) == "Broken Counter compiled_in");
    CHECK(r.snapshot()->find_owner("Counter")->what->description == "Counts");
    CHECK(r.snapshot()->find_owner("Counter")->what->source == "compiled in");
    CHECK(r.discover("toolbox")->empty());  // nothing new
    CHECK(r.problems().empty());
    CHECK(*r.expose("compiled_in"));
    CHECK(*r.call("enrolled_answer", "{}") == "42");
    CHECK(haft::explain(*r.snapshot(), "enrolled_answer").text() ==
          "tool \"enrolled_answer\" of owner \"compiled_in\" (compiled in) is served");
}

TEST_CASE("a toolbox class is made when it is exposed, with its configuration", "[RG-01.2][TB-04.3]") {
    haft::registry r;
    REQUIRE(r.discover("toolbox"));
    CHECK(*r.expose("Counter", R"({"from":5})"));
    CHECK(*r.call("Counter.next", "{}") == "6");
    CHECK(*r.call("Counter.next", "{}") == "7");
    CHECK(r.snapshot()->find_owner("Counter")->offer->boxes[0].config() == R"({"from":5})");
    CHECK(*r.expose("Counter", R"({"from":1})"));
    CHECK(*r.call("Counter.next", "{}") == "2");
    CHECK(r.unexpose("Counter"));
    CHECK_FALSE(r.call("Counter.next", "{}"));
    const auto wrong = r.expose("Counter", R"({"form":1})");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().message ==
          "owner \"Counter\" was not exposed: Counter: toolbox \"Counter\" was not made: 1 fault in its configuration\n"
          "- /form: no such parameter; did you mean \"from\"? The parameter is from [haft-E0203]");
}

TEST_CASE("a toolbox that can't be prepared is not exposed, and the others are", "[TB-09.3][RG-05.1]") {
    haft::registry r;
    REQUIRE(r.discover("toolbox"));
    const auto report = r.expose_all();
    CHECK(joined(report.exposed) == "Counter");
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed[0].text() ==
          "owner \"Broken\" was not exposed: Broken: toolbox \"Broken\" can't be used: no disk [haft-E0250] "
          "[haft-E0274]");
    CHECK(haft::explain(*r.snapshot(), "Broken").text().find("no disk") != std::string::npos);
}

TEST_CASE("an owner may bring toolboxes that are there already, each configured by its name", "[TB-10.3]") {
    haft::registry r;
    haft::owner o{.name = "boxes"};
    o.toolboxes = {haft::toolbox_class_of<discovery_test::Counter>()};
    o.instances = {*haft::make_toolbox<discovery_test::Counter>({.from = 10}, "other")};
    o.initialize = [](std::string_view) -> haft::result<haft::toolset> { return haft::toolset{}; };
    REQUIRE(r.add_exposed(o, R"({"Counter":{"from":3}})"));
    CHECK(served(r) == "Counter.next other.next");
    CHECK(*r.call("Counter.next", "{}") == "4");
    CHECK(*r.call("other.next", "{}") == "11");
}

TEST_CASE("what is no kind can't be discovered", "[RG-01.1]") {
    haft::registry r;
    r.add_source({"plugin", "here", [] { return std::vector<haft::owner>{}; }});
    r.add_source({"plugin", "there", [] { return std::vector<haft::owner>{}; }});
    CHECK(r.discover("tol").error().text() ==
          "nothing of the kind \"tol\" can be discovered; did you mean \"tool\"?; the kinds are tool, toolbox, "
          "plugin [haft-E0276]");
}

TEST_CASE("a host adds sources of its own, and one that throws hinders no other", "[RG-01.1]") {
    haft::registry r;
    r.add_source({"plugin", "broken", []() -> std::vector<haft::owner> { throw std::runtime_error("no folder"); }});
    r.add_source({"plugin", "working", [] {
                      return std::vector<haft::owner>{owner_of("b", {"two"}), owner_of("bad name", {}),
                                                      owner_of("a", {"one"})};
                  }});
    const auto found = r.discover("plugin");
    REQUIRE(found);
    CHECK(joined(*found) == "a b");
    REQUIRE(r.problems().size() == 2);
    CHECK(r.problems()[0].text() == "source \"broken\" failed: no folder [haft-E0274]");
    CHECK(r.problems()[1].code == haft::errc::bad_owner);
}
