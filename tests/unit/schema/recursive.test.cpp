// SPDX-License-Identifier: BSL-1.0
// Types that hold themselves, directly and by way of others: finite schemas, and readings as deep as the limit.
#include <haft/schema/custom.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/map.hpp>
#include <haft/schema/std/memory.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/tuple.hpp>
#include <haft/schema/std/variant.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <unit/schema/through.hpp>

namespace recursive_test {

struct node {
    std::string name;
    std::vector<node> children = {};
    static constexpr std::array haft_fields{haft::field{"children", "What hangs below"}};
};
struct ring {
    int value;
    std::unique_ptr<ring> next;
};
struct folder {
    std::map<std::string, folder> folders;
    int size = 0;
};
struct employee;
struct team {
    std::vector<employee> members;
};
struct employee {
    std::string name;
    std::shared_ptr<team> leads;
};
struct both {
    node first;
    ring second;
    std::pair<node, int> third;
};
namespace other {
struct node {
    int weight;
    std::vector<other::node> edges;
};
}  // namespace other
struct two_of_a_name {
    node a;
    other::node b;
};
struct node_2 {  // by itself of the name that the second of two would get
    std::vector<node_2> of;
    bool flag;
};
struct node_02 {
    std::vector<node_02> of;
};
struct three_of_a_name {
    node a;
    other::node b;
    node_2 c;
    node_02 d;
};
template <class T>
struct branch {
    T value;
    std::vector<branch> of;
};
struct branches {
    branch<std::string> a;
    branch<std::vector<std::string>> b;
};

/// A class with an inside, for which a struct stands that holds the class.
class tree;
struct tree_fields {
    int value;
    std::vector<tree> below;
};
class tree {
public:
    tree() = default;
    tree(int value, std::vector<tree> below) : value_(value), below_(std::move(below)) {}
    int value() const { return value_; }
    const std::vector<tree>& below() const { return below_; }

private:
    int value_ = 0;
    std::vector<tree> below_;
};
struct with_tree {
    tree v;
};

}  // namespace recursive_test

template <>
struct haft::schema::form<recursive_test::tree>
    : haft::schema::converted_form<recursive_test::tree, recursive_test::tree_fields> {
    static bool read(recursive_test::tree_fields&& from, recursive_test::tree& to, std::string& why) {
        if (from.value < 0) return why = "a tree has no negative value", false;
        return to = recursive_test::tree(from.value, std::move(from.below)), true;
    }
    static recursive_test::tree_fields write(const recursive_test::tree& from) { return {from.value(), from.below()}; }
};

using namespace recursive_test;
using namespace haft_test;

TEST_CASE("a struct that holds itself stands once in $defs", "[TD-05][fault-45]") {
    STATIC_REQUIRE(schema_in<node> ==
                   R"({"type":"object","properties":{"name":{"type":"string"},)"
                   R"("children":{"type":"array","items":{"$ref":"#/$defs/node"},"description":"What hangs below"}},)"
                   R"("required":["name","children"],"additionalProperties":false,)"
                   R"("$defs":{"node":{"type":"object","properties":{"name":{"type":"string"},)"
                   R"("children":{"type":"array","items":{"$ref":"#/$defs/node"},"description":"What hangs below"}},)"
                   R"("required":["name","children"],"additionalProperties":false}}})");
    STATIC_REQUIRE(schema_in<ring> ==
                   R"({"type":"object","properties":{"value":{"type":"integer"},"next":{"$ref":"#/$defs/ring"}},)"
                   R"("required":["value"],"additionalProperties":false,)"
                   R"("$defs":{"ring":{"type":"object","properties":{"value":{"type":"integer"},)"
                   R"("next":{"$ref":"#/$defs/ring"}},"required":["value"],"additionalProperties":false}}})");
    STATIC_REQUIRE(
        contains(schema_in<folder>, R"("folders":{"type":"object","additionalProperties":{"$ref":"#/$defs/folder"}})"));
}

TEST_CASE("structs that hold each other are finite too", "[fault-46]") {
    STATIC_REQUIRE(
        schema_in<team> ==
        R"({"type":"object","properties":{"members":{"type":"array","items":{"type":"object",)"
        R"("properties":{"name":{"type":"string"},"leads":{"$ref":"#/$defs/team"}},"required":["name"],)"
        R"("additionalProperties":false}}},"required":["members"],"additionalProperties":false,)"
        R"("$defs":{"team":{"type":"object","properties":{"members":{"type":"array","items":{"type":"object",)"
        R"("properties":{"name":{"type":"string"},"leads":{"$ref":"#/$defs/team"}},"required":["name"],)"
        R"("additionalProperties":false}}},"required":["members"],"additionalProperties":false}}})");
    const std::string_view text = R"({"members":[{"name":"a","leads":{"members":[{"name":"b"}]}},{"name":"c"}]})";
    CHECK(through(haft::schema::type_of<team>, text) == text);
}

TEST_CASE("definitions of one name are told apart, by nothing that differs between compilers", "[fault-45][fault-60]") {
    STATIC_REQUIRE(contains(schema_in<both>, R"("first":{"$ref":"#/$defs/node"},"second":{"$ref":"#/$defs/ring"})"));
    STATIC_REQUIRE(contains(schema_in<both>, R"("prefixItems":[{"$ref":"#/$defs/node"},{"type":"integer"}])"));
    STATIC_REQUIRE(contains(schema_in<two_of_a_name>, R"("a":{"$ref":"#/$defs/node"},"b":{"$ref":"#/$defs/node_2"}})"));
    STATIC_REQUIRE(contains(schema_in<two_of_a_name>, R"("edges":{"type":"array","items":{"$ref":"#/$defs/node_2"}})"));
    STATIC_REQUIRE(
        contains(schema_in<three_of_a_name>,
                 R"("a":{"$ref":"#/$defs/node"},"b":{"$ref":"#/$defs/node_3"},"c":{"$ref":"#/$defs/node_2"},)"
                 R"("d":{"$ref":"#/$defs/node_02"}})"));
    STATIC_REQUIRE(contains(schema_in<three_of_a_name>, R"("node_3":{"type":"object","properties":{"weight":)"));
    STATIC_REQUIRE(contains(schema_in<branches>, R"("a":{"$ref":"#/$defs/branch"},"b":{"$ref":"#/$defs/branch_2"}})"));
}

TEST_CASE("what holds itself is read and written, as deep as the limit", "[TD-05][fault-45]") {
    const auto& node_type = haft::schema::type_of<node>;
    const std::string_view small =
        R"({"name":"a","children":[{"name":"b","children":[]},{"name":"c","children":[{"name":"d","children":[]}]}]})";
    CHECK(through(node_type, small) == small);
    CHECK(through(node_type, R"({"name":"a","children":[{"name":"b","children":[{"name":1,"children":[]}]}]})") ==
          "/children/0/children/0/name: expected string, got number 1 [haft-E0202]");
    const auto chain = [](std::size_t levels) {
        return repeat("{\"value\":1,\"next\":", levels - 1) + "{\"value\":1}" + repeat("}", levels - 1);
    };
    CHECK(through(haft::schema::type_of<ring>, chain(64)) == chain(64));
    CHECK(read<ring>(chain(65)).faults.at(0).code == haft::errc::too_large);
    CHECK(read<ring>(chain(100'000)).faults.at(0).code == haft::errc::too_large);
    CHECK(
        through(haft::schema::type_of<folder>,
                R"({"folders":{"a":{"folders":{}},"b":{"folders":{"c":{"folders":{}}}}}})") ==
        R"({"folders":{"a":{"folders":{},"size":0},"b":{"folders":{"c":{"folders":{},"size":0}},"size":0}},"size":0})");
}

TEST_CASE("a result that holds itself is refused, not written for ever", "[fault-74]") {
    const auto cyclic = std::make_shared<team>();
    cyclic->members.push_back({"a", cyclic});
    CHECK(written(*cyclic) == "not written: a value nested too deeply");
    cyclic->members.clear();
    ring chain{1, nullptr};
    for (int i = 0; i < 510; ++i) chain = {1, std::make_unique<ring>(std::move(chain))};
    CHECK(written(chain).size() > 510);
    for (int i = 0; i < 2; ++i) chain = {1, std::make_unique<ring>(std::move(chain))};
    CHECK(written(chain) == "not written: a value nested too deeply");
}

TEST_CASE("a class is finite though the struct that stands for it holds the class", "[TD-05][fault-46]") {
    STATIC_REQUIRE(schema_in<with_tree> ==
                   R"({"type":"object","properties":{"v":{"$ref":"#/$defs/tree_fields"}},"required":["v"],)"
                   R"("additionalProperties":false,"$defs":{"tree_fields":{"type":"object",)"
                   R"("properties":{"value":{"type":"integer"},"below":{"type":"array",)"
                   R"("items":{"$ref":"#/$defs/tree_fields"}}},"required":["value","below"],)"
                   R"("additionalProperties":false}}})");
    const std::string_view text = R"({"v":{"value":1,"below":[{"value":2,"below":[]}]}})";
    CHECK(through(haft::schema::type_of<with_tree>, text) == text);
    CHECK(through(haft::schema::type_of<with_tree>, R"({"v":{"value":1,"below":[{"value":-2,"below":[]}]}})") ==
          "/v/below/0: expected object, got object {\"value\":-2,\"below\":[]}: a tree has no negative value "
          "[haft-E0220]");
}
