// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_STATELESS_HPP
#define HAFT_MCP_TRANSPORT_HTTP_STATELESS_HPP

/// Requests that stand for themselves (from 2026-07-28 on): what their headers must say, by which status they are answered, and the
/// servers that work them off.

#include <haft/core/config.hpp>
#include <haft/mcp/headers_match.hpp>
#include <haft/mcp/message.hpp>
#include <haft/mcp/revision.hpp>
#include <haft/mcp/rpc.hpp>
#include <haft/mcp/transport/http/request.hpp>
#include <haft/mcp/transport/http/served.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

/// Whether a message that was posted with that MCP-Protocol-Version stands for itself.
inline bool is_stateless_request(std::string_view version, const message& m) {
    return !m.meta_version.empty() || version == name_of(stateless_revision);
}

/// What the headers say that the body does not, or nothing. `input_schema` is that of the tool that is called, if it is one.
HAFT_COLD inline std::optional<std::string> stateless_headers_mismatch(const http_head& head, const message& m, std::string_view input_schema) {
    std::vector<http_header> headers;
    for (const auto& field : head) {
        const auto name = field.name_string(), value = field.value();
        headers.push_back({{name.data(), name.size()}, {value.data(), value.size()}});
    }
    return headers_mismatch(headers, m, input_schema);
}

namespace detail {

/// The code of an error, given what comes behind the id of an answer; 0 of a result.
inline int error_code_of(std::string_view answer) noexcept {
    constexpr std::string_view before = R"(,"error":{"code":-)";
    if (!answer.starts_with(before)) return 0;
    int code = 0;
    for (const char c : answer.substr(before.size(), 6)) {
        if (c < '0' || c > '9') break;
        code = code * 10 + (c - '0');
    }
    return -code;
}

}  // namespace detail

/// The status of an answer. What a tool or another part of the server answers is no failure of HTTP.
inline unsigned stateless_status(std::string_view answer) noexcept {
    switch (static_cast<rpc_error>(detail::error_code_of(answer))) {
        case rpc_error::parse_error:
        case rpc_error::invalid_request:
        case rpc_error::header_mismatch:
        case rpc_error::missing_client_capability:
        case rpc_error::unsupported_protocol_version: return 400;
        case rpc_error::method_not_found: return 404;
        default: return 200;
    }
}
/// The same of a request that does not say for itself what it must.
inline unsigned bad_envelope_status(std::string_view answer) noexcept {
    return detail::error_code_of(answer) == static_cast<int>(rpc_error::invalid_params) ? 400 : stateless_status(answer);
}

/// Servers that are lent for one request each, since the ids of different clients' requests are not told apart.
class server_pool {
public:
    explicit server_pool(std::function<std::shared_ptr<served>()> make) : make_(std::move(make)) {}

    std::shared_ptr<served> lend() {
        if (free_.empty()) return make_();
        std::shared_ptr<served> out = std::move(free_.back());
        free_.pop_back();
        return out;
    }
    void give_back(std::shared_ptr<served> one) {
        if (free_.size() < most_free) free_.push_back(std::move(one));
    }

private:
    static constexpr std::size_t most_free = 64;
    std::function<std::shared_ptr<served>()> make_;
    std::vector<std::shared_ptr<served>> free_;
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_TRANSPORT_HTTP_STATELESS_HPP
