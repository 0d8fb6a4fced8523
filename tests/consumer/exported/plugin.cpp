// SPDX-License-Identifier: BSL-1.0
#include <haft/plugin/glue.hpp>

#include <string>

struct greeter {
    static constexpr haft::manifest manifest{.name = "greeter", .version = "1.0.0"};
    struct greeting {
        std::string name;
    };
    std::string greet(const greeting& g) { return "Hello " + g.name; }
    static consteval auto haft_toolbox() { return haft::toolbox_words("Greets", haft::method<&greeter::greet>("Greets")); }
};
HAFT_EXPORT_PLUGIN(greeter);
