// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_OFFER_PROMPT_HPP
#define HAFT_MCP_OFFER_PROMPT_HPP

/// A prompt as a server offers it: messages that a person picks, with arguments to fill in (server/prompts).

#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/mcp/offer/named_values.hpp>
#include <haft/mcp/offer/paging.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/content.hpp>
#include <haft/tool/speaker.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

struct prompt_argument {
    std::string name;
    std::string description = {};
    bool required = false;
    std::string title = {};
    completer complete = {};  ///< empty: nothing is proposed
};

struct prompt_message {
    speaker role = speaker::user;
    content_block content = {};
};

/// What a prompt comes to.
struct prompt_messages {
    std::vector<prompt_message> messages = {};
    std::string description = {};
};

struct prompt {
    std::string name;
    std::string description = {};
    std::vector<prompt_argument> arguments = {};
    /// Makes the messages. Every required argument is there. Called inside `poll`, on its thread; what it throws is told as an error.
    std::function<result<prompt_messages>(const named_values& arguments, call_context&)> get = {};
    std::string title = {};
};

/// Prompts of different names; of two with one name the first counts. Never changes, so sessions share it.
class offered_prompts {
public:
    HAFT_COLD explicit offered_prompts(std::vector<prompt> prompts) {
        for (prompt& p : prompts)
            if (by_name_.try_emplace(p.name, all_.size()).second) all_.push_back(std::move(p));
        for (const prompt& p : all_) id_.add(p.name);
    }

    const std::vector<prompt>& all() const noexcept { return all_; }
    std::size_t size() const noexcept { return all_.size(); }
    const prompt* find(std::string_view name) const {
        const auto found = by_name_.find(name);
        return found == by_name_.end() ? nullptr : &all_[found->second];
    }
    std::string list_id() const { return id_.text(); }
    bool completes() const noexcept {
        for (const prompt& p : all_)
            for (const prompt_argument& a : p.arguments)
                if (a.complete) return true;
        return false;
    }

private:
    std::vector<prompt> all_;
    std::map<std::string, std::size_t, std::less<>> by_name_;
    list_identity id_;
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_OFFER_PROMPT_HPP
