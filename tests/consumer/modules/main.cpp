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

// The plugin has these too; what stands in an unnamed namespace is another type there, whatever its name.
struct session {
    int id;
};
namespace {
struct own {
    int id;
};
}  // namespace

static bool same(const char* what, const std::string& is, const std::string& expected) {
    if (is != expected) std::printf("%s is %s, not %s\n", what, is.c_str(), expected.c_str());
    return is == expected;
}

static bool own_tools_are_right() {
    const haft::toolset tools = haft::compiled_in();
    std::string text;
    for (const haft::tool& t : tools) text.append(t.name).append(" ");
    return same("the host", text + *tools.call("greet", R"({"name":"Ada"})"),
                R"(greet only_in_host "The host greets Ada")");
}

/// What the library at `path` says of its own tools.
static std::string asked(const char* path, int how) {
    void* const library = ::dlopen(path, RTLD_NOW | how);
    if (!library) return ::dlerror();
    char text[200];
    reinterpret_cast<void (*)(char*, std::size_t)>(::dlsym(library, "plugin_tools"))(text, sizeof text);
    bool right = own_tools_are_right();
    const auto session_of = reinterpret_cast<int (*)(const haft::call_options&)>(::dlsym(library, "plugin_session"));
    session mine{42};
    own hidden{43};
    haft::call_options how_to;
    right &= session_of(how_to) == -1;
    how_to.user = haft::user_data(mine);
    right &= session_of(how_to) == 42;
    how_to.user = haft::user_data(hidden);
    right &= session_of(how_to) == -1;
    ::dlclose(library);
    return right ? text : "after which the host's are wrong, or its data is not seen";
}

int main() {
    bool right = own_tools_are_right();
    for (const int how : {RTLD_LOCAL, RTLD_GLOBAL}) {
        right &= same("the plugin", asked(PLUGIN, how), R"(greet only_in_plugin "The plugin greets Ada")");
        right &= !::dlopen(PLUGIN, RTLD_NOW | RTLD_NOLOAD);  // it was unloaded
        // Whose `greet` a library calls that shows its symbols, is not ours to say; which tools are its own, is.
        right &= same("the careless", asked(CARELESS, how).substr(0, 21), "greet only_in_plugin ");
    }
    right &= own_tools_are_right();
    std::fputs(right ? "right " : "wrong ", stdout);
    std::fflush(stdout);
#ifdef NEXT
    ::execl(NEXT, NEXT, static_cast<char*>(nullptr));
    return 1;
#endif
}
