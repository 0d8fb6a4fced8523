// SPDX-License-Identifier: BSL-1.0
#include <haft/mcp/wire/frames.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

using haft::mcp::frame_splitter;

namespace {

std::vector<std::string> all(frame_splitter& in) {
    std::vector<std::string> out;
    std::string_view frame;
    for (;;) {
        switch (in.next(frame)) {
            case frame_splitter::got::nothing: return out;
            case frame_splitter::got::frame: out.emplace_back(frame); break;
            case frame_splitter::got::too_long: out.emplace_back("(too long)"); break;
        }
    }
}

/// The same of bytes that are not appended before.
std::vector<std::string> all(frame_splitter& in, std::string_view bytes) {
    std::vector<std::string> out;
    std::string_view frame;
    for (;;) {
        switch (in.next(bytes, frame)) {
            case frame_splitter::got::nothing: return out;
            case frame_splitter::got::frame: out.emplace_back(frame); break;
            case frame_splitter::got::too_long: out.emplace_back("(too long)"); break;
        }
    }
}

/// A stream in pieces: appended, or read where they stand, or the one and the other by turns.
enum class way { append, in_place, both };
std::vector<std::string> all_in_pieces(frame_splitter& in, std::string_view stream, std::size_t piece, way how) {
    std::vector<std::string> got;
    for (std::size_t i = 0, turn = 0; i < stream.size(); i += piece, ++turn) {
        const std::string bytes(stream.substr(i, piece));  // memory of its own, gone before the next
        const bool in_place = how == way::in_place || (how == way::both && turn % 2 == 1);
        if (!in_place) in.append(bytes);
        for (std::string& frame : in_place ? all(in, bytes) : all(in)) got.push_back(std::move(frame));
    }
    return got;
}

}  // namespace

TEST_CASE("a frame may arrive in pieces of any size") {
    const std::string stream = "{\"a\":1}\n{\"b\":2}\r\n\n  \n{\"c\":3}\n";
    for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
        for (const way how : {way::append, way::in_place, way::both}) {
            frame_splitter in(100);
            CAPTURE(piece, static_cast<int>(how));
            CHECK(all_in_pieces(in, stream, piece, how) ==
                  std::vector<std::string>{"{\"a\":1}", "{\"b\":2}", "{\"c\":3}"});
        }
    }
}

TEST_CASE("a line at the limit is a frame and a longer one is dropped, reported once, and the next line is read") {
    for (const std::size_t length : {9u, 10u, 11u, 5000u}) {
        for (const std::size_t piece : {1u, 7u, 100000u}) {
            for (const way how : {way::append, way::in_place, way::both}) {
                frame_splitter in(10);
                const std::string stream = std::string(length, 'x') + "\nok\n";
                CAPTURE(length, piece, static_cast<int>(how));
                CHECK(all_in_pieces(in, stream, piece, how) ==
                      std::vector<std::string>{length <= 10 ? std::string(length, 'x') : "(too long)", "ok"});
            }
        }
    }
}

TEST_CASE("a line that is whole is not copied, and comes after those that were appended before") {
    frame_splitter in(100);
    const std::string bytes = "three\nfour\nfi";
    std::string_view rest = bytes;
    std::string_view frame;
    CHECK(in.next(rest, frame) == frame_splitter::got::frame);
    CHECK(frame.data() == bytes.data());
    CHECK(rest == "four\nfi");
    in.append("one\ntwo\n");
    CHECK(all(in, rest) == std::vector<std::string>{"one", "two", "four"});
    CHECK(all(in, "ve\nsix\n") == std::vector<std::string>{"five", "six"});
}

TEST_CASE("at the end of the stream the last line needs no end") {
    frame_splitter in(100);
    in.append("one\ntwo");
    CHECK(all(in) == std::vector<std::string>{"one"});
    in.finish();
    CHECK(all(in) == std::vector<std::string>{"two"});
}

TEST_CASE("frames stay whole while the buffer is compacted under them") {
    frame_splitter in(1 << 20);
    std::size_t sent = 0;
    std::size_t got = 0;
    for (int round = 0; round < 200; ++round) {
        std::string bytes;
        for (int i = 0; i < 50; ++i) bytes += "frame number " + std::to_string(sent++) + "\n";
        bytes += "half of a fra";
        in.append(bytes);
        for (const std::string& frame : all(in)) {
            if (frame == "half of a frame") continue;
            REQUIRE(frame == "frame number " + std::to_string(got++));
        }
        in.append("me\n");
        REQUIRE(in.held_bytes() < 20'000);
    }
    CHECK(got == sent);
}

TEST_CASE("a line that is too long is skipped in constant memory", "[fault-117]") {
    frame_splitter in(1000);
    const std::string part(700, 'x');
    std::size_t reports = 0;
    for (int i = 0; i < 10'000; ++i) {
        in.append(part);
        for (const std::string& frame : all(in)) reports += frame == "(too long)";
        REQUIRE(in.held_bytes() < 8000);
    }
    CHECK(reports == 1);
    in.append("\nok\n");
    CHECK(all(in) == std::vector<std::string>{"ok"});
}
