// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_TERMINAL_ASKER_HPP
#define HAFT_HOST_TERMINAL_ASKER_HPP

/// Asks the person at a terminal what tools want to know, or the MCP servers behind them: forms, line by line, and pages to open. [NX-11]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/host/line_source.hpp>
#include <haft/host/screen_text.hpp>
#include <haft/host/terminal.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/tool/asker.hpp>
#include <haft/written/written_schema.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

namespace detail {

/// One line of a form, as the schema of its value says.
struct form_field {
    struct choice {
        std::string value, title;
    };
    std::string name, key, schema;  // `key` and `schema` are JSON
    std::string label, about, type, default_value;
    std::vector<choice> choices;
    bool required = false, many = false;
    std::optional<written_schema> check;  // of an object with nothing but it; nothing: the schema has what haft does not know

    HAFT_COLD form_field(const json::member_piece& of, bool is_required) : name(of.name), key(of.key), schema(of.value), required(is_required) {
        const auto all = json::members_of(of.value);
        const auto text = [&](std::string_view what) { return json::string_of(json::value_of(all, what)); };
        label = text("title").empty() ? name : text("title");
        about = text("description");
        type = text("type");
        default_value = json::value_of(all, "default");
        many = type == "array";
        const std::string_view items = json::value_of(all, "items");
        read_choices(many ? json::members_of(items) : all);
        std::string whole = concat({R"({"type":"object","properties":{)", key, ":", schema, "}}"});
        if (result<written_schema> known = written_schema::compile(whole)) check = std::move(*known);
    }

    /// `text`, `a number`, `yes or no`, `one of these`
    HAFT_COLD std::string_view kind() const {
        if (!choices.empty()) return many ? "some of these, with commas" : "one of these";
        return type == "boolean" ? "yes or no" : type == "integer" ? "a whole number" : type == "number" ? "a number" : many ? "with commas" : "text";
    }
    /// What was typed as JSON, or what is wrong with it.
    HAFT_COLD result<std::string> value_of(std::string_view typed) const {
        std::string value;
        if (many) {
            value = "[";
            while (!typed.empty()) {
                const std::size_t end = (std::min)(typed.find(','), typed.size());
                const result<std::string> one = single(trimmed(typed.substr(0, end)));
                if (!one) return one.error();
                append_all(value, {value.size() > 1 ? "," : "", *one});
                typed.remove_prefix((std::min)(end + 1, typed.size()));
            }
            value += ']';
        } else {
            result<std::string> one = single(typed);
            if (!one) return one;
            value = std::move(*one);
        }
        if (!check) return value;
        const checked_value found = check->validate(concat({"{", key, ":", value, "}"}));
        if (found.ok()) return value;
        return no(found.faults.empty() ? std::string_view("it does not fit") : std::string_view(found.faults[0].message));
    }

private:
    static error no(std::string_view why) { return {errc::bad_answer, std::string(why)}; }
    static std::string_view trimmed(std::string_view text) {
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
        while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
        return text;
    }
    HAFT_COLD void read_choices(const std::vector<json::member_piece>& of) {
        const std::vector<std::string_view> titles = json::items_of(json::value_of(of, "enumNames"));
        for (const std::string_view one : json::items_of(json::value_of(of, "enum"))) {
            if (!one.starts_with('"')) continue;
            const std::size_t at = choices.size();
            choices.push_back({json::string_of(one), at < titles.size() ? json::string_of(titles[at]) : std::string()});
        }
        for (const std::string_view where : {"oneOf", "anyOf"})
            for (const std::string_view one : json::items_of(json::value_of(of, where))) {
                const auto members = json::members_of(one);
                choices.push_back({json::string_of(json::value_of(members, "const")), json::string_of(json::value_of(members, "title"))});
            }
    }
    HAFT_COLD result<std::string> single(std::string_view typed) const {
        if (!choices.empty()) {
            for (const choice& one : choices)
                if (one.value == typed) return json::string_text(one.value);
            for (const choice& one : choices)
                if (!one.title.empty() && one.title == typed) return json::string_text(one.value);
            for (std::size_t i = 0; i < choices.size(); ++i)
                if (decimal(i + 1) == typed) return json::string_text(choices[i].value);
            return no("it is none of these");
        }
        typed = type == "string" || many ? typed : trimmed(typed);
        if (type == "boolean") {
            if (typed == "y" || typed == "yes" || typed == "true") return std::string("true");
            if (typed == "n" || typed == "no" || typed == "false") return std::string("false");
            return no("yes or no is wanted");
        }
        if (type == "integer" || type == "number") {
            const bool digits = !typed.empty() && (typed.front() == '-' || (typed.front() >= '0' && typed.front() <= '9'));
            if (!digits || !json::is_json(typed)) return no(concat({kind(), " is wanted"}));
            return std::string(typed);
        }
        return json::string_text(typed);
    }
};

}  // namespace detail

/// Used on one thread. Who does not answer, with Ctrl-C or at the end of the input, goes away without a choice (cancel).
class terminal_asker final : public asker {
public:
    /// Writes to `shows`, as `to` has it; both and `from` must outlive it. `before` runs before anything is shown.
    terminal_asker(line_source& from, const terminal& to, std::FILE* shows, std::function<void()> before = {})
        : from_(from), to_(to), shows_(shows), before_(std::move(before)) {}

    HAFT_COLD result<std::string_view> ask(question q) override {
        if (q.kind != question_kind::form && q.kind != question_kind::url)
            return error{errc::cannot_ask, concat({"a person at a terminal can't be asked for ",
                                                   q.kind == question_kind::sample ? "what a model says" : "the folders that are worked in"})};
        if (before_) before_();
        const auto all = json::members_of(q.params);
        const std::string message = json::string_of(json::value_of(all, "message"));
        const std::string who = q.from.empty() ? "The tool" : on_screen(q.from);
        show(concat({to_.warn(concat({who, q.kind == question_kind::url ? " wants you to open a page: " : " asks: "})), indented(message)}));
        answers_.push_back(q.kind == question_kind::url ? page(all) : form(json::value_of(all, "requestedSchema")));
        return std::string_view(answers_.back());
    }
    std::string_view state() const noexcept override { return state_; }
    void keep(std::string state) override { state_ = std::move(state); }

private:
    static constexpr std::string_view cancelled = R"({"action":"cancel"})", declined = R"({"action":"decline"})";

    void show(std::string_view text) {
        const std::string line = concat({text, "\n"});
        std::fwrite(line.data(), 1, line.size(), shows_);
        std::fflush(shows_);
    }
    /// What a stranger says can't look like a line of the host's own.
    static std::string indented(std::string_view text) {
        std::string out;
        for (const char c : on_screen(text)) append_all(out, {std::string_view(&c, 1), c == '\n' ? "  " : ""});
        return out;
    }
    /// Nothing: nobody has made a choice.
    HAFT_COLD std::optional<std::string> line(std::string_view prompt) {
        read_line typed = from_.read(prompt);
        if (typed.what != read_line::kind::line) return show(""), std::nullopt;
        return std::move(typed.text);
    }
    HAFT_COLD std::optional<bool> yes(std::string_view prompt) {
        for (;;) {
            const std::optional<std::string> typed = line(prompt);
            if (!typed) return std::nullopt;
            if (*typed == "y" || *typed == "yes") return true;
            if (*typed == "n" || *typed == "no") return false;
        }
    }
    HAFT_COLD std::string page(const std::vector<json::member_piece>& all) {
        const std::string url = json::string_of(json::value_of(all, "url"));
        if (!url.starts_with("https://") && !url.starts_with("http://"))
            return show(concat({"  ", on_screen(url), " is no page of the web, so it is declined"})), std::string(declined);
        show(concat({"  ", indented(url)}));
        const std::optional<bool> agrees = yes("Will you open it? [y/n] ");
        return !agrees ? std::string(cancelled) : *agrees ? std::string(R"({"action":"accept"})") : std::string(declined);
    }
    HAFT_COLD std::string form(std::string_view schema) {
        const auto all = json::members_of(schema);
        const std::vector<std::string_view> needed = json::items_of(json::value_of(all, "required"));
        const std::optional<bool> agrees = yes("Answer? [y/n] ");
        if (!agrees) return std::string(cancelled);
        if (!*agrees) return std::string(declined);
        std::string content = "{";
        for (const json::member_piece& one : json::members_of(json::value_of(all, "properties"))) {
            const bool required = std::any_of(needed.begin(), needed.end(), [&](std::string_view n) { return json::string_of(n) == one.name; });
            const detail::form_field field(one, required);
            std::string value;
            if (!fill_in(field, value)) return std::string(cancelled);
            if (!value.empty()) append_all(content, {content.size() > 1 ? "," : "", field.key, ":", value});
        }
        return concat({R"({"action":"accept","content":)", content, "}}"});
    }
    /// `value` stays empty where nothing was said. False: the person went away.
    HAFT_COLD bool fill_in(const detail::form_field& field, std::string& value) {
        if (!field.about.empty()) show(to_.dim(concat({"  ", indented(field.about)})));
        for (std::size_t i = 0; i < field.choices.size(); ++i) {
            const auto& one = field.choices[i];
            show(concat({"  ", decimal(i + 1), " ", on_screen(one.title.empty() ? one.value : one.title)}));
        }
        const std::string prompt = concat({"  ", on_screen(field.label), " (", field.kind(), field.default_value.empty() ? "" : ", else ",
                                           on_screen(field.default_value), field.required ? "" : ", may be empty", "): "});
        for (;;) {
            const std::optional<std::string> typed = line(prompt);
            if (!typed) return false;
            if (typed->empty() && !field.default_value.empty()) return value = field.default_value, true;
            if (typed->empty() && !field.required) return true;
            if (typed->empty()) {
                show("  it is required; Ctrl-C goes away");
                continue;
            }
            result<std::string> got = field.value_of(*typed);
            if (got) return value = std::move(*got), true;
            show(concat({"  ", on_screen(got.error().message)}));
        }
    }

    line_source& from_;
    const terminal& to_;
    std::FILE* shows_;
    std::function<void()> before_;
    std::deque<std::string> answers_;  // what was given stays while the tool runs
    std::string state_;
};

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_TERMINAL_ASKER_HPP
