// SPDX-License-Identifier: BSL-1.0
// The client that MCP's official suite runs: suite_client [--without answers] URL, once for each scenario, which is named in
// the environment. It does what a host does: mounts the server's tools and calls them. (If it answers nothing that servers ask, the suite
// must find something.)
#include <haft/host/mounted_tool.hpp>
#include <haft/json/pieces.hpp>
#include <haft/mcp/client/over_http.hpp>
#include <haft/mcp/client/server_connection.hpp>
#include <haft/tool.hpp>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value ? value : "";
}
std::string_view value(std::string_view object, std::string_view key) { return haft::json::value_of(haft::json::members_of(object), key); }

/// A form, filled in with what its schema proposes; what has no default is the first that fits.
std::string filled_in(std::string_view params) {
    std::string content;
    for (const haft::json::member_piece& one : haft::json::members_of(value(value(params, "requestedSchema"), "properties"))) {
        const std::string type = haft::json::string_of(value(one.value, "type"));
        std::string_view given = value(one.value, "default");
        if (given.empty()) {
            const auto choices = haft::json::items_of(value(one.value, "enum"));
            given = !choices.empty() ? choices[0] : type == "boolean" ? "true" : type == "string" ? "\"haft\"" : type == "array" ? "[]" : "1";
        }
        content.append(content.empty() ? "" : ",").append(one.key).append(":").append(given);
    }
    return "{\"action\":\"accept\",\"content\":{" + content + "}}";
}

}  // namespace

int main(int argc, char** argv) {
    const std::string scenario = variable("MCP_CONFORMANCE_SCENARIO");
    const std::string without = argc > 3 && std::string_view(argv[1]) == "--without" ? argv[2] : "";
    haft::result<haft::mcp::server_connector> connect = haft::mcp::over_http({.url = argc > 1 ? argv[argc - 1] : ""});
    if (!connect) return std::fputs((connect.error().text() + "\n").c_str(), stderr), 2;

    haft::mcp::server_connection_options options;
    options.connect = std::move(*connect);
    options.client.server = "suite";
    options.log = [](haft::log_level, std::string_view text) { std::fprintf(stderr, "%.*s\n", static_cast<int>(text.size()), text.data()); };
    std::shared_ptr<haft::mcp::server_connection> server;
    std::atomic<bool> asked{false};
    if (without != "answers") {
        options.answers = {haft::question_kind::form, haft::question_kind::sample, haft::question_kind::roots};
        options.answer = [&](const haft::question& q) -> haft::result<std::string> {
            // Between two rounds of one tool another one is called.
            if (scenario == "sep-2322-client-request-state" && !asked.exchange(true)) (void)server->call("test_mrtr_unrelated", "{}");
            if (q.kind == haft::question_kind::form) return filled_in(q.params);
            if (q.kind == haft::question_kind::roots) return std::string(R"({"roots":[]})");
            return std::string(R"({"role":"assistant","content":{"type":"text","text":"haft"},"model":"none","stopReason":"endTurn"})");
        };
    }
    server = std::make_shared<haft::mcp::server_connection>(options);

    const haft::result<std::vector<haft::mcp::remote_tool>> listed = server->list_tools();
    if (!listed) return std::fputs((listed.error().text() + "\n").c_str(), stderr), 1;
    haft::toolset tools;
    std::string focal;
    for (const haft::mcp::remote_tool& one : *listed) {
        if (one.name == "json_schema_2020_12_tool") focal = one.input_schema;
        if (const haft::result<void> fine = haft::host::mount_tool(tools, server, one); !fine)
            std::fprintf(stderr, "%s\n", fine.error().text().c_str());
    }
    if (scenario == "initialize" || scenario == "json-schema-ref-no-deref") return 0;

    std::vector<std::pair<std::string, std::string>> calls;
    for (const std::string_view one : haft::json::items_of(value(variable("MCP_CONFORMANCE_CONTEXT"), "toolCalls")))
        calls.emplace_back("suite." + haft::json::string_of(value(one, "name")), value(one, "arguments"));
    if (calls.empty())
        for (const haft::tool& one : tools) {
            std::string arguments = one.name == "suite.add_numbers" ? R"({"a":5,"b":3})" : one.name == "suite.valid_tool" ? R"({"region":"eu"})" : "{}";
            if (!focal.empty() && value(value(one.input_schema, "properties"), "schema") != "") arguments = "{\"schema\":" + focal + "}";
            calls.emplace_back(std::string(one.name), arguments);
        }
    for (const auto& [name, arguments] : calls) {
        const haft::result<std::string> out = tools.call(name, arguments);
        std::printf("%s: %s\n", name.c_str(), (out ? *out : out.error().text()).c_str());
    }
    return 0;
}
