// SPDX-License-Identifier: BSL-1.0
// The bytes are a glob, a NUL and a name; and a selection; and a spec string.
#include <haft/core/glob.hpp>
#include <haft/core/version_order.hpp>
#include <haft/tool.hpp>
#include <haft/tool/selector.hpp>
#include <haft/toolbox/toolbox_spec.hpp>

#include "require.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using haft_fuzz::require;

namespace {

/// The obvious matcher, which tries every reach of every `*`: for texts short enough.
bool matches_slowly(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) return text.empty();
    if (pattern[0] == '*') {
        for (std::size_t n = 0; n <= text.size(); ++n)
            if (matches_slowly(pattern.substr(1), text.substr(n))) return true;
        return false;
    }
    return !text.empty() && (pattern[0] == '?' || pattern[0] == text[0]) &&
           matches_slowly(pattern.substr(1), text.substr(1));
}
bool is_plain(std::string_view text) {
    for (const char c : text)
        if (c == '[' || static_cast<unsigned char>(c) >= 0x80) return false;
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t middle = text.find('\0');
    const std::string_view first = text.substr(0, middle);
    const std::string_view second = middle == std::string_view::npos ? "" : text.substr(middle + 1);

    const bool matches = haft::glob_matches(first, second);
    if (first.size() < 12 && second.size() < 12 && is_plain(first) && is_plain(second))
        require(matches == matches_slowly(first, second), "globs match as the obvious matcher has it");
    require(haft::glob_matches("*", second), "* matches everything");

    require(haft::compare_versions(first, second) == -haft::compare_versions(second, first), "versions have one order");
    require(haft::compare_versions(first, first) == 0, "a version is equal to itself");
    static_cast<void>(haft::version_in(first, second));

    const haft::selector wanted = haft::selector::parse(first);
    require(haft::selector::parse(wanted.text()).text() == wanted.text(), "a selection is what it was read from",
            wanted.text());
    static const haft::toolset tools = [] {
        haft::toolset out;
        for (const std::string_view name : {"fs.read", "fs.write", "search", "Memory.set"})
            out.add(name, "Does", [] { return 1; });
        return out;
    }();
    if (const auto chosen = haft::select(tools, wanted))
        for (const haft::tool& t : *chosen) require(wanted.selects(t), "what is chosen is selected");

    if (const auto spec = haft::parse_spec(first)) {
        require(!spec->name.empty(), "a spec has a name");
        require(spec->config.empty() || haft::json::is_json(spec->config), "a spec's configuration is JSON",
                spec->config);
        require(spec->positional.empty() || haft::json::is_json(spec->positional), "a spec's value is JSON",
                spec->positional);
    }
    return 0;
}
