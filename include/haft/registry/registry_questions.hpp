// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_REGISTRY_QUESTIONS_HPP
#define HAFT_REGISTRY_REGISTRY_QUESTIONS_HPP

/// What a registry is asked: definitions of what registry.hpp declares.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/registry/catalog.hpp>
#include <haft/registry/explain.hpp>
#include <haft/registry/registry_class.hpp>
#include <haft/registry/tool_state.hpp>
#include <haft/tool/tool.hpp>

#include <algorithm>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

HAFT_LARGE std::vector<skipped_owner> registry::skipped() const {
    std::vector<skipped_owner> out;
    for (const auto now = snapshot(); const detail::owner_record& o : now->owners())
        if (o.state == owner_state::skipped) out.push_back({o.what->name, o.what->models});
    return out;
}

HAFT_LARGE std::vector<std::string> registry::auto_approved_tools() const {
    std::vector<std::string> out;
    for (const auto now = snapshot(); const tool& t : now->tools())
        if (now->is_auto_approved(t)) out.emplace_back(t.name);
    return out;
}

HAFT_LARGE std::vector<std::string> registry::tools_with_trait(std::string_view trait) const {
    std::vector<std::string> out;
    for (const auto now = snapshot(); const tool& t : now->tools())
        if (t.tags.has(trait)) out.emplace_back(t.name);
    return out;
}

HAFT_LARGE std::vector<std::string> registry::traits_of(std::string_view tool_name) const {
    std::vector<std::string> out;
    const auto now = snapshot();
    if (const tool* const t = now->find(tool_name))
        for (const std::string_view trait : t->tags) out.emplace_back(trait);
    return out;
}

HAFT_LARGE std::vector<std::string> registry::owners_with_trait(std::string_view trait) const {
    return names_where([&](const detail::owner_record& o) {
        const std::vector<std::string>& all = o.what->traits;
        return o.state == owner_state::exposed && std::find(all.begin(), all.end(), trait) != all.end();
    });
}

HAFT_LARGE std::vector<error> registry::problems() const {
    const std::lock_guard guard(problems_mutex_);
    return problems_;
}

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_REGISTRY_QUESTIONS_HPP
