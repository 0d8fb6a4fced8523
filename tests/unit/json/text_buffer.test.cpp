// SPDX-License-Identifier: BSL-1.0
#include <haft/json/text_buffer.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

using haft::json::text_buffer;

namespace {

std::string letters(std::size_t n) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += static_cast<char>('!' + (i * 7 + i / 90) % 90);
    return out;
}

}  // namespace

TEST_CASE("what is written to a buffer comes to the string in order, whatever its size and wherever the buffer ends") {
    const std::string all = letters(5000);
    const std::string_view text = all;
    std::size_t wrong = 0;
    for (std::size_t before = 900; before < 1100; ++before)
        for (const std::size_t size : {0u, 1u, 63u, 64u, 65u, 500u, 511u, 512u, 513u, 1023u, 1024u, 1025u, 3000u}) {
            std::string out = "there before ", expected = out;
            text_buffer buffer(out);
            for (std::size_t i = 0; i < before; i += 40)
                buffer.put(text.substr(i, (std::min)(before - i, std::size_t{40})));
            expected += text.substr(0, before);
            wrong += buffer.size() != expected.size();
            buffer.put(text.substr(7, size));
            expected += text.substr(7, size);
            buffer.put('c');
            buffer.put_literal("a literal");
            expected += "ca literal";
            wrong += buffer.size() != expected.size();
            wrong += buffer.flushed() != expected;
            buffer.put("after");
            buffer.flush();
            buffer.flush();
            wrong += out != expected + "after";
        }
    CHECK(wrong == 0);
}

TEST_CASE("single characters and literals fill a buffer and go on in the next") {
    std::string out, expected;
    text_buffer buffer(out);
    for (std::size_t i = 0; i < 5000; ++i) {
        const char c = static_cast<char>('a' + i % 26);
        buffer.put(c);
        expected += c;
        if (i % 7 == 0)
            buffer.put_literal(", and a literal of sixty-four bytes, which is as long as one is"),
                expected += ", and a literal of sixty-four bytes, which is as long as one is";
    }
    buffer.flush();
    CHECK(out == expected);
}

TEST_CASE("of a padded text only what counts is written, behind its other first character") {
    const std::string all = letters(100);
    for (std::size_t size = 1; size < 40; ++size) {
        std::string out, expected;
        text_buffer buffer(out);
        for (int i = 0; i < 80; ++i) {
            buffer.put_padded('{', all.data(), size);
            buffer.put('|');
            expected += '{' + all.substr(1, size - 1) + '|';
        }
        buffer.flush();
        CAPTURE(size);
        CHECK(out == expected);
    }
}

TEST_CASE("there is room for what is promised, and what is written into it counts") {
    std::string out, expected;
    text_buffer buffer(out);
    for (std::size_t i = 0; i < 3000; ++i) {
        char* const to = buffer.room();
        REQUIRE(to <= buffer.room_end());
        const std::size_t n = i % (text_buffer::least_room + 1);
        std::memset(to, static_cast<int>('a' + i % 26), n);
        buffer.wrote_to(to + n);
        expected.append(n, static_cast<char>('a' + i % 26));
    }
    buffer.flush();
    CHECK(out == expected);
}
