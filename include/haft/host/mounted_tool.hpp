// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_MOUNTED_TOOL_HPP
#define HAFT_HOST_MOUNTED_TOOL_HPP

/// A tool of an MCP server as a tool of haft's, `server.tool`, called only while it is what it was. [IO-04, fault 105]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/core/text.hpp>
#include <haft/host/foreign_tool.hpp>
#include <haft/mcp/client/call_result.hpp>
#include <haft/mcp/client/remote_tool.hpp>
#include <haft/mcp/client/server_connection.hpp>
#include <haft/mcp/wire/header_parameters.hpp>
#include <haft/tool/argument_text.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::host {

namespace detail {

HAFT_COLD inline std::string mcp_server_said(std::string_view name) { return concat({"MCP server ", in_quotes(name)}); }

struct mounted_tool {
    std::shared_ptr<mcp::server_connection> server;
    foreign_tool is;
    mcp::tool_print agreed;
    bool accepts_changes;

    mounted_tool(std::shared_ptr<mcp::server_connection> on, const mcp::remote_tool& t, std::string_view name, bool accepts)
        : server(std::move(on)), is(mcp_server_said(server->name()), t, name), agreed(mcp::print_of(t)), accepts_changes(accepts) {}

    /// Whether it is what it was, as far as the server has told.
    result<void> is_what_it_was() const {
        if (accepts_changes) return {};
        result<std::optional<mcp::tool_print>> now = server->print_now(is.remote_name);
        if (!now) return std::move(now.error());
        if (!*now) return error{errc::server_tool_changed, concat({is.said, " is not there any more"})};
        if (**now == agreed) return {};
        return error{errc::server_tool_changed, concat({is.said, " is not what it was when it was mounted: ", (*now)->difference(agreed),
                                                        " changed; it is not called"})};
    }

    static void execute(const void* self, std::string_view arguments, call_context& context, result_writer& out) {
        const auto& own = *static_cast<const mounted_tool*>(self);
        haft::detail::guarded(context, out, [&] {
            std::string kept;
            const std::string_view given = haft::detail::argument_text(arguments, context.options, kept);
            if (!own.is.fits(given, context, out)) return;
            if (result<void> same = own.is_what_it_was(); !same) return out.fail(std::move(same.error()));
            result<std::string> got = own.server->call(own.is.remote_name, given, context.stop_token(), context.options.listener,
                                                           context.options.asker);
            if (!got) return out.fail(std::move(got.error()));
            mcp::hand_on_result(*got, own.is.said, out);
        });
    }
    static void validate(const void* self, std::string_view arguments, call_context& context, result_writer& out) {
        const auto& own = *static_cast<const mounted_tool*>(self);
        haft::detail::guarded(context, out, [&] {
            std::string kept;
            own.is.fits(haft::detail::argument_text(arguments, context.options, kept), context, out);
        });
    }
};

}  // namespace detail

/// Adds a tool of a server to a set, as `server.tool`. An error (E0428) says why it can't be; other ones are the set's own, which tells
/// them itself.
HAFT_COLD inline result<void> mount_tool(toolset& to, std::shared_ptr<mcp::server_connection> server, const mcp::remote_tool& t,
                                         bool accepts_changes = false) {
    const std::string of = detail::mcp_server_said(server->name());
    const result<std::string> name = detail::name_of_foreign_tool(to, server->name(), of, t);
    if (!name) return name.error();
    if (const std::string problem = mcp::problem_of_header_parameters(t.input_schema); !problem.empty())
        return error{errc::bad_server_tool, concat({"tool ", in_quotes(t.name), " of ", of, " is left out: ", problem})};
    detail::mounted_tool* kept = nullptr;
    shared_thing keeper = shared_thing::make<detail::mounted_tool>(kept, std::move(server), t, *name, accepts_changes);
    tool described = kept->is.described();
    described.runs(&detail::mounted_tool::execute, kept, &detail::mounted_tool::validate);
    return to.add(described, std::move(keeper));
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_MOUNTED_TOOL_HPP
