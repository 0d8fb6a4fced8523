// SPDX-License-Identifier: BSL-1.0
#include <haft/json/lexer.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

using haft::json::lexer;

namespace {

/// A copy exactly as large as the text, so that a sanitizer sees the first byte that is read beyond it.
class exact_text {
public:
    explicit exact_text(std::string_view text) : bytes_(new char[text.size()]), size_(text.size()) {
        if (size_) std::memcpy(bytes_.get(), text.data(), size_);
    }
    std::string_view view() const { return {bytes_.get(), size_}; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_;
};

/// What is wrong with a text, and where; "" if it is JSON.
std::string problem_of(std::string_view text, unsigned depth = 64) {
    const exact_text exact(text);
    lexer in(exact.view(), depth);
    in.peek();
    if (in.skip() && in.expect_end()) return "";
    return std::string(in.problem()) + " at " + std::to_string(in.offset());
}

std::string decoded(std::string_view json) {
    const exact_text exact(json);
    lexer in(exact.view(), 1);
    lexer::string_token token;
    REQUIRE(in.string(token));
    std::string out = "before ";
    lexer::decode(token, out);
    return out;
}

}  // namespace

TEST_CASE("a walk over JSON ends without a problem") {
    for (const char* text :
         {"null", "true", "false", "0", "-0", "1.5e-7", "\"\"", "[]", "{}", " [ 1 , [ ] , { \"a\" : null } ] ",
          "\t\n\r 1 \t\n\r", R"({"a":{"b":[{"c":"\ud83d\ude00"}]},"a":1})"}) {
        CAPTURE(text);
        CHECK(problem_of(text) == "");
    }
}

TEST_CASE("what is not JSON is refused with a reason and its byte") {
    CHECK(problem_of("") == "the text is empty at 0");
    CHECK(problem_of(" ") == "the text ends where a value is expected at 1");
    CHECK(problem_of("nul") == "expected true, false or null in full and in lower case at 0");
    CHECK(problem_of("nulL") == "expected true, false or null in full and in lower case at 0");
    CHECK(problem_of("True") == "expected true, false or null in full and in lower case at 0");
    CHECK(problem_of("nullx") == "text after the end of the JSON value at 4");
    CHECK(problem_of("1 2") == "text after the end of the JSON value at 2");
    CHECK(problem_of("01") == "a number may not begin with 0 at 1");
    CHECK(problem_of("-") == "expected a digit at 1");
    CHECK(problem_of("-a") == "expected a digit at 1");
    CHECK(problem_of("1.") == "expected a digit after the decimal point at 2");
    CHECK(problem_of("1.e1") == "expected a digit after the decimal point at 2");
    CHECK(problem_of("1e") == "expected a digit in the exponent at 2");
    CHECK(problem_of("1e+") == "expected a digit in the exponent at 3");
    CHECK(problem_of("+1") == "a number may not begin with '+' at 0");
    CHECK(problem_of(".1") == "a number may not begin with '.' at 0");
    CHECK(problem_of("NaN") == "JSON has no NaN and no Infinity at 0");
    CHECK(problem_of("[") == "the text ends inside an object or array at 1");
    CHECK(problem_of("[1") == "the text ends inside an object or array at 2");
    CHECK(problem_of("[1,") == "the text ends where a value is expected at 3");
    CHECK(problem_of("[1,]") == "a comma before the closing bracket at 3");
    CHECK(problem_of("[,1]") == "a comma where a value is expected at 1");
    CHECK(problem_of("[1 2]") == "expected ',' or ']' at 3");
    CHECK(problem_of("[1}") == "expected ',' or ']' at 2");
    CHECK(problem_of("]") == "expected a value at 0");
    CHECK(problem_of("{\"a\":1,}") == "a comma before the closing bracket at 7");
    CHECK(problem_of("{\"a\"}") == "expected ':' after the key at 4");
    CHECK(problem_of("{\"a\":}") == "expected a value at 5");
    CHECK(problem_of("{1:1}") == "expected a key in double quotes at 1");
    CHECK(problem_of("{\"a\":1]") == "expected ',' or '}' at 6");
    CHECK(problem_of("// c") == "JSON has no comments at 0");
    CHECK(problem_of("# c") == "JSON has no comments at 0");
    CHECK(problem_of("'a'") == "JSON has double quotes only at 0");
    CHECK(problem_of("\xEF\xBB\xBF{}") == "a byte order mark; JSON text begins without one at 0");
    CHECK(problem_of("\"") == "the text ends inside a string at 1");
    CHECK(problem_of("\"\\") == "the text ends inside a string at 2");
    CHECK(problem_of("\"\\\"") == "the text ends inside a string at 3");
    CHECK(problem_of("\"\\udc00\"") == "half of a surrogate pair at 1");
    CHECK(problem_of("\"\\ud800\"") == "half of a surrogate pair at 1");
    CHECK(problem_of("\"\\ud800\\ue000\"") == "half of a surrogate pair at 1");
    CHECK(problem_of("\"\\ud800\\udbff\"") == "half of a surrogate pair at 1");
    CHECK(problem_of("\"\\udbff\"") == "half of a surrogate pair at 1");
    CHECK(problem_of("\"\\u12g4\"") == "\\u wants four hexadecimal digits at 1");
    CHECK(problem_of("\"\\u123") == "the text ends inside a string at 6");
    CHECK(problem_of(std::string_view("\0", 1)) == "expected a value at 0");
}

TEST_CASE("the first problem is the one that is told") {
    lexer in("[", 1);
    in.fail("first");
    in.fail("second");
    CHECK(std::string_view(in.problem()) == "first");
}

TEST_CASE("every level is closed by its own bracket, however deep") {
    for (const std::size_t around : {0u, 1u, 63u, 64u, 65u, 200u}) {
        std::string open, close;
        for (std::size_t i = 0; i < around; ++i) open += '[', close += ']';
        for (std::size_t i = 0; i < 130; ++i) {
            const bool object = i % 3 == 0;
            open += object ? "{\"a\":" : "[";
            close.insert(0, 1, object ? '}' : ']');
        }
        CAPTURE(around);
        CHECK(problem_of(open + "1" + close, 512) == "");
        std::size_t accepted = 0;
        for (std::size_t i = 0; i < close.size(); ++i) {
            std::string wrong = close;
            wrong[i] = wrong[i] == ']' ? '}' : ']';
            accepted += problem_of(open + "1" + wrong, 512) == "";
        }
        CHECK(accepted == 0);
    }
}

TEST_CASE("depth is counted down on the way in and up on the way out") {
    CHECK(problem_of("[[1],[2],{\"a\":3}]", 2) == "");
    CHECK(problem_of("[[1],[[2]]]", 2) == "nested too deeply at 6");
    CHECK(problem_of("{\"a\":{}}", 1) == "nested too deeply at 5");
    CHECK(problem_of("1", 0) == "");
    lexer in("[[", 1);
    CHECK(!in.skip());
    CHECK(in.too_deep());
    lexer broken("[}", 1);
    CHECK(!broken.skip());
    CHECK(!broken.too_deep());
}

TEST_CASE("every byte at every place of a string ends it, breaks it or belongs to it") {
    // Eight bytes are looked at at a time: all alignments of a byte within its eight, and in the rest after them.
    std::size_t wrong = 0;
    for (std::size_t before = 0; before < 26; ++before)
        for (std::size_t after = 1; after < 18; after += 8)
            for (unsigned byte = 0; byte < 256; ++byte) {
                const std::string text =
                    "\"" + std::string(before, '~') + static_cast<char>(byte) + std::string(after, ' ') + "\"";
                const exact_text exact(text);
                lexer in(exact.view(), 1);
                lexer::string_token token;
                const bool read = in.string(token);
                if (byte == '"')
                    wrong += !(read && token.raw.size() == before && token.plain && in.offset() == before + 2);
                else if (byte < 0x20 || byte >= 0x80 || byte == '\\') wrong += read || in.offset() != before + 1;
                else
                    wrong +=
                        !(read && token.raw.size() == before + 1 + after && token.plain && in.offset() == text.size());
            }
    CHECK(wrong == 0);
}

TEST_CASE("a string without escapes is plain, one with escapes is not") {
    const auto plain = [](std::string_view text) {
        lexer in(text, 1);
        lexer::string_token token;
        REQUIRE(in.string(token));
        return token.plain;
    };
    CHECK(plain("\"\""));
    CHECK(plain("\"long enough for two words of eight \xC3\xA9\""));
    CHECK(!plain("\"\\n\""));
    CHECK(!plain("\"long enough for two words of eight\\u0041\""));
}

TEST_CASE("escapes are resolved, behind what is there already") {
    CHECK(decoded(R"("plain")") == "before plain");
    CHECK(decoded(R"("\"\\\/\b\f\n\r\t")") == "before \"\\/\b\f\n\r\t");
    CHECK(decoded(R"("x\u0041\u007f\u0080\u07FF\u0800\uFFFFy")") ==
          "before xA\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBFy");
    CHECK(decoded(R"("\uD800\uDC00\udbff\udfff\u00e9")") == "before \xF0\x90\x80\x80\xF4\x8F\xBF\xBF\xC3\xA9");
}

TEST_CASE("a string says the same wherever its escapes stand, and whichever way it is read") {
    struct special {
        std::string_view json, text;
    };
    const special specials[] = {{"", ""},
                                {"\\n", "\n"},
                                {"\\u00e9", "\xC3\xA9"},
                                {"\\ud83d\\ude00", "\xF0\x9F\x98\x80"},
                                {"\xC3\xA9", "\xC3\xA9"},
                                {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"}};
    const std::string letters = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    std::size_t wrong = 0;
    for (const special& one : specials)
        for (const special& other : specials)
            for (std::size_t before = 0; before < 35; ++before)
                for (const std::size_t between : {0u, 1u, 7u, 14u, 15u, 16u, 17u, 31u, 32u})
                    for (const std::size_t after : {0u, 1u, 15u, 16u, 17u}) {
                        std::string json = "\"", text;
                        const auto add = [&](std::string_view j, std::string_view t) { json += j, text += t; };
                        const std::string_view all = letters;
                        add(all.substr(0, before), all.substr(0, before));
                        add(one.json, one.text);
                        add(all.substr(9, between), all.substr(9, between));
                        add(other.json, other.text);
                        add(all.substr(3, after), all.substr(3, after));
                        json += '"';
                        wrong += decoded(json) != "before " + text;
                        const exact_text exact(json);
                        lexer in(exact.view(), 1);
                        std::string out = "what was there";
                        std::size_t size = 0;
                        wrong += !in.string(out, 1000, size) || out != text || size != json.size() - 2 ||
                                 in.offset() != json.size();
                    }
    CHECK(wrong == 0);
}

TEST_CASE("control characters are refused behind an escape too, whichever way a string is read") {
    std::size_t accepted = 0;
    for (unsigned c = 0; c < 0x20; ++c)
        for (std::size_t between = 0; between < 35; ++between) {
            const std::string text = "\"\\n" + std::string(between, '~') + static_cast<char>(c) + "\"";
            const exact_text exact(text);
            lexer token_by_token(exact.view(), 1), straight(exact.view(), 1);
            lexer::string_token token;
            std::string out;
            std::size_t size = 0;
            accepted += token_by_token.string(token) || token_by_token.offset() != 3 + between;
            accepted += straight.string(out, 1000, size) || straight.offset() != 3 + between;
        }
    CHECK(accepted == 0);
}

TEST_CASE("a key is stepped over if it stands there to the last character, its colon") {
    // 16 bytes are compared at once where the text has so many; short keys and long ones, near the end and far from it
    for (const std::size_t length : {1u, 2u, 12u, 13u, 14u, 20u})
        for (const std::size_t behind : {0u, 1u, 30u}) {
            const std::string key = "\"" + std::string(length, 'k') + "\":";
            const std::string table = key + std::string(16, '\0');
            const std::string_view known(table.data(), key.size());
            CAPTURE(length, behind);
            const std::string rest(behind, '1');
            const auto steps = [&](const std::string& text) {
                const exact_text exact(text);
                lexer in(exact.view(), 1);
                return in.step_over(known) ? in.offset() : 0;
            };
            CHECK(steps(key + rest) == key.size());
            CHECK(steps(key + " \t" + rest) == key.size() + 2);
            for (std::size_t i = 0; i < key.size(); ++i) {
                std::string other = key;
                other[i] = ' ';
                CHECK(steps(other + rest) == 0);
            }
            CHECK(steps(key.substr(0, key.size() - 1)) == 0);
        }
}

TEST_CASE("a number is given as its text, and whether it is written as an integer") {
    const auto integral = [](std::string_view text) {
        lexer in(text, 1);
        std::string_view number;
        bool is = false;
        REQUIRE(in.number(number, is));
        CHECK(number == text.substr(0, text.find(' ')));
        return is;
    };
    CHECK(integral("0"));
    CHECK(integral("-12 "));
    CHECK(!integral("1.0 "));
    CHECK(!integral("1e3"));
}

TEST_CASE("a skipped value is given as its text") {
    lexer in("[1, {\"a\" : [ ] } ,2]", 9);
    bool first = true;
    std::string_view text;
    REQUIRE(in.enter('['));
    REQUIRE(in.next(']', first));
    REQUIRE(in.skip(text));
    CHECK(text == "1");
    REQUIRE(in.next(']', first));
    REQUIRE(in.skip(text));
    CHECK(text == "{\"a\" : [ ] }");
}

TEST_CASE("UTF-8 in a string is checked to the letter of RFC 3629") {
    // Every sequence of two bytes, and the borders of those of three and four.
    std::size_t wrong = 0;
    for (unsigned a = 0x80; a < 256; ++a)
        for (unsigned b = 0x80; b < 256; ++b) {
            const std::string text = {'"', static_cast<char>(a), static_cast<char>(b), '"'};
            wrong += (problem_of(text) == "") != (a >= 0xC2 && a < 0xE0 && b < 0xC0);
        }
    CHECK(wrong == 0);
    for (const char* good :
         {"\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
        CHECK(problem_of("\"" + std::string(good) + "\"") == "");
    for (const char* bad : {"\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xE2\x82",
                            "\xE2\x28\xA1", "\xF0\x9F\x98", "\xF8\x88\x80\x80\x80"})
        CHECK(problem_of("\"" + std::string(bad) + "\"") == "text that is not UTF-8 at 1");
}
