// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_WAITING_CALLS_HPP
#define HAFT_MCP_SERVER_WAITING_CALLS_HPP

/// Calls whose tool has asked its client something, until 2025-11-25: the client is sent requests, and the call runs again when all
/// of them are answered. Nothing blocks meanwhile.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/mcp/asking/asking.hpp>
#include <haft/mcp/asking/request_state.hpp>
#include <haft/mcp/server/stream.hpp>
#include <haft/mcp/wire/message.hpp>
#include <haft/mcp/wire/random_digits.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

struct waiting_call {
    std::string message;  ///< the request, which is worked off again
    std::string id;       ///< of it, as JSON
    asked_call call;
    std::shared_ptr<open_stream> to;  ///< null: the stream of bytes
    std::chrono::steady_clock::time_point until;
    std::vector<std::string> ask_ids = {};  ///< of call.open, one for one; "" of what is answered
};

/// A question as the request that is sent to a client. `id` is its JSON text.
HAFT_COLD inline std::string question_frame(const question& q, std::string_view id, revision r) {
    std::string params = q.params.empty() ? "{}" : q.params;
    if (q.kind == question_kind::url && !is_stateless(r))  // it wants a name, by which a server may tell that it is over
        params.insert(params.size() - 1, concat({",\"elicitationId\":\"", random_digits(16), "\""}));
    return concat({R"({"jsonrpc":"2.0","id":)", id, R"(,"method":")", method_for(q.kind), R"(","params":)", params, "}\n"});
}
/// Tells a client that it need not answer any more.
HAFT_COLD inline std::string question_cancelled(std::string_view id) {
    return concat({R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":)", id, "}}\n"});
}

/// Use from the thread of the server. Nothing in it looks at a clock by itself: see first_deadline and expire.
class waiting_calls {
public:
    using clock = std::chrono::steady_clock;

    std::size_t size() const noexcept { return all_.size(); }
    bool empty() const noexcept { return all_.empty(); }
    bool has(std::string_view id) const noexcept {
        return std::any_of(all_.begin(), all_.end(), [&](const waiting_call& c) { return c.id == id; });
    }
    std::optional<clock::time_point> first_deadline() const noexcept {
        std::optional<clock::time_point> out;
        for (const waiting_call& c : all_)
            if (!out || c.until < *out) out = c.until;
        return out;
    }

    /// The frames that ask.
    HAFT_COLD std::string add(waiting_call&& one, revision r) {
        std::string frames;
        for (const question& q : one.call.open) {
            one.ask_ids.push_back(concat({"\"haft-", decimal(++last_), "\""}));
            frames += question_frame(q, one.ask_ids.back(), r);
        }
        all_.push_back(std::move(one));
        return frames;
    }

    /// Takes a response. False: nothing was asked under its id. What has all its answers then moves to `ready`.
    HAFT_COLD bool answered(const message& response, std::list<waiting_call>& ready) {
        if (response.id.empty()) return false;
        for (auto at = all_.begin(); at != all_.end(); ++at) {
            const auto found = std::find(at->ask_ids.begin(), at->ask_ids.end(), response.id);
            if (found == at->ask_ids.end()) continue;
            const question& q = at->call.open[static_cast<std::size_t>(found - at->ask_ids.begin())];
            known_answer a{q.key};
            if (response.result.starts_with('{')) a.json = response.result;
            else a.failure = why_failed(response);
            at->call.answers.push_back(std::move(a));
            found->clear();
            move_if_answered(at, ready);
            return true;
        }
        return false;
    }

    /// What nobody has answered by now is answered by saying so. Gives the frames that take the questions back, each with where it was
    /// asked.
    HAFT_COLD std::vector<std::pair<std::shared_ptr<open_stream>, std::string>> expire(clock::time_point now, std::list<waiting_call>& ready) {
        std::vector<std::pair<std::shared_ptr<open_stream>, std::string>> all_frames;
        for (auto at = all_.begin(); at != all_.end();) {
            const auto here = at++;
            if (here->until > now) continue;
            std::string frames;
            for (std::size_t i = 0; i < here->ask_ids.size(); ++i) {
                if (here->ask_ids[i].empty()) continue;
                frames += question_cancelled(here->ask_ids[i]);
                here->call.answers.push_back({here->call.open[i].key, {}, "the client gave no answer in time"});
                here->ask_ids[i].clear();
            }
            all_frames.emplace_back(here->to, std::move(frames));
            move_if_answered(here, ready);
        }
        return all_frames;
    }

    /// Takes a call out that its client no longer wants; nothing if there is none of that id.
    HAFT_COLD std::optional<waiting_call> cancel(std::string_view id) {
        for (auto at = all_.begin(); at != all_.end(); ++at)
            if (at->id == id) return take(at);
        return std::nullopt;
    }
    HAFT_COLD void drop(const stream& gone) {
        all_.remove_if([&](const waiting_call& c) { return c.to && c.to->to.get() == &gone; });
    }

private:
    using place = std::list<waiting_call>::iterator;

    waiting_call take(place at) {
        waiting_call out = std::move(*at);
        all_.erase(at);
        return out;
    }
    void move_if_answered(place at, std::list<waiting_call>& ready) {
        const bool all = std::all_of(at->ask_ids.begin(), at->ask_ids.end(), [](const std::string& id) { return id.empty(); });
        if (all) ready.splice(ready.end(), all_, at);
    }
    static std::string why_failed(const message& response) {
        const std::string said = json::string_of(json::value_of(json::members_of(response.failure), "message"));
        if (response.failure.empty()) return "the client's answer is no JSON object";
        return concat({"the client answered with an error", said.empty() ? "" : ": ", said});
    }

    std::list<waiting_call> all_;
    std::uint64_t last_ = 0;
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_WAITING_CALLS_HPP
