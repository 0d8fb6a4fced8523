// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_COMMAND_CONTEXT_HPP
#define HAFT_COMMAND_COMMAND_CONTEXT_HPP

/// What a command's function may know beside its parameters: one that takes a `haft::command_context&` is given it. [CM-02]

#include <haft/tool/call_context.hpp>
#include <haft/tool/message.hpp>
#include <haft/tool/parameters.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Asks the person whether something may be done.
using confirm_function = std::function<bool(std::string_view question)>;

/// Travels with one command into its function, which may use it while it runs and not keep it. It is a call_context, too:
/// stop, progress and log are those of the host's call_options.
class command_context : public call_context {
public:
    command_context(std::string_view name, std::string_view line, const call_options& how, const confirm_function& asks,
                    bool yes_to_all = false)
        : call_context(name, how), full_args(line), confirm_(asks), yes_to_all_(yes_to_all) {
        for (std::size_t at = 0; (at = line.find_first_not_of(blanks, at)) != line.npos;) {
            const std::size_t end = line.find_first_of(blanks, at);
            args.push_back(line.substr(at, end == line.npos ? end : end - at));
            at = end == line.npos ? line.size() : end;
        }
    }

    /// The words behind the name, split on white space and nothing else: quotes are part of them.
    std::vector<std::string_view> args = {};
    /// All that stands behind the first blank, as it was typed.
    const std::string_view full_args;
    /// Whether what the command says is for the model as well; as the command says, until its function knows better. [CM-06]
    bool share_with_model = false;

    /// The host's object of that type, or null.
    template <class T>
    T* host() const noexcept {
        return user<T>();
    }

    /// Asks the person, and gives the answer. Where the host has nobody to ask it is no, unless the host said yes to all
    /// beforehand: what nobody agreed to is not done by accident (gptme's default is yes).
    bool confirm(std::string_view question) const {
        if (yes_to_all_) return true;
        return confirm_ && confirm_(question);
    }

    /// Says something at once, before the function's result; gptme's handlers yield one message after the other. [CM-03]
    void say(message m) { said_.push_back(std::move(m)); }
    void say(std::string text) { said_.push_back({.role = role::system, .text = std::move(text)}); }
    void say(const char* text) { say(std::string(text)); }
    std::vector<message> take_said() noexcept { return std::move(said_); }

    static constexpr std::string_view blanks = " \t\n\r";

private:
    const confirm_function& confirm_;
    bool yes_to_all_;
    std::vector<message> said_;
};

namespace detail {
/// A function that takes it is no tool, but its other parameters are read as a tool's.
template <>
inline constexpr bool is_context_of_its_own<command_context&> = true;
}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_COMMAND_COMMAND_CONTEXT_HPP
