// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_SUPPORT_CHAT_ANSWERS_HPP
#define HAFT_TESTS_SUPPORT_CHAT_ANSWERS_HPP

/// What a server of chat completions sends, written apart from haft's own readers: whole, as events, or wrong.

#include <nlohmann/json.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace haft_test {

struct chat_answer {
    unsigned status = 200;
    std::vector<std::pair<std::string, std::string>> headers = {};
    nlohmann::json reply =
        {};  ///< {"text": "…", "calls": [{"id": …, "name": …, "arguments": {…}}]}: whole or as events, as asked
    std::string body = {};  ///< in place of a reply
    std::string content_type = "application/json";
    std::vector<std::string> pieces = {};  ///< in place of both: chunks
    std::chrono::milliseconds pause{0};    ///< before each piece, or before the answer
    bool cut = false;                      ///< the connection ends before the body does
    std::string raw = {};                  ///< in place of any HTTP at all
};

inline chat_answer answers(std::string text) { return {.reply = {{"text", std::move(text)}}}; }
inline chat_answer asks_for(nlohmann::json calls) { return {.reply = {{"calls", std::move(calls)}}}; }
inline chat_answer fails_with(unsigned status, std::string body,
                              std::vector<std::pair<std::string, std::string>> headers = {}) {
    return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}

inline nlohmann::json wire_calls(const nlohmann::json& reply) {
    nlohmann::json out = nlohmann::json::array();
    for (const nlohmann::json& c : reply.value("calls", nlohmann::json::array())) {
        const nlohmann::json& arguments = c.at("arguments");
        out.push_back({{"id", c.value("id", "call_" + std::to_string(out.size() + 1))},
                       {"type", "function"},
                       {"function",
                        {{"name", c.at("name")},
                         {"arguments", arguments.is_string() ? arguments.get<std::string>() : arguments.dump()}}}});
    }
    return out;
}

/// A whole reply.
inline std::string whole_reply(const nlohmann::json& reply) {
    const nlohmann::json calls = wire_calls(reply);
    nlohmann::json message = {{"role", "assistant"}, {"content", nullptr}};
    if (reply.contains("text")) message["content"] = reply["text"];
    if (!calls.empty()) message["tool_calls"] = calls;
    return nlohmann::json{
        {"id", "chatcmpl-1"},
        {"object", "chat.completion"},
        {"choices", {{{"index", 0}, {"message", message}, {"finish_reason", calls.empty() ? "stop" : "tool_calls"}}}},
        {"usage", {{"prompt_tokens", 11}, {"completion_tokens", 7}, {"total_tokens", 18}}}}
        .dump();
}

/// The same as events: words one by one, calls in two deltas each.
inline std::vector<std::string> reply_events(const nlohmann::json& reply) {
    std::vector<std::string> out;
    const auto event = [&](const nlohmann::json& delta, const nlohmann::json& reason) {
        const nlohmann::json chunk = {
            {"object", "chat.completion.chunk"},
            {"choices", nlohmann::json::array({{{"index", 0}, {"delta", delta}, {"finish_reason", reason}}})},
            {"usage", nullptr}};
        out.push_back("data: " + chunk.dump() + "\n\n");
    };
    event({{"role", "assistant"}, {"content", ""}}, nullptr);
    const std::string text = reply.value("text", "");
    for (std::size_t from = 0; from < text.size();) {
        std::size_t end = text.find(' ', from);
        end = end == std::string::npos ? text.size() : end + 1;
        event({{"content", text.substr(from, end - from)}}, nullptr);
        from = end;
    }
    std::size_t index = 0;
    nlohmann::json calls = wire_calls(reply);
    for (nlohmann::json& call : calls) {
        const std::string arguments = call["function"]["arguments"];
        call["index"] = index;
        call["function"]["arguments"] = arguments.substr(0, arguments.size() / 2);
        event({{"tool_calls", nlohmann::json::array({call})}}, nullptr);
        const nlohmann::json rest = {{"index", index},
                                     {"function", {{"arguments", arguments.substr(arguments.size() / 2)}}}};
        event({{"tool_calls", nlohmann::json::array({rest})}}, nullptr);
        ++index;
    }
    event(nlohmann::json::object(), calls.empty() ? "stop" : "tool_calls");
    const nlohmann::json usage = {{"choices", nlohmann::json::array()},
                                  {"usage", {{"prompt_tokens", 11}, {"completion_tokens", 7}}}};
    out.push_back("data: " + usage.dump() + "\n\n");
    out.push_back("data: [DONE]\n\n");
    return out;
}

}  // namespace haft_test

#endif  // HAFT_TESTS_SUPPORT_CHAT_ANSWERS_HPP
