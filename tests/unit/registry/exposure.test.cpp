// SPDX-License-Identifier: BSL-1.0
#include <haft/registry/registry.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>
#include <vector>

using namespace registry_test;

TEST_CASE("a known owner's tools are not served until it is exposed", "[RG-04.1]") {
    haft::registry r;
    REQUIRE(r.add(owner_of("files", {"read", "write"})));
    CHECK(served(r).empty());
    CHECK_FALSE(r.is_exposed("files"));
    const auto exposed = r.expose("files");
    REQUIRE(exposed);
    CHECK(*exposed);
    CHECK(r.is_exposed("files"));
    CHECK(served(r) == "read write");
    CHECK(call(r, "read") == "\"answer of files\"");
}

TEST_CASE("exposing what nobody knows is an error that lists what is available", "[RG-04.2]") {
    haft::registry r;
    CHECK(r.expose("files").error().text() == "no owner is named \"files\"; none is known [haft-E0270]");
    REQUIRE(r.add(owner_of("shell", {})));
    REQUIRE(r.add(owner_of("files", {})));
    const auto exposed = r.expose("flies");
    REQUIRE_FALSE(exposed);
    CHECK(exposed.error().text() ==
          "no owner is named \"flies\"; did you mean \"files\"?; known are files, shell [haft-E0270]");
}

TEST_CASE("exposing twice and hiding twice is no harm", "[RG-04.4]") {
    haft::registry r;
    REQUIRE(r.add(owner_of("files", {"read"})));
    CHECK_FALSE(r.unexpose("files"));
    CHECK_FALSE(r.unexpose("nobody"));
    CHECK(*r.expose("files"));
    const auto generation = r.generation();
    CHECK(*r.expose("files"));
    CHECK(r.generation() == generation);
    CHECK(r.unexpose("files"));
    CHECK_FALSE(r.unexpose("files"));
    CHECK(served(r).empty());
    CHECK(*r.expose("files"));
    CHECK(served(r) == "read");
}

TEST_CASE("all are exposed, and a progress function sees each", "[RG-04.5]") {
    haft::registry r;
    REQUIRE(r.add(owner_of("b", {"two"})));
    REQUIRE(r.add(owner_of("a", {"one"})));
    std::string told;
    const auto report = r.expose_all({}, [&](std::string_view name, std::size_t done, std::size_t of) {
        told.append(name).append(" ").append(std::to_string(done)).append("/").append(std::to_string(of)).append(", ");
    });
    CHECK(told == "a 1/2, b 2/2, ");
    CHECK(joined(report.exposed) == "a b");
    CHECK(report.failed.empty());
    CHECK(joined(r.list_exposed()) == "a b");
    CHECK(joined(r.list_available()) == "a b");
    r.unexpose_all();
    CHECK(r.list_exposed().empty());
    CHECK(joined(r.list_available()) == "a b");
}

namespace {

/// An owner that writes down what is done with it.
haft::owner written_down(std::string& log) {
    haft::owner o = owner_of("box", {});
    o.initialize = [&log](std::string_view config) -> haft::result<haft::toolset> {
        log.append("initialize ").append(config).append("; ");
        haft::toolset tools;
        add_answering(tools, "made", config);
        return tools;
    };
    o.shutdown = [&log] { log += "shutdown; "; };
    return o;
}

}  // namespace

TEST_CASE("an owner is configured when it is exposed, and anew with another configuration only", "[RG-04.6]") {
    std::string log;
    haft::registry r;
    REQUIRE(r.add(written_down(log)));
    CHECK(log.empty());
    CHECK(*r.expose("box"));
    CHECK(log == "initialize {}; ");
    CHECK(*r.expose("box"));
    CHECK(*r.expose("box", R"({"a":1})"));
    CHECK(log == "initialize {}; shutdown; initialize {\"a\":1}; ");
    CHECK(*r.expose("box", R"({"a":1})"));
    CHECK(*r.expose("box"));
    CHECK(log == "initialize {}; shutdown; initialize {\"a\":1}; ");
    CHECK(call(r, "made") == R"("answer of {\"a\":1}")");
    CHECK(r.unexpose("box"));
    CHECK(log == "initialize {}; shutdown; initialize {\"a\":1}; shutdown; ");
}

TEST_CASE("expose_all hands each owner its own configuration, and one for nobody is told", "[RG-04.6]") {
    std::string log;
    haft::registry r;
    REQUIRE(r.add(written_down(log)));
    const auto report = r.expose_all(R"({"bxo":{},"box":{"deep":[1]}})");
    CHECK(log == "initialize {\"deep\":[1]}; ");
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed[0].message.starts_with("no owner is named \"bxo\"; did you mean \"box\"?"));
    CHECK(joined(report.exposed) == "box");
}

TEST_CASE("a configuration is a JSON object", "[RG-04.6]") {
    haft::registry r;
    REQUIRE(r.add(owner_of("files", {"read"})));
    for (const std::string_view wrong : {"[]", "1", "{", "{} {}", "nonsense"}) {
        INFO(wrong);
        const auto exposed = r.expose("files", wrong);
        REQUIRE_FALSE(exposed);
        CHECK(exposed.error().code == haft::errc::bad_owner);
        CHECK(r.expose_all(wrong).failed.size() == 1);
    }
    CHECK(served(r).empty());
}

TEST_CASE("an owner that throws is not exposed, and the others are served", "[RG-05.1]") {
    haft::registry r;
    REQUIRE(r.add(owner_of("good", {"one"})));
    haft::owner bad = owner_of("bad", {"two"});
    bad.initialize = [](std::string_view) -> haft::result<haft::toolset> { throw std::runtime_error("no disk"); };
    REQUIRE(r.add(bad));
    haft::owner worse = owner_of("worse", {"three"});
    worse.initialize = [](std::string_view) -> haft::result<haft::toolset> { throw 1; };
    REQUIRE(r.add(worse));
    haft::owner refusing = owner_of("refusing", {"four"});
    refusing.initialize = [](std::string_view) -> haft::result<haft::toolset> {
        return haft::error{haft::errc::bad_tool, "not like this"};
    };
    REQUIRE(r.add(refusing));
    const auto report = r.expose_all();
    CHECK(joined(report.exposed) == "good");
    REQUIRE(report.failed.size() == 3);
    CHECK(report.failed[0].text() == "owner \"bad\" was not exposed: its initialize: no disk [haft-E0274]");
    CHECK(report.failed[1].text().starts_with("owner \"refusing\" was not exposed: its initialize: not like this"));
    CHECK(report.failed[2].text() ==
          "owner \"worse\" was not exposed: its initialize: an exception that is no std::exception [haft-E0274]");
    CHECK(served(r) == "one");
}

TEST_CASE("core tools come last and win over others of their name", "[RG-05.2]") {
    haft::registry r;
    haft::owner core = owner_of("a_core", {"help", "time"}, 100);
    core.core = true;
    REQUIRE(r.add(core));
    REQUIRE(r.add(owner_of("plugin", {"time", "weather"})));
    CHECK(r.expose_all().failed.empty());
    CHECK(served(r) == "weather help time");
    CHECK(call(r, "time") == "\"answer of a_core\"");
}

TEST_CASE("what is exposed is shut down at the end, the last exposed first", "[RG-04.6]") {
    std::string log;
    {
        haft::registry r;
        for (const std::string name : {"a", "b"}) {
            haft::owner o = owner_of(name, {});
            o.shutdown = [&log, name] { log += name; };
            REQUIRE(r.add(o));
        }
        CHECK(*r.expose("b"));
        CHECK(*r.expose("a"));
    }
    CHECK(log == "ab");
}

TEST_CASE("a shutdown that throws harms nobody and is remembered", "[RG-05.1]") {
    haft::registry r;
    haft::owner o = owner_of("bad", {"one"});
    o.shutdown = [] { throw std::runtime_error("stuck"); };
    REQUIRE(r.add(o));
    CHECK(*r.expose("bad"));
    CHECK(r.unexpose("bad"));
    REQUIRE(r.problems().size() == 1);
    CHECK(r.problems()[0].text() == "shutting down owner \"bad\": stuck [haft-E0274]");
}

TEST_CASE("an owner may use the registry while it is exposed", "[RG-04]") {
    std::string log;
    haft::registry r;
    haft::owner o = owner_of("outer", {"one"});
    o.initialize = [&r](std::string_view) -> haft::result<haft::toolset> {
        if (const auto added = r.add_exposed(owner_of("inner", {"two"})); !added) return added.error();
        return haft::toolset{};
    };
    REQUIRE(r.add(o));
    CHECK(*r.expose("outer"));
    CHECK(served(r) == "two one");
    haft::owner gone = owner_of("gone", {"three"});
    gone.initialize = [&r](std::string_view) -> haft::result<haft::toolset> {
        r.remove("gone");
        return haft::toolset{};
    };
    gone.shutdown = [&log] { log += "shutdown"; };
    REQUIRE(r.add(gone));
    CHECK(r.expose("gone").error().code == haft::errc::unknown_owner);
    CHECK(log == "shutdown");
    CHECK(served(r) == "two one");
}

TEST_CASE("an owner that exposes itself while it is exposed gets an error, and is exposed once", "[RG-04]") {
    haft::registry r;
    std::string log;
    haft::owner o = owner_of("self", {"one"});
    o.initialize = [&](std::string_view) -> haft::result<haft::toolset> {
        const auto again = r.expose("self");
        log += again ? "exposed" : again.error().text();
        return haft::toolset{};
    };
    REQUIRE(r.add(o));
    CHECK(*r.expose("self"));
    CHECK(log == "owner \"self\" is being exposed already: its own code asked for it [haft-E0274]");
    CHECK(served(r) == "one");
}
