// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_SESSION_HPP
#define HAFT_MCP_TRANSPORT_HTTP_SESSION_HPP

/// What belongs to one client of a revision before 2026-07-28, from its `initialize` on.

#include <haft/mcp/transport/http/polled_server.hpp>
#include <haft/mcp/transport/http/reply.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace haft::inline v0::mcp::http {

/// Use from the thread that serves.
class session {
public:
    using clock = reply::clock;

    session(std::string id, std::string principal, std::shared_ptr<polled_server> at)
        : id_(std::move(id)), principal_(std::move(principal)), at_(std::move(at)) {}
    session(const session&) = delete;
    session& operator=(const session&) = delete;

    const std::string& id() const noexcept { return id_; }
    const std::string& principal() const noexcept { return principal_; }
    server& serving() const noexcept { return **at_; }

    /// When it was last used; a session that is being used is used now.
    clock::time_point used = clock::now();
    /// The stream of what belongs to no call, which the client may take (GET).
    std::shared_ptr<reply> standing;

    std::uint64_t next_number() noexcept { return ++last_number_; }
    void add(std::shared_ptr<reply> one) {
        const std::uint64_t number = one->how().number;
        replies_.emplace(number, std::move(one));
        ++open_;
    }
    /// Null if there is none: it was never of this session, or is forgotten.
    std::shared_ptr<reply> find(std::uint64_t number) const {
        if (number == 0) return standing;
        const auto at = replies_.find(number);
        return at == replies_.end() ? nullptr : at->second;
    }
    /// Of a reply that is done: it is kept only if it has something that may be asked for again. Once of each, or else `forget`.
    void finished(const reply& one) {
        --open_;
        if (one.kept_bytes() == 0) replies_.erase(one.how().number);
    }
    void forget(const reply& one) {
        --open_;
        kept_ -= one.kept_bytes();
        replies_.erase(one.how().number);
    }
    bool has_open_streams() const noexcept { return open_ > 0 || (standing && standing->is_open()); }

    /// Replies keep so much more of what may be asked for again; of all that, what is oldest is forgotten until no more than `most` is kept.
    void keeps_more(std::size_t bytes, std::size_t most) {
        kept_ += bytes;
        for (auto at = replies_.begin(); kept_ > most && at != replies_.end();) {
            kept_ -= at->second->kept_bytes();
            if (at->second->is_done()) at = replies_.erase(at);
            else {
                while (at->second->kept_bytes() > 0) at->second->forget_first();
                ++at;
            }
        }
        while (standing && standing->kept_bytes() > 0 && kept_ > most) {
            kept_ -= standing->kept_bytes();
            standing->forget_first();
            kept_ += standing->kept_bytes();
        }
    }
    std::size_t kept_bytes() const noexcept { return kept_; }

    /// Ends everything that is open.
    void end() {
        if (standing) standing->drop();
        for (const auto& [number, one] : replies_) one->drop();
    }

private:
    std::string id_;
    std::string principal_;
    std::shared_ptr<polled_server> at_;
    std::map<std::uint64_t, std::shared_ptr<reply>> replies_;  // by number, so from the oldest on
    std::uint64_t last_number_ = 0;
    std::size_t open_ = 0;  // of replies_, that are not done
    std::size_t kept_ = 0;  // bytes of all of them
};

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_TRANSPORT_HTTP_SESSION_HPP
