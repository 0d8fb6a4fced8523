// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_CLIENT_HTTP_EVENT_READER_HPP
#define HAFT_MCP_CLIENT_HTTP_EVENT_READER_HPP

/// The events of a stream (WHATWG HTML, 9.2.6) as an MCP server sends them: a message each, and where to go on.

#include <haft/core/config.hpp>
#include <haft/http/event_lines.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace haft::inline v0::mcp::http {

class event_reader {
public:
    /// `longest` bounds a line and the data of an event, in bytes.
    explicit event_reader(std::size_t longest) noexcept : longest_(longest), lines_(longest) {}

    /// Calls `one(data)` for each event that is whole and has data. False: an event is too long.
    template <class One>
    bool feed(std::string_view bytes, One one) {
        return lines_.feed(bytes, [&](std::string_view line) {
            if (line.empty()) {
                if (begun_id_) last_id_ = *begun_id_;
                if (!data_.empty() && (type_.empty() || type_ == "message")) one(std::string_view(data_));
                data_.clear(), type_.clear();
                return true;
            }
            take(line);
            return data_.size() <= longest_;
        });
    }
    /// Of the last event that had one; a stream that broke is gone on with behind it.
    const std::string& last_id() const noexcept { return last_id_; }
    /// How long the server wants to be left alone before it is asked again, if it has said so.
    std::optional<std::chrono::milliseconds> retry() const noexcept { return retry_; }

private:
    void take(std::string_view line) {
        const std::size_t colon = line.find(':');
        const std::string_view field = line.substr(0, colon);
        std::string_view value = colon == line.npos ? std::string_view() : line.substr(colon + 1);
        if (value.starts_with(' ')) value.remove_prefix(1);
        if (field == "data") {
            if (!data_.empty()) data_ += ' ';  // a line end between the tokens of JSON is a blank
            data_ += value;
        } else if (field == "event") {
            type_ = value;
        } else if (field == "id") {
            if (value.find('\0') == value.npos) begun_id_ = value;
        } else if (field == "retry" && !value.empty() && value.size() < 8) {
            long long number = 0;
            for (const char c : value) {
                if (c < '0' || c > '9') return;
                number = number * 10 + (c - '0');
            }
            retry_ = std::chrono::milliseconds(number);
        }
    }

    std::size_t longest_;
    haft::detail::event_lines lines_;
    std::string data_, type_, last_id_;
    std::optional<std::string> begun_id_;
    std::optional<std::chrono::milliseconds> retry_;
};

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_CLIENT_HTTP_EVENT_READER_HPP
