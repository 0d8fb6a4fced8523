// SPDX-License-Identifier: BSL-1.0
// What plugins say for prompts, in memory and in files.
#include <haft/prompt/prompt_file.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace fs = std::filesystem;
using haft::errc;
using plugin_test::host;

namespace {

struct folder {
    fs::path path;
    explicit folder(std::string_view name)
        : path(fs::temp_directory_path() / ("haft_plugin_prompt_" + std::string(name))) {
        fs::remove_all(path);
        fs::create_directories(path);
    }
    ~folder() { fs::remove_all(path); }
};
void write(const fs::path& file, std::string_view text) { std::ofstream(file, std::ios::binary) << text; }
std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
std::size_t files_in(const fs::path& path) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("Sections come from the plugins that are loaded, in the order of loading, one of each", "[PM-10][PM-11]") {
    host h;
    h.add({.name = "b",
           .manifest = {.plugin_deps = {"a"}},
           .tools_md = "\n## B\n\nDo b.\n\n",
           .soul_append = "## Manners\nBe kind."});
    h.add({.name = "a", .tools_md = "## A", .soul_append = "\n  \n## Manners  \nBe stern."});
    h.add({.name = "silent", .tools_md = " \n "});
    CHECK(h.loader.sections().tools.empty());
    static_cast<void>(h.loader.load());
    const haft::prompt_sections s = h.loader.sections();
    REQUIRE(s.tools.size() == 2);
    CHECK(s.tools[0].plugin == "a");
    CHECK(haft::prompt_sections::text_of(s.tools) == "## A\n\n## B\n\nDo b.\n");
    REQUIRE(s.souls.size() == 1);
    CHECK(s.souls[0].text == "## Manners  \nBe stern.");
    static_cast<void>(h.loader.unload("b"));
    CHECK(h.loader.sections().tools.size() == 1);
}

TEST_CASE("A plugin's name counts once among sections", "[PM-10]") {
    haft::prompt_sections s;
    s.add("my-plugin", "one", "");
    s.add("My_Plugin", "two", "");
    REQUIRE(s.tools.size() == 1);
    CHECK(s.tools[0].text == "one");
}

TEST_CASE("A section is written between marks, and a second time nothing is", "[PM-10]") {
    const folder f("tools");
    const fs::path file = f.path / "TOOLS.md";
    CHECK_FALSE(*haft::write_prompt_section(file, {"weather", "x"}, haft::if_absent::leave));
    CHECK_FALSE(fs::exists(file));
    CHECK(*haft::write_prompt_section(file, {"weather", "\n## Weather\n"}));
    CHECK(read(file) == "<!-- haft: begin of weather -->\n## Weather\n<!-- haft: end of weather -->\n");
    CHECK_FALSE(*haft::write_prompt_section(file, {"weather", "## Weather"}));
    CHECK(*haft::write_prompt_section(file, {"other", "## Other"}));
    CHECK(*haft::write_prompt_section(file, {"weather", "## New\n\n$1 \\0"}));
    CHECK(read(file) ==
          "<!-- haft: begin of weather -->\n## New\n\n$1 \\0\n<!-- haft: end of weather -->\n\n"
          "<!-- haft: begin of other -->\n## Other\n<!-- haft: end of other -->\n");
    CHECK(files_in(f.path) == 1);
}

TEST_CASE("Everything else in the file stays byte for byte", "[PM-10]") {
    const folder f("bytes");
    const fs::path file = f.path / "TOOLS.md";
    using namespace std::string_view_literals;
    for (const std::string_view before :
         {"no end"sv, "\xEF\xBB\xBF# Mine\r\n\r\n"sv, "\0\xFF\n\n\n"sv, "a <!-- haft: begin of p --> b\n"sv}) {
        write(file, before);
        CHECK(*haft::write_prompt_section(file, {"p", "text"}));
        const std::string with = read(file);
        CHECK(with.starts_with(before));
        write(file, with + "after\r\n");
        CHECK(*haft::write_prompt_section(file, {"p", "longer text"}));
        CHECK(read(file).starts_with(before));
        CHECK(read(file).ends_with("longer text\n<!-- haft: end of p -->\nafter\r\n"));
        CHECK(*haft::write_prompt_section(file, {"p", ""}));
        CHECK(read(file).starts_with(before));
        CHECK(read(file).ends_with("after\r\n"));
        CHECK(read(file).find("longer text") == std::string::npos);
        CHECK_FALSE(*haft::write_prompt_section(file, {"p", ""}));
    }
}

TEST_CASE("Marks with Windows' line ends are marks", "[PM-10]") {
    const folder f("crlf");
    const fs::path file = f.path / "TOOLS.md";
    write(file, "<!-- haft: begin of p -->\r\nold\r\n<!-- haft: end of p -->\r\nmine\r\n");
    CHECK(*haft::write_prompt_section(file, {"p", "new"}));
    CHECK(read(file) == "<!-- haft: begin of p -->\nnew\n<!-- haft: end of p -->\r\nmine\r\n");
}

TEST_CASE("A file that is not as it was left is left as it is", "[PM-10]") {
    const folder f("broken");
    const fs::path file = f.path / "TOOLS.md";
    for (const char* const half : {"<!-- haft: begin of p -->\nmine\n", "mine\n<!-- haft: end of p -->\n",
                                   "<!-- haft: end of p -->\n<!-- haft: begin of p -->\n"}) {
        write(file, half);
        const auto done = haft::write_prompt_section(file, {"p", "text"});
        REQUIRE_FALSE(done);
        CHECK(done.error().code == errc::prompt_file);
        CHECK(done.error().message.find("without its other half") != std::string::npos);
        CHECK(read(file) == half);
    }
    write(file, "mine\n");
    CHECK_FALSE(haft::write_prompt_section(file, {"p", "a\n<!-- haft: end of p -->\nb"}));
    CHECK_FALSE(haft::write_prompt_section(file, {"p -->", "text"}));
    CHECK_FALSE(haft::write_prompt_section(f.path, {"p", "text"}));                    // a folder
    CHECK_FALSE(haft::write_prompt_section(f.path / "none" / "T.md", {"p", "text"}));  // nowhere
    CHECK_FALSE(haft::append_soul(f.path, "text", haft::if_absent::create));
    CHECK(files_in(f.path) == 1);
}

TEST_CASE("A file keeps its permissions, and a link stays a link", "[PM-10]") {
    const folder f("link");
    const fs::path file = f.path / "real.md", link = f.path / "TOOLS.md";
    write(file, "mine\n");
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    fs::create_symlink(file, link);
    CHECK(*haft::write_prompt_section(link, {"p", "text"}));
    CHECK(fs::is_symlink(link));
    CHECK(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(read(file).starts_with("mine\n\n<!-- haft: begin of p -->"));
}

TEST_CASE("A soul is appended once, by its first line that says something", "[PM-11]") {
    const folder f("soul");
    const fs::path file = f.path / "SOUL.md";
    const std::string_view soul = "\n## Weather Behavior\nAlways use weather_get.\n";
    CHECK_FALSE(*haft::append_soul(file, soul));
    CHECK_FALSE(fs::exists(file));
    write(file, "I am kind. ## Weather Behavior too\n### Weather Behavior\n## Weather Behavior!\n");  // no whole line
    CHECK(*haft::append_soul(file, soul));
    CHECK(read(file).ends_with("## Weather Behavior!\n\n## Weather Behavior\nAlways use weather_get.\n"));
    const std::string once = read(file);
    CHECK_FALSE(*haft::append_soul(file, soul));
    CHECK_FALSE(*haft::append_soul(file, "## Weather Behavior\nSomething else."));
    CHECK(read(file) == once);
    CHECK_FALSE(*haft::append_soul(file, " \n\n"));
    const fs::path fresh = f.path / "NEW.md";
    CHECK(*haft::append_soul(fresh, soul, haft::if_absent::create));
    CHECK(read(fresh) == "## Weather Behavior\nAlways use weather_get.\n");
}
