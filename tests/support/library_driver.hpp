// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_SUPPORT_LIBRARY_DRIVER_HPP
#define HAFT_TESTS_SUPPORT_LIBRARY_DRIVER_HPP

/// A host of one shared library that knows nothing but abi.h: what it is given it keeps, as it came.

#include <haft/plugin/abi.h>
#include <haft/plugin/abi_draft.h>

#include <dlfcn.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace haft_test {

inline haft_text to_text(std::string_view text) { return {text.data(), text.size()}; }
inline std::string from_text(haft_text text) { return text.size ? std::string(text.data, text.size) : std::string(); }

/// What a function of a library has given.
struct library_answer {
    int code = 0;
    std::string first = {};  ///< "text", "json", "fail", "fail_json", or "": nothing
    std::string value = {};
    std::vector<std::string> blocks = {};
    std::size_t given = 0;  ///< how often a result was given
    std::string why = {};   ///< what fail or fail_json has told, be it first or not
};

class library_driver {
public:
    explicit library_driver(const std::string& file) : file_(file) {
        handle_ = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (!handle_) throw std::runtime_error(dlerror());
        entry_ = reinterpret_cast<haft_plugin_entry*>(dlsym(handle_, HAFT_PLUGIN_ENTRY_NAME));
        if (!entry_) throw std::runtime_error(dlerror());
    }
    library_driver(const library_driver&) = delete;
    library_driver& operator=(const library_driver&) = delete;
    ~library_driver() {
        if (is_set_up_) teardown();
        dlclose(handle_);
    }

    // --- as the host is

    haft_host host{sizeof(haft_host), HAFT_ABI_MAJOR, HAFT_ABI_MINOR, this, to_text("test"), to_text("1.0"), &host_log,
                   &host_extension};
    bool has_draft = false;
    std::string call_options = {};
    bool says_yes = false;
    std::string call_id = {};
    bool stops = false;

    std::vector<std::string> host_lines = {};
    std::vector<std::string> heard = {};  ///< progress, messages, notes and questions of calls

    // --- what it does

    const haft_plugin* enter() { return plugin_ = entry_(&host); }
    const haft_plugin& plugin() const { return *plugin_; }

    library_answer setup(std::string_view config = "{}") {
        if (!plugin_) enter();
        library_answer out = run([&](haft_result* to) { return plugin_->setup(plugin_->state, to_text(config), to); });
        if (out.code == 0) is_set_up_ = true;
        return out;
    }
    void teardown() {
        if (plugin_->teardown) plugin_->teardown(plugin_->state);
        is_set_up_ = false;
    }
    library_answer describe() {
        return run([&](haft_result* to) { return plugin_->describe(plugin_->state, to); });
    }
    library_answer initialize(std::string_view config = "{}") {
        return run([&](haft_result* to) { return plugin_->initialize(plugin_->state, to_text(config), to); });
    }
    void shutdown() { plugin_->shutdown(plugin_->state); }
    library_answer call(std::string_view kind, std::string_view name, std::string_view arguments = "{}") {
        const haft_call call{sizeof(haft_call), this, to_text(kind), to_text(name), to_text(arguments), to_text(call_id),
                             &is_stopped,       &progress, &call_log};
        return run([&](haft_result* to) { return plugin_->call(plugin_->state, &call, to); });
    }

private:
    template <class Run>
    static library_answer run(Run run) {
        library_answer out;
        haft_result to{sizeof(haft_result), &out, &take<0>, &take<1>, &take_block, &take<2>, &take<3>};
        out.code = run(&to);
        return out;
    }
    template <int Kind>
    static void take(haft_result* to, haft_text text) {
        constexpr const char* names[] = {"text", "json", "fail", "fail_json"};
        auto& out = *static_cast<library_answer*>(to->host);
        if (Kind >= 2) out.why = from_text(text);
        if (out.given++) return;
        out.first = names[Kind];
        out.value = from_text(text);
    }
    static void take_block(haft_result* to, haft_text text) {
        static_cast<library_answer*>(to->host)->blocks.push_back(from_text(text));
    }
    static library_driver& of(const void* host) { return *static_cast<library_driver*>(const_cast<void*>(host)); }
    static int is_stopped(const haft_call* call) { return of(call->host).stops; }
    static void progress(const haft_call* call, double done, double total, haft_text message) {
        of(call->host).heard.push_back("progress " + std::to_string(static_cast<int>(done)) + "/" +
                                       std::to_string(static_cast<int>(total)) + " " + from_text(message));
    }
    static void call_log(const haft_call* call, int level, haft_text message) {
        of(call->host).heard.push_back("log " + std::to_string(level) + " " + from_text(message));
    }
    static void host_log(const haft_host* host, int level, haft_text message) {
        of(host->host).host_lines.push_back(std::to_string(level) + " " + from_text(message));
    }
    static haft_text options(const haft_call* call) { return to_text(of(call->host).call_options); }
    static void note(const haft_call* call, haft_text pointer, haft_text message) {
        of(call->host).heard.push_back("note " + from_text(pointer) + " " + from_text(message));
    }
    static int confirm(const haft_call* call, haft_text question) {
        of(call->host).heard.push_back("question " + from_text(question));
        return of(call->host).says_yes;
    }
    static const void* host_extension(const haft_host* host, haft_text name) {
        static constexpr haft_draft_call draft{sizeof(haft_draft_call), &options, &note, &confirm};
        return of(host->host).has_draft && from_text(name) == HAFT_DRAFT_CALL_NAME ? &draft : nullptr;
    }

    std::string file_;
    void* handle_ = nullptr;
    haft_plugin_entry* entry_ = nullptr;
    const haft_plugin* plugin_ = nullptr;
    bool is_set_up_ = false;
};

}  // namespace haft_test

#endif  // HAFT_TESTS_SUPPORT_LIBRARY_DRIVER_HPP
