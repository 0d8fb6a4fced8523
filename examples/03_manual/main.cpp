// SPDX-License-Identifier: BSL-1.0
// Qanot's manual registration: a name, words, a schema written by hand, a handler; and its validate_tool_params.
#include <haft/compat/qanot.hpp>
#include <haft/registry.hpp>

#include <cstdio>
#include <string>
#include <string_view>

namespace {

constexpr std::string_view weather_schema = R"({
    "type": "object",
    "required": ["city"],
    "properties": {
        "city": {"type": "string", "description": "Shahar nomi, masalan: Tashkent"},
        "days": {"type": "integer", "minimum": 1, "default": 1}
    }
})";
constexpr std::string_view two_texts =
    R"({"type":"object","required":["city"],"properties":{"city":{"type":"string"},"units":{"type":"string"}}})";

}  // namespace

int main() {
    haft::registry registry({.tools = haft::compat::qanot::tools});
    const haft::result<void> added = registry.add_tool(
        "weather_get", "Hozirgi ob-havo ma'lumotlari.", weather_schema,
        [](std::string_view params) { return haft::json_text(R"({"ok":true,"asked":)" + std::string(params) + "}"); });
    if (!added) return std::fprintf(stderr, "%s\n", added.error().text().c_str()), 1;

    for (const std::string arguments : {R"({"city":"Tashkent"})", R"({"city":7})", R"({"days":0})"}) {
        const haft::result<std::string> answer = registry.call("weather_get", arguments);
        std::printf("%s\n  %s\n", arguments.c_str(), (answer ? *answer : answer.error().text()).c_str());
    }

    // A schema that nobody can have meant is refused when the tool is added.
    const haft::result<void> misspelt = registry.add_tool("broken", "Broken", R"({"type":"object","propertys":{}})",
                                                          [](std::string_view) { return 1; });
    std::printf("%s\n", misspelt.error().text().c_str());

    // The same words as Qanot's own check.
    for (const std::string& e : haft::validate(R"({"city":"Tashkent","units":42})", two_texts, haft::validation::basic))
        std::printf("%s\n", e.c_str());

    // The same name again: the last one wins, and a warning says so.
    static_cast<void>(registry.add_tool("weather_get", "Another one", "", [](std::string_view) { return 2; }));
    std::printf("%s; %s\n", registry.call("weather_get", "{}")->c_str(), registry.problems().front().text().c_str());
}
