// SPDX-License-Identifier: BSL-1.0
#include <haft/registry/registry.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace registry_test;

TEST_CASE("an owner's tools come and go while it is exposed, and who listens is told", "[NX-11]") {
    haft::registry r;
    std::string now = "a";
    int asked = 0, told = 0;
    haft::owner o = owner_of("server", {"always"});
    o.tools_now = [&]() -> haft::result<haft::toolset> {
        ++asked;
        if (now.empty()) return haft::error{haft::errc::owner_failed, "not now"};
        haft::toolset out;
        for (const char c : now) add_answering(out, std::string(1, c), "server");
        return out;
    };
    const haft::subscription listens = r.on_change([&](const haft::registry_change& change) { told += change.tools_changed ? 1 : 0; });
    REQUIRE(r.add(o));
    CHECK(asked == 0);
    CHECK_FALSE(r.refresh("server"));
    REQUIRE(r.expose("server"));
    CHECK(served(r) == "always a");
    now = "bc";
    CHECK(served(r) == "always a");
    told = 0;
    CHECK(r.refresh("server"));
    CHECK(served(r) == "always b c");
    CHECK(told == 1);
    now.clear();  // an error: those that were there stay
    CHECK(r.refresh("server"));
    CHECK(served(r) == "always b c");
    now = "d";
    r.reevaluate();
    CHECK(served(r) == "always d");
    CHECK_FALSE(r.refresh("nobody"));
}
