// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_EXPORT_HPP
#define HAFT_FORMAT_EXPORT_HPP

/// A whole toolset as one provider wants it: the text, and what its author should know of it.

#include <haft/core/text.hpp>
#include <haft/format/name.hpp>
#include <haft/tool/toolset.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::formats {

/// The tools as JSON, and notes in plain words: names that collide, tools that can't be strict, and why.
struct exported_tools {
    std::string json;
    std::vector<std::string> notes;
};

namespace detail {

/// Writes `[`, each tool by `one(out, tool, portable name)`, which gives a note or "", and `]`, a tool a line.
template <class One>
exported_tools export_tools(const name_map& names, One one) {
    exported_tools out;
    for (const name_warning& w : names.warnings()) out.notes.push_back(w.text);
    out.json = "[";
    for (const tool& t : names.tools()) {
        out.json += out.json.size() > 1 ? ",\n" : "\n";
        const std::string note = one(out.json, t, names.portable(t));
        if (!note.empty()) out.notes.push_back("tool " + in_quotes(t.name) + " " + note);
    }
    out.json += names.tools().empty() ? "]" : "\n]";
    return out;
}

}  // namespace detail
}  // namespace haft::inline v0::formats

#endif  // HAFT_FORMAT_EXPORT_HPP
