// SPDX-License-Identifier: BSL-1.0
// A plugin that a function makes: toolboxes of each kind, names that stand twice, and what an owner has besides.
#include <haft/plugin.hpp>
#include <haft/plugin/glue.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

class scale {
public:
    struct config {
        int grams = 0;
    };
    explicit scale(const config& c) : grams_(c.grams) {}
    int weigh() { return ++grams_; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Weighs", haft::method<&scale::weigh>("One gram more"));
    }

private:
    int grams_;
};

struct counter {
    int n = 0;
    int next() { return ++n; }
    static consteval auto haft_toolbox() { return haft::toolbox_words("Counts", haft::method<&counter::next>("Next")); }
};

bool available() { return false; }
constexpr haft::availability speech{&available, "start the speech server"};

haft::plugin made() {
    haft::plugin out{.name = "mixed"};
    static_cast<void>(out.tools.add("say", {.description = "Says", .available = &speech}, [] { return std::string("hi"); }));
    out.toolboxes = {haft::toolbox_class_of<scale>()};
    out.instances = {*haft::toolbox_class_of<counter>().make()};
    out.parts.push_back(haft::hook_part<haft::turn_pre>("log", [] { return haft::say("before"); }));
    out.parts.push_back(haft::hook_part<haft::turn_post>("log", [] { return haft::say("after"); }));
    out.parts.push_back(haft::named_hook_part(
        "perhaps", "maybe", [](std::string_view) { return haft::result<std::string>(std::string()); }, {.async = true}, true));
    out.instructions = "Weigh first.";
    out.models = {"claude-*"};
    out.traits = {"scales"};
    out.auto_approved = haft::selector::parse("hint:read-only,!say");
    out.available = [] { return true; };
    out.available_hint = "plug it in";
    out.priority = -3;
    out.shutdown = [] { throw std::runtime_error("stuck"); };
    out.teardown = [] { throw std::runtime_error("very stuck"); };
    return out;
}
struct about_it {
    static constexpr haft::manifest manifest{
        .name = "mixed", .version = "2.0", .dependencies = {"git >=2.30"}, .plugin_deps = {"report"}};
};

}  // namespace

HAFT_EXPORT_PLUGIN(made, about_it);
