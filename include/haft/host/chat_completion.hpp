// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_CHAT_COMPLETION_HPP
#define HAFT_HOST_CHAT_COMPLETION_HPP

/// What Tab proposes in a chat: commands and their words, tools, the chat's own commands, fragments. [CM-06] [CM-07]

#include <haft/command/command_set.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/host/line_source.hpp>
#include <haft/prompt/fragment_loader.hpp>
#include <haft/registry/registry.hpp>
#include <haft/talk/chat_lines.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace haft::inline v0::host {

namespace detail {
/// The files of a folder whose names begin so; folders end in `/`. Nothing is a reason to fail.
HAFT_COLD inline void propose_files(line_completions& to, std::string_view begun) {
    const std::size_t slash = begun.rfind('/');
    const std::string above(slash == begun.npos ? std::string_view() : begun.substr(0, slash + 1));
    const std::string_view name = begun.substr(above.size());
    std::error_code problem;
    std::filesystem::directory_iterator at(above.empty() ? "." : above, problem), end;
    constexpr std::size_t most = 1000;
    for (; !problem && at != end && to.values.size() < most; at.increment(problem)) {
        std::string one = at->path().filename().string();
        if (!one.starts_with(name) || (name.empty() && one.starts_with('.'))) continue;
        if (one.find_first_of(" \t\r\n") != one.npos) continue;  // !fragment reads words
        std::error_code unknown;
        if (at->is_directory(unknown)) one += '/';
        to.values.push_back(concat({above, one}));
    }
}
}  // namespace detail

/// Proposals for the end of a line, sorted.
HAFT_COLD inline line_completions complete_chat_line(haft::registry& parts, const toolset& tools, std::string_view line) {
    line_completions out;
    const std::size_t blank = line.find(' ');
    if (line.starts_with('/')) {
        command_completions found = parts.get<command_set>().complete(line);
        out.from = blank == line.npos ? 1 : found.from;
        for (completion& one : found.values) out.values.push_back(std::move(one.value));
        if (blank == line.npos)
            for (const tool& one : tools)
                if (one.name.starts_with(line.substr(1))) out.values.emplace_back(one.name);
    } else if (line.starts_with("!fragment ")) {
        out.from = line.rfind(' ') + 1;
        const std::string_view begun = line.substr(out.from);
        for (const auto& one : parts.get<fragment_loaders>().all())
            if (const std::string prefix = concat({one.name, ":"}); prefix.starts_with(begun)) out.values.push_back(prefix);
        detail::propose_files(out, begun);
    } else if (line.starts_with('!') && blank == line.npos) {
        for (const chat_word& one : chat_words)
            if (one.name.starts_with(line)) out.values.emplace_back(one.name);
    }
    std::sort(out.values.begin(), out.values.end());
    out.values.erase(std::unique(out.values.begin(), out.values.end()), out.values.end());
    return out;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_CHAT_COMPLETION_HPP
