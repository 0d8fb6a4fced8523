// SPDX-License-Identifier: BSL-1.0
// Whose tool a name is: numbers, versions, the host's own, one owner's several toolboxes.
#include <haft/registry/explain.hpp>
#include <haft/registry/registry.hpp>
#include <haft/toolbox/class_of.hpp>
#include <haft/written/written_tool.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace registry_test;

namespace {

haft::owner with_version(std::string_view name, std::string_view tool, std::string_view version) {
    haft::owner out;
    out.name = name;
    add_answering(out.tools, tool, name, {.version = version});
    return out;
}

struct Notes {
    std::string text = "note";
    std::string read() { return text; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Keeps notes", haft::method<&Notes::read>("Read"));
    }
};
struct Files {
    struct config {
        std::string path = ".";
    };
    explicit Files(config c) : path(std::move(c.path)) {}
    std::string path;
    std::string where() { return path; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Reads files", haft::method<&Files::where>("Where"));
    }
};

}  // namespace

TEST_CASE("a number stays with its tool when another one of that name is switched off", "[RG-03.2][RG-09.1]") {
    haft::registry r({.tools = haft::on_duplicate::suffix});
    REQUIRE(r.add_exposed(owner_of("a", {"x"})));
    REQUIRE(r.add_exposed(owner_of("b", {"x"})));
    REQUIRE(r.add_exposed(owner_of("c", {"x_1"})));
    CHECK(served(r) == "x x_2 x_1");
    CHECK(r.disable_tool("x_1"));
    CHECK(served(r) == "x x_2");
    CHECK(call(r, "x_2") == "\"answer of b\"");
    CHECK(r.disable_tool("x_2"));
    CHECK(served(r) == "x");
    CHECK(call(r, "x_2") ==
          "tool \"x_2\" can't be called now: tool \"x\" of owner \"b\", named \"x_2\", is disabled: enable_tool gives "
          "it back "
          "[haft-E0275]");
    CHECK(r.enable_tool("x_2"));
    CHECK(r.disable_tool("x"));
    CHECK(served(r) == "x_2");
    std::string listed;
    for (const haft::tool_status& t : r.list_tools()) listed += t.name + (t.enabled ? "+ " : "- ");
    CHECK(listed == "x- x_2+ x_1- ");
    CHECK(r.disable_all_tools() == 1);
    CHECK(served(r).empty());
}

TEST_CASE("no version takes the name of a tool of the host's own", "[RG-05.2][NX-12.1]") {
    haft::registry r;
    haft::owner own = with_version("own", "shell", "1.0");
    own.core = true;
    REQUIRE(r.add_exposed(std::move(own)));
    CHECK(r.add_exposed(with_version("plugin", "shell", "9")));
    CHECK(call(r, "shell") == "\"answer of own\"");
    CHECK(haft::explain(*r.snapshot(), "shell").reasons.front() ==
          "tool \"shell\" 9 of owner \"plugin\" is shadowed: the name belongs to the tool of owner \"own\"");
}

TEST_CASE("the highest version is served, whatever the names of the owners", "[NX-12.1]") {
    const std::string first = GENERATE("a", "z");
    haft::registry r({.tools = haft::on_duplicate::keep_first});
    REQUIRE(r.add_exposed(with_version("b", "x", "2.0")));
    REQUIRE(r.add_exposed(with_version("c", "x", "1.0")));
    REQUIRE(r.add_exposed(owner_of(first, {"x"})));
    CHECK(call(r, "x") == "\"answer of b\"");
}

TEST_CASE("of versions only the highest gets a number", "[NX-12.1][RG-03.2]") {
    haft::registry r({.tools = haft::on_duplicate::suffix});
    REQUIRE(r.add_exposed(owner_of("a", {"x"})));
    REQUIRE(r.add_exposed(with_version("b", "x", "1.0")));
    REQUIRE(r.add_exposed(with_version("c", "x", "2.0")));
    CHECK(served(r) == "x x_1");
    CHECK(call(r, "x_1") == "\"answer of c\"");
}

TEST_CASE("two toolboxes of one name in one owner are an error without an alias", "[TB-10.2]") {
    haft::registry r;
    haft::owner o = owner_of("o", {});
    o.toolboxes = {haft::toolbox_class_of<Notes>()};
    o.instances = {*haft::make_toolbox<Notes>()};
    const auto exposed = r.add_exposed(o);
    REQUIRE_FALSE(exposed);
    CHECK(exposed.error().message ==
          "two tools of owner \"o\" are named \"Notes.read\"; owner \"o\" was not exposed. Rename one of them, give a "
          "toolbox an "
          "alias, or give them versions");
    o.name = "p";
    o.instances = {*haft::make_toolbox<Notes>("mine")};
    CHECK(r.add_exposed(o));
    CHECK(served(r) == "Notes.read mine.read");
}

TEST_CASE("two owners of the host's own can't have one name either", "[RG-03.1][RG-05.2]") {
    haft::registry r;
    haft::owner one = owner_of("one", {"x"}), two = owner_of("two", {"x"});
    one.core = two.core = true;
    REQUIRE(r.add_exposed(one));
    CHECK_FALSE(r.add_exposed(two));
    CHECK(call(r, "x") == "\"answer of one\"");
}

TEST_CASE("the owner of what add_tool adds is nobody else's", "[RG-02.1]") {
    haft::registry r;
    CHECK(r.add(owner_of("host", {"x"})).error().message ==
          "the owner \"host\" is the registry's own, for what add_tool adds; choose another name");
    REQUIRE(r.add_exposed(owner_of("a", {"x"})));
    const auto added = r.add_tool("x", "Another", [] { return 1; });
    REQUIRE_FALSE(added);
    CHECK(added.error().message.find("of owner \"a\" stays; it was not added.") != std::string::npos);
}

TEST_CASE("add_tool takes whatever a toolset takes", "[RG-02.1][TD-08]") {
    haft::registry r;
    haft::toolset two;
    add_answering(two, "a", "two");
    add_answering(two, "b", "two");
    REQUIRE(r.add_tool(two));
    REQUIRE(r.add_tool(*haft::make_toolbox<Notes>()));
    REQUIRE(r.add_tool("written", "By hand", haft::written_schemas(R"({"type":"object"})", R"({"type":"integer"})"),
                       [](std::string_view) { return haft::json_text("1"); }));
    CHECK(served(r) == "a b Notes.read written");
    CHECK(call(r, "Notes.read") == "\"note\"");
    CHECK(call(r, "written") == "1");
}

TEST_CASE("each configuration of expose_all is a JSON object", "[RG-04.6]") {
    haft::registry r;
    std::string given;
    haft::owner o = owner_of("a", {"x"});
    o.initialize = [&](std::string_view config) {
        given += config;
        return haft::result<haft::toolset>(haft::toolset{});
    };
    REQUIRE(r.add(std::move(o)));
    const auto report = r.expose_all(R"({"a":5})");
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed[0].message == "the configuration of owner \"a\" is no JSON object: \"5\"");
    CHECK(given.empty());
}

TEST_CASE("a configuration for none of an owner's toolboxes is told", "[RG-04.6][TB-04.3]") {
    haft::registry r;
    haft::owner o = owner_of("o", {});
    o.toolboxes = {haft::toolbox_class_of<Notes>(), haft::toolbox_class_of<Files>()};
    REQUIRE(r.add(std::move(o)));
    const auto exposed = r.expose("o", R"({"Flies":{"path":"/tmp"}})");
    REQUIRE_FALSE(exposed);
    CHECK(exposed.error().message ==
          "owner \"o\" was not exposed: its configuration: \"Flies\" is none of its toolboxes; did you "
          "mean \"Files\"?");
    CHECK(*r.expose("o", R"({"Files":{"path":"/tmp"}})"));
    CHECK(call(r, "Files.where") == "\"/tmp\"");
}

TEST_CASE("two toolboxes of one name that are discovered are told", "[fault-49][RG-01.1]") {
    haft::registry r;
    r.add_source({"box", "two", [] {
                      std::vector<haft::owner> out{owner_of("same", {"x"}), owner_of("same", {"y"})};
                      return out;
                  }});
    CHECK(joined(*r.discover("box")) == "same");
    REQUIRE(r.problems().size() == 1);
    CHECK(r.problems()[0].message.find("owner \"same\" is known already") == 0);
    CHECK(r.discover("box")->empty());
    CHECK(r.problems().size() == 2);
}

TEST_CASE("a tool that is given a new effect is another one to clients", "[RG-09.5]") {
    haft::registry r({.owners = haft::on_duplicate::replace});
    bool changed = false;
    const haft::subscription listens = r.on_change([&](const haft::registry_change& c) { changed = c.tools_changed; });
    haft::owner before = owner_of("a", {}), after = owner_of("a", {});
    add_answering(before.tools, "x", "a", {.effect = haft::read_only});
    add_answering(after.tools, "x", "a", {.effect = haft::destructive});
    REQUIRE(r.add_exposed(before));
    r.batch([&] {
        REQUIRE(r.remove("a"));
        REQUIRE(r.add_exposed(before));
    });
    CHECK_FALSE(changed);
    r.batch([&] {
        REQUIRE(r.remove("a"));
        REQUIRE(r.add_exposed(after));
    });
    CHECK(changed);
}

TEST_CASE("what is disabled by default is enabled by its name", "[RG-08.4][RG-09.1]") {
    haft::registry r;
    haft::owner o = owner_of("a", {"x"});
    add_answering(o.tools, "wild", "a", {.disabled_by_default = true});
    REQUIRE(r.add_exposed(std::move(o)));
    CHECK(served(r) == "x");
    CHECK(r.enable_tool("wild"));
    CHECK(served(r) == "x wild");
    CHECK(r.disable_tool("wild"));
    CHECK(served(r) == "x");
}

TEST_CASE("a toolbox's tools are switched and selected before it is exposed, and after", "[RG-07.4][RG-09.1]") {
    haft::registry r;
    haft::owner o = owner_of("o", {});
    o.toolboxes = {haft::toolbox_class_of<Notes>(), haft::toolbox_class_of<Files>()};
    REQUIRE(r.add(std::move(o)));
    CHECK(r.disable_tool("Files.where"));
    CHECK_FALSE(r.disable_tool("Files.when"));
    CHECK(*r.expose("o"));
    CHECK(served(r) == "Notes.read");
    CHECK(r.unexpose("o"));
    CHECK(r.enable_tool("Files.where"));
    CHECK(r.select({"Files.where"}));
    CHECK_FALSE(r.select({"Files.when"}));
    CHECK(*r.expose("o"));
    CHECK(served(r) == "Files.where");
}

TEST_CASE("what a toolbox is given while it is exposed is served when all is looked at again", "[TB-08.1]") {
    haft::registry r;
    haft::owner o = owner_of("o", {});
    haft::toolbox notes = *haft::make_toolbox<Notes>();
    o.instances = {notes};
    REQUIRE(r.add_exposed(std::move(o)));
    REQUIRE(notes.add_tool("count", "Counts", [] { return 3; }));
    CHECK(served(r) == "Notes.read");
    CHECK(r.reevaluate().failed.empty());
    CHECK(served(r) == "Notes.read Notes.count");
}
