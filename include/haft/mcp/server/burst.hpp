// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_BURST_HPP
#define HAFT_MCP_SERVER_BURST_HPP

/// Which answers may wait for the calls behind them, so that a burst of small calls is answered in few writes.

#include <chrono>
#include <cstddef>
#include <vector>

namespace haft::inline v0::mcp {

/// Knows of each tool whether all of its calls so far were quick. Only for such a tool's call do the answers before it wait: no
/// answer waits for a call that could be foreseen to be slow, and none for more than a few of the others.
class burst {
public:
    using clock = std::chrono::steady_clock;

    explicit burst(std::size_t tools) : quick_calls_(tools) {}

    /// Whether answers may wait for a call of that tool. The first of them is then waiting from now on.
    bool may_wait_for(std::size_t tool) {
        if (quick_calls_[tool] != enough) return false;
        begun_ = clock::now();
        if (!waiting_) waiting_ = true, since_ = begun_;
        return begun_ - since_ < longest_wait;
    }
    /// Nothing waits any more.
    void sent() noexcept { waiting_ = false; }

    /// A call begins and ends; the clock is read while a tool is not known yet, and where answers wait.
    void begins(std::size_t tool) {
        timed_ = waiting_ || quick_calls_[tool] < enough;
        if (timed_ && !waiting_) begun_ = clock::now();
    }
    void ends(std::size_t tool) {
        if (!timed_) return;
        if (clock::now() - begun_ > quick) quick_calls_[tool] = never;
        else if (quick_calls_[tool] < enough) ++quick_calls_[tool];
    }

private:
    static constexpr unsigned char enough = 16;  // calls in a row
    static constexpr unsigned char never = 255;
    static constexpr std::chrono::microseconds quick{100};
    static constexpr std::chrono::milliseconds longest_wait{1};

    std::vector<unsigned char> quick_calls_;
    clock::time_point since_;
    clock::time_point begun_;
    bool waiting_ = false;
    bool timed_ = false;
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_BURST_HPP
