// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_LOADING_HPP
#define HAFT_PLUGIN_PLUGIN_LOADING_HPP

/// How a loader brings plugins in and out: definitions of what plugin_loader.hpp declares.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/known_names.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/plugin/check_plugin_config.hpp>
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

HAFT_COLD inline std::string plugin_loader::why_disabled(const record& r) const {
    return !r.entry.enabled ? "its own entry says so" : filter_.why_not(r.entry.name);
}

/// Decides about an entry before anything of it runs.
HAFT_COLD inline void plugin_loader::sort_out(record& r, load_report& report) {
    const std::string& name = r.entry.name;
    r.problem = {};
    r.made.reset();
    r.manifest = r.entry.manifest;
    if (!legal_plugin_name(name))
        return refuse(r,
                      {errc::bad_plugin_name,
                       concat({"the plugin name ", in_quotes(name), r.entry.source.empty() ? "" : ", from ",
                               r.entry.source, ", is not legal; 1 to 64 of A-Z a-z 0-9 _ - are"})},
                      report);
    for (const record& before : records_) {
        if (&before == &r) break;
        if (before.state == plugin_state::shadowed) continue;
        std::error_code no_file;
        const bool one_file = !r.entry.file.empty() && !before.entry.file.empty() &&
                              std::filesystem::equivalent(r.entry.file, before.entry.file, no_file);
        if (!one_file && !same_plugin_name(before.entry.name, name)) continue;
        const auto source = [](const record& of, std::string_view behind) {
            return of.entry.source.empty() ? std::string() : concat({"(", of.entry.source, ")", behind});
        };
        r.state = plugin_state::shadowed;
        r.problem = detail::plugin_error(
            errc::duplicate_plugin, name,
            {source(r, " "), one_file ? "is the same file as " : "is shadowed by ", in_quotes(before.entry.name),
             before.entry.source.empty() ? "" : " ", source(before, ""), ", which came first"});
        return report.warnings.push_back(r.problem);
    }
    if (std::string why = why_disabled(r); !why.empty()) {
        r.state = plugin_state::disabled;
        r.problem.message = std::move(why);
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

/// Makes the plugin. False if that can't be, and then it is in `problem`.
HAFT_COLD inline bool plugin_loader::make(record& r) {
    const std::string& name = r.entry.name;
    const auto failed = [&](error why) {
        r.problem = std::move(why);
        return false;
    };
    result<plugin> made = detail::run_step<plugin>([&] {
        return r.entry.make ? r.entry.make() : result<plugin>(error{errc::plugin_failed, "nobody says how it is made"});
    });
    if (!made) return failed(detail::failure_of(name, "making it", std::move(made.error())));
    // What it says itself may be newer than what its entry says, if it was made anew.
    if (r.entry.manifest && made->manifest.name.empty()) made->manifest = *r.entry.manifest;
    if (made->name.empty()) made->name = made->manifest.name.empty() ? name : made->manifest.name;
    if (!same_plugin_name(made->name, name))
        return failed(detail::plugin_error(
            errc::bad_plugin_name, name,
            {"turned out to be called ", in_quotes(made->name), "; one of both names has to be changed"}));
    r.manifest = made->manifest;
    r.made = std::make_shared<const plugin>(std::move(*made));
    return true;
}

HAFT_COLD inline void plugin_loader::take_in(load_report& report) {
    const std::size_t count = records_.size();  // what a plugin adds meanwhile waits for the next time
    for (std::size_t i = 0; i < count; ++i)
        if (records_[i].state == plugin_state::loaded && !why_disabled(records_[i]).empty())
            for (record* const one : with_those_that_need(records_[i])) take_out(*one, plugin_state::known);
    for (std::size_t i = 0; i < count; ++i)
        if (records_[i].state == plugin_state::loaded) expose_anew(records_[i], report);
    std::vector<record*> wanted;
    for (std::size_t i = 0; i < count; ++i) {
        record& r = records_[i];
        if (r.state == plugin_state::loaded || r.state == plugin_state::unloaded) continue;
        sort_out(r, report);
        if (r.state != plugin_state::known) continue;
        if (r.entry.manifest || make(r)) wanted.push_back(&r);
        else refuse(r, std::move(r.problem), report);
    }

    std::vector<load_node> nodes(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto put = [&](const std::vector<std::string>& names, std::vector<std::size_t>& to) {
            for (const std::string& one : names)
                for (std::size_t j = 0; j < wanted.size(); ++j)
                    if (same_plugin_name(wanted[j]->entry.name, read_requirement(one).name)) to.push_back(j);
        };
        put(wanted[i]->manifest->plugin_deps, nodes[i].needs);
        put(wanted[i]->manifest->optional_plugin_deps, nodes[i].likes);
    }
    const load_order order = order_to_load(nodes);
    for (const std::vector<std::size_t>& cycle : order.cycles) {
        std::string path;
        for (const std::size_t i : cycle) append_all(path, {wanted[i]->entry.name, " -> "});
        path += wanted[cycle.front()]->entry.name;
        for (const std::size_t i : cycle)
            refuse(*wanted[i],
                   detail::plugin_error(errc::plugin_cycle, wanted[i]->entry.name,
                                        {cycle.size() == 1 ? "needs itself: " : "needs what needs it: ", path}),
                   report);
    }
    for (const std::size_t i : order.order) load_one(*wanted[i], report);

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

HAFT_COLD inline void plugin_loader::load_one(record& r, load_report& report) {
    if (result<void> ok = check_host(r); !ok) return refuse(r, std::move(ok.error()), report);
    if (result<void> ok = check_needs(r, report); !ok) return refuse(r, std::move(ok.error()), report);
    if (result<void> ok = check_programs(r, report); !ok) return refuse(r, std::move(ok.error()), report);
    if (!r.made && !make(r)) return refuse(r, std::move(r.problem), report);
    if (result<void> in = bring_in(r, report); !in) return refuse(r, std::move(in.error()), report);
    report.loaded.push_back(r.made->name);
    publish();
}

HAFT_COLD inline void plugin_loader::run_init(record& r, const std::string& config, load_report& report) {
    r.init_problem = {};
    result<void> done = r.made->init(config);
    if (done) return;
    r.init_problem = detail::failure_of(r.made->name, "its init", std::move(done.error()));
    report.warnings.push_back(r.init_problem);
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
    std::string config = detail::with_workspace(*p, config_of(p->name), options_.workspace_dir);
    if (result<void> fits = check_plugin_config(*p, config, options_.may_lack_keys, report.warnings); !fits) {
        place_faults(*p, fits.error());
        return fits;
    }
    run_init(r, config, report);
    result<plugin_offer> offered = p->setup(config);
    if (!offered) return detail::failure_of(p->name, "its setup", std::move(offered.error()));
    if (offered->words) r.made = p = detail::with_words(*p, std::move(*offered->words));
    bool added = false;
    const auto roll_back = [&](error why) {
        if (added) registry_.remove(p->name);
        if (result<void> done = p->teardown(config); !done)
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
        if (options_.expose)
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
    std::string config = detail::with_workspace(*p, given, options_.workspace_dir);
    if (given.empty() || config == r.config) return;
    if (result<void> fits = check_plugin_config(*p, config, options_.may_lack_keys, report.warnings); !fits) {
        place_faults(*p, fits.error());
        return report.failed.push_back(std::move(fits.error()));
    }
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
    registry_.remove(p->name);
    if (result<void> done = p->teardown(r.config); !done)
        tell(detail::failure_of(p->name, "its teardown", std::move(done.error())));
    r.state = after;
    r.problem = r.init_problem = {};
    publish();
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_PLUGIN_LOADING_HPP
