// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HTTP_URL_HPP
#define HAFT_HTTP_URL_HPP

/// The address of an API or of an MCP server: `https://api.example.com/v1`, taken apart.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>

#include <string>
#include <string_view>

namespace haft::inline v0 {

struct http_url {
    bool tls = true;
    std::string host = {};  ///< without the brackets of an IPv6 address
    std::string port = {};
    std::string path = {};  ///< "" or `/v1`, without a `/` at its end

    /// As the header Host has it: the port only where it is not the usual one.
    std::string authority() const {
        const bool six = host.find(':') != std::string::npos;
        const bool usual = port == (tls ? "443" : "80");
        return concat({six ? "[" : "", host, six ? "]" : "", usual ? "" : ":", usual ? "" : std::string_view(port)});
    }
    std::string text() const { return concat({tls ? "https://" : "http://", authority(), path}); }
    /// Whether it is this machine: no network lies between.
    bool is_loopback() const noexcept {
        const bool four = host.find_first_not_of("0123456789.") == std::string::npos;  // not the name 127.example.com
        return host == "localhost" || host == "::1" || (four && host.starts_with("127."));
    }
};

/// Takes an address apart. Errors (E0323): another scheme than http and https, no host, a port that is none, or what no base has:
/// a user, a query, blanks.
HAFT_COLD inline result<http_url> parse_http_url(std::string_view text) {
    const auto refused = [&](std::string_view why) {
        return error{errc::bad_request, concat({"the address ", in_quotes(text), " ", why,
                                                "; write one such as https://api.example.com/v1"})};
    };
    http_url out;
    std::string_view rest = text;
    if (rest.starts_with("https://")) rest.remove_prefix(8);
    else if (rest.starts_with("http://")) out.tls = false, rest.remove_prefix(7);
    else return refused("begins neither with https:// nor with http://");
    for (const char c : rest)
        if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F)
            return refused("holds a blank or a character that must be escaped");
    if (rest.find_first_of("?#@\\") != std::string_view::npos) return refused("holds a user, a query or a fragment");
    const std::size_t slash = rest.find('/');
    std::string_view authority = rest.substr(0, slash);
    if (slash != std::string_view::npos) out.path = rest.substr(slash);
    while (out.path.ends_with('/')) out.path.pop_back();
    if (authority.starts_with('[')) {
        const std::size_t close = authority.find(']');
        if (close == std::string_view::npos) return refused("has a [ without its ]");
        out.host = authority.substr(1, close - 1);
        authority.remove_prefix(close + 1);
        if (!authority.empty() && authority[0] != ':') return refused("has something between the host and its port");
    } else {
        out.host = authority.substr(0, authority.find(':'));
        authority.remove_prefix(out.host.size());
    }
    if (out.host.empty()) return refused("has no host");
    if (authority.empty()) return out.port = out.tls ? "443" : "80", out;
    out.port = authority.substr(1);
    unsigned number = 0;
    for (const char c : out.port)
        number = c >= '0' && c <= '9' && number < 100000 ? number * 10 + static_cast<unsigned>(c - '0') : 100000;
    if (number == 0 || number > 65535) return refused("has a port that is no number from 1 to 65535");
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_HTTP_URL_HPP
