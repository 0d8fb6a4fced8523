// SPDX-License-Identifier: BSL-1.0
// The tour of jaato's PluginRegistry page, in C++: discover, expose, configure, models, look-ups, explanations.
#include <haft/registry.hpp>

#include <cstdio>
#include <string>
#include <vector>

// Code that merely exists in the program is discoverable.
std::string uptime() { return "3 days"; }
HAFT_TOOL(uptime, {.description = "How long the machine runs", .effect = haft::read_only});

struct todo {
    struct config {
        int most = 10;
    };
    struct item {
        std::string text;
    };
    explicit todo(config c) : most(static_cast<std::size_t>(c.most)) {}
    haft::result<std::size_t> add(const item& i) {
        if (items.size() == most) return haft::error{haft::errc::tool_failed, "the list is full"};
        items.push_back(i.text);
        return items.size();
    }
    std::vector<std::string> items;
    std::size_t most;
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("A list of things to do", haft::method<&todo::add>("Add a thing"));
    }
};
HAFT_TOOLBOX(todo);

namespace {

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out.append(out.empty() ? "" : ", ").append(name);
    return "[" + out + "]";
}
void say(const char* what, const std::string& answer) { std::printf("%-34s %s\n", what, answer.c_str()); }

haft::owner gemini_only() {
    haft::owner out{.name = "gemini_only", .description = "Works with Gemini"};
    out.models = {"gemini-*"};
    out.tools.add("ground", "Grounds an answer", [] { return 1; });
    return out;
}
haft::owner cli() {
    haft::owner out{.name = "cli", .description = "Runs commands", .source = "this program"};
    out.initialize = [](std::string_view config) -> haft::result<haft::toolset> {
        haft::toolset tools;
        tools.add("execute_command",
                  {.description = "Run a command", .effect = haft::destructive, .hints = haft::code_exec},
                  [config = std::string(config)] { return "would run it with " + config; });
        tools.add("which", {.description = "Find a program", .effect = haft::read_only},
                  [] { return std::string("/usr/bin/true"); });
        return tools;
    };
    out.auto_approved = haft::selector{"hint:read-only"};
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    haft::registry registry({.model = "claude-sonnet-4"});
    static_cast<void>(registry.discover("tool"));
    static_cast<void>(registry.discover("toolbox"));
    static_cast<void>(registry.add(cli()));
    static_cast<void>(registry.add(gemini_only()));
    if (argc > 1) {
        registry.expose_all();
        return haft::run(registry, argc, argv);
    }

    say("available", joined(registry.list_available()));
    say("exposed", joined(registry.list_exposed()));
    static_cast<void>(registry.expose("cli", R"({"max_output_chars":5000})"));
    static_cast<void>(registry.expose("todo", R"({"most":1})"));
    say("exposed", joined(registry.list_exposed()));
    say("execute_command", *registry.call("execute_command", "{}"));
    say("todo.add", *registry.call("todo.add", R"({"text":"sleep"})"));
    say("todo.add again", registry.call("todo.add", R"({"text":"eat"})").error().text());
    say("auto-approved", joined(registry.auto_approved_tools()));
    say("who offers which", registry.snapshot()->owner_of("which")->name);

    const haft::exposure_report report = registry.expose_all();
    say("expose all", joined(report.exposed));
    for (const haft::skipped_owner& s : report.skipped) say(("skipped " + s.name).c_str(), joined(s.models));
    say("explain ground", "\n" + haft::explain(*registry.snapshot(), "ground").text());
    registry.set_model("gemini-2.5-flash");
    say("for another model", joined(registry.reevaluate().exposed));
    say("explain ground", haft::explain(*registry.snapshot(), "ground").text());

    registry.disable_tool("execute_command");
    say("explain execute_command", haft::explain(*registry.snapshot(), "execute_command").text());
    if (haft::result<void> chosen = registry.select({"hint:read-only", "todo"}); !chosen)
        say("select", chosen.error().text());
    std::string names;
    for (const auto now = registry.snapshot(); const haft::tool& t : now->tools()) names.append(t.name).append(" ");
    say("selected", names);
    say("expose flies", registry.expose("cly").error().text());
}
