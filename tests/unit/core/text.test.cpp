// SPDX-License-Identifier: BSL-1.0
#include <haft/core/text.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using namespace std::string_view_literals;

namespace {
std::string echo(std::string_view text, std::size_t limit = haft::echo_limit) {
    std::string out;
    haft::append_echo(out, text, limit);
    return out;
}
std::size_t length(std::string_view text) { return haft::utf8_length(text.data(), text.data() + text.size()); }
}  // namespace

TEST_CASE("the length of a UTF-8 sequence is that of the well-formed one at its place") {
    CHECK(length("a") == 1);
    CHECK(length("\0"sv) == 1);
    CHECK(length("\x7F") == 1);
    CHECK(length("\xC2\x80") == 2);
    CHECK(length("\xDF\xBFx") == 2);
    CHECK(length("\xE0\xA0\x80") == 3);
    CHECK(length("\xEF\xBF\xBF") == 3);
    CHECK(length("\xF0\x90\x80\x80") == 4);
    CHECK(length("\xF4\x8F\xBF\xBF") == 4);
}

TEST_CASE("there is no length where the sequence is cut off, overlong, a surrogate or beyond U+10FFFF") {
    for (const std::string_view text :
         {"\x80"sv, "\xBF"sv, "\xC0\x80"sv, "\xC1\xBF"sv, "\xC2"sv, "\xC2\x41"sv, "\xE0\x9F\xBF"sv, "\xE1\x80"sv,
          "\xE1\x80\xC0"sv, "\xED\xA0\x80"sv, "\xED\xBF\xBF"sv, "\xF0\x8F\xBF\xBF"sv, "\xF1\x80\x80"sv,
          "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xFF"sv})
        CHECK(length(text) == 0);
}

TEST_CASE("code points are counted, not bytes") {
    CHECK(haft::count_code_points("") == 0);
    CHECK(haft::count_code_points("abc") == 3);
    CHECK(haft::count_code_points("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80") == 3);
}

TEST_CASE("an echo of harmless text is the text") {
    CHECK(echo("plain text, \"quoted\" \\ and \xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80") ==
          "plain text, \"quoted\" \\ and \xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
    CHECK(echo("\xE2\x80\x9C"
               "curly"
               "\xE2\x80\x9D \xE2\x80\xA6 \xE2\x80\x93") ==
          "\xE2\x80\x9C"
          "curly"
          "\xE2\x80\x9D \xE2\x80\xA6 \xE2\x80\x93");
    CHECK(echo("") == "");
}

TEST_CASE("an echo shows control characters and broken UTF-8 as their bytes") {
    CHECK(echo("a\n\t\x1B[0m\0z"sv) == "a\\x0a\\x09\\x1b[0m\\x00z");
    CHECK(echo("\x7F\xC2\x9B") == "\\x7f\\xc2\\x9b");
    CHECK(echo("\xFF\xC3") == "\\xff\\xc3");
}

TEST_CASE("an echo shows what has no width or turns the direction of text") {
    CHECK(echo("\xE2\x80\x8B") == "\\xe2\\x80\\x8b");           // U+200B zero width space
    CHECK(echo("\xE2\x80\x8F") == "\\xe2\\x80\\x8f");           // U+200F right-to-left mark
    CHECK(echo("\xE2\x80\xA8") == "\\xe2\\x80\\xa8");           // U+2028 line separator
    CHECK(echo("\xE2\x80\xAE") == "\\xe2\\x80\\xae");           // U+202E right-to-left override
    CHECK(echo("\xE2\x81\xA0") == "\\xe2\\x81\\xa0");           // U+2060 word joiner
    CHECK(echo("\xE2\x81\xA6") == "\\xe2\\x81\\xa6");           // U+2066 left-to-right isolate
    CHECK(echo("\xE2\x81\xA9") == "\\xe2\\x81\\xa9");           // U+2069 pop isolate
    CHECK(echo("\xD8\x9C") == "\\xd8\\x9c");                    // U+061C Arabic letter mark
    CHECK(echo("\xC2\xAD") == "\\xc2\\xad");                    // U+00AD soft hyphen
    CHECK(echo("\xEF\xBB\xBF") == "\\xef\\xbb\\xbf");           // U+FEFF byte order mark
    CHECK(echo("\xF3\xA0\x81\x81") == "\\xf3\\xa0\\x81\\x81");  // U+E0041 tag letter A
    CHECK(echo("\xCD\x8F") == "\\xcd\\x8f");                    // U+034F combining grapheme joiner
    CHECK(echo("\xE3\x85\xA4") == "\\xe3\\x85\\xa4");           // U+3164 Hangul filler
    CHECK(echo("\xF3\xA0\x87\xAF") == "\\xf3\\xa0\\x87\\xaf");  // U+E01EF the last variation selector
}

TEST_CASE("an echo ends at its limit and says so") {
    CHECK(echo(std::string(199, 'a')) == std::string(199, 'a'));
    CHECK(echo(std::string(200, 'a')) == std::string(200, 'a'));
    CHECK(echo(std::string(201, 'a')) == std::string(200, 'a') + "...");
    CHECK(echo("abcdef", 0) == "...");
}

TEST_CASE("an echo does not cut through a character, visible or not") {
    CHECK(echo("ab\xE2\x82\xAC", 4) == "ab...");
    CHECK(echo("ab\xE2\x82\xAC", 5) == "ab\xE2\x82\xAC");
    CHECK(echo("ab\xE2\x80\xAE", 4) == "ab...");
    CHECK(echo("ab\xE2\x80\xAE", 5) == "ab\\xe2\\x80\\xae");
}

TEST_CASE("quoted is an echo in quotes") {
    CHECK(haft::in_quotes("a\nb") == "\"a\\x0ab\"");
    CHECK(haft::in_quotes(std::string(300, 'q')).size() == 205);
}
