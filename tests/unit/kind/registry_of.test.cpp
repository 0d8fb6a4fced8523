// SPDX-License-Identifier: BSL-1.0
// Named things of any kind, and how owners bring them.
#include <haft/kind/registry_of.hpp>
#include <haft/registry/registry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct collector {
    int threshold = 0;
};
struct strict_kind {
    static constexpr const char* kind_name = "session";
    static constexpr haft::on_duplicate duplicates = haft::on_duplicate::error;
};
struct numbered_kind {
    static constexpr haft::on_duplicate duplicates = haft::on_duplicate::suffix;
};
struct first_kind {
    static constexpr haft::on_duplicate duplicates = haft::on_duplicate::keep_first;
    int n = 0;
};

template <class Kind>
std::vector<std::string> names(const haft::registry_of<Kind>& of) {
    std::vector<std::string> out;
    for (const auto& one : of.all()) out.push_back(one.name);
    return out;
}

}  // namespace

TEST_CASE("A thing of a kind of the user's own is found by name and by alias, and is gone with its handle", "[MP-05]") {
    haft::registry_of<collector> all;
    auto handle = all.add("truncate", std::make_shared<collector>(collector{5}), {.aliases = {"t"}, .owner = "mine"});
    REQUIRE(handle);
    CHECK(all.find("truncate")->threshold == 5);
    CHECK(all.find("t") == all.find("truncate"));
    CHECK(all.find("u") == nullptr);
    REQUIRE(all.all().size() == 1);
    CHECK(all.all()[0].owner == "mine");
    CHECK(all.all()[0].aliases == std::vector<std::string>{"t"});
    const std::shared_ptr<collector> held = all.find("t");
    handle->withdraw();
    CHECK(all.find("t") == nullptr);
    CHECK(held->threshold == 5);
    handle->withdraw();
}

TEST_CASE("Of two things of one name the later is found, and the earlier again when that has gone", "[MP-01]") {
    haft::registry_of<collector> all;
    const auto first = all.add("gc", std::make_shared<collector>(collector{1}), {.aliases = {"g", "first"}});
    {
        const auto second = all.add("gc", std::make_shared<collector>(collector{2}), {.aliases = {"g"}});
        CHECK(all.find("gc")->threshold == 2);
        CHECK(all.find("g")->threshold == 2);
        CHECK(all.find("first") == nullptr);
        CHECK(all.all().size() == 1);
    }
    CHECK(all.find("gc")->threshold == 1);
    CHECK(all.find("first")->threshold == 1);
}

TEST_CASE("A name beats an alias, and of two aliases the later wins", "[MP-01]") {
    haft::registry_of<collector> all;
    const auto a = all.add("a", std::make_shared<collector>(collector{1}), {.aliases = {"b", "c"}});
    const auto b = all.add("b", std::make_shared<collector>(collector{2}), {.aliases = {"c"}});
    CHECK(all.find("b")->threshold == 2);
    CHECK(all.find("c")->threshold == 2);
    REQUIRE(all.all().size() == 2);
    CHECK(all.all()[0].aliases.empty());
    CHECK(all.all()[1].aliases == std::vector<std::string>{"c"});
}

TEST_CASE("A kind says what happens to two of one name", "[MP-05]") {
    haft::registry_of<strict_kind> strict;
    const auto one = strict.add("s", std::make_shared<strict_kind>(), {.owner = "first"});
    const auto two = strict.add("s", std::make_shared<strict_kind>(), {.owner = "second"});
    REQUIRE_FALSE(two);
    CHECK(two.error().text() ==
          "a session named \"s\" is there already, from first; the second, from second, was not added [haft-E0281]");

    haft::registry_of<numbered_kind> numbered;
    const auto n0 = numbered.add("n", std::make_shared<numbered_kind>());
    const auto n1 = numbered.add("n", std::make_shared<numbered_kind>());
    const auto n2 = numbered.add("n", std::make_shared<numbered_kind>());
    CHECK(names(numbered) == std::vector<std::string>{"n", "n_1", "n_2"});

    haft::registry_of<first_kind> first;
    const auto f1 = first.add("f", std::make_shared<first_kind>(first_kind{1}));
    const auto f2 = first.add("f", std::make_shared<first_kind>(first_kind{2}));
    CHECK(first.find("f")->n == 1);
}

TEST_CASE("Who asks for what is not there is told the nearest name and what there is", "[MP-01]") {
    haft::registry_of<strict_kind> all;
    CHECK(all.get("x").error().text() == "no session is named \"x\"; there is none [haft-E0282]");
    const auto b = all.add("sonnet", std::make_shared<strict_kind>());
    const auto a = all.add("haiku", std::make_shared<strict_kind>());
    CHECK(all.get("sonet").error().text() ==
          "no session is named \"sonet\"; did you mean \"sonnet\"?; there are haiku, sonnet [haft-E0282]");
    CHECK(*all.get("haiku") == all.find("haiku"));
    const auto c = all.add("opus", std::make_shared<strict_kind>(), {.aliases = {"largest"}});
    CHECK(all.get("largst").error().text() ==
          "no session is named \"largst\"; did you mean \"largest\"?; there are haiku, opus, sonnet [haft-E0282]");
    CHECK(all.add("", std::make_shared<strict_kind>()).error().code == haft::errc::bad_name);
    CHECK(all.add("none", nullptr).error().code == haft::errc::bad_name);
}

TEST_CASE("A handle may outlive the registry, be moved, and be let go", "[MP-05]") {
    haft::enlistment kept;
    {
        haft::registry_of<collector> all;
        kept = *all.add("a", std::make_shared<collector>());
        haft::enlistment b = *all.add("b", std::make_shared<collector>());
        haft::enlistment moved = std::move(b);
        b.withdraw();
        CHECK(names(all) == std::vector<std::string>{"a", "b"});
        moved = {};
        CHECK(names(all) == std::vector<std::string>{"a"});
        {
            haft::enlistment c = *all.add("c", std::make_shared<collector>());
            c.keep();
        }
        CHECK(names(all) == std::vector<std::string>{"a", "c"});
    }
    kept.withdraw();
}

TEST_CASE("An owner's parts come with its exposure and go before it is shut down", "[MP-05]") {
    haft::registry r;
    bool there_at_shutdown = true;
    haft::owner o;
    o.name = "mine";
    o.parts.push_back(haft::part_of<collector>("gc", std::make_shared<collector>(collector{7}), {.aliases = {"g"}}));
    o.shutdown = [&] { there_at_shutdown = r.get<haft::registry_of<collector>>().find("gc") != nullptr; };
    REQUIRE(r.add(o));
    CHECK(r.get<haft::registry_of<collector>>().find("gc") == nullptr);
    REQUIRE(r.expose("mine"));
    CHECK(r.get<haft::registry_of<collector>>().find("g")->threshold == 7);
    CHECK(r.get<haft::registry_of<collector>>().all()[0].owner == "mine");
    const auto before = r.snapshot();  // holds nothing in place
    CHECK(r.unexpose("mine"));
    CHECK(r.get<haft::registry_of<collector>>().find("gc") == nullptr);
    CHECK_FALSE(there_at_shutdown);

    REQUIRE(r.expose("mine"));
    CHECK(r.get<haft::registry_of<collector>>().find("gc"));
    CHECK(r.remove("mine"));
    CHECK_FALSE(r.get<haft::registry_of<collector>>().find("gc"));
}

TEST_CASE("A part that can't be put in keeps its owner from being exposed, and takes its others along", "[MP-05]") {
    haft::registry r;
    int shut_down = 0;
    haft::owner o;
    o.name = "mine";
    o.initialize = [](std::string_view) -> haft::result<haft::toolset> { return haft::toolset{}; };
    o.shutdown = [&] { ++shut_down; };
    o.parts.push_back(haft::part_of<strict_kind>("one", std::make_shared<strict_kind>()));
    o.parts.push_back(haft::part_of<strict_kind>("one", std::make_shared<strict_kind>()));
    REQUIRE(r.add(o));
    const auto exposed = r.expose("mine");
    REQUIRE_FALSE(exposed);
    CHECK(exposed.error().text() ==
          "owner \"mine\" was not exposed: its session \"one\": a session named \"one\" is there already, from mine; "
          "the second, from mine, was not added [haft-E0274]");
    CHECK(r.get<haft::registry_of<strict_kind>>().all().empty());
    CHECK(shut_down == 1);

    haft::owner thrower;
    thrower.name = "thrower";
    thrower.parts.push_back({"word", "w", [](haft::kinds&, std::string_view) -> haft::result<haft::enlistment> {
                                 throw std::runtime_error("no words");
                             }});
    REQUIRE(r.add(thrower));
    CHECK(r.expose("thrower").error().text() ==
          "owner \"thrower\" was not exposed: its word \"w\": no words [haft-E0274]");
}

TEST_CASE("A batch that fails takes out again what its owners had put in", "[MP-05]") {
    haft::registry r;
    haft::owner o;
    o.name = "mine";
    o.parts.push_back(haft::part_of<collector>("gc", std::make_shared<collector>()));
    REQUIRE(r.add(o));
    CHECK_THROWS_AS(r.batch([&] {
        REQUIRE(r.expose("mine"));
        throw std::runtime_error("changed my mind");
    }),
                    std::runtime_error);
    CHECK(r.get<haft::registry_of<collector>>().find("gc") == nullptr);
    REQUIRE(r.expose("mine"));
    CHECK(r.get<haft::registry_of<collector>>().find("gc"));
}

TEST_CASE("A kind is made once, may use others, and goes before what it was made after", "[MP-05]") {
    static std::vector<std::string> gone;
    gone.clear();
    struct base {
        ~base() { gone.push_back("base"); }
    };
    struct user {
        explicit user(haft::kinds& all) : of(all.get<base>()) {}
        ~user() { gone.push_back("user"); }
        base& of;
    };
    {
        haft::kinds all;
        user& u = all.get<user>();
        CHECK(&u == &all.get<user>());
        CHECK(&u.of == &all.get<base>());
    }
    CHECK(gone == std::vector<std::string>{"user", "base"});
}

namespace {
struct curious {
    haft::registry_of<curious>* of;
    bool* asked;
    ~curious() { *asked = !of->find("curious"); }
};
}  // namespace

TEST_CASE("What is taken out may ask for others while it goes", "[MP-05]") {
    haft::registry_of<curious> all;
    bool asked = false;
    {
        auto handle = all.add("curious", std::shared_ptr<curious>(new curious{&all, &asked}));
        REQUIRE(handle);
    }
    CHECK(asked);
}
