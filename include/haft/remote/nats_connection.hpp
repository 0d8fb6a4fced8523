// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REMOTE_NATS_CONNECTION_HPP
#define HAFT_REMOTE_NATS_CONNECTION_HPP

/// A connection to NATS that comes back by itself, and the messages on it: libnats' handles as values. Link haft::nats.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/tool/log.hpp>
#include <haft/tool/log_level.hpp>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <unistd.h>

#include <nats/nats.h>

namespace haft::inline v0::remote {

/// Where the bus is, and who one is there.
struct nats_options {
    std::string url = "nats://127.0.0.1:4222";  ///< several with commas; `nats://user:password@host`, `nats://token@host`, `tls://host`
    std::string credentials_file = {};          ///< of a user of NATS' (`.creds`); "": none
    std::string token = {};                     ///< the server's, where it wants one; "": none
    std::string ca_file = {};                   ///< which certificates of servers are trusted, PEM; "": the system's
    std::string name = "haft";                  ///< shown by the server's monitoring
    logger log = {};                            ///< hears of connections that were lost and have come back
};

/// What becomes of messages that are sent while there is no connection.
enum class when_lost : unsigned char {
    kept,    ///< they go out once there is one again, up to libnats' buffer of 8 MiB
    refused  ///< NATS_INSUFFICIENT_BUFFER
};

/// The addresses without what stands before an @, which may be a secret.
HAFT_COLD inline std::string shown_url(std::string_view url) {
    std::string out;
    while (!url.empty()) {
        const std::size_t comma = url.find(',');
        std::string_view one = url.substr(0, comma);
        const std::size_t scheme = one.find("://");
        const std::size_t begin = scheme == one.npos ? 0 : scheme + 3;
        const std::size_t at = one.rfind('@');
        append_all(out, {out.empty() ? "" : ",", one.substr(0, begin), at == one.npos ? one.substr(begin) : one.substr(at + 1)});
        url.remove_prefix(comma == url.npos ? url.size() : comma + 1);
    }
    return out;
}

namespace detail {

/// What of the addresses can't be one; "" if nothing. libnats takes most of what it can't use, and tries it for ever.
HAFT_COLD inline std::string problem_of_urls(std::string_view urls) {
    const std::string_view all = urls;
    do {
        std::string_view one = urls.substr(0, urls.find(','));
        urls.remove_prefix((std::min)(one.size() + 1, urls.size()));
        std::string_view scheme = "nats";
        if (const std::size_t end = one.find("://"); end != one.npos) {
            scheme = one.substr(0, end);
            one.remove_prefix(end + 3);
        }
        if (const std::size_t at = one.rfind('@'); at != one.npos) one.remove_prefix(at + 1);
        const std::size_t colon = one.find(']') == one.npos ? one.find(':') : one.find(':', one.find(']'));
        std::size_t port = colon == one.npos ? 4222 : 0;
        if (colon != one.npos)
            for (const char c : one.substr(colon + 1)) port = c >= '0' && c <= '9' && port < 100'000 ? port * 10 + static_cast<std::size_t>(c - '0') : 100'000;
        if ((scheme != "nats" && scheme != "tls") || one.substr(0, colon).empty() || port == 0 || port > 65'535)
            return concat({in_quotes(shown_url(all)), " is no address of NATS; write nats://HOST:PORT or tls://HOST:PORT, several with commas"});
    } while (!urls.empty());
    return {};
}

struct nats_deleter {
    void operator()(natsOptions* one) const noexcept { ::natsOptions_Destroy(one); }
    void operator()(natsMsg* one) const noexcept { ::natsMsg_Destroy(one); }
    void operator()(natsSubscription* one) const noexcept { ::natsSubscription_Destroy(one); }
};
using nats_message = std::unique_ptr<natsMsg, nats_deleter>;
using nats_subscription = std::unique_ptr<natsSubscription, nats_deleter>;

inline std::string_view data_of(const natsMsg* m) noexcept {
    return {::natsMsg_GetData(m), static_cast<std::size_t>(::natsMsg_GetDataLength(m))};
}
/// "" where there is none. Valid as long as the message.
inline std::string_view header_of(natsMsg* m, const char* name) noexcept {
    const char* value = nullptr;
    return ::natsMsgHeader_Get(m, name, &value) == NATS_OK && value ? std::string_view(value) : std::string_view();
}
/// What a header can hold: no line ends, no other control characters. What has them is cut off there.
inline const char* header_text(std::string& kept) {
    for (std::size_t i = 0; i < kept.size(); ++i)
        if (static_cast<unsigned char>(kept[i]) < 0x20 || kept[i] == 0x7F) kept.resize(i);
    return kept.c_str();
}

}  // namespace detail

/// Any thread. Once it is open it stays so: while there is no server, connected() says so, and what is subscribed is subscribed again when
/// there is one.
class nats_connection {
public:
    /// A server that is not there yet is no error. One (E0439) says what can't be: an address, a file, a user.
    HAFT_COLD static result<std::unique_ptr<nats_connection>> open(nats_options how, when_lost sent) {
        std::unique_ptr<nats_connection> out(new nats_connection(std::move(how)));
        if (result<void> opened = out->open(sent); !opened) return std::move(opened.error());
        return out;
    }
    nats_connection(const nats_connection&) = delete;
    nats_connection& operator=(const nats_connection&) = delete;
    /// Subscriptions must have gone. Not on a thread of libnats'.
    ~nats_connection() {
        if (!connection_) return;
        closes_.store(true);
        ::natsConnection_Close(connection_);
        std::unique_lock lock(guard_);
        closed_.wait(lock, [&] { return is_closed_; });  // the last one that is told something: nobody uses this object after it
        lock.unlock();
        ::natsConnection_Destroy(connection_);
    }

    bool connected() const noexcept { return ::natsConnection_Status(connection_) == NATS_CONN_STATUS_CONNECTED; }
    const std::string& where() const noexcept { return where_; }  ///< without secrets
    /// The most bytes of a message's body.
    std::size_t max_payload() const noexcept {
        const std::int64_t most = ::natsConnection_GetMaxPayload(connection_);
        return most > 0 ? static_cast<std::size_t>(most) : std::size_t{1} << 20;
    }
    natsConnection* get() const noexcept { return connection_; }

    result<void> said(natsStatus status, std::string_view doing) const {
        if (status == NATS_OK) return {};
        return error{errc::bus_failed, concat({doing, " at ", where_, ": ", ::natsStatus_GetText(status)})};
    }

private:
    explicit nats_connection(nats_options how) : how_(std::move(how)), where_(shown_url(how_.url)) {}

    HAFT_COLD result<void> open(when_lost sent) {
        if (const std::string problem = detail::problem_of_urls(how_.url); !problem.empty()) return error{errc::bus_failed, problem};
        for (const auto& [file, what] : {std::pair<const std::string&, std::string_view>(how_.credentials_file, "credentials"), {how_.ca_file, "certificates"}})
            if (!file.empty() && ::access(file.c_str(), R_OK) != 0) return error{errc::bus_failed, concat({"the file of ", what, " ", in_quotes(file), " can't be read"})};
        natsOptions* made = nullptr;
        natsStatus s = ::natsOptions_Create(&made);
        const std::unique_ptr<natsOptions, detail::nats_deleter> options(made);
        const auto then = [&](auto set) {
            if (s == NATS_OK) s = set();
        };
        std::vector<std::string> urls;
        for (std::string_view rest = how_.url; !rest.empty();) {
            const std::size_t comma = rest.find(',');
            urls.emplace_back(rest.substr(0, comma));
            rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
        }
        std::vector<const char*> pointers;
        for (const std::string& one : urls) pointers.push_back(one.c_str());
        then([&] { return ::natsOptions_SetServers(made, pointers.data(), static_cast<int>(pointers.size())); });
        then([&] { return ::natsOptions_SetName(made, how_.name.c_str()); });
        then([&] { return ::natsOptions_SetSendAsap(made, true); });  // else a message waits a millisecond for others
        then([&] { return ::natsOptions_UseGlobalMessageDelivery(made, true); });  // else each subscription has a thread
        then([&] { return ::natsOptions_SetPingInterval(made, 5000); });  // of a machine that was cut off nothing else tells
        then([&] { return ::natsOptions_SetMaxPingsOut(made, 2); });
        then([&] { return ::natsOptions_SetMaxReconnect(made, 1 << 30); });
        then([&] { return ::natsOptions_SetReconnectWait(made, 250); });
        then([&] { return ::natsOptions_SetReconnectJitter(made, 100, 100); });
        if (sent == when_lost::refused) then([&] { return ::natsOptions_SetReconnectBufSize(made, 0); });
        then([&] { return ::natsOptions_SetRetryOnFailedConnect(made, true, &told_connected, this); });
        then([&] { return ::natsOptions_SetDisconnectedCB(made, &told_lost, this); });
        then([&] { return ::natsOptions_SetReconnectedCB(made, &told_connected, this); });
        then([&] { return ::natsOptions_SetErrorHandler(made, &told_wrong, this); });
        then([&] { return ::natsOptions_SetClosedCB(made, &told_closed, this); });
        if (!how_.token.empty()) then([&] { return ::natsOptions_SetToken(made, how_.token.c_str()); });
        if (!how_.ca_file.empty()) then([&] { return ::natsOptions_LoadCATrustedCertificates(made, how_.ca_file.c_str()); });
        if (how_.url.find("tls://") != std::string::npos) then([&] { return ::natsOptions_SetSecure(made, true); });
        if (!how_.credentials_file.empty())
            then([&] { return ::natsOptions_SetUserCredentialsFromFiles(made, how_.credentials_file.c_str(), nullptr); });
        then([&] { return ::natsConnection_Connect(&connection_, made); });
        if (s == NATS_NOT_YET_CONNECTED) {
            how_.log.tell(log_level::warning, "nats", concat({"nobody answers at ", where_, " yet"}));
            return {};
        }
        return said(s, "can't connect");
    }

    void tell(log_level level, std::string_view what) const { how_.log.tell(level, "nats", concat({what, where_})); }
    static void told_lost(natsConnection*, void* self) {
        const auto& own = *static_cast<nats_connection*>(self);
        if (!own.closes_.load()) own.tell(log_level::warning, "lost the connection to ");
    }
    static void told_connected(natsConnection*, void* self) { static_cast<nats_connection*>(self)->tell(log_level::info, "connected to "); }
    static void told_wrong(natsConnection*, natsSubscription*, natsStatus s, void* self) {
        static_cast<nats_connection*>(self)->tell(log_level::error, concat({::natsStatus_GetText(s), ", says the connection to "}));
    }
    static void told_closed(natsConnection*, void* self) {
        auto& own = *static_cast<nats_connection*>(self);
        if (!own.closes_.load()) own.tell(log_level::error, "no connection will be made any more to ");
        const std::lock_guard lock(own.guard_);
        own.is_closed_ = true;
        own.closed_.notify_all();
    }

    const nats_options how_;
    const std::string where_;
    natsConnection* connection_ = nullptr;
    std::mutex guard_;
    std::condition_variable closed_;
    bool is_closed_ = false;
    std::atomic<bool> closes_{false};
};

}  // namespace haft::inline v0::remote

#endif  // HAFT_REMOTE_NATS_CONNECTION_HPP
