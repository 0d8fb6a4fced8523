// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_COMMAND_OUTCOME_HPP
#define HAFT_COMMAND_COMMAND_OUTCOME_HPP

/// How a host gives a command, and what came of it.

#include <haft/command/command_context.hpp>
#include <haft/command/tool_fallback.hpp>
#include <haft/core/error.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/message.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace haft::inline v0 {

/// What a host says when it hands on what somebody typed.
struct dispatch_options {
    call_options call = {};         ///< the host's object, stop, limits; for commands and tools alike
    confirm_function confirm = {};  ///< who is asked; nobody: the answer is no
    bool yes_to_all = false;        ///< every question is answered with yes, and nobody asked
    tool_fallback tools = {};       ///< what `/name` means where no command is called so
    bool unique_prefixes = false;   ///< `/wea` runs `/weather` if no other command begins so
    bool help = true;               ///< `/help` and `/help name`, unless a command is called so
    std::size_t most_line_bytes = 256u << 10;
};

/// What came of one text.
struct command_outcome {
    bool is_command = false;  ///< false: it was none, and all else here says nothing; it is for the model
    std::string name = {};    ///< of the command, or the tool, in full; "" if there was none
    std::string owner = {};   ///< whose command it is; "" if nobody's
    bool was_tool = false;
    std::vector<message> messages = {};  ///< what it said, until it failed if it did
    bool share_with_model = false;       ///< whether they are for the model as well [CM-06]
    bool auto_undo = true;               ///< the line itself is to go out of the talk [CM-03]
    std::optional<error> problem = {};

    explicit operator bool() const noexcept { return is_command && !problem; }

    /// All that is to be shown, messages line by line and then the problem.
    std::string text() const {
        std::string out;
        const auto line = [&](const std::string& text) { out.append(out.empty() ? "" : "\n").append(text); };
        for (const message& one : messages) {
            if (!one.text.empty() || one.attachments.empty()) line(one.text);
            for (const content_block& block : one.attachments) line(block_words(block));
        }
        if (problem) line(problem->text());
        return out;
    }
};

}  // namespace haft::inline v0

#endif  // HAFT_COMMAND_COMMAND_OUTCOME_HPP
