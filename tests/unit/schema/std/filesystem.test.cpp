// SPDX-License-Identifier: BSL-1.0
// Paths, and paths that can't lead out of a folder: in a folder of its own, with symbolic links.
#include <haft/schema/std/filesystem.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>
#include <haft/tool/make.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>
#include <unit/schema/through.hpp>

namespace fs = std::filesystem;

namespace filesystem_test {

/// parent/
///   box/            the sandbox
///     file, folder/file, folder/deeper/
///     inside -> folder      out -> ../secret       dangling -> ../nowhere     loop -> loop
///     folder/up -> ..       folder/abs -> parent/secret      dots -> ../box/folder
///   secret/file
struct sandbox {
    fs::path parent, box;
    sandbox() {
        parent = fs::canonical(fs::temp_directory_path()) / ("haft_filesystem_test_" + std::to_string(::getpid()));
        fs::remove_all(parent);
        box = parent / "box";
        fs::create_directories(box / "folder" / "deeper");
        fs::create_directories(parent / "secret");
        for (const fs::path& file : {box / "file", box / "folder" / "file", parent / "secret" / "file"})
            std::ofstream(file) << "text";
        fs::create_directory_symlink("folder", box / "inside");
        fs::create_directory_symlink("../secret", box / "out");
        fs::create_symlink("../nowhere", box / "dangling");
        fs::create_symlink("loop", box / "loop");
        fs::create_directory_symlink("..", box / "folder" / "up");
        fs::create_directory_symlink(parent / "secret", box / "folder" / "abs");
        fs::create_directory_symlink("../box/folder", box / "dots");
    }
    sandbox(const sandbox&) = delete;
    sandbox& operator=(const sandbox&) = delete;
    ~sandbox() { fs::remove_all(parent); }
};

fs::path root;
fs::path current_root() { return root; }
using boxed = haft::path_under<&current_root>;

struct request {
    boxed file;
};
bool reached = false;
std::string open_it(const request& r) {
    reached = true;
    return r.file.path().string();
}

}  // namespace filesystem_test

using namespace filesystem_test;
using namespace haft_test;

TEST_CASE("a path is a text, and not looked at", "[TD-05][fault-31]") {
    STATIC_REQUIRE(member_schema<fs::path> == R"({"type":"string"})");
    check_rows<fs::path>(
        {{"\"a/b\""},
         {"\"\""},
         {"\"/etc/passwd\""},
         {"\"../..\""},
         {"\"gr\xC3\xBCn\""},
         {R"("a\\b")"},
         {"\"a\\u0000b\"", ": expected path, got string \"a\\x00b\": it holds a zero character [haft-E0220]"},
         {"1", ": expected path, got number 1 [haft-E0202]"}});
    CHECK(read_one<fs::path>("\"a/b\"").value.v == fs::path("a") / "b");
}

TEST_CASE("a path within a folder is the place itself, and is written as it was given", "[TD-05]") {
    const sandbox here;
    root = here.box;
    STATIC_REQUIRE(member_schema<boxed> == R"({"type":"string"})");
    for (const auto& [given, place] :
         {row{"file"}, row{"folder/file"}, row{"folder/deeper/new/file"}, row{"new"}, row{"./folder/../file", "file"},
          row{"inside/file", "folder/file"}, row{"dots/deeper", "folder/deeper"}, row{"folder/up/file", "file"},
          row{"folder//file", "folder/file"}, row{"a..b"}, row{"...", "..."}, row{"gr\xC3\xBCn"}}) {
        CAPTURE(given);
        const std::string_view back = place.empty() ? given : place;
        const auto got = read_one<boxed>("\"" + std::string(given) + "\"");
        CHECK(got.text() == "");
        CHECK(got.value.v.path() == here.box / back);
        CHECK(got.value.v.text() == back);
        CHECK(through(haft::schema::type_of<request>, "{\"file\":\"" + std::string(given) + "\"}") ==
              "{\"file\":\"" + std::string(back) + "\"}");
    }
    CHECK(read_one<boxed>("\".\"").value.v.path() == here.box);
    CHECK(read_one<boxed>("\"folder/..\"").value.v.path() == here.box);
    CHECK(written(boxed()) == "\"\"");
}

TEST_CASE("a path that leads out of the folder is refused before the tool runs", "[fault-41][fault-31]") {
    const sandbox here;
    root = here.box;
    constexpr haft::tool tool = haft::make<&open_it>("");
    const auto refused = [&](std::string_view path, std::string_view why) {
        CAPTURE(path);
        reached = false;
        std::string text = "{\"file\":";
        haft::json::append_string(text, path);
        const auto got = tool.call(text + "}");
        CHECK(!reached);
        REQUIRE(!got);
        REQUIRE(got.error().faults.size() == 1);
        CHECK(got.error().faults[0].code == haft::errc::bad_text);
        CHECK(got.error().faults[0].message.starts_with(
            "expected path within the folder, relative to it, got string \""));
        CHECK(got.error().faults[0].message.ends_with(": " + std::string(why)));
    };
    const std::string_view out = "it leads out of the folder", link = "a symbolic link leads out of the folder",
                           nowhere = "a symbolic link leads nowhere",
                           absolute = "it is absolute; give it relative to the folder";
    for (const std::string_view path :
         {"..", "../secret/file", "../../etc/passwd", "folder/../../secret", "./..", "new/../.."})
        refused(path, out);
    for (const std::string_view path : {"/", "/etc/passwd", "//etc/passwd"}) refused(path, absolute);
    refused((here.box / "file").string(), absolute);
    for (const std::string_view path :
         {"out", "out/", "out/file", "out/new", "inside/abs/file", "folder/abs", "folder/up/out/file"})
        refused(path, link);
    // a link over a link's own parent: each step is within, the place is not
    for (const std::string_view path :
         {"folder/up/../secret/file", "inside/up/../secret", "folder/deeper/../up/../secret"})
        refused(path, link);
    // what does not exist takes no link after it out of sight
    for (const std::string_view path : {"new/../out/file", "new/../folder/abs/file", "folder/new/a/../../abs/file"})
        refused(path, link);
    for (const std::string_view path : {"new/../dangling", "new/../dangling/file"}) refused(path, nowhere);
    for (const std::string_view path : {"dangling", "dangling/file", "inside/../dangling"}) refused(path, nowhere);
    refused(std::string_view("fi\0le", 5), "it holds a zero character");
    refused("folder\\..\\..\\secret", "it holds a backslash");
    refused("", "it is empty; . is the folder itself");
    const auto looped = tool.call(R"({"file":"loop/file"})");
    REQUIRE(!looped);
    CHECK(looped.error().faults.at(0).code == haft::errc::bad_text);
    reached = false;
    CHECK(tool.call(R"({"file":"file"})").has_value());
    CHECK(reached);
    root = here.parent / "no such folder";
    refused("file", "the folder it is relative to can't be read");
}

TEST_CASE("a path of very many steps is refused before the system is asked", "[fault-41][fault-31]") {
    const sandbox here;
    root = here.box;
    const auto of_steps = [](int n) {
        std::string text = "\"";
        for (int i = 1; i < n; ++i) text += i % 2 ? "a/" : "./";
        return text + "b\"";
    };
    CHECK(read_one<boxed>(of_steps(256)).text() == "");
    const auto got = read_one<boxed>(of_steps(257));
    REQUIRE(got.faults.size() == 1);
    CHECK(got.faults[0].message.ends_with(": it has more than 256 steps"));
}

TEST_CASE("the folder may be a literal, or the program's own", "[fault-41]") {
    using in_unit = haft::path_within<"tests/unit">;
    const auto got = read_one<in_unit>("\"schema/through.hpp\"");
    CHECK(got.text() == "");
    CHECK(got.value.v.path() == fs::canonical("tests/unit/schema/through.hpp"));
    CHECK(got.value.v.text() == "schema/through.hpp");
    CHECK(read_one<in_unit>("\"../constexpr\"").faults.size() == 1);
    const auto own = read_one<haft::sandboxed_path>("\"tests/unit\"");
    CHECK(own.text() == "");
    CHECK(own.value.v.path() == fs::current_path() / "tests/unit");
    CHECK(read_one<haft::sandboxed_path>("\"..\"").faults.size() == 1);
}
