// SPDX-License-Identifier: BSL-1.0
// What a function may give: values, optionals, errors, images and other content, and what is too much of it.
#include <haft/schema/std/deque.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <array>
#include <deque>
#include <exception>
#include <limits>
#include <map>
#include <new>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace result_test {

using namespace std::string_literals;

struct which {
    std::string what;
};
struct point {
    int x, y;
};
constexpr std::string_view replaced = "\xEF\xBF\xBD";

// --- values, errors, nothing
std::string text(const which& w) { return w.what; }
void nothing() {}
std::optional<int> perhaps(const which& w) { return w.what == "7" ? std::optional(7) : std::nullopt; }
std::optional<std::string> perhaps_text(const which& w) {
    return w.what.empty() ? std::nullopt : std::optional(w.what);
}
haft::result<point> locate(const which& w) {
    if (w.what == "here") return point{1, 2};
    return haft::error{.message = "no place is called " + w.what};
}
haft::result<void> forget(const which& w) {
    if (w.what == "all") return {};
    return haft::error{.message = "only all can be forgotten"};
}
haft::result<std::optional<std::string>> look_up(const which& w) {
    if (w.what == "error") return haft::error{.message = "no such book"};
    return perhaps_text(w);
}

// --- exceptions
struct null_what : std::exception {
    const char* what() const noexcept override { return nullptr; }
};
int throws(const which& w) {
    if (w.what == "null") throw null_what();
    if (w.what == "int") throw 7;
    if (w.what == "bad_alloc") throw std::bad_alloc();
    if (w.what == "secret") throw std::runtime_error("password: swordfish");
    throw std::runtime_error(w.what);
}
int throws_bytes(const which& w) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < w.what.size(); i += 2)
        bytes += static_cast<char>(std::stoi(w.what.substr(i, 2), nullptr, 16));
    throw std::runtime_error(bytes);
}
int noexcept_throws() noexcept { return throws({"never seen"}); }

// --- content
haft::image picture() { return {"\x89PNG"s}; }
haft::audio sound() { return {"RIFF", "audio/mpeg"}; }
haft::resource page() { return {"file:///a.md", "text/markdown", "# \"A\""}; }
haft::resource blob() { return {"file:///a.bin", {}, std::vector<unsigned char>{0, 255, 16}}; }
haft::resource_link linked() { return {"https://example.org/a", "A page", "About A", "text/html"}; }
haft::resource_link bare_link() { return {"https://example.org/a", ""}; }
haft::content several() { return {"look", haft::image{"a"}, haft::audio{"bc"}}; }
haft::content_block one_block() { return "just text"; }
std::optional<haft::image> perhaps_picture(const which& w) {
    return w.what.empty() ? std::nullopt : std::optional(haft::image{w.what});
}
haft::result<haft::image> draw(const which& w) {
    if (w.what.empty()) return haft::error{.message = "nothing to draw"};
    return haft::image{w.what};
}
haft::output<point> plot() { return {{1, 2}, {haft::image{"a"}, "a note"}}; }
haft::output<haft::image> picture_with_words() { return {{"a"}, {"its words"}}; }
haft::result<haft::output<std::string>> render(const which& w) {
    if (w.what.empty()) return haft::error{.message = "nothing to render"};
    return haft::output<std::string>{w.what, {haft::image{"a"}}};
}

// --- much
struct much_args {
    std::size_t n;
    std::string what = "text";
};
std::string much_text(const much_args& a) { return std::string(a.n, 'x'); }
std::vector<int> many(const much_args& a) { return std::vector<int>(a.n, 7); }
std::deque<std::string> many_in_a_deque(const much_args& a) { return std::deque<std::string>(a.n, "seven"); }
std::set<std::size_t> many_in_a_set(const much_args& a) {
    std::set<std::size_t> out;
    for (std::size_t i = 0; i < a.n; ++i) out.insert(i);
    return out;
}
std::map<std::string, int> many_in_a_map(const much_args& a) {
    std::map<std::string, int> out;
    for (std::size_t i = 0; i < a.n; ++i) out["key" + std::to_string(i)] = 1;
    return out;
}
struct nested {
    std::vector<std::string> texts;
};
nested much_inside(const much_args& a) { return {{"a", std::string(a.n, 'x'), "b"}}; }
haft::image big_picture(const much_args& a) { return {std::string(a.n, 'x')}; }
haft::content big_texts(const much_args& a) { return {std::string(a.n, 'x'), std::string(a.n, 'x')}; }
double none() { return std::numeric_limits<double>::quiet_NaN(); }

}  // namespace result_test

using namespace result_test;

namespace {

std::string call(const haft::tool& t, std::string_view arguments = "{}", const haft::call_options& options = {}) {
    const auto result = t.call(arguments, options);
    return result ? *result : result.error().text();
}
std::string what(std::string_view text) { return "{\"what\":\"" + std::string(text) + "\"}"; }
std::string n(std::size_t number) { return "{\"n\":" + std::to_string(number) + "}"; }

struct written {
    std::string text;
    haft::result_form form;
    haft::content attachments;
};
written as_text(const haft::tool& t, std::string_view arguments = "{}") {
    written w{};
    haft::result_writer writer(w.text, haft::string_results::as_text);
    const haft::call_options options;
    haft::call_context context{t.name, options};
    t.run(arguments, context, writer);
    REQUIRE(!writer.failed());
    w.form = writer.form();
    w.attachments = writer.take_attachments();
    return w;
}
std::string words(const haft::content& blocks) {
    std::string out;
    for (const haft::content_block& b : blocks) out += haft::block_words(b) + ";";
    return out;
}

}  // namespace

TEST_CASE("a result without a value is no message", "[TD-13][EX-05]") {
    CHECK(call(haft::make<&nothing>("")) == "null");
    CHECK(as_text(haft::make<&nothing>("")).form == haft::result_form::none);
    for (const auto& t : {haft::make<&perhaps>(""), haft::make<&perhaps_text>("")}) {
        CHECK(call(t, what("")) == "null");
        const written w = as_text(t, what(""));
        CHECK(w.form == haft::result_form::none);
        CHECK(w.text.empty());
    }
    CHECK(call(haft::make<&perhaps_picture>(""), what("")) == "null");
    CHECK(as_text(haft::make<&perhaps_picture>(""), what("")).form == haft::result_form::none);
}

TEST_CASE("an optional that has a value is that value", "[TD-13][EX-05]") {
    CHECK(call(haft::make<&perhaps>(""), what("7")) == "7");
    CHECK(as_text(haft::make<&perhaps>(""), what("7")).form == haft::result_form::json);
    CHECK(call(haft::make<&perhaps_text>(""), what("a")) == "\"a\"");
    const written w = as_text(haft::make<&perhaps_text>(""), what("a"));
    CHECK(w.form == haft::result_form::text);
    CHECK(w.text == "a");
}

TEST_CASE("a tool is called with an object of named arguments only", "[TD-13]") {
    for (const char* arguments : {"[\"a\"]", "\"a\"", "7", "true"}) CHECK(!haft::make<&text>("").call(arguments));
    CHECK(call(haft::make<&text>(""), what("a")) == "\"a\"");
}

TEST_CASE("the result schema is the value's, wherever it stands in the result", "[NX-02]") {
    constexpr std::string_view object =
        R"({"type":"object","properties":{"x":{"type":"integer"},"y":{"type":"integer"}},"required":["x","y"],"additionalProperties":false})";
    CHECK(haft::make<&locate>("").output_schema == object);
    CHECK(haft::make<&plot>("").output_schema == object);
    CHECK(haft::make<&render>("").output_schema == R"({"type":"string"})");
    CHECK(haft::make<&perhaps>("").output_schema == R"({"anyOf":[{"type":"integer"},{"type":"null"}]})");
    for (const haft::tool& t : {haft::make<&nothing>(""), haft::make<&forget>(""), haft::make<&picture>(""),
                                haft::make<&several>(""), haft::make<&perhaps_picture>(""), haft::make<&draw>("")})
        CHECK(t.output_schema.empty());
}

TEST_CASE("a haft::result is its value, or its error with the author's message", "[EX-05][EX-04]") {
    CHECK(call(haft::make<&locate>(""), what("here")) == R"({"x":1,"y":2})");
    CHECK(call(haft::make<&locate>(""), what("Oz")) == "no place is called Oz [haft-E0210]");
    CHECK(haft::make<&locate>("").call(what("Oz")).error().code == haft::errc::tool_failed);
    CHECK(call(haft::make<&locate>(""), what("\\u001b[2J\\u202e")) ==
          "no place is called " + std::string(replaced) + "[2J" + std::string(replaced) + " [haft-E0210]");
    CHECK(call(haft::make<&forget>(""), what("all")) == "null");
    CHECK(call(haft::make<&forget>(""), what("one")) == "only all can be forgotten [haft-E0210]");
    CHECK(call(haft::make<&look_up>(""), what("")) == "null");
    CHECK(call(haft::make<&look_up>(""), what("a")) == "\"a\"");
    CHECK(call(haft::make<&look_up>(""), what("error")) == "no such book [haft-E0210]");
    CHECK(call(haft::make<&draw>(""), what("")) == "nothing to draw [haft-E0210]");
    CHECK(call(haft::make<&render>(""), what("")) == "nothing to render [haft-E0210]");
}

TEST_CASE("an exception's text is cut, at the end of a character", "[fault-61]") {
    const auto message = [](std::string text) { return haft::make<&throws>("").call(what(text)).error().message; };
    CHECK(message("no such city") == "no such city");
    CHECK(message(std::string(100'000, 'x')) == std::string(4096, 'x'));
    CHECK(message(std::string(4095, 'x') + "\xC3\xA9") == std::string(4095, 'x'));
    CHECK(message(std::string(4094, 'x') + "\xC3\xA9!") == std::string(4094, 'x') + "\xC3\xA9");
}

TEST_CASE("an exception's text stays with the program if it wants that", "[fault-61]") {
    haft::call_options options;
    options.show_exceptions = false;
    const auto result = haft::make<&throws>("").call(what("secret"), options);
    REQUIRE(!result);
    CHECK(result.error().text() == "the tool failed [haft-E0210]");
    REQUIRE(result.error().cause);
    CHECK_THROWS_WITH(std::rethrow_exception(result.error().cause), "password: swordfish");
    CHECK(call(haft::make<&throws>(""), what("secret")) == "password: swordfish [haft-E0210]");
    CHECK(call(haft::make<&locate>(""), what("Oz"), options) == "no place is called Oz [haft-E0210]");  // no exception
}

TEST_CASE("what is thrown and is no std::exception", "[fault-62]") {
    const auto result = haft::make<&throws>("").call(what("int"));
    REQUIRE(!result);
    CHECK(result.error().text() == "an exception that is no std::exception [haft-E0210]");
    CHECK_THROWS_AS(std::rethrow_exception(result.error().cause), int);
}

TEST_CASE("after std::bad_alloc the process goes on", "[fault-63]") {
    const auto result = haft::make<&throws>("").call(what("bad_alloc"));
    REQUIRE(!result);
    CHECK(result.error().text() == "out of memory [haft-E0210]");
    CHECK_THROWS_AS(std::rethrow_exception(result.error().cause), std::bad_alloc);
    CHECK(call(haft::make<&text>(""), what("a")) == "\"a\"");
}

TEST_CASE("an exception's text that can't be shown is mended, and the document stays JSON", "[fault-64]") {
    // what() can't throw: it is noexcept, so std::terminate comes before anybody could catch that.
    static_assert(noexcept(std::declval<const std::exception&>().what()));
    const auto message = [](std::string_view hex) {
        return haft::make<&throws_bytes>("").call(what(hex)).error().message;
    };
    const std::string r(replaced);
    CHECK(message("61ff62") == "a" + r + "b");
    CHECK(message("c3") == r);
    CHECK(message("eda080") == r + r + r);
    CHECK(message("011b5b306d7f") == r + r + "[0m" + r);
    CHECK(message("61e280ae62") == "a" + r + "b");  // turns the direction
    CHECK(message("610a62090d0a63") == "a\nb\t\r\nc");
    CHECK(message("6ec3b6f09f9880") == "n\xC3\xB6\xF0\x9F\x98\x80");
    CHECK(haft::make<&throws>("").call(what("null")).error().text() == " [haft-E0210]");
    std::string all;
    for (int i = 1; i < 256; ++i) {
        constexpr std::string_view digits = "0123456789abcdef";
        all += digits[static_cast<unsigned>(i) / 16];
        all += digits[static_cast<unsigned>(i) % 16];
    }
    CHECK(haft::find_hidden(message(all), haft::line_breaks::allowed) == std::string_view::npos);
}

TEST_CASE("a noexcept function that throws ends the process, as anywhere in C++", "[fault-65]") {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        std::set_terminate([] { ::_exit(42); });
        static_cast<void>(haft::make<&noexcept_throws>("").call("{}"));
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 42);
}

TEST_CASE("content is an array of content blocks where JSON is asked for", "[EX-05]") {
    CHECK(call(haft::make<&picture>("")) == R"([{"type":"image","data":"iVBORw==","mimeType":"image/png"}])");
    CHECK(call(haft::make<&sound>("")) == R"([{"type":"audio","data":"UklGRg==","mimeType":"audio/mpeg"}])");
    CHECK(call(haft::make<&page>("")) ==
          R"([{"type":"resource","resource":{"uri":"file:///a.md","mimeType":"text/markdown","text":"# \"A\""}}])");
    CHECK(call(haft::make<&blob>("")) == R"([{"type":"resource","resource":{"uri":"file:///a.bin","blob":"AP8Q"}}])");
    CHECK(
        call(haft::make<&linked>("")) ==
        R"([{"type":"resource_link","uri":"https://example.org/a","name":"A page","description":"About A","mimeType":"text/html"}])");
    CHECK(call(haft::make<&bare_link>("")) ==
          R"([{"type":"resource_link","uri":"https://example.org/a","name":"https://example.org/a"}])");
    CHECK(
        call(haft::make<&several>("")) ==
        R"([{"type":"text","text":"look"},{"type":"image","data":"YQ==","mimeType":"image/png"},{"type":"audio","data":"YmM=","mimeType":"audio/wav"}])");
    CHECK(call(haft::make<&one_block>("")) == R"([{"type":"text","text":"just text"}])");
    CHECK(call(haft::make<&perhaps_picture>(""), what("a")) ==
          R"([{"type":"image","data":"YQ==","mimeType":"image/png"}])");
    CHECK(call(haft::make<&draw>(""), what("a")) == R"([{"type":"image","data":"YQ==","mimeType":"image/png"}])");
    CHECK(as_text(haft::make<&several>("")).form == haft::result_form::blocks);
    CHECK(as_text(haft::make<&several>("")).text.empty());
}

TEST_CASE("attachments go beside the value", "[EX-05]") {
    CHECK(call(haft::make<&plot>("")) == R"({"x":1,"y":2})");
    const written w = as_text(haft::make<&plot>(""));
    CHECK(w.form == haft::result_form::json);
    CHECK(w.text == R"({"x":1,"y":2})");
    CHECK(words(w.attachments) == "[image/png, 1 byte];a note;");
    const written text = as_text(haft::make<&render>(""), what("a"));
    CHECK(text.form == haft::result_form::text);
    CHECK(text.text == "a");
    CHECK(words(text.attachments) == "[image/png, 1 byte];");
    CHECK(words(as_text(haft::make<&picture_with_words>("")).attachments) == "[image/png, 1 byte];its words;");
}

TEST_CASE("blocks in words", "[EX-05]") {
    CHECK(haft::block_words(picture()) == "[image/png, 4 bytes]");
    CHECK(haft::block_words(sound()) == "[audio/mpeg, 4 bytes]");
    CHECK(haft::block_words(page()) == "# \"A\"");
    CHECK(haft::block_words(blob()) == "[file:///a.bin, 3 bytes]");
    CHECK(haft::block_words(linked()) == "A page: https://example.org/a (About A)");
    CHECK(haft::block_words(bare_link()) == "https://example.org/a");
}

TEST_CASE("base64 of every length of rest, and of every byte", "[EX-05]") {
    const auto base64 = [](std::string_view bytes) {
        std::string out = ">";
        haft::append_base64(out, bytes);
        return out;
    };
    // RFC 4648, section 10
    CHECK(base64("") == ">");
    CHECK(base64("f") == ">Zg==");
    CHECK(base64("fo") == ">Zm8=");
    CHECK(base64("foo") == ">Zm9v");
    CHECK(base64("foob") == ">Zm9vYg==");
    CHECK(base64("fooba") == ">Zm9vYmE=");
    CHECK(base64("foobar") == ">Zm9vYmFy");
    CHECK(base64("\xFF\xFE\xFB") == ">//77");
    CHECK(base64(std::string_view("\0\0\0\x10\x83\x10", 6)) == ">AAAAEIMQ");
}

TEST_CASE("what is no value has no form inside one", "[EX-05]") {
    static_assert(!haft::schema::has_form<haft::image>);
    static_assert(!haft::schema::has_form<haft::resource_link>);
    static_assert(!haft::schema::usable<std::vector<haft::audio>>);
    static_assert(!haft::schema::usable<haft::content>);
    static_assert(!haft::schema::has_form<haft::output<int>>);
    struct holder {
        haft::image one;
    };
    static_assert(!haft::schema::usable<holder>);
    static_assert(!haft::detail::derivable<holder (*)()>);
    static_assert(!haft::detail::derivable<int (*)(const haft::image&)>);
    static_assert(haft::detail::derivable<haft::image (*)()>);
}

TEST_CASE("a result is as large as its limit, and no larger", "[fault-74]") {
    haft::call_options options;
    options.max_result_bytes = 100;
    const auto size = [&](const haft::tool& t, std::size_t number) {
        const auto result = t.call(n(number), options);
        if (result) return result->size();
        CHECK(result.error().code == haft::errc::too_large);
        return std::size_t{0};
    };
    CHECK(size(haft::make<&much_text>(""), 98) == 100);
    CHECK(size(haft::make<&much_text>(""), 99) == 0);
    CHECK(size(haft::make<&many>(""), 49) == 99);
    CHECK(size(haft::make<&many>(""), 50) == 0);
    CHECK(size(haft::make<&many_in_a_deque>(""), 12) == 97);
    CHECK(size(haft::make<&many_in_a_deque>(""), 13) == 0);
    CHECK(size(haft::make<&many_in_a_set>(""), 36) == 99);
    CHECK(size(haft::make<&many_in_a_set>(""), 37) == 0);
    CHECK(size(haft::make<&many_in_a_map>(""), 10) == 91);
    CHECK(size(haft::make<&many_in_a_map>(""), 11) == 0);
    CHECK(size(haft::make<&much_inside>(""), 78) == 100);
    CHECK(size(haft::make<&much_inside>(""), 79) == 0);
    CHECK(size(haft::make<&big_texts>(""), 50) > 0);
    CHECK(size(haft::make<&big_texts>(""), 51) == 0);
    CHECK(size(haft::make<&big_picture>(""), 5000) > 0);  // no text
    options.max_attachment_bytes = 100;
    CHECK(size(haft::make<&big_picture>(""), 100) > 0);
    CHECK(size(haft::make<&big_picture>(""), 101) == 0);
}

TEST_CASE("a result that is too large is an error that says what would work, and costs no memory", "[fault-74]") {
    CHECK(call(haft::make<&much_text>(""), n(2'000'000)) ==
          "the result has 2000000 bytes; at most 1048576 are handed on; ask for less, such as a part of it or fewer "
          "items [haft-E0208]");
    CHECK(call(haft::make<&many>(""), n(1'000'000)) ==
          "the result has more than 1048576 bytes; ask for less, such as a part of it or fewer items [haft-E0208]");
    CHECK(call(haft::make<&big_picture>(""), n(20'000'000)) ==
          "the attachments of the result have 20000000 bytes; at most 16777216 are handed on; ask for less, such as a "
          "part of it or fewer items [haft-E0208]");
    for (const haft::tool& t : {haft::make<&much_text>(""), haft::make<&many>(""), haft::make<&many_in_a_deque>(""),
                                haft::make<&much_inside>("")}) {
        std::string out;
        haft::call_options options;
        options.max_result_bytes = 1000;
        haft::result_writer writer(out, haft::string_results::as_text, options);
        haft::call_context context{t.name, options};
        t.run(n(3'000'000), context, writer);
        CHECK(writer.failed());
        CHECK(out.capacity() < 5000);
    }
}

TEST_CASE("a number that is none is an error, text that is not UTF-8 is replaced", "[fault-74]") {
    CHECK(call(haft::make<&none>("")) ==
          "the result can't be given as JSON: it holds a number that is infinite or not a number [haft-E0214]");
    haft::toolset tools;
    tools.add("bytes", "Bytes", [] { return "a\xFF\xC3("s; });
    CHECK(*tools.call("bytes", "{}") == "\"a" + std::string(replaced) + std::string(replaced) + "(\"");
}

TEST_CASE("of an attachment every text counts", "[fault-74]") {
    const auto size = [](const haft::content_block& block) { return haft::size_of(block); };
    CHECK(size("four").text == 4);
    CHECK(size(haft::image{"abc", "image/png"}).text == 9);
    CHECK(size(haft::image{"abc", "image/png"}).binary == 3);
    CHECK(size(haft::audio{"ab", "audio/ogg"}).text == 9);
    CHECK(size(haft::resource{"file:///a", "text/x", "text"}).text == 19);
    const haft::content_block blob = haft::resource{"file:///a", "a/b", std::vector<unsigned char>(7)};
    CHECK(size(blob).text == 12);
    CHECK(size(blob).binary == 7);
    CHECK(size(haft::resource_link{.uri = "a:b", .name = "name", .description = "about", .mime_type = "c/d"}).text ==
          15);
    CHECK(size(haft::resource_link{.uri = "a:b", .name = {}}).text == 6);
    haft::content link{haft::resource_link{.uri = std::string(2'000'000, 'x'), .name = {}}};
    std::string out;
    haft::result_writer writer(out);
    writer.attach(link[0]);
    CHECK(writer.failed());
}
