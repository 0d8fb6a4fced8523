// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_POINTS_HPP
#define HAFT_HOOK_POINTS_HPP

/// The hook points that haft itself emits at, or names for those who do: what a session, a turn, a call consist of. [HK-01]
/// Their data are copies, so a hook may keep what it is shown. [fault 154]

#include <haft/core/error.hpp>
#include <haft/hook/hook_point.hpp>
#include <haft/hook/hook_reply.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/approver.hpp>
#include <haft/tool/message.hpp>
#include <haft/tool/tool_call.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// The talk so far: shared, and never changed.
using message_log = std::shared_ptr<const std::vector<message>>;

// --- the life of a host [HK-10]

/// A host has been set up. Who comes later, such as a plugin that is exposed later, is called too.
struct startup {
    static constexpr std::string_view name = "startup";
    static constexpr bool historic = true;
    struct data {
        std::string workspace = {};
    };
    using signature = hook_reply(const data&);
};
/// It is about to be taken down.
struct shutdown {
    static constexpr std::string_view name = "shutdown";
    struct data {
        std::string workspace = {};
    };
    using signature = hook_reply(const data&);
};

// --- a session

struct session_start {
    static constexpr std::string_view name = "session_start";
    struct data {
        std::string logdir = {};
        std::string workspace = {};
        std::vector<message> initial = {};  ///< what the talk begins with
    };
    using signature = hook_reply(const data&);
};
struct session_end {
    static constexpr std::string_view name = "session_end";
    struct data {
        std::string logdir = {};
        std::string workspace = {};
        message_log log = {};
    };
    using signature = hook_reply(const data&);
};

// --- a turn: all from what a user says to the reply that calls nothing more; its steps: one reply and the calls in it

struct turn_pre {
    static constexpr std::string_view name = "turn_pre";
    struct data {
        message input = {};  ///< what the user says
        std::string workspace = {};
        message_log log = {};  ///< before it
    };
    using signature = hook_reply(const data&);
    using replaced_by = replace_text;
    static std::string& replaceable(data& d) { return d.input.text; }
};
struct turn_post {
    static constexpr std::string_view name = "turn_post";
    struct data {
        message reply = {};  ///< the last one
        std::string workspace = {};
        message_log log = {};
    };
    using signature = hook_reply(const data&);
    using replaced_by = replace_text;
    static std::string& replaceable(data& d) { return d.reply.text; }
};
struct step_pre {
    static constexpr std::string_view name = "step_pre";
    struct data {
        std::size_t step = 0;  ///< of this turn, from 1
        std::string workspace = {};
        message_log log = {};
    };
    using signature = hook_reply(const data&);
};
struct step_post {
    static constexpr std::string_view name = "step_post";
    struct data {
        std::size_t step = 0;
        std::string workspace = {};
        message_log log = {};
    };
    using signature = hook_reply(const data&);
};
/// A message of the model's, before it is stored and shown.
struct message_transform {
    static constexpr std::string_view name = "message_transform";
    struct data {
        haft::message message = {};
        std::string workspace = {};
    };
    using signature = hook_reply(const data&);
    using replaced_by = replace_text;
    static std::string& replaceable(data& d) { return d.message.text; }
};
/// The model has nothing more to do. Messages of hooks keep the turn going.
struct loop_continue {
    static constexpr std::string_view name = "loop_continue";
    struct data {
        bool interactive = false;  ///< whether a person could say something
        std::string workspace = {};
        message_log log = {};
    };
    using signature = hook_reply(const data&);
};
/// The talk is made shorter, since it grew too long for the model.
struct compaction {
    static constexpr std::string_view name = "compaction";
    struct data {
        std::size_t before = 0;  ///< messages
        std::size_t after = 0;
        message_log log = {};  ///< before
    };
    using signature = hook_reply(const data&);
};

// --- a reply of the model

struct generation_pre {
    static constexpr std::string_view name = "generation_pre";
    struct data {
        std::string model = {};
        std::string workspace = {};
        message_log log = {};
    };
    using signature = hook_reply(const data&);
    static constexpr bool can_veto = true;
};
/// A piece of it has come. A veto ends the generation.
struct generation_chunk {
    static constexpr std::string_view name = "generation_chunk";
    struct data {
        std::string text = {};
        std::string model = {};
    };
    using signature = hook_reply(const data&);
    static constexpr bool can_veto = true;
};
/// It was ended before the model was done.
struct generation_interrupt {
    static constexpr std::string_view name = "generation_interrupt";
    struct data {
        message reply = {};       ///< what had come of it
        std::string reason = {};  ///< of the veto, or who asked for an end
        std::string model = {};
    };
    using signature = hook_reply(const data&);
};
struct generation_post {
    static constexpr std::string_view name = "generation_post";
    struct data {
        message reply = {};
        std::string model = {};
        std::string workspace = {};
    };
    using signature = hook_reply(const data&);
};

// --- a call of a tool

struct tool_pre_execute {
    static constexpr std::string_view name = "tool_pre_execute";
    struct data {
        tool_call call = {};    ///< as the model asked for it
        std::string tool = {};  ///< the name of the tool, as it is served
        std::string owner = {};
        haft::effect effect = haft::effect::unspecified;
        std::string workspace = {};
        message_log log = {};
    };
    using signature = hook_reply(const data&);
    static constexpr bool can_veto = true;
    using replaced_by = replace_arguments;
    static std::string& replaceable(data& d) { return d.call.arguments; }
};
/// Once for each call that was begun, whatever came of it.
struct tool_post_execute {
    static constexpr std::string_view name = "tool_post_execute";
    struct data {
        tool_call call = {};
        tool_answer result = {};
        std::string tool = {};
        std::string owner = {};
        std::string workspace = {};
        message_log log = {};
    };
    using signature = hook_reply(const data&);
    using replaced_by = replace_result;
    static std::string& replaceable(data& d) { return d.result.text; }
};
/// A tool has failed. [HK-10]
struct tool_error {
    static constexpr std::string_view name = "tool_error";
    struct data {
        tool_call call = {};
        std::string tool = {};
        haft::error error = {};
    };
    using signature = hook_reply(const data&);
};
/// Whether a call may be made. The first answer counts; without one whoever asks has to decide.
struct tool_confirm {
    static constexpr std::string_view name = "tool_confirm";
    static constexpr bool first_result = true;
    static constexpr bool passes_exceptions = true;  // a hook that fails has said no: see confirm_by_hooks
    struct data {
        tool_call call = {};
        std::string tool = {};
        haft::effect effect = haft::effect::unspecified;
        std::string workspace = {};
    };
    using signature = approval(const data&);
};
/// Somebody, a tool or a host, wants to know something of a person. The first answer counts.
struct elicit {
    static constexpr std::string_view name = "elicit";
    static constexpr bool first_result = true;
    struct data {
        std::string question = {};
        std::vector<std::string> choices = {};  ///< none: any text
        std::string schema = {};                ///< JSON Schema of the answer; "": a text
    };
    using signature = std::string(const data&);
};

// --- files

struct file_pre_save {
    static constexpr std::string_view name = "file_pre_save";
    struct data {
        std::string path = {};
        std::string content = {};
        std::string workspace = {};
    };
    using signature = hook_reply(const data&);
    static constexpr bool can_veto = true;
    using replaced_by = replace_content;
    static std::string& replaceable(data& d) { return d.content; }
};
struct file_post_save {
    static constexpr std::string_view name = "file_post_save";
    struct data {
        std::string path = {};
        std::string content = {};
        std::string workspace = {};
    };
    using signature = hook_reply(const data&);
};

}  // namespace haft::inline v0

#endif  // HAFT_HOOK_POINTS_HPP
