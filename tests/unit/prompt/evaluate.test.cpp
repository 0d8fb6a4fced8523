// SPDX-License-Identifier: BSL-1.0
// Variables in texts: what is put in their place, and what holds for every text.
#include <haft/prompt/evaluate.hpp>
#include <haft/prompt/placeholders.hpp>
#include <haft/prompt/read_template.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <random>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::string put(std::string_view text, const haft::template_values& values) {
    const haft::result<std::string> out = haft::interpolate(text, values);
    return out ? *out : out.error().text();
}

/// What the pieces of a walk say, in one line.
std::string pieces(std::string_view text) {
    std::string out;
    haft::placeholder_walk walk(text);
    for (haft::placeholder_piece piece; walk.next(piece);) {
        using kind = haft::placeholder_piece::kind;
        out += piece.what == kind::text ? "t(" : piece.what == kind::variable ? "v(" : "w(";
        out.append(piece.text).append(")");
    }
    return out;
}

/// What is to come of a text whose every variable `x` is `<x>`, by the pattern of Python's string.Template; none if a dollar sign
/// stands by itself.
struct by_python {
    std::optional<std::string> text = std::string();
    std::vector<std::string> names = {};

    explicit by_python(const std::string& of) {
        static const std::regex delimiter(R"(\$(?:(\$)|([_a-zA-Z][_a-zA-Z0-9]*)|\{([_a-zA-Z][_a-zA-Z0-9]*)\})?)");
        std::size_t at = 0;
        for (std::sregex_iterator found(of.begin(), of.end(), delimiter), end; found != end; ++found) {
            const std::smatch& m = *found;
            if (text) text->append(of, at, static_cast<std::size_t>(m.position()) - at);
            at = static_cast<std::size_t>(m.position() + m.length());
            if (m[1].matched) {
                if (text) *text += '$';
            } else if (m[2].matched || m[3].matched) {
                const std::string name = m[2].matched ? m[2] : m[3];
                if (text) *text += "<" + name + ">";
                if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
            } else {
                text.reset();
            }
        }
        if (text) text->append(of, at);
    }
};

/// Texts of the characters that matter, of all lengths up to 24; the same in each run.
template <class F>
void for_random_texts(std::string_view alphabet, F f) {
    std::mt19937 random(20260703);
    for (int i = 0; i < 20000; ++i) {
        // A buffer of exactly this size, so that a sanitizer sees a read beyond its end.
        const std::size_t size = random() % 25;
        const auto exact = std::make_unique<char[]>(size);
        for (std::size_t at = 0; at < size; ++at) exact[at] = alphabet[random() % alphabet.size()];
        f(std::string_view(exact.get(), size));
    }
}

}  // namespace

TEST_CASE("Variables are written $name and ${name}, a dollar sign $$", "[TF-03]") {
    CHECK(put("$a ${a}b $$a $$ $b_1.", {{"a", "1"}, {"b_1", "2"}}) == "1 1b $a $ 2.");
    CHECK(put("", {}) == "");
    CHECK(put("$a$a", {{"a", "$a ${b} $$"}}) == "$a ${b} $$$a ${b} $$");  // values are not looked at
    CHECK(put("$_ $A9", {{"_", "x"}, {"A9", "y"}}) == "x y");
    CHECK(pieces("a$b${c}$$d") == "t(a)v(b)v(c)t($)t(d)");
    static_assert([] {
        haft::placeholder_walk walk("$name");
        haft::placeholder_piece piece;
        return walk.next(piece) && piece.text == "name" && !walk.next(piece);
    }());
}

TEST_CASE("A dollar sign that begins no variable is an error with its place", "[TF-03]") {
    for (const std::string_view wrong :
         {"$", "$1", "$ a", "${", "${}", "${a", "${a b}", "${1}", "$-", "$\xC3\xA4", "$.$$"}) {
        INFO(wrong);
        const haft::result<std::string> out = haft::interpolate(wrong, {{"a", "1"}});
        REQUIRE_FALSE(out);
        CHECK(out.error().code == haft::errc::bad_placeholder);
        CHECK(out.error().message.starts_with("the $ in line 1, column 1 "));
    }
    CHECK(
        put("one\n\xC3\xA4 $5", {}) ==
        "the $ in line 2, column 3 begins no variable: write $name or ${name}, and $$ for a dollar sign [haft-E0334]");
}

TEST_CASE("Missing variables are named, each once, in their order", "[TF-03]") {
    CHECK(put("$b ${a} $b $c", {{"c", ""}}) == "Missing variables: b, a [haft-E0333]");
    CHECK(haft::variables_of("$b ${a} $b $$c $") == std::vector<std::string>{"b", "a"});
    haft::prompt_template t{.prompt = "$b $input $a", .system = "$c $b"};
    CHECK(haft::evaluate(t, "x").error().message == "Missing variables: b, a, c");
}

TEST_CASE("The input is the variable input, whatever a parameter or a default says", "[TF-03]") {
    haft::prompt_template t{
        .prompt = "Summarise: $input", .system = "About ${input}", .defaults = {{"input", "\"d\""}}};
    const auto out = haft::evaluate(t, "text", {{"input", "p"}});
    REQUIRE(out);
    CHECK(out->prompt == "Summarise: text");
    CHECK(out->system == "About text");
}

TEST_CASE("Parameters beat defaults, and a default that is no string stands as its JSON", "[TF-03]") {
    const auto t = haft::template_from_json(
        R"({"prompt":"$a $b $c","defaults":{"a":"da \"q\"","b":"db","c":[1,{"x":null}]}})", "t");
    REQUIRE(t);
    CHECK(haft::evaluate(*t, "")->prompt == R"(da "q" db [1,{"x":null}])");
    CHECK(haft::evaluate(*t, "", {{"b", "pb"}})->prompt == R"(da "q" pb [1,{"x":null}])");
}

TEST_CASE("Without a prompt the input is the prompt, as it is; the system prompt is evaluated all the same",
          "[TF-03]") {
    haft::prompt_template t{.system = "Be $tone"};
    const auto out = haft::evaluate(t, "costs $5 or $x", {{"tone", "brief"}});
    REQUIRE(out);
    CHECK(out->prompt == "costs $5 or $x");
    CHECK(out->system == "Be brief");
}

TEST_CASE("Of a talk each message goes through the template, behind a prompt that has no place for it", "[CM-07]") {
    const haft::prompt_template placed{.prompt = "Explain $input"}, before{.prompt = "Answer in $tongue."}, none{.system = "Be brief"};
    CHECK(haft::evaluate_message(placed, "bees")->prompt == "Explain bees");
    CHECK(haft::evaluate_message(before, "Why $5?", {{"tongue", "rhymes"}})->prompt == "Answer in rhymes.\nWhy $5?");
    CHECK(haft::evaluate_message(before, "", {{"tongue", "rhymes"}})->prompt == "Answer in rhymes.");
    CHECK(haft::evaluate_message(none, "bees")->prompt == "bees");
    CHECK(haft::evaluate_message(before, "bees").error().code == haft::errc::missing_variables);
}

TEST_CASE("Any text without a dollar sign comes out as it went in", "[TF-03]") {
    for_random_texts("abc_{} \n19.\xC3\xA4", [](std::string_view text) {
        const haft::result<std::string> out = haft::interpolate(text, {{"a", "x"}});
        REQUIRE(out);
        REQUIRE(*out == text);
    });
}

TEST_CASE("Any text whose dollar signs are doubled comes out as it was", "[TF-03]") {
    for_random_texts("$$$a{}_1 ", [](std::string_view text) {
        std::string doubled;
        for (const char c : text) doubled.append(c == '$' ? 2 : 1, c);
        const haft::result<std::string> out = haft::interpolate(doubled, {});
        REQUIRE(out);
        REQUIRE(*out == text);
    });
}

TEST_CASE("The pieces of any text are all of it, and nothing else is read", "[TF-03]") {
    for_random_texts("$$${}}ab1_ ", [](std::string_view text) {
        std::size_t at = 0;
        haft::placeholder_walk walk(text);
        for (haft::placeholder_piece piece; walk.next(piece);) {
            REQUIRE(piece.at == at);
            using kind = haft::placeholder_piece::kind;
            const bool braced = piece.what == kind::variable && text.substr(at, 2) == "${";
            const bool escaped = piece.what == kind::text && text[at] == '$';
            const std::size_t taken = piece.text.size() + (braced                                    ? 3
                                                           : piece.what == kind::variable || escaped ? 1
                                                                                                     : 0);
            REQUIRE(taken > 0);
            at += taken;
        }
        REQUIRE(at == text.size());
    });
}

TEST_CASE("With every variable given any text evaluates as Python's templates do", "[TF-03]") {
    std::size_t sound = 0;
    for_random_texts("$$a{}b_1 ", [&](std::string_view text) {
        const by_python expected{std::string(text)};
        haft::template_values values;
        for (const std::string& name : expected.names) values[name] = "<" + name + ">";
        CAPTURE(text);
        const haft::result<std::string> out = haft::interpolate(text, values);
        REQUIRE(out.has_value() == expected.text.has_value());
        if (!out) {
            REQUIRE(out.error().code == haft::errc::bad_placeholder);
            return;
        }
        ++sound;
        REQUIRE(*out == *expected.text);
        REQUIRE(haft::variables_of(text) == expected.names);
    });
    CHECK(sound > 1000);
}
