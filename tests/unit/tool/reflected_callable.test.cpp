// SPDX-License-Identifier: BSL-1.0
// Lambdas and other objects with an operator() as tools, by static reflection: they have names for their parameters then.
#include <haft/tool.hpp>

#if HAFT_HAS_REFLECTION()

#include <catch2/catch_test_macros.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace reflected_callable_test {

constexpr auto add = [](int a, [[= haft::doc("What is added"), = haft::maximum(9)]] int b = 2) { return a + b; };
constexpr auto shout = [] [[= haft::doc("Louder"), = haft::read_only]] (std::string_view text) {
    return std::string(text) + "!";
};

struct overloaded {
    int operator()(int n) const { return n; }
    int operator()(std::string_view) const { return 0; }
};
struct scaler {
    int factor;
    [[= haft::doc("Scales")]] int operator()(int n, int plus = 1) const { return factor * n + plus; }
};
struct inherits : scaler {};
struct of_this {
    int base;
    int operator()(this const of_this& self, int n = 5) { return self.base + n; }
};
struct struct_parameter {
    int n = 4;
};

std::string call(const haft::tool& t, std::string_view arguments) {
    const haft::result<std::string> r = t.call(arguments);
    return r ? *r : r.error().text();
}

}  // namespace reflected_callable_test

using namespace reflected_callable_test;

TEST_CASE("a plain lambda is a tool once it has a name, with its own parameter names, defaults and words", "[TD-02]") {
    constexpr haft::tool t = haft::make<add>({.description = "Adds", .name = "add"});
    STATIC_REQUIRE(t.input_schema == R"({"type":"object","properties":{"a":{"type":"integer"},)"
                                     R"("b":{"type":"integer","maximum":9,"description":"What is added"}},)"
                                     R"("required":["a"],"additionalProperties":false})");
    CHECK(call(t, R"({"a":1})") == "3");
    CHECK(call(t, R"({"a":1,"b":5})") == "6");
    CHECK(call(t, R"({"a":1,"b":10})").find("/b: ") != std::string::npos);
    constexpr haft::tool loud = haft::make<shout>({.name = "shout"});
    STATIC_REQUIRE(loud.description == "Louder");
    STATIC_REQUIRE(loud.effect == haft::effect::read_only);
    STATIC_REQUIRE(haft::make<shout>({.description = "Very loud", .name = "shout"}).description == "Very loud");
    CHECK(call(loud, R"({"text":"ho"})") == R"("ho!")");
}

TEST_CASE("a lambda with state is added with its own parameter names and defaults", "[TD-02]") {
    haft::toolset tools;
    int total = 10;
    REQUIRE(tools.add("grow", "Grows", [&total](int by, int times = 2) mutable { return total += by * times; }));
    REQUIRE(tools.add("shout", "", shout));
    CHECK(call(*tools.find("grow"), R"({"by":1})") == "12");
    CHECK(call(*tools.find("grow"), R"({"by":1,"times":1})") == "13");
    CHECK(call(*tools.find("grow"), "{}").find("/by: required, but not given") != std::string::npos);
    CHECK(tools.find("shout")->description == "Louder");
    CHECK(tools.find("shout")->effect == haft::effect::read_only);
}

TEST_CASE("objects with an operator() too, inherited or deducing this") {
    haft::toolset tools;
    REQUIRE(tools.add("scale", "", scaler{3}));
    REQUIRE(tools.add("inherited", "Scales", inherits{{4}}));
    REQUIRE(tools.add("of_this", "Adds", of_this{1}));
    CHECK(tools.find("scale")->description == "Scales");
    CHECK(call(*tools.find("scale"), R"({"n":2})") == "7");
    CHECK(call(*tools.find("inherited"), R"({"n":2,"plus":0})") == "8");
    CHECK(call(*tools.find("of_this"), "{}") == "6");
}

TEST_CASE("what has names in C++20 is the same tool, and what the compiler knows no names of is none") {
    constexpr auto by_struct = [](const struct_parameter& p) { return p.n; };
    STATIC_REQUIRE(haft::make<by_struct>({.name = "x"}).input_schema ==
                   haft::schema::schema_text<struct_parameter, haft::schema::direction::input>);
    STATIC_REQUIRE(haft::detail::derivable<scaler>);
    STATIC_REQUIRE_FALSE(haft::detail::derivable<overloaded>);
    STATIC_REQUIRE(haft::detail::shape_of<std::function<int(int)>>::parameters::form ==
                   haft::detail::parameters_form::unnamed);
    constexpr auto generic = [](auto n) { return n; };
    STATIC_REQUIRE_FALSE(haft::detail::derivable<decltype(generic)>);
    constexpr auto unnamed = [](int) { return 1; };
    STATIC_REQUIRE_FALSE(haft::detail::derivable<std::remove_const_t<decltype(unnamed)>>);
}

#endif  // HAFT_HAS_REFLECTION()
