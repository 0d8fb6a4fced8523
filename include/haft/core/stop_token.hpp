// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_STOP_TOKEN_HPP
#define HAFT_CORE_STOP_TOKEN_HPP

/// Whether somebody asked for an end. As std::stop_token, which libc++ has only from 20 on, but without callbacks and
/// without owning anything.

namespace haft::inline v0 {

/// Looks at a stop_source, or at anything else with a `stop_requested()`, such as a std::stop_token, which must outlive it.
/// Any thread.
class stop_token {
public:
    /// Never stops.
    constexpr stop_token() = default;
    template <class Source>
        requires requires(const Source& s) { static_cast<bool>(s.stop_requested()); }
    constexpr explicit stop_token(const Source& source) noexcept
        : source_(&source), asked_([](const void* s) noexcept {
              return static_cast<bool>(static_cast<const Source*>(s)->stop_requested());
          }) {}
    constexpr stop_token(const stop_token&) = default;
    constexpr stop_token& operator=(const stop_token&) = default;

    bool stop_requested() const noexcept { return asked_ && asked_(source_); }
    constexpr bool stop_possible() const noexcept { return asked_ != nullptr; }

private:
    const void* source_ = nullptr;
    bool (*asked_)(const void*) noexcept = nullptr;
};

}  // namespace haft::inline v0

#endif  // HAFT_CORE_STOP_TOKEN_HPP
