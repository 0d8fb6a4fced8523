// SPDX-License-Identifier: BSL-1.0
// gptme's logging plugin and its session hook, as C++: two plugins of an agent whose only model is this file. A third one shows
// what gptme's can't: it keeps calls from being made, and mends the arguments of others.
#include <haft/hook.hpp>
#include <haft/registry.hpp>

#include <cstdio>
#include <stdexcept>
#include <string>

namespace {

void print(const std::string& line) { std::puts(line.c_str()); }

// my_logging_plugin/hooks/tool_logger.py: log_tool_pre, log_tool_post
haft::owner logging_plugin() {
    haft::owner o{.name = "tool_logger", .description = "Logs tool executions"};
    o.parts.push_back(haft::hook_part<haft::tool_pre_execute>("tool_logger.pre", [](const haft::tool_call& call) {
        print("log: Executing tool: " + call.name + " with args: " + call.arguments);
    }));
    o.parts.push_back(haft::hook_part<haft::tool_post_execute>(
        "tool_logger.post", [](const haft::tool_call& call) { print("log: Tool " + call.name + " completed"); }));
    return o;
}

// my_plugin/hooks/__init__.py: a generator of messages
haft::generator<haft::message> greet(const haft::session_start::data& data) {
    co_yield haft::say("Plugin initialized in workspace: " + data.workspace);
    if (!data.initial.empty()) co_yield haft::say("There is a talk to go on with");
}
haft::owner session_plugin() {
    haft::owner o{.name = "my_plugin"};
    o.parts.push_back(haft::hook_part<haft::session_start>("my_plugin.session_start", &greet));
    o.parts.push_back(haft::hook_part<haft::session_end>(
        "my_plugin.session_end", [] { throw std::runtime_error("the archive is full"); }));  // nobody else minds
    return o;
}

// Higher priorities come first, so what this one keeps from happening is not logged.
haft::owner careful_plugin() {
    haft::owner o{.name = "careful"};
    o.parts.push_back(haft::hook_part<haft::tool_pre_execute>(
        "careful.rules",
        [](const haft::tool_call& call, haft::effect effect) -> haft::hook_reply {
            if (effect == haft::destructive) return haft::veto("nothing is destroyed on a Friday");
            if (call.arguments == "{}") return haft::replace_arguments(R"({"location":"Stockholm"})");
            return {};
        },
        {.priority = 10, .guard = true}));
    return o;
}

// What an agent does around a call, in short.
void call(haft::registry& r, const std::string& name, const std::string& arguments) {
    auto& hooks = r.get<haft::hook_set>();
    const haft::tool* const tool = r.snapshot()->find(name);
    if (!tool) return;
    haft::tool_call wanted{.id = "1", .name = name, .arguments = arguments};
    const haft::hook_reply before =
        hooks.emit<haft::tool_pre_execute>({.call = wanted, .tool = name, .effect = tool->effect});
    if (before.vetoed) return print("model: " + name + " was not called: " + *before.vetoed);
    if (before.replacement) wanted.arguments = *before.replacement;
    const auto result = tool->call(wanted.arguments);
    const haft::tool_answer answer{
        .id = "1", .name = name, .text = result ? *result : result.error().text(), .is_error = !result};
    static_cast<void>(hooks.emit<haft::tool_post_execute>({.call = wanted, .result = answer, .tool = name}));
    print("model: " + answer.text);
}

struct place {
    std::string location;
};

}  // namespace

int main() {
    haft::registry r;
    static_cast<void>(r.add_tool("weather", "Get the weather of a place",
                                 [](const place& p) { return "Weather in " + p.location + ": Sunny, 20°C"; }));
    static_cast<void>(r.add_tool("wipe", {.description = "Delete everything", .effect = haft::destructive},
                                 [] { return std::string("gone"); }));
    for (const haft::owner& plugin : {logging_plugin(), session_plugin(), careful_plugin()})
        if (const auto done = r.add_exposed(plugin); !done) print(done.error().text());

    auto& hooks = r.get<haft::hook_set>();
    for (const haft::hook_row& row : hooks.list())
        print(row.point + "  " + row.hook + "  priority " + std::to_string(row.priority));

    for (const haft::message& one : hooks.emit<haft::session_start>({.workspace = "/src/haft"}).messages)
        print("system: " + one.text);
    call(r, "weather", R"({"location":"London"})");
    call(r, "weather", "{}");
    call(r, "wipe", "{}");

    r.unexpose("careful");  // its hooks go with it
    call(r, "wipe", "{}");

    static_cast<void>(hooks.emit<haft::session_end>({.workspace = "/src/haft"}));
    for (const haft::hook_error& e : hooks.errors()) print(e.text());
}
