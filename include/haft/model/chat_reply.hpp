// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_CHAT_REPLY_HPP
#define HAFT_MODEL_CHAT_REPLY_HPP

/// A whole reply of OpenAI's chat completions, read: text in, model_reply out, no network.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/read_number.hpp>
#include <haft/model/model.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::formats::openai {

namespace detail {

using members = std::vector<json::member_piece>;

HAFT_COLD inline error bad_reply(std::string_view where, std::string_view expected, std::string_view got) {
    error e{errc::bad_reply, concat({"chat completion: ", where, where.empty() ? "" : ": ", "expected ", expected,
                                     got.empty() ? ", but it is missing" : ", got "})};
    append_echo(e.message, got, 120);
    return e;
}

/// A text that is one JSON object, its members.
HAFT_COLD inline result<members> object_of(std::string_view text) {
    json::lexer in(text, json::hard_depth_limit);
    const char first = in.peek();
    if (!in.skip() || !in.expect_end()) {
        error e{errc::bad_reply,
                concat({"chat completion: not JSON: ", in.problem(), " at byte ", decimal(in.offset()), ": "})};
        append_echo(e.message, text, 120);
        return e;
    }
    if (first != '{') return bad_reply("", "an object", text);
    return json::members_of(text);
}

HAFT_COLD inline std::uint64_t count_of(std::string_view value) {
    json::integer_value n;
    const bool digits = !value.empty() && (value[0] == '-' || (value[0] >= '0' && value[0] <= '9'));
    if (!digits || json::read_integer(value, n) != json::integer_reading::ok || n.negative) return 0;
    return n.magnitude;
}

HAFT_COLD inline void read_usage(std::string_view value, token_usage& out) {
    const members usage = json::members_of(value);
    if (const std::uint64_t n = count_of(json::value_of(usage, "prompt_tokens"))) out.input = n;
    if (const std::uint64_t n = count_of(json::value_of(usage, "completion_tokens"))) out.output = n;
}

/// A message's content: a text, null, or parts, of which texts count.
HAFT_COLD inline std::string text_of(std::string_view content) {
    if (!content.starts_with('[')) return json::string_of(content);
    std::string out;
    for (const std::string_view part : json::items_of(content)) {
        const members m = json::members_of(part);
        out += json::string_of(json::value_of(m, "text"));
    }
    return out;
}

/// What `function.arguments` holds: JSON in a string as it should, or, as some write it, the JSON itself.
HAFT_COLD inline std::string arguments_of(std::string_view value) {
    if (value.starts_with('"')) return json::string_of(value);
    return value == "null" ? std::string() : std::string(value);
}

/// The error that an object tells of, such as `{"error":{"message":"…","type":"…"}}`; "" if it tells of none.
HAFT_COLD inline std::string told_error(const members& object) {
    std::string_view told = json::value_of(object, "error");
    if (told.empty() && json::value_of(object, "object") == "\"error\"") told = json::value_of(object, "message");
    if (told.empty() || told == "null") return {};
    const auto cut = [](std::string_view text) {
        std::string out;
        append_echo(out, text, 500);
        return out;
    };
    if (told.starts_with('"')) return cut(json::string_of(told));
    const members m = json::members_of(told);
    std::string message = json::string_of(json::value_of(m, "message"));
    if (message.empty()) return cut(told);
    std::string out = cut(message);
    for (const char* const name : {"type", "code"}) {
        const std::string_view value = json::value_of(m, name);
        if (value.starts_with('"')) append_all(out, {" (", cut(json::string_of(value)), ")"});
    }
    return out;
}

}  // namespace detail

/// What a failed request's body says is wrong, in at most some 500 bytes: an API's error object, or the beginning of what is none.
HAFT_COLD inline std::string chat_error_text(std::string_view body) {
    if (json::is_json(body)) {
        std::string_view text = body;
        if (const auto items = json::items_of(body); !items.empty()) text = items.front();  // Gemini's list of one
        if (std::string told = detail::told_error(json::members_of(text)); !told.empty()) return told;
    }
    std::string out;
    append_echo(out, body, 500);
    return out;
}

/// Reads a whole reply. What providers leave out is not missed: ids of calls (empty then: whoever runs them gives some), usage, finish_reason. Errors:
/// E0317 says what is wrong and where; E0318 is the error that the body tells of.
HAFT_COLD inline result<model_reply> read_chat_reply(std::string_view body) {
    const auto object = detail::object_of(body);
    if (!object) return object.error();
    if (const std::string told = detail::told_error(*object); !told.empty())
        return error{errc::refused_request, concat({"the model's provider says: ", told})};
    const std::string_view choices = json::value_of(*object, "choices");
    const std::vector<std::string_view> items = json::items_of(choices);
    if (items.empty()) return detail::bad_reply("/choices", "an array with a choice", choices);
    const detail::members choice = json::members_of(items.front());
    const std::string_view said = json::value_of(choice, "message");
    if (!said.starts_with('{')) return detail::bad_reply("/choices/0/message", "an object", said);
    const detail::members m = json::members_of(said);

    model_reply out;
    out.reply.text = detail::text_of(json::value_of(m, "content"));
    if (out.reply.text.empty()) out.reply.text = json::string_of(json::value_of(m, "refusal"));
    for (const std::string_view item : json::items_of(json::value_of(m, "tool_calls"))) {
        const std::size_t n = out.reply.calls.size();
        const detail::members call = json::members_of(item);
        const detail::members function = json::members_of(json::value_of(call, "function"));
        std::string name = json::string_of(json::value_of(function, "name"));
        const std::string where = concat({"/choices/0/message/tool_calls/", decimal(n)});
        if (name.empty()) return detail::bad_reply(where, "a call of a function with a name", item);
        std::string id = json::string_of(json::value_of(call, "id"));
        out.reply.calls.push_back(
            {std::move(id), std::move(name), detail::arguments_of(json::value_of(function, "arguments"))});
    }
    out.finish_reason = json::string_of(json::value_of(choice, "finish_reason"));
    detail::read_usage(json::value_of(*object, "usage"), out.usage);
    return out;
}

}  // namespace haft::inline v0::formats::openai

#endif  // HAFT_MODEL_CHAT_REPLY_HPP
