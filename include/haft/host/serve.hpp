// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_SERVE_HPP
#define HAFT_HOST_SERVE_HPP

/// The commands `serve` and `mcp-config`: the program as an MCP server, and how a client is told of it. POSIX.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/nearest.hpp>
#include <haft/host/absolute_path.hpp>
#include <haft/host/arguments.hpp>
#include <haft/host/mcp_config.hpp>
#include <haft/host/program.hpp>
#include <haft/mcp/transport/stdio.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <unistd.h>

namespace haft::inline v0::host {

/// Serves the tools, as they come and go, until the input ends.
HAFT_COLD inline int serve(const program& p) {
    if (::isatty(STDIN_FILENO) == 1)
        p.say(p.err.dim(
            concat({p.name(), ": an MCP server on standard input and output; a client starts it. Ctrl-D ends it."})));
    mcp::server_options serving;
    serving.name = p.name();
    serving.version = p.options.version;
    serving.instructions = p.options.instructions;
    serving.call = p.options.call;
    if (std::shared_ptr<mcp::live_offer> changes = p.live()) return mcp::serve_stdio(std::move(changes), std::move(serving));
    return mcp::serve_stdio(p.tools(), std::move(serving));
}

/// `serve`, `serve --http …`, `serve --nats …`
HAFT_COLD inline int serve(const program& p, words options) {
    if (options.empty()) return serve(p);
    const auto names = [&](std::string_view way) {
        for (std::size_t i = 0; i < options.size(); ++i)
            if (options[i] == way || options[i].starts_with(concat({way, "="}))) return true;
        return false;
    };
    const bool on_nats = names("--nats"), on_http = names("--http");
    if (on_nats && on_http) return p.wrong("serve takes --http or --nats; a second program serves the other way");
    if (on_nats && !p.options.serve_nats) return p.wrong("this program does not serve on NATS; that takes haft::with_nats in its main function");
    if (on_http && !p.options.serve_http) return p.wrong("this program does not serve over HTTP; that takes haft::with_http in its main function");
    if (on_nats || (!on_http && p.options.serve_nats && !p.options.serve_http)) return p.options.serve_nats(p, options);
    if (p.options.serve_http) return p.options.serve_http(p, options);
    return p.wrong("serve takes no arguments");
}

/// What clients want to have in their files, "": all clients. Of one client the configuration alone, so that it can be written to a
/// file; where that is goes to standard error. `arguments` stand before `serve`.
HAFT_COLD inline int mcp_configuration(const program& p, std::string_view client_name,
                                       const std::vector<std::string>& arguments = {}) {
    const mcp_client* const wanted = find_mcp_client(client_name);
    if (!client_name.empty() && !wanted) {
        nearest_name nearest(client_name);
        for (const mcp_client& client : mcp_clients) nearest.consider(client.name);
        return p.wrong(
            concat({"mcp-config wants one of ", words_of(mcp_clients, ", "), ", or nothing for all of them"}),
            nearest.name());
    }
    const std::string executable = absolute_path(p.argv0);
    std::string text;
    for (const mcp_client& client : mcp_clients) {
        if (wanted && &client != wanted) continue;
        const std::string heading = concat({client.title, ": ", client.place});
        if (wanted) p.say(p.err.dim(heading));
        else append_all(text, {text.empty() ? "" : "\n\n", p.out.bold(heading), "\n"});
        text += mcp_config(client, p.name(), executable, arguments);
    }
    return p.print(text);
}

/// `mcp-config [CLIENT]`
HAFT_COLD inline int mcp_configuration(const program& p, words clients) {
    if (clients.size() > 1) return p.wrong("mcp-config wants one client, or nothing for all of them");
    return mcp_configuration(p, clients.empty() ? std::string_view() : clients[0]);
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_SERVE_HPP
