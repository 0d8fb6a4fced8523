// SPDX-License-Identifier: BSL-1.0
// Who is at the other side of a shared library's border, in the least that it takes: a host that knows abi.h and nothing else of haft, so
// it might be written in any language. (A C++ host takes haft's own loader, which does all this.)
#include <haft/plugin/abi.h>

#include <dlfcn.h>

#include <cstdio>
#include <string>
#include <string_view>

namespace {

haft_text text(std::string_view t) { return {t.data(), t.size()}; }
int length(haft_text t) { return static_cast<int>(t.size); }

// --- what the host is told

template <int Kind>
void take(haft_result*, haft_text t) {
    constexpr const char* names[] = {"text", "json", "block", "failed", "failed"};
    std::printf("    %s: %.*s\n", names[Kind], length(t), t.data);
}
haft_result taker() { return {sizeof(haft_result), nullptr, &take<0>, &take<1>, &take<2>, &take<3>, &take<4>}; }

int goes_on(const haft_call*) { return 0; }
void progress(const haft_call*, double done, double total, haft_text message) {
    std::printf("    %g of %g: %.*s\n", done, total, length(message), message.data);
}
void log_of_call(const haft_call*, int, haft_text message) { std::printf("    log: %.*s\n", length(message), message.data); }
void log(const haft_host*, int, haft_text message) { std::printf("log: %.*s\n", length(message), message.data); }

void call(const haft_plugin& plugin, std::string_view kind, std::string_view name, std::string_view arguments) {
    std::printf("%s %s %s\n", std::string(kind).c_str(), std::string(name).c_str(), std::string(arguments).c_str());
    const haft_call c{sizeof(haft_call), nullptr,    text(kind), text(name), text(arguments), text("call_1"),
                      &goes_on,          &progress, &log_of_call};
    haft_result result = taker();
    plugin.call(plugin.state, &c, &result);
}

}  // namespace

int main() {
    void* const library = ::dlopen(HAFT_EXAMPLE_PLUGIN, RTLD_NOW | RTLD_LOCAL);
    if (!library) return std::fprintf(stderr, "%s\n", ::dlerror()), 1;
    const auto entry = reinterpret_cast<haft_plugin_entry*>(::dlsym(library, HAFT_PLUGIN_ENTRY_NAME));
    if (!entry) return std::fprintf(stderr, "%s\n", ::dlerror()), 1;

    static const haft_host host{sizeof(haft_host), HAFT_ABI_MAJOR, HAFT_ABI_MINOR, nullptr,
                                text("example"),   text("1.0"),    &log,           nullptr};
    const haft_plugin* const plugin = entry(&host);
    if (!plugin) return std::fprintf(stderr, "the plugin can't run here\n"), 1;

    // What does not fit is told, and nothing else is called then.
    haft_result result = taker();
    std::puts("setup with a mistake");
    plugin->setup(plugin->state, text(R"({"api_kye": "secret", "base_url": 5})"), &result);

    std::puts("setup");
    if (plugin->setup(plugin->state, text(R"({"api_key": "secret"})"), &result) != 0) return 1;
    std::puts("describe");
    plugin->describe(plugin->state, &result);

    if (plugin->initialize) plugin->initialize(plugin->state, text("{}"), &result);
    call(*plugin, "tool", "weather.get", R"({"city": "Stockholm"})");
    call(*plugin, "tool", "weather.get", R"({"ciyt": "Stockholm", "days": 15})");
    call(*plugin, "hook", "weather.on_pre_turn", R"({"input": {"role": "user", "text": "Do I need an umbrella?"}})");
    call(*plugin, "tool", "weather.gett", "{}");

    if (plugin->shutdown) plugin->shutdown(plugin->state);
    if (plugin->teardown) plugin->teardown(plugin->state);
    return ::dlclose(library);
}
