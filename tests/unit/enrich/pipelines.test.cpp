// SPDX-License-Identifier: BSL-1.0
// The three pipelines: who takes part, in which order, what comes of a text, and of those who fail.
#include <haft/enrich/enrich_answer.hpp>
#include <haft/enrich/enrichment_set.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

struct references {
    static constexpr int prompt_order = haft::enrichment_order::references;
    static constexpr int result_order = haft::enrichment_order::references;
    std::string name = "references";
    haft::enrichment enrich_prompt(std::string_view prompt) const {
        return {.text = std::string(prompt) + " +references", .metadata_json = R"({"mentioned" : ["a b"]})"};
    }
    haft::enrichment enrich_tool_result(std::string_view tool, std::string_view text) const {
        return {.text = std::string(text) + " +" + std::string(tool)};
    }
};

struct session {
    static constexpr int prompt_order = haft::enrichment_order::session;
    std::string_view name() const { return "session"; }
    std::string enrich_prompt(const std::string& prompt) { return prompt + " +session"; }
};

struct templates {
    static constexpr std::string_view name = "template";
    static constexpr int system_order = 40;
    haft::enrichment enrich_system_instructions(std::string text) {
        return {.text = text + " +template", .metadata_json = R"({"extracted_count":2})"};
    }
    haft::result<std::string> enrich_tool_result(const std::string&, const std::string& text,
                                                 const std::string& arguments) {
        return text + " +" + arguments;
    }
};

struct plain {
    const char* enrich_prompt(std::string_view) { return "plain"; }
};

struct everywhere {
    static constexpr int prompt_order = 80;
    static constexpr int system_order = 10;
    std::string enrich_prompt(std::string_view t) { return std::string(t) + "b"; }
    std::string enrich_system_instructions(std::string_view t) { return std::string(t) + "b"; }
    std::string enrich_tool_result(std::string_view, std::string_view t) { return std::string(t) + "b"; }
};

haft::enricher adds(std::string name, std::string what, int order = 50) {
    return haft::prompt_enricher(
        std::move(name), [what](std::string_view text) { return std::string(text) + what; }, order);
}

std::string names(const haft::enrichment_set& of, haft::enrichment_pipeline in) {
    std::string out;
    for (const haft::enrichment_row& row : of.rows(in))
        out.append(out.empty() ? "" : " ").append(row.name).append(":").append(std::to_string(row.order));
    return out;
}

}  // namespace

// --- EN-01

static_assert(haft::enriches_prompt<references> && haft::enriches_prompt<session> && haft::enriches_prompt<plain>);
static_assert(!haft::enriches_prompt<templates> && haft::enriches_system_instructions<templates>);
static_assert(haft::enriches_tool_result<references> && haft::enriches_tool_result<templates>);
static_assert(!haft::enriches_tool_result<session> && !haft::enriches_system_instructions<session>);

TEST_CASE("There are three pipelines, and a class takes part in those whose member it has", "[EN-01]") {
    haft::enrichment_set all;
    const auto a = all.add(references{});
    const auto b = all.add(std::make_shared<templates>());
    const auto c = all.add(session{}, {.owner = "me"});
    REQUIRE(a);
    REQUIRE(b);
    REQUIRE(c);
    CHECK(names(all, haft::enrichment_pipeline::prompt) == "references:20 session:90");
    CHECK(names(all, haft::enrichment_pipeline::system_instructions) == "template:40");
    CHECK(names(all, haft::enrichment_pipeline::tool_result) == "references:20 template:50");
    CHECK(all.rows(haft::enrichment_pipeline::prompt)[1].owner == "me");
    haft::enrichment_set owned;
    const auto d = owned.add(plain{}, {.owner = "me"});
    CHECK(names(owned, haft::enrichment_pipeline::prompt) == "me:50");  // who has no name has its owner's

    CHECK(all.enrich_prompt("hi").text == "hi +references +session");
    CHECK(all.enrich_system_instructions("be good").text == "be good +template");
    CHECK(all.enrich_tool_result("read", "42", R"({"path":"x"})").text == R"(42 +read +{"path":"x"})");
}

TEST_CASE("An enricher can be made of one function for each pipeline", "[EN-01]") {
    haft::enrichment_set all;
    const auto a = all.add(adds("p", "!"));
    const auto b = all.add(haft::system_enricher(
        "s", [](const std::string& t) -> haft::result<haft::enrichment> { return haft::enrichment{.text = t + "?"}; }));
    const auto c = all.add(haft::result_enricher(
        "r", [](std::string_view tool, std::string_view text) { return std::string(tool) + "=" + std::string(text); }));
    const auto d = all.add(haft::result_enricher(
        "q",
        [](std::string_view, std::string_view text, std::string_view with) { return std::string(text).append(with); },
        10));
    CHECK(all.enrich_prompt("a").text == "a!");
    CHECK(all.enrich_system_instructions("a").text == "a?");
    CHECK(all.enrich_tool_result("t", "a").text == "t=a{}");
}

// --- EN-02

TEST_CASE("Lower orders run first, who says nothing is at 50, and of equal ones who was added first", "[EN-02]") {
    haft::enrichment_set all;
    const auto a = all.add(session{});
    const auto b = all.add(adds("first at 50", "1"));
    const auto c = all.add(plain{}, {.name = "plain"});
    const auto d = all.add(adds("third at 50", "3"));
    const auto e = all.add(references{});
    CHECK(names(all, haft::enrichment_pipeline::prompt) ==
          "references:20 first at 50:50 plain:50 third at 50:50 session:90");
    CHECK(all.enrich_prompt("x").text == "plain3 +session");
}

TEST_CASE("There is one order for each pipeline, and who adds an object may say another", "[EN-02]") {
    haft::enrichment_set all;
    const auto a = all.add(everywhere{}, {.name = "b", .result_order = 7});
    CHECK(names(all, haft::enrichment_pipeline::prompt) == "b:80");
    CHECK(names(all, haft::enrichment_pipeline::system_instructions) == "b:10");
    CHECK(names(all, haft::enrichment_pipeline::tool_result) == "b:7");
    const auto c = all.add(adds("c", "c"), {.prompt_order = 90});
    CHECK(all.enrich_prompt("").text == "bc");
}

TEST_CASE("The standard slots are jaato's", "[EN-02]") {
    CHECK(haft::enrichment_order::references == 20);
    CHECK(haft::enrichment_order::templates == 40);
    CHECK(haft::enrichment_order::multimodal == 60);
    CHECK(haft::enrichment_order::memory == 80);
    CHECK(haft::enrichment_order::session == 90);
    CHECK(haft::enrichment_order::otherwise == 50);
}

// --- EN-03

TEST_CASE("Metadata stands under the enricher's name, in the order of the run; what is empty is left out", "[EN-03]") {
    haft::enrichment_set all;
    const auto silent = all.add(adds("silent", ""), {.prompt_order = 1});
    haft::enricher empty = adds("empty", "");
    empty.prompt = [](const std::string& t) { return haft::enrichment{.text = t, .metadata_json = " { } "}; };
    const auto b = all.add(empty, {.prompt_order = 2});
    haft::enricher odd = adds("odd \"name\"", "");
    odd.prompt = [](const std::string& t) { return haft::enrichment{.text = t, .metadata_json = "{\"n\": 1}"}; };
    const auto c = all.add(odd);
    const auto d = all.add(references{});
    CHECK(all.enrich_prompt("x").metadata_json == R"({"references":{"mentioned":["a b"]},"odd \"name\"":{"n":1}})");
    CHECK(all.enrich_tool_result("t", "x").metadata_json.empty());
    CHECK(haft::enrichment_set().enrich_prompt("x").text == "x");
}

TEST_CASE("Each enricher sees what the one before has left, and each change is told", "[EN-03][EN-06]") {
    haft::enrichment_set all;
    const auto a = all.add(adds("a", "1"), {.prompt_order = 1});
    const auto same = all.add(adds("same", ""), {.prompt_order = 2});
    haft::enricher speaks = adds("speaks", "");
    speaks.prompt = [](const std::string& t) { return haft::enrichment{.text = t + t, .message = "said it twice"}; };
    const auto b = all.add(speaks, {.prompt_order = 3});
    std::vector<std::string> told;
    const haft::enriched out = all.enrich_prompt(
        "0", {.on_change = [&](const haft::enrichment_change& c) {
            told.push_back(std::string(c.who) + "|" + std::string(name_of(c.target)) + "|" +
                           std::to_string(c.size_before) + "|" + std::to_string(c.size) + "|" + std::string(c.message));
        }});
    CHECK(out.text == "0101");
    CHECK(out.changed_by == std::vector<std::string>{"a", "speaks"});
    CHECK(told == std::vector<std::string>{"a|prompt|1|2|prompt: 1 -> 2 bytes", "speaks|prompt|2|4|said it twice"});
}

// --- EN-05

TEST_CASE("Who throws or gives an error is skipped, the text is unchanged, and the failure is reported", "[EN-05]") {
    haft::enrichment_set all;
    const auto a = all.add(adds("a", "1"), {.prompt_order = 1});
    haft::enricher thrower{.name = "thrower"};
    thrower.prompt = [](const std::string&) -> haft::result<haft::enrichment> { throw std::runtime_error("no disk"); };
    const auto b = all.add(thrower, {.prompt_order = 2});
    haft::enricher refuser{.name = "refuser"};
    refuser.prompt = [](const std::string&) -> haft::result<haft::enrichment> {
        return haft::error{.message = "no such thing"};
    };
    const auto c = all.add(refuser, {.prompt_order = 3});
    haft::enricher odd{.name = "odd"};
    odd.prompt = [](const std::string&) -> haft::result<haft::enrichment> { throw 7; };
    const auto d = all.add(odd, {.prompt_order = 4});
    const auto e = all.add(adds("e", "2"), {.prompt_order = 5});
    const auto f = all.add(haft::prompt_enricher(
        "of texts", [](std::string_view) -> haft::result<std::string> { return haft::error{.message = "no text"}; }, 6));
    const haft::enriched out = all.enrich_prompt("0");
    CHECK(out.text == "012");
    REQUIRE(out.failures.size() == 4);
    CHECK(out.failures[3].message.ends_with("and was skipped: no text"));
    CHECK(out.failures[0].text() ==
          "the enricher \"thrower\" failed on the prompt, and was skipped: no disk [haft-E0310]");
    CHECK(out.failures[0].cause);
    CHECK(out.failures[1].text() ==
          "the enricher \"refuser\" failed on the prompt, and was skipped: no such thing [haft-E0310]");
    CHECK(out.failures[2].message.ends_with("an exception that is no std::exception"));
    CHECK(out.changed_by == std::vector<std::string>{"a", "e"});
}

TEST_CASE("Metadata that is no JSON object is refused, and its enricher's text with it", "[EN-05][EN-03]") {
    for (const std::string bad : {"[1]", "{", "nothing", "{} {}", "1"}) {
        haft::enrichment_set all;
        haft::enricher liar{.name = "liar"};
        liar.system_instructions = [&](const std::string& t) {
            return haft::enrichment{.text = t + "!", .metadata_json = bad};
        };
        const auto a = all.add(liar);
        const haft::enriched out = all.enrich_system_instructions("text");
        CHECK(out.text == "text");
        CHECK(out.metadata_json.empty());
        REQUIRE(out.failures.size() == 1);
        CHECK(out.failures[0].code == haft::errc::bad_metadata);
        CHECK(out.failures[0].text() ==
              "the enricher \"liar\" gave for the system instructions metadata that is no JSON object, and was "
              "skipped: \"" +
                  bad + "\" [haft-E0311]");
    }
}

TEST_CASE("Results are enriched by members of both arities", "[EN-05]") {
    struct two {
        std::string enrich_tool_result(const std::string& name, const std::string& text) { return name + text; }
    };
    struct three {
        std::string enrich_tool_result(std::string_view, std::string_view text, std::string_view arguments) {
            return std::string(text).append(arguments);
        }
    };
    struct both : two, three {
        using three::enrich_tool_result;
        using two::enrich_tool_result;
    };
    haft::enrichment_set all;
    const auto a = all.add(two{}, {.name = "two"});
    const auto b = all.add(three{}, {.name = "three"});
    CHECK(all.enrich_tool_result("t", "-", "{1}").text == "t-{1}");
    haft::enrichment_set other;
    const auto c = other.add(both{}, {.name = "both"});
    CHECK(other.enrich_tool_result("t", "-", "{1}").text == "-{1}");
}

TEST_CASE("The answer to a call is enriched, and no longer JSON where its text was changed", "[EN-01]") {
    haft::enrichment_set all;
    const haft::tool_call call{"1", "read", "{\"a\":1}"};
    haft::tool_answer untouched{.id = "1", .name = "read", .text = "42", .is_json = true};
    CHECK(haft::enrich_answer(all, untouched, call).changed_by.empty());
    CHECK((untouched.text == "42" && untouched.is_json));

    const auto a = all.add(templates{});
    haft::tool_answer answer{.id = "1", .name = "read", .text = "42", .is_json = true};
    const haft::enriched done = haft::enrich_answer(all, answer, call);
    CHECK(answer.text == "42 +{\"a\":1}");
    CHECK_FALSE(answer.is_json);
    CHECK(done.changed_by == std::vector<std::string>{"template"});

    haft::tool_answer picture{.id = "1", .name = "read", .text = "", .blocks = {haft::image{"x"}}};
    haft::enrich_answer(all, picture, call);
    CHECK(picture.text.empty());
}

// --- the place

TEST_CASE("What has no name, no function, or a name that is taken is refused", "[EN-03]") {
    haft::enrichment_set all;
    CHECK(all.add(plain{}).error().text() ==
          "an enricher needs a name, under which its metadata stands: give its class a member `name`, or say it in the "
          "options [haft-E0312]");
    CHECK(all.add(haft::enricher{.name = "idle"}).error().text() ==
          "the enricher \"idle\" takes part in no pipeline: it has no function [haft-E0312]");
    CHECK(all.add(std::shared_ptr<references>()).error().code == haft::errc::bad_enricher);
    const auto first = all.add(references{}, {.owner = "one"});
    CHECK(all.add(references{}, {.owner = "two"}).error().text() ==
          "an enricher named \"references\" is there already, from one; the second, from two, was not added "
          "[haft-E0281]");
    CHECK(all.add(references{}, {.name = "references_2"}));
}

TEST_CASE("An enricher takes part as long as its handle lasts, and a run ends with those it began with", "[EN-02]") {
    haft::enrichment_set all;
    haft::enrichment_set* const there = &all;
    haft::result<haft::enlistment> b = all.add(adds("b", "b"), {.prompt_order = 2});
    REQUIRE(b);
    haft::enricher first = adds("a", "a");
    first.prompt = [&](const std::string& t) {
        b->withdraw();
        static_cast<void>(there->rows(haft::enrichment_pipeline::prompt));  // nothing is locked
        return haft::enrichment{.text = t + "a"};
    };
    const auto a = all.add(first, {.prompt_order = 1});
    CHECK(all.enrich_prompt("").text == "ab");
    CHECK(all.enrich_prompt("").text == "a");

    haft::enlistment kept;
    {
        haft::enrichment_set gone;
        kept = *gone.add(references{});
    }
    kept.withdraw();
}

TEST_CASE("Texts are enriched on several threads while enrichers come and go", "[EN-02]") {
    haft::enrichment_set all;
    const auto a = all.add(adds("a", "a"));
    std::atomic<bool> stop = false;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i)
        threads.emplace_back([&] {
            while (!stop) {
                const std::string text = all.enrich_prompt("").text;
                if (text != "a" && text != "ab") ++wrong;
            }
        });
    for (int i = 0; i < 200; ++i) {
        const auto b = all.add(adds("b", "b"));
        if (!b) ++wrong;
    }
    stop = true;
    for (std::thread& t : threads) t.join();
    CHECK(wrong == 0);
}
