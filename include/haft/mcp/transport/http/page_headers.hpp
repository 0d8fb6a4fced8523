// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_PAGE_HEADERS_HPP
#define HAFT_MCP_TRANSPORT_HTTP_PAGE_HEADERS_HPP

/// What a browser wants to hear before it lets a page call (CORS, of the Fetch standard). Said to pages that may call, to nobody else.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/mcp/transport/http/allowed_hosts.hpp>
#include <haft/mcp/transport/http/request.hpp>

#include <boost/beast/http/verb.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace haft::inline v0::mcp::http {

/// Whether a browser asks on its own account what a page may send.
inline bool is_preflight(const http_head& head) {
    return head.method() == boost::beast::http::verb::options && headers_of(head, "Origin") == 1 &&
           headers_of(head, "Access-Control-Request-Method") == 1;
}

/// Of every answer to that page: it may read it, and these of its headers. Never with what the browser itself knows of the user.
HAFT_COLD inline std::string page_headers(std::string_view origin) {
    return concat({"Access-Control-Allow-Origin: ", origin, "\r\nVary: Origin\r\n"
                   "Access-Control-Expose-Headers: Mcp-Session-Id, MCP-Protocol-Version, WWW-Authenticate, Retry-After\r\n"});
}

/// Of the answer to the browser: what the page may send. Of the headers that it asks for (a list with commas) those that MCP has.
HAFT_COLD inline std::string preflight_headers(std::string_view asked) {
    std::string allowed;
    while (!asked.empty()) {
        const std::size_t comma = asked.find(',');
        std::string_view one = asked.substr(0, comma);
        asked.remove_prefix(comma == std::string_view::npos ? asked.size() : comma + 1);
        while (one.starts_with(' ') || one.starts_with('\t')) one.remove_prefix(1);
        while (one.ends_with(' ') || one.ends_with('\t')) one.remove_suffix(1);
        const std::string name = detail::lower_case(one);
        bool known = name.starts_with("mcp-") && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string::npos;
        for (const std::string_view of : {"authorization", "content-type", "accept", "last-event-id"}) known = known || name == of;
        if (known) append_all(allowed, {allowed.empty() ? "" : ", ", name});
    }
    return concat({"Access-Control-Allow-Methods: POST, GET, DELETE\r\n", allowed.empty() ? "" : "Access-Control-Allow-Headers: ", allowed,
                   allowed.empty() ? "" : "\r\n", "Access-Control-Max-Age: 600\r\n"});
}

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_TRANSPORT_HTTP_PAGE_HEADERS_HPP
