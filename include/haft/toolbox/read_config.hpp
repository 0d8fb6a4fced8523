// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_READ_CONFIG_HPP
#define HAFT_TOOLBOX_READ_CONFIG_HPP

/// The configuration of a toolbox: read as arguments are, and recorded as JSON. [TB-07]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/reader.hpp>
#include <haft/json/type.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/result_writer.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

HAFT_COLD inline error bad_configuration(std::string_view toolbox_name, std::vector<fault>&& faults, std::size_t more) {
    error e{errc::bad_configuration, {}, std::move(faults), more};
    e.message =
        concat({"toolbox ", in_quotes(toolbox_name), " was not made: ", json::fault_count(e), " in its configuration"});
    return e;
}

/// Reads a configuration as arguments are read.
HAFT_COLD inline result<void> read_config(std::string_view toolbox_name, const json::type& type, void* to,
                                          std::string_view text) {
    const json::read_limits limits;
    json::reader in(text.empty() ? "{}" : text, limits);
    if (in.read_arguments(type, to)) return {};
    return bad_configuration(toolbox_name, in.take_faults(), in.more_faults());
}

/// A configuration as JSON, which is what is recorded of it.
HAFT_COLD inline result<std::string> config_text(const json::type& type, const void* from) {
    std::string out;
    const call_options options;
    result_writer writer(out, string_results::as_json, options);
    writer.value(type, from);
    if (writer.failed()) return std::move(writer.error());
    return out;
}

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_TOOLBOX_READ_CONFIG_HPP
