// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMPAT_GPTME_HPP
#define HAFT_COMPAT_GPTME_HPP

/// Where gptme does otherwise than haft's default, as values for haft's options; and the hook points that its host has besides haft's.
/// What is not here gptme does as haft does: hooks of higher priority first, equal ones as they came, descriptions up to the
/// first blank line, one call after the other.

#include <haft/command/command_outcome.hpp>
#include <haft/core/config.hpp>
#include <haft/hook/hook_reply.hpp>
#include <haft/hook/points.hpp>
#include <haft/kind/on_duplicate.hpp>
#include <haft/plugin/plugin_places.hpp>
#include <haft/tool/tool_call.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace haft::inline v0::compat::gptme {

/// Of tools of one name the first one counts: `registry_options{.tools = …}`. [RG-03]
inline constexpr on_duplicate tools = on_duplicate::keep_first;
/// Of commands of one name the last one: `command_set::resolve_duplicates(…)`. [CM-01]
inline constexpr on_duplicate commands = on_duplicate::replace;
/// Of plugins of one name that which came with the host: nobody's folder replaces it. [DC-01]
inline constexpr plugin_precedence plugins = built_in_first;

/// Commands that ask where nobody can be asked are told yes; haft says no. [CM-02]
HAFT_COLD inline dispatch_options commands_confirmed() {
    dispatch_options out;
    out.yes_to_all = true;
    return out;
}

// --- hook points that haft's own runner does not emit at; a host that has files, a working folder, a cache does [HK-01]

/// The call as it is to be made, or what it gave, may be rewritten.
struct tool_transform {
    static constexpr std::string_view name = "tool_transform";
    struct data {
        tool_call call = {};
        std::string workspace = {};
        message_log log = {};
    };
    using signature = hook_reply(const data&);
    using replaced_by = replace_arguments;
    static std::string& replaceable(data& d) { return d.call.arguments; }
};
/// A part of a file is about to be replaced.
struct file_pre_patch {
    static constexpr std::string_view name = "file_pre_patch";
    struct data {
        std::string path = {};
        std::string content = {};  ///< the patch
        std::string workspace = {};
        message_log log = {};
    };
    using signature = hook_reply(const data&);
    static constexpr bool can_veto = true;
    using replaced_by = replace_content;
    static std::string& replaceable(data& d) { return d.content; }
};
struct file_post_patch {
    static constexpr std::string_view name = "file_post_patch";
    struct data {
        std::string path = {};
        std::string content = {};
        std::string workspace = {};
        message_log log = {};
    };
    using signature = hook_reply(const data&);
};
/// A tool has left the process in another working folder.
struct cwd_changed {
    static constexpr std::string_view name = "cwd_changed";
    struct data {
        std::string old_cwd = {};
        std::string new_cwd = {};
        tool_call call = {};  ///< that did it
        std::string workspace = {};
        message_log log = {};
    };
    using signature = hook_reply(const data&);
};
/// What the provider keeps of the prompt is worth nothing any more, since the talk before its end has changed.
struct cache_invalidated {
    static constexpr std::string_view name = "cache_invalidated";
    struct data {
        std::string reason = {};  ///< `compact`, `edit`
        std::optional<std::size_t> tokens_before = {};
        std::optional<std::size_t> tokens_after = {};
        message_log log = {};
    };
    using signature = hook_reply(const data&);
};

/// A spelling of gptme's, and the name of the point that it means in haft. Configurations may use either; see
/// canonical_point_name.
struct spelling {
    std::string_view theirs, ours;
};
inline constexpr std::array<spelling, 23> points{{
    {"session.start", session_start::name},
    {"session.end", session_end::name},
    {"turn.pre", turn_pre::name},
    {"turn.post", turn_post::name},
    {"step.pre", step_pre::name},
    {"step.post", step_post::name},
    {"message.transform", message_transform::name},
    {"generation.pre", generation_pre::name},
    {"generation.post", generation_post::name},
    {"generation.chunk", generation_chunk::name},
    {"generation.interrupt", generation_interrupt::name},
    {"loop.continue", loop_continue::name},
    {"tool.execute.pre", tool_pre_execute::name},
    {"tool.execute.post", tool_post_execute::name},
    {"tool.transform", tool_transform::name},
    {"tool.confirm", tool_confirm::name},
    {"file.save.pre", file_pre_save::name},
    {"file.save.post", file_post_save::name},
    {"file.patch.pre", file_pre_patch::name},
    {"file.patch.post", file_post_patch::name},
    {"cwd.changed", cwd_changed::name},
    {"cache.invalidated", cache_invalidated::name},
    {"elicit", elicit::name},
}};

}  // namespace haft::inline v0::compat::gptme

#endif  // HAFT_COMPAT_GPTME_HPP
