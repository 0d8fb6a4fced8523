// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_MESSAGE_HPP
#define HAFT_TOOL_MESSAGE_HPP

/// One message of a talk between people, a model and tools, as no provider in particular writes it.

#include <haft/tool/content.hpp>
#include <haft/tool/tool_call.hpp>

#include <string>
#include <vector>

namespace haft::inline v0 {

/// Who says something. Of `tool` are the answers to the calls of the message before.
enum class role : unsigned char { system, user, assistant, tool };

struct message {
    haft::role role = haft::role::user;
    std::string text = {};
    content attachments = {};               ///< beside the text
    std::vector<tool_call> calls = {};      ///< of an assistant: what it asks for
    std::vector<tool_answer> answers = {};  ///< of role `tool`: one for each of those calls, in their order
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_MESSAGE_HPP
