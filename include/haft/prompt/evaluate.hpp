// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_EVALUATE_HPP
#define HAFT_PROMPT_EVALUATE_HPP

/// A template with values for its variables: the prompt and the system prompt that come of it. [TF-03, llm's rules]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/prompt/placeholders.hpp>
#include <haft/prompt/prompt_template.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Values of variables, by name.
using template_values = std::map<std::string, std::string, std::less<>>;

/// The variables of a text, each once, in the order in which they stand in it.
HAFT_COLD inline std::vector<std::string> variables_of(std::string_view text) {
    std::vector<std::string> out;
    placeholder_walk walk(text);
    for (placeholder_piece piece; walk.next(piece);)
        if (piece.what == placeholder_piece::kind::variable &&
            std::find(out.begin(), out.end(), piece.text) == out.end())
            out.emplace_back(piece.text);
    return out;
}

namespace detail {

/// Puts values in. What is missing is added to `missing`, each name once; a dollar sign by itself is an error.
HAFT_COLD inline result<std::string> put_values(std::string_view text, const template_values& values,
                                                std::vector<std::string>& missing) {
    std::string out;
    placeholder_walk walk(text);
    for (placeholder_piece piece; walk.next(piece);) {
        if (piece.what == placeholder_piece::kind::wrong) {
            const std::string_view before = text.substr(0, piece.at);
            const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
            const std::size_t column = count_code_points(before.substr(before.rfind('\n') + 1)) + 1;
            return error{errc::bad_placeholder,
                         concat({"the $ in line ", decimal(line), ", column ", decimal(column),
                                 " begins no variable: write $name or ${name}, and $$ for a dollar sign"})};
        }
        if (piece.what == placeholder_piece::kind::text) {
            out += piece.text;
        } else if (const auto value = values.find(piece.text); value != values.end()) {
            out += value->second;
        } else if (std::find(missing.begin(), missing.end(), piece.text) == missing.end()) {
            missing.emplace_back(piece.text);
        }
    }
    return out;
}

HAFT_COLD inline error missing_variables(const std::vector<std::string>& names) {
    error e{errc::missing_variables, "Missing variables: "};
    for (const std::string& name : names) append_all(e.message, {&name == names.data() ? "" : ", ", name});
    return e;
}

}  // namespace detail

/// Puts values in place of `$name` and `${name}`, and a dollar sign in place of `$$`; nothing within a value is looked at. An
/// error: `Missing variables: a, b` (E0333), or a dollar sign that begins no variable (E0334).
HAFT_COLD inline result<std::string> interpolate(std::string_view text, const template_values& values) {
    std::vector<std::string> missing;
    result<std::string> out = detail::put_values(text, values, missing);
    if (out && !missing.empty()) return detail::missing_variables(missing);
    return out;
}

/// What has come of a template.
struct evaluated_template {
    std::string prompt = {};
    std::string system = {};
};

/// Evaluates a template: `$input` is the input, whatever else says so; `params` beat the template's defaults; a template without a
/// prompt has the input as its prompt, as it is. Errors as of interpolate, over prompt and system together.
HAFT_COLD inline result<evaluated_template> evaluate(const prompt_template& of, std::string_view input,
                                                     const template_values& params = {}) {
    template_values values = params;
    for (const auto& [name, value] : of.defaults)
        values.try_emplace(name, value.text.starts_with('"') ? json::string_of(value.text) : value.text);
    values.insert_or_assign("input", std::string(input));
    std::vector<std::string> missing;
    evaluated_template out{.prompt = std::string(input)};
    if (!of.prompt.empty()) {
        result<std::string> prompt = detail::put_values(of.prompt, values, missing);
        if (!prompt) return std::move(prompt.error());
        out.prompt = std::move(*prompt);
    }
    result<std::string> system = detail::put_values(of.system, values, missing);
    if (!system) return std::move(system.error());
    out.system = std::move(*system);
    if (!missing.empty()) return detail::missing_variables(missing);
    return out;
}

/// The same for one message of a talk, each of which the template is for: where its prompt has no `$input` the message stands behind it.
/// [CM-07, llm's chat]
HAFT_COLD inline result<evaluated_template> evaluate_message(const prompt_template& of, std::string_view said,
                                                             const template_values& params = {}) {
    result<evaluated_template> out = evaluate(of, said, params);
    if (!out || of.prompt.empty() || said.empty()) return out;
    const std::vector<std::string> names = variables_of(of.prompt);
    if (std::find(names.begin(), names.end(), "input") == names.end()) append_all(out->prompt, {"\n", said});
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_PROMPT_EVALUATE_HPP
