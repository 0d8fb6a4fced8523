// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_EXPLAIN_HPP
#define HAFT_REGISTRY_EXPLAIN_HPP

/// Why a tool or an owner is there, and why not: troubleshooting as one call. [RG-06]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>
#include <haft/registry/catalog.hpp>
#include <haft/registry/owner_record.hpp>
#include <haft/registry/tool_state.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// The answer: one sentence for each thing of that name and each reason, the most important first.
struct explanation {
    std::string name;
    bool served = false;  ///< it is a tool that models can call
    bool known = false;   ///< something has that name, or was refused under it
    std::vector<std::string> reasons;

    /// The sentences, a line for each.
    HAFT_COLD std::string text() const {
        std::string out;
        for (const std::string& one : reasons) append_all(out, {out.empty() ? "" : "\n", one});
        return out;
    }
};

namespace detail {

/// Puts an explanation together from a catalog.
class explainer {
public:
    HAFT_COLD explainer(const catalog& from, std::string_view name) : from_(from) { out_.name = name; }

    HAFT_COLD explanation explain() {
        for (const catalog_row& row : from_.rows())
            if (row.tool->name == out_.name || served_as(row) == out_.name) explain_row(row);
        for (const owner_record& o : from_.owners())
            if (o.what->name == out_.name) explain_owner(o);
        for (const owner_record& o : from_.owners()) explain_refusals(o);
        out_.known = !out_.reasons.empty();
        if (!out_.known) explain_unknown();
        return std::move(out_);
    }

private:
    HAFT_COLD void say(std::initializer_list<std::string_view> sentence) { out_.reasons.push_back(concat(sentence)); }

    HAFT_COLD std::string_view served_as(const catalog_row& row) const {
        return row.state == tool_state::served ? from_.tools()[row.served_at].name : std::string_view{};
    }

    /// `tool "x" of owner "files" (compiled in)`
    HAFT_COLD static std::string subject(const catalog_row& row) {
        std::string out = concat({"tool ", in_quotes(row.tool->name)});
        if (!row.tool->version.empty()) append_all(out, {" ", row.tool->version});
        append_all(out, {" of owner ", in_quotes(row.owner->name)});
        if (!row.owner->source.empty()) append_all(out, {" (", row.owner->source, ")"});
        return out;
    }

    HAFT_COLD void explain_row(const catalog_row& row) {
        const std::string what = subject(row);
        switch (row.state) {
            case tool_state::served: return explain_served(row, what);
            case tool_state::older_version:
                return say({what, " is not served: version ", from_.tools()[row.served_at].version, " of owner ",
                            in_quotes(winner_of(row)), " is higher"});
            case tool_state::shadowed:
                return say({what, " is shadowed: the name belongs to the tool of owner ", in_quotes(winner_of(row))});
            case tool_state::disabled: return say({what, " is disabled: enable_tool gives it back"});
            case tool_state::disabled_by_default:
                return say({what, " is disabled by default: select it by its name to have it"});
            case tool_state::not_selected: return say({what, " is not among what the registry's selection selects"});
            case tool_state::unavailable:
                return say({what, " is not available here", row.missing->hint.empty() ? "" : ": ", row.missing->hint});
            case tool_state::of_hidden_owner:
                say({what, " is not served: its owner is ", name_of(from_.owners()[row.owner_place].state)});
                if (out_.name != row.owner->name) explain_owner(from_.owners()[row.owner_place]);
        }
    }
    HAFT_COLD void explain_served(const catalog_row& row, std::string_view what) {
        out_.served = true;
        const tool& t = from_.tools()[row.served_at];
        say({what, " is served",
             t.name != row.tool->name ? concat({" as ", in_quotes(t.name), ", since its name was taken"}) : "",
             t.deferred ? "; it is deferred: a search finds it, the first prompt does not list it" : "",
             t.needs_approval ? "; each call needs somebody's approval" : ""});
    }
    std::string_view winner_of(const catalog_row& row) const {
        return from_.row_of(from_.tools()[row.served_at]).owner->name;
    }

    HAFT_COLD void explain_owner(const owner_record& o) {
        const std::string what = concat({"owner ", in_quotes(o.what->name)});
        switch (o.state) {
            case owner_state::exposed: {
                std::size_t served = 0, all = 0;
                for (const catalog_row& row : from_.rows())
                    if (row.owner == o.what.get()) ++all, served += row.state == tool_state::served;
                return say({what, " is exposed; ", decimal(served), " of its ", decimal(all), " tools are served"});
            }
            case owner_state::known: return say({what, " is known, but not exposed: expose it"});
            case owner_state::skipped: {
                std::string models;
                for (const std::string& m : o.what->models) append_all(models, {models.empty() ? "" : ", ", m});
                return say({what, " was skipped: it is for the models ", models, ", and the model is ",
                            in_quotes(from_.model())});
            }
            case owner_state::unavailable:
            case owner_state::failed: return say({o.problem.text()});
        }
    }

    /// What was refused when the owner's set was filled: the message names it in quotes.
    HAFT_COLD void explain_refusals(const owner_record& o) {
        const std::string quoted = in_quotes(out_.name);
        const auto tell = [&](const toolset& tools) {
            for (const error& e : tools.refusals())
                if (e.message.find(quoted) != std::string::npos)
                    say({"owner ", in_quotes(o.what->name), ": ", e.text()});
        };
        for (const offered_tools& set : o.offer->sets) tell(set.tools);
    }

    HAFT_COLD void explain_unknown() {
        nearest_name nearest(out_.name);
        for (const catalog_row& row : from_.rows()) nearest.consider(row.tool->name);
        for (const owner_record& o : from_.owners()) nearest.consider(o.what->name);
        std::string text = concat({"no tool and no owner is named ", in_quotes(out_.name)});
        append_did_you_mean(text, nearest.name());
        out_.reasons.push_back(std::move(text));
    }

    const catalog& from_;
    explanation out_;
};

}  // namespace detail

/// Everything that a catalog knows under that name: why it is there, missing, shadowed, refused.
HAFT_COLD inline explanation explain(const catalog& in, std::string_view name) {
    return detail::explainer(in, name).explain();
}

/// The error of a call to what is not served.
HAFT_LARGE error catalog::not_served(std::string_view name) const {
    const explanation why = explain(*this, name);
    if (!why.known) return served_.no_such_tool(name);
    return {errc::tool_not_served, concat({"tool ", in_quotes(name), " can't be called now: ", why.reasons.front()})};
}

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_EXPLAIN_HPP
