// SPDX-License-Identifier: BSL-1.0
// Attachments: where they come from, their ids and types, what is read and what is not.
#include <haft/prompt/attachment.hpp>
#include <haft/prompt/media_type.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace {

constexpr std::string_view png("\x89PNG\r\n\x1A\n\0\0", 10);
constexpr std::string_view abc_hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

std::string type(const haft::attachment& a, const haft::attachment_access& access = {}) {
    const haft::result<std::string> out = haft::attachment_type(a, access);
    return out ? *out : out.error().text();
}
std::string id(const haft::attachment& a, const haft::attachment_access& access = {}) {
    const haft::result<std::string> out = haft::attachment_id(a, access);
    return out ? *out : out.error().text();
}

/// Answers every URL with that, and counts.
struct web {
    haft::fetched answer;
    int asked = 0;
    haft::attachment_access access(std::size_t max_bytes = 1000) {
        return {.max_bytes = max_bytes,
                .fetch = [this](const std::string&, std::size_t) -> haft::result<haft::fetched> {
                    ++asked;
                    return answer;
                }};
    }
};

}  // namespace

TEST_CASE("An id is the SHA-256 of the content; of a URL that of the URL in JSON, which nobody has to fetch",
          "[TF-06]") {
    const prompt_test::temporary_folder folder;
    CHECK(id({.bytes = "abc"}) == abc_hash);
    CHECK(id({.path = folder.file("x", "abc")}) == abc_hash);
    // of {"url": "https://example.com/a.png"}, as llm's json.dumps writes it
    CHECK(id({.url = "https://example.com/a.png"}) ==
          "4509d135b8dccac5ed703ec3d14f36262fee03820b04a7864208e32be92ebbd4");
    CHECK(id({.url = "https://example.com/\xC3\xA4\xF0\x9F\x98\x80"}) ==
          "ab1ef0be787053b94a9b5bf4c07f434726ccf615ef6e1b21b117a3319e67024c");
}

TEST_CASE("A type that is given counts, then the extension, then the content", "[TF-06]") {
    const prompt_test::temporary_folder folder;
    const std::string named_gif = folder.file("a.gif", png);
    const std::string nameless = folder.file("a", png);
    const std::string strange = folder.file("a.zzz", png);
    CHECK(type({.path = named_gif, .type = "image/webp"}) == "image/webp");
    CHECK(type({.path = named_gif}) == "image/gif");
    CHECK(type({.path = nameless}) == "image/png");
    CHECK(type({.path = strange}) == "image/png");
    CHECK(type({.path = "not/there.PDF"}) == "application/pdf");  // what need not be read is not
    CHECK(type({.bytes = std::string(png)}) == "image/png");
    CHECK(type({.bytes = std::string(png), .type = "text/plain; charset=utf-8"}) == "text/plain; charset=utf-8");
}

TEST_CASE("What nothing tells the type of is an error", "[TF-06]") {
    CHECK(type({.bytes = std::string("\0\1\2", 3)}) ==
          "the attachment of bytes: its type can't be told, by its name or by its content; give it a type, such as "
          "image/png [haft-E0337]");
    const prompt_test::temporary_folder folder;
    CHECK(type({.path = folder.file("empty", "")}).ends_with("[haft-E0337]"));
    CHECK(type({.bytes = "abc", .type = "picture"}) ==
          "the attachment of bytes: \"picture\" is no media type such as image/png [haft-E0337]");
    CHECK(type({}) == "an attachment needs a path, a URL or bytes, and this has none [haft-E0337]");
    CHECK(type({.path = "a", .bytes = "b"}) ==
          "the attachment \"a\": it has more than one of path, URL and bytes [haft-E0337]");
    CHECK(type({.path = "there/is/none"}) == "the attachment \"there/is/none\": there is no such file [haft-E0337]");
    CHECK(type({.url = "file:///etc/passwd"}) ==
          "the attachment \"file:///etc/passwd\": this is no http or https URL [haft-E0337]");
}

TEST_CASE("A URL is fetched by the host's function alone, and only where its content is wanted", "[TF-06]") {
    web w{.answer = {std::string(png), "image/avif; q=1"}};
    CHECK(type({.url = "https://example.com/a.png?v=2#x"}, w.access()) == "image/png");
    CHECK(type({.url = "https://example.com/a", .type = "image/gif"}, w.access()) == "image/gif");
    CHECK(id({.url = "https://example.com/a"}, w.access()).size() == 64);
    CHECK(w.asked == 0);
    CHECK(type({.url = "https://example.com/a"}, w.access()) == "image/avif");
    CHECK(type({.url = "https://example.png"}, w.access()) == "image/avif");  // the name of a server is none of a file
    w.answer.content_type = "";
    CHECK(type({.url = "https://example.com/a"}, w.access()) == "image/png");
    CHECK(w.asked == 3);
    CHECK(
        type({.url = "https://example.com/a"}) ==
        "the attachment \"https://example.com/a\": nothing here fetches URLs: the host has brought no function for it "
        "[haft-E0337]");
    const haft::attachment_access broken{.fetch = [](const std::string&, std::size_t) -> haft::result<haft::fetched> {
        throw std::runtime_error("no net");
    }};
    CHECK(type({.url = "https://example.com/a"}, broken) ==
          "the attachment \"https://example.com/a\": no net [haft-E0337]");
}

TEST_CASE("What is larger than is agreed to is not read", "[TF-06]") {
    const prompt_test::temporary_folder folder;
    const std::string path = folder.file("a", std::string(10000, 'x'));
    CHECK(id({.path = path}, {.max_bytes = 10000}).size() == 64);
    CHECK(id({.path = path}, {.max_bytes = 9999}) ==
          "the attachment \"" + path + "\": it has 10000 bytes; at most 9999 are read [haft-E0337]");
    CHECK(id({.bytes = "12345"}, {.max_bytes = 4}) ==
          "the attachment of bytes: it has 5 bytes; at most 4 are sent [haft-E0337]");
    web w{.answer = {"12345", ""}};
    CHECK(type({.url = "https://example.com/a"}, w.access(4)) ==
          "the attachment \"https://example.com/a\": it is too long; at most 4 bytes are read [haft-E0337]");
    CHECK(id({.path = "/dev/zero"}) == "the attachment \"/dev/zero\": this is no file [haft-E0337]");
}

TEST_CASE("Content tells PNG, JPEG, GIF, WebP, PDF, WAV, MP3, Ogg, MP4 and text", "[TF-06]") {
    const auto is = [](std::string_view bytes) { return haft::media_type_of_content(bytes); };
    CHECK(is(png) == "image/png");
    CHECK(is("\xFF\xD8\xFF\xE0 rest") == "image/jpeg");
    CHECK(is("GIF87a...") == "image/gif");
    CHECK(is("GIF89a") == "image/gif");
    CHECK(is("RIFF1234WEBPVP8 ") == "image/webp");
    CHECK(is("RIFF1234WAVEfmt ") == "audio/wav");
    CHECK(is("%PDF-1.7") == "application/pdf");
    CHECK(is("ID3\x04") == "audio/mpeg");
    CHECK(is("\xFF\xFB\x90\x64") == "audio/mpeg");
    CHECK(is("OggS\0") == "audio/ogg");
    CHECK(is("\x01\x02\x03\x20"
             "ftypisom") == "video/mp4");
    CHECK(is("\x01\x02\x03\x20"
             "ftypM4A ") == "audio/mp4");
    CHECK(is("plain text\r\nwith \xC3\xA4 and\ttabs") == "text/plain");
    CHECK(is("RIFF1234AVI ") == "text/plain");
    CHECK(is("") == "");
    CHECK(is("text with a\x1B[31m control") == "");
    CHECK(is("broken \xC3") == "");
    CHECK(is("\xFF\xFB") == "");
    CHECK(is("\xFF\xFB\xF0\x64") == "");  // no bit rate is written so
    CHECK(is("\xFF\xFB\x90") == "");
    for (std::size_t n = 0; n < png.size() - 2; ++n) CHECK(is(png.substr(0, n)) == "");
}

TEST_CASE("Extensions are those of the last name, in any case", "[TF-06]") {
    CHECK(haft::media_type_of_name("a/b.JPeG") == "image/jpeg");
    CHECK(haft::media_type_of_name("b.tar.md") == "text/markdown");
    CHECK(haft::media_type_of_name("a.png/b") == "");
    CHECK(haft::media_type_of_name(".png") == "");
    CHECK(haft::media_type_of_name("png") == "");
    CHECK(haft::media_type_of_name("a.") == "");
    CHECK(haft::media_type_of_name("") == "");
    CHECK(haft::is_media_type("image/svg+xml"));
    for (const std::string_view wrong : {"", "/", "a/", "/b", "a", "a/b/c", "a b/c", "a/b\n", "a/\xE2\x80\x8B"})
        CHECK_FALSE(haft::is_media_type(wrong));
}

TEST_CASE("An attachment becomes a part of a message: picture, sound, text, or a resource", "[TF-06]") {
    const auto picture = haft::attachment_block({.bytes = std::string(png)});
    REQUIRE(picture);
    CHECK(std::get<haft::image>(*picture).bytes == png);
    CHECK(std::get<haft::image>(*picture).mime_type == "image/png");
    const auto sound = haft::attachment_block({.bytes = "OggS"});
    CHECK(std::get<haft::audio>(*sound).mime_type == "audio/ogg");
    const auto text = haft::attachment_block({.bytes = "abc"});
    CHECK(std::get<haft::resource>(*text).uri == "sha256:" + std::string(abc_hash));
    CHECK(std::get<std::string>(std::get<haft::resource>(*text).contents) == "abc");
    web w{.answer = {"%PDF-1", ""}};
    const auto pdf = haft::attachment_block({.url = "https://example.com/a.pdf"}, w.access());
    CHECK(std::get<haft::resource>(*pdf).uri == "https://example.com/a.pdf");
    CHECK(std::get<haft::resource>(*pdf).mime_type == "application/pdf");
    CHECK(std::get<std::vector<unsigned char>>(std::get<haft::resource>(*pdf).contents).size() == 6);
    CHECK_FALSE(haft::attachment_block({.path = "there/is/none.png"}));
}
