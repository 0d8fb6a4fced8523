// SPDX-License-Identifier: BSL-1.0
// A talk with a model that calls tools: model, runner, hooks and enrichers together.
#include <haft/registry/registry.hpp>
#include <haft/run/call_hooks.hpp>
#include <haft/talk/conversation.hpp>

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <support/scripted_model.hpp>

using haft::message;
using haft::role;
using haft::turn_state;
using haft_test::calls;
using haft_test::says;
using haft_test::scripted_model;

namespace {

struct city {
    std::string name;
};

struct fixture {
    haft::registry registry;
    std::vector<std::string> called;
    bool paid = false;

    fixture() {
        REQUIRE(registry.add_tool("weather", {.description = "Tells the weather"}, [this](const city& c) {
            called.push_back("weather " + c.name);
            return "sunny in " + c.name;
        }));
        REQUIRE(registry.add_tool("pay", {.description = "Pays"}, [this](const city&) -> haft::result<std::string> {
            if (!paid) return haft::paused("the boss has to agree");
            return std::string("paid");
        }));
        REQUIRE(registry.add_tool("broken", {.description = "Breaks"},
                                  [](const city&) -> int { throw std::runtime_error("it broke"); }));
    }
    template <class Point, class F>
    void hook(F f) {
        auto held = registry.get<haft::hook_set>().add<Point>(std::move(f));
        REQUIRE(held);
        held->keep();
    }
};

}  // namespace

TEST_CASE("A model asks for a tool, is told what it gave, and replies", "[EX-06][IO-07]") {
    fixture f;
    haft::call_runner runner(f.registry);
    scripted_model model({calls({{"c1", "weather", R"({"name":"Paris"})"}}), says("It is sunny")});
    haft::conversation talk(f.registry.all_kinds(), model, runner, {.system = "Be brief"});
    const haft::turn_end end = talk.say("Weather in Paris?");
    REQUIRE(end.state == turn_state::finished);
    CHECK(end.reply.text == "It is sunny");
    CHECK(f.called == std::vector<std::string>{"weather Paris"});
    REQUIRE(model.requests().size() == 2);
    CHECK(model.requests()[0].system == "Be brief");
    CHECK(model.requests()[0].tools == std::vector<std::string>{"weather", "pay", "broken"});
    REQUIRE(model.requests()[1].messages.size() == 3);
    CHECK(model.requests()[1].messages[2].answers.at(0).text == "sunny in Paris");
    CHECK(talk.history().size() == 4);
    CHECK(talk.say("Thanks").state == turn_state::failed);  // the script is at its end
    CHECK(talk.history().back().text == "Thanks");
}

TEST_CASE("Errors of tools, and tools that are not there, are answers that the model sees", "[IO-07][EX-04]") {
    fixture f;
    haft::call_runner runner(f.registry);
    scripted_model model({calls({{"c1", "broken", R"({"name":"x"})"}, {"c2", "wether", "{}"}, {"c3", "weather", "{}"}}),
                          says("I give up")});
    haft::conversation talk(f.registry.all_kinds(), model, runner);
    CHECK(talk.say("Go").state == turn_state::finished);
    const std::vector<haft::tool_answer>& answers = talk.history().at(2).answers;
    REQUIRE(answers.size() == 3);
    CHECK(answers[0].text == "Error: it broke [haft-E0210]");
    CHECK(answers[1].text.find("did you mean \"weather\"") != std::string::npos);
    CHECK(answers[2].text.find("/name") != std::string::npos);
    CHECK(f.called.empty());
}

TEST_CASE("A conversation that was paused goes on in another one, made of its history", "[EX-08]") {
    fixture f;
    haft::call_runner runner(f.registry);
    scripted_model model({calls({{"c1", "weather", R"({"name":"Rome"})"}, {"c2", "pay", R"({"name":"Rome"})"}}),
                          says("Paid, and sunny")});
    std::vector<message> stored;
    {
        haft::conversation talk(f.registry.all_kinds(), model, runner);
        const haft::turn_end end = talk.say("Pay for the trip to Rome");
        REQUIRE(end.state == turn_state::paused);
        REQUIRE(end.paused.size() == 1);
        CHECK(end.paused[0].reason == "the boss has to agree");
        stored = talk.history();
    }
    f.paid = true;
    haft::conversation later(f.registry.all_kinds(), model, runner, {.history = stored});
    const haft::turn_end end = later.go_on();
    REQUIRE(end.state == turn_state::finished);
    CHECK(end.reply.text == "Paid, and sunny");
    CHECK(f.called == std::vector<std::string>{"weather Rome"});  // only once
    CHECK(later.history().at(2).answers.size() == 2);
    CHECK(later.go_on().state == turn_state::finished);  // nothing is left to do
    CHECK(model.requests().size() == 2);
}

TEST_CASE("A session has a begin and one end, and hooks may speak first", "[HK-01]") {
    fixture f;
    int ends = 0;
    std::size_t log = 0;
    f.hook<haft::session_start>([](const haft::session_start::data& d) {
        return message{.role = role::system,
                       .text = "in " + d.workspace + " after " + std::to_string(d.initial.size())};
    });
    f.hook<haft::session_end>([&](const haft::session_end::data& d) {
        ++ends;
        log = d.log->size();
    });
    haft::call_runner runner(f.registry);
    scripted_model model({says("Hi")});
    {
        haft::conversation talk(f.registry.all_kinds(), model, runner,
                                {.history = {{.role = role::user, .text = "before"}}, .workspace = "/w"});
        REQUIRE(talk.history().size() == 2);
        CHECK(talk.history()[1].text == "in /w after 1");
        CHECK(talk.say("Hello").state == turn_state::finished);
        talk.end();
        talk.end();
        CHECK(talk.say("More").problem->text() == "the session is over; begin another one [haft-E0375]");
    }
    CHECK(ends == 1);
    CHECK(log == 4);
}

TEST_CASE("A hook that ends the session ends it, and nothing said is lost", "[HK-07]") {
    fixture f;
    f.hook<haft::generation_post>([] { throw haft::session_complete("all is done"); });
    haft::call_runner runner(f.registry);
    scripted_model model({says("Hi")});
    haft::conversation talk(f.registry.all_kinds(), model, runner);
    const haft::turn_end end = talk.say("Hello");
    CHECK(end.session_complete);
    CHECK(end.reply.text == "all is done");
    CHECK(talk.ended());
    REQUIRE(talk.history().size() == 1);
    CHECK(talk.history()[0].text == "Hello");
}

TEST_CASE("A hook at a call may end the session too, once the calls have their answers", "[HK-07][IO-07]") {
    fixture f;
    f.hook<haft::tool_post_execute>([] { throw haft::session_complete("all is done"); });
    haft::call_runner runner(f.registry);
    haft::fire_hooks(runner, f.registry.get<haft::hook_set>());
    scripted_model model({calls({{"c1", "weather", R"({"name":"Rome"})"}})});
    haft::conversation talk(f.registry.all_kinds(), model, runner);
    const haft::turn_end end = talk.say("Weather?");
    CHECK(end.state == turn_state::finished);
    CHECK(model.requests().size() == 1);  // and it is not asked again
    CHECK(end.session_complete);
    CHECK(end.reply.text == "all is done");
    CHECK(talk.ended());
    REQUIRE(talk.history().size() == 3);
    CHECK(talk.history()[2].answers.at(0).text == "sunny in Rome");
}

TEST_CASE("Two hooks that end the session, one at a call and one at its end, lose nothing of the talk", "[HK-07]") {
    fixture f;
    f.hook<haft::tool_post_execute>([] { throw haft::session_complete("all is done"); });
    f.hook<haft::session_end>([] { throw haft::session_complete("twice"); });
    haft::call_runner runner(f.registry);
    haft::fire_hooks(runner, f.registry.get<haft::hook_set>());
    scripted_model model({calls({{"c1", "weather", R"({"name":"Rome"})"}})});
    haft::conversation talk(f.registry.all_kinds(), model, runner);
    CHECK(talk.say("Weather?").session_complete);
    CHECK(talk.history().size() == 3);
}

TEST_CASE("A callback with a bug loses nothing: the calls that were made have their answers and are not made again",
          "[IO-07][EX-03]") {
    fixture f;
    haft::call_runner runner(f.registry);
    bool broken = true;
    runner.after([&](const haft::running_call&, const haft::call_outcome&) {
        if (broken) throw std::runtime_error("a bug");
    });
    scripted_model model({calls({{"c1", "weather", R"({"name":"Rome"})"}}), says("Sunny")});
    haft::conversation talk(f.registry.all_kinds(), model, runner);
    CHECK_THROWS_AS(talk.say("Weather?"), haft::run_failed);
    broken = false;
    const haft::turn_end end = talk.go_on();
    CHECK(end.reply.text == "Sunny");
    CHECK(f.called == std::vector<std::string>{"weather Rome"});
    CHECK(talk.history().at(2).answers.at(0).text == "sunny in Rome");
}

TEST_CASE("What is said while calls are paused stands before them, and they are made all the same", "[EX-08][IO-07]") {
    fixture f;
    f.paid = true;
    f.hook<haft::session_start>([] { return message{.role = role::system, .text = "welcome back"}; });
    haft::call_runner runner(f.registry);
    scripted_model model({says("Done")});
    haft::conversation talk(f.registry.all_kinds(), model, runner,
                            {.history = {{.role = role::user, .text = "Pay"},
                                         {.role = role::assistant, .calls = {{"c1", "pay", R"({"name":"x"})"}}}}});
    talk.append({{.role = role::system, .text = "by the way"}});
    CHECK(talk.go_on().reply.text == "Done");
    REQUIRE(talk.history().size() == 6);
    CHECK(talk.history()[1].text == "welcome back");
    CHECK(talk.history()[2].text == "by the way");
    CHECK(talk.history()[4].answers.at(0).text == "paid");
}

TEST_CASE("A history with calls in its midst that nobody answered is mended before a provider sees it", "[IO-07]") {
    fixture f;
    haft::call_runner runner(f.registry);
    scripted_model model({says("Hi")});
    message stray{.role = role::tool};
    stray.answers.push_back({"c9", "weather", "of no call"});
    haft::conversation talk(f.registry.all_kinds(), model, runner,
                            {.history = {{.role = role::user, .text = "Go"},
                                         stray,
                                         {.role = role::assistant, .calls = {{"c1", "weather", "{}"}}},
                                         {.role = role::user, .text = "Never mind"}}});
    CHECK(talk.say("Hello").state == turn_state::finished);
    const std::vector<message> sent = model.requests().at(0).messages;
    REQUIRE(sent.size() == 5);
    CHECK(sent[1].role == role::assistant);
    CHECK(sent[2].answers.at(0).text == "Error: the call was not made: the talk went on without it");
}

TEST_CASE("A model or a collector that throws is an error, and the talk stays", "[MP-05]") {
    struct thrower final : haft::model {
        haft::model_info about{.id = "thrower"};
        const haft::model_info& info() const override { return about; }
        haft::result<haft::model_reply> ask(const haft::model_request&, haft::model_listener*) override {
            throw std::runtime_error("no line");
        }
    } model;
    struct bad_collector final : haft::context_collector {
        bool should_collect(const std::vector<message>&, haft::context_use) const override {
            throw std::runtime_error("no idea");
        }
        haft::result<haft::collected_context> collect(std::vector<message>, haft::context_use) override {
            return haft::collected_context{};
        }
    };
    fixture f;
    std::string told;
    const auto held =
        f.registry.get<haft::registry_of<haft::context_collector>>().add("bad", std::make_shared<bad_collector>());
    haft::call_runner runner(f.registry);
    haft::conversation talk(f.registry.all_kinds(), model, runner,
                            {.tell = [&](const haft::error& e) { told += e.message; }});
    const haft::turn_end end = talk.say("Hello");
    REQUIRE(end.state == turn_state::failed);
    CHECK(end.problem->text() == "model \"thrower\" has thrown: no line [haft-E0324]");
    CHECK(told == "context collector \"bad\": no idea");
    CHECK(talk.history().size() == 1);
}

TEST_CASE("A hook hears a reply while it comes, and may end it", "[HK-01]") {
    fixture f;
    std::string heard, why;
    f.hook<haft::generation_chunk>([&](const haft::generation_chunk::data& d) -> haft::hook_reply {
        heard += "<" + d.text + ">";
        if (heard.find("secret") != std::string::npos) return haft::veto("that is enough");
        return {};
    });
    f.hook<haft::generation_interrupt>([&](const haft::generation_interrupt::data& d) { why = d.reason; });
    struct ear final : haft::model_listener {
        std::string text;
        void on_text(std::string_view piece) override { text += piece; }
    } listener;
    haft::call_runner runner(f.registry);
    scripted_model model({says("the secret is out"), says("fine")});
    haft::conversation talk(f.registry.all_kinds(), model, runner, {.listener = &listener});
    const haft::turn_end end = talk.say("Tell");
    CHECK(end.state == turn_state::finished);
    CHECK(heard == "<the secr><et is out>");
    CHECK(why.empty());
    CHECK(talk.say("Again").reply.text == "fine");
    CHECK(listener.text == "the secret is outfine");

    heard.clear();
    model.then(says("secret:12 and so on"));
    const haft::turn_end ended = talk.say("Once more");
    CHECK(ended.state == turn_state::interrupted);
    CHECK(why == "that is enough");
    CHECK(ended.reply.text.empty());  // what was vetoed is neither shown nor kept
    CHECK(talk.history().back().text == "Once more");
    CHECK(listener.text == "the secret is outfine");
}

TEST_CASE("A turn that is asked to stop asks no model any more; the next one is another turn", "[fault-67]") {
    fixture f;
    haft::stop_source stop;
    haft::call_runner runner(f.registry);
    runner.before([&](const haft::running_call&) { stop.request_stop(); });
    scripted_model model({calls({{"c1", "weather", R"({"name":"Rome"})"}}), says("Hi")});
    haft::conversation talk(f.registry.all_kinds(), model, runner);
    const haft::turn_end end = talk.say("Weather?", stop.token());
    CHECK(end.state == turn_state::interrupted);
    CHECK(f.called.empty());
    CHECK(model.requests().size() == 1);
    CHECK(talk.history().at(2).answers.at(0).is_error);
    CHECK(talk.say("Hello").reply.text == "Hi");
}

TEST_CASE("A model that can't do what is asked is not asked", "[MP-04]") {
    fixture f;
    haft::call_runner runner(f.registry);
    scripted_model model({says("Hi")}, {.id = "blind"});
    haft::conversation talk(f.registry.all_kinds(), model, runner);
    message picture{.role = role::user, .text = "What is this?"};
    picture.attachments.push_back(haft::image{"\x89PNG"});
    const haft::turn_end end = talk.say(std::move(picture));
    REQUIRE(end.state == turn_state::failed);
    CHECK(end.problem->text() == "model \"blind\" can't be shown \"image/png\"; it takes no attachments [haft-E0316]");
    CHECK(model.requests().empty());
}

TEST_CASE("A model without tools is offered none", "[MP-04]") {
    fixture f;
    haft::call_runner runner(f.registry);
    scripted_model model({says("Hi")}, {.id = "plain", .supports_tools = false});
    haft::conversation talk(f.registry.all_kinds(), model, runner);
    CHECK(talk.say("Hello").state == turn_state::finished);
    CHECK(model.requests().at(0).tools.empty());
}

TEST_CASE("Who makes room in a talk is asked before each turn, and hooks are told", "[MP-05][HK-10]") {
    struct last_two final : haft::context_collector {
        bool should_collect(const std::vector<message>& all, haft::context_use use) const override {
            return use.used > 20 && all.size() > 2;
        }
        haft::result<haft::collected_context> collect(std::vector<message> all, haft::context_use) override {
            haft::collected_context out;
            out.dropped = all.size() - 2;
            out.messages.assign(all.end() - 2, all.end());
            return out;
        }
    };
    fixture f;
    std::string told;
    f.hook<haft::compaction>([&](const haft::compaction::data& d) {
        told += std::to_string(d.before) + "->" + std::to_string(d.after) + " ";
    });
    const auto held =
        f.registry.get<haft::registry_of<haft::context_collector>>().add("last two", std::make_shared<last_two>());
    haft::call_runner runner(f.registry);
    scripted_model model({says("one"), says("two"), says("three")});
    haft::conversation talk(f.registry.all_kinds(), model, runner);
    for (const char* text : {"a long question, the first", "a long question, the second", "the third"})
        CHECK(talk.say(text).state == turn_state::finished);
    CHECK(told == "4->2 ");
    CHECK(talk.history().size() == 4);
}
