// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HOOK_REPLY_HPP
#define HAFT_HOOK_HOOK_REPLY_HPP

/// What hooks have to say: messages, an end, a veto, a text instead of the one that they were shown. [HK-05, HK-06]

#include <haft/hook/generator.hpp>
#include <haft/tool/message.hpp>

#include <exception>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// A message, to be returned or yielded: `co_yield haft::say("…")`. (It converts to one; see generator for why it is none.)
class say {
public:
    explicit say(std::string text, haft::role by = role::system) : message_{.role = by, .text = std::move(text)} {}
    operator message() const& { return message_; }         // NOLINT: implicit, since it is one
    operator message() && { return std::move(message_); }  // NOLINT

private:
    message message_;
};

/// No later hook of this point is asked, but for those that guard it.
struct stop_hooks {};

/// What the point announces is not to happen, and why: a model is told. No later hook is asked. It can't be taken back.
struct veto {
    std::string reason;
    explicit veto(std::string why) : reason(std::move(why)) {}
};

/// Another text instead of the one that the point announces; later hooks see it already. Each point takes one of them, or none.
struct
    replace_arguments {  ///< of a call: a JSON object. Whoever makes the call checks them as he checks those of a model
    std::string text;
    explicit replace_arguments(std::string json) : text(std::move(json)) {}
};
struct replace_result {  ///< of a call
    std::string text;
    explicit replace_result(std::string with) : text(std::move(with)) {}
};
struct replace_text {  ///< of a message
    std::string text;
    explicit replace_text(std::string with) : text(std::move(with)) {}
};
struct replace_content {  ///< of a file
    std::string text;
    explicit replace_content(std::string with) : text(std::move(with)) {}
};

/// What one hook says, or all hooks of a point together. Made of any of the above: `return haft::veto("no");`; `{}` is to have
/// nothing to say.
struct hook_reply {
    std::vector<message> messages = {};           ///< in the order of the hooks
    bool stopped = false;                         ///< a hook has ended the emission
    std::optional<std::string> vetoed = {};       ///< why it is not to happen
    std::optional<std::string> replacement = {};  ///< of the text that the point announces; the last one's

    hook_reply() = default;
    hook_reply(message one) { messages.push_back(std::move(one)); }             // NOLINT: all implicit, so that
    hook_reply(say one) { messages.push_back(std::move(one)); }                 // NOLINT
    hook_reply(std::vector<message> several) : messages(std::move(several)) {}  // NOLINT: a hook may return any
    hook_reply(stop_hooks) : stopped(true) {}                                   // NOLINT: of them
    hook_reply(veto no) : vetoed(std::move(no.reason)) {}                       // NOLINT
    hook_reply(replace_arguments with) : replacement(std::move(with.text)) {}   // NOLINT
    hook_reply(replace_result with) : replacement(std::move(with.text)) {}      // NOLINT
    hook_reply(replace_text with) : replacement(std::move(with.text)) {}        // NOLINT
    hook_reply(replace_content with) : replacement(std::move(with.text)) {}     // NOLINT

    bool proceeds() const noexcept { return !vetoed; }
};

/// What a hook throws that wants the whole session to end: it passes through everything, to whoever runs the session. [HK-07]
class session_complete : public std::exception {
public:
    explicit session_complete(std::string reason = "the session is complete") : reason_(std::move(reason)) {}
    const char* what() const noexcept override { return reason_.c_str(); }

private:
    std::string reason_;
};

}  // namespace haft::inline v0

#endif  // HAFT_HOOK_HOOK_REPLY_HPP
