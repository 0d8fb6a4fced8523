// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_KEPT_COMMAND_HPP
#define HAFT_COMMAND_KEPT_COMMAND_HPP

/// A command of a callable with state, which owns it and copies of its words.

#include <haft/command/command.hpp>
#include <haft/command/command_shape.hpp>
#include <haft/command/explain_command.hpp>
#include <haft/command/make_command.hpp>
#include <haft/core/config.hpp>
#include <haft/tool/execute.hpp>

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// Owns the texts that a command points to.
struct kept_words {
    HAFT_COLD explicit kept_words(const command_about& words) {
        what = described_command(keep(words.name), words);
        what.description = keep(words.description);
        for (std::string_view& alias : what.aliases) alias = keep(alias);
        for (command_completer& c : what.completers) c.parameter = keep(c.parameter);
    }
    kept_words(const kept_words&) = delete;
    kept_words& operator=(const kept_words&) = delete;
    virtual ~kept_words() = default;

    command what;

private:
    std::string_view keep(std::string_view text) { return texts_.emplace_back(text); }
    std::deque<std::string> texts_;
};

template <class F, const auto& Names>
struct kept_command final : kept_words {
    using shape = command_shape<F, Names>;
    struct bound_to : binding {
        kept_command* whole = nullptr;
    };

    kept_command(const command_about& words, F callable_) : kept_words(words), callable(std::move(callable_)) {
        bound.parameters_type = &shape::table();
        bound.result_type = nullptr;
        bound.invoke = [](const binding& self, invocation& call) {
            detail::invoke_command<shape>(static_cast<const bound_to&>(self).whole->callable, call);
        };
        bound.whole = this;
        what.execute = &execute_command;
        what.self = static_cast<const binding*>(&bound);
        what.input_schema = shape::input_schema();
        what.takes_any_words = shape::takes_any_words;
    }
    bound_to bound;
    F callable;
};

template <const auto& Given, class F>
std::shared_ptr<const kept_words> keep_command(const command_about& words, F callable) {
    constexpr const auto& names = names_for_callable<F, Given>();
    if constexpr (explain_command<"", F, names>())
        return std::make_shared<kept_command<F, names>>(words, std::move(callable));
    else return std::make_shared<kept_words>(words);
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_COMMAND_KEPT_COMMAND_HPP
