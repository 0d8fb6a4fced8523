// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_ASKING_REQUEST_STATE_HPP
#define HAFT_MCP_ASKING_REQUEST_STATE_HPP

/// What a call has come to while its client gathers answers (2026-07-28, basic/patterns/mrtr, `requestState`): whoever brings it
/// back must be the one it was given to, for the same call, in time, and once. [fault-134]

#include <haft/core/config.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/mcp/asking/asking.hpp>
#include <haft/mcp/wire/random_digits.hpp>

#include <chrono>
#include <cstddef>
#include <iterator>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace haft::inline v0::mcp {

/// Safe from any thread; sessions and servers may share one.
class state_keeper {
public:
    /// A token for a content. `binding` says whose and what call's it is.
    virtual std::string keep(std::string content, std::string_view binding, std::chrono::seconds lasts) = 0;
    /// The content; nothing if the token is not of this keeper, not of this binding, too old, or was taken before.
    virtual std::optional<std::string> take(std::string_view token, std::string_view binding) = 0;
    virtual ~state_keeper() = default;
};

/// Keeps the contents in this process, and gives out what nobody can guess. Of too many, or of too much, the oldest are forgotten.
class state_in_memory final : public state_keeper {
public:
    explicit state_in_memory(std::size_t most = 10'000, std::size_t most_bytes = 64u << 20) : most_(most), most_bytes_(most_bytes) {}

    HAFT_COLD std::string keep(std::string content, std::string_view binding, std::chrono::seconds lasts) override {
        std::string token = random_digits(16);
        const auto now = std::chrono::steady_clock::now();
        const std::size_t size = binding.size() + content.size();
        const std::lock_guard lock(guard_);
        while (!kept_.empty() && (kept_.size() >= most_ || bytes_ + size > most_bytes_ || kept_.front().until <= now)) forget(kept_.begin());
        kept_.push_back({token, std::string(binding), std::move(content), now + lasts});
        by_token_.emplace(kept_.back().token, std::prev(kept_.end()));
        bytes_ += size;
        return token;
    }
    HAFT_COLD std::optional<std::string> take(std::string_view token, std::string_view binding) override {
        const std::lock_guard lock(guard_);
        const auto found = by_token_.find(token);
        if (found == by_token_.end() || found->second->binding != binding) return std::nullopt;
        const auto at = found->second;
        std::optional<std::string> content;
        if (std::chrono::steady_clock::now() < at->until) content = at->content;
        forget(at);
        return content;
    }
    /// Of what is kept, with what it is bound to.
    std::size_t bytes() const {
        const std::lock_guard lock(guard_);
        return bytes_;
    }

private:
    struct entry {
        std::string token, binding, content;
        std::chrono::steady_clock::time_point until;
    };
    void forget(std::list<entry>::iterator one) {
        bytes_ -= one->binding.size() + one->content.size();
        by_token_.erase(one->token);
        kept_.erase(one);
    }

    mutable std::mutex guard_;
    std::list<entry> kept_;  // the oldest first
    std::unordered_map<std::string_view, std::list<entry>::iterator> by_token_;
    std::size_t bytes_ = 0;
    std::size_t most_, most_bytes_;
};

/// The answers and the tool's state as a text, and back.
HAFT_COLD inline std::string text_of(const asked_call& call) {
    std::string out = concat({"{\"rounds\":", decimal(call.rounds), ",\"state\":", json::string_text(call.state), ",\"answers\":{"});
    for (const known_answer& a : call.answers) {
        if (out.back() != '{') out += ',';
        append_all(out, {json::string_text(a.key), ":", a.json});
    }
    return out += "}}";
}
HAFT_COLD inline asked_call read_asked_call(std::string_view text) {
    asked_call out;
    const auto members = json::members_of(text);
    out.state = json::string_of(json::value_of(members, "state"));
    for (const char c : json::value_of(members, "rounds")) out.rounds = out.rounds * 10 + static_cast<std::size_t>(c - '0');
    for (const json::member_piece& a : json::members_of(json::value_of(members, "answers")))
        out.answers.push_back({a.name, std::string(a.value)});
    return out;
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_ASKING_REQUEST_STATE_HPP
