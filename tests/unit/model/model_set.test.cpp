// SPDX-License-Identifier: BSL-1.0
// Models by id and alias, of both kinds, from hosts, owners, steps and files.
#include <haft/model/adapters.hpp>
#include <haft/model/model_set.hpp>
#include <haft/registry/registry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <support/scripted_model.hpp>
#include <unistd.h>

namespace {

std::shared_ptr<haft::model> sync_model(std::string id) {
    return std::make_shared<haft_test::scripted_model>(std::deque<haft::result<haft::model_reply>>{haft_test::says(id)},
                                                       haft::model_info{.id = id});
}
struct silent_model final : haft::async_model {
    explicit silent_model(std::string id) { about.id = std::move(id); }
    haft::model_info about;
    const haft::model_info& info() const override { return about; }
    void ask(haft::model_request, std::function<void(haft::result<haft::model_reply>)> done) override {
        done(haft_test::says("async " + about.id));
    }
};
std::shared_ptr<haft::async_model> other_model(std::string id) { return std::make_shared<silent_model>(std::move(id)); }

std::string id_of(const haft::result<std::shared_ptr<haft::model>>& found) {
    return found ? (*found)->info().id : found.error().text();
}

}  // namespace

TEST_CASE("Both kinds of a model are registered under one id, with aliases, and go together", "[MP-01]") {
    haft::kinds all;
    haft::model_set& models = all.get<haft::model_set>();
    {
        const auto both = models.add(sync_model("markov"), other_model("markov"), {.aliases = {"mk"}, .owner = "demo"});
        REQUIRE(both);
        CHECK(id_of(models.get("markov")) == "markov");
        CHECK(id_of(models.get("mk")) == "markov");
        CHECK((*models.get_async("mk"))->info().id == "markov");
        const auto list = models.all();
        REQUIRE(list.size() == 1);
        CHECK(list[0].sync);
        CHECK(list[0].async);
        CHECK(list[0].owner == "demo");
        CHECK(list[0].aliases == std::vector<std::string>{"mk"});
    }
    CHECK_FALSE(models.get("markov"));
    CHECK_FALSE(models.get_async("markov"));
    CHECK(models.add(std::shared_ptr<haft::model>()).error().code == haft::errc::bad_name);
    CHECK(models.add(sync_model("")).error().code == haft::errc::bad_name);
}

TEST_CASE("Of two models of one id the later is found", "[MP-01]") {
    haft::kinds all;
    haft::model_set& models = all.get<haft::model_set>();
    const auto first = sync_model("m"), second = sync_model("m");
    const auto a = models.add(first);
    CHECK(*models.get("m") == first);
    const auto b = models.add(second);
    CHECK(*models.get("m") == second);
}

TEST_CASE("A name that is not there is an error with the nearest, and a hint where only the other kind is", "[MP-01]") {
    haft::kinds all;
    haft::model_set& models = all.get<haft::model_set>();
    CHECK(id_of(models.get("x")) == "no model is named \"x\"; there is none [haft-E0282]");
    const auto a = models.add(sync_model("markov"), {.aliases = {"chain"}});
    const auto b = models.add(other_model("echo"));
    CHECK(id_of(models.get("markow")) ==
          "no model is named \"markow\"; did you mean \"markov\"?; there are echo, markov [haft-E0282]");
    CHECK(id_of(models.get("chian")) ==
          "no model is named \"chian\"; did you mean \"chain\"?; there are echo, markov [haft-E0282]");
    CHECK(
        id_of(models.get("echo")) ==
        "no model is named \"echo\"; there is an async model of that name: get_async, or sync_from_async [haft-E0282]");
    CHECK(models.get_async("chain").error().text() ==
          "no async model is named \"chain\"; there is a model of that name which is waited for: get, or "
          "async_from_sync [haft-E0282]");
}

TEST_CASE("A step after all registrations sees and changes the aliases, and is gone with its handle", "[MP-01]") {
    haft::kinds all;
    haft::model_set& models = all.get<haft::model_set>();
    std::vector<std::string> seen;
    auto step = models.on_aliases([&](std::vector<haft::known_model>& known) {
        seen.clear();
        for (haft::known_model& one : known) {
            seen.push_back(one.id);
            if (one.id == "b") one.aliases.push_back("best");
            std::erase(one.aliases, "old");
        }
        known.push_back({.id = "invented", .sync = true});  // counts nothing
    });
    const auto a = models.add(sync_model("a"), {.aliases = {"old"}});  // registered later, and still seen
    const auto b = models.add(sync_model("b"));
    CHECK(id_of(models.get("best")) == "b");
    CHECK(seen == std::vector<std::string>{"a", "b"});
    CHECK_FALSE(models.get("old"));
    CHECK_FALSE(models.get("invented"));
    CHECK(models.all().size() == 2);
    step.withdraw();
    CHECK(id_of(models.get("old")) == "a");
    CHECK_FALSE(models.get("best"));
    haft::enlistment outlives;
    {
        haft::kinds gone;
        outlives = gone.get<haft::model_set>().on_aliases([](std::vector<haft::known_model>&) {});
    }
}

TEST_CASE("A file of aliases adds more, chains are followed to their end", "[MP-01]") {
    haft::kinds all;
    haft::model_set& models = all.get<haft::model_set>();
    const auto a = models.add(sync_model("gpt"), {.aliases = {"g", "taken"}});
    const auto b = models.add(sync_model("claude"));
    const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("haft_aliases" + std::to_string(::getpid()));
    std::ofstream(file) << R"({"fast": "quick", "quick": "g", "taken": "claude", "gpt": "claude", "lost": "gqt"})";
    REQUIRE(models.add_alias_file(file.string()));
    std::filesystem::remove(file);
    CHECK(id_of(models.get("fast")) == "gpt");
    CHECK(id_of(models.get("taken")) == "claude");  // people's aliases beat those of models
    CHECK(id_of(models.get("gpt")) == "gpt");       // an id beats both
    CHECK(
        id_of(models.get("lost")) ==
        "no model is named \"lost\", an alias for \"gqt\"; did you mean \"gpt\"?; there are claude, gpt [haft-E0282]");
    const auto list = models.all();
    CHECK(list[0].aliases == std::vector<std::string>{"taken"});
    CHECK(list[1].aliases == std::vector<std::string>{"g", "fast", "quick"});
    CHECK(models.add_alias_file("no/such/file").error().text() ==
          "the file of aliases \"no/such/file\" can't be read [haft-E0315]");
    REQUIRE(models.add_aliases(R"({"fast": "claude"})"));
    CHECK(id_of(models.get("fast")) == "claude");
}

TEST_CASE("Aliases in a circle are refused with their way, and nothing has changed", "[MP-01]") {
    haft::alias_map map;
    REQUIRE(map.add_json(R"({"a": "b", "b": "model"})", "one.json"));
    const auto circle = map.add_json(R"({"x": "a", "model": "a"})", "two.json");
    REQUIRE_FALSE(circle);
    CHECK(circle.error().text() ==
          "aliases of two.json: they go in a circle: a -> b -> model -> a; let one of them name a model [haft-E0315]");
    CHECK(map.names().size() == 2);
    CHECK(map.resolve("a", [](const std::string&) { return false; }) == "model");
    CHECK(map.add_json(R"({"self": "self"})", "f").error().message ==
          "aliases of f: they go in a circle: self -> self; let one of them name a model");
    CHECK(map.add_json("[]", "f").error().message ==
          "aliases of f: expected an object such as {\"fast\": \"gpt-4.1-mini\"}");
    CHECK(map.add_json("{", "f").error().message.starts_with("aliases of f: not JSON: "));
    CHECK(map.add_json(R"({"a": 1})", "f").error().message ==
          "aliases of f: \"a\": expected the name of a model, got 1");
    CHECK(map.add_json(R"({"": "m"})", "f").error().code == haft::errc::bad_aliases);
}

TEST_CASE("Models, and steps of aliases, come with their owner", "[MP-01]") {
    haft::registry r;
    haft::owner o;
    o.name = "demo";
    o.parts = {
        haft::model_part(sync_model("m"), other_model("m"), {.aliases = {"mm"}}),
        haft::part_of<haft::model>("plain", sync_model("plain")),
        haft::alias_part([](std::vector<haft::known_model>& known) { known.front().aliases.push_back("first"); })};
    REQUIRE(r.add(o));
    REQUIRE(r.expose("demo"));
    haft::model_set& models = r.get<haft::model_set>();
    CHECK(id_of(models.get("mm")) == "m");
    CHECK(models.get_async("mm"));
    CHECK(id_of(models.get("plain")) == "plain");
    CHECK(id_of(models.get("first")) == "m");
    CHECK(models.all()[0].owner == "demo");
    REQUIRE(r.unexpose("demo"));
    CHECK(models.all().empty());
}
