// SPDX-License-Identifier: BSL-1.0
// Plain structs that have member functions of a container, a text or an optional, and functions beside them of the names
// that haft uses: they are objects of their members all the same.
#include <haft/std.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include <unit/schema/through.hpp>

namespace lookalike_test {

struct range {
    int from = 0;
    int to = 0;
    int begin() const { return from; }
    int end() const { return to; }
    int size() const { return to - from; }
};
struct label {
    std::string_view text;
    constexpr operator std::string_view() const { return text; }  // and no ==
};
struct tag {
    std::string_view text;
    constexpr operator std::string_view() const { return text; }
    friend constexpr bool operator==(const tag&, const tag&) = default;
};
struct maybe {  // not constexpr
    bool is = false;
    int v = 0;
    bool has_value() const { return is; }
    int operator*() const { return v; }
};
struct perhaps {
    bool is = false;
    int v = 0;
    using value_type = int;
    constexpr bool has_value() const { return is; }
    constexpr const int& operator*() const { return v; }
    constexpr explicit operator bool() const { return is; }
};
struct choice {
    int at = 0;
    int index() const { return at; }
    bool valueless_by_exception() const { return false; }
};
struct outcome {
    int code = 0;
    bool has_value() const { return false; }
    std::string error() const { return "none"; }
    explicit operator bool() const { return false; }
};

struct all {
    range a = {1, 2};
    label b = {"x"};
    tag c = {"y"};
    maybe d = {false, 2};
    perhaps e = {false, 3};
    choice f = {4};
};
int count(const all& given) { return given.a.to + given.d.v + given.e.v + given.f.at; }

struct nothing {};
outcome give(const nothing&) { return {7}; }
haft::result<outcome> give_result(const nothing&) { return outcome{8}; }

}  // namespace lookalike_test

namespace geometry {
struct point {
    int x = 0;
    int y = 0;
    friend bool operator==(const point&, const point&) = default;
};
// All of these fit better than, or as well as, haft's own.
template <class T>
bool differs(const T&, const T&);
template <class Sink, class T>
bool put_value(Sink&, const T&);
template <class C, class T>
bool keeps(const C&, const T&);
template <std::size_t>
int get(const point&);
template <class... T>
void visit_in_order(T&&...);
template <class... T>
bool is_crowded(T&&...);
template <class... T>
void hand_over(T&&...);
template <class... T>
void call_with(T&&...);
template <class... T>
void require_layouts_of(T&&...);

struct uses {
    point at = {1, 2};
    std::vector<point> more = {{3, 4}};
    std::unordered_map<std::string, point> by_name = {};
    static constexpr std::array haft_fields{haft::field{"more", "", haft::max_items(2)}};
};
haft::result<uses> same(const uses& given) { return given; }
struct known {
    point at = {1, 2};
    std::optional<point> other = point{3, 4};
};
int sum(const known& given) { return given.at.x + given.other->y; }
}  // namespace geometry

using namespace lookalike_test;

TEST_CASE("a plain struct is its members, whatever member functions it has") {
    constexpr haft::tool t = haft::make<&count>("");
    const std::string_view schema = t.input_schema;
    const auto has_default = [&](std::string_view text) {
        return schema.find("\"default\":" + std::string(text)) != std::string_view::npos;
    };
    CHECK(has_default(R"({"from":1,"to":2})"));
    CHECK(has_default(R"({"text":"x"})"));
    CHECK(has_default(R"({"text":"y"})"));
    CHECK(has_default(R"({"is":false,"v":2})"));
    CHECK(has_default(R"({"is":false,"v":3})"));
    CHECK(has_default(R"({"at":4})"));
    CHECK(*t.call("{}") == "11");
    CHECK(*t.call(R"({"a":{"from":5,"to":6},"e":{"is":true}})") == "12");
    CHECK(*haft::make<&give>("").call("{}") == R"({"code":7})");
    CHECK(*haft::make<&give_result>("").call("{}") == R"({"code":8})");
}

TEST_CASE("functions beside a type are never taken for haft's own") {
    constexpr haft::tool t = haft::make<&geometry::same>("");
    CHECK(*t.call(R"({"at":{"x":1},"more":[],"by_name":{"a":{"x":5,"y":6}}})") ==
          R"({"at":{"x":1,"y":0},"more":[],"by_name":{"a":{"x":5,"y":6}}})");
    constexpr haft::tool k = haft::make<&geometry::sum>("");
    CHECK(k.input_schema.find(R"("default":{"x":1,"y":2})") != std::string_view::npos);
    CHECK(*k.call("{}") == "5");
}
