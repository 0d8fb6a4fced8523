// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_NEWS_HPP
#define HAFT_MCP_SERVER_NEWS_HPP

/// How an mcp::server hears that its offer has changed, and whom it tells.

#include <haft/core/config.hpp>
#include <haft/mcp/server/server_class.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::mcp {

/// Requires that no tool runs inside `poll`.
inline void server::tell_news() {
    live_offer::news news = live_->since(heard_);
    const bool other_tools = news.now.tools != offer_.tools;
    offer_changes changes{.tools = other_tools && !news.now.tools->looks_like(*offer_.tools),
                          .prompts = news.now.prompts != offer_.prompts,
                          .resources = news.now.resources != offer_.resources,
                          .updated = std::move(news.updated),
                          .any_updated = news.more_updated};
    offer_ = std::move(news.now);
    if (other_tools) {
        tools_ = offer_.tools.get();
        burst_ = burst(tools_->size());
    }
    if (changes.none()) return;
    if (initialized_) {
        const std::string_view no_subscription;
        if (changes.tools) append_changed(out_, "tools/list_changed", no_subscription);
        if (changes.prompts) append_changed(out_, "prompts/list_changed", no_subscription);
        if (changes.resources) append_changed(out_, "resources/list_changed", no_subscription);
        subscribed_.append(out_, changes);
    }
    flush();
    for (std::size_t i = 0; i < listening_.size(); ++i) {  // a sink may come back, but not while this is busy
        const busy_guard guard(busy_);
        std::string frames;
        listening_[i].append(frames, changes);
        if (frames.empty()) continue;
        if (listening_[i].to) listening_[i].to->to->send(frames);
        else out_ += frames;
    }
    flush();
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_NEWS_HPP
