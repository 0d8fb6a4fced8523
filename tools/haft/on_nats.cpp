// SPDX-License-Identifier: BSL-1.0
#include "on_nats.hpp"

#include <haft/host/nats_services.hpp>
#include <haft/host/serve_nats.hpp>

#include <optional>
#include <string>
#include <vector>

namespace {
haft::host::nats_services_options options_of(const haft_command::nats_mounts& how) {
    return {.allowed = how.allowed, .pins = how.pins, .log = how.log};
}
}  // namespace

int haft_command::serve_on_nats(const haft::host::program& p, const nats_service_line& said) {
    return haft::host::serve_nats(p, haft::host::nats_command_line{said.url, said.service, said.credentials_file, said.ca_file, said.threads});
}

std::vector<haft::plugin_entry> haft_command::entries_on_nats(const haft::configuration& from, const nats_mounts& how,
                                                               const haft::host::mount_errors& problems) {
    return haft::host::nats_entries(from, options_of(how), problems);
}

std::optional<haft::result<std::vector<haft::host::agreed_tool>>> haft_command::agree_on_nats(const haft::configuration& from, const nats_mounts& how,
                                                                                                const std::string& name) {
    return haft::host::agree_to_service_tools(from, options_of(how), name);
}
