// SPDX-License-Identifier: BSL-1.0
// A plugin that has one of each: built by several compilers, and loaded by one host.
#include <haft/plugin.hpp>
#include <haft/plugin/glue.hpp>

#include <array>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct weighed {
    static constexpr std::string_view name = "weighed";
    using signature = int(std::string_view, int);
};

class weather {
public:
    static constexpr haft::manifest manifest{.name = "weather",
                                             .version = "1.2.0",
                                             .description = "Weather of \"cities\"",
                                             .author = "Ada",
                                             .required_config = {"api_key"}};
    static constexpr const char* tools_md = "## Weather";
    static constexpr const char* soul_append = "Talk about the weather.";

    struct config {
        std::string api_key;
        int timeout = 30;
        bool fails = false;
    };
    void init(const config& c) {
        if (c.timeout == 0) throw std::runtime_error("no time");
    }
    void setup(const config& c) {
        if (c.fails) throw std::runtime_error("told to fail");
        key_ = c.api_key;
    }
    haft::toolset initialize() {
        haft::toolset out;
        static_cast<void>(out.add("late", {.description = "There when it is exposed"}, [] { return 1; }));
        return out;
    }

    // --- tools

    struct place {
        std::string city;
        int days = 1;
        static constexpr std::array haft_fields{haft::field{"days", "Days ahead", haft::minimum(1), haft::maximum(14)}};
    };
    struct forecast {
        std::string city;
        int days = 0;
        std::vector<double> degrees;
    };
    std::string get(const place& p) { return "Weather in " + p.city + " (" + key_ + ")"; }
    forecast ahead(const place& p) { return {p.city, p.days, {1.5, -2}}; }
    haft::output<int> picture(const place&) { return {7, {haft::image{"png"}, std::string("text")}}; }
    haft::content only_blocks(const place&) { return {std::string("a"), haft::audio{"wav"}}; }
    void nothing(const place&) {}
    int throws(const place& p) { throw std::runtime_error("no weather in " + p.city); }
    std::string slowly(haft::call_context& context) {
        context.progress(1, 2, "half");
        context.log(haft::log_level::notice, "slow");
        return std::string(context.call_id()) + (context.stop_requested() ? " stopped" : " runs");
    }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words(
            {.description = "Tells the weather", .effect = haft::read_only},
            haft::method<&weather::get>({.description = "Get the current weather of a city",
                                         .title = "Weather",
                                         .hints = haft::idempotent | haft::web,
                                         .group = "sky",
                                         .category = "nature",
                                         .instructions = "Ask before you guess.",
                                         .tags = "slow billing",
                                         .version = "2.1"}),
            haft::method<&weather::ahead>("Forecast"), haft::method<&weather::picture>("Picture"),
            haft::method<&weather::only_blocks>("Blocks"), haft::method<&weather::nothing>("Nothing"),
            haft::method<&weather::throws>("Throws"), haft::method<&weather::slowly>("Slowly"));
    }
    haft::toolset tools() {
        haft::toolset out;
        static_cast<void>(out.add("count", {.description = "Counts calls", .deferred = true}, [n = 0]() mutable { return ++n; }));
        return out;
    }

    // --- commands

    std::vector<haft::part> parts() {
        std::vector<haft::part> out;
        haft::command_added_as as;
        as.completer = [](std::string_view partial, const std::vector<std::string>& previous) {
            return std::vector<haft::completion>{{std::string(partial) + "slo", std::to_string(previous.size())}};
        };
        struct in {
            std::string city;
        };
        out.push_back(haft::command_part(
            {.name = "weather", .aliases = {"w"}, .description = "Tell the weather"},
            [](const in& i, haft::command_context& context) -> haft::result<std::string> {
                context.say("looking");
                if (i.city == "Atlantis") return haft::error{haft::errc::tool_failed, "it sank"};
                if (context.confirm("really?")) context.share_with_model = true;
                return "sunny in " + i.city + ": " + std::string(context.full_args);
            },
            as));
        out.push_back(haft::hook_part<weighed>(
            "weigh", [](std::string_view what, int grams) { return static_cast<int>(what.size()) * grams; }));
        out.push_back(haft::hook_part<haft::tool_pre_execute>(
            "guard", [](const haft::tool_call& call) -> haft::hook_reply {
                if (call.arguments.find("Hell") != std::string::npos) return haft::veto("not there");
                return {};
            },
            {.priority = 7, .order = haft::hook_order::first, .guard = true}));
        out.push_back(haft::named_hook_part("somebody_elses", "listens", [](std::string_view data) {
            return haft::result<std::string>("[" + std::string(data) + "]");
        }));
        return out;
    }

    // --- hooks and enrichers

    std::string on_pre_turn(const std::string& text) { return text + "?"; }
    void on_error(const std::string& tool, const haft::error& why) {
        if (tool == "end") throw haft::session_complete(why.text());
        throw std::runtime_error(why.text());
    }
    std::string enrich_prompt(const std::string& text) { return text + " [sunny]"; }

private:
    std::string key_;
};

}  // namespace

HAFT_EXPORT_PLUGIN(weather, weighed);
