// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_SOURCE_HPP
#define HAFT_REGISTRY_SOURCE_HPP

/// Where a registry discovers owners: what exists in the program, and whatever else a host adds. [RG-01, DC-10]

#include <haft/core/config.hpp>
#include <haft/registry/owner.hpp>
#include <haft/tool/enrol.hpp>
#include <haft/toolbox/enrol_toolbox.hpp>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// A place in which owners of one kind are found.
struct source {
    std::string kind;  ///< "tool", "toolbox", or a word of the host's own
    std::string name;  ///< for messages: "compiled in"
    std::function<std::vector<owner>()> find;
};

/// The tools that HAFT_TOOL has enrolled in this module, as one owner, and each class of HAFT_TOOLBOX as one of its own.
HAFT_HIDDEN HAFT_COLD inline std::vector<source> compiled_in_sources() {
    return {{"tool", "compiled in",
             [] {
                 std::vector<owner> out;
                 toolset tools = compiled_in();
                 if (!tools.empty() || !tools.refusals().empty()) {
                     owner& all = out.emplace_back();
                     all.name = "compiled_in";
                     all.description = "tools that are part of the program";
                     all.source = "compiled in";
                     all.tools = std::move(tools);
                 }
                 return out;
             }},
            {"toolbox", "compiled in", [] {
                 std::vector<owner> out;
                 for (const toolbox_class& c : compiled_in_toolboxes()) {
                     owner& one = out.emplace_back();
                     one.name = c.name;
                     one.description = c.words.description;
                     one.source = "compiled in";
                     one.toolboxes.push_back(c);
                 }
                 return out;
             }}};
}

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_SOURCE_HPP
