// SPDX-License-Identifier: BSL-1.0
// Injected parameters: hidden, provided by type, at compile time or at run time. And coroutines as tools.
#include <haft/core/stop_source.hpp>
#include <haft/run/async_tool.hpp>
#include <haft/run/object_providers.hpp>
#include <haft/run/thread_pool.hpp>
#include <haft/tool/providers.hpp>
#include <haft/toolbox.hpp>
#include <haft/written.hpp>

#include "support.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

using namespace run_test;
using haft::injected;
namespace asio = boost::asio;

namespace {

struct database {
    int rows = 0;
};
struct request_id {
    std::string text;
};

int count_rows(const text_args& a, injected<database> db, injected<const request_id> id) {
    return ++db->rows + static_cast<int>(a.text.size() + id->text.size());
}
database& the_database() {
    static database one{40};
    return one;
}
request_id the_id(haft::call_context& context) { return {std::string(context.call_id())}; }
using host = haft::providers<&the_database, &the_id>;

struct book {
    int add(injected<database> db) { return ++db->rows; }
    static consteval auto haft_toolbox() { return haft::toolbox_words("A book", haft::method<&book::add>("Adds")); }
};

}  // namespace

TEST_CASE("An injected parameter is hidden from the schema, and no argument reaches it", "[NX-10]") {
    constexpr haft::tool t = host::make<&count_rows>("Counts");
    static_assert(t.name == "count_rows");
    static_assert(t.input_schema == haft::make<&count_rows>("Counts").input_schema);
    CHECK(t.input_schema.find("text") != std::string_view::npos);
    CHECK(t.input_schema.find("database") == std::string_view::npos);
    CHECK(t.input_schema.find("\"db\"") == std::string_view::npos);
    haft::call_runner runner(haft::toolset{t});
    CHECK(runner.run(call("count_rows", R"({"text":"","db":{"rows":7}})")).text.find("haft-E0203") !=
          std::string::npos);
    CHECK(runner.run(call("count_rows", R"({"text":"","rows":7})")).is_error);
}

TEST_CASE("What providers give at compile time is found by type, wherever the tool is called", "[NX-10]") {
    constexpr haft::tool t = host::make<&count_rows>({.description = "Counts", .name = "rows"});
    the_database().rows = 40;
    CHECK(*t.call(R"({"text":"abc"})") == "44");
    haft::call_runner runner(haft::toolset{t});
    CHECK(runner.run(call("rows", R"({"text":""})", "12345")).text == "47");  // 42 rows, 5 of the id
    CHECK(the_database().rows == 42);
    database other{1000};
    haft::object_providers others;
    others.add(other);
    haft::runner_options options;
    options.call.providers = &others;
    haft::call_runner cannot_override(haft::toolset{t}, options);
    CHECK(cannot_override.run(call("rows", R"({"text":""})", "1")).text == "44");
    CHECK(other.rows == 1000);
}

TEST_CASE("What a host provides at run time is found by type: its objects, and those made for a call", "[NX-10]") {
    database db{10};
    int made = 0;
    haft::object_providers given;
    given.add(db).add_factory([&](haft::call_context& context) {
        ++made;
        return request_id{std::string(context.call_id())};
    });
    haft::runner_options options;
    options.call.providers = &given;
    haft::toolset tools;
    tools.add("rows", "Counts", [](const text_args&, injected<database> d, const injected<request_id>& id) {
        return std::to_string(++d->rows) + " " + id->text;
    });
    haft::call_runner runner(tools, options);
    CHECK(runner.run(call("rows", R"({"text":""})", "7")).text == "11 7");
    CHECK(runner.run(call("rows", R"({"text":""})", "8")).text == "12 8");
    CHECK(made == 2);
    database newer{100};
    given.add(newer);
    CHECK(runner.run(call("rows", R"({"text":""})", "9")).text == "101 9");
}

TEST_CASE("Methods and handlers with hand-written schemas may have injected parameters as well", "[NX-10]") {
    database db;
    haft::object_providers given;
    given.add(db);
    haft::runner_options options;
    options.call.providers = &given;
    haft::toolset tools;
    auto box = haft::make_toolbox<book>();
    REQUIRE(box);
    REQUIRE(tools.add(*box));
    REQUIRE(tools.add(
        "raw", "Raw", haft::written_schemas(R"({"type":"object","properties":{}})"),
        [](std::string_view text, injected<database> d) { return ++d->rows + static_cast<int>(text.size()); }));
    haft::call_runner runner(tools, options);
    CHECK(runner.run(call("book.add")).text == "1");
    CHECK(runner.run(call("raw")).text == "4");
}

TEST_CASE("Where nobody provides an object the call is not made, and says what is missing", "[NX-10]") {
    bool called = false;
    haft::toolset tools;
    tools.add("rows", "Counts", [&](const no_args&, injected<database>) {
        called = true;
        return 1;
    });
    tools.add("raw", "Raw", haft::written_schemas(R"({"type":"object","properties":{}})"),
              [&](std::string_view, injected<database>) {
                  called = true;
                  return 1;
              });
    haft::call_runner runner(tools);
    CHECK(runner.run(call("rows")).text ==
          "Error: tool \"rows\" was not called: it needs a database of its host, and nobody provides one [haft-E0346]");
    CHECK(runner.run(call("raw")).text.find("haft-E0346") != std::string::npos);
    CHECK_FALSE(called);
}

TEST_CASE("A coroutine is a tool that gives what it comes to", "[EX-06]") {
    haft::toolset tools;
    tools.add("later", {.description = "Waits a moment", .hints = haft::thread_safe},
              [](const text_args& a) -> asio::awaitable<std::string> {
                  asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::milliseconds(1));
                  co_await timer.async_wait(asio::use_awaitable);
                  co_return a.text + " later";
              });
    tools.add("nothing", "Gives nothing", [](const no_args&) -> asio::awaitable<void> { co_return; });
    tools.add("fails", "Throws", [](const no_args&) -> asio::awaitable<int> {
        throw std::runtime_error("broke");
        co_return 1;
    });
    tools.add("may", "May fail", [](const no_args&) -> asio::awaitable<haft::result<int>> {
        co_return haft::error{haft::errc::tool_failed, "would not"};
    });
    haft::call_runner runner(tools);
    CHECK(runner.tools()->find("later")->output_schema == R"({"type":"string"})");
    CHECK(runner.run(call("later", R"({"text":"a"})")).text == "a later");
    CHECK(runner.run(call("nothing")).text == "null");
    CHECK(runner.run(call("fails")).text == "Error: broke [haft-E0210]");
    CHECK(runner.run(call("may")).text == "Error: would not [haft-E0210]");
}

TEST_CASE("Coroutines of a batch run side by side", "[EX-06]") {
    counter inside;
    haft::toolset tools;
    tools.add("meet", {.description = "Ends when all are there", .hints = haft::thread_safe},
              [&](const text_args& a) -> asio::awaitable<std::string> {
                  inside.add();
                  asio::steady_timer timer(co_await asio::this_coro::executor);
                  while (inside.value() < 3) {
                      timer.expires_after(std::chrono::milliseconds(1));
                      co_await timer.async_wait(asio::use_awaitable);
                  }
                  co_return a.text;
              });
    haft::thread_pool pool(4);
    haft::call_runner runner(tools, {.on = &pool});
    CHECK(texts(runner.run_all({call("meet", R"({"text":"a"})"), call("meet", R"({"text":"b"})"),
                                call("meet", R"({"text":"c"})")})) == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("A coroutine whose call is cancelled is cancelled in what it awaits", "[fault-67]") {
    counter begun;
    haft::toolset tools;
    tools.add("waits", "Waits an hour", [&](const no_args&) -> asio::awaitable<int> {
        asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::hours(1));
        begun.add();
        co_await timer.async_wait(asio::use_awaitable);
        co_return 1;
    });
    haft::call_runner runner(tools);
    haft::stop_source stop;
    std::thread stopper([&] {
        begun.wait_for(1);
        stop.request_stop();
    });
    CHECK(runner.run_all({call("waits")}, stop.token()).problems.at(0)->code == haft::errc::call_cancelled);
    stopper.join();
}
