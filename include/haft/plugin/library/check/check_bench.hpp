// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_CHECK_CHECK_BENCH_HPP
#define HAFT_PLUGIN_LIBRARY_CHECK_CHECK_BENCH_HPP

/// A library on the bench: each step of its life at hand, taken when a check asks for it. In a process of its own, in which nothing is
/// tidied up.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/library/check/check_finding.hpp>
#include <haft/plugin/library/check/elf_view.hpp>
#include <haft/plugin/library/check/watched_result.hpp>
#include <haft/plugin/library/elf_note.hpp>
#include <haft/plugin/library/file_bytes.hpp>
#include <haft/plugin/library/host_table.hpp>
#include <haft/plugin/library/library_note.hpp>
#include <haft/plugin/library/open_library.hpp>
#include <haft/plugin/library/plugin_table.hpp>
#include <haft/plugin/library/written_offer.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/testing/least_value.hpp>
#include <haft/tool/about.hpp>
#include <haft/version.hpp>

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <dlfcn.h>
#include <link.h>

namespace haft::inline v0::detail {

/// Throws a check_obstacle where something goes wrong that another check tells.
class check_bench {
public:
    /// `config` is what it is set up with; nothing: a plain one that fits its schema. `tell` hears what is done next.
    check_bench(std::filesystem::path file, std::optional<std::string> config, std::function<void(std::string_view)> tell)
        : file_(std::move(file)), who_(file_.filename().string()), given_config_(std::move(config)), tell_(std::move(tell)) {}
    check_bench(const check_bench&) = delete;
    check_bench& operator=(const check_bench&) = delete;

    const std::filesystem::path& path() const noexcept { return file_; }
    const std::string& who() const noexcept { return who_; }
    /// What is being done, for the case that the process ends in the midst of it.
    void at(std::string_view step) const { tell_(step); }

    // --- the file

    HAFT_COLD result<open_library> open() const {
        library_trust anybody;
        anybody.check_owners = false;
        return library_opener(file_, anybody).open();
    }
    HAFT_COLD const open_library& opened() {
        if (!open_) open_ = taken(open());
        return *open_;
    }
    HAFT_COLD result<elf_note> raw_note() { return elf_note_reader(opened().bytes(), who_).read(); }
    HAFT_COLD library_note note() { return taken(read_library_note(opened().bytes(), who_)); }
    HAFT_COLD const elf_view& elf() {
        if (!elf_) {
            bytes_.emplace(opened().bytes());
            elf_ = std::make_unique<elf_view>(*bytes_);
        }
        return *elf_;
    }

    // --- in memory

    /// What the dynamic linker says against it; "" once it is loaded.
    HAFT_COLD std::string load() {
        if (handle_) return {};
        const std::string path = opened().path.string();
        at("it was loaded");
        ::dlerror();
        handle_ = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (!handle_) {
            const char* const why = ::dlerror();
            return mended(why ? why : "nobody says why");
        }
        ::link_map* about = nullptr;
        if (::dlinfo(handle_, RTLD_DI_LINKMAP, &about) == 0 && about) base_ = about->l_addr;
        return {};
    }
    HAFT_COLD void* handle() {
        if (const std::string why = load(); !why.empty()) throw check_obstacle{concat({"it can't be loaded: ", why})};
        return handle_;
    }
    HAFT_COLD std::uintptr_t base() {
        static_cast<void>(handle());
        return base_;
    }
    HAFT_COLD haft_plugin_entry* entry() {
        void* const found = ::dlsym(handle(), HAFT_PLUGIN_ENTRY_NAME);
        if (!found) throw check_obstacle{concat({"it has no ", HAFT_PLUGIN_ENTRY_NAME})};
        return reinterpret_cast<haft_plugin_entry*>(found);
    }
    /// What its entry gives for that host.
    HAFT_COLD const haft_plugin* enter(const haft_host* host) {
        haft_plugin_entry* const function = entry();
        at(concat({HAFT_PLUGIN_ENTRY_NAME, " ran"}));
        try {
            return function(host);
        } catch (...) {
            thrown_by_ = HAFT_PLUGIN_ENTRY_NAME;
            throw check_obstacle{concat({HAFT_PLUGIN_ENTRY_NAME, " threw: ", caught_text()})};
        }
    }
    /// What its entry gives, as it is.
    HAFT_COLD const haft_plugin* given_table() {
        if (!entered_) given_ = enter(&host_), entered_ = true;
        return given_;
    }
    HAFT_COLD const haft_plugin& table() {
        if (!table_) table_ = taken(read_plugin_table(given_table(), base(), who_));
        return *table_;
    }

    /// Arguments or a configuration that fit a schema; "" is that of an empty object.
    HAFT_COLD static std::optional<std::string> sample(std::string_view schema) {
        return schema.empty() ? std::optional<std::string>("{}") : testing::least_value(schema);
    }

    // --- its life

    /// That which it is set up with.
    HAFT_COLD const std::string& config() {
        if (!config_) {
            if (given_config_) config_ = given_config_;
            else config_ = sample(note().config_schema);
            if (!config_) throw check_obstacle{"no configuration was found that fits its config_schema; give one"};
        }
        return *config_;
    }
    template <class F>
    HAFT_COLD watched_result& run(std::string_view step, F function) {
        watched_result& out = kept_result();
        at(step);
        try {
            out.returned = function(out.get());
        } catch (...) {
            out.thrown = caught_text();
            if (out.thrown.empty()) out.thrown = "something";
            const std::lock_guard guard(mutex_);
            thrown_by_ = step;
        }
        out.watch.close();
        return out;
    }
    HAFT_COLD watched_result& try_setup(std::string_view config) {
        const haft_plugin& t = table();
        return run("setup ran", [&](haft_result* to) { return t.setup(t.state, across(config), to); });
    }
    HAFT_COLD void setup() {
        if (const watched_result& done = try_setup(config()); done.failed())
            throw check_obstacle{concat({"it can't be set up: ", mended(done.why())})};
    }
    HAFT_COLD void teardown() {
        const haft_plugin& t = table();
        if (!t.teardown) return;
        run("teardown ran", [&](haft_result*) { return t.teardown(t.state), 0; });
    }
    HAFT_COLD watched_result& try_describe() {
        const haft_plugin& t = table();
        return run("describe ran", [&](haft_result* to) { return t.describe(t.state, to); });
    }
    /// The JSON of its description.
    HAFT_COLD std::string describe() {
        const watched_result& done = try_describe();
        if (done.failed() || done.values.empty()) throw check_obstacle{"it does not describe itself"};
        return done.values.front();
    }
    HAFT_COLD result<written_offer> read_offer(std::string_view text, std::vector<haft::note>* dropped = nullptr) const {
        return read_library_json<written_offer>(text, true, errc::bad_plugin_offer, "its description", dropped);
    }
    HAFT_COLD written_offer offer() { return taken(read_offer(describe())); }
    HAFT_COLD watched_result* initialize() {
        const haft_plugin& t = table();
        if (!t.initialize) return nullptr;
        const std::string& given = config();
        return &run("initialize ran", [&](haft_result* to) { return t.initialize(t.state, across(given), to); });
    }
    HAFT_COLD void shutdown() {
        const haft_plugin& t = table();
        if (!t.shutdown) return;
        run("shutdown ran", [&](haft_result*) { return t.shutdown(t.state), 0; });
    }

    struct made_call {
        watched_call& asked;
        watched_result& given;
    };
    /// Any thread. Texts have to live as long as the library may know of them.
    HAFT_COLD made_call call(const asked_call& what) {
        const haft_plugin& t = table();
        watched_call& asked = kept_call(what);
        watched_result& given =
            run(concat({what.kind, " ", in_quotes(what.name), " was called"}), [&](haft_result* to) { return t.call(t.state, asked.get(), to); });
        asked.watch.close();
        return {asked, given};
    }

    /// A tool that may be called, since it only looks, and plain arguments for it.
    struct callable {
        std::string name, title, arguments, output_schema;
        bool thread_safe;
    };
    /// Requires that it is set up.
    HAFT_COLD std::vector<callable> callables(const written_offer& from) const {
        std::vector<callable> out;
        for (const offered_tool& one : from.tools) {
            if (one.effect != effect::read_only || !one.available) continue;
            std::optional<std::string> arguments = sample(schema_text(one.inputSchema));
            if (!arguments) continue;
            bool safe = false;
            for (const std::string& hint : one.hints) safe = safe || hint == "thread-safe";
            out.push_back({one.call_as.empty() ? one.name : one.call_as, one.name, std::move(*arguments),
                           std::string(schema_text(one.outputSchema)), safe});
        }
        return out;
    }
    static std::string_view schema_text(const json_text& text) { return text.text == "null" ? std::string_view() : text.text; }

    /// All steps from loading to teardown, with a call of each tool that may be called. `between` hears after each which it was.
    template <class F>
    HAFT_COLD void live(F between) {
        static_cast<void>(table());
        between("it was loaded");
        setup();
        const std::string description = describe();
        written_offer& offered = offers_.emplace_back(taken(read_offer(description)));
        between("setup and describe");
        const watched_result* const exposed = initialize();
        if (exposed && exposed->failed()) throw check_obstacle{concat({"it can't be initialized: ", mended(exposed->why())})};
        std::vector<callable>& tools = callables_.emplace_back(callables(offered));
        for (const callable& one : tools) call({.name = one.name, .arguments = one.arguments});
        between("calls");
        shutdown();
        teardown();
        between("teardown");
    }
    HAFT_COLD void live() {
        live([](std::string_view) {});
    }

    /// The step in which something was thrown across the border; "" if none was.
    HAFT_COLD std::string thrown_by() const {
        const std::lock_guard guard(mutex_);
        return thrown_by_;
    }
    /// The first use of a table of the host's that was not allowed, by the function that is given; "".
    HAFT_COLD std::string misused(std::string (border_watch::*how)() const) const {
        const std::lock_guard guard(mutex_);
        std::string out;
        for (const watched_result& one : results_)
            if (out.empty()) out = (one.watch.*how)();
        for (const watched_call& one : calls_)
            if (out.empty()) out = (one.watch.*how)();
        return out;
    }
    const haft_host& host() const noexcept { return host_; }
    /// For another life of what was closed.
    HAFT_COLD bool unload() {
        const bool done = ::dlclose(handle()) == 0;
        handle_ = nullptr, entered_ = false, table_.reset();
        return done;
    }

private:
    template <class T>
    static T taken(result<T>&& from) {
        if (!from) throw check_obstacle{std::move(from.error().message)};
        return std::move(*from);
    }
    HAFT_COLD watched_result& kept_result() {
        const std::lock_guard guard(mutex_);
        return results_.emplace_back();
    }
    HAFT_COLD watched_call& kept_call(const asked_call& what) {
        const std::lock_guard guard(mutex_);
        return calls_.emplace_back(what);
    }
    static void heard(const haft_host*, int, haft_text) noexcept {}
    static const void* no_extension(const haft_host*, haft_text) noexcept { return nullptr; }

    const std::filesystem::path file_;
    const std::string who_;
    const std::optional<std::string> given_config_;
    const std::function<void(std::string_view)> tell_;
    std::optional<open_library> open_;
    std::optional<file_bytes> bytes_;
    std::unique_ptr<elf_view> elf_;
    void* handle_ = nullptr;
    std::uintptr_t base_ = 0;
    bool entered_ = false;
    const haft_plugin* given_ = nullptr;
    std::optional<haft_plugin> table_;
    std::optional<std::string> config_;
    haft_host host_{sizeof(haft_host), HAFT_ABI_MAJOR,       HAFT_ABI_MINOR, nullptr,
                    across("haft"),    across(HAFT_VERSION), &heard,         &no_extension};
    mutable std::mutex mutex_;
    std::string thrown_by_;
    // None of these moves, and none is taken away: the library may know of them.
    std::deque<watched_result> results_;
    std::deque<watched_call> calls_;
    std::deque<written_offer> offers_;
    std::deque<std::vector<callable>> callables_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_CHECK_CHECK_BENCH_HPP
