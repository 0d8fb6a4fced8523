// SPDX-License-Identifier: BSL-1.0
// toml-test: every file of TOML 1.0. Its valid files come with what they say, as JSON in which each value has its type.
#include <haft/config.hpp>
#include <haft/json/nlohmann_value_json.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Where the suite is. Skips the test, aloud, where it is not.
fs::path suite() {
#ifdef HAFT_SHARED_DIR
    fs::path shared = HAFT_SHARED_DIR;
#else
    fs::path shared = "../shared";
#endif
    if (const char* given = std::getenv("HAFT_SHARED_DIR")) shared = given;
    fs::path folder = shared / "data/toml-test/tests";
    if (!fs::is_directory(folder)) SKIP("toml-test is not in " << fs::absolute(folder) << "; set HAFT_SHARED_DIR");
    return folder;
}

/// The files of TOML 1.0 that begin so, in the order of its list.
std::vector<std::string> files(const fs::path& folder, std::string_view kind) {
    std::ifstream list(folder / "files-toml-1.0.0");
    std::vector<std::string> out;
    for (std::string line; std::getline(list, line);)
        if (line.starts_with(kind) && line.ends_with(".toml")) out.push_back(line);
    return out;
}

/// Whether an error begins with the place: `name:line:column: `.
bool begins_with_place(std::string_view text, std::string_view name) {
    if (!text.starts_with(name)) return false;
    text.remove_prefix(name.size());
    for (int i = 0; i < 2; ++i) {
        if (text.size() < 2 || text[0] != ':' || text[1] < '1' || text[1] > '9') return false;
        text.remove_prefix(1);
        text.remove_prefix(text.find_first_not_of("0123456789"));
    }
    return text.starts_with(": ") && text.size() > 2;
}

std::string date_of(std::string_view text) {
    std::string out(text);
    if (out.size() > 10 && (out[10] == ' ' || out[10] == 't')) out[10] = 'T';
    if (out.ends_with('z')) out.back() = 'Z';
    if (const std::size_t dot = out.find('.'); dot != std::string::npos) {  // the suite keeps zeros at the end
        std::size_t end = out.find_first_not_of("0123456789", dot + 1);
        if (end == std::string::npos) end = out.size();
        std::size_t last = end;
        while (out[last - 1] == '0') --last;
        if (out[last - 1] == '.') --last;
        out.erase(last, end - last);
    }
    return out;
}

/// Whether a value is what the suite says of it. `file` and `pointer` are for the message.
bool same(const nlohmann::json& want, const nlohmann::json& got) {
    if (want.is_array()) {
        if (!got.is_array() || got.size() != want.size()) return false;
        for (std::size_t i = 0; i < want.size(); ++i)
            if (!same(want[i], got[i])) return false;
        return true;
    }
    const bool scalar = want.size() == 2 && want.contains("type") && want["type"].is_string() && want.contains("value");
    if (!scalar) {
        if (!got.is_object() || got.size() != want.size()) return false;
        for (const auto& [key, value] : want.items())
            if (!got.contains(key) || !same(value, got[key])) return false;
        return true;
    }
    const std::string type = want["type"];
    const std::string value = want["value"];
    if (type == "string") return got == value;
    if (type == "integer") return got.is_number_integer() && std::to_string(got.get<std::int64_t>()) == value;
    if (type == "float") return got.is_number_float() && got.get<double>() == std::strtod(value.c_str(), nullptr);
    if (type == "bool") return got.is_boolean() && got.get<bool>() == (value == "true");
    return got.is_string() && date_of(got.get<std::string>()) == date_of(value);
}

bool is_in(const std::vector<std::string>& list, std::string_view text) {
    for (const std::string& s : list)
        if (s == text) return true;
    return false;
}

}  // namespace

TEST_CASE("toml-test: each of the invalid files is refused with its line and column", "[fault-106][fault-113]") {
    const fs::path folder = suite();
    const std::vector<std::string> all = files(folder, "invalid/");
    CHECK(all.size() == 499);
    for (const std::string& name : all) {
        INFO(name);
        const haft::result<haft::configuration> read = haft::parse_toml(text_of(folder / name), "haft.toml");
        REQUIRE_FALSE(read);
        CAPTURE(read.error().text());
        CHECK(begins_with_place(read.error().message, "haft.toml"));
        CHECK((read.error().code == haft::errc::bad_config_text || read.error().code == haft::errc::unread_config));
    }
}

TEST_CASE("toml-test: each of the valid files says what the suite says, but for inf and nan", "[DC-02][fault-113]") {
    const fs::path folder = suite();
    const std::vector<std::string> all = files(folder, "valid/");
    CHECK(all.size() == 210);
    const std::vector<std::string> infinite{"valid/comment/after-literal-no-ws.toml", "valid/float/inf-and-nan.toml",
                                            "valid/spec-1.0.0/float-2.toml"};
    for (const std::string& name : all) {
        INFO(name);
        const haft::result<haft::configuration> read = haft::parse_toml(text_of(folder / name), "haft.toml");
        if (is_in(infinite, name)) {
            REQUIRE_FALSE(read);
            CHECK(read.error().faults.size() + read.error().more_faults >= 2);
            for (const haft::fault& f : read.error().faults) CHECK(begins_with_place(f.text(), "haft.toml"));
            continue;
        }
        if (!read) FAIL_CHECK(read.error().text());
        else CHECK(same(nlohmann::json::parse(text_of(folder / fs::path(name).replace_extension(".json"))), read->value()));
    }
}
