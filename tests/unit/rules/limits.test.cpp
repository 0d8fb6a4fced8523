// SPDX-License-Identifier: BSL-1.0
// The form of calls, long results, rounds, what comes before what, what keeps failing.
#include <haft/rules/call_limits.hpp>
#include <haft/rules/failure_record.hpp>
#include <haft/rules/loop_detector.hpp>
#include <haft/talk/loop_guard.hpp>
#include <haft/rules/prerequisites.hpp>
#include <haft/rules/result_store.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <stdlib.h>

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::string problem(const haft::result<void>& r) { return r ? "none" : r.error().text(); }

/// A directory that is gone with the test.
struct scratch {
    fs::path at;
    scratch() {
        std::string name = (fs::temp_directory_path() / "haft-rules-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()));
        at = name;
    }
    ~scratch() { fs::remove_all(at); }
};
std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
std::size_t files_in(const fs::path& directory) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

/// The calls of a model, each answered: which were let through.
std::string run(haft::loop_detector& loops, std::string_view calls, std::string_view answers) {
    std::string out;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const std::string arguments = "{\"n\":\"" + std::string(1, calls[i]) + "\"}";
        const bool may = loops.before("f", arguments).has_value();
        out += may ? calls[i] : '-';
        if (may) loops.after("f", arguments, std::string(1, answers[i % answers.size()]));
    }
    return out;
}

}  // namespace

TEST_CASE("What comes first is known by either spelling of its name", "[EX-13]") {
    haft::prerequisites order(std::vector<haft::prerequisite>{{"files_write", "files_read"}});
    CHECK(problem(order.may_come("files.write", "{}")).find("call \"files_read\" before") != std::string::npos);
    order.succeeded("files.read", "{}");
    CHECK(problem(order.may_come("files.write", "{}")) == "none");
}

TEST_CASE("A name has 64 characters at most, and for strict providers letters, digits and underscores", "[EX-13]") {
    const haft::call_limits limits;
    CHECK(problem(haft::fits_limits(limits, std::string(64, 'a'), "{}")) == "none");
    CHECK(problem(haft::fits_limits(limits, std::string(65, 'a'), "{}")).find("has 65 bytes; at most 64 are allowed") !=
          std::string::npos);
    CHECK(problem(haft::fits_limits(limits, "files.read-all", "{}")) == "none");
    CHECK(problem(haft::fits_limits({.strict_names = true}, "files.read", "{}")) ==
          R"(the call of "files.read" was not made: its name holds "."; A-Z a-z 0-9 _ are allowed [haft-E0357])");
    CHECK(problem(haft::fits_limits(limits, "a b", "{}")).find("A-Z a-z 0-9 _ - . are allowed") != std::string::npos);
    CHECK(problem(haft::fits_limits(limits, "", "{}")).find("it has no name") != std::string::npos);
}

TEST_CASE("The input of a call is an object", "[EX-13]") {
    const haft::call_limits limits{.argument_bytes = 20};
    CHECK(problem(haft::fits_limits(limits, "f", "")) == "none");
    CHECK(problem(haft::fits_limits(limits, "f", " {\"a\":1} ")) == "none");
    CHECK(problem(haft::fits_limits(limits, "f", "[1]")) ==
          R"(the call of "f" was not made: its input has to be a JSON object, got "[1]" [haft-E0357])");
    CHECK(problem(haft::fits_limits(limits, "f", "{\"a\":")).find("at byte 5") != std::string::npos);
    CHECK(problem(haft::fits_limits(limits, "f", "{} {}")).find("haft-E0357") != std::string::npos);
    CHECK(problem(haft::fits_limits(limits, "f", "{\"a\":\"0123456789012\"}")).find("have 21 bytes; at most 20") !=
          std::string::npos);
}

TEST_CASE("A result of more than 8000 characters goes to a file, and its first 2000 are shown", "[EX-13]") {
    const scratch here;
    haft::result_store store(here.at / "results");
    CHECK(store.show(std::string(8000, 'a'), "c").text == std::string(8000, 'a'));
    CHECK_FALSE(fs::exists(here.at / "results"));
    std::string text;
    for (int i = 0; i < 8001; ++i) text += "\xC3\xA9";
    const haft::shown_result shown = store.show(text, "call_1");
    CHECK(shown.text.starts_with(text.substr(0, 4000) + "\n[2000 of 8001 characters; all of them are in "));
    CHECK(read(shown.file) == text);
    CHECK(shown.file == store.file_of("call_1"));
    CHECK(fs::status(here.at / "results").permissions() == fs::perms::owner_all);
    CHECK(fs::status(shown.file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("The file's name depends on the id of the call alone, and is a name whatever that is", "[EX-13]") {
    const scratch here;
    haft::result_store store(here.at, {.most_characters = 1, .preview_characters = 1});
    CHECK(store.file_of("call_1") == here.at / "call_1-74196fe72e4c.txt");
    CHECK(store.file_of("../../etc/passwd").parent_path() == here.at);
    CHECK(store.file_of("a/b") != store.file_of("ab"));
    CHECK(store.file_of("").filename().string().starts_with("result-"));
    CHECK(store.file_of(std::string(5000, 'x')).filename().string().size() < 80);
    CHECK(read(store.show("first", "c").file) == "first");
    CHECK(read(store.show("second", "c").file) == "second");
    CHECK(files_in(here.at) == 1);
}

TEST_CASE("Of stored results 50 are kept, and the oldest go", "[EX-13]") {
    const scratch here;
    haft::result_store store(here.at, {.most_characters = 1, .preview_characters = 1});
    std::ofstream(here.at / "mine.md") << "not a result";
    for (int i = 0; i < 50; ++i) {
        const fs::path file = store.show("text", "c" + std::to_string(i)).file;
        fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(100 - i));
    }
    CHECK(files_in(here.at) == 51);
    store.show("text", "new");
    CHECK(files_in(here.at) == 51);
    CHECK_FALSE(fs::exists(store.file_of("c0")));
    CHECK(fs::exists(store.file_of("c1")));
    CHECK(fs::exists(store.file_of("new")));
    CHECK(fs::exists(here.at / "mine.md"));
}

TEST_CASE("Where a result can't be stored it is cut", "[EX-13]") {
    const scratch here;
    std::ofstream(here.at / "file") << "in the way";
    haft::result_store store(here.at / "file" / "results", {.most_characters = 3});
    const haft::shown_result shown = store.show("abcdef", "c");
    CHECK(shown.file.empty());
    CHECK(shown.text.starts_with("abc\n[cut: 3 of 6 characters are missing; ask for less"));
    CHECK(shown.text.find("it could not be stored") != std::string::npos);
    CHECK(haft::cut_result("\xC3\xA9\xC3\xA9\xC3\xA9", {.most_characters = 2}).starts_with("\xC3\xA9\xC3\xA9\n[cut: 1 of 3"));
    CHECK(haft::cut_result("ab", {.most_characters = 2}) == "ab");
}

TEST_CASE("A link that somebody has put in the way is not written through", "[EX-13]") {
    const scratch here;
    const fs::path other = here.at / "other";
    std::ofstream(other) << "precious";
    haft::result_store store(here.at / "results", {.most_characters = 1});
    fs::create_directory(here.at / "results");
    fs::create_symlink(other, store.file_of("c"));
    fs::create_symlink(other, store.file_of("c").string() + ".part");
    CHECK(read(store.show("text", "c").file) == "text");
    CHECK(read(other) == "precious");
}

TEST_CASE("The same call three times, or two calls in turn, is a loop", "[EX-13]") {
    haft::loop_detector loops;
    CHECK(run(loops, "aab", "123456") == "aab");
    CHECK(run(loops, "ccc", "123456") == "cc-");
    CHECK(run(loops, "c", "123456") == "-");  // who insists is refused again
    loops.clear();
    CHECK(run(loops, "xyxyxy", "123456") == "xyx---");
    loops.clear();
    CHECK(run(loops, "xyzxyz", "123456") == "xyzxyz");
    CHECK(problem(loops.before("f", "{ \"n\": \"z\" }")) == "none");
    CHECK(problem(loops.before("f", R"({"\u006e":"z"})")).find("the same call, with the same arguments, 3 times in a row") !=
          std::string::npos);
    haft::loop_detector lenient({.same_call = 0, .alternating = 0, .same_result = 0});
    CHECK(run(lenient, "aaaaababab", "1") == "aaaaababab");
    haft::loop_detector turns({.same_call = 0, .alternating = 2, .same_result = 0});
    CHECK(run(turns, "aaaaaa", "1") == "aaaaaa");
}

TEST_CASE("The same call with the same result three times is no progress", "[EX-13]") {
    haft::loop_detector loops;
    CHECK(run(loops, "axbaycazda", "s") == "axbaycazd-");
    loops.clear();
    CHECK(run(loops, "axbaycazda", "1234567890") == "axbaycazda");
    loops.clear();
    CHECK(run(loops, "axbaycazdqa", "0sssss1ssss") == "axbaycazdqa");  // one of the results was another
    CHECK(problem(loops.before("f", "no json")) == "none");
}

TEST_CASE("Three failures within the hour, of one tool and class of arguments, want approval; three successes end it", "[EX-13]") {
    std::chrono::steady_clock::time_point now{};
    haft::failure_limits limits;
    limits.now = [&] { return now; };
    haft::failure_record record(limits);
    const auto asks = [&](std::string_view command) {
        return !record.wants_approval("run", "{\"command\":\"" + std::string(command) + "\"}").empty();
    };
    const auto fails = [&](std::string_view command) { record.failed("run", "{\"command\":\"" + std::string(command) + "\"}"); };
    const auto works = [&](std::string_view command) { record.succeeded("run", "{\"command\":\"" + std::string(command) + "\"}"); };

    fails("git push"), fails("git pull");
    CHECK_FALSE(asks("git status"));
    now += 61min;
    fails("git push");
    CHECK_FALSE(asks("git status"));  // the first two are over
    now += 10min;
    fails("git push"), fails("git x");
    CHECK(asks("git status"));
    CHECK_FALSE(asks("make"));
    CHECK(record.wants_approval("other", R"({"command":"git"})").empty());
    CHECK(record.wants_approval("run", R"({"command":"git a"})") ==
          R"(such calls of "run" have failed 3 times of late; until 3 more have worked somebody has to agree to each)");
    now += 24h;
    CHECK(asks("git status"));  // time alone mends nothing
    works("git a"), works("git b");
    CHECK(asks("git"));
    fails("git c");
    works("git a"), works("git b");
    CHECK(asks("git"));
    works("git c");
    CHECK_FALSE(asks("git"));
    fails("git c");
    CHECK_FALSE(asks("git"));  // it counts anew
}

TEST_CASE("A record of failures does not grow for ever, and what has to be asked about stays longest") {
    haft::failure_limits limits;
    limits.remembered = 10;
    haft::failure_record record(limits);
    for (int i = 0; i < 3; ++i) record.failed("bad", "{}");
    for (int i = 0; i < 1000; ++i) record.failed("t" + std::to_string(i), "{}");
    CHECK_FALSE(record.wants_approval("bad", "{}").empty());

    limits.remembered = 2;
    haft::failure_record short_one(limits);
    for (const char* const tool : {"a", "b", "c"})
        for (int i = 0; i < 3; ++i) short_one.failed(tool, "{}");
    CHECK(short_one.wants_approval("a", "{}").empty());  // forgotten
    CHECK_FALSE(short_one.wants_approval("b", "{}").empty());
    CHECK_FALSE(short_one.wants_approval("c", "{}").empty());
}

TEST_CASE("A tool may have to come after another, with the same argument", "[EX-13]") {
    haft::prerequisites order({{"write_*", "read_file", "path"}, {"deploy", "test*"}});
    CHECK(problem(order.may_come("write_file", R"({"path":"a","text":"x"})")) ==
          R"(tool "write_file" was not called: call "read_file" before, with the same "path" [haft-E0359])");
    order.succeeded("read_file", R"({"path":"a"})");
    CHECK(problem(order.may_come("write_file", R"({"text":"x","path":"\u0061"})")) == "none");
    CHECK(problem(order.may_come("write_file", R"({"path":"b"})")) != "none");
    CHECK(problem(order.may_come("read_file", R"({"path":"b"})")) == "none");
    CHECK(problem(order.may_come("deploy", "{}")).find("call \"test*\" before") != std::string::npos);
    order.succeeded("tests", R"({"all":true})");
    CHECK(problem(order.may_come("deploy", "{}")) == "none");
    order.clear();
    CHECK(problem(order.may_come("deploy", "{}")) != "none");
    const haft::prerequisites all(std::vector<haft::prerequisite>{{"*", "login"}});
    CHECK(problem(all.may_come("read", "{}")) != "none");
    CHECK(problem(all.may_come("login", "{}")) == "none");  // or nothing could come first
}

TEST_CASE("After ten rounds with tools comes one without, for the answer, and nothing is thrown", "[EX-07]") {
    const auto rounds = [](haft::loop_guard guard, int n) {
        std::string out;
        for (int i = 0; i < n; ++i) {
            const haft::round_kind kind = guard.next();
            out += kind == haft::round_kind::with_tools ? 't' : kind == haft::round_kind::final_answer ? 'f' : 'o';
        }
        return out;
    };
    CHECK(rounds({}, 13) == "ttttttttttfoo");
    CHECK(rounds({.max_rounds = 1}, 4) == "tfoo");
    CHECK(rounds({.max_rounds = 0}, 30) == std::string(30, 't'));
    CHECK(haft::loop_guard{.max_rounds = 5}.words().starts_with("The limit of 5 rounds of tool calls is reached."));
}
