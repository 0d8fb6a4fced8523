// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_WIRE_FRAMES_HPP
#define HAFT_MCP_WIRE_FRAMES_HPP

/// Bytes in, frames out: the stdio transport's lines (basic/transports, "stdio"), each of bounded size.

#include <cstddef>
#include <string>
#include <string_view>

namespace haft::inline v0::mcp {

/// Cuts a stream into lines. A line over the limit is dropped in constant memory and reported once.
class frame_splitter {
public:
    explicit frame_splitter(std::size_t max_bytes) noexcept : max_bytes_(max_bytes) {}

    void append(std::string_view bytes) {
        if (begin_ > 0 && begin_ == buffer_.size()) buffer_.clear(), begin_ = scanned_ = 0;
        if (dropping_) {  // in the rest of a line that was too long: keep none of it
            const std::size_t end = bytes.find('\n');
            if (end == std::string_view::npos) return;
            bytes.remove_prefix(end + 1);
            dropping_ = false;
        }
        buffer_.append(bytes);
    }

    enum class got : unsigned char { nothing, frame, too_long };

    /// The next line, without its end; blank lines are passed over. `out` is valid until the next call of any kind.
    got next(std::string_view& out) {
        for (;;) {
            const std::size_t end = buffer_.find('\n', scanned_);
            if (end == std::string::npos) {
                scanned_ = buffer_.size();
                if (buffer_.size() - begin_ > max_bytes_) {
                    buffer_.clear();
                    begin_ = scanned_ = 0;
                    dropping_ = true;
                    return got::too_long;
                }
                compact();
                return got::nothing;
            }
            out = std::string_view(buffer_).substr(begin_, end - begin_);
            begin_ = scanned_ = end + 1;
            if (const got what = judge(out); what != got::nothing) return what;
        }
    }

    /// The same with bytes that come after those that were appended: a line that is whole in them is not copied, and `out` points into
    /// `bytes`, out of which it is taken. What is no whole line is kept.
    got next(std::string_view& bytes, std::string_view& out) {
        while (!bytes.empty()) {
            const std::size_t end = bytes.find('\n');
            const std::string_view line = bytes.substr(0, end == std::string_view::npos ? end : end + 1);
            bytes.remove_prefix(line.size());
            if (end == std::string_view::npos || dropping_ || begin_ < buffer_.size()) {
                append(line);
                if (const got what = next(out); what != got::nothing) return what;
            } else {
                out = line.substr(0, end);
                if (const got what = judge(out); what != got::nothing) return what;
            }
        }
        return next(out);
    }

    /// At the end of the stream: what came after the last line's end counts as a line.
    void finish() { append("\n"); }

    /// The memory that is taken for what has come.
    std::size_t held_bytes() const noexcept { return buffer_.capacity(); }

private:
    /// Nothing, if the line is blank.
    got judge(std::string_view& line) const noexcept {
        if (line.size() > max_bytes_) return got::too_long;
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        const bool blank =
            line.empty() || (line.front() <= ' ' && line.find_first_not_of(" \t") == std::string_view::npos);
        return blank ? got::nothing : got::frame;
    }

    // What was handed out is dropped when it is most of the buffer: each byte is moved once at most, on average.
    void compact() {
        if (begin_ < 4096 || begin_ * 2 < buffer_.size()) return;
        buffer_.erase(0, begin_);
        scanned_ -= begin_;
        begin_ = 0;
    }

    std::size_t max_bytes_;
    std::string buffer_;
    std::size_t begin_ = 0;    // of what was not yet handed out
    std::size_t scanned_ = 0;  // no line end before here
    bool dropping_ = false;
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_WIRE_FRAMES_HPP
