// SPDX-License-Identifier: BSL-1.0
#include <haft/format/name.hpp>
#include <haft/tool.hpp>
#include <haft/toolbox/class_of.hpp>
#include <haft/toolbox/described_methods.hpp>
#include <haft/toolbox/enrol_toolbox.hpp>
#include <haft/toolbox/toolbox.hpp>
#include <haft/written.hpp>

#include <boost/describe.hpp>
#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

std::string names_of(const haft::toolset& tools) {
    std::string out;
    for (const haft::tool& t : tools) out.append(out.empty() ? "" : " ").append(t.name);
    return out;
}

/// llm's Memory.
class Memory {
public:
    struct pair {
        std::string key, value;
    };
    struct key_args {
        std::string key;
    };
    void set(const pair& p) { values_[p.key] = p.value; }
    std::string get(const key_args& a) const {
        const auto it = values_.find(a.key);
        return it == values_.end() ? "" : it->second;
    }
    void append(const pair& p) { (values_[p.key] += "\n") += p.value; }
    std::vector<std::string> keys() const {
        std::vector<std::string> out;
        for (const auto& [key, value] : values_) out.push_back(key);
        return out;
    }
    void not_a_tool() {}

    static consteval auto haft_toolbox() {
        return haft::toolbox_words(
            "Key/value memory for the model", haft::method<&Memory::set>("Set something as a key"),
            haft::method<&Memory::get>({.description = "Get something from a key", .effect = haft::read_only}),
            haft::method<&Memory::append>("Append something as a key"),
            haft::method<&Memory::keys>("Return a list of keys"));
    }

private:
    std::map<std::string, std::string> values_;
};

}  // namespace

TEST_CASE("a class is a bundle of tools: those of its methods that it lists", "[TB-01.1]") {
    const auto box = haft::make_toolbox<Memory>();
    REQUIRE(box);
    const auto tools = box->tools();
    REQUIRE(tools);
    CHECK(tools->size() == 4);
    CHECK(tools->find("Memory.not_a_tool") == nullptr);
    const haft::tool* const set = tools->find("Memory.set");
    REQUIRE(set);
    CHECK(set->description == "Set something as a key");
    CHECK(
        set->input_schema ==
        R"({"type":"object","properties":{"key":{"type":"string"},"value":{"type":"string"}},"required":["key","value"],"additionalProperties":false})");
    CHECK(tools->find("Memory.keys")->output_schema == R"({"type":"array","items":{"type":"string"}})");
}

TEST_CASE("its tools have dotted names, in the order of the methods", "[TB-02.1]") {
    const auto box = haft::make_toolbox<Memory>();
    CHECK(names_of(*box->tools()) == "Memory.set Memory.get Memory.append Memory.keys");
}

TEST_CASE("its state lasts from call to call, and as long as one of its tools", "[TB-03.1]") {
    haft::toolset kept;
    {
        const auto box = haft::make_toolbox<Memory>();
        const auto tools = box->tools();
        REQUIRE(tools->call("Memory.set", R"({"key":"a","value":"1"})"));
        REQUIRE(tools->call("Memory.append", R"({"key":"a","value":"2"})"));
        kept = *box->tools();
    }
    CHECK(*kept.call("Memory.get", R"({"key":"a"})") == R"("1\n2")");
    CHECK(*kept.call("Memory.keys", "{}") == R"(["a"])");
    const auto other = haft::make_toolbox<Memory>();
    CHECK(*other->tools()->call("Memory.keys", "{}") == "[]");
}

TEST_CASE("arguments of methods are checked as those of functions", "[TB-01.2]") {
    const auto tools = haft::make_toolbox<Memory>()->tools();
    const auto called = tools->call("Memory.set", R"({"kye":"a"})");
    REQUIRE_FALSE(called);
    CHECK(called.error().text() ==
          "tool \"Memory.set\" was not called: 3 faults in its arguments\n"
          "- /kye: no such parameter; did you mean \"key\"? The parameters are key, value [haft-E0203]\n"
          "- /key: required, but not given; expected string [haft-E0204]\n"
          "- /value: required, but not given; expected string [haft-E0204]");
}

namespace {

struct base_before {
    virtual ~base_before() = default;
    long long padding = 5;
};
struct base {
    int n = 7;
    int twice() const noexcept { return n * 2; }
};
struct derived : base_before, base {
    int add(haft::arg<"to", int> to, haft::call_context& context) {
        return n += *to + (context.tool_name == "derived.add");
    }
    int times(int by, std::string_view word) && = delete;
    std::string listed(int by, const std::string& word) const {
        std::string out;
        for (int i = 0; i < by; ++i) out += word;
        return out;
    }
    static constexpr std::array words{haft::field{"by", "How often"}, haft::field{"word"}};
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Inherited things", haft::method<&derived::twice>("Twice"),
                                   haft::method<&derived::add>("Add"), haft::method<&derived::listed, words>("Repeat"));
    }
};

}  // namespace

TEST_CASE("methods may be inherited, take named parameters and a context", "[TB-01.2]") {
    const auto tools = haft::make_toolbox<derived>()->tools();
    REQUIRE(tools);
    CHECK(*tools->call("derived.twice", "{}") == "14");
    CHECK(*tools->call("derived.add", R"({"to":2})") == "10");
    CHECK(*tools->call("derived.twice", "{}") == "20");
    CHECK(*tools->call("derived.listed", R"({"by":2,"word":"ab"})") == "\"abab\"");
    CHECK(tools->find("derived.listed")->input_schema.find("How often") != std::string_view::npos);
}

namespace {

struct Files {
    struct config {
        std::string folder;
        bool read_only = true;
        std::vector<std::string> hidden = {};
        static constexpr std::array haft_fields{haft::field{"folder", "Where the files are", haft::min_length(1)}};
    };
    explicit Files(config c) : with(std::move(c)) {
        if (with.folder == "/forbidden") throw std::runtime_error("that folder is forbidden");
        if (with.folder == "/odd") throw 1;
    }
    std::string where() const { return with.folder; }
    config with;
    static consteval auto haft_toolbox() {
        return haft::toolbox_words(
            haft::about{.description = "Files", .effect = haft::read_only, .hints = haft::file_ops},
            haft::method<&Files::where>("Where they are"));
    }
};

}  // namespace

TEST_CASE("a class is registered as a class and made when it is used", "[TB-04.1]") {
    const haft::toolbox_class& c = haft::toolbox_class_of<Files>();
    CHECK(c.name == "Files");
    CHECK(c.words.description == "Files");
    CHECK(
        c.config_schema ==
        R"({"type":"object","properties":{"folder":{"type":"string","minLength":1,"description":"Where the files are"},"read_only":{"type":"boolean","default":true},"hidden":{"type":"array","items":{"type":"string"}}},"required":["folder","hidden"],"additionalProperties":false})");
    const auto box = c.make(R"({"folder":"/a","hidden":[]})");
    REQUIRE(box);
    CHECK(*box->tools()->call("Files.where", "{}") == "\"/a\"");
    CHECK(box->get<Files>()->with.read_only);
    CHECK(box->get<Memory>() == nullptr);
}

TEST_CASE("what is wrong with a configuration is told as of arguments", "[TB-04.2]") {
    const haft::toolbox_class& c = haft::toolbox_class_of<Files>();
    CHECK(c.make(R"({"foldr":"/a","hidden":[]})").error().text() ==
          "toolbox \"Files\" was not made: 2 faults in its configuration\n"
          "- /foldr: no such parameter; did you mean \"folder\"? The parameters are folder, read_only, hidden "
          "[haft-E0203]\n"
          "- /folder: required, but not given; expected string of at least 1 character: Where the files are "
          "[haft-E0204]");
    CHECK(c.make("").error().faults.size() == 2);
    // C++ keeps the limits, too: otherwise what is recorded could not be read again.
    CHECK(haft::make_toolbox<Files>({.folder = ""}).error().text() ==
          "toolbox \"Files\" was not made: 1 fault in its configuration\n"
          "- /folder: expected string of at least 1 character, got 0 characters [haft-E0205]");
    CHECK(c.make("[1]").error().code == haft::errc::bad_configuration);
    CHECK(haft::toolbox_class_of<Memory>().make(R"({"a":1})").error().code == haft::errc::bad_configuration);
    CHECK(haft::toolbox_class_of<Memory>().make(""));
    CHECK(haft::toolbox_class_of<Memory>().make("{}"));
}

TEST_CASE("a constructor that throws gives an error", "[TB-04.2]") {
    CHECK(haft::make_toolbox<Files>({.folder = "/forbidden"}).error().text() ==
          "toolbox \"Files\" can't be made: that folder is forbidden [haft-E0250]");
    CHECK(haft::make_toolbox<Files>({.folder = "/odd"}, "odd").error().message ==
          "toolbox \"odd\" can't be made: an exception that is no std::exception");
}

TEST_CASE("the configuration is recorded, defaults applied, and makes another of the kind", "[TB-07.1]") {
    const haft::toolbox_class& c = haft::toolbox_class_of<Files>();
    const auto box = c.make(R"({"hidden":["x"],"folder":"/a"})");
    REQUIRE(box);
    CHECK(box->config() == R"({"folder":"/a","read_only":true,"hidden":["x"]})");
    const auto again = box->of().make(box->config(), "again");
    REQUIRE(again);
    CHECK(again->config() == box->config());
    CHECK(again->get<Files>()->with.hidden == std::vector<std::string>{"x"});
    CHECK(haft::make_toolbox<Files>({.folder = "/b", .read_only = false})->config() ==
          R"({"folder":"/b","read_only":false,"hidden":[]})");
    CHECK(haft::make_toolbox<Memory>()->config() == "{}");
}

TEST_CASE("what a method does not say its class says", "[TD-11.3]") {
    const auto tools = haft::make_toolbox<Files>({.folder = "/a"})->tools();
    CHECK(tools->find("Files.where")->effect == haft::read_only);
    CHECK(haft::has_tag(*tools->find("Files.where"), "file-ops"));
    const auto memory = haft::make_toolbox<Memory>()->tools();
    CHECK(memory->find("Memory.get")->effect == haft::read_only);
    CHECK(memory->find("Memory.set")->effect == haft::effect::unspecified);
}

namespace {

struct Hinted {
    int plain() { return 1; }
    int fetch() { return 1; }
    int erase() { return 1; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words(
            haft::about{.description = "Hinted",
                        .effect = haft::read_only,
                        .hints = haft::closed_world | haft::idempotent | haft::file_ops},
            haft::method<&Hinted::plain>("Says nothing"),
            haft::method<&Hinted::fetch>({.description = "Asks others", .hints = haft::web}),
            haft::method<&Hinted::erase>({.description = "Erases", .effect = haft::destructive}));
    }
};

}  // namespace

TEST_CASE("what a class claims to be harmless is not claimed of a method that says something else", "[TD-11.3]") {
    const haft::toolset tools = *haft::make_toolbox<Hinted>()->tools();
    const haft::tool& plain = tools[0];
    const haft::tool& fetch = tools[1];
    const haft::tool& erase = tools[2];
    CHECK(plain.hints == (haft::closed_world | haft::idempotent | haft::file_ops));
    CHECK(fetch.effect == haft::read_only);
    CHECK(fetch.hints == (haft::web | haft::file_ops));
    CHECK(erase.effect == haft::destructive);
    CHECK(erase.hints == haft::file_ops);
}

namespace {

int where() { return 0; }
int rested() { return 8; }
constexpr haft::availability needs_tools{[] { return true; }, "buy tools"};
constexpr haft::availability needs_time{[] { return false; }, "wait a little"};
struct Dangerous {
    int later() { return 1; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words(haft::about{.description = "Dangerous",
                                               .effect = haft::destructive,
                                               .hints = haft::file_ops | haft::closed_world,
                                               .available = &needs_tools,
                                               .deferred = true},
                                   haft::method<&Dangerous::later>({.description = "Later", .available = &needs_time}));
    }
};

}  // namespace

TEST_CASE("an added tool inherits as a method does", "[TD-11.3][TB-08.1]") {
    const auto box = haft::make_toolbox<Dangerous>();
    REQUIRE(box->add_tool("more", {.description = "More", .hints = haft::idempotent}, [] { return 1; }));
    REQUIRE(box->add_tool<&rested>({.description = "Looks", .effect = haft::read_only}));
    REQUIRE(box->add_tool(haft::make<&rested>({.description = "Waits", .name = "waits", .available = &needs_time})));
    const haft::toolset tools = *box->tools();
    const haft::tool& more = *tools.find("Dangerous.more");
    CHECK(more.effect == haft::destructive);
    CHECK(more.hints == (haft::idempotent | haft::file_ops));
    CHECK(more.deferred);
    CHECK(more.available == &needs_tools);
    CHECK(tools.find("Dangerous.rested")->effect == haft::read_only);
    CHECK(tools.find("Dangerous.rested")->hints == haft::file_ops);
    for (const std::string_view both : {"Dangerous.waits", "Dangerous.later"}) {
        CAPTURE(both);
        REQUIRE(tools.find(both)->available->missing());
        CHECK(tools.find(both)->available->missing()->hint == "wait a little");
    }
}

TEST_CASE("a toolbox takes whatever a set takes: sets, hand-written schemas and what they say", "[TB-08.1][TD-12.1]") {
    const auto box = haft::make_toolbox<Memory>();
    REQUIRE(box->add_tool(haft::toolset{haft::make<&rested>("Rests"), haft::make<&where>("Where")}));
    CHECK(names_of(*box->tools()) == "Memory.set Memory.get Memory.append Memory.keys Memory.rested Memory.where");
    REQUIRE(box->add_tool("by_hand", "By hand", haft::written_schemas{R"({"type":"object"})", R"({"type":"integer"})"},
                          [](std::string_view) { return 7; }));
    CHECK(box->tools()->find("Memory.by_hand")->output_schema == R"({"type":"integer"})");
    CHECK_FALSE(
        box->add_tool("wrong", "Wrong", R"({"type":"object","propertys":{}})", [](std::string_view) { return 1; }));
    REQUIRE(box->add_tool("hidden", "Hid\u200bden", [] { return 1; }));
    const haft::toolset tools = *box->tools();
    REQUIRE(tools.refusals().size() == 1);
    CHECK(tools.refusals()[0].code == haft::errc::bad_schema);
    REQUIRE(tools.warnings().size() == 1);
    CHECK(tools.warnings()[0].code == haft::errc::text_changed);
}

TEST_CASE("several toolboxes of one class have names of their own", "[TB-10.1]") {
    haft::toolset tools;
    const auto first = haft::make_toolbox<Files>({.folder = "/a"}, "src");
    const auto second = haft::make_toolbox<Files>({.folder = "/b"}, "docs");
    REQUIRE(tools.add(*first));
    REQUIRE(tools.add(*second));
    CHECK(names_of(tools) == "src.where docs.where");
    CHECK(*tools.call("src.where", "{}") == "\"/a\"");
    CHECK(*tools.call("docs.where", "{}") == "\"/b\"");
}

namespace other {

struct Memory {  // has one method of the other's, and one of its own
    int get() { return 1; }
    int forget() { return 2; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Another memory", haft::method<&Memory::get>("Gets"),
                                   haft::method<&Memory::forget>("Forgets"));
    }
};

}  // namespace other

TEST_CASE("two toolboxes of one name are an error", "[TB-10.2]") {
    haft::toolset tools;
    REQUIRE(tools.add(*haft::make_toolbox<Memory>()));
    const auto added = tools.add(*haft::make_toolbox<Memory>());
    REQUIRE_FALSE(added);
    CHECK(added.error().code == haft::errc::duplicate_tool);
    CHECK(added.error().message ==
          "two toolboxes are named \"Memory\": the first, toolbox Memory, stays; the second, toolbox Memory, was not "
          "added; give one of them an alias");
    CHECK(tools.size() == 4);
    CHECK(tools.refusals().size() == 1);
    haft::toolset alike{*haft::make_toolbox<Files>({.folder = "/a"}, "src")};
    CHECK(alike.add(haft::make<&where>({.description = "Where", .name = "src.where"})).error().message ==
          "two tools are named \"src.where\": the first, toolbox Files as src, stays; the second, \"Where\", was not "
          "added");
}

TEST_CASE("of two toolboxes of one name none of the second's tools come in, whatever they are called", "[TB-10.2]") {
    haft::toolset tools{*haft::make_toolbox<Memory>(), *haft::make_toolbox<other::Memory>()};
    CHECK(names_of(tools) == "Memory.set Memory.get Memory.append Memory.keys");
    CHECK(tools.refusals().size() == 1);
    CHECK_FALSE(tools.add(*haft::make_toolbox<Files>({.folder = "/a"}, "Memory")));
    CHECK_FALSE(tools.add(*haft::make_toolbox<other::Memory>()->tools()));
    CHECK(tools.size() == 4);
    REQUIRE(tools.add(*haft::make_toolbox<other::Memory>("Other")));
    CHECK(tools.size() == 6);
    haft::toolset renamed;
    const haft::toolset another = *haft::make_toolbox<other::Memory>()->tools();
    for (std::size_t i = 0; i < another.size(); ++i)
        REQUIRE(renamed.add_from(another, i, std::string("old.") + std::string(another[i].name)));
    CHECK(tools.add(renamed));
    CHECK(tools.size() == 8);
}

TEST_CASE("an alias with which no tool could have a name is refused when the toolbox is made", "[TB-10.1]") {
    CHECK(haft::make_toolbox<Memory>("my notes").error().message ==
          "toolbox \"Memory\" can't be called \"my notes\": its tool \"set\" would have no legal name, which has 1 to "
          "128 "
          "of A-Z a-z 0-9 _ - .");
    CHECK(haft::make_toolbox<Memory>(std::string(121, 'a')));
    const auto too_long = haft::make_toolbox<Memory>(std::string(122, 'a'));  // with .append one too many
    CHECK(too_long.error().code == haft::errc::bad_tool_name);
    CHECK_FALSE(haft::toolbox_class_of<Memory>().make("", "a b"));
}

TEST_CASE("a toolbox has its class's name beside its own", "[TB-10.1]") {
    const auto box = haft::make_toolbox<Memory>("notes");
    CHECK(box->name() == "notes");
    CHECK(box->class_name() == "Memory");
    CHECK(box->tools()->find("notes.set")->origin->text() == "toolbox Memory as notes");
}

namespace {

int plus_one(haft::arg<"n", int> n) { return *n + 1; }
std::string where_is(const Files& files, haft::arg<"name", std::string> name) {
    return files.with.folder + "/" + *name;
}

}  // namespace

TEST_CASE("tools are added to a toolbox, and listed after its methods", "[TB-08.1][TB-08.3]") {
    const auto box = haft::make_toolbox<Files>({.folder = "/a"});
    const haft::toolset before = *box->tools();
    REQUIRE(box->add_tool(haft::make<&plus_one>("One more")));
    REQUIRE(box->add_tool("count", "Counts", [n = 0]() mutable { return ++n; }));
    CHECK(names_of(before) == "Files.where");
    const haft::toolset after = *box->tools();
    CHECK(names_of(after) == "Files.where Files.plus_one Files.count");
    CHECK(*after.call("Files.plus_one", R"({"n":1})") == "2");
    CHECK(*after.call("Files.count", "{}") == "1");
    CHECK(*box->tools()->call("Files.count", "{}") == "2");
}

TEST_CASE("a function that takes the toolbox is given it, and the model does not see that", "[TB-08.2]") {
    haft::toolset tools;
    {
        const auto box = haft::make_toolbox<Files>({.folder = "/a"});
        REQUIRE(box->add_tool<&where_is>("Where a file is"));
        CHECK(haft::make_toolbox<Memory>()->add_tool<&where_is>("Where a file is").error().message ==
              "function \"where_is\" takes an object of another class than that of toolbox \"Memory\"");
        tools = *box->tools();
    }
    CHECK(*tools.call("Files.where_is", R"({"name":"x"})") == "\"/a/x\"");
    CHECK(tools.find("Files.where_is")->input_schema.find("files") == std::string_view::npos);
}

TEST_CASE("a function that does not take the toolbox is added as it is", "[TB-08.1]") {
    const auto box = haft::make_toolbox<Files>({.folder = "/a"});
    REQUIRE(box->add_tool<&plus_one>("One more"));
    REQUIRE(box->add_tool<&where>({.description = "No parameters", .name = "nowhere"}));
    const haft::toolset tools = *box->tools();
    CHECK(names_of(tools) == "Files.where Files.plus_one Files.nowhere");
    CHECK(*tools.call("Files.plus_one", R"({"n":1})") == "2");
    CHECK(*tools.call("Files.nowhere", "{}") == "0");
    CHECK(tools.find("Files.nowhere")->origin->text() == "toolbox Files");
    static constexpr haft::origin elsewhere{"mounted_server"};
    haft::tool foreign = haft::make<&where>({.description = "Of another", .name = "foreign"});
    foreign.origin = &elsewhere;
    REQUIRE(box->add_tool(foreign));
    CHECK(box->tools()->find("Files.foreign")->origin == &elsewhere);
}

TEST_CASE("an added tool does not take the name of a method or of another", "[TB-08.3]") {
    const auto box = haft::make_toolbox<Files>({.folder = "/a"});
    CHECK(box->add_tool("where", "Again", [] { return 1; }).error().message ==
          "toolbox \"Files\" has a tool \"where\" already: its method stays");
    REQUIRE(box->add_tool("more", "Once", [] { return 1; }));
    CHECK(box->add_tool("more", "Again", [] { return 1; }).error().code == haft::errc::duplicate_tool);
    CHECK_FALSE(box->add_tool("no name", "Again", [] { return 1; }));
    CHECK(box->tools()->size() == 2);
}

namespace {

struct prepared {
    static inline std::atomic<int> times = 0;
    static inline bool fails = false;
    bool ready = false;
    void prepare() {
        ++times;
        if (fails) throw std::runtime_error("no connection");
        std::this_thread::sleep_for(std::chrono::milliseconds(5));  // the others come meanwhile
        ready = true;
    }
    bool is_ready() { return ready; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Prepared", haft::method<&prepared::is_ready>("Whether it is"));
    }
};

}  // namespace

TEST_CASE("prepare runs once, before the first listing", "[TB-09.1]") {
    prepared::times = 0;
    const auto box = haft::make_toolbox<prepared>();
    CHECK(prepared::times == 0);
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            const auto tools = box->tools();
            if (!tools) return;
            const auto called = tools->call("prepared.is_ready", "{}");
            right += called && *called == "true";
        });
    for (std::thread& t : threads) t.join();
    CHECK(right == 4);
    CHECK(prepared::times == 1);
    CHECK(*box->tools()->call("prepared.is_ready", "{}") == "true");
    CHECK(prepared::times == 1);
}

TEST_CASE("a toolbox whose prepare throws can't be used, and says why", "[TB-09.2]") {
    prepared::times = 0;
    prepared::fails = true;
    const auto box = haft::make_toolbox<prepared>();
    for (int i = 0; i < 2; ++i) {
        const auto tools = box->tools();
        REQUIRE_FALSE(tools);
        CHECK(tools.error().text() == "toolbox \"prepared\" can't be used: no connection [haft-E0250]");
    }
    CHECK(prepared::times == 1);
    const haft::toolset set{haft::make<&plus_one>("One more"), *box};
    CHECK(names_of(set) == "plus_one");
    REQUIRE(set.refusals().size() == 1);
    CHECK(set.refusals()[0].message == "toolbox \"prepared\" can't be used: no connection");
    prepared::fails = false;
}

namespace {

struct tells {  // what works without exceptions
    bool works = false;
    int times = 0;
    haft::result<void> prepare() {
        ++times;
        if (!works) return haft::error{.message = "no disk"};
        return {};
    }
    int one() { return 1; }
    static consteval auto haft_toolbox() { return haft::toolbox_words("Tells", haft::method<&tells::one>("One")); }
};
struct asks_itself {
    const haft::toolbox* self = nullptr;
    std::string told = {};
    void prepare() { told = self->tools().error().message; }
    int one() { return 1; }
    static consteval auto haft_toolbox() { return haft::toolbox_words("Asks", haft::method<&asks_itself::one>("One")); }
};

}  // namespace

TEST_CASE("an error that prepare gives makes the toolbox unavailable, too", "[TB-09.2]") {
    const auto box = haft::make_toolbox<tells>();
    CHECK(box->tools().error().text() == "toolbox \"tells\" can't be used: no disk [haft-E0250]");
    CHECK(box->tools().error().text() == "toolbox \"tells\" can't be used: no disk [haft-E0250]");
    CHECK(box->get<tells>()->times == 1);
    const auto working = haft::make_toolbox<tells>();
    working->get<tells>()->works = true;
    CHECK(working->tools());
    CHECK(working->tools());
    CHECK(working->get<tells>()->times == 1);
}

TEST_CASE("a prepare that asks for its own tools is told so, and does not wait for ever", "[TB-09.3]") {
    const auto box = haft::make_toolbox<asks_itself>();
    box->get<asks_itself>()->self = &*box;
    CHECK(box->tools());
    CHECK(box->get<asks_itself>()->told == "toolbox \"asks_itself\" can't be used: its prepare() asks for its tools");
}

namespace {

/// A class that one can't edit.
struct foreign {
    int answer() const { return 42; }
};

}  // namespace

template <>
struct haft::toolbox_of<foreign> {
    static consteval auto haft_toolbox() {
        return haft::toolbox_words(haft::about{.description = "Not ours", .name = "Ours"},
                                   haft::method<&foreign::answer>({.description = "The answer", .name = "tell"}));
    }
};

TEST_CASE("a class that one can't edit has its words beside it", "[TB-01.2]") {
    const auto tools = haft::make_toolbox<foreign>()->tools();
    CHECK(names_of(*tools) == "Ours.tell");
    CHECK(*tools->call("Ours.tell", "{}") == "42");
}

namespace toolbox_test {

struct Enrolled {
    int one() { return 1; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Enrolled", haft::method<&Enrolled::one>("One"));
    }
};
HAFT_TOOLBOX(Memory);
HAFT_TOOLBOX(Enrolled);
HAFT_TOOLBOX(tells);
HAFT_TOOLBOX(Enrolled);

}  // namespace toolbox_test

TEST_CASE("classes are enrolled beside their definition, each once, sorted by name", "[RG-01.2]") {
    std::string names;
    for (const haft::toolbox_class& c : haft::compiled_in_toolboxes()) names += std::string(c.name) + " ";
    CHECK(names == "Enrolled Memory tells ");
    CHECK(*haft::compiled_in_toolboxes()[0].make()->tools()->call("Enrolled.one", "{}") == "1");
}

TEST_CASE("both spellings of its tools' names resolve, and one goes out", "[TB-02.2]") {
    const haft::toolset tools = *haft::make_toolbox<Memory>()->tools();
    const haft::formats::name_map names(tools);
    CHECK(names.find("Memory.set") == tools.find("Memory.set"));
    CHECK(names.find("Memory_set") == tools.find("Memory.set"));
    CHECK(names.portable(tools[0]) == "Memory_set");
}

namespace {

class Described {
public:
    struct key_args {
        std::string key;
    };
    std::string get(const key_args& a) const { return "value of " + a.key; }
    int size() { return 3; }
    int _secret() { return 1; }
    int internal_() { return 1; }
    void prepare() { ready = true; }
    int tools() { return 1; }
    bool ready = false;
    static consteval auto haft_toolbox() {
        return haft::described_methods(
            "Described by Boost", haft::about{.description = "How many", .name = "size", .effect = haft::read_only});
    }

private:
    int not_seen() { return 1; }
    BOOST_DESCRIBE_CLASS(Described, (), (get, size, _secret, internal_, prepare, tools, ready), (), (not_seen))
};

}  // namespace

TEST_CASE("BOOST_DESCRIBE_CLASS lists the public functions; what is hidden or a toolbox's own is no tool",
          "[TB-01.3]") {
    const auto box = haft::make_toolbox<Described>();
    const haft::toolset tools = *box->tools();
    CHECK(names_of(tools) == "Described.get Described.size");
    CHECK(tools[0].description.empty());
    CHECK(tools[1].description == "How many");
    CHECK(tools[1].effect == haft::read_only);
    CHECK(*tools.call("Described.get", R"({"key":"a"})") == "\"value of a\"");
    CHECK(box->get<Described>()->ready);
    for (const std::string_view name :
         {"_x", "x_", "prepare", "tools", "add_tool", "method_tools", "prepare_async", "config"})
        CHECK(haft::detail::is_hidden_method(name));
    CHECK_FALSE(haft::detail::is_hidden_method("get_x"));
}

namespace {

class DescribedBase {
public:
    virtual ~DescribedBase() = default;
    int first() { return 1; }
    virtual int second() { return 2; }
    BOOST_DESCRIBE_CLASS(DescribedBase, (), (first, second), (), ())
};
class Undescribed {};
class DescribedDerived : public base, public DescribedBase, public Undescribed {
public:
    int second() override { return 22; }
    int third() { return 3; }
    static int helper() { return 4; }
    static consteval auto haft_toolbox() {
        return haft::described_methods("Derived", haft::about{.description = "The first", .name = "first"});
    }
    BOOST_DESCRIBE_CLASS(DescribedDerived, (DescribedBase), (second, third, helper), (), ())
};
class OfUndescribed : public Undescribed {
public:
    int own() { return 5; }
    static consteval auto haft_toolbox() { return haft::described_methods("Of a base that nobody has described"); }
    BOOST_DESCRIBE_CLASS(OfUndescribed, (Undescribed), (own), (), ())
};

}  // namespace

TEST_CASE("what a described base lists is inherited; what is overridden is listed once", "[TB-01.3]") {
    const haft::toolset tools = *haft::make_toolbox<DescribedDerived>()->tools();
    CHECK(names_of(tools) == "DescribedDerived.first DescribedDerived.second DescribedDerived.third");
    CHECK(tools[0].description == "The first");
    CHECK(*tools.call("DescribedDerived.first", "{}") == "1");
    CHECK(*tools.call("DescribedDerived.second", "{}") == "22");
    CHECK(names_of(*haft::make_toolbox<OfUndescribed>()->tools()) == "OfUndescribed.own");
}

namespace {

struct overloaded {
    struct amount {
        int by;
    };
    int add() { return 1; }
    int add(const amount& a) { return a.by; }
    int of_lvalue() & noexcept { return 2; }
    int of_constant() const& noexcept { return 3; }
    static consteval auto haft_toolbox() {
        constexpr auto by_amount = static_cast<int (overloaded::*)(const amount&)>(&overloaded::add);
        return haft::toolbox_words("Overloads", haft::method<by_amount>("Add"),
                                   haft::method<&overloaded::of_lvalue>("Two"),
                                   haft::method<&overloaded::of_constant>("Three"));
    }
};

}  // namespace

TEST_CASE("of an overloaded method one is chosen by a cast; reference-qualified ones are methods", "[TB-01.2]") {
    const haft::toolset tools = *haft::make_toolbox<overloaded>()->tools();
    CHECK(names_of(tools) == "overloaded.add overloaded.of_lvalue overloaded.of_constant");
    CHECK(*tools.call("overloaded.add", R"({"by":7})") == "7");
    CHECK(*tools.call("overloaded.of_lvalue", "{}") == "2");
    CHECK(*tools.call("overloaded.of_constant", "{}") == "3");
}
