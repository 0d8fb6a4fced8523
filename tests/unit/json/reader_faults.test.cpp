// SPDX-License-Identifier: BSL-1.0
// That a refusal names every fault, where it is and how to mend it, and no more of the input than is safe.
#include <haft/json/reader.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/map.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/set.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/tuple.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>

#include <boost/describe/enum.hpp>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <unit/json/read.hpp>

namespace reader_faults_test {

enum class order { ascending, descending };
BOOST_DESCRIBE_ENUM(order, ascending, descending)

enum class many {
    n01,
    n02,
    n03,
    n04,
    n05,
    n06,
    n07,
    n08,
    n09,
    n10,
    n11,
    n12,
    n13,
    n14,
    n15,
    n16,
    n17,
    n18,
    n19,
    n20,
    n21,
    n22
};
BOOST_DESCRIBE_ENUM(many, n01, n02, n03, n04, n05, n06, n07, n08, n09, n10, n11, n12, n13, n14, n15, n16, n17, n18, n19,
                    n20, n21, n22)

struct leg {
    std::string to;
    int km;
    static constexpr std::array haft_fields{haft::field{"km", "How far", haft::minimum(0)}};
};
struct trip {
    std::string name;
    std::vector<leg> legs;
    order sort;
    int n = 1;
};
struct nothing {};
struct deep {
    std::optional<std::vector<trip>> trips;
};
struct containers {
    std::pair<int, int> p;
    std::set<int> s;
    std::map<std::string, int> m;
    std::pair<int, int> q;
    int a;
    int b;
};
struct forty {
    int a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9;
    int c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, d0, d1, d2, d3, d4, d5, d6, d7, d8, d9;
};

}  // namespace reader_faults_test

using namespace reader_faults_test;
using namespace haft_test;

TEST_CASE("every fault of a call is found, at every level") {
    CHECK(read<trip>(R"({"nam":"x","legs":[{"to":1,"km":-1},{"km":"far","extra":true}],"sort":"upward","n":1.5})")
              .text() ==
          "/legs/0/to: expected string, got number 1 [haft-E0202]\n"
          "/legs/0/km: expected integer from 0 to 2147483647, got number -1 [haft-E0205]\n"
          "/legs/1/km: expected integer from 0 to 2147483647, got string \"far\" [haft-E0202]\n"
          "/legs/1/extra: no such parameter; did you mean \"to\"? The parameters are to, km [haft-E0203]\n"
          "/legs/1/to: required, but not given; expected string [haft-E0204]\n"
          "/sort: expected one of \"ascending\", \"descending\", got \"upward\" [haft-E0207]\n"
          "/n: expected integer from -2147483648 to 2147483647, got number 1.5 [haft-E0202]\n"
          "/nam: no such parameter; did you mean \"name\"? The parameters are name, legs, sort, n [haft-E0203]\n"
          "/name: required, but not given; expected string [haft-E0204]\n");
}

TEST_CASE("a fault has its parts, for programs") {
    const auto got = read<trip>(R"({"name":"x","legs":[{"to":"a","km":-1}],"sorted":"ascending"})");
    REQUIRE(got.faults.size() == 3);
    const haft::fault& limit = got.faults[0];
    CHECK(limit.code == haft::errc::out_of_limits);
    CHECK(limit.pointer == "/legs/0/km");
    CHECK(limit.expected == "integer from 0 to 2147483647");
    CHECK(limit.got == "number -1");
    CHECK(limit.nearest == "");
    CHECK(limit.offset == 35);
    const haft::fault& unknown = got.faults[1];
    CHECK(unknown.code == haft::errc::unknown_parameter);
    CHECK(unknown.pointer == "/sorted");
    CHECK(unknown.nearest == "sort");
    CHECK(unknown.got == "string \"ascending\"");
    CHECK(unknown.offset == 40);
    const haft::fault& missing = got.faults[2];
    CHECK(missing.code == haft::errc::missing_parameter);
    CHECK(missing.pointer == "/sort");
    CHECK(missing.expected == R"(one of "ascending", "descending")");
}

TEST_CASE("what is missing is listed in full, with the author's words") {
    CHECK(read<leg>("{}").text() ==
          "/to: required, but not given; expected string [haft-E0204]\n"
          "/km: required, but not given; expected integer from 0 to 2147483647: How far [haft-E0204]\n");
}

TEST_CASE("an unknown key names what there is") {
    CHECK(read<nothing>(R"({"x":1})").text() == "/x: no such parameter; there are none [haft-E0203]\n");
    CHECK(read<one<int>>(R"({"v":1,"something":[1]})").text() ==
          "/something: no such parameter; the parameter is v [haft-E0203]\n");
    CHECK(read<leg>(R"({"to":"x","km":1,"Km":2})").text() ==
          "/Km: no such parameter; the parameters are to, km [haft-E0203]\n");
}

TEST_CASE("an unknown key's guess is a parameter that is not given yet") {
    CHECK(read<leg>(R"({"to":"x","kms":2})").faults.at(0).nearest == "km");
    CHECK(read<leg>(R"({"to":"x","distance":2})").faults.at(0).nearest == "km");
    CHECK(read<leg>(R"({"to":"x","km":1,"kms":2})").faults.at(0).nearest == "");
}

TEST_CASE("a key given twice is refused, even if one of the two is null") {
    CHECK(read_one<int>("1,\"v\":1").text() == "/v: given twice [haft-E0206]\n");
    CHECK(read_one<std::optional<int>>("null,\"v\":1").text() == "/v: given twice [haft-E0206]\n");
    CHECK(read_one<int>("1,\"\\u0076\":2").text() == "/v: given twice [haft-E0206]\n");
    CHECK(read<leg>(R"({"km":1,"to":"a","km":2})").text() == "/km: given twice [haft-E0206]\n");
    CHECK(read<trip>(R"({"name":"x","legs":[{"to":"a","km":1,"to":"b"}],"sort":"ascending"})").text() ==
          "/legs/0/to: given twice [haft-E0206]\n");
}

TEST_CASE("keys are data: any text, escaped in the pointer") {
    CHECK(read<nothing>(R"({"":1})").faults.at(0).pointer == "/");
    CHECK(read<nothing>(R"({"a/b~c":1})").faults.at(0).pointer == "/a~1b~0c");
    CHECK(read<nothing>(R"({"__proto__":{"constructor":1}})").faults.at(0).pointer == "/__proto__");
    CHECK(read<nothing>(R"({"\u0000v":1})").faults.at(0).pointer == "/\\x00v");
    CHECK(read_one<int>("1,\"v\\u0000\":1").faults.size() == 1);
}

TEST_CASE("keys that only look alike are different keys") {
    const auto got = read<nothing>("{\"\xC3\xA9\":1,\"e\xCC\x81\":2}");
    REQUIRE(got.faults.size() == 2);
    CHECK(got.faults[0].pointer != got.faults[1].pointer);
}

TEST_CASE("an enum's fault lists at most twenty values") {
    CHECK(read_one<many>("\"x\"").faults.at(0).expected ==
          "one of \"n01\", \"n02\", \"n03\", \"n04\", \"n05\", \"n06\", \"n07\", \"n08\", \"n09\", \"n10\", \"n11\", "
          "\"n12\", \"n13\", \"n14\", "
          "\"n15\", \"n16\", \"n17\", \"n18\", \"n19\", \"n20\", ... (22 in all)");
}

TEST_CASE("text that is not JSON says what, where and before what") {
    const auto broken = [](std::string_view json) { return read<trip>(json).text(); };
    CHECK(broken("") == "arguments: the text is empty at byte 0 [haft-E0201]\n");
    CHECK(broken("  ") == "arguments: the text ends where a value is expected at byte 2 [haft-E0201]\n");
    CHECK(broken("{") == "arguments: the text ends inside an object or array at byte 1 [haft-E0201]\n");
    CHECK(broken("\xEF\xBB\xBF{}") ==
          "arguments: a byte order mark; JSON text begins without one at byte 0, before \\xef\\xbb\\xbf{} "
          "[haft-E0201]\n");
    CHECK(broken("{}{}").find("arguments: text after the end of the JSON value at byte 2, before {} [haft-E0201]\n") !=
          std::string::npos);
    CHECK(broken("{\"name\":\"x\",}").find("a comma before the closing bracket at byte 12, before } [haft-E0201]\n") !=
          std::string::npos);
    CHECK(broken("{'name':1}") ==
          "arguments: expected a key in double quotes at byte 1, before 'name':1} [haft-E0201]\n");
    CHECK(broken("{\"name\":'x'}") == "/name: JSON has double quotes only at byte 8, before 'x'} [haft-E0201]\n");
    CHECK(broken("{\"n\":1,x}")
              .starts_with("arguments: expected a key in double quotes at byte 7, before x} [haft-E0201]\n"));
    CHECK(broken("{/*c*/}") == "arguments: expected a key in double quotes at byte 1, before /*c*/} [haft-E0201]\n");
    CHECK(broken("{\"name\":// c\n1}") == "/name: JSON has no comments at byte 8, before // c\\x0a1} [haft-E0201]\n");
    CHECK(broken("{\"name\":True}") ==
          "/name: expected true, false or null in full and in lower case at byte 8, before True} [haft-E0201]\n");
    CHECK(read_one<std::map<std::string, int>>("{\"a\":1,b}").text() ==
          "/v: expected a key in double quotes at byte 12, before b}} [haft-E0201]\n");
    CHECK(broken("{\"name\" \"x\"}") ==
          "arguments: expected ':' after the key at byte 8, before \"x\"} [haft-E0201]\n");
    CHECK(broken("{\"n\":1 \"name\":\"x\"}")
              .find("expected ',' or '}' at byte 7, before \"name\":\"x\"} [haft-E0201]\n") != std::string::npos);
    CHECK(broken("{\"legs\":[{\"km\":00}]}") ==
          "/legs/0/km: a number may not begin with 0 at byte 16, before 0}]} [haft-E0201]\n");
    CHECK(broken(std::string_view("{}\0", 3))
              .find("text after the end of the JSON value at byte 2, before \\x00 [haft-E0201]\n") !=
          std::string::npos);
}

TEST_CASE("a broken string says why, at its byte") {
    const auto broken = [](std::string_view json) {
        const auto got = read_one<std::string>(json);
        REQUIRE(got.faults.size() == 1);
        CHECK(got.faults[0].code == haft::errc::not_json);
        CHECK(got.faults[0].pointer == "/v");
        return got.faults[0].message.substr(0, got.faults[0].message.find(", before"));
    };
    CHECK(broken("\"\\ud800\"") == "half of a surrogate pair at byte 6");
    CHECK(broken("\"ab\\ud800\\u0041\"") == "half of a surrogate pair at byte 8");
    CHECK(broken("\"\\ud800x\"") == "half of a surrogate pair at byte 6");
    CHECK(broken("\"\\udc00\\ud800\"") == "half of a surrogate pair at byte 6");
    CHECK(broken("\"\\u12G4\"") == "\\u wants four hexadecimal digits at byte 6");
    CHECK(broken("\"\\x41\"") == "an escape that JSON does not have at byte 6");
    CHECK(broken("\"a\nb\"") == "a control character inside a string; write it as an escape at byte 7");
    CHECK(broken(std::string_view("\"a\0b\"", 5)) ==
          "a control character inside a string; write it as an escape at byte 7");
    for (const char* bytes : {"\xFF", "\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xED\xA0\x80",
                              "\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
                              "\xF5\x80\x80\x80", "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xED\xA0\xBD\xED\xB8\x80"}) {
        CHECK(broken("\"12345\\n890" + std::string(bytes) + "\"") == "text that is not UTF-8 at byte 16");
    }
}

TEST_CASE("a text cut off at any byte is refused") {
    const std::string whole =
        R"( {"name":"a\u00e9\ud83d\ude00\n","legs":[{"to":"b","km":-0.5e+1},{"to":null}],"sort":"ascending","n":true, "x":[false,null]} )";
    const std::size_t end = whole.size() - 1;  // the last blank
    const auto broken = [](const haft::fault& f) { return f.code == haft::errc::not_json; };
    const auto complete = read<trip>(whole).faults;
    REQUIRE(std::none_of(complete.begin(), complete.end(), broken));
    for (std::size_t n = 0; n < end; ++n) {
        CAPTURE(n);
        const auto got = read<trip>(std::string_view(whole).substr(0, n));
        CHECK(!got.accepted);
        CHECK(std::count_if(got.faults.begin(), got.faults.end(), broken) == 1);
        CHECK(got.faults.back().code == haft::errc::not_json);
    }
}

TEST_CASE("a text with any byte changed to any other is read to an end") {
    const std::string whole = R"({"name":"a\u00e9","legs":[{"to":"b","km":1.5e1}],"sort":"ascending"})";
    REQUIRE(read<trip>(whole).accepted);
    std::size_t accepted = 0;
    for (std::size_t i = 0; i < whole.size(); ++i)
        for (unsigned byte = 0; byte < 256; ++byte) {
            std::string changed = whole;
            changed[i] = static_cast<char>(byte);
            const auto got = read<trip>(changed);
            accepted += got.accepted;
            if (got.accepted == got.faults.empty()) continue;
            FAIL("accepted with faults, or refused without one: " << changed);
        }
    CHECK(accepted > whole.size());  // itself, and other letters in its texts
    CHECK(accepted < whole.size() * 40);
}

TEST_CASE("an array's faults are described up to ten, the others counted") {
    const auto of = [](std::size_t wrong) { return read_one<std::vector<int>>("[1" + repeat(",\"x\"", wrong) + "]"); };
    CHECK(of(9).faults.size() == 9);
    CHECK(of(10).faults.size() == 10);
    CHECK(of(10).more == 0);
    CHECK(of(11).faults.size() == 10);
    CHECK(of(11).more == 1);
    CHECK(of(1000).more == 990);
    CHECK(of(11).faults.back().pointer == "/v/10");
}

TEST_CASE("the ten of an array include those within its items") {
    const auto got = read_one<std::vector<leg>>("[" + repeat("{\"to\":1,\"km\":\"x\",\"z\":0},", 9) + "{\"to\":1}]");
    CHECK(got.faults.size() == 10);
    CHECK(got.more == 19);
    CHECK(got.faults.back().pointer == "/v/3/to");
}

TEST_CASE("after an array with many faults the others are still described") {
    const auto got = read<trip>("{\"legs\":[" + repeat("1,", 50) + "1],\"n\":\"x\"}");
    REQUIRE(got.faults.size() == 13);
    CHECK(got.faults[10].pointer == "/n");
    CHECK(got.faults[11].pointer == "/name");
    CHECK(got.faults[12].pointer == "/sort");
    CHECK(got.more == 41);
}

TEST_CASE("after any container with many faults the others are still described") {
    const auto wrong = [](std::string_view key, int n) {
        std::string out;
        for (int i = 0; i < n; ++i)
            out += (i ? "," : "") + (key.empty() ? "" : key.data() + std::to_string(i) + "\":") + "true";
        return out;
    };
    const auto got = read<containers>("{\"p\":[true,1],\"s\":[" + wrong("", 11) + "],\"m\":{" + wrong("\"k", 12) +
                                      "},\"q\":[true,true],\"a\":true,\"b\":true}");
    CHECK(got.faults.size() == 25);
    CHECK(got.more == 3);
    CHECK(got.faults.back().pointer == "/b");
}

TEST_CASE("a call's faults are described up to 32, the others counted") {
    const auto missing = read<forty>("{}");
    CHECK(missing.faults.size() == 32);
    CHECK(missing.more == 8);
    const auto unknown = read<nothing>("{\"a0\":0" + repeat(",\"x\":0", 31) + "}");
    CHECK(unknown.faults.size() == 32);
    CHECK(unknown.more == 0);
    const auto one_more = read<nothing>("{\"a0\":0" + repeat(",\"x\":0", 32) + "}");
    CHECK(one_more.faults.size() == 32);
    CHECK(one_more.more == 1);
}

TEST_CASE("that the text is broken is described however many faults came before") {
    const auto got = read<forty>("{\"a0\":\"\"" + repeat(",\"a0\":0", 40) + ",");
    REQUIRE(got.faults.size() == 32);
    CHECK(got.faults.back().code == haft::errc::not_json);
    CHECK(got.more == 10);
}

TEST_CASE("at most 200 bytes of the input are repeated") {
    const std::string letters(5000, 'a');
    const haft::fault value = read_one<int>("\"" + letters + "\"").faults.at(0);
    CHECK(value.got == "string \"" + letters.substr(0, 199) + "...");
    CHECK(value.message.size() < 300);
    const haft::fault name = read_one<order>("\"" + letters + "\"").faults.at(0);
    CHECK(name.got == "\"" + letters.substr(0, 200) + "...\"");
    const haft::fault key = read<nothing>("{\"" + letters + "\":\"" + letters + "\"}").faults.at(0);
    CHECK(key.pointer == "/" + letters.substr(0, 200));
    CHECK(key.got == "string \"" + letters.substr(0, 199) + "...");
}

TEST_CASE("control characters and disguises of the input are made visible") {
    CHECK(read_one<order>(R"("a\u0000\u001b[31m\n")").faults.at(0).got == R"("a\x00\x1b[31m\x0a")");
    CHECK(read_one<order>(R"("\u202Eevil\u200b")").faults.at(0).got == R"("\xe2\x80\xaeevil\xe2\x80\x8b")");
    CHECK(read_one<int>("\"\xE2\x80\xAE\"").faults.at(0).got == "string \"\\xe2\\x80\\xae\"");
    CHECK(read<nothing>("{\"\\n- /x: fine\":1}").faults.at(0).pointer == "/\\x0a- ~1x: fine");
}

TEST_CASE("a fault deep in the arguments has the whole way as its pointer") {
    CHECK(
        read<deep>(
            R"({"trips":[{"name":"a","legs":[],"sort":"ascending"},{"name":"b","legs":[{"to":"x","km":1},{"to":"y","km":null}],"sort":"ascending"}]})")
            .text() == "/trips/1/legs/1/km: expected integer from 0 to 2147483647, got null [haft-E0202]\n");
}
