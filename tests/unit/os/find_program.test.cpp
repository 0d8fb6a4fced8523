// SPDX-License-Identifier: BSL-1.0
#include <haft/os/find_program.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

#include <support/temporary_folder.hpp>

using haft_test::temporary_folder;

TEST_CASE("A program is found in the folders of the path, the first first", "[os]") {
    const temporary_folder at;
    const auto first = at.script("a/tool", ""), second = at.script("b/tool", "");
    const std::string a = (at.path / "a").string(), b = (at.path / "b").string();
    CHECK(*haft::find_program("tool", a + ":" + b) == first);
    CHECK(*haft::find_program("tool", b + ":" + a) == second);
    std::filesystem::permissions(first, std::filesystem::perms::owner_read);
    CHECK(*haft::find_program("tool", a + ":" + b) == second);  // one that can't be run is passed by
    CHECK(haft::find_program("tool", a).error().text() == "program \"tool\" was not found; searched in " + a + "; " +
                                                              first.string() + " is not executable [haft-E0440]");
    CHECK(haft::find_program("took", a + "::" + b).error().message ==
          "program \"took\" was not found; searched in " + a + ", " + b);
}

TEST_CASE("What lies in the working folder is found by its path only", "[os]") {
    const temporary_folder at;
    const auto tool = at.script("tool", "");
    CHECK(haft::find_program("tool", ":.:relative").error().message ==
          "program \"tool\" was not found: the search path \":.:relative\" has no absolute folder");
    CHECK(*haft::find_program("./tool", "", at.path) == tool);
    CHECK(*haft::find_program("x/../tool", "", at.path) == tool);
    CHECK(*haft::find_program(tool.string(), "") == tool);
}

TEST_CASE("A path that can't be run says why", "[os]") {
    const temporary_folder at;
    const auto text = at.file("text", "");
    CHECK(haft::find_program("./no", "", at.path).error().message ==
          "program \"./no\" can't be run: there is no file " + (at.path / "no").string());
    CHECK(haft::find_program("./text", "", at.path).error().message ==
          "program \"./text\" can't be run: this file is not executable (chmod +x): " + text.string());
    CHECK(haft::find_program(at.path.string(), "").error().message ==
          "program \"" + at.path.string() + "\" can't be run: this is no file: " + at.path.string());
    CHECK(haft::find_program("", "/bin").error().message == "no program can be named \"\"");
    CHECK(haft::find_program(std::string_view("a\0b", 3), "/bin").error().message ==
          "no program can be named \"a\\x00b\"");
}
