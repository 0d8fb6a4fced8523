// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_WIRE_RANDOM_DIGITS_HPP
#define HAFT_MCP_WIRE_RANDOM_DIGITS_HPP

/// What nobody can guess: ids of sessions, tokens for what is kept of a call. POSIX.

#include <haft/core/config.hpp>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <system_error>

#if defined(_WIN32)
#include <random>
#else
#include <sys/random.h>
#endif

namespace haft::inline v0::mcp {

/// So many bytes of the system's random source, as hexadecimal digits. Throws std::system_error where there is none; without
/// exceptions that ends the program, since nothing that can be guessed may take its place.
HAFT_COLD inline std::string random_digits(std::size_t bytes) {
    std::string out;
    out.reserve(2 * bytes);
    while (bytes > 0) {
        unsigned char piece[64];
        const std::size_t size = (std::min)(bytes, sizeof piece);
#if defined(_WIN32)
        std::random_device system;  // rand_s there, in each standard library that there is
        std::generate(piece, piece + size, [&] { return static_cast<unsigned char>(system()); });
#else
        if (::getentropy(piece, size) != 0) {
#if HAFT_HAS_EXCEPTIONS()
            throw std::system_error(errno, std::generic_category(), "no random numbers");
#else
            std::abort();
#endif
        }
#endif
        for (std::size_t i = 0; i < size; ++i) {
            out += "0123456789abcdef"[piece[i] >> 4];
            out += "0123456789abcdef"[piece[i] & 15];
        }
        bytes -= size;
    }
    return out;
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_WIRE_RANDOM_DIGITS_HPP
