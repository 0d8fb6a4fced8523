// SPDX-License-Identifier: BSL-1.0
#include <haft/host/configured_host.hpp>
#include <haft/host/new_project.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <support/temporary_folder.hpp>

namespace {

using haft::host::project_kind;
using haft_test::temporary_folder;
using texts = std::vector<std::string>;

texts names_of(project_kind kind) {
    texts out;
    for (const haft::host::project_file& one : haft::host::project_files(kind, "my-tool")) out.push_back(one.name);
    return out;
}
std::string refused(std::string_view name) {
    const auto legal = haft::host::check_project_name(name);
    return legal ? "" : legal.error().text();
}

}  // namespace

TEST_CASE("A project is named as a plugin is, and says what would do") {
    for (const char* const good : {"a", "weather", "My_Plugin-2", "_x"}) CHECK(refused(good) == "");
    const std::string rule = "expected 1 to 64 of A-Z a-z 0-9 _ -, no digit and no - in front";
    CHECK(refused("") == "no project can be named \"\": " + rule + " [haft-E0410]");
    CHECK(refused("3d") == "no project can be named \"3d\": " + rule + "; \"d\" can [haft-E0410]");
    CHECK(refused("-x") == "no project can be named \"-x\": " + rule + "; \"x\" can [haft-E0410]");
    CHECK(refused("../a b/") == "no project can be named \"../a b/\": " + rule + "; \"a-b\" can [haft-E0410]");
    CHECK(refused("..") == "no project can be named \"..\": " + rule + " [haft-E0410]");
    CHECK(refused(std::string(65, 'a')).find("; \"" + std::string(64, 'a') + "\" can") != std::string::npos);
}

TEST_CASE("The files of each kind, with the name in its place") {
    CHECK(names_of(project_kind::declarative_plugin) == texts{"plugin.toml", "tools/my_tool_hello.toml", "hello.sh", "TOOLS.md"});
    CHECK(names_of(project_kind::library_plugin) == texts{"CMakeLists.txt", "my_tool.cpp"});
    CHECK(names_of(project_kind::server) == texts{"CMakeLists.txt", "main.cpp"});
    for (const project_kind kind : {project_kind::declarative_plugin, project_kind::library_plugin, project_kind::server})
        for (const haft::host::project_file& one : haft::host::project_files(kind, "my-tool")) {
            INFO(one.name << ":\n" << one.text);
            CHECK(one.text.ends_with('\n'));
            CHECK(one.text.find('@') == std::string::npos);
        }
    const auto server = haft::host::project_files(project_kind::server, "my-tool");
    CHECK(server[0].text.find("project(my_tool VERSION") != std::string::npos);
    CHECK(server[0].text.find("OUTPUT_NAME my-tool)") != std::string::npos);
    CHECK(server[1].text.find(".name = \"my-tool\"") != std::string::npos);
}

TEST_CASE("Nothing that is there is overwritten") {
    const temporary_folder at;
    const auto files = haft::host::project_files(project_kind::declarative_plugin, "my-tool");
    REQUIRE(haft::host::write_project(at.path / "my-tool", files));
    const auto again = haft::host::write_project(at.path / "my-tool", files);
    REQUIRE_FALSE(again);
    CHECK(again.error().code == haft::errc::file_not_written);
    CHECK(again.error().message.ends_with("is there already and not empty; nothing was written"));

    at.file("other/plugin.toml", "mine");
    CHECK_FALSE(haft::host::write_project(at.path / "other", files));
    CHECK(haft_test::text_of(at.path / "other/plugin.toml") == "mine");
    CHECK_FALSE(std::filesystem::exists(at.path / "other/hello.sh"));
    at.file("file", "mine");
    CHECK_FALSE(haft::host::write_project(at.path / "file", files));
    CHECK(haft_test::text_of(at.path / "file") == "mine");
    std::filesystem::create_symlink("nowhere", at.path / "link");
    CHECK_FALSE(haft::host::write_project(at.path / "link", files));
    at.folder("empty");
    CHECK(haft::host::write_project(at.path / "empty", files));
}

TEST_CASE("A declarative plugin works as it was written") {
    const temporary_folder at;
    REQUIRE(haft::host::write_project(at.path / "my-tool", haft::host::project_files(project_kind::declarative_plugin, "my-tool")));
    haft::host::configured_host host({.places = {{at.path / "my-tool", haft::plugin_scope::project}}});
    REQUIRE(host.apply({}));
    CHECK(host.problems().empty());
    REQUIRE(host.tools().size() == 1);
    CHECK(host.tools()[0].name == "my_tool_hello");
    const auto said = host.tools()[0].call(R"({"name": "Ada", "times": 2})");
    REQUIRE(said);
    CHECK(*said == R"("Hello Ada\nHello Ada\n")");
    const auto once = host.tools()[0].call(R"({"name": "Ada"})");
    REQUIRE(once);
    CHECK(*once == R"("Hello Ada\n")");
    CHECK_FALSE(host.tools()[0].call(R"({"name": "Ada", "times": 11})"));
}
