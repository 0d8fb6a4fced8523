// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_CONTEXT_COLLECTOR_HPP
#define HAFT_MODEL_CONTEXT_COLLECTOR_HPP

/// What makes room when a talk has grown too long for its model: jaato's context garbage collection.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/tool/block_text.hpp>
#include <haft/tool/content.hpp>
#include <haft/tool/message.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// How full it is.
struct context_use {
    std::uint64_t used = 0;   ///< tokens, measured or estimated
    std::uint64_t limit = 0;  ///< tokens that the model has; 0: unknown
};

/// What is left of a talk.
struct collected_context {
    std::vector<message> messages = {};
    std::size_t dropped = 0;              ///< messages that are gone
    std::vector<std::string> notes = {};  ///< what happened, in words for people
};

/// Decides when and how a talk is made shorter. Found in a `registry_of<context_collector>`. [MP-05]
class context_collector {
public:
    static constexpr const char* kind_name = "context collector";
    virtual ~context_collector() = default;
    virtual bool should_collect(const std::vector<message>& messages, context_use use) const = 0;
    /// A shorter talk that a model can go on with: no answer without its call, no call without its answers.
    virtual result<collected_context> collect(std::vector<message> messages, context_use use) = 0;
};

/// Tokens of a message, roughly: a quarter of its bytes, and 4 for what is around it.
HAFT_COLD inline std::uint64_t estimated_tokens(const message& m) {
    std::uint64_t bytes = m.text.size();
    const auto add = [&](const content& blocks) {
        for (const content_block& block : blocks) bytes += size_of(block).text + size_of(block).binary;
    };
    add(m.attachments);
    for (const tool_call& c : m.calls) bytes += c.name.size() + c.arguments.size();
    for (const tool_answer& a : m.answers) {
        bytes += a.text.size();
        add(a.blocks);
    }
    return (bytes + 3) / 4 + 4;
}

/// Drops the oldest messages, as jaato's truncating collector does. System messages and the newest exchange stay; calls go with
/// their answers, and answers whose call has gone go too.
class drop_oldest final : public context_collector {
public:
    struct options {
        unsigned start_percent = 80;  ///< of the limit; from there on it collects
        unsigned keep_percent = 50;   ///< of the limit; until no more is used it drops
        std::function<std::uint64_t(const message&)> tokens = estimated_tokens;
    };
    drop_oldest() = default;
    explicit drop_oldest(options how) : how_(std::move(how)) {}

    bool should_collect(const std::vector<message>&, context_use use) const override {
        return use.limit != 0 &&
               use.used >= use.limit / 100 * how_.start_percent + use.limit % 100 * how_.start_percent / 100;
    }
    HAFT_COLD result<collected_context> collect(std::vector<message> messages, context_use use) override {
        const std::uint64_t target = use.limit / 100 * how_.keep_percent + use.limit % 100 * how_.keep_percent / 100;
        std::uint64_t used = 0;
        for (const message& m : messages) used += how_.tokens(m);
        if (use.used > used) used = use.used;  // somebody has measured more than there seems to be
        std::vector<bool> gone(messages.size(), false);
        const std::size_t newest = begin_of_newest(messages);
        for (std::size_t i = 0; i < newest && used > target;) {
            const std::size_t end = end_of_group(messages, i);
            for (; i < end; ++i) {
                if (messages[i].role == role::system) continue;
                gone[i] = true;
                const std::uint64_t tokens = how_.tokens(messages[i]);
                used = used > tokens ? used - tokens : 0;
            }
        }
        collected_context out;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            const bool orphan =
                messages[i].role == role::tool && (out.messages.empty() || out.messages.back().calls.empty());
            if (gone[i] || orphan) ++out.dropped;
            else out.messages.push_back(std::move(messages[i]));
        }
        if (out.dropped) out.notes.push_back(concat({"dropped the ", decimal(out.dropped), " oldest messages"}));
        return out;
    }

private:
    /// Behind the message at `i`, and behind the answers to its calls.
    static std::size_t end_of_group(const std::vector<message>& all, std::size_t i) {
        std::size_t end = i + 1;
        while (end < all.size() && all[end].role == role::tool) ++end;
        return end;
    }
    /// Where the last message of a person's stands, or the last group if there is none: what the model is about to reply to.
    static std::size_t begin_of_newest(const std::vector<message>& all) {
        for (std::size_t i = all.size(); i-- > 0;)
            if (all[i].role == role::user) return i;
        std::size_t begin = all.empty() ? 0 : all.size() - 1;
        while (begin > 0 && all[begin].role == role::tool) --begin;
        return begin;
    }

    options how_;
};

}  // namespace haft::inline v0

#endif  // HAFT_MODEL_CONTEXT_COLLECTOR_HPP
