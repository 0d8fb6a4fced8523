// SPDX-License-Identifier: BSL-1.0
#include <haft/tool.hpp>
#include <haft/toolbox/class_of.hpp>
#include <haft/toolbox/enrol_toolbox.hpp>
#include <haft/toolbox/toolbox_spec.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// name|config|positional|alias, or the error.
std::string parsed(std::string_view text) {
    const auto spec = haft::parse_spec(text);
    return spec ? spec->name + "|" + spec->config + "|" + spec->positional + "|" + spec->alias : spec.error().message;
}

}  // namespace

TEST_CASE("a spec string is a name, its configuration and an alias", "[TB-06.1]") {
    CHECK(parsed("Memory") == "Memory|||");
    CHECK(parsed(" Memory ") == "Memory|||");
    CHECK(parsed("Memory()") == "Memory|||");
    CHECK(parsed("Memory( )") == "Memory|||");
    CHECK(parsed(R"(Files({"k": 1}))") == R"(Files|{"k": 1}||)");
    CHECK(parsed(R"_(Files("x"))_") == R"_(Files||"x"|)_");
    CHECK(parsed("Files([1, 2])") == "Files||[1, 2]|");
    CHECK(parsed("Files(-1.5e3)") == "Files||-1.5e3|");
    CHECK(parsed("Files(true)") == "Files||true|");
    CHECK(parsed("Files(null)") == "Files||null|");
    CHECK(parsed("Files(a=1, b=[2])") == R"(Files|{"a":1,"b":[2]}||)");
    CHECK(parsed(R"_(Files(a="x, y=(1)", b = {"c": [")"]}))_") == R"_(Files|{"a":"x, y=(1)","b":{"c": [")"]}}||)_");
    CHECK(parsed("Files('/a b') as src") == R"(Files||"/a b"|src)");
    CHECK(parsed("Files(path='a\"b')") == R"(Files|{"path":"a\"b"}||)");
    CHECK(parsed("Memory as notes") == "Memory|||notes");
    CHECK(parsed("Memory() as notes") == "Memory|||notes");
    CHECK(parsed("Memory()as notes") == "Memory|||notes");
    CHECK(parsed("Files(\n  a = 1,\r\n  b = 2\n) as x\n") == R"(Files|{"a":1,"b":2}||x)");
}

TEST_CASE("what is no spec string is told so, in llm's words", "[TB-06.2]") {
    for (const std::string_view wrong :
         {"", " ", "(1)", "Files(", "Files(1", "Files)", "Files(1,2)", "Files(a=1", "Files(a=1,)", "Files(1) x",
          "Files as", "Files as ", "Files as a b", "Files(1)(2)", "Files.x", "Files('a)", "Files(\"a)",
          "Files(nonsense)", "Files x"}) {
        INFO(wrong);
        CHECK(parsed(wrong) == "Invalid spec string: '" + std::string(wrong) + "'");
    }
    CHECK(parsed("Files(a=b)") == "Value for 'a' is not valid JSON: b");
    CHECK(parsed("Files(a=[1, b=2)") == "Value for 'a' is not valid JSON: [1");
    CHECK(haft::parse_spec("Files(a=b)").error().code == haft::errc::bad_spec);
}

TEST_CASE("hostile spec strings are errors", "[TB-06.2]") {
    CHECK(parsed("Files(" + std::string(100'000, '[')).starts_with("Invalid spec string: 'Files([["));
    CHECK(parsed("Files(" + std::string(1 << 20, 'a')).size() < 400);
    CHECK(parsed("Files(a=" + std::string(100'000, '{')).starts_with("Value for 'a' is not valid JSON"));
    CHECK(parsed(std::string_view("Files\0(1)", 9)).starts_with("Invalid spec string"));
    CHECK(parsed("Files(\"\x1b[31m\")").find('\x1b') == std::string::npos);
    CHECK(parsed("Files('\xff')").starts_with("Invalid spec string"));
    const std::string_view whole = R"(Files(a="x", b=[1,{"c":2}]) as src)";
    for (std::size_t n = 0; n < whole.size(); ++n) static_cast<void>(haft::parse_spec(whole.substr(0, n)));
}

namespace {

struct SQLite {
    struct config {
        std::string path;
        bool read_only = true;
    };
    explicit SQLite(config c) : with(std::move(c)) {}
    std::string path() { return with.path + (with.read_only ? "" : " (writable)"); }
    config with;
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("A database", haft::method<&SQLite::path>("Its path"));
    }
};
struct Memory {
    int size() { return 0; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Memory", haft::method<&Memory::size>("Its size"));
    }
};
const std::array classes{haft::toolbox_class_of<Memory>(), haft::toolbox_class_of<SQLite>()};

std::string answer(std::string_view spec, std::string_view tool) {
    const auto box = haft::instantiate(spec, classes);
    if (!box) return box.error().text();
    const auto called = box->tools()->call(tool, "{}");
    return called ? *called : called.error().text();
}

}  // namespace

TEST_CASE("a spec string makes a toolbox", "[TB-06.1]") {
    CHECK(answer("Memory", "Memory.size") == "0");
    CHECK(answer(R"_(SQLite("a.db"))_", "SQLite.path") == "\"a.db\"");
    CHECK(answer(R"(SQLite({"path": "a.db"}))", "SQLite.path") == "\"a.db\"");
    CHECK(answer(R"(SQLite(path="a.db", read_only=false))", "SQLite.path") == "\"a.db (writable)\"");
    CHECK(answer("SQLite('a.db') as notes", "notes.path") == "\"a.db\"");
}

TEST_CASE("an unknown class and a wrong configuration are told", "[TB-06.3]") {
    CHECK(answer("SQLit", "") ==
          "Unknown class 'SQLit'; did you mean \"SQLite\"? There are Memory, SQLite [haft-E0253]");
    CHECK(
        answer(R"_(SQLite(paht="a.db"))_", "")
            .starts_with("toolbox \"SQLite\" was not made: 2 faults in its configuration\n- /paht: no such parameter; "
                         "did you mean \"path\"?"));
    CHECK(answer("SQLite(5)", "").find("/path: expected string, got") != std::string::npos);
    CHECK(answer("Memory(5)", "") == "toolbox \"Memory\" takes no configuration, but was given \"5\" [haft-E0251]");
    CHECK(answer("SQLite(path='a', path='b')", "").find("twice") != std::string::npos);
    CHECK(haft::instantiate("Memory", {}).error().message == "Unknown class 'Memory'; there are none");
    CHECK(haft::instantiate("Mem", std::array{haft::toolbox_class_of<Memory>()}).error().message ==
          "Unknown class 'Mem'; did you mean \"Memory\"?");
    CHECK(answer("Memory as -", "-.size") == "0");
}

TEST_CASE("of two classes of one name none is taken", "[TB-06.3]") {
    std::vector<haft::toolbox_class> twice(classes.begin(), classes.end());
    twice.push_back(haft::toolbox_class_of<SQLite>());
    twice.back().name = "Memory";
    CHECK(haft::instantiate("Memory", twice).error().text() ==
          "two toolbox classes are named \"Memory\": \"Memory\" and \"A database\"; give one of them another name "
          "[haft-E0254]");
    CHECK(haft::rebuild("Memory", "{}", twice).error().code == haft::errc::duplicate_class);
    CHECK(haft::instantiate("SQLite('a')", twice));
}

TEST_CASE("an unknown name is shown without what it hides", "[TB-06.3]") {
    CHECK(haft::rebuild("Mem\x1bory", "{}", {}).error().message == "Unknown class 'Mem\\x1bory'; there are none");
    CHECK(haft::rebuild(std::string(1 << 20, 'x'), "{}", classes).error().message.size() < 400);
}

// toolbox.test.cpp has a class of this name, too, in an unnamed namespace as here: to a compiler both are spelled alike.
TEST_CASE("a toolbox's object is not taken for one of another class that is spelled the same", "[TB-03.1]") {
    const haft::result<haft::toolbox> other = haft::rebuild("Memory", "{}", haft::compiled_in_toolboxes());
    REQUIRE(other);
    REQUIRE(other->tools()->find("Memory.append"));
    CHECK(other->get<Memory>() == nullptr);
    CHECK(haft::make_toolbox<Memory>()->get<Memory>() != nullptr);
}

TEST_CASE("a recorded configuration rebuilds the toolbox", "[TB-07.2]") {
    const auto box = haft::instantiate(R"_(SQLite("a.db") as notes)_", classes);
    REQUIRE(box);
    const auto again = haft::instantiate("SQLite(" + std::string(box->config()) + ")", classes);
    REQUIRE(again);
    CHECK(again->config() == box->config());
    CHECK(again->get<SQLite>()->with.path == "a.db");
    const auto rebuilt = haft::rebuild(box->class_name(), box->config(), classes, box->name());
    REQUIRE(rebuilt);
    CHECK(rebuilt->config() == box->config());
    CHECK(rebuilt->name() == "notes");
    CHECK(rebuilt->get<SQLite>()->with.path == "a.db");
    CHECK(haft::rebuild("SQLight", "{}", classes).error().message.starts_with("Unknown class 'SQLight'"));
}

TEST_CASE("a name with a capital letter is a toolbox's", "[TB-05.1]") {
    STATIC_REQUIRE(haft::is_toolbox_name("Memory"));
    STATIC_REQUIRE_FALSE(haft::is_toolbox_name("memory"));
    STATIC_REQUIRE_FALSE(haft::is_toolbox_name("_Memory"));
    STATIC_REQUIRE_FALSE(haft::is_toolbox_name(""));
}
