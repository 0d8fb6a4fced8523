// SPDX-License-Identifier: BSL-1.0
// JSONTestSuite (Nicolas Seriot, "Parsing JSON is a minefield"): every file as a document, and again as the value of a
// member of an arguments object, through each way in which haft walks JSON.
#include <haft/json/nlohmann_value_json.hpp>
#include <haft/json/reader.hpp>
#include <haft/json/skip_unique.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/structure.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <unit/json/read.hpp>

namespace fs = std::filesystem;
using haft::errc;
using haft_test::one;

namespace {

struct document {
    std::string name;
    std::string text;
};

/// The files whose names begin so, sorted. Skips the test, aloud, where the suite is not.
std::vector<document> documents(std::string_view prefix) {
#ifdef HAFT_SHARED_DIR
    fs::path shared = HAFT_SHARED_DIR;
#else
    fs::path shared = "../shared";
#endif
    if (const char* given = std::getenv("HAFT_SHARED_DIR")) shared = given;
    const fs::path folder = shared / "data/jsontestsuite/test_parsing";
    if (!fs::is_directory(folder)) SKIP("JSONTestSuite is not in " << fs::absolute(folder) << "; set HAFT_SHARED_DIR");
    std::vector<document> out;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(prefix)) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        out.push_back({name, {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()}});
    }
    std::sort(out.begin(), out.end(), [](const document& a, const document& b) { return a.name < b.name; });
    return out;
}

std::string as_member(const std::string& text) { return "{\"v\":" + text + "}"; }

// Each of these gives "accepted", or the code of the refusal; of several the one that says the text is no JSON.

std::string outcome(const std::vector<haft::fault>& faults) {
    if (faults.empty()) return "accepted";
    for (const haft::fault& f : faults)
        if (f.code == errc::not_json) return haft::code_text(f.code);
    return haft::code_text(faults.back().code);
}

std::string by_lexer(const std::string& text) {
    haft::json::lexer in(text, 64);
    in.peek();
    if (in.skip() && in.expect_end()) return "accepted";
    return haft::code_text(in.too_deep() ? errc::too_large : errc::not_json);
}

std::string by_check(const std::string& text) {
    haft::json::lexer in(text, 64);
    std::string_view raw;
    haft::json::value_faults found;
    if (!haft::json::skip_unique(in, raw, found) || !in.expect_end())
        return haft::code_text(in.too_deep() ? errc::too_large : errc::not_json);
    return outcome(found.faults);
}

std::string by_bridge(const std::string& text) {
    const auto got = haft::json::parse_json(text);
    return got ? "accepted" : outcome(got.error().faults);
}

/// As arguments of a function that takes an integer v: what is JSON and no integer is a fault of another code.
std::string by_reader(const std::string& text) { return outcome(haft_test::read<one<int>>(text).faults); }

/// What the bridge makes of the files that a parser may take or leave.
struct choice {
    std::string_view name;
    std::string_view outcome;
};
constexpr std::array choices{
    choice{"i_number_double_huge_neg_exp.json", "accepted"},
    choice{"i_number_huge_exp.json", "haft-E0205"},
    choice{"i_number_neg_int_huge_exp.json", "haft-E0205"},
    choice{"i_number_pos_double_huge_exp.json", "haft-E0205"},
    choice{"i_number_real_neg_overflow.json", "haft-E0205"},
    choice{"i_number_real_pos_overflow.json", "haft-E0205"},
    choice{"i_number_real_underflow.json", "accepted"},
    choice{"i_number_too_big_neg_int.json", "accepted"},
    choice{"i_number_too_big_pos_int.json", "accepted"},
    choice{"i_number_very_big_negative_int.json", "accepted"},
    choice{"i_object_key_lone_2nd_surrogate.json", "haft-E0201"},
    choice{"i_string_1st_surrogate_but_2nd_missing.json", "haft-E0201"},
    choice{"i_string_1st_valid_surrogate_2nd_invalid.json", "haft-E0201"},
    choice{"i_string_UTF-16LE_with_BOM.json", "haft-E0201"},
    choice{"i_string_UTF-8_invalid_sequence.json", "haft-E0201"},
    choice{"i_string_UTF8_surrogate_U+D800.json", "haft-E0201"},
    choice{"i_string_incomplete_surrogate_and_escape_valid.json", "haft-E0201"},
    choice{"i_string_incomplete_surrogate_pair.json", "haft-E0201"},
    choice{"i_string_incomplete_surrogates_escape_valid.json", "haft-E0201"},
    choice{"i_string_invalid_lonely_surrogate.json", "haft-E0201"},
    choice{"i_string_invalid_surrogate.json", "haft-E0201"},
    choice{"i_string_invalid_utf-8.json", "haft-E0201"},
    choice{"i_string_inverted_surrogates_U+1D11E.json", "haft-E0201"},
    choice{"i_string_iso_latin_1.json", "haft-E0201"},
    choice{"i_string_lone_second_surrogate.json", "haft-E0201"},
    choice{"i_string_lone_utf8_continuation_byte.json", "haft-E0201"},
    choice{"i_string_not_in_unicode_range.json", "haft-E0201"},
    choice{"i_string_overlong_sequence_2_bytes.json", "haft-E0201"},
    choice{"i_string_overlong_sequence_6_bytes.json", "haft-E0201"},
    choice{"i_string_overlong_sequence_6_bytes_null.json", "haft-E0201"},
    choice{"i_string_truncated-utf-8.json", "haft-E0201"},
    choice{"i_string_utf16BE_no_BOM.json", "haft-E0201"},
    choice{"i_string_utf16LE_no_BOM.json", "haft-E0201"},
    choice{"i_structure_500_nested_arrays.json", "haft-E0208"},
    choice{"i_structure_UTF-8_BOM_empty_object.json", "haft-E0201"},
};

}  // namespace

TEST_CASE("JSONTestSuite: what must be accepted is, but for keys given twice") {
    std::size_t accepted = 0;
    std::size_t repeated = 0;
    for (const auto& [name, text] : documents("y_")) {
        CAPTURE(name);
        const bool twice = name == "y_object_duplicated_key.json" || name == "y_object_duplicated_key_and_value.json";
        const std::string wanted = twice ? "haft-E0206" : "accepted";
        CHECK(by_lexer(text) == "accepted");
        CHECK(by_check(text) == wanted);
        CHECK(by_bridge(text) == wanted);
        CHECK(by_lexer(as_member(text)) == "accepted");
        CHECK(by_check(as_member(text)) == wanted);
        CHECK(by_bridge(as_member(text)) == wanted);
        CHECK(by_reader(text) != "haft-E0201");
        CHECK(by_reader(as_member(text)) != "haft-E0201");
        accepted += by_bridge(text) == "accepted";
        repeated += by_bridge(text) == "haft-E0206";
    }
    std::printf("JSONTestSuite, must accept: %zu accepted, %zu refused for keys given twice\n", accepted, repeated);
    CHECK(accepted == 93);
    CHECK(repeated == 2);
}

TEST_CASE("JSONTestSuite: what must be refused is") {
    std::size_t refused = 0;
    std::size_t deep = 0;
    for (const auto& [name, text] : documents("n_")) {
        CAPTURE(name);
        // The two of 100,000 open brackets end at the limit of depth, before it is seen that nothing closes them.
        const bool nested =
            name == "n_structure_100000_opening_arrays.json" || name == "n_structure_open_array_object.json";
        const std::string wanted = nested ? "haft-E0208" : "haft-E0201";
        for (const std::string& at : {text, as_member(text)}) {
            CHECK(by_lexer(at) == wanted);
            CHECK(by_check(at) == wanted);
            CHECK(by_bridge(at) == wanted);
            CHECK(by_reader(at) == wanted);
        }
        refused += by_bridge(text) == "haft-E0201";
        deep += by_bridge(text) == "haft-E0208";
    }
    std::printf("JSONTestSuite, must refuse: %zu refused, %zu of them for their depth\n", refused + deep, deep);
    CHECK(refused == 186);
    CHECK(deep == 2);
}

TEST_CASE("JSONTestSuite: what a parser may take or leave has the outcome that is written down") {
    std::size_t accepted = 0;
    std::size_t known = 0;
    const std::vector<document> all = documents("i_");
    for (const auto& [name, text] : all) {
        CAPTURE(name);
        const std::string got = by_bridge(text);
        accepted += got == "accepted";
        CHECK(by_bridge(as_member(text)) == got);
        // The others build no number.
        const std::string grammar = got == "haft-E0205" ? "accepted" : got;
        CHECK(by_check(text) == grammar);
        CHECK(by_lexer(text) == grammar);
        CHECK(by_reader(as_member(text)).starts_with("haft-E02"));  // at the least it is no integer of 32 bits
        const auto row = std::find_if(choices.begin(), choices.end(), [&](const choice& c) { return c.name == name; });
        known += row != choices.end();
        CHECK((row == choices.end() ? "not in the table" : row->outcome) == got);
    }
    std::printf("JSONTestSuite, free to choose: %zu accepted, %zu refused\n", accepted, all.size() - accepted);
    CHECK(known == 35);
    CHECK(choices.size() == 35);
}
