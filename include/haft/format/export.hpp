// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_EXPORT_HPP
#define HAFT_FORMAT_EXPORT_HPP

/// A whole toolset as one provider wants it: the text, and what its author should know of it.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
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

/// What there is to say of the names.
HAFT_COLD inline std::vector<std::string> notes_on(const name_map& names) {
    std::vector<std::string> out;
    for (const name_warning& w : names.warnings()) out.push_back(std::string(w.text));
    return out;
}

namespace detail {

/// Appends one tool under its portable name, as `options` want it; gives a note or "".
using append_one = std::string (*)(std::string& out, const tool& t, std::string_view name, const void* options);

/// Writes `[`, each tool by `one`, and `]`, a tool a line.
HAFT_COLD inline exported_tools export_tools(const name_map& names, append_one one, const void* options) {
    exported_tools out{"[", notes_on(names)};
    for (const tool& t : names.tools()) {
        out.json += out.json.size() > 1 ? ",\n" : "\n";
        const std::string note = one(out.json, t, names.portable(t), options);
        if (!note.empty()) out.notes.push_back(concat({"tool ", in_quotes(t.name), " ", note}));
    }
    out.json += names.tools().empty() ? "]" : "\n]";
    return out;
}

}  // namespace detail
}  // namespace haft::inline v0::formats

#endif  // HAFT_FORMAT_EXPORT_HPP
