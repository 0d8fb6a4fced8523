// SPDX-License-Identifier: BSL-1.0
// The adapter over jsoncons, and haft's own check of hand-written schemas held against it. Skipped, aloud, where jsoncons is not.
#include <catch2/catch_test_macros.hpp>

#if !__has_include(<jsoncons_ext/jsonschema/jsonschema.hpp>)

TEST_CASE("jsoncons: all of JSON Schema", "[TD-08.9]") { SKIP("jsoncons is not there; scripts/deps.sh brings it"); }

#else

#include <haft/json/pieces.hpp>
#include <haft/written/jsoncons_json.hpp>
#include <haft/written/written_schema.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
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

std::string times(std::string_view text, std::size_t n) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += text;
    return out;
}
std::string refusal(std::string_view schema) {
    const auto compiled = haft::jsoncons_schema::compile(schema);
    return compiled ? std::string() : compiled.error().text();
}

/// Schemas and values by a generator of our own, so that every machine sees the same.
class generator {
public:
    explicit generator(std::uint64_t seed) : state_(seed) {}

    std::string value(unsigned depth = 0) {
        switch (below(depth < 3 ? 8u : 6u)) {
            case 0: return "null";
            case 1: return below(2) ? "true" : "false";
            case 2: return std::to_string(below(12));
            case 3: return "-" + std::to_string(1 + below(3));
            case 4: return one_of({"0.5", "2.5", "1e2", "-1.5", "3.0"});
            case 5: return one_of({"\"\"", "\"a\"", "\"ab\"", "\"foo\"", "\"\\u00e4\"", "\"\xC3\xA4\xC3\xB6\""});
            case 6: return list("[", "]", 4, [&] { return value(depth + 1); });
            default: return object(4, [&] { return value(depth + 1); });
        }
    }
    std::string schema(unsigned depth = 0) {
        if (below(16) == 0) return one_of({"true", "false", "{}"});
        std::vector<std::string> seen;
        return list("{", "}", 4, [&] {
            std::string row = keyword(depth);
            const std::string name = row.substr(0, row.find(':'));
            const bool again = std::find(seen.begin(), seen.end(), name) != seen.end();
            seen.push_back(name);
            return again ? "\"x-" + std::to_string(seen.size()) + "\":1" : row;
        });
    }

private:
    std::string keyword(unsigned depth) {
        const auto sub = [&] { return depth < 3 ? schema(depth + 1) : one_of({"{}", R"({"type":"string"})", "true"}); };
        const auto number = [&] { return one_of({"0", "1", "2.5", "-1", "5"}); };
        const auto count = [&] { return std::to_string(below(4)); };
        const auto subs = [&] { return "[" + sub() + list(",", "]", 2, sub); };
        switch (below(31)) {
            case 0:
            case 1:
                return "\"type\":" + one_of({R"("object")", R"("array")", R"("string")", R"("integer")", R"("number")",
                                             R"(["null","boolean"])", R"(["string","integer"])"});
            case 2: return "\"enum\":[" + value(2) + "," + one_of({"\"xyz\"", "77"}) + "]";
            case 3: return "\"const\":" + value(2);
            case 4: return "\"minimum\":" + number();
            case 5: return "\"maximum\":" + number();
            case 6: return "\"exclusiveMinimum\":" + number();
            case 7: return "\"exclusiveMaximum\":" + number();
            case 8: return "\"multipleOf\":" + one_of({"1", "2", "0.5", "3"});
            case 9: return "\"minLength\":" + count();
            case 10: return "\"maxLength\":" + count();
            case 11: return "\"minItems\":" + count();
            case 12: return "\"maxItems\":" + count();
            case 13: return "\"minProperties\":" + count();
            case 14: return "\"maxProperties\":" + count();
            case 15: return "\"uniqueItems\":true";
            case 16: return "\"required\":[" + one_of({"\"a\"", "\"b\",\"a\"", "\"c\""}) + "]";
            case 17: return "\"dependentRequired\":{\"a\":[\"b\"]}";
            case 18: return "\"dependentSchemas\":{\"a\":" + sub() + "}";
            case 19:
            case 20: return "\"properties\":" + object(3, sub);
            case 21: return "\"additionalProperties\":" + sub();
            case 22: return "\"propertyNames\":" + sub();
            case 23: return "\"items\":" + sub();
            case 24: return "\"prefixItems\":" + subs();
            case 25: return "\"contains\":" + sub() + ",\"minContains\":" + count();
            case 26: return "\"allOf\":" + subs();
            case 27: return "\"anyOf\":" + subs();
            case 28: return "\"oneOf\":" + subs();
            case 29: return "\"not\":" + sub();
            default: return "\"if\":" + sub() + ",\"then\":" + sub() + ",\"else\":" + sub();
        }
    }
    template <class One>
    std::string list(std::string_view open, std::string_view close, unsigned most, One one) {
        std::string out(open);
        const unsigned n = below(most);
        for (unsigned i = 0; i < n; ++i) out += (i ? "," : "") + one();
        return (n == 0 && open == ",") ? std::string(close) : out + std::string(close);
    }
    template <class One>
    std::string object(unsigned most, One one) {
        char name = 'a';
        return list("{", "}", most, [&] { return std::string("\"") + name++ + "\":" + one(); });
    }
    std::string one_of(std::initializer_list<const char*> all) {
        return all.begin()[below(static_cast<unsigned>(all.size()))];
    }
    unsigned below(unsigned n) {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return static_cast<unsigned>(state_ >> 33) % n;
    }
    std::uint64_t state_;
};

}  // namespace

TEST_CASE("jsoncons: what the adapter takes keeps all of JSON Schema", "[TD-08.9]") {
    const auto closed = haft::jsoncons_schema::compile(
        R"({"type":"object","allOf":[{"properties":{"a":{"type":"integer"}}}],"properties":{"b":{}},"unevaluatedProperties":false})");
    REQUIRE(closed);
    CHECK(closed->accepts(R"({"a":1,"b":2})"));
    const haft::checked_value stranger = closed->validate(R"({"a":1,"c":2})");
    REQUIRE(stranger.faults.size() == 1);
    CHECK(stranger.faults[0].pointer.find("/c") != std::string::npos);
    CHECK_FALSE(closed->accepts(R"({"a":"x"})"));
    const auto tree = haft::jsoncons_schema::compile(
        R"({"$dynamicAnchor":"n","type":"object","properties":{"next":{"$dynamicRef":"#n"},"v":{"type":"integer"}},"required":["v"]})");
    REQUIRE(tree);
    CHECK(tree->accepts(R"({"v":1,"next":{"v":2}})"));
    CHECK_FALSE(tree->accepts(R"({"v":1,"next":{"v":"2"}})"));
    const auto anchored =
        haft::jsoncons_schema::compile(R"({"$ref":"#word","$defs":{"w":{"$anchor":"word","type":"string"}}})");
    REQUIRE(anchored);
    CHECK(anchored->accepts("\"a\""));
    CHECK_FALSE(anchored->accepts("1"));
}

TEST_CASE("jsoncons: what would crash or hang it never reaches it", "[TD-08.9][fault-53][fault-54][fault-55]") {
    CHECK(refusal(R"({"$ref":"http://example.com/s"})").find("leads out of this schema") != std::string::npos);
    CHECK(refusal(R"({"$ref":"file:///etc/passwd"})").find("leads out of this schema") != std::string::npos);
    CHECK(refusal(R"({"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}},"$ref":"#/$defs/a"})")
              .find("leads back to itself") != std::string::npos);
    CHECK(refusal(R"({"$defs":{"a":{"$anchor":"x","$ref":"#y"},"b":{"$anchor":"y","$dynamicRef":"#x"}}})")
              .find("leads back to itself") != std::string::npos);
    CHECK(refusal(R"({"$ref":"#nobody"})").find("leads nowhere") != std::string::npos);
    CHECK(refusal(R"({"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}})").find("stands there twice") !=
          std::string::npos);
    CHECK(refusal(R"({"pattern":"^(a+)+$"})").find("std::regex") != std::string::npos);
    CHECK(refusal(R"({"patternProperties":{"a":{}}})").find("std::regex") != std::string::npos);
    CHECK(refusal(R"({"minLenght":1})").find("did you mean \"minLength\"?") != std::string::npos);
    CHECK(refusal(times(R"({"not":)", 100'000) + "{}" + times("}", 100'000)).find("haft-E0208") != std::string::npos);
    CHECK(refusal(times(R"({"not":)", 40) + "{}" + times("}", 40)).find("within each other") != std::string::npos);
    CHECK(refusal(times(R"({"not":)", 30) + "{}" + times("}", 30)).empty());

    const auto any = haft::jsoncons_schema::compile(R"({"uniqueItems":true})");
    REQUIRE(any);
    CHECK_FALSE(any->accepts(times("[", 100'000)));
    CHECK_FALSE(any->accepts(times("[", 100) + times("]", 100)));
    haft::json::read_limits wide;
    wide.max_depth = 512;
    const auto deep = any->validate(times("[", 100) + times("]", 100), wide);
    REQUIRE(deep.faults.size() == 1);
    CHECK(deep.faults[0].code == haft::errc::too_large);
    std::string different = "[0";
    for (int i = 1; i < 5'000; ++i) different += "," + std::to_string(i);
    const auto many = any->validate(different + "]", wide);  // compared with each other: 12 million times
    REQUIRE(many.faults.size() == 1);
    CHECK(many.faults[0].code == haft::errc::too_large);
    CHECK_FALSE(any->accepts(R"({"a":1,"a":2})"));
    CHECK_FALSE(any->accepts("[" + times("1,", 1'000'000) + "1]"));
    // 2^60 ways into a value that is 60 deep.
    const auto twice = haft::jsoncons_schema::compile(R"({"allOf":[{"items":{"$ref":"#"}},{"items":{"$ref":"#"}}]})");
    REQUIRE(twice);
    CHECK(twice->validate(times("[", 60) + times("]", 60)).faults.back().code == haft::errc::too_large);
    CHECK(twice->accepts("[[1]]"));
}

TEST_CASE("jsoncons and haft's own check agree on generated schemas and values", "[TD-08.9]") {
    generator from(20261126);
    std::size_t accepted = 0, refused = 0;
    for (int s = 0; s < 3000; ++s) {
        const std::string schema = from.schema();
        INFO(schema);
        const auto ours = haft::written_schema::compile(schema);
        const auto theirs = haft::jsoncons_schema::compile(schema);
        REQUIRE(ours);
        REQUIRE(theirs);
        for (int v = 0; v < 8; ++v) {
            const std::string value = from.value();
            INFO(value);
            const bool fits = ours->accepts(value);
            CHECK(fits == theirs->accepts(value));
            ++(fits ? accepted : refused);
        }
    }
    std::printf("differential: haft and jsoncons agree on %zu generated values, %zu of them valid\n",
                accepted + refused, accepted);
    CHECK(accepted > 5000);
    CHECK(refused > 5000);
}

TEST_CASE("jsoncons and haft's own check agree on the JSON-Schema-Test-Suite", "[TD-08.9]") {
#ifdef HAFT_SHARED_DIR
    fs::path shared = HAFT_SHARED_DIR;
#else
    fs::path shared = "../shared";
#endif
    if (const char* given = std::getenv("HAFT_SHARED_DIR")) shared = given;
    const fs::path folder = shared / "data/json-schema-2020-12/tests";
    if (!fs::exists(folder)) SKIP("the suite is not there: " + folder.string());
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::size_t both = 0, theirs_alone = 0, wrong = 0, refused = 0;
    for (const fs::path& path : files) {
        std::ifstream file(path, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        for (const std::string_view group : haft::json::items_of(text)) {
            const auto parts = haft::json::members_of(group);
            const std::string_view schema = haft::json::value_of(parts, "schema");
            const auto tests = haft::json::items_of(haft::json::value_of(parts, "tests"));
            INFO(path.filename().string() << "\n" << schema);
            const auto ours = haft::written_schema::compile(schema);
            const auto theirs = haft::jsoncons_schema::compile(schema);
            if (!theirs) {
                refused += tests.size();
                continue;
            }
            for (const std::string_view test : tests) {
                const auto one = haft::json::members_of(test);
                const std::string_view data = haft::json::value_of(one, "data");
                const bool wanted = haft::json::value_of(one, "valid") == "true";
                INFO(data);
                const bool fits = theirs->accepts(data);
                if (ours) {
                    CHECK(ours->accepts(data) == fits);
                    ++both;
                } else {
                    ++theirs_alone;
                    wrong += fits != wanted;
                    if (fits != wanted)
                        std::printf("jsoncons: %s, %s: %s\n", path.filename().string().c_str(),
                                    haft::json::string_of(haft::json::value_of(parts, "description")).c_str(),
                                    std::string(data).c_str());
                }
            }
        }
    }
    std::printf(
        "differential: haft and jsoncons agree on %zu cases of the suite; of %zu more jsoncons has %zu wrong; %zu are "
        "kept from it\n",
        both, theirs_alone, wrong, refused);
    CHECK(both > 800);
    CHECK(theirs_alone > 100);
}

#endif
