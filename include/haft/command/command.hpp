// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_COMMAND_HPP
#define HAFT_COMMAND_COMMAND_HPP

/// What is left of a function once the compiler has turned it into a command: `/weather London`. [CM-01]

#include <haft/command/command_context.hpp>
#include <haft/command/completion.hpp>
#include <haft/command/short_list.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/tool.hpp>

#include <cstddef>
#include <string_view>

namespace haft::inline v0 {

using command_aliases = short_list<std::string_view, 8>;
using command_completers = short_list<command_completer, 8>;

/// The words for a command: `{.name = "weather", .aliases = {"w"}, .description = "Tell the weather"}`.
struct command_about {
    /// Instead of the function's own. Several words with one blank between them are a sub-command: "db migrate".
    std::string_view name = {};
    command_aliases aliases = {};
    std::string_view description = {};  ///< its first line stands in the list
    command_completers completers = {};
    bool share_with_model = false;  ///< what it says is for the model as well [CM-06]
    /// The host takes the line out of the talk before the command's own words come in (gptme's decorator). [CM-03]
    bool auto_undo = true;
};

/// A command that a person can give. A small value, cheap to copy; it owns nothing, as haft::tool.
struct command {
    std::string_view name = {};
    command_aliases aliases = {};
    std::string_view description = {};
    std::string_view input_schema = {};  ///< JSON Schema of the arguments, an object, as a tool has it
    command_completers completers = {};
    bool share_with_model = false;
    bool auto_undo = true;
    bool takes_any_words = false;  ///< it has no parameters, but a context: the words are for it to read

    /// Reads the arguments, a JSON object, and runs. What it says goes into the context, what fails into the writer. Never
    /// throws.
    using function = void(const void* self, std::string_view arguments, command_context&, result_writer&);
    function* execute = nullptr;
    const void* self = nullptr;

    const haft::origin* origin = nullptr;  ///< for messages; null if nobody knows
};

/// Whether a name may be a command's: words with one blank between them, 1 to 64 bytes in all, each of A-Z a-z 0-9 _ - . and
/// beginning with a letter, a digit or _.
constexpr bool legal_command_name(std::string_view name) noexcept {
    if (name.empty() || name.size() > 64) return false;
    const auto begins = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool first = i == 0 || name[i - 1] == ' ';
        const bool within = name[i] == '-' || name[i] == '.' || (name[i] == ' ' && i + 1 < name.size());
        if (!begins(name[i]) && (first || !within)) return false;
    }
    return true;
}

}  // namespace haft::inline v0

#endif  // HAFT_COMMAND_COMMAND_HPP
