// SPDX-License-Identifier: BSL-1.0
// What is compiled in: a tool, a toolbox, and a plugin of each other kind.
#include <haft/command.hpp>
#include <haft/enrich/enricher_part.hpp>
#include <haft/hook.hpp>
#include <haft/model/model_set.hpp>
#include <haft/plugin.hpp>
#include <haft/prompt/template_loader.hpp>
#include <haft/tool.hpp>

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace {

// A tool.
struct amount {
    double grams = 0;
    int people = 4;
    static constexpr std::array haft_fields{haft::field{"grams", "For four", haft::minimum(0), haft::required},
                                            haft::field{"people", "Who will eat", haft::minimum(1), haft::maximum(100)}};
};
double scale(const amount& a) { return a.grams * a.people / 4; }
HAFT_TOOL(scale, {.description = "Scale an amount of a recipe, which is for four", .effect = haft::read_only, .hints = haft::closed_world});

// A toolbox, with a state and a configuration.
class pantry {
public:
    static constexpr haft::manifest manifest{.name = "pantry", .version = "1.0.0", .description = "What is in the pantry"};
    struct config {
        std::map<std::string, int> stock = {};
    };
    struct item {
        std::string name;
        int count = 1;
    };
    void setup(const config& c) { stock_ = c.stock; }

    std::map<std::string, int> list() const { return stock_; }
    int put(const item& i) { return stock_[i.name] += i.count; }
    haft::result<int> take(const item& i) {
        const auto found = stock_.find(i.name);
        if (found == stock_.end() || found->second < i.count) return haft::error{.message = "there is not enough " + i.name};
        return found->second -= i.count;
    }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("", haft::method<&pantry::list>({.description = "What there is", .effect = haft::read_only}),
                                   haft::method<&pantry::put>({.description = "Put something in", .effect = haft::additive}),
                                   haft::method<&pantry::take>({.description = "Take something out", .effect = haft::destructive}));
    }

private:
    std::map<std::string, int> stock_;
};

// Hooks: what the model is told first, and a veto.
haft::plugin house_rules() {
    haft::plugin out{.name = "house-rules"};
    out.parts.push_back(haft::hook_part<haft::session_start>("house-rules.hello", [] { return haft::say("Aprons are by the door."); }));
    out.parts.push_back(haft::hook_part<haft::tool_pre_execute>(
        "house-rules.pets",
        [](const haft::tool_call& call) -> haft::hook_reply {
            if (call.arguments.find("cat food") != std::string::npos) return haft::veto("the cat does not live here");
            return {};
        },
        {.guard = true}));
    return out;
}

// A command for people.
haft::plugin menu() {
    haft::plugin out{.name = "menu"};
    out.parts.push_back(haft::command_part({.name = "menu", .description = "Say what there is today"}, [] { return std::string("Pancakes."); }));
    return out;
}

// An enricher, of every prompt.
struct season {
    haft::enrichment enrich_prompt(std::string_view prompt) const { return {.text = std::string(prompt) + "\n(It is autumn.)"}; }
};
haft::plugin calendar() {
    haft::plugin out{.name = "calendar"};
    out.parts.push_back(haft::enricher_part(season{}));
    return out;
}

// A model: it needs no network, and says what it heard.
class parrot final : public haft::model {
public:
    parrot() {
        about_.id = "parrot";
        about_.supports_tools = false;
    }
    const haft::model_info& info() const override { return about_; }
    haft::result<haft::model_reply> ask(const haft::model_request& request, haft::model_listener* listener) override {
        haft::model_reply out;
        out.reply.text = request.messages.back().text;
        out.finish_reason = "stop";
        if (listener) listener->on_text(out.reply.text);
        return out;
    }

private:
    haft::model_info about_;
};
haft::plugin bird() {
    haft::plugin out{.name = "bird"};
    out.parts.push_back(haft::model_part(std::make_shared<parrot>(), nullptr, {.aliases = {"polly"}}));
    return out;
}

// A template: `host chat recipes:soup`, and a prompt of the MCP server.
haft::plugin recipes() {
    haft::plugin out{.name = "recipes"};
    out.parts.push_back(haft::template_loader_part(
        "recipes",
        [](std::string_view name) -> haft::prompt_template {
            return {.name = std::string(name), .prompt = "Help me to cook " + std::string(name) + ". $input", .system = "Metric units only."};
        },
        [] { return std::vector<std::string>{"soup", "cake"}; }));
    return out;
}

}  // namespace

HAFT_PLUGIN(pantry, pantry);
HAFT_PLUGIN(house_rules, house_rules);
HAFT_PLUGIN(menu, menu);
HAFT_PLUGIN(calendar, calendar);
HAFT_PLUGIN(bird, bird);
HAFT_PLUGIN(recipes, recipes);
