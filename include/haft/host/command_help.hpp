// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_COMMAND_HELP_HPP
#define HAFT_HOST_COMMAND_HELP_HPP

/// What `--help` shows.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/host/command_description.hpp>
#include <haft/host/table.hpp>
#include <haft/host/terminal.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

namespace detail {

/// Terms on the left, texts on the right; a term that is long has a line for itself.
HAFT_COLD inline std::string help_terms(const std::vector<std::pair<std::string, std::string>>& terms, const terminal& to) {
    constexpr std::size_t most = 26;
    std::size_t width = 0;
    for (const auto& [term, ignored] : terms)
        if (const std::size_t n = count_code_points(term); n <= most) width = (std::max)(width, n);
    const std::size_t column = width + 4;
    std::string out;
    for (const auto& [term, text] : terms) {
        const std::size_t length = count_code_points(term);
        append_all(out, {"  ", to.name(term)});
        bool first = length <= width;
        if (first) out.append(column - 2 - length, ' ');
        else out += '\n';
        for (const std::string& line : wrap(text, to.width > column + 24 ? to.width - column : 24)) {
            if (!first) out.append(column, ' ');
            append_all(out, {line, "\n"});
            first = false;
        }
    }
    return out;
}

HAFT_COLD inline std::vector<std::pair<std::string, std::string>> terms_of(const std::vector<option_description>& all) {
    std::vector<std::pair<std::string, std::string>> out;
    for (const option_description& one : all) out.emplace_back(one.text(), one.about);
    return out;
}

}  // namespace detail

/// The whole page of a command. `before` is what stands in front of its name, `common` are options that every command takes.
HAFT_COLD inline std::string help_text(const command_description& of, std::string_view before,
                                       const std::vector<option_description>& common, const terminal& to) {
    std::string out = concat({to.dim("usage:"), " ", before, before.empty() ? "" : " ", of.usage(), "\n"});
    for (const std::string& line : wrap(of.about, to.width)) append_all(out, {line, "\n"});
    if (!of.details.empty()) {
        out += '\n';
        for (const std::string& line : wrap(of.details, to.width)) append_all(out, {line, "\n"});
    }
    const auto section = [&](std::string_view title, const std::vector<std::pair<std::string, std::string>>& terms) {
        if (!terms.empty()) append_all(out, {"\n", to.dim(title), "\n", detail::help_terms(terms, to)});
    };
    std::vector<std::pair<std::string, std::string>> commands;
    for (const command_description& one : of.commands) commands.emplace_back(one.name, one.about);
    section("commands", commands);
    section("arguments", detail::terms_of(of.arguments));
    section("options", detail::terms_of(of.options));
    section("options of every command", detail::terms_of(common));
    out.pop_back();
    return out;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_COMMAND_HELP_HPP
