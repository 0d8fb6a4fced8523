// SPDX-License-Identifier: BSL-1.0
#include <haft/tool.hpp>

#include <cstring>

// The host has a function of the same name, which does something else.
struct greeting {
    std::string name;
};
std::string greet(const greeting& g) { return "The plugin greets " + g.name; }
HAFT_TOOL(greet, "Greets");

int only_in_plugin() { return 1; }
HAFT_TOOL(only_in_plugin, "Not in the host");

// The host has these too, one of them as the very same type.
struct session {
    int id;
};
namespace {
struct own {
    int id;
};
}  // namespace
int session_id(haft::call_context& c) { return c.user<own>() ? -2 : c.user<session>() ? c.user<session>()->id : -1; }

/// What the plugin finds of the host's data in a call.
extern "C" __attribute__((visibility("default"))) int plugin_session(const haft::call_options& how) {
    const haft::result<std::string> answer = haft::make<&session_id>("").call("{}", how);
    return answer ? std::stoi(*answer) : -3;
}

/// Writes the names of the plugin's tools and what the first gives, as text.
extern "C" __attribute__((visibility("default"))) void plugin_tools(char* out, std::size_t room) {
    const haft::toolset tools = haft::compiled_in();
    std::string text;
    for (const haft::tool& t : tools) text.append(t.name).append(" ");
    const haft::result<std::string> answer = tools.call("greet", R"({"name":"Ada"})");
    text += answer ? *answer : answer.error().text();
    std::strncpy(out, text.c_str(), room - 1);
    out[room - 1] = '\0';
}
