// SPDX-License-Identifier: BSL-1.0
// The words for a tool beyond its signature: how they reach the descriptor, and which texts are not let through.
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace about_test {

int add() { return 1; }
int other() { return 2; }

constexpr haft::tool all_words =
    haft::make<&add>({.description = "Adds",
                      .title = "Add!",
                      .effect = haft::read_only,
                      .hints = haft::idempotent | haft::closed_world | haft::file_ops | haft::code_exec | haft::web,
                      .group = "sums",
                      .category = "arithmetic",
                      .instructions = "Use it for *sums*.\n\n- not for more",
                      .tags = " slow  billing "});
constexpr haft::tool no_words = haft::make<&add>();

std::vector<std::string_view> split(haft::tag_list tags) {
    std::vector<std::string_view> out;
    for (const std::string_view tag : tags) out.push_back(tag);
    return out;
}

}  // namespace about_test

using namespace about_test;

TEST_CASE("a tool of haft::make has all the words, at compile time", "[TD-09][TD-10][TD-16]") {
    STATIC_REQUIRE(all_words.group == "sums");
    STATIC_REQUIRE(all_words.category == "arithmetic");
    STATIC_REQUIRE(all_words.instructions == "Use it for *sums*.\n\n- not for more");
    STATIC_REQUIRE(has(all_words.hints, haft::file_ops));
    STATIC_REQUIRE(has(all_words.hints, haft::code_exec));
    STATIC_REQUIRE(has(all_words.hints, haft::web));
    STATIC_REQUIRE(no_words.group.empty());
    STATIC_REQUIRE(no_words.category.empty());
    STATIC_REQUIRE(no_words.instructions.empty());
    STATIC_REQUIRE(no_words.tags.empty());
    STATIC_REQUIRE(no_words.hints == haft::hints::none);
}

TEST_CASE("a descriptor stays a small plain value") {
    STATIC_REQUIRE(std::is_trivially_copyable_v<haft::tool>);
    STATIC_REQUIRE(std::is_trivially_destructible_v<haft::tool>);
    CHECK(sizeof(haft::tool) <= 27 * sizeof(void*));
}

TEST_CASE("tags are words between blanks", "[TD-09]") {
    CHECK(split(all_words.tags) == std::vector<std::string_view>{"slow", "billing"});
    CHECK(split("") == std::vector<std::string_view>{});
    CHECK(split("   ") == std::vector<std::string_view>{});
    CHECK(split("one") == std::vector<std::string_view>{"one"});
    CHECK(haft::tag_list("  ").empty());
    CHECK(haft::tag_list("a b").has("b"));
    CHECK(!haft::tag_list("ab").has("a"));
    CHECK(!haft::tag_list("a b").has(""));
    CHECK(!haft::tag_list("a b").has("a b"));
}

TEST_CASE("a tool has the tags of its effect and hints, and its own", "[TD-09]") {
    for (const std::string_view tag :
         {"read-only", "idempotent", "closed-world", "file-ops", "code-exec", "web", "slow", "billing"}) {
        CAPTURE(tag);
        CHECK(has_tag(all_words, tag));
        CHECK(!has_tag(no_words, tag));
    }
    CHECK(!has_tag(all_words, "destructive"));
    CHECK(has_tag(haft::make<&add>({.effect = haft::destructive}), "destructive"));
    CHECK(!has_tag(haft::make<&add>({.effect = haft::additive}), "destructive"));
}

TEST_CASE("a set copies all texts of a tool that it owns", "[TD-09][TD-10][TD-16]") {
    haft::toolset tools;
    {
        const std::string group(40, 'g'), category(40, 'c'), instructions(40, 'i'), tags(40, 't');
        REQUIRE(tools.add(
            "x", {.hints = haft::web, .group = group, .category = category, .instructions = instructions, .tags = tags},
            [] {}));
    }
    const std::string where_they_were(40, 'z');
    CHECK(tools[0].group == std::string(40, 'g'));
    CHECK(tools[0].category == std::string(40, 'c'));
    CHECK(tools[0].instructions == std::string(40, 'i'));
    CHECK(has_tag(tools[0], std::string(40, 't')));
    CHECK(has_tag(tools[0], "web"));
}

TEST_CASE("the instructions of a set are its own, then each tool's under its name", "[TD-16]") {
    const haft::toolset tools{all_words, haft::make<&other>({.name = "quiet"}),
                              haft::make<&other>({.instructions = "Rarely.\n"}),
                              haft::make<&other>({.name = "last", .instructions = "Last."})};
    CHECK(
        haft::instructions_of(tools, "All about sums.") ==
        "All about sums.\n\n## add\n\nUse it for *sums*.\n\n- not for more\n\n## other\n\nRarely.\n\n## last\n\nLast.");
    CHECK(haft::instructions_of(tools).starts_with("## add\n\nUse it"));
    CHECK(haft::instructions_of({}, "Alone.") == "Alone.");
    CHECK(haft::instructions_of({no_words}).empty());
}

// --- texts that nobody may be shown as they are

TEST_CASE("hidden characters are found, wherever they are", "[fault-44][fault-57]") {
    using haft::find_hidden, haft::line_breaks;
    constexpr std::size_t none = std::string_view::npos;
    for (const std::string_view plain : {"", "plain", "Größe, 大きさ, \xF0\x9F\x98\x80", "two\nlines\tand\r\na third",
                                         "\u2764\uFE0F", "\u0350\u1161\u3165", "\uFE10\uFFA1\U000E01F0"}) {
        CAPTURE(plain);
        CHECK(find_hidden(plain, line_breaks::allowed) == none);
    }
    for (const std::string_view hidden :
         {"\x01",       "\x1B",       "\x7F",   "\r",     "\xC2\x80",    "\u00AD",     "\u200B",
          "\u200D",     "\u202E",     "\u2066", "\uFEFF", "\U000E0041",  "\U000E0100", "\U000E0140",
          "\U000E0180", "\U000E01EF", "\uFE00", "\uFE0E", "\u034F",      "\u115F",     "\u1160",
          "\u3164",     "\uFFA0",     "\xFF",   "\xC3",   "\xED\xA0\x80"}) {
        const std::string text = "Gr\u00F6\u00DFe" + std::string(hidden) + "x";
        CAPTURE(text);
        CHECK(find_hidden(text, line_breaks::allowed) == 7);
        CHECK(find_hidden(hidden, line_breaks::allowed) == 0);
        CHECK(haft::without_hidden(text, line_breaks::allowed, 100) == "Gr\u00F6\u00DFex");
    }
    CHECK(find_hidden(std::string_view("a\0b", 3), line_breaks::allowed) == 1);
    CHECK(find_hidden("a\nb", line_breaks::none) == 1);
    CHECK(find_hidden("a\tb", line_breaks::none) == 1);
    CHECK(haft::without_hidden("a\nb", line_breaks::none, 100) == "a b");
}

TEST_CASE("a text that is cut ends with a whole character", "[fault-57]") {
    CHECK(haft::without_hidden("abc", haft::line_breaks::none, 2) == "ab");
    CHECK(haft::without_hidden("a\u00F6", haft::line_breaks::none, 2) == "a");
    CHECK(haft::without_hidden("a\u00F6", haft::line_breaks::none, 3) == "a\u00F6");
    CHECK(haft::without_hidden("\u5927", haft::line_breaks::none, 1).empty());
}

TEST_CASE("a set takes hidden characters out of every text, and says so", "[fault-57]") {
    haft::toolset tools;
    REQUIRE(tools.add("x",
                      {.description = "Safe\u202E evil\n",
                       .title = "T\u200B",
                       .group = "g\n",
                       .category = "c\x1B[1m",
                       .instructions = "i\U000E0049",
                       .tags = "t\u2060 u"},
                      [] {}));
    const haft::tool& t = tools[0];
    CHECK(t.description == "Safe evil\n");
    CHECK(t.title == "T");
    CHECK(t.group == "g ");
    CHECK(t.category == "c[1m");
    CHECK(t.instructions == "i");
    CHECK(t.tags.text() == "t u");
    REQUIRE(tools.warnings().size() == 6);
    CHECK(tools.warnings()[0].code == haft::errc::text_changed);
    CHECK(tools.warnings()[0].text() ==
          "the description of tool \"x\" holds characters that nobody sees; they were taken out [haft-E0217]");
    CHECK(tools.refusals().empty());
    const haft::toolset copy = tools;
    tools = {};
    CHECK(copy[0].description == "Safe evil\n");  // the set and its copies own what they have changed
}

TEST_CASE("a set cuts texts that are too long, and says so", "[fault-57]") {
    haft::tool made = haft::make<&add>();
    const std::string description(haft::most_description_bytes + 1, 'd');
    const std::string instructions(haft::most_instructions_bytes + 1, 'i');
    const std::string word(haft::most_word_bytes + 1, 'w');
    made.description = description;
    made.instructions = instructions;
    made.title = made.group = word;
    haft::toolset tools{made};
    CHECK(tools[0].description.size() == haft::most_description_bytes);
    CHECK(tools[0].instructions.size() == haft::most_instructions_bytes);
    CHECK(tools[0].title.size() == haft::most_word_bytes);
    CHECK(tools[0].group.size() == haft::most_word_bytes);
    REQUIRE(tools.warnings().size() == 4);
    CHECK(tools.warnings()[0].message == "the description of tool \"add\" has more than 16384 bytes; it was cut");

    made = haft::make<&other>();
    made.description = std::string_view(description).substr(1);  // just what is allowed
    REQUIRE(tools.add(made));
    CHECK(tools.warnings().size() == 4);
    CHECK(tools[1].description.data() == description.data() + 1);  // and not copied
}
