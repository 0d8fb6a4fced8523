// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_MAN_PAGE_HPP
#define HAFT_HOST_MAN_PAGE_HPP

/// A program's page of the manual, in roff with the macros of man(7).

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/host/command_description.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::host {

namespace detail {

/// Text that roff takes for text: no escapes, no requests, hyphens as one types them.
HAFT_COLD inline std::string roff_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\') out += "\\e";
        else if (c == '-') out += "\\-";
        else if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n')) append_all(out, {"\\&", std::string_view(&c, 1)});
        else out += c;
    }
    return out;
}

/// The same as the argument of a macro.
HAFT_COLD inline std::string roff_word(std::string_view text) {
    std::string out = "\"";
    for (const char c : roff_text(text)) {
        if (c == '"') out += "\\(dq";
        else out += c == '\n' ? ' ' : c;
    }
    return out += '"';
}

/// Paragraphs: an empty line begins one.
HAFT_COLD inline void append_paragraphs(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = text.find("\n\n");
        append_all(out, {roff_text(text.substr(0, end)), "\n"});
        if (end == text.npos) return;
        text = text.substr(end + 2);
        out += ".PP\n";
    }
}

HAFT_COLD inline void append_options(std::string& out, const std::vector<option_description>& options) {
    for (const option_description& one : options) {
        std::string names;
        for (const std::string& name : one.names) append_all(names, {names.empty() ? "\\fB" : ", \\fB", roff_text(name), "\\fR"});
        append_all(out, {".TP\n", names});
        if (!one.value.empty() && one.names.front().starts_with('-')) append_all(out, {" \\fI", roff_text(one.value), "\\fR"});
        append_all(out, {"\n", roff_text(one.about), "\n"});
    }
}

HAFT_COLD inline void append_commands(std::string& out, const command_description& of, std::string_view before) {
    for (const command_description& one : of.commands) {
        append_all(out, {".SS ", roff_word(concat({before, " ", one.usage()})), "\n"});
        append_paragraphs(out, one.about);
        if (!one.details.empty()) {
            out += ".PP\n";
            append_paragraphs(out, one.details);
        }
        append_options(out, one.arguments);
        append_options(out, one.options);
        append_commands(out, one, concat({before, " ", one.name}));
    }
}

}  // namespace detail

/// The page of section 1. It bears no date: the same program, the same bytes.
HAFT_COLD inline std::string man_page(const command_description& of, std::string_view version,
                                      const std::vector<description_section>& sections = {}) {
    std::string name;
    for (const char c : of.name) name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    const std::string usage = of.usage().substr(of.name.size());
    std::string out = concat({".TH ", detail::roff_word(name), " 1 \"\" ", detail::roff_word(concat({of.name, " ", version})),
                              "\n.SH NAME\n", detail::roff_text(of.name), " \\- ", detail::roff_text(of.about),
                              "\n.SH SYNOPSIS\n.B ", detail::roff_text(of.name), "\n", usage.empty() ? "" : concat({detail::roff_text(usage.substr(1)), "\n"})});
    if (!of.details.empty()) {
        out += ".SH DESCRIPTION\n";
        detail::append_paragraphs(out, of.details);
    }
    if (!of.options.empty()) {
        out += ".SH OPTIONS\n";
        detail::append_options(out, of.options);
    }
    if (!of.commands.empty()) {
        out += ".SH COMMANDS\n";
        detail::append_commands(out, of, of.name);
    }
    for (const description_section& one : sections) {
        append_all(out, {".SH ", detail::roff_word(one.title), "\n"});
        for (const auto& [term, text] : one.terms)
            append_all(out, {".TP\n\\fB", detail::roff_text(term), "\\fR\n", detail::roff_text(text), "\n"});
    }
    out.pop_back();
    return out;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_MAN_PAGE_HPP
