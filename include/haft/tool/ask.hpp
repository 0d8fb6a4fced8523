// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_ASK_HPP
#define HAFT_TOOL_ASK_HPP

/// How a running tool asks: a person to fill in a form or to open a page, the client's model to say something, the client for its
/// folders. [NX-11]
///
/// A tool that asks runs more than once. Where the answer is not there yet, `ask` gives an error (E0473), which the tool gives back;
/// then the client is asked, nothing blocks meanwhile, and when the answer is there the tool runs again from its beginning, where
/// the same `ask` gives it. So what stands before an `ask` happens again with every round: ask first, act then. Several
/// questions that are asked before the first error is given back are put to the client together. A question is known by its key, which
/// is made of what it asks if none is given.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/json/document.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/reader.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/write_number.hpp>
#include <haft/schema/form_text.hpp>
#include <haft/tool/block_text.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/content.hpp>
#include <haft/tool/read_block.hpp>
#include <haft/tool/speaker.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace haft::inline v0 {

/// What a person did: filled the form in, said no, or went away without a choice.
enum class reply : unsigned char { accept, decline, cancel };

template <class T>
struct answer {
    haft::reply reply = haft::reply::cancel;
    T value = {};  ///< as T{} unless it was accepted
    explicit operator bool() const noexcept { return reply == haft::reply::accept; }
};
template <>
struct answer<void> {
    haft::reply reply = haft::reply::cancel;
    explicit operator bool() const noexcept { return reply == haft::reply::accept; }
};

/// A folder or file that the client works in.
struct root {
    std::string uri;
    std::string name = {};
};

struct sampling_message {
    speaker role = speaker::user;
    content_block content = {};
};
/// What the client's model is to go on with.
struct sampling_request {
    std::vector<sampling_message> messages = {};
    std::size_t max_tokens = 1000;
    std::string system = {};
    std::optional<double> temperature = {};
    std::vector<std::string> stop = {};  ///< texts at which it ends
};
/// What it said.
struct sampled {
    speaker role = speaker::assistant;
    haft::content content = {};
    std::string model = {};
    std::string stop_reason = {};

    /// Its texts, one after the other.
    HAFT_COLD std::string text() const {
        std::string out;
        for (const content_block& block : content)
            if (const auto* text = std::get_if<std::string>(&block)) out += *text;
        return out;
    }
};

namespace detail {

/// FNV-1a, 32 bits: it tells questions of one call apart.
HAFT_COLD inline std::string question_key(std::string_view key, std::string_view params) {
    if (!key.empty()) return std::string(key);
    std::uint32_t h = 2166136261u;
    for (const char c : params) h = (h ^ static_cast<unsigned char>(c)) * 16777619u;
    std::string out = "ask-00000000";
    for (std::size_t i = out.size(); i-- > 4; h >>= 4) out[i] = "0123456789abcdef"[h & 15u];
    return out;
}

HAFT_COLD inline result<std::string_view> ask_client(const call_context& context, question_kind kind, std::string_view key,
                                                     std::string params) {
    if (!context.options.asker) return error{errc::cannot_ask, "nobody can be asked here: the call has no client behind it"};
    std::string own_key = detail::question_key(key, params);
    return context.options.asker->ask({kind, std::move(own_key), std::move(params)});
}

HAFT_COLD inline error bad_answer(std::string_view why) { return {errc::bad_answer, concat({"the answer does not fit the question: ", why})}; }

/// The action of an elicitation's result.
HAFT_COLD inline result<reply> read_reply(const std::vector<json::member_piece>& answer) {
    const std::string action = json::string_of(json::value_of(answer, "action"));
    if (action == "accept") return reply::accept;
    if (action == "decline") return reply::decline;
    if (action == "cancel") return reply::cancel;
    return bad_answer("its action is none of accept, decline and cancel");
}

HAFT_COLD inline result<answer<std::string_view>> ask_for_form(const call_context& context, std::string_view message,
                                                               std::string_view schema, std::string_view key) {
    const result<std::string_view> got =
        ask_client(context, question_kind::form, key,
                   concat({"{\"message\":", json::string_text(message), ",\"requestedSchema\":", schema, "}"}));
    if (!got) return got.error();
    const auto members = json::members_of(*got);
    const result<reply> what = read_reply(members);
    if (!what) return what.error();
    const std::string_view filled_in = json::value_of(members, "content");
    return answer<std::string_view>{*what, filled_in.empty() ? std::string_view("{}") : filled_in};
}

/// What is wrong with it, without a word of it: it may be what the model must not see.
HAFT_COLD inline error unfit_content(const std::vector<fault>& faults) {
    std::string why;
    for (const fault& f : faults)
        append_all(why, {why.empty() ? "" : "; ", f.pointer.empty() ? std::string_view("it") : f.pointer, ": ",
                         f.expected.empty() ? std::string_view(code_text(f.code)) : concat({"expected ", f.expected})});
    return bad_answer(why);
}

}  // namespace detail

/// Asks a person to fill in a form. The members of `T` are its fields: the words and limits of a parameter struct count here too
/// (see schema::is_form, enum_titles). An error: the answer is not there yet (E0473), the client can't be asked (E0474), the
/// answer does not fit (E0475), nobody answered (E0476). Never ask so for a secret: what is typed in passes through the client;
/// ask_url is for that.
template <class T>
result<answer<T>> call_context::ask(std::string_view message, std::string_view key) const {
    if constexpr (!schema::is_form<T>) {
        static_assert(schema::is_form<T>,
                      "haft: a form that a person fills in is a struct of bool, numbers, std::string, enums, lists of enums and "
                      "std::optional of these; take out what is nested or viewed, or ask for it in a form of its own [haft-E0173]");
        return error{};
    } else {
        const auto got = detail::ask_for_form(*this, message, schema::form_text<T>, key);
        if (!got) return got.error();
        answer<T> out{got->reply};
        if (!out) return out;
        json::reader in(got->value, options.limits);
        if (!in.read_arguments(schema::type_of<T>, &out.value)) return detail::unfit_content(in.take_faults());
        return out;
    }
}

/// The same with a schema that was written by hand; the answer is a JSON object, which nobody has checked against it. A schema that
/// is no JSON is an error (E0240).
HAFT_COLD inline result<answer<std::string>> call_context::ask_form(std::string_view message, std::string_view schema,
                                                                    std::string_view key) const {
    if (!json::is_json(schema)) return error{errc::bad_schema, "the schema of the form is no JSON"};
    std::string in_one_line;
    json::append_compact(in_one_line, schema);
    const auto got = detail::ask_for_form(*this, message, in_one_line, key);
    if (!got) return got.error();
    return answer<std::string>{got->reply, got->reply == reply::accept ? std::string(got->value) : std::string()};
}

/// Asks a person to open a page and to do there what nobody else is to see: to log in, to type a key. Accepted means that the
/// page is opened; what comes of it the tool learns where the page belongs to.
HAFT_COLD inline result<answer<void>> call_context::ask_url(std::string_view message, std::string_view url, std::string_view key) const {
    const result<std::string_view> got =
        detail::ask_client(*this, question_kind::url, key,
                           concat({"{\"mode\":\"url\",\"message\":", json::string_text(message), ",\"url\":", json::string_text(url), "}"}));
    if (!got) return got.error();
    const result<reply> what = detail::read_reply(json::members_of(*got));
    if (!what) return what.error();
    return answer<void>{*what};
}

/// Lets the client's model say something.
HAFT_COLD inline result<sampled> call_context::sample(const sampling_request& what, std::string_view key) const {
    std::string params = "{\"messages\":[";
    for (const sampling_message& m : what.messages) {
        append_all(params, {&m == what.messages.data() ? "" : ",", "{\"role\":\"", name_of(m.role), "\",\"content\":"});
        append_block(params, m.content);
        params += '}';
    }
    append_all(params, {"],\"maxTokens\":", decimal(what.max_tokens)});
    detail::append_member(params, "systemPrompt", what.system);
    if (what.temperature) json::append_number(params += ",\"temperature\":", *what.temperature);
    for (const std::string& text : what.stop)
        append_all(params, {&text == what.stop.data() ? ",\"stopSequences\":[" : ",", json::string_text(text)});
    params += what.stop.empty() ? "}" : "]}";
    const result<std::string_view> got = detail::ask_client(*this, question_kind::sample, key, std::move(params));
    if (!got) return got.error();
    const auto members = json::members_of(*got);
    const std::string_view blocks = json::value_of(members, "content");
    sampled out{.role = json::string_of(json::value_of(members, "role")) == "user" ? speaker::user : speaker::assistant,
                .model = json::string_of(json::value_of(members, "model")),
                .stop_reason = json::string_of(json::value_of(members, "stopReason"))};
    const auto take = [&](std::string_view block) {
        json::document in;
        json::value_faults found;
        if (in.read(block, options.limits, found)) detail::read_block(in, 0, out.content);
    };
    if (blocks.starts_with('{')) take(blocks);
    for (const std::string_view block : json::items_of(blocks)) take(block);
    if (out.content.empty()) return detail::bad_answer("it has no content that is known");
    return out;
}

/// The folders that the client works in.
HAFT_COLD inline result<std::vector<root>> call_context::roots(std::string_view key) const {
    const result<std::string_view> got =
        detail::ask_client(*this, question_kind::roots, key.empty() ? std::string_view("roots") : key, "{}");
    if (!got) return got.error();
    std::vector<root> out;
    for (const std::string_view one : json::items_of(json::value_of(json::members_of(*got), "roots"))) {
        const auto members = json::members_of(one);
        root r{json::string_of(json::value_of(members, "uri")), json::string_of(json::value_of(members, "name"))};
        if (r.uri.empty()) return detail::bad_answer("a root has no uri");
        out.push_back(std::move(r));
    }
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_ASK_HPP
