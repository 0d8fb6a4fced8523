// SPDX-License-Identifier: BSL-1.0
// How long a library lives: calls that still run, hosts that share a process, files that change, processes that end in its midst.
#include <haft/core/text.hpp>
#include <haft/plugin/library/crash_mark.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include <support/open_descriptors.hpp>
#include <support/sanitized.hpp>

namespace fs = std::filesystem;
using library_test::has;
using library_test::host;

namespace {

// What is freed under a sanitizer is not given back.
constexpr bool gives_back = !haft_test::sanitized;

template <class Holds>
bool soon(Holds holds) {
    for (int i = 0; i < 10'000; ++i) {
        if (holds()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
}
/// Bytes of this process's that are in memory.
std::size_t resident() {
    std::ifstream in("/proc/self/statm");
    std::size_t all = 0, used = 0;
    in >> all >> used;
    return used * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}
/// Puts a library in the place of another, as a whole.
void replace(const fs::path& file, const std::string& bytes) {
    const fs::path fresh = file.string() + ".new";
    std::ofstream(fresh, std::ios::binary) << bytes;
    fs::permissions(fresh, fs::perms(0755));
    fs::rename(fresh, file);
}
std::string with_version(const std::string& version) {
    std::string bytes = library_test::text_of(library_test::built("sample"));
    bytes.replace(bytes.find("1.2.3", library_test::note_of(bytes)), 5, version);
    return bytes.replace(bytes.find("it can't"), 8, "it " + version);  // what it fails with
}

}  // namespace

TEST_CASE("A library is torn down when its calls are over, and not before", "[fault-95]") {
    host h;
    h.options.unload_wait = std::chrono::minutes(1);
    REQUIRE(h.load("busy") == "");
    const auto snapshot = h.registry.snapshot();
    std::thread caller([&] { CHECK(snapshot->call("wait", "{}")); });
    REQUIRE(soon([&] { return h.call("waiting") == "true"; }));
    // While it is being unloaded nobody new is let in, so it is released another way, and later.
    void* const library = ::dlopen((h.folder.path / "busy.so").c_str(), RTLD_LAZY | RTLD_NOLOAD);
    REQUIRE(library);
    std::thread releases([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        reinterpret_cast<void (*)()>(::dlsym(library, "haft_test_release"))();
    });
    CHECK(h.loader.unload("busy"));
    CHECK(h.loader.problems().empty());
    releases.join();
    caller.join();
    CHECK(reinterpret_cast<int (*)()>(::dlsym(library, "haft_test_too_early"))() == 0);
    ::dlclose(library);
    const haft::result<std::string> late = snapshot->call("count", "{}");
    REQUIRE_FALSE(late);
    CHECK(late.error().text() ==
          "plugin \"busy\" was unloaded meanwhile; tool \"count\" can't be used any more [haft-E0467]");
}

TEST_CASE("A library whose calls don't end is not torn down, and the next one is another copy of it", "[fault-95]") {
    host h;
    h.options.unload_wait = std::chrono::milliseconds(20);
    REQUIRE(h.load("busy") == "");
    CHECK(h.call("count") == "1");
    const auto snapshot = h.registry.snapshot();
    std::thread caller([&] { CHECK(snapshot->call("wait", "{}")); });
    REQUIRE(soon([&] { return h.call("waiting") == "true"; }));
    CHECK(h.loader.unload("busy"));
    REQUIRE(h.loader.problems().size() == 1);
    CHECK(h.loader.problems()[0].text() ==
          "plugin \"busy\": its teardown failed: 1 call is still running in it after 20 ms; it stays in "
          "memory, and is not torn down [haft-E0463]");
    REQUIRE(h.loader.reload("busy"));
    CHECK(h.call("count") == "1");  // of the copy; the first one is at 2
    CHECK(h.call("waiting") == "false");

    void* const first = ::dlopen((h.folder.path / "busy.so").c_str(), RTLD_LAZY | RTLD_NOLOAD);
    REQUIRE(first);
    reinterpret_cast<void (*)()>(::dlsym(first, "haft_test_release"))();
    caller.join();
    ::dlclose(first);
}

TEST_CASE("Two hosts in one process don't share a plugin", "[fault-163]") {
    host one, two;
    const fs::path file = one.copy("busy");
    for (host* h : {&one, &two}) {
        h->loader.add(*haft::library_entry(file, h->options));
        REQUIRE(h->try_again() == "");
    }
    CHECK(one.call("count") == "1");
    CHECK(one.call("count") == "2");
    CHECK(two.call("count") == "1");
}

TEST_CASE("A file that is replaced is loaded anew where that is wanted", "[NX-14]") {
    host h;
    h.options.reload = true;
    REQUIRE(h.load("sample") == "");
    const auto old = h.registry.snapshot();
    replace(h.folder.path / "sample.so", with_version("1.2.4"));
    REQUIRE(h.loader.reload("sample"));
    CHECK(h.loader.status()[0].version == "1.2.4");
    CHECK(h.call("fail") == "it 1.2.4 [haft-E0210]");
    CHECK(has(old->call("tell", "{}").error().text(), "was unloaded meanwhile"));
    // And again: what is loaded from a copy is not mistaken for the next copy, nor is a new file that has an old one's number.
    for (const char* const version : {"1.2.5", "1.2.6", "1.2.7"}) {
        replace(h.folder.path / "sample.so", with_version("6.6.6"));
        replace(h.folder.path / "sample.so", with_version(version));
        REQUIRE(h.loader.reload("sample"));
        CHECK(h.loader.status()[0].version == version);
        CHECK(h.call("fail") == "it " + std::string(version) + " [haft-E0210]");
    }
}

TEST_CASE("Otherwise what is loaded stays, and that is told", "[fault-104]") {
    host h;
    REQUIRE(h.load("sample") == "");
    replace(h.folder.path / "sample.so", with_version("1.2.4"));
    REQUIRE(h.loader.reload("sample"));
    CHECK(h.loader.status()[0].version == "1.2.3");
    CHECK(h.call("fail") == "it can't [haft-E0210]");
    CHECK(has(h.log.text(), "has changed; what was loaded before stays until the host is started anew [haft-E0466]"));
}

TEST_CASE("A file that is written over where it lies is not loaded anew: nobody knows whether all of it is there",
          "[fault-104]") {
    host h;
    h.options.reload = true;
    const fs::path file = h.copy("sample");
    // Loaded from a copy, since what is written over is not to be in use.
    haft::library_options other = h.options;
    host first;
    first.loader.add(*haft::library_entry(file, h.options));
    REQUIRE(first.try_again() == "");
    REQUIRE(first.loader.unload("sample"));
    fs::last_write_time(file, fs::file_time_type::clock::now() + std::chrono::seconds(5));
    h.loader.add(*haft::library_entry(file, other));
    REQUIRE(h.try_again() == "");
    CHECK(has(h.log.text(),
              "stays until the host is started anew, since it was written over and not replaced by another file "
              "[haft-E0466]"));
}

TEST_CASE("A file that changes between its note and its setup is not loaded", "[fault-104]") {
    host h;
    const fs::path file = h.copy("sample");
    haft::result<haft::plugin_entry> entry = haft::library_entry(file, h.options);
    REQUIRE(entry);
    haft::result<haft::plugin> made = entry->make();
    REQUIRE(made);
    replace(file, with_version("6.6.6"));
    const haft::result<haft::plugin_offer> offer = made->setup("{}");
    REQUIRE_FALSE(offer);
    CHECK(has(offer.error().text(), "has changed since its note was read; load it again [haft-E0458]"));
    CHECK_FALSE(library_test::in_memory(file));
}

TEST_CASE("What ended the host while it was loaded is not loaded again, until it is replaced", "[fault-88]") {
    host h;
    h.options.crash_marks = h.folder.path / "marks";
    const fs::path file = h.copy("odd");
    const ::pid_t child = ::fork();
    if (child == 0) {
        ::setenv("HAFT_TEST_ODD", "dies", 1);
        std::signal(SIGABRT, SIG_DFL);
        h.loader.add(*haft::library_entry(file, h.options));
        h.loader.load();
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    h.loader.add(*haft::library_entry(file, h.options));
    const std::string said = h.try_again();
    CHECK(has(said, "its setup failed: plugin \"odd\" is not loaded: the host ended while " + file.string() + " was being loaded, 20"));
    CHECK(has(said, " UTC; replace it, or to try again remove " + (h.options.crash_marks / "odd.loading").string()));
    CHECK((fs::status(h.options.crash_marks).permissions() & fs::perms::all) == fs::perms::owner_all);
    CHECK(has(said, "[haft-E0465]"));

    replace(file, library_test::text_of(file));
    CHECK(h.try_again() == "");
    CHECK(fs::is_empty(h.options.crash_marks));  // gone when all went well
    CHECK(h.call("odd") == "\"1 setups, 1 describes, 0 teardowns\"");
}

TEST_CASE("Hosts that load a library at the same time take no other's mark for that of a crash", "[fault-88]") {
    const library_test::temporary_folder folder;
    haft::detail::open_library library;
    library.path = "/plugins/a.so";
    library.identity = {1, 2, 3, 4, 5};
    std::atomic<int> crashes = 0;
    std::vector<std::thread> hosts;
    for (int i = 0; i < 4; ++i)
        hosts.emplace_back([&] {
            for (int round = 0; round < 5'000; ++round)
                if (!haft::detail::crash_mark::put(folder.path / "marks", "a", library)) ++crashes;
        });
    for (std::thread& one : hosts) one.join();
    CHECK(crashes == 0);
    CHECK(fs::is_empty(folder.path / "marks"));
}

TEST_CASE("A plugin is the same in a process that was forked off", "[fault-159]") {
    host h;
    REQUIRE(h.load("busy") == "");
    CHECK(h.call("count") == "1");
    const ::pid_t child = ::fork();
    if (child == 0) ::_exit(h.call("count") == "2" && h.loader.unload("busy") && h.loader.problems().empty() ? 0 : 1);
    int status = 1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    CHECK(h.call("count") == "2");
}

TEST_CASE("A plugin without exceptions and type information is one as any other", "[fault-164]") {
    host h;
    REQUIRE(h.load("plain") == "");
    CHECK(h.call("plain") == "\"plain\"");
}

TEST_CASE("What a library has given outlives it", "[fault-97]") {
    host h;
    h.options.unload = haft::library_unload::close;
    REQUIRE(h.load("sample") == "");
    const auto snapshot = h.registry.snapshot();
    const haft::tool* const echo = snapshot->find("echo");
    const haft::result<std::string> said = snapshot->call("fail", "{}");
    REQUIRE(h.loader.unload("sample"));
    REQUIRE(h.loader.problems().empty());
    REQUIRE_FALSE(library_test::in_memory(h.folder.path / "sample.so"));
    CHECK(echo->description == "Gives the text back");
    CHECK(has(echo->input_schema, "maxLength"));
    CHECK(said.error().message == "it can't");
    CHECK(has(snapshot->call("echo", R"({"text":"a"})").error().text(), "was unloaded meanwhile"));
}

TEST_CASE("A library is not closed while a thread is in it", "[fault-78]") {
    host h;
    h.options.unload = haft::library_unload::close;
    h.options.unload_wait = std::chrono::milliseconds(50);
    const fs::path file = h.folder.path / "busy.so";
    REQUIRE(h.load("busy") == "");
    REQUIRE(h.call("leave_thread") == "null");
    REQUIRE(h.loader.unload("busy"));
    REQUIRE(h.loader.problems().size() == 1);
    CHECK(h.loader.problems()[0].text() ==
          "plugin \"busy\": its teardown failed: 1 thread is in the midst of its code, or may be; it stays in "
          "memory [haft-E0463]");
    REQUIRE(library_test::in_memory(file));

    void* const library = ::dlopen(file.c_str(), RTLD_LAZY | RTLD_NOLOAD);
    REQUIRE(library);
    reinterpret_cast<void (*)()>(::dlsym(library, "haft_test_release"))();
    ::dlclose(library);
    h.options.unload_wait = std::chrono::minutes(1);
    REQUIRE(h.loader.reload("busy"));
    CHECK(h.loader.unload("busy"));
}

TEST_CASE("Ten thousand times loaded and closed, and nothing has grown", "[fault-96]") {
    host h;
    h.options.unload = haft::library_unload::close;
    h.options.slow = {};
    const fs::path file = h.copy("plain");
    std::size_t files = 0, memory = 0;
    const int rounds = gives_back ? 10'000 : 1'000;  // a sanitizer takes ten times as long
    for (int round = 0; round < rounds; ++round) {
        haft::result<haft::plugin> made = haft::library_entry(file, h.options)->make();
        REQUIRE(made);
        {
            const haft::result<haft::plugin_offer> offer = made->setup("{}");
            REQUIRE(offer);
            if (round % 100 == 0) REQUIRE(*offer->tools.call("plain", "{}") == "\"plain\"");
        }
        REQUIRE(made->teardown("{}"));
        if (round % 100 == 0) REQUIRE_FALSE(library_test::in_memory(file));
        if (round == rounds / 10) files = haft_test::open_descriptors(), memory = resident();
    }
    CHECK(haft_test::open_descriptors() == files);
    if (gives_back) CHECK(resident() < memory + (std::size_t{4} << 20));
}
