// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_ALLOWED_HOSTS_HPP
#define HAFT_MCP_TRANSPORT_HTTP_ALLOWED_HOSTS_HPP

/// Whom a request says that it is for (Host) and which web page sent it (Origin): a page that somebody looks at must not reach the
/// servers on that person's machine, neither straight nor by a name that it lets point there (DNS rebinding).

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp::http {

namespace detail {

HAFT_COLD inline std::string lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

}  // namespace detail

/// The hosts by which a server may be called. Names are compared without regard to case, and whole.
class allowed_hosts {
public:
    /// `address` is where it listens, without brackets; `loopback`, whether that is this machine's own. `hosts` and `origins` are those
    /// of http_options.
    HAFT_COLD allowed_hosts(std::string_view address, std::uint16_t port, bool loopback, bool tls,
                            const std::vector<std::string>& hosts, const std::vector<std::string>& origins)
        : usual_port_(tls ? ":443" : ":80") {
        const std::string port_text = concat({":", decimal(port)});
        const auto own = [&](std::string_view name) { own_.push_back(concat({name, port_text})); };
        const bool six = address.find(':') != std::string_view::npos;
        own(concat({six ? "[" : "", detail::lower_case(address), six ? "]" : ""}));
        if (loopback)
            for (const std::string_view name : {"localhost", "127.0.0.1", "[::1]"}) own(name);
        for (const std::string& one : hosts) {
            if (one == "*") any_ = true;
            else (has_port(one) ? own_ : names_).push_back(detail::lower_case(one));
        }
        for (const std::string& one : origins) origins_.push_back(detail::lower_case(one));
    }

    /// Whether that is what a client of this server says: `localhost:8000`.
    bool host(std::string_view value) const {
        if (any_) return true;
        std::string given = detail::lower_case(value);
        if (!has_port(given)) given += usual_port_;
        for (const std::string& one : own_)
            if (given == one) return true;
        given.resize(given.rfind(':'));
        for (const std::string& one : names_)
            if (given == one) return true;
        return false;
    }

    /// Whether a page from there may call: one that this server would have itself, or one that was allowed.
    bool origin(std::string_view value) const {
        const std::string given = detail::lower_case(value);
        for (const std::string& one : origins_)
            if (given == one || one == "*") return true;
        std::string_view rest = given;
        if (rest.starts_with("http://")) rest.remove_prefix(7);
        else if (rest.starts_with("https://")) rest.remove_prefix(8);
        else return false;  // null, file://, an extension
        return !any_ && rest.find_first_of("/?#@\\") == std::string_view::npos && host(rest);
    }

private:
    static bool has_port(std::string_view text) noexcept {
        const std::size_t colon = text.rfind(':');
        return colon != std::string_view::npos && text.find(']', colon) == std::string_view::npos;
    }

    std::string usual_port_;
    std::vector<std::string> own_;    // with a port
    std::vector<std::string> names_;  // at any port
    std::vector<std::string> origins_;
    bool any_ = false;
};

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_TRANSPORT_HTTP_ALLOWED_HOSTS_HPP
