// SPDX-License-Identifier: BSL-1.0
// The weather plugin of gptme's guide, with the manifest, the configuration and the prompt sections of Qanot's, as a shared library:
//
//     haft_add_plugin(weather MODULE SOURCES weather.plugin.cpp)
//
// It is an ordinary plugin class; the last line makes the library of it. Whoever compiles the same file into a program
// (haft_add_plugin(weather OBJECT …)) has the same plugin there, and changes nothing in it.
#include <haft/plugin.hpp>
#include <haft/plugin/glue.hpp>

#include <array>
#include <string>
#include <vector>

namespace {

class weather_plugin {
public:
    // Hosts read this from the file, before anything of the library runs: what it is, and what it needs.
    static constexpr haft::manifest manifest{.name = "weather",
                                             .version = "1.0.0",
                                             .description = "Weather information for cities",
                                             .author = "Your Name",
                                             .required_config = {"api_key"}};
    static constexpr const char* tools_md = "## Weather Tools\n\n### weather_get\nGet current weather for a city.";
    static constexpr const char* soul_append = "## Weather Behavior\nWhen asked about weather, always use weather_get.";

    // So is its schema, by which they check the configuration.
    struct config {
        std::string api_key;
        std::string base_url = "https://api.weather.example.com";
    };
    void setup(const config& c) { url_ = c.base_url + "/current?key=" + c.api_key; }

    // A tool. Its arguments are checked here, by the compiler's own tables, with every fault at once.
    struct place {
        std::string city = "Tashkent";
        int days = 1;
        static constexpr std::array haft_fields{haft::field{"city", "City name"},
                                                haft::field{"days", "Days ahead", haft::minimum(1), haft::maximum(14)}};
    };
    std::string get(const place& p, haft::call_context& context) const {  // which would ask url_
        context.progress(1, 2, "asking the weather service");
        return "Weather in " + p.city + ": Sunny, 20°C";
    }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("", haft::method<&weather_plugin::get>({.description = "Get the current weather",
                                                                           .effect = haft::read_only}));
    }

    // A hook: the host tells in JSON what happens, and this reads it into the types of the point.
    std::string on_pre_turn(const std::string& message) {
        return message.find("umbrella") == std::string::npos ? message : message + " (Ask weather.get first.)";
    }

private:
    std::string url_;
};

}  // namespace

HAFT_EXPORT_PLUGIN(weather_plugin);
