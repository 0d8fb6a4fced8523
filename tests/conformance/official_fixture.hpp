// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_CONFORMANCE_OFFICIAL_FIXTURE_HPP
#define HAFT_TESTS_CONFORMANCE_OFFICIAL_FIXTURE_HPP

/// What MCP's official suite of scenarios wants of a server under test (@modelcontextprotocol/conformance): each name and text is
/// the suite's. Any transport can serve it.

#include <haft/haft.hpp>
#include <haft/mcp/offer/live_offer.hpp>
#include <haft/tool/ask.hpp>

#include <boost/describe/enum.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace official {

using haft::call_context;
using haft::result;
using haft::mcp::named_values;

inline std::string png() {
    constexpr unsigned char bytes[] = {
        0x89, 'P',  'N',  'G',  '\r', '\n', 0x1A, '\n', 0,    0,    0,   0x0D, 'I',  'H',  'D',  'R',  0,
        0,    0,    1,    0,    0,    0,    1,    8,    6,    0,    0,   0,    0x1F, 0x15, 0xC4, 0x89, 0,
        0,    0,    0x0A, 'I',  'D',  'A',  'T',  0x78, 0x9C, 0x63, 0,   1,    0,    0,    5,    0,    1,
        0x0D, 0x0A, 0x2D, 0xB4, 0,    0,    0,    0,    'I',  'E',  'N', 'D',  0xAE, 0x42, 0x60, 0x82};
    return {bytes, bytes + sizeof bytes};
}
inline std::string wav() {
    using namespace std::string_view_literals;
    return std::string("RIFF&\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0@\x1f\0\0\x80>\0\0\2\0\x10\0data\2\0\0\0\0\0"sv);
}

// --- plain tools

inline std::string simple_text() { return "This is a simple text response for testing."; }
inline haft::image image_content() { return {png()}; }
inline haft::audio audio_content() { return {wav()}; }
inline haft::resource embedded_resource() {
    return {"test://embedded-resource", "text/plain", "This is an embedded resource content."};
}
inline haft::content multiple_content_types() {
    return {"Multiple content types test:", haft::image{png()},
            haft::resource{"test://mixed-content-resource", "application/json", R"({"test":"data","value":123})"}};
}
inline std::string with_logging(call_context& context) {
    context.log(haft::log_level::info, "Tool execution started");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    context.log(haft::log_level::info, "Tool processing data");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    context.log(haft::log_level::info, "Tool execution completed");
    return "Tool with logging executed successfully";
}
inline std::string with_progress(call_context& context) {
    for (const int done : {0, 50, 100}) {
        context.progress(done, 100, "Completed step " + std::to_string(done) + " of 100");
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return "Progress done";
}
inline std::string error_handling() { throw std::runtime_error("This tool intentionally returns an error for testing"); }
inline std::string logging_tool(call_context& context) {
    context.log(haft::log_level::info, "A message for who wants one");
    return "Logged";
}

// --- tools that ask

struct prompt_args {
    std::string prompt;
    static constexpr std::array haft_fields{haft::field{"prompt", "The prompt to send to the model"}};
};
struct message_args {
    std::string message;
    static constexpr std::array haft_fields{haft::field{"message", "What to ask"}};
};
inline result<std::string> sampling(const prompt_args& a, call_context& context) {
    const auto said = context.sample({.messages = {{haft::speaker::user, a.prompt}}, .max_tokens = 100});
    if (!said) return said.error();
    return "LLM response: " + said->text();
}
struct user_form {
    std::string username;
    std::string email;
    static constexpr std::array haft_fields{haft::field{"username", "User's response"}, haft::field{"email", "User's email address"}};
};
inline std::string action_of(haft::reply r) {
    return r == haft::reply::accept ? "accept" : r == haft::reply::decline ? "decline" : "cancel";
}
inline result<std::string> elicitation(const message_args& a, call_context& context) {
    const auto who = context.ask<user_form>(a.message);
    if (!who) return who.error();
    return "User response: " + action_of(who->reply) + " " + who->value.username + " " + who->value.email;
}
enum class status { active, inactive, pending };
BOOST_DESCRIBE_ENUM(status, active, inactive, pending)
struct defaults_form {
    std::string name = "John Doe";
    int age = 30;
    double score = 95.5;
    enum status status = status::active;
    bool verified = true;
    static constexpr std::array haft_fields{haft::field{"name", "User name", haft::not_required}};
};
inline result<std::string> elicitation_defaults(call_context& context) {
    const auto got = context.ask<defaults_form>("Please review and update the form fields with defaults");
    if (!got) return got.error();
    return "Elicitation completed: action=" + action_of(got->reply);
}
inline result<std::string> elicitation_enums(call_context& context) {
    const auto got = context.ask_form("Please select options from the enum fields", R"form({"type":"object","properties":{
        "untitledSingle":{"type":"string","description":"Select one option","enum":["option1","option2","option3"]},
        "titledSingle":{"type":"string","description":"Select one option with titles","oneOf":[{"const":"value1","title":"First Option"},{"const":"value2","title":"Second Option"},{"const":"value3","title":"Third Option"}]},
        "legacyEnum":{"type":"string","description":"Select one option (legacy)","enum":["opt1","opt2","opt3"],"enumNames":["Option One","Option Two","Option Three"]},
        "untitledMulti":{"type":"array","description":"Select multiple options","minItems":1,"maxItems":3,"items":{"type":"string","enum":["option1","option2","option3"]}},
        "titledMulti":{"type":"array","description":"Select multiple options with titles","minItems":1,"maxItems":3,"items":{"anyOf":[{"const":"value1","title":"First Choice"},{"const":"value2","title":"Second Choice"},{"const":"value3","title":"Third Choice"}]}}
        },"required":[]})form");
    if (!got) return got.error();
    return "Elicitation completed: action=" + action_of(got->reply) + " " + got->value;
}

// --- input_required (2026-07-28)

struct name_form {
    std::string name;
};
struct ok_form {
    bool ok;
    static constexpr std::array haft_fields{haft::field{"ok", "Yes or no", haft::required}};
};
struct color_form {
    std::string color;
};
struct context_form {
    std::string context;
};
inline result<std::string> input_elicitation(call_context& context) {
    const auto who = context.ask<name_form>("What is your name?", "user_name");
    if (!who) return who.error();
    return "Hello, " + who->value.name + "!";
}
inline result<std::string> input_sampling(call_context& context) {
    const auto said = context.sample({.messages = {{haft::speaker::user, "What is the capital of France?"}}, .max_tokens = 100}, "capital_question");
    if (!said) return said.error();
    return said->text();
}
inline result<std::string> input_list_roots(call_context& context) {
    const auto roots = context.roots("client_roots");
    if (!roots) return roots.error();
    std::string out = "Roots:";
    for (const haft::root& r : *roots) out += " " + r.uri;
    return out;
}
inline result<std::string> input_request_state(call_context& context) {
    if (context.state().empty()) context.keep("state-ok");
    const auto sure = context.ask<ok_form>("Please confirm", "confirm");
    if (!sure) return sure.error();
    return std::string(context.state());
}
inline result<std::string> input_multiple(call_context& context) {
    const auto who = context.ask<name_form>("What is your name?", "user_name");
    const auto said = context.sample({.messages = {{haft::speaker::user, "Generate a greeting"}}, .max_tokens = 50}, "greeting");
    const auto roots = context.roots("client_roots");
    if (!who) return who.error();
    if (!said) return said.error();
    if (!roots) return roots.error();
    return said->text() + " " + who->value.name;
}
inline result<std::string> input_multi_round(call_context& context) {
    const auto who = context.ask<name_form>("Step 1: What is your name?", "step1");
    if (!who) return who.error();
    const auto color = context.ask<color_form>("Step 2: What is your favorite color?", "step2");
    if (!color) return color.error();
    return who->value.name + " likes " + color->value.color;
}
inline result<std::string> input_capabilities(call_context& context) {
    const auto who = context.ask<name_form>("What is your name?", "user_name");
    const auto said = context.sample({.messages = {{haft::speaker::user, "Hello"}}, .max_tokens = 50}, "greeting");
    if (!who && who.error().code != haft::errc::cannot_ask) return who.error();
    if (!said && (said.error().code != haft::errc::cannot_ask || !who)) return said.error();
    return (said ? said->text() : std::string()) + (who ? who->value.name : std::string());
}
inline result<std::string> missing_capability(call_context& context) {
    const auto said = context.sample({.messages = {{haft::speaker::user, "Hello"}}});
    if (!said) return said.error();
    return said->text();
}
inline result<std::string> streaming_elicitation(call_context& context) {
    context.progress(0, 1, "Asking");
    const auto who = context.ask<name_form>("What is your name?", "user_name");
    if (!who) return who.error();
    return who->value.name;
}

// --- schemas as they are written

inline std::string any_name(haft::arg<"name", std::string> name) { return *name; }
constexpr std::string_view schema_2020_12 = R"({"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
    "$defs":{"address":{"$anchor":"addressDef","type":"object","properties":{"street":{"type":"string"},"city":{"type":"string"}}}},
    "properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},"contactMethod":{"type":"string","enum":["phone","email"]},"phone":{"type":"string"},"email":{"type":"string"}},
    "allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],
    "if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},"then":{"required":["phone"]},"else":{"required":["email"]},
    "additionalProperties":false})";
inline std::string in_region(haft::arg<"region", std::string> region) { return "In " + *region; }
constexpr std::string_view schema_with_header =
    R"({"type":"object","properties":{"region":{"type":"string","description":"Where","x-mcp-header":"Region"}},"required":["region"],"additionalProperties":false})";

inline std::string once() { return "A tool that comes and goes"; }

inline std::vector<haft::mcp::prompt> prompts() {
    using haft::mcp::prompt_messages;
    using made = result<prompt_messages>;
    std::vector<haft::mcp::prompt> out;
    out.push_back({.name = "test_simple_prompt", .description = "A simple prompt without arguments", .get = [](const named_values&, call_context&) -> made {
                       return prompt_messages{{{haft::speaker::user, "This is a simple prompt for testing."}}};
                   }});
    const auto complete = [](std::string_view typed, const named_values&) {
        std::vector<std::string> fits;
        for (const std::string_view word : {"paris", "park", "party", "test"})
            if (word.starts_with(typed)) fits.emplace_back(word);
        return fits;
    };
    out.push_back({.name = "test_prompt_with_arguments",
                   .description = "A prompt with required arguments",
                   .arguments = {{.name = "arg1", .description = "First test argument", .required = true, .complete = complete},
                                 {.name = "arg2", .description = "Second test argument", .required = true, .complete = complete}},
                   .get = [](const named_values& v, call_context&) -> made {
                       return prompt_messages{{{haft::speaker::user, "Prompt with arguments: arg1='" + v.at("arg1") + "', arg2='" + v.at("arg2") + "'"}}};
                   }});
    out.push_back({.name = "test_prompt_with_embedded_resource",
                   .description = "A prompt that includes an embedded resource",
                   .arguments = {{.name = "resourceUri", .description = "URI of the resource to embed", .required = true}},
                   .get = [](const named_values& v, call_context&) -> made {
                       return prompt_messages{{{haft::speaker::user, haft::resource{v.at("resourceUri"), "text/plain", "Embedded resource content for testing."}},
                                               {haft::speaker::user, "Please process the embedded resource above."}}};
                   }});
    out.push_back({.name = "test_prompt_with_image", .description = "A prompt that includes image content", .get = [](const named_values&, call_context&) -> made {
                       return prompt_messages{{{haft::speaker::user, haft::image{png()}}, {haft::speaker::user, "Please analyze the image above."}}};
                   }});
    out.push_back({.name = "test_input_required_result_prompt", .description = "A prompt that needs an answer", .get = [](const named_values&, call_context& context) -> made {
                       const auto got = context.ask<context_form>("What context should the prompt use?", "user_context");
                       if (!got) return got.error();
                       return prompt_messages{{{haft::speaker::user, "Context: " + got->value.context}}};
                   }});
    return out;
}

inline std::vector<haft::mcp::resource_entry> resources() {
    using haft::mcp::resource_contents;
    const auto text = [](std::string what) {
        return [what = std::move(what)](call_context&) -> result<resource_contents> { return resource_contents{{"", "text/plain", what}}; };
    };
    return {{.uri = "test://static-text", .name = "Static Text Resource", .description = "A static text resource for testing", .mime_type = "text/plain",
             .read = text("This is the content of the static text resource.")},
            {.uri = "test://static-binary", .name = "Static Binary Resource", .description = "A static binary resource (image) for testing", .mime_type = "image/png",
             .read = [](call_context&) -> result<resource_contents> {
                 const std::string bytes = png();
                 return resource_contents{{"", "image/png", std::vector<unsigned char>(bytes.begin(), bytes.end())}};
             }},
            {.uri = "test://watched-resource", .name = "Watched Resource", .description = "A resource that can be watched", .mime_type = "text/plain",
             .read = text("Watched resource content")}};
}
inline std::vector<haft::mcp::resource_template> templates() {
    haft::mcp::resource_template t{.uri_template = "test://template/{id}/data", .name = "Template Resource", .description = "A resource template with one parameter",
                                   .mime_type = "application/json"};
    t.read = [](const std::string&, const named_values& v, call_context&) -> result<haft::mcp::resource_contents> {
        const std::string& id = v.at("id");
        return haft::mcp::resource_contents{{"", "application/json", "{\"id\":\"" + id + "\",\"templateTest\":true,\"data\":\"Data for ID: " + id + "\"}"}};
    };
    return {t};
}

/// What is offered, and changes by two of its own tools.
inline std::shared_ptr<haft::mcp::live_offer> make_offer() {
    struct place {
        std::weak_ptr<haft::mcp::live_offer> live;
    };
    const auto here = std::make_shared<place>();
    const auto tools = [here](bool with_once, const auto& self) -> haft::toolset {
        haft::toolset out;
        const auto add = [&](std::string_view name, std::string_view description, const haft::tool& t, std::string_view schema = {}) {
            haft::tool named = t;
            if (!schema.empty()) named.input_schema = schema;
            named.name = name;
            named.description = description;
            if (!out.add(named)) throw std::runtime_error("a tool was refused");
        };
        add("test_simple_text", "Tests simple text content", haft::make<&simple_text>(""));
        add("test_image_content", "Tests image content", haft::make<&image_content>(""));
        add("test_audio_content", "Tests audio content", haft::make<&audio_content>(""));
        add("test_embedded_resource", "Tests embedded resource content", haft::make<&embedded_resource>(""));
        add("test_multiple_content_types", "Tests several kinds of content", haft::make<&multiple_content_types>(""));
        add("test_tool_with_logging", "Tests log messages", haft::make<&with_logging>(""));
        add("test_tool_with_progress", "Tests progress", haft::make<&with_progress>(""));
        add("test_error_handling", "Tests errors", haft::make<&error_handling>(""));
        add("test_sampling", "Tests sampling", haft::make<&sampling>(""));
        add("test_elicitation", "Tests elicitation", haft::make<&elicitation>(""));
        add("test_elicitation_sep1034_defaults", "Tests defaults of forms", haft::make<&elicitation_defaults>(""));
        add("test_elicitation_sep1330_enums", "Tests choices of forms", haft::make<&elicitation_enums>(""));
        add("test_input_required_result_elicitation", "Asks a person", haft::make<&input_elicitation>(""));
        add("test_input_required_result_sampling", "Asks a model", haft::make<&input_sampling>(""));
        add("test_input_required_result_list_roots", "Asks for folders", haft::make<&input_list_roots>(""));
        add("test_input_required_result_request_state", "Keeps a state", haft::make<&input_request_state>(""));
        add("test_input_required_result_multiple_inputs", "Asks three things", haft::make<&input_multiple>(""));
        add("test_input_required_result_multi_round", "Asks twice", haft::make<&input_multi_round>(""));
        add("test_input_required_result_tampered_state", "Keeps a state that nobody may change", haft::make<&input_request_state>(""));
        add("test_input_required_result_capabilities", "Asks what the client can", haft::make<&input_capabilities>(""));
        add("test_missing_capability", "Needs sampling", haft::make<&missing_capability>(""));
        add("test_streaming_elicitation", "Asks in a stream", haft::make<&streaming_elicitation>(""));
        add("test_logging_tool", "Logs once", haft::make<&logging_tool>(""));
        add("json_schema_2020_12_tool", "Tool with JSON Schema 2020-12 features", haft::make<&any_name>(""), schema_2020_12);
        add("test_custom_header", "Repeats a parameter in a header", haft::make<&in_region>(""), schema_with_header);
        if (with_once) add("test_once", "Comes and goes", haft::make<&once>(""));
        const auto refused = [](const auto& added) {
            if (!added) throw std::runtime_error(added.error().text());
        };
        refused(out.add("test_trigger_tool_change", "Changes the list of tools", [here, with_once, self] {
            if (const auto live = here->live.lock()) live->publish(haft::mcp::offer::of(self(!with_once, self)));
            return std::string("Tools changed");
        }));
        refused(out.add("test_trigger_prompt_change", "Changes the list of prompts", [here] {
            if (const auto live = here->live.lock()) live->publish(haft::mcp::offer{}.with(prompts()));
            return std::string("Prompts changed");
        }));
        return out;
    };
    auto live = std::make_shared<haft::mcp::live_offer>(haft::mcp::offer::of(tools(false, tools)).with(prompts()).with(resources(), templates()));
    here->live = live;
    return live;
}

inline haft::mcp::server_options options() {
    haft::mcp::server_options out;
    out.name = "haft-conformance";
    out.version = "1.0.0";
    out.list_ttl = std::chrono::seconds(60);
    return out;
}

}  // namespace official

#endif  // HAFT_TESTS_CONFORMANCE_OFFICIAL_FIXTURE_HPP
