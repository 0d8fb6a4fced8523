// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_CONNECTION_HPP
#define HAFT_MCP_TRANSPORT_HTTP_CONNECTION_HPP

/// One client's connection (HTTP/1.1): requests come in one after the other, each is answered whole or by a stream. Everything that a
/// client can do too slowly, too long or too often is bounded here.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/mcp/transport/http/channel.hpp>
#include <haft/mcp/transport/http/media_types.hpp>
#include <haft/mcp/transport/http/options.hpp>
#include <haft/mcp/transport/http/request.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/status.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::mcp::http {

class connection;

/// Whom a stream of events goes to: told once that its connection is gone, unless the stream ended before.
class stream_owner {
public:
    virtual void on_lost() = 0;

protected:
    ~stream_owner() = default;
};

/// What connections hand their requests to.
class request_handler {
public:
    /// By its head alone, before the body is taken. `principal` becomes who sent it, where that is known.
    virtual http_refusal judge(const http_head& head, std::string& principal) = 0;
    /// What every answer to it says besides, refusals too, each with its line end.
    virtual std::string headers_for(const http_head&) { return {}; }
    /// Answers it, now or later.
    virtual void serve(const std::shared_ptr<connection>& from, http_request&& request) = 0;

protected:
    ~request_handler() = default;
};

/// Who holds the connections.
class connection_keeper {
public:
    virtual void on_closed(connection& one) = 0;

protected:
    ~connection_keeper() = default;
};

/// Use from the thread that serves. `keeper` is to hold it until on_closed; what is under way does as well.
class connection final : public channel_user, public std::enable_shared_from_this<connection> {
public:
    using clock = std::chrono::steady_clock;

    /// What is referred to must outlive it.
    connection(std::unique_ptr<channel> to, request_handler& handler, connection_keeper& keeper, const http_options& options)
        : channel_(std::move(to)), handler_(handler), keeper_(keeper), options_(options) {}

    void start(clock::time_point now) {
        deadline_ = now + options_.head_time;
        read();
    }

    /// Answers the request whole.
    void respond(unsigned status, std::string_view headers, std::string_view media_type, std::string_view body) {
        std::string out;
        put_head(out, status, headers, media_type);
        append_all(out, {"Content-Length: ", decimal(body.size()), "\r\n\r\n", head_only_ ? std::string_view() : body});
        owner_.reset();
        phase_ = phase::answered;
        write(std::move(out));
    }
    void refuse(const http_refusal& why) { respond(why.status, why.headers, "application/json", why.body()); }

    /// Answers the request by a stream of events, as long as it pleases whoever sends them.
    void begin_events(std::string_view headers, std::weak_ptr<stream_owner> owner) {
        std::string out;
        put_head(out, 200, concat({"Cache-Control: no-cache\r\nX-Accel-Buffering: no\r\n", headers}), "text/event-stream");
        append_all(out, {chunked_ ? "Transfer-Encoding: chunked\r\n" : "", "\r\n"});
        owner_ = std::move(owner);
        phase_ = phase::streaming;
        last_event_ = clock::now();
        write(std::move(out));
    }
    /// False if the client has not taken what came before: then the connection is closed.
    bool send_events(std::string_view events) {
        if (phase_ != phase::streaming) return false;
        if (unsent() > options_.max_unsent_bytes) return close(), false;
        std::string out;
        if (chunked_) {
            char digits[16];
            std::size_t at = sizeof digits;
            for (std::size_t n = events.size(); n; n >>= 4) digits[--at] = "0123456789abcdef"[n & 15];
            append_all(out, {{digits + at, sizeof digits - at}, "\r\n", events, "\r\n"});
        } else out = events;
        last_event_ = clock::now();
        write(std::move(out));
        return true;
    }
    void end_events() {
        if (phase_ != phase::streaming) return;
        owner_.reset();
        phase_ = phase::answered;
        if (!chunked_) keep_ = false;
        write(chunked_ ? "0\r\n\r\n" : "");
    }
    /// Whoever sends the answer is told when the client goes.
    void set_owner(std::weak_ptr<stream_owner> owner) { owner_ = std::move(owner); }
    /// The next answer that begins is the last one here, and says so. A client that was told it may ask again still may.
    void leave() noexcept {
        last_ = true;
        if (phase_ == phase::reading || phase_ == phase::working) keep_ = false;
    }
    /// Nothing is answered after this request.
    void answer_the_last() { keep_ = false, last_ = true; }
    const std::string& principal() const noexcept { return principal_; }  ///< who sent the request
    bool idle() const noexcept { return phase_ == phase::reading && !parser_; }

    void close() {
        if (phase_ == phase::closed) return;
        phase_ = phase::closed;
        channel_->close();
        boost::asio::post(channel_->socket().get_executor(), [self = shared_from_this()] { self->forget(); });
    }

    /// Looks what took too long.
    void tick(clock::time_point now) {
        if (phase_ == phase::closed) return;
        if (writing_ && now - last_written_ >= options_.write_time) return close();
        if (phase_ == phase::streaming && now - last_event_ >= options_.comment_time) send_events(":\n\n");
        if (now < deadline_) return;
        if (phase_ == phase::reading && parser_) give_up({408, "the request did not come in time"});
        else if (phase_ == phase::reading || phase_ == phase::ending) close();
    }
    /// How much the client has not taken.
    std::size_t unsent() const noexcept { return out_.size() - written_ + next_.size(); }

private:
    enum class phase : unsigned char { reading, working, streaming, answered, ending, closed };
    using parser = boost::beast::http::request_parser<growing_body>;
    static constexpr clock::time_point never = (clock::time_point::max)();
    static constexpr std::size_t most_ahead = 64u << 10;  // of further requests, while one is worked off
    static constexpr std::chrono::seconds ending_time{2};

    void read() {
        if (std::exchange(is_reading_, true)) return;
        channel_->read(shared_from_this());
    }

    void on_bytes(std::string_view bytes) override {
        is_reading_ = false;
        try {
            switch (phase_) {
                case phase::closed: return;
                case phase::ending: return read();  // what still comes is dropped
                case phase::reading: feed(bytes); break;
                default: ahead_ += bytes;
            }
            if (phase_ != phase::closed && ahead_.size() <= most_ahead) read();
        } catch (...) {  // there is no memory, or who was asked for a token's owner has thrown: it is this client's loss alone
            close();
        }
    }
    void on_end() override {
        is_reading_ = false;
        if (phase_ == phase::answered) keep_ = false;  // it may well read what is written yet
        else close();
    }
    void on_written(std::size_t bytes, bool broken) override {
        if (broken) return writing_ = false, close();
        written_ += bytes;
        last_written_ = clock::now();
        write_on();
    }

    /// Takes what came, up to the end of a request.
    void feed(std::string_view bytes) {
        const bool kept = !ahead_.empty();
        if (kept) ahead_ += bytes, bytes = ahead_;
        while (!bytes.empty() && phase_ == phase::reading) {
            if (!parser_) begin_request();
            boost::system::error_code ec;
            const std::size_t n = parser_->put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
            bytes.remove_prefix(n);
            if (ec && ec != boost::beast::http::error::need_more) return give_up(refusal_of(ec));
            if (!judged_ && parser_->is_header_done()) {
                if (!judge(bytes.empty())) return;
            } else if (ec && n == 0) break;
            if (parser_->is_done()) {
                keep(kept, bytes);
                return work();
            }
        }
        // What stands around the chunks of a body (their extensions, what trails them) the parser takes whole or not at all.
        if (judged_ && bytes.size() > options_.max_head_bytes) return give_up({431, "what stands between the chunks of the body is too long"});
        keep(kept, bytes);
    }
    /// Of what was fed, what is left.
    void keep(bool kept, std::string_view rest) {
        if (kept) ahead_.erase(0, ahead_.size() - rest.size());
        else ahead_ = rest;
        if (ahead_.empty()) ahead_ = {};
    }
    void begin_request() {
        parser_ = std::make_unique<parser>();
        parser_->header_limit(static_cast<std::uint32_t>(options_.max_head_bytes));
        parser_->body_limit(options_.server.max_frame_bytes);
        judged_ = false;
        more_headers_ = {};
        deadline_ = clock::now() + options_.head_time;
    }
    bool judge(bool wait_for_body) {
        judged_ = true;
        const http_request& head = parser_->get();
        chunked_ = head.version() >= 11;
        keep_ = head.keep_alive() && !last_;
        head_only_ = head.method() == boost::beast::http::verb::head;
        more_headers_ = handler_.headers_for(head);
        if (const http_refusal why = handler_.judge(head, principal_)) return give_up(why), false;
        parser_->eager(true);
        deadline_ = clock::now() + options_.body_time;
        if (wait_for_body && !parser_->is_done() && detail::same_word(header_of(head, "Expect"), "100-continue")) write("HTTP/1.1 100 Continue\r\n\r\n");
        return true;
    }
    void work() {
        phase_ = phase::working;
        deadline_ = never;
        http_request whole = parser_->release();
        parser_.reset();
        handler_.serve(shared_from_this(), std::move(whole));
    }

    static http_refusal refusal_of(boost::system::error_code ec) {
        using boost::beast::http::error;
        if (ec == error::header_limit) return {431, "the headers are too long"};
        if (ec == error::body_limit) return {413, "the body is too long"};
        return {400, concat({"this is no HTTP: ", ec.message()})};
    }
    /// Answers what can't be read on, and closes.
    void give_up(const http_refusal& why) {
        keep_ = false;
        parser_.reset();
        refuse(why);
    }

    void put_head(std::string& out, unsigned status, std::string_view headers, std::string_view media_type) const {
        const auto reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
        append_all(out, {"HTTP/1.1 ", decimal(status), " ", {reason.data(), reason.size()}, "\r\n", headers, more_headers_});
        if (!media_type.empty())
            append_all(out, {"Content-Type: ", media_type, "\r\nX-Content-Type-Options: nosniff\r\n"});
        append_all(out, {keep_ ? (chunked_ ? "" : "Connection: keep-alive\r\n") : "Connection: close\r\n"});
    }

    void write(std::string&& bytes) {
        if (phase_ == phase::closed) return;
        if (writing_) return void(next_ += bytes);
        out_ = std::move(bytes);
        written_ = out_.empty() ? 0 : channel_->write_now(out_);
        writing_ = true;
        last_written_ = clock::now();
        write_on();
    }
    void write_on() {
        if (phase_ == phase::closed) return void(writing_ = false);
        if (written_ == out_.size()) {
            out_.clear();
            written_ = 0;
            out_.swap(next_);
        }
        if (written_ < out_.size()) return channel_->write(std::string_view(out_).substr(written_), shared_from_this());
        writing_ = false;
        out_ = {}, next_ = {};
        if (phase_ == phase::answered) next_request();
    }
    void next_request() {
        if (!keep_) return end();
        phase_ = phase::reading;
        deadline_ = clock::now() + options_.idle_time;
        if (ahead_.empty()) return read();
        boost::asio::post(channel_->socket().get_executor(), [self = shared_from_this()] {
            if (self->phase_ != phase::reading) return;
            self->feed({});
            if (self->phase_ != phase::closed) self->read();
        });
    }
    /// Closes so that the client still reads what was said: what it sends is taken for a while.
    void end() {
        phase_ = phase::ending;
        deadline_ = clock::now() + ending_time;
        ahead_ = {};
        channel_->end_writing();
        read();
    }
    void forget() {
        if (const auto owner = std::exchange(owner_, {}).lock()) owner->on_lost();
        keeper_.on_closed(*this);
    }

    std::unique_ptr<channel> channel_;
    request_handler& handler_;
    connection_keeper& keeper_;
    const http_options& options_;
    std::unique_ptr<parser> parser_;
    std::weak_ptr<stream_owner> owner_;
    std::string principal_;
    std::string more_headers_;         // of what answers this request
    std::string ahead_;                // came, but was not parsed
    std::string out_, next_;           // is written, comes after that
    std::size_t written_ = 0;          // of out_
    clock::time_point deadline_ = never, last_written_{}, last_event_{};
    phase phase_ = phase::reading;
    bool is_reading_ = false, writing_ = false, judged_ = false;
    bool keep_ = true, last_ = false, chunked_ = true, head_only_ = false;
};

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_TRANSPORT_HTTP_CONNECTION_HPP
