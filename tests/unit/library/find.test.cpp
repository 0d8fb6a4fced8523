// SPDX-License-Identifier: BSL-1.0
// Which files of a place are plugins.
#include <haft/plugin/library/find_libraries.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <sys/stat.h>

namespace fs = std::filesystem;
using library_test::has;
using library_test::host;

namespace {

using texts = std::vector<std::string>;

/// Puts a library of tests/plugin somewhere.
fs::path put(const host& h, const std::string& name, const std::string& as) {
    const fs::path out = h.folder.file(as, library_test::text_of(library_test::built(name)));
    fs::permissions(out, fs::perms(0755));
    fs::permissions(out.parent_path(), fs::perms(0755));
    return out;
}
texts names_of(const haft::library_discovery& found) {
    texts out;
    for (const haft::found_library& one : found.found) out.push_back(one.name);
    return out;
}

}  // namespace

TEST_CASE("Libraries are found in a place and in its folders, by the names that they have in their notes", "[DC-10]") {
    host h;
    put(h, "sample", "place/libone.so");
    put(h, "plain", "place/other/other.so");
    put(h, "busy", "place/more/libmore.so");
    put(h, "odd", "place/_aside.so");
    put(h, "conflict_first", "place/folder/plugin.so");  // not its folder's name
    put(h, "conflict_second", "place/declared/declared.so");
    h.folder.file("place/declared/plugin.toml", "");
    h.folder.file("place/text.so", "no library");
    put(h, "sample", "place/zz.so");
    fs::permissions(h.folder.path / "place/text.so", fs::perms(0644));
    fs::permissions(h.folder.path / "place", fs::perms(0755));
    const fs::path place = h.folder.path / "place";
    const haft::library_discovery found = haft::find_libraries({{place, haft::plugin_scope::user}}, h.options);
    CHECK(names_of(found) == texts{"sample", "busy", "plain"});
    CHECK(found.found[0].manifest.version == "1.2.3");
    CHECK(found.found[0].file == place / "libone.so");
    REQUIRE(found.problems.size() == 1);
    CHECK(has(found.problems[0].text(), "text.so is refused: it is no ELF file"));
    REQUIRE(found.warnings.size() == 1);
    CHECK(found.warnings[0].text() == "plugin \"sample\" in " + (place / "zz.so").string() +
                                          " (user) is not used: the one in " + (place / "libone.so").string() +
                                          " (user) comes before it [haft-E0450]");
    CHECK(has(h.log.text(),
              "info plugins plugin \"sample\" was found in " + (place / "libone.so").string() + " (user)\n"));
    CHECK_FALSE(library_test::in_memory(place / "libone.so"));
}

TEST_CASE("What lies beside plugins and has no note is no plugin, and no mistake", "[DC-10]") {
    host h;
    std::string bytes = library_test::text_of(library_test::built("sample"));
    bytes[library_test::note_of(bytes) - 8] = 'H';
    const fs::path file = h.folder.file("place/helper.so", bytes);
    fs::permissions(file, fs::perms(0755));
    fs::permissions(file.parent_path(), fs::perms(0755));
    const haft::library_discovery found =
        haft::find_libraries({{file.parent_path(), haft::plugin_scope::user}}, h.options);
    CHECK(found.found.empty());
    CHECK(found.problems.empty());
    REQUIRE(found.skipped.size() == 1);
    CHECK(found.skipped[0].why == "has no note of a plugin");
}

TEST_CASE("Of several places the one of precedence counts; one file is one plugin", "[fault-90]") {
    host h;
    const fs::path one = put(h, "sample", "one/sample.so"), two = put(h, "sample", "two/sample.so");
    fs::create_symlink("sample.so", h.folder.path / "one" / "same.so");
    const std::vector<haft::plugin_place> places{{h.folder.path / "two", haft::plugin_scope::user},
                                                 {h.folder.path / "one", haft::plugin_scope::project}};
    const haft::library_discovery found = haft::find_libraries(places, h.options);
    REQUIRE(found.found.size() == 1);
    CHECK(found.found[0].file == one);
    CHECK(found.warnings.size() == 1);
    REQUIRE(found.skipped.size() == 1);
    CHECK(has(found.skipped[0].why, "was found before as "));
    CHECK(haft::find_libraries(places, h.options, haft::built_in_first).found[0].file == two);
}

TEST_CASE("A place that is not there, or has too much in it, is no place", "[fault-103]") {
    host h;
    put(h, "sample", "place/a.so");
    put(h, "plain", "place/b.so");
    const std::vector<haft::plugin_place> places{{h.folder.path / "place", haft::plugin_scope::user},
                                                 {h.folder.path / "gone", haft::plugin_scope::user}};
    CHECK(haft::find_libraries(places, h.options, haft::project_first, 2).found.size() == 2);
    const haft::library_discovery found = haft::find_libraries(places, h.options, haft::project_first, 1);
    CHECK(found.found.empty());
    REQUIRE(found.warnings.size() == 1);
    CHECK(has(found.warnings[0].text(), "(user) is skipped: it has more than 1 entries [haft-E0451]"));
}

TEST_CASE("A loader finds libraries through a source, and exposes none of them by that", "[DC-10]") {
    host h;
    put(h, "sample", "place/sample.so");
    put(h, "plain", "place/plain.so");
    h.loader.add_source(haft::libraries_in({{h.folder.path / "place", haft::plugin_scope::user}}, h.options));
    const haft::result<texts> found = h.loader.discover();
    REQUIRE(found);
    CHECK(*found == texts{"plain", "sample"});
    CHECK(h.registry.snapshot()->tools().empty());
    CHECK(h.loader.discover()->empty());
    CHECK(h.try_again() == "");
    CHECK(h.call("plain") == "\"plain\"");
}
