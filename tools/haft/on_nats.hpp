// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLS_HAFT_ON_NATS_HPP
#define HAFT_TOOLS_HAFT_ON_NATS_HPP

/// `haft serve --nats` and the services of [nats.NAME], compiled in a file of its own: it alone brings libnats.

#include <haft/config/configuration.hpp>
#include <haft/config/origin.hpp>
#include <haft/core/result.hpp>
#include <haft/host/agreed_tools.hpp>
#include <haft/host/program.hpp>
#include <haft/plugin/plugin_entry.hpp>
#include <haft/tool/log.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace haft_command {

/// What the command line says of a service on NATS.
struct nats_service_line {
    std::string url = {};
    std::optional<std::string> service = {}, credentials_file = {}, ca_file = {};
    std::size_t threads = 4;
};
int serve_on_nats(const haft::host::program& p, const nats_service_line& said);

/// What is for services as for MCP servers: who may say them, where it is kept what their tools were.
struct nats_mounts {
    std::function<bool(const haft::config_origin&)> allowed = {};
    std::filesystem::path pins = {};
    haft::logger log = {};
};
std::vector<haft::plugin_entry> entries_on_nats(const haft::configuration& from, const nats_mounts& how, const haft::host::mount_errors& problems);
/// host::agree_to_service_tools
std::optional<haft::result<std::vector<haft::host::agreed_tool>>> agree_on_nats(const haft::configuration& from, const nats_mounts& how,
                                                                                  const std::string& name);

}  // namespace haft_command

#endif  // HAFT_TOOLS_HAFT_ON_NATS_HPP
