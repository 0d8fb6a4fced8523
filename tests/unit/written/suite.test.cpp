// SPDX-License-Identifier: BSL-1.0
#include <haft/json/document.hpp>
#include <haft/json/pieces.hpp>
#include <haft/written/written_schema.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::string file_text(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Why a schema may be refused: it uses what is not supported, which its text shows.
bool uses_what_is_not_supported(std::string_view schema) {
    for (const std::string_view what :
         {"\"$anchor\"", "\"$dynamicAnchor\"", "\"$dynamicRef\"", "\"unevaluatedItems\"", "\"unevaluatedProperties\"",
          "\\\\p{", "\"$id\"", "\"dependencies\"", "\"unknown"})
        if (schema.find(what) != std::string_view::npos) return true;
    for (std::size_t at = 0; (at = schema.find("\"$ref\"", at)) != std::string_view::npos; ++at) {
        const std::string_view value = schema.substr(schema.find_first_not_of(" :\n", at + 6));
        if (value.starts_with('"') && !value.starts_with("\"#")) return true;  // leads out of it
    }
    const std::size_t dialect = schema.find("\"$schema\"");
    return dialect != std::string_view::npos &&
           schema.substr(dialect).find("\"https://json-schema.org/draft/2020-12/schema\"") == std::string_view::npos;
}

}  // namespace

TEST_CASE("JSON-Schema-Test-Suite: every case of a schema that is taken agrees, every other schema is refused",
          "[TD-08.4][fault-53]") {
#ifdef HAFT_SHARED_DIR
    fs::path shared = HAFT_SHARED_DIR;
#else
    fs::path shared = "../shared";
#endif
    if (const char* given = std::getenv("HAFT_SHARED_DIR")) shared = given;
    const fs::path folder = shared / "data/json-schema-2020-12/tests";
    if (!fs::exists(folder)) SKIP("the suite is not there: " + folder.string());
    std::vector<fs::path> files;
    for (const fs::path& part : {folder, folder / "optional"})
        for (const auto& entry : fs::directory_iterator(part))
            if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::size_t cases = 0, schemas = 0, refused = 0, refused_cases = 0;
    for (const fs::path& path : files) {
        const std::string text = file_text(path);
        for (const std::string_view group : haft::json::items_of(text)) {
            const auto parts = haft::json::members_of(group);
            const std::string name = haft::json::string_of(haft::json::value_of(parts, "description"));
            const std::string_view schema = haft::json::value_of(parts, "schema");
            const auto tests = haft::json::items_of(haft::json::value_of(parts, "tests"));
            const auto compiled = haft::written_schema::compile(schema);
            INFO(path.filename().string() << ": " << name << "\n" << schema);
            if (!compiled) {
                ++refused;
                refused_cases += tests.size();
                INFO(compiled.error().text());
                CHECK(uses_what_is_not_supported(schema));
                continue;
            }
            ++schemas;
            for (const std::string_view test : tests) {
                const auto one = haft::json::members_of(test);
                const std::string_view data = haft::json::value_of(one, "data");
                INFO(haft::json::string_of(haft::json::value_of(one, "description")) << ": " << data);
                CHECK(compiled->accepts(data) == (haft::json::value_of(one, "valid") == "true"));
                ++cases;
            }
        }
    }
    CHECK(cases == 1054);
    CHECK(refused_cases == 407);
    std::printf("JSON-Schema-Test-Suite: %zu cases of %zu schemas agree, %zu schemas (%zu cases) refused, 0 ignored\n",
                cases, schemas, refused, refused_cases);
}
