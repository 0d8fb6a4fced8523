// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_SYSTEM_INSTRUCTIONS_HPP
#define HAFT_REGISTRY_SYSTEM_INSTRUCTIONS_HPP

/// What a model is told before anything else: what owners, tools and the project say of themselves, enriched. [EN-06]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/read_file.hpp>
#include <haft/core/text.hpp>
#include <haft/enrich/enriched.hpp>
#include <haft/enrich/enrichment.hpp>
#include <haft/enrich/enrichment_set.hpp>
#include <haft/registry/catalog.hpp>
#include <haft/registry/owner_record.hpp>
#include <haft/registry/registry_class.hpp>
#include <haft/registry/tool_state.hpp>
#include <haft/tool/tool.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace haft::inline v0 {

struct instruction_options {
    bool enrich = true;
    /// Leaves out what deferred tools say, and owners all of whose tools are deferred: the model does not see them yet. [RG-11]
    bool skip_deferred = false;
    /// The project's own file, such as MODULE.md; "": none. One that is not there, or is empty, says nothing.
    std::filesystem::path file = {};
    std::size_t max_file_bytes = std::size_t{1} << 20;
    std::function<void(const enrichment_change&)> on_change = {};  ///< told when an enricher changes the text
};

struct collected_instructions {
    std::optional<std::string> text = {};  ///< empty: nobody says anything
    std::string metadata_json = {};        ///< of the enrichers; see enriched
    std::vector<error> problems = {};      ///< enrichers that were skipped, a file that can't be read (E0313)
};

namespace detail {

HAFT_COLD inline void append_paragraph(std::string& to, std::string_view text) {
    constexpr std::string_view breaks = "\r\n";
    while (!text.empty() && breaks.find(text.back()) != breaks.npos) text.remove_suffix(1);
    while (!text.empty() && breaks.find(text.front()) != breaks.npos) text.remove_prefix(1);
    if (text.find_first_not_of(" \t\r\n") == text.npos) return;
    append_all(to, {to.empty() ? "" : "\n\n", text});
}

/// What an exposed owner says, and then each of its served tools that says something, under its name.
HAFT_COLD inline void append_instructions_of(std::string& to, const catalog& now, const owner& o, bool skip_deferred) {
    bool has_tools = false, shows_tools = false;
    std::string of_tools;
    for (const tool& t : now.tools()) {
        if (now.row_of(t).owner != &o) continue;
        has_tools = true;
        if (skip_deferred && t.deferred) continue;
        shows_tools = true;
        if (!t.instructions.empty()) append_paragraph(of_tools, concat({"## ", t.name, "\n\n", t.instructions}));
    }
    if (!has_tools || shows_tools) append_paragraph(to, o.instructions);
    append_paragraph(to, of_tools);
}

/// The text of the project's file, or "" if there is none.
HAFT_COLD inline std::string text_of_file(const instruction_options& how, std::vector<error>& problems) {
    std::error_code no;
    if (how.file.empty() || !std::filesystem::exists(how.file, no)) return {};
    std::string text, why;
    if (read_file(how.file, how.max_file_bytes, text, why)) return text;
    problems.push_back({errc::unread_file, concat({"the instructions in ", in_quotes(how.file.generic_string()),
                                                   " were left out: ", why})});
    return {};
}

}  // namespace detail

/// Collects what is to be told: each exposed owner's `instructions` and those of its tools, in the order of listing, then the
/// project's file, a blank line between; and sends it through the enrichers of system instructions. Any thread.
HAFT_COLD inline collected_instructions system_instructions(registry& of, const instruction_options& how = {}) {
    collected_instructions out;
    std::string text;
    const auto now = of.snapshot();
    for (const detail::owner_record& o : now->owners())
        if (o.state == owner_state::exposed && !o.what->enrichment_only)
            detail::append_instructions_of(text, *now, *o.what, how.skip_deferred);
    detail::append_paragraph(text, detail::text_of_file(how, out.problems));
    if (text.empty()) return out;
    if (how.enrich) {
        enriched by_all =
            of.get<enrichment_set>().enrich_system_instructions(std::move(text), {.on_change = how.on_change});
        text = std::move(by_all.text);
        out.metadata_json = std::move(by_all.metadata_json);
        for (error& e : by_all.failures) out.problems.push_back(std::move(e));
    }
    out.text = std::move(text);
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_SYSTEM_INSTRUCTIONS_HPP
