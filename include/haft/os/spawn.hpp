// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_OS_SPAWN_HPP
#define HAFT_OS_SPAWN_HPP

/// Starts a program in a process group of its own, with exactly the three descriptors that it is given. posix_spawn, since
/// between fork and exec a program of several threads may do next to nothing.

#include <haft/core/config.hpp>
#include <haft/os/descriptor.hpp>

#include <csignal>
#include <string>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/types.h>
#include <unistd.h>

extern "C" char** environ;  // POSIX: no header has to declare it

namespace haft::inline v0::detail {

struct spawn_request {
    std::string file;                                       // an absolute path
    const std::vector<std::string>* argv = nullptr;         // not empty
    const std::vector<std::string>* environment = nullptr;  // null: that of this process
    std::string folder = {};                                // "": that of this process
    int input = -1, output = -1, errors = -1;               // -1: /dev/null
};

/// What posix_spawn is told, freed again.
class spawn_settings {
public:
    spawn_settings() {
        ok_ = ::posix_spawn_file_actions_init(&actions_) == 0 && ::posix_spawnattr_init(&attributes_) == 0;
    }
    spawn_settings(const spawn_settings&) = delete;
    spawn_settings& operator=(const spawn_settings&) = delete;
    ~spawn_settings() {
        ::posix_spawn_file_actions_destroy(&actions_);
        ::posix_spawnattr_destroy(&attributes_);
    }

    HAFT_COLD bool prepare(const spawn_request& what) {
        return ok_ && give(what.input, 0, O_RDONLY) && give(what.output, 1, O_WRONLY) &&
               give(what.errors, 2, O_WRONLY) && close_others() && (what.folder.empty() || enter(what.folder)) &&
               fresh_signals();
    }
    int start(pid_t& child, const std::string& file, char* const argv[], char* const environment[]) {
        return ::posix_spawn(&child, file.c_str(), &actions_, &attributes_, argv, environment);
    }

private:
    bool give(int number, int as, int mode) {
        return (number >= 0 ? ::posix_spawn_file_actions_adddup2(&actions_, number, as)
                            : ::posix_spawn_file_actions_addopen(&actions_, as, "/dev/null", mode, 0)) == 0;
    }
    /// What the host opened without O_CLOEXEC, too. Where the system can't, only haft's own are kept back.
    bool close_others() {
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 34)
        return ::posix_spawn_file_actions_addclosefrom_np(&actions_, 3) == 0;
#else
        return true;
#endif
    }
    bool enter(const std::string& folder) {
        return ::posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str()) == 0;
    }
    /// Nothing blocked, and nothing ignored of what a program relies upon: a host that ignores SIGPIPE would leave it `yes |
    /// head` without an end.
    bool fresh_signals() {
        sigset_t none, usual;
        sigemptyset(&none);
        sigemptyset(&usual);
        for (const int one : {SIGPIPE, SIGCHLD, SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGUSR1, SIGUSR2, SIGALRM})
            sigaddset(&usual, one);
        return ::posix_spawnattr_setsigmask(&attributes_, &none) == 0 &&
               ::posix_spawnattr_setsigdefault(&attributes_, &usual) == 0 &&
               ::posix_spawnattr_setpgroup(&attributes_, 0) == 0 &&
               ::posix_spawnattr_setflags(
                   &attributes_,
                   static_cast<short>(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP)) == 0;
    }

    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
    bool ok_ = false;
};

/// 0, and the child, which leads a process group; or the errno.
HAFT_COLD inline int spawn(const spawn_request& what, pid_t& child) {
    const auto pointers = [](const std::vector<std::string>& texts) {
        std::vector<char*> out;
        for (const std::string& text : texts) out.push_back(const_cast<char*>(text.c_str()));  // execve writes none
        out.push_back(nullptr);
        return out;
    };
    const std::vector<char*> argv = pointers(*what.argv);
    std::vector<char*> own;
    if (what.environment) own = pointers(*what.environment);
    spawn_settings settings;
    if (!settings.prepare(what)) return ENOMEM;
    return settings.start(child, what.file, argv.data(), what.environment ? own.data() : environ);
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_OS_SPAWN_HPP
