// SPDX-License-Identifier: BSL-1.0
// gptme's two command plugins, weather and joke, in C++: commands that are made of functions, and a small chat for them.
#include <haft/command.hpp>

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

namespace {

enum class scale { celsius, fahrenheit };
struct place {
    std::string city = "Stockholm";
    scale unit = scale::celsius;
};

haft::message weather(const place& p) {
    const bool warm = p.unit == scale::celsius;
    return {.role = haft::role::system, .text = "Weather in " + p.city + ": Sunny, " + (warm ? "20°C" : "68°F")};
}
HAFT_COMMAND(weather, {.aliases = {"w"}, .description = "Tell the weather of a city"});

// Random in gptme; here the next one, so that two runs say the same.
std::string joke() {
    static const std::vector<std::string> jokes{"Why did the AI cross the road? To optimize the other side!",
                                                "What's an AI's favorite snack? Microchips!"};
    static std::size_t next = 0;
    return jokes[next++ % jokes.size()];
}
HAFT_COMMAND(joke, {.aliases = {"j"}, .description = "Tell a joke"});

struct notes {
    std::vector<std::string> all;
};
std::string note(haft::arg<"text", haft::rest_of_line, haft::doc("All of it, as it is typed")> text,
                 haft::command_context& context) {
    notes* const mine = context.host<notes>();
    if (!mine || !context.confirm("Keep \"" + text->text + "\"?")) return "not kept";
    mine->all.push_back(text->text);
    return std::to_string(mine->all.size()) + " kept";
}
HAFT_COMMAND(note, "Keep a note");

}  // namespace

int main() {
    haft::command_set commands;
    std::vector<haft::enlistment> handles;  // they go when these go
    for (const haft::command& one : haft::compiled_in_commands())
        if (haft::result<haft::enlistment> added = commands.add(one, {.owner = "example"}))
            handles.push_back(std::move(*added));
        else std::printf("%s\n", added.error().text().c_str());

    haft::toolset tools;
    tools.add("length", "How long a text is", [](haft::arg<"text", std::string> text) { return text->size(); });

    notes mine;
    haft::dispatch_options how;
    how.call.user = haft::user_data(mine);
    how.tools = haft::fallback_to(tools);
    how.confirm = [](std::string_view question) {
        std::printf("  ? %.*s yes\n", static_cast<int>(question.size()), question.data());
        return true;
    };
    for (const char* const typed : {"/weather London", "/w", "/w --unit fahrenheit \"New York\"", "/joke", "/j",
                                    "/joke", "/note  it's \"sunny\" ", "/length of this", "/help", "/help weather",
                                    "/wether Rome", "/w Rome kelvin", "/usr/bin is a path", "Hello"}) {
        const haft::command_outcome outcome = commands.dispatch(typed, how);
        std::printf("> %s\n%s\n", typed, outcome.is_command ? outcome.text().c_str() : "(for the model)");
    }
    std::printf("> /weather Rome <tab>\n");
    for (const haft::completion& one : commands.complete("/weather Rome ").values)
        std::printf("%s\n", one.value.c_str());
}
