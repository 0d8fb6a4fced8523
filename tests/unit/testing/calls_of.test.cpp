// SPDX-License-Identifier: BSL-1.0
// Calls generated from a schema: what is among them, that they are what they say, and that they are the same everywhere.
#include <haft/json/pieces.hpp>
#include <haft/testing.hpp>
#include <haft/written.hpp>
#include <haft/written/jsoncons_json.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace testing = haft::testing;
using haft::errc;
using testing::expectation;
using testing::generated_call;

namespace {

haft::tool tool_of(std::string_view schema) {
    haft::tool t;
    t.name = "made";
    t.input_schema = schema;
    return t;
}
std::vector<generated_call> calls(std::string_view schema, std::uint64_t seed = 1, std::size_t count = 60) {
    return testing::calls_of(tool_of(schema), {.seed = seed, .count = count});
}
std::string of_one(std::string_view value, std::string_view more = "") {
    return haft::concat({R"({"type":"object","properties":{"v":)", value, R"(},"required":["v"])", more,
                         R"(,"additionalProperties":false})"});
}
const generated_call* find(const std::vector<generated_call>& all, std::string_view arguments) {
    for (const generated_call& c : all)
        if (c.arguments == arguments) return &c;
    return nullptr;
}
bool takes(const std::vector<generated_call>& all, std::string_view arguments) {
    const generated_call* const c = find(all, arguments);
    return c && c->expected == expectation::taken;
}
bool refuses(const std::vector<generated_call>& all, std::string_view arguments, std::string_view pointer,
             std::optional<errc> code) {
    const generated_call* const c = find(all, arguments);
    return c && c->expected == expectation::refused && c->pointer == pointer && c->code == code;
}

struct agreement {
    std::size_t calls = 0, known = 0, taken = 0;
};
/// haft's own check of hand-written schemas and (where it reads the schema) jsoncons say of each call what it says of itself.
agreement agree(const std::string& schema, std::uint64_t seed, std::size_t count = 40) {
    INFO(schema << "\nseed " << seed);
    const auto compiled = haft::written_schema::compile(schema);
    REQUIRE(compiled);
    const auto other = haft::jsoncons_schema::compile(schema);
    agreement out;
    for (const generated_call& c : calls(schema, seed, count)) {
        INFO(c.arguments << "\n" << c.why << " at " << c.pointer);
        ++out.calls;
        out.known += c.known;
        out.taken += c.expected == expectation::taken;
        if (c.expected == expectation::either) continue;
        const haft::checked_value found = compiled->validate(c.arguments, {}, {.null_is_absence = true});
        CHECK(found.ok() == (c.expected == expectation::taken));
        if (c.expected == expectation::refused && found.more_faults == 0 && !c.is_text)
            CHECK(std::any_of(found.faults.begin(), found.faults.end(), [&](const haft::fault& f) {
                return f.pointer.starts_with(c.pointer) && (!c.code || f.code == *c.code);
            }));
        if (c.is_text) CHECK(found.faults.at(0).code == c.code);
        // (jsoncons does not take null for absence.)
        if (other && !c.is_text && c.arguments.find("null") == std::string::npos)
            CHECK(other->accepts(c.arguments) == found.ok());
    }
    return out;
}

}  // namespace

TEST_CASE("the least, the most, every optional parameter left out and null", "[NX-15]") {
    const auto all = calls(
        R"({"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer","minimum":1}},"required":["city"],"additionalProperties":false})");
    CHECK(all[0].arguments == R"({"city":"a"})");
    CHECK(takes(all, R"({"city":"a","days":1})"));
    CHECK(takes(all, R"({"city":"a","days":null})"));
    CHECK(refuses(all, R"({})", "/city", errc::missing_parameter));
    CHECK(refuses(all, R"({"city":null})", "/city", errc::wrong_type));
    CHECK(refuses(all, R"({"city":"a","no_such_parameter":1})", "/no_such_parameter", errc::unknown_parameter));
    CHECK(refuses(all, R"({"city":"a","days":0})", "/days", errc::out_of_limits));
    CHECK(refuses(all, R"({"city":"a","days":1.5})", "/days", errc::wrong_type));
    CHECK(refuses(all, R"({"city":"a","days":"7"})", "/days", errc::wrong_type));
    CHECK(refuses(all, "[]", "", errc::wrong_type));
    CHECK(refuses(all, R"({"city":"a","days":1} {})", "", errc::not_json));
    CHECK(refuses(all, R"({"city":"a","days":1,"city":"a"})", "/city", errc::duplicate_key));
    CHECK(!find(all, "null"));  // no arguments at all, which is the least for some
}

TEST_CASE("every rule of a schema is kept to its edge and broken", "[NX-15]") {
    struct row {
        std::string_view schema, taken, refused;
        std::optional<errc> code;
    };
    for (
        const row& r : {
            row{R"({"type":"integer","minimum":-2,"maximum":3})", "3", "4", errc::out_of_limits},
            row{R"({"type":"integer","minimum":-2,"maximum":3})", "-2", "-3", errc::out_of_limits},
            row{R"({"type":"number","exclusiveMaximum":1})", "0.99", "1", errc::out_of_limits},
            row{R"({"type":"integer","multipleOf":5,"minimum":0,"maximum":50})", "50", "26", errc::out_of_limits},
            row{R"({"type":"string","minLength":3})", R"("xxx")", R"("xx")", errc::out_of_limits},
            row{R"({"type":"string","maxLength":2})", R"("xx")", R"("xxx")", errc::out_of_limits},
            row{R"({"type":"string","format":"date"})", R"("2024-02-29")", "7", errc::wrong_type},
            row{R"({"enum":["fast","slow"]})", R"("slow")", R"("Fast")", errc::not_allowed},
            row{R"({"const":7})", "7", "987654321", {}},
            row{R"({"type":["boolean","null"]})", "null", R"("7")", errc::wrong_type},
            row{R"({"type":"array","items":{"type":"boolean"},"maxItems":2})", "[false,false]", "[null]",
                errc::wrong_type},
            row{R"({"type":"array","items":{"type":"boolean"},"minItems":1,"maxItems":1})", "[true]", "[]",
                errc::out_of_limits},
            row{R"({"type":"array","items":{"const":1},"uniqueItems":true})", "[1]", "[1,1]", errc::out_of_limits},
            row{R"({"type":"object","additionalProperties":false,"properties":{"a":{"const":1}}})", R"({"a":1})",
                R"({"a":1,"as":1})", errc::unknown_parameter},
            row{R"({"type":"object","propertyNames":{"pattern":"^[a-z]+$"},"maxProperties":1,"additionalProperties":{"const":1}})",
                "{}",
                R"({"!":1})",
                {}},
        }) {
        CAPTURE(r.schema);
        const std::string schema = of_one(r.schema);
        const std::vector<generated_call> all = calls(schema, 1, 200);
        CHECK(takes(all, haft::concat({"{\"v\":", r.taken, "}"})));
        const generated_call* const bad = find(all, haft::concat({"{\"v\":", r.refused, "}"}));
        REQUIRE(bad);
        CHECK(bad->expected == expectation::refused);
        CHECK(bad->pointer.starts_with("/v"));
        if (r.code && bad->code) CHECK(bad->code == r.code);
    }
}

TEST_CASE("a text that is not of its format may be either, or has to be refused, as one says", "[NX-15]") {
    const std::string schema = of_one(R"({"type":"string","format":"date"})");
    const std::string_view bad = R"({"v":"2026-02-30"})";
    const auto open = testing::calls_of(tool_of(schema));
    REQUIRE(find(open, bad));
    CHECK(find(open, bad)->expected == expectation::either);
    CHECK(find(open, bad)->pointer == "/v");
    const auto bound = testing::calls_of(tool_of(schema), {.formats_bind = true});
    CHECK(find(bound, bad)->expected == expectation::refused);
}

TEST_CASE("a parameter whose default only the function knows is not left out before one that is given", "[NX-15]") {
    haft::tool t = tool_of(R"({"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}}})");
    t.default_gap = 1;
    const auto all = testing::calls_of(t);
    std::size_t found = 0;
    for (const generated_call& c : all) {
        const bool gap =
            c.value.find("a") == testing::sample_value::nowhere && c.value.find("b") != testing::sample_value::nowhere;
        if (!gap || c.is_text || c.value.parts[c.value.find("b")].kind != haft::json::value_kind::number) continue;
        CHECK(c.expected == expectation::refused);
        if (c.pointer != "/a") continue;
        CHECK(c.code == errc::missing_parameter);
        ++found;
    }
    CHECK(found > 0);
    CHECK(takes(all, R"({"a":1})"));
}

TEST_CASE("recursion ends: lists in lists, trees, a choice that leads out", "[NX-15]") {
    for (
        const char* schema : {
            R"({"type":"object","properties":{"of":{"type":"array","items":{"$ref":"#"}}},"required":["of"],"additionalProperties":false})",
            R"({"type":"object","properties":{"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["next"],"additionalProperties":false})",
            R"({"type":"object","properties":{"t":{"$ref":"#/$defs/tree"}},"required":["t"],"$defs":{"tree":{"type":"object","properties":{"leaf":{"type":"integer"},"below":{"type":"array","minItems":1,"items":{"anyOf":[{"$ref":"#/$defs/tree"},{"type":"boolean"}]}}},"required":["below"]}}})",
            R"({"type":"object","properties":{"e":{"$ref":"#/$defs/e"}},"$defs":{"e":{"type":"object","properties":{"l":{"$ref":"#/$defs/e"},"r":{"$ref":"#/$defs/e"},"m":{"$ref":"#/$defs/e"},"v":{"type":"integer"}}}}})",
        }) {
        const agreement found = agree(schema, 1);
        CHECK(found.taken > 5);
        std::size_t longest = 0;
        for (const generated_call& c : calls(schema)) longest = (std::max)(longest, c.arguments.size());
        CHECK(longest < 200'000);
    }
    // what can't be has no calls
    CHECK(calls(R"({"type":"object","properties":{"self":{"$ref":"#"}},"required":["self"]})").empty());
    CHECK(calls(of_one("false")).empty());
    CHECK(calls(of_one(R"({"type":"integer","minimum":2,"maximum":1})")).empty());
}

TEST_CASE("schemas that say it in a roundabout way", "[NX-15]") {
    for (
        const char* schema : {
            R"({"oneOf":[{"type":"integer","multipleOf":3},{"type":"integer","multipleOf":5}]})",
            R"({"allOf":[{"type":"object","properties":{"a":{"type":"integer","minimum":2}}},{"properties":{"a":{"maximum":4},"b":{"type":"string"}},"required":["a"]}]})",
            R"({"type":"object","properties":{"kind":{"enum":["circle","box"]},"r":{"type":"number"},"w":{"type":"number"}},"required":["kind"],"if":{"properties":{"kind":{"const":"circle"}}},"then":{"required":["r"]},"else":{"required":["w"]}})",
            R"({"type":"string","pattern":"^[a-c]+$","not":{"pattern":"b"}})",
            R"({"type":"array","contains":{"const":7},"minContains":2,"items":{"type":"integer"}})",
            R"({"type":"object","properties":{"a":{},"b":{},"c":{}},"dependentRequired":{"a":["b"],"b":["c"]}})",
            R"({"type":"object","patternProperties":{"^x-":{"type":"string"},"^n":{"type":"integer"}},"additionalProperties":false,"minProperties":1})",
            R"({"prefixItems":[{"type":"integer"},{"type":"string"}],"items":false,"minItems":2,"type":"array"})",
            R"({"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"anyOf":[{"required":["a"]},{"required":["b"]}]})",
            R"({"type":["integer","string","null"],"minimum":3,"maxLength":2})",
        }) {
        CHECK(agree(of_one(schema), 1).taken > 5);
        agree(of_one(schema), 2);
    }
}

TEST_CASE("the calls of every schema of the JSON-Schema-Test-Suite are what they say, to haft's check and to jsoncons",
          "[NX-15][TD-08.4]") {
#ifdef HAFT_SHARED_DIR
    std::filesystem::path shared = HAFT_SHARED_DIR;
#else
    std::filesystem::path shared = "../shared";
#endif
    if (const char* given = std::getenv("HAFT_SHARED_DIR")) shared = given;
    const std::filesystem::path folder = shared / "data/json-schema-2020-12/tests";
    if (!std::filesystem::exists(folder)) SKIP("the suite is not there: " + folder.string());
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::size_t schemas = 0;
    agreement sum;
    for (const auto& path : files) {
        std::ifstream in(path, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        for (const std::string_view group : haft::json::items_of(text)) {
            std::string schema(haft::json::value_of(haft::json::members_of(group), "schema"));
            if (schema.find("$ref") != std::string::npos) continue;  // it would lead elsewhere within another one
            const std::string dialect = "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"";
            if (const std::size_t at = schema.find(dialect); at != std::string::npos)
                schema.replace(at, dialect.size(), "\"x-dialect\": true");
            schema = of_one(schema);
            if (!haft::written_schema::compile(schema)) continue;
            ++schemas;
            const agreement found = agree(schema, 1, 20);
            sum.calls += found.calls, sum.known += found.known;
        }
    }
    CHECK(schemas > 200);
    CHECK(sum.calls > 15'000);
    CHECK(sum.known > sum.calls / 2);
}

TEST_CASE("one seed, one list of calls, with every compiler", "[NX-15]") {
    const std::string schema = of_one(
        R"({"type":"object","properties":{"n":{"type":"number","minimum":0,"exclusiveMaximum":1.5},"s":{"type":"string","pattern":"^[A-Z]{2}[0-9]*$"},"l":{"type":"array","items":{"anyOf":[{"type":"integer"},{"type":"null"}]},"maxItems":3}},"required":["n"]})");
    std::string text;
    for (const generated_call& c : calls(schema, 42, 12)) {
        constexpr std::string_view words[]{"taken", "refused", "either"};
        haft::append_all(text, {words[static_cast<std::size_t>(c.expected)], " ", c.pointer, " ",
                                c.code ? haft::code_text(*c.code) : "-", " (", c.why, ")\n  ",
                                testing::detail::shown(c.arguments), "\n"});
    }
    testing::expect_golden(text, "tests/golden/generated_calls.txt");
    CHECK(calls(schema, 42, 12).back().arguments != calls(schema, 43, 12).back().arguments);
}

TEST_CASE("no call stands there twice, and chance adds as many as are asked for", "[NX-15]") {
    const std::string schema = of_one(R"({"type":"string"})");
    std::set<std::string> seen;
    for (const generated_call& c : calls(schema)) CHECK(seen.insert(c.arguments).second);
    CHECK(calls(schema, 1, 0).size() < calls(schema, 1, 50).size());
}

TEST_CASE("a schema that can't be read is a failure that says why", "[NX-15]") {
    const auto said = [](std::string_view schema) {
        try {
            static_cast<void>(calls(schema));
        } catch (const testing::failure& f) { return std::string(f.what()); }
        return std::string();
    };
    CHECK(
        said(R"({"type":"objekt"})") ==
        "tool \"made\": no calls can be generated from its schema: /type: no type \"objekt\"; did you mean \"object\"? "
        "[haft-E0240]");
    CHECK(said("{").find("haft-E0201") != std::string::npos);
}
