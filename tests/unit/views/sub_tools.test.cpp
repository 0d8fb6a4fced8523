// SPDX-License-Identifier: BSL-1.0
#include <haft/tool.hpp>
#include <haft/views/sub_tools.hpp>

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace {

struct url_args {
    std::string url;
};
std::string read_url(const url_args& a) { return "page " + a.url; }
int history() { return 3; }

constexpr haft::availability needs_browser{[] { return false; }, "install a browser"};

haft::parent_tool browser() {
    haft::parent_tool out{.name = "browser",
                          .words = {.description = "Browses",
                                    .effect = haft::read_only,
                                    .hints = haft::web,
                                    .group = "network",
                                    .category = "web",
                                    .available = &needs_browser}};
    out.functions.add(haft::make<&read_url>("Read a page"));
    out.functions.add(haft::make<&history>({.effect = haft::destructive, .group = "own", .category = "own"}));
    return out;
}

}  // namespace

TEST_CASE("a parent's functions become tools of their own, named parent.function", "[TD-11.1]") {
    const auto tools = haft::split(browser());
    REQUIRE(tools);
    REQUIRE(tools->size() == 2);
    CHECK((*tools)[0].name == "browser.read_url");
    CHECK((*tools)[1].name == "browser.history");
    CHECK(*tools->call("browser.read_url", R"({"url":"x"})") == "\"page x\"");
}

TEST_CASE("they have the function's description, parameters and hints, and the parent's availability", "[TD-11.2]") {
    const haft::parent_tool parent = browser();
    const auto tools = haft::split(parent);
    const haft::tool& read = (*tools)[0];
    CHECK(read.description == "Read a page");
    CHECK(read.input_schema == haft::make<&read_url>("").input_schema);
    CHECK(read.effect == haft::read_only);
    CHECK(haft::has(read.hints, haft::web));
    CHECK(read.available == &needs_browser);
    const haft::tool& past = (*tools)[1];
    CHECK(past.description == "history, a function of browser: Browses");
    CHECK(past.effect == haft::destructive);
    CHECK(haft::has(past.hints, haft::web));
    CHECK(past.available == &needs_browser);
}

namespace {

int asked_after_all = 0;
constexpr haft::availability needs_server{[] { return ++asked_after_all > 0; }, "start the server"};
constexpr haft::availability needs_display{[] { return false; }, "plug in a display"};

}  // namespace

TEST_CASE("a function that says something of itself keeps the parent's warnings and effect", "[TD-11.3]") {
    haft::parent_tool parent{.name = "disk",
                             .words = {.description = "Disk",
                                       .effect = haft::destructive,
                                       .hints = haft::file_ops | haft::closed_world,
                                       .deferred = true,
                                       .disabled_by_default = true}};
    parent.functions.add(haft::make<&history>({.description = "Past", .hints = haft::idempotent}));
    parent.functions.add(haft::make<&read_url>("Read"));
    const haft::toolset tools = *haft::split(parent);
    CHECK(tools[0].effect == haft::destructive);
    CHECK(tools[0].hints == (haft::idempotent | haft::file_ops));
    CHECK(tools[0].deferred);
    CHECK(tools[0].disabled_by_default);
    CHECK(tools[1].disabled_by_default);
    CHECK(tools[1].hints == (haft::file_ops | haft::closed_world));
}

TEST_CASE("a function with an availability of its own needs the parent's as well", "[TD-11.2]") {
    haft::parent_tool parent{.name = "browser", .words = {.description = "Browses", .available = &needs_server}};
    parent.functions.add(haft::make<&history>({.description = "Past", .available = &needs_display}));
    haft::toolset tools;
    REQUIRE(tools.add(parent));
    parent = {};
    const haft::availability* const missing = tools[0].available->missing();
    REQUIRE(missing);
    CHECK(missing->hint == "plug in a display");
    CHECK(asked_after_all == 1);
    haft::parent_tool around{.name = "desk", .words = {.description = "Desk", .available = &needs_browser}};
    around.functions = tools;
    CHECK((*haft::split(around))[0].available->missing()->hint == "install a browser");
    CHECK_FALSE(needs_server.missing());
    CHECK_FALSE(haft::availability{}.missing());
}

TEST_CASE("a question whether something is available that throws is answered with no", "[RG-08.1]") {
    static constexpr haft::availability throws{[]() -> bool { throw 1; }, "mend the question"};
    REQUIRE(throws.missing() == &throws);
}

TEST_CASE("group and category are not inherited", "[TD-11.6]") {
    const auto tools = haft::split(browser());
    for (const haft::tool& t : *tools) {
        CHECK(t.group.empty());
        CHECK(t.category.empty());
    }
}

TEST_CASE("without functions there is nothing", "[TD-11.4]") {
    haft::parent_tool none{.name = "none"};
    const auto tools = haft::split(none);
    REQUIRE(tools);
    CHECK(tools->empty());
}

TEST_CASE("a parent and its functions are never both listed", "[TD-11.5]") {
    const haft::toolset tools{haft::make<&history>("Past"), browser()};
    CHECK(tools.size() == 3);
    CHECK(tools.find("browser") == nullptr);
    CHECK(tools.find("browser.history"));
    haft::toolset again = tools;
    CHECK_FALSE(again.add(browser()));
    CHECK(again.size() == 3);
}

TEST_CASE("the expansion lives without the parent", "[TD-11.1]") {
    haft::toolset tools;
    std::weak_ptr<int> watch;
    {
        auto state = std::make_shared<int>(0);
        watch = state;
        haft::parent_tool parent{.name = "counter"};
        parent.functions.add("next", "Counts", [state] { return ++*state; });
        REQUIRE(tools.add(parent));
    }
    REQUIRE_FALSE(watch.expired());
    CHECK(*tools.call("counter.next", "{}") == "1");
    CHECK(*tools.call("counter.next", "{}") == "2");
    tools = {};
    CHECK(watch.expired());
}

TEST_CASE("tools, sets of them and what gives them are accepted where tools are expected", "[TD-12.1]") {
    const haft::toolset first{haft::make<&history>("Past")};
    const haft::toolset tools{haft::make<&read_url>("Read"), first, browser()};
    CHECK(tools.size() == 4);
    haft::toolset more;
    CHECK(more.add(first));
    CHECK(more.add(browser()));
    CHECK(more.size() == 3);
    STATIC_REQUIRE(haft::toolable<haft::tool>);
    STATIC_REQUIRE(haft::toolable<haft::toolset>);
    STATIC_REQUIRE(haft::toolable<haft::parent_tool>);
    STATIC_REQUIRE_FALSE(haft::toolable<int (*)()>);
    STATIC_REQUIRE_FALSE(haft::toolable<std::string>);
}
