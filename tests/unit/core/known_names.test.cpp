// SPDX-License-Identifier: BSL-1.0
#include <haft/core/known_names.hpp>

#include <catch2/catch_test_macros.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::string said(std::string_view wrong, std::initializer_list<std::string_view> names) {
    haft::known_names known(wrong);
    for (const std::string_view name : names) known.add(name);
    std::string out = "no";
    known.append_to(out);
    return out;
}

}  // namespace

TEST_CASE("an unknown name is told the nearest, and what there is, each once", "[RG-07.5]") {
    CHECK(said("serch", {"read", "search", "read"}) == "no; did you mean \"search\"? There are read, search");
    CHECK(said("zzz", {"read", "search"}) == "no; there are read, search");
    CHECK(said("serch", {"search", "search"}) == "no; did you mean \"search\"?");
    CHECK(said("zzz", {"read"}) == "no; there are read");
    CHECK(said("x", {}) == "no; there are none");
}

TEST_CASE("of many names twenty are told, and how many more there are", "[RG-07.5]") {
    std::vector<std::string> names;
    for (int i = 0; i < 25; ++i) names.push_back("tool_" + std::to_string(i));
    haft::known_names known("zzz");
    for (const std::string& name : names) known.add(name);
    known.add("tool_0");
    std::string out;
    known.append_to(out);
    CHECK(out.starts_with("; there are tool_0, tool_1, "));
    CHECK(out.ends_with(", tool_19 and 5 more"));
}
