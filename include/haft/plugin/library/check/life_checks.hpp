// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_CHECK_LIFE_CHECKS_HPP
#define HAFT_PLUGIN_LIBRARY_CHECK_LIFE_CHECKS_HPP

/// Checks of a library that is loaded: its table, its life, what it may not change, and how it goes.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/os/descriptor.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/library/check/check_bench.hpp>
#include <haft/plugin/library/check/check_finding.hpp>
#include <haft/plugin/library/check/guarded_text.hpp>
#include <haft/plugin/library/check/process_state.hpp>
#include <haft/plugin/library/check/watched_result.hpp>
#include <haft/plugin/library/host_table.hpp>
#include <haft/plugin/library/loaded_objects.hpp>
#include <haft/plugin/library/plugin_table.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <thread>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace haft::inline v0::detail::library_checks {

// --- load, table

HAFT_COLD inline check_finding load_opens(check_bench& b) {
    const std::string why = b.load();
    return why.empty() ? fine() : broken({why});
}
HAFT_COLD inline check_finding table_given(check_bench& b) {
    return b.given_table() ? fine() : broken({"it gave none, which says that the plugin can't run here"});
}
HAFT_COLD inline check_finding table_memory(check_bench& b) {
    const haft_plugin* const given = b.given_table();
    if (reinterpret_cast<std::uintptr_t>(given) % alignof(haft_plugin) != 0) return broken({"it stands at no place where a table can be"});
    return loaded_objects().readable(b.base(), given, sizeof given->size) ? fine() : broken({"it stands elsewhere"});
}
HAFT_COLD inline check_finding table_size(check_bench& b) {
    const std::size_t size = b.given_table()->size;
    if (size < least_table) return broken({"it says ", decimal(size), " bytes; at least ", decimal(least_table), " are needed"});
    return loaded_objects().readable(b.base(), b.given_table(), size) ? fine() : broken({"it says ", decimal(size), " bytes, which are not all its own"});
}
HAFT_COLD inline check_finding table_version(check_bench& b) {
    const std::uint32_t major = b.given_table()->abi_major;
    return major == HAFT_ABI_MAJOR ? fine() : broken({"it says ", decimal(major), ", and the note ", decimal(HAFT_ABI_MAJOR)});
}
HAFT_COLD inline check_finding table_functions(check_bench& b) {
    const result<haft_plugin> read = read_plugin_table(b.given_table(), b.base(), b.who());
    return read ? fine() : broken({read.error().message});
}
HAFT_COLD inline check_finding table_constant(check_bench& b) {
    const auto bytes = [&] { return std::string(reinterpret_cast<const char*>(b.given_table()), b.given_table()->size); };
    const std::string before = bytes();
    std::string when;
    b.live([&](std::string_view step) {
        if (when.empty() && bytes() != before) when = step;
    });
    return when.empty() ? fine() : broken({"it has another content after ", when});
}
/// A host of a later minor version: members at the end that nobody knows yet.
HAFT_COLD inline check_finding table_newer_host(check_bench& b) {
    struct newer {
        haft_host known;
        void* more[4];
    };
    static newer host{};
    host.known = b.host();
    host.known.size = sizeof host;
    host.known.abi_minor = HAFT_ABI_MINOR + 7;
    return b.enter(&host.known) ? fine() : broken({"it gives no table to a host of version ", decimal(HAFT_ABI_MAJOR), ".", decimal(HAFT_ABI_MINOR + 7)});
}
HAFT_COLD inline check_finding table_extension(check_bench& b) {
    const haft_plugin& t = b.table();
    if (!t.extension) return fine();
    b.setup();
    b.at("extension ran");
    return t.extension(t.state, across("draft.haft-check-nobody-has-this")) ? broken({"it gave one for a name that nobody has"}) : fine();
}

// --- life

HAFT_COLD inline check_finding life_setup(check_bench& b) {
    const watched_result& done = b.try_setup(b.config());
    return done.returned == 0 ? fine() : broken({"with ", in_quotes(b.config()), " it fails: ", mended(done.why())});
}
HAFT_COLD inline check_finding life_teardown(check_bench& b) {
    b.setup();
    static_cast<void>(b.offer());
    b.teardown();
    return fine();
}
HAFT_COLD inline check_finding life_at_once(check_bench& b) {
    b.setup();
    b.teardown();
    return fine();
}
HAFT_COLD inline check_finding life_initialize(check_bench& b) {
    b.setup();
    static_cast<void>(b.offer());
    const watched_result* const done = b.initialize();
    if (!done) return not_looked({"it has none"});
    if (done->failed()) return broken({"it fails: ", mended(done->why())});
    for (const std::string& more : done->values)
        if (!json::is_json(more)) return broken({"what it gives is no JSON"});
    return fine();
}
HAFT_COLD inline check_finding life_initialize_again(check_bench& b) {
    b.setup();
    static_cast<void>(b.offer());
    if (!b.initialize()) return not_looked({"it has no initialize"});
    for (unsigned round = 0; round < 3; ++round) {
        if (const watched_result* const done = b.initialize(); done->failed())
            return broken({round == 0 ? "with another configuration, without shutdown, it fails: " : "after shutdown it fails: ", mended(done->why())});
        b.shutdown();
    }
    b.teardown();
    return fine();
}
HAFT_COLD inline check_finding life_again(check_bench& b) {
    b.live();
    for (unsigned round = 0; round < 3; ++round) {
        if (const watched_result& done = b.try_setup(b.config()); done.failed()) return broken({"setup fails: ", mended(done.why())});
        const watched_result& said = b.try_describe();
        if (said.failed() || said.values.empty()) return broken({"describe fails: ", mended(said.why())});
        b.teardown();
    }
    return fine();
}
/// A configuration that is none: whoever reads it gets it wrong, and has to be able to begin again.
HAFT_COLD inline check_finding life_refuses(check_bench& b) {
    const watched_result& refused = b.try_setup("\xFF{\"");
    if (refused.returned != 0 && !refused.told_why()) return broken({"it fails, and does not say why"});
    if (!refused.failed()) b.teardown();
    const watched_result& done = b.try_setup(b.config());
    return done.failed() ? broken({"the next setup, with a sound one, fails: ", mended(done.why())}) : fine();
}
HAFT_COLD inline check_finding life_config_gone(check_bench& b) {
    const guarded_text config(b.config());
    if (b.try_setup(config.view()).failed()) return not_looked({"it can't be set up"});
    config.take_away();
    static_cast<void>(b.offer());
    if (const haft_plugin& t = b.table(); t.initialize) {
        const guarded_text again(b.config());
        b.run("initialize ran", [&](haft_result* to) { return t.initialize(t.state, across(again.view()), to); });
        again.take_away();
    }
    b.shutdown();
    b.teardown();
    return fine();
}
/// Steps on one thread after the other.
HAFT_COLD inline check_finding life_any_thread(check_bench& b) {
    std::string problem;
    const auto elsewhere = [&](auto step) {
        if (!problem.empty()) return;
        std::thread([&] {
            try {
                step();
            } catch (const check_obstacle& e) { problem = e.why; }
        }).join();
    };
    static_cast<void>(b.table());
    static_cast<void>(b.config());
    elsewhere([&] { b.setup(); });
    elsewhere([&] { static_cast<void>(b.offer()); });
    elsewhere([&] {
        if (const watched_result* const done = b.initialize(); done && done->failed()) problem = "initialize fails";
    });
    elsewhere([&] { b.shutdown(); });
    elsewhere([&] { b.teardown(); });
    return problem.empty() ? fine() : broken({problem});
}
HAFT_COLD inline check_finding life_exceptions(check_bench& b) {
    try {
        b.live();
    } catch (const check_obstacle&) {}  // what was thrown is noted
    const std::string by = b.thrown_by();
    return by.empty() ? fine() : broken({"something was thrown while ", by});
}

/// What the whole life of a library has changed of the process.
template <state_lines (*Of)()>
HAFT_COLD check_finding unchanged(check_bench& b) {
    static_cast<void>(b.config());  // opens the file, and leaves it open
    const state_lines before = Of();
    std::string change, when;
    b.live([&](std::string_view step) {
        if (change.empty() && !(change = first_change(before, Of())).empty()) when = step;
    });
    return change.empty() ? fine() : broken({"after ", when, ": ", mended(change)});
}
HAFT_COLD inline check_finding life_signals(check_bench& b) { return unchanged<&signal_handlers>(b); }
HAFT_COLD inline check_finding life_signal_mask(check_bench& b) { return unchanged<&signal_mask>(b); }
HAFT_COLD inline check_finding life_locale(check_bench& b) { return unchanged<&locale_lines>(b); }
HAFT_COLD inline check_finding life_folder(check_bench& b) { return unchanged<&working_folder>(b); }
HAFT_COLD inline check_finding life_umask(check_bench& b) { return unchanged<&file_mask>(b); }
HAFT_COLD inline check_finding life_environment(check_bench& b) { return unchanged<&environment_lines>(b); }
HAFT_COLD inline check_finding life_floating_point(check_bench& b) { return unchanged<&floating_point>(b); }
HAFT_COLD inline check_finding life_timers(check_bench& b) { return unchanged<&timer_lines>(b); }
HAFT_COLD inline check_finding life_limits(check_bench& b) { return unchanged<&limit_lines>(b); }

/// A file in memory that something can be written to or read from.
HAFT_COLD inline descriptor file_in_memory(std::string_view content) {
    descriptor out(::memfd_create("haft-check", MFD_CLOEXEC));
    if (!out || ::write(out.number(), content.data(), content.size()) < 0 || ::lseek(out.number(), 0, SEEK_SET) != 0)
        throw check_obstacle{"there is no memory for a file"};
    return out;
}
HAFT_COLD inline check_finding life_input(check_bench& b) {
    const descriptor input = file_in_memory("what is for the host\n");
    ::dup2(input.number(), STDIN_FILENO);
    return unchanged<&stream_lines>(b);
}
HAFT_COLD inline check_finding life_output(check_bench& b) {
    static_cast<void>(b.config());
    const descriptor output = file_in_memory({});
    ::dup2(output.number(), STDOUT_FILENO);
    ::dup2(output.number(), STDERR_FILENO);
    b.live();
    std::fflush(nullptr);
    char text[201];
    const ssize_t n = ::pread(output.number(), text, sizeof text - 1, 0);
    return n <= 0 ? fine() : broken({"it wrote ", in_quotes({text, static_cast<std::size_t>(n)})});
}
HAFT_COLD inline check_finding life_descriptors(check_bench& b) {
    b.live();  // what is opened only once and kept is no leak
    const state_lines before = open_descriptors();
    b.live();
    const std::string change = first_change(before, open_descriptors());
    return change.empty() ? fine() : broken({"after another setup and teardown: ", mended(change)});
}
HAFT_COLD inline check_finding life_threads(check_bench& b) {
    const std::size_t before = count_threads();
    b.live();
    const std::size_t after = threads_left(before);
    return after <= before ? fine() : broken({decimal(after - before), after - before == 1 ? " still runs" : " still run"});
}
HAFT_COLD inline check_finding life_processes(check_bench& b) {
    b.live();
    siginfo_t about{};
    if (::waitid(P_ALL, 0, &about, WEXITED | WNOHANG | WNOWAIT) != 0 && errno == ECHILD) return fine();
    return broken({about.si_pid != 0 ? "one has ended, and nobody has waited for it" : "one still runs"});
}
HAFT_COLD inline check_finding life_memory(check_bench& b) {
    constexpr unsigned rounds = 256;
    const haft_plugin& t = b.table();
    const std::string& config = b.config();
    watched_result said;  // one for all: the bench keeps what it is told, and would be what grows
    const auto round = [&] {
        b.at("setup ran");
        if (t.setup(t.state, across(config), said.get()) != 0) throw check_obstacle{"it can't be set up"};
        b.at("describe ran");
        t.describe(t.state, said.get());
        b.at("teardown ran");
        if (t.teardown) t.teardown(t.state);
        said.values.clear(), said.texts.clear();
    };
    for (unsigned i = 0; i < rounds; ++i) round();
    const std::uint64_t first = memory_size();
    for (unsigned i = 0; i < rounds; ++i) round();
    const std::uint64_t second = memory_size();
    constexpr std::uint64_t bearable = std::uint64_t{rounds} * 4096;
    if (second <= first || second - first < bearable) return fine();
    return broken({"each takes about ", decimal((second - first) / rounds), " bytes more"});
}

// --- unload

HAFT_COLD inline check_finding unload_exit(check_bench& b) {
    b.live();
    b.at("the process ended as it should, by exit");
    return fine();
}
HAFT_COLD inline bool is_loaded(check_bench& b) {
    void* const still = ::dlopen(b.opened().path.c_str(), RTLD_LAZY | RTLD_NOLOAD);
    if (still) ::dlclose(still);
    return still != nullptr;
}
HAFT_COLD inline check_finding unload_closes(check_bench& b) {
    b.live();
    b.at("it was taken out of memory");
    b.unload();
    return is_loaded(b) ? broken({"the dynamic linker keeps it"}) : fine();
}
HAFT_COLD inline check_finding unload_exit_after(check_bench& b) {
    b.live();
    b.at("it was taken out of memory");
    b.unload();
    b.at("the process ended as it should, by exit, after it was taken out of memory");
    return fine();
}
HAFT_COLD inline check_finding unload_threads(check_bench& b) {
    static_cast<void>(b.table());
    std::string problem;
    std::thread([&] {
        try {
            b.live();
            b.at("it was taken out of memory");
            b.unload();
        } catch (const check_obstacle& e) { problem = e.why; }
        b.at("the thread ended that had called it, after it was taken out of memory");
    }).join();
    return problem.empty() ? fine() : not_looked({problem});
}
HAFT_COLD inline check_finding unload_again(check_bench& b) {
    for (unsigned round = 0; round < 3; ++round) {
        try {
            b.live();
        } catch (const check_obstacle& e) {
            if (round == 0) throw;
            return broken({"loaded again, it does not work: ", e.why});
        }
        b.at("it was taken out of memory");
        b.unload();
    }
    return fine();
}

}  // namespace haft::inline v0::detail::library_checks

#endif  // HAFT_PLUGIN_LIBRARY_CHECK_LIFE_CHECKS_HPP
