// SPDX-License-Identifier: BSL-1.0
#include <haft/registry/explain.hpp>
#include <haft/registry/registry.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>

using namespace registry_test;

namespace {

bool speech_server = false;
constexpr haft::availability needs_speech{[] { return speech_server; }, "start the speech server"};
constexpr haft::availability throws{[]() -> bool { throw 1; }, "mend it"};

}  // namespace

TEST_CASE("a tool is served where it is available, and the hint says what it lacks", "[RG-08.1]") {
    haft::registry r;
    haft::owner o = owner_of("voice", {"listen"});
    add_answering(o.tools, "speak", "voice", {.available = &needs_speech});
    add_answering(o.tools, "sing", "voice", {.available = &throws});
    speech_server = false;
    REQUIRE(r.add_exposed(o));
    CHECK(served(r) == "listen");
    CHECK(haft::explain(*r.snapshot(), "speak").text() ==
          "tool \"speak\" of owner \"voice\" is not available here: start the speech server");
    CHECK(call(r, "speak") ==
          "tool \"speak\" can't be called now: tool \"speak\" of owner \"voice\" is not available here: start the "
          "speech server [haft-E0275]");
    speech_server = true;
    CHECK(served(r) == "listen");
    r.reevaluate();
    CHECK(served(r) == "listen speak");
    speech_server = false;
    r.reevaluate();
    CHECK(served(r) == "listen");
}

TEST_CASE("the host's own tools are asked again, too", "[RG-08.1]") {
    haft::registry r;
    speech_server = false;
    REQUIRE(r.add_tool("speak", {.description = "Speaks", .available = &needs_speech}, [] { return 1; }));
    CHECK(served(r).empty());
    speech_server = true;
    r.reevaluate();
    CHECK(served(r) == "speak");
}

TEST_CASE("an owner that is named but not available is an error with its hint", "[RG-08.2]") {
    bool there = false;
    haft::registry r;
    haft::owner o = owner_of("voice", {"speak"});
    o.available = [&] { return there; };
    o.available_hint = "start the speech server";
    REQUIRE(r.add(o));
    const auto exposed = r.expose("voice");
    REQUIRE_FALSE(exposed);
    CHECK(exposed.error().text() == "owner \"voice\" is not available here: start the speech server [haft-E0273]");
    CHECK(haft::explain(*r.snapshot(), "voice").text() == exposed.error().text());
    there = true;
    CHECK(joined(r.reevaluate().exposed) == "voice");
    CHECK(served(r) == "speak");
    there = false;
    CHECK(r.reevaluate().failed.size() == 1);
    CHECK(served(r).empty());
}

TEST_CASE("among all owners one that is not available is told and hinders nobody", "[RG-08.3]") {
    haft::registry r;
    haft::owner o = owner_of("voice", {"speak"});
    o.available = [] { return false; };
    haft::owner broken = owner_of("broken", {"break"});
    broken.available = []() -> bool { throw std::runtime_error("no bus"); };
    REQUIRE(r.add(o));
    REQUIRE(r.add(broken));
    REQUIRE(r.add(owner_of("files", {"read"})));
    const auto report = r.expose_all();
    CHECK(served(r) == "read");
    REQUIRE(report.failed.size() == 2);
    CHECK(report.failed[0].text() ==
          "owner \"broken\" was not exposed: the question whether it is available: no bus [haft-E0274]");
    CHECK(report.failed[1].text() == "owner \"voice\" is not available here [haft-E0273]");
}
