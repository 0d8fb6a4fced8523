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

/// Whether something that is read would view the text that it was read from, which is gone then.
struct parts_trail {
    const json::type* type;
    const parts_trail* outer;
};
constexpr bool views_its_text(const json::type& t, const parts_trail* outer = nullptr) {
    for (const parts_trail* o = outer; o; o = o->outer)
        if (o->type->is_struct(t)) return false;
    if (t.kind == json::kind::view) return true;
    if (t.kind == json::kind::converted) return false;  // what it makes of the text is its own
    const parts_trail here{&t, outer};
    for (std::size_t i = 0; i < t.part_count(); ++i)
        if (detail::views_its_text(t.part(i), &here)) return true;
    return false;
}

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_TOOLBOX_READ_CONFIG_HPP
