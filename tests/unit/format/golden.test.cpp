// SPDX-License-Identifier: BSL-1.0
// What each provider is given, byte for byte: tests/golden/formats. HAFT_UPDATE_GOLDEN=1 writes the files anew.
#include <haft/host/list_format.hpp>

#include "unit/format/tools.hpp"

#include <catch2/catch_test_macros.hpp>

#include <clocale>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <locale>
#include <string>

namespace {

std::string exported(const haft::host::list_format& f, bool strict) {
    const haft::toolset tools = format_test::tools();
    const haft::formats::exported_tools out = haft::host::list_in(f, haft::formats::name_map(tools), strict);
    std::string text = out.json + '\n';
    for (const std::string& note : out.notes) text += "// " + note + '\n';
    return text;
}

std::string file_text(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string file_of(const haft::host::list_format& f, bool strict) {
    return "tests/golden/formats/" + std::string(f.name) + (strict ? "-strict" : "") + ".txt";
}

struct comma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\1"; }
};

}  // namespace

TEST_CASE("every format is the golden file, byte for byte", "[IO-01][IO-02][IO-03][fault-60]") {
    const bool update = std::getenv("HAFT_UPDATE_GOLDEN") != nullptr;
    for (const haft::host::list_format& f : haft::host::list_formats)
        for (const bool strict : {false, true}) {
            if (strict && !f.can_be_strict) continue;
            const std::string path = file_of(f, strict);
            CAPTURE(path);
            const std::string text = exported(f, strict);
            if (update) std::ofstream(path, std::ios::binary) << text;
            CHECK(file_text(path) == text);
        }
}

TEST_CASE("no locale changes a byte", "[IO-01][fault-60]") {
    const std::locale before = std::locale::global(std::locale(std::locale::classic(), new comma));
    const char* const german = std::setlocale(LC_ALL, "de_DE.UTF-8");  // null where the machine has none
    for (const haft::host::list_format& f : haft::host::list_formats)
        CHECK(exported(f, f.can_be_strict) == file_text(file_of(f, f.can_be_strict)));
    if (german) std::setlocale(LC_ALL, "C");
    std::locale::global(before);
}
