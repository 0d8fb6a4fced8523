// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_UNIT_JSON_SCHEMA_SUITE_HPP
#define HAFT_TESTS_UNIT_JSON_SCHEMA_SUITE_HPP

/// The files of the JSON-Schema-Test-Suite, as far as tests of strings want them. They are not part of the project; where
/// they are missing a test says so and is skipped.

#include <haft/json/lexer.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace haft_test::schema_suite {

struct test {
    std::string description;
    std::string text;
    bool is_string = false;
    bool valid = false;
};
struct group {
    std::string description;
    std::string pattern;  ///< of the schema, if it has one
    std::vector<test> tests;
};

/// A walk over the members of an object; `member(key)` reads the value.
template <class Member>
void walk_object(haft::json::lexer& in, Member member) {
    haft::json::lexer::string_token key;
    REQUIRE(in.enter('{'));
    for (bool first = true; in.next('}', first);) {
        REQUIRE(in.key(key));
        member(std::string(key.raw));
    }
}
template <class Element>
void walk_array(haft::json::lexer& in, Element element) {
    REQUIRE(in.enter('['));
    for (bool first = true; in.next(']', first);) element();
}
inline std::string read_string(haft::json::lexer& in) {
    haft::json::lexer::string_token token;
    REQUIRE(in.string(token));
    std::string out;
    haft::json::lexer::decode(token, out);
    return out;
}

/// The groups of one file, such as `optional/format/date.json`.
inline std::vector<group> groups_of(const std::string& name) {
    namespace fs = std::filesystem;
#ifdef HAFT_SHARED_DIR
    fs::path shared = HAFT_SHARED_DIR;
#else
    fs::path shared = "../shared";
#endif
    if (const char* given = std::getenv("HAFT_SHARED_DIR")) shared = given;
    const fs::path path = shared / "data/json-schema-2020-12/tests" / name;
    if (!fs::is_regular_file(path)) SKIP("no " << fs::absolute(path) << "; set HAFT_SHARED_DIR");
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};

    std::vector<group> groups;
    haft::json::lexer in(text, 64);
    in.peek();
    walk_array(in, [&] {
        group& g = groups.emplace_back();
        walk_object(in, [&](const std::string& key) {
            if (key == "description") {
                g.description = read_string(in);
            } else if (key == "schema" && in.at('{')) {
                walk_object(in, [&](const std::string& keyword) {
                    if (keyword == "pattern") g.pattern = read_string(in);
                    else REQUIRE(in.skip());
                });
            } else if (key == "tests") {
                walk_array(in, [&] {
                    test& t = g.tests.emplace_back();
                    walk_object(in, [&](const std::string& field) {
                        if (field == "description") {
                            t.description = read_string(in);
                        } else if (field == "data" && in.at('"')) {
                            t.is_string = true;
                            t.text = read_string(in);
                        } else if (field == "valid") {
                            t.valid = in.at('t');
                            REQUIRE(in.skip());
                        } else {
                            REQUIRE(in.skip());
                        }
                    });
                });
            } else {
                REQUIRE(in.skip());
            }
        });
    });
    REQUIRE(in.expect_end());
    return groups;
}

}  // namespace haft_test::schema_suite

#endif  // HAFT_TESTS_UNIT_JSON_SCHEMA_SUITE_HPP
