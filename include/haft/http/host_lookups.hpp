// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HTTP_HOST_LOOKUPS_HPP
#define HAFT_HTTP_HOST_LOOKUPS_HPP

/// Looking up the addresses of a host, which the system does at its own pace and can't be stopped: who waits need not wait it out.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// One that goes on. Destroying it waits for the system.
struct host_lookup {
    boost::asio::io_context io;
    boost::asio::ip::tcp::resolver resolver{io};
    std::optional<boost::system::error_code> ended = {};
    boost::asio::ip::tcp::resolver::results_type found = {};

    void start(const std::string& host, const std::string& port) {
        resolver.async_resolve(host, port, [this](boost::system::error_code ec, auto results) {
            ended = ec;
            found = std::move(results);
        });
    }
};

/// Those that nobody waits for any more, until the system is done with them. Any thread.
class host_lookups {
public:
    void abandon(std::unique_ptr<host_lookup> one) {
        const std::lock_guard guard(mutex_);
        abandoned_.push_back(std::move(one));
    }
    void let_go_of_ended() {
        const std::lock_guard guard(mutex_);
        std::erase_if(abandoned_, [](const std::unique_ptr<host_lookup>& one) {
            one->io.poll();
            return one->ended.has_value();
        });
    }

private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<host_lookup>> abandoned_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_HTTP_HOST_LOOKUPS_HPP
