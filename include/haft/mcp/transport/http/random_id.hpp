// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_RANDOM_ID_HPP
#define HAFT_MCP_TRANSPORT_HTTP_RANDOM_ID_HPP

/// Names that nobody can guess.

#include <haft/core/config.hpp>

#include <string>
#include <system_error>

#include <cerrno>
#include <sys/random.h>

namespace haft::inline v0::mcp::http {

/// 128 bits of the system's random source, as 32 hexadecimal digits. Throws std::system_error where there is none.
HAFT_COLD inline std::string random_id() {
    unsigned char bytes[16];
    if (::getentropy(bytes, sizeof bytes) != 0) throw std::system_error(errno, std::generic_category(), "no random numbers");
    std::string out;
    for (const unsigned char b : bytes) out.append(1, "0123456789abcdef"[b >> 4]).append(1, "0123456789abcdef"[b & 15]);
    return out;
}

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_TRANSPORT_HTTP_RANDOM_ID_HPP
