// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REMOTE_CALL_WIRE_HPP
#define HAFT_REMOTE_CALL_WIRE_HPP

/// A call and what comes of it as messages between two programs of haft's: names of headers, and bodies. A result comes out on the other
/// side as it was here, with its form, its parts and its notes, and an error with its code and all its faults.
///
/// The body of a request is the arguments, that of a reply the result, as they are: who has no haft can call and be called, too.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/is_utf8.hpp>
#include <haft/core/text.hpp>
#include <haft/json/document.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/tool/block_text.hpp>
#include <haft/tool/content.hpp>
#include <haft/tool/read_block.hpp>
#include <haft/tool/result_writer.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::remote {

/// Headers of a request. All may be missing, and what goes without saying is: each costs a call a microsecond.
namespace asks {
inline constexpr const char* call_id = "Haft-Call-Id";      ///< as the caller knows the call; else the subject of the reply
inline constexpr const char* principal = "Haft-Principal";  ///< on whose behalf, as the caller says
inline constexpr const char* time_left = "Haft-Time-Left";  ///< milliseconds; clocks of two machines differ, so it is no time of day
inline constexpr const char* name = "Haft-Tool-Name";       ///< the tool's, at the caller's, if it is another; errors name it
inline constexpr const char* beat = "Haft-Beat";            ///< milliseconds; how often the caller wants to hear that the call still runs. Missing: it hears the answer alone
inline constexpr const char* mode = "Haft-Mode";            ///< `lenient`
inline constexpr const char* wait = "Haft-Wait";            ///< `yes`: it waits for a free thread. Without it a caller who wants to hear beats hears at once that there is none, and asks another worker
}  // namespace asks

/// Headers of replies. A reply with an event is not the last one; one without `result` comes from a service that knows no haft.
namespace says {
inline constexpr const char* event = "Haft-Event";    ///< `beat`, `progress`, `log`
inline constexpr const char* result = "Haft-Result";  ///< see result_kind
inline constexpr const char* ran = "Haft-Ran";        ///< `no`: nothing has happened, it may be asked elsewhere
inline constexpr const char* worker = "Haft-Worker";  ///< which instance of a service says it
/// As the services API has it, so that its tools show errors (nats-io ADR-32).
inline constexpr const char* error = "Nats-Service-Error";
inline constexpr const char* error_code = "Nats-Service-Error-Code";
}  // namespace says

/// What stands in a reply's body.
enum class result_kind : unsigned char {
    none,   ///< nothing: of a function without a result
    text,   ///< a text
    json,   ///< a JSON value
    parts,  ///< an object: `form`, `value`, `content` (MCP's blocks), `notes`
    error,  ///< an object: `code`, `message`, `faults`, `moreFaults`, `notes`
};
inline constexpr std::string_view result_kind_words[] = {"none", "text", "json", "parts", "error"};

HAFT_COLD inline bool read_result_kind(std::string_view word, result_kind& out) noexcept {
    for (std::size_t i = 0; i < std::size(result_kind_words); ++i)
        if (result_kind_words[i] == word) return out = static_cast<result_kind>(i), true;
    return false;
}

namespace detail {

inline std::string_view word_of(result_form form) noexcept {
    switch (form) {
        case result_form::none: return "none";
        case result_form::text: return "text";
        case result_form::json: return "json";
        case result_form::blocks: return "blocks";
    }
    return "none";
}

HAFT_COLD inline void append_notes(std::string& out, const std::vector<note>& notes) {
    out += ",\"notes\":[";
    for (std::size_t i = 0; i < notes.size(); ++i)
        append_all(out, {i ? "," : "", "{\"pointer\":", json::string_text(notes[i].pointer), ",\"message\":", json::string_text(notes[i].message), "}"});
    out += ']';
}
HAFT_COLD inline void read_notes(const std::vector<json::member_piece>& of, std::vector<note>* notes) {
    if (!notes) return;
    for (const std::string_view one : json::items_of(json::value_of(of, "notes"))) {
        const std::vector<json::member_piece> m = json::members_of(one);
        notes->push_back({json::string_of(json::value_of(m, "pointer")), json::string_of(json::value_of(m, "message"))});
    }
}

HAFT_COLD inline std::string parts_text(result_form form, std::string_view text, const content& blocks, const std::vector<note>& notes) {
    std::string out = concat({"{\"form\":\"", detail::word_of(form), "\""});
    if (form == result_form::json) append_all(out, {",\"value\":", text});
    if (form == result_form::text) append_all(out, {",\"value\":", json::string_text(text)});
    out += ",\"content\":[";
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (i) out += ',';
        append_block(out, blocks[i]);
    }
    out += ']';
    detail::append_notes(out, notes);
    return out += '}';
}

HAFT_COLD inline std::size_t number_of(std::string_view digits) noexcept {
    std::size_t out = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9' || out > (std::size_t{1} << 40)) return 0;
        out = out * 10 + static_cast<std::size_t>(c - '0');
    }
    return out;
}
HAFT_COLD inline errc code_of(std::string_view digits) noexcept {
    const std::size_t number = detail::number_of(digits);
    return number > 200 && number < 1000 ? static_cast<errc>(number) : errc::tool_failed;
}

}  // namespace detail

HAFT_COLD inline std::string error_text(const error& e, const std::vector<note>& notes = {}) {
    std::string out = concat({"{\"code\":", decimal(static_cast<unsigned>(e.code)), ",\"message\":", json::string_text(e.message)});
    if (!e.faults.empty()) {
        out += ",\"faults\":[";
        for (std::size_t i = 0; i < e.faults.size(); ++i) {
            const fault& f = e.faults[i];
            append_all(out, {i ? "," : "", "{\"code\":", decimal(static_cast<unsigned>(f.code)), ",\"pointer\":", json::string_text(f.pointer),
                             ",\"message\":", json::string_text(f.message), ",\"expected\":", json::string_text(f.expected), ",\"got\":",
                             json::string_text(f.got), ",\"nearest\":", json::string_text(f.nearest), ",\"offset\":", decimal(f.offset),
                             ",\"place\":", json::string_text(f.place), "}"});
        }
        append_all(out, {"],\"moreFaults\":", decimal(e.more_faults)});
    }
    if (!notes.empty()) detail::append_notes(out, notes);
    return out += '}';
}

/// What error_text wrote. Of a text that it did not write, an error (E0424) that says so; `of` names the tool and the service for that.
HAFT_COLD inline error read_error(std::string_view text, std::string_view of, std::vector<note>* notes = nullptr) {
    if (!json::is_json(text)) return {errc::bad_server_message, concat({of, " fails with an error that can't be read: ", in_quotes(text.substr(0, 120))})};
    const std::vector<json::member_piece> all = json::members_of(text);
    error out{detail::code_of(json::value_of(all, "code")), json::string_of(json::value_of(all, "message"))};
    for (const std::string_view one : json::items_of(json::value_of(all, "faults"))) {
        const std::vector<json::member_piece> m = json::members_of(one);
        const auto text_of = [&](std::string_view name) { return json::string_of(json::value_of(m, name)); };
        out.faults.push_back({detail::code_of(json::value_of(m, "code")), text_of("pointer"), text_of("message"), text_of("expected"), text_of("got"),
                              text_of("nearest"), detail::number_of(json::value_of(m, "offset")), text_of("place")});
    }
    out.more_faults = detail::number_of(json::value_of(all, "moreFaults"));
    detail::read_notes(all, notes);
    if (out.message.empty() && out.faults.empty()) out.message = concat({of, " fails and does not say why"});
    return out;
}

/// What comes of a call, on its way.
struct call_reply {
    result_kind kind = result_kind::none;
    std::string body = {};
    errc code = {};        ///< of an error
    std::string why = {};  ///< of an error: its first line
};

HAFT_COLD inline call_reply reply_of(const error& e, const std::vector<note>& notes = {}) {
    const std::string all = e.text();
    std::string line;
    for (const char c : std::string_view(all).substr(0, all.find('\n'))) line += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    return {result_kind::error, error_text(e, notes), e.code, std::move(line)};
}
/// `text` is what the writer has written, with string_results::as_text.
inline call_reply reply_of(result_writer& writer, std::string text, const std::vector<note>& notes) {
    if (writer.failed()) return reply_of(writer.error(), notes);
    if (!notes.empty() || !writer.attachments().empty() || writer.form() == result_form::blocks)
        return {result_kind::parts, detail::parts_text(writer.form(), text, writer.attachments(), notes)};
    const result_kind kind = writer.form() == result_form::text   ? result_kind::text
                             : writer.form() == result_form::json ? result_kind::json
                                                                  : result_kind::none;
    return {kind, std::move(text)};
}

namespace detail {

inline void hand_on_json(std::string_view text, result_writer& out) {
    const json_text value{text};
    out.value(schema::type_of<json_text>, &value);
}

/// False: it is none.
HAFT_COLD inline bool hand_on_parts(std::string_view body, result_writer& out, std::vector<note>* notes) {
    json::document in;
    json::value_faults found;
    json::read_limits limits;
    limits.max_bytes = limits.max_string_bytes = limits.max_items = static_cast<std::size_t>(-1);  // a message has its own
    limits.max_depth = json::hard_depth_limit;
    if (!in.read(body, limits, found) || in[0].kind != json::value_kind::object) return false;
    const std::vector<json::member_piece> all = json::members_of(body);
    const std::string form = json::string_of(json::value_of(all, "form"));
    const std::string_view value = json::value_of(all, "value");
    if (form == "json" && !value.empty()) detail::hand_on_json(value, out);
    else if (form == "text" && value.starts_with('"')) out.text(json::string_of(value));
    else if (form == "blocks") out.only_blocks();
    else if (form != "none") return false;
    const std::uint32_t blocks = in.find(0, "content");
    if (!blocks || in[blocks].kind != json::value_kind::array) return false;
    content given;
    for (std::uint32_t at = in.first_child(blocks); at < in[blocks].behind; at = in[at].behind)
        if (!haft::detail::read_block(in, at, given)) return false;
    for (content_block& one : given) out.attach(std::move(one));
    detail::read_notes(all, notes);
    return true;
}

}  // namespace detail

/// Hands on what came, as the tool gave it. What is no result is E0424; `of` names the tool and the service for that.
HAFT_COLD inline void hand_on_reply(result_kind kind, std::string_view body, std::string_view of, result_writer& out, std::vector<note>* notes) {
    const auto no = [&] { out.fail({errc::bad_server_message, concat({of, " gives a result that is none: ", in_quotes(body.substr(0, 120))})}); };
    switch (kind) {
        case result_kind::none: return;
        case result_kind::text: return is_utf8(body) ? out.text(body) : no();
        case result_kind::json: return json::is_json(body) ? detail::hand_on_json(body, out) : no();
        case result_kind::error: return out.fail(read_error(body, of, notes));
        case result_kind::parts:
            if (!detail::hand_on_parts(body, out, notes)) no();
            return;
    }
}

}  // namespace haft::inline v0::remote

#endif  // HAFT_REMOTE_CALL_WIRE_HPP
