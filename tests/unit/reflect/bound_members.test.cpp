// SPDX-License-Identifier: BSL-1.0
// That the two ways to a struct's members agree: structured bindings, which most structs go, and Boost.PFR.
#include <haft/reflect/members.hpp>

#if !HAFT_HAS_REFLECTION()  // which needs neither of the two

#include <boost/pfr/core.hpp>
#include <boost/pfr/core_name.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace bound_members_test {

struct one {
    int only = 1;
};
struct point {
    double lat, lon;
    std::string name;
};
struct nested {
    point origin;
    std::vector<point> way;
    std::optional<std::string> note;
    std::array<int, 3> three;
};
struct move_only {
    std::unique_ptr<int> p;
    int n = 2;
};
template <class A, class B>
struct of_two {
    A first_of_all;
    std::pair<A, B> both;
    B größe;
};
struct twenty {
    int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, a20;
};
struct twenty_one {
    int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, a20, a21;
};
struct explicit_default {
    explicit explicit_default() = default;
    int value = 0;
};
struct not_made_of_braces {
    int before;
    explicit_default member{};
    int after;
};
namespace {
struct unnamed_namespace {
    int here;
    std::string too;
};
}  // namespace

}  // namespace bound_members_test

using namespace bound_members_test;

namespace {

template <class T>
void agree() {
    using namespace haft::reflect;
    static_assert(engine::bindable<T>);
    STATIC_REQUIRE(engine::count_braces<T>() == boost::pfr::tuple_size_v<T>);
    CHECK(engine::members_of<T>::names == boost::pfr::names_as_array<T>());
    T object{};
    [&]<std::size_t... At>(std::index_sequence<At...>) {
        STATIC_REQUIRE((... && std::is_same_v<member_type<T, At>, boost::pfr::tuple_element_t<At, T>>));
        CHECK((... && (std::addressof(get<At>(object)) == std::addressof(boost::pfr::get<At>(object)))));
        CHECK((... && (std::addressof(get<At>(std::as_const(object))) == std::addressof(boost::pfr::get<At>(object)))));
    }(std::make_index_sequence<boost::pfr::tuple_size_v<T>>{});
}

}  // namespace

TEST_CASE("structured bindings and Boost.PFR see the same members") {
    struct local {
        int q;
        std::string r;
    };
    agree<one>();
    agree<point>();
    agree<nested>();
    agree<move_only>();
    agree<of_two<int, of_two<char, long>>>();
    agree<twenty>();
    agree<unnamed_namespace>();
    agree<local>();
}

namespace {
int somewhere = 0, elsewhere = 0;
struct two_pointers {
    const void* first;
    const void* second;
};
template <two_pointers Pointers>
struct with_pointers {
    int left;
    int right = 4;
};
}  // namespace

TEST_CASE("names are found behind whatever stands in a type's own arguments") {
    using T = with_pointers<two_pointers{&somewhere, &elsewhere}>;
    CHECK(haft::reflect::engine::members_of<T>::names == std::array<std::string_view, 2>{"left", "right"});
}

namespace {
struct of_2 {
    int a1, a2;
};
struct of_3 {
    int a1, a2, a3;
};
struct of_4 {
    int a1, a2, a3, a4;
};
struct of_5 {
    int a1, a2, a3, a4, a5;
};
struct of_6 {
    int a1, a2, a3, a4, a5, a6;
};
struct of_7 {
    int a1, a2, a3, a4, a5, a6, a7;
};
struct of_8 {
    int a1, a2, a3, a4, a5, a6, a7, a8;
};
struct of_9 {
    int a1, a2, a3, a4, a5, a6, a7, a8, a9;
};
struct of_10 {
    int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10;
};
struct of_11 {
    int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11;
};
struct of_12 {
    int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12;
};
struct of_13 {
    int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13;
};
struct of_14 {
    int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14;
};
struct of_15 {
    int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15;
};
struct of_16 {
    int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16;
};
struct of_17 {
    int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17;
};
struct of_18 {
    int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18;
};
struct of_19 {
    int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19;
};
template <class... T>
void agree_on_all() {
    (agree<T>(), ...);
}
}  // namespace

TEST_CASE("structs of every size that can be bound are seen alike") {
    agree_on_all<of_2, of_3, of_4, of_5, of_6, of_7, of_8, of_9, of_10, of_11,
                 of_12, of_13, of_14, of_15, of_16, of_17, of_18, of_19>();
}

TEST_CASE("where braces count wrong or not far enough, Boost.PFR counts") {
    using namespace haft::reflect;
    STATIC_REQUIRE(!engine::bindable<twenty_one>);
    STATIC_REQUIRE(member_count<twenty_one> == 21);
    STATIC_REQUIRE(member_name<twenty_one, 20> == "a21");
    STATIC_REQUIRE(!engine::bindable<not_made_of_braces>);
    STATIC_REQUIRE(member_count<not_made_of_braces> == 3);
    STATIC_REQUIRE(member_name<not_made_of_braces, 2> == "after");
}

#endif  // !HAFT_HAS_REFLECTION()
