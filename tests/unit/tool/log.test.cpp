// SPDX-License-Identifier: BSL-1.0
#include <haft/tool/log.hpp>

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>

TEST_CASE("HAFT_LOG is a level, and perhaps a channel", "[DC-12]") {
    CHECK(haft::parse_log_setting("")->least == haft::log_level::warning);
    CHECK(haft::parse_log_setting("debug")->channel.empty());
    CHECK(haft::parse_log_setting("info:plugins")->least == haft::log_level::info);
    CHECK(haft::parse_log_setting("info:plugins")->channel == "plugins");
    const auto wrong = haft::parse_log_setting("degub:plugins");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == haft::errc::bad_log_setting);
    CHECK(wrong.error().text() ==
          "HAFT_LOG=\"degub:plugins\": there is no level \"degub\"; did you mean \"debug\"? The levels are "
          "debug, info, notice, warning, error, critical, alert, emergency [haft-E0452]");
}

TEST_CASE("A sink hears what it wants to, and may fail", "[DC-12]") {
    std::string heard;
    const haft::logger log(
        [&](haft::log_level level, std::string_view channel, std::string_view message) {
            heard += std::string(name_of(level)) + " " + std::string(channel) + " " + std::string(message) + ";";
            if (message == "throw") throw std::runtime_error("disk full");
        },
        *haft::parse_log_setting("info:plugins"));
    log.tell(haft::log_level::debug, "plugins", "a");
    log.tell(haft::log_level::error, "calls", "b");
    log.tell(haft::log_level::info, "plugins", "c");
    log.tell(haft::log_level::alert, "plugins", "throw");
    CHECK(heard == "info plugins c;alert plugins throw;");
    CHECK(log.tells(haft::log_level::info, "plugins"));
    CHECK_FALSE(haft::logger().tells(haft::log_level::emergency, ""));
    haft::logger().tell(haft::log_level::emergency, "", "nobody");
}
