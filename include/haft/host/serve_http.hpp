// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_SERVE_HTTP_HPP
#define HAFT_HOST_SERVE_HTTP_HPP

/// The command `serve --http ADDRESS:PORT`, for programs that want it: `haft::run(tools, argc, argv, haft::with_http(options))`.
/// Apart from host/run.hpp, since it brings Boost.Asio, Boost.Beast and OpenSSL: link haft::http. POSIX.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/read_file.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/host/arguments.hpp>
#include <haft/host/program.hpp>
#include <haft/host/run_options.hpp>
#include <haft/mcp/transport/http.hpp>
#include <haft/os/variables.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace host {

/// What the command line says of a server over HTTP.
struct http_command_line {
    std::string at = {};                  ///< `127.0.0.1:8000`, `[::1]:0`, or a port alone
    std::optional<std::string> token_file = {};
    std::vector<std::string> names = {};  ///< of the host, beside localhost
    std::optional<std::string> leave_time = {}, drain_time = {};  ///< of http_options and of its server; seconds
};

/// The variable that has the token where no file does.
inline constexpr std::string_view token_variable = "HAFT_MCP_TOKEN";

namespace detail {

/// Whether nobody but this machine can reach it.
HAFT_COLD inline bool is_loopback_address(std::string_view address) {
    return address == "localhost" || address == "::1" || address.starts_with("127.");
}

/// Seconds, into milliseconds; false if they are none.
HAFT_COLD inline bool read_seconds(std::string_view text, std::chrono::milliseconds& out) {
    constexpr unsigned most = 86'400;
    unsigned number = 0;
    for (const char c : text) number = c >= '0' && c <= '9' && number <= most ? number * 10 + static_cast<unsigned>(c - '0') : most + 1;
    out = std::chrono::seconds(number);
    return !text.empty() && number <= most;
}

HAFT_COLD inline result<std::string> usable_token(std::string text, std::string_view from) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    bool fine = !text.empty();
    for (const char c : text) fine = fine && c > ' ' && c < 0x7F;
    if (fine) return text;
    return error{errc::bad_token, concat({"the token of ", from, " can't be used: it is one line of visible ASCII characters without blanks"})};
}

}  // namespace detail

/// Where, for whom and how long to serve. Errors: E0491 for what is no address, port or time, or an address that others reach without a
/// token; E0493 for a token that can't be used.
HAFT_COLD inline result<mcp::http_options> http_options_of(const http_command_line& said, const environment_function& environment) {
    mcp::http_options out;
    std::string_view port = said.at;
    if (const std::size_t colon = port.rfind(':'); colon != std::string_view::npos) {
        std::string_view address = port.substr(0, colon);
        port.remove_prefix(colon + 1);
        if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
        else if (address.find(':') != std::string_view::npos) port = {};  // which colon is it?
        if (!address.empty()) out.address = address;
    }
    unsigned number = 0;
    for (const char c : port) number = c >= '0' && c <= '9' && number < 100'000 ? number * 10 + static_cast<unsigned>(c - '0') : 100'000;
    if (port.empty() || number > 65'535)
        return error{errc::bad_http_option, concat({in_quotes(said.at), " is no ADDRESS:PORT, such as 127.0.0.1:8000, [::1]:8000 or 127.0.0.1:0 "
                                                                         "for a port that is free"})};
    out.port = static_cast<std::uint16_t>(number);
    out.hosts = said.names;
    for (const auto& [option, given, to] : {std::tuple("--leave-time", &said.leave_time, &out.leave_time),
                                            std::tuple("--drain-time", &said.drain_time, &out.server.drain_time)})
        if (*given && !detail::read_seconds(**given, *to))
            return error{errc::bad_http_option, concat({option, " ", in_quotes(**given), " is no number of seconds from 0 to 86400, a day"})};
    result<std::string> token = std::string();
    if (said.token_file) {
        std::string text, why;
        if (said.token_file->empty())
            return error{errc::bad_token, "--token-file names no file: it is empty, as a variable may be that is not set"};
        if (!read_file(*said.token_file, 4096, text, why))
            return error{errc::bad_token, concat({"can't read the token from ", in_quotes(*said.token_file), ": ", why})};
        token = detail::usable_token(std::move(text), in_quotes(*said.token_file));
    } else if (auto text = environment(token_variable)) {
        token = detail::usable_token(std::move(*text), token_variable);
    }
    if (!token) return std::move(token.error());
    out.token = std::move(*token);
    if (out.token.empty() && !detail::is_loopback_address(out.address))
        return error{errc::bad_http_option, concat({"others than this machine can reach ", out.address, ", so who calls must show a token: "
                                                    "--token-file FILE, or the variable ", token_variable})};
    return out;
}

/// Serves the tools, as they come and go, over HTTP until SIGTERM or SIGINT comes.
HAFT_COLD inline int serve_http(const program& p, const http_command_line& said) {
    result<mcp::http_options> how = http_options_of(said, process_environment);
    if (!how) return p.fail(how.error()), exit_usage;
    how->server.name = p.name();
    how->server.version = p.options.version;
    how->server.instructions = p.options.instructions;
    how->server.call = p.options.call;
    const bool guarded = !how->token.empty();
    how->on_listening = [&p, guarded](const std::string& url) {
        p.say(concat({p.name(), ": an MCP server at ", url, guarded ? ", for those who have the token" : "", "; Ctrl-C ends it"}));
    };
    std::shared_ptr<mcp::live_offer> changes = p.live();
    const result<void> served = changes ? mcp::serve_http(std::move(changes), std::move(*how)) : mcp::serve_http(p.tools(), std::move(*how));
    if (!served) return p.fail(served.error());
    return exit_ok;
}

/// `serve --http ADDRESS:PORT [--token-file FILE] [--host NAME]… [--leave-time SECONDS] [--drain-time SECONDS]`
HAFT_COLD inline int serve_http(const program& p, words options) {
    http_command_line said;
    for (std::size_t i = 0; i < options.size(); ++i) {
        const char* value = "";
        if (options.option(i, "--http", value)) said.at = value ? value : "";
        else if (options.option(i, "--token-file", value)) said.token_file = value ? value : "";
        else if (options.option(i, "--host", value)) said.names.emplace_back(value ? value : "");
        else if (options.option(i, "--leave-time", value)) said.leave_time = value ? value : "";
        else if (options.option(i, "--drain-time", value)) said.drain_time = value ? value : "";
        else return p.wrong_word("serve has no option ", options[i], {"--http", "--token-file", "--host", "--leave-time", "--drain-time"});
        if (!value) return p.wrong("the last option of serve wants a value");
    }
    return serve_http(p, said);
}

}  // namespace host

/// The same options, with `serve --http`.
inline run_options with_http(run_options options = {}) {
    options.serve_http = [](const host::program& p, host::words said) { return host::serve_http(p, said); };
    return options;
}

}  // namespace haft::inline v0

#endif  // HAFT_HOST_SERVE_HTTP_HPP
