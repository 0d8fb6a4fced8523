// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_REGISTRY_CHANGES_HPP
#define HAFT_REGISTRY_REGISTRY_CHANGES_HPP

/// How a registry changes: the definitions of what registry.hpp declares. Each change works on a copy of the state, runs what it
/// has to run of an owner's, and puts the copy and its catalog in place when nothing can fail any more.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/glob.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/sorted_places.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/registry/catalog_builder.hpp>
#include <haft/registry/make_offer.hpp>
#include <haft/registry/registry_class.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// Whether models see the same tools in the same words.
HAFT_COLD inline bool same_tools(const toolset& a, const toolset& b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i].name != b[i].name || a[i].description != b[i].description || a[i].input_schema != b[i].input_schema ||
            a[i].output_schema != b[i].output_schema || a[i].deferred != b[i].deferred)
            return false;
    return true;
}

/// A name that lists, configurations and selections can hold without quoting.
constexpr bool legal_owner_name(std::string_view name) noexcept {
    return legal_tool_name(name) && name.size() <= 64 && name.find('.') == std::string_view::npos;
}

HAFT_COLD inline bool is_json_object(std::string_view text) {
    return text.empty() || (json::is_json(text) && text.find_first_not_of(" \t\r\n") == text.find('{'));
}

}  // namespace detail

HAFT_LARGE void registry::publish(const state& of) {
    std::shared_ptr<const catalog> next = catalog_builder::build(of.owners, of.rules, of.model);
    const bool tools_changed =
        !detail::same_tools(published_.get()->tools(), next->tools()) || (untold_ && untold_->tools_changed);
    published_.put(std::move(next));
    untold_ = registry_change{published_.generation(), tools_changed};
}

/// Of a batch that came to nothing: what it has exposed goes again.
HAFT_LARGE void registry::take_back(state& before) noexcept {
    std::swap(state_, before);
    for (const detail::owner_record& tried : before.owners) {
        if (tried.state != owner_state::exposed) continue;
        const detail::owner_record* const was = state_.find(tried.what->name);
        if (!was || was->state != owner_state::exposed || was->exposed_at != tried.exposed_at) shut_down(*tried.what);
    }
}

HAFT_LARGE void registry::commit(state next) {
    if (batches_ == 0) publish(next);
    std::swap(state_, next);
}

HAFT_LARGE std::vector<std::string> registry::names_in_order() const {
    const auto order = sorted_places(state_.owners.size(), this, [](const void* self, std::size_t a, std::size_t b) {
        const auto& of = static_cast<const registry*>(self)->state_.owners;
        return detail::comes_first(*of[a].what, *of[b].what);
    });
    std::vector<std::string> out;
    for (const std::size_t i : order) out.push_back(state_.owners[i].what->name);
    return out;
}

HAFT_LARGE error registry::unknown_owner(std::string_view name) const {
    const std::vector<std::string> known = names_in_order();
    nearest_name nearest(name);
    for (const std::string& one : known) nearest.consider(one);
    error e{errc::unknown_owner, concat({"no owner is named ", in_quotes(name)})};
    append_did_you_mean(e.message, nearest.name());
    e.message += known.empty() ? "; none is known" : "; known are ";
    for (const std::string& one : known) append_all(e.message, {&one == known.data() ? "" : ", ", one});
    return e;
}

HAFT_LARGE void registry::tell_problem(error e) noexcept {
    try {
        const std::lock_guard guard(problems_mutex_);
        problems_.push_back(std::move(e));
    } catch (...) {}  // there is no memory to say so
}

// --- owners

HAFT_LARGE result<void> registry::add(owner o) {
    change_guard guard(*this);
    if (!detail::legal_owner_name(o.name))
        return error{errc::bad_owner,
                     concat({"the owner name ", in_quotes(o.name), " is not legal; 1 to 64 of A-Z a-z 0-9 _ - are"})};
    state next = state_;
    detail::owner_record fresh{std::make_shared<const owner>(std::move(o)), nullptr};
    fresh.offer = detail::declared_offer(*fresh.what);
    const std::string& name = fresh.what->name;
    std::shared_ptr<const owner> replaced;
    if (detail::owner_record* const known = next.find(name)) {
        switch (options_.owners) {
            case on_duplicate::error:
            case on_duplicate::suffix:
                return error{
                    errc::duplicate_owner,
                    concat({"owner ", in_quotes(name), " is known already",
                            known->what->source.empty() ? "" : ", from ", known->what->source, "; the second",
                            fresh.what->source.empty() ? "" : ", from ", fresh.what->source, ", was not added"})};
            case on_duplicate::keep_first: return {};
            case on_duplicate::replace_with_warning:
                tell_problem({errc::duplicate_owner, concat({"owner ", in_quotes(name), " was replaced"})});
                [[fallthrough]];
            case on_duplicate::replace: break;
        }
        if (known->state == owner_state::exposed) replaced = known->what;
        *known = std::move(fresh);
    } else {
        next.owners.push_back(std::move(fresh));
    }
    commit(std::move(next));
    if (replaced) shut_down(*replaced);
    return {};
}

HAFT_LARGE result<bool> registry::add_exposed(owner o, std::string_view config) {
    change_guard guard(*this);
    const std::string name = o.name;
    if (result<void> added = add(std::move(o)); !added) return std::move(added.error());
    return expose(name, config);
}

HAFT_LARGE bool registry::remove(std::string_view owner_name) {
    change_guard guard(*this);
    state next = state_;
    const detail::owner_record* const known = next.find(owner_name);
    if (!known) return false;
    const detail::owner_record gone = *known;
    next.owners.erase(next.owners.begin() + (known - next.owners.data()));
    commit(std::move(next));
    if (gone.state == owner_state::exposed) shut_down(*gone.what);
    paths_.forget(owner_name);
    return true;
}

HAFT_LARGE result<void> registry::add_to_host(const toolset& one) {
    change_guard guard(*this);
    const std::string_view name = one[0].name;
    detail::owner_record* const known = state_.find("host");
    owner host = known ? *known->what : owner{.name = "host", .description = "tools of the host's own"};
    toolset all;
    bool taken = false;
    for (std::size_t i = 0; i < host.tools.size(); ++i) {
        const bool same = host.tools[i].name == name;
        taken = taken || same;
        const bool replaces =
            options_.tools == on_duplicate::replace || options_.tools == on_duplicate::replace_with_warning;
        if (!same || !replaces) all.add_from(host.tools, i);
    }
    if (taken && options_.tools == on_duplicate::replace_with_warning)
        tell_problem({errc::duplicate_tool, concat({"tool ", in_quotes(name), " of owner \"host\" was replaced"})});
    if (taken && options_.tools == on_duplicate::keep_first) return {};
    std::string given(name);
    if (options_.tools == on_duplicate::suffix)
        for (std::uint64_t n = 1; all.find(given);) given = detail::numbered(name, n++);
    const result<void> added = given == name ? all.add_from(one, 0) : detail::add_as(all, given, one, 0);
    if (!added) return added;
    host.tools = std::move(all);

    detail::owner_record record{std::make_shared<const owner>(std::move(host)), nullptr};
    record.offer = detail::declared_offer(*record.what);
    if (!taken)
        if (result<void> fits = check_names(*record.what, *record.offer); !fits) return fits;
    record.state = owner_state::exposed;
    record.wanted = true;
    state next = state_;
    record.exposed_at = known ? known->exposed_at : ++next.exposures;
    if (known) *next.find("host") = std::move(record);
    else next.owners.push_back(std::move(record));
    commit(std::move(next));
    return {};
}

HAFT_LARGE bool registry::remove_tool(std::string_view name) {
    change_guard guard(*this);
    state next = state_;
    detail::owner_record* const known = next.find("host");
    if (!known || !known->what->tools.find(name)) return false;
    owner host = *known->what;
    toolset rest;
    for (std::size_t i = 0; i < host.tools.size(); ++i)
        if (host.tools[i].name != name) rest.add_from(host.tools, i);
    host.tools = std::move(rest);
    known->what = std::make_shared<const owner>(std::move(host));
    known->offer = detail::declared_offer(*known->what);
    commit(std::move(next));
    return true;
}

// --- discovery

HAFT_LARGE void registry::add_source(source s) {
    change_guard guard(*this);
    sources_.push_back(std::move(s));
}

HAFT_LARGE result<std::vector<std::string>> registry::discover(std::string_view kind) {
    change_guard guard(*this);
    std::vector<std::string> found;
    bool known_kind = false;
    const std::vector<source> sources = sources_;  // one of them may add another
    for (const source& s : sources) {
        if (s.kind != kind) continue;
        known_kind = true;
        std::vector<owner> owners;
        try {
            owners = s.find();
        } catch (const std::exception& e) {
            tell_problem(
                {errc::owner_failed, concat({"source ", in_quotes(s.name), " failed: ", detail::mended(e.what())})});
        } catch (...) { tell_problem({errc::owner_failed, concat({"source ", in_quotes(s.name), " failed"})}); }
        for (owner& o : owners) {
            if (state_.find(o.name)) continue;
            std::string name = o.name;
            if (result<void> added = add(std::move(o)); added) found.push_back(std::move(name));
            else tell_problem(std::move(added.error()));
        }
    }
    if (!known_kind) {
        error e{errc::unknown_kind, concat({"nothing of the kind ", in_quotes(kind), " can be discovered"})};
        nearest_name nearest(kind);
        for (const source& s : sources) nearest.consider(s.kind);
        append_did_you_mean(e.message, nearest.name());
        std::vector<std::string> kinds;
        for (const source& s : sources)
            if (std::find(kinds.begin(), kinds.end(), s.kind) == kinds.end()) kinds.push_back(s.kind);
        std::string_view before = "; the kinds are ";
        for (const std::string& k : kinds) append_all(e.message, {before, k}), before = ", ";
        return e;
    }
    std::sort(found.begin(), found.end());
    return found;
}

// --- exposure

HAFT_LARGE bool registry::suits_model(const owner& o) const {
    if (state_.model.empty() || o.models.empty()) return true;
    return std::any_of(o.models.begin(), o.models.end(),
                       [&](const std::string& glob) { return glob_matches(glob, state_.model); });
}

HAFT_LARGE void registry::shut_down(const owner& o) noexcept {
    if (!o.shutdown) return;
    try {
        o.shutdown();
    } catch (const std::exception& e) {
        tell_problem(
            {errc::owner_failed, concat({"shutting down owner ", in_quotes(o.name), ": ", detail::mended(e.what())})});
    } catch (...) {
        tell_problem({errc::owner_failed, concat({"shutting down owner ", in_quotes(o.name), " failed"})});
    }
}

HAFT_LARGE result<void> registry::check_names(const owner& o, const detail::offer& offered) const {
    if (options_.tools != on_duplicate::error || o.core) return {};
    for (const detail::owner_record& other : state_.owners) {
        if (other.state != owner_state::exposed || other.what->name == o.name || other.what->core) continue;
        for (const detail::offered_tools& set : offered.sets)
            for (const tool& t : set.tools)
                for (const detail::offered_tools& theirs : other.offer->sets) {
                    const tool* const first = theirs.tools.find(t.name);
                    if (!first || detail::are_versions(*first, t)) continue;
                    return error{errc::duplicate_tool,
                                 concat({"two tools are named ", in_quotes(t.name), ": that of owner ",
                                         in_quotes(other.what->name), " stays; owner ", in_quotes(o.name),
                                         " was not exposed. Rename one of them, give them versions, or choose another "
                                         "policy for duplicates"})};
                }
    }
    return {};
}

HAFT_LARGE result<bool> registry::not_exposed(std::string_view owner_name, owner_state why, std::string_view config,
                                              error problem) {
    state next = state_;
    detail::owner_record* const record = next.find(owner_name);
    if (!record) return problem;  // its own code took it out
    record->state = why;
    record->wanted = why != owner_state::failed;
    record->config = config;
    record->problem = problem;
    record->offer = detail::declared_offer(*record->what);
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
    return expose(detail::owner_record(*known), config);
}

HAFT_LARGE result<bool> registry::expose(detail::owner_record record, std::string_view config) {
    const std::shared_ptr<const owner> what = record.what;  // whatever the owner's code does to the registry
    if (record.state == owner_state::exposed) {
        if (config.empty() || config == record.config) return true;
        unexpose(what->name);
    }
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
        return not_exposed(what->name, why, config, std::move(problem));
    };
    if (!suits_model(*what)) return not_now(owner_state::skipped, {});
    if (result<void> there = detail::ask_availability(*what); !there)
        return not_now(there.error().code == errc::not_available ? owner_state::unavailable : owner_state::failed,
                       std::move(there.error()));
    auto offered = detail::make_offer(*what, config);
    if (!offered) return not_now(owner_state::failed, std::move(offered.error()));
    const detail::owner_record* const still = state_.find(what->name);
    if (!still || still->what != what) {  // its own code took it out
        shut_down(*what);
        return unknown_owner(what->name);
    }
    try {
        if (result<void> fits = check_names(*what, **offered); !fits) {
            shut_down(*what);
            return std::move(fits.error());
        }
        state next = state_;
        detail::owner_record& exposed = *next.find(what->name);
        exposed.state = owner_state::exposed;
        exposed.wanted = true;
        exposed.exposed_at = ++next.exposures;
        exposed.config = config;
        exposed.offer = std::move(*offered);
        exposed.problem = {};
        commit(std::move(next));
    } catch (...) {  // no memory
        shut_down(*what);
        throw;
    }
    return true;
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
    known->offer = detail::declared_offer(*what);
    commit(std::move(next));
    shut_down(*what);
    return true;
}

HAFT_LARGE exposure_report registry::expose_all(std::string_view configs, const progress_function& progress) {
    change_guard guard(*this);
    exposure_report report;
    if (!detail::is_json_object(configs)) {
        report.failed.push_back(
            {errc::bad_owner, concat({"the configurations are no JSON object: ", in_quotes(configs)})});
        return report;
    }
    const std::vector<json::member_piece> config_of = json::members_of(configs);
    const std::vector<std::string> all = names_in_order();
    for (const json::member_piece& c : config_of)
        if (!state_.find(c.name)) report.failed.push_back(unknown_owner(c.name));
    std::size_t done = 0;
    batch([&] {
        for (const std::string& name : all) {
            const detail::owner_record* const known = state_.find(name);
            if (!known) continue;  // another's code took it out
            const detail::owner_record o = *known;
            tell(report, o, expose(o, json::value_of(config_of, name)));
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
    const std::vector<std::string> all = names_in_order();
    batch([&] {
        for (const std::string& name : all) {
            const detail::owner_record* const known = state_.find(name);
            if (!known || !known->wanted) continue;
            const detail::owner_record o = *known;
            if (o.state != owner_state::exposed) {
                tell(report, o, expose(o, o.config));
            } else if (!suits_model(*o.what)) {
                unexpose(name);
                tell(report, o, not_exposed(name, owner_state::skipped, o.config, {}));
            } else if (result<void> there = detail::ask_availability(*o.what); !there) {
                unexpose(name);
                tell(report, o, not_exposed(name, owner_state::unavailable, o.config, std::move(there.error())));
            } else {
                ask_tools(name);
            }
        }
    });
    return report;
}

HAFT_LARGE void registry::tell(exposure_report& report, const detail::owner_record& o, result<bool> exposed) {
    if (!exposed) report.failed.push_back(std::move(exposed.error()));
    else if (*exposed) report.exposed.push_back(o.what->name);
    else report.skipped.push_back({o.what->name, o.what->models});
}

/// Asks the tools of an exposed owner whether they can be used.
HAFT_LARGE void registry::ask_tools(std::string_view owner_name) {
    state next = state_;
    detail::owner_record& record = *next.find(owner_name);
    auto asked = std::make_shared<detail::offer>(*record.offer);
    for (detail::offered_tools& set : asked->sets) set.ask();
    record.offer = std::move(asked);
    commit(std::move(next));
}

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_REGISTRY_CHANGES_HPP
