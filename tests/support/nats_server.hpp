// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_SUPPORT_NATS_SERVER_HPP
#define HAFT_TESTS_SUPPORT_NATS_SERVER_HPP

/// A nats-server of a test's own, on a port that is free.

#include <support/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace haft_test {

class nats_server {
public:
    /// The test is skipped where there is none. `more` are options of the server's.
    explicit nats_server(std::vector<std::string> more = {}) : more_(std::move(more)) {
        program_ = find();
        if (program_.empty()) SKIP("there is no nats-server (scripts/deps.sh --remote)");
        start("-1");
    }
    nats_server(const nats_server&) = delete;
    nats_server& operator=(const nats_server&) = delete;
    ~nats_server() { stop(); }

    std::string url() const { return "nats://127.0.0.1:" + port_; }
    void stop() {
        if (child_ <= 0) return;
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
        child_ = 0;
    }
    void start_again() { start(port_); }

private:
    static std::string find() {
        std::vector<std::string> places{"build/deps/remote/usr/sbin", "/usr/sbin", "/usr/local/bin", "/usr/bin"};
        for (const std::string& one : places)
            if (::access((one + "/nats-server").c_str(), X_OK) == 0) return one + "/nats-server";
        return {};
    }
    void start(const std::string& port) {
        std::vector<std::string> words{program_, "-a", "127.0.0.1", "-p", port, "--ports_file_dir", folder_.path.string()};
        words.insert(words.end(), more_.begin(), more_.end());
        std::vector<char*> pointers;
        for (std::string& one : words) pointers.push_back(one.data());
        pointers.push_back(nullptr);
        posix_spawn_file_actions_t files;
        ::posix_spawn_file_actions_init(&files);
        for (const int fd : {1, 2}) ::posix_spawn_file_actions_addopen(&files, fd, (folder_.path / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        const int failed = ::posix_spawn(&child_, program_.c_str(), &files, nullptr, pointers.data(), environ);
        ::posix_spawn_file_actions_destroy(&files);
        REQUIRE(failed == 0);
        const auto ports = folder_.path / ("nats-server_" + std::to_string(child_) + ".ports");
        for (int i = 0; i < 3000; ++i) {
            const std::string text = text_of(ports);
            const std::size_t at = text.find("nats://127.0.0.1:");
            if (at != text.npos && text.find('"', at) != text.npos) {
                const std::size_t begin = at + 17;
                port_ = text.substr(begin, text.find('"', begin) - begin);
                return;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        FAIL("nats-server does not start: " << text_of(folder_.path / "log"));
    }

    temporary_folder folder_;
    std::string program_, port_;
    std::vector<std::string> more_;
    pid_t child_ = 0;
};

}  // namespace haft_test

#endif  // HAFT_TESTS_SUPPORT_NATS_SERVER_HPP
