// SPDX-License-Identifier: BSL-1.0
// Talks that stop at a paused call, go to a file, and go on elsewhere.
#include <haft/talk/history.hpp>

#include <catch2/catch_test_macros.hpp>

#include <random>
#include <string>
#include <variant>
#include <vector>

#include <unit/run/support.hpp>

using namespace run_test;
using haft::message;
using haft::role;

namespace {

message asks(std::vector<haft::tool_call> calls) { return {.role = role::assistant, .calls = std::move(calls)}; }
haft::tool_answer answer(std::string id, std::string name, std::string text = "done") {
    haft::tool_answer out;
    out.id = std::move(id);
    out.name = std::move(name);
    out.text = std::move(text);
    return out;
}
message answers(std::vector<haft::tool_answer> all) { return {.role = role::tool, .answers = std::move(all)}; }
std::vector<std::string> ids(const std::vector<haft::tool_call>& calls) {
    std::vector<std::string> out;
    for (const haft::tool_call& c : calls) out.push_back(c.id);
    return out;
}
using names = std::vector<std::string>;

}  // namespace

TEST_CASE("Pending are the calls of the last assistant's message that have no answer, by id", "[EX-08]") {
    std::vector<message> talk{{.role = role::user, .text = "go"},
                              asks({call("a", "{}", "1"), call("b", "{}", "2"), call("a", "{}", "3")})};
    CHECK(ids(haft::pending(talk)) == names{"1", "2", "3"});
    talk.push_back(answers({answer("3", "a")}));
    CHECK(ids(haft::pending(talk)) == names{"1", "2"});
    talk.push_back(answers({answer("1", "a")}));
    CHECK(ids(haft::pending(talk)) == names{"2"});
    CHECK(haft::pending({}).empty());
    CHECK(haft::pending({{.role = role::user, .text = "go"}}).empty());
}

TEST_CASE("Where a call or an answer has no id, names tell", "[EX-08]") {
    std::vector<message> talk{asks({call("a"), call("b", R"({"n":1})"), call("b", R"({"n":2})")})};
    talk.push_back(answers({answer("tc_1", "b")}));
    const std::vector<haft::tool_call> left = haft::pending(talk);
    REQUIRE(left.size() == 2);
    CHECK(left[0].name == "a");
    CHECK(left[1].arguments == R"({"n":2})");
    talk = {asks({call("a", "{}", "1"), call("a", "{}", "2")}), answers({answer("", "a"), answer("9", "a")})};
    CHECK(ids(haft::pending(talk)) == names{"2"});  // another id is another call
}

TEST_CASE("A talk that has moved on runs nothing again", "[EX-08]") {
    haft::toolset tools;
    int runs = 0;
    tools.add("count", "Counts", [&](const no_args&) { return ++runs; });
    haft::call_runner runner(tools);
    std::vector<message> talk{asks({call("count", "{}", "1")})};
    for (const role who : {role::user, role::assistant, role::system}) {
        std::vector<message> on = talk;
        on.push_back({.role = who, .text = "meanwhile"});
        CHECK(runner.resume(on).calls.empty());
    }
    CHECK(runs == 0);
    CHECK(runner.resume(talk).answers.size() == 1);
    CHECK(runs == 1);
}

TEST_CASE("A talk pauses at a call, goes to a text, and another runner goes on with what is left of it", "[EX-08]") {
    std::string file;
    {
        haft::call_runner runner(behaviours());
        std::vector<message> talk{
            {.role = role::user, .text = "go"},
            asks({call("echo", R"({"text":"a"})", "1"), call("pauses", "{}", "2"), call("nothing")})};
        const haft::batch_result all = runner.run_all(talk.back().calls);
        CHECK_FALSE(all.complete());
        talk.back().calls = all.calls;  // with their ids
        haft::append_answers(talk, all.answers);
        CHECK(talk.size() == 3);
        file = haft::to_json(talk);
    }
    haft::toolset tools;
    int runs = 0;
    tools.add("pauses", "Goes on", [&](const no_args&) { return ++runs; });
    haft::call_runner runner(tools);
    haft::result<std::vector<message>> talk = haft::read_history(file);
    REQUIRE(talk);
    const haft::batch_result rest = runner.resume(*talk);
    CHECK(rest.complete());
    haft::append_answers(*talk, rest.answers);
    REQUIRE(talk->size() == 3);
    REQUIRE(talk->back().answers.size() == 3);
    CHECK(talk->back().answers[0].text == "a");
    CHECK(talk->back().answers[1].text == "1");
    CHECK(talk->back().answers[1].id == "2");
    CHECK(talk->back().answers[2].id == talk->at(1).calls[2].id);
    CHECK(runner.resume(*talk).calls.empty());
    CHECK(runs == 1);
}

TEST_CASE("Calls that nobody will make are answered, so that the talk can go on", "[IO-07]") {
    std::vector<message> talk{asks({call("a", "{}", "1"), call("b", "{}", "2")}), answers({answer("2", "b")})};
    haft::give_up_pending(talk, "the user said something else");
    REQUIRE(talk.size() == 2);
    REQUIRE(talk[1].answers.size() == 2);
    CHECK(talk[1].answers[0].id == "1");
    CHECK(talk[1].answers[0].is_error);
    CHECK(talk[1].answers[0].text == "Error: the call was not made: the user said something else");
    CHECK(haft::pending(talk).empty());
    haft::give_up_pending(talk, "again");
    CHECK(talk[1].answers.size() == 2);
}

namespace {

class any_history {
public:
    explicit any_history(unsigned seed) : chance_(seed) {}
    std::vector<message> make() {
        std::vector<message> out(below(6));
        for (message& m : out) {
            m.role = static_cast<role>(below(4));
            m.text = text();
            m.attachments = blocks();
            if (m.role == role::assistant)
                for (auto n = below(3); n > 0; --n) m.calls.push_back({text(), text(), text()});
            if (m.role == role::tool)
                for (auto n = below(3); n > 0; --n) {
                    haft::tool_answer a = answer(text(), text(), text());
                    a.is_error = below(2) == 0;
                    a.is_json = below(2) == 0;
                    a.blocks = blocks();
                    m.answers.push_back(std::move(a));
                }
        }
        return out;
    }

private:
    std::size_t below(std::size_t n) { return chance_() % n; }
    std::string text() {
        static const char* const pieces[] = {"a", "\"", "\\", "\n", "ö", "{}", "\x01", "😀", "</", " ", "", "null"};
        std::string out;
        for (auto n = below(6); n > 0; --n) out += pieces[below(12)];
        return out;
    }
    std::string bytes() {
        std::string out(below(7), '\0');
        for (char& c : out) c = static_cast<char>(below(256));
        return out;
    }
    haft::content blocks() {
        haft::content out;
        for (auto n = below(3); n > 0; --n) switch (below(6)) {
                case 0: out.emplace_back(text()); break;
                case 1: out.emplace_back(haft::image{bytes(), text()}); break;
                case 2: out.emplace_back(haft::audio{bytes(), text()}); break;
                case 3: out.emplace_back(haft::resource{text(), text(), text()}); break;
                case 4: {
                    const std::string b = bytes();
                    out.emplace_back(haft::resource{text(), text(), std::vector<unsigned char>(b.begin(), b.end())});
                    break;
                }
                default: out.emplace_back(haft::resource_link{text(), text(), text(), text()});
            }
        return out;
    }
    std::mt19937 chance_;
};

bool same(const haft::content_block& a, const haft::content_block& b) {
    if (a.index() != b.index()) return false;
    if (const auto* x = std::get_if<std::string>(&a)) return *x == *std::get_if<std::string>(&b);
    if (const auto* x = std::get_if<haft::image>(&a)) {
        const auto& y = std::get<haft::image>(b);
        return x->bytes == y.bytes && x->mime_type == y.mime_type;
    }
    if (const auto* x = std::get_if<haft::audio>(&a)) {
        const auto& y = std::get<haft::audio>(b);
        return x->bytes == y.bytes && x->mime_type == y.mime_type;
    }
    if (const auto* x = std::get_if<haft::resource>(&a)) {
        const auto& y = std::get<haft::resource>(b);
        return x->uri == y.uri && x->mime_type == y.mime_type && x->contents == y.contents;
    }
    const auto& x = std::get<haft::resource_link>(a);
    const auto& y = std::get<haft::resource_link>(b);
    return x.uri == y.uri && x.name == y.name && x.description == y.description && x.mime_type == y.mime_type;
}
bool same(const haft::content& a, const haft::content& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (!same(a[i], b[i])) return false;
    return true;
}
bool same(const message& a, const message& b) {
    if (a.role != b.role || a.text != b.text || a.calls != b.calls || a.answers.size() != b.answers.size())
        return false;
    for (std::size_t i = 0; i < a.answers.size(); ++i) {
        const haft::tool_answer &x = a.answers[i], &y = b.answers[i];
        if (x.id != y.id || x.name != y.name || x.text != y.text || x.is_error != y.is_error ||
            x.is_json != y.is_json || !same(x.blocks, y.blocks))
            return false;
    }
    return same(a.attachments, b.attachments);
}

}  // namespace

TEST_CASE("Every talk comes back from its text as it was", "[EX-08]") {
    for (unsigned seed = 0; seed < 500; ++seed) {
        const std::vector<message> talk = any_history(seed).make();
        const std::string text = haft::to_json(talk);
        const haft::result<std::vector<message>> back = haft::read_history(text);
        INFO(text);
        if (!back) FAIL(back.error().text());
        REQUIRE(back->size() == talk.size());
        for (std::size_t i = 0; i < talk.size(); ++i) REQUIRE(same((*back)[i], talk[i]));
        REQUIRE(haft::to_json(*back) == text);
    }
}

TEST_CASE("A history that is not whole or not ours is refused, with the place", "[EX-08]") {
    const auto refused = [](std::string_view text) {
        const auto back = haft::read_history(text);
        REQUIRE_FALSE(back);
        CHECK(back.error().code == haft::errc::bad_history);
        return back.error().text();
    };
    const auto has = [](const std::string& text, std::string_view part) {
        INFO(text);
        CHECK(text.find(part) != std::string::npos);
    };
    has(refused("{"), "haft-E0201");
    has(refused("{}"), "haft_history");
    has(refused(R"({"haft_history":2,"messages":[]})"), "/haft_history");
    has(refused(R"({"haft_history":1,"messages":[{"role":"usr","text":""}]})"), "/messages/0/role");
    has(refused(R"({"haft_history":1,"messages":[{"role":"user","text":"","texts":1}]})"), "texts");
    has(refused(R"({"haft_history":1,"messages":[{"role":"user","text":"","calls":[]}]})"),
        "/messages/0/calls: only an assistant");
    has(refused(R"({"haft_history":1,"messages":[{"role":"user","text":"","answers":[]}]})"), "only the role tool");
    const auto block = [&](std::string_view one) {
        return refused(R"({"haft_history":1,"messages":[{"role":"user","text":"","attachments":[)" + std::string(one) +
                       "]}]}");
    };
    has(block(R"({"type":"image","data":"AA","mime_type":"image/png"})"),
        "/messages/0/attachments/0/data: expected base64");
    has(block(R"({"type":"image","mime_type":"image/png"})"), "\"data\" is missing");
    has(block(R"({"type":"text","text":"a","uri":"b"})"),
        "/attachments/0/uri: a block of this type has no such member");
    has(block(R"({"type":"resource","uri":"a","mime_type":"","text":"a","data":""})"), "not both");
}

TEST_CASE("Base64 is read back as it is written, and no other", "[EX-08]") {
    std::string out;
    for (const char* const text : {"", "YQ==", "YWI=", "YWJj", "//8="}) {
        out.clear();
        REQUIRE(haft::append_base64_bytes(out, text));
        std::string again;
        haft::append_base64(again, out);
        CHECK(again == text);
    }
    out = "kept";
    for (const char* const text : {"YQ", "YQ=", "Y===", "=YQ=", "YR==", "YWJ=", "Y Q=", "YWI=YWI=", "YQ==YQ==", "Y-Q="})
        CHECK_FALSE(haft::append_base64_bytes(out, text));
    CHECK(out == "kept");
}
