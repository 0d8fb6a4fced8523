// SPDX-License-Identifier: BSL-1.0
// What the official conformance suite wants of a server over HTTP: suite_server PORT [--without TOOL]. (Without one of its tools the
// suite must find something.)

#include <haft/haft.hpp>
#include <haft/mcp/live_offer.hpp>
#include <haft/mcp/transport/http.hpp>
#include <haft/tool/ask.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using haft::call_context;
using haft::result;

namespace {

// The smallest PNG there is: one transparent pixel.
std::string png() {
    constexpr unsigned char bytes[] = {
        0x89, 'P',  'N',  'G',  '\r', '\n', 0x1A, '\n', 0,    0,    0,   0x0D, 'I',  'H',  'D',  'R',  0,
        0,    0,    1,    0,    0,    0,    1,    8,    6,    0,    0,   0,    0x1F, 0x15, 0xC4, 0x89, 0,
        0,    0,    0x0A, 'I',  'D',  'A',  'T',  0x78, 0x9C, 0x63, 0,   1,    0,    0,    5,    0,    1,
        0x0D, 0x0A, 0x2D, 0xB4, 0,    0,    0,    0,    'I',  'E',  'N', 'D',  0xAE, 0x42, 0x60, 0x82};
    return {bytes, bytes + sizeof bytes};
}
std::string action_of(haft::reply r) { return r == haft::reply::accept ? "accept" : r == haft::reply::decline ? "decline" : "cancel"; }

constexpr std::string_view name_form = R"({"type":"object","properties":{"name":{"type":"string"}},"required":["name"]})";
constexpr std::string_view ok_form = R"({"type":"object","properties":{"ok":{"type":"boolean"}},"required":["ok"]})";
struct name_of_user {
    std::string name;
};

result<std::string> ask_name(call_context& c, std::string_view question, std::string_view key) {
    const auto a = c.ask<name_of_user>(question, key);
    if (!a) return a.error();
    return *a ? a->value.name : std::string("stranger");
}
result<std::string> ask_by_form(call_context& c, std::string_view message, std::string_view schema) {
    const auto a = c.ask_form(message, schema);
    if (!a) return a.error();
    return haft::concat({"Elicitation completed: action=", action_of(a->reply), ", content=", a->value.empty() ? "{}" : a->value});
}
haft::sampling_request say(std::string text, std::size_t tokens) { return {.messages = {{.content = std::move(text)}}, .max_tokens = tokens}; }

constexpr haft::tool with_schema(std::string_view name, std::string_view schema) {
    return {.name = name,
            .execute = [](const void*, std::string_view, call_context&, haft::result_writer& out) { out.text("done"); },
            .description = "Its schema is what counts",
            .title = "",
            .input_schema = schema,
            .output_schema = ""};
}
constexpr haft::tool schema_2020 = with_schema("json_schema_2020_12_tool", R"({"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
"$defs":{"address":{"$anchor":"addressDef","type":"object","properties":{"street":{"type":"string"},"city":{"type":"string"}}}},
"properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},"contactMethod":{"type":"string","enum":["phone","email"]},
"phone":{"type":"string"},"email":{"type":"string"}},"allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],
"if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},"then":{"required":["phone"]},"else":{"required":["email"]},
"additionalProperties":false})");
constexpr haft::tool with_header = with_schema("test_header_parameters",
                                               R"({"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"}},"required":["region"]})");

class fixture {
public:
    explicit fixture(std::string without) : without_(std::move(without)), offer_(std::make_shared<haft::mcp::live_offer>(everything(0))) {}
    const std::shared_ptr<haft::mcp::live_offer>& offer() const { return offer_; }

private:
    haft::mcp::offer everything(int changes) {
        return haft::mcp::offer::of(tools(changes)).with(prompts(changes)).with(resources(), templates());
    }
    template <class F>
    void add(haft::toolset& to, const char* name, F run) {
        if (without_ != name) to.add(name, "For the conformance suite", std::move(run));
    }

    haft::toolset tools(int changes) {
        haft::toolset all;
        add(all, "test_simple_text", [] { return std::string("This is a simple text response for testing."); });
        add(all, "test_image_content", [] { return haft::image{png()}; });
        add(all, "test_audio_content", [] { return haft::audio{"RIFF\x24\0\0\0WAVE"}; });
        add(all, "test_embedded_resource", [] {
            return haft::content{haft::resource{"test://embedded-resource", "text/plain", "This is an embedded resource content."}};
        });
        add(all, "test_multiple_content_types", [] {
            return haft::content{"Multiple content types test:", haft::image{png()},
                                 haft::resource{"test://mixed-content-resource", "application/json", R"({"test":"data","value":123})"}};
        });
        add(all, "test_tool_with_logging", [](call_context& c) {
            for (const char* text : {"Tool execution started", "Tool processing data", "Tool execution completed"}) {
                c.log(haft::log_level::info, text);
                std::this_thread::sleep_for(50ms);
            }
            return std::string("logged");
        });
        add(all, "test_logging_tool", [](call_context& c) {
            c.log(haft::log_level::info, "a message");
            return std::string("logged");
        });
        add(all, "test_error_handling",
            []() -> std::string { throw std::runtime_error("This tool intentionally returns an error for testing"); });
        add(all, "test_tool_with_progress", [](call_context& c) {
            for (const int done : {0, 50, 100}) {
                c.progress(done, 100);
                std::this_thread::sleep_for(50ms);
            }
            return std::string("done");
        });
        add(all, "test_reconnection", [](call_context& c) {
            for (int i = 0; i < 80 && !c.stop_requested(); ++i) std::this_thread::sleep_for(10ms);
            return std::string("reconnected");
        });
        add(all, "test_sampling", [](haft::arg<"prompt", std::string> prompt, call_context& c) -> result<std::string> {
            const auto said = c.sample(say(*prompt, 100));
            if (!said) return said.error();
            return "LLM response: " + said->text();
        });
        add(all, "test_elicitation", [](haft::arg<"message", std::string> message, call_context& c) -> result<std::string> {
            return ask_by_form(c, *message,
                               R"({"type":"object","properties":{"username":{"type":"string","description":"User's response"},)"
                               R"("email":{"type":"string","description":"User's email address"}},"required":["username","email"]})");
        });
        add(all, "test_elicitation_sep1034_defaults", [](call_context& c) {
            return ask_by_form(c, "Please review",
                               R"({"type":"object","properties":{"name":{"type":"string","default":"John Doe"},"age":{"type":"integer","default":30},)"
                               R"("score":{"type":"number","default":95.5},"status":{"type":"string","enum":["active","inactive","pending"],"default":"active"},)"
                               R"("verified":{"type":"boolean","default":true}}})");
        });
        add(all, "test_elicitation_sep1330_enums", [](call_context& c) {
            return ask_by_form(
                c, "Please choose",
                R"({"type":"object","properties":{"untitledSingle":{"type":"string","enum":["option1","option2","option3"]},)"
                R"("titledSingle":{"type":"string","oneOf":[{"const":"value1","title":"First Option"},{"const":"value2","title":"Second Option"}]},)"
                R"("legacyEnum":{"type":"string","enum":["opt1","opt2","opt3"],"enumNames":["Option One","Option Two","Option Three"]},)"
                R"("untitledMulti":{"type":"array","items":{"type":"string","enum":["option1","option2","option3"]}},)"
                R"("titledMulti":{"type":"array","items":{"anyOf":[{"const":"value1","title":"First Choice"},{"const":"value2","title":"Second Choice"}]}}}})");
        });
        stateless_tools(all);
        add(all, "test_trigger_tool_change", [this] { return change(); });
        add(all, "test_trigger_prompt_change", [this] { return change(); });
        for (const haft::tool& one : {schema_2020, with_header})
            if (without_ != one.name) all.add(one);
        if (changes % 2) add(all, "test_that_comes_and_goes", [] { return std::string("here"); });
        return all;
    }

    void stateless_tools(haft::toolset& all) {
        add(all, "test_missing_capability", [](call_context& c) -> result<std::string> {
            const auto said = c.sample(say("Hello", 10));
            if (!said) return said.error();
            return said->text();
        });
        add(all, "test_streaming_elicitation", [](call_context& c) -> result<std::string> {
            c.progress(1, 2);
            return ask_name(c, "What is your name?", "user_name");
        });
        add(all, "test_input_required_result_elicitation", [](call_context& c) -> result<std::string> {
            const auto name = ask_name(c, "What is your name?", "user_name");
            if (!name) return name.error();
            return "Hello, " + *name + "!";
        });
        add(all, "test_input_required_result_sampling", [](call_context& c) -> result<std::string> {
            const auto said = c.sample(say("What is the capital of France?", 100), "capital_question");
            if (!said) return said.error();
            return said->text();
        });
        add(all, "test_input_required_result_list_roots", [](call_context& c) -> result<std::string> {
            const auto roots = c.roots("client_roots");
            if (!roots) return roots.error();
            std::string out = "Roots:";
            for (const haft::root& r : *roots) haft::append_all(out, {" ", r.uri});
            return out;
        });
        const auto confirm = [](call_context& c) -> result<std::string> {
            c.keep("kept");
            const auto a = c.ask_form("Please confirm", ok_form, "confirm");
            if (!a) return a.error();
            return "state-ok: " + std::string(c.state());
        };
        add(all, "test_input_required_result_request_state", confirm);
        add(all, "test_input_required_result_tampered_state", confirm);
        add(all, "test_input_required_result_multiple_inputs", [](call_context& c) -> result<std::string> {
            const auto name = c.ask_form("What is your name?", name_form, "user_name");
            const auto greeting = c.sample(say("Generate a greeting", 50), "greeting");
            const auto roots = c.roots("client_roots");
            if (!name) return name.error();
            if (!greeting) return greeting.error();
            if (!roots) return roots.error();
            return greeting->text() + ", " + name->value;
        });
        add(all, "test_input_required_result_multi_round", [](call_context& c) -> result<std::string> {
            const auto name = ask_name(c, "Step 1: What is your name?", "step1");
            if (!name) return name.error();
            const auto colour = c.ask_form("Step 2: What is your favorite color?",
                                           R"({"type":"object","properties":{"color":{"type":"string"}},"required":["color"]})", "step2");
            if (!colour) return colour.error();
            return *name + " likes " + colour->value;
        });
        add(all, "test_input_required_result_capabilities", [](call_context& c) -> result<std::string> {
            const auto name = ask_name(c, "What is your name?", "user_name");
            if (name || name.error().code != haft::errc::cannot_ask) return name;
            const auto said = c.sample(say("Make up a name", 50), "name");
            if (!said) return said.error();
            return said->text();
        });
    }

    std::vector<haft::mcp::prompt> prompts(int changes) {
        using haft::mcp::named_values;
        using haft::mcp::prompt_messages;
        std::vector<haft::mcp::prompt> all;
        all.push_back({.name = "test_simple_prompt", .description = "Simple", .get = [](const named_values&, call_context&) -> result<prompt_messages> {
                           return prompt_messages{{{.content = "This is a simple prompt for testing."}}};
                       }});
        all.push_back({.name = "test_prompt_with_arguments",
                       .description = "With arguments",
                       .arguments = {{.name = "arg1", .description = "First test argument", .required = true,
                                      .complete = [](const auto&...) { return std::vector<std::string>{"paris", "park", "party"}; }},
                                     {.name = "arg2", .description = "Second test argument", .required = true}},
                       .get = [](const named_values& given, call_context&) -> result<prompt_messages> {
                           return prompt_messages{{{.content = haft::concat({"Prompt with arguments: arg1='", given.at("arg1"), "', arg2='", given.at("arg2"), "'"})}}};
                       }});
        all.push_back({.name = "test_prompt_with_embedded_resource",
                       .description = "With a resource",
                       .arguments = {{.name = "resourceUri", .description = "Which", .required = true}},
                       .get = [](const named_values& given, call_context&) -> result<prompt_messages> {
                           return prompt_messages{{{.content = haft::resource{std::string(given.at("resourceUri")), "text/plain", "Embedded resource content for testing."}},
                                                   {.content = "Please process the embedded resource above."}}};
                       }});
        all.push_back({.name = "test_prompt_with_image", .description = "With an image", .get = [](const named_values&, call_context&) -> result<prompt_messages> {
                           return prompt_messages{{{.content = haft::image{png()}}, {.content = "Please analyze the image above."}}};
                       }});
        all.push_back({.name = "test_input_required_result_prompt", .description = "Asks", .get = [](const named_values&, call_context& c) -> result<prompt_messages> {
                           const auto a = c.ask_form("What context should the prompt use?",
                                                     R"({"type":"object","properties":{"context":{"type":"string"}},"required":["context"]})", "user_context");
                           if (!a) return a.error();
                           return prompt_messages{{{.content = "In the context of " + a->value}}};
                       }});
        if (changes % 2)
            all.push_back({.name = "test_that_comes_and_goes", .description = "Here", .get = [](const named_values&, call_context&) -> result<prompt_messages> {
                               return prompt_messages{};
                           }});
        return all;
    }
    static std::vector<haft::mcp::resource_entry> resources() {
        const auto entry = [](const char* uri, const char* name, const char* type, auto content) {
            return haft::mcp::resource_entry{.uri = uri, .name = name, .description = "For the conformance suite", .mime_type = type,
                                             .read = [=](call_context&) -> result<haft::mcp::resource_contents> {
                                                 return haft::mcp::resource_contents{haft::resource{uri, type, content}};
                                             }};
        };
        const std::string picture = png();
        return {entry("test://static-text", "Text", "text/plain", std::string("This is the content of the static text resource.")),
                entry("test://static-binary", "Binary", "image/png", std::vector<unsigned char>(picture.begin(), picture.end())),
                entry("test://watched-resource", "Watched", "text/plain", std::string("Watched"))};
    }
    static std::vector<haft::mcp::resource_template> templates() {
        return {{.uri_template = "test://template/{id}/data", .name = "Template", .description = "For the conformance suite", .mime_type = "application/json",
                 .read = [](const std::string& uri, const haft::mcp::named_values& given, call_context&) -> result<haft::mcp::resource_contents> {
                     const std::string id(given.at("id"));
                     return haft::mcp::resource_contents{haft::resource{
                         uri, "application/json", haft::concat({R"({"id":")", id, R"(","templateTest":true,"data":"Data for ID: )", id, "\"}"})}};
                 }}};
    }

    std::string change() {
        offer_->publish(everything(++changes_));
        return "changed";
    }

    std::string without_;
    int changes_ = 0;
    std::shared_ptr<haft::mcp::live_offer> offer_;
};

}  // namespace

int main(int argc, char** argv) {
    fixture all(argc > 3 && std::string_view(argv[2]) == "--without" ? argv[3] : "");
    haft::mcp::http_options options;
    options.port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0);
    options.server.name = "suite";
    options.server.version = "1.0.0";
    options.poll_after = 500ms;  // test_reconnection takes longer
    options.on_listening = [](const std::string& url) {
        std::puts(url.c_str());
        std::fflush(stdout);
    };
    haft::mcp::http_server server(all.offer(), std::move(options));
    if (const result<void> fine = server.listen(); !fine) return std::fputs((fine.error().text() + "\n").c_str(), stderr), 1;
    server.stop_on({SIGTERM, SIGINT});
    server.run();
}
