// SPDX-License-Identifier: BSL-1.0
// One program, one set of bytes: tests/golden/engines.txt holds what the tools of every kind of declaration say of themselves,
// and each compiler, standard and engine has to say just that. HAFT_UPDATE_GOLDEN=1 writes the file anew.
#include "unit/toolbox/engines.hpp"

#include <haft/format/name.hpp>
#include <haft/host/list_format.hpp>
#include <haft/host/tool_json.hpp>
#include <haft/std.hpp>
#include <haft/tool.hpp>
#include <haft/toolbox.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

/// Each tool with all that is said of it, then the strict schemas of those that have some.
std::string told() {
    const haft::toolset tools = engines::tools();
    std::string text;
    for (const haft::tool& t : tools) haft::host::append_tool_json(text, t), text += '\n';
    text += haft::toolbox_class_of<engines::Files>().config_schema;
    text += '\n';
    for (const haft::host::list_format& f : haft::host::list_formats) {
        if (!f.can_be_strict) continue;
        const haft::formats::exported_tools out = haft::host::list_in(f, haft::formats::name_map(tools), true);
        text += out.json + '\n';
        for (const std::string& note : out.notes) text += "// " + note + '\n';
    }
    return text;
}

}  // namespace

TEST_CASE("what tools say of themselves is the golden file, byte for byte, on every engine", "[fault-60]") {
    const std::string path = "tests/golden/engines.txt";
    const std::string text = told();
    if (std::getenv("HAFT_UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << text;
    std::ifstream in(path, std::ios::binary);
    const std::string golden{std::istreambuf_iterator<char>(in), {}};
    CHECK(engines::tools().refusals().empty());
    for (std::size_t begin = 0, line = 1; begin < text.size(); ++line) {
        const std::size_t end = text.find('\n', begin);
        CAPTURE(line);
        REQUIRE(golden.substr(begin, end - begin) == text.substr(begin, end - begin));  // says where, before all of it
        begin = end + 1;
    }
    CHECK(golden == text);
}

#if HAFT_HAS_REFLECTION()

namespace {

/// The same declarations by their reflections.
template <std::meta::info F, auto Pointer>
void compare() {
    constexpr haft::tool a = haft::make<F>("x"), b = haft::make<Pointer>("x");
    CAPTURE(a.name);
    CHECK(a.name == b.name);
    CHECK(a.input_schema == b.input_schema);
    CHECK(a.output_schema == b.output_schema);
    CHECK(a.self == b.self);  // one table and one function, not two of them
    CHECK(a.default_gap == 0);
}

std::string without(std::string text, std::string_view part) {
    const std::size_t at = text.find(part);
    REQUIRE(at != std::string::npos);
    return text.erase(at, part.size());
}

// One struct, and the function whose parameters are its members.
struct query {
    std::string city;
    int days = 3;
    engines::plain how = engines::plain::one;
    std::vector<engines::inner> to;
    std::optional<double> loud;
    static constexpr std::array haft_fields{haft::field{"city", "City name", haft::min_length(1)},
                                            haft::field{"days", "Days ahead", haft::minimum(1), haft::maximum(14)},
                                            haft::field{"how", "", haft::as("how-so")},
                                            haft::field{"to", "", haft::not_required}};
};
engines::inner by_struct(const query&) { return {}; }
engines::inner by_parameters([[= haft::doc("City name"), = haft::min_length(1)]] const std::string&, int days,
                             engines::plain, std::vector<engines::inner>, std::optional<double>);
engines::inner by_parameters(const std::string& city,
                             [[= haft::doc("Days ahead"), = haft::minimum(1), = haft::maximum(14)]] int days = 3,
                             [[= haft::as("how-so")]] engines::plain how = engines::plain::one,
                             std::vector<engines::inner> to = {}, std::optional<double> loud = {}) {
    static_cast<void>(how), static_cast<void>(to), static_cast<void>(loud);
    return {city, days};
}
engines::inner with_defaults(
    [[= haft::doc("City name"), = haft::min_length(1)]] std::string city,
    [[= haft::doc("Days ahead"), = haft::minimum(1), = haft::maximum(14), = haft::default_(3)]] int days = 3,
    [[= haft::as("how-so"), = haft::default_("one")]] engines::plain how = engines::plain::one,
    std::vector<engines::inner> to = {}, std::optional<double> loud = {}) {
    static_cast<void>(how), static_cast<void>(to), static_cast<void>(loud);
    return {city, days};
}

}  // namespace

TEST_CASE("a tool of one parameter struct is the same by address and by reflection") {
    compare<^^engines::take_truth, &engines::take_truth>();
    compare<^^engines::take_integers, &engines::take_integers>();
    compare<^^engines::take_nested, &engines::take_nested>();
    compare<^^engines::take_enums, &engines::take_enums>();
    compare<^^engines::take_lists, &engines::take_lists>();
    compare<^^engines::take_containers, &engines::take_containers>();
    compare<^^engines::take_alternatives, &engines::take_alternatives>();
    compare<^^engines::take_tree, &engines::take_tree>();
    compare<^^engines::take_chain, &engines::take_chain>();
    compare<^^engines::take_limits, &engines::take_limits>();
    compare<^^engines::take_marked, &engines::take_marked>();
    compare<^^engines::take_opaque, &engines::take_opaque>();
    compare<^^engines::take_foreign, &engines::take_foreign>();
    compare<^^engines::take_nothing, &engines::take_nothing>();
    compare<^^engines::args, &engines::args>();
    compare<^^engines::attach, &engines::attach>();
}

TEST_CASE("a tool of a function's parameters is that of the struct but for defaults that no annotation tells") {
    constexpr haft::tool of_struct = haft::make<&by_struct>(), told = haft::make<^^with_defaults>(),
                         untold = haft::make<^^by_parameters>();
    STATIC_REQUIRE(told.input_schema == of_struct.input_schema);
    STATIC_REQUIRE(told.output_schema == of_struct.output_schema);
    std::string expected(of_struct.input_schema);
    expected = without(without(expected, R"(,"default":3)"), R"(,"default":"one")");
    CHECK(untold.input_schema == expected);
    CHECK(untold.output_schema == of_struct.output_schema);
}

#endif  // HAFT_HAS_REFLECTION()
