// SPDX-License-Identifier: BSL-1.0
// Loads the plugin, asks both for their tools, and unloads it again.
#include <haft/tool.hpp>

#include <cstdio>

#include <dlfcn.h>
#include <unistd.h>

struct greeting {
    std::string name;
};
std::string greet(const greeting& g) { return "The host greets " + g.name; }
HAFT_TOOL(greet, "Greets");

int only_in_host() { return 1; }
HAFT_TOOL(only_in_host, "Not in the plugin");

static void print_own() {
    const haft::toolset tools = haft::compiled_in();
    std::string text;
    for (const haft::tool& t : tools) text.append(t.name).append(" ");
    text += *tools.call("greet", R"({"name":"Ada"})");
    std::printf("host: %s\n", text.c_str());
}

int main() {
    print_own();
    for (const int how : {RTLD_LOCAL, RTLD_GLOBAL}) {
        void* const library = ::dlopen(PLUGIN, RTLD_NOW | how);
        if (!library) return std::printf("%s\n", ::dlerror()), 1;
        char text[200];
        reinterpret_cast<void (*)(char*, std::size_t)>(::dlsym(library, "plugin_tools"))(text, sizeof text);
        std::printf("plugin: %s\n", text);
        print_own();
        ::dlclose(library);
        std::printf("unloaded: %s\n", ::dlopen(PLUGIN, RTLD_NOW | RTLD_NOLOAD) ? "no" : "yes");
        print_own();
    }
    std::fflush(stdout);
#ifdef NEXT
    ::execl(NEXT, NEXT, static_cast<char*>(nullptr));
    return 1;
#endif
}
