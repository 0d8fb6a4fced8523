// SPDX-License-Identifier: BSL-1.0
// What is read from the file of a shared library before anything of it runs, and which files are refused then.
#include <haft/json/pieces.hpp>
#include <haft/os/descriptor.hpp>
#include <haft/plugin/library/library_note.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

namespace {

using library_test::temporary_folder;

std::string sample() { return library_test::text_of(library_test::built("sample")); }

haft::result<haft::library_note> read(const std::filesystem::path& file, std::string_view who = "x.so") {
    const haft::detail::descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    REQUIRE(in);
    return haft::detail::read_library_note({in.number(), std::filesystem::file_size(file)}, who);
}
std::string refusal(const std::string& bytes) {
    const temporary_folder folder;
    const haft::result<haft::library_note> note = read(folder.file("x.so", bytes));
    return note ? "" : note.error().text();
}
std::string with_json(std::string bytes, std::string_view from, std::string_view to) {
    REQUIRE(from.size() == to.size());
    const std::size_t at = bytes.find(from, library_test::note_of(bytes));
    REQUIRE(at != std::string::npos);
    return bytes.replace(at, to.size(), to);
}
bool has(std::string_view text, std::string_view piece) { return text.find(piece) != text.npos; }

}  // namespace

TEST_CASE("The note tells what a library is and needs, while nothing of it runs", "[DC-09]") {
    const haft::result<haft::library_note> note = read(library_test::built("sample"));
    REQUIRE(note);
    CHECK(note->abi_major == 1);
    CHECK(note->abi_minor == 0);
    CHECK(note->manifest.name == "sample");
    CHECK(note->manifest.version == "1.2.3");
    CHECK(note->manifest.description == "One of everything");
    CHECK(note->manifest.license == "BSL-1.0");
    CHECK(note->built_with == "a C compiler");
    CHECK(haft::json::is_json(note->config_schema));
    CHECK(has(note->config_schema, "minLength"));
}

TEST_CASE("A note that stands in a section only is found as well", "[DC-09]") {
    // As a linker that makes no segment for it would leave it: the type of the segments of notes is put out.
    std::string bytes = sample();
    ElfW(Ehdr) header{};
    std::memcpy(&header, bytes.data(), sizeof header);
    for (unsigned i = 0; i < header.e_phnum; ++i) {
        ElfW(Phdr) one{};
        char* const at = bytes.data() + header.e_phoff + i * sizeof one;
        std::memcpy(&one, at, sizeof one);
        if (one.p_type == PT_NOTE) one.p_type = PT_NULL;
        std::memcpy(at, &one, sizeof one);
    }
    const temporary_folder folder;
    const haft::result<haft::library_note> note = read(folder.file("x.so", bytes));
    REQUIRE(note);
    CHECK(note->manifest.name == "sample");
}

TEST_CASE("What is no library for this machine is refused, and told why", "[fault-81]") {
    CHECK(refusal("") == "library x.so is refused: it is empty [haft-E0453]");
    CHECK(refusal("#!/bin/sh\n") ==
          R"(library x.so is refused: it is no ELF file; it begins with "#!/bin/sh\x0a" [haft-E0453])");
    CHECK(has(refusal("\x7F"
                      "ELF"),
              "it is cut off or broken: its header would lie beyond its end; it has 4 bytes [haft-E0453]"));

    const std::string whole = sample();
    const auto with = [&](std::size_t at, unsigned char byte) {
        std::string bytes = whole;
        bytes[at] = static_cast<char>(byte);
        return refusal(bytes);
    };
    CHECK(has(with(4, 3), "neither of 32 nor of 64 bits [haft-E0453]"));
    CHECK(has(with(5, 0), "no order of bytes [haft-E0453]"));
    CHECK(has(with(6, 9), "no known version of ELF [haft-E0453]"));
    CHECK(has(with(16, 2), "it is a program and no shared library; link it with -shared [haft-E0453]"));
    CHECK(has(with(16, 1), "it is an object file and no shared library"));
    CHECK(has(with(54, 1), "no list of segments [haft-E0453]"));
    CHECK(has(with(58, 1), "its sections have no known size [haft-E0453]"));

    const std::string here = haft::detail::this_machine.text();
    CHECK(has(with(4, whole[4] == 2 ? 1 : 2), "; this is " + here + " [haft-E0453]"));
    std::string other = whole;
    other[18] = static_cast<char>(haft::detail::this_machine.number == 183 ? 62 : 183);
    CHECK(has(refusal(other), haft::detail::this_machine.number == 183
                                  ? "made for another machine, 64-bit x86-64; this is "
                                  : "made for another machine, 64-bit AArch64; this is "));
    // Of the other order of bytes all numbers are to be read the other way round.
    other[5] = static_cast<char>(whole[5] == 1 ? 2 : 1);
    other[18] = 0;
    other[19] = 22;
    if (whole[5] == 1) CHECK(has(refusal(other), "made for another machine, 64-bit S/390; this is " + here));
}

TEST_CASE("A library that is cut off anywhere is refused before it is mapped", "[fault-81]") {
    const std::string whole = sample();
    const temporary_folder folder;
    const std::filesystem::path file = folder.file("x.so", whole);
    REQUIRE(read(file));
    std::size_t cuts = 0;
    for (std::size_t size = whole.size() - 1; size < whole.size();
         size = size > 512 ? (size - 1) / 512 * 512 : size - 1) {
        REQUIRE(::truncate(file.c_str(), static_cast<off_t>(size)) == 0);
        const haft::result<haft::library_note> note = read(file);
        INFO(size);
        REQUIRE_FALSE(note);
        REQUIRE(note.error().code == haft::errc::bad_library);
        REQUIRE(has(note.error().message, "library x.so is refused: it is "));
        ++cuts;
    }
    CHECK(cuts > 512 + whole.size() / 512 - 2);
}

TEST_CASE("Without a list of sections it is the segments that tell that a library is cut off", "[fault-81]") {
    std::string bytes = sample();
    ElfW(Ehdr) header{};
    std::memcpy(&header, bytes.data(), sizeof header);
    header.e_shoff = 0;
    header.e_shnum = 0;
    std::memcpy(bytes.data(), &header, sizeof header);
    std::size_t end = 0;
    for (unsigned i = 0; i < header.e_phnum; ++i) {
        ElfW(Phdr) one{};
        std::memcpy(&one, bytes.data() + header.e_phoff + i * sizeof one, sizeof one);
        if (one.p_type == PT_LOAD) end = (std::max)(end, static_cast<std::size_t>(one.p_offset + one.p_filesz));
    }
    CHECK(refusal(bytes.substr(0, end)).empty());
    for (std::size_t size = end - 1; size > 0; size = size > 512 ? (size - 1) / 512 * 512 : 0) {
        INFO(size);
        CHECK(has(refusal(bytes.substr(0, size)), "it is cut off or broken: "));
    }
}

TEST_CASE("A library without a sound note is refused", "[fault-83]") {
    const std::string whole = sample();
    const std::size_t at = library_test::note_of(whole);
    std::string bytes = whole;
    bytes[at - 1 - 7] = 'H';  // another owner
    CHECK(refusal(bytes) ==
          "library x.so is refused: it has no note of a plugin's (.note.haft); HAFT_PLUGIN_NOTE of plugin/abi.h "
          "puts one in [haft-E0454]");
    bytes = whole;
    bytes[at - 16 + 3] = '\x40';  // a size beyond everything
    CHECK(refusal(bytes) ==
          "library x.so is refused: its notes can't be read: one is longer than all of them [haft-E0456]");
    bytes = whole;
    bytes[at - 20 + 3] = '\x40';
    CHECK(has(refusal(bytes), "the name of one is longer than all of them [haft-E0456]"));
    bytes = whole;
    bytes[at - 16] = 4, bytes[at - 15] = 0;
    CHECK(has(refusal(bytes), "that of the plugin is too short [haft-E0456]"));
}

TEST_CASE("Another major version of the border is refused, both being named; a newer minor one is served",
          "[fault-83]") {
    CHECK(refusal(library_test::with_version(sample(), 2, 7)) ==
          "library x.so is refused: it was built for version 2.7 of the border to plugins; this host has version 1.0 "
          "[haft-E0455]");
    CHECK(has(refusal(library_test::with_version(sample(), 0, 9)), "version 0.9 "));
    CHECK(refusal(library_test::with_version(sample(), 1, 7)).empty());

    // What it says beyond what this host knows is let pass in a newer one, and is a slip of its author's in others.
    const std::string more = with_json(sample(), "\"license\"", "\"licence\"");
    CHECK(has(refusal(more), "its note has 1 fault\n- /licence: "));
    CHECK(has(refusal(more), "did you mean \"license\"? "));
    CHECK(has(refusal(more), "[haft-E0203]"));
    CHECK(refusal(library_test::with_version(more, 1, 1)).empty());
}

TEST_CASE("The note's JSON is read strictly, and every fault of it is told", "[fault-84]") {
    CHECK(refusal(with_json(sample(), "\"1.2.3\"", "  12345")) ==
          "library x.so is refused: its note has 1 fault\n- /version: expected string, got number 12345 [haft-E0202]");
    CHECK(has(refusal(with_json(sample(), "\"version\"", "\"license\"")), "haft-E0206"));
    CHECK(has(refusal(with_json(sample(), "}}}", "}} ")), "haft-E0201"));
    CHECK(has(refusal(with_json(sample(), "haft\"", "ha\xFFt\"")), "haft-E0201"));
}

TEST_CASE("No plugin has a name that could be a path or worse", "[fault-100]") {
    for (const std::string_view name : {"../abc", "/abcde", "%n%n%n", "a b c ", "a.b.c."}) {
        INFO(name);
        const std::string said = refusal(with_json(sample(), "sample", name));
        CHECK(has(said,
                  "library x.so is refused: no plugin can be named \"" + std::string(name) + "\", as its note has it"));
        CHECK(has(said, "[haft-E0456]"));
    }
    CHECK(has(refusal(with_json(sample(), "sample", "\\u0000")), "no plugin can be named \"\\x00\""));
}

TEST_CASE("Whatever stands in the note, it is refused or read, and nothing else happens", "[fault-81]") {
    const std::string whole = sample();
    const temporary_folder folder;
    const std::filesystem::path file = folder.file("x.so", whole);
    const haft::detail::descriptor at(::open(file.c_str(), O_RDWR | O_CLOEXEC));
    REQUIRE(at);
    const std::size_t note = library_test::note_of(whole) - 20;
    const std::size_t end = whole.find('\0', note + 28);
    std::mt19937 random(81);
    std::size_t refused = 0, accepted = 0;
    for (int round = 0; round < 10'000; ++round) {
        const auto place = static_cast<off_t>(note + random() % (end - note));
        const char byte = static_cast<char>(static_cast<unsigned char>(whole[static_cast<std::size_t>(place)]) ^
                                            (1u + random() % 255u));
        REQUIRE(::pwrite(at.number(), &byte, 1, place) == 1);
        const haft::result<haft::library_note> found =
            haft::detail::read_library_note({at.number(), whole.size()}, "x.so");
        REQUIRE(::pwrite(at.number(), &whole[static_cast<std::size_t>(place)], 1, place) == 1);
        if (found) {
            ++accepted;
            REQUIRE(found->abi_major == 1);
            REQUIRE((found->config_schema.empty() || haft::json::is_json(found->config_schema)));
        } else {
            ++refused;
            const haft::errc code = found.error().code;
            REQUIRE((code == haft::errc::no_plugin_note || code == haft::errc::other_abi ||
                     code == haft::errc::bad_plugin_note));
            REQUIRE(has(found.error().message, "library x.so is refused: "));
        }
    }
    CHECK(refused > 1000);
    CHECK(accepted > 1000);
}
