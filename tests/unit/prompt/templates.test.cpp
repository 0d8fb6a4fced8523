// SPDX-License-Identifier: BSL-1.0
// Templates: their fields, where they are loaded from, whom of them one trusts.
#include <haft/prompt/load_template.hpp>
#include <haft/prompt/read_template.hpp>
#include <haft/prompt/template_attachments.hpp>
#include <haft/prompt/template_loader.hpp>
#include <haft/prompt/template_tools.hpp>
#include <haft/registry/registry.hpp>
#include <haft/tool.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using prompt_test::temporary_folder;

std::string failure(const haft::template_loaders& loaders, std::string_view spec,
                    const haft::template_places& places = {}) {
    const auto out = haft::load_template(loaders, spec, places);
    return out ? "loaded " + out->source : out.error().text();
}

haft::prompt_template titled(std::string_view name) { return {.prompt = "from " + std::string(name)}; }

std::string names(const haft::toolset& of) {
    std::string out;
    for (const haft::tool& t : of) out.append(out.empty() ? "" : " ").append(t.name);
    return out;
}

haft::toolset tools(std::initializer_list<std::string_view> names_of) {
    haft::toolset out;
    for (const std::string_view name : names_of) REQUIRE(out.add(name, "A tool", [] { return 1; }));
    return out;
}

}  // namespace

// --- TF-02

TEST_CASE("A template has llm's fields, and each is read", "[TF-02]") {
    const auto t = haft::template_from_json(R"({
        "name": "review", "prompt": "Review $input", "system": "You are strict", "model": "gpt-4.1-mini",
        "attachments": ["a.png"], "attachment_types": [{"type": "image/webp", "value": "https://example.com/b"}],
        "defaults": {"tone": "dry", "n": 3}, "options": {"temperature": 0.5}, "extract": true, "extract_last": true,
        "schema_object": {"type": "object", "properties": {"b": {}, "a": {}}},
        "fragments": ["docs:haft"], "system_fragments": ["style"], "tools": ["search", "fs.*"], "functions": ["now"]
    })",
                                            "file");
    REQUIRE(t);
    CHECK(t->name == "review");
    CHECK(t->prompt == "Review $input");
    CHECK(t->system == "You are strict");
    CHECK(t->model == "gpt-4.1-mini");
    CHECK(t->attachments == std::vector<std::string>{"a.png"});
    REQUIRE(t->attachment_types.size() == 1);
    CHECK(t->attachment_types[0].type == "image/webp");
    CHECK(t->attachment_types[0].value == "https://example.com/b");
    CHECK(t->defaults.at("tone").text == "\"dry\"");
    CHECK(t->defaults.at("n").text == "3");
    CHECK(t->options.at("temperature").text == "0.5");
    CHECK((t->extract && t->extract_last));
    CHECK(t->schema_object.text == R"({"type": "object", "properties": {"b": {}, "a": {}}})");
    CHECK(t->fragments == std::vector<std::string>{"docs:haft"});
    CHECK(t->system_fragments == std::vector<std::string>{"style"});
    CHECK(t->tools == std::vector<std::string>{"search", "fs.*"});
    CHECK(t->functions == std::vector<std::string>{"now"});
}

TEST_CASE("Nothing in a template is required, null is nothing, and its name is its file's", "[TF-02]") {
    const auto t = haft::template_from_json(R"({"prompt": null, "schema_object": null, "tools": null})", "short");
    REQUIRE(t);
    CHECK(t->name == "short");
    CHECK(t->prompt.empty());
    CHECK(t->schema_object.text == "null");
    CHECK_FALSE(t->extract);
    CHECK(haft::template_from_json("{}", "x"));
}

TEST_CASE("An unknown key is an error that names the nearest, and all faults come at once", "[TF-02]") {
    const auto t = haft::template_from_json(
        R"({"promt": "x", "extract": "yes", "attachment_types": [{"type": "a/b", "vale": "x"}]})", "review");
    REQUIRE_FALSE(t);
    CHECK(t.error().code == haft::errc::bad_template);
    const std::string text = t.error().text();
    CHECK(text.starts_with("template \"review\" can't be used: 4 faults\n"));
    CHECK(text.find("/promt: no such parameter; did you mean \"prompt\"?") != text.npos);
    CHECK(text.find("/extract: ") != text.npos);
    CHECK(text.find("/attachment_types/0/vale: no such parameter; did you mean \"value\"?") != text.npos);
    CHECK(haft::template_from_json("{\"trusted\": true}", "x").error().faults[0].code ==
          haft::errc::unknown_parameter);  // nobody says that of himself
    CHECK(haft::template_from_json("prompt: x", "x").error().faults[0].code == haft::errc::not_json);
    CHECK(haft::template_from_json(R"({"schema_object": [1]})", "x").error().faults[0].text() ==
          "/schema_object: expected object, got \"[1]\" [haft-E0202]");
}

TEST_CASE("A template is read from its members, whatever format they were written in", "[TF-02]") {
    const auto t =
        haft::template_from_members({{"prompt", "\"Hi $name\""}, {"defaults", R"({"name":"you"})"}}, "greet");
    REQUIRE(t);
    CHECK(t->name == "greet");
    CHECK(t->defaults.at("name").text == "\"you\"");
    CHECK(haft::template_from_members({{"a\"b", "1"}}, "x").error().faults[0].code == haft::errc::unknown_parameter);
}

// --- TF-01

TEST_CASE("A prefix is made of letters, digits, _ and -, up to the first colon", "[TF-01]") {
    CHECK(haft::split_prefix("gh:someone/x:y")->prefix == "gh");
    CHECK(haft::split_prefix("gh:someone/x:y")->argument == "someone/x:y");
    CHECK(haft::split_prefix("a-B_9:")->argument.empty());
    for (const std::string_view none : {"", ":", ":a", "a", "a b:c", "a.b:c", "a/b:c", "\xC3\xA4:b"})
        CHECK_FALSE(haft::split_prefix(none));
}

TEST_CASE("prefix:name calls the loader with the name, and what comes of it is not trusted", "[TF-01][TF-04]") {
    haft::template_loaders loaders;
    const auto a = haft::add_template_loader(loaders, "my-prefix", titled);
    const auto b =
        haft::add_template_loader(loaders, "named", [](std::string_view) -> haft::result<haft::prompt_template> {
            return haft::prompt_template{.name = "own", .functions = {"rm"}};
        });
    REQUIRE(a);
    const auto t = haft::load_template(loaders, "my-prefix:some:thing");
    REQUIRE(t);
    CHECK(t->what.prompt == "from some:thing");
    CHECK(t->what.name == "my-prefix:some:thing");
    CHECK(t->source == "my-prefix:some:thing");
    CHECK_FALSE(t->trusted);
    CHECK(haft::load_template(loaders, "named:x")->what.name == "own");
    CHECK(haft::add_template_loader(loaders, "no prefix", titled).error().text() ==
          "a template loader can't have the prefix \"no prefix\"; it is made of A-Z a-z 0-9 _ - [haft-E0280]");
}

TEST_CASE("Of two loaders of one prefix the second is prefix_1", "[TF-01]") {
    haft::template_loaders loaders;
    const auto a = haft::add_template_loader(loaders, "p", [](std::string_view) { return titled("first"); });
    const auto b = haft::add_template_loader(loaders, "p", [](std::string_view) { return titled("second"); });
    CHECK(haft::load_template(loaders, "p:x")->what.prompt == "from first");
    CHECK(haft::load_template(loaders, "p_1:x")->what.prompt == "from second");
}

TEST_CASE("An existing file of that name wins over a prefix", "[TF-01]") {
    const temporary_folder folder;
    folder.file("p:x", R"({"prompt": "from the file", "functions": ["now"]})");
    haft::template_loaders loaders;
    const auto a = haft::add_template_loader(loaders, "p", titled);
    const prompt_test::current_folder here(folder.path());
    const auto t = haft::load_template(loaders, "p:x");
    REQUIRE(t);
    CHECK(t->what.prompt == "from the file");
    CHECK(t->trusted);
    CHECK(haft::load_template(loaders, "p:y")->what.prompt == "from y");
}

TEST_CASE("An unknown prefix is an error that names the known ones", "[TF-01]") {
    haft::template_loaders loaders;
    CHECK(failure(loaders, "gh:x") ==
          "no template loader has the prefix \"gh\" of \"gh:x\"; there are none [haft-E0331]");
    const auto a = haft::add_template_loader(loaders, "github", titled);
    const auto b = haft::add_template_loader(loaders, "files", titled);
    CHECK(
        failure(loaders, "githb:x") ==
        "no template loader has the prefix \"githb\" of \"githb:x\"; did you mean \"github\"? There are files, github "
        "[haft-E0331]");
}

TEST_CASE("What a loader says or throws is told with the template's name", "[TF-01]") {
    haft::template_loaders loaders;
    const auto a = haft::add_template_loader(
        loaders, "t", [](std::string_view) -> haft::prompt_template { throw std::runtime_error("404 Not Found"); });
    const auto b = haft::add_template_loader(
        loaders, "e", [](std::string_view name) { return haft::template_from_json(R"({"promt": 1})", name); });
    CHECK(failure(loaders, "t:x") == "Could not load template t:x: 404 Not Found [haft-E0330]");
    CHECK(haft::load_template(loaders, "t:x").error().cause);
    const std::string text = failure(loaders, "e:x");
    CHECK(text.starts_with("Could not load template e:x: template \"x\" can't be used: 1 fault\n- /promt: "));
}

TEST_CASE("Templates are files, of the user's folder or anywhere, or come from a URL by the host's function",
          "[TF-01]") {
    const temporary_folder folder;
    const std::string path = folder.file("review.json", R"({"prompt": "Review"})");
    folder.file("broken.json", "{");
    const haft::template_loaders none;
    const haft::template_places places{.folder = folder.path()};
    CHECK(haft::load_template(none, path)->what.name == "review");
    CHECK(haft::load_template(none, "review", places)->what.prompt == "Review");
    CHECK(haft::load_template(none, "review", places)->trusted);
    CHECK(failure(none, "review") == "Could not load template review: there is no such file [haft-E0330]");
    CHECK(
        failure(none, "reviw", places) ==
        "Could not load template reviw: there is no such file, and none of that name among the templates [haft-E0330]");
    CHECK(failure(none, "broken", places)
              .starts_with("Could not load template broken: template \"broken\" can't be used"));
    CHECK(failure(none, "..", places) == "Could not load template ..: there is no such file [haft-E0330]");
    CHECK(failure(none, "../" + folder.path().filename().string() + "/review", places).starts_with("Could not load"));
    CHECK(failure(none, path, {.max_bytes = 5}) ==
          "Could not load template " + path + ": it has 20 bytes; at most 5 are read [haft-E0330]");

    const std::string url = "https://example.com/t";
    CHECK(failure(none, url) ==
          "Could not load template https://example.com/t: nothing here fetches URLs: the host has brought no function "
          "for it [haft-E0330]");
    const haft::template_places web{.fetch = [](const std::string& from, std::size_t) -> haft::result<haft::fetched> {
        if (from.ends_with("gone")) throw std::runtime_error("410 Gone");
        return haft::fetched{R"({"prompt": "From afar"})"};
    }};
    const auto t = haft::load_template(none, url, web);
    REQUIRE(t);
    CHECK(t->what.prompt == "From afar");
    CHECK_FALSE(t->trusted);
    CHECK(failure(none, "http://example.com/gone", web) ==
          "Could not load template http://example.com/gone: 410 Gone [haft-E0330]");
}

TEST_CASE("Owners bring loaders of templates", "[TF-01]") {
    haft::registry r;
    haft::owner o{.name = "github"};
    o.parts.push_back(haft::template_loader_part("gh", titled));
    REQUIRE(r.add(o));
    auto& loaders = r.get<haft::template_loaders>();
    CHECK_FALSE(haft::load_template(loaders, "gh:x"));
    REQUIRE(r.expose("github"));
    CHECK(haft::load_template(loaders, "gh:x")->what.prompt == "from x");
    CHECK(loaders.all()[0].owner == "github");
    CHECK(r.unexpose("github"));
    CHECK(failure(loaders, "gh:x").ends_with("[haft-E0331]"));

    haft::owner wrong{.name = "wrong"};
    wrong.parts.push_back(haft::template_loader_part("g h", titled));
    CHECK(r.add_exposed(wrong).error().code == haft::errc::owner_failed);
}

// --- TF-04

TEST_CASE("The functions of a template are honoured from local files only", "[TF-04]") {
    const haft::toolset known = tools({"search", "now", "rm"});
    const haft::toolset allowed = tools({"search"});
    haft::loaded_template t{.what = {.name = "t", .functions = {"now", "now"}}};
    const auto stranger = haft::template_tools(t, allowed, known);
    REQUIRE(stranger);
    CHECK(names(stranger->tools) == "search");
    CHECK(stranger->refused == std::vector<std::string>{"now"});
    t.trusted = true;
    const auto own = haft::template_tools(t, allowed, known);
    REQUIRE(own);
    CHECK(names(own->tools) == "search now");
    CHECK(own->refused.empty());
    t.what.functions = {"search", "nwo"};
    CHECK(haft::template_tools(t, allowed, known).error().text() ==
          "template \"t\" refers to the function \"nwo\", and no such tool is in the program; did you mean \"now\"? "
          "There "
          "are search, now, rm [haft-E0338]");
}

TEST_CASE("A template from elsewhere can't widen the toolset, whatever it asks for", "[TF-04]") {
    haft::toolset known = tools({"search", "now", "rm", "fs.read", "fs.write"});
    haft::toolset allowed = tools({"search", "fs.read"});
    REQUIRE(allowed.add("secret", {.description = "A tool", .disabled_by_default = true}, [] { return 1; }));
    haft::loaded_template t;
    const auto got = [&](std::vector<std::string> items) {
        t.what.tools = std::move(items);
        const auto out = haft::template_tools(t, allowed, known);
        return out ? names(out->tools) : out.error().text();
    };
    CHECK(got({}) == "search fs.read secret");
    CHECK(got({"search", "rm"}) == "search");
    CHECK(haft::template_tools(t, allowed, known)->refused == std::vector<std::string>{"rm"});
    CHECK(got({"*"}) == "search fs.read secret");
    CHECK(got({"!search"}) == "fs.read secret");
    CHECK(got({"fs.*", "!fs.read"}) == "");
    CHECK(got({"rm"}) == "");
    CHECK(got({"secret"}) == "secret");
    CHECK((*haft::template_tools(t, allowed, known)).tools[0].disabled_by_default);  // naming it does not switch it on
    CHECK(got({"hint:nonsense"}).ends_with("[haft-E0260]"));
    for (const std::string_view item : {"search", "rm", "*", "!rm", "fs.*", "hint:read-only", "read-only"}) {
        t.what.tools = {std::string(item)};
        const auto out = haft::template_tools(t, allowed, known);
        REQUIRE(out);
        for (const haft::tool& tool : out->tools) CHECK(allowed.find(tool.name));
    }
}

TEST_CASE("A template of the user's own adds the tools that it names", "[TF-04]") {
    haft::toolset known = tools({"search", "now", "fs.read", "fs.write"});
    REQUIRE(known.add("seldom", {.description = "A tool", .disabled_by_default = true}, [] { return 1; }));
    const haft::toolset allowed = tools({"search"});
    haft::loaded_template t{.what = {.tools = {"search", "fs.*"}, .functions = {"seldom"}}, .trusted = true};
    const auto out = haft::template_tools(t, allowed, known);
    REQUIRE(out);
    CHECK(names(out->tools) == "search fs.read fs.write seldom");
    CHECK_FALSE(out->tools.find("seldom")->disabled_by_default);
    t.what.tools = {"serch"};
    CHECK(haft::template_tools(t, allowed, known).error().code == haft::errc::bad_selection);
}

TEST_CASE("A template from elsewhere can't have files of this machine attached", "[TF-04][TF-02]") {
    haft::loaded_template t{
        .what = {.attachments = {"https://example.com/a.png"}, .attachment_types = {{"image/png", "secret"}}}};
    CHECK(haft::template_attachments(t).error().text() ==
          "the attachment \"secret\": the template that names it is no file of your own, so no file is read for it "
          "[haft-E0337]");
    t.trusted = true;
    const auto all = haft::template_attachments(t);
    REQUIRE(all);
    REQUIRE(all->size() == 2);
    CHECK((*all)[0] == haft::attachment{.url = "https://example.com/a.png"});
    CHECK((*all)[1] == haft::attachment{.path = "secret", .type = "image/png"});
}
