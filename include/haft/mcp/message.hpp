// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_MESSAGE_HPP
#define HAFT_MCP_MESSAGE_HPP

/// One JSON-RPC 2.0 message, taken apart in one walk: the parts that a server wants, as pieces of the text.

#include <haft/json/lexer.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace haft::inline v0::mcp {

/// JSON-RPC's error codes (section 5.1 of its specification).
enum class rpc_error : int {
    none = 0,
    parse_error = -32700,
    invalid_request = -32600,
    method_not_found = -32601,
    invalid_params = -32602,
    internal_error = -32603,
};

/// A message that came in. Every piece is the JSON text of its value, or empty if it is not there; all of them point
/// into the text that was read.
struct message {
    enum class kind : unsigned char { request, notification, response, broken };
    mcp::message::kind kind = kind::broken;

    std::string_view id;
    std::string_view method;
    // of params, whatever the method
    std::string_view name, arguments, cursor, protocol_version, request_id, level;
    std::string_view progress_token;  // of params._meta

    // of a broken one: what to answer
    rpc_error error = rpc_error::none;
    std::string problem;
};

/// A string value's text. `scratch` holds it where the JSON has escapes. Empty if the value is no string.
inline std::string_view string_of(std::string_view json, std::string& scratch) {
    if (json.size() < 2 || json.front() != '"') return {};
    const std::string_view raw = json.substr(1, json.size() - 2);
    if (raw.find('\\') == std::string_view::npos) return raw;
    scratch.clear();
    json::lexer::decode({raw, false}, scratch);
    return scratch;
}

namespace detail {

class message_reader {
public:
    message_reader(std::string_view text, unsigned max_depth) : in_(text, max_depth) {}

    message read() {
        if (in_.peek() != '{') {
            // Not an object: either no JSON at all or no message; the walk tells which.
            if (in_.skip() && in_.expect_end()) return broken(rpc_error::invalid_request, "a message is a JSON object");
            return not_json();
        }
        if (!members() || !in_.expect_end()) return not_json();  // whatever else was wrong before
        // What asks for no answer gets none, however wrong it is (JSON-RPC 2.0, section 4.1).
        if (version_ && !id_ && !m_.method.empty()) return of_kind(message::kind::notification);
        if (version_ && answer_ && m_.method.empty()) return of_kind(message::kind::response);
        if (m_.error != rpc_error::none) return std::move(m_);
        if (!version_) return broken(rpc_error::invalid_request, "\"jsonrpc\":\"2.0\" is missing");
        if (m_.method.empty()) return broken(rpc_error::invalid_request, "\"method\" is missing");
        return of_kind(message::kind::request);
    }

private:
    // False: the text is broken. A message that is JSON but wrong is remembered in m_.error, and the walk goes on to the
    // end, so that the answer bears the id wherever that stands.
    bool members() {
        if (!in_.enter('{')) return false;
        json::lexer::string_token key;
        for (bool first = true; in_.next('}', first);) {
            if (!in_.key(key)) return false;
            const std::string_view name = text_of(key);
            std::string_view value;
            if (name == "params") {
                if (params_) wrong(rpc_error::invalid_request, "\"params\" stands twice");
                params_ = true;
                if (in_.peek() != '{') {
                    wrong(rpc_error::invalid_params, "\"params\" is an object");
                    if (!in_.skip()) return false;
                } else if (!params()) {
                    return false;
                }
                continue;
            }
            if (!in_.skip(value)) return false;
            if (name == "jsonrpc") {
                if (version_ || value != "\"2.0\"") wrong(rpc_error::invalid_request, "\"jsonrpc\" is \"2.0\", once");
                version_ = true;
            } else if (name == "id") {
                if (id_ || !legal_id(value))
                    wrong(rpc_error::invalid_request, "\"id\" is a string or an integer of at most 1000 bytes, once");
                else m_.id = value;
                id_ = true;
            } else if (name == "method") {
                if (!m_.method.empty() || value.size() < 3 || value.front() != '"')
                    wrong(rpc_error::invalid_request, "\"method\" is a string, once");
                else m_.method = value;
            } else if (name == "result" || name == "error") {
                answer_ = true;
            }
        }
        return in_.problem() == nullptr;
    }

    bool params() {
        if (!in_.enter('{')) return false;
        json::lexer::string_token key;
        for (bool first = true; in_.next('}', first);) {
            if (!in_.key(key)) return false;
            const std::string_view name = text_of(key);
            std::string_view* const piece = name == "name"              ? &m_.name
                                            : name == "arguments"       ? &m_.arguments
                                            : name == "cursor"          ? &m_.cursor
                                            : name == "protocolVersion" ? &m_.protocol_version
                                            : name == "requestId"       ? &m_.request_id
                                            : name == "level"           ? &m_.level
                                                                        : nullptr;
            std::string_view value;
            const bool meta = name == "_meta";
            if (!in_.skip(value)) return false;
            if (meta) find_progress_token(value);
            if (!piece) continue;
            if (!piece->empty()) wrong(rpc_error::invalid_params, "a parameter stands twice");
            *piece = value;
        }
        return in_.problem() == nullptr;
    }

    /// `meta` was read once already, so it is JSON.
    void find_progress_token(std::string_view meta) {
        json::lexer in(meta, json::hard_depth_limit);
        if (in.peek() != '{' || !in.enter('{')) return;
        json::lexer::string_token key;
        for (bool first = true; in.next('}', first) && in.key(key);) {
            const bool token = text_of(key) == "progressToken";
            std::string_view value;
            if (!in.skip(value)) return;
            if (!token || value == "null") continue;
            if (!m_.progress_token.empty() || !legal_id(value))
                wrong(rpc_error::invalid_params,
                      "\"progressToken\" is a string or an integer of at most 1000 bytes, once");
            else m_.progress_token = value;
        }
    }

    std::string_view text_of(const json::lexer::string_token& key) {
        if (key.plain) return key.raw;
        scratch_.clear();
        json::lexer::decode(key, scratch_);
        return scratch_;
    }

    static bool legal_id(std::string_view value) noexcept {
        if (value.size() > 1000) return false;
        if (value.front() == '"') return true;
        return (value.front() == '-' || (value.front() >= '0' && value.front() <= '9')) &&
               value.find_first_of(".eE") == std::string_view::npos;
    }

    message of_kind(enum message::kind kind) {
        m_.kind = kind;
        return std::move(m_);
    }
    void wrong(rpc_error code, const char* what) {
        if (m_.error != rpc_error::none) return;
        m_.error = code;
        m_.problem = what;
    }
    message broken(rpc_error code, const char* what) {
        wrong(code, what);
        return std::move(m_);
    }
    message not_json() {
        message m;
        m.error = rpc_error::parse_error;
        m.problem = std::string("not JSON: ") + (in_.problem() ? in_.problem() : "") + " at byte " +
                    std::to_string(in_.offset());
        return m;
    }

    json::lexer in_;
    message m_;
    std::string scratch_;
    bool version_ = false;
    bool id_ = false;
    bool params_ = false;
    bool answer_ = false;
};

}  // namespace detail

/// Takes one message apart. Never fails: what is wrong with the text is in the message. At most `max_depth` brackets deep.
inline message read_message(std::string_view text, unsigned max_depth) {
    return detail::message_reader(text, max_depth).read();
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_MESSAGE_HPP
