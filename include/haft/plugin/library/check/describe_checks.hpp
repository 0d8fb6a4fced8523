// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_CHECK_DESCRIBE_CHECKS_HPP
#define HAFT_PLUGIN_LIBRARY_CHECK_DESCRIBE_CHECKS_HPP

/// Checks of what a library describes itself as.

#include <haft/command/command.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>
#include <haft/core/visible.hpp>
#include <haft/hook/point_names.hpp>
#include <haft/json/pieces.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/library/check/check_bench.hpp>
#include <haft/plugin/library/check/check_finding.hpp>
#include <haft/plugin/library/check/watched_result.hpp>
#include <haft/plugin/library/written_offer.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/message.hpp>
#include <haft/written/lint.hpp>
#include <haft/written/written_schema.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail::library_checks {

HAFT_COLD inline check_finding describe_gives(check_bench& b) {
    b.setup();
    const watched_result& done = b.try_describe();
    if (done.failed()) return broken({"it fails: ", mended(done.why())});
    if (done.values.empty()) return broken({done.texts.empty() ? "it gives nothing" : "it gives a text"});
    return done.values.size() == 1 && done.texts.empty() ? fine() : broken({"it gives more than one thing, and the first counts"});
}
HAFT_COLD inline check_finding describe_json(check_bench& b) {
    b.setup();
    const result<written_offer> read = b.read_offer(b.describe());
    return read ? fine() : broken({read.error().message});
}
HAFT_COLD inline check_finding describe_keys(check_bench& b) {
    b.setup();
    std::vector<haft::note> dropped;
    const result<written_offer> read = b.read_offer(b.describe(), &dropped);
    if (!read) return not_looked({read.error().message});
    return dropped.empty() ? fine() : broken({dropped.front().text()});
}
HAFT_COLD inline check_finding describe_same(check_bench& b) {
    b.setup();
    const std::string first = b.describe();
    if (b.describe() != first) return broken({"asked twice, it says two things"});
    b.teardown();
    b.setup();
    return b.describe() == first ? fine() : broken({"set up again in the same way, it says something else"});
}
HAFT_COLD inline written_offer offer_of(check_bench& b) {
    b.setup();
    return b.offer();
}
HAFT_COLD inline check_finding describe_tool_names(check_bench& b) {
    for (const offered_tool& one : offer_of(b).tools)
        if (!legal_tool_name(one.name)) return broken({"no tool can be named ", in_quotes(one.name)});
    return fine();
}
template <class Offered>
HAFT_COLD std::string named_twice(const std::vector<Offered>& list) {
    std::vector<std::string_view> names;
    for (const Offered& one : list) names.push_back(one.call_as.empty() ? one.name : one.call_as);
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    return twice == names.end() ? std::string() : std::string(*twice);
}
HAFT_COLD inline check_finding describe_unique(check_bench& b) {
    const written_offer offer = offer_of(b);
    for (const auto& [kind, name] : {std::pair{"tools", named_twice(offer.tools)}, std::pair{"commands", named_twice(offer.commands)},
                                     std::pair{"hooks", named_twice(offer.hooks)}, std::pair{"enrichers", named_twice(offer.enrichers)}})
        if (!name.empty()) return broken({"two ", kind, " are called as ", in_quotes(name)});
    return fine();
}
/// What is wrong with a schema; "".
HAFT_COLD inline std::string schema_problem(const json_text& schema, schema::written::lint_of what) {
    const std::string_view text = check_bench::schema_text(schema);
    if (text.empty()) return {};
    const result<written_schema> compiled = written_schema::compile_for_tool(text, what);
    if (compiled) return {};
    if (compiled.error().faults.empty()) return compiled.error().message;
    const fault& first = compiled.error().faults.front();
    return concat({first.pointer.empty() ? "" : "at ", first.pointer, first.pointer.empty() ? "" : ": ", first.message});
}
HAFT_COLD inline check_finding describe_input_schemas(check_bench& b) {
    const written_offer offer = offer_of(b);
    const auto look_at = [](std::string_view kind, const auto& one) {
        const std::string problem = schema_problem(one.inputSchema, schema::written::lint_of::parameters);
        return problem.empty() ? std::string() : concat({kind, in_quotes(one.name), ": ", problem});
    };
    for (const offered_tool& one : offer.tools)
        if (const std::string problem = look_at("tool ", one); !problem.empty()) return broken({problem});
    for (const offered_command& one : offer.commands)
        if (const std::string problem = look_at("command ", one); !problem.empty()) return broken({problem});
    return fine();
}
HAFT_COLD inline check_finding describe_output_schemas(check_bench& b) {
    for (const offered_tool& one : offer_of(b).tools)
        if (const std::string problem = schema_problem(one.outputSchema, schema::written::lint_of::result); !problem.empty())
            return broken({"tool ", in_quotes(one.name), ": ", problem});
    return fine();
}
HAFT_COLD inline check_finding describe_effects(check_bench& b) {
    for (const offered_tool& one : offer_of(b).tools)
        if (one.effect == effect::unspecified) return broken({"tool ", in_quotes(one.name), " does not"});
    return fine();
}
HAFT_COLD inline check_finding describe_hints(check_bench& b) {
    for (const offered_tool& one : offer_of(b).tools)
        for (const std::string& hint : one.hints) {
            nearest_name nearest(hint);
            bool known = false;
            for (const named_hint& is : hint_tags) {
                known = known || is.tag == hint;
                nearest.consider(is.tag);
            }
            if (known) continue;
            std::string text = concat({"tool ", in_quotes(one.name), " has ", in_quotes(hint)});
            append_did_you_mean(text, nearest.name());
            return broken({text});
        }
    return fine();
}
HAFT_COLD inline check_finding describe_words(check_bench& b) {
    const written_offer offer = offer_of(b);
    for (const offered_tool& one : offer.tools) {
        if (one.description.empty()) return broken({"tool ", in_quotes(one.name), " has no description"});
        for (const auto& p : json::members_of(json::value_of(json::members_of(one.inputSchema.text), "properties")))
            if (json::value_of(json::members_of(p.value), "description").empty())
                return broken({"the parameter ", in_quotes(p.name), " of tool ", in_quotes(one.name), " has no description"});
    }
    for (const offered_command& one : offer.commands)
        if (one.description.empty()) return broken({"command ", in_quotes(one.name), " has no description"});
    return fine();
}
HAFT_COLD inline check_finding describe_visible(check_bench& b) {
    const written_offer offer = offer_of(b);
    for (const offered_tool& one : offer.tools)
        for (const std::string* text : {&one.title, &one.description, &one.group, &one.category, &one.instructions, &one.tags, &one.version, &one.available_hint})
            if (find_hidden(*text, line_breaks::allowed) != std::string_view::npos)
                return broken({"a text of tool ", in_quotes(one.name), " does: ", in_quotes(*text)});
    for (const offered_command& one : offer.commands)
        if (find_hidden(one.description, line_breaks::allowed) != std::string_view::npos)
            return broken({"the description of command ", in_quotes(one.name), " does"});
    for (const std::string* text : {&offer.instructions, &offer.tools_md, &offer.soul_append})
        if (find_hidden(*text, line_breaks::allowed) != std::string_view::npos) return broken({"its instructions do: ", in_quotes(*text)});
    return fine();
}
HAFT_COLD inline check_finding describe_command_names(check_bench& b) {
    for (const offered_command& one : offer_of(b).commands) {
        if (!legal_command_name(one.name)) return broken({"no command can be named ", in_quotes(one.name)});
        for (const std::string& alias : one.aliases)
            if (!legal_command_name(alias)) return broken({"no command can be called ", in_quotes(alias)});
    }
    return fine();
}
HAFT_COLD inline check_finding describe_hook_points(check_bench& b) {
    for (const offered_hook& one : offer_of(b).hooks) {
        const std::string point = canonical_point_name(one.point);
        if (std::find(own_point_names.begin(), own_point_names.end(), point) != own_point_names.end()) continue;
        std::string text = concat({"hook ", in_quotes(one.name), " is for ", in_quotes(one.point)});
        nearest_name nearest(point);
        for (const std::string_view known : own_point_names) nearest.consider(known);
        append_did_you_mean(text, nearest.name());
        return broken({text});
    }
    return fine();
}
HAFT_COLD inline check_finding describe_enrichers(check_bench& b) {
    for (const offered_enricher& one : offer_of(b).enrichers)
        if (!one.prompt && !one.system_instructions && !one.tool_result) return broken({"enricher ", in_quotes(one.name), " has no pipeline"});
    return fine();
}

}  // namespace haft::inline v0::detail::library_checks

#endif  // HAFT_PLUGIN_LIBRARY_CHECK_DESCRIBE_CHECKS_HPP
