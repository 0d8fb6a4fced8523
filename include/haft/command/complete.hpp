// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_COMPLETE_HPP
#define HAFT_COMMAND_COMPLETE_HPP

/// What may come next in a line that somebody types. [CM-06]

#include <haft/command/command_entry.hpp>
#include <haft/command/command_help.hpp>
#include <haft/command/command_line.hpp>
#include <haft/command/completion.hpp>
#include <haft/command/resolve.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Proposals for the end of a line: each stands for what is there from byte `from` on.
struct command_completions {
    std::size_t from = 0;
    std::vector<completion> values = {};
};

namespace detail {

class completing {
public:
    HAFT_COLD completing(const command_table& table, std::string_view line, bool help)
        : table_(table), line_(line), help_(help) {}

    HAFT_COLD command_completions complete() {
        if (line_ == "/") return names("", 1);
        const std::optional<command_line> read = read_command_line(line_);
        if (!read || line_.back() == '\n') return {};
        if (read->name.size() + 1 == line_.size()) return names(read->name, 1);
        if (help_ && read->name == "help" && !table_.find("help")) {
            const std::size_t from = line_.size() - read->full_args.size();
            return names(read->full_args, from);
        }
        const resolved_command found = resolve(table_, *read);
        if (found.entry) words(*found.entry, found.full_args);
        // The words of a longer name: from behind the `/`.
        const std::string typed(line_.substr(1));
        const std::size_t last = typed.find_last_of(' ');
        if (last != typed.npos && table_.is_group(typed.substr(0, last))) {
            out_.from = last + 2;
            for (completion& one : names(typed, 1).values) {
                one.value.erase(0, last + 1);
                add(std::move(one));
            }
        }
        return finish();
    }

private:
    /// Names and aliases that begin so; of a command whose name does its aliases are left out.
    HAFT_COLD command_completions names(std::string_view prefix, std::size_t from) {
        command_completions found{from, {}};
        const auto propose = [&](const std::string& name, const command_entry& one) {
            if (name != one.name && one.name.starts_with(prefix) && name != one.qualified()) return;
            found.values.push_back({name, first_line(one.what.description)});
        };
        for (auto at = table_.by_name.lower_bound(prefix); at != table_.by_name.end() && at->first.starts_with(prefix);
             ++at)
            propose(at->first, *at->second);
        if (!prefix.empty())
            for (auto at = table_.by_qualified.lower_bound(prefix);
                 at != table_.by_qualified.end() && at->first.starts_with(prefix); ++at)
                propose(at->first, *at->second);
        if (help_ && std::string_view("help").starts_with(prefix) && from == 1 && !table_.find("help"))
            found.values.push_back({"help", "List the commands, or tell about one"});
        std::sort(found.values.begin(), found.values.end(),
                  [](const completion& a, const completion& b) { return a.value < b.value; });
        return found;
    }

    /// The value that is being typed, or the name of an option.
    HAFT_COLD void words(const command_entry& one, std::string_view args) {
        const std::size_t base = line_.size() - args.size();
        std::vector<line_word> all;
        line_words in(args);
        bool closed = true;
        while (closed && in.more()) closed = in.next(all.emplace_back());
        const bool fresh = closed && (args.empty() || is_line_blank(args.back()));
        line_word partial{.begin = args.size(), .end = args.size()};
        if (!fresh) partial = std::move(all.back()), all.pop_back();
        for (const line_word& word : all) previous_.push_back(word.text);

        out_.from = base + partial.begin;
        const typed_parameter* named = nullptr;  // by the word before
        std::vector<bool> given(one.parameters.size());
        std::size_t next = 0;
        bool options = true;
        const auto place = [&](std::string_view name) {
            std::size_t i = 0;
            while (i < one.parameters.size() && one.parameters[i].name != name) ++i;
            return i;
        };
        const auto skip_given = [&] {
            while (next < given.size() && given[next] && !one.parameters[next].list && !one.parameters[next].rest)
                ++next;
        };
        for (const line_word& word : all) {
            const std::string_view text = word.text;
            if (std::exchange(named, nullptr)) continue;
            if (options && !word.quoted && text == "--") {
                options = false;
            } else if (options && !word.quoted && text.starts_with("--")) {
                const std::size_t sign = text.find('=');
                const std::size_t i = place(text.substr(2, sign == text.npos ? sign : sign - 2));
                if (i == given.size()) continue;
                given[i] = true;
                if (sign == text.npos && one.parameters[i].kind != word_kind::boolean) named = &one.parameters[i];
            } else {
                skip_given();
                if (next < given.size()) given[next] = true;
            }
        }
        const std::string_view text = partial.text;
        if (!named && options && !partial.quoted && text.starts_with("--")) {
            const std::size_t sign = text.find('=');
            if (sign == text.npos) {
                for (std::size_t i = 0; i < given.size(); ++i) {
                    const std::string option = concat({"--", one.parameters[i].name});
                    if (!given[i] && option.starts_with(text)) add({option, one.parameters[i].description});
                }
            } else if (const std::size_t i = place(text.substr(2, sign - 2)); i < given.size()) {
                propose(one, one.parameters[i], text.substr(sign + 1), text.substr(0, sign + 1));
            }
            return;
        }
        skip_given();
        if (named) propose(one, *named, text, "");
        else if (next < given.size()) propose(one, one.parameters[next], text, "");
        else if (one.what.takes_any_words) propose(one, typed_parameter{}, text, "");
    }

    HAFT_COLD void propose(const command_entry& one, const typed_parameter& p, std::string_view partial,
                           std::string_view before) {
        std::vector<completion> found;
        if (complete_function* const own = completer_of(one, p.name)) found = own(partial, previous_);
        else if (one.completer) found = one.completer(partial, previous_);
        else if (complete_function* const any = completer_of(one, "")) found = any(partial, previous_);
        if (found.empty())
            for (const std::string& v : p.values) found.push_back({v, p.description});
        if (found.empty() && p.kind == word_kind::boolean && !p.name.empty())
            found = {{"true", p.description}, {"false", p.description}};
        for (completion& c : found) {
            if (!c.value.starts_with(partial)) continue;
            c.value = concat({before, quoted_if_needed(c.value)});
            add(std::move(c));
        }
    }
    static complete_function* completer_of(const command_entry& one, std::string_view parameter) {
        for (const command_completer& c : one.what.completers)
            if (c.parameter == parameter) return c.complete;
        return nullptr;
    }
    /// As it is to be typed.
    HAFT_COLD static std::string quoted_if_needed(const std::string& value) {
        const bool plain = !value.empty() && value.find_first_of(" \t\n\r\\") == value.npos && value[0] != '"' &&
                           value[0] != '\'' && !value.starts_with("--");
        if (plain) return value;
        std::string out = "\"";
        for (const char c : value) {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
        return out += '"';
    }

    void add(completion one) { out_.values.push_back(std::move(one)); }
    command_completions finish() { return std::move(out_); }

    const command_table& table_;
    std::string_view line_;
    bool help_;
    std::vector<std::string> previous_;
    command_completions out_;
};

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_COMMAND_COMPLETE_HPP
