// SPDX-License-Identifier: BSL-1.0
#include <haft/registry/explain.hpp>
#include <haft/registry/registry.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace registry_test;

namespace {

haft::owner for_models(std::string_view name, std::vector<std::string> models) {
    haft::owner o = owner_of(name, {name});
    o.models = std::move(models);
    return o;
}

}  // namespace

TEST_CASE("an owner names the models that it is for; without a model or a list everything fits", "[RG-10.1]") {
    haft::registry without_model;
    REQUIRE(without_model.add(for_models("gemini_only", {"gemini-*"})));
    CHECK(*without_model.expose("gemini_only"));

    haft::registry r({.model = "claude-sonnet-4"});
    CHECK(r.model() == "claude-sonnet-4");
    REQUIRE(r.add(for_models("for_all", {})));
    REQUIRE(r.add(for_models("for_claude", {"gemini-*", "claude-*"})));
    CHECK(*r.expose("for_all"));
    CHECK(*r.expose("for_claude"));
    CHECK(r.skipped().empty());
}

TEST_CASE("an owner that does not suit the model is skipped, and what it wants is recorded", "[RG-10.2][RG-04.3]") {
    haft::registry r({.model = "claude-sonnet-4"});
    REQUIRE(r.add(for_models("gemini_only", {"gemini-*", "palm"})));
    const auto exposed = r.expose("gemini_only");
    REQUIRE(exposed);
    CHECK_FALSE(*exposed);
    CHECK_FALSE(r.is_exposed("gemini_only"));
    REQUIRE(r.skipped().size() == 1);
    CHECK(r.skipped()[0].name == "gemini_only");
    CHECK(joined(r.skipped()[0].models) == "gemini-* palm");
    CHECK(haft::explain(*r.snapshot(), "gemini_only")
              .text()
              .starts_with("tool \"gemini_only\" of owner \"gemini_only\" is not served: its owner is skipped\n"
                           "owner \"gemini_only\" was skipped: it is for the models gemini-*, palm, and the model is "
                           "\"claude-sonnet-4\""));
    const auto report = r.expose_all();
    REQUIRE(report.skipped.size() == 1);
    CHECK(report.failed.empty());
}

TEST_CASE("another model clears the record and hides nothing", "[RG-10.3]") {
    haft::registry r({.model = "gemini-2.5-flash"});
    REQUIRE(r.add(for_models("gemini_only", {"gemini-*"})));
    REQUIRE(r.add(for_models("claude_only", {"claude-*"})));
    r.expose_all();
    CHECK(served(r) == "gemini_only");
    REQUIRE(r.skipped().size() == 1);
    r.set_model("claude-sonnet-4");
    CHECK(r.model() == "claude-sonnet-4");
    CHECK(r.skipped().empty());
    CHECK(served(r) == "gemini_only");
}

TEST_CASE("reevaluate hides what does not suit the model any more", "[RG-10.4]") {
    haft::registry r({.model = "gemini-2.5-flash"});
    haft::owner gemini = for_models("gemini_only", {"gemini-*"});
    REQUIRE(r.add(gemini));
    REQUIRE(r.add(for_models("for_all", {})));
    r.expose_all();
    r.set_model("claude-sonnet-4");
    const auto report = r.reevaluate();
    CHECK(served(r) == "for_all");
    REQUIRE(report.skipped.size() == 1);
    CHECK(report.skipped[0].name == "gemini_only");
}

TEST_CASE("reevaluate exposes what was skipped and suits the model now, configured as it was wanted", "[RG-10.4]") {
    haft::registry r({.model = "claude-sonnet-4"});
    haft::owner gemini = for_models("gemini_only", {"gemini-*"});
    gemini.initialize = [](std::string_view config) -> haft::result<haft::toolset> {
        haft::toolset tools;
        add_answering(tools, "configured", config);
        return tools;
    };
    REQUIRE(r.add(gemini));
    REQUIRE_FALSE(*r.expose("gemini_only", R"({"a":1})"));
    r.reevaluate();
    CHECK(served(r).empty());
    REQUIRE(r.skipped().size() == 1);
    r.set_model("gemini-3");
    CHECK(r.skipped().empty());
    CHECK(joined(r.reevaluate().exposed) == "gemini_only");
    CHECK(call(r, "configured") == R"("answer of {\"a\":1}")");
}
