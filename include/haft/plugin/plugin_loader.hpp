// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_LOADER_HPP
#define HAFT_PLUGIN_PLUGIN_LOADER_HPP

/// What holds plugins: `haft::plugin_loader`.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/known_names.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/plugin/plugin_loader_class.hpp>
#include <haft/plugin/plugin_loading.hpp>
#include <haft/registry/explain.hpp>
#include <haft/tool/explanation.hpp>

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

HAFT_COLD inline error plugin_loader::is_busy() {
    return {errc::plugin_failed, "plugins are being loaded or unloaded: a plugin's own step can't do so itself"};
}

HAFT_COLD inline void plugin_loader::add(plugin_entry entry) {
    const std::lock_guard guard(changing_);
    records_.emplace_back().entry = std::move(entry);
    publish();
}

HAFT_COLD inline void plugin_loader::configure(std::string_view name, std::string config) {
    const std::lock_guard guard(changing_);
    for (auto& [known, before] : configs_)
        if (same_plugin_name(known, name)) return void(before = std::move(config));
    configs_.emplace_back(name, std::move(config));
}

HAFT_COLD inline void plugin_loader::forget_config(std::string_view name) {
    const std::lock_guard guard(changing_);
    std::erase_if(configs_, [&](const auto& known) { return same_plugin_name(known.first, name); });
}

HAFT_COLD inline void plugin_loader::allow(plugin_filter filter) {
    const std::lock_guard guard(changing_);
    filter_ = std::move(filter);
}

HAFT_COLD inline void plugin_loader::set_workspace_dir(std::string folder) {
    const change now(*this);
    if (now.nested) return tell(is_busy());
    workspace_dir_ = std::move(folder);
    for (record& r : records_)
        if (r.state == plugin_state::loaded)
            if (result<void> told = tell_surroundings(*r.made); !told) tell(std::move(told.error()));
}

HAFT_COLD inline bool plugin_loader::remove(std::string_view name) {
    const change now(*this);
    record* const known = now.nested ? nullptr : find(name);
    if (!known) return false;
    for (record* const one : with_those_that_need(*known)) take_out(*one, plugin_state::known);
    std::erase_if(records_, [&](const record& r) { return &r == known; });
    publish();
    return true;
}

HAFT_COLD inline result<replaced_entries> plugin_loader::replace(std::string_view group,
                                                                 std::vector<plugin_entry> entries,
                                                                 const std::vector<std::filesystem::path>& broken) {
    const change now(*this);
    if (now.nested) return is_busy();
    replaced_entries out;
    std::vector<bool> is_old(entries.size(), false);
    std::vector<const record*> gone;
    for (std::size_t i = 0, count = records_.size(); i < count; ++i) {  // a teardown may add some
        record& r = records_[i];
        if (r.group != group) continue;
        const auto again = std::find_if(entries.begin(), entries.end(), [&](const plugin_entry& e) {
            return e.file == r.entry.file && same_plugin_name(e.name, r.entry.name);
        });
        if (again == entries.end()) {
            if (std::find(broken.begin(), broken.end(), r.entry.file) != broken.end()) continue;
            if (r.state == plugin_state::loaded)
                for (record* const one : with_those_that_need(r)) take_out(*one, plugin_state::known);
            out.gone.push_back(r.entry.name);
            gone.push_back(&r);
            continue;
        }
        is_old[static_cast<std::size_t>(again - entries.begin())] = true;
        r.entry.rank = again->rank;
        if (again->stamp == r.entry.stamp) {
            r.next.reset();
            continue;
        }
        if (!r.next || r.next->stamp != again->stamp) out.changed.push_back(again->name);
        if (r.state == plugin_state::loaded) r.next = std::move(*again);
        else r.entry = std::move(*again);
    }
    std::erase_if(records_,
                  [&](const record& r) { return std::find(gone.begin(), gone.end(), &r) != gone.end(); });
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (is_old[i]) continue;
        record& fresh = records_.emplace_back();
        fresh.entry = std::move(entries[i]);
        fresh.group = group;
    }
    publish();
    return out;
}

HAFT_COLD inline void plugin_loader::add_source(plugin_source source) {
    const std::lock_guard guard(changing_);
    sources_.push_back(std::move(source));
}

HAFT_COLD inline result<std::vector<std::string>> plugin_loader::discover(std::string_view kind) {
    const std::lock_guard guard(changing_);
    std::vector<plugin_entry> found;
    const std::vector<plugin_source> sources = sources_;  // one of them may add another
    for (const plugin_source& s : sources) try {
            for (plugin_entry& e : s.find()) {
                if (e.source.empty()) e.source = s.name;
                found.push_back(std::move(e));
            }
        } catch (...) {
            tell({errc::plugin_failed,
                  concat({"source ", in_quotes(s.name), " of plugins failed: ", detail::caught_text()})});
        }
    known_names kinds(kind);
    kinds.add(plugin_kind::kind_name);
    bool is_known = kind == plugin_kind::kind_name;
    for (const plugin_entry& e : found) kinds.add(e.kind), is_known = is_known || e.kind == kind;
    if (!is_known) {
        error e{errc::unknown_kind, concat({"no plugins are of the kind ", in_quotes(kind)})};
        kinds.append_to(e.message);
        return e;
    }
    std::vector<std::string> names;
    for (plugin_entry& e : found) {
        if (e.kind != kind) continue;
        const auto again = [&](const record& r) { return r.entry.name == e.name && r.entry.source == e.source; };
        if (std::any_of(records_.begin(), records_.end(), again)) continue;
        if (!find(e.name)) names.push_back(e.name);
        records_.emplace_back().entry = std::move(e);
    }
    publish();
    return names;
}

HAFT_COLD inline load_report plugin_loader::load() {
    load_report report;
    const change now(*this);
    if (now.nested) report.failed.push_back(is_busy());
    else take_in(report);
    return report;
}

/// The loaded ones among a plugin and those that need it or would use it, last loaded first.
HAFT_COLD inline std::vector<plugin_loader::record*> plugin_loader::with_those_that_need(record& r) {
    std::vector<record*> out{&r};
    for (std::size_t i = 0; i < out.size(); ++i)
        for (record& other : records_) {
            if (other.state != plugin_state::loaded || std::find(out.begin(), out.end(), &other) != out.end()) continue;
            for (const auto* list : {&other.manifest->plugin_deps, &other.manifest->optional_plugin_deps})
                for (const std::string& one : *list)
                    if (same_plugin_name(read_requirement(one).name, out[i]->entry.name) && out.back() != &other)
                        out.push_back(&other);
        }
    std::erase_if(out, [](const record* one) { return one->state != plugin_state::loaded; });
    std::sort(out.begin(), out.end(), [](const record* a, const record* b) { return a->loaded_at > b->loaded_at; });
    return out;
}

HAFT_COLD inline result<load_report> plugin_loader::reload(std::string_view name) {
    const change now(*this);
    if (now.nested) return is_busy();
    record* const known = find(name);
    if (!known) {
        error e{errc::unknown_plugin, concat({"no plugin is named ", in_quotes(name)})};
        known_names others(name);
        for (const record& r : records_) others.add(r.entry.name);
        others.append_to(e.message);
        return e;
    }
    for (record* const one : with_those_that_need(*known)) take_out(*one, plugin_state::known);
    if (known->state == plugin_state::unloaded) known->state = plugin_state::known;
    load_report report;
    take_in(report);
    return report;
}

HAFT_COLD inline result<bool> plugin_loader::unload(std::string_view name) {
    const change now(*this);
    if (now.nested) return is_busy();
    record* const known = find(name);
    if (!known || known->state != plugin_state::loaded) return false;
    for (record* const one : with_those_that_need(*known)) take_out(*one, plugin_state::unloaded);
    return true;
}

HAFT_COLD inline void plugin_loader::unload_all() {
    const change now(*this);
    if (now.nested) return tell(is_busy());
    std::vector<record*> loaded;
    for (record& r : records_)
        if (r.state == plugin_state::loaded) loaded.push_back(&r);
    std::sort(loaded.begin(), loaded.end(),
              [](const record* a, const record* b) { return a->loaded_at > b->loaded_at; });
    for (record* const one : loaded) take_out(*one, plugin_state::unloaded);
}

// --- questions

HAFT_COLD inline plugin_loader::record* plugin_loader::find(std::string_view name) {
    record* out = nullptr;
    for (record* const r : in_rank_order(records_.size())) {
        if (r->state == plugin_state::shadowed || !same_plugin_name(r->entry.name, name)) continue;
        if (r->state == plugin_state::loaded) return r;
        if (!out) out = r;
    }
    return out;
}

HAFT_COLD inline std::string plugin_loader::config_of(std::string_view name) const {
    for (const auto& [known, config] : configs_)
        if (same_plugin_name(known, name)) return config;
    return {};
}

HAFT_COLD inline void plugin_loader::tell(error e) {
    const std::lock_guard guard(reading_);
    problems_.push_back(std::move(e));
}

/// What questions are answered from.
HAFT_COLD inline void plugin_loader::publish() {
    auto next = std::make_shared<std::vector<plugin_status>>();
    std::vector<const record*> loaded;
    for (const record* const each : in_rank_order(records_.size())) {
        const record& r = *each;
        plugin_status& row = next->emplace_back();
        row.name = r.made ? r.made->name : r.entry.name;
        row.state = r.state;
        if (r.state == plugin_state::disabled) row.kept_out = r.kept_out;
        if (r.manifest) row.version = r.manifest->version, row.description = r.manifest->description;
        row.source = r.entry.source;
        if (r.state == plugin_state::loaded) row.brings = r.brings;
        row.problem = r.problem;
        row.init_problem = r.init_problem;
        if (r.state == plugin_state::loaded) loaded.push_back(&r);
    }
    std::sort(loaded.begin(), loaded.end(),
              [](const record* a, const record* b) { return a->place < b->place; });
    prompt_sections sections;
    for (const record* r : loaded) sections.add(r->made->name, r->made->tools_md, r->made->soul_append);
    const std::lock_guard guard(reading_);
    rows_ = std::move(next);
    std::swap(sections_, sections);
}

HAFT_COLD inline bool plugin_loader::is_loaded(std::string_view name) const {
    for (const plugin_status& row : *rows())
        if (row.state == plugin_state::loaded && same_plugin_name(row.name, name)) return true;
    return false;
}

HAFT_COLD inline prompt_sections plugin_loader::sections() const {
    const std::lock_guard guard(reading_);
    return sections_;
}

HAFT_COLD inline std::vector<error> plugin_loader::problems() const {
    const std::lock_guard guard(reading_);
    return problems_;
}

HAFT_COLD inline explanation plugin_loader::explain(std::string_view name) const {
    explanation out;
    out.name = name;
    const rows_pointer all = rows();
    known_names others(name);
    for (const plugin_status& row : *all) {
        others.add(row.name);
        if (!same_plugin_name(row.name, name)) continue;
        out.known = true;
        const std::string from = row.source.empty() ? std::string() : concat({" (", row.source, ")"});
        const std::string what =
            concat({"plugin ", in_quotes(row.name), row.version.empty() ? "" : " ", row.version, from});
        switch (row.state) {
            case plugin_state::known: out.say({what, " is known, but not loaded: load it"}); break;
            case plugin_state::loaded: out.say({what, " is loaded and brings ", row.brings}); break;
            case plugin_state::disabled: out.say({what, " is disabled: ", row.problem.message}); break;
            case plugin_state::refused: out.say({what, " was refused: ", row.problem.text()}); break;
            case plugin_state::shadowed: out.say({row.problem.text()}); break;
            case plugin_state::unloaded: out.say({what, " was unloaded: reload brings it back"}); break;
        }
        if (!row.init_problem.message.empty()) out.say({row.init_problem.text()});
        if (row.state != plugin_state::loaded) continue;
        for (const std::string& reason : haft::explain(*registry_.snapshot(), row.name).reasons) out.say({reason});
    }
    if (!out.known) {
        std::string text = concat({"no plugin is named ", in_quotes(name)});
        others.append_to(text);
        out.reasons.push_back(std::move(text));
    }
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_PLUGIN_LOADER_HPP
