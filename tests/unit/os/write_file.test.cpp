// SPDX-License-Identifier: BSL-1.0
#include <haft/os/write_file.hpp>

#include <catch2/catch_test_macros.hpp>

#include <csignal>
#include <filesystem>
#include <iterator>
#include <string>

#include <support/temporary_folder.hpp>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;
using haft_test::temporary_folder;
using haft_test::text_of;

namespace {
std::ptrdiff_t files_in(const fs::path& folder) {
    return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}
}  // namespace

TEST_CASE("A file is written anew, keeps its mode, and nothing lies beside it", "[os]") {
    const temporary_folder at;
    const fs::path file = at.path / "settings.toml";
    REQUIRE(haft::write_file(file, "one"));
    CHECK(text_of(file) == "one");
    CHECK(fs::status(file).permissions() == fs::perms(0644));
    fs::permissions(file, fs::perms(0640));
    REQUIRE(haft::write_file(file, std::string(200000, 'x')));
    CHECK(text_of(file) == std::string(200000, 'x'));
    CHECK(fs::status(file).permissions() == fs::perms(0640));
    REQUIRE(haft::write_file(at.path / "secret", "", 0600));
    CHECK(fs::status(at.path / "secret").permissions() == fs::perms(0600));
    CHECK(files_in(at.path) == 2);
}

TEST_CASE("Who has the old file open goes on reading the old text", "[os]") {
    const temporary_folder at;
    const fs::path file = at.file("f", "old");
    std::ifstream reader(file, std::ios::binary);
    REQUIRE(haft::write_file(file, "new!"));
    std::string read;
    CHECK((std::getline(reader, read) && read == "old"));
    CHECK(text_of(file) == "new!");
}

TEST_CASE("A link stays one, and what it points to is replaced", "[os]") {
    const temporary_folder at;
    const fs::path file = at.file("elsewhere/f", "old");
    fs::create_symlink(file, at.path / "link");
    REQUIRE(haft::write_file(at.path / "link", "new"));
    CHECK(fs::is_symlink(at.path / "link"));
    CHECK(text_of(file) == "new");
}

TEST_CASE("A text that ends halfway leaves the old one, and nothing beside it", "[os]") {
    const temporary_folder at;
    const fs::path file = at.file("f", "old");
    struct rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto deaf = std::signal(SIGXFSZ, SIG_IGN);
    const struct rlimit few{1000, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &few);
    const haft::result<void> out = haft::write_file(file, std::string(5000, 'x'));
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, deaf);
    REQUIRE_FALSE(out);
    CHECK(out.error().message == "file " + file.string() + " was not written: the text can't be written: File too large");
    CHECK(text_of(file) == "old");
    CHECK(files_in(at.path) == 1);
}

TEST_CASE("What can't be written leaves everything as it was", "[os]") {
    const temporary_folder at;
    CHECK(haft::write_file(at.path / "no" / "f", "x").error().text() ==
          "file " + (at.path / "no" / "f").string() +
              " was not written: nothing can be put into its folder: No such file or directory [haft-E0442]");
    const fs::path folder = at.folder("folder");
    CHECK(haft::write_file(folder, "x").error().message ==
          "file " + folder.string() + " was not written: it is no file: Invalid argument");
    CHECK(files_in(at.path) == 1);
    if (::geteuid() != 0) {
        const fs::path file = at.file("closed/f", "old");
        fs::permissions(at.path / "closed", fs::perms(0500));
        CHECK_FALSE(haft::write_file(file, "new"));
        CHECK(text_of(file) == "old");
    }
}

TEST_CASE("A new file has what the umask leaves; one that was there keeps its mode", "[os]") {
    const temporary_folder at;
    const mode_t before = ::umask(077);
    const bool written = static_cast<bool>(haft::write_file(at.path / "new", "x"));
    const fs::path old = at.file("old", "x");
    fs::permissions(old, fs::perms(0644));
    const bool again = static_cast<bool>(haft::write_file(old, "y"));
    ::umask(before);
    CHECK((written && again));
    CHECK(fs::status(at.path / "new").permissions() == fs::perms(0600));
    CHECK(fs::status(old).permissions() == fs::perms(0644));
}

TEST_CASE("A file may have the longest name there is", "[os]") {
    const temporary_folder at;
    for (const std::size_t size : {249u, 254u, 255u}) {
        const fs::path file = at.path / std::string(size, 'n');
        CHECK(haft::write_file(file, "x"));
        CHECK(text_of(file) == "x");
    }
    CHECK_FALSE(haft::write_file(at.path / std::string(256, 'n'), "x"));
    CHECK(files_in(at.path) == 3);
}
