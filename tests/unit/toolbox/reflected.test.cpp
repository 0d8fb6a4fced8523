// SPDX-License-Identifier: BSL-1.0
// Toolboxes of plain classes, by static reflection. (Nothing of it is there in C++20.)
#include <haft/toolbox.hpp>

#if HAFT_HAS_REFLECTION()

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace reflected_toolbox_test {

struct filler {
    virtual ~filler() = default;
    long weight = 7;
};
struct counted {
    int calls = 0;
    [[= haft::doc("How many calls there were")]] int count() const { return calls; }
    int shown() { return 0; }
};

class[[ = haft::doc("Memory for the model"), = haft::as("memory"), = haft::file_ops ]] Memory : public filler,
                                                                                                public counted {
public:
    [[= haft::doc("Set something as a key")]] void set([[= haft::doc("Its name")]] std::string key,
                                                       std::string value = "nothing") {
        ++calls;
        values_[key] = std::move(value);
    }
    [[ = haft::doc("Get something by its key"), = haft::read_only ]] std::string get(
        std::string_view key) const noexcept {
        const auto at = values_.find(std::string(key));
        return at == values_.end() ? "none" : at->second;
    }
    static int version(int more = 1) { return 2 + more; }
    [[= haft::as("size")]] int length(this const Memory& self, int plus) {
        return static_cast<int>(self.values_.size()) + plus;
    }
    int shown() { return 1; }

    void _hidden() {}
    void hidden_() {}
    [[= haft::no_tool]] void not_this() {}
    template <class T>
    void generic(T) {}
    void gone() = delete;
    void operator()() {}
    operator bool() const { return true; }

private:
    void secret() {}
    std::map<std::string, std::string> values_;
};

class[[= haft::doc("Files of a folder")]] Files {
public:
    explicit Files([[= haft::doc("Where")]] std::string path, [[= haft::minimum(1)]] int depth = 3, bool hidden = false)
        : text_(path + " " + std::to_string(depth) + (hidden ? " hidden" : "")) {
        if (path.empty()) throw std::runtime_error("no path");
    }
    std::string where() const { return text_; }

private:
    std::string text_;
};

struct[[= haft::doc("Counts")]] diamond_left : virtual counted {};
struct[[= haft::doc("Counts")]] diamond_right : virtual counted {};
struct[[= haft::doc("Counts")]] diamond : diamond_left, diamond_right {
    int twice() { return 2 * calls; }
};

struct summands {
    int a;
    int b;
};
int add(const summands& s) { return s.a + s.b; }
int calls_of(const Memory& memory) { return memory.calls; }

}  // namespace reflected_toolbox_test

using reflected_toolbox_test::Memory;

TEST_CASE("a class's public methods are its tools, those of its bases first", "[TB-01]") {
    const haft::toolbox box = *haft::make_toolbox<Memory>();
    const haft::toolset tools = *box.tools();
    std::string names;
    for (const haft::tool& t : tools) names += std::string(t.name) + " ";
    CHECK(names == "memory.count memory.set memory.get memory.version memory.size memory.shown ");
    const auto call = [&](std::string_view name, std::string_view arguments) {
        const haft::result<std::string> r = tools.call(name, arguments);
        return r ? *r : r.error().text();
    };
    CHECK(call("memory.set", R"({"key":"a","value":"b"})") == "null");
    CHECK(call("memory.set", R"({"key":"c"})") == "null");
    CHECK(call("memory.get", R"({"key":"a"})") == R"("b")");
    CHECK(call("memory.get", R"({"key":"c"})") == R"("nothing")");
    CHECK(call("memory.count", "{}") == "2");  // of a base that does not stand at the beginning
    CHECK(call("memory.version", "{}") == "3");
    CHECK(call("memory.version", R"({"more":5})") == "7");
    CHECK(call("memory.size", R"({"plus":1})") == "3");
    CHECK(call("memory.shown", "{}") == "1");
    CHECK(call("memory.get", "{}") ==
          "tool \"memory.get\" was not called: 1 fault in its arguments\n"
          "- /key: required, but not given; expected string [haft-E0204]");
}

TEST_CASE("what a class says holds for its methods", "[TD-11]") {
    const haft::toolset tools = *haft::make_toolbox<Memory>()->tools();
    CHECK(haft::has(tools.find("memory.get")->hints, haft::file_ops));
    CHECK(tools.find("memory.get")->effect == haft::effect::read_only);
    CHECK(tools.find("memory.set")->description == "Set something as a key");
    CHECK(haft::toolbox_class_of<Memory>().words.description == "Memory for the model");
}

TEST_CASE("a virtual base's methods are there once", "[TB-01]") {
    std::string names;
    const haft::toolset tools = *haft::make_toolbox<reflected_toolbox_test::diamond>()->tools();
    for (const haft::tool& t : tools) names += std::string(t.name) + " ";
    CHECK(names == "diamond.count diamond.shown diamond.twice ");
    CHECK(*tools.call("diamond.count", "{}") == "0");
}

TEST_CASE("a function that is added takes the object, or a struct of parameters, though any class may be a toolbox",
          "[TB-08]") {
    const haft::toolbox box = *haft::make_toolbox<Memory>();
    REQUIRE(box.add_tool<&reflected_toolbox_test::add>("Adds two numbers"));
    REQUIRE(box.add_tool<&reflected_toolbox_test::calls_of>("How many calls there were"));
    const haft::toolset tools = *box.tools();
    CHECK(*tools.call("memory.add", R"({"a":1,"b":2})") == "3");
    CHECK(*tools.call("memory.calls_of", "{}") == "0");
    CHECK(haft::make_toolbox<reflected_toolbox_test::diamond>()
              ->add_tool<&reflected_toolbox_test::calls_of>("Calls")
              .error()
              .message == "function \"calls_of\" takes an object of another class than that of toolbox \"diamond\"");
}

TEST_CASE("what a constructor takes is the configuration", "[TB-06]") {
    const haft::toolbox_class& files = haft::toolbox_class_of<reflected_toolbox_test::Files>();
    CHECK(files.config_schema == R"({"type":"object","properties":{"path":{"type":"string","description":"Where"},)"
                                 R"("depth":{"type":"integer","minimum":1},"hidden":{"type":"boolean"}},)"
                                 R"("required":["path"],"additionalProperties":false})");
    const auto where = [&](std::string_view config) {
        const haft::result<haft::toolbox> box = files.make(config, "src");
        return box ? *box->tools()->call("src.where", "{}") : box.error().text();
    };
    CHECK(where(R"({"path":"/data"})") == R"("/data 3")");
    CHECK(where(R"({"path":"/data","depth":5})") == R"("/data 5")");
    CHECK(where(R"({"path":"/data","depth":5,"hidden":true})") == R"("/data 5 hidden")");
    CHECK(where(R"({"path":"/data","hidden":true})") ==
          "toolbox \"src\" was not made: 1 fault in its configuration\n"
          "- /depth: has to be given where \"hidden\" is [haft-E0204]");
    CHECK(where(R"({"depth":0})") ==
          "toolbox \"src\" was not made: 2 faults in its configuration\n"
          "- /depth: expected integer from 1 to 2147483647, got number 0 [haft-E0205]\n"
          "- /path: required, but not given; expected string: Where [haft-E0204]");
    CHECK(where(R"({"path":""})") == "toolbox \"src\" can't be made: no path [haft-E0250]");
    const haft::toolbox box = *files.make(R"({"path":"/data"})");
    CHECK(box.config() == R"({"path":"/data"})");
}

#endif  // HAFT_HAS_REFLECTION()
