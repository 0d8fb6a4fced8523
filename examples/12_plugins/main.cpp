// SPDX-License-Identifier: BSL-1.0
// gptme's plugins, as C++: hello, weather and the full-featured one of its guide, with Qanot's manifest, configuration and prompt
// sections; and what becomes of plugins that can't be loaded.
#include <haft/model/provider.hpp>
#include <haft/plugin.hpp>
#include <haft/registry.hpp>
#include <haft/tool.hpp>

#include <cstdio>
#include <string>
#include <vector>

namespace {

void print(const std::string& line) { std::puts(line.c_str()); }

// my_plugin/tools/hello.py: a bare tool is a plugin named after its entry.
std::string hello_world() { return "Hello, World!"; }
constexpr haft::tool hello = haft::make<&hello_world>(
    {.description = "Say hello", .name = "hello", .instructions = "Use this tool to greet the world."});

// my_weather/tools/weather.py, with the class, the manifest and the configuration of Qanot's weather plugin.
class weather_plugin {
public:
    static constexpr haft::manifest manifest{.name = "weather",
                                             .version = "1.0.0",
                                             .description = "Weather information for cities",
                                             .author = "Your Name",
                                             .required_config = {"api_key"}};
    static constexpr const char* tools_md = "## Weather Tools\n\n### weather_get\nGet current weather for a city.";
    static constexpr const char* soul_append = "## Weather Behavior\nWhen asked about weather, always use weather_get.";

    struct config {
        std::string api_key;
        std::string base_url = "https://api.weather.example.com";
    };
    struct place {
        std::string city = "Tashkent";
    };

    void setup(const config& c) { url_ = c.base_url + "/current?key=" + c.api_key; }
    void teardown() { print("weather: connections closed"); }

    std::string get(const place& p) const { return "Weather in " + p.city + ": Sunny, 20°C (" + url_ + ")"; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("", haft::method<&weather_plugin::get>("Get the current weather"));
    }
    void on_error(const std::string& tool, const haft::error& why) {
        print("Tool " + tool + " failed: " + why.message);
    }

private:
    std::string url_;
};

// src/my_full_plugin/__init__.py: a tool, a hook, a command, a provider, and an init.
struct query {
    std::string query;
};
haft::plugin full_plugin() {
    haft::plugin out{.name = "my_full_plugin", .manifest = {.version = "0.1.0", .plugin_deps = {"weather >=1"}}};
    out.tools.add("lookup",
                  {.description = "Look up information", .instructions = "Use this tool to search for information."},
                  [](const query& q) { return "Result for: " + q.query; });
    out.parts.push_back(
        haft::hook_part<haft::session_start>("my_plugin.start", [] { return haft::say("My plugin initialized!"); }));
    out.parts.push_back(haft::command_part({.name = "my-status", .description = "How the plugin is"},
                                           [] { return std::string("My plugin is running!"); }));
    out.parts.push_back(haft::provider_part({.name = "my_llm",
                                             .api_key_env = "MY_LLM_API_KEY",
                                             .base_url = "https://api.example.com/v1",
                                             .models = {{.id = "fast"}}}));
    out.init = [](std::string_view config) { print("my_full_plugin: init with " + std::string(config)); };
    return out;
}

haft::plugin needy() { return {.name = "needy", .manifest = {.plugin_deps = {"wether"}, .min_host_version = "0.1"}}; }
haft::plugin never() {
    print("nobody sees this");
    return {};
}

}  // namespace

HAFT_PLUGIN(hello, hello);
HAFT_PLUGIN(weather, weather_plugin);
HAFT_PLUGIN(my_full_plugin, full_plugin);
HAFT_PLUGIN(needy, needy);
HAFT_PLUGIN(never, never);

int main() {
    haft::registry registry;
    haft::plugin_loader loader(registry, {.filter = {.disabled = {"Never"}}});
    const auto found = loader.discover();
    for (const std::string& name : *found) print("found " + name);
    loader.configure("my_full_plugin", R"({"greeting":"hi"})");
    static_cast<void>(loader.load());
    for (const haft::plugin_status& row : loader.status()) print(row.text());

    loader.configure("weather", R"({"api_key":"secret"})");
    const haft::load_report again = loader.load();
    for (const std::string& name : again.loaded) print("now loaded: " + name);
    print(*registry.call("hello", "{}"));
    print(*registry.call("weather.get", R"({"city":"London"})"));
    print(*registry.call("lookup", R"({"query":"haft"})"));
    const auto started = registry.get<haft::hook_set>().emit<haft::session_start>({.workspace = "/src"});
    for (const haft::message& m : started.messages) print("system: " + m.text);
    print(registry.get<haft::command_set>().help());
    print(haft::prompt_sections::text_of(loader.sections().tools));
    print(loader.explain("weather").text());
    print(loader.explain("wether").text());
    loader.unload_all();
}
