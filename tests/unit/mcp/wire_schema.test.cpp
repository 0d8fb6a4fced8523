// SPDX-License-Identifier: BSL-1.0
// Every frame that a server sends, against the schema of its revision. Skipped, aloud, where the schemas or jsoncons are not there.
#include <catch2/catch_test_macros.hpp>

#if !__has_include(<jsoncons_ext/jsonschema/jsonschema.hpp>)

TEST_CASE("frames keep the schema of their revision", "[mcp][IO-05]") { SKIP("jsoncons is not there; scripts/deps.sh brings it"); }

#else

#include <haft/mcp/server.hpp>
#include <haft/tool.hpp>
#include <haft/tool/ask.hpp>

#include <boost/describe/enum.hpp>
#include <jsoncons/json.hpp>
#include <jsoncons_ext/jsonschema/jsonschema.hpp>

#include <array>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wire_schema_test {
enum class size { s, l };
BOOST_DESCRIBE_ENUM(size, s, l)
enum class topping { ham, egg };
BOOST_DESCRIBE_ENUM(topping, ham, egg)
}  // namespace wire_schema_test
template <>
inline constexpr std::array haft::enum_titles<wire_schema_test::topping>{haft::titled{wire_schema_test::topping::ham, "Ham"}};

namespace {

using haft::call_context;
using haft::result;
using jsoncons::json;

struct form {
    std::string name = "John Doe";
    int age = 30;
    double score = 95.5;
    bool sure = true;
    wire_schema_test::size size = wire_schema_test::size::l;
    wire_schema_test::topping one = wire_schema_test::topping::egg;
    std::optional<std::string> mail;
    static constexpr std::array haft_fields{haft::field{"name", "Who", haft::min_length(1)}, haft::field{"age", "", haft::minimum(0), haft::maximum(150)},
                                            haft::field{"mail", "Where", haft::format("email")}};
};
struct wide_form {
    std::vector<wire_schema_test::size> some;
    std::vector<wire_schema_test::topping> titled;
    static constexpr std::array haft_fields{haft::field{"some", "", haft::min_items(1), haft::max_items(2)}};
};

std::string fill_in(call_context& context) { return context.ask<form>("Fill in", "form") ? "done" : throw std::runtime_error("not yet"); }
std::string fill_in_more(call_context& context) { return context.ask<wide_form>("More", "more") ? "done" : throw std::runtime_error("not yet"); }
std::string open_page(call_context& context) { return context.ask_url("Log in", "https://example.org", "page") ? "done" : throw std::runtime_error("not yet"); }
std::string think(call_context& context) {
    return context.sample({.messages = {{haft::speaker::user, "Hi"}, {haft::speaker::assistant, haft::image{"png"}}}, .system = "s", .temperature = 0.5, .stop = {"."}}, "said")
               ? "done"
               : throw std::runtime_error("not yet");
}
std::string look(call_context& context) { return context.roots() ? "done" : throw std::runtime_error("not yet"); }
haft::content every_block() {
    return {"a text", haft::image{"png"}, haft::audio{"RIFF"}, haft::resource{"file:///a.md", "text/markdown", "# A"},
            haft::resource{"file:///a.bin", "application/octet-stream", std::vector<unsigned char>{0, 255}},
            haft::resource_link{"https://example.org/a", "A page", "About A", "text/html"}};
}
struct point {
    int x = 1;
    std::optional<double> y;
};
point origin() { return {}; }
std::vector<int> numbers() { return {1, 2}; }
std::string tells(call_context& context) {
    context.progress(1, 2, "half");
    context.log(haft::log_level::error, "e");
    return "told";
}

haft::mcp::offer offered() {
    haft::mcp::prompt p{.name = "p", .description = "P", .arguments = {{.name = "a", .description = "A", .required = true, .title = "An A"}}, .title = "Prompt"};
    p.arguments[0].complete = [](std::string_view, const haft::mcp::named_values&) { return std::vector<std::string>{"x"}; };
    p.get = [](const haft::mcp::named_values&, call_context&) -> result<haft::mcp::prompt_messages> {
        haft::mcp::prompt_messages out{.description = "made"};
        for (haft::content_block& block : every_block()) out.messages.push_back({haft::speaker::user, std::move(block)});
        return out;
    };
    const auto read = [](call_context&) -> result<haft::mcp::resource_contents> {
        return haft::mcp::resource_contents{{"", "text/plain", "t"}, {"", "image/png", std::vector<unsigned char>{1}}};
    };
    haft::mcp::resource_template t{.uri_template = "test://t/{id}", .name = "T", .description = "D", .mime_type = "text/plain", .title = "Template"};
    return haft::mcp::offer::of({haft::make<&fill_in>("F"), haft::make<&fill_in_more>(""), haft::make<&open_page>(""), haft::make<&think>(""), haft::make<&look>(""),
                                 haft::make<&every_block>({.description = "B", .title = "Blocks", .effect = haft::additive, .hints = haft::idempotent | haft::closed_world}),
                                 haft::make<&origin>(""), haft::make<&numbers>(""), haft::make<&tells>("")})
        .with(std::vector{p})
        .with({{.uri = "test://a", .name = "A", .description = "D", .mime_type = "text/plain", .read = read, .title = "T", .size = 2}}, {t});
}

/// The definitions of a revision's schema, compiled when they are first wanted.
class definitions {
public:
    explicit definitions(const std::string& file) {
        std::ifstream in(file);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        if (!text.empty()) whole_ = json::parse(text);
    }
    bool there() const { return !whole_.is_null(); }
    /// "" or what is wrong.
    std::string check(const std::string& name, const json& value) {
        auto& compiled = compiled_[name];
        if (!compiled) {
            const std::string key = whole_.contains("$defs") ? "$defs" : "definitions";
            if (!whole_[key].contains(name)) return "no definition of " + name;
            json schema = json::object();
            schema["$schema"] = whole_["$schema"];
            schema[key] = whole_[key];
            schema["allOf"] = json::array();
            json ref = json::object();
            ref["$ref"] = "#/" + key + "/" + name;
            schema["allOf"].push_back(ref);
            compiled = std::make_unique<jsoncons::jsonschema::json_schema<json>>(jsoncons::jsonschema::make_json_schema(std::move(schema)));
        }
        std::string wrong;
        compiled->validate(value, [&](const jsoncons::jsonschema::validation_message& m) {
            wrong += m.instance_location().string() + ": " + m.message() + "\n";
            return jsoncons::jsonschema::walk_result::advance;
        });
        return wrong;
    }

private:
    json whole_ = json::null();
    std::map<std::string, std::unique_ptr<jsoncons::jsonschema::json_schema<json>>> compiled_;
};

struct request {
    std::string method, params;
};

std::vector<request> requests() {
    std::vector<request> out{{"tools/list", ""}, {"prompts/list", ""}, {"resources/list", ""}, {"resources/templates/list", ""},
                             {"prompts/get", R"("name":"p","arguments":{"a":"x"})"}, {"prompts/get", R"("name":"none")"},
                             {"resources/read", R"("uri":"test://a")"}, {"resources/read", R"("uri":"test://none")"},
                             {"completion/complete", R"("ref":{"type":"ref/prompt","name":"p"},"argument":{"name":"a","value":""})"},
                             {"none/such", ""}, {"tools/call", R"("name":"none")"}};
    for (const char* const tool : {"fill_in", "fill_in_more", "open_page", "think", "look", "every_block", "origin", "numbers", "tells"})
        out.push_back({"tools/call", "\"name\":\"" + std::string(tool) + "\",\"arguments\":{}"});
    return out;
}

std::string definition_of_result(const std::string& method, const json& result, bool stateless) {
    if (stateless && result.at("resultType") == "input_required") return "InputRequiredResult";
    static const std::map<std::string, std::string> all{
        {"initialize", "InitializeResult"}, {"tools/list", "ListToolsResult"}, {"prompts/list", "ListPromptsResult"},
        {"resources/list", "ListResourcesResult"}, {"resources/templates/list", "ListResourceTemplatesResult"}, {"prompts/get", "GetPromptResult"},
        {"resources/read", "ReadResourceResult"}, {"completion/complete", "CompleteResult"}, {"tools/call", "CallToolResult"},
        {"server/discover", "DiscoverResult"}, {"subscriptions/listen", "SubscriptionsListenResult"}};
    const auto found = all.find(method);
    return found == all.end() ? "EmptyResult" : found->second;
}

}  // namespace

TEST_CASE("frames keep the schema of their revision", "[mcp][IO-05]") {
    for (const std::string revision : {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"}) {
        definitions schema("../shared/data/mcp-schema/schema/" + revision + "/schema.json");
        if (!schema.there()) SKIP("../shared/data/mcp-schema is not here");
        CAPTURE(revision);
        const bool stateless = revision == "2026-07-28";
        const auto live = std::make_shared<haft::mcp::live_offer>(offered());
        haft::mcp::server server(live, {.instructions = "Be kind.", .page_size = 4});
        std::string output, method;
        server.on_output([&](std::string_view frames) { output += frames; });
        std::size_t frames = 0, asked = 0;
        const auto check_output = [&] {
            for (std::size_t end = 0; !output.empty(); output.erase(0, end + 1)) {
                end = output.find('\n');
                const std::string line = output.substr(0, end);
                CAPTURE(line);
                const json frame = json::parse(line);
                ++frames;
                if (frame.contains("result")) {
                    CHECK(schema.check("JSONRPCMessage", frame) == "");
                    CHECK(schema.check(definition_of_result(method, frame.at("result"), stateless), frame.at("result")) == "");
                } else if (frame.contains("error")) {
                    CHECK(schema.check("JSONRPCMessage", frame) == "");
                } else if (frame.contains("id")) {
                    ++asked;
                    CHECK_FALSE(stateless);
                    CHECK(schema.check("ServerRequest", frame) == "");
                } else {
                    CHECK(schema.check("ServerNotification", frame) == "");
                }
            }
        };
        const auto send = [&](const std::string& to_method, const std::string& params) {
            method = to_method;
            const std::string meta = stateless ? R"("_meta":{"progressToken":1,"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/logLevel":"debug",)"
                                                 R"("io.modelcontextprotocol/clientCapabilities":{"elicitation":{"form":{},"url":{}},"sampling":{},"roots":{}}})"
                                               : R"("_meta":{"progressToken":1})";
            server.serve(R"({"jsonrpc":"2.0","id":)" + std::to_string(frames + 1000) + R"(,"method":")" + method + R"(","params":{)" + meta +
                         (params.empty() ? "" : ",") + params + "}}\n");
            check_output();
        };
        if (stateless) send("server/discover", "");
        else send("initialize", "\"protocolVersion\":\"" + revision + R"(","capabilities":{"elicitation":{"form":{},"url":{}},"sampling":{},"roots":{}})");
        for (const request& r : requests()) send(r.method, r.params);
        if (stateless) {
            send("subscriptions/listen", R"("notifications":{"toolsListChanged":true,"promptsListChanged":true,"resourcesListChanged":true,"resourceSubscriptions":["test://a"]})");
        } else {
            send("resources/subscribe", R"("uri":"test://a")");
            send("logging/setLevel", R"("level":"info")");
            send("ping", "");
        }
        live->resource_updated("test://a");
        haft::mcp::offer other = offered();
        live->publish(std::move(other));
        server.poll();
        check_output();
        if (stateless) {
            server.end_subscriptions();
            check_output();
        }
        CHECK(frames > 25);
        CHECK(asked == (revision == "2024-11-05" || revision == "2025-03-26" ? 2u : revision == "2025-06-18" ? 3u : stateless ? 0u : 5u));
    }
}

#endif
