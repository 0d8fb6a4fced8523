// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_REGISTRY_EXPOSURE_HPP
#define HAFT_REGISTRY_REGISTRY_EXPOSURE_HPP

/// How a registry exposes and hides owners: definitions of what registry.hpp declares. What runs of an owner's may have changed
/// the registry, so each step looks the owner up again.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/glob.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/enrich/enricher_part.hpp>
#include <haft/json/pieces.hpp>
#include <haft/kind/enlistment.hpp>
#include <haft/kind/part.hpp>
#include <haft/registry/catalog_builder.hpp>
#include <haft/registry/make_offer.hpp>
#include <haft/registry/registry_class.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

HAFT_COLD inline bool is_json_object(std::string_view text) {
    return text.empty() || (json::is_json(text) && text.find_first_not_of(" \t\r\n") == text.find('{'));
}

}  // namespace detail

HAFT_LARGE bool registry::suits_model(const owner& o) const {
    if (state_.model.empty() || o.models.empty()) return true;
    return std::any_of(o.models.begin(), o.models.end(),
                       [&](const std::string& glob) { return glob_matches(glob, state_.model); });
}

HAFT_LARGE result<void> registry::check_names(const owner& o, const detail::offer& offered,
                                              std::string_view consequence) const {
    if (options_.tools != on_duplicate::error) return {};
    for (const detail::offered_tools& set : offered.sets)
        for (const detail::offered_tools& other : offered.sets) {
            if (&other == &set) break;
            for (const tool& t : set.tools)
                if (const tool* const first = other.tools.find(t.name); first && !detail::are_versions(*first, t))
                    return error{
                        errc::duplicate_tool,
                        concat({"two tools of owner ", in_quotes(o.name), " are named ", in_quotes(t.name), "; ",
                                consequence, ". Rename one of them, give a toolbox an alias, or give them versions"})};
        }
    for (const detail::owner_record& other : state_.owners) {
        if (other.state != owner_state::exposed || other.what->name == o.name || other.what->core != o.core) continue;
        for (const detail::offered_tools& set : offered.sets)
            for (const tool& t : set.tools)
                for (const detail::offered_tools& theirs : other.offer->sets) {
                    const tool* const first = theirs.tools.find(t.name);
                    if (!first || detail::are_versions(*first, t)) continue;
                    return error{
                        errc::duplicate_tool,
                        concat({"two tools are named ", in_quotes(t.name), ": that of owner ",
                                in_quotes(other.what->name), " stays; ", consequence,
                                ". Rename one of them, give them versions, or choose another policy for duplicates"})};
                }
    }
    return {};
}

HAFT_LARGE result<bool> registry::not_exposed(const owner& what, owner_state why, std::string_view config,
                                              error problem) {
    state next = state_;
    detail::owner_record* const record = next.find(what.name);
    if (!record || record->what.get() != &what) return problem;  // its own code took it out
    record->state = why;
    record->wanted = why != owner_state::failed;
    record->config = config;
    record->problem = problem;
    record->offer = detail::declared_offer(what);
    commit(std::move(next));
    if (why == owner_state::skipped) return false;
    return problem;
}

HAFT_LARGE result<bool> registry::expose(std::string_view owner_name, std::string_view config) {
    change_guard guard(*this);
    const detail::owner_record* const known = state_.find(owner_name);
    if (!known) return unknown_owner(owner_name);
    if (!detail::is_json_object(config))
        return error{errc::bad_owner, concat({"the configuration of owner ", in_quotes(owner_name),
                                              " is no JSON object: ", in_quotes(config)})};
    const std::shared_ptr<const owner> what = known->what;
    if (known->state == owner_state::exposed) {
        if (config.empty() || config == known->config) return true;
        if (batches_)
            return error{
                errc::owner_failed,
                concat({"owner ", in_quotes(owner_name),
                        " is exposed with another configuration, and within a batch it can't be shut down before; "
                        "unexpose it before the batch"})};
        unexpose(what->name);
    }
    if (result<void> gone = wait_until_gone(guard, *what); !gone) return std::move(gone.error());
    const detail::owner_record* const still = state_.find(what->name);  // others may have come in between
    if (!still || still->what != what) return unknown_owner(what->name);
    if (still->state == owner_state::exposed) return expose(what->name, config);
    return expose(what, config);
}

HAFT_LARGE result<bool> registry::expose(std::shared_ptr<const owner> what, std::string_view config) {
    if (std::find(exposing_.begin(), exposing_.end(), what.get()) != exposing_.end())
        return error{errc::owner_failed, concat({"owner ", in_quotes(what->name),
                                                 " is being exposed already: its own code "
                                                 "asked for it"})};
    exposing_.push_back(what.get());
    struct done {
        std::vector<const owner*>& all;
        ~done() { all.pop_back(); }
    } const guard{exposing_};
    const auto not_now = [&](owner_state why, error problem) {
        return not_exposed(*what, why, config, std::move(problem));
    };
    if (!suits_model(*what)) return not_now(owner_state::skipped, {});
    if (result<void> there = detail::ask_availability(*what); !there)
        return not_now(there.error().code == errc::not_available ? owner_state::unavailable : owner_state::failed,
                       std::move(there.error()));
    bool initialized = false;
    std::shared_ptr<std::vector<enlistment>> parts;
    try {
        auto offered = detail::make_offer(*what, config, initialized);
        const bool taken_out = !is_known(*what);  // by its own code
        const result<void> fits =
            taken_out || !offered
                ? result<void>{}
                : check_names(*what, **offered, concat({"owner ", in_quotes(what->name), " was not exposed"}));
        if (taken_out || !offered || !fits) {
            if (initialized) shut_down(*what);
            if (taken_out) return unknown_owner(what->name);
            if (!offered) return not_now(owner_state::failed, std::move(offered.error()));
            return not_now(owner_state::clashing, fits.error());
        }
        parts = std::make_shared<std::vector<enlistment>>();
        const result<void> enlisted = enlist_parts(*what, *parts);  // may run code of others
        if (!enlisted || !is_known(*what)) {
            let_go(what, initialized, std::move(parts));
            initialized = false;
            if (!enlisted) return not_now(owner_state::failed, enlisted.error());
            return unknown_owner(what->name);
        }
        state next = state_;
        detail::owner_record& exposed = *next.find(what->name);
        exposed.enlisted = parts;
        exposed.state = owner_state::exposed;
        exposed.wanted = true;
        exposed.exposed_at = ++next.exposures;
        exposed.config = config;
        exposed.offer = std::move(*offered);
        exposed.problem = {};
        commit(std::move(next));
    } catch (...) {  // no memory
        let_go(what, initialized, std::move(parts));
        throw;
    }
    return true;
}

/// Of an owner that is not exposed after all. Its parts go as those of one that leaves, with nothing locked: who takes out a hook
/// waits for it, and the hook may wait for the registry.
HAFT_LARGE void registry::let_go(std::shared_ptr<const owner> failed, bool initialized,
                                 std::shared_ptr<std::vector<enlistment>> enlisted) noexcept {
    if (enlisted && !enlisted->empty()) {
        try {
            leaving_.push_back({failed, initialized, false, enlisted, {}, true});
            return;
        } catch (...) { detail::withdraw_all(enlisted); }  // no memory
    }
    if (initialized) shut_down(*failed);
}

/// Puts in what an owner offers beside tools. Of an error all that is in already is for the caller to take out.
HAFT_LARGE result<void> registry::enlist_parts(const owner& o, std::vector<enlistment>& into) {
    const auto failed = [&](const part& p, std::string_view why) {
        return error{errc::owner_failed, concat({"owner ", in_quotes(o.name), " was not exposed: its ", p.kind, " ",
                                                 in_quotes(p.name), ": ", why})};
    };
    into.reserve(o.parts.size());
    for (const part& p : o.parts) {
        if (o.enrichment_only && p.kind != enricher_kind) continue;
        try {
            result<enlistment> in = p.enlist ? p.enlist(kinds_, o.name) : error{errc::bad_owner, "it can't be put in"};
            if (!in) return failed(p, in.error().message);
            into.push_back(std::move(*in));
        } catch (const std::bad_alloc&) { throw; } catch (...) {
            return failed(p, detail::caught_text());
        }
    }
    return {};
}

HAFT_LARGE bool registry::unexpose(std::string_view owner_name) {
    change_guard guard(*this);
    state next = state_;
    detail::owner_record* const known = next.find(owner_name);
    if (!known || known->state != owner_state::exposed) return false;
    const std::shared_ptr<const owner> what = known->what;
    known->state = owner_state::known;
    known->wanted = false;
    known->config.clear();
    auto enlisted = std::exchange(known->enlisted, nullptr);
    known->offer = detail::declared_offer(*what);
    commit_without(std::move(next), {what, true, false, std::move(enlisted)});
    return true;
}

HAFT_LARGE exposure_report registry::expose_all(std::string_view configs, const progress_function& progress) {
    exposure_report report;
    if (!detail::is_json_object(configs)) {
        report.failed.push_back(
            {errc::bad_owner, concat({"the configurations are no JSON object: ", in_quotes(configs)})});
        return report;
    }
    const std::vector<json::member_piece> config_of = json::members_of(configs);
    batch([&] {  // what is to be exposed anew
        for (const json::member_piece& c : config_of) {
            const detail::owner_record* const known = state_.find(c.name);
            if (!known) report.failed.push_back(unknown_owner(c.name));
            else if (known->state == owner_state::exposed && known->config != c.value &&
                     detail::is_json_object(c.value))
                unexpose(c.name);
        }
    });
    std::size_t done = 0;
    batch([&] {
        const std::vector<std::string> all = names_in_order();
        for (const std::string& name : all) {
            const detail::owner_record* const known = state_.find(name);
            if (!known) continue;  // another's code took it out
            const std::shared_ptr<const owner> what = known->what;
            tell(report, *what, expose(name, json::value_of(config_of, name)));
            if (progress) progress(name, ++done, all.size());
        }
    });
    return report;
}

HAFT_LARGE void registry::unexpose_all() {
    change_guard guard(*this);
    std::vector<std::pair<std::uint64_t, std::string>> exposed;
    for (const detail::owner_record& o : state_.owners)
        if (o.state == owner_state::exposed) exposed.emplace_back(o.exposed_at, o.what->name);
    std::sort(exposed.rbegin(), exposed.rend());
    batch([&] {
        for (const auto& [at, name] : exposed) unexpose(name);
    });
}

// --- models

HAFT_LARGE void registry::set_model(std::string_view name) {
    change_guard guard(*this);
    state next = state_;
    next.model = name;
    for (detail::owner_record& o : next.owners)
        if (o.state == owner_state::skipped) o.state = owner_state::known;
    commit(std::move(next));
}

HAFT_LARGE exposure_report registry::reevaluate() {
    change_guard guard(*this);
    exposure_report report;
    batch([&] {
        for (const std::string& name : names_in_order()) {
            const detail::owner_record* const known = state_.find(name);
            if (!known || !known->wanted) continue;
            const detail::owner_record o = *known;
            if (o.state != owner_state::exposed) {
                tell(report, *o.what, expose(name, o.config));
            } else if (!suits_model(*o.what)) {
                unexpose(name);
                tell(report, *o.what, not_exposed(*o.what, owner_state::skipped, o.config, {}));
            } else if (result<void> there = detail::ask_availability(*o.what); !there) {
                unexpose(name);
                tell(report, *o.what,
                     not_exposed(*o.what, owner_state::unavailable, o.config, std::move(there.error())));
            } else {
                look_again(name);
            }
        }
    });
    return report;
}

HAFT_LARGE bool registry::refresh(std::string_view owner_name) {
    change_guard guard(*this);
    const detail::owner_record* const known = state_.find(owner_name);
    if (!known || known->state != owner_state::exposed) return false;
    look_again(owner_name);
    return true;
}

HAFT_LARGE void registry::tell(exposure_report& report, const owner& o, result<bool> exposed) {
    if (!exposed) report.failed.push_back(std::move(exposed.error()));
    else if (*exposed) report.exposed.push_back(o.name);
    else report.skipped.push_back({o.name, o.models});
}

/// Asks an exposed owner's tools whether they can be used, and its toolboxes which they have.
HAFT_LARGE void registry::look_again(std::string_view owner_name) {
    const detail::owner_record* const known = state_.find(owner_name);
    if (!known || known->state != owner_state::exposed || known->what->enrichment_only) return;
    const std::shared_ptr<const detail::offer> before = known->offer;
    auto now = std::make_shared<const detail::offer>(detail::asked_again(*known->what, *before));
    state next = state_;
    detail::owner_record* const record = next.find(owner_name);
    if (!record || record->offer != before) return;  // what was asked has changed it
    record->offer = std::move(now);
    commit(std::move(next));
}

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_REGISTRY_EXPOSURE_HPP
