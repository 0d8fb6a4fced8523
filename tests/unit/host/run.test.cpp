// SPDX-License-Identifier: BSL-1.0
#include <haft/host/run.hpp>
#include <haft/tool.hpp>
#include <haft/tool/selector.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

namespace {

struct query {
    std::string text;
    int limit = 20;
    std::optional<std::string> folder;
    static constexpr std::array haft_fields{haft::field{"text", "What to look for", haft::min_length(1)},
                                            haft::field{"limit", "Most matches", haft::minimum(1), haft::maximum(200)}};
};
struct answer {
    int count;
};

answer search(const query& q) { return {q.limit}; }
std::string greet() { return "Hello\n"; }
void forget() {}
int fail() { throw std::runtime_error("no luck"); }

haft::toolset tools() {
    return {haft::make<&search>(
                {.description = "Search a text\n\nThe rest is not in the list.", .effect = haft::read_only}),
            haft::make<&greet>("Greets"),
            haft::make<&forget>({.description = "Forgets all", .effect = haft::destructive}),
            haft::make<&fail>("Fails")};
}

struct outcome {
    std::string out, err;
    int code;
};

/// Standard streams of this process, kept in files for a while.
class streams {
public:
    explicit streams(std::string_view input) {
        std::fflush(stdout), std::fflush(stderr);
        for (int fd = 0; fd < 3; ++fd) {
            saved_[fd] = ::dup(fd);
            files_[fd] = std::tmpfile();
            REQUIRE(files_[fd]);
        }
        std::fwrite(input.data(), 1, input.size(), files_[0]);
        std::rewind(files_[0]);
        std::clearerr(stdin);
        for (int fd = 0; fd < 3; ++fd) ::dup2(::fileno(files_[fd]), fd);
    }
    ~streams() {
        restore();
        for (std::FILE* f : files_) std::fclose(f);
    }
    std::string text(int fd) {
        restore();
        std::string out;
        std::rewind(files_[fd]);
        for (int c; (c = std::fgetc(files_[fd])) != EOF;) out += static_cast<char>(c);
        return out;
    }

private:
    void restore() {
        std::fflush(stdout), std::fflush(stderr);
        for (int fd = 0; fd < 3; ++fd)
            if (saved_[fd] >= 0) ::dup2(saved_[fd], fd), ::close(saved_[fd]), saved_[fd] = -1;
    }
    int saved_[3]{};
    std::FILE* files_[3]{};
};

outcome run(std::vector<const char*> words, std::string_view input = "", const haft::toolset& set = tools()) {
    words.insert(words.begin(), "/usr/bin/my-tools");
    streams s(input);
    const int code = haft::run(set, static_cast<int>(words.size()), words.data());
    std::string out = s.text(1);
    return {std::move(out), s.text(2), code};
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

TEST_CASE("list is a table of names, parameters and first paragraphs") {
    const outcome o = run({"list"});
    CHECK(o.code == 0);
    CHECK(o.out ==
          "tool    parameters             what it does\n"
          "search  text, limit?, folder?  Search a text\n"
          "greet   -                      Greets\n"
          "forget  -                      Forgets all (destructive)\n"
          "fail    -                      Fails\n");
    CHECK(o.err.empty());
}

TEST_CASE("list gives the names alone, for programs that complete them") {
    CHECK(run({"list", "--format", "names"}).out == "search\ngreet\nforget\nfail\n");
    CHECK(run({"list", "--format=names"}, "", {}).out.empty());
    CHECK(run({"list", "--format", "nams"}).code == 2);
}

TEST_CASE("list speaks JSON and MCP") {
    const outcome json = run({"list", "--format", "json"});
    CHECK(
        json.out.starts_with("[\n{\"name\":\"search\",\"description\":\"Search a text\\n\\nThe rest is not in the "
                             "list.\",\"effect\":\"read_only\",\"hints\":[],\"input_schema\":{"));
    CHECK(json.out.ends_with("}\n]\n"));
    const outcome mcp = run({"list", "--format=mcp"});
    CHECK(mcp.out.starts_with("{\"tools\":[{\"name\":\"search\","));
    CHECK(contains(mcp.out, "}},{\"name\":\"greet\""));
    CHECK(run({"list", "--format=mcp"}, "", {}).out == "{\"tools\":[]}\n");
    CHECK(run({"list", "--format", "json"}, "", {}).out == "[]\n");
}

TEST_CASE("list speaks to each provider, strictly if asked", "[IO-01][IO-03]") {
    CHECK(run({"list", "--format", "openai"})
              .out.starts_with("[\n{\"type\":\"function\",\"function\":{\"name\":\"search\","));
    CHECK(run({"list", "--format=openai-responses"}).out.starts_with("[\n{\"type\":\"function\",\"name\":\"search\","));
    CHECK(contains(run({"list", "--format", "anthropic"}).out, "\"input_schema\":{"));
    CHECK(contains(run({"list", "--format", "gemini"}).out, "\"parametersJsonSchema\":{"));
    CHECK(contains(run({"list", "--format", "gemini-openapi"}).out, "\"parameters\":{\"type\":\"OBJECT\""));
    for (const char* format : {"openai", "openai-responses", "anthropic"}) {
        CHECK_FALSE(contains(run({"list", "--format", format}).out, "\"strict\":true"));
        const outcome strict = run({"list", "--strict", "--format", format});
        CHECK(contains(strict.out, "\"strict\":true"));
        CHECK(strict.err.empty());
    }
    for (const char* format : {"text", "json", "mcp", "gemini"}) {
        const outcome o = run({"list", "--format", format, "--strict"});
        CHECK(o.code == 2);
        CHECK(contains(o.err, "--strict is for the formats openai, openai-responses and anthropic"));
    }
    CHECK(contains(run({"list", "--format", "openia"}).err, "did you mean \"openai\"?"));
    CHECK(run({"list", "--format", "anthropic"}, "", {}).out == "[]\n");
}

TEST_CASE("what a provider's format can't hold is said on standard error", "[IO-02][IO-03]") {
    haft::toolset set;
    set.add("a.b", "The first", [] { return 1; });
    set.add("a_b", "The second", [] { return 2; });
    const outcome o = run({"list", "--format", "openai"}, "", set);
    CHECK(o.code == 0);
    CHECK(contains(o.err, "Note: \"a.b\" would be spelled \"a_b\" like another tool, so it is \"a_b_"));
    CHECK(run({"call", "a.b", "{}"}, "", set).out == "1\n");
    CHECK(run({"call", "a_b", "{}"}, "", set).out == "2\n");
    const std::string spelled = o.out.substr(o.out.find("a_b_"), 12);
    CHECK(run({"call", spelled.c_str(), "{}"}, "", set).out == "1\n");
    CHECK(run({"show", spelled.c_str()}, "", set).code == 0);
}

TEST_CASE("mcp-config is for all clients, or for one alone", "[IO-09]") {
    const outcome all = run({"mcp-config"});
    CHECK(all.code == 0);
    for (const char* title : {"Claude Desktop: ", "Claude Code: ", "VS Code: ", "Cursor: "})
        CHECK(contains(all.out, title));
    const outcome one = run({"mcp-config", "vscode"});
    CHECK(one.out ==
          "{\n  \"servers\": {\n    \"my-tools\": {\n      \"type\": \"stdio\",\n      \"command\": "
          "\"/usr/bin/my-tools\",\n"
          "      \"args\": [\"serve\"]\n    }\n  }\n}\n");
    CHECK(one.err == "VS Code: .vscode/mcp.json in the workspace\n");
    const outcome wrong = run({"mcp-config", "vs-code"});
    CHECK(wrong.code == 2);
    CHECK(contains(wrong.err, "did you mean \"vscode\"?"));
    CHECK(run({"mcp-config", "cursor", "vscode"}).code == 2);
}

TEST_CASE("the same program lists the same bytes") {
    for (const char* format : {"text", "json", "mcp", "openai", "gemini-openapi"})
        CHECK(run({"list", "--format", format}).out == run({"list", "--format", format}).out);
}

TEST_CASE("show gives words, parameters and both schemas") {
    const outcome o = run({"show", "search"});
    CHECK(o.code == 0);
    CHECK(contains(o.out, "text       string >= 1 character  required  What to look for\n"));
    CHECK(contains(o.out, "limit      integer 1..200         = 20      Most matches\n"));
    CHECK(contains(o.out, "folder     string                 optional\n"));
    CHECK(contains(o.out, "\"count\": {\"type\": \"integer\"}"));
}

TEST_CASE("call prints what the tool gives: text as it is, the rest as JSON, void as nothing") {
    CHECK(run({"call", "search", R"({"text":"x"})"}).out == "{\"count\":20}\n");
    CHECK(run({"call", "greet", "{}"}).out == "Hello\n");
    const outcome o = run({"call", "forget", "{}"});
    CHECK(o.out.empty());
    CHECK(o.code == 0);
    CHECK(run({"call", "search", "-"}, R"({"text":"x","limit":3})").out == "{\"count\":3}\n");
}

TEST_CASE("a call that fails exits with 1 and says why on standard error", "[EX-04]") {
    const outcome o = run({"call", "search", R"({"unknwon":1})"});
    CHECK(o.code == 1);
    CHECK(o.out.empty());
    CHECK(o.err ==
          "Error: tool \"search\" was not called: 2 faults in its arguments\n"
          "- /unknwon: no such parameter; did you mean \"text\"? The parameters are text, limit, folder [haft-E0203]\n"
          "- /text: required, but not given; expected string of at least 1 character: What to look for [haft-E0204]\n");
    const outcome thrown = run({"call", "fail", "{}"});
    CHECK(thrown.code == 1);
    CHECK(thrown.err == "Error: no luck [haft-E0210]\n");
    const outcome absent = run({"call", "serch", "{}"});
    CHECK(absent.code == 1);
    CHECK(absent.err ==
          "Error: tool \"serch\" does not exist; did you mean \"search\"? [haft-E0211]\nThere are search, greet, "
          "forget, fail\n");
    CHECK(run({"show", "serch"}).code == 1);
}

TEST_CASE("a wrong command line exits with 2 and says what is right") {
    for (const std::vector<const char*>& words : std::vector<std::vector<const char*>>{{},
                                                                                       {"cal"},
                                                                                       {"list", "--format"},
                                                                                       {"list", "--format", "yaml"},
                                                                                       {"list", "all"},
                                                                                       {"show"},
                                                                                       {"show", "a", "b"},
                                                                                       {"call", "greet"},
                                                                                       {"call", "greet", "{}", "x"},
                                                                                       {"serve", "now"}}) {
        const outcome o = run(words);
        CHECK(o.code == 2);
        CHECK(o.out.empty());
        CHECK(contains(o.err, "usage: my-tools COMMAND"));
    }
    CHECK(contains(run({"cal"}).err, "did you mean \"call\"?"));
    CHECK(contains(run({"list", "--format", "jsno"}).err, "did you mean \"json\"?"));
}

TEST_CASE("a result that can't be written is an error") {
    std::FILE* const full = std::fopen("/dev/full", "w");
    if (!full) SKIP("this system has no /dev/full");
    std::fflush(stdout);
    const int saved = ::dup(STDOUT_FILENO);
    ::dup2(::fileno(full), STDOUT_FILENO);
    const std::vector<const char*> words{"my-tools", "call", "greet", "{}"};
    const int code = haft::run(tools(), static_cast<int>(words.size()), words.data());
    std::clearerr(stdout);
    ::dup2(saved, STDOUT_FILENO);
    ::close(saved);
    std::fclose(full);
    CHECK(code == 1);
}

TEST_CASE("help and version are no errors") {
    CHECK(run({"--help"}).code == 0);
    CHECK(contains(run({"help"}).out, "NAME JSON|-"));
    CHECK(run({"--version"}).out == "my-tools 0.0.0 (haft " HAFT_VERSION ")\n");
}

TEST_CASE("tools that were refused are named, and the others work") {
    haft::toolset set = tools();
    set.add("greet", "A second one", [] { return 1; });
    const outcome o = run({"call", "greet", "{}"}, "", set);
    CHECK(o.code == 0);
    CHECK(o.out == "Hello\n");
    CHECK(contains(o.err, "two tools are named \"greet\""));
}

TEST_CASE("serve is an MCP server on the standard streams") {
    const outcome o = run(
        {"serve"},
        "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\"}}\n");
    CHECK(o.code == 0);
    CHECK(contains(o.out, "\"serverInfo\":{\"name\":\"my-tools\",\"version\":\"0.0.0\"}"));
    CHECK(o.err.empty());
}

TEST_CASE("list --check shows what is doubtful; only errors, and doubts where asked for, fail", "[NX-01]") {
    haft::toolset good;
    good.add("greet", "Greets", [] { return 1; });
    outcome o = run({"list", "--check"}, "", good);
    CHECK(o.code == 0);
    CHECK(o.out == "nothing is doubtful about these tools\n");
    CHECK(o.err.empty());
    CHECK(run({"list", "--check", "--strict"}, "", good).code == 0);

    haft::toolset doubtful = good;
    doubtful.add("Greet", "", [] { return 1; });
    o = run({"list", "--check"}, "", doubtful);
    CHECK(o.code == 0);
    CHECK(o.out ==
          "tool            what is doubtful\n"
          "-      warning  the tools \"greet\" and \"Greet\" differ only in case; some take them for one\n"
          "                [haft-E0216]\n"
          "Greet  warning  no description: a model can only guess what it does\n"
          "Greet  warning  its name begins with a capital letter, as those of toolboxes do\n");
    CHECK(o.err.empty());
    CHECK(run({"list", "--check", "--strict"}, "", doubtful).code == 1);

    haft::toolset wrong = good;
    wrong.add("greet", "", [] { return 1; });
    o = run({"list", "--check"}, "", wrong);
    CHECK(o.code == 1);
    CHECK(contains(o.out, "-     error  two tools are named \"greet\""));
    CHECK(o.err.empty());

    CHECK(run({"list", "--check", "--stict"}).code == 2);
    CHECK(contains(run({"list", "--check", "--stict"}).err, "did you mean \"--strict\"?"));
    CHECK(run({"list", "--check", "--strict", "x"}).code == 2);
}

TEST_CASE("warnings of the set are told like refusals, and the tools work", "[fault-51]") {
    haft::toolset set = tools();
    set.add("Greet", "A second one", [] { return 1; });
    const outcome o = run({"call", "greet", "{}"}, "", set);
    CHECK(o.code == 0);
    CHECK(o.out == "Hello\n");
    CHECK(o.err ==
          "Warning: the tools \"greet\" and \"Greet\" differ only in case; some take them for one [haft-E0216]\n");
}

TEST_CASE("list and show give all of a tool's words", "[TD-09][TD-10][TD-16]") {
    const haft::origin here{"ns::greet", "greet.cpp", 3};
    haft::tool t = haft::make<&greet>({.description = "Greets",
                                       .title = "Greet!",
                                       .effect = haft::additive,
                                       .hints = haft::closed_world | haft::file_ops,
                                       .group = "people",
                                       .category = "talk",
                                       .instructions = "Be *polite*.\n\n- always",
                                       .tags = "slow \"quoted\""});
    t.origin = &here;
    const haft::toolset set{t};
    CHECK(contains(run({"list", "--format", "json"}, "", set).out,
                   R"("effect":"additive","hints":["closed_world","file_ops"],"tags":["slow","\"quoted\""],)"
                   R"("group":"people","category":"talk","instructions":"Be *polite*.\n\n- always","input_schema":{)"));
    const std::string shown = run({"show", "greet"}, "", set).out;
    CHECK(
        shown.starts_with("greet  Greet!  additive  closed_world  file_ops\nGreets\ngroup people\ncategory talk\n"
                          "tags slow \"quoted\"\nfrom ns::greet (greet.cpp:3)\n\ninstructions\nBe *polite*.\n\n- "
                          "always\n\ninput schema\n"));
}

TEST_CASE("list --tools shows what is selected", "[RG-07.7]") {
    CHECK(run({"list", "--tools", "greet,hint:read-only", "--format=json"}).out.find("\"forget\"") ==
          std::string::npos);
    CHECK(contains(run({"list", "--tools=!hint:destructive"}).out, "greet"));
    CHECK_FALSE(contains(run({"list", "--tools=!hint:destructive"}).out, "forget"));
    CHECK(contains(run({"list", "--tools", "f*", "--format", "mcp"}).out, "\"name\":\"forget\""));
    CHECK_FALSE(contains(run({"list", "--tools", "f*", "--format", "mcp"}).out, "greet"));
    const outcome unknown = run({"list", "--tools", "gret"});
    CHECK(unknown.code == 1);
    CHECK(contains(unknown.err,
                   "Error: no tool is named \"gret\"; did you mean \"greet\"?; there are search, greet, forget, fail"));
    CHECK(run({"list", "--tools"}).code == 2);
    const char* const temporary = std::getenv("TMPDIR");
    std::string path = std::string(temporary ? temporary : P_tmpdir) + "/haft_XXXXXX";
    const int made = ::mkstemp(path.data());
    REQUIRE(made >= 0);
    std::FILE* const file = ::fdopen(made, "w");
    REQUIRE(file);
    std::fputs("greet\n\nf*\n!fail\n", file);
    std::fclose(file);
    const outcome from_file = run({"list", "--json", "--tools", ("@" + path).c_str()});
    CHECK(contains(from_file.out, "\"greet\""));
    CHECK(contains(from_file.out, "\"forget\""));
    CHECK_FALSE(contains(from_file.out, "\"fail\""));
    std::remove(path.c_str());
    const outcome from_folder = run({"list", "--tools", "@."});
    CHECK(from_folder.code != 0);
    CHECK(contains(from_folder.err, "can't read the selection from \".\""));
    CHECK(contains(run({"list", "--tools", "@/nowhere/at/all"}).err,
                   "can't read the selection from \"/nowhere/at/all\""));
}

TEST_CASE("explain says why a tool is there, or what was meant", "[RG-06.5]") {
    const outcome there = run({"explain", "greet"});
    CHECK(there.code == 0);
    CHECK(there.out == "tool \"greet\" is served\n");
    const outcome missing = run({"explain", "gret"});
    CHECK(missing.code == 1);
    CHECK(missing.err == "Error: tool \"gret\" does not exist; did you mean \"greet\"?\n");
    haft::toolset twice = tools();
    twice.add("greet", "Again", [] { return 1; });
    CHECK(contains(run({"explain", "greet"}, "", twice).out, "two tools are named \"greet\""));
    CHECK(run({"explain"}).code == 2);
}

TEST_CASE("everything comes as JSON with --json, errors too", "[RG-06.6]") {
    CHECK(run({"--json", "explain", "greet"}).out ==
          "{\"name\":\"greet\",\"known\":true,\"served\":true,\"reasons\":[\"tool \\\"greet\\\" is served\"]}\n");
    CHECK(run({"list", "--json"}).out == run({"list", "--format", "json"}).out);
    CHECK(run({"show", "greet", "--json"}).out.starts_with("{\"name\":\"greet\",\"description\":\"Greets\""));
    CHECK(run({"call", "--json", "greet", "{}"}).out == "\"Hello\\n\"\n");
    CHECK(run({"call", "--json", "forget", "{}"}).out == "null\n");
    const outcome refused = run({"call", "--json", "search", R"({"txt":"a"})"});
    CHECK(refused.code == 1);
    CHECK(refused.out.starts_with(
        "{\"error\":{\"code\":\"haft-E0209\",\"message\":\"tool \\\"search\\\" was not called: 2 faults"));
    CHECK(contains(refused.out,
                   R"({"code":"haft-E0203","pointer":"/txt","message":"no such parameter; did you mean \"text\")"));
    CHECK(contains(refused.out, "\"nearest\":\"text\""));
    CHECK(refused.err.empty());
    const outcome unknown = run({"show", "gret", "--json"});
    CHECK(unknown.code == 1);
    CHECK(unknown.out.starts_with("{\"error\":{\"code\":\"haft-E0211\""));
    CHECK(run({"list", "--check", "--json"}).out.starts_with("[{\"tool\":"));
}

namespace {

constexpr haft::availability needs_speech{[] { return false; }, "start the speech server"};

haft::toolset with_states() {
    haft::toolset out = tools();
    out.add("say", {.description = "Says", .available = &needs_speech}, [] { return 1; });
    out.add("erase", {.description = "Erases", .disabled_by_default = true}, [] { return 2; });
    out.add("rare", {.description = "Seldom", .deferred = true}, [] { return 3; });
    return out;
}
outcome run_states(std::vector<const char*> words, std::string_view input = "") {
    return run(std::move(words), input, with_states());
}

}  // namespace

TEST_CASE("what is not available here or disabled by default is not served, and call says why", "[RG-08.2]") {
    for (const std::vector<const char*>& words : std::vector<std::vector<const char*>>{
             {"list"}, {"list", "--json"}, {"list", "--format", "openai"}, {"list", "--format", "mcp"}}) {
        const outcome o = run_states(words);
        CHECK(contains(o.out, "greet"));
        CHECK_FALSE(contains(o.out, "say"));
        CHECK_FALSE(contains(o.out, "erase"));
    }
    const outcome say = run_states({"call", "say", "{}"});
    CHECK(say.code == 1);
    CHECK(contains(say.err,
                   "tool \"say\" can't be called now: tool \"say\" is not available here: start the speech "
                   "server [haft-E0275]"));
    CHECK_FALSE(contains(say.err, "There are"));
    CHECK(contains(run_states({"show", "erase"}).err, "tool \"erase\" is disabled by default: select it by its name"));
    CHECK(contains(run_states({"explain", "say"}).out, "is not available here: start the speech server"));
    CHECK(
        run_states({"explain", "say", "--json"}).out.starts_with("{\"name\":\"say\",\"known\":true,\"served\":false,"));
    const std::string served =
        run_states({"serve"},
                   "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                   "\"2025-11-25\"}}\n{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n"
                   "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}\n")
            .out;
    CHECK(contains(served, "\"name\":\"greet\""));
    CHECK(contains(served, "\"name\":\"rare\""));  // a client has no other way to find it
    CHECK_FALSE(contains(served, "\"name\":\"say\""));
    CHECK_FALSE(contains(served, "\"name\":\"erase\""));
}

TEST_CASE("a selection by --tools is for every command; what it names has what is disabled by default", "[RG-08.3][RG-07.7]") {
    CHECK(run_states({"call", "erase", "{}", "--tools", "erase"}).out == "2\n");
    CHECK(run_states({"list", "--tools=erase,greet"}).out ==
          "tool   parameters  what it does\ngreet  -           Greets\nerase  -           Erases\n");
    const haft::toolset selected = *haft::select(with_states(), haft::selector{"erase", "greet"});
    CHECK(run({"call", "erase", "{}"}, "", selected).out == "2\n");
    const outcome other = run_states({"call", "--tools", "erase", "greet", "{}"});
    CHECK(other.code == 1);
    CHECK(contains(other.err, "tool \"greet\" is not among those that --tools selects"));
    const outcome missing = run_states({"list", "--tools", "say"});
    CHECK(missing.code == 1);
    CHECK(contains(missing.err, "tool \"say\" is not available here: start the speech server"));
    CHECK(run_states({"serve", "--tools"}).code == 2);
}

TEST_CASE("a provider's first prompt has what is not deferred, and everything when asked", "[RG-11.1]") {
    CHECK_FALSE(contains(run_states({"list", "--format", "openai"}).out, "rare"));
    CHECK(contains(run_states({"list", "--format", "openai", "--all"}).out, "rare"));
    CHECK(contains(run_states({"list", "--format", "mcp"}).out, "rare"));  // as serve does
    CHECK(contains(run_states({"list"}).out, "Seldom (deferred)"));
    CHECK(run_states({"list", "--all"}).code == 0);
    CHECK(contains(run_states({"help"}).out, "--all"));
    CHECK(run_states({"explain", "rare"}).out ==
          "tool \"rare\" is served; it is deferred: a search finds it, the first prompt does not list it\n");
    CHECK(run_states({"call", "rare", "{}"}).out == "3\n");
}
