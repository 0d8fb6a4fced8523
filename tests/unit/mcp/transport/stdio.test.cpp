// SPDX-License-Identifier: BSL-1.0
// serve_stdio in a child process, with real pipes: what the process does to its descriptors must not touch Catch2's.
#include <haft/mcp/transport/stdio.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace {

struct outcome {
    std::string out, err;
    int code;
};

std::string drain(int fd) {
    std::string text;
    std::array<char, 4096> part{};
    for (ssize_t n; (n = ::read(fd, part.data(), part.size())) > 0;)
        text.append(part.data(), static_cast<std::size_t>(n));
    ::close(fd);
    return text;
}

template <class Child>
outcome in_child(std::string_view input, Child child) {
    std::array<int, 2> in{}, out{}, err{};
    REQUIRE(::pipe(in.data()) == 0);
    REQUIRE(::pipe(out.data()) == 0);
    REQUIRE(::pipe(err.data()) == 0);
    std::fflush(stdout);
    const pid_t pid = ::fork();
    REQUIRE(pid >= 0);
    if (pid == 0) {
        ::dup2(in[0], 0), ::dup2(out[1], 1), ::dup2(err[1], 2);
        for (const auto& p : {in, out, err}) ::close(p[0]), ::close(p[1]);
        const int code = child();
        std::fflush(stdout);
        ::_exit(code);
    }
    ::close(in[0]), ::close(out[1]), ::close(err[1]);
    REQUIRE(::write(in[1], input.data(), input.size()) == static_cast<ssize_t>(input.size()));  // fits into the pipe
    ::close(in[1]);
    outcome o{drain(out[0]), drain(err[0]), 0};
    int status = 0;
    REQUIRE(::waitpid(pid, &status, 0) == pid);
    o.code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    return o;
}

constexpr std::string_view handshake =
    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})"
    "\n";

std::string call_line(std::string_view name) {
    return R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":")" + std::string(name) + "\"}}\n";
}

std::size_t lines(std::string_view text) {
    std::size_t n = 0;
    for (const char c : text) n += c == '\n';
    return n;
}

}  // namespace

TEST_CASE("the server ends with its input, with exit code 0") {
    const outcome o = in_child(handshake, [] { return haft::mcp::serve_stdio(haft::toolset()); });
    CHECK(o.code == 0);
    CHECK(lines(o.out) == 1);
    CHECK(in_child("", [] { return haft::mcp::serve_stdio(haft::toolset()); }).code == 0);
}

TEST_CASE("whatever a tool or its child prints, standard output holds frames only", "[fault-76][fault-141]") {
    const outcome o = in_child(std::string(handshake) + call_line("noisy"), [] {
        haft::toolset set;
        set.add("noisy", "Prints in every way", [] {
            std::printf("by printf\n");
            const ssize_t n = ::write(STDOUT_FILENO, "by write\n", 9);
            const int rc = std::system("echo by a child");
            return n == 9 && rc == 0;
        });
        return haft::mcp::serve_stdio(set);
    });
    CHECK(o.code == 0);
    CHECK(lines(o.out) == 2);
    CHECK(o.out.find("by ") == std::string::npos);
    CHECK(o.out.find(R"("id":1,"result":{"content":[{"type":"text","text":"true"}])") != std::string::npos);
    for (const std::string_view kind : {"by printf\n", "by write\n", "by a child\n"})
        CHECK(o.err.find(kind) != std::string::npos);
}

TEST_CASE("what was printed before serving and after it still goes to standard output") {
    const outcome o = in_child(handshake, [] {
        std::printf("before\n");
        const int code = haft::mcp::serve_stdio(haft::toolset());
        std::printf("after\n");
        return code;
    });
    CHECK(o.out.starts_with("before\n{"));
    CHECK(o.out.ends_with("}\nafter\n"));
}

TEST_CASE("a client that went away ends the server without a signal") {
    std::string flood;
    for (int i = 0; i < 300; ++i)
        flood += R"({"jsonrpc":"2.0","id":1,"method":"ping"})"
                 "\n";
    const outcome o = in_child(std::string(handshake) + flood, [] {
        std::array<int, 2> broken{};
        if (::pipe(broken.data()) != 0) return 99;
        ::dup2(broken[1], STDOUT_FILENO);
        ::close(broken[0]), ::close(broken[1]);
        return haft::mcp::serve_stdio(haft::toolset());
    });
    CHECK(o.code == 0);
}

TEST_CASE("calls before the end of the input are answered, then the exit code is 0", "[fault-130]") {
    haft::toolset set;
    set.add("slow", "Sleeps", [] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        return 7;
    });
    for (const bool elsewhere : {false, true}) {
        const outcome o = in_child(std::string(handshake) + call_line("slow"), [&] {
            haft::mcp::server_options options;
            std::thread worker;
            if (elsewhere) options.executor = [&](std::function<void()> job) { worker = std::thread(std::move(job)); };
            const int code = haft::mcp::serve_stdio(set, std::move(options));
            if (worker.joinable()) worker.join();
            return code;
        });
        CHECK(o.code == 0);
        CHECK(lines(o.out) == 2);
        CHECK(o.out.find(R"("id":1,"result":{"content":[{"type":"text","text":"7"}])") != std::string::npos);
    }
}

TEST_CASE("at the end of the input an executor's call is waited for until the deadline, then asked to stop",
          "[fault-130][EX-10]") {
    haft::toolset set;
    set.add("stubborn", "Runs until it is asked to stop", [](haft::call_context& c) {
        while (!c.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        std::fputs("asked to stop\n", stderr);
        return 7;
    });
    const outcome o = in_child(std::string(handshake) + call_line("stubborn"), [&] {
        haft::mcp::server_options options;
        std::thread worker;
        options.executor = [&](std::function<void()> job) { worker = std::thread(std::move(job)); };
        options.drain_time = std::chrono::milliseconds(100);
        const auto begin = std::chrono::steady_clock::now();
        const int code = haft::mcp::serve_stdio(set, std::move(options));
        const auto took = std::chrono::steady_clock::now() - begin;
        worker.join();
        return took < std::chrono::milliseconds(90) ? 98 : code;
    });
    CHECK(o.code == 0);
    CHECK(lines(o.out) == 1);
    CHECK(o.err == "asked to stop\n");
}

TEST_CASE("with an executor other messages are served while a call runs, and a call can be cancelled", "[EX-10]") {
    haft::toolset set;
    set.add("wait", "Runs until it is asked to stop", [](haft::call_context& c) {
        c.progress(1, 2);
        while (!c.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return 7;
    });
    set.add("quick", "Is quick", [] { return 1; });
    const std::string cancel = R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})"
                               "\n";
    const std::string ping = R"({"jsonrpc":"2.0","id":2,"method":"ping"})"
                             "\n";
    const outcome o = in_child(std::string(handshake) + call_line("wait") + ping + cancel, [&] {
        haft::mcp::server_options options;
        std::vector<std::thread> workers;
        options.executor = [&](std::function<void()> job) { workers.emplace_back(std::move(job)); };
        const int code = haft::mcp::serve_stdio(set, std::move(options));
        for (std::thread& w : workers) w.join();
        return code;
    });
    CHECK(o.code == 0);
    CHECK(lines(o.out) == 2);
    CHECK(o.out.find("\"id\":2,\"result\":{}") != std::string::npos);
    CHECK(o.out.find("\"id\":1,") == std::string::npos);
}
