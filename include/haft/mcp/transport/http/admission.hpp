// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_ADMISSION_HPP
#define HAFT_MCP_TRANSPORT_HTTP_ADMISSION_HPP

/// Which requests an MCP server over HTTP takes at all, by their heads: for its hosts, from its pages, of who has a token, in a form that
/// MCP has.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/mcp/transport/http/allowed_hosts.hpp>
#include <haft/mcp/transport/http/bearer_token.hpp>
#include <haft/mcp/transport/http/media_types.hpp>
#include <haft/mcp/transport/http/options.hpp>
#include <haft/mcp/transport/http/page_headers.hpp>
#include <haft/mcp/transport/http/request.hpp>

#include <boost/beast/http/verb.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::mcp::http {

/// Use from the thread that serves.
class admission {
public:
    /// The options must outlive it.
    explicit admission(const http_options& options) : options_(options) {}

    /// Before the first request.
    void open(allowed_hosts hosts) { hosts_.emplace(std::move(hosts)); }
    /// From then on whoever asks how it is hears that it goes; everything else is taken as before.
    void leave() noexcept { leaves_ = true; }
    /// From then on all are refused.
    void close() noexcept { leaves_ = closed_ = true; }

    /// Whether it asks no more than how the server is.
    bool is_health_check(const http_head& head) const {
        return !options_.health_path.empty() && options_.health_path != options_.path && target_of(head).path == options_.health_path;
    }

    /// Why it is not taken. `principal` becomes who has sent it, where that is known.
    http_refusal judge(const http_head& head, std::string& principal) const {
        if (is_health_check(head)) return judge_health_check(head);  // before all else: who asks has no token, and calls it by an address
        for (const std::string_view once : {"Host", "Origin", "Authorization", "Content-Type", "Mcp-Session-Id", "MCP-Protocol-Version",
                                            "Last-Event-ID"})
            if (headers_of(head, once) > 1) return {400, concat({"the header ", once, " stands twice"})};
        if (headers_of(head, "Host") == 0) return {400, "the header Host is missing"};
        const request_target target = target_of(head);
        if (!hosts_->host(target.host))
            return {403, concat({"the request is for the host ", in_quotes(target.host), ", which this server is not; further names are allowed by "
                                 "--host NAME on the command line of serve, or by http_options::hosts"})};
        if (headers_of(head, "Origin") > 0 && !hosts_->origin(header_of(head, "Origin")))
            return {403, concat({"the page at ", in_quotes(header_of(head, "Origin")), ", which the header Origin names, may not call this server; "
                                 "http_options::origins allows further ones"})};
        if (target.path != options_.path) return {404, concat({"there is nothing at ", in_quotes(target.path), "; the endpoint is ", options_.path})};
        if (closed_) return {503, "the server is ending", -32000, "Retry-After: 1\r\n"};
        using boost::beast::http::verb;
        const verb method = head.method();
        if (is_preflight(head)) return {};  // it comes without the token
        if (method != verb::post && method != verb::get && method != verb::delete_)
            return {405, "the endpoint takes POST, GET and DELETE", -32000, "Allow: POST, GET, DELETE\r\n"};
        if (http_refusal why = judge_token(head, principal)) return why;
        const std::string_view accept = header_of(head, "Accept");
        if (method == verb::post && !is_media_type(header_of(head, "Content-Type"), "application/json"))
            return {415, "Content-Type must be application/json"};
        if (method == verb::post && !(accepts(accept, "application/json") && accepts(accept, "text/event-stream")))
            return {406, "Accept must list application/json and text/event-stream"};
        if (method == verb::get && !accepts(accept, "text/event-stream")) return {406, "Accept must list text/event-stream"};
        return {};
    }

    /// Pages that may call may also read what they are answered.
    std::string headers_for(const http_head& head) const {
        if (headers_of(head, "Origin") != 1 || !hosts_->origin(header_of(head, "Origin"))) return {};
        return page_headers(header_of(head, "Origin"));
    }

private:
    http_refusal judge_health_check(const http_head& head) const {
        using boost::beast::http::verb;
        if (head.method() != verb::get && head.method() != verb::head)
            return {405, concat({options_.health_path, " takes GET and HEAD"}), -32000, "Allow: GET, HEAD\r\n"};
        if (headers_of(head, "Content-Length") + headers_of(head, "Transfer-Encoding") > 0)  // nobody has shown a token for that
            return {400, concat({options_.health_path, " takes no body"})};
        if (leaves_) return {503, "the server is ending", -32000, "Cache-Control: no-store\r\n"};
        return {};
    }
    http_refusal judge_token(const http_head& head, std::string& principal) const {
        principal.clear();
        if (options_.token.empty() && !options_.authenticate) return {};
        const std::optional<std::string_view> given = bearer_token(header_of(head, "Authorization"));
        if (!given)
            return {401, "the header Authorization must say Bearer and the token; a token in the URL is not looked at", -32000,
                    "WWW-Authenticate: Bearer\r\n"};
        if (options_.authenticate) {
            if (std::optional<std::string> who = options_.authenticate(*given)) return principal = std::move(*who), http_refusal{};
        } else if (same_secret(options_.token, *given)) return {};
        return {401, "the token is not one that is known here", -32000, "WWW-Authenticate: Bearer error=\"invalid_token\"\r\n"};
    }

    const http_options& options_;
    std::optional<allowed_hosts> hosts_;
    bool leaves_ = false, closed_ = false;
};

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_TRANSPORT_HTTP_ADMISSION_HPP
