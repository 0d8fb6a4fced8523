// SPDX-License-Identifier: BSL-1.0
// Each check of a library against a plugin that keeps the contract, and one that breaks that part of it and no other.
#include "support/temporary_folder.hpp"

#include <haft/host/library_report.hpp>
#include <haft/plugin/library/check/check_list.hpp>
#include <haft/plugin/library/check/run_checks.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <elf.h>
#include <link.h>
#include <sys/stat.h>

namespace {

namespace fs = std::filesystem;
using haft::check_status;
using rows = std::vector<haft::checked_library_row>;

fs::path built(std::string id) {
    std::replace(id.begin(), id.end(), '.', '_');
    std::replace(id.begin(), id.end(), '-', '_');
    return fs::path(HAFT_TEST_BAD_LIBRARIES) / (id + ".so");
}

/// A file that only its user can write, as some of the folders of a build are not.
struct place : haft_test::temporary_folder {
    fs::path file_of(const std::string& id, std::string bytes = {}) const {
        const fs::path to = file("plugins/" + id + ".so", bytes.empty() ? haft_test::text_of(built(id)) : bytes);
        ::chmod(path.c_str(), 0755);
        ::chmod((path / "plugins").c_str(), 0755);
        ::chmod(to.c_str(), 0755);
        return to;
    }
    /// What no compiler makes.
    fs::path broken(const std::string& id) const {
        if (id == "file.readable") return path / "nothing.so";
        if (id == "file.format") return file_of(id, haft_test::text_of(built("good")).substr(0, 4096));
        if (id == "symbols.writable-code") {
            std::string bytes = haft_test::text_of(built("good"));
            ElfW(Ehdr) header;
            std::memcpy(&header, bytes.data(), sizeof header);
            for (unsigned i = 0; i < header.e_phnum; ++i) {
                ElfW(Phdr) one;
                char* const at = bytes.data() + header.e_phoff + i * sizeof one;
                std::memcpy(&one, at, sizeof one);
                if (one.p_type == PT_LOAD && (one.p_flags & PF_X) != 0) one.p_flags |= PF_W;
                std::memcpy(at, &one, sizeof one);
            }
            return file_of(id, bytes);
        }
        if (!id.starts_with("file.")) return file_of(id);
        const fs::path to = file_of(id, haft_test::text_of(built("good")));
        if (id == "file.owner") ::chmod(to.c_str(), 0757);
        if (id == "file.set-user-id") ::chmod(to.c_str(), 04755);
        if (id == "file.folders") ::chmod(to.parent_path().c_str(), 0777);
        if (id != "file.links") return to;
        fs::create_symlink(to, folder("others") / "link.so");
        ::chmod((path / "others").c_str(), 0755);
        return path / "others" / "link.so";
    }
};

rows look_at(const fs::path& file, std::chrono::milliseconds limit = std::chrono::seconds(20)) {
    haft::library_check_request how{.file = file, .program = HAFT_TEST_ONE_CHECK, .words = {"one_check"}, .time_limit = limit};
    haft::result<rows> out = haft::check_library(how);
    if (!out) throw std::runtime_error(out.error().text());
    return std::move(*out);
}
/// Those that are broken, with blanks between.
std::string broken_of(const rows& all) {
    std::string out;
    for (const haft::checked_library_row& one : all)
        if (one.status == check_status::failed || one.status == check_status::warned) out += (out.empty() ? "" : " ") + std::string(one.what->id);
    return out;
}
const haft::checked_library_row& row_of(const rows& all, std::string_view id) {
    return *std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.what->id == id; });
}

}  // namespace

TEST_CASE("A plugin that keeps the contract passes every check, and none is skipped") {
    const place p;
    const rows all = look_at(p.file_of("good"));
    CHECK(all.size() == haft::library_checks().size());
    for (const haft::checked_library_row& one : all) {
        INFO(one.what->id << ": " << one.text);
        CHECK(one.status == check_status::passed);
    }
}

TEST_CASE("For each check there is a plugin that breaks it and no other", "[fault-88]") {
    for (const haft::library_check& one : haft::library_checks()) {
        const place p;
        // One of them waits for ever where it is asked to stop.
        const rows all = look_at(p.broken(std::string(one.id)), one.id == "call.stop" ? std::chrono::seconds(4) : std::chrono::seconds(20));
        std::string text;
        for (const auto& row : all)
            if (row.status == check_status::failed || row.status == check_status::warned) text += std::string(row.what->id) + ": " + row.text + "\n";
        INFO(text);
        CHECK(broken_of(all) == one.id);
        CHECK(row_of(all, one.id).status == (one.is_warning ? check_status::warned : check_status::failed));
        CHECK_FALSE(row_of(all, one.id).text.empty());
    }
}

TEST_CASE("What is needed stands before what needs it, and ids are those of one group and word") {
    std::set<std::string_view> before;
    for (const haft::library_check& one : haft::library_checks()) {
        INFO(one.id);
        CHECK(one.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz.-") == one.id.npos);
        CHECK(one.id.find('.') != one.id.npos);
        CHECK_FALSE(one.contract.empty());
        for (std::string_view rest = one.needs; !rest.empty();) {
            const std::string_view id = rest.substr(0, rest.find(' '));
            CHECK(before.count(id) == 1);
            rest.remove_prefix(std::min(id.size() + 1, rest.size()));
        }
        CHECK(before.insert(one.id).second);
    }
}

TEST_CASE("A crash, a hang and an end of the process are told as such, with what was being done", "[fault-88]") {
    const place p;
    CHECK(row_of(look_at(p.file_of("life.teardown")), "life.teardown").text.find(" when teardown ran") != std::string::npos);
    CHECK(row_of(look_at(p.file_of("load.opens")), "load.opens").text == "it ended the process with exit code 3 when it was loaded");
    CHECK(row_of(look_at(p.file_of("call.stop"), std::chrono::seconds(4)), "call.stop").text ==
          "it has not come back after 4000 ms when tool \"look\" was called");
}

TEST_CASE("What a check that did not pass stands in the way of is skipped, and says so") {
    const place p;
    const rows all = look_at(p.file_of("life.setup"));
    CHECK(row_of(all, "describe.gives").status == check_status::skipped);
    CHECK(row_of(all, "describe.gives").text == "needs life.setup");
    CHECK(row_of(all, "call.threads").status == check_status::skipped);
    CHECK(row_of(all, "symbols.exports").status == check_status::passed);
}

TEST_CASE("A report is a table of what did not pass, or of all, and JSON") {
    const haft::library_check what{"note.name", false, "The note says a name", "abi.h", "", nullptr};
    const haft::library_check other{"note.once", true, "There is one note", "abi.h", "", nullptr};
    const rows all{{&what, check_status::failed, "it is \"two words\""}, {&other, check_status::passed}, {&other, check_status::skipped, "needs note.name", true}};
    const haft::host::terminal to;
    CHECK(haft::host::library_text(all, false, to) ==
          "check              what is asked, and what is wrong\n"
          "note.name  failed  The note says a name: it is \"two words\"\n"
          "1 passed, 1 failed, 1 skipped");
    CHECK(haft::host::library_text(all, true, to).find("note.once  skipped  There is one note: needs note.name") != std::string::npos);
    CHECK(haft::host::library_json({all[0]}) ==
          R"({"checks":[{"check":"note.name","status":"failed","contract":"The note says a name","source":"abi.h","text":"it is \"two words\""}],)"
          R"("passed":0,"failed":1,"warnings":0,"skipped":0})");
}

TEST_CASE("The guide lists the checks as they are") {
    const std::string guide = haft_test::text_of(fs::path(HAFT_TEST_GUIDE));
    std::string rows;
    for (const haft::library_check& one : haft::library_checks())
        rows += haft::concat({"| `", one.id, "` | ", one.is_warning ? "warning" : "error", " | ", one.contract, " | ", one.source, " |\n"});
    CHECK(guide.ends_with("|---|---|---|---|\n" + rows));
}
