// SPDX-License-Identifier: BSL-1.0
// What a model is told before anything else: where it comes from, how it is joined, and how it is enriched.
#include <haft/enrich/enricher_part.hpp>
#include <haft/registry/registry.hpp>
#include <haft/registry/system_instructions.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

haft::owner speaker(std::string_view name, std::string_view says, int priority = 0) {
    return {.name = std::string(name), .priority = priority, .instructions = std::string(says)};
}

/// A file in the temporary folder, gone with this.
struct temporary_file {
    std::filesystem::path path;
    explicit temporary_file(std::string_view name, std::string_view text)
        : path(std::filesystem::temp_directory_path() / name) {
        std::ofstream(path, std::ios::binary) << text;
    }
    ~temporary_file() { std::filesystem::remove(path); }
};

}  // namespace

TEST_CASE("Instructions come from exposed owners, their tools and the project's file, a blank line between",
          "[EN-06]") {
    haft::registry r;
    haft::owner files = speaker("files", "Paths are relative.\n\n", 5);
    files.tools.add("read", {.description = "Reads", .instructions = "Read before you write."}, [] { return 1; });
    files.tools.add("stat", {.description = "Stats"}, [] { return 1; });
    REQUIRE(r.add_exposed(files));
    REQUIRE(r.add(speaker("hidden", "Nobody sees this.")));
    REQUIRE(r.add_exposed(speaker("silent", " \n")));
    REQUIRE(r.add_exposed(speaker("manners", "\nBe kind.")));
    const temporary_file module("haft_instructions_MODULE.md", "# Project\n\nUse tabs.\n");
    const haft::collected_instructions all = haft::system_instructions(r, {.file = module.path});
    REQUIRE(all.text);
    CHECK(*all.text ==
          "Paths are relative.\n\n## read\n\nRead before you write.\n\nBe kind.\n\n# Project\n\nUse tabs.");
    CHECK(all.metadata_json.empty());
    CHECK(all.problems.empty());
}

TEST_CASE("Nobody says anything: there are no instructions, and nothing is enriched", "[EN-06]") {
    haft::registry r;
    int asked = 0;
    const auto by = r.get<haft::enrichment_set>().add(haft::system_enricher("e", [&](std::string_view t) {
        ++asked;
        return std::string(t) + "!";
    }));
    CHECK_FALSE(haft::system_instructions(r).text);
    CHECK_FALSE(haft::system_instructions(r, {.file = "there/is/no/MODULE.md"}).text);
    CHECK(asked == 0);
}

TEST_CASE("What was collected is enriched, unless that is not wanted; changes are told", "[EN-06]") {
    haft::registry r;
    haft::owner o = speaker("manners", "Be kind.");
    o.parts.push_back(haft::enricher_part(haft::system_enricher("", [](const std::string& t) {
        return haft::enrichment{.text = t + " Always.", .metadata_json = R"({"added":1})", .message = "insisted"};
    })));
    REQUIRE(r.add_exposed(o));
    const auto failing = r.get<haft::enrichment_set>().add(
        haft::system_enricher("failing", [](std::string_view) -> std::string { throw std::runtime_error("no ink"); }));
    std::vector<std::string> told;
    const auto listener = [&](const haft::enrichment_change& c) {
        told.push_back(std::string(c.who) + "|" + std::string(name_of(c.target)) + "|" + std::to_string(c.size) + "|" +
                       std::string(c.message));
    };
    const haft::collected_instructions enriched = haft::system_instructions(r, {.enrich = true, .on_change = listener});
    CHECK(enriched.text == "Be kind. Always.");
    CHECK(enriched.metadata_json == R"({"manners":{"added":1}})");
    CHECK(told == std::vector<std::string>{"manners|system instructions|16|insisted"});
    REQUIRE(enriched.problems.size() == 1);
    CHECK(enriched.problems[0].text() ==
          "the enricher \"failing\" failed on the system instructions, and was skipped: no ink [haft-E0310]");

    const haft::collected_instructions bare = haft::system_instructions(r, {.enrich = false, .on_change = listener});
    CHECK(bare.text == "Be kind.");
    CHECK(bare.problems.empty());
    CHECK(told.size() == 1);
}

TEST_CASE("What deferred tools say can be left out, and owners all of whose tools are deferred", "[EN-06]") {
    haft::registry r;
    haft::owner later = speaker("a_later", "All later.");
    later.tools.add("deep", {.description = "Deep", .instructions = "Dig.", .deferred = true}, [] { return 1; });
    haft::owner mixed = speaker("b_mixed", "Some later.");
    mixed.tools.add("seldom", {.description = "Seldom", .instructions = "Wait.", .deferred = true}, [] { return 1; });
    mixed.tools.add("often", {.description = "Often", .instructions = "Go."}, [] { return 1; });
    REQUIRE(r.add_exposed(later));
    REQUIRE(r.add_exposed(mixed));
    REQUIRE(r.add_exposed(speaker("c_none", "No tools.")));
    CHECK(haft::system_instructions(r).text ==
          "All later.\n\n## deep\n\nDig.\n\nSome later.\n\n## seldom\n\nWait.\n\n## often\n\nGo.\n\nNo tools.");
    CHECK(haft::system_instructions(r, {.skip_deferred = true}).text == "Some later.\n\n## often\n\nGo.\n\nNo tools.");
}

TEST_CASE("A file of instructions that can't be read is left out, and told", "[EN-06]") {
    haft::registry r;
    REQUIRE(r.add_exposed(speaker("manners", "Be kind.")));
    const temporary_file large("haft_instructions_large.md", "0123456789");
    const haft::collected_instructions all = haft::system_instructions(r, {.file = large.path, .max_file_bytes = 9});
    CHECK(all.text == "Be kind.");
    REQUIRE(all.problems.size() == 1);
    CHECK(all.problems[0].code == haft::errc::unread_file);
    CHECK(all.problems[0].text().ends_with(
        "haft_instructions_large.md\" were left out: it has 10 bytes; at most 9 are read [haft-E0313]"));
    CHECK(haft::system_instructions(r, {.file = large.path, .max_file_bytes = 10}).text == "Be kind.\n\n0123456789");

    const haft::collected_instructions folder = haft::system_instructions(r, {.file = "."});
    REQUIRE(folder.problems.size() == 1);
    CHECK(folder.problems[0].text() == "the instructions in \".\" were left out: this is no file [haft-E0313]");
}
