// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_LOADING_HPP
#define HAFT_PLUGIN_PLUGIN_LOADING_HPP

/// How a loader brings plugins in and out: definitions of what plugin_loader.hpp declares.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/known_names.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/plugin_filter.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/plugin/check_plugin_config.hpp>
#include <haft/plugin/config_defaults.hpp>
#include <haft/plugin/load_order.hpp>
#include <haft/plugin/owner_of_plugin.hpp>
#include <haft/plugin/plugin_loader_class.hpp>
#include <haft/plugin/plugin_needs.hpp>
#include <haft/plugin/requirement.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace haft::inline v0 {

HAFT_COLD inline void plugin_loader::refuse(record& r, error why, load_report& report) {
    r.state = plugin_state::refused;
    r.problem = std::move(why);
    r.made.reset();
    report.failed.push_back(r.problem);
}

HAFT_COLD inline kept_out_by plugin_loader::what_keeps_out(const record& r) const {
    return r.entry.enabled ? filter_.judge(r.entry.name) : kept_out_by::its_entry;
}

/// What comes before a record in the order of ranks and is the same plugin: by its name, or by its file. Null: nothing.
HAFT_COLD inline const plugin_loader::record* plugin_loader::shadow_of(const record& r,
                                                                       const std::vector<record*>& order) {
    for (const record* before : order) {
        if (before == &r) break;
        if (before->state == plugin_state::shadowed) continue;
        std::error_code no_file;
        if (same_plugin_name(before->entry.name, r.entry.name) ||
            (!r.entry.file.empty() && !before->entry.file.empty() &&
             std::filesystem::equivalent(r.entry.file, before->entry.file, no_file)))
            return before;
    }
    return nullptr;
}

/// Decides about an entry before anything of it runs.
HAFT_COLD inline void plugin_loader::sort_out(record& r, const std::vector<record*>& order, load_report& report) {
    const std::string& name = r.entry.name;
    r.problem = {};
    r.manifest = r.entry.manifest;
    if (!legal_plugin_name(name))
        return refuse(r,
                      {errc::bad_plugin_name,
                       concat({"the plugin name ", in_quotes(name), r.entry.source.empty() ? "" : ", from ",
                               r.entry.source, ", is not legal; 1 to 64 of A-Z a-z 0-9 _ - are"})},
                      report);
    if (const record* const before = shadow_of(r, order)) {
        const auto source = [](const record& of, std::string_view behind) {
            return of.entry.source.empty() ? std::string() : concat({"(", of.entry.source, ")", behind});
        };
        r.state = plugin_state::shadowed;
        r.made.reset();
        r.problem = detail::plugin_error(
            errc::duplicate_plugin, name,
            {source(r, " "),
             same_plugin_name(before->entry.name, name) ? "is shadowed by " : "is the same file as ",
             in_quotes(before->entry.name), before->entry.source.empty() ? "" : " ", source(*before, ""),
             before->entry.rank < r.entry.rank ? ", which comes first" : ", which came first"});
        return report.warnings.push_back(r.problem);
    }
    r.kept_out = what_keeps_out(r);
    if (r.kept_out != kept_out_by::nothing) {
        r.state = plugin_state::disabled;
        r.made.reset();
        r.problem.message =
            r.kept_out == kept_out_by::its_entry ? "its own entry says so" : filter_.why_not(r.entry.name);
        return;
    }
    if (r.manifest && !r.manifest->name.empty() && !same_plugin_name(r.manifest->name, name))
        return refuse(r,
                      detail::plugin_error(errc::bad_plugin_name, name,
                                           {"is called ", in_quotes(r.manifest->name),
                                            " in its manifest; one of both names has to be changed"}),
                      report);
    r.state = plugin_state::known;
}

/// Makes the plugin of an entry.
HAFT_COLD inline result<std::shared_ptr<const plugin>> plugin_loader::make(const plugin_entry& from) const {
    const std::string& name = from.name;
    result<plugin> made = detail::run_step<plugin>(
        [&] { return from.make ? from.make() : result<plugin>(error{errc::plugin_failed, "nobody says how it is made"}); });
    if (!made) return detail::failure_of(name, "making it", std::move(made.error()));
    // What it says itself may be newer than what its entry says, if it was made anew.
    if (from.manifest && made->manifest.name.empty()) made->manifest = *from.manifest;
    if (made->name.empty()) made->name = made->manifest.name.empty() ? name : made->manifest.name;
    if (!same_plugin_name(made->name, name))
        return detail::plugin_error(
            errc::bad_plugin_name, name,
            {"turned out to be called ", in_quotes(made->name), "; one of both names has to be changed"});
    return std::make_shared<const plugin>(std::move(*made));
}

/// Of a loaded plugin whose files have changed: takes it out, for the one that its files say now to come. If that can't be made, or
/// its configuration does not fit, all stays as it is.
HAFT_COLD inline void plugin_loader::renew(record& r, load_report& report) {
    const auto keep = [&](error why) {
        why.message += "; the one that was loaded before stays";
        place_faults(*r.made, why);
        report.failed.push_back(std::move(why));
    };
    result<std::shared_ptr<const plugin>> made = make(*r.next);
    if (!made) return keep(std::move(made.error()));
    const std::string config = detail::with_workspace(**made, config_of(r.entry.name), workspace_dir_);
    std::vector<error> told_when_loaded;
    if (result<void> fits = check_config(**made, config, told_when_loaded); !fits)
        return keep(std::move(fits.error()));
    take_out_for_a_while(r);
    r.made = std::move(*made);
}

/// The first so many records, those of lower ranks first.
HAFT_COLD inline std::vector<plugin_loader::record*> plugin_loader::in_rank_order(std::size_t count) {
    std::vector<record*> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(&records_[i]);
    std::stable_sort(out.begin(), out.end(),
                     [](const record* a, const record* b) { return a->entry.rank < b->entry.rank; });
    return out;
}

HAFT_COLD inline void plugin_loader::take_in(load_report& report) {
    // What a plugin adds meanwhile waits for the next time.
    const std::vector<record*> order = in_rank_order(records_.size());
    const auto is_loaded = [](const record* r) { return r->state == plugin_state::loaded; };
    for (record* const r : order)
        if (is_loaded(r) && (what_keeps_out(*r) != kept_out_by::nothing || shadow_of(*r, order)))
            for (record* const one : with_those_that_need(*r)) take_out(*one, plugin_state::known);
    for (record* const r : order)
        if (is_loaded(r) && r->next) renew(*r, report);
    for (record* const r : order)
        if (is_loaded(r)) expose_anew(*r, report);

    std::vector<record*> all;  // that are loaded or to be loaded
    for (record* const r : order) {
        if (r->state == plugin_state::unloaded) continue;
        if (!is_loaded(r)) {
            sort_out(*r, order, report);
            if (r->state != plugin_state::known) continue;
            if (!r->manifest && !r->made) {
                result<std::shared_ptr<const plugin>> made = make(r->entry);
                if (!made) {
                    refuse(*r, std::move(made.error()), report);
                    continue;
                }
                r->made = std::move(*made);
            }
            if (!r->manifest) r->manifest = r->made->manifest;
        }
        all.push_back(r);
    }
    std::vector<load_node> nodes(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto put = [&](const std::vector<std::string>& names, std::vector<std::size_t>& to) {
            for (const std::string& one : names)
                for (std::size_t j = 0; j < all.size(); ++j)
                    if (same_plugin_name(all[j]->entry.name, read_requirement(one).name)) to.push_back(j);
        };
        put(all[i]->manifest->plugin_deps, nodes[i].needs);
        put(all[i]->manifest->optional_plugin_deps, nodes[i].likes);
    }
    const load_order wanted = order_to_load(nodes);
    refuse_cycles(all, wanted, report);
    for (std::size_t place = 0; place < wanted.order.size(); ++place) {
        record& r = *all[wanted.order[place]];
        r.place = place;
        if (!is_loaded(&r)) load_one(r, report);
    }

    const auto warn_of_unknown = [&](std::string_view where, std::string_view name) {
        if (find(name)) return;
        known_names known(name);
        for (const record& r : records_) known.add(r.entry.name);
        error e{errc::unknown_plugin, concat({where, " names ", in_quotes(name), ", and no plugin is called so"})};
        known.append_to(e.message);
        report.warnings.push_back(std::move(e));
    };
    for (const std::string& name : filter_.enabled) warn_of_unknown("the list of enabled plugins", name);
    for (const std::string& name : filter_.disabled) warn_of_unknown("the list of disabled plugins", name);
    for (const auto& [name, config] : configs_) warn_of_unknown("a configuration", name);
    publish();
}

HAFT_COLD inline void plugin_loader::refuse_cycles(const std::vector<record*>& all, const load_order& order,
                                                   load_report& report) {
    for (const std::vector<std::size_t>& cycle : order.cycles) {
        std::string path;
        for (const std::size_t i : cycle) append_all(path, {all[i]->entry.name, " -> "});
        path += all[cycle.front()]->entry.name;
        for (const std::size_t i : cycle)
            refuse(*all[i],
                   detail::plugin_error(errc::plugin_cycle, all[i]->entry.name,
                                        {cycle.size() == 1 ? "needs itself: " : "needs what needs it: ", path}),
                   report);
    }
}

HAFT_COLD inline void plugin_loader::load_one(record& r, load_report& report) {
    if (result<void> ok = check_host(r); !ok) return refuse(r, std::move(ok.error()), report);
    if (result<void> ok = check_needs(r, report); !ok) return refuse(r, std::move(ok.error()), report);
    if (result<void> ok = check_programs(r, report); !ok) return refuse(r, std::move(ok.error()), report);
    if (!r.made) {
        result<std::shared_ptr<const plugin>> made = make(r.entry);
        if (!made) return refuse(r, std::move(made.error()), report);
        r.made = std::move(*made);
    }
    r.manifest = r.made->manifest;
    if (result<void> in = bring_in(r, report); !in) return refuse(r, std::move(in.error()), report);
    report.loaded.push_back(r.made->name);
    publish();
}

HAFT_COLD inline void plugin_loader::run_init(record& r, const std::string& config, load_report& report) {
    r.init_problem = {};
    result<void> done = r.made->init(detail::with_defaults(r.made->config_schema, config));
    if (done) return;
    r.init_problem = detail::failure_of(r.made->name, "its init", std::move(done.error()));
    report.warnings.push_back(r.init_problem);
}

HAFT_COLD inline result<void> plugin_loader::tell_surroundings(const plugin& p) const {
    if (!p.set_surroundings) return {};
    plugin_surroundings around{.registry = &registry_, .workspace = workspace_dir_, .state_folder = {}};
    if (!options_.state_dir.empty()) {
        around.state_folder = std::filesystem::path(options_.state_dir) / folded_plugin_name(p.name);
        std::error_code problem;
        std::filesystem::create_directories(around.state_folder, problem);
        if (problem)
            return detail::failure_of(p.name, concat({"making its folder ", around.state_folder.string()}),
                                      {errc::plugin_failed, problem.message()});
    }
    result<void> told = p.set_surroundings(around);
    if (!told) return detail::failure_of(p.name, "its set_surroundings", std::move(told.error()));
    return {};
}

HAFT_COLD inline result<void> plugin_loader::check_config(const plugin& of, const std::string& config,
                                                          std::vector<error>& warnings) const {
    hidden_values is_hidden;
    if (options_.is_hidden)
        is_hidden = [&](std::string_view pointer) { return options_.is_hidden(of.name, pointer); };
    return check_plugin_config(of, config, options_.may_lack_keys, warnings, is_hidden);
}

/// What a host knows of where configurations are written.
HAFT_COLD inline void plugin_loader::place_faults(const plugin& of, error& e) const {
    if (!options_.place_of) return;
    for (fault& f : e.faults) try {
            if (f.place.empty()) f.place = options_.place_of(of.name, f.pointer);
        } catch (...) {}  // then it stays unsaid
}

namespace detail {
/// A plugin that has said more of itself when it was set up.
HAFT_COLD inline std::shared_ptr<const plugin> with_words(const plugin& p, plugin_words&& said) {
    auto out = std::make_shared<plugin>(p);
    out->instructions = std::move(said.instructions);
    out->tools_md = std::move(said.tools_md);
    out->soul_append = std::move(said.soul_append);
    out->models = std::move(said.models);
    out->traits = std::move(said.traits);
    out->auto_approved = std::move(said.auto_approved);
    out->available = std::move(said.available);
    out->available_hint = std::move(said.available_hint);
    out->priority = said.priority;
    out->enrichment_only = said.enrichment_only;
    return out;
}
}  // namespace detail

/// Everything or nothing: of an error nothing of the plugin is left. [fault 89]
HAFT_COLD inline result<void> plugin_loader::bring_in(record& r, load_report& report) {
    std::shared_ptr<const plugin> p = r.made;
    std::string config = detail::with_workspace(*p, config_of(p->name), workspace_dir_);
    if (result<void> fits = check_config(*p, config, report.warnings); !fits) {
        place_faults(*p, fits.error());
        return fits;
    }
    if (result<void> told = tell_surroundings(*p); !told) return told;
    run_init(r, config, report);
    const std::string filled = detail::with_defaults(p->config_schema, config);
    result<plugin_offer> offered = p->setup(filled);
    if (!offered) return detail::failure_of(p->name, "its setup", std::move(offered.error()));
    if (offered->words) r.made = p = detail::with_words(*p, std::move(*offered->words));
    bool added = false;
    const auto roll_back = [&](error why) {
        if (added) registry_.remove(p->name);
        if (result<void> done = p->teardown(filled); !done)
            tell(detail::failure_of(p->name, "its teardown", std::move(done.error())));
        return why;
    };
    try {
        owner o = detail::owner_of(p, std::move(*offered), options_.may_lack_keys);
        o.source = r.entry.source;
        r.brings = detail::what_it_brings(o);
        for (const error& refusal : o.tools.refusals())
            return roll_back(
                detail::plugin_error(refusal.code, p->name, {"brings a tool that is refused: ", refusal.message}));
        if (result<void> done = registry_.add(std::move(o)); !done) return roll_back(std::move(done.error()));
        added = true;
        if (options_.expose && !std::exchange(r.hidden, false))
            if (result<bool> shown = registry_.expose(p->name, detail::config_for_registry(config)); !shown) {
                if (shown.error().code != errc::duplicate_tool && shown.error().code != errc::not_available)
                    return roll_back(std::move(shown.error()));
                r.problem = shown.error();  // the registry shows it as soon as it can
                report.warnings.push_back(std::move(shown.error()));
            }
    } catch (...) {
        return roll_back(detail::failure_of(p->name, "loading it", {errc::plugin_failed, detail::caught_text()}));
    }
    r.config = std::move(config);
    r.state = plugin_state::loaded;
    r.loaded_at = ++loads_;
    return {};
}

/// Of a plugin that is loaded: its init if that has failed, and what has been configured anew.
HAFT_COLD inline void plugin_loader::expose_anew(record& r, load_report& report) {
    const std::shared_ptr<const plugin> p = r.made;
    if (!r.init_problem.message.empty()) run_init(r, r.config, report);
    const std::string given = config_of(p->name);
    std::string config = detail::with_workspace(*p, given, workspace_dir_);
    if (given.empty() || config == r.config) return;
    if (result<void> fits = check_config(*p, config, report.warnings); !fits) {
        place_faults(*p, fits.error());
        return report.failed.push_back(std::move(fits.error()));
    }
    if (p->init.takes_argument() || p->setup.takes_argument()) return take_out_for_a_while(r);  // they ran with another one
    const bool waits = options_.expose && !r.problem.message.empty();  // what somebody has hidden stays hidden
    r.config = config;
    r.problem = {};
    if (!waits && !registry_.is_exposed(p->name)) return;
    // To expose with none keeps the one that there was [PM-05]; but its section was there and is taken away.
    if (detail::config_for_registry(config).empty()) registry_.unexpose(p->name);
    result<bool> shown = registry_.expose(p->name, detail::config_for_registry(config));
    if (shown) return;
    r.problem = shown.error();
    report.failed.push_back(std::move(shown.error()));
}

/// Takes a loaded plugin out of the registry, which shuts it down, and tears it down.
HAFT_COLD inline void plugin_loader::take_out(record& r, plugin_state after) {
    const std::shared_ptr<const plugin> p = std::exchange(r.made, nullptr);
    if (r.next) r.entry = std::move(*r.next), r.next.reset();
    registry_.remove(p->name);
    if (result<void> done = p->teardown(detail::with_defaults(p->config_schema, r.config)); !done)
        tell(detail::failure_of(p->name, "its teardown", std::move(done.error())));
    r.state = after;
    r.problem = r.init_problem = {};
    publish();
}

/// Takes a plugin and those that need it out; the load that goes on brings them back, hidden if somebody has hidden them.
HAFT_COLD inline void plugin_loader::take_out_for_a_while(record& r) {
    for (record* const one : with_those_that_need(r)) {
        const bool waits = !one->problem.message.empty();
        one->hidden = options_.expose && !waits && !registry_.is_exposed(one->made->name);
        take_out(*one, plugin_state::known);
    }
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_PLUGIN_LOADING_HPP
