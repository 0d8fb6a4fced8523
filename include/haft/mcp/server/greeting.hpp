// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_GREETING_HPP
#define HAFT_MCP_SERVER_GREETING_HPP

/// What a server says of itself: the answers to `initialize` (basic/lifecycle) and `server/discover`.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/json/string_text.hpp>
#include <haft/mcp/offer/offer.hpp>
#include <haft/mcp/server/options.hpp>
#include <haft/mcp/server/request_terms.hpp>
#include <haft/mcp/wire/revision.hpp>
#include <haft/tool/instructions.hpp>

#include <string>
#include <string_view>

namespace haft::inline v0::mcp {

/// What is there is declared; that lists change where they can.
HAFT_COLD inline void append_capabilities(std::string& out, const offer& o, bool live, revision r) {
    const std::string_view changes = live ? R"("listChanged":true)" : "";
    append_all(out, {R"({"tools":{)", changes, "}"});
    if (o.prompts) append_all(out, {R"(,"prompts":{)", changes, "}"});
    if (o.resources) append_all(out, {R"(,"resources":{)", live ? R"("subscribe":true,)" : "", changes, "}"});
    const bool completes = (o.prompts && o.prompts->completes()) || (o.resources && o.resources->completes());
    if (completes && r >= revision::r2025_03_26) out += R"(,"completions":{})";
    out += R"(,"logging":{}})";
}

HAFT_COLD inline std::string implementation_text(const server_options& of) {
    return concat({"{\"name\":", json::string_text(of.name), ",\"version\":", json::string_text(of.version), "}"});
}

/// Appends the result of `initialize`.
HAFT_COLD inline void append_initialized(std::string& out, const offer& o, bool live, revision r, const server_options& of) {
    append_all(out, {R"({"protocolVersion":")", name_of(r), R"(","capabilities":)"});
    append_capabilities(out, o, live, r);
    append_all(out, {R"(,"serverInfo":)", implementation_text(of)});
    if (const std::string told = instructions_of(o.tools->set, of.instructions); !told.empty())
        append_all(out, {",\"instructions\":", json::string_text(told)});
    out += '}';
}

/// Appends the result of `server/discover`.
HAFT_COLD inline void append_discovered(std::string& out, const offer& o, bool live, const request_terms& terms,
                                        const server_options& of) {
    append_all(out, {terms.head, R"("supportedVersions":[")", name_of(stateless_revision), R"("],"capabilities":)"});
    append_capabilities(out, o, live, terms.r);
    if (const std::string told = instructions_of(o.tools->set, of.instructions); !told.empty())
        append_all(out, {",\"instructions\":", json::string_text(told)});
    append_all(out, {terms.list_hints, "}"});
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_GREETING_HPP
