// SPDX-License-Identifier: BSL-1.0
// A configuration that is read again while others use it.
#include <haft/config.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <unit/config/support.hpp>

using haft_test::error_of;

namespace {

struct server_config {
    int first;
    int second = 0;
};

haft::live_config::checker fits() {
    return [](const haft::configuration& config) -> haft::result<void> {
        auto read = config.read<server_config>("/server");
        if (!read) return std::move(read.error());
        return {};
    };
}

}  // namespace

TEST_CASE("a new file is put in place as a whole; one that is bad is told, and the old one stays", "[NX-14][fault-114]") {
    const haft_test::folder here;
    const auto file = here.write("haft.toml", "[server]\nfirst = 1\n");
    haft::live_config live([&] { return haft::load_config(file); }, fits());
    std::vector<std::uint64_t> told;
    live.on_change([&](const haft::config_snapshot& now) {
        told.push_back(now.generation);
        throw std::runtime_error("nobody minds");
    });
    CHECK(live.generation() == 1);
    CHECK(live.snapshot().config->value().empty());
    REQUIRE(live.reload());
    const haft::config_snapshot first = live.snapshot();
    CHECK(first.generation == 2);
    CHECK(first.config->read<server_config>("/server")->first == 1);

    here.write("haft.toml", "[server]\nfirst = \n");
    CHECK(error_of(live.reload()).find("/haft.toml:2:9: no valid TOML") != std::string::npos);
    here.write("haft.toml", "[server]\nfrist = 1\n");
    const auto typo = live.reload();
    CHECK(typo.error().code == haft::errc::config_rejected);
    CHECK(error_of(typo).starts_with(
        "the new configuration is not used, the old one stays: the section \"/server\" can't be used: 2 faults\n- "));
    CHECK(error_of(typo).find("did you mean \"first\"?") != std::string::npos);
    std::filesystem::remove(file);
    CHECK(error_of(live.reload()).find("there is no such file") != std::string::npos);
    CHECK(live.snapshot().config == first.config);
    CHECK(live.generation() == 2);

    // The same again is no change.
    here.write("haft.toml", "# a comment\n[server]\nfirst = 1\n");
    REQUIRE(live.reload());
    CHECK_FALSE(*live.reload());
    CHECK(live.generation() == 2);
    here.write("haft.toml", "[server]\nfirst = 2\n");
    CHECK(*live.reload());
    CHECK(live.snapshot().config->read<server_config>("/server")->first == 2);
    CHECK(first.config->read<server_config>("/server")->first == 1);  // who has it keeps it
    CHECK(told == std::vector<std::uint64_t>{2, 3});
}

TEST_CASE("what the loader or the checker throws is an error", "[fault-114]") {
    haft::live_config thrown([]() -> haft::result<haft::configuration> { throw std::runtime_error("no disk"); });
    CHECK(error_of(thrown.reload()) == "the new configuration is not used, the old one stays: no disk [haft-E0385]");
    haft::live_config refused([] { return haft::parse_toml("a = 1"); },
                              [](const haft::configuration&) -> haft::result<void> { throw 7; });
    CHECK(error_of(refused.reload()).find("an exception that is no std::exception [haft-E0385]") != std::string::npos);
    CHECK(refused.snapshot().config->value().empty());
    haft::live_config said([] { return haft::parse_toml("a = 1"); }, [](const haft::configuration&) -> haft::result<void> {
        return haft::error{haft::errc::not_available, "the port is taken"};
    });
    CHECK(error_of(said.reload()) ==
          "the new configuration is not used, the old one stays: the port is taken [haft-E0273] [haft-E0385]");
}

TEST_CASE("readers on other threads get whole configurations while it is reloaded", "[NX-14][fault-114]") {
    int round = 0;
    haft::live_config live([&]() -> haft::result<haft::configuration> {
        ++round;
        if (round % 3 == 0) return haft::parse_toml("[server]\nfirst = ");
        const std::string n = std::to_string(round);
        return haft::parse_toml("[server]\nfirst = " + n + "\nsecond = " + n);
    }, fits());
    REQUIRE(live.reload());
    std::atomic<bool> over = false;
    std::atomic<int> torn = 0, back = 0;
    const auto read = [&] {
        std::uint64_t last = 0;
        while (!over) {
            const haft::config_snapshot now = live.snapshot();
            const auto server = now.config->read<server_config>("/server");
            if (!server || server->first != server->second) ++torn;
            if (now.generation < last) ++back;
            last = now.generation;
        }
    };
    std::thread a(read), b(read);
    const auto reload = [&] {  // two at a time, which wait for each other
        for (int i = 0; i < 100; ++i) static_cast<void>(live.reload());
    };
    std::thread c(reload), d(reload);
    c.join();
    d.join();
    over = true;
    a.join();
    b.join();
    CHECK(torn == 0);
    CHECK(back == 0);
    CHECK(live.generation() == 2 + 200 - 67);
}
