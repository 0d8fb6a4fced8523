// SPDX-License-Identifier: BSL-1.0
// What the tests of registry/ have in common: owners of a few real tools.
#pragma once

#include <haft/registry/registry.hpp>
#include <haft/tool.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace registry_test {

inline std::string answer(std::string_view of) { return "\"answer of " + std::string(of) + "\""; }

/// A tool that answers with what it was told to.
inline void add_answering(haft::toolset& to, std::string_view name, std::string_view with, haft::about words = {}) {
    if (words.description.empty()) words.description = "Answers";
    const haft::result<void> added = to.add(name, words, [text = "answer of " + std::string(with)] { return text; });
    if (!added) throw added.error().text();
}

/// An owner whose tools answer with its name.
inline haft::owner owner_of(std::string_view name, std::initializer_list<std::string_view> tools, int priority = 0) {
    haft::owner out;
    out.name = name;
    out.priority = priority;
    for (const std::string_view tool : tools) add_answering(out.tools, tool, name);
    return out;
}

/// The names of the tools that are served, in their order, with blanks between them.
inline std::string served(const haft::registry& r) {
    std::string out;
    for (const auto now = r.snapshot(); const haft::tool& t : now->tools())
        out.append(out.empty() ? "" : " ").append(t.name);
    return out;
}

inline std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out.append(out.empty() ? "" : " ").append(name);
    return out;
}

inline std::string call(const haft::registry& r, std::string_view name) {
    const haft::result<std::string> result = r.call(name, "{}");
    return result ? *result : result.error().text();
}

}  // namespace registry_test
