// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HTTP_EVENT_LINES_HPP
#define HAFT_HTTP_EVENT_LINES_HPP

/// Bytes taken apart into the lines of server-sent events (WHATWG HTML, 9.2), wherever the network has cut them.

#include <cstddef>
#include <string>
#include <string_view>

namespace haft::inline v0::detail {

/// Gives whole lines, which end by `\n`, `\r` or `\r\n`. A byte order mark in front is passed over.
class event_lines {
public:
    explicit event_lines(std::size_t longest) noexcept : longest_(longest) {}

    /// Calls `one(line)`, while it gives true, for each line that ends in these bytes. False if a line is too long, or `one` gave
    /// false.
    template <class One>
    bool feed(std::string_view bytes, One one) {
        if (after_return_ && !bytes.empty()) {
            if (bytes[0] == '\n') bytes.remove_prefix(1);
            after_return_ = false;
        }
        while (!bytes.empty()) {
            const std::size_t end = bytes.find_first_of("\r\n");
            const std::string_view more = bytes.substr(0, end);
            if (more.size() > longest_ - begun_.size()) return too_long_ = true, false;
            begun_.append(more);
            if (end == std::string_view::npos) return true;
            bytes.remove_prefix(end);
            if (bytes[0] == '\r' && bytes.size() == 1) after_return_ = true;
            bytes.remove_prefix(bytes.starts_with("\r\n") ? 2 : 1);
            if (!end_line(one)) return false;
        }
        return true;
    }
    /// The text is over: what has come of a last line counts as one.
    template <class One>
    bool finish(One one) {
        return begun_.empty() || end_line(one);
    }
    bool too_long() const noexcept { return too_long_; }

private:
    template <class One>
    bool end_line(One one) {
        std::string_view line = begun_;
        if (first_ && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
        first_ = false;
        const bool go_on = one(line);
        begun_.clear();
        return go_on;
    }

    std::size_t longest_;
    std::string begun_;
    bool after_return_ = false;  // a \n that comes now belongs to the line before
    bool first_ = true;
    bool too_long_ = false;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_HTTP_EVENT_LINES_HPP
