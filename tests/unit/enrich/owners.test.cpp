// SPDX-License-Identifier: BSL-1.0
// Enrichers that owners of a registry bring, and owners that are there for nothing else.
#include <haft/enrich/enricher_part.hpp>
#include <haft/kind/registry_of.hpp>
#include <haft/registry/registry.hpp>
#include <haft/registry/system_instructions.hpp>
#include <haft/tool.hpp>
#include <haft/toolbox.hpp>

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace {

struct marker {
    std::string enrich_prompt(std::string_view text) { return std::string(text) + "!"; }
    haft::enrichment enrich_system_instructions(std::string_view text) {
        return {.text = std::string(text) + " (marked)", .metadata_json = R"({"marked":true})"};
    }
};
struct notes {
    int count() { return 3; }
    static consteval auto haft_toolbox() { return haft::toolbox_words("Notes", haft::method<&notes::count>("Counts")); }
};
struct session_kind {};  // stands for anything else that an owner may bring

haft::owner plugin(std::string_view name) {
    haft::owner out{.name = std::string(name), .instructions = "How to use " + std::string(name)};
    out.tools.add(std::string(name) + "_tool", {.description = "A tool", .instructions = "Use it well"},
                  [] { return 1; });
    out.parts.push_back(haft::enricher_part(marker{}));
    out.parts.push_back(haft::part_of<session_kind>(std::string(name), std::make_shared<session_kind>()));
    return out;
}

std::string prompt(haft::registry& r) { return r.get<haft::enrichment_set>().enrich_prompt("hi").text; }

}  // namespace

TEST_CASE("An exposed owner's enrichers take part, under its name, until it is hidden", "[EN-04]") {
    haft::registry r;
    REQUIRE(r.add(plugin("one")));
    CHECK(prompt(r) == "hi");
    REQUIRE(r.expose("one"));
    CHECK(prompt(r) == "hi!");
    const auto rows = r.get<haft::enrichment_set>().rows(haft::enrichment_pipeline::prompt);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].name == "one");
    CHECK(rows[0].owner == "one");
    CHECK(r.get<haft::enrichment_set>().enrich_system_instructions("x").metadata_json == R"({"one":{"marked":true}})");
    CHECK(r.unexpose("one"));
    CHECK(prompt(r) == "hi");
}

TEST_CASE("Two enrichers of one owner need names of their own", "[EN-04]") {
    haft::registry r;
    haft::owner o = plugin("one");
    o.parts.push_back(haft::enricher_part(std::make_shared<marker>(), {.name = "second"}));
    CHECK(o.parts.back().kind == "enricher");
    CHECK(o.parts.back().name == "second");
    REQUIRE(r.add_exposed(o));
    CHECK(prompt(r) == "hi!!");
    haft::owner twice = plugin("two");
    twice.parts.push_back(haft::enricher_part(marker{}));
    CHECK(r.add_exposed(twice).error().code == haft::errc::owner_failed);
    CHECK(prompt(r) == "hi!!");
}

TEST_CASE("An owner for enrichment only takes part beside those that are exposed for all", "[EN-04]") {
    haft::registry r;
    haft::owner only = plugin("only");
    only.enrichment_only = true;
    REQUIRE(r.add_exposed(only));
    CHECK(prompt(r) == "hi!");
    REQUIRE(r.add_exposed(plugin("all")));
    CHECK(prompt(r) == "hi!!");
}

TEST_CASE("An owner for enrichment only has no tools, nothing else that it would bring, and no instructions",
          "[EN-04]") {
    haft::registry r;
    haft::owner only = plugin("only");
    only.enrichment_only = true;
    int initialized = 0;
    only.initialize = [&](std::string_view) -> haft::result<haft::toolset> {
        ++initialized;
        haft::toolset more;
        more.add("another", "A tool", [] { return 2; });
        return more;
    };
    const auto box = haft::make_toolbox<notes>();
    REQUIRE(box);
    only.instances.push_back(*box);
    REQUIRE(r.add_exposed(only));
    CHECK(initialized == 1);
    CHECK(r.snapshot()->tools().empty());
    CHECK(r.snapshot()->rows().empty());
    CHECK(r.list_tools().empty());
    CHECK(r.get<haft::registry_of<session_kind>>().all().empty());
    CHECK_FALSE(haft::system_instructions(r).text);
    r.reevaluate();
    CHECK(r.snapshot()->tools().empty());
    CHECK(r.list_tools().empty());

    haft::owner same_names = plugin("only");  // nothing of it is in the way of another owner's tools
    same_names.name = "other";
    REQUIRE(r.add_exposed(same_names));
    CHECK(r.snapshot()->tools().size() == 1);
}
