// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROGRAM_ARGV_TEMPLATE_HPP
#define HAFT_PROGRAM_ARGV_TEMPLATE_HPP

/// The command line of a tool that runs a program: words, and places for arguments. An argument fills a place whole; it is never
/// split, joined to a word, or interpreted.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>
#include <haft/json/document.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/pointer.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace haft::inline v0 {

/// A word: a text as it is, or `{name}`, the place of the parameter of that name (`{{name}}` is the text `{name}`). Several words
/// in brackets stand or go together: `{"--days", "{days}"}` is left out where there are no days.
using argv_element = std::variant<std::string, std::vector<std::string>>;

/// What becomes of an argument that begins with `-` where the program could take it for an option: before the word `--`.
enum class option_like : unsigned char { refuse, allow };

namespace detail {

/// One argument as words; none if it is null.
HAFT_COLD inline std::vector<std::string> words_of_value(const json::document& all, std::uint32_t at) {
    const auto word = [&](std::uint32_t one) {
        if (all[one].kind == json::value_kind::object || all[one].kind == json::value_kind::array) {
            std::string out;
            json::append_compact(out, all[one].text);
            return out;
        }
        return std::string(all[one].text);
    };
    if (all[at].kind == json::value_kind::null) return {};
    if (all[at].kind != json::value_kind::array) return {word(at)};
    std::vector<std::string> out;
    for (std::uint32_t i = at + 1; i < all[at].behind; i = all[i].behind) out.push_back(word(i));
    return out;
}

/// A default of the schema, for an argument that is not given.
HAFT_COLD inline std::vector<std::string> words_of_text(std::string_view value) {
    json::document one;
    json::value_faults none;
    if (value.empty() || !one.read(value, {}, none)) return {};
    return words_of_value(one, 0);
}

struct argv_parameter {
    std::string name;
    std::string fallback = {};  // JSON of its default; "" if it has none
    bool used = false;
};

class argv_template {
public:
    /// The place of an element, for messages: `/2`, `/2/0`.
    struct mistake {
        std::string pointer;
        std::string message;
        std::string nearest = {};
    };

    /// Marks the parameters that it uses.
    HAFT_COLD argv_template(const std::vector<argv_element>& elements, std::vector<argv_parameter>& parameters,
                            option_like dashes)
        : dashes_(dashes) {
        if (elements.empty()) add("", "it is empty; it begins with the program");
        for (std::size_t i = 0; i < elements.size(); ++i) {
            const std::string at = concat({"/", decimal(i)});
            std::vector<word>& group = groups_.emplace_back();
            if (const auto* const text = std::get_if<std::string>(&elements[i])) {
                group.push_back(read(*text, at, parameters));
                continue;
            }
            const auto& words = std::get<std::vector<std::string>>(elements[i]);
            if (words.empty()) add(at, "these brackets are empty");
            for (std::size_t w = 0; w < words.size(); ++w)
                group.push_back(read(words[w], concat({at, "/", decimal(w)}), parameters));
        }
        if (!groups_.empty() &&
            (groups_[0].size() != 1 || !groups_[0][0].parameter.empty() || groups_[0][0].text.empty()))
            add("/0", "the program has to be a word of its own, and no argument");
    }

    const std::vector<mistake>& mistakes() const noexcept { return mistakes_; }
    std::string_view program() const noexcept { return groups_[0][0].text; }

    /// The command line for an object of arguments, which fit the schema. What can't be a word is a fault (E0444).
    HAFT_COLD std::vector<std::string> fill(const json::document& arguments,
                                            const std::vector<argv_parameter>& parameters,
                                            std::vector<fault>& faults) const {
        std::vector<std::string> out;
        bool options_over = false;
        for (const std::vector<word>& group : groups_) {
            std::vector<std::string> filled;
            std::vector<fault> unfit;  // of a group that is left out nothing is wrong
            bool whole = true;
            for (const word& one : group) {
                if (one.parameter.empty()) {
                    filled.push_back(one.text);
                    continue;
                }
                std::vector<std::string> values = values_of(one.parameter, arguments, parameters);
                whole = whole && !values.empty();
                for (std::string& value : values) {
                    check(one.parameter, value, options_over, unfit);
                    filled.push_back(std::move(value));
                }
            }
            if (!whole) continue;
            faults.insert(faults.end(), unfit.begin(), unfit.end());
            for (std::string& one : filled) out.push_back(std::move(one));
            for (const word& one : group) options_over = options_over || (one.parameter.empty() && one.text == "--");
        }
        return out;
    }

    /// The words for one parameter; none if it was not given and has no default.
    HAFT_COLD static std::vector<std::string> values_of(std::string_view name, const json::document& arguments,
                                                        const std::vector<argv_parameter>& parameters) {
        if (const std::uint32_t at = arguments.empty() ? 0 : arguments.find(0, name))
            if (arguments[at].kind != json::value_kind::null) return words_of_value(arguments, at);
        for (const argv_parameter& one : parameters)
            if (one.name == name) return words_of_text(one.fallback);
        return {};
    }

private:
    struct word {
        std::string text;
        std::string parameter = {};  // "": it is a text
    };

    void add(std::string pointer, std::string message, std::string_view nearest = {}) {
        mistakes_.push_back({std::move(pointer), std::move(message), std::string(nearest)});
    }
    /// `name` of `{name}`, else "".
    static std::string_view place_in(std::string_view text) {
        if (text.size() < 3 || text.front() != '{' || text.back() != '}') return {};
        const std::string_view name = text.substr(1, text.size() - 2);
        for (const char c : name)
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
                return {};
        return name;
    }
    word read(std::string_view text, const std::string& at, std::vector<argv_parameter>& parameters) {
        if (text.find('\0') != text.npos) add(at, "a word can't hold a NUL byte");
        if (text.starts_with("{{") && text.ends_with("}}") && !place_in(text.substr(1, text.size() - 2)).empty())
            return {std::string(text.substr(1, text.size() - 2))};
        if (const std::string_view name = place_in(text); !name.empty()) {
            for (argv_parameter& one : parameters)
                if (one.name == name) return one.used = true, word{{}, one.name};
            nearest_name nearest(name);
            for (const argv_parameter& one : parameters) nearest.consider(one.name);
            std::string message = concat({"no parameter is named ", in_quotes(name)});
            append_did_you_mean(message, nearest.name());
            append_all(message, {nearest.name().empty() ? "; " : " ", "For the text write \"{", text, "}\""});
            add(at, std::move(message), nearest.name());
        } else {
            for (const argv_parameter& one : parameters)
                if (const std::string place = concat({"{", one.name, "}"}); text.find(place) != text.npos)
                    add(at, concat({"a place is a word of its own and not a part of one; write ", in_quotes(place),
                                    " as the next word"}));
        }
        return {std::string(text)};
    }
    void check(std::string_view parameter, std::string_view value, bool options_over,
               std::vector<fault>& faults) const {
        fault f;
        f.code = errc::bad_program_argument;
        json::append_pointer_key(f.pointer, parameter);
        append_echo(f.got, value);
        if (value.find('\0') != value.npos) {
            f.message = concat({"no argument of a program can hold a NUL character, got ", in_quotes(value)});
        } else if (value.starts_with('-') && dashes_ == option_like::refuse && !options_over) {
            f.message =
                concat({"begins with \"-\", so the program could take it for an option, got ", in_quotes(value)});
            f.expected = "text that does not begin with \"-\"";
        } else {
            return;
        }
        faults.push_back(std::move(f));
    }

    std::vector<std::vector<word>> groups_;
    std::vector<mistake> mistakes_;
    option_like dashes_;
};

}  // namespace detail
}  // namespace haft::inline v0

#endif  // HAFT_PROGRAM_ARGV_TEMPLATE_HPP
