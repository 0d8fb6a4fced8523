// SPDX-License-Identifier: BSL-1.0
// Ctrl-C between and at questions; at a terminal, tests/haft_command/mcp.py and chat.py try it.
#include <haft/host/interrupt.hpp>

#include <catch2/catch_test_macros.hpp>

#include <signal.h>

using haft::host::interrupt_flag;
using haft::host::stop_on_interrupt;

TEST_CASE("Ctrl-C at a question stops the call that asks, and one just before a question ends that question", "[NX-11]") {
    stop_on_interrupt stop;
    SECTION("at it") {
        {
            const interrupt_flag question;
            CHECK(!question.raised());
            ::raise(SIGINT);
            CHECK(question.raised());
        }
        CHECK(stop.stop_requested());
    }
    SECTION("before it") {
        ::raise(SIGINT);
        CHECK(stop.stop_requested());
        const interrupt_flag question;
        CHECK(question.raised());
    }
    SECTION("not at all") {
        { const interrupt_flag question; }
        CHECK(!stop.stop_requested());
    }
}

TEST_CASE("A stop that is over is not for the next question") {
    {
        const stop_on_interrupt stop;
        ::raise(SIGINT);
    }
    const interrupt_flag question;
    CHECK(!question.raised());
}
