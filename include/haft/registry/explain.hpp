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
#include <haft/tool/explanation.hpp>
#include <haft/tool/tool.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace haft::inline v0 {

namespace detail {

/// Puts an explanation together from a catalog.
class explainer {
public:
    HAFT_COLD explainer(const catalog& from, std::string_view name) : from_(from) { out_.name = name; }

    HAFT_COLD explanation explain() {
        for (const catalog_row& row : from_.rows())
            if (row.tool->name == out_.name || row.name == out_.name) explain_row(row);
        for (const owner_record& o : from_.owners())
            if (o.what->name == out_.name) explain_owner(o);
        for (const owner_record& o : from_.owners()) explain_refusals(o);
        out_.known = !out_.reasons.empty();
        if (!out_.known) explain_unknown();
        return std::move(out_);
    }

private:
    HAFT_COLD void say(std::initializer_list<std::string_view> sentence) { out_.say(sentence); }

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
            case tool_state::disabled:
                return say({what, row.name != row.tool->name ? concat({", named ", in_quotes(row.name), ","}) : "",
                            " is disabled: enable_tool gives it back"});
            case tool_state::disabled_by_default: return out_.say_disabled_by_default(what);
            case tool_state::not_selected: return say({what, " is not among what the registry's selection selects"});
            case tool_state::unavailable: return out_.say_missing(what, *row.missing);
            case tool_state::of_hidden_owner:
                say({what, " is not served: its owner is ", name_of(from_.owners()[row.owner_place].state)});
                if (out_.name != row.owner->name) explain_owner(from_.owners()[row.owner_place]);
        }
    }
    HAFT_COLD void explain_served(const catalog_row& row, std::string_view what) {
        const tool& t = from_.tools()[row.served_at];
        const bool renamed = t.name != row.tool->name;
        out_.say_served(what, t, renamed ? concat({" as ", in_quotes(t.name), ", since its name was taken"}) : "");
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
            case owner_state::failed:
            case owner_state::clashing: return say({o.problem.text()});
        }
    }

    HAFT_COLD void explain_refusals(const owner_record& o) {
        const std::string before = concat({"owner ", in_quotes(o.what->name), ": "});
        for (const offered_tools& set : o.offer->sets) out_.say_problems_of(set.tools, before);
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

#if HAFT_DEFINES_LARGE()
/// The error of a call to what is not served.
HAFT_LARGE error catalog::not_served(std::string_view name) const {
    return haft::not_served(explain(*this, name), served_);
}
#endif

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_EXPLAIN_HPP
