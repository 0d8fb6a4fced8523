// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_TOOL_HPP
#define HAFT_TOOL_TOOL_HPP

/// The descriptor: all that is left of a function once the compiler has turned it into a tool.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/block_text.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/result_writer.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Where a tool comes from.
struct origin {
    std::string_view name;  ///< `files::read`
    std::string_view file = {};
    unsigned line = 0;
    std::string_view toolbox = {};  ///< the name of the toolbox that the tool belongs to; "" if to none

    /// `files::read (files.cpp:12)`
    HAFT_COLD std::string text() const {
        return file.empty() ? std::string(name) : concat({name, " (", file, ":", decimal(line), ")"});
    }
};

/// A tool that a language model can call. A small value, no template, cheap to copy; it owns nothing, so what it points
/// to must live as long: forever for `haft::make`, as long as the toolset for `toolset.add`.
struct tool {
    std::string_view name = {};

    /// How it runs: reads the arguments, calls, writes the result or the error. Never throws. (Beside the name, since who
    /// looks a tool up calls it: among a hundred thousand each cache line counts.)
    using function = void(const void* self, std::string_view arguments, call_context&, result_writer&);
    function* execute = nullptr;
    const void* self = nullptr;

    /// What `execute` would find wrong with the arguments, as far as it can be told without a call: fails in the writer, or
    /// does nothing. Never throws. Null: only the call tells.
    function* validate = nullptr;

    std::string_view description = {};
    std::string_view title = {};
    std::string_view input_schema = {};   ///< JSON Schema 2020-12 of the arguments, an object
    std::string_view output_schema = {};  ///< of the result; empty if there is none
    haft::effect effect = haft::effect::unspecified;
    haft::hints hints = haft::hints::none;
    std::string_view group = {};         ///< tools that are switched on and off together
    std::string_view category = {};      ///< what kind of tool it is
    std::string_view instructions = {};  ///< when and how to use it, Markdown
    tag_list tags = {};                  ///< the author's own tags; `has_tag` knows those of effect and hints too
    std::string_view version = {};       ///< of several versions of one tool a registry serves the highest
    const haft::availability* available = nullptr;  ///< whether it can be used here; null: always
    bool deferred = false;                          ///< found by a search, and not listed to the model at once
    bool disabled_by_default = false;               ///< there for those only who select it by its name
    bool needs_approval = false;  ///< each call asks somebody first: set by what makes it ask, require_approval
    /// Counted from 1, the parameter that can't be left out where the next one is given, though it has a default: only the function
    /// knows that, and it is called with as many arguments as are there. 0: none. (The schema has no word for it.)
    unsigned char default_gap = 0;
    /// It has haft::injected parameters, whose objects each caller has to give: call_options::providers.
    bool wants_objects = false;

    const haft::origin* origin = nullptr;  ///< for messages; null if nobody knows

    /// Puts another function in: all three belong together.
    constexpr void runs(function* calls, const void* on, function* validates) noexcept {
        execute = calls;
        self = on;
        validate = validates;
    }

    /// Runs the tool on this thread; takes no lock.
    void run(std::string_view arguments, call_context& context, result_writer& out) const {
        execute(self, arguments, context, out);
    }

    /// Whether it takes these arguments, as far as `validate` tells; if not, `out` says why, and the notes what was converted on
    /// the way. Calls nothing.
    HAFT_COLD bool accepts(std::string_view arguments, call_context& context, result_writer& out) const {
        if (!validate) return true;
        std::vector<note>* const notes = context.options.notes;
        const std::size_t before = notes ? notes->size() : 0;
        validate(self, arguments, context, out);
        if (out.failed()) return false;
        if (notes) notes->resize(before);  // the call makes them again
        return true;
    }

    /// Calls it with a JSON object of arguments, and gives the result as JSON text, or an error that holds every fault of
    /// the arguments. `null` for void and for a std::optional without a value; content (haft::image …) is an array of MCP's
    /// content blocks; of a haft::output it is the value, and who wants the attachments takes a result_writer. An exception of the function is an error that keeps it. Never throws, but
    /// std::bad_alloc when there is no memory for the result itself. Runs on this thread and takes no lock.
    result<std::string> call(std::string_view arguments, const call_options& options = {}) const {
        std::string out;
        call_context context{name, options};
        result_writer writer(out, string_results::as_json, options);
        run(arguments, context, writer);
        if (writer.failed()) return std::move(writer.error());
        if (writer.form() == result_form::none) out = "null";
        if (writer.form() == result_form::blocks) append_blocks(out, writer.attachments());
        return out;
    }
};

/// A tool with that name and those words, and nothing else yet: it points to their texts.
constexpr tool described(std::string_view name, const about& words) noexcept {
    return {.name = name,
            .description = words.description,
            .title = words.title,
            .effect = words.effect,
            .hints = words.hints,
            .group = words.group,
            .category = words.category,
            .instructions = words.instructions,
            .tags = words.tags,
            .version = words.version,
            .available = words.available,
            .deferred = words.deferred,
            .disabled_by_default = words.disabled_by_default};
}

/// Whether a tool has a tag, be it one of its effect (`read-only`, `additive`, `destructive`), of its hints (`idempotent`,
/// `closed-world`, `file-ops`, `code-exec`, `web`) or one of its author's own. [TD-09]
constexpr bool has_tag(const tool& t, std::string_view tag) noexcept {
    for (const auto& known : effect_tags)
        if (known.tag == tag && t.effect == known.value) return true;
    for (const auto& known : hint_tags)
        if (known.tag == tag && has(t.hints, known.value)) return true;
    return t.tags.has(tag);
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_TOOL_HPP
