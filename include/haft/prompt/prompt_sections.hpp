// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_PROMPT_SECTIONS_HPP
#define HAFT_PROMPT_PROMPT_SECTIONS_HPP

/// What plugins say for prompts: of their tools, and of how to behave. [PM-10, PM-11]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/plugin_name.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

struct prompt_section {
    std::string plugin;
    std::string text;  ///< Markdown
};

namespace detail {

/// A text without blank lines before and after it.
HAFT_COLD inline std::string_view without_blank_ends(std::string_view text) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    std::size_t first = 0;
    for (std::size_t i = 0; i < text.size() && is_blank(text[i]); ++i)
        if (text[i] == '\n') first = i + 1;
    text.remove_prefix(first);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// The first line that says something, without blanks at its end: what tells that a text is there already. [PM-11]
HAFT_COLD inline std::string_view telling_line(std::string_view text) {
    text = without_blank_ends(text);
    return without_blank_ends(text.substr(0, text.find('\n')));
}

}  // namespace detail

/// Collected in memory; one of each plugin, and of each first line among the souls.
struct prompt_sections {
    std::vector<prompt_section> tools = {};
    std::vector<prompt_section> souls = {};

    /// Takes in what a plugin says; nothing where it said something before, or says nothing.
    HAFT_COLD void add(std::string_view plugin, std::string_view tools_md, std::string_view soul_append) {
        if (const std::string_view text = detail::without_blank_ends(tools_md); !text.empty()) {
            bool there = false;
            for (const prompt_section& s : tools) there = there || same_plugin_name(s.plugin, plugin);
            if (!there) tools.push_back({std::string(plugin), std::string(text)});
        }
        if (const std::string_view text = detail::without_blank_ends(soul_append); !text.empty()) {
            bool there = false;
            for (const prompt_section& s : souls)
                there = there || detail::telling_line(s.text) == detail::telling_line(text);
            if (!there) souls.push_back({std::string(plugin), std::string(text)});
        }
    }

    /// One text of them all, a blank line between two.
    HAFT_COLD static std::string text_of(const std::vector<prompt_section>& sections) {
        std::string out;
        for (const prompt_section& s : sections) append_all(out, {out.empty() ? "" : "\n", s.text, "\n"});
        return out;
    }
};

}  // namespace haft::inline v0

#endif  // HAFT_PROMPT_PROMPT_SECTIONS_HPP
