// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_PROVIDER_HPP
#define HAFT_MODEL_PROVIDER_HPP

/// Who serves models: as data, by which its models are found as `<provider>/<model>`.

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
#include <haft/model/model.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// gptme's ProviderPlugin. In `models` an id may be `fast` or `my_llm/fast`, and `provider` may be empty or, as gptme's plugins
/// of old write it, `unknown`. [MP-03]
struct provider {
    static constexpr const char* kind_name = "provider";
    static constexpr on_duplicate duplicates = on_duplicate::keep_first;  // gptme

    std::string name = {};
    std::string api_key_env = {};  ///< the environment variable of its key; "": it needs none
    std::string base_url = {};     ///< `https://api.example.com/v1`
    std::vector<model_info> models = {};

    /// The same, every model with this provider and an id of `<provider>/<model>`.
    HAFT_COLD provider in_full() const {
        provider out = *this;
        for (model_info& m : out.models) {
            m.provider = name;
            if (!m.id.starts_with(concat({name, "/"}))) m.id = concat({name, "/", m.id});
        }
        return out;
    }
    /// What the provider itself calls a model of that id: without `<provider>/`.
    std::string_view own_name(std::string_view id) const noexcept {
        return id.size() > name.size() && id.starts_with(name) && id[name.size()] == '/' ? id.substr(name.size() + 1)
                                                                                         : id;
    }
};

/// A provider and one of its models.
struct provided_model {
    std::shared_ptr<const provider> by;
    model_info info;
};

/// What `<provider>/<model>` names; a provider alone names its first model. A provider that lists no models serves any, of which
/// nothing is known. Errors (E0282) name the nearest provider or model. [MP-03]
HAFT_COLD inline result<provided_model> find_provided(const registry_of<provider>& all, std::string_view name) {
    const std::string_view provider_name = name.substr(0, name.find('/'));
    const result<std::shared_ptr<provider>> found = all.get(provider_name);
    if (!found) return found.error();
    const auto full = std::make_shared<const provider>((*found)->in_full());
    if (provider_name == name) {
        if (!full->models.empty()) return provided_model{full, full->models.front()};
        return error{errc::unknown_name, concat({"provider ", in_quotes(name), " lists no models; name one as ",
                                                 in_quotes(concat({name, "/model"}))})};
    }
    const std::string id =
        concat({full->name, name.substr(provider_name.size())});  // the provider may be named by an alias
    nearest_name nearest(id);
    for (const model_info& m : full->models) {
        if (m.id == id) return provided_model{full, m};
        nearest.consider(m.id);
    }
    if (full->models.empty()) return provided_model{full, {.id = id, .provider = full->name}};
    error e{errc::unknown_name,
            concat({"provider ", in_quotes(full->name), " has no model ", in_quotes(full->own_name(id))})};
    append_did_you_mean(e.message, nearest.name());
    for (const model_info& m : full->models)
        append_all(e.message, {&m == full->models.data() ? "; it has " : ", ", full->own_name(m.id)});
    return e;
}

/// Makes a model of a provider's: a client of some sort.
using model_maker = std::function<std::shared_ptr<model>(const provider& by, const model_info& info)>;

/// Puts a provider in; with a maker also its models, each under `<provider>/<model>`. A provider that is nothing else, of no
/// owner, is put in so. Of two providers of one name the first is found, and the second brings no models.
HAFT_COLD inline result<enlistment> add_provider(kinds& where, provider one, const model_maker& make = {},
                                                 named_as as = {}) {
    const auto full = std::make_shared<provider>(one.in_full());
    const auto all = std::make_shared<std::vector<enlistment>>();
    result<enlistment> added = where.get<registry_of<provider>>().add(full->name, full, as);
    if (!added) return added;
    all->push_back(std::move(*added));
    if (make && where.get<registry_of<provider>>().find(full->name) == full)
        for (const model_info& m : full->models) {
            result<enlistment> of_model =
                where.get<registry_of<model>>().add(m.id, make(*full, m), {.owner = as.owner});
            if (!of_model) return of_model;
            all->push_back(std::move(*of_model));
        }
    return enlistment([all] { all->clear(); });
}

/// A provider as a part of an owner, as add_provider puts it in.
HAFT_COLD inline part provider_part(provider one, model_maker make = {}, named_as as = {}) {
    part out{.kind = "provider", .name = one.name};
    out.enlist = [one = std::move(one), make = std::move(make), as = std::move(as)](kinds& where,
                                                                                    std::string_view owner) {
        named_as mine = as;
        mine.owner = owner;
        return add_provider(where, one, make, std::move(mine));
    };
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_MODEL_PROVIDER_HPP
