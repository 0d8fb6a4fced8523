// SPDX-License-Identifier: BSL-1.0
// Strings of every kind of character, and single characters.
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/unicode.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>
#include <haft/tool/make.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <unit/schema/through.hpp>

namespace string_test {

struct texts {
    std::string s = "a\"b";
    std::string_view v = "seen";
    char c = '"';
    std::u8string u8 = u8"gr\u00fcn";
    std::u16string u16 = u"gr\u00fcn";
    std::u32string u32 = U"gr\U0001F600n";
    std::wstring w = L"wide";
};
struct characters {
    char8_t a = u8'x';
    char32_t b = U'\u00e9';
    wchar_t c = L'\u20ac';
};
struct seen {
    std::string_view text;
    std::vector<std::string_view> more;
    std::string_view rest = "by default";
};
/// What a view shows is there while the function runs, and while its result is written.
std::string_view longest(const seen& given) {
    std::string_view out = given.text;
    for (const std::string_view v : given.more)
        if (v.size() > out.size()) out = v;
    return given.rest.size() > out.size() ? given.rest : out;
}

}  // namespace string_test

using namespace string_test;
using namespace haft_test;

TEMPLATE_TEST_CASE("a string of any characters takes any text", "[TD-05][fault-31]", std::string, std::string_view,
                   std::u8string, std::u16string, std::u32string, std::wstring) {
    STATIC_REQUIRE(member_schema<TestType> == R"({"type":"string"})");
    STATIC_REQUIRE(requires_v(schema_in<one<TestType>>));
    check_rows<TestType>({{"\"\""},
                          {"\"plain\""},
                          {R"("a\tb\"c\\d\/e")", R"("a\tb\"c\\d/e")"},
                          {"\"a\\u0000b\""},
                          {"\"gr\xC3\xBCn \xE2\x82\xAC \xF0\x9F\x98\x80\""},
                          {R"("gr\u00fcn \u20ac \ud83d\ude00")", "\"gr\xC3\xBCn \xE2\x82\xAC \xF0\x9F\x98\x80\""},
                          {"12", ": expected string, got number 12 [haft-E0202]"},
                          {"null", ": expected string, got null [haft-E0202]"}});
}

TEST_CASE("characters become the code units of their type") {
    const auto json = R"("\u00e9\ud83d\ude00")";
    CHECK(read_one<std::u8string>(json).value.v == u8"\u00e9\U0001F600");
    CHECK(read_one<std::u16string>(json).value.v == u"\u00e9\U0001F600");
    CHECK(read_one<std::u32string>(json).value.v == U"\u00e9\U0001F600");
    CHECK(read_one<std::wstring>(json).value.v == L"\u00e9\U0001F600");
    CHECK(read_one<std::string>("\"a\\u0000b\"").value.v == std::string("a\0b", 3));
}

TEST_CASE("what is no Unicode is mended where it is written", "[fault-74]") {
    CHECK(written(std::string("a\xFF"
                              "b")) ==
          "\"a\xEF\xBF\xBD"
          "b\"");
    CHECK(written(std::u8string(1, static_cast<char8_t>(0xC0))) == "\"\xEF\xBF\xBD\"");
    CHECK(written(std::u16string{u'a', static_cast<char16_t>(0xD800), u'b'}) ==
          "\"a\xEF\xBF\xBD"
          "b\"");
    CHECK(written(std::u16string{static_cast<char16_t>(0xD83D), static_cast<char16_t>(0xDE00)}) ==
          "\"\xF0\x9F\x98\x80\"");
    CHECK(written(std::u16string(1, static_cast<char16_t>(0xDC00))) == "\"\xEF\xBF\xBD\"");
    CHECK(written(std::u32string{U'a', static_cast<char32_t>(0x110000)}) == "\"a\xEF\xBF\xBD\"");
}

TEST_CASE("a character is a string of one", "[TD-05]") {
    STATIC_REQUIRE(member_schema<char> == R"({"type":"string","minLength":1,"maxLength":1})");
    STATIC_REQUIRE(member_schema<char32_t> == member_schema<char>);
    check_rows<char>({{"\"a\""},
                      {"\"\\u0041\"", "\"A\""},
                      {"\"\\u0000\""},
                      {"\"\"", ": expected one ASCII character, got string \"\": 0 characters [haft-E0220]"},
                      {"\"ab\"", ": expected one ASCII character, got string \"ab\": 2 characters [haft-E0220]"},
                      {"\"\xC3\xA9\"", ": expected one ASCII character, got string \"\xC3\xA9\" [haft-E0220]"},
                      {"65", ": expected one ASCII character, got number 65 [haft-E0202]"}});
    check_rows<char8_t>(
        {{"\"a\""}, {"\"\xC3\xA9\"", ": expected one ASCII character, got string \"\xC3\xA9\" [haft-E0220]"}});
    check_rows<char16_t>(
        {{"\"\xE2\x82\xAC\""},
         {"\"\xF0\x9F\x98\x80\"", ": expected one character, got string \"\xF0\x9F\x98\x80\" [haft-E0220]"}});
    check_rows<char32_t>({{"\"\xE2\x82\xAC\""}, {"\"\xF0\x9F\x98\x80\""}});
    check_rows<wchar_t>({{"\"\xE2\x82\xAC\""}});
    CHECK(written('\xE9') == "not written: a value that is no one ASCII character: it is no character by itself");
    CHECK(written(static_cast<char16_t>(0xD800)) ==
          "not written: a value that is no one character: it is no character by itself");
}

TEST_CASE("strings and characters have their defaults in the schema", "[TD-18]") {
    STATIC_REQUIRE(schema_in<texts> == R"({"type":"object","properties":{"s":{"type":"string","default":"a\"b"},)"
                                       R"("v":{"type":"string","default":"seen"},)"
                                       R"("c":{"type":"string","minLength":1,"maxLength":1,"default":"\""},)"
                                       "\"u8\":{\"type\":\"string\",\"default\":\"gr\xC3\xBCn\"},"
                                       "\"u16\":{\"type\":\"string\",\"default\":\"gr\xC3\xBCn\"},"
                                       "\"u32\":{\"type\":\"string\",\"default\":\"gr\xF0\x9F\x98\x80n\"},"
                                       R"("w":{"type":"string","default":"wide"}},"additionalProperties":false})");
    STATIC_REQUIRE(schema_in<characters> ==
                   R"({"type":"object","properties":{"a":{"type":"string","minLength":1,"maxLength":1,"default":"x"},)"
                   "\"b\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":1,\"default\":\"\xC3\xA9\"},"
                   "\"c\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":1,\"default\":\"\xE2\x82\xAC\"}},"
                   R"("additionalProperties":false})");
    CHECK(through(haft::schema::type_of<texts>, "{}") ==
          "{\"s\":\"a\\\"b\",\"v\":\"seen\",\"c\":\"\\\"\",\"u8\":\"gr\xC3\xBCn\",\"u16\":\"gr\xC3\xBCn\","
          "\"u32\":\"gr\xF0\x9F\x98\x80n\",\"w\":\"wide\"}");
}

TEST_CASE("a view is good for the whole call, with escapes and without", "[TD-05]") {
    constexpr haft::tool tool = haft::make<&longest>("");
    const auto call = [&](std::string text) {
        const auto got = tool.call(text);
        return got ? *got : got.error().text();
    };
    CHECK(call(R"({"text":"twelve bytes","more":[]})") == "\"twelve bytes\"");
    CHECK(call(R"({"text":"\u0074welve bytes","more":[]})") == "\"twelve bytes\"");
    CHECK(call(R"({"text":"","more":["a","\u0065scaped first","escaped \u00e9 second","\n"]})") ==
          "\"escaped \xC3\xA9 second\"");
    CHECK(call(R"({"text":"","more":[]})") == "\"by default\"");
    std::string many = R"({"text":"","more":[)";  // each of them is kept, however many come after it
    for (int i = 0; i < 500; ++i) many += "\"\\u0061" + std::string(static_cast<std::size_t>(500 - i), 'b') + "\",";
    many.back() = ']';
    CHECK(call(many + "}") == "\"a" + std::string(500, 'b') + "\"");
}
