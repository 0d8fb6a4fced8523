// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_LOG_HPP
#define HAFT_TOOL_LOG_HPP

/// What haft itself tells people while it works: which plugin was found, which was skipped, and why. Where it goes is a function
/// of the host's. [DC-12]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/tool/log_level.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// Where lines go: to standard error, to a host's own log, to an MCP client. Called on whichever thread has something to tell;
/// what it throws is dropped, since who tells must not fail of it.
using log_sink = std::function<void(log_level level, std::string_view channel, std::string_view message)>;

/// Which lines are told.
struct log_setting {
    log_level least = log_level::warning;
    std::string channel = {};  ///< "plugins", …; "": all of them
};

/// Reads what stands in HAFT_LOG: `level` or `level:channel`, such as `debug:plugins`. "" is the default, a warning or worse.
/// An error (E0452): no such level, and which is nearest; `from` says where it stood.
HAFT_COLD inline result<log_setting> parse_log_setting(std::string_view text, std::string_view from = "HAFT_LOG") {
    log_setting out;
    if (text.empty()) return out;
    const std::size_t colon = text.find(':');
    const std::string_view level = text.substr(0, colon);
    const auto known = find_log_level(level);
    if (!known) {
        nearest_name nearest(level);
        std::string names;
        for (const std::string_view one : log_level_names) {
            nearest.consider(one);
            append_all(names, {names.empty() ? "" : ", ", one});
        }
        error e{errc::bad_log_setting,
                concat({from, "=", in_quotes(text), ": there is no level ", in_quotes(level)})};
        append_did_you_mean(e.message, nearest.name());
        append_all(e.message, {nearest.name().empty() ? "; the" : " The", " levels are ", names});
        return e;
    }
    out.least = *known;
    if (colon != text.npos) out.channel = text.substr(colon + 1);
    return out;
}

/// A sink and what it wants to hear. Copies tell the same sink.
class logger {
public:
    /// Tells nobody.
    logger() = default;
    explicit logger(log_sink to, log_setting what = {}) : to_(std::move(to)), what_(std::move(what)) {}

    /// Whether a line would be told, for who would have to put it together first.
    bool tells(log_level level, std::string_view channel) const noexcept {
        return to_ && level >= what_.least && (what_.channel.empty() || what_.channel == channel);
    }
    HAFT_ABI_OF_EXCEPTIONS HAFT_COLD void tell(log_level level, std::string_view channel,
                                               std::string_view message) const {
        if (!tells(level, channel)) return;
#if HAFT_HAS_EXCEPTIONS()
        try {
            to_(level, channel, message);
        } catch (...) {}
#else
        to_(level, channel, message);
#endif
    }

private:
    log_sink to_;
    log_setting what_;
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_LOG_HPP
