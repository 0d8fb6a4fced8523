// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_COMMAND_ARGUMENTS_HPP
#define HAFT_COMMAND_COMMAND_ARGUMENTS_HPP

/// The words of a line become the JSON object of arguments that a model would have written. Whether they are right the one
/// reader of arguments says, so a fault names its parameter whoever calls. [CM-05]

#include <haft/command/command_line.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/write_string.hpp>
#include <haft/schema/typed_parameter.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// Reads one line for one list of parameters.
class argument_reader {
public:
    HAFT_COLD argument_reader(std::string_view line, const std::vector<typed_parameter>& parameters, std::size_t before)
        : line_(line),
          parameters_(parameters),
          before_(before),
          words_(line),
          values_(parameters.size()),
          states_(parameters.size()) {}

    HAFT_COLD result<std::string> read() {
        bool options = true;
        for (line_word word; words_.more();) {
            const std::size_t free = next_free();
            // What looks like an option may stand before the rest of a line; behind its first word it is part of it.
            const bool dashes = options && std::string_view(line_).substr(words_.at()).starts_with("--");
            if (!dashes && free < parameters_.size() && parameters_[free].rest) {
                json::append_string(values_[free], words_.take_rest());
                break;
            }
            if (!words_.next(word)) return never_closed();
            if (dashes && word.text == "--" && !word.quoted) {
                options = false;
                continue;
            }
            if (dashes && !word.quoted) {
                if (result<void> given = option(word); !given) return given.error();
                continue;
            }
            if (free == parameters_.size()) return too_many(word);
            if (parameters_[free].list) append_item(free, word.text, state::items);
            else append_word(values_[free], parameters_[free], word.text);
        }
        std::string out = "{";
        for (std::size_t i = 0; i < values_.size(); ++i) {
            if (values_[i].empty()) continue;
            if (out.size() > 1) out += ',';
            json::append_string(out, parameters_[i].name);
            append_all(out, {":", values_[i], states_[i] == state::whole ? "" : "]"});
        }
        return out += '}';
    }

private:
    /// Of a value: complete; items without their `]`, for which further words come; the same, but given by name.
    enum class state : unsigned char { whole, items, named_items };

    /// The parameter that the next word is for.
    std::size_t next_free() const noexcept {
        std::size_t i = 0;
        while (i < values_.size() && !values_[i].empty() && states_[i] != state::items) ++i;
        return i;
    }
    void append_item(std::size_t i, std::string_view word, state becomes) {
        if (values_[i].empty() && word.starts_with('[')) {  // the whole list as JSON
            json::lexer in(word, json::hard_depth_limit);
            if (in.skip() && in.rest().empty()) return void(values_[i] = word);
        }
        values_[i] += values_[i].empty() ? '[' : ',';
        states_[i] = becomes;
        append_word(values_[i], parameters_[i], word);
    }

    /// `--name value`, `--name=value`, and `--name` alone of a boolean.
    HAFT_COLD result<void> option(const line_word& word) {
        std::string_view name = std::string_view(word.text).substr(2);
        const std::size_t sign = name.find('=');
        const std::size_t i = place_of(name.substr(0, sign));
        if (i == parameters_.size()) return unknown_option(name.substr(0, sign));
        const typed_parameter& of = parameters_[i];
        if (!values_[i].empty() && states_[i] == state::whole)
            return error{errc::bad_command_words, concat({"the parameter ", in_quotes(of.name), " is given twice"})};
        line_word value;
        if (sign != name.npos) {
            value.text = name.substr(sign + 1);
        } else if (of.kind == word_kind::boolean && !of.list) {
            value.text = "true";
        } else if (of.rest && words_.more()) {
            return json::append_string(values_[i], words_.take_rest()), result<void>();
        } else if (!words_.more()) {
            return error{errc::bad_command_words, concat({"--", of.name, " stands at the end, without a value"})};
        } else if (!words_.next(value)) {
            return never_closed();
        }
        if (of.list) append_item(i, value.text, state::named_items);
        else append_word(values_[i], of, value.text);
        return {};
    }
    std::size_t place_of(std::string_view name) const noexcept {
        const auto same = [&](std::string_view other) {
            if (name.size() != other.size()) return false;
            for (std::size_t k = 0; k < name.size(); ++k)
                if (name[k] != other[k] && !(name[k] == '-' && other[k] == '_')) return false;
            return true;
        };
        std::size_t i = 0;
        while (i < parameters_.size() && !same(parameters_[i].name)) ++i;
        return i;
    }

    HAFT_COLD error never_closed() const {
        return {errc::bad_command_line, concat({"the quote ", line_.substr(words_.at(), 1), " at column ",
                                                decimal(before_ + column_at(line_, words_.at())), " is never closed"})};
    }
    HAFT_COLD error too_many(const line_word& word) const {
        std::string message = concat({"there is no parameter left for ", in_quotes(word.text)});
        if (!parameters_.empty()) append_all(message, {"; a value with blanks stands in quotes"});
        return {errc::bad_command_words, std::move(message)};
    }
    HAFT_COLD error unknown_option(std::string_view name) const {
        nearest_name nearest(name);
        for (const typed_parameter& one : parameters_) nearest.consider(one.name);
        error e{errc::bad_command_words, concat({"there is no parameter ", in_quotes(name)})};
        append_did_you_mean(e.message, nearest.name());
        e.message += "; a value that begins with -- stands in quotes, or behind a -- alone";
        return e;
    }

    std::string_view line_;
    const std::vector<typed_parameter>& parameters_;
    std::size_t before_;  // characters, for the columns of messages
    line_words words_;
    std::vector<std::string> values_;  // as JSON; "": not given
    std::vector<state> states_;
};

}  // namespace detail

/// The JSON object of arguments that a line says. Words go to the parameters in their order; `--name value` and
/// `--name=value` give one by its name (`-` stands for `_`), `--name` alone sets a boolean, and behind a `--` there are no
/// names. (`name=value` without dashes is an ordinary word: values look like that.) A list takes all words that are left, or
/// one word that is a JSON array; a rest_of_line takes the tail as it stands. Errors: E0300 for a quote without end; E0303 for
/// a word too many, a name that is none, a parameter given twice or without value. `characters_before` the line stand others,
/// which the columns in messages count.
HAFT_LARGE result<std::string> arguments_in(std::string_view line, const std::vector<typed_parameter>& parameters,
                                            std::size_t characters_before = 0);

#if HAFT_DEFINES_LARGE()
HAFT_LARGE result<std::string> arguments_in(std::string_view line, const std::vector<typed_parameter>& parameters,
                                            std::size_t characters_before) {
    return detail::argument_reader(line, parameters, characters_before).read();
}
#endif

}  // namespace haft::inline v0

#endif  // HAFT_COMMAND_COMMAND_ARGUMENTS_HPP
