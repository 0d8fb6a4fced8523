// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_BEARER_TOKEN_HPP
#define HAFT_MCP_TRANSPORT_HTTP_BEARER_TOKEN_HPP

/// The secret that a client shows (RFC 6750). It is taken from the header Authorization alone, never from a URL, which ends in logs.

#include <haft/mcp/transport/http/media_types.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace haft::inline v0::mcp::http {

/// Whether they are the same. How long that takes tells nothing about the secret.
inline bool same_secret(std::string_view secret, std::string_view given) noexcept {
    volatile unsigned char unlike = secret.size() != given.size();
    for (std::size_t i = 0; i < given.size(); ++i) {
        const char of_secret = secret.empty() ? '\0' : secret[i % secret.size()];
        unlike = static_cast<unsigned char>(unlike | (static_cast<unsigned char>(of_secret) ^ static_cast<unsigned char>(given[i])));
    }
    return unlike == 0;
}

/// The token of an Authorization header; nothing if it has none.
constexpr std::optional<std::string_view> bearer_token(std::string_view authorization) noexcept {
    constexpr std::string_view scheme = "Bearer ";
    if (!detail::same_word(authorization.substr(0, scheme.size()), scheme)) return {};
    const std::string_view token = detail::without_blanks(authorization.substr(scheme.size()));
    if (token.empty() || token.find_first_of(" \t") != std::string_view::npos) return {};
    return token;
}

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_TRANSPORT_HTTP_BEARER_TOKEN_HPP
