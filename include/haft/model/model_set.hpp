// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_MODEL_SET_HPP
#define HAFT_MODEL_MODEL_SET_HPP

/// All models of a host, those that are waited for and those that tell when they are done, by id and by alias.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/kind/enlistment.hpp>
#include <haft/kind/kinds.hpp>
#include <haft/kind/part.hpp>
#include <haft/kind/registry_of.hpp>
#include <haft/model/alias_map.hpp>
#include <haft/model/embedding.hpp>
#include <haft/model/model.hpp>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// A model that is there, in a list of all.
struct known_model {
    std::string id = {};
    bool sync = false;   ///< can be waited for: model_set::get
    bool async = false;  ///< tells when it is done: model_set::get_async
    std::string owner = {};
    std::vector<std::string> aliases = {};
};

/// What may be done to the aliases after all registrations: llm's `trylast` hook `register_models(register, model_aliases)`.
/// Aliases may be added and taken away; nothing else that is changed counts. Called on each look-up, on its thread.
using alias_step = std::function<void(std::vector<known_model>& all)>;

/// The models of a host: `registry.get<haft::model_set>()`. A view of `registry_of<model>`, `registry_of<async_model>` and
/// `registry_of<embedding_model>`, so that what owners bring by `part_of<model>` is in it; an id may be in both of the first. Of
/// two models of one id the later one is found. An id beats an alias; of aliases those of people's files beat those that models
/// came with. Safe from any thread. [MP-01]
class model_set {
public:
    explicit model_set(kinds& where)
        : sync_(where.get<registry_of<model>>()),
          async_(where.get<registry_of<async_model>>()),
          embedding_(where.get<registry_of<embedding_model>>()) {}

    /// Puts a model in under the id of its info. Errors (E0280): no model, or no id.
    result<enlistment> add(std::shared_ptr<model> one, named_as as = {}) {
        std::string id = one ? one->info().id : "";
        return sync_.add(std::move(id), std::move(one), std::move(as));
    }
    result<enlistment> add(std::shared_ptr<async_model> one, named_as as = {}) {
        std::string id = one ? one->info().id : "";
        return async_.add(std::move(id), std::move(one), std::move(as));
    }
    /// Puts both in under one id, that of the first: `register(model, async_model, aliases)`.
    HAFT_COLD result<enlistment> add(std::shared_ptr<model> one, std::shared_ptr<async_model> other, named_as as = {}) {
        if (!one || !other) return one ? add(std::move(one), std::move(as)) : add(std::move(other), std::move(as));
        const std::string id = one->info().id;
        result<enlistment> first = sync_.add(id, std::move(one), as);
        if (!first) return first;
        result<enlistment> second = async_.add(id, std::move(other), std::move(as));
        if (!second) return second;
        const auto both = std::make_shared<std::pair<enlistment, enlistment>>(std::move(*first), std::move(*second));
        return enlistment([both] { both->second.withdraw(), both->first.withdraw(); });
    }

    /// Adds the aliases of a JSON object, `{"fast": "gpt-4.1-mini"}`; a later one beats an earlier one. Errors: see alias_map.
    HAFT_COLD result<void> add_aliases(std::string_view json, std::string_view from = "the host") {
        const std::lock_guard guard(mutex_);
        return map_.add_json(json, from);
    }
    /// The same, of a file. An error (E0315) if it can't be read.
    HAFT_COLD result<void> add_alias_file(const std::string& path) {
        std::ifstream file(path, std::ios::binary);
        if (!file) return error{errc::bad_aliases, concat({"the file of aliases ", in_quotes(path), " can't be read"})};
        return add_aliases(std::string(std::istreambuf_iterator<char>(file), {}), path);
    }
    /// Adds a step that sees and changes all aliases; steps run in the order in which they were added. The handle may outlive the
    /// set.
    HAFT_COLD enlistment on_aliases(alias_step step) {
        const std::lock_guard guard(*steps_mutex_);
        const std::uint64_t number = ++numbers_;
        steps_->push_back({number, std::move(step)});
        return enlistment([of = std::weak_ptr(steps_), lock = std::weak_ptr(steps_mutex_), number] {
            const auto mutex = lock.lock();
            const auto all_steps = of.lock();
            if (!mutex || !all_steps) return;
            const std::lock_guard held(*mutex);
            std::erase_if(*all_steps, [&](const auto& one) { return one.first == number; });
        });
    }

    /// The model of that id or alias. An error (E0282) names the nearest, and says so if there is one by that name which tells
    /// when it is done, but can't be waited for.
    HAFT_COLD result<std::shared_ptr<model>> get(std::string_view name) const {
        if (auto found = find(sync_, name)) return found;
        return unknown(
            "model", name,
            find(async_, name) ? "; there is an async model of that name: get_async, or sync_from_async" : "");
    }
    HAFT_COLD result<std::shared_ptr<async_model>> get_async(std::string_view name) const {
        if (auto found = find(async_, name)) return found;
        return unknown(
            "async model", name,
            find(sync_, name) ? "; there is a model of that name which is waited for: get, or async_from_sync" : "");
    }
    /// The embedding model of that name or alias; people's files hold aliases for these too. [MP-02]
    HAFT_COLD result<std::shared_ptr<embedding_model>> get_embedding(std::string_view name) const {
        return embedding_.get(of_files(name, [&](const std::string& id) { return is_name(embedding_, id); }));
    }

    /// All models, by id, with the aliases by which each is found.
    HAFT_COLD std::vector<known_model> all() const {
        std::vector<known_model> out = table();
        const std::lock_guard guard(mutex_);
        for (const auto& [alias, _] : map_.names()) {
            if (std::any_of(out.begin(), out.end(), [&](const known_model& one) { return one.id == alias; })) continue;
            const std::string id =
                resolved(out, map_.resolve(alias, [&](const std::string& n) { return has(out, n); }));
            for (known_model& one : out) std::erase(one.aliases, alias);
            for (known_model& one : out)
                if (one.id == id) one.aliases.push_back(alias);
        }
        return out;
    }

private:
    using steps = std::vector<std::pair<std::uint64_t, alias_step>>;

    static bool has(const std::vector<known_model>& all, std::string_view id) {
        return std::any_of(all.begin(), all.end(), [&](const known_model& one) { return one.id == id; });
    }
    /// The id for an id or an alias; the later alias wins. What is neither stays as it is.
    static std::string resolved(const std::vector<known_model>& all, std::string name) {
        if (has(all, name)) return name;
        for (auto one = all.rbegin(); one != all.rend(); ++one)
            if (std::find(one->aliases.begin(), one->aliases.end(), name) != one->aliases.end()) return one->id;
        return name;
    }
    template <class Kind>
    static bool is_name(const registry_of<Kind>& in, const std::string& id) {
        const auto all = in.all();
        return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.name == id; });
    }

    template <class Ends>
    std::string of_files(std::string_view name, Ends ends) const {
        const std::lock_guard guard(mutex_);
        return map_.resolve(name, ends);
    }

    /// Both kinds under their ids, with the aliases that they came with and that the steps have left.
    std::vector<known_model> table() const {
        std::vector<known_model> out;
        const auto add_all = [&](const auto& all, bool known_model::* which) {
            for (const auto& one : all) {
                auto at = std::find_if(out.begin(), out.end(), [&](const known_model& k) { return k.id == one.name; });
                if (at == out.end()) at = out.insert(out.end(), {.id = one.name, .owner = one.owner});
                (*at).*which = true;
                for (const std::string& alias : one.aliases)
                    if (std::find(at->aliases.begin(), at->aliases.end(), alias) == at->aliases.end())
                        at->aliases.push_back(alias);
            }
        };
        add_all(sync_.all(), &known_model::sync);
        add_all(async_.all(), &known_model::async);
        std::sort(out.begin(), out.end(), [](const known_model& a, const known_model& b) { return a.id < b.id; });
        steps run;
        {
            const std::lock_guard guard(*steps_mutex_);
            run = *steps_;
        }
        for (const auto& [_, step] : run) {
            std::vector<known_model> seen = out;
            step(seen);
            for (known_model& one : out)
                for (known_model& changed : seen)
                    if (changed.id == one.id) one.aliases = std::move(changed.aliases);
        }
        return out;
    }

    template <class Kind>
    std::shared_ptr<Kind> find(const registry_of<Kind>& in, std::string_view name) const {
        const std::vector<known_model> all = table();
        const std::string end = of_files(name, [&](const std::string& n) { return has(all, n); });
        const std::string id = resolved(all, end);
        return is_name(in, id) ? in.find(id) : nullptr;  // (not by an alias that a step took away)
    }

    HAFT_COLD error unknown(std::string_view kind, std::string_view name, std::string_view hint) const {
        error e{errc::unknown_name, concat({"no ", kind, " is named ", in_quotes(name)})};
        const std::string end = of_files(name, [](const std::string&) { return false; });
        if (end != name) append_all(e.message, {", an alias for ", in_quotes(end)});
        if (!hint.empty()) return e.message += hint, e;
        const std::vector<known_model> known = all();
        nearest_name nearest(end);
        for (const known_model& one : known) {
            nearest.consider(one.id);
            for (const std::string& alias : one.aliases) nearest.consider(alias);
        }
        append_did_you_mean(e.message, nearest.name());
        e.message += known.empty() ? "; there is none" : "; there are ";
        for (const known_model& one : known) append_all(e.message, {&one == known.data() ? "" : ", ", one.id});
        return e;
    }

    registry_of<model>& sync_;
    registry_of<async_model>& async_;
    registry_of<embedding_model>& embedding_;
    mutable std::mutex mutex_;
    alias_map map_;
    std::shared_ptr<steps> steps_ = std::make_shared<steps>();
    std::shared_ptr<std::mutex> steps_mutex_ = std::make_shared<std::mutex>();
    std::uint64_t numbers_ = 0;
};

/// Both kinds of one model as a part of an owner.
HAFT_COLD inline part model_part(std::shared_ptr<model> one, std::shared_ptr<async_model> other, named_as as = {}) {
    part out{.kind = "model", .name = one ? one->info().id : other ? other->info().id : ""};
    out.enlist = [one = std::move(one), other = std::move(other), as = std::move(as)](kinds& where,
                                                                                      std::string_view owner) {
        named_as mine = as;
        mine.owner = owner;
        return where.get<model_set>().add(one, other, std::move(mine));
    };
    return out;
}

/// What a step of an owner's does to the aliases, as a part.
HAFT_COLD inline part alias_part(alias_step step) {
    part out{.kind = "alias step", .name = "aliases"};
    out.enlist = [step = std::move(step)](kinds& where, std::string_view) -> result<enlistment> {
        return where.get<model_set>().on_aliases(step);
    };
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_MODEL_MODEL_SET_HPP
