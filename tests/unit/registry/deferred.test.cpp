// SPDX-License-Identifier: BSL-1.0
#include <haft/registry/registry.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace registry_test;

TEST_CASE("only the core tools go into the first prompt; the others can be called all the same", "[RG-11.1]") {
    haft::registry r;
    haft::owner o = owner_of("files", {"read"});
    add_answering(o.tools, "archive", "files", {.deferred = true});
    REQUIRE(r.add_exposed(o));
    const auto now = r.snapshot();
    CHECK(now->tools().size() == 2);
    REQUIRE(now->core_tools().size() == 1);
    CHECK(now->core_tools()[0].name == "read");
    CHECK(call(r, "archive") == "\"answer of files\"");
}
