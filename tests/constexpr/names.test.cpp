// SPDX-License-Identifier: BSL-1.0
// What the compiler's spelling of a function says of its name, and what the author says instead.
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

struct names_args {
    int x = 1;
};
void global(names_args) {}

namespace names_test {

std::string add(const names_args&) { return {}; }
int silent(names_args) noexcept { return 1; }
std::vector<std::string> many(const names_args&) noexcept { return {}; }
void take(names_args&&) {}
int const_value(const names_args) { return 1; }

struct owner {
    static int of_class(names_args) { return 1; }
    struct inner {
        static std::string deeper(const names_args&) { return {}; }
    };
};
template <class T>
struct holder {
    static int held(names_args) { return 1; }
};

template <class T>
T twice(names_args) {
    return {};
}
template <int N>
void numbered(names_args) {}
template <bool B>
void truthful(names_args) {}
template <auto F>
void wrapped(names_args) {}

inline namespace v1 {
inline namespace v2 {
void versioned(names_args) {}
}  // namespace v2
}  // namespace v1
namespace {
void hidden(names_args) {}
}  // namespace
namespace deeply::nested {
void placed(names_args) {}
}  // namespace deeply::nested

inline constexpr auto from_lambda = +[](names_args) {};

void x(names_args) {}
void Name_With_9_digits_(names_args) {}

}  // namespace names_test

using namespace names_test;

template <auto F>
constexpr std::string_view name = haft::make<F>("").name;

TEST_CASE("the name is the function's, without its namespaces and classes", "[TD-01][TD-02.1]") {
    STATIC_REQUIRE(name<&global> == "global");
    STATIC_REQUIRE(name<&names_test::add> == "add");
    STATIC_REQUIRE(name<&names_test::deeply::nested::placed> == "placed");
    STATIC_REQUIRE(name<&names_test::x> == "x");
    STATIC_REQUIRE(name<&Name_With_9_digits_> == "Name_With_9_digits_");
    STATIC_REQUIRE(name<&owner::of_class> == "of_class");
    STATIC_REQUIRE(name<&owner::inner::deeper> == "deeper");
}

TEST_CASE("the name comes without template arguments", "[TD-02.1]") {
    STATIC_REQUIRE(name<&twice<int>> == "twice");
    STATIC_REQUIRE(name<&twice<std::vector<std::string>>> == "twice");
    STATIC_REQUIRE(name<&numbered<-3>> == "numbered");
    STATIC_REQUIRE(name<&truthful<(2 > 1)>> == "truthful");
    STATIC_REQUIRE(name<&wrapped<&twice<int>>> == "wrapped");
    STATIC_REQUIRE(name<&holder<std::vector<int>>::held> == "held");
}

TEST_CASE("inline and anonymous namespaces are no part of the name", "[TD-02.1]") {
    STATIC_REQUIRE(name<&versioned> == "versioned");
    STATIC_REQUIRE(name<&hidden> == "hidden");
}

TEST_CASE("how a function takes its struct and whether it is noexcept leaves name and schema alone", "[TD-01]") {
    STATIC_REQUIRE(name<&silent> == "silent");
    STATIC_REQUIRE(name<&many> == "many");
    STATIC_REQUIRE(name<&take> == "take");
    STATIC_REQUIRE(name<&const_value> == "const_value");
    constexpr std::string_view schema = haft::make<&add>("").input_schema;
    STATIC_REQUIRE(schema.find(R"("x":{"type":"integer","default":1})") != schema.npos);
    STATIC_REQUIRE(haft::make<&silent>("").input_schema == schema);
    STATIC_REQUIRE(haft::make<&many>("").input_schema == schema);
    STATIC_REQUIRE(haft::make<&take>("").input_schema == schema);
    STATIC_REQUIRE(haft::make<&const_value>("").input_schema == schema);
}

TEST_CASE("an explicit name wins", "[TD-02.1]") {
    STATIC_REQUIRE(haft::make<&names_test::add>({.name = "math.add-2"}).name == "math.add-2");
}

TEST_CASE("a lambda has no name of its own and takes the explicit one", "[TD-02.2]") {
    STATIC_REQUIRE(haft::reflect::name_of<from_lambda>.empty());
    STATIC_REQUIRE(haft::make<from_lambda>({.name = "given"}).name == "given");
}

TEST_CASE("the name's bytes are a copy, not a part of the compiler's spelling", "[TD-02.1]") {
    constexpr std::string_view text = name<&names_test::add>;
    STATIC_REQUIRE(text.data()[text.size()] == '\0');
}

TEST_CASE("description, title, effect and hints are the author's, and empty without one", "[TD-03.1][TD-03.3]") {
    constexpr haft::tool silent_tool = haft::make<&global>();
    STATIC_REQUIRE(silent_tool.description.empty());
    STATIC_REQUIRE(silent_tool.title.empty());
    STATIC_REQUIRE(silent_tool.effect == haft::effect::unspecified);
    STATIC_REQUIRE(silent_tool.hints == haft::hints::none);
    STATIC_REQUIRE(haft::make<&global>("first\n\nsecond").description == "first\n\nsecond");
    constexpr haft::tool full = haft::make<&global>({.description = "what",
                                                     .title = "Global",
                                                     .effect = haft::destructive,
                                                     .hints = haft::idempotent | haft::closed_world});
    STATIC_REQUIRE(full.description == "what");
    STATIC_REQUIRE(full.title == "Global");
    STATIC_REQUIRE(full.effect == haft::effect::destructive);
    STATIC_REQUIRE(has(full.hints, haft::idempotent));
    STATIC_REQUIRE(has(full.hints, haft::closed_world));
    STATIC_REQUIRE(!has(haft::hints::none | haft::idempotent, haft::closed_world));
}
