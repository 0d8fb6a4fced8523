// SPDX-License-Identifier: BSL-1.0
// A plugin class as a shared library in haft's own host: how a call is to be made reaches its tools, and the person its commands.
#include <haft/command/command_set.hpp>
#include <haft/plugin/library/host_call.hpp>
#include <haft/plugin/library/library_plugin.hpp>
#include <haft/plugin/plugin_loader.hpp>
#include <haft/registry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

struct host {
    haft::registry registry;
    haft::plugin_loader loader{registry};

    host() {
        haft::library_options how;
        how.trust.check_owners = false;
        haft::result<haft::plugin_entry> entry = haft::library_entry(std::string(HAFT_TEST_GLUE) + "/weather.so", how);
        if (!entry) throw std::runtime_error(entry.error().text());
        loader.add(std::move(*entry), R"({"api_key":"k"})");
        const haft::load_report report = loader.load();
        if (!report.failed.empty()) throw std::runtime_error(report.failed[0].text());
    }
    std::string call(std::string_view tool, std::string_view arguments, const haft::call_options& how = {}) const {
        const haft::result<std::string> out = registry.call(tool, arguments, how);
        return out ? *out : out.error().text();
    }
};

constexpr std::string_view three_days = R"({"city":"Oslo","days":"3","x":1})";
constexpr std::string_view ahead = R"({"city":"Oslo","days":3,"degrees":[1.5,-2]})";

}  // namespace

TEST_CASE("A call that is lenient is so in a library too, and what was converted is noted", "[DC-09]") {
    const host h;
    CHECK(h.call("weather.ahead", three_days).starts_with("tool \"weather.ahead\" was not called: 2 faults in its arguments\n"));
    std::vector<haft::note> notes;
    haft::call_options how;
    how.mode = haft::lenient;
    how.notes = &notes;
    CHECK(h.call("weather.ahead", three_days, how) == ahead);
    REQUIRE(notes.size() == 2);
    CHECK(notes[0].pointer == "/days");
    CHECK(notes[1].pointer == "/x");
    how.notes = nullptr;
    CHECK(h.call("weather.ahead", three_days, how) == ahead);  // nobody wants to know
}

TEST_CASE("The limits of a call are a library's too, and whether its exceptions are shown", "[DC-09]") {
    const host h;
    constexpr std::string_view oslo = R"({"city":"Oslo"})";
    haft::call_options how;
    CHECK(h.call("weather.throws", oslo, how) == "no weather in Oslo [haft-E0210]");
    how.show_exceptions = false;
    CHECK(h.call("weather.throws", oslo, how) == "the tool failed [haft-E0210]");
    how.limits.max_string_bytes = 3;
    CHECK(h.call("weather.get", oslo, how).find("/city: ") != std::string::npos);
    how.limits.max_string_bytes = 4;
    CHECK(h.call("weather.get", oslo, how) == "\"Weather in Oslo (k)\"");
    how.limits.max_bytes = 5;
    CHECK(h.call("weather.get", oslo, how).find("at most 5") != std::string::npos);
    how.limits = {};
    how.max_result_bytes = 5;
    CHECK(h.call("weather.get", oslo, how).find("at most 5") != std::string::npos);  // the library's words: it is not even handed over
}

TEST_CASE("What is not as usual of a call, and nothing else, is told to a library", "[DC-09]") {
    haft::call_options how;
    const auto told = [&] {
        const haft::call_context context("t", how);
        const haft::detail::host_call call(&context);
        const haft_call table = call.table("tool", "t", "{}");
        const haft_text text = haft::detail::host_call::draft()->options(&table);
        return std::string(text.size ? std::string_view(text.data, text.size) : std::string_view());
    };
    CHECK(told() == "");
    how.mode = haft::lenient;
    CHECK(told() == R"({"lenient":true})");
    how.show_exceptions = false;
    how.max_result_bytes = 1;
    how.max_attachment_bytes = 2;
    how.limits = {.max_depth = 3, .max_bytes = 4, .max_string_bytes = 5, .max_items = 6};
    CHECK(told() == R"({"lenient":true,"show_exceptions":false,"max_result_bytes":1,"max_attachment_bytes":2,"max_depth":3,)"
                    R"("max_bytes":4,"max_string_bytes":5,"max_items":6})");
    const haft::detail::host_call nobody(nullptr);
    const haft_call table = nobody.table("hook", "h", "{}");
    const haft_draft_call& draft = *haft::detail::host_call::draft();
    CHECK(draft.options(&table).size == 0);
    CHECK(draft.confirm(&table, {"?", 1}) == 0);
    draft.note(&table, {"", 0}, {"x", 1});  // and nothing happens
}

TEST_CASE("Arguments in a string are unwrapped once, by the host", "[DC-09]") {
    const host h;
    haft::call_options how;
    how.unwrap = true;
    CHECK(h.call("weather.get", R"("{\"city\":\"Oslo\"}")", how) == "\"Weather in Oslo (k)\"");
    CHECK(h.call("weather.get", R"("\"{\\\"city\\\":\\\"Oslo\\\"}\"")", how).starts_with("tool \"weather.get\" was not called"));
}

TEST_CASE("A library's command asks the person who gave it", "[DC-09]") {
    host h;
    const haft::command_set& commands = h.registry.get<haft::command_set>();
    haft::dispatch_options how;
    CHECK_FALSE(commands.dispatch("/weather Oslo", how).share_with_model);  // nobody is there to be asked
    std::vector<std::string> asked;
    bool says = true;
    how.confirm = [&](std::string_view question) { return asked.emplace_back(question), says; };
    const haft::command_outcome yes = commands.dispatch("/weather Oslo", how);
    CHECK(yes.share_with_model);
    REQUIRE(yes.messages.size() == 2);
    CHECK(yes.messages[1].text == "sunny in Oslo: Oslo");
    says = false;
    CHECK_FALSE(commands.dispatch("/weather Oslo", how).share_with_model);
    CHECK(asked == std::vector<std::string>{"really?", "really?"});
    how.confirm = [](std::string_view) -> bool { throw std::runtime_error("the terminal is gone"); };
    CHECK_FALSE(commands.dispatch("/weather Oslo", how).share_with_model);
    how.confirm = {};
    how.yes_to_all = true;
    CHECK(commands.dispatch("/weather Oslo", how).share_with_model);
}
