// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_PICK_TOOLS_HPP
#define HAFT_HOST_PICK_TOOLS_HPP

/// What somebody picks for a talk: tools by a selector's items, toolboxes by specs such as `Files("/data")`. [CM-07, llm's -T]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/registry/registry.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/toolbox/toolbox.hpp>
#include <haft/toolbox/toolbox_spec.hpp>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

/// Serves only what the specs pick. One with a `(`, or that is the name of a class, makes a toolbox, whose tools become the host's own;
/// any other is an item of a selector, or a list of them. Errors: of the spec, the class and its configuration (see instantiate), of the
/// selection (E0260).
HAFT_COLD inline result<void> pick_tools(haft::registry& to, const std::vector<std::string>& specs, std::span<const toolbox_class> classes) {
    selector wanted;
    for (const std::string& spec : specs) {
        bool is_box = spec.find('(') != spec.npos;
        for (const toolbox_class& one : classes) is_box = is_box || one.name == spec;
        if (!is_box) {
            wanted.add(spec);
            continue;
        }
        const result<toolbox> box = instantiate(spec, classes);
        if (!box) return box.error();
        const result<toolset> tools = box->tools();
        if (!tools) return tools.error();
        if (result<void> added = to.add_tool(*tools); !added) return added;
        wanted.add(concat({"name:", box->name()}));
    }
    return to.select(std::move(wanted));
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_PICK_TOOLS_HPP
