// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_EMISSION_FRAME_HPP
#define HAFT_HOOK_EMISSION_FRAME_HPP

/// How deep the hooks of this thread are nested: a hook calls a tool, which has hooks, which call … [fault 147]

namespace haft::inline v0::detail {

/// The most emissions that may be going on within each other on one thread.
inline constexpr unsigned most_nested_emissions = 16;

/// Stands on the stack while hooks are called.
class emission_frame {
public:
    emission_frame() noexcept { ++depth_; }
    emission_frame(const emission_frame&) = delete;
    emission_frame& operator=(const emission_frame&) = delete;
    ~emission_frame() { --depth_; }

    bool is_too_deep() const noexcept { return depth_ > most_nested_emissions; }
    /// Whether a hook is being called on this thread. It must not wait then for hooks to end: it could be one of them, or one that
    /// waits for it.
    static bool within_hook() noexcept { return depth_ != 0; }
    static unsigned depth_now() noexcept { return depth_; }

private:
    static inline constinit thread_local unsigned depth_ = 0;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_EMISSION_FRAME_HPP
