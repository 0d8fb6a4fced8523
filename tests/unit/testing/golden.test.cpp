// SPDX-License-Identifier: BSL-1.0
// What a model sees of a tool, in a file.
#include <haft/testing.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <support/temporary_folder.hpp>
#include <unit/testing/support.hpp>

namespace golden_test {

struct query {
    std::string city;
    int days = 3;
    static constexpr std::array haft_fields{haft::field{"city", "City \"name\"", haft::examples("Lund", "Malm\u00F6")},
                                            haft::field{"days", "", haft::minimum(1)}};
};
int forecast(const query& q) { return q.days; }
constexpr haft::tool tool = haft::make<&forecast>({.description = "Weather forecast",
                                                   .title = "Forecast",
                                                   .effect = haft::read_only,
                                                   .hints = haft::closed_world,
                                                   .tags = "weather"});
constexpr const char* lines = R"({
  "name": "forecast",
  "title": "Forecast",
  "description": "Weather forecast",
  "tags": ["read-only","closed-world","weather"],
  "input_schema": {
    "type": "object",
    "properties": {
      "city": {
        "type": "string",
        "examples": ["Lund","Malmö"],
        "description": "City \"name\""
      },
      "days": {
        "type": "integer",
        "minimum": 1,
        "default": 3
      }
    },
    "required": ["city"],
    "additionalProperties": false
  },
  "output_schema": {
    "type": "integer"
  }
}
)";

struct update {
    explicit update(const char* value) { ::setenv("HAFT_UPDATE_GOLDEN", value, 1); }
    ~update() { ::unsetenv("HAFT_UPDATE_GOLDEN"); }
    update(const update&) = delete;
    update& operator=(const update&) = delete;
};
void put(const std::filesystem::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

}  // namespace golden_test

using namespace golden_test;
using testing_test::said;
namespace testing = haft::testing;

TEST_CASE("a golden file is written where the environment says so, and compared otherwise", "[NX-15]") {
    const haft_test::temporary_folder folder;
    const std::filesystem::path file = folder.path / "new" / "forecast.json";
    {
        const update now("1");
        testing::expect_schema(tool, file);
    }
    CHECK(haft_test::text_of(file) == lines);
    testing::expect_schema(tool, file);
    {
        const update not_now("0");
        put(file, "x");
        CHECK(said([&] { testing::expect_schema(tool, file); }) != "");
        CHECK(haft_test::text_of(file) == "x");
    }
}

TEST_CASE("the first line that differs is shown, and how to write the file anew", "[NX-15]") {
    const haft_test::temporary_folder folder;
    const std::filesystem::path file = folder.path / "forecast.json";
    std::string changed = lines;
    changed.replace(changed.find("\"minimum\": 1"), 12, "\"minimum\": 0");
    put(file, changed);
    CHECK(said([&] { testing::expect_schema(tool, file); }) ==
          "golden file " + file.string() +
              ", line 16 differs\n  expected:          \"minimum\": 0,\n  got:               \"minimum\": 1,\n"
              "If that is meant: HAFT_UPDATE_GOLDEN=1 in the environment has it written");
    put(file, std::string(lines) + "more\n");
    CHECK(said([&] {
              testing::expect_schema(tool, file);
          }).find("line 27 differs\n  expected:  more\n  got:       the end") != std::string::npos);
    put(file, std::string(lines, std::string(lines).size() - 2));
    CHECK(said([&] { testing::expect_schema(tool, file); }).find("expected:  the end of the file\n  got:       }") !=
          std::string::npos);
}

TEST_CASE("a golden file that is not there says how it comes to be", "[NX-15]") {
    const haft_test::temporary_folder folder;
    const std::filesystem::path file = folder.path / "no/such.json";
    const std::string text = said([&] { testing::expect_golden("x", file); });
    CHECK(text ==
          "golden file " + file.string() + " can't be compared: there is no such file; HAFT_UPDATE_GOLDEN=1 in the "
          "environment has it written");
    const update now("1");
    CHECK(said([] { testing::expect_golden("x", "/proc/no/such/file"); }).find("haft-E0442") != std::string::npos);
}

TEST_CASE("all tools of a set in one file", "[NX-15]") {
    const haft_test::temporary_folder folder;
    const std::filesystem::path file = folder.path / "tools.json";
    const haft::toolset two{tool, haft::make<&forecast>({.description = "Again", .name = "again"})};
    {
        const update now("1");
        testing::expect_schemas(two, file);
    }
    testing::expect_schemas(two, file);
    CHECK(haft_test::text_of(file).starts_with("[\n  {\n    \"name\": \"forecast\","));
    CHECK(said([&] { testing::expect_schemas({tool}, file); }) != "");
    put(file, "[]\n");
    testing::expect_schemas({}, file);
}
