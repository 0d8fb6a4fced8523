// SPDX-License-Identifier: BSL-1.0
#include <haft/registry/explain.hpp>
#include <haft/registry/registry.hpp>
#include <haft/tool.hpp>

#include "failing_new.hpp"

#include <catch2/catch_test_macros.hpp>

#include <functional>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using allocation_test::failing_allocation;

namespace {

struct pair_args {
    std::string left;
    std::vector<std::string> right;
};

haft::owner owner_of(std::string_view name, std::string_view tool) {
    haft::owner out;
    out.name = name;
    out.tools.add(tool, "Joins texts that are long enough to need memory", [](const pair_args& a) {
        std::string text = a.left;
        for (const std::string& more : a.right) text += more;
        return text;
    });
    return out;
}

/// Everything that can be asked of a registry, as one text: equal before and after a change that has failed.
std::string everything(const haft::registry& r) {
    const auto now = r.snapshot();
    std::string out = r.model() + "|";
    for (const haft::tool& t : now->tools()) {
        out += std::string(t.name) + "(" + now->owner_of(t.name)->name + ") ";
        const auto called = t.call(R"({"left":"a","right":["b"]})");
        out += called ? *called : called.error().text();
    }
    for (const haft::catalog_row& row : now->rows())
        out += "|" + std::string(row.tool->name) + " " + std::string(haft::name_of(row.state)) + " " + row.owner->name;
    for (const auto& o : now->owners()) out += "|" + o.what->name + " " + std::string(haft::name_of(o.state));
    return out;
}

/// Does a change with the first, second, … allocation failing until it needs no more; after each failure everything is as it
/// was, and the same change succeeds.
void try_each(const std::function<void(haft::registry&)>& prepare, const std::function<bool(haft::registry&)>& change) {
    const haft::registry_options options{.model = "some model with a name that is too long for a short string"};
    haft::registry untroubled(options);
    prepare(untroubled);
    REQUIRE(change(untroubled));
    const std::string expected = everything(untroubled);
    long n = 1;
    for (bool done = false; !done; ++n) {
        REQUIRE(n < 5000);
        haft::registry r(options);
        prepare(r);
        const std::string before = everything(r);
        bool succeeded = false;
        bool failed = false;
        {
            const failing_allocation failing(n);
            try {
                succeeded = change(r);
            } catch (const std::bad_alloc&) { succeeded = false; }
            failed = failing.has_failed();
        }
        INFO("allocation " << n);
        if (!succeeded) {
            REQUIRE(failed);
            REQUIRE(everything(r) == before);
            REQUIRE(change(r));
        }
        done = !failed;
        REQUIRE(expected != before);
        REQUIRE(everything(r) == expected);
    }
    CHECK(n > 3);  // it was worth the trouble
}

void with_two(haft::registry& r) {
    REQUIRE(r.add_exposed(owner_of("first_owner_with_a_long_name", "join_with_a_name_that_is_long")));
    REQUIRE(r.add(owner_of("second_owner_with_a_long_name", "also_join_with_a_name_that_is_long")));
}

}  // namespace

TEST_CASE("registering survives any allocation that fails", "[fault-80.1]") {
    const haft::owner third = owner_of("third_owner_with_a_long_name", "third_join_with_a_name_that_is_long");
    SECTION("add") {
        try_each(with_two, [&](haft::registry& r) { return r.add(third).has_value(); });
    }
    SECTION("expose") {
        try_each(with_two, [&](haft::registry& r) {
            const auto exposed = r.expose("second_owner_with_a_long_name");
            return exposed && *exposed;
        });
    }
    SECTION("unexpose") {
        try_each(with_two, [&](haft::registry& r) { return r.unexpose("first_owner_with_a_long_name"); });
    }
    SECTION("remove") {
        try_each(with_two, [&](haft::registry& r) { return r.remove("first_owner_with_a_long_name"); });
    }
    SECTION("add_tool") {
        try_each(with_two, [&](haft::registry& r) {
            return r.add_tool("a_tool_of_the_host_with_a_long_name", "Answers", [] { return 1; }).has_value();
        });
    }
    SECTION("disable_tool") {
        try_each(with_two, [&](haft::registry& r) { return r.disable_tool("join_with_a_name_that_is_long"); });
    }
    SECTION("remove_tool") {
        try_each(
            [](haft::registry& r) {
                with_two(r);
                REQUIRE(r.add_tool("a_tool_of_the_host_with_a_long_name", "Answers", [] { return 1; }));
            },
            [](haft::registry& r) { return r.remove_tool("a_tool_of_the_host_with_a_long_name"); });
    }
    SECTION("disable_all_tools") {
        try_each(with_two, [&](haft::registry& r) { return r.disable_all_tools() == 2; });
    }
    SECTION("select") {
        try_each(with_two,
                 [&](haft::registry& r) { return r.select({"also_join_with_a_name_that_is_long"}).has_value(); });
    }
    SECTION("expose_all") {
        try_each(with_two, [&](haft::registry& r) { return r.expose_all().exposed.size() == 2; });
    }
    SECTION("set_model") {
        try_each(with_two, [&](haft::registry& r) {
            r.set_model("another model with a name that is too long for a short string");
            return true;
        });
    }
    SECTION("batch") {
        try_each(with_two, [&](haft::registry& r) {
            bool all = true;
            r.batch([&] {
                if (!r.add(third)) throw std::bad_alloc();
                const auto exposed = r.expose("third_owner_with_a_long_name");
                if (!exposed) throw std::bad_alloc();
                all = *exposed;
            });
            return all;
        });
    }
}

TEST_CASE("whom the want of memory keeps from being exposed is shut down if it was initialised", "[fault-80.1]") {
    long n = 1;
    for (bool done = false; !done; ++n) {
        REQUIRE(n < 5000);
        int running = 0;
        haft::registry r;
        haft::owner o = owner_of("an_owner_with_a_long_name_too", "join_with_a_name_that_is_long");
        o.initialize = [&](std::string_view) {
            ++running;
            return haft::result<haft::toolset>(haft::toolset{});
        };
        o.shutdown = [&] { --running; };
        REQUIRE(r.add(std::move(o)));
        {
            const failing_allocation failing(n);
            try {
                static_cast<void>(r.expose("an_owner_with_a_long_name_too", R"({"key":"a text that is long enough"})"));
            } catch (const std::bad_alloc&) {}
            done = !failing.has_failed();
        }
        INFO("allocation " << n);
        REQUIRE(running == (r.is_exposed("an_owner_with_a_long_name_too") ? 1 : 0));
        r.unexpose_all();
        REQUIRE(running == 0);
    }
    CHECK(n > 3);
}

TEST_CASE("calling survives any allocation that fails", "[fault-80.2]") {
    haft::registry r;
    with_two(r);
    const std::string before = everything(r);
    constexpr std::string_view arguments =
        R"({"left":"a text that is too long for a short string","right":["and another such text, which needs memory"]})";
    const std::string expected = *r.call("join_with_a_name_that_is_long", arguments);
    long n = 1;
    for (bool done = false; !done; ++n) {
        REQUIRE(n < 1000);
        std::optional<std::string> given;
        std::string problem;
        bool failed = false;
        {
            const failing_allocation failing(n);
            try {
                auto result = r.call("join_with_a_name_that_is_long", arguments);
                if (result) given = std::move(*result);
                else problem = std::move(result.error().message);
            } catch (const std::bad_alloc&) { problem = "no memory for the result"; }
            failed = failing.has_failed();
        }
        INFO("allocation " << n << ": " << problem);
        if (given) REQUIRE(*given == expected);
        else REQUIRE(failed);
        done = !failed;
        REQUIRE(everything(r) == before);
    }
    CHECK(n > 4);
}
