// SPDX-License-Identifier: BSL-1.0
// jaato's enrichment pipelines: who takes part at which place, and what becomes of a prompt, of instructions, of a tool's result.
#include <haft/enrich/enricher_part.hpp>
#include <haft/registry.hpp>
#include <haft/registry/system_instructions.hpp>

#include "enrichers.hpp"

#include <cstdio>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

namespace {

void title(const char* text) { std::printf("\n== %s\n", text); }

void show(const haft::enriched& what) {
    std::printf("%s\nmetadata: %s\n", what.text.c_str(), what.metadata_json.c_str());
    for (const haft::error& e : what.failures) std::printf("failure: %s\n", e.text().c_str());
}

void show_table(const haft::enrichment_set& all) {
    using enum haft::enrichment_pipeline;
    for (const haft::enrichment_pipeline p : {prompt, system_instructions, tool_result}) {
        std::printf("%-20s", std::string(name_of(p)).c_str());
        for (const haft::enrichment_row& row : all.rows(p)) std::printf(" %d %s", row.order, row.name.c_str());
        std::printf("\n");
    }
}

const std::map<std::string, std::string> known_references{{"mod-code-015", "Functions are at most forty lines long."}};

haft::owner files(std::shared_ptr<templates> extraction) {
    haft::owner out{.name = "files", .description = "Files", .instructions = "Paths are relative to the project."};
    out.tools.add("read", {.description = "Read a file", .instructions = "Read before you write."},
                  [] { return std::string("See @mod-code-015.\n```jinja\nHello {{ name }}\n```\n"); });
    out.parts.push_back(haft::enricher_part(std::move(extraction)));
    return out;
}

}  // namespace

int main() {
    haft::registry registry;
    auto& all = registry.get<haft::enrichment_set>();

    // An owner that is there for enrichment only, and one that has tools, too.
    haft::owner references_owner{.name = "references", .enrichment_only = true};
    references_owner.parts.push_back(haft::enricher_part(references(known_references)));
    const auto extraction = std::make_shared<templates>();
    for (haft::owner o : {std::move(references_owner), files(extraction)})
        if (auto exposed = registry.add_exposed(std::move(o)); !exposed) std::puts(exposed.error().text().c_str());

    // The host's own, at the other standard places.
    const auto multimodal = all.add(haft::prompt_enricher(
        "multimodal",
        [](const std::string& text) {
            const bool image = text.find(".png") != text.npos;
            return haft::enrichment{.text = text, .metadata_json = image ? R"({"images":1})" : ""};
        },
        haft::enrichment_order::multimodal));
    const auto memory = all.add(haft::prompt_enricher(
        "memory", [](const std::string& text) { return text + "\n\n(You know: the user likes short answers.)"; },
        haft::enrichment_order::memory));
    const auto session = all.add(haft::prompt_enricher(
        "session", [](const std::string&) -> std::string { throw std::runtime_error("the session file is locked"); },
        haft::enrichment_order::session));

    title("who takes part, and where");
    show_table(all);

    title("a prompt");
    show(all.enrich_prompt("Review shot.png by @mod-code-015, and ask @nobody."));

    title("system instructions");
    const auto told = [](const haft::enrichment_change& c) {
        std::printf("(%.*s, %.*s, %zu bytes: %.*s)\n", static_cast<int>(c.who.size()), c.who.data(),
                    static_cast<int>(name_of(c.target).size()), name_of(c.target).data(), c.size,
                    static_cast<int>(c.message.size()), c.message.data());
    };
    const haft::collected_instructions collected =
        haft::system_instructions(registry, {.file = "examples/18_enrichment/MODULE.md", .on_change = told});
    std::printf("%s\nmetadata: %s\n", collected.text.value_or("(none)").c_str(), collected.metadata_json.c_str());

    title("a tool's result");
    show(all.enrich_tool_result("read", "See @mod-code-015.\n```jinja\nHello {{ name }}\n```\n", R"({"path":"a.md"})"));

    title("the templates that were kept");
    for (const std::string& text : extraction->kept()) std::fputs(text.c_str(), stdout);

    title("without the plugin");
    registry.unexpose("references");
    show(all.enrich_prompt("By @mod-code-015."));
}
