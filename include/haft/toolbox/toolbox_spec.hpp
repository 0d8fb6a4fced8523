// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_TOOLBOX_SPEC_HPP
#define HAFT_TOOLBOX_TOOLBOX_SPEC_HPP

/// A toolbox in one line, as llm has it: `Memory`, `Files("/data") as src`, `SQLite(path="a.db", read_only=true)`.
/// [TB-05, TB-06, TB-10]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/known_names.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/core/visible.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/tool/about.hpp>
#include <haft/toolbox/toolbox.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// llm's rule: a name that begins with a capital letter is a toolbox's, any other a function's. [TB-05]
constexpr bool is_toolbox_name(std::string_view name) noexcept {
    return !name.empty() && name[0] >= 'A' && name[0] <= 'Z';
}

/// What a spec string says.
struct toolbox_spec {
    std::string name;
    std::string config;      ///< a JSON object, or "": of `Name({…})` and `Name(a=1)`
    std::string positional;  ///< a JSON value, or "": of `Name("x")`; what it is called the class knows
    std::string alias;       ///< "" without ` as …`
};

namespace detail {

class spec_parser {
public:
    HAFT_COLD explicit spec_parser(std::string_view spec) : spec_(spec), left_(spec) {}

    HAFT_COLD result<toolbox_spec> parse() {
        blanks();
        out_.name = word();
        if (out_.name.empty()) return invalid();
        if (take('(')) {
            if (!body()) return std::move(problem_);
            blanks();
        }
        const bool apart = blanks();
        if (left_.starts_with("as") && (apart || left_before_ == ')')) {
            left_.remove_prefix(2);
            if (!blanks()) return invalid();
            out_.alias = word();
            if (out_.alias.empty()) return invalid();
            blanks();
        }
        if (!left_.empty()) return invalid();
        return std::move(out_);
    }

private:
    HAFT_COLD error invalid() const { return {errc::bad_spec, concat({"Invalid spec string: '", shown(spec_), "'"})}; }
    static std::string shown(std::string_view text) {
        const std::string quoted = in_quotes(text);  // cut, and nothing in it that hides something
        return quoted.substr(1, quoted.size() - 2);
    }
    HAFT_COLD bool fail() { return problem_ = invalid(), false; }

    bool blanks() {
        const std::size_t before = left_.size();
        while (!left_.empty() && (left_[0] == ' ' || left_[0] == '\t' || left_[0] == '\n' || left_[0] == '\r'))
            left_.remove_prefix(1);
        return left_.size() < before;
    }
    bool take(char c) {
        if (!left_.starts_with(c)) return false;
        left_before_ = c;
        return left_.remove_prefix(1), true;
    }
    std::string_view word() {
        std::size_t n = 0;
        const auto belongs = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        };
        while (n < left_.size() && belongs(left_[n])) ++n;
        const std::string_view out = left_.substr(0, n);
        return left_.remove_prefix(n), out;
    }

    /// A JSON value, or a text in single quotes, as JSON; "" if there is none.
    HAFT_COLD std::string value() {
        if (left_.starts_with('\'')) {
            const std::size_t end = left_.find('\'', 1);
            if (end == std::string_view::npos) return {};
            const std::string_view text = left_.substr(1, end - 1);
            left_.remove_prefix(end + 1);
            return find_hidden(text, line_breaks::allowed) == text.npos ? json::string_text(text) : std::string();
        }
        json::lexer in(left_, json::hard_depth_limit);
        in.peek();
        std::string_view raw;
        if (!in.skip(raw)) return {};
        left_.remove_prefix(in.offset());
        return std::string(raw);
    }

    /// From behind the opening parenthesis to behind the closing one.
    HAFT_COLD bool body() {
        blanks();
        if (take(')')) return true;
        const std::string_view before = left_;
        const std::string_view key = word();
        blanks();
        if (!key.empty() && left_.starts_with('=')) return left_ = before, arguments();
        left_ = before;
        std::string given = value();
        blanks();
        if (given.empty() || !take(')')) return fail();
        (given.starts_with('{') ? out_.config : out_.positional) = std::move(given);
        return true;
    }
    HAFT_COLD bool arguments() {
        out_.config = "{";
        do {
            blanks();
            const std::string_view key = word();
            blanks();
            if (key.empty() || !take('=')) return fail();
            blanks();
            const std::string_view text = left_;
            const std::string given = value();
            if (given.empty())
                return problem_ = {errc::bad_spec, concat({"Value for '", key, "' is not valid JSON: ",
                                                           shown(text.substr(0, text.find_first_of(",)")))})},
                       false;
            append_all(out_.config, {out_.config.size() > 1 ? "," : "", "\"", key, "\":", given});
            blanks();
        } while (take(','));
        out_.config += '}';
        return take(')') || fail();
    }

    std::string_view spec_, left_;
    char left_before_ = '\0';
    toolbox_spec out_;
    error problem_;
};

}  // namespace detail

/// Takes a spec string apart. Values are JSON, or text in single quotes. Errors have llm's texts.
HAFT_COLD inline result<toolbox_spec> parse_spec(std::string_view spec) { return detail::spec_parser(spec).parse(); }

/// The class of that name. Errors: there is none (the nearest is named, and those that there are), there are two.
HAFT_COLD inline result<const toolbox_class*> find_class(std::string_view name,
                                                         std::span<const toolbox_class> classes) {
    const toolbox_class* known = nullptr;
    for (const toolbox_class& c : classes) {
        if (c.name != name) continue;
        if (known)
            return error{
                errc::duplicate_class,
                concat({"two toolbox classes are named ", in_quotes(name), ": ", in_quotes(known->words.description),
                        " and ", in_quotes(c.words.description), "; give one of them another name"})};
        known = &c;
    }
    if (known) return known;
    const std::string shown = in_quotes(name);  // cut, and nothing in it that hides something
    error e{errc::unknown_class, concat({"Unknown class '", shown.substr(1, shown.size() - 2), "'"})};
    known_names known_classes(name);
    for (const toolbox_class& c : classes) known_classes.add(c.name);
    known_classes.append_to(e.message);
    return e;
}

/// A new toolbox of one of those classes, as the spec says. Errors: of the spec, of the class's name, of the configuration.
HAFT_COLD inline result<toolbox> instantiate(std::string_view spec, std::span<const toolbox_class> classes) {
    const result<toolbox_spec> parsed = parse_spec(spec);
    if (!parsed) return parsed.error();
    const result<const toolbox_class*> found = find_class(parsed->name, classes);
    if (!found) return found.error();
    const toolbox_class& known = **found;
    if (parsed->positional.empty()) return known.make(parsed->config, parsed->alias);
    const auto members = json::members_of(json::value_of(json::members_of(known.config_schema), "properties"));
    if (members.empty())
        return error{errc::bad_configuration,
                     concat({"toolbox ", in_quotes(known.name), " takes no configuration, but was given ",
                             in_quotes(parsed->positional)})};
    return known.make(concat({"{", members[0].key, ":", parsed->positional, "}"}), parsed->alias);
}

/// A toolbox as it was: of the class with that name, and the configuration that toolbox::config gave. [TB-07, `llm -c`]
HAFT_COLD inline result<toolbox> rebuild(std::string_view class_name, std::string_view config,
                                         std::span<const toolbox_class> classes, std::string_view alias = {}) {
    const result<const toolbox_class*> found = find_class(class_name, classes);
    return found ? (*found)->make(config, alias) : result<toolbox>(found.error());
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOLBOX_TOOLBOX_SPEC_HPP
