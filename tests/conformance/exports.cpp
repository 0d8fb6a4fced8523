// SPDX-License-Identifier: BSL-1.0
// A program whose tools have schemas of every kind, for the vendors' converters: derived ones, and ones written by hand
// with all that a schema may hold. Nothing calls them.

#include <haft/haft.hpp>

#include <boost/describe/enum.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace {

enum class unit { celsius, fahrenheit };
BOOST_DESCRIBE_ENUM(unit, celsius, fahrenheit)

struct place {
    double latitude;
    double longitude;
    std::optional<std::string> label;
    static constexpr std::array haft_fields{
        haft::field{"latitude", "North is positive", haft::minimum(-90.0), haft::maximum(90.0)}};
};
struct query {
    std::vector<place> places;
    enum unit unit = unit::celsius;
    std::uint8_t days = 3;
    std::optional<place> home;
    std::vector<std::optional<int>> gaps;
    bool verbose = false;
    static constexpr std::array haft_fields{haft::field{"places", "Where", haft::min_items(1), haft::max_items(9)},
                                            haft::field{"days", "How \"many\"\nof them", haft::minimum(1)},
                                            haft::field{"gaps", "", haft::not_required}};
};
std::vector<double> weather(const query& q) { return std::vector<double>(q.places.size()); }
void nothing() {}

constexpr haft::tool by_hand(std::string_view name, std::string_view schema) {
    return {.name = name,
            .execute = [](const void*, std::string_view, haft::call_context&, haft::result_writer&) {},
            .description = "Written by hand",
            .title = "",
            .input_schema = schema,
            .output_schema = ""};
}

haft::toolset all_tools() {
    return {
        haft::make<&weather>({.description = "Weather", .name = "weather.forecast"}),
        haft::make<&nothing>(
            {.description = "Nothing", .name = "2-nothing.at.all.with.a.name.that.is.longer.than.providers.take.it"}),
        by_hand("limits", R"({"type":"object","properties":{
            "i":{"type":"integer","minimum":1,"maximum":9,"default":3},
            "n":{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1.5,"multipleOf":0.25},
            "s":{"type":"string","minLength":1,"maxLength":9,"pattern":"^[a-z]+$","examples":["ab"],"title":"S"},
            "d":{"type":"string","format":"date-time"},"u":{"type":"string","format":"uri"},
            "a":{"type":"array","items":{"type":"string","format":"uuid"},"minItems":2,"maxItems":4,"uniqueItems":true},
            "o":{"type":"array","items":{"type":"integer"},"minItems":1,"description":"One or more"}},
            "required":["s","a"],"additionalProperties":false})"),
        by_hand("enums", R"({"type":"object","properties":{
            "s":{"type":"string","enum":["a","b"],"default":"a"},"i":{"type":"integer","enum":[1,2]},"n":{"type":"number","enum":[0.5,1]},
            "b":{"type":"boolean","enum":[true]},"m":{"enum":["a",1,true,null]},"c":{"type":"string","const":"c"},"k":{"const":7}},
            "required":["b"],"additionalProperties":false})"),
        by_hand("choices", R"({"type":"object","properties":{
            "v":{"anyOf":[{"type":"string"},{"type":"integer","minimum":0},{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"boolean","default":true}},"required":["a"],"additionalProperties":false}],"description":"One of three"},
            "n":{"anyOf":[{"type":"number"},{"type":"null"}],"default":null},
            "o":{"oneOf":[{"type":"string"},{"type":"boolean"}]},
            "l":{"type":["string","null"]},"t":{"type":["string"]},
            "items":{"type":"array","items":{"anyOf":[{"type":"integer"},{"type":"null"}]}}},
            "required":["v","n","t"],"additionalProperties":false})"),
        by_hand("several_types",
                R"({"type":"object","properties":{"x":{"type":["string","integer"]}},"additionalProperties":false})"),
        by_hand(
            "tree",
            R"({"type":"object","properties":{"root":{"$ref":"#/$defs/node"},"other":{"$ref":"#/$defs/node","description":"Another one"}},
            "required":["root"],"additionalProperties":false,"$defs":{"node":{"type":"object","properties":{"name":{"type":"string"},
            "children":{"type":"array","items":{"$ref":"#/$defs/node"},"default":[]},"parent":{"$ref":"#/$defs/node"}},"required":["name"],"additionalProperties":false}}})"),
        by_hand("shared", R"({"type":"object","properties":{"a":{"$ref":"#/$defs/p"},"b":{"$ref":"#/$defs/p"}},
            "required":["a"],"additionalProperties":false,"$defs":{"p":{"type":"object","properties":{"x":{"type":"integer"}},"required":["x"],"additionalProperties":false}}})"),
        by_hand(
            "map",
            R"({"type":"object","properties":{"m":{"type":"object","additionalProperties":{"type":"integer"}}},"required":["m"],"additionalProperties":false})"),
        by_hand(
            "map_of_enum",
            R"({"type":"object","properties":{"m":{"type":"object","additionalProperties":{"type":"integer"},"propertyNames":{"enum":["a"]}}},"additionalProperties":false})"),
        by_hand("anything",
                R"({"type":"object","properties":{"x":{"description":"Anything"}},"additionalProperties":false})"),
        by_hand(
            "tuple",
            R"({"type":"object","properties":{"t":{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"minItems":2,"maxItems":2}},"additionalProperties":false})"),
        by_hand("from_a_js_server",
                R"({"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{
            "path":{"type":"string"},"edits":{"type":"array","items":{"type":"object","properties":{"old":{"type":"string"},"new":{"type":"string"}},"required":["old","new"],"additionalProperties":false}},
            "dry-run":{"type":"boolean","default":false,"deprecated":true}},"required":["path","edits"]})"),
    };
}

}  // namespace

int main(int argc, char** argv) { return haft::run(all_tools(), argc, argv); }
