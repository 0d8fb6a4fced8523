// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_CHAT_STREAM_HPP
#define HAFT_MODEL_CHAT_STREAM_HPP

/// A reply of OpenAI's chat completions that comes as events: bytes in, text and in the end a model_reply out, no network.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/model/chat_reply.hpp>
#include <haft/http/event_lines.hpp>
#include <haft/model/json_end.hpp>
#include <haft/model/model.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::formats::openai {

struct stream_limits {
    std::size_t line_bytes = 4u << 20;
    std::size_t total_bytes = 64u << 20;
    std::size_t calls = 256;
};

/// Reads a reply while it comes, in pieces of any size. Takes what providers are seen to send: comments, any line ends, events
/// without blank lines between them, calls whole or in deltas, with an index or without, no `finish_reason`, no `[DONE]` (but not
/// neither), an error among the events, and a whole reply, not streamed at all, in place of the events. Calls without ids keep none:
/// whoever runs them gives some. A plain value; after an error it gives that error ever after. Time O(bytes).
class chat_stream {
public:
    explicit chat_stream(stream_limits limits = {}) : limits_(limits), lines_(limits.line_bytes) {}

    /// Takes the next bytes, and gives the text that has come with them. Errors: E0317 for what can't be read or is too long, E0318
    /// for an error that was told of.
    HAFT_COLD result<std::string> feed(std::string_view bytes) {
        if (failed_) return *failed_;
        if (bytes.size() > limits_.total_bytes - total_)
            return fail(
                {errc::bad_reply, concat({"chat completion: more than ", decimal(limits_.total_bytes), " bytes"})});
        total_ += bytes.size();
        text_.clear();
        if (form_ == form::unknown) {
            const std::size_t first = bytes.find_first_not_of(" \t\r\n");
            if (first != std::string_view::npos) form_ = bytes[first] == '{' ? form::whole : form::events;
            if (form_ == form::whole) bytes.remove_prefix(first);  // blanks in earlier pieces are gone, too
        }
        if (form_ == form::whole) {
            whole_.append(bytes);
            return std::string();
        }
        const bool read = done_ || lines_.feed(bytes, [&](std::string_view line) { return take_line(line); });
        if (!read && lines_.too_long())
            return fail({errc::bad_reply,
                         concat({"chat completion: a line of more than ", decimal(limits_.line_bytes), " bytes"})});
        if (failed_) return *failed_;
        return std::move(text_);
    }
    /// Whether the reply is whole: what comes now is not looked at.
    bool done() const noexcept { return done_; }
    /// Whether anything of a reply has come.
    bool begun() const noexcept { return begun_; }

    /// The reply, when no bytes come any more. Errors as of feed, and E0317 if it has ended too early.
    HAFT_COLD result<model_reply> finish() {
        if (failed_) return *failed_;
        if (form_ == form::whole) return read_chat_reply(whole_);
        if (!done_) {
            lines_.finish([&](std::string_view line) { return take_line(line); });
            if (!failed_ && !data_.empty()) take_event();
            if (failed_) return *failed_;
        }
        if (!done_ && out_.finish_reason.empty())
            return fail({errc::bad_reply, begun_ ? "chat completion: the stream ended before the reply did"
                                                 : "chat completion: the stream ended before there was a reply"}),
                   *failed_;
        for (begun_call& begun : calls_) {
            tool_call& c = begun.call;
            if (c.name.empty())
                return fail(detail::bad_reply("delta/tool_calls", "a call with a name", "one without")), *failed_;
            out_.reply.calls.push_back(std::move(c));
        }
        calls_.clear();
        return out_;
    }

private:
    enum class form : unsigned char { unknown, events, whole };
    struct begun_call {
        std::uint64_t index;
        bool has_index;
        tool_call call;
        haft::detail::json_end end = {};  // of the arguments
    };

    HAFT_COLD error fail(error e) {
        failed_ = std::move(e);
        return *failed_;
    }

    /// A line of the events: a blank one ends an event, one with a colon in front is a comment.
    bool take_line(std::string_view line) {
        if (line.empty()) return data_.empty() || take_event();
        if (!line.starts_with("data")) return true;  // a comment, `event`, `id`, `retry`
        line.remove_prefix(4);
        if (!line.empty() && line[0] != ':') return true;
        if (!line.empty()) line.remove_prefix(1);
        if (line.starts_with(' ')) line.remove_prefix(1);
        if (!data_.empty() && data_end_.is_json(data_) && !take_event())
            return false;  // no blank line between two events
        if (line.size() > limits_.line_bytes - data_.size())
            return fail({errc::bad_reply, "chat completion: an event that is too long"}), false;
        data_.append(data_.empty() ? "" : "\n").append(line);
        data_end_.look_at(line);
        if (data_ == "[DONE]") return take_event();
        return true;
    }

    bool take_event() {
        const std::string data = std::exchange(data_, {});
        data_end_ = {};
        if (data == "[DONE]") return done_ = true, false;
        const auto object = detail::object_of(data);
        if (!object) return fail(object.error()), false;
        if (const std::string told = detail::told_error(*object); !told.empty())
            return fail({errc::refused_request,
                         concat({"the model's provider says, in the middle of its reply: ", told})}),
                   false;
        detail::read_usage(json::value_of(*object, "usage"), out_.usage);
        for (const std::string_view item : json::items_of(json::value_of(*object, "choices"))) {
            const detail::members choice = json::members_of(item);
            if (detail::count_of(json::value_of(choice, "index")) != 0) continue;  // one reply was asked for
            begun_ = true;
            std::string_view said = json::value_of(choice, "delta");
            if (!said.starts_with('{')) said = json::value_of(choice, "message");
            const detail::members delta = json::members_of(said);
            std::string piece = detail::text_of(json::value_of(delta, "content"));
            if (piece.empty()) piece = json::string_of(json::value_of(delta, "refusal"));
            text_ += piece;
            out_.reply.text += piece;
            for (const std::string_view call : json::items_of(json::value_of(delta, "tool_calls")))
                if (!take_call(call)) return false;
            if (const std::string reason = json::string_of(json::value_of(choice, "finish_reason")); !reason.empty())
                out_.finish_reason = reason;
        }
        return true;
    }

    /// A delta of a call. It belongs to the call of its index; with an id that this one has not, it begins another.
    bool take_call(std::string_view text) {
        const detail::members delta = json::members_of(text);
        const detail::members function = json::members_of(json::value_of(delta, "function"));
        const std::string_view index_text = json::value_of(delta, "index");
        const std::uint64_t index = detail::count_of(index_text);
        const bool has_index = !index_text.empty() && index_text != "null";
        std::string id = json::string_of(json::value_of(delta, "id"));
        std::string name = json::string_of(json::value_of(function, "name"));
        begun_call* into = nullptr;
        for (begun_call& c : calls_)
            if (has_index ? c.has_index && c.index == index : &c == &calls_.back()) into = &c;
        if (into && !id.empty() && !into->call.id.empty() && into->call.id != id) into = nullptr;
        if (into && !has_index && id.empty() && !name.empty() && into->end.is_json(into->call.arguments))
            into = nullptr;
        if (!into) {
            if (calls_.size() == limits_.calls)
                return fail({errc::bad_reply,
                             concat({"chat completion: more than ", decimal(limits_.calls), " calls"})}),
                       false;
            into = &calls_.emplace_back(begun_call{index, has_index, {}, {}});
        }
        if (into->call.id.empty()) into->call.id = std::move(id);
        if (into->call.name.empty()) into->call.name = std::move(name);
        const std::string more = detail::arguments_of(json::value_of(function, "arguments"));
        into->call.arguments += more;
        into->end.look_at(more);
        return true;
    }

    stream_limits limits_;
    haft::detail::event_lines lines_;
    form form_ = form::unknown;
    std::size_t total_ = 0;
    std::string whole_;  // of a reply that is not streamed
    std::string data_;   // of the event that has begun
    haft::detail::json_end data_end_;
    std::string text_;  // that has come since the last feed
    std::vector<begun_call> calls_;
    model_reply out_;
    std::optional<error> failed_;
    bool begun_ = false;
    bool done_ = false;
};

}  // namespace haft::inline v0::formats::openai

#endif  // HAFT_MODEL_CHAT_STREAM_HPP
