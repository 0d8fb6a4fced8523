// SPDX-License-Identifier: BSL-1.0
#include <haft/registry/explain.hpp>
#include <haft/registry/registry.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace registry_test;

namespace {

haft::owner with_version(std::string_view owner, std::string_view version) {
    haft::owner o;
    o.name = owner;
    add_answering(o.tools, "search", owner, {.version = version});
    return o;
}

}  // namespace

TEST_CASE("of several versions of one tool the highest is served", "[NX-12.1]") {
    haft::registry r;
    REQUIRE(r.add_exposed(with_version("b_middle", "2.9")));
    REQUIRE(r.add_exposed(with_version("a_new", "2.10")));
    REQUIRE(r.add_exposed(with_version("c_old", "1.0")));
    CHECK(served(r) == "search");
    CHECK(call(r, "search") == "\"answer of a_new\"");
    CHECK(haft::explain(*r.snapshot(), "search").text() ==
          "tool \"search\" 2.10 of owner \"a_new\" is served\n"
          "tool \"search\" 2.9 of owner \"b_middle\" is not served: version 2.10 of owner \"a_new\" is higher\n"
          "tool \"search\" 1.0 of owner \"c_old\" is not served: version 2.10 of owner \"a_new\" is higher");
    CHECK(r.unexpose("a_new"));
    CHECK(call(r, "search") == "\"answer of b_middle\"");
}

TEST_CASE("an owner has older versions of its tools beside them", "[NX-12.1]") {
    haft::registry r;
    haft::owner o = with_version("files", "1.0");
    add_answering(o.versions.emplace_back(), "search", "new files", {.version = "1.1"});
    REQUIRE(r.add_exposed(o));
    CHECK(call(r, "search") == "\"answer of new files\"");
    CHECK(r.snapshot()->rows().size() == 2);
}

TEST_CASE("equal versions, or one without, are two tools of one name", "[NX-12.1]") {
    haft::registry r;
    REQUIRE(r.add_exposed(with_version("first", "1.0")));
    CHECK(r.add_exposed(with_version("second", "1.0")).error().code == haft::errc::duplicate_tool);
    CHECK(r.add_exposed(with_version("third", "")).error().code == haft::errc::duplicate_tool);
    CHECK(call(r, "search") == "\"answer of first\"");
}
