// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_PLAIN_RUN_HPP
#define HAFT_JSON_PLAIN_RUN_HPP

/// Runs of characters that stand in a JSON string as they are, passed over and copied many at a time. Reading and writing
/// both live on this.

#include <haft/core/config.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace haft::inline v0::json {

/// Whether a character is printable ASCII and neither a quote nor a backslash. All others end a run.
constexpr bool is_plain(char c) noexcept { return static_cast<signed char>(c) >= 0x20 && c != '"' && c != '\\'; }

namespace detail {

#if defined(__SSE2__) && defined(__GNUC__)

// (The compiler's own vectors: <emmintrin.h> costs every user more to compile than all of this.)
inline constexpr std::ptrdiff_t block_size = 16;
using char_block = char __attribute__((vector_size(16)));
using signed_block = signed char __attribute__((vector_size(16)));

HAFT_HOT char_block load_block(const char* p) noexcept {
    char_block x;
    std::memcpy(&x, p, sizeof x);
    return x;
}
HAFT_HOT void store_block(char* to, char_block x) noexcept { std::memcpy(to, &x, sizeof x); }

/// 0 if all of a block is plain. Signed, what is not ASCII is less than a blank too.
HAFT_HOT unsigned not_plain(char_block block) noexcept {
    const auto x = reinterpret_cast<signed_block>(block);
    return static_cast<unsigned>(
        __builtin_ia32_pmovmskb128(reinterpret_cast<char_block>((x < 0x20) | (x == '"') | (x == '\\'))));
}
/// Those of a block that are a quote or a backslash.
HAFT_HOT unsigned quotes_and_backslashes(char_block x) noexcept {
    return static_cast<unsigned>(__builtin_ia32_pmovmskb128(reinterpret_cast<char_block>((x == '"') | (x == '\\'))));
}
using block_marks = unsigned;
HAFT_HOT int first_of(block_marks marks) noexcept { return std::countr_zero(marks); }
HAFT_HOT block_marks without_first(block_marks marks) noexcept { return marks & (marks - 1); }
/// Those of the first `n` characters; n > 0.
HAFT_HOT block_marks first_marks(block_marks marks, std::ptrdiff_t n) noexcept { return marks & (0xFFFFu >> (16 - n)); }

/// The `n` characters at `p`, fewer than a block has, and zeros.
HAFT_HOT char_block load_part(const char* p, std::size_t n) noexcept {
    std::uint64_t low = 0, high = 0;
    if (n >= 8) {
        std::memcpy(&low, p, 8);
        std::memcpy(&high, p + n - 8, 8);
        high = n > 8 ? high >> (8 * (16 - n)) : 0;
    } else if (n >= 4) {
        std::uint32_t first = 0, last = 0;
        std::memcpy(&first, p, 4);
        std::memcpy(&last, p + n - 4, 4);
        low = first | std::uint64_t{last} << (8 * (n - 4));
    } else {
        for (std::size_t i = n; i-- > 0;) low = low << 8 | static_cast<unsigned char>(p[i]);
    }
    using word_block = std::uint64_t __attribute__((vector_size(16)));  // (by way of memory it would stall)
    return reinterpret_cast<char_block>(word_block{low, high});
}

#else

inline constexpr std::ptrdiff_t block_size = 8;
using char_block = std::uint64_t;

HAFT_HOT char_block load_block(const char* p) noexcept {
    char_block x;
    std::memcpy(&x, p, sizeof x);
    return x;
}
HAFT_HOT void store_block(char* to, char_block x) noexcept { std::memcpy(to, &x, sizeof x); }

using block_marks = std::uint64_t;

/// The high bit of each byte that is not plain.
HAFT_HOT block_marks not_plain(char_block x) noexcept {
    if constexpr (std::endian::native == std::endian::big) x = __builtin_bswap64(x);
    // Sums of seven bits carry into the eighth and no further, so each byte is judged by itself.
    constexpr std::uint64_t ones = 0x0101010101010101u;
    constexpr std::uint64_t low = ones * 0x7F;
    const std::uint64_t quote = (x ^ (ones * '"')) & low;
    const std::uint64_t slash = (x ^ (ones * '\\')) & low;
    const std::uint64_t plain = ((x & low) + ones * 0x60) & (quote + low) & (slash + low);
    return (~plain | x) & (ones << 7);
}
/// The high bit of each byte that is a quote or a backslash.
HAFT_HOT block_marks quotes_and_backslashes(char_block x) noexcept {
    if constexpr (std::endian::native == std::endian::big) x = __builtin_bswap64(x);
    constexpr std::uint64_t ones = 0x0101010101010101u;
    constexpr std::uint64_t low = ones * 0x7F;
    const std::uint64_t others = (((x ^ (ones * '"')) & low) + low) & (((x ^ (ones * '\\')) & low) + low);
    return ~(others | x) & (ones << 7);
}
HAFT_HOT int first_of(block_marks marks) noexcept { return std::countr_zero(marks) / 8; }
HAFT_HOT block_marks without_first(block_marks marks) noexcept { return marks & (marks - 1); }
HAFT_HOT block_marks first_marks(block_marks marks, std::ptrdiff_t n) noexcept {
    return marks & (~0ull >> (8 * (8 - n)));
}

HAFT_HOT char_block load_part(const char* p, std::size_t n) noexcept {
    char_block x = 0;
    for (std::size_t i = 0; i < n; ++i) std::memcpy(reinterpret_cast<char*>(&x) + i, p + i, 1);
    return x;
}

#endif

/// A block, or what is left of the text and zeros.
HAFT_HOT char_block load_before(const char* p, const char* end) noexcept {
    return end - p >= block_size ? load_block(p) : load_part(p, static_cast<std::size_t>(end - p));
}

}  // namespace detail

/// The first character from `p` on that is not plain, or `end`. Requires p <= end.
HAFT_HOT const char* end_of_plain(const char* p, const char* end) noexcept {
    for (; end - p >= detail::block_size; p += detail::block_size)
        if (const auto marks = detail::not_plain(detail::load_block(p))) return p + detail::first_of(marks);
    while (p < end && is_plain(*p)) ++p;
    return p;
}

/// Copies the plain characters at `p` to `to` and moves both past them. Writes at most end - p bytes, also beyond the run:
/// requires room for so many.
HAFT_HOT void copy_plain(const char*& p, const char* end, char*& to) noexcept {
    while (end - p >= detail::block_size) {
        const detail::char_block block = detail::load_block(p);
        detail::store_block(to, block);
        if (const auto marks = detail::not_plain(block)) {
            const int n = detail::first_of(marks);
            p += n, to += n;
            return;
        }
        p += detail::block_size, to += detail::block_size;
    }
    while (p < end && is_plain(*p)) *to++ = *p++;
}

/// Whether `n` characters at `p` are those at `key`. Requires n <= end - p, and that 16 bytes at `key` may be read.
HAFT_HOT bool begins_with(const char* p, const char* end, const char* key, std::size_t n) noexcept {
#if defined(__SSE2__) && defined(__GNUC__)
    if (n <= 16) {
        const auto equal =
            reinterpret_cast<detail::char_block>(detail::load_before(p, end) == detail::load_block(key));
        const unsigned marks = static_cast<unsigned>(__builtin_ia32_pmovmskb128(equal));
        return (~marks & ((1u << n) - 1)) == 0;
    }
#endif
    return std::memcmp(p, key, n) == 0;
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_PLAIN_RUN_HPP
