// SPDX-License-Identifier: BSL-1.0
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace toolset_test {

struct move_args {
    int dx;
    int dy = 0;
};
int first(const move_args& args) { return args.dx; }
int second(move_args) { return 2; }
std::string third() { return "3"; }

struct game {
    int x = 0;
    int move(const move_args& args) { return x += args.dx; }
};

/// Tells how many of them are alive.
struct tracer {
    explicit tracer(int& alive) : alive_(&alive) { ++*alive_; }
    tracer(const tracer& other) : alive_(other.alive_) { ++*alive_; }
    tracer(tracer&& other) noexcept : alive_(other.alive_) { ++*alive_; }
    tracer& operator=(const tracer&) = delete;
    ~tracer() { --*alive_; }
    int operator()(const move_args& args) const { return args.dx + 100; }

private:
    int* alive_;
};

}  // namespace toolset_test

using namespace toolset_test;

namespace {
std::string call(const haft::toolset& tools, std::string_view name, std::string_view arguments) {
    const auto result = tools.call(name, arguments);
    return result ? *result : result.error().text();
}
std::vector<std::string_view> names(const haft::toolset& tools) {
    std::vector<std::string_view> out;
    for (const haft::tool& t : tools) out.push_back(t.name);
    return out;
}
}  // namespace

TEST_CASE("tools come out in the order in which they were added") {
    haft::toolset tools{haft::make<&second>(""), haft::make<&first>("")};
    REQUIRE(tools.add(haft::make<&third>("")));
    REQUIRE(tools.add("a_lambda", "", [](const move_args&) {}));
    CHECK(names(tools) == std::vector<std::string_view>{"second", "first", "third", "a_lambda"});
    CHECK(tools.size() == 4);
    CHECK(tools[2].name == "third");
    CHECK(tools.refusals().empty());
}

TEST_CASE("an empty set has no tools") {
    const haft::toolset tools;
    CHECK(tools.empty());
    CHECK(tools.begin() == tools.end());
    CHECK(tools.find("x") == nullptr);
    CHECK(call(tools, "x", "{}") == "tool \"x\" does not exist [haft-E0211]");
}

TEST_CASE("a tool is found and called by its name, explicit or the function's own", "[TD-02.1]") {
    const haft::toolset tools{haft::make<&first>(""), haft::make<&second>({.name = "ns.other"})};
    REQUIRE(tools.find("first"));
    CHECK(tools.find("first")->name == "first");
    CHECK(tools.find("First") == nullptr);
    CHECK(tools.find("firs") == nullptr);
    CHECK(tools.find("second") == nullptr);
    CHECK(call(tools, "ns.other", R"({"dx":1})") == "2");
    CHECK(call(tools, "first", R"({"dx":7})") == "7");
}

TEST_CASE("a thousand tools are found among each other") {
    haft::toolset tools;
    for (int i = 0; i < 1000; ++i)
        REQUIRE(tools.add("tool_" + std::to_string(i), "", [i](const move_args& args) { return args.dx + i; }));
    REQUIRE(tools.size() == 1000);
    std::size_t wrong = 0;
    for (int i = 0; i < 1000; ++i) {
        const std::string name = "tool_" + std::to_string(i);
        wrong += tools[static_cast<std::size_t>(i)].name != name;
        wrong += tools.find(name) != &tools[static_cast<std::size_t>(i)];
        wrong += call(tools, name, R"({"dx":1})") != std::to_string(i + 1);
    }
    CHECK(wrong == 0);
    CHECK(tools.find("tool_1000") == nullptr);
}

TEST_CASE("an unknown tool is an error that names the nearest", "[EX-04]") {
    const haft::toolset tools{haft::make<&first>(""), haft::make<&second>("")};
    const auto result = tools.call("frist", "not even JSON");
    REQUIRE(!result);
    CHECK(result.error().code == haft::errc::unknown_tool);
    CHECK(result.error().message == "tool \"frist\" does not exist; did you mean \"first\"?");
    CHECK(tools.call("x", "{}").error().message == "tool \"x\" does not exist");
    CHECK(tools.call("a\n\x1B", "{}").error().message == "tool \"a\\x0a\\x1b\" does not exist");
    CHECK(tools.call("", "{}").error().message == "tool \"\" does not exist");
}

TEST_CASE("every call gives exactly one result or one error", "[EX-04]") {
    haft::toolset tools{haft::make<&first>("")};
    REQUIRE(tools.add("throws", "", [](const move_args&) -> int { throw std::runtime_error("why"); }));
    CHECK(call(tools, "first", R"({"dx":1})") == "1");
    CHECK(call(tools, "first", "{}").starts_with("tool \"first\" was not called: 1 fault"));
    CHECK(call(tools, "throws", R"({"dx":1})") == "why [haft-E0210]");
    CHECK(call(tools, "none", "{}") == "tool \"none\" does not exist [haft-E0211]");
}

TEST_CASE("a second tool of one name is refused, both are named, the first stays", "[fault-49]") {
    haft::toolset tools{haft::make<&first>("The first one")};
    const auto refused = tools.add("first", "The second one", [](const move_args&) { return -1; });
    REQUIRE(!refused);
    CHECK(refused.error().code == haft::errc::duplicate_tool);
    CHECK(refused.error().message ==
          "two tools are named \"first\": the first, \"The first one\", stays; the second, \"The second one\", was not "
          "added");
    CHECK(tools.size() == 1);
    CHECK(call(tools, "first", R"({"dx":5})") == "5");
    REQUIRE(tools.refusals().size() == 1);
    CHECK(tools.refusals()[0].message == refused.error().message);
}

TEST_CASE("of two tools whose origin is known, the origins are named", "[fault-49]") {
    const haft::origin here{"a::first", "a.hpp", 3};
    const haft::origin there{"b::first", "b.hpp", 5};
    haft::tool one = haft::make<&first>("The first one");
    haft::tool two = haft::make<&second>({.description = "The second one", .name = "first"});
    one.origin = &here;
    two.origin = &there;
    haft::toolset tools{one};
    CHECK(
        tools.add(two).error().message ==
        "two tools are named \"first\": the first, a::first (a.hpp:3), stays; the second, b::first (b.hpp:5), was not "
        "added");
    CHECK(
        tools.add("first", "Without", [] {}).error().message ==
        "two tools are named \"first\": the first, a::first (a.hpp:3), stays; the second, \"Without\", was not added");
    CHECK(tools.size() == 1);
    CHECK(haft::origin{"x"}.text() == "x");
}

TEST_CASE("names that differ in case only are two names, and doubtful", "[fault-51]") {
    haft::toolset tools{haft::make<&first>("")};
    CHECK(tools.add("FIRST", "", [](const move_args&) {}));
    CHECK(tools.size() == 2);
    CHECK(tools.refusals().empty());
    REQUIRE(tools.warnings().size() == 1);
    CHECK(tools.warnings()[0].code == haft::errc::names_alike);
    CHECK(tools.warnings()[0].message ==
          "the tools \"first\" and \"FIRST\" differ only in case; some take them for one");
    CHECK(tools.add("First", "", [](const move_args&) {}));
    REQUIRE(tools.warnings().size() == 2);
    CHECK(tools.warnings()[1].message.starts_with("the tools \"first\" and \"First\""));
    CHECK(tools.find("first") == &tools[0]);
    CHECK(tools.find("FIRST") == &tools[1]);
    CHECK(tools.find("First") == &tools[2]);
    CHECK(tools.find("fIRST") == nullptr);
}

TEST_CASE("only case makes names alike", "[fault-51]") {
    haft::toolset tools;
    for (const char* name : {"a-tool", "a_tool", "a.tool", "atool", "a-tool2", "2", "longer_than_eight_bytes",
                             "longer-than_eight_bytes", "longer_than_eight_bytez"})
        REQUIRE(tools.add(name, "", [] {}));
    CHECK(tools.warnings().empty());
    REQUIRE(tools.add("Longer_than_eighT_byteS", "", [] {}));
    REQUIRE(tools.warnings().size() == 1);
    CHECK(tools.warnings()[0].message.find("\"longer_than_eight_bytes\"") != std::string::npos);
}

TEST_CASE("a tool made by hand is added if it can run and be shown") {
    haft::tool t;
    t.name = "by_hand";
    t.input_schema = "{\"type\":\"object\"}";
    t.execute = [](const void*, std::string_view, haft::call_context&, haft::result_writer& out) {
        out.fail({haft::errc::tool_failed, "it ran"});
    };
    haft::toolset tools;
    REQUIRE(tools.add(t));
    CHECK(call(tools, "by_hand", "{}") == "it ran [haft-E0210]");

    const auto refusal = [&](auto change) {
        haft::tool broken = t;
        broken.name = "broken";
        change(broken);
        const auto added = tools.add(broken);
        REQUIRE(!added);
        CHECK(added.error().code == (broken.name.empty() ? haft::errc::bad_tool_name : haft::errc::bad_tool));
        return added.error().message;
    };
    CHECK(refusal([](haft::tool& b) { b.execute = nullptr; }) == "tool \"broken\" has no `execute`");
    CHECK(refusal([](haft::tool& b) { b.name = ""; }).starts_with("the tool name \"\" is not legal"));
    CHECK(refusal([](haft::tool& b) { b.input_schema = ""; }) ==
          "the input schema of tool \"broken\" is no JSON object: \"\"");
    CHECK(refusal([](haft::tool& b) { b.input_schema = "true"; }) ==
          "the input schema of tool \"broken\" is no JSON object: \"true\"");
    CHECK(refusal([](haft::tool& b) { b.input_schema = "[]"; }).ends_with("is no JSON object: \"[]\""));
    CHECK(refusal([](haft::tool& b) { b.input_schema = "{\"type\":\"object\""; }) ==
          "the input schema of tool \"broken\" is not JSON: the text ends inside an object or array at byte 16");
    CHECK(refusal([](haft::tool& b) { b.input_schema = "{}{}"; }).find("is not JSON: text after the end") !=
          std::string::npos);
    CHECK(refusal([](haft::tool& b) { b.output_schema = "1"; }) ==
          "the output schema of tool \"broken\" is no JSON object: \"1\"");
    CHECK(tools.size() == 1);
    CHECK(tools.refusals().size() == 8);
    CHECK(haft::code_text(tools.refusals()[0].code) == "haft-E0215");
}

TEST_CASE("an illegal name is refused, and shown harmlessly", "[fault-50]") {
    haft::toolset tools;
    for (const std::string_view name : {std::string_view(""), std::string_view("a b"), std::string_view("a/b"),
                                        std::string_view("a\nb"), std::string_view("\xC3\xA9")}) {
        const auto refused = tools.add(name, "", [](const move_args&) {});
        REQUIRE(!refused);
        CHECK(refused.error().code == haft::errc::bad_tool_name);
    }
    REQUIRE(tools.refusals().size() == 5);
    CHECK(tools.refusals()[3].message == "the tool name \"a\\x0ab\" is not legal; 1 to 128 of A-Z a-z 0-9 _ - . are");
    CHECK(tools.add(std::string(128, 'a'), "", [](const move_args&) {}));
    CHECK(!tools.add(std::string(129, 'a'), "", [](const move_args&) {}));
    CHECK(tools.size() == 1);
    CHECK(tools.refusals().size() == 6);
}

TEST_CASE("a lambda's captures are state that its calls share", "[TD-15]") {
    game g;
    haft::toolset tools;
    REQUIRE(tools.add("move", {.description = "Moves", .effect = haft::destructive},
                      [&](const move_args& args) { return g.move(args); }));
    CHECK(call(tools, "move", R"({"dx":2})") == "2");
    CHECK(call(tools, "move", R"({"dx":3})") == "5");
    CHECK(g.x == 5);
}

TEST_CASE("a mutable lambda keeps its own state from call to call", "[TD-15]") {
    haft::toolset tools;
    REQUIRE(tools.add("count", "", [n = 0](const move_args& args) mutable { return n += args.dx; }));
    CHECK(call(tools, "count", R"({"dx":1})") == "1");
    CHECK(call(tools, "count", R"({"dx":1})") == "2");
}

TEST_CASE("a std::function and a bound member function are tools", "[TD-15]") {
    game g{.x = 10};
    haft::toolset tools;
    const std::function<int(const move_args&)> function = [](const move_args& args) { return args.dx * 2; };
    REQUIRE(tools.add("function", "", function));
    REQUIRE(
        tools.add("bound", "", std::function<int(const move_args&)>([&g](const move_args& a) { return g.move(a); })));
    CHECK(call(tools, "function", R"({"dx":4})") == "8");
    CHECK(call(tools, "bound", R"({"dx":1})") == "11");
}

TEST_CASE("a callable that can only be moved is a tool", "[TD-15]") {
    haft::toolset tools;
    REQUIRE(tools.add("owner", "", [p = std::make_unique<int>(40)](const move_args& args) { return *p + args.dx; }));
    CHECK(call(tools, "owner", R"({"dx":2})") == "42");
}

TEST_CASE("a plain function and a callable without parameters can be added too", "[TD-15]") {
    haft::toolset tools;
    REQUIRE(tools.add("pointer", "", &first));
    REQUIRE(tools.add("nothing", "", [] { return std::string("x"); }));
    CHECK(call(tools, "pointer", R"({"dx":2})") == "2");
    CHECK(call(tools, "nothing", "{}") == "\"x\"");
}

TEST_CASE("everything but the name is derived from the callable", "[TD-15]") {
    haft::toolset tools;
    REQUIRE(tools.add("move",
                      {.description = "Moves", .title = "Move!", .effect = haft::additive, .hints = haft::idempotent},
                      [](const move_args&) { return std::optional<int>(1); }));
    const haft::tool& t = tools[0];
    CHECK(
        t.input_schema ==
        R"({"type":"object","properties":{"dx":{"type":"integer"},"dy":{"type":"integer","default":0}},"required":["dx"],"additionalProperties":false})");
    CHECK(t.output_schema == R"({"anyOf":[{"type":"integer"},{"type":"null"}]})");
    CHECK(t.description == "Moves");
    CHECK(t.title == "Move!");
    CHECK(t.effect == haft::effect::additive);
    CHECK(t.hints == haft::hints::idempotent);
}

TEST_CASE("the set copies the texts of a tool that it owns", "[TD-15]") {
    haft::toolset tools;
    {
        const std::string name(40, 'n');
        const std::string description(40, 'd');
        const std::string title(40, 't');
        REQUIRE(tools.add(name, {.description = description, .title = title}, [](const move_args&) {}));
    }
    const std::string where_they_were(40, 'z');
    CHECK(tools[0].name == std::string(40, 'n'));
    CHECK(tools[0].description == std::string(40, 'd'));
    CHECK(tools[0].title == std::string(40, 't'));
}

TEST_CASE("the set owns the callable: as long as the set, or a copy of it, lives", "[TD-15]") {
    int alive = 0;
    {
        haft::toolset copy;
        {
            haft::toolset tools;
            REQUIRE(tools.add("traced", "", tracer(alive)));
            CHECK(alive == 1);
            copy = tools;
            CHECK(alive == 1);
        }
        CHECK(alive == 1);
        CHECK(call(copy, "traced", R"({"dx":1})") == "101");
        const haft::toolset moved = std::move(copy);
        CHECK(alive == 1);
        CHECK(call(moved, "traced", R"({"dx":1})") == "101");
    }
    CHECK(alive == 0);
}

TEST_CASE("a copy of a set can be added to without the original noticing", "[TD-15]") {
    haft::toolset tools;
    REQUIRE(tools.add("count", "", [n = 0](const move_args&) mutable { return ++n; }));
    haft::toolset copy = tools;
    REQUIRE(copy.add(haft::make<&first>("")));
    CHECK(tools.size() == 1);
    CHECK(tools.find("first") == nullptr);
    CHECK(call(copy, "count", R"({"dx":1})") == "1");
    CHECK(call(tools, "count", R"({"dx":1})") == "2");  // the callable itself is shared
}

TEST_CASE("a refused callable is not kept", "[TD-15]") {
    int alive = 0;
    haft::toolset tools{haft::make<&first>("")};
    CHECK(!tools.add("first", "", tracer(alive)));
    CHECK(alive == 0);
}

TEST_CASE("the callable is made once: not copied by the set nor by calls", "[TD-15]") {
    int alive = 0;
    haft::toolset tools;
    REQUIRE(tools.add("traced", "", tracer(alive)));
    for (int i = 0; i < 3; ++i) CHECK(call(tools, "traced", R"({"dx":1})") == "101");
    CHECK(alive == 1);
}

TEST_CASE("a set that is added brings what it refused and warns of, each told once", "[fault-49][fault-51]") {
    haft::toolset other;
    other.add("a", "First", [] { return 1; });
    other.add("A", "Alike", [] { return 2; });
    CHECK_FALSE(other.add("a", "Second", [] { return 3; }));
    other.add("hidden", "Hid\u200bden", [] { return 4; });
    haft::toolset tools;
    CHECK(tools.add(other));
    CHECK(tools.size() == 3);
    REQUIRE(tools.refusals().size() == 1);
    CHECK(tools.refusals()[0].text() == other.refusals()[0].text());
    CHECK(tools.warnings().size() == 2);
    const haft::toolset of_two{haft::make<&third>("Third"), other, tools};
    CHECK(of_two.size() == 4);
    CHECK(of_two.refusals().size() == 1 + 3);  // what was refused there, and what is here: three names are taken
    CHECK(of_two.warnings().size() == 2);
}

TEST_CASE("a tool of another set whose name differs in case only is doubtful, too", "[fault-51]") {
    haft::toolset small, large;
    small.add("first", "First", [] { return 1; });
    large.add("First", "First", [] { return 2; });
    REQUIRE(small.add_from(large, 0));
    REQUIRE(small.warnings().size() == 1);
    CHECK(small.warnings()[0].message.starts_with("the tools \"first\" and \"First\""));
}

TEST_CASE("a tool of another set comes under another name, with what it needs to live", "[NX-05.1]") {
    haft::toolset tools;
    {
        haft::toolset from;
        from.add("count", "Counts", [n = 0]() mutable { return ++n; });
        REQUIRE(tools.add_from(from, 0, std::string("fs.") + "count"));
        CHECK_FALSE(tools.add_from(from, 0, "fs.count"));
        CHECK(tools.add_from(from, 0, "no name").error().code == haft::errc::bad_tool_name);
    }
    CHECK(*tools.call("fs.count", "{}") == "1");
    CHECK(tools.size() == 1);
}
