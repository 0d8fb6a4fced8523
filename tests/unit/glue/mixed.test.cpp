// SPDX-License-Identifier: BSL-1.0
// A plugin that is a value, as a shared library; and what can't cross, which is never silence.
#include <haft/json/pieces.hpp>
#include <support/library_driver.hpp>

#include <catch2/catch_test_macros.hpp>

#include <dlfcn.h>

#include <string>
#include <string_view>

namespace {

using haft_test::library_driver;
namespace json = haft::json;

std::string library(std::string_view name) { return std::string(HAFT_TEST_GLUE) + "/" + std::string(name) + ".so"; }
std::string message(const haft_test::library_answer& a) {
    return json::string_of(json::value_of(json::members_of(a.value), "message"));
}

}  // namespace

TEST_CASE("A plugin that a function makes is offered with all that an owner has") {
    library_driver l(library("mixed"));
    REQUIRE(l.setup().code == 0);
    const std::string d = l.describe().value;
    REQUIRE(json::is_json(d));
    CHECK(d.find(R"("available":false,"available_hint":"start the speech server","asks_available":true)") != d.npos);
    CHECK(d.find(R"({"name":"counter.next",)") != d.npos);
    CHECK(d.find("scale.weigh") == d.npos);  // made when it is exposed
    CHECK(d.find(R"("hooks":[{"name":"log","call_as":"log#2","point":"turn_post"},{"name":"log","point":"turn_pre"},)"
                 R"({"name":"maybe","point":"perhaps","async":true,"optional":true}])") == d.npos);
    CHECK(d.find(R"("hooks":[{"name":"log","point":"turn_post"},{"name":"log","call_as":"log#2","point":"turn_pre"},)"
                 R"({"name":"maybe","point":"perhaps","async":true,"optional":true}])") != d.npos);
    CHECK(d.find(R"("instructions":"Weigh first.","models":["claude-*"],"traits":["scales"],"auto_approved":"hint:read-only,!say",)"
                 R"("asks_available":true,"available_hint":"plug it in","priority":-3})") != d.npos);
    CHECK(l.call("hook", "log").value == R"({"messages":[{"role":"system","text":"after"}]})");
    CHECK(l.call("hook", "log#2").value == R"({"messages":[{"role":"system","text":"before"}]})");
    CHECK(l.call("available", "say").value == "false");
    CHECK(l.call("available", "counter.next").value == "true");
    CHECK(l.call("available", "").value == "true");
    CHECK(l.call("tool", "counter.next").value == "1");
    CHECK(l.call("tool", "counter.next").value == "2");
}

TEST_CASE("Toolboxes of a shared library are made of its configuration when it is exposed") {
    library_driver l(library("mixed"));
    REQUIRE(l.setup().code == 0);
    const auto more = l.initialize(R"({"grams":7})");
    REQUIRE(more.code == 0);
    CHECK(more.value.find(R"({"tools":[{"name":"scale.weigh",)") == 0);
    CHECK(l.call("tool", "scale.weigh").value == "8");
    l.shutdown();
    CHECK(l.call("tool", "scale.weigh").code == 1);
    REQUIRE(l.initialize(R"({"grams":1})").code == 0);
    CHECK(l.call("tool", "scale.weigh").value == "2");
    const auto wrong = l.initialize(R"({"grams":"x"})");
    CHECK(wrong.code == 1);
    CHECK(message(wrong).starts_with("its toolbox \"scale\": "));
}

TEST_CASE("What fails where a shared library can't answer is told to the host") {
    library_driver l(library("mixed"));
    REQUIRE(l.setup().code == 0);
    REQUIRE(l.initialize().code == 0);
    l.shutdown();
    l.teardown();
    REQUIRE(l.host_lines.size() == 2);
    CHECK(l.host_lines[0] == "4 plugin \"mixed\": its shutdown failed: stuck [haft-E0411]");
    CHECK(l.host_lines[1] == "4 plugin \"mixed\": its teardown failed: very stuck [haft-E0411]");
}

TEST_CASE("What can't cross the border keeps a shared library from being set up, and is named") {
    library_driver l(library("crossing"));
    const auto refusal = [&](std::string_view what) {
        const auto given = l.setup(R"({"what":")" + std::string(what) + "\"}");
        CHECK(given.code == 1);
        CHECK(given.value.find(R"("code":"E0470")") != std::string::npos);
        return message(given);
    };
    CHECK(refusal("injected").starts_with("plugin \"crossing\": its tool \"rows\" wants an object of its host (haft::injected)"));
    CHECK(refusal("wrapper").starts_with("plugin \"crossing\": its hook \"around\" at turn_pre is a wrapper"));
    CHECK(refusal("point").starts_with(
        "plugin \"crossing\": its hook \"strange\" at strange_point is at a point whose data this library can't read"));
    CHECK(refusal("kind").starts_with("plugin \"crossing\": its thing \"new\" can't be reached from a shared library"));
    CHECK(refusal("disguise").starts_with("plugin \"crossing\": its command \"hidden\" puts something else in as well"));
    REQUIRE(l.setup(R"({"what":"nothing"})").code == 0);
    CHECK(l.call("tool", "torn_down").value == "5");  // what had been set up was torn down
}

TEST_CASE("A shared library is gone when it is closed") {
    const std::string file = library("mixed");
    {
        library_driver l(file);
        REQUIRE(l.setup().code == 0);
        REQUIRE(l.initialize().code == 0);
        void* const again = dlopen(file.c_str(), RTLD_NOW | RTLD_NOLOAD);
        REQUIRE(again);
        dlclose(again);
    }
    CHECK(dlopen(file.c_str(), RTLD_NOW | RTLD_NOLOAD) == nullptr);
}
