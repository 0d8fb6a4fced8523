// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_REQUEST_HPP
#define HAFT_MCP_TRANSPORT_HTTP_REQUEST_HPP

/// One HTTP request, and what is said where it is refused.

#include <haft/core/config.hpp>
#include <haft/json/write_string.hpp>
#include <haft/mcp/transport/http/media_types.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/optional.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace haft::inline v0::mcp::http {

/// A body that grows as it comes: what a client says of its size costs nothing.
struct growing_body {
    using value_type = std::string;
    static std::uint64_t size(const value_type& body) noexcept { return body.size(); }

    class reader {
    public:
        template <bool IsRequest, class Fields>
        reader(boost::beast::http::header<IsRequest, Fields>&, value_type& body) noexcept : body_(body) {}
        void init(const boost::optional<std::uint64_t>&, boost::system::error_code& ec) noexcept { ec = {}; }
        template <class Buffers>
        std::size_t put(const Buffers& buffers, boost::system::error_code& ec) {
            std::size_t n = 0;
            for (const boost::asio::const_buffer part : boost::beast::buffers_range_ref(buffers)) {
                body_.append(static_cast<const char*>(part.data()), part.size());
                n += part.size();
            }
            ec = {};
            return n;
        }
        void finish(boost::system::error_code& ec) noexcept { ec = {}; }

    private:
        value_type& body_;
    };
};

using http_request = boost::beast::http::request<growing_body>;
using http_head = boost::beast::http::request_header<>;

/// The value of a header; "" if it is not there.
inline std::string_view header_of(const http_head& head, std::string_view name) {
    const auto value = head[boost::beast::string_view(name.data(), name.size())];
    return {value.data(), value.size()};
}
inline std::size_t headers_of(const http_head& head, std::string_view name) {
    return head.count(boost::beast::string_view(name.data(), name.size()));
}

/// What a request is for: the host that it is sent to, and the path there, without a query.
struct request_target {
    std::string_view host, path;
};
/// Of `/mcp?x=1`, or `http://localhost:8000/mcp`, whose host counts instead of the header's (RFC 9112, 3.2.2).
inline request_target target_of(const http_head& head) noexcept {
    std::string_view target(head.target().data(), head.target().size());
    request_target out{header_of(head, "Host"), {}};
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!detail::same_word(target.substr(0, scheme.size()), scheme)) continue;
        target.remove_prefix(scheme.size());
        out.host = target.substr(0, target.find_first_of("/?"));
        target.remove_prefix(out.host.size());
        if (!target.starts_with('/')) target = "/";
        break;
    }
    out.path = target.substr(0, target.find('?'));
    return out;
}

/// Why a request is not served. Of status 0: it is.
struct http_refusal {
    unsigned status = 0;
    std::string message = {};
    int code = -32000;         ///< of JSON-RPC
    std::string headers = {};  ///< further ones, each with its line end
    std::string data = {};     ///< of JSON-RPC, as JSON; "" is none

    explicit operator bool() const noexcept { return status != 0; }
    /// An error response without an id (basic/transports).
    HAFT_COLD std::string body() const {
        std::string out = "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":" + std::to_string(code) + ",\"message\":";
        json::append_string(out, message);
        if (!data.empty()) out.append(",\"data\":").append(data);
        return out += "}}";
    }
};

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_TRANSPORT_HTTP_REQUEST_HPP
