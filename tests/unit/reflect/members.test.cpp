// SPDX-License-Identifier: BSL-1.0
#include <haft/reflect/members.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace members_test {

enum class mode { a, b };
struct inner {
    int x = 1;
    std::string y;
};
struct all {
    int given = 0;
    int not_given;
    double number = -0.0;
    bool flag{};
    mode way = mode::a;
    mode other;
    std::string text = "a";
    std::string empty = "";
    std::vector<int> list = {1};
    std::vector<int> no_list;
    std::optional<int> some = 0;
    std::optional<int> none;
    inner same;
    inner different = {2, ""};
    static constexpr int not_a_member = 3;
};
struct empty {};
struct based : inner {
    int z;
};
struct not_aggregate {
    explicit not_aggregate(int);
};
union either {
    int a;
    float b;
};
struct incomparable {
    std::string text;
    bool operator==(const incomparable&) const = delete;
};

struct greedy {  // takes whatever it is given
    greedy() = default;
    template <class T>
    greedy(T&&) {}
};
struct greedy_first {
    greedy g;
    int x = 0;
};
struct based_greedy_first : inner {
    greedy g;
};
}  // namespace members_test

using namespace members_test;
namespace reflect = haft::reflect;

TEST_CASE("members are counted, statics are not") {
    STATIC_REQUIRE(reflect::member_count<all> == 14);
    STATIC_REQUIRE(reflect::member_count<inner> == 2);
    STATIC_REQUIRE(reflect::member_count<empty> == 0);
}

TEST_CASE("members have their names and types") {
    STATIC_REQUIRE(reflect::member_name<all, 0> == "given");
    STATIC_REQUIRE(reflect::member_name<all, 13> == "different");
    STATIC_REQUIRE(std::is_same_v<reflect::member_type<all, 2>, double>);
    STATIC_REQUIRE(std::is_same_v<reflect::member_type<all, 8>, std::vector<int>>);
}

TEST_CASE("a member can be read and written") {
    inner object;
    reflect::get<0>(object) = 5;
    reflect::get<1>(object) = "text";
    CHECK(object.x == 5);
    CHECK(object.y == "text");
}

TEST_CASE("a plain struct is an aggregate without bases that T{} makes") {
    STATIC_REQUIRE(reflect::plain_struct<all>);
    STATIC_REQUIRE(reflect::plain_struct<empty>);
    STATIC_REQUIRE(!reflect::plain_struct<based>);
    STATIC_REQUIRE(!reflect::plain_struct<not_aggregate>);
    STATIC_REQUIRE(reflect::plain_struct<greedy_first>);
    STATIC_REQUIRE(reflect::member_count<greedy_first> == 2);
    STATIC_REQUIRE(!reflect::plain_struct<based_greedy_first>);
    STATIC_REQUIRE(!reflect::plain_struct<either>);
    STATIC_REQUIRE(!reflect::plain_struct<int>);
    STATIC_REQUIRE(!reflect::plain_struct<std::string>);
}

TEST_CASE("a scalar has a default if it has an initialiser, be it zero", "[TD-04.1]") {
    STATIC_REQUIRE(reflect::member_has_default<all, 0>());
    STATIC_REQUIRE(!reflect::member_has_default<all, 1>());
    STATIC_REQUIRE(reflect::member_has_default<all, 2>());
    STATIC_REQUIRE(reflect::member_has_default<all, 3>());
    STATIC_REQUIRE(reflect::member_has_default<all, 4>());
    STATIC_REQUIRE(!reflect::member_has_default<all, 5>());
}

TEST_CASE("anything else has a default if that is not its type's empty value", "[TD-04.1]") {
    STATIC_REQUIRE(reflect::member_has_default<all, 6>());
    STATIC_REQUIRE(!reflect::member_has_default<all, 7>());
    STATIC_REQUIRE(reflect::member_has_default<all, 8>());
    STATIC_REQUIRE(!reflect::member_has_default<all, 9>());
    STATIC_REQUIRE(reflect::member_has_default<all, 10>());
    STATIC_REQUIRE(!reflect::member_has_default<all, 11>());
    STATIC_REQUIRE(!reflect::member_has_default<all, 12>());
    STATIC_REQUIRE(reflect::member_has_default<all, 13>());
}

TEST_CASE("values differ if they, their elements or their members do") {
    CHECK(reflect::differs(1, 2));
    CHECK(!reflect::differs(1, 1));
    CHECK(reflect::differs(inner{1, "a"}, inner{1, "b"}));
    CHECK(!reflect::differs(inner{1, "a"}, inner{1, "a"}));
    CHECK(reflect::differs(std::vector<inner>{{1, "a"}}, std::vector<inner>{{2, "a"}}));
    CHECK(reflect::differs(std::vector<inner>{}, std::vector<inner>{inner{}}));
    CHECK(!reflect::differs(std::vector<inner>{inner{}}, std::vector<inner>{inner{}}));
    CHECK(reflect::differs(std::optional<inner>{}, std::optional<inner>{inner{}}));
    CHECK(reflect::differs(std::optional<inner>{inner{3, ""}}, std::optional<inner>{inner{}}));
    CHECK(reflect::differs(incomparable{"a"}, incomparable{"b"}));
}
