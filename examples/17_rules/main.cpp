// SPDX-License-Identifier: BSL-1.0
// Qanot's plugin with its life cycle (setup, on_startup, on_error, teardown), and the rules that its calls go by: a policy as a
// table, a person who is asked, limits, a loop that is noticed.
#include <haft/hook/hooks_of.hpp>
#include <haft/registry/registry.hpp>
#include <haft/rules/auto_approved.hpp>
#include <haft/run/call_hooks.hpp>
#include <haft/run/call_runner.hpp>
#include <haft/rules/policy_guard.hpp>
#include <haft/rules/policy_session_text.hpp>
#include <haft/rules/redactor.hpp>
#include <haft/rules/rule_gates.hpp>
#include <haft/tool.hpp>
#include <haft/tool/checked.hpp>
#include <haft/tool/retry.hpp>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

void say(std::string_view what, std::string_view text) {
    std::printf("%-10.*s %.*s\n", static_cast<int>(what.size()), what.data(), static_cast<int>(text.size()),
                text.data());
}

// --- the plugin

struct place {
    std::string city;
};
struct alert {
    std::string city;
    std::string text;
    int people = 1;
};

class weather {
public:
    haft::result<std::string> look_up(const place& p) {
        if (p.city == "Atlantis") return haft::tool_failure("Atlantis has sunk");
        if (p.city.size() < 3) return haft::retry_call("give the city's full name");
        if (p.city == "Tashkent") return std::string("31 degrees, sunny");
        throw std::runtime_error("GET /home" "/qanot/cache/" + p.city + "?api_key=" + key_ + " failed");
    }
    std::string send(const alert& a) { return "sent to " + std::to_string(a.people) + " in " + a.city; }

    void setup(std::string_view config) { key_ = config.empty() ? "none" : "k-12345"; }
    // Hooks, by their names.
    void on_startup() { say("on_startup", "the plugin hears that the host is there"); }
    void on_error(const std::string& tool, const haft::error& why) {
        say("on_error", tool + ": " + haft::error_text_for_model(why.message));
    }

private:
    std::string key_;
};

haft::owner qanot_plugin() {
    const auto plugin = std::make_shared<weather>();
    haft::owner out{.name = "weather", .description = "Weather information for cities"};
    out.tools.add("weather", {.description = "The weather of a city", .effect = haft::read_only, .hints = haft::web},
                  [plugin](const place& p) { return plugin->look_up(p); });
    // The author's own check: after the schema, before anybody is asked.
    haft::add_checked(
        out.tools, "send_alert", {.description = "Warn people", .effect = haft::additive, .hints = haft::external_send},
        [plugin](const alert& a) { return plugin->send(a); },
        [](const alert& a) -> haft::result<void> {
            if (a.people > 1000) return haft::error{.message = "at most 1000 people are warned at once"};
            return {};
        });
    out.tools.add("erase_station", {.description = "Erase a station's data", .effect = haft::destructive},
                  [](const place& p) { return "erased " + p.city; });
    out.auto_approved = {"weather"};
    out.initialize = [plugin](std::string_view config) -> haft::result<haft::toolset> {
        plugin->setup(config);
        say("setup", config);
        return haft::toolset{};
    };
    out.shutdown = [] { say("teardown", "the plugin closes its connections"); };
    out.parts = haft::hooks_of(plugin, "weather");
    return out;
}

// --- the rules

haft::policy rules(const haft::catalog& served) {
    haft::policy p;
    p.blacklist = {haft::argument_prefix("send_alert", "city", "Moscow")};
    p.whitelist = {"send_alert(city=\"Tashkent\", people=1, *"};
    p.otherwise = haft::verdict::ask;
    return haft::with_auto_approved(std::move(p), served);
}

void print_table(const haft::policy& p, const haft::catalog& served) {
    const std::vector<std::pair<const char*, const char*>> calls{
        {"weather", R"({"city":"Tashkent"})"},
        {"send_alert", R"({"text":"storm","people":1.0,"city":"Tashkent"})"},
        {"send_alert", R"({"city":"Tashkent","people":500,"text":"storm"})"},
        {"send_alert", R"({"city":"\u004doscow","text":"storm"})"},
        {"erase_station", R"({"city":"Nukus"})"},
    };
    static constexpr const char* words[] = {"deny", "ask", "allow"};
    for (const auto& [name, arguments] : calls) {
        const auto d = haft::decide(p, {}, served, name, arguments);
        say(words[static_cast<int>(d->what)], haft::sign_call(name, arguments)->shown);
        say("", d->why);
    }
}

}  // namespace

int main() {
    haft::registry registry;
    if (const auto added = registry.add_exposed(qanot_plugin(), R"({"base_url":"https://example.org"})"); !added)
        return std::puts(added.error().text().c_str()), 1;
    auto& hooks = registry.get<haft::hook_set>();
    hooks.emit<haft::startup>({});

    std::puts("\nWhat the policy says:");
    const haft::policy policy = rules(*registry.snapshot());
    print_table(policy, *registry.snapshot());

    std::puts("\nWhat comes of the calls:");
    const std::vector<std::string> typed{"edit {\"city\":\"Nukus-2\"}", "comment ask me tomorrow", "session"};
    std::size_t asked = 0;
    haft::policy_guard guard(policy, [&](const haft::permission_question& q) {
        say("asked", q.call.shown + " (" + q.why + ")");
        if (asked == typed.size()) return haft::permission_reply{};
        say("answer", typed[asked]);
        return haft::read_permission_reply(typed[asked++]).value_or(haft::permission_reply{});
    });
    haft::call_runner runner(registry);
    haft::fire_hooks(runner, hooks);
    haft::watch_for_loops(runner);
    runner.add_gate(haft::limits_gate({.strict_names = true})).add_gate(haft::policy_gate(guard));
    haft::retry_budget budget;

    const auto call = [&](const char* name, const char* arguments) {
        haft::batch_result batch = runner.run_all({{"call_1", name, arguments}});
        haft::count_retries(batch, budget, *runner.tools());
        say("call", std::string(name) + " " + arguments);
        for (const haft::tool_answer& a : batch.answers) say("  ->", haft::error_text_for_model(a.in_words()));
    };
    call("weather", R"({"city":"Tashkent"})");
    call("weather", R"({"city":"T"})");
    call("weather", R"({"city":"Ta"})");
    call("weather", R"({"city":"Atlantis"})");
    call("weather", R"({"city":"Nukus"})");
    call("send_alert", R"({"city":"Moscow","text":"storm"})");
    call("send_alert", R"({"city":"Tashkent","text":"storm","people":5000})");
    call("erase_station", R"({"city":"Nukus"})");
    call("erase_station", R"({"city":"Urgench"})");
    call("erase_station", R"({"city":"Termez"})");
    call("erase_station", R"({"city":"Andijan"})");
    for (int i = 0; i < 3; ++i) call("weather", R"({"city":"Tashkent"})");

    std::puts("\nWhat holds for the rest of the session:");
    std::puts(haft::to_json(guard.session()).c_str());
}
