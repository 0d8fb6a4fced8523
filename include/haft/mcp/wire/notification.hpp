// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_WIRE_NOTIFICATION_HPP
#define HAFT_MCP_WIRE_NOTIFICATION_HPP

/// What a running tool tells, as notifications to the client: notifications/progress (basic/utilities/progress) and
/// notifications/message (server/utilities/logging).

#include <haft/core/config.hpp>
#include <haft/json/number.hpp>
#include <haft/json/write_number.hpp>
#include <haft/json/write_string.hpp>
#include <haft/mcp/wire/revision.hpp>
#include <haft/tool/call_listener.hpp>
#include <haft/tool/log_level.hpp>

#include <atomic>
#include <string>
#include <string_view>

namespace haft::inline v0::mcp {

/// Appends a whole frame. `token` is the JSON text that came with the request.
HAFT_APART inline void append_progress(std::string& out, std::string_view token, const progress& p, revision r) {
    out += R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":)";
    json::append_number(out.append(token).append(",\"progress\":"), p.done);
    if (json::is_finite(p.total) && p.total > 0) json::append_number(out += ",\"total\":", p.total);
    if (r >= revision::r2025_03_26 && !p.message.empty()) json::append_string(out += ",\"message\":", p.message);
    out += "}}\n";
}

/// Appends a whole frame. `logger` is the tool's name.
HAFT_APART inline void append_log(std::string& out, log_level level, std::string_view logger,
                                  std::string_view message) {
    out += R"({"jsonrpc":"2.0","method":"notifications/message","params":{"level":")";
    json::append_string(out.append(name_of(level)).append("\",\"logger\":"), logger);
    json::append_string(out += ",\"data\":", message);
    out += "}}\n";
}

enum class notification : unsigned char { progress, log };

/// Listens to one call and hands on what its client wants to hear: progress if the request had a token and the number
/// grows (the protocol wants that), log messages from the client's level on.
class call_reporter : public call_listener {
public:
    /// The texts and the level must outlive the call.
    call_reporter(std::string_view token, std::string_view tool, revision r,
                  const std::atomic<log_level>& level) noexcept
        : token_(token), tool_(tool), level_(level), revision_(r) {}

    void on_progress(const progress& p) final {
        if (token_.empty() || !json::is_finite(p.done) || (began_ && !(p.done > last_))) return;
        began_ = true;
        last_ = p.done;
        std::string frame;
        append_progress(frame, token_, p, revision_);
        send(notification::progress, std::move(frame));
    }
    void on_log(log_level level, std::string_view message) final {
        if (level < level_.load(std::memory_order_relaxed)) return;
        std::string frame;
        append_log(frame, level, tool_, message);
        send(notification::log, std::move(frame));
    }

protected:
    ~call_reporter() = default;

private:
    virtual void send(notification, std::string&& frame) = 0;

    std::string_view token_;
    std::string_view tool_;
    const std::atomic<log_level>& level_;
    revision revision_;
    bool began_ = false;
    double last_ = 0;
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_WIRE_NOTIFICATION_HPP
