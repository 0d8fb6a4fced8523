// SPDX-License-Identifier: BSL-1.0
// The parts that a chat is made of; the whole is tested at a terminal, by tests/haft_command/chat.py.
#include <haft/command/command_set.hpp>
#include <haft/host/chat_beginning.hpp>
#include <haft/host/chat_completion.hpp>
#include <haft/host/edit_text.hpp>
#include <haft/host/pick_tools.hpp>
#include <haft/host/screen_text.hpp>
#include <haft/registry.hpp>
#include <haft/toolbox.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <support/temporary_folder.hpp>

namespace {

using haft_test::temporary_folder;
using texts = std::vector<std::string>;

struct city {
    std::string name;
};
std::string weather(const city& c) { return "sunny in " + c.name; }
std::string burn(const city& c) { return c.name + " is gone"; }

struct Files {
    struct config {
        std::string folder;
    };
    explicit Files(config c) : folder(std::move(c.folder)) {}
    std::string folder;
    std::string where() { return folder; }
    static consteval auto haft_toolbox() { return haft::toolbox_words("Files", haft::method<&Files::where>("Which folder")); }
};

texts names(const haft::registry& of) {
    texts out;
    for (const haft::tool& t : of.snapshot()->tools()) out.emplace_back(t.name);
    return out;
}
haft::owner tools_of(std::string name) {
    haft::owner out;
    out.name = std::move(name);
    static_cast<void>(out.tools.add(haft::make<&weather>({.description = "Tell the weather", .effect = haft::read_only})));
    static_cast<void>(out.tools.add(haft::make<&burn>({.description = "Burn it", .effect = haft::destructive})));
    return out;
}

}  // namespace

TEST_CASE("What a model says has no control characters on a screen", "[CM-07]") {
    CHECK(haft::host::on_screen("a\x1b[2J\x07z\r\n\ttab") == "a?[2J?z?\n\ttab");
    CHECK(haft::host::on_screen("\xC2\x9B" "1m \xE2\x80\xAE") == "?1m ?");
    CHECK(haft::host::on_screen("gr\xC3\xB6\xC3\x9F" "er \xF0\x9F\x99\x82 \xFF") == "gr\xC3\xB6\xC3\x9F" "er \xF0\x9F\x99\x82 ?");
    haft::host::screen_text pieces;  // a character may come in several
    CHECK(pieces.take("a\xF0\x9F") == "a");
    CHECK(pieces.take("\x99") == "");
    CHECK(pieces.take("\x82" "b") == "\xF0\x9F\x99\x82" "b");
    CHECK(pieces.take("\xC2") == "");
    CHECK(pieces.take("\x9B") == "?");  // a control character, too
    CHECK(pieces.take("\xE2\x80") == "");
    CHECK(pieces.finish() == "?");
    CHECK(pieces.finish() == "");
}

TEST_CASE("An editor's text is taken, unless it ends badly", "[CM-07]") {
    const haft::result<std::string> out = haft::host::edit_text("Dear ", "printf 'Ada' >>");
    REQUIRE(out);
    CHECK(*out == "Dear Ada");
    const temporary_folder at;
    at.file("it's/x", "");
    REQUIRE(::setenv("TMPDIR", (at.path / "it's").c_str(), 1) == 0);
    CHECK(*haft::host::edit_text("quoted", "test -f") == "quoted");
    ::unsetenv("TMPDIR");

    const haft::result<std::string> left = haft::host::edit_text("", "exit 3; #");
    REQUIRE_FALSE(left);
    CHECK(left.error().code == haft::errc::editor_failed);
    CHECK(left.error().text() == "the editor \"exit 3; #\" ended with 3, so nothing is taken of it; EDITOR names another [haft-E0388]");
    CHECK(haft::host::edit_text("", "/nowhere/editor 2>/dev/null").error().message.find("can't be started") != std::string::npos);
}

TEST_CASE("What -T says picks tools and toolboxes", "[CM-07]") {
    const std::array classes{haft::toolbox_class_of<Files>()};
    haft::registry registry;
    REQUIRE(registry.add_exposed(tools_of("weather")));
    REQUIRE(haft::host::pick_tools(registry, {"weather"}, classes));
    CHECK(names(registry) == texts{"weather"});
    REQUIRE(haft::host::pick_tools(registry, {"hint:destructive", "Files(folder=\"/data\")"}, classes));
    CHECK(names(registry) == texts{"Files.where", "burn"});
    CHECK(*registry.call("Files.where", "{}") == "\"/data\"");

    const haft::result<void> wrong = haft::host::pick_tools(registry, {"Filez(1)"}, classes);
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().message.find("did you mean \"Files\"?") != std::string::npos);
    CHECK(haft::host::pick_tools(registry, {"wether"}, classes).error().code == haft::errc::bad_selection);
}

TEST_CASE("A chat begins with a template, its fragments, those of -f, and the instructions", "[CM-07][TF-01][TF-05]") {
    haft::registry registry;
    haft::owner weather_owner = tools_of("weather");
    weather_owner.instructions = "Ask for one city.";
    REQUIRE(registry.add_exposed(std::move(weather_owner)));
    const auto forms = haft::add_template_loader(registry.get<haft::template_loaders>(), "demo", [](std::string_view) {
        return haft::prompt_template{.prompt = "Of $what: $input",
                                     .system = "Speak of $what.",
                                     .model = "tiny",
                                     .options = {{"temperature", {"0"}}, {"user", {"\"me\""}}},
                                     .extract = true,
                                     .fragments = {"docs:a"},
                                     .system_fragments = {"docs:s"},
                                     .tools = {"weather", "shell"}};
    });
    const auto docs = haft::add_fragment_loader(registry.get<haft::fragment_loaders>(), "docs", [](std::string_view page) -> haft::fragment_list {
        if (page == "picture") return {haft::fragment{"Look.", "docs"}, haft::attachment{.bytes = "\x89PNG\r\n\x1a\n", .type = "image/png"}};
        return {haft::fragment{std::string(page), "docs"}};
    });
    const haft::toolset known = registry.snapshot()->tools();
    const auto begin = haft::host::begin_chat(
        registry, {.form = "demo:x", .values = {{"what", "bees"}}, .fragments = {"docs:picture"}, .system = "Be brief."}, known);
    if (!begin) FAIL(begin.error().text());
    CHECK(begin->system == "Be brief.\n\ns\nSpeak of bees.\n\nAsk for one city.");
    CHECK(begin->model == "tiny");
    CHECK(begin->model_options == R"({"temperature":0,"user":"me"})");
    REQUIRE(begin->tools);
    CHECK(begin->tools->size() == 1);  // a stranger's template narrows what there is, and brings nothing
    CHECK(begin->notes == texts{"the template's extract is for one reply, and a chat has many: it is left out",
                                "the template \"demo:x\" asks for \"shell\" and does not get it"});
    const auto first = haft::host::message_with(begin->before_first, "how many?");
    REQUIRE(first);
    CHECK(first->text == "a\nLook.\nhow many?");
    REQUIRE(first->attachments.size() == 1);
    CHECK(std::get<haft::image>(first->attachments[0]).mime_type == "image/png");

    CHECK(haft::host::begin_chat(registry, {.form = "dema:x"}, known).error().message.find("did you mean \"demo\"?") != std::string::npos);
    CHECK(haft::host::begin_chat(registry, {.form = "demo:x"}, known).error().code == haft::errc::missing_variables);
    CHECK(haft::host::begin_chat(registry, {.fragments = {"dogs:a"}}, known).error().code == haft::errc::unknown_prefix);
}

TEST_CASE("Tab proposes commands, tools, the chat's own commands, fragments", "[CM-06][CM-07]") {
    haft::registry registry;
    REQUIRE(registry.add_exposed(tools_of("weather")));
    const auto wait = registry.get<haft::command_set>().add({.name = "wait"}, [] { return std::string(); });
    const auto docs = haft::add_fragment_loader(registry.get<haft::fragment_loaders>(), "docs",
                                                [](std::string_view) { return haft::fragment{"x", "x"}; });
    const temporary_folder at;
    at.file("do it.txt", "");
    at.file("dolphins.txt", "");
    at.file("dog/x", "");
    const std::filesystem::path before = std::filesystem::current_path();
    std::filesystem::current_path(at.path);
    const auto proposals = [&](std::string_view line) {
        const haft::host::line_completions out = haft::host::complete_chat_line(registry, registry.snapshot()->tools(), line);
        texts all = out.values;
        all.insert(all.begin(), std::string(line.substr(0, out.from)));
        return all;
    };
    CHECK(proposals("/w") == texts{"/", "wait", "weather"});
    CHECK(proposals("/bu") == texts{"/", "burn"});
    CHECK(proposals("!") == texts{"", "!edit", "!end", "!fragment", "!multi"});
    CHECK(proposals("!fragment do") == texts{"!fragment ", "docs:", "dog/", "dolphins.txt"});
    CHECK(proposals("!fragment docs:a dog/") == texts{"!fragment docs:a ", "dog/x"});
    CHECK(proposals("what is /w").size() == 1);
    std::filesystem::current_path(before);
}
