// SPDX-License-Identifier: BSL-1.0
#include <haft/host/pretty.hpp>
#include <haft/host/table.hpp>
#include <haft/host/terminal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace haft::host;

TEST_CASE("text is broken at blanks, by code points, and a long word stays whole") {
    CHECK(wrap("one two three", 7) == std::vector<std::string>{"one two", "three"});
    CHECK(wrap("äöü äöü", 7) == std::vector<std::string>{"äöü äöü"});
    CHECK(wrap("incomprehensible x", 5) == std::vector<std::string>{"incomprehensible", "x"});
    CHECK(wrap("a\n\nb", 5) == std::vector<std::string>{"a", "", "b"});
    CHECK(wrap("", 5) == std::vector<std::string>{""});
}

TEST_CASE("a table aligns its columns and breaks the last one") {
    table t({"name", "what"});
    t.row({"a", "short"});
    t.row({"longer", "some words that do not fit into the room"});
    CHECK(t.text({false, 32}) ==
          "name    what\n"
          "a       short\n"
          "longer  some words that do not\n"
          "        fit into the room\n");
}

TEST_CASE("columns in the middle are broken where they leave the last one no room; the first and narrow ones stay") {
    table t({"name", "parameters", "n", "what"});
    t.row({"a_rather_long_name", "city, country, days, unit, language", "12", "Tells the weather of a city"});
    CHECK(t.text({false, 70}) ==
          "name                parameters            n   what\n"
          "a_rather_long_name  city, country, days,  12  Tells the weather of a\n"
          "                    unit, language            city\n");
    CHECK(t.text({false, 40}) ==
          "name                parameters    n   what\n"
          "a_rather_long_name  city,         12  Tells the weather of a\n"
          "                    country,          city\n"
          "                    days, unit,\n"
          "                    language\n");
    CHECK(t.text({false, 200}).find("city, country, days, unit, language  12  Tells the weather of a city\n") != std::string::npos);

    table first({"name", "kind", "what"});
    first.row({"the_longest_of_all_the_names_here", "one two three", "x"});
    CHECK(first.text({false, 60}) ==
          "name                               kind          what\n"
          "the_longest_of_all_the_names_here  one two       x\n"
          "                                   three\n");
}

TEST_CASE("colour is only added where it is wanted") {
    CHECK(terminal{false, 80}.bad("x") == "x");
    CHECK(terminal{true, 80}.bad("x") == "\x1b[1;31mx\x1b[0m");
    CHECK(terminal::of(-1, colouring::always).colour);  // no terminal at all
    CHECK_FALSE(terminal::of(-1, colouring::never).colour);
    CHECK_FALSE(terminal::of(-1).colour);
}

TEST_CASE("JSON is spread over lines where it is long") {
    const terminal t{false, 80};
    CHECK(pretty_json(R"({"a":1,"b":[1,2],"c":"x,y:{}"})", t) == R"({"a": 1, "b": [1, 2], "c": "x,y:{}"})");
    CHECK(pretty_json("[]", t) == "[]");
    CHECK(pretty_json("\"a\\\"b\"", t) == "\"a\\\"b\"");
    const std::string longer =
        R"({"first":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","second":{"third":["bbbbbbbbbbbbbbbbbbbbbbb"]}})";
    CHECK(pretty_json(longer, t) ==
          "{\n"
          "  \"first\": \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\n"
          "  \"second\": {\"third\": [\"bbbbbbbbbbbbbbbbbbbbbbb\"]}\n"
          "}");
}
