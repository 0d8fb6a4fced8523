// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_CHAT_REQUEST_HPP
#define HAFT_MODEL_CHAT_REQUEST_HPP

/// A request as OpenAI's chat completions want it, and as the many that speak like them do: text, no network.

#include <haft/core/base64.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/format/openai.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/model/merge_options.hpp>
#include <haft/model/model.hpp>
#include <haft/tool/block_text.hpp>
#include <haft/tool/message.hpp>

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace haft::inline v0::formats::openai {

struct chat_options {
    bool stream = false;         ///< the reply shall come as events, with the usage at its end
    openai::options tools = {};  ///< how tools are written
};

namespace detail {

HAFT_COLD inline std::string data_url(std::string_view type, std::string_view bytes) {
    std::string out = concat({"data:", type.empty() ? "application/octet-stream" : type, ";base64,"});
    append_base64(out, bytes);
    return out;
}

/// A part of a user's message: an image by its data, a sound, a file; anything else in words.
HAFT_COLD inline void append_part(std::string& out, const content_block& block) {
    const auto of_bytes = [&](std::string_view type, std::string_view bytes, std::string_view name) {
        if (type.starts_with("image/")) {
            append_all(
                out,
                {"{\"type\":\"image_url\",\"image_url\":{\"url\":", json::string_text(data_url(type, bytes)), "}}"});
        } else if (type.starts_with("audio/")) {
            out += "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"";
            append_base64(out, bytes);
            const std::string_view format = type == "audio/mpeg" || type == "audio/mp3" ? "mp3" : "wav";
            append_all(out, {"\",\"format\":\"", format, "\"}}"});
        } else {
            append_all(out, {"{\"type\":\"file\",\"file\":{\"filename\":", json::string_text(name),
                             ",\"file_data\":", json::string_text(data_url(type, bytes)), "}}"});
        }
    };
    if (const auto* picture = std::get_if<image>(&block)) return of_bytes(picture->mime_type, picture->bytes, "");
    if (const auto* sound = std::get_if<audio>(&block)) return of_bytes(sound->mime_type, sound->bytes, "");
    if (const auto* whole = std::get_if<resource>(&block))
        if (const auto* bytes = std::get_if<1>(&whole->contents))
            return of_bytes(whole->mime_type, bytes_of(*bytes),
                            std::string_view(whole->uri).substr(whole->uri.rfind('/') + 1));
    append_text_block(out, block_words(block));
}

HAFT_COLD inline void append_said(std::string& out, std::string_view role, const message& m) {
    append_all(out, {"{\"role\":\"", role, "\",\"content\":"});
    if (m.attachments.empty()) {
        append_all(out, {json::string_text(m.text), "}"});
        return;
    }
    out += '[';
    if (!m.text.empty()) append_text_block(out, m.text);
    for (const content_block& block : m.attachments) {
        if (out.back() != '[') out += ',';
        if (m.role == role::user) append_part(out, block);
        else append_text_block(out, block_words(block));  // only a user can show something
    }
    out += "]}";
}

/// The ids under which calls and answers go out: their own, but for a call without one that of its answer, or one that no other
/// has; and for an answer without one that of its call.
class paired_ids {
public:
    HAFT_COLD explicit paired_ids(const std::vector<message>& talk) {
        for (const message& m : talk) {
            for (const tool_call& c : m.calls) known_.insert(c.id);
            for (const tool_answer& a : m.answers) known_.insert(a.id);
        }
        for (std::size_t i = 0; i < talk.size(); ++i)
            if (!talk[i].calls.empty()) pair(talk, i);
    }
    const std::string& of(const tool_call& c) const { return of(&c, c.id); }
    const std::string& of(const tool_answer& a) const { return of(&a, a.id); }

private:
    const std::string& of(const void* what, const std::string& own) const {
        const auto found = given_.find(what);
        return found == given_.end() ? own : found->second;
    }
    /// The calls of one message without ids, each with the next answer behind it that belongs to no call with one.
    HAFT_COLD void pair(const std::vector<message>& talk, std::size_t at) {
        std::set<std::string_view> own;
        for (const tool_call& c : talk[at].calls) own.insert(c.id);
        own.erase("");
        std::vector<const tool_answer*> open;
        for (std::size_t i = at + 1; i < talk.size() && talk[i].calls.empty(); ++i)
            for (const tool_answer& a : talk[i].answers)
                if (!own.contains(a.id)) open.push_back(&a);
        std::size_t next = 0;
        for (const tool_call& c : talk[at].calls) {
            if (!c.id.empty()) continue;
            const tool_answer* const answer = next < open.size() ? open[next++] : nullptr;
            const std::string id = answer && !answer->id.empty() ? answer->id : fresh();
            given_[&c] = id;
            if (answer) given_[answer] = id;
        }
        for (const tool_call& c : talk[at].calls)  // answers that don't say whose they are, of calls that have ids
            if (!c.id.empty() && next < open.size() && open[next]->id.empty()) given_[open[next++]] = c.id;
    }
    HAFT_COLD std::string fresh() {
        std::string out;
        do out = concat({"call_", decimal(++last_)});
        while (known_.contains(out));
        return out;
    }

    std::set<std::string_view> known_;
    std::map<const void*, std::string> given_;
    std::size_t last_ = 0;
};

HAFT_COLD inline void append_assistant(std::string& out, const message& m, const paired_ids& ids) {
    std::string words = m.text;
    for (const content_block& block : m.attachments) append_all(words, {words.empty() ? "" : "\n", block_words(block)});
    append_all(out, {"{\"role\":\"assistant\",\"content\":",
                     words.empty() && !m.calls.empty() ? std::string("null") : json::string_text(words)});
    for (const tool_call& c : m.calls)
        append_all(out, {&c == m.calls.data() ? ",\"tool_calls\":[" : ",", "{\"id\":", json::string_text(ids.of(c)),
                         ",\"type\":\"function\",\"function\":{\"name\":", json::string_text(c.name),
                         ",\"arguments\":", json::string_text(c.arguments.empty() ? "{}" : c.arguments), "}}"});
    out += m.calls.empty() ? "}" : "]}";
}

HAFT_COLD inline std::string messages_text(const model_request& request) {
    const paired_ids ids(request.messages);
    std::string out = "[";
    const auto next = [&] { out += out.size() > 1 ? ",\n" : "\n"; };
    if (!request.system.empty()) next(), append_said(out, "system", {.role = role::system, .text = request.system});
    for (const message& m : request.messages) {
        if (m.role == role::tool) {
            for (const tool_answer& a : m.answers) {
                tool_answer paired = a;
                paired.id = ids.of(a);
                next(), append_result(out, paired);
            }
            continue;
        }
        next();
        if (m.role == role::assistant) append_assistant(out, m, ids);
        else append_said(out, m.role == role::system ? "system" : "user", m);
    }
    return out += "]";
}

}  // namespace detail

/// The body of `POST …/chat/completions`. `model` is the name that the provider gives it. Calls and answers go out with the names
/// that the model wrote, and with ids that belong together, also where the talk has none. Errors (E0323): options that are no JSON object, or set what the request says elsewhere; a schema that is
/// no JSON.
HAFT_COLD inline result<std::string> write_chat_request(std::string_view model, const model_request& request,
                                                        const chat_options& how = {}) {
    std::string tools =
        request.tools && !request.tools->tools().empty() ? openai::tools(*request.tools, how.tools).json : "";
    for (const std::string& name : request.server_side_tools) {
        if (!tools.empty()) tools.pop_back();  // the bracket
        append_all(tools, {tools.empty() ? "[" : ",\n", "{\"type\":", json::string_text(name), "}]"});
    }
    std::string out =
        concat({"{\"model\":", json::string_text(model), ",\n\"messages\":", detail::messages_text(request)});
    if (!tools.empty()) append_all(out, {",\n\"tools\":", tools});
    if (!request.schema.empty()) {
        if (!json::is_json(request.schema)) return error{errc::bad_request, "the schema of the reply is not JSON"};
        out += ",\n\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"reply\",\"schema\":";
        json::append_compact(out, request.schema);
        out += "}}";
    }
    if (how.stream) out += ",\n\"stream\":true,\"stream_options\":{\"include_usage\":true}";
    const auto options = option_members(request.options);
    if (!options) return options.error();
    for (const json::member_piece& m : *options) {
        if (m.name == "model" || m.name == "messages" || m.name == "stream" ||
            (m.name == "stream_options" && how.stream) || (m.name == "tools" && !tools.empty()) ||
            (m.name == "response_format" && !request.schema.empty()))
            return error{errc::bad_request,
                         concat({"options: ", in_quotes(m.name), " is written from the request itself; take it out"})};
        append_all(out, {",\n", m.key, ":", m.value});
    }
    return out += "}";
}

}  // namespace haft::inline v0::formats::openai

#endif  // HAFT_MODEL_CHAT_REQUEST_HPP
