// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_CLIENT_OVER_HTTP_HPP
#define HAFT_MCP_CLIENT_OVER_HTTP_HPP

/// MCP servers that are reached over HTTP. Brings Boost.Beast, Asio and OpenSSL: link haft::http. [NX-11]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/http/url.hpp>
#include <haft/mcp/client/http/link.hpp>
#include <haft/mcp/client/http/options.hpp>
#include <haft/mcp/client/server_link.hpp>

#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/string.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::mcp {

/// For server_connection_options::connect. Nothing is sent before there is something to send. Errors (E0422): what is no address, and
/// headers that can't be some; a certificate that can't be read.
HAFT_COLD inline result<server_connector> over_http(remote_server_options options) {
    const auto no = [](std::string_view why) { return error{errc::bad_server_config, std::string(why)}; };
    result<http_url> to = parse_http_url(options.url);
    if (!to) return no(to.error().message);
    for (const auto& [name, value] : options.headers) {
        bool good = !name.empty();
        for (const char c : name) good = good && c > ' ' && c <= '~' && c != ':';
        for (const char c : value) good = good && (c == '\t' || static_cast<unsigned char>(c) >= ' ') && c != '\x7F';
        if (!good) return no(concat({"the header ", in_quotes(name), " can't be sent: its name or its value has what no header may have"}));
    }
    if (!to->tls && !to->is_loopback())
        for (const auto& [name, value] : options.headers)
            if (boost::beast::iequals(name, "Authorization"))
                return no(concat({"a token would go to ", to->host, " for everybody to read; write https://"}));
    const std::size_t path = options.url.find('/', options.url.find("://") + 3);
    std::string target = path == std::string::npos ? "/" : options.url.substr(path);
    {
        boost::asio::ssl::context probe(boost::asio::ssl::context::tls_client);
        boost::system::error_code ec;
        if (!options.ca_file.empty() && probe.load_verify_file(options.ca_file, ec))
            return no(concat({"the certificates in ", options.ca_file, " can't be read: ", ec.message()}));
    }
    return server_connector([options = std::move(options), to = std::move(*to), target = std::move(target)](std::string_view) {
        boost::asio::ssl::context tls(boost::asio::ssl::context::tls_client);
        boost::system::error_code ignored;
        tls.set_default_verify_paths(ignored);
        if (!options.ca_file.empty()) tls.load_verify_file(options.ca_file, ignored);
        return result<std::unique_ptr<server_link>>(std::make_unique<http::link>(options, to, target, std::move(tls)));
    });
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_CLIENT_OVER_HTTP_HPP
