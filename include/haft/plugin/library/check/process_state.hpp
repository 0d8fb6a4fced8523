// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_CHECK_PROCESS_STATE_HPP
#define HAFT_PLUGIN_LIBRARY_CHECK_PROCESS_STATE_HPP

/// What belongs to the process and not to a plugin, as lines of text: whoever changes it is told by comparing.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/plugin/library/check/check_finding.hpp>

#include <algorithm>
#include <cfenv>
#include <cfloat>
#include <chrono>
#include <clocale>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

extern "C" char** environ;

namespace haft::inline v0::detail {

using state_lines = std::vector<std::string>;

HAFT_COLD inline std::string signed_decimal(std::int64_t n) {
    return n < 0 ? concat({"-", decimal(0 - static_cast<std::uint64_t>(n))}) : decimal(static_cast<std::uint64_t>(n));
}

/// Which function is called at each signal, and how.
HAFT_COLD inline state_lines signal_handlers() {
    state_lines out;
    for (int number = 1; number < NSIG; ++number) {
        struct sigaction about {};
        if (::sigaction(number, nullptr, &about) != 0) continue;
        const bool plain = (about.sa_flags & SA_SIGINFO) == 0;
        const char* const name = ::strsignal(number);
        out.push_back(concat({"the handler of signal ", decimal(static_cast<unsigned>(number)), " (", name ? name : "", "): ",
                              plain && about.sa_handler == SIG_DFL   ? "the default"
                              : plain && about.sa_handler == SIG_IGN ? "it is ignored"
                                                                     : concat({"the function at ", decimal(reinterpret_cast<std::uintptr_t>(
                                                                                                       about.sa_handler))})}));
    }
    return out;
}
HAFT_COLD inline state_lines signal_mask() {
    state_lines out;
    sigset_t blocked;
    ::pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
    for (int number = 1; number < NSIG; ++number)
        if (const int is = ::sigismember(&blocked, number); is >= 0)
            out.push_back(concat({"signal ", decimal(static_cast<unsigned>(number)), is ? " is blocked" : " is not blocked"}));
    return out;
}
HAFT_COLD inline state_lines locale_lines() {
    state_lines out;
    for (const int category : {LC_COLLATE, LC_CTYPE, LC_MESSAGES, LC_MONETARY, LC_NUMERIC, LC_TIME}) {
        const char* const name = std::setlocale(category, nullptr);
        out.push_back(concat({"the locale: ", name ? name : "none"}));
    }
    return out;
}
HAFT_COLD inline state_lines working_folder() {
    std::error_code problem;
    return {concat({"the working folder: ", std::filesystem::current_path(problem).string()})};
}
HAFT_COLD inline state_lines file_mask() {
    const ::mode_t mask = ::umask(0);
    ::umask(mask);
    return {concat({"the umask: ", decimal(mask)})};
}
HAFT_COLD inline state_lines environment_lines() {
    state_lines out;
    for (char** one = environ; one && *one; ++one) out.push_back(concat({"the variable ", *one}));
    std::sort(out.begin(), out.end());
    return out;
}
/// Rounding, and whether numbers that are not normal are taken for 0: -ffast-math does that to the whole thread.
HAFT_COLD inline state_lines floating_point() {
    const volatile double least = DBL_MIN;
    const volatile double half = least / 2;
    return {concat({"the way that numbers are rounded: ", decimal(static_cast<unsigned>(std::fegetround()))}),
            half > 0 ? "numbers next to 0 are kept" : "numbers next to 0 are taken for 0 (-ffast-math)"};
}
HAFT_COLD inline state_lines timer_lines() {
    state_lines out;
    for (const int which : {ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF}) {
        itimerval about{};
        ::getitimer(which == ITIMER_REAL ? ITIMER_REAL : which == ITIMER_VIRTUAL ? ITIMER_VIRTUAL : ITIMER_PROF, &about);
        const bool runs = about.it_value.tv_sec != 0 || about.it_value.tv_usec != 0;
        out.push_back(concat({"timer ", decimal(static_cast<unsigned>(which)), runs ? " of the process runs" : " of the process does not run"}));
    }
    return out;
}
HAFT_COLD inline state_lines limit_lines() {
    state_lines out;
    for (int which = 0; which < static_cast<int>(RLIM_NLIMITS); ++which) {
        ::rlimit about{};
        if (::getrlimit(static_cast<__rlimit_resource>(which), &about) == 0)
            out.push_back(concat({"limit ", decimal(static_cast<unsigned>(which)), " of the process: ", decimal(about.rlim_cur)}));
    }
    return out;
}
/// What the three standard streams lead to, and how far the input has been read.
HAFT_COLD inline state_lines stream_lines() {
    state_lines out;
    for (int number = 0; number < 3; ++number) {
        struct ::stat about {};
        const bool open = ::fstat(number, &about) == 0;
        out.push_back(concat({"descriptor ", decimal(static_cast<unsigned>(number)),
                              open ? concat({": file ", decimal(about.st_dev), ":", decimal(about.st_ino), ", flags ",
                                             signed_decimal(::fcntl(number, F_GETFL))})
                                   : std::string(" is closed")}));
    }
    out.push_back(concat({"bytes of standard input that were read: ", signed_decimal(::lseek(0, 0, SEEK_CUR))}));
    return out;
}
HAFT_COLD inline state_lines open_descriptors() {
    state_lines out;
    std::error_code problem;
    for (std::filesystem::directory_iterator i("/proc/self/fd", problem), end; !problem && i != end; i.increment(problem)) {
        std::error_code gone;
        const std::string to = std::filesystem::read_symlink(i->path(), gone).string();
        // Of the folder that is read here the number is not always the same.
        if (!gone && to.find("/proc/") != 0) out.push_back(concat({"open descriptor ", i->path().filename().string(), ": ", to}));
    }
    std::sort(out.begin(), out.end());
    return out;
}

/// A line that is there and was not; or that was, and is no more. "": nothing has changed.
HAFT_COLD inline std::string first_change(const state_lines& before, const state_lines& after) {
    for (const std::string& one : after)
        if (std::find(before.begin(), before.end(), one) == before.end()) return one;
    for (const std::string& one : before)
        if (std::find(after.begin(), after.end(), one) == after.end()) return concat({"no longer ", one});
    return {};
}

/// How many threads the process has.
HAFT_COLD inline std::size_t count_threads() {
    std::size_t out = 0;
    std::error_code problem;
    for (std::filesystem::directory_iterator i("/proc/self/task", problem), end; !problem && i != end; i.increment(problem)) ++out;
    return out;
}
/// The same when it is at most that, or after a while: one that has been joined may be seen a little longer.
HAFT_COLD inline std::size_t threads_left(std::size_t at_most) {
    std::size_t out = count_threads();
    for (unsigned round = 0; out > at_most && round < 100; ++round) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        out = count_threads();
    }
    return out;
}
/// Bytes of its address space.
HAFT_COLD inline std::uint64_t memory_size() {
    std::ifstream in("/proc/self/statm");
    std::uint64_t pages = 0;
    in >> pages;
    return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_CHECK_PROCESS_STATE_HPP
