// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_VIEWS_TRANSFORMATION_HPP
#define HAFT_VIEWS_TRANSFORMATION_HPP

/// What is to be different about one tool: other names and words, arguments that are hidden, given or required, a body around its
/// call. [NX-04]

#include <haft/core/result.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// What is to be different about one argument.
struct argument_transform {
    std::string name;                ///< as the tool has it
    std::string new_name = {};       ///< as callers see it; "" to leave it
    std::string description = {};    ///< new words; "" to leave them
    std::string constant = {};       ///< JSON: always given, and callers neither see nor override it
    std::string default_value = {};  ///< JSON: given where a caller gives none
    bool required = false;           ///< callers have to give it
};

/// What is to be different about one tool. A plain value: a configuration can fill it, or calls that go on one another:
/// `haft::transform{}.rename_arg("q", "query").hide("api_key", "\"secret\"")`.
struct transform {
    std::string name = {};         ///< "" to leave it
    std::string description = {};  ///< "" to leave it
    std::vector<argument_transform> arguments = {};

    /// Calls the tool, with a JSON object of arguments as the tool has them by now; gives its result as JSON.
    using forward = std::function<result<std::string>(std::string_view arguments)>;
    /// Called in the tool's stead, with arguments that the tool would take, as it would get them; gives the result as JSON:
    /// a string is a text, `null` nothing. What it gives is its own business, so the new tool has no output schema.
    std::function<result<std::string>(std::string_view arguments, const forward& inner)> body = {};

    transform& rename(std::string to) { return name = std::move(to), *this; }
    transform& describe(std::string words) { return description = std::move(words), *this; }
    transform& rename_arg(std::string_view arg, std::string to) { return of(arg).new_name = std::move(to), *this; }
    transform& describe_arg(std::string_view arg, std::string words) {
        return of(arg).description = std::move(words), *this;
    }
    transform& hide(std::string_view arg, std::string json) { return of(arg).constant = std::move(json), *this; }
    transform& set_default(std::string_view arg, std::string json) {
        return of(arg).default_value = std::move(json), *this;
    }
    transform& require(std::string_view arg) { return of(arg).required = true, *this; }
    transform& wrap(std::function<result<std::string>(std::string_view, const forward&)> with) {
        return body = std::move(with), *this;
    }

private:
    argument_transform& of(std::string_view arg) {
        for (argument_transform& a : arguments)
            if (a.name == arg) return a;
        return arguments.emplace_back(argument_transform{std::string(arg)});
    }
};

}  // namespace haft::inline v0

#endif  // HAFT_VIEWS_TRANSFORMATION_HPP
