// SPDX-License-Identifier: BSL-1.0
// (Names of functions: tests/constexpr/names.test.cpp.)
#include <haft/reflect/callable.hpp>

#include <catch2/catch_test_macros.hpp>

#include <functional>
#include <string>
#include <type_traits>

namespace callable_test {

int function(const std::string&);
int quiet(int) noexcept;
int variadic(int, ...);
struct member {
    int plain(int);
    int constant(int) const noexcept;
    int lvalue(int) &;
};
struct overloaded {
    int operator()(int);
    int operator()(double);
};
struct function_object {
    bool operator()(int) const noexcept;
};

template <class F, class R, class... P>
constexpr bool is = std::is_same_v<haft::reflect::signature_of<F>, haft::reflect::signature<R, P...>>;

}  // namespace callable_test

using namespace callable_test;
using haft::reflect::has_one_signature;

TEST_CASE("functions have their signature, noexcept or not") {
    STATIC_REQUIRE(is<decltype(&function), int, const std::string&>);
    STATIC_REQUIRE(is<decltype(&quiet), int, int>);
}

TEST_CASE("member functions have the signature without the object") {
    STATIC_REQUIRE(is<decltype(&member::plain), int, int>);
    STATIC_REQUIRE(is<decltype(&member::constant), int, int>);
    STATIC_REQUIRE(is<decltype(&member::lvalue), int, int>);
}

TEST_CASE("function objects have that of their one operator()") {
    [[maybe_unused]] int state = 0;
    [[maybe_unused]] const auto plain = [](int) { return 1.0; };
    [[maybe_unused]] auto counting = [state](const std::string& s) mutable {
        return state += static_cast<int>(s.size());
    };
    STATIC_REQUIRE(is<decltype(plain), double, int>);
    STATIC_REQUIRE(is<decltype(plain)&, double, int>);
    STATIC_REQUIRE(is<decltype(counting), int, const std::string&>);
    STATIC_REQUIRE(is<std::function<void(int)>, void, int>);
    STATIC_REQUIRE(is<function_object, bool, int>);
}

TEST_CASE("what has not one signature has none") {
    [[maybe_unused]] const auto generic = [](auto) {};
    STATIC_REQUIRE(!has_one_signature<decltype(generic)>);
    STATIC_REQUIRE(!has_one_signature<overloaded>);
    STATIC_REQUIRE(!has_one_signature<decltype(&variadic)>);
    STATIC_REQUIRE(!has_one_signature<int>);
    STATIC_REQUIRE(!has_one_signature<std::string>);
}
