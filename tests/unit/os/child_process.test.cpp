// SPDX-License-Identifier: BSL-1.0
#include <haft/core/stop_source.hpp>
#include <haft/os/child_process.hpp>

#include <catch2/catch_test_macros.hpp>

#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <support/temporary_folder.hpp>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using haft_test::temporary_folder;
using haft_test::text_of;

haft::child_request shell(const temporary_folder& in, std::string_view lines) {
    const auto program = in.script("program", lines);
    return {.program = program, .argv = {"program"}};
}
haft::child_result ran(const haft::child_request& what) {
    haft::result<haft::child_result> out = haft::run_child(what);
    if (!out) FAIL(out.error().text());
    return std::move(*out);
}

void make_fifo(const std::filesystem::path& at) { REQUIRE(::mkfifo(at.c_str(), 0600) == 0); }

/// A fifo that programs hold open: its end comes when the last of them is gone.
class held_by_programs {
public:
    explicit held_by_programs(const std::filesystem::path& at) {
        make_fifo(at);
        reader_ = ::open(at.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        REQUIRE(reader_ >= 0);
        ::fcntl(reader_, F_SETFL, 0);
    }
    held_by_programs(const held_by_programs&) = delete;
    held_by_programs& operator=(const held_by_programs&) = delete;
    ~held_by_programs() { ::close(reader_); }
    bool all_gone() const {  // or it waits for ever
        char byte = 0;
        return ::read(reader_, &byte, 1) == 0;
    }

private:
    int reader_ = -1;
};

/// Whether this process has no child, be it a zombie.
bool has_no_child() { return ::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

/// Runs it, and stops it once it has opened the fifo `begun`.
haft::child_result stopped(haft::child_request what, const temporary_folder& at) {
    make_fifo(at.path / "begun");
    what.folder = at.path;
    haft::stop_source source;
    what.stop = source.token();
    std::thread stopper([&] {
        const int heard = ::open((at.path / "begun").c_str(), O_RDONLY | O_CLOEXEC);  // waits for the child
        source.request_stop();
        ::close(heard);
    });
    haft::child_result out = ran(what);
    stopper.join();
    return out;
}

}  // namespace

TEST_CASE("A program is given its words as they are, and says what it says", "[os]") {
    const temporary_folder at;
    haft::child_request what = shell(at, "printf '%s|' \"$@\"; printf complaint >&2; exit 3");
    what.argv = {"program", "two words", "$(rm -rf x)", "", "*", "; echo", "a\nb"};
    const haft::child_result out = ran(what);
    CHECK(out.end == haft::child_end::exited);
    CHECK(out.exit_code == 3);
    CHECK(out.output == "two words|$(rm -rf x)||*|; echo|a\nb|");
    CHECK(out.errors == "complaint");
    CHECK(out.output_cut == 0);
}

TEST_CASE("Standard input: a text of any length, or none", "[os]") {
    const temporary_folder at;
    haft::child_request what = shell(at, "exec cat");
    CHECK(ran(what).output.empty());  // an end at once
    what.input = std::string(300000, 'x') + "end";
    CHECK(ran(what).output == what.input);
}

TEST_CASE("A program that does not read its input raises no SIGPIPE", "[os]") {
    const temporary_folder at;
    haft::child_request what = shell(at, "exec <&-; echo done");
    what.input = std::string(1u << 20, 'x');
    struct sigaction before{}, now{};
    REQUIRE(::sigaction(SIGPIPE, nullptr, &before) == 0);
    REQUIRE(before.sa_handler == SIG_DFL);  // which would end this test
    CHECK(ran(what).output == "done\n");
    REQUIRE(::sigaction(SIGPIPE, nullptr, &now) == 0);
    CHECK(now.sa_handler == SIG_DFL);
    sigset_t pending;
    sigpending(&pending);
    CHECK(sigismember(&pending, SIGPIPE) == 0);
}

TEST_CASE("What is too long is read, dropped and counted", "[os]") {
    const temporary_folder at;
    haft::child_request what = shell(at, "head -c 300000 /dev/zero; head -c 70000 /dev/zero >&2; printf x; exit 0");
    what.most_output = 1000;
    what.most_errors = 10;
    const haft::child_result out = ran(what);
    CHECK(out.exit_code == 0);
    CHECK(out.output == std::string(1000, '\0'));
    CHECK(out.output_cut == 299001);
    CHECK(out.errors.size() == 10);
    CHECK(out.errors_cut == 69990);
}

TEST_CASE("Folder and environment are those that were asked for", "[os]") {
    const temporary_folder at;
    haft::child_request what = shell(at, "pwd; echo \"$NAME:$HOME\"");
    what.folder = at.folder("elsewhere");
    what.environment = std::vector<std::string>{"NAME=a b"};
    CHECK(ran(what).output == what.folder.string() + "\na b:\n");
    what.environment = std::vector<std::string>{"no value"};
    CHECK(haft::run_child(what).error().message ==
          "program \"program\" can't be run: the environment has \"no value\", which is not NAME=value");
    what.environment.reset();
    what.folder = at.path / "missing";
    CHECK(haft::run_child(what).error().message ==
          "program \"program\" can't be run: there is no folder " + what.folder.string() + " to run it in");
}

TEST_CASE("None of this program's descriptors is open in the child", "[os]") {
    const temporary_folder at;
    const int careless = ::open("/dev/null", O_RDONLY);  // without O_CLOEXEC
    REQUIRE(careless > 2);
    const int high = ::fcntl(careless, F_DUPFD, 200);
    const haft::child_result all = ran(shell(at, "ls -l /proc/self/fd | grep -c -e '/dev/null' -e ' 200 '"));
    CHECK(all.output == "1\n");  // its standard input
    ::close(careless);
    ::close(high);
}

TEST_CASE("A child that takes too long is killed, and all that it started", "[os]") {
    const temporary_folder at;
    make_fifo(at.path / "never");
    const held_by_programs held(at.path / "held");
    haft::child_request what = shell(at, "sleep 1000 > held & read x < never");
    what.folder = at.path;
    what.time_limit = std::chrono::milliseconds(200);
    const haft::child_result out = ran(what);
    CHECK(out.end == haft::child_end::timed_out);
    CHECK(out.signal == SIGTERM);
    CHECK(has_no_child());
    CHECK(held.all_gone());
}

TEST_CASE("A stop ends it, from another thread, and what it said until then is there", "[os]") {
    const temporary_folder at;
    const haft::child_result out =
        stopped(shell(at, "trap 'echo bye; exit 7' TERM; echo begun; : > begun; while :; do :; done"), at);
    CHECK(out.end == haft::child_end::stopped);
    CHECK(out.exit_code == 7);
    CHECK(out.output == "begun\nbye\n");
}

TEST_CASE("Who does not listen to SIGTERM is killed by SIGKILL", "[os]") {
    const temporary_folder at;
    haft::child_request what = shell(at, "trap '' TERM; echo deaf; : > begun; while :; do :; done");
    what.grace = std::chrono::milliseconds(50);
    const haft::child_result out = stopped(what, at);
    CHECK(out.end == haft::child_end::stopped);
    CHECK(out.signal == SIGKILL);
    CHECK(out.output == "deaf\n");
    CHECK(has_no_child());
}

TEST_CASE("What a program leaves in the background goes with it, and does not keep anybody waiting", "[os]") {
    const temporary_folder at;
    const held_by_programs held(at.path / "held");
    haft::child_request what = shell(at, "exec 3> held; sleep 1000 & echo done");  // it has standard output, too
    what.folder = at.path;
    const haft::child_result out = ran(what);
    CHECK(out.exit_code == 0);
    CHECK(out.output == "done\n");
    CHECK(held.all_gone());
}

TEST_CASE("A program that ends by a signal says by which", "[os]") {
    const temporary_folder at;
    const haft::child_result out = ran(shell(at, "kill -USR1 $$"));
    CHECK(out.end == haft::child_end::signalled);
    CHECK(out.signal == SIGUSR1);
}

TEST_CASE("What can't be run is an error that says why", "[os]") {
    const temporary_folder at;
    CHECK(haft::run_child({.program = "/bin/true"}).error().text() ==
          "program \"/bin/true\" can't be run: argv is empty; it begins with the program's name [haft-E0441]");
    CHECK(haft::run_child({.program = "true", .argv = {"true"}}).error().message ==
          "program \"true\" can't be run: its file \"true\" is no absolute path");
    CHECK(haft::run_child({.program = "/bin/echo", .argv = {"echo", std::string("a\0b", 3)}}).error().message ==
          "program \"echo\" can't be run: argument 1 has a NUL byte: \"a\\x00b\"");
    const auto stray = at.file("stray", "#!/no/such/interpreter\n");
    std::filesystem::permissions(stray, std::filesystem::perms::owner_all);
    CHECK(haft::run_child({.program = stray, .argv = {"stray"}}).error().message ==
          "program \"stray\" can't be run: No such file or directory (the file, or the interpreter that its first line "
          "names)");
}

TEST_CASE("Signals that this program blocks or ignores are as usual in the child", "[os]") {
    const temporary_folder at;
    sigset_t all, before;
    sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, &before);
    const haft::child_result out = ran(shell(at, "kill -TERM $$; echo still"));
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    CHECK(out.signal == SIGTERM);
    CHECK(out.output.empty());
}

TEST_CASE("Where the host buries children itself, how one ended is not known, and what it said is", "[os]") {
    const temporary_folder at;
    struct sigaction ignored{}, before{};
    ignored.sa_handler = SIG_IGN;
    ::sigaction(SIGCHLD, &ignored, &before);
    const haft::child_result out = ran(shell(at, "echo done; exit 3"));
    ::sigaction(SIGCHLD, &before, nullptr);
    CHECK(out.end == haft::child_end::unknown);
    CHECK(out.output == "done\n");
}

TEST_CASE("Arguments that are too long for the system are an error", "[os]") {
    const haft::result<haft::child_result> out =
        haft::run_child({.program = "/bin/echo", .argv = {"echo", std::string(8u << 20, 'x')}});
    REQUIRE_FALSE(out);
    CHECK(out.error().code == haft::errc::program_not_run);
    CHECK(out.error().message ==
          "program \"echo\" can't be run: Argument list too long (arguments and environment are too long together)");
}

TEST_CASE("Several threads run programs at a time", "[os]") {
    const temporary_folder at;
    const auto program = at.script("program", "cat; printf '%s' \"$1\"");
    std::vector<std::string> said(8);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < said.size(); ++i)
        threads.emplace_back([&, i] {
            for (int n = 0; n < 5; ++n) {
                const auto out = haft::run_child({.program = program,
                                                  .argv = {"program", std::to_string(i)},
                                                  .input = std::string(100000, static_cast<char>('a' + i))});
                said[i] = out ? out->output : out.error().text();
            }
        });
    for (std::thread& one : threads) one.join();
    for (std::size_t i = 0; i < said.size(); ++i)
        CHECK(said[i] == std::string(100000, static_cast<char>('a' + i)) + std::to_string(i));
}

TEST_CASE("A program whose standard streams are closed can run others, and no pipe takes their place", "[os]") {
    const temporary_folder at;
    haft::child_request what = shell(at, "cat; echo complaint >&2");
    what.input = "text";
    const int kept = ::fcntl(0, F_DUPFD_CLOEXEC, 100);
    ::close(0);
    haft::detail::pipe_ends ends;
    const bool opened = haft::detail::open_pipe(ends);
    const auto out = haft::run_child(what);
    if (kept >= 0) ::dup2(kept, 0), ::close(kept);
    CHECK((opened && ends.read.number() > 2 && ends.write.number() > 2));
    REQUIRE(out);
    CHECK(out->output == "text");
    CHECK(out->errors == "complaint\n");
}

TEST_CASE("(a program of the next test that goes into this one's process group)", "[.leaves_its_group]") {
    REQUIRE(::setpgid(0, ::getpgid(::getppid())) == 0);
    ::signal(SIGTERM, SIG_IGN);
    CHECK(::open("begun", O_WRONLY) >= 0);
    ::sleep(20);
}

TEST_CASE("A program that has left its process group is ended as any other", "[os]") {
    const temporary_folder at;
    haft::child_request what{.program = std::filesystem::canonical("/proc/self/exe"),
                             .argv = {"program", "[.leaves_its_group]"}};
    what.grace = std::chrono::milliseconds(50);
    const haft::child_result out = stopped(what, at);
    CHECK(out.end == haft::child_end::stopped);
    CHECK(out.signal == SIGKILL);
    CHECK(has_no_child());
}
