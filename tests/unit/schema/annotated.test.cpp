// SPDX-License-Identifier: BSL-1.0
// Words as annotations on members and enumerators, by static reflection. Beside each thing stands its twin with C++20's words:
// whatever the one says the other says, byte for byte.
#include <haft/tool.hpp>

#if HAFT_HAS_REFLECTION()

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace annotated_test {

struct other_library {
    int version;
};

enum class unit { celsius, fahrenheit [[= haft::as("F")]], kelvin [[= other_library{1}]] };
enum class cabin {
    economy [[= haft::as("Economy")]],
    premium [[= haft::as("Premium")]],
    first,
};

struct place {
    [[= haft::doc("City name"), = haft::min_length(1), = haft::examples("Rome")]] std::string city;
    [[= haft::minimum(1), = haft::maximum(14), = other_library{2}]] int days = 3;
    [[= haft::as("the-unit")]] annotated_test::unit unit = annotated_test::unit::fahrenheit;
    [[= haft::doc("At most three"), = haft::max_items(3), = haft::unique_items]] std::vector<int> hours;
    [[= haft::not_required]] std::string note = "";
    [[= haft::default_(nullptr)]] std::optional<int> limit;
    [[= other_library{3}]] bool brief = false;
};

enum class unit_20 { celsius, fahrenheit, kelvin };
struct place_20 {
    std::string city;
    int days = 3;
    unit_20 unit = unit_20::fahrenheit;
    std::vector<int> hours;
    std::string note = "";
    std::optional<int> limit;
    bool brief = false;
    static constexpr std::array haft_fields{
        haft::field{"city", "City name", haft::min_length(1), haft::examples("Rome")},
        haft::field{"days", "", haft::minimum(1), haft::maximum(14)},
        haft::field{"unit", "", haft::as("the-unit")},
        haft::field{"hours", "At most three", haft::max_items(3), haft::unique_items},
        haft::field{"note", "", haft::not_required},
        haft::field{"limit", "", haft::default_(nullptr)}};
};

/// Words in both places, for different members.
struct mixed {
    [[= haft::doc("First")]] int a;
    int b;
    place where;
    static constexpr std::array haft_fields{haft::field{"b", "Second", haft::maximum(9)}};
};

place echo(const place& p) { return p; }
place_20 echo_20(const place_20& p) { return p; }
int count(const mixed& m) { return m.a + m.b; }
cabin choose(haft::arg<"cabin", cabin>) { return cabin::premium; }

std::string call(const haft::tool& t, std::string_view arguments) {
    const haft::result<std::string> r = t.call(arguments);
    return r ? *r : r.error().text();
}

}  // namespace annotated_test

template <>
inline constexpr std::array haft::enum_names<annotated_test::unit_20>{
    haft::named{annotated_test::unit_20::fahrenheit, "F"}};
template <>
inline constexpr std::array haft::enum_names<annotated_test::cabin>{
    haft::named{annotated_test::cabin::premium, "Premium Economy"}};

using namespace annotated_test;

TEST_CASE("annotations on members say what haft_fields says, of arguments and of results", "[TD-04][TD-17]") {
    constexpr haft::tool t = haft::make<&echo>(), t20 = haft::make<&echo_20>();
    STATIC_REQUIRE(t.input_schema == t20.input_schema);
    STATIC_REQUIRE(t.output_schema == t20.output_schema);
    STATIC_REQUIRE(t.input_schema.find(
                       R"("city":{"type":"string","minLength":1,"examples":["Rome"],"description":"City name"})") !=
                   std::string_view::npos);
    STATIC_REQUIRE(t.output_schema.find(R"("description":"City name")") != std::string_view::npos);
    const char* const good = R"({"city":"Rome","days":2,"the-unit":"F","hours":[1,2],"limit":null})";
    CHECK(call(t, good) == call(t20, good));
    CHECK(call(t, good) == R"({"city":"Rome","days":2,"the-unit":"F","hours":[1,2],"note":"","brief":false})");
    const char* const bad = R"({"city":"","days":20,"the-unit":"fahrenheit","hours":[1,1,2,3]})";
    std::string said = call(t20, bad);
    said.replace(said.find("echo_20"), 7, "echo");
    CHECK(call(t, bad) == said);
    CHECK(said.find("/days: expected integer from 1 to 14") != std::string::npos);
}

TEST_CASE("annotations and haft_fields may speak of different members") {
    constexpr haft::tool t = haft::make<&count>();
    STATIC_REQUIRE(t.input_schema.starts_with(R"({"type":"object","properties":{"a":{"type":"integer",)"));
    STATIC_REQUIRE(t.input_schema.find(R"("description":"First"},"b":{"type":"integer")") != std::string_view::npos);
    STATIC_REQUIRE(t.input_schema.find(R"("maximum":9,"description":"Second"})") != std::string_view::npos);
    CHECK(call(t, R"({"a":1,"b":10,"where":{"city":"Rome"}})").find("/b: ") != std::string::npos);
}

TEST_CASE("an annotation names an enumerator in JSON, both ways, unless enum_names does", "[TD-17]") {
    constexpr haft::tool t = haft::make<&choose>();
    STATIC_REQUIRE(t.input_schema.find(R"("enum":["Economy","Premium Economy","first"])") != std::string_view::npos);
    CHECK(call(t, R"({"cabin":"Economy"})") == R"("Premium Economy")");
    CHECK(call(t, R"({"cabin":"economy"})").find("did you mean \"Economy\"?") != std::string::npos);
    STATIC_REQUIRE(haft::make<&echo>().input_schema.find(R"("enum":["celsius","F","kelvin"],"default":"F"})") !=
                   std::string_view::npos);
}

#endif  // HAFT_HAS_REFLECTION()
