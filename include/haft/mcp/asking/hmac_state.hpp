// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_ASKING_HMAC_STATE_HPP
#define HAFT_MCP_ASKING_HMAC_STATE_HPP

/// A keeper of requestState that keeps nothing: the client carries it, authenticated by HMAC-SHA-256. So any process that has the
/// key goes on with a call that another has begun. Needs Boost.Hash2 (Boost 1.86 or later).

#include <haft/core/base64.hpp>
#include <haft/core/config.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/mcp/asking/request_state.hpp>
#include <haft/mcp/wire/random_digits.hpp>

#include <boost/hash2/sha2.hpp>

#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::mcp {

/// Clients can read what they carry, and not change it. Each token is good once in this process: another process of the same key
/// knows nothing of that, so what must happen once only must be guarded by the tool itself.
class hmac_state final : public state_keeper {
public:
    using clock = std::function<std::chrono::system_clock::time_point()>;

    /// The key should have 32 random bytes; "": one that only this object has.
    HAFT_COLD explicit hmac_state(std::string key = {}, clock now = &std::chrono::system_clock::now)
        : key_(key.empty() ? random_digits(32) : std::move(key)), now_(std::move(now)) {}

    HAFT_COLD std::string keep(std::string content, std::string_view binding, std::chrono::seconds lasts) override {
        const std::string body = concat({"{\"until\":", decimal(seconds_from_epoch() + static_cast<std::uint64_t>(lasts.count())),
                                         ",\"once\":\"", random_digits(16), "\",\"content\":", json::string_text(content), "}"});
        std::string out;
        append_base64(out, body);
        out += '.';
        append_base64(out, code_of(body, binding));
        return out;
    }

    HAFT_COLD std::optional<std::string> take(std::string_view token, std::string_view binding) override {
        const std::size_t point = token.find('.');
        std::string body, code;
        if (point == token.npos || !append_base64_bytes(body, token.substr(0, point)) ||
            !append_base64_bytes(code, token.substr(point + 1)) || !same(code, code_of(body, binding)))
            return std::nullopt;
        const auto members = json::members_of(body);  // from here on it is what this key has written
        const std::string_view number = json::value_of(members, "until");
        std::uint64_t until = 0;
        std::from_chars(number.data(), number.data() + number.size(), until);
        const std::uint64_t now = seconds_from_epoch();
        if (now >= until) return std::nullopt;
        const std::lock_guard lock(guard_);
        while (!taken_.empty() && taken_.begin()->first <= now) taken_.erase(taken_.begin());
        if (!taken_.emplace(until, json::string_of(json::value_of(members, "once"))).second) return std::nullopt;
        return json::string_of(json::value_of(members, "content"));
    }

private:
    std::uint64_t seconds_from_epoch() const {
        return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(now_().time_since_epoch()).count());
    }
    std::string code_of(std::string_view body, std::string_view binding) const {
        boost::hash2::hmac_sha2_256 mac(key_.data(), key_.size());
        const std::string length = decimal(binding.size()) + ":";  // so that the two can't run into each other
        for (const std::string_view part : {std::string_view(length), binding, body})
            if (!part.empty()) mac.update(part.data(), part.size());
        std::string out;
        for (const unsigned char byte : mac.result()) out += static_cast<char>(byte);
        return out;
    }
    /// In a time that does not tell where they differ.
    static bool same(std::string_view a, std::string_view b) noexcept {
        if (a.size() != b.size()) return false;
        unsigned differ = 0;
        for (std::size_t i = 0; i < a.size(); ++i)
            differ |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
        return differ == 0;
    }

    std::string key_;
    clock now_;
    std::mutex guard_;
    std::set<std::pair<std::uint64_t, std::string>> taken_;  // until when, which
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_ASKING_HMAC_STATE_HPP
