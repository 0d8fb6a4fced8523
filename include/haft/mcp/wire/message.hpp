// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_WIRE_MESSAGE_HPP
#define HAFT_MCP_WIRE_MESSAGE_HPP

/// One JSON-RPC 2.0 message, taken apart in one walk: what a server or a client wants of it, as pieces of the text.

#include <haft/core/config.hpp>
#include <haft/json/lexer.hpp>
#include <haft/mcp/wire/rpc.hpp>

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

namespace haft::inline v0::mcp {

/// A message that came in. Every piece is the JSON text of its value, or empty if it is not there; all of them point
/// into the text that was read.
struct message {
    enum class kind : unsigned char { request, notification, response, broken };
    mcp::message::kind kind = kind::broken;

    std::string_view id;
    std::string_view method;
    // of params, whatever the method
    std::string_view name, arguments, cursor, protocol_version, request_id, level;
    std::string_view uri, input_responses, request_state;
    std::string_view params;  // all of it

    // of params._meta, the names that begin with io.modelcontextprotocol/ without that
    std::string_view progress_token;
    std::string_view meta_version, meta_capabilities, meta_log_level;

    // of a response
    std::string_view result, failure;

    // of a broken one: what to answer
    rpc_error error = rpc_error::none;
    std::string problem;
};

/// Reads the arguments of a call in the walk over the message around them, so that no text is walked twice.
class arguments_reader {
public:
    /// `in` stands at the arguments. True if they were read: `in` stands behind them then. Otherwise it must not have moved.
    virtual bool read(const message& so_far, json::lexer& in) = 0;

protected:
    ~arguments_reader() = default;
};

/// What stands between the quotes of a string value, escapes and all. Empty if the value is no string.
constexpr std::string_view raw_string_of(std::string_view json) noexcept {
    return json.size() < 2 || json.front() != '"' ? std::string_view() : json.substr(1, json.size() - 2);
}

/// A string value's text. `scratch` holds it where the JSON has escapes. Empty if the value is no string.
inline std::string_view string_of(std::string_view json, std::string& scratch) {
    const std::string_view raw = raw_string_of(json);
    if (raw.find('\\') == std::string_view::npos) return raw;
    scratch.clear();
    json::lexer::decode({raw, false}, scratch);
    return scratch;
}

namespace detail {

/// A key as it mostly stands in a message, `"name":`, and what it is.
struct known_key {
    char text[24]{};
    std::size_t size = 0;

    template <std::size_t Size>
    consteval known_key(const char (&name)[Size]) : size(Size + 2) {
        static_assert(Size + 2 <= 16 + 8);
        text[0] = text[Size] = '"', text[Size + 1] = ':';
        for (std::size_t i = 0; i + 1 < Size; ++i) text[i + 1] = name[i];
    }
    constexpr std::string_view spelled() const noexcept { return {text, size}; }
    constexpr std::string_view name() const noexcept { return {text + 1, size - 3}; }
};

class message_reader {
public:
    message_reader(std::string_view text, unsigned max_depth, arguments_reader* arguments, message& out)
        : in_(text, max_depth), arguments_(arguments), m_(out) {}

    void read() {
        if (in_.peek() != '{') {
            // Not an object: either no JSON at all or no message; the walk tells which.
            if (in_.skip() && in_.expect_end()) return broken(rpc_error::invalid_request, "a message is a JSON object");
            return not_json();
        }
        if (!members() || !in_.expect_end()) return not_json();  // whatever else was wrong before
        // What asks for no answer gets none, however wrong it is (JSON-RPC 2.0, section 4.1).
        if (version_ && !id_ && !m_.method.empty()) m_.kind = message::kind::notification;
        else if (version_ && answer_ && m_.method.empty()) m_.kind = message::kind::response;
        else if (m_.error != rpc_error::none) m_.kind = message::kind::broken;
        else if (!version_) broken(rpc_error::invalid_request, "\"jsonrpc\":\"2.0\" is missing");
        else if (m_.method.empty()) broken(rpc_error::invalid_request, "\"method\" is missing");
        else m_.kind = message::kind::request;
    }

private:
    // False: the text is broken. A message that is JSON but wrong is remembered in m_.error, and the walk goes on to the
    // end, so that the answer bears the id wherever that stands.
    bool members() {
        static constexpr char version_member[16] = R"("jsonrpc":"2.0")";
        static constexpr known_key keys[] = {"jsonrpc", "id", "method", "params", "result", "error"};
        if (!in_.enter('{')) return false;
        std::string_view value;
        std::size_t key = 0;
        bool first = true;
        for (bool more = in_.next('}', first); more; more = in_.next_key() || in_.next('}', first), ++key) {
            if (!version_ && in_.step_over({version_member, 15})) {  // what all messages have, at once
                version_ = true;
                key = 0;
                continue;
            }
            if (!expected_key(keys, key) && !find_key(keys, key)) return false;
            if (key == 3) {
                if (!params_value()) return false;
                continue;
            }
            if (!in_.skip(value)) return false;
            switch (key) {
                case 2:
                    if (!m_.method.empty() || value.size() < 3 || value.front() != '"')
                        wrong(rpc_error::invalid_request, "\"method\" is a string, once");
                    else m_.method = value;
                    break;
                case 0:
                    if (version_ || value != std::string_view("\"2.0\""))
                        wrong(rpc_error::invalid_request, "\"jsonrpc\" is \"2.0\", once");
                    version_ = true;
                    break;
                case 1:
                    if (id_ || !legal_id(value))
                        wrong(rpc_error::invalid_request,
                              "\"id\" is a string or an integer of at most 1000 bytes, once");
                    else m_.id = value;
                    id_ = true;
                    break;
                case 4:
                case 5:
                    (key == 4 ? m_.result : m_.failure) = value;
                    answer_ = true;
                    break;
                default: break;
            }
        }
        return in_.problem() == nullptr;
    }

    bool params_value() {
        if (params_) wrong(rpc_error::invalid_request, "\"params\" stands twice");
        params_ = true;
        if (in_.peek() == '{') {
            const std::size_t start = in_.offset();
            const bool read = params();
            m_.params = in_.since(start);
            return read;
        }
        wrong(rpc_error::invalid_params, "\"params\" is an object");
        return in_.skip();
    }

    bool params() {
        static constexpr known_key keys[] = {"name",  "arguments", "_meta",          "cursor",      "requestId", "protocolVersion",
                                             "level", "uri",       "inputResponses", "requestState"};
        std::string_view* const pieces[] = {&m_.name,  &m_.arguments, nullptr,            &m_.cursor,       &m_.request_id, &m_.protocol_version,
                                            &m_.level, &m_.uri,       &m_.input_responses, &m_.request_state};
        if (!in_.enter('{')) return false;
        std::size_t key = 0;
        bool first = true;
        for (bool more = in_.next('}', first); more; more = in_.next_key() || in_.next('}', first), ++key) {
            if (!expected_key(keys, key) && !find_key(keys, key)) return false;
            const std::size_t start = in_.offset();
            const bool read = key == 1 && arguments_ && m_.arguments.empty() && arguments_->read(m_, in_);
            if (!read && !in_.skip()) return false;
            const std::string_view value = in_.since(start);
            if (key == 2) read_meta(value);
            std::string_view* const piece = key < std::size(keys) ? pieces[key] : nullptr;
            if (!piece) continue;
            if (!piece->empty()) wrong(rpc_error::invalid_params, "a parameter stands twice");
            *piece = value;
        }
        return in_.problem() == nullptr;
    }

    /// Whether the key here is that known one. Clients send them in one order or another.
    template <std::size_t Count>
    HAFT_HOT bool expected_key(const known_key (&keys)[Count], std::size_t which) noexcept {
        return which < Count && in_.step_over(keys[which].spelled());
    }
    /// Reads a key. `which` becomes its place among the known ones; of one that is not known, their number.
    template <std::size_t Count>
    HAFT_APART bool find_key(const known_key (&keys)[Count], std::size_t& which) {
        for (which = 0; which < Count; ++which)
            if (in_.step_over(keys[which].spelled())) return true;
        json::lexer::string_token key;  // with blanks, escapes, or not known
        if (!in_.key(key)) return false;
        const std::string_view name = text_of(key);
        for (which = 0; which < Count && keys[which].name() != name;) ++which;
        return true;
    }

    /// `meta` was read once already, so it is JSON.
    void read_meta(std::string_view meta) {
        json::lexer in(meta, json::hard_depth_limit);
        if (in.peek() != '{' || !in.enter('{')) return;
        json::lexer::string_token key;
        for (bool first = true; in.next('}', first) && in.key(key);) {
            std::string_view* const piece = meta_piece(text_of(key));
            std::string_view value;
            if (!in.skip(value)) return;
            if (!piece) continue;
            const bool token = piece == &m_.progress_token;
            if (token && value == "null") continue;
            if (token && (!piece->empty() || !legal_id(value)))
                wrong(rpc_error::invalid_params,
                      "\"progressToken\" is a string or an integer of at most 1000 bytes, once");
            else if (!piece->empty()) wrong(rpc_error::invalid_params, "a key of \"_meta\" stands twice");
            else *piece = value;
        }
    }
    std::string_view* meta_piece(std::string_view key) noexcept {
        if (key == "progressToken") return &m_.progress_token;
        constexpr std::string_view prefix = "io.modelcontextprotocol/";
        if (!key.starts_with(prefix)) return nullptr;
        key.remove_prefix(prefix.size());
        if (key == "protocolVersion") return &m_.meta_version;
        if (key == "clientCapabilities") return &m_.meta_capabilities;
        return key == "logLevel" ? &m_.meta_log_level : nullptr;
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

    void wrong(rpc_error code, const char* what) {
        if (m_.error != rpc_error::none) return;
        m_.error = code;
        m_.problem = what;
    }
    HAFT_COLD void broken(rpc_error code, const char* what) {
        wrong(code, what);
        m_.kind = message::kind::broken;
    }
    HAFT_COLD void not_json() {
        if (in_.too_deep()) {  // it may well be JSON, and whoever sent it waits for an answer with its id
            m_.error = rpc_error::none;
            return broken(rpc_error::invalid_request, "the message is nested too deeply");
        }
        m_ = {};
        m_.error = rpc_error::parse_error;
        m_.problem = std::string("not JSON: ") + (in_.problem() ? in_.problem() : "") + " at byte " +
                     std::to_string(in_.offset());
    }

    json::lexer in_;
    arguments_reader* arguments_;
    message& m_;
    std::string scratch_;
    bool version_ = false;
    bool id_ = false;
    bool params_ = false;
    bool answer_ = false;
};

}  // namespace detail

/// Takes one message apart. Never fails: what is wrong with the text is in the message. At most `max_depth` brackets deep.
/// `arguments` may be null.
inline message read_message(std::string_view text, unsigned max_depth, arguments_reader* arguments = nullptr) {
    message m;
    detail::message_reader(text, max_depth, arguments, m).read();
    return m;
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_WIRE_MESSAGE_HPP
