// SPDX-License-Identifier: BSL-1.0
// A client that puts a stdio server under load, in C++ so that the client is not the limit. It calls the tool "echo" and
// checks every answer: a result, of a call that was made and not yet answered, that holds the text.
//
//   stdio_client load WINDOW BYTES WARM_UP SECONDS CMD...   calls answered in a second, with so many in flight, and ns of
//                                                           the server's processor for each
//   stdio_client start COUNT CMD...                         ms from the start of the process to the answer to tools/list
//   stdio_client memory CMD...                              bytes in memory when it idles after that
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using clock_type = std::chrono::steady_clock;
using seconds = std::chrono::duration<double>;

constexpr unsigned longest_run = 120;  // seconds; whatever hangs ends then

[[noreturn]] void fail(std::string_view what, std::string_view line = {}) {
    std::fprintf(stderr, "stdio_client: %.*s%s%.*s\n", int(what.size()), what.data(), line.empty() ? "" : ": ",
                 int(std::min<std::size_t>(line.size(), 200)), line.data());
    std::exit(1);
}

/// A server and the two pipes to it.
class server_process {
public:
    explicit server_process(char** command) {
        int in[2], out[2];
        if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) fail("no pipe");
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        if (::posix_spawnp(&pid_, command[0], &actions, nullptr, command, environ) != 0)
            fail("can't start", command[0]);
        posix_spawn_file_actions_destroy(&actions);
        ::close(in[0]);
        ::close(out[1]);
        to_ = in[1];
        from_ = out[0];
        ::fcntl(to_, F_SETFL, O_NONBLOCK);  // who waits to write while the server does, too, waits for ever
    }
    server_process(const server_process&) = delete;
    server_process& operator=(const server_process&) = delete;
    ~server_process() {
        ::close(to_);
        ::close(from_);
        for (int i = 0; i < 200; ++i) {
            if (::waitpid(pid_, nullptr, WNOHANG) == pid_) return;
            ::usleep(10'000);
        }
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }

    pid_t pid() const { return pid_; }

    /// From now on `exchange` looks again and again where it would sleep: a server has no client to wake, which costs it
    /// more or less from one run to the next.
    void stay_awake() { ::fcntl(from_, F_SETFL, O_NONBLOCK); }

    void send(std::string_view bytes) { outgoing_ += bytes; }

    /// Writes what can be written and waits for something to read; gives each whole line to `take`.
    template <class Take>
    void exchange(Take take) {
        flush();
        if (sent_ < outgoing_.size()) {
            pollfd ready[2] = {{to_, POLLOUT, 0}, {from_, POLLIN, 0}};
            ::poll(ready, 2, -1);
            if (!ready[1].revents) return;
        }
        if (incoming_.size() < filled_ + chunk) incoming_.resize(filled_ + chunk);
        const ssize_t n = ::read(from_, incoming_.data() + filled_, chunk);
        if (n < 0 && errno == EAGAIN) {
            ::sched_yield();
            return;
        }
        if (n <= 0) fail("the server has gone");
        const std::size_t searched = filled_;
        filled_ += static_cast<std::size_t>(n);
        std::string_view rest(incoming_.data(), filled_);
        for (std::size_t end = rest.find('\n', searched); end != rest.npos; end = rest.find('\n')) {
            take(rest.substr(0, end));
            rest.remove_prefix(end + 1);
        }
        std::memmove(incoming_.data(), rest.data(), rest.size());
        filled_ = rest.size();
    }

    /// Sends a request and waits for its answer.
    void ask(std::string_view request, std::string_view id) {
        send(request);
        for (bool answered = false; !answered;)
            exchange([&](std::string_view line) {
                if (line.find(id) == line.npos) return;  // a notification, say
                if (line.find("\"result\"") == line.npos) fail("not a result", line);
                answered = true;
            });
    }

private:
    void flush() {
        while (sent_ < outgoing_.size()) {
            const ssize_t n = ::write(to_, outgoing_.data() + sent_, outgoing_.size() - sent_);
            if (n < 0 && errno == EAGAIN) return;
            if (n <= 0) fail("the server does not read");
            sent_ += static_cast<std::size_t>(n);
        }
        outgoing_.clear();
        sent_ = 0;
    }

    static constexpr std::size_t chunk = 256u << 10;
    pid_t pid_ = 0;
    int to_ = -1, from_ = -1;
    std::string outgoing_, incoming_;
    std::size_t sent_ = 0, filled_ = 0;
};

/// From the greeting to the list of tools.
void begin(server_process& server) {
    server.ask(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",)"
               R"("capabilities":{},"clientInfo":{"name":"bench","version":"1"}}})"
               "\n",
               "\"id\":1");
    server.send(R"({"jsonrpc":"2.0","method":"notifications/initialized"})"
                "\n");
    server.ask(R"({"jsonrpc":"2.0","id":2,"method":"tools/list"})"
               "\n",
               "\"id\":2");
}

/// A text as it stands in JSON: lines of 80 characters, with their ends escaped.
std::string text_of(std::size_t bytes) {
    std::string text = "Text: ";
    while (text.size() < bytes) text += text.size() % 82 >= 80 ? "\\n" : "x";
    return text;
}

/// The number of the call that a line answers. The member stands near the front or the end.
unsigned long id_of(std::string_view line) {
    constexpr std::string_view key = "\"id\":";
    std::size_t at = line.substr(0, 40).find(key);
    if (at == line.npos) at = line.rfind(key);
    unsigned long id = 0;
    if (at == line.npos ||
        std::from_chars(line.data() + at + key.size(), line.data() + line.size(), id).ec != std::errc())
        fail("an answer without id", line);
    return id;
}

/// Calls in flight, by number.
class calls {
public:
    calls(std::size_t window, std::string text) : text_(std::move(text)), waiting_(window) {
        after_id_ = R"(,"method":"tools/call","params":{"name":"echo","arguments":{"text":")" + text_ + "\"}}}\n";
    }
    std::size_t in_flight() const { return in_flight_; }
    unsigned long answered() const { return answered_; }

    /// Fills the window when half of it is free, so that both sides have something to do.
    void make(server_process& server) {
        if (in_flight_ > waiting_.size() / 2) return;
        for (unsigned long& free : waiting_) {
            if (free) continue;
            free = ++last_;
            ++in_flight_;
            server.send("{\"jsonrpc\":\"2.0\",\"id\":");
            server.send(std::to_string(free));
            server.send(after_id_);
        }
    }

    void take(std::string_view line) {
        const auto it = std::find(waiting_.begin(), waiting_.end(), id_of(line));
        if (it == waiting_.end()) fail("an answer to no call", line);
        if (line.find(text_) == line.npos || line.find("\"isError\":true") != line.npos) fail("a wrong answer", line);
        *it = 0;
        --in_flight_;
        ++answered_;
    }

private:
    std::string text_, after_id_;
    std::vector<unsigned long> waiting_;  // 0: free
    std::size_t in_flight_ = 0;
    unsigned long last_ = 1000, answered_ = 0;
};

/// Where client and server run. Left to the kernel, this differs from one run to the next, and the rate by a factor of ten.
/// With many calls in flight each has a processor of its own; one after the other they share one, so that what counts is
/// their work and not how long an idle processor takes to wake up.
struct places {
    cpu_set_t client, server;
};

places places_of(std::size_t window) {
    cpu_set_t all;
    if (::sched_getaffinity(0, sizeof all, &all) != 0) fail("can't read the set of processors");
    int last = CPU_SETSIZE - 1;
    while (!CPU_ISSET(last, &all)) --last;
    places where{{}, all};
    CPU_SET(last, &where.client);
    if (window == 1) where.server = where.client;
    else if (CPU_COUNT(&all) > 1) CPU_CLR(last, &where.server);
    return where;
}

void run_on(const cpu_set_t& processors) {
    if (::sched_setaffinity(0, sizeof processors, &processors) != 0) fail("can't choose a processor");
}

/// Nanoseconds of processor that a process has had, with all its threads.
double processor_time(pid_t pid) {
    clockid_t clock;
    timespec used;
    if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &used) != 0)
        fail("can't read the server's time");
    return double(used.tv_sec) * 1e9 + double(used.tv_nsec);
}

struct load {
    double calls_per_second, nanoseconds_per_call;
};

load load_of(char** command, std::size_t window, std::size_t bytes, seconds warm_up, seconds length) {
    const places where = places_of(window);
    run_on(where.server);
    server_process server(command);  // stays where it was born
    run_on(where.client);
    begin(server);
    if (window > 1) server.stay_awake();
    calls made(window, text_of(bytes));
    const auto run_until = [&](clock_type::time_point end) {
        while (clock_type::now() < end) {
            made.make(server);
            server.exchange([&](std::string_view line) { made.take(line); });
        }
    };
    const auto in = [](seconds s) { return clock_type::now() + std::chrono::duration_cast<clock_type::duration>(s); };
    run_until(in(warm_up));
    const unsigned long before = made.answered();
    const double used = processor_time(server.pid());
    const auto start = clock_type::now();
    run_until(in(length));
    const double answered = double(made.answered() - before);
    const load measured{answered / seconds(clock_type::now() - start).count(),
                        (processor_time(server.pid()) - used) / answered};
    while (made.in_flight()) server.exchange([&](std::string_view line) { made.take(line); });
    return measured;
}

double milliseconds_to_first_list(char** command) {
    const auto start = clock_type::now();
    server_process server(command);
    begin(server);
    return 1000 * seconds(clock_type::now() - start).count();
}

long bytes_in_memory(char** command) {
    server_process server(command);
    begin(server);
    ::usleep(200'000);
    std::FILE* file = std::fopen(("/proc/" + std::to_string(server.pid()) + "/statm").c_str(), "r");
    long all = 0, resident = 0;
    if (!file || std::fscanf(file, "%ld %ld", &all, &resident) != 2) fail("can't read the size of the process");
    std::fclose(file);
    return resident * ::sysconf(_SC_PAGESIZE);
}

}  // namespace

int main(int argc, char** argv) {
    ::signal(SIGPIPE, SIG_IGN);
    ::alarm(longest_run);
    const std::string_view what = argc > 1 ? argv[1] : "";
    if (what == "load" && argc > 6) {
        const load measured = load_of(argv + 6, std::size_t(std::atol(argv[2])), std::size_t(std::atol(argv[3])),
                                      seconds(std::atof(argv[4])), seconds(std::atof(argv[5])));
        std::printf("%.1f %.1f\n", measured.calls_per_second, measured.nanoseconds_per_call);
    } else if (what == "start" && argc > 3)
        for (int i = std::atoi(argv[2]); i > 0; --i) std::printf("%.3f\n", milliseconds_to_first_list(argv + 3));
    else if (what == "memory" && argc > 2) std::printf("%ld\n", bytes_in_memory(argv + 2));
    else fail("load WINDOW BYTES WARM_UP SECONDS CMD..., start COUNT CMD... or memory CMD...");
}
