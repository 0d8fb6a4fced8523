// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_SERVE_NATS_HPP
#define HAFT_HOST_SERVE_NATS_HPP

/// The command `serve --nats URL`, for programs that want it: `haft::run(tools, argc, argv, haft::with_nats(options))`. Apart from host/run.hpp,
/// since it brings libnats: link haft::nats. POSIX.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/host/arguments.hpp>
#include <haft/host/program.hpp>
#include <haft/host/run_options.hpp>
#include <haft/mcp/offer/live_offer.hpp>
#include <haft/remote/nats_service.hpp>
#include <haft/tool/log.hpp>
#include <haft/tool/log_level.hpp>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <signal.h>

namespace haft::inline v0 {

namespace host {

/// What the command line says of a service on NATS.
struct nats_command_line {
    std::string url = {};
    std::optional<std::string> service = {};           ///< else the program's name
    std::optional<std::string> credentials_file = {};
    std::optional<std::string> ca_file = {};
    std::size_t threads = 4;
};

/// The variable that has the server's token, where it wants one.
inline constexpr const char* nats_token_variable = "HAFT_NATS_TOKEN";

/// Serves the tools, as they come and go, to whoever is on the bus, until SIGTERM or SIGINT comes; a second one ends the program at once.
HAFT_COLD inline int serve_nats(const program& p, const nats_command_line& said) {
    sigset_t ends, before;
    ::sigemptyset(&ends);
    ::sigaddset(&ends, SIGTERM);
    ::sigaddset(&ends, SIGINT);
    ::pthread_sigmask(SIG_BLOCK, &ends, &before);  // first: threads inherit it, and none of them is to be ended by one
    remote::nats_service_options how{.name = said.service.value_or(std::string(p.name())), .version = p.options.version, .threads = said.threads, .call = p.options.call};
    how.description = p.options.instructions.substr(0, p.options.instructions.find('\n'));
    how.bus = {.url = said.url, .credentials_file = said.credentials_file.value_or(""), .ca_file = said.ca_file.value_or(""), .name = how.name};
    if (const char* const token = std::getenv(nats_token_variable)) how.bus.token = token;
    how.bus.log = logger([&p](log_level level, std::string_view, std::string_view message) {
        if (level >= log_level::info) p.say(concat({p.name(), ": ", message}));
    }, {.least = log_level::info});
    const std::string service = how.name, where = remote::shown_url(how.bus.url);
    std::shared_ptr<mcp::live_offer> changes = p.live();
    std::optional<remote::nats_service> serves;
    if (changes) serves.emplace(std::move(changes), std::move(how));
    else serves.emplace(p.tools(), std::move(how));
    const result<void> started = serves->start();
    if (started) {
        p.say(concat({p.name(), ": worker ", serves->id(), " of service ", service, " at ", where, "; Ctrl-C ends it"}));
        int came = 0;
        ::sigwait(&ends, &came);
        struct sigaction at_once{};
        at_once.sa_handler = SIG_DFL;
        for (const int one : {SIGTERM, SIGINT}) ::sigaction(one, &at_once, nullptr);
        ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
        serves->stop();
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return started ? exit_ok : p.fail(started.error());
}

/// `serve --nats URL [--service NAME] [--threads N] [--credentials FILE] [--ca FILE]`
HAFT_COLD inline int serve_nats(const program& p, words options) {
    nats_command_line said;
    for (std::size_t i = 0; i < options.size(); ++i) {
        const char* value = "";
        if (options.option(i, "--nats", value)) said.url = value ? value : "";
        else if (options.option(i, "--service", value)) said.service = value ? value : "";
        else if (options.option(i, "--credentials", value)) said.credentials_file = value ? value : "";
        else if (options.option(i, "--ca", value)) said.ca_file = value ? value : "";
        else if (options.option(i, "--threads", value)) {
            said.threads = 0;
            for (const char c : std::string_view(value ? value : "")) said.threads = c >= '0' && c <= '9' && said.threads < 10'000 ? said.threads * 10 + static_cast<std::size_t>(c - '0') : 100'000;
            if (said.threads < 1 || said.threads > 10'000) return p.wrong("--threads wants a number from 1 to 10000");
        } else return p.wrong_word("serve --nats has no option ", options[i], {"--nats", "--service", "--threads", "--credentials", "--ca"});
        if (!value) return p.wrong("the last option of serve wants a value");
    }
    return serve_nats(p, said);
}

}  // namespace host

/// The same options, with `serve --nats`.
inline run_options with_nats(run_options options = {}) {
    options.serve_nats = [](const host::program& p, host::words said) { return host::serve_nats(p, said); };
    return options;
}

}  // namespace haft::inline v0

#endif  // HAFT_HOST_SERVE_NATS_HPP
