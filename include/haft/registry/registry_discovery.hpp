// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_REGISTRY_DISCOVERY_HPP
#define HAFT_REGISTRY_REGISTRY_DISCOVERY_HPP

/// How a registry finds owners: definitions of what registry.hpp declares.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/registry/registry_class.hpp>
#include <haft/registry/source.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

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
        } catch (...) {
            tell_problem(
                {errc::owner_failed, concat({"source ", in_quotes(s.name), " failed: ", detail::caught_text()})});
        }
        std::vector<std::string> known_before;
        for (const owner& o : owners)
            if (state_.find(o.name) &&
                std::find(known_before.begin(), known_before.end(), o.name) == known_before.end())
                known_before.push_back(o.name);
        for (owner& o : owners) {
            const auto before = std::find(known_before.begin(), known_before.end(), o.name);
            if (before != known_before.end() && state_.find(o.name)->what->source == o.source) {
                known_before.erase(before);  // found again; a second one of that name is another
                continue;
            }
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

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_REGISTRY_DISCOVERY_HPP
