// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_LIBRARY_PARTS_HPP
#define HAFT_PLUGIN_LIBRARY_LIBRARY_PARTS_HPP

/// What a library offers beside tools: commands, hooks and enrichers that call it.

#include <haft/command/command.hpp>
#include <haft/command/command_context.hpp>
#include <haft/command/command_entry.hpp>
#include <haft/command/command_part.hpp>
#include <haft/command/completion.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/enrich/enricher.hpp>
#include <haft/enrich/enricher_part.hpp>
#include <haft/enrich/enrichment.hpp>
#include <haft/hook/hook_options.hpp>
#include <haft/hook/hook_part.hpp>
#include <haft/hook/named_hook.hpp>
#include <haft/json/document.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/kind/part.hpp>
#include <haft/plugin/library/host_call.hpp>
#include <haft/plugin/library/library_session.hpp>
#include <haft/plugin/library/library_tool.hpp>
#include <haft/plugin/library/result_taker.hpp>
#include <haft/plugin/library/written_offer.hpp>
#include <haft/tool/message.hpp>
#include <haft/tool/read_block.hpp>
#include <haft/tool/result_writer.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// The most bytes that a command, a hook or an enricher may give.
inline constexpr std::size_t most_part_text = std::size_t{16} << 20;

/// Calls a part of a library's outside of any call of a tool. What it gives is in `to`.
HAFT_COLD inline result<void> call_part(library_session& session, std::string_view kind, std::string_view name,
                                        std::string_view arguments, const host_call& from, result_taker& to) {
    result<void> done = session.call(kind, name, arguments, from, to);
    if (done && to.too_large() != 0)
        return error{errc::too_large,
                     concat({kind, " ", in_quotes(name), " of plugin ", in_quotes(session.plugin()), " gave ",
                             decimal(to.too_large()), " bytes; at most ", decimal(most_part_text), " are taken"})};
    return done;
}
HAFT_COLD inline error gave_nonsense(const library_session& session, std::string_view kind, std::string_view name,
                                     std::string_view what) {
    return {errc::bad_result,
            concat({kind, " ", in_quotes(name), " of plugin ", in_quotes(session.plugin()), " gave ", what})};
}

// --- commands

/// A command of a library's, and its texts.
struct library_command {
    std::shared_ptr<library_session> session;
    offered_command from;
    std::string input_schema;

    std::string_view call_name() const noexcept { return from.call_as.empty() ? from.name : from.call_as; }

    static void execute(const void* self, std::string_view arguments, command_context& context, result_writer& out) {
        const auto& own = *static_cast<const library_command*>(self);
        guarded(context, out, [&] { own.run(arguments, context, out); });
    }
    HAFT_COLD std::vector<completion> complete(std::string_view partial,
                                               const std::vector<std::string>& previous) const {
        // Which parameter it is for a completer of all of them is not told.
        std::string asks =
            concat({"{\"parameter\":", json::string_text(from.completes.size() == 1 ? from.completes[0] : ""),
                    ",\"partial\":", json::string_text(partial), ",\"previous\":["});
        for (const std::string& one : previous)
            append_all(asks, {&one == previous.data() ? "" : ",", json::string_text(one)});
        asks += "]}";
        std::vector<completion> found;
        result_taker taken(most_part_text, 0);
        if (!call_part(*session, "complete", call_name(), asks, host_call(nullptr), taken) || !json::is_json(taken.value()))
            return found;
        for (const std::string_view item : json::items_of(taken.value())) {
            const auto members = json::members_of(item);
            found.push_back({mended(json::string_of(json::value_of(members, "value"))),
                             mended(json::string_of(json::value_of(members, "description")))});
        }
        return found;
    }

private:
    void run(std::string_view arguments, command_context& context, result_writer& out) const {
        const std::string given = concat({"{\"arguments\":", arguments.empty() ? "{}" : arguments,
                                          ",\"line\":", json::string_text(context.full_args), "}"});
        result_taker taken(most_part_text, 0);
        result<void> done = call_part(*session, "command", call_name(), given, host_call(&context, &context), taken);
        // What it said before it failed is said.
        if (taken.given() == result_taker::form::text) {
            if (std::string said = as_utf8(taken.value()); !said.empty()) context.say(std::move(said));
        } else if (taken.given() == result_taker::form::json && !say(taken.value(), context)) {
            return out.fail(gave_nonsense(*session, "command", from.name, "what are no messages"));
        }
        if (!done) out.fail(std::move(done.error()));
    }
    /// False if it is no such JSON.
    static bool say(const std::string& text, command_context& context) {
        json::document read;
        json::value_faults faults;
        json::read_limits limits;
        limits.max_bytes = limits.max_string_bytes = most_part_text;
        if (!read.read(text, limits, faults)) return false;
        if (read[0].kind == json::value_kind::null) return true;
        if (read[0].kind != json::value_kind::object) return false;
        if (const std::uint32_t shares = read.find(0, "share_with_model"); shares)
            context.share_with_model = read[shares].text == "true";
        const std::uint32_t list = read.find(0, "messages");
        if (!list) return true;
        if (read[list].kind != json::value_kind::array) return false;
        std::vector<message> all;
        for (std::uint32_t at = json::document::first_child(list); at < read[list].behind; at = read[at].behind) {
            std::string who = "system";
            message one;
            read_text_member(read, at, "role", who);
            read_text_member(read, at, "text", one.text);
            one.role = who == "user" ? role::user : who == "assistant" ? role::assistant : role::system;
            const std::uint32_t blocks = read[at].kind == json::value_kind::object ? read.find(at, "attachments") : 0;
            if (blocks)
                for (std::uint32_t b = json::document::first_child(blocks); b < read[blocks].behind; b = read[b].behind)
                    if (read[b].kind != json::value_kind::object || !read_block(read, b, one.attachments)) return false;
            all.push_back(std::move(one));
        }
        for (message& one : all) context.say(std::move(one));
        return true;
    }
};

/// Errors: E0306, a name that no command may have, or a schema that is none.
HAFT_COLD inline result<part> library_command_part(std::shared_ptr<library_session> session, offered_command&& from) {
    auto kept = std::make_shared<library_command>();
    kept->session = std::move(session);
    kept->from = std::move(from);
    offered_command& own = kept->from;
    for (std::size_t i = 0; i <= own.aliases.size(); ++i) {
        const std::string& name = i == 0 ? own.name : own.aliases[i - 1];
        if (!legal_command_name(name))
            return error{errc::bad_command, concat({"no command can be named ", in_quotes(name),
                                                    "; words of A-Z a-z 0-9 _ - . with one blank between them can"})};
    }
    own.description = mended(own.description);
    kept->input_schema = own.inputSchema.text == "null" ? R"({"type":"object","properties":{}})" : own.inputSchema.text;
    if (json::members_of(kept->input_schema).empty())
        return error{errc::bad_command,
                     concat({"command ", in_quotes(own.name), " has an inputSchema that is no JSON Schema"})};
    command out;
    out.name = own.name;
    for (const std::string& one : own.aliases) out.aliases.push_back(one);
    out.description = own.description;
    out.input_schema = kept->input_schema;
    out.share_with_model = own.share_with_model;
    out.auto_undo = own.auto_undo;
    out.takes_any_words = own.takes_any_words;
    out.execute = &library_command::execute;
    out.self = kept.get();
    command_added_as as{.owner = {}, .keeper = kept, .completer = {}};
    if (!own.completes.empty())
        as.completer = [kept](std::string_view partial, const std::vector<std::string>& previous) {
            return kept->complete(partial, previous);
        };
    return command_part(out, std::move(as));
}

// --- hooks

HAFT_COLD inline part library_hook_part(std::shared_ptr<library_session> session, offered_hook&& from) {
    std::string call_name = from.call_as.empty() ? from.name : std::move(from.call_as);
    named_hook call = [session = std::move(session), call_name](std::string_view data) -> result<std::string> {
        result_taker taken(most_part_text, 0);
        if (result<void> done = call_part(*session, "hook", call_name, data, host_call(nullptr), taken); !done)
            return std::move(done.error());
        if (taken.given() == result_taker::form::none) return std::string();
        if (taken.given() == result_taker::form::text) return json::string_text(as_utf8(taken.value()));
        if (!json::is_json(taken.value())) return gave_nonsense(*session, "hook", call_name, "a reply that is no JSON");
        const auto members = json::members_of(taken.value());
        if (const std::string_view why = json::value_of(members, "session_complete"); why.starts_with('"'))
            throw session_complete(json::string_of(why));
        return std::move(taken.value());
    };
    hook_options how;
    how.priority = from.priority;
    how.order = from.order;
    how.async = from.async;
    how.guard = from.guard;
    return named_hook_part(std::move(from.point), std::move(from.name), std::move(call), std::move(how), from.optional);
}

// --- enrichers

/// What an enricher of a library has said; "" and no error: the text stays.
HAFT_COLD inline result<enrichment> ask_enricher(library_session& session, std::string_view name,
                                                 const std::string& arguments, const std::string& text) {
    result_taker taken(most_part_text, 0);
    if (result<void> done = call_part(session, "enricher", name, arguments, host_call(nullptr), taken); !done)
        return std::move(done.error());
    enrichment out{.text = text};
    if (taken.given() == result_taker::form::text) out.text = as_utf8(taken.value());
    if (taken.given() != result_taker::form::json) return out;
    const auto members =
        json::is_json(taken.value()) ? json::members_of(taken.value()) : std::vector<json::member_piece>();
    if (members.empty()) return gave_nonsense(session, "enricher", name, "what is no object with a \"text\"");
    if (const std::string_view said = json::value_of(members, "text"); said.starts_with('"'))
        out.text = json::string_of(said);
    if (const std::string_view found = json::value_of(members, "metadata"); found.starts_with('{'))
        out.metadata_json = found;
    if (const std::string_view said = json::value_of(members, "message"); said.starts_with('"'))
        out.message = mended(json::string_of(said));
    return out;
}

HAFT_COLD inline part library_enricher_part(const std::shared_ptr<library_session>& session, offered_enricher&& from) {
    enricher out{.name = from.name};
    const std::string name = from.call_as.empty() ? from.name : from.call_as;
    const auto of_text = [&](std::string_view pipeline) {
        return [session, name, pipeline](const std::string& text) {
            return ask_enricher(*session, name,
                                concat({"{\"pipeline\":\"", pipeline, "\",\"text\":", json::string_text(text), "}"}),
                                text);
        };
    };
    if (from.prompt) out.prompt = of_text("prompt"), out.prompt_order = *from.prompt;
    if (from.system_instructions)
        out.system_instructions = of_text("system_instructions"), out.system_order = *from.system_instructions;
    if (from.tool_result) {
        out.result_order = *from.tool_result;
        out.tool_result = [session, name](const std::string& tool, const std::string& text,
                                          const std::string& arguments) {
            return ask_enricher(
                *session, name,
                concat({"{\"pipeline\":\"tool_result\",\"text\":", json::string_text(text),
                        ",\"tool\":", json::string_text(tool), ",\"arguments\":", json::string_text(arguments), "}"}),
                text);
        };
    }
    return enricher_part(std::move(out));
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_LIBRARY_PARTS_HPP
