// SPDX-License-Identifier: BSL-1.0
// A chat in a terminal with any model behind an OpenAI-compatible endpoint: slash commands, tools that ask before they destroy
// something, calls side by side, a hook that forbids, and a talk that can be left and taken up again.
//
//     chat --url http://127.0.0.1:8080/v1 --model NAME [--history FILE] [--resume] [--signed]
//
// The key, if one is needed, is in OPENAI_API_KEY. With --history the talk is stored in the file; --resume goes on where it stopped.
#include <haft/command/command_set.hpp>
#include <haft/hook/hook_set.hpp>
#include <haft/hook/points.hpp>
#include <haft/model/openai_client.hpp>
#include <haft/registry.hpp>
#include <haft/rules/policy_guard.hpp>
#include <haft/rules/rule_gates.hpp>
#include <haft/run/call_hooks.hpp>
#include <haft/run/thread_pool.hpp>
#include <haft/talk/conversation.hpp>
#include <haft/talk/history.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

struct options {
    std::string url = "https://api.openai.com/v1";
    std::string model = "gpt-4.1-mini";
    std::string history;
    bool resume = false;
    bool is_signed = false;  // whether the transfers that wait have been signed
};

// --- tools

struct city {
    std::string name;
};
std::string weather(const city& c) { return "sunny in " + c.name; }

struct note {
    std::string text;
};
struct transfer {
    int amount;
};
struct nothing {};

/// Two calls that only end if they run side by side.
class meeting_point {
public:
    std::string meet(const city& from) {
        std::unique_lock lock(mutex_);
        here_.push_back(from.name);
        everybody_.notify_all();
        everybody_.wait_for(lock, std::chrono::seconds(20), [&] { return here_.size() >= 2; });
        return here_.size() >= 2 ? from.name + " met somebody" : from.name + " was alone";
    }

private:
    std::mutex mutex_;
    std::condition_variable everybody_;
    std::vector<std::string> here_;
};

struct office {
    std::vector<std::string> notes;
    meeting_point hall;
    bool is_signed = false;
};

void add_tools(haft::registry& r, office& o) {
    r.add_tool(haft::make<&weather>({.description = "The weather in a city", .effect = haft::read_only}));
    r.add_tool("take_note", {.description = "Keeps a note", .effect = haft::additive}, [&](const note& n) {
        o.notes.push_back(n.text);
        return o.notes.size();
    });
    r.add_tool("burn_notes", {.description = "Destroys all notes", .effect = haft::destructive},
               [&](const nothing&) { return std::exchange(o.notes, {}).size(); });
    r.add_tool("meet",
               {.description = "Waits for the other one", .effect = haft::read_only, .hints = haft::thread_safe},
               [&](const city& from) { return o.hall.meet(from); });
    r.add_tool("transfer", {.description = "Transfers money, once somebody has signed", .effect = haft::additive},
               [&](const transfer& t) -> haft::result<std::string> {
                   if (!o.is_signed) return haft::paused("the transfer waits for a signature");
                   return "transferred " + std::to_string(t.amount);
               });
}

// --- what is around them

/// Somebody at the terminal.
haft::permission_reply ask_person(const haft::permission_question& q) {
    std::printf("May the model call %s? [y/n] ", q.call.shown.c_str());
    std::fflush(stdout);
    std::string line;
    if (!std::getline(std::cin, line)) return {haft::permission_reply::kind::timeout, {}};
    std::printf("%s\n", line.c_str());
    return haft::read_permission_reply(line).value_or(haft::permission_reply{});
}

haft::policy rules() {
    haft::policy out;
    out.whitelist = {"weather", "take_note", "meet", "transfer"};
    out.otherwise = haft::verdict::ask;
    return out;
}

/// What a model or a tool says, without the escape sequences by which it could imitate the questions above.
std::string shown(std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '\n' || static_cast<unsigned char>(c) >= ' ' ? c : '?';
    return out;
}

struct printer final : haft::model_listener {
    void on_text(std::string_view piece) override {
        std::printf("%s", shown(piece).c_str());
        std::fflush(stdout);
    }
};

void store(const options& how, const haft::conversation& talk) {
    if (how.history.empty()) return;
    std::ofstream(how.history) << haft::to_json(talk.history());
}

/// Tells how a turn ended. False: the program does.
bool tell(const options& how, const haft::conversation& talk, const haft::turn_end& end) {
    std::printf("%s", end.reply.text.empty() ? "" : "\n");
    for (const haft::paused_call& p : end.paused) std::printf("(%s)\n", shown(p.call.name + ": " + p.reason).c_str());
    if (end.problem) std::printf("%s\n", shown(end.problem->text()).c_str());
    store(how, talk);
    return end.state != haft::turn_state::paused && !end.session_complete;
}

haft::result<options> read_options(int argc, char** argv) {
    options out;
    for (int i = 1; i < argc; ++i) {
        const std::string_view arg = argv[i];
        const auto value = [&]() -> std::string { return i + 1 < argc ? argv[++i] : ""; };
        if (arg == "--url") out.url = value();
        else if (arg == "--model") out.model = value();
        else if (arg == "--history") out.history = value();
        else if (arg == "--resume") out.resume = true;
        else if (arg == "--signed") out.is_signed = true;
        else return haft::error{haft::errc::bad_text, "unknown option " + std::string(arg)};
    }
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    const haft::result<options> how = read_options(argc, argv);
    if (!how) return std::fprintf(stderr, "%s\n", how.error().message.c_str()), 2;

    office o;
    o.is_signed = how->is_signed;
    haft::registry registry;
    add_tools(registry, o);

    auto& commands = registry.get<haft::command_set>();
    const auto weather_command =
        commands.add({.name = "weather", .aliases = {"w"}, .description = "The weather in a city"},
                     [](const city& c) { return weather(c); });
    auto& hooks = registry.get<haft::hook_set>();
    const auto no_secrets = hooks.add<haft::tool_pre_execute>(
        [](const haft::tool_pre_execute::data& d) -> haft::hook_reply {
            if (d.call.arguments.find("password") == std::string::npos) return {};
            return haft::veto("passwords are not written down");
        },
        {.name = "no_secrets", .guard = true});

    haft::thread_pool pool(4);
    haft::policy_guard guard(rules(), ask_person);
    haft::call_runner runner(registry, {.on = &pool});
    haft::fire_hooks(runner, hooks);
    runner.add_gate(haft::policy_gate(guard));

    haft::openai_client model({.base_url = how->url,
                               .model = how->model,
                               .api_key_env = std::getenv("OPENAI_API_KEY") ? "OPENAI_API_KEY" : ""});
    std::vector<haft::message> before;
    if (how->resume) {
        std::ifstream file(how->history);
        haft::result<std::vector<haft::message>> read =
            haft::read_history(std::string(std::istreambuf_iterator<char>(file), {}));
        if (!read) return std::fprintf(stderr, "%s: %s\n", how->history.c_str(), read.error().text().c_str()), 1;
        before = std::move(*read);
    }
    printer screen;
    haft::conversation talk(registry.all_kinds(), model, runner,
                            {.history = std::move(before), .interactive = true, .listener = &screen});
    if (how->resume && !tell(*how, talk, talk.go_on())) return 0;
    for (std::string line; std::printf("> "), std::fflush(stdout), std::getline(std::cin, line);) {
        std::printf("%s\n", line.c_str());
        if (const haft::command_outcome done = commands.dispatch(line); done.is_command) {
            std::printf("%s\n", done.text().c_str());
            if (done.share_with_model) talk.append(done.messages);
        } else {
            const haft::turn_end end = talk.say(line);
            guard.turn_ended();  // what was allowed for one turn
            if (!tell(*how, talk, end)) return 0;
        }
    }
    std::printf("\n");
}
