// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_VIEWS_SUB_TOOLS_HPP
#define HAFT_VIEWS_SUB_TOOLS_HPP

/// A tool that is really several: its functions as tools of their own, `browser.read_url`, each usable by any host. [TD-11]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/inherit.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace haft::inline v0 {

/// A tool with functions of its own. Where tools are expected it stands for them: `haft::toolset tools{browser}` lists
/// `browser.read_url` and `browser.search`, and never `browser` beside them.
struct parent_tool {
    std::string name = {};
    about words = {};  ///< what its functions inherit where they say nothing themselves
    toolset functions = {};

    /// One tool for each function, in their order, named `parent.function`: with the function's description, or one made of the
    /// parent's, and its parameters. It inherits effect, hints, availability and whether it is deferred; see haft::inherit. Group
    /// and category are the parent's business and not inherited. No functions, no tools.
    HAFT_COLD result<toolset> tools() const {
        toolset out;
        for (std::size_t i = 0; i < functions.size(); ++i) {
            tool t = functions[i];
            t.group = {};
            t.category = {};
            if (result<void> added =
                    detail::add_part(out, name, words, t, functions.keeper(i), description_of(functions[i]));
                !added)
                return std::move(added.error());
        }
        out.add_problems_of(functions);
        return out;
    }

private:
    /// For a function without one what it is part of: `history, a function of browser: Browses`.
    HAFT_COLD std::string description_of(const tool& function) const {
        if (!function.description.empty()) return {};
        return concat({function.name, ", a function of ", name, words.description.empty() ? "" : ": ",
                       first_paragraph(words.description)});
    }
};

/// The functions of a parent tool as tools of their own (gptme's as_function_subtoolspecs).
HAFT_COLD inline result<toolset> split(const parent_tool& parent) { return parent.tools(); }

}  // namespace haft::inline v0

#endif  // HAFT_VIEWS_SUB_TOOLS_HPP
