// SPDX-License-Identifier: BSL-1.0
// The injected call_context&: at any place, hidden from the schema, and what a tool can do with it.
#include <haft/core/stop_source.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace context_test {

struct pair {
    int a;
    int b = 1;
};
using haft::call_context;

int alone(call_context& c) { return static_cast<int>(c.tool_name.size()); }
int first(call_context& c, const pair& p) { return c.call_id() == "7" ? p.a + p.b : 0; }
int last(const pair& p, call_context& c) { return c.call_id() == "7" ? p.a + p.b : 0; }
int by_value(pair p, call_context& c) { return c.call_id() == "7" ? p.a + p.b : 0; }
int twice(call_context& c, const pair& p, call_context& d) { return &c == &d ? p.a + p.b : 0; }
int args_between(haft::arg<"a", int> a, call_context& c, haft::arg<"b", int, haft::default_(1)> b) {
    return c.call_id() == "7" ? a + b : 0;
}
inline constexpr std::array names{haft::field{"a"}, haft::field{"b", "", haft::default_(1)}};
int listed(int a, call_context& c, int b) { return c.call_id() == "7" ? a + b : 0; }

std::string talks(call_context& c) {
    c.progress(1, 3);
    c.log(haft::log_level::warning, "careful");
    c.progress(2, 3, "nearly");
    return std::string(c.call_id());
}
bool stops(call_context& c) { return c.stop_requested() && c.stop_token().stop_possible(); }

struct game {
    int moves = 0;
};
int move(call_context& c) {
    game* const g = c.user<game>();
    return g ? ++g->moves : -1;
}

struct listener final : haft::call_listener {
    std::string heard;
    void on_progress(const haft::progress& p) override {
        heard += std::to_string(static_cast<int>(p.done)) + "/" + std::to_string(static_cast<int>(p.total)) + " " +
                 std::string(p.message) + ";";
    }
    void on_log(haft::log_level level, std::string_view message) override {
        heard += std::to_string(static_cast<int>(level)) + " " + std::string(message) + ";";
    }
};

}  // namespace context_test

using namespace context_test;

namespace {
haft::call_options seven() {
    haft::call_options o;
    o.call_id = "7";
    return o;
}
std::string call(const haft::tool& t, std::string_view arguments, const haft::call_options& options) {
    const auto result = t.call(arguments, options);
    return result ? *result : result.error().text();
}
constexpr std::string_view schema_of_pair =
    R"({"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer","default":1}},"required":["a"],"additionalProperties":false})";
}  // namespace

TEST_CASE("a call_context& is injected wherever it stands, whatever the form of the parameters", "[EX-10][TD-07]") {
    CHECK(call(haft::make<&alone>(""), "{}", seven()) == "5");
    for (const haft::tool& t :
         {haft::make<&first>(""), haft::make<&last>(""), haft::make<&by_value>(""), haft::make<&twice>(""),
          haft::make<&args_between>(""), haft::make<&listed, names>("")}) {
        CAPTURE(t.name);
        CHECK(call(t, R"({"a":2,"b":40})", seven()) == "42");
        CHECK(call(t, R"({"a":2})", seven()) == "3");
    }
}

TEST_CASE("a call_context& is no parameter of the schema, and can't be given", "[EX-10][TD-07]") {
    CHECK(haft::make<&alone>("").input_schema == R"({"type":"object","properties":{},"additionalProperties":false})");
    for (const haft::tool& t :
         {haft::make<&first>(""), haft::make<&last>(""), haft::make<&by_value>(""), haft::make<&twice>(""),
          haft::make<&args_between>(""), haft::make<&listed, names>("")}) {
        CAPTURE(t.name);
        CHECK(t.input_schema == schema_of_pair);
        CHECK(!t.call(R"({"a":2,"c":{}})"));
        CHECK(!t.call(R"({"a":2,"context":null})"));
    }
}

TEST_CASE("a call_context& is injected into lambdas and into what has state", "[EX-10][TD-07]") {
    constexpr auto lambda = [](call_context& c, const pair& p) { return c.call_id() == "7" ? p.a + p.b : 0; };
    CHECK(call(haft::make<lambda>({.description = "", .name = "l"}), R"({"a":2})", seven()) == "3");
    haft::toolset tools;
    int sum = 0;
    REQUIRE(
        tools.add("struct", "", [&](const pair& p, call_context& c) { return c.call_id() == "7" ? sum += p.a : 0; }));
    REQUIRE(
        tools.add("args", "", [&](haft::arg<"a", int> a, call_context& c, haft::arg<"b", int, haft::default_(1)> b) {
            return c.tool_name == "args" ? sum += a + b : 0;
        }));
    REQUIRE(tools.add("alone", "", [&](call_context& c) { return c.tool_name == "alone" ? sum : 0; }));
    CHECK(*tools.call("struct", R"({"a":2})", seven()) == "2");
    CHECK(*tools.call("args", R"({"a":2})") == "5");
    CHECK(*tools.call("alone", "{}") == "5");
    CHECK(tools.find("args")->input_schema == schema_of_pair);
}

TEST_CASE("only call_context& is injected", "[TD-07]") {
    static_assert(haft::detail::derivable<int (*)(call_context&)>);
    static_assert(!haft::detail::derivable<int (*)(const call_context&)>);
    static_assert(!haft::detail::derivable<int (*)(call_context)>);
    static_assert(!haft::detail::derivable<int (*)(call_context*)>);
    static_assert(!haft::detail::derivable<int (*)(pair&)>);
    static_assert(!haft::detail::derivable<int (*)(const pair&, const pair&, call_context&)>);
    static_assert(!haft::detail::derivable<int (*)(const char*, ...)>);
}

TEST_CASE("a tool tells its listener how far it is, and more", "[EX-10]") {
    listener l;
    haft::call_options options = seven();
    options.listener = &l;
    CHECK(call(haft::make<&talks>(""), "{}", options) == "\"7\"");
    CHECK(l.heard == "1/3 ;3 careful;2/3 nearly;");
    CHECK(call(haft::make<&talks>(""), "{}", {}) == "\"\"");  // nobody listens
}

TEST_CASE("a tool asks whether it should stop", "[EX-10]") {
    haft::stop_source source;
    haft::call_options options;
    CHECK(call(haft::make<&stops>(""), "{}", options) == "false");
    options.stop = source.token();
    CHECK(call(haft::make<&stops>(""), "{}", options) == "false");
    source.request_stop();
    CHECK(call(haft::make<&stops>(""), "{}", options) == "true");
}

TEST_CASE("a tool uses what the host gave it, if it is of that type", "[EX-10]") {
    game g;
    haft::call_options options;
    options.user = haft::user_data(g);
    CHECK(call(haft::make<&move>(""), "{}", options) == "1");
    CHECK(call(haft::make<&move>(""), "{}", options) == "2");
    CHECK(g.moves == 2);
    CHECK(call(haft::make<&move>(""), "{}", {}) == "-1");
    int other = 0;
    options.user = haft::user_data(other);
    CHECK(call(haft::make<&move>(""), "{}", options) == "-1");
    options.user = haft::user_data(std::as_const(g));  // not to be written to
    CHECK(call(haft::make<&move>(""), "{}", options) == "-1");
}

TEST_CASE("what was converted is noted for the caller", "[EX-10]") {
    std::vector<haft::note> notes;
    haft::call_options options = seven();
    options.mode = haft::lenient;
    options.notes = &notes;
    CHECK(call(haft::make<&first>(""), R"({"a":"2","x":1})", options) == "3");
    REQUIRE(notes.size() == 2);
    CHECK(notes[0].pointer == "/a");
    CHECK(notes[1].pointer == "/x");
}

namespace context_test {
struct other_game {
    int moves = 0;
};
template <class T>
struct of {};
}  // namespace context_test

TEST_CASE("the host's data is known by its type, const and all", "[EX-10]") {
    game played;
    const haft::user_data user(played), constant(std::as_const(played));
    CHECK(user.get<game>() == &played);
    CHECK(user.get<const game>() == nullptr);
    CHECK(constant.get<const game>() == &played);
    CHECK(constant.get<game>() == nullptr);
    CHECK(user.get<other_game>() == nullptr);
    CHECK(haft::user_data().get<game>() == nullptr);
    of<game> some;
    CHECK(haft::user_data(some).get<of<other_game>>() == nullptr);
    CHECK(haft::user_data(some).get<of<game>>() == &some);
    const auto local = [](int i) {
        struct here {
            int i;
        } object{i};
        return haft::user_data(object).get<here>()->i;
    };
    CHECK(local(3) == 3);
}
