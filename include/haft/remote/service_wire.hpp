// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REMOTE_SERVICE_WIRE_HPP
#define HAFT_REMOTE_SERVICE_WIRE_HPP

/// What a service says of itself when `$SRV.PING`, `$SRV.INFO` and `$SRV.STATS` ask: NATS' services API, version 1 (ADR-32). Each tool is an
/// endpoint; its listing, as MCP lists tools, is the endpoint's metadata.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/sha256.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/mcp/client/remote_tool.hpp>
#include <haft/mcp/offer/listing.hpp>
#include <haft/mcp/wire/revision.hpp>
#include <haft/tool/tool.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::remote {

/// Of an endpoint's metadata: the tool as MCP's tools/list has it, with its own name.
inline constexpr std::string_view tool_metadata = "haft.tool";
/// Of a service's metadata: the subject that hears which calls are not wanted any more.
inline constexpr std::string_view cancel_metadata = "haft.cancel";

/// The API allows A-Z a-z 0-9 _ - in names of services and endpoints.
constexpr bool legal_service_name(std::string_view name) noexcept {
    for (const char c : name)
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-')) return false;
    return !name.empty() && name.size() <= 64;
}

struct endpoint_info {
    std::string name = {};
    std::string subject = {};
    std::string tool = {};  ///< its listing; "": no tool of haft's
};

/// One instance of a service.
struct service_info {
    std::string name = {};
    std::string id = {};
    std::string version = {};
    std::string description = {};
    std::string cancel_subject = {};
    std::vector<endpoint_info> endpoints = {};
};

struct endpoint_stats {
    std::string name = {};
    std::string subject = {};
    std::uint64_t requests = 0;
    std::uint64_t errors = 0;
    std::string last_error = {};
    std::chrono::nanoseconds processing_time{0};  ///< of all requests
};

/// The tool as a service lists it: as an MCP server of the newest revision does, so that what was agreed to of the one holds of the other.
HAFT_COLD inline std::string listing_of(const tool& t) {
    std::string out;
    mcp::append_tool(out, t, t.name, mcp::stateless_revision);
    return out;
}

/// Where calls of a tool go: `haft.weather.forecast.1f3a…`. A tool that is another one has another subject, so that a call never reaches what
/// its caller does not know, and workers of two versions may serve side by side.
HAFT_COLD inline std::string subject_of(std::string_view service, std::string_view tool_name, std::string_view listing) {
    constexpr std::size_t digits = 16;
    std::string name(tool_name);  // its parts are the subject's, where none of them is empty
    if (name.starts_with('.') || name.ends_with('.') || name.find("..") != name.npos) std::replace(name.begin(), name.end(), '.', '_');
    return concat({"haft.", service, ".", name, ".", std::string_view(sha256_of(listing)).substr(0, digits)});
}
HAFT_COLD inline std::string cancel_subject_of(std::string_view service) { return concat({"haft.", service, ".$cancel"}); }

namespace detail {

inline constexpr std::string_view queue_group = "q";  // the API's default

HAFT_COLD inline void append_identity(std::string& out, const service_info& s, std::string_view what) {
    append_all(out, {"{\"type\":\"io.nats.micro.v1.", what, "_response\",\"name\":", json::string_text(s.name), ",\"id\":", json::string_text(s.id),
                     ",\"version\":", json::string_text(s.version), ",\"metadata\":{\"", cancel_metadata, "\":", json::string_text(s.cancel_subject), "}"});
}
HAFT_COLD inline void append_endpoint(std::string& out, std::string_view name, std::string_view subject) {
    append_all(out, {"{\"name\":", json::string_text(name), ",\"subject\":", json::string_text(subject), ",\"queue_group\":\"", queue_group, "\""});
}

}  // namespace detail

HAFT_COLD inline std::string ping_text(const service_info& s) {
    std::string out;
    detail::append_identity(out, s, "ping");
    return out += '}';
}

HAFT_COLD inline std::string info_text(const service_info& s) {
    std::string out;
    detail::append_identity(out, s, "info");
    append_all(out, {",\"description\":", json::string_text(s.description), ",\"endpoints\":["});
    for (std::size_t i = 0; i < s.endpoints.size(); ++i) {
        if (i) out += ',';
        detail::append_endpoint(out, s.endpoints[i].name, s.endpoints[i].subject);
        append_all(out, {",\"metadata\":{\"", tool_metadata, "\":", json::string_text(s.endpoints[i].tool), "}}"});
    }
    return out += "]}";
}

/// `started`: a time as RFC 3339 has it.
HAFT_COLD inline std::string stats_text(const service_info& s, std::string_view started, const std::vector<endpoint_stats>& all) {
    std::string out;
    detail::append_identity(out, s, "stats");
    append_all(out, {",\"started\":", json::string_text(started), ",\"endpoints\":["});
    for (std::size_t i = 0; i < all.size(); ++i) {
        const endpoint_stats& one = all[i];
        const auto spent = static_cast<std::uint64_t>(one.processing_time.count());
        if (i) out += ',';
        detail::append_endpoint(out, one.name, one.subject);
        append_all(out, {",\"num_requests\":", decimal(one.requests), ",\"num_errors\":", decimal(one.errors), ",\"last_error\":",
                         json::string_text(one.last_error), ",\"processing_time\":", decimal(spent), ",\"average_processing_time\":",
                         decimal(one.requests ? spent / one.requests : 0), "}"});
    }
    return out += "]}";
}

/// Reads what a service answers to `$SRV.INFO`. Endpoints of services that have nothing to do with haft have no `tool`. An error (E0424) says
/// what it lacks.
HAFT_COLD inline result<service_info> read_service_info(std::string_view text) {
    const auto no = [&](std::string_view why) {
        return error{errc::bad_server_message, concat({"an answer to $SRV.INFO ", why, ": ", in_quotes(text.substr(0, 120))})};
    };
    if (!json::is_json(text)) return no("is no JSON");
    const std::vector<json::member_piece> all = json::members_of(text);
    const auto string_in = [](const std::vector<json::member_piece>& of, std::string_view name) { return json::string_of(json::value_of(of, name)); };
    service_info out{.name = string_in(all, "name"), .id = string_in(all, "id"), .version = string_in(all, "version"),
                     .description = string_in(all, "description")};
    if (!legal_service_name(out.name) || out.id.empty()) return no("has no name and id");
    out.cancel_subject = string_in(json::members_of(json::value_of(all, "metadata")), cancel_metadata);
    for (const std::string_view one : json::items_of(json::value_of(all, "endpoints"))) {
        const std::vector<json::member_piece> m = json::members_of(one);
        endpoint_info at{.name = string_in(m, "name"), .subject = string_in(m, "subject")};
        if (at.subject.empty()) return no("has an endpoint without a subject");
        at.tool = string_in(json::members_of(json::value_of(m, "metadata")), tool_metadata);
        out.endpoints.push_back(std::move(at));
    }
    return out;
}

}  // namespace haft::inline v0::remote

#endif  // HAFT_REMOTE_SERVICE_WIRE_HPP
