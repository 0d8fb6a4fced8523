// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_LIBRARY_TOOL_HPP
#define HAFT_PLUGIN_LIBRARY_LIBRARY_TOOL_HPP

/// A tool that a library offers: the host checks the arguments and the result, the library does the rest.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/core/text.hpp>
#include <haft/json/document.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/plugin/library/host_call.hpp>
#include <haft/plugin/library/library_session.hpp>
#include <haft/plugin/library/result_taker.hpp>
#include <haft/plugin/library/written_offer.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/argument_text.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/owned_words.hpp>
#include <haft/tool/read_block.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/written/written_schema.hpp>
#include <haft/written/written_tool.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::detail {

/// Puts what a library has given where a call's result goes. `what` is it: `tool "echo" of plugin "sample"`.
HAFT_COLD inline void hand_over(result_taker& from, std::string_view what, result_writer& to) {
    const auto bad = [&](std::string_view why) { to.fail({errc::bad_result, concat({what, " ", why})}); };
    if (from.too_large() != 0)
        return to.fail(
            {errc::too_large,
             concat({"the result has ", decimal(from.too_large()),
                     " bytes, more than are handed on; ask for less, such as a part of it or fewer items"})});
    content blocks;
    for (const std::string& one : from.blocks()) {
        json::document read;
        json::value_faults faults;
        json::read_limits limits;
        limits.max_bytes = limits.max_string_bytes = static_cast<std::size_t>(-1);
        if (!read.read(one, limits, faults) || read[0].kind != json::value_kind::object || !read_block(read, 0, blocks))
            return bad("gave a block that is none of MCP's content blocks");
    }
    switch (from.given()) {
        case result_taker::form::text: to.text(as_utf8(from.value())); break;
        case result_taker::form::json: {
            if (!json::is_json(from.value())) return bad("gave a value that is no JSON");
            const json_text value(std::move(from.value()));
            to.value(schema::type_of<json_text>, &value);
            break;
        }
        case result_taker::form::none:
            if (!blocks.empty()) to.only_blocks();
            break;
    }
    for (content_block& one : blocks) to.attach(std::move(one));
}

/// A failure of a library's, with whose it is where it says nothing of arguments.
HAFT_COLD inline error told_as(error why, std::string_view what) {
    if (why.code == errc::tool_failed || why.code == errc::plugin_failed) return why;
    if (why.message.empty()) why.message = concat({what, " failed"});
    return why;
}

class library_tool : public written_base {
public:
    /// The tool, and what owns it. Errors: E0240 of its schemas.
    HAFT_COLD static haft::result<tool> make(std::shared_ptr<library_session> session, offered_tool&& from,
                                             shared_thing& keeper) {
        const auto schema_of = [](json_text& text) {
            return text.text == "null" ? std::string() : std::move(text.text);
        };
        std::string input = schema_of(from.inputSchema);
        const std::string output = schema_of(from.outputSchema);
        if (input.empty()) input = R"({"type":"object","properties":{},"additionalProperties":false})";
        const auto refused = [&](std::string_view which, error e) {
            e.message = concat({"tool ", in_quotes(from.name), " was not added: its ", which,
                                " can't be used: ", json::fault_count(e)});
            return e;
        };
        haft::result<written_schema> checked_input =
            written_schema::compile_for_tool(input, schema::written::lint_of::parameters);
        if (!checked_input) return refused("inputSchema", std::move(checked_input.error()));
        std::optional<written_schema> returned;
        if (!output.empty()) {
            haft::result<written_schema> checked =
                written_schema::compile_for_tool(output, schema::written::lint_of::result);
            if (!checked) return refused("outputSchema", std::move(checked.error()));
            returned = std::move(*checked);
        }
        library_tool* made = nullptr;
        keeper = shared_thing::make<library_tool>(made, std::move(session), std::move(from), std::move(input), output,
                                                  std::move(*checked_input), std::move(returned));
        tool out = made->words.described();
        out.input_schema = made->input_schema;
        out.output_schema = made->output_schema;
        out.needs_approval = made->from_.needs_approval;
        out.default_gap = made->from_.default_gap;
        if (made->from_.origin) out.origin = &made->origin_;
        if (!made->from_.available) out.available = &made->never_;
        const bool may_ask = !made->from_.checks_arguments || made->from_.validates;
        out.runs(&execute, made, may_ask ? &validate : nullptr);
        return out;
    }

    HAFT_COLD library_tool(std::shared_ptr<library_session> session, offered_tool&& from, std::string input,
                           const std::string& output, written_schema of_arguments,
                           std::optional<written_schema> of_result)
        : written_base(from.name, words_of(from), input, output, std::move(of_arguments), std::move(of_result)),
          session_(std::move(session)),
          from_(std::move(from)),
          what_(concat({"tool ", in_quotes(from_.name), " of plugin ", in_quotes(session_->plugin())})),
          never_{&is_never, from_.available_hint, {}} {
        if (from_.origin) origin_ = {from_.origin->name, from_.origin->file, from_.origin->line, from_.origin->toolbox};
    }

private:
    static bool is_never() { return false; }
    HAFT_COLD static about words_of(const offered_tool& from) {
        about out{.description = from.description,
                  .title = from.title,
                  .effect = from.effect,
                  .group = from.group,
                  .category = from.category,
                  .instructions = from.instructions,
                  .tags = std::string_view(from.tags),
                  .version = from.version};
        out.deferred = from.deferred;
        out.disabled_by_default = from.disabled_by_default;
        for (const std::string& one : from.hints)
            for (const named_hint& known : hint_tags)
                if (known.tag == one) out.hints = out.hints | known.value;
        return out;
    }
    std::string_view call_name() const noexcept { return from_.call_as.empty() ? from_.name : from_.call_as; }

    static void execute(const void* self, std::string_view arguments, call_context& context, result_writer& out) {
        const auto& own = *static_cast<const library_tool*>(self);
        guarded(context, out, [&] {
            std::string kept;
            const std::string_view given = argument_text(arguments, context.options, kept);
            if (!own.fits(given, context, out)) return;
            own.run_checked(context, out, [&](result_writer& to) { own.forward("tool", given, context, to); });
        });
    }
    static void validate(const void* self, std::string_view arguments, call_context& context, result_writer& out) {
        const auto& own = *static_cast<const library_tool*>(self);
        guarded(context, out, [&] {
            std::string kept;
            const std::string_view given = argument_text(arguments, context.options, kept);
            if (own.fits(given, context, out) && own.from_.validates) own.forward("check", given, context, out);
        });
    }
    bool fits(std::string_view given, const call_context& context, result_writer& out) const {
        if (from_.checks_arguments) return true;
        checked_value found = parameters.validate(given, context.options.limits, {.null_is_absence = true});
        if (!found.ok()) out.fail(refused_arguments(context.tool_name, std::move(found.faults), found.more_faults));
        return !out.failed();
    }
    void forward(std::string_view kind, std::string_view arguments, call_context& context, result_writer& out) const {
        // Base64 and the rest of a block are more than the bytes that it stands for.
        result_taker taken(context.options.max_result_bytes, context.options.max_attachment_bytes / 3 * 4 + (1u << 16));
        if (haft::result<void> done = session_->call(kind, call_name(), arguments, host_call(&context), taken); !done)
            return out.fail(told_as(std::move(done.error()), what_));
        if (kind == "tool") hand_over(taken, what_, out);
    }

    std::shared_ptr<library_session> session_;
    offered_tool from_;
    std::string what_;
    haft::origin origin_{};
    availability never_;
};

/// Adds those that can be; what is wrong with the others is in the set's refusals, as everywhere.
HAFT_COLD inline toolset library_tools(const std::shared_ptr<library_session>& session,
                                       std::vector<offered_tool>&& from) {
    toolset out;
    out.reserve(from.size());
    for (offered_tool& one : from) {
        shared_thing keeper;
        result<tool> made = library_tool::make(session, std::move(one), keeper);
        if (made) out.add(*made, std::move(keeper));
        else out.refuse(made.error());
    }
    return out;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_LIBRARY_TOOL_HPP
