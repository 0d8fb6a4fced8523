// SPDX-License-Identifier: BSL-1.0
// What lenient mode converts and drops, that it says so, and that strict mode does neither.
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lenient_test {

struct inner {
    int a = 1;
    std::string s = "x";
};
struct request {
    std::uint8_t small = 0;
    long large = 0;
    double real = 0;
    bool flag = false;
    std::string text = "t";
    std::optional<int> perhaps;
    std::vector<int> list = {};
    std::set<int> set;
    std::map<std::string, bool> map;
    inner within = {};
    static constexpr std::array haft_fields{
        haft::field{"real", "", haft::maximum(100)},   haft::field{"list", "", haft::not_required},
        haft::field{"set", "", haft::not_required},    haft::field{"map", "", haft::not_required},
        haft::field{"within", "", haft::not_required}, haft::field{"text", "", haft::not_required}};
};
request echo(const request& r) { return r; }

struct choice {
    std::variant<std::vector<int>, std::vector<double>> v;
    int n;
};
std::vector<int> pick(const choice& c) {
    const std::size_t size = c.v.index() == 0 ? std::get<0>(c.v).size() : std::get<1>(c.v).size();
    return {static_cast<int>(c.v.index()), static_cast<int>(size), c.n};
}

std::string sum(const std::vector<int>& v) {
    long n = 0;
    for (const int i : v) n += i;
    return std::to_string(n);
}
inline constexpr std::array<haft::field, 1> names{haft::field{"v"}};

}  // namespace lenient_test

using namespace lenient_test;

namespace {

constexpr haft::tool tool = haft::make<&echo>("");

struct outcome {
    std::string text;   // the result, or the faults
    std::string notes;  // each in a line of its own
};
outcome call(const haft::tool& t, std::string_view arguments, haft::call_options options) {
    std::vector<haft::note> notes;
    options.notes = &notes;
    const auto got = t.call(arguments, options);
    outcome out;
    if (got) {
        out.text = *got;
    } else {
        for (const haft::fault& f : got.error().faults) out.text += (out.text.empty() ? "" : "\n") + f.text();
        if (got.error().more_faults) out.text += "\nand " + std::to_string(got.error().more_faults) + " more";
    }
    for (const haft::note& n : notes) out.notes += (out.notes.empty() ? "" : "\n") + n.text();
    return out;
}

struct example {
    std::string_view given;   // members
    std::string_view member;  // as it comes back; or the fault, from its place on
    std::string_view note;    // empty: nothing was converted
};

}  // namespace

TEST_CASE("strings are read as the numbers and booleans that they spell, where that is wished", "[TD-14][fault-2]") {
    const std::array<example, 24> examples{{
        {R"("small":"255")", R"("small":255)", "/small: the string \"255\" was read as integer"},
        {R"("small":"256")", "/small: expected integer from 0 to 255, got number 256 [haft-E0205]", ""},
        {R"("small":"-1")", "/small: expected integer from 0 to 255, got number -1 [haft-E0205]", ""},
        {R"("large":"-12")", R"("large":-12)", "/large: the string \"-12\" was read as integer"},
        {R"("large":"1e3")", R"("large":1000)", "/large: the string \"1e3\" was read as integer"},
        {R"("large":"\u0031")", R"("large":1)", "/large: the string \"1\" was read as integer"},
        {R"("real":"1.5")", R"("real":1.5)", "/real: the string \"1.5\" was read as number"},
        {R"("real":"101")", "/real: expected number of at most 100, got number 101 [haft-E0205]", ""},
        {R"("flag":"true")", R"("flag":true)", "/flag: the string \"true\" was read as boolean"},
        {R"("flag":"false")", R"("flag":false)", "/flag: the string \"false\" was read as boolean"},
        {R"("perhaps":"4")", R"("perhaps":4)", "/perhaps: the string \"4\" was read as integer"},
        {R"("list":["1",2,"3"])", R"("list":[1,2,3])",
         "/list/0: the string \"1\" was read as integer\n/list/2: the string \"3\" was read as integer"},
        {R"("set":["2"])", R"("set":[2])", "/set/0: the string \"2\" was read as integer"},
        {R"("map":{"k":"true"})", R"("map":{"k":true})", "/map/k: the string \"true\" was read as boolean"},
        {R"("within":{"a":"5"})", R"("within":{"a":5,"s":"x"})", "/within/a: the string \"5\" was read as integer"},
        // no spelling of a value
        {R"("flag":"True")", "/flag: expected boolean, got string \"True\" [haft-E0202]", ""},
        {R"("flag":"1")", "/flag: expected boolean, got string \"1\" [haft-E0202]", ""},
        {R"("flag":1)", "/flag: expected boolean, got number 1 [haft-E0202]", ""},
        {R"("real":"")", "/real: expected number of at most 100, got string \"\" [haft-E0202]", ""},
        {R"("real":" 1")", "/real: expected number of at most 100, got string \" 1\" [haft-E0202]", ""},
        {R"("real":"1 ")", "/real: expected number of at most 100, got string \"1 \" [haft-E0202]", ""},
        {R"("real":"0x10")", "/real: expected number of at most 100, got string \"0x10\" [haft-E0202]", ""},
        {R"("real":"1,5")", "/real: expected number of at most 100, got string \"1,5\" [haft-E0202]", ""},
        {R"("text":7)", "/text: expected string, got number 7 [haft-E0202]", ""},
    }};
    for (const auto& [given, member, note] : examples) {
        CAPTURE(given);
        const std::string arguments = "{" + std::string(given) + "}";
        const outcome lenient = call(tool, arguments, {.mode = haft::lenient});
        if (member[0] == '/') CHECK(lenient.text == member);
        else CHECK(lenient.text.find(member) != std::string::npos);
        CHECK(lenient.notes == note);
        // strict mode says what is wrong with just the same texts, and converts nothing
        const outcome strict = call(tool, arguments, {});
        CHECK(strict.text[0] == '/');
        CHECK(strict.notes.empty());
    }
    CHECK(call(tool, R"({"large":"1.5"})", {.mode = haft::lenient}).text.ends_with("got number 1.5 [haft-E0202]"));
    CHECK(
        call(tool, R"({"small":"999999999999999999999999"})", {.mode = haft::lenient}).text.ends_with("[haft-E0205]"));
    // a fault's place is one in the whole text, within the string and behind it
    const auto refused = tool.call(R"({"small":"256","large":"12","real":{}})", {.mode = haft::lenient});
    REQUIRE(!refused);
    REQUIRE(refused.error().faults.size() == 2);
    CHECK(refused.error().faults[0].offset == 10);
    CHECK(refused.error().faults[1].offset == 35);
    // what was meant exactly is not noted
    const outcome exact = call(tool, R"({"small":1,"text":"12","flag":true})", {.mode = haft::lenient});
    CHECK(exact.text.find(R"("text":"12")") != std::string::npos);
    CHECK(exact.notes.empty());
}

TEST_CASE("unknown names are dropped, where that is wished, and told", "[TD-14][fault-18]") {
    const std::string_view arguments = R"({"smal":1,"within":{"b":[1,{"c":2}]},"large":3,"":null})";
    CHECK(call(tool, R"({"smal":1})", {}).text.starts_with("/smal: no such parameter; did you mean \"small\"?"));
    const outcome strict = call(tool, arguments, {});
    CHECK(strict.text.find("/within/b: no such parameter") != std::string::npos);
    CHECK(strict.notes.empty());
    const outcome got = call(tool, arguments, {.mode = haft::lenient});
    CHECK(got.text.find(R"("large":3)") != std::string::npos);
    CHECK(got.notes ==
          "/smal: no such parameter; dropped\n/within/b: no such parameter; dropped\n/: no such parameter; dropped");
    // what is dropped is still JSON, and a name given twice still a fault
    CHECK(call(tool, R"({"smal":tru})", {.mode = haft::lenient}).text ==
          "/smal: expected true, false or null in full and in lower case at byte 8, before tru} [haft-E0201]");
    CHECK(call(tool, R"({"small":1,"small":1})", {.mode = haft::lenient}).text == "/small: given twice [haft-E0206]");
}

TEST_CASE("notes are few, however much was converted or dropped", "[TD-14]") {
    constexpr haft::tool adds = haft::make<&sum, names>("");
    std::string list = "{\"v\":[";
    for (int i = 0; i < 100'000; ++i) list += "\"1\",";
    list.back() = ']';
    const outcome got = call(adds, list + "}", {.mode = haft::lenient});
    CHECK(got.text == "\"100000\"");
    CHECK(got.notes.size() < 4096);
    CHECK(got.notes.ends_with("\narguments: and 99968 more were converted or dropped"));
    std::string strangers = "{\"v\":[1]";
    for (int i = 0; i < 33; ++i) strangers += ",\"k" + std::to_string(i) + "\":1";
    const outcome dropped = call(adds, strangers + "}", {.mode = haft::lenient});
    CHECK(dropped.text == "\"1\"");
    CHECK(dropped.notes.ends_with("/k31: no such parameter; dropped\narguments: and 1 more were converted or dropped"));
}

TEST_CASE("what an alternative converted in vain is forgotten, and the rest is read leniently too", "[TD-14]") {
    constexpr haft::tool picks = haft::make<&pick>("");
    std::string list = "{\"v\":[";
    for (int i = 0; i < 40; ++i) list += "\"1\",";
    const outcome got = call(picks, list + "\"1.5\"],\"n\":\"7\"}", {.mode = haft::lenient});
    CHECK(got.text == "[1,41,7]");
    CHECK(got.notes.ends_with("and 10 more were converted or dropped"));
    CHECK(call(picks, R"({"v":["1"],"n":"7"})", {.mode = haft::lenient}).text == "[0,1,7]");
    CHECK(call(picks, R"({"v":[1],"n":"7"})", {.mode = haft::lenient}).text == "[0,1,7]");
}

TEST_CASE("arguments in a string are unwrapped once, and only where that is wished", "[TD-14][fault-22]") {
    const std::string_view wrapped = R"( "{\"small\":7,\"text\":\"a\\\"b\"}" )";
    CHECK(call(tool, wrapped, {}).text.starts_with("arguments: expected object, got string \"{"));
    CHECK(call(tool, wrapped, {.mode = haft::lenient}).text.starts_with("arguments: expected object, got string \"{"));
    const outcome got = call(tool, wrapped, {.unwrap = true});
    CHECK(got.text.starts_with(R"({"small":7,)"));
    CHECK(got.text.find(R"("text":"a\"b")") != std::string::npos);
    CHECK(got.notes == "arguments: the arguments came as JSON text in a string");
    // what is no string needs no unwrapping, and is not noted
    CHECK(call(tool, R"({"small":7})", {.unwrap = true}).notes.empty());
    CHECK(call(tool, R"("null")", {.unwrap = true}).text.starts_with(R"({"small":0,)"));
    CHECK(call(tool, R"("\"{}\"")", {.unwrap = true}).text ==
          "arguments: expected object, got string \"{}\" [haft-E0202]");
    CHECK(call(tool, R"("[1]")", {.unwrap = true}).text == "arguments: expected object, got array [1] [haft-E0202]");
    CHECK(call(tool, R"("{\"small\":\"7\"}")", {.unwrap = true}).text ==
          "/small: expected integer from 0 to 255, got string \"7\" [haft-E0202]");
    CHECK(call(tool, R"("{\"small\":\"7\"}")", {.mode = haft::lenient, .unwrap = true})
              .text.starts_with(R"({"small":7,)"));
    for (const std::string_view bad :
         {R"("{\"small\":7")", R"("{}" 1)", R"("{}"")", R"("{})", R"("\x")", R"("")", R"("{}x")"}) {
        CAPTURE(bad);
        const auto refused = tool.call(bad, {.unwrap = true});
        REQUIRE(!refused);
        REQUIRE(refused.error().faults.size() == 1);
        CHECK(refused.error().faults[0].code == haft::errc::not_json);
    }
    const std::string deep = "\"" + std::string(1000, '[') + std::string(1000, ']') + "\"";
    CHECK(call(tool, deep, {.unwrap = true}).text.find("haft-E0208") != std::string::npos);
}

TEST_CASE("what is wrong with a call is the same in lenient mode", "[TD-14]") {
    for (const std::string_view arguments : {"[1]", "7", "", "{", R"({"small":null,"large":[]})", R"({"flag":{}})"}) {
        CAPTURE(arguments);
        CHECK(call(tool, arguments, {.mode = haft::lenient}).text == call(tool, arguments, {}).text);
    }
}
