// SPDX-License-Identifier: BSL-1.0
// The kinds around a model: collectors of context, formatters of output, caches, sessions.
#include <haft/model/context_collector.hpp>
#include <haft/model/output_formatter.hpp>
#include <haft/model/request_cache.hpp>
#include <haft/model/session.hpp>
#include <haft/registry/registry.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>
#include <vector>

namespace {

using haft::role;

haft::message said(role by, std::string text) { return {.role = by, .text = std::move(text)}; }
haft::message called(std::string id) { return {.role = role::assistant, .calls = {{std::move(id), "t", "{}"}}}; }
haft::message answered(std::string id) {
    return {.role = role::tool, .answers = {{.id = std::move(id), .name = "t", .text = "1"}}};
}

/// Each message is one token.
haft::drop_oldest by_count(unsigned keep) {
    return haft::drop_oldest(
        {.start_percent = 80, .keep_percent = keep, .tokens = [](const haft::message&) { return std::uint64_t{1}; }});
}
std::string shape(const std::vector<haft::message>& all) {
    std::string out;
    for (const haft::message& m : all)
        out += m.role == role::system ? 's'
               : m.role == role::user ? 'u'
               : m.role == role::tool ? 't'
               : m.calls.empty()      ? 'a'
                                      : 'c';
    return out;
}

/// Gives whole words only, in capitals where `loud`.
struct words final : haft::output_formatter {
    words(int at, char mark) : order(at), sign(mark) {}
    int order;
    char sign;
    std::string kept;
    int priority() const override { return order; }
    std::string process_chunk(std::string_view chunk) override {
        kept += chunk;
        const std::size_t end = kept.rfind(' ');
        if (end == std::string::npos) return {};
        std::string out = kept.substr(0, end + 1);
        kept.erase(0, end + 1);
        return sign + out;
    }
    std::string flush() override { return kept.empty() ? "" : sign + std::exchange(kept, {}); }
    void reset() override { kept.clear(); }
};

}  // namespace

TEST_CASE("The oldest messages go when a talk is too full, until it is as empty as wanted", "[MP-05]") {
    haft::drop_oldest collector = by_count(50);
    CHECK_FALSE(collector.should_collect({}, {7, 10}));
    CHECK(collector.should_collect({}, {8, 10}));
    CHECK_FALSE(collector.should_collect({}, {8, 0}));
    CHECK_FALSE(collector.should_collect({}, {1239, 1550}));
    CHECK(collector.should_collect({}, {1240, 1550}));
    std::vector<haft::message> talk;
    for (int i = 0; i < 4; ++i)
        talk.push_back(said(role::user, std::to_string(i))), talk.push_back(said(role::assistant, "a"));
    const auto out = collector.collect(talk, {8, 10});
    REQUIRE(out);
    CHECK(shape(out->messages) == "auaua");
    CHECK(out->dropped == 3);
    CHECK(out->notes == std::vector<std::string>{"dropped the 3 oldest messages"});
    CHECK(collector.collect(talk, {8, 100})->dropped == 0);
    CHECK(collector.collect(talk, {52, 100})->dropped == 2);  // somebody has measured more than there seems to be
}

TEST_CASE("Calls go with their answers, system messages stay, and so does what a model is to reply to", "[MP-05]") {
    const std::vector<haft::message> talk = {
        said(role::system, "s"), said(role::user, "u"),      called("1"),          answered("1"), called("2"),
        answered("2"),           said(role::assistant, "a"), said(role::user, "u")};
    CHECK(shape(by_count(60).collect(talk, {8, 10})->messages) == "sctau");  // 8 -> 6 would part call 1 from its answer
    CHECK(shape(by_count(0).collect(talk, {8, 10})->messages) == "su");
    std::vector<haft::message> working = {said(role::assistant, "a"), called("1"), answered("1")};
    CHECK(shape(by_count(0).collect(working, {3, 3})->messages) == "ct");
    CHECK(shape(by_count(0).collect({}, {3, 3})->messages).empty());
    CHECK(shape(by_count(100).collect({answered("lost"), said(role::user, "u")}, {2, 10})->messages) == "u");
}

TEST_CASE("Tokens are estimated of all that a message holds", "[MP-05]") {
    CHECK(haft::estimated_tokens(said(role::user, "12345678")) == 6);
    haft::message m = called("1");
    m.calls[0].arguments = std::string(41, ' ');
    CHECK(haft::estimated_tokens(m) == 15);
    m.attachments.push_back(std::string(40, 'x'));
    CHECK(haft::estimated_tokens(m) == 25);
    haft::message answer = answered("1");
    CHECK(haft::estimated_tokens(answer) == 5);
    answer.answers[0].text = std::string(80, 'x');
    CHECK(haft::estimated_tokens(answer) == 24);
    answer.answers[0].blocks.push_back(std::string(40, 'x'));
    CHECK(haft::estimated_tokens(answer) == 34);
}

TEST_CASE("Text passes through all formatters, by priority, and what each keeps back comes through the rest",
          "[MP-05]") {
    haft::registry_of<haft::output_formatter> all;
    const auto late = all.add("a", std::make_shared<words>(10, '>'));
    const auto early = all.add("b", std::make_shared<words>(-1, '*'));
    haft::formatter_pipeline pipeline(all);
    CHECK(pipeline.process_chunk("Hel") == "");
    CHECK(pipeline.process_chunk("lo wor") == ">*Hello ");
    CHECK(pipeline.flush() == ">*wor");
    CHECK(pipeline.process_chunk("lost") == "");
    pipeline.reset();
    CHECK(pipeline.flush() == "");
    CHECK(haft::formatter_pipeline().process_chunk("as it is") == "as it is");
}

TEST_CASE("A cache readies a request: OpenAI's key of what it begins with", "[MP-05]") {
    haft::toolset tools;
    tools.add("a", "A", [] { return 1; });
    const haft::formats::name_map names(tools);
    haft::prompt_cache_key cache;
    const auto key = [&](const char* system, const haft::formats::name_map* map, const char* text,
                         std::string options = {}) {
        haft::model_request request;
        request.system = system;
        request.tools = map;
        request.messages = {said(role::user, text)};
        request.options = std::move(options);
        REQUIRE(cache.prepare_request({.id = "m"}, request));
        return request.options;
    };
    const std::string first = key("s", &names, "one");
    CHECK(first.starts_with("{\"prompt_cache_key\":\"haft-"));
    CHECK(key("s", &names, "two") == first);
    CHECK(key("other", &names, "one") != first);
    CHECK(key("s", nullptr, "one") != first);
    CHECK(key("s", nullptr, "one", R"({"prompt_cache_key":"mine"})") == R"({"prompt_cache_key":"mine"})");
    haft::model_request bad;
    bad.options = "[";
    CHECK(cache.prepare_request({}, bad).error().code == haft::errc::bad_request);
}

TEST_CASE("Sessions are kept, listed, loaded and removed", "[MP-05]") {
    haft::memory_sessions store;
    REQUIRE(store.save({.id = "b", .messages = {said(role::user, "hi")}}));
    REQUIRE(store.save({.id = "a"}));
    REQUIRE(store.save({.id = "a", .model = "m"}));
    CHECK(store.list() == std::vector<std::string>{"a", "b"});
    CHECK(store.load("a")->model == "m");
    CHECK(store.load("b")->messages[0].text == "hi");
    CHECK(store.load("c").error().code == haft::errc::unknown_name);
    CHECK(store.remove("a"));
    CHECK(store.remove("a").error().text() == "no session has the id \"a\" [haft-E0282]");
    CHECK(store.save({}).error().code == haft::errc::bad_name);
}

TEST_CASE("All of these are kinds: registered by name, brought by owners", "[MP-05]") {
    haft::registry r;
    haft::owner o;
    o.name = "jaato";
    o.parts = {haft::part_of<haft::context_collector>("truncate", std::make_shared<haft::drop_oldest>()),
               haft::part_of<haft::output_formatter>("words", std::make_shared<words>(0, '>')),
               haft::part_of<haft::request_cache>("openai", std::make_shared<haft::prompt_cache_key>()),
               haft::part_of<haft::session_store>("memory", std::make_shared<haft::memory_sessions>())};
    REQUIRE(r.add(o));
    REQUIRE(r.expose("jaato"));
    CHECK(r.get<haft::registry_of<haft::context_collector>>().find("truncate"));
    CHECK(r.get<haft::registry_of<haft::output_formatter>>().find("words"));
    CHECK(r.get<haft::registry_of<haft::request_cache>>().find("openai"));
    CHECK(r.get<haft::registry_of<haft::session_store>>().find("memory"));
    CHECK(r.get<haft::registry_of<haft::context_collector>>().get("truncat").error().text() ==
          "no context collector is named \"truncat\"; did you mean \"truncate\"?; there are truncate [haft-E0282]");
}
