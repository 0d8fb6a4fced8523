// SPDX-License-Identifier: BSL-1.0
// `call` for people: what is no text, progress and messages on standard error, leniency, Ctrl-C.
#include <haft/host/run.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

namespace {

using namespace std::string_literals;

struct steps {
    int n = 3;
};
std::string work(const steps& s, haft::call_context& c) {
    for (int i = 0; i <= s.n; ++i) c.progress(i, s.n, i == s.n ? "nearly \x1b[0m" : "");
    c.log(haft::log_level::warning, "careful\x1b[0m");
    return "done";
}
void count_up(haft::call_context& c) {
    for (int i = 1; i <= 3; ++i) c.progress(i);
}
bool interrupted(haft::call_context& c) {
    if (c.stop_requested()) return false;
    std::raise(SIGINT);
    return c.stop_requested();
}
/// Whether what an interrupt comes upon keeps its errno.
bool keeps_errno(haft::call_context&) {
    errno = ERANGE;
    std::raise(SIGINT);
    return errno == ERANGE;
}
haft::image picture() { return {std::string(3456, 'x')}; }
haft::content several() { return {"look", haft::image{"a\0b"s}, haft::resource{"file:///x", {}, "its text"}}; }
haft::output<std::vector<int>> plot() { return {{1, 2}, {haft::audio{"ab"}}}; }
int user_number(haft::call_context& c) { return c.user<int>() ? *c.user<int>() : -1; }

haft::toolset tools() {
    return {haft::make<&work>(""),        haft::make<&count_up>(""),   haft::make<&interrupted>(""),
            haft::make<&keeps_errno>(""), haft::make<&picture>(""),    haft::make<&several>(""),
            haft::make<&plot>(""),        haft::make<&user_number>("")};
}

struct outcome {
    std::string out, err;
    int code;
};

outcome run(std::vector<const char*> words, const haft::run_options& options = {}) {
    words.insert(words.begin(), "/usr/bin/my-tools");
    std::FILE* files[2]{std::tmpfile(), std::tmpfile()};
    int saved[2]{};
    std::fflush(stdout), std::fflush(stderr);
    for (int i = 0; i < 2; ++i) {
        REQUIRE(files[i]);
        saved[i] = ::dup(i + 1);
        ::dup2(::fileno(files[i]), i + 1);
    }
    outcome o{};
    o.code = haft::run(tools(), static_cast<int>(words.size()), words.data(), options);
    std::fflush(stdout), std::fflush(stderr);
    for (int i = 0; i < 2; ++i) {
        ::dup2(saved[i], i + 1), ::close(saved[i]);
        std::rewind(files[i]);
        for (int c; (c = std::fgetc(files[i])) != EOF;) (i ? o.err : o.out) += static_cast<char>(c);
        std::fclose(files[i]);
    }
    return o;
}

struct scratch {
    std::string path;
    scratch() {
        std::string name = (std::filesystem::temp_directory_path() / "haft-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()));
        path = name;
    }
    ~scratch() { std::filesystem::remove_all(path); }
    std::string read(const char* file) const {
        std::ifstream in(path + "/" + file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
};

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

TEST_CASE("call prints content for people", "[EX-05]") {
    CHECK(run({"call", "picture", "{}"}).out == "[image/png, 3456 bytes]\n");
    CHECK(run({"call", "several", "{}"}).out == "look\n[image/png, 3 bytes]\nits text\n");
    CHECK(run({"call", "plot", "{}"}).out == "[1,2]\n[audio/wav, 2 bytes]\n");
}

TEST_CASE("call --save writes files, and none over another", "[EX-05]") {
    const scratch folder;
    const outcome o = run({"call", "several", "{}", "--save", folder.path.c_str()});
    CHECK(o.code == 0);
    CHECK(o.out == "look\n[image/png, 3 bytes] " + folder.path + "/several-1.png\nits text\n");
    CHECK(folder.read("several-1.png") == "a\0b"s);
    const outcome again = run({"call", "--save", folder.path.c_str(), "several", "{}"});
    CHECK(again.code == 1);
    CHECK(contains(again.err, "can't write " + folder.path + "/several-1.png: "));
    CHECK(run({"call", ("--save=" + folder.path).c_str(), "plot", "{}"}).code == 0);
    CHECK(folder.read("plot-1.wav") == "ab");
    CHECK(run({"call", "plot", "{}", "--save", (folder.path + "/none").c_str()}).code == 1);
}

TEST_CASE("messages go to standard error and can't steer the terminal, and where that is none there is no progress", "[EX-10]") {
    const outcome o = run({"call", "work", R"({"n":4})"});
    CHECK(o.code == 0);
    CHECK(o.out == "done\n");
    CHECK(o.err == "warning: careful\\x1b[0m\n");
    CHECK(run({"call", "count_up", "{}"}).err.empty());
}

TEST_CASE("call --lenient converts, and says so", "[EX-10]") {
    CHECK(run({"call", "work", R"({"n":"1"})"}).code == 1);
    const outcome o = run({"call", "--lenient", "work", R"({"n":"1","x":2})"});
    CHECK(o.code == 0);
    CHECK(o.out == "done\n");
    CHECK(contains(o.err, "Note: /n: "));
    CHECK(contains(o.err, "Note: /x: "));
    CHECK(run({"call", "work", R"({"n":"1"})", "--lenient"}).code == 0);
    const outcome wrong = run({"call", "--leniant", "work", "{}"});
    CHECK(wrong.code == 2);
    CHECK(contains(wrong.err, "did you mean \"--lenient\"?"));
    CHECK(run({"call", "work", "{}", "--save"}).code == 2);
}

TEST_CASE("Ctrl-C asks the call to stop, and does after it what it did before", "[EX-10]") {
    const auto handler = [] {
        struct sigaction now{};
        ::sigaction(SIGINT, nullptr, &now);
        return now.sa_handler;
    };
    const auto before = handler();
    CHECK(run({"call", "interrupted", "{}"}).out == "true\n");
    CHECK(run({"call", "interrupted", "{}"}).out == "true\n");
    CHECK(handler() == before);
    CHECK(run({"call", "keeps_errno", "{}"}).out == "true\n");
}

TEST_CASE("a program's limits and data hold for every call", "[EX-10]") {
    int number = 7;
    haft::run_options options;
    options.call.user = haft::user_data(number);
    options.call.max_attachment_bytes = 3000;
    CHECK(run({"call", "user_number", "{}"}, options).out == "7\n");
    CHECK(contains(run({"call", "picture", "{}"}, options).err, "[haft-E0208]"));
}
