// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_ABOUT_HPP
#define HAFT_TOOL_ABOUT_HPP

/// What an author says of a tool beyond its signature: description, name, effect on the world, hints, instructions.

#include <haft/core/config.hpp>
#include <haft/core/visible.hpp>
#include <haft/tool/tags.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace haft::inline v0 {

/// What a call does to the world. Hosts ask before a destructive call, and may repeat or cache a read-only one.
/// MCP's annotations readOnlyHint and destructiveHint; `unspecified` says nothing, which MCP reads as destructive.
enum class effect : unsigned char { unspecified, read_only, additive, destructive };
inline constexpr effect read_only = effect::read_only;      ///< changes nothing
inline constexpr effect additive = effect::additive;        ///< changes something, loses nothing
inline constexpr effect destructive = effect::destructive;  ///< may overwrite or delete

/// Further properties, combined with `|`. The first two are MCP's idempotentHint and openWorldHint; it has no word for the others.
enum class hints : unsigned short {
    none = 0,
    idempotent = 1,    ///< a second call with the same arguments changes nothing more
    closed_world = 2,  ///< touches nothing outside the program and its data
    file_ops = 4,      ///< reads or writes files
    code_exec = 8,     ///< runs code or commands that it is given
    web = 16,          ///< speaks to other machines
    thread_safe = 32,  ///< several threads may call it at once, whatever it shares with others
    // Who lets one model have all three may find its secrets sent where somebody's text told it to; see tainted. [NX-17]
    private_data = 64,      ///< gives what not everybody may know
    untrusted_input = 128,  ///< gives texts that anybody may have written: web pages, mail, issues
    external_send = 256,    ///< can carry what it is given out of the house
};
inline constexpr hints idempotent = hints::idempotent;
inline constexpr hints closed_world = hints::closed_world;
inline constexpr hints file_ops = hints::file_ops;
inline constexpr hints code_exec = hints::code_exec;
inline constexpr hints web = hints::web;
inline constexpr hints thread_safe = hints::thread_safe;
inline constexpr hints private_data = hints::private_data;
inline constexpr hints untrusted_input = hints::untrusted_input;
inline constexpr hints external_send = hints::external_send;

constexpr hints operator|(hints a, hints b) noexcept {
    return static_cast<hints>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr bool has(hints all, hints one) noexcept {
    return (static_cast<unsigned>(all) & static_cast<unsigned>(one)) != 0;
}

/// What effect and hints are called where they stand among tags. [TD-09]
struct named_effect {
    haft::effect value;
    std::string_view tag;
};
inline constexpr std::array<named_effect, 3> effect_tags{
    {{effect::read_only, "read-only"}, {effect::additive, "additive"}, {effect::destructive, "destructive"}}};
struct named_hint {
    haft::hints value;
    std::string_view tag;
};
inline constexpr std::array<named_hint, 9> hint_tags{{{hints::idempotent, "idempotent"},
                                                      {hints::closed_world, "closed-world"},
                                                      {hints::file_ops, "file-ops"},
                                                      {hints::code_exec, "code-exec"},
                                                      {hints::web, "web"},
                                                      {hints::thread_safe, "thread-safe"},
                                                      {hints::private_data, "private-data"},
                                                      {hints::untrusted_input, "untrusted-input"},
                                                      {hints::external_send, "external-send"}}};

/// Whether a tool can be used here and now, and what to do so that it can: `{&speech_server_runs, "start the speech server"}`.
/// Asked when tools are exposed and when a registry is told to look again, on the thread that does so. [RG-08]
struct availability {
    bool (*test)() = nullptr;
    std::string_view hint = {};
    std::array<const availability*, 2> parts =
        {};  ///< others that have to hold as well: what a tool inherits, and its own

    /// Asks. Gives the one that says no, with its hint, or null. A question that throws is answered with no.
    HAFT_ABI_OF_EXCEPTIONS HAFT_COLD const availability* missing() const noexcept {
        if (test && !says_yes()) return this;
        for (const availability* const part : parts)
            if (const availability* const found = part ? part->missing() : nullptr) return found;
        return nullptr;
    }

private:
    HAFT_ABI_OF_EXCEPTIONS HAFT_COLD bool says_yes() const noexcept {
#if HAFT_HAS_EXCEPTIONS()
        try {
            return test();
        } catch (...) { return false; }
#else
        return test();
#endif
    }
};

/// The words for a tool: `{.description = "Delete a note", .effect = haft::destructive}`. Whoever keeps a tool copies the
/// texts or (haft::make) takes literals.
struct about {
    std::string_view description = {};  ///< what it does and when to use it, for the model
    std::string_view name = {};         ///< instead of the function's own
    std::string_view title = {};        ///< for people's eyes; MCP's `title`
    haft::effect effect = haft::effect::unspecified;
    haft::hints hints = haft::hints::none;
    std::string_view group = {};         ///< tools that are switched on and off together, such as "discord"
    std::string_view category = {};      ///< what kind of tool it is, such as "filesystem"
    std::string_view instructions = {};  ///< when and how to use it, Markdown; for the model's instructions
    tag_list tags = {};                  ///< further tags with blanks between them: "slow billing"
    std::string_view version = {};       ///< of several versions of one tool a registry serves the highest: "2.1"
    const haft::availability* available = nullptr;  ///< must live as long as the tool; null: always
    bool deferred = false;                          ///< found by a search, and not listed to the model at once
    bool disabled_by_default = false;               ///< there for those only who select it by its name
};

/// The most bytes that a tool's texts may have. Names have their own rule, legal_tool_name.
inline constexpr std::size_t most_description_bytes = 16384;
inline constexpr std::size_t most_instructions_bytes = 32768;
inline constexpr std::size_t most_word_bytes = 256;  ///< title, group, category, version, all tags together

namespace detail {

/// The rule for one of a tool's texts.
struct text_rule {
    std::string_view what;  ///< `description`
    line_breaks breaks;
    std::size_t limit;
};

inline constexpr text_rule description_rule{"description", line_breaks::allowed, most_description_bytes};
inline constexpr text_rule instructions_rule{"instructions", line_breaks::allowed, most_instructions_bytes};
inline constexpr text_rule title_rule{"title", line_breaks::none, most_word_bytes};
inline constexpr text_rule group_rule{"group", line_breaks::none, most_word_bytes};
inline constexpr text_rule category_rule{"category", line_breaks::none, most_word_bytes};
inline constexpr text_rule tags_rule{"tags", line_breaks::none, most_word_bytes};
inline constexpr text_rule version_rule{"version", line_breaks::none, most_word_bytes};

/// Whether `is(text, rule)` holds for one of the texts, of an about or a tool, but the name, which has its own rule.
template <class Words, class Is>
constexpr bool any_text(const Words& words, Is is) {
    return is(words.description, description_rule) || is(words.instructions, instructions_rule) ||
           is(words.title, title_rule) || is(words.group, group_rule) || is(words.category, category_rule) ||
           is(words.tags.text(), tags_rule) || is(words.version, version_rule);
}

template <class Words>
constexpr bool has_long_text(const Words& words) noexcept {
    return any_text(words, [](std::string_view text, const text_rule& rule) { return text.size() > rule.limit; });
}
/// Not of texts that are too long, which are refused anyway and take long to read.
template <class Words>
constexpr bool has_hidden_character(const Words& words) noexcept {
    return !has_long_text(words) && any_text(words, [](std::string_view text, const text_rule& rule) {
        return find_hidden(text, rule.breaks) != std::string_view::npos;
    });
}

}  // namespace detail

/// Whether a name may be a tool's: 1 to 128 of A-Z a-z 0-9 _ - . (MCP 2025-11-25, server/tools, "Tool Names").
constexpr bool legal_tool_name(std::string_view name) noexcept {
    if (name.empty() || name.size() > 128) return false;
    for (const char c : name)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
              c == '.'))
            return false;
    return true;
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_ABOUT_HPP
