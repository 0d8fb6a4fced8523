// SPDX-License-Identifier: BSL-1.0
// Toolboxes of plain classes, by static reflection. (Nothing of it is there in C++20.)
#include <haft/toolbox.hpp>

#if HAFT_HAS_REFLECTION()

#include <catch2/catch_test_macros.hpp>

#include <map>
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

class [[= haft::doc("Memory for the model"), = haft::as("memory"), = haft::file_ops]] Memory : public filler, public counted {
public:
    [[= haft::doc("Set something as a key")]] void set([[= haft::doc("Its name")]] std::string key,
                                                     std::string value = "nothing") {
        ++calls;
        values_[key] = std::move(value);
    }
    [[= haft::doc("Get something by its key"), = haft::read_only]] std::string get(std::string_view key) const noexcept {
        const auto at = values_.find(std::string(key));
        return at == values_.end() ? "none" : at->second;
    }
    static int version(int more = 1) { return 2 + more; }
    [[= haft::as("size")]] int length(this const Memory& self, int plus) { return static_cast<int>(self.values_.size()) + plus; }
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

#endif  // HAFT_HAS_REFLECTION()
