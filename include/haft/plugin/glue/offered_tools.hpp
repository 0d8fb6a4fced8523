// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_GLUE_OFFERED_TOOLS_HPP
#define HAFT_PLUGIN_GLUE_OFFERED_TOOLS_HPP

/// The tools that a shared library offers, by the names that calls have for them.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/plugin/glue/offered_things.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/toolbox/toolbox.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::detail::glue {

/// Keeps what they need.
struct offered_tool_table {
    struct row {
        std::string called;
        tool what;
    };
    std::vector<toolset> sets;
    std::vector<toolbox> boxes;
    std::vector<row> rows;
    std::map<std::string_view, const tool*> by_name;

    HAFT_COLD void add(const toolset& more, call_names& names) {
        sets.push_back(more);
        const toolset& kept = sets.back();
        for (std::size_t i = 0; i < kept.size(); ++i) rows.push_back({names.make(kept[i].name), kept[i]});
    }
    /// To be called once, when all is there. An error (E0470): one of them can't be called from another module.
    HAFT_COLD result<void> finish(std::string_view owner) {
        for (const row& one : rows)
            if (one.what.wants_objects)
                return error{errc::cannot_cross,
                             concat({"plugin ", in_quotes(owner), ": its tool ", in_quotes(one.what.name),
                                     " wants an object of its host (haft::injected), and none can be reached from a shared "
                                     "library; give it one by haft::providers, or compile the plugin in"})};
        for (const row& one : rows) by_name.emplace(one.called, &one.what);
        return {};
    }
    const tool* find(std::string_view called) const {
        const auto known = by_name.find(called);
        return known == by_name.end() ? nullptr : known->second;
    }
};

}  // namespace haft::inline v0::detail::glue

#endif  // HAFT_PLUGIN_GLUE_OFFERED_TOOLS_HPP
