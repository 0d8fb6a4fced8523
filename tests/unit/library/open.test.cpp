// SPDX-License-Identifier: BSL-1.0
// Which files of native code are opened, and which are refused because somebody else might have written them.
#include <haft/plugin/library/open_library.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <string>
#include <string_view>

#include <sys/stat.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using library_test::temporary_folder;

bool has(std::string_view text, std::string_view piece) { return text.find(piece) != text.npos; }

/// "" if it is opened.
std::string refusal(const fs::path& file, const haft::library_trust& trust = {}) {
    const haft::result<haft::detail::open_library> out = haft::detail::library_opener(file, trust).open();
    return out ? "" : out.error().text();
}
/// A file in a folder, modes as they are usual.
struct place : temporary_folder {
    fs::path sub = folder("plugins"), lib = file("plugins/a.so", "text");

    place() {
        ::chmod(path.c_str(), 0755);
        mode(sub, 0755);
        mode(lib, 0644);
    }
    void mode(const fs::path& of, unsigned bits) const { REQUIRE(::chmod(of.c_str(), bits) == 0); }
};

}  // namespace

TEST_CASE("What is opened is the real file, and its path is the one without links", "[fault-99]") {
    const place p;
    fs::create_directory_symlink(p.sub, p.path / "other");
    const haft::result<haft::detail::open_library> out =
        haft::detail::library_opener(p.path / "other" / "a.so", {}).open();
    REQUIRE(out);
    CHECK(out->path == p.lib);
    CHECK(out->identity.size == 4);
    CHECK(out->is_unchanged());
    CHECK(out->is_in_place());

    fs::rename(p.lib, p.sub / "b.so");
    p.file("plugins/a.so", "text");
    CHECK(out->is_unchanged());  // the open one
    CHECK_FALSE(out->is_in_place());
    p.file("plugins/b.so", "longer");
    CHECK_FALSE(out->is_unchanged());
}

TEST_CASE("A library that others can write is refused, and how to mend that", "[fault-98]") {
    const place p;
    REQUIRE(refusal(p.lib).empty());
    p.mode(p.lib, 0666);
    CHECK(refusal(p.lib) == "library " + p.lib.string() +
                                " is refused: everybody can write it (mode 0666); run chmod go-w on it [haft-E0457]");
    p.mode(p.lib, 0664);
    CHECK(has(refusal(p.lib), "its group can write it (mode 0664); run chmod go-w on it [haft-E0457]"));
    CHECK(refusal(p.lib, {.owners = {.own_user = -1, .allow_group_writable = true}}).empty());
    CHECK(refusal(p.lib, {.check_owners = false}).empty());
    p.mode(p.lib, 04755);
    CHECK(has(refusal(p.lib), "(set-user-ID), which no library needs; run chmod ug-s on it [haft-E0457]"));
    p.mode(p.lib, 02755);
    CHECK(has(refusal(p.lib), "(set-user-ID)"));
    p.mode(p.lib, 0444);
    CHECK(refusal(p.lib).empty());
}

TEST_CASE("A library in a folder that others can write is refused, be it the folder above", "[fault-98]") {
    const place p;
    p.mode(p.sub, 0777);
    CHECK(has(refusal(p.lib), "is refused: of its folder " + p.sub.string() + ": everybody can write it (mode 0777)"));
    p.mode(p.sub, 01777);  // nobody can replace the file, but add what it brings along
    CHECK(has(refusal(p.lib), "everybody can write it (mode 1777)"));
    p.mode(p.sub, 0755);
    p.mode(p.path, 0775);
    CHECK(has(refusal(p.lib), "of its folder " + p.path.string() + ": its group can write it (mode 0775)"));
    p.mode(p.path, 01777);  // as /tmp
    CHECK(refusal(p.lib).empty());
    p.mode(p.path, 0755);
}

TEST_CASE("A library of another user is refused", "[fault-98]") {
    const place p;
    if (::geteuid() == 0) {
        REQUIRE(::chown(p.lib.c_str(), 12345, 0) == 0);
        CHECK(has(refusal(p.lib), "it belongs to user 12345, neither to root nor to user 0 [haft-E0457]"));
        CHECK(refusal(p.lib, {.owners = {.own_user = 12345, .allow_group_writable = false}}).empty());
        REQUIRE(::chown(p.lib.c_str(), 0, 0) == 0);
        REQUIRE(::chown(p.sub.c_str(), 12345, 0) == 0);
        CHECK(has(refusal(p.lib), "of its folder " + p.sub.string() + ": it belongs to user 12345"));
        REQUIRE(::chown(p.sub.c_str(), 0, 0) == 0);
    } else {
        CHECK(has(refusal(p.lib, {.owners = {.own_user = 12345, .allow_group_writable = false}}),
                  "neither to root nor to user 12345"));
    }
}

TEST_CASE("Links are followed within a folder and not out of it; a second name is none", "[fault-99]") {
    const place p;
    const fs::path elsewhere = p.file("elsewhere.so", "text");
    p.mode(elsewhere, 0644);
    fs::create_symlink("a.so", p.sub / "within.so");
    fs::create_symlink("../elsewhere.so", p.sub / "out.so");
    fs::create_symlink("gone.so", p.sub / "gone.so.1");
    fs::create_symlink("loop2.so", p.sub / "loop1.so");
    fs::create_symlink("loop1.so", p.sub / "loop2.so");
    CHECK(refusal(p.sub / "within.so").empty());
    CHECK(has(refusal(p.sub / "out.so"), "is refused: it is a link out of its folder, to " + elsewhere.string() +
                                             "; name that file, or copy it [haft-E0457]"));
    CHECK(has(refusal(p.sub / "gone.so.1"), "it is a link that leads nowhere [haft-E0458]"));
    CHECK(has(refusal(p.sub / "loop1.so"), "it is a link that leads to itself [haft-E0458]"));

    fs::create_hard_link(p.lib, p.path / "second.so");
    if (::geteuid() == 0) {
        CHECK(refusal(p.lib).empty());  // root's may have several names
        REQUIRE(::chown(p.lib.c_str(), 12345, 0) == 0);
    }
    const long own = ::geteuid() == 0 ? 12345 : -1;
    CHECK(has(refusal(p.lib, {.owners = {.own_user = own, .allow_group_writable = false}}),
              "it has 2 names (hard links), and nobody knows whose the others are; copy it [haft-E0457]"));
}

TEST_CASE("What is no file is not waited for", "[fault-99]") {
    const place p;
    REQUIRE(::mkfifo((p.sub / "pipe.so").c_str(), 0600) == 0);
    CHECK(has(refusal(p.sub / "pipe.so"), "is refused: it is a pipe and no file [haft-E0458]"));
    CHECK(has(refusal("/dev/zero"), "it is a device or a socket and no file [haft-E0458]"));
    p.folder("plugins/folder.so");
    CHECK(has(refusal(p.sub / "folder.so"), "it is a folder and no file [haft-E0458]"));
}

TEST_CASE("A library that is not there, or can't be read, is told of", "[fault-103]") {
    const place p;
    CHECK(has(refusal(p.sub / "none.so"), "none.so is refused: there is no such file [haft-E0458]"));
    CHECK(has(refusal(p.path / "none" / "a.so"), "its folder can't be found: "));
    CHECK(has(refusal(std::string("a\0b.so", 6)), "no file can have that name"));
    CHECK(has(refusal(""), "no file can have that name"));
    CHECK(has(refusal(p.sub / std::string(4096, 'x')), "it can't be looked at: File name too long [haft-E0458]"));
    if (::geteuid() == 0) return;  // root reads everything
    p.mode(p.lib, 0200);
    CHECK(has(refusal(p.lib), "it can't be opened: Permission denied [haft-E0458]"));
}
