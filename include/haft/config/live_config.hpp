// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_LIVE_CONFIG_HPP
#define HAFT_CONFIG_LIVE_CONFIG_HPP

/// A configuration that is read again while the program runs. [NX-14] [fault 114]

#include <haft/config/configuration.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/published.hpp>
#include <haft/core/result.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// One state of a configuration, which never changes.
struct config_snapshot {
    std::uint64_t generation = 0;  ///< 1 at first; grows with each that is put in place
    std::shared_ptr<const configuration> config;
};

/// Holds the newest configuration that was good. Who took a snapshot keeps it as long as he likes.
class live_config {
public:
    /// Makes a configuration, of files and whatever else. May throw.
    using loader = std::function<result<configuration>()>;
    /// Says whether a configuration may be used: reads its sections, for example. May throw.
    using checker = std::function<result<void>(const configuration&)>;
    /// Told of each that was put in place, on the thread that reloads, which may not reload again in it. May throw, to no effect.
    using listener = std::function<void(const config_snapshot&)>;

    /// Begins with `first`, which was checked, or with an empty one. Requires a loader.
    explicit live_config(loader load, checker accept = {}, configuration first = {})
        : load_(std::move(load)),
          accept_(std::move(accept)),
          current_(std::make_shared<const configuration>(std::move(first))) {}

    live_config(const live_config&) = delete;
    live_config& operator=(const live_config&) = delete;

    /// The newest one and its number. Any thread.
    config_snapshot snapshot() const {
        config_snapshot out;
        out.config = current_.get(out.generation);
        return out;
    }
    std::uint64_t generation() const noexcept { return current_.generation(); }

    /// To be told of changes. Before the first reload.
    void on_change(listener told) { changed_ = std::move(told); }

    /// Loads and checks, and then puts the new one in place; true if it differs from the old one. On an error the old one
    /// stays, as it was. Errors: the loader's own; E0385 with the checker's words, or if one of them throws. Any thread; one
    /// after the other.
    HAFT_COLD result<bool> reload() {
        const std::lock_guard guard(reloading_);
        try {
            result<configuration> next = load_();
            if (!next) return std::move(next.error());
            if (accept_)
                if (result<void> fits = accept_(*next); !fits) return rejected(std::move(fits.error()));
            if (next->value() == current_.get()->value()) return false;
            current_.put(std::make_shared<const configuration>(std::move(*next)));
        } catch (...) {
            return error{errc::config_rejected, concat({"the new configuration is not used, the old one stays: ",
                                                         detail::caught_text()})};
        }
        if (changed_) try {
                changed_(snapshot());
            } catch (...) {}  // it is in place
        return true;
    }

private:
    static error rejected(error&& from) {
        error e{errc::config_rejected, {}, std::move(from.faults), from.more_faults};
        e.message = concat({"the new configuration is not used, the old one stays: ", from.message});
        if (e.faults.empty()) append_all(e.message, {" [", code_text(from.code), "]"});
        return e;
    }

    loader load_;
    checker accept_;
    listener changed_;
    std::mutex reloading_;
    detail::published<configuration> current_;
};

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_LIVE_CONFIG_HPP
