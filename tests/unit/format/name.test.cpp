// SPDX-License-Identifier: BSL-1.0
#include <haft/format/name.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using haft::formats::is_portable_name;
using haft::formats::name_map;
using haft::formats::name_warning;
using haft::formats::portable_name;

namespace {

haft::toolset named(const std::vector<std::string>& names) {
    haft::toolset tools;
    for (const std::string& n : names) REQUIRE(tools.add(n, "Does " + n, [] { return 1; }));
    return tools;
}
std::vector<std::string> spellings(const haft::toolset& tools) {
    const name_map names(tools);
    std::vector<std::string> out;
    for (const haft::tool& t : tools) out.emplace_back(names.portable(t));
    return out;
}
using strings = std::vector<std::string>;

/// What has to hold for any set: every spelling is portable, no two are the same, and both lead back to the tool.
void check_map(const haft::toolset& tools) {
    const name_map names(tools);
    std::set<std::string_view> seen;
    for (const haft::tool& t : tools) {
        CAPTURE(t.name, names.portable(t));
        CHECK(is_portable_name(names.portable(t)));
        CHECK(seen.insert(names.portable(t)).second);
        CHECK(names.find(t.name) == &t);
        CHECK(names.find(names.portable(t)) == &t);
    }
}

}  // namespace

TEST_CASE("a portable name is one that every provider takes", "[IO-02]") {
    for (const std::string_view good : {"a", "_", "get_weather", "A-b_9", "_9"}) CHECK(is_portable_name(good));
    CHECK(is_portable_name(std::string(64, 'a')));
    for (const std::string_view bad : {"", "a.b", "9a", "-a", ".a", "a b", "a:b", "é"})
        CHECK_FALSE(is_portable_name(bad));
    CHECK_FALSE(is_portable_name(std::string(65, 'a')));
}

TEST_CASE("names that are no tool's are refused before they are spelled", "[IO-02][fault-50]") {
    haft::toolset tools;
    for (const std::string& bad : {std::string(), std::string(129, 'a'), std::string("a b"), std::string("a/b"),
                                   std::string("caf\xC3\xA9"), std::string("a\nb"), std::string("a\0b", 3)}) {
        const auto added = tools.add(bad, "", [] { return 1; });
        REQUIRE_FALSE(added);
        CHECK(added.error().code == haft::errc::bad_tool_name);
    }
    CHECK(tools.empty());
}

TEST_CASE("a name is spelled so that a person still reads it", "[IO-02]") {
    CHECK(portable_name("get_weather") == "get_weather");
    CHECK(portable_name("browser.read_url") == "browser_read_url");
    CHECK(portable_name("2fa.check") == "_2fa_check");
    CHECK(portable_name("-x") == "_-x");
    CHECK(portable_name(".x") == "_x");
    CHECK(portable_name("...") == "___");
}

TEST_CASE("a name that is too long is cut and ends in its hash", "[IO-02]") {
    const std::string just(64, 'a');
    CHECK(portable_name(just) == just);
    const std::string one = just + "b", other = just + "c";
    CHECK(portable_name(one).size() == 64);
    CHECK(portable_name(one).starts_with(std::string(55, 'a') + "_"));
    CHECK(portable_name(one) != portable_name(other));
    CHECK(is_portable_name(portable_name(std::string(128, '.'))));
    CHECK(portable_name("9" + std::string(63, 'a')).size() == 64);  // the _ in front makes it 65
    // FNV-1a's published values for "" and "a"; the hash is part of what models have seen, so it stays as it is.
    CHECK(haft::formats::detail::name_hash("") == "811c9dc5");
    CHECK(haft::formats::detail::name_hash("a") == "e40c292c");
    CHECK(haft::formats::detail::name_hash("foobar") == "bf9cf968");
}

TEST_CASE("names that come out the same are told apart by a hash, and named", "[IO-02][fault-50]") {
    const haft::toolset tools = named({"a.b", "a_b"});
    const name_map names(tools);
    CHECK(names.portable(tools[1]) == "a_b");  // who is portable keeps the name
    CHECK(names.portable(tools[0]) == "a_b_" + haft::formats::detail::name_hash("a.b"));
    CHECK(names.find("a_b") == &tools[1]);
    CHECK(names.find("a.b") == &tools[0]);
    check_map(tools);
    REQUIRE(names.warnings().size() == 1);
    CHECK(names.warnings()[0].kind == name_warning::kind::collision);
    CHECK(names.warnings()[0].text == "\"a.b\" would be spelled \"a_b\" like another tool, so it is \"a_b_" +
                                          haft::formats::detail::name_hash("a.b") + "\"");
}

TEST_CASE("spellings don't depend on the order of the tools", "[IO-02][fault-60]") {
    strings all{"a.b.c", "a.b_c", "a_b.c", "x.y", "x_y", "z", "z.", "z_", std::string(90, 'q'), std::string(91, 'q')};
    const haft::toolset first = named(all);
    check_map(first);
    std::vector<std::pair<std::string, std::string>> wanted;
    const strings spelled = spellings(first);
    for (std::size_t i = 0; i < all.size(); ++i) wanted.emplace_back(all[i], spelled[i]);
    const std::vector<name_warning> warnings = name_map(first).warnings();
    CHECK(warnings.size() == 5);  // three of a_b_c, x.y, z.
    for (int turn = 0; turn < 20; ++turn) {
        std::rotate(all.begin(), all.begin() + 3, all.end());
        if (turn % 2) std::reverse(all.begin(), all.end());
        const haft::toolset again = named(all);
        const name_map names(again);
        for (const auto& [name, spelling] : wanted) CHECK(names.portable(*again.find(name)) == spelling);
        for (std::size_t i = 0; i < warnings.size(); ++i) CHECK(names.warnings()[i].text == warnings[i].text);
    }
}

TEST_CASE("a hash that is somebody else's name gives way", "[IO-02]") {
    const std::string taken = "a_b_" + haft::formats::detail::name_hash("a.b");
    const haft::toolset tools = named({"a.b", "a_b", taken});
    check_map(tools);
    const name_map names(tools);
    CHECK(names.portable(tools[2]) == taken);
    CHECK(names.portable(tools[0]) == "a_b_" + haft::formats::detail::name_hash("a.b", 1));
}

TEST_CASE("many names, all of them close to each other, stay apart", "[IO-02]") {
    haft::toolset tools;
    const std::string letters = "a._-9A";
    for (unsigned n = 0; n < 6 * 6 * 6 * 6; ++n) {
        std::string name;
        for (unsigned rest = n, i = 0; i < 4; ++i, rest /= 6) name += letters[rest % 6];
        REQUIRE(tools.add(name, "", [] { return 1; }));
    }
    for (const std::size_t length : {63u, 64u, 65u, 128u})
        for (const char last : letters) REQUIRE(tools.add(std::string(length - 1, 'x') + last, "", [] { return 1; }));
    check_map(tools);
}

TEST_CASE("names that differ in case only are both there, with a warning", "[IO-02][fault-51]") {
    const haft::toolset tools = named({"Read_file", "read_file", "other", "READ.file"});
    const name_map names(tools);
    check_map(tools);
    REQUIRE(names.warnings().size() == 2);
    for (const name_warning& w : names.warnings()) CHECK(w.kind == name_warning::kind::only_case);
    CHECK(names.warnings()[0].text == "\"READ.file\" and \"Read_file\" differ in upper and lower case only");
    CHECK(names.warnings()[1].text == "\"Read_file\" and \"read_file\" differ in upper and lower case only");
    const haft::toolset apart = named({"a", "b"});
    CHECK(name_map(apart).warnings().empty());
}

TEST_CASE("a name that no tool has is answered with the nearest that the model knows", "[IO-02][EX-04]") {
    const haft::toolset tools = named({"browser.read_url", "other"});
    const name_map names(tools);
    CHECK(names.find("browser_read_ulr") == nullptr);
    CHECK(names.find("") == nullptr);
    CHECK(names.no_such_tool("browser_read_ulr").text() ==
          "tool \"browser_read_ulr\" does not exist; did you mean \"browser_read_url\"? [haft-E0211]");
    const haft::toolset others = named({"alone"});
    CHECK(names.portable(others[0]).empty());
    const haft::toolset none;
    CHECK(name_map(none).find("x") == nullptr);
}
