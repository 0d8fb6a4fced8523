// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_NATS_SERVICES_HPP
#define HAFT_HOST_NATS_SERVICES_HPP

/// The services of `[nats.NAME]` as plugins: where the bus is, what the service is called there, how calls are made. Link haft::nats and
/// haft::config.

#include <haft/config/configuration.hpp>
#include <haft/config/origin.hpp>
#include <haft/config/read_section.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/result.hpp>
#include <haft/core/sha256.hpp>
#include <haft/core/text.hpp>
#include <haft/host/agreed_tools.hpp>
#include <haft/host/mcp_pins.hpp>
#include <haft/host/mounted_service.hpp>
#include <haft/host/section_origin.hpp>
#include <haft/mcp/client/remote_tool.hpp>
#include <haft/os/variables.hpp>
#include <haft/plugin/plugin_entry.hpp>
#include <haft/remote/nats_bus.hpp>
#include <haft/remote/service_wire.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/tool/log.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

struct nats_services_options {
    /// Whether a service may be mounted that is said there; of each of its keys it is asked. Empty: all may.
    std::function<bool(const config_origin& said_at)> allowed = {};
    /// Where it is kept what tools were when they were first seen; "": only as long as the host runs.
    std::filesystem::path pins = {};
    environment_function variables = process_environment;  ///< where tokens are looked up
    logger log = {};
};

namespace detail {

/// `[nats.NAME]`
struct nats_table {
    std::string url;
    std::optional<std::string> service = {};           ///< as it is called on the bus; else NAME
    std::optional<std::string> credentials_file = {};  ///< of a user of NATS'
    std::optional<std::string> token_env = {};         ///< the environment's variable that holds the server's token
    std::optional<std::string> ca_file = {};
    std::optional<std::string> principal = {};         ///< on whose behalf calls are made, for the tools
    bool enabled = true;
    double timeout = 300;   ///< seconds; of a call; 0: none
    double silence = 5;     ///< how long nobody may speak of a call
    double patience = 10;   ///< how long a worker is looked for that is there and has room
    double look_every = 5;  ///< how often the bus is asked who is there
    std::size_t max_tools = 1000;
    std::optional<std::string> on_change = {};  ///< `withdraw`, `accept`: what becomes of a tool that is not what it was
};

struct said_service {
    mounted_service_options how = {};
    bool enabled = true;
    std::string stamp = {};
};

/// Calls `take` with each service of `/nats` that can be one.
HAFT_COLD inline void for_each_service(const configuration& from, const nats_services_options& options, const mount_errors& problems,
                                       const std::function<void(said_service)>& take) {
    const nlohmann::json* const all = from.find("/nats");
    if (!all) return;
    if (!all->is_object())
        return problems->push_back({errc::bad_server_config, concat({from.origin("/nats").text(), ": nats is no table; a service is one below it: [nats.NAME]"})});
    for (auto at = all->begin(); at != all->end(); ++at) {
        const std::string& name = at.key();
        const std::string pointer = haft::detail::pointer_below("/nats", name);
        const std::string place = from.origin(pointer).text();
        const auto no = [&](errc code, std::string_view why) {
            problems->push_back({code, concat({place, place.empty() ? "" : ": ", "NATS service ", in_quotes(name), " ", why})});
        };
        if (!legal_plugin_name(name)) {
            no(errc::bad_server_config, "can't be named so; a plugin's name is made of A-Z a-z 0-9 _ -");
            continue;
        }
        result<nats_table> table = from.read<nats_table>(pointer);
        if (!table) {
            problems->push_back(std::move(table.error()));
            continue;
        }
        const std::string service = table->service.value_or(name), on_change = table->on_change.value_or("withdraw");
        if (!remote::legal_service_name(service)) {
            no(errc::bad_server_config, concat({"is called ", in_quotes(service), " on the bus, and no service can be; 1 to 64 of A-Z a-z 0-9 _ - are"}));
            continue;
        }
        if (on_change != "accept" && on_change != "withdraw") {
            no(errc::bad_server_config, concat({"has on_change ", in_quotes(on_change), "; \"withdraw\" and \"accept\" are known"}));
            continue;
        }
        const auto is_time = [](double seconds, double least) { return seconds >= least && seconds < 1e6; };
        if (!is_time(table->timeout, 0) || !is_time(table->patience, 0) || !is_time(table->silence, 0.1) || !is_time(table->look_every, 0.1)) {
            no(errc::bad_server_config, "has a timeout, patience, silence or look_every that can't be one; they are in seconds, the latter two at least 0.1");
            continue;
        }
        if (table->enabled && !detail::said_where(from, pointer, options.allowed)) {
            no(errc::untrusted_server, "is not mounted: a project says so, and would choose where calls go; put it into your own configuration, or name the file "
                                       "with --config");
            continue;
        }
        // After it was judged: no secret of whoever runs this goes to an address of whoever brought the section.
        std::optional<std::string> token;
        if (table->token_env && table->enabled) {
            token = options.variables(*table->token_env);
            if (!token || token->empty()) {
                no(errc::bad_server_config, concat({"wants its token from the environment's ", *table->token_env, ", which is not set"}));
                continue;
            }
        }
        const auto milliseconds = [](double seconds) { return std::chrono::milliseconds(static_cast<long long>(seconds * 1000)); };
        mounted_service_options how{.plugin = name, .service = service, .accepts_changes = on_change == "accept", .max_tools = table->max_tools,
                                    .look_every = milliseconds(table->look_every), .log = options.log};
        how.bus.bus = {.url = table->url, .credentials_file = table->credentials_file.value_or(""), .token = token.value_or(""),
                       .ca_file = table->ca_file.value_or(""), .log = options.log};
        how.bus.principal = table->principal.value_or("");
        how.bus.call_limit = milliseconds(table->timeout);
        how.bus.patience = milliseconds(table->patience);
        how.bus.silence = milliseconds(table->silence);
        take({std::move(how), table->enabled, sha256_of(at.value().dump())});
    }
}

}  // namespace detail

/// The services of `/nats` as entries for a loader. What is wrong with one (E0422, E0430, E0378) stands in `problems`, and later what was wrong
/// with its tools; the others are there.
HAFT_COLD inline std::vector<plugin_entry> nats_entries(const configuration& from, const nats_services_options& options, const mount_errors& problems) {
    std::vector<plugin_entry> out;
    detail::for_each_service(from, options, problems, [&](detail::said_service one) {
        plugin_entry entry{.name = one.how.plugin, .make = {},
                           .source = concat({detail::service_said(one.how.service), " at ", remote::shown_url(one.how.bus.bus.url)})};
        entry.enabled = one.enabled;
        entry.stamp = std::move(one.stamp);
        entry.make = [how = std::move(one.how), pins = options.pins, problems] { return mount_service(how, problems, detail::pin_file(pins, how.plugin)); };
        out.push_back(std::move(entry));
    });
    return out;
}

/// Agrees to a tool of a service, `service.tool`, or to all of them, as its workers list them now. Nothing: no such service is configured. An
/// error says what can't be: no worker answers (E0437), no such tool (E0211).
HAFT_COLD inline std::optional<result<std::vector<agreed_tool>>> agree_to_service_tools(const configuration& from, const nats_services_options& options,
                                                                                         std::string_view name) {
    std::optional<mounted_service_options> how;
    const auto problems = std::make_shared<mount_error_list>();
    detail::for_each_service(from, options, problems, [&](detail::said_service one) {
        if (same_plugin_name(one.how.plugin, name.substr(0, name.find('.')))) how = std::move(one.how);
    });
    if (!how) return std::nullopt;
    using outcome = result<std::vector<agreed_tool>>;
    detail::pin_file pins(options.pins, how->plugin);
    if (pins.path().empty()) return outcome(error{errc::file_not_written, "nothing is remembered here: no folder for it is known"});
    const result<std::shared_ptr<remote::nats_bus>> bus = remote::nats_bus::open(how->bus);
    if (!bus) return outcome(bus.error());
    const auto until = std::chrono::steady_clock::now() + how->start_limit;
    while (!(*bus)->connected() && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    const result<std::vector<remote::service_info>> all = (*bus)->services(how->service);
    if (!all) return outcome(all.error());
    std::vector<mcp::remote_tool> tools;
    std::string newest;
    for (const remote::service_info& one : *all)
        if (newest.empty() || compare_versions(one.version, newest) > 0) newest = one.version;
    for (detail::offered_version& one : detail::versions_of(*all, how->log)) {
        const auto same = std::find_if(tools.begin(), tools.end(), [&](const mcp::remote_tool& t) { return t.name == one.tool.name; });
        if (same == tools.end()) tools.push_back(std::move(one.tool));
        else if (compare_versions(one.version, newest) == 0) *same = std::move(one.tool);
    }
    const std::string of = detail::service_said(how->service);
    if (tools.empty()) return outcome(error{errc::no_worker, concat({"no worker of ", of, " answers at ", (*bus)->where()})});
    return detail::agree_to(pins, how->plugin, of, name, std::move(tools));
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_NATS_SERVICES_HPP
