// SPDX-License-Identifier: BSL-1.0
// One file as a configuration: what it says, where each value stands, and what is refused.
#include <haft/config.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>

#include <unit/config/support.hpp>

using haft::errc;
using haft_test::error_of;

TEST_CASE("every value of a TOML file has its line and column", "[DC-02][DC-05]") {
    const auto read = haft::parse_toml(
        "title = 'x'\r\n"
        "[plugin.weather]\r\n"
        "  days = 3\r\n"
        "list = [ 1, {a.b = 'é'} ]\r\n"
        "[[job]]\nname = 'one'\n[[job]]\n",
        "haft.toml");
    REQUIRE(read);
    CHECK(read->value().dump() ==
          R"({"job":[{"name":"one"},{}],"plugin":{"weather":{"days":3,"list":[1,{"a":{"b":"é"}}]}},"title":"x"})");
    CHECK(read->origin("/title").text() == "haft.toml:1:9");
    CHECK(read->origin("/plugin/weather").text() == "haft.toml:2:1");
    CHECK(read->origin("/plugin/weather/days").text() == "haft.toml:3:10");
    CHECK(read->origin("/plugin/weather/list/1").text() == "haft.toml:4:13");
    CHECK(read->origin("/plugin/weather/list/1/a/b").text() == "haft.toml:4:20");
    CHECK(read->origin("/job/1").text() == "haft.toml:7:1");
    // Of what is not there: the table that would have it.
    CHECK(read->origin("/plugin/weather/city").text() == "haft.toml:2:1");
    CHECK(*read->find("/plugin/weather/list/1/a/b") == "é");
    CHECK(read->find("/plugin/weather/list/2") == nullptr);
    CHECK(read->find("/plugin/weather/list/01") == nullptr);
    CHECK(read->find("plugin") == nullptr);
}

TEST_CASE("every value of a JSON file has its line and column, in characters", "[DC-02][DC-05]") {
    const auto read = haft::parse_json("{\n  \"a/b\": {\"~\": [1,\n true]}, \"é\": \"x\", \"n\": null\n}\n", "haft.json");
    REQUIRE(read);
    CHECK(read->value().dump() == R"({"a/b":{"~":[1,true]},"n":null,"é":"x"})");
    CHECK(read->origin("").text() == "haft.json:1:1");
    CHECK(read->origin("/a~1b").text() == "haft.json:2:10");
    CHECK(read->origin("/a~1b/~0/1").text() == "haft.json:3:2");
    CHECK(read->origin("/é").text() == "haft.json:3:15");
    CHECK(read->origin("/n").text() == "haft.json:3:25");
    CHECK(*read->find("/a~1b/~0/0") == 1);
}

TEST_CASE("a broken text is refused with its place, what was expected and what stands there", "[fault-106]") {
    CHECK(error_of(haft::parse_toml("a = 1\nb = \n", "h.toml")) ==
          "h.toml:2:5: no valid TOML: in a key-value pair: expected value, got '\\n' [haft-E0376]");
    CHECK(error_of(haft::parse_toml("x = 1\n  [ ", "h.toml")) ==
          "h.toml:2:5: in the header of a table: expected a key, got the end of the file [haft-E0376]");
    CHECK(error_of(haft::parse_toml("[.]", "h.toml")) ==
          "h.toml:1:2: in the header of a table: expected a key, got \".\" [haft-E0376]");
    CHECK(error_of(haft::parse_toml("[[\n", "h.toml")) ==
          "h.toml:1:3: in the header of a table: expected a key, got the end of the line [haft-E0376]");
    CHECK(error_of(haft::parse_toml("[\xC2\xA0x]", "h.toml")).starts_with("h.toml:1:2: "));
    CHECK(error_of(haft::parse_json("{\"a\": 1,\n  \"b\" 2}", "h.json")) ==
          "h.json:2:7: no valid JSON: expected ':' after the key, before 2} [haft-E0376]");
    CHECK(error_of(haft::parse_json("{\"a\": 1,\n\"a\": 2, \"b\": 1e999}", "h.json")) ==
          "h.json can't be used: 2 faults\n"
          "- h.json:2:1: /a: given twice [haft-E0206]\n"
          "- h.json:2:14: /b: a number that no double can hold, number 1e999 [haft-E0205]");
    CHECK(error_of(haft::parse_json("\n [1]", "h.json")) ==
          "h.json:2:2: expected an object, got array [haft-E0376]");
}

TEST_CASE("a value that is none is refused in plain words", "[fault-106]") {
    CHECK(error_of(haft::parse_toml("city = Oslo # the capital\n", "h.toml")) ==
          "h.toml:1:8: expected a value: a text in quotes, a number, true or false, a date or time; got \"Oslo\" [haft-E0376]");
    for (const std::string_view value :
         {"1997-09-09T:09", "1997-09-09T\x17" "09:09:09", "07:32", "1997-09-09 07:32:00+1", "01", "1__0", "0x", "0xg", "0o8", "0b2", "+0x1",
          "1.", ".1", "1.e1", "1e", "_1", "--1", "True", "infinity", "1 2", "0_1", "-00"}) {
        INFO(value);
        CHECK(error_of(haft::parse_toml("a = [\n{b = " + std::string(value) + "}]", "h.toml")).starts_with("h.toml:2:6: expected a value: "));
    }
    for (const std::string_view value : {"1997-09-09t07:32:00.1z", "1997-09-09 07:32:00+01:00", "07:32:00", "-0", "1_0.0_1e-0_1", "0XF"}) {
        INFO(value);
        CHECK(haft::parse_toml("a = [" + std::string(value) + " , 1]").has_value() == (value != "0XF"));
    }
}

TEST_CASE("a bracket that closes another one is refused", "[fault-106]") {
    CHECK(error_of(haft::parse_toml("a = [1,}2]", "h.toml")) == "h.toml:1:8: expected ']', a comma or a value, got '}' [haft-E0376]");
    CHECK(error_of(haft::parse_toml("a = {b = [1]]", "h.toml")) == "h.toml:1:13: expected '}' or a comma, got ']' [haft-E0376]");
}

TEST_CASE("what looks like a header of a table within a value or a text is none", "[fault-106]") {
    const auto read = haft::parse_toml(
        "a = [\n[.1]\n]\n", "h.toml");  // an error of toml++, and no end of the program
    CHECK(error_of(read).starts_with("h.toml:2:2: expected a value: "));
    const auto texts = haft::parse_toml("a = '''\n[.]\n'''\nb = \"\"\"\\\"\"\"\n[.]\"\"\"\"\"\nc = [\n[1],\n[]]\n# [\n", "h.toml");
    REQUIRE(texts);
    CHECK(texts->value().dump() == R"({"a":"[.]\n","b":"\"\"\"\n[.]\"\"","c":[[1],[]]})");
}

TEST_CASE("a character that is not ASCII may follow a line that ends in a backslash", "[fault-106]") {
    // (toml++ 3.4 has undefined behaviour there, which UBSan shows.)
    const auto read = haft::parse_toml(
        "a = \"\"\"\\\n  \xC2\xA7x \\ \r\n\n\t\xD0\x96\"\"\"\nb = \"\"\"\\\n\xC2\xA0\"\"\"; c = 1\n", "h.toml");
    CHECK(error_of(read).starts_with("h.toml:6:5: no valid TOML: "));  // the column is that of the text as it was written
    const auto good = haft::parse_toml("a = \"\"\"\\\n  \xC2\xA7x \\ \r\n\n\t\xD0\x96\"\"\"\nb = \"\"\"\\\n\xC2\xA0\"\"\"\n");
    REQUIRE(good);
    CHECK(good->value()["a"] == "\xC2\xA7x \xD0\x96");
    CHECK(good->value()["b"] == "\xC2\xA0");  // no blank of TOML
    CHECK(error_of(haft::parse_toml("a = \"\"\"\\\xC2\xA7\"\"\"", "h.toml")) ==
          "h.toml:1:9: in a string: an escape that TOML does not have [haft-E0376]");
    CHECK(error_of(haft::parse_toml("a = \"\"\"\\\n\xC2\xA7\"\"\"\nb = '\xF4\x80\x80\x80'", "h.toml")).starts_with("h.toml:2:1: "));
    CHECK(haft::parse_toml("b = '\xF4\x80\x80\x80'")->value()["b"] == "\xF4\x80\x80\x80");
}

TEST_CASE("an empty file is an empty table; a byte order mark and CRLF are read", "[fault-112]") {
    for (const std::string_view text : {"", "\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\r\n \r\n"}) {
        CHECK(haft::parse_toml(text)->value().dump() == "{}");
        CHECK(haft::parse_json(text)->value().dump() == "{}");
    }
    CHECK(haft::parse_toml("\xEF\xBB\xBF" "a = 1\r\nb = '''x\r\ny'''\r\n")->value()["a"] == 1);
    const auto json = haft::parse_json("\xEF\xBB\xBF{\r\n\"a\": 1}", "h.json");
    REQUIRE(json);
    CHECK(json->origin("/a").text() == "h.json:2:6");
}

TEST_CASE("UTF-16 and UTF-32 are refused by their names", "[fault-112]") {
    using namespace std::string_view_literals;
    for (const std::string_view text : {"\xFF\xFE""a\0"sv, "\xFE\xFF\0a"sv, "a\0=\0"sv, "\0a\0="sv}) {
        CHECK(error_of(haft::parse_toml(text, "h.toml")) ==
              "h.toml:1:1: expected UTF-8, got UTF-16; save the file as UTF-8 [haft-E0377]");
        CHECK(error_of(haft::parse_json(text, "h.json")).find("got UTF-16") != std::string::npos);
    }
    CHECK(error_of(haft::parse_toml("\xFF\xFE\0\0a\0\0\0"sv)).find("got UTF-32") != std::string::npos);
}

TEST_CASE("a long file, a deep one and one of many values are refused at their limits", "[fault-112]") {
    const std::string spaces((16u << 20) + 1, ' ');
    CHECK(error_of(haft::parse_toml(spaces, "h.toml")) ==
          "h.toml:1:1: a configuration of 16777217 bytes; at most 16777216 are read [haft-E0377]");
    CHECK(error_of(haft::parse_json(spaces)).find("[haft-E0377]") != std::string::npos);
    CHECK(haft::parse_toml(std::string_view(spaces).substr(1)));
    haft::config_limits narrow;
    narrow.max_bytes = 5;
    narrow.max_values = 3;
    CHECK(haft::parse_toml("a = 1", "h.toml", narrow));
    CHECK_FALSE(haft::parse_toml("a = 11", "h.toml", narrow));
    narrow.max_bytes = 100;
    CHECK(error_of(haft::parse_toml("a = [1,2]\nb=1\nc=1", "h.toml", narrow)) ==
          "h.toml:2:3: more than 3 values; no more are read [haft-E0376]");
    CHECK_FALSE(haft::parse_json("{\"a\":1,\"b\":1,\"c\":1}", "h.json", narrow));

    std::string dots = "a";
    for (int i = 0; i < 100'000; ++i) dots += ".a";
    for (const std::string& deep :
         {"x = " + std::string(100'000, '['), "[" + dots + "]", dots + " = 1", "x = { " + dots + " = 1 }"})
        CHECK(error_of(haft::parse_toml(deep)).find("nested too deeply; at most 128 levels") != std::string::npos);
    std::string tables = "x = ";
    for (int i = 0; i < 100'000; ++i) tables += "{a=";
    CHECK(error_of(haft::parse_toml(tables)).find("nested too deeply") != std::string::npos);
    std::string json;
    for (int i = 0; i < 100'000; ++i) json += "{\"a\":";
    CHECK(error_of(haft::parse_json(json, "h.json")) ==
          "h.json:1:641: no valid JSON: nested too deeply, before {\"a\":{\"a\":{\"a\":{\"a\":...; at most 128 levels are read "
          "[haft-E0376]");

    // As deep as is allowed.
    std::string key = "a";
    for (int i = 1; i < 127; ++i) key += ".a";
    CHECK(haft::parse_toml(key + " = 1"));
    CHECK(haft::parse_toml("x = " + std::string(127, '[') + std::string(127, ']')));
}

TEST_CASE("numbers and dates of TOML have a form in JSON, or are refused by their keys", "[fault-113]") {
    const auto read = haft::parse_toml(
        "low = -9223372036854775808\nhigh = 9223372036854775807\nhex = 0x7fffffffffffffff\n"
        "day = 2026-11-21\ntime = 07:32:00.250\nlocal = 2026-11-21 07:32:00\nutc = 2026-11-21t07:32:00z\n"
        "zone = 2026-11-21T07:32:00.5-01:30\n");
    REQUIRE(read);
    const nlohmann::json& value = read->value();
    CHECK(value["low"].get<std::int64_t>() == (std::numeric_limits<std::int64_t>::min)());
    CHECK(value["high"].get<std::int64_t>() == (std::numeric_limits<std::int64_t>::max)());
    CHECK(value["hex"] == value["high"]);
    CHECK(value["day"] == "2026-11-21");
    CHECK(value["time"] == "07:32:00.25");
    CHECK(value["local"] == "2026-11-21T07:32:00");
    CHECK(value["utc"] == "2026-11-21T07:32:00Z");
    CHECK(value["zone"] == "2026-11-21T07:32:00.5-01:30");
    CHECK(error_of(haft::parse_toml("a = 9223372036854775808", "h.toml")).starts_with("h.toml:1:"));
    CHECK(error_of(haft::parse_toml("[a]\nb = [1.0, -inf]\nc = nan", "h.toml")) ==
          "h.toml can't be used: 2 faults\n"
          "- h.toml:2:11: /a/b/1: expected a finite number, got -inf [haft-E0205]\n"
          "- h.toml:3:5: /a/c: expected a finite number, got nan [haft-E0205]");
    // A dotted key and a table of one name; what TOML 1.1 only has.
    CHECK(error_of(haft::parse_toml("[a]\nb.c = 1\n[a.b]\n", "h.toml")).starts_with("h.toml:3:"));
    CHECK(error_of(haft::parse_toml("a = {\nb = 1}", "h.toml")).starts_with("h.toml:1:6: no valid TOML: in an inline"));
    CHECK(error_of(haft::parse_toml("a = \"\\e\"", "h.toml")).find("not supported in TOML 1.0") != std::string::npos);
}

TEST_CASE("a syntax error at a secret does not repeat it", "[fault-111]") {
    const std::string toml = error_of(haft::parse_toml("a = 1\napi_token = 77777777777777777777\n", "h.toml"));
    CHECK(toml.starts_with("h.toml:2:"));
    CHECK(toml.find("77") == std::string::npos);
    const std::string json = error_of(haft::parse_json("{\"a\": 1,\n\"api_token\": hunter2}", "h.json"));
    CHECK(json.starts_with("h.json:2:"));
    CHECK(json.find("hunter") == std::string::npos);
}

TEST_CASE("a file is read as its name says", "[DC-02]") {
    const haft_test::folder here;
    const auto toml = here.write("a.toml", "a = 1");
    const auto json = here.write("a.json", "{\"a\": 1}");
    CHECK(haft::load_config_file(toml)->value() == haft::load_config_file(json)->value());
    CHECK(haft::load_config_file(json)->origin("/a").text() == json.string() + ":1:7");
    CHECK(error_of(haft::load_config_file(here.write("a.yaml", "a: 1"))).find("is named *.toml or *.json") !=
          std::string::npos);
    CHECK(error_of(haft::load_config_file(here.path() / "b.toml")).find("there is no such file [haft-E0377]") !=
          std::string::npos);
    CHECK(error_of(haft::load_config_file("/dev/zero")).find("this is no file") != std::string::npos);
    CHECK(error_of(haft::load_config_file(here.path())).find("this is no file") != std::string::npos);
}

TEST_CASE("no text that is broken shows a secret: by its table, by a key lines before, by a key beside", "[fault-111]") {
    for (const char* text :
         {"[password]\nadmin = hunter2\n", "api_keys = [\n  hunter2\n]\n", "[a.token]\nb = {c = hunter2}\n",
          "a = [1,\n\npassword = hunter2\n", "x = {password = 'a', b = hunter2}\n", "[[auth]]\n# one\nuser = hunter2\n",
          "password = \"hunter2\n", "password = 'x' hunter2\n", "[password]\nadmin = \"\\hunter2\"\n", "secret = 0xhunter2\nb = 1\n",
          "password = \"\"\"\nhunter2\n\\q\"\"\"\n"}) {
        INFO(text);
        const std::string told = error_of(haft::parse_toml(text, "h.toml"));
        CHECK(told.starts_with("h.toml:"));
        CHECK(told.find("hunter") == std::string::npos);
        CHECK(told.find("'h'") == std::string::npos);
    }
    for (const char* text : {R"({"password" hunter2})", R"({"password": hunter2})", R"({"keys": ["a" hunter2]})", R"({"a": {"token": "x"} hunter2})"}) {
        INFO(text);
        const std::string told = error_of(haft::parse_json(text, "h.json"));
        CHECK(told.starts_with("h.json:"));
        CHECK(told.find("hunter") == std::string::npos);
    }
    // And what is none is shown still, whatever stands above.
    CHECK(error_of(haft::parse_toml("password = 'a'\ndays = many\n", "h.toml")).find("got \"many\"") != std::string::npos);
    CHECK(error_of(haft::parse_toml("[password]\na = 1\n[other]\ndays = many\n", "h.toml")).find("got \"many\"") != std::string::npos);
    CHECK(error_of(haft::parse_toml("password = 'a'\n\ndays = \"\\q\"\n", "h.toml")).find("not shown") == std::string::npos);
}
