// SPDX-License-Identifier: BSL-1.0
// The same plugin from three places says the same.
#include <haft/plugin.hpp>
#include <haft/plugin/abi.h>

#include <cstdio>
#include <string>
#include <string_view>

#include <dlfcn.h>

static void keep(haft_result* to, haft_text text) {
    if (text.size) static_cast<std::string*>(to->host)->append(text.data, text.size);
}
static haft_text text(std::string_view t) { return {t.data(), t.size()}; }

static std::string from_library(const char* path) {
    void* const library = ::dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) return ::dlerror();
    const auto entry = reinterpret_cast<haft_plugin_entry*>(::dlsym(library, HAFT_PLUGIN_ENTRY_NAME));
    if (!entry) return ::dlerror();
    haft_host host{};
    host.size = sizeof host;
    host.abi_major = HAFT_ABI_MAJOR;
    const haft_plugin* const plugin = entry(&host);
    if (!plugin) return "it can't run here";
    std::string out;
    haft_result result{sizeof(haft_result), &out, &keep, &keep, &keep, &keep, &keep};
    haft_call call{};
    call.size = sizeof call;
    call.kind = text("tool");
    call.name = text("greeter.greet");
    call.arguments = text(R"({"name":"Ada"})");
    if (plugin->setup(plugin->state, text("{}"), &result) == 0) plugin->call(plugin->state, &call, &result);
    plugin->teardown(plugin->state);
    ::dlclose(library);
    return out;
}

int main() {
    std::string here = "not there";
    for (const haft::plugin_entry& one : haft::compiled_in_plugins())
        if (const auto made = one.make(); made && one.name == "greeter" && one.manifest->version == "1.0.0")
            here = *made->instances.at(0).tools()->call("greeter.greet", R"({"name":"Ada"})");
    std::printf("%s, %s, %s\n", here.c_str(), from_library(LIBRARY).c_str(), from_library(WITH_ITS_OWN).c_str());
}
