// SPDX-License-Identifier: BSL-1.0
// From a function to a command: its arguments, its context, what it says.
#include <haft/command.hpp>
#include <haft/core/stop_source.hpp>
#include <haft/std.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

enum class unit { celsius, fahrenheit };
struct request {
    std::string city;
    unit scale = unit::celsius;
    std::optional<int> days;
    bool verbose = false;
};
std::string weather(const request& r) {
    return r.city + "," + (r.scale == unit::celsius ? "C" : "F") + "," + std::to_string(r.days.value_or(-1)) + "," +
           (r.verbose ? "loud" : "quiet");
}
constexpr haft::command weather_command =
    haft::make_command<&weather>({.aliases = {"w"}, .description = "Tell the weather\nfor a city"});

using number = haft::arg<"number", double, haft::minimum(0.5)>;
std::string half(number n) { return std::to_string(static_cast<int>(*n * 50)) + " hundredths"; }

struct files {
    int line = 1;
    std::vector<std::string> names = {};
};
std::string show(const files& f) {
    std::string out = std::to_string(f.line);
    for (const std::string& name : f.names) out += "|" + name;
    return out;
}
struct sum {
    std::vector<int> numbers;
};
int add(const sum& s) {
    int out = 0;
    for (const int n : s.numbers) out += n;
    return out;
}

std::string say(haft::arg<"to", std::string> to, haft::arg<"text", haft::rest_of_line> text) {
    return *to + "<" + text->text + ">";
}

struct pair_of {
    haft::json_text first;
    std::string second = "none";
};
std::string both(const pair_of& p) { return p.first.text + "/" + p.second; }

inline constexpr std::array plain_names{haft::field{"from", "Where from"},
                                        haft::field{"times", "How often", haft::default_(2)}};
std::string repeat(std::string_view from, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += from;
    return out;
}

/// The set that one command is in, and what a line gives.
struct only {
    haft::command_set set;
    haft::enlistment handle;
    explicit only(const haft::command& c) : handle(std::move(*set.add(c))) {}

    haft::command_outcome run(std::string_view line, const haft::dispatch_options& how = {}) const {
        return set.dispatch(line, how);
    }
    std::string text(std::string_view line) const { return run(line).text(); }
};
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("A command is derived from the signature of its function, as a tool is", "[CM-05]") {
    static_assert(weather_command.name == "weather");
    static_assert(*weather_command.aliases.begin() == "w");
    CHECK(weather_command.input_schema == haft::make<&weather>("x").input_schema);
    CHECK(haft::make_command<&weather>("Words").description == "Words");
    CHECK(haft::make_command<&weather>({.name = "sky"}).name == "sky");
    const only shout(haft::make_command<[](haft::arg<"word", std::string> w) { return *w + "!"; }>({.name = "shout"}));
    CHECK(shout.text("/shout hey") == "hey!");
}

TEST_CASE("Words go to the parameters in their order", "[CM-05]") {
    const only w(weather_command);
    CHECK(w.text("/weather London") == "London,C,-1,quiet");
    CHECK(w.text("/weather London fahrenheit 3 yes") == "London,F,3,loud");
    CHECK(w.text("/weather\tLondon   fahrenheit\n") == "London,F,-1,quiet");
}

TEST_CASE("Digits are a number where the parameter is one, and a text where it is that", "[CM-05]") {
    CHECK(only(weather_command).text("/weather 90210") == "90210,C,-1,quiet");
    CHECK(only(haft::make_command<&half>()).text("/half 3") == "150 hundredths");
    CHECK(only(haft::make_command<&half>()).text("/half 1e1") == "500 hundredths");
    CHECK(has(only(weather_command).text("/weather Rome celsius 007"), "/days: "));
}

TEST_CASE("Names beside the function are names of the command's parameters", "[CM-05]") {
    const only r(haft::make_command<&repeat, plain_names>());
    CHECK(r.text("/repeat ab") == "abab");
    CHECK(r.text("/repeat ab 3") == "ababab");
    CHECK(r.text("/repeat --times=1 ab") == "ab");
    CHECK(r.text("/repeat --times 1 ab") == "ab");
}

TEST_CASE("What a word may be the reader of a tool's arguments says, and names the parameter", "[CM-05]") {
    const only w(weather_command);
    const haft::command_outcome wrong = w.run("/weather London kelvin many");
    REQUIRE(wrong.problem);
    CHECK(wrong.problem->code == haft::errc::bad_command_words);
    REQUIRE(wrong.problem->faults.size() == 2);
    CHECK(wrong.problem->faults[0].pointer == "/scale");
    CHECK(wrong.problem->faults[0].code == haft::errc::not_allowed);
    CHECK(wrong.problem->faults[1].pointer == "/days");
    CHECK(has(wrong.text(), "usage: /weather <city> [<scale>] [<days>] [<verbose>]"));
    CHECK(has(only(haft::make_command<&half>()).text("/half 0.1"), "/number: "));
    CHECK(has(only(haft::make_command<&half>()).text("/half 1x"), "/number: "));
}

TEST_CASE("A missing parameter is an error that shows how it goes", "[CM-05]") {
    const haft::command_outcome none = only(weather_command).run("/w");
    REQUIRE(none.problem);
    CHECK(none.problem->code == haft::errc::bad_command_words);
    REQUIRE(none.problem->faults.size() == 1);
    CHECK(none.problem->faults[0].code == haft::errc::missing_parameter);
    CHECK(none.problem->faults[0].pointer == "/city");
    CHECK(has(none.text(), "usage: /weather <city> [<scale>]"));
    CHECK(none.messages.empty());
}

TEST_CASE("A word too many is an error that shows how it goes", "[CM-05]") {
    const std::string text = only(weather_command).text("/weather New York city");
    CHECK(has(text, "\"York\""));
    const std::string more = only(weather_command).text("/weather a celsius 1 no b");
    CHECK(has(more, "there is no parameter left for \"b\""));
    CHECK(has(more, "quotes"));
    CHECK(has(more, "usage: /weather <city>"));
    CHECK(has(more, "haft-E0303"));
}

TEST_CASE("Quotes and backslashes hold blanks together", "[CM-05]") {
    const only r(haft::make_command<&repeat, plain_names>());
    const auto once = [&](const std::string& word) { return r.text("/repeat --times=1 " + word); };
    CHECK(once("\"New York\"") == "New York");
    CHECK(once("'New York'") == "New York");
    CHECK(once("New\\ York") == "New York");
    CHECK(once(R"("a \"b\" c\\")") == R"(a "b" c\)");
    CHECK(once(R"('a \ b')") == R"(a \ b)");
    CHECK(once(R"(C:\dir\file)") == R"(C:\dir\file)");
    CHECK(once("don't") == "don't");
    CHECK(once("\"\"").empty());
    CHECK(once("'a'b") == "ab");
    CHECK(once("'a''b'") == "a'b'");  // a quote begins where a word does
    CHECK(once("--from='x y'") == "x y");
    CHECK(once("end\\") == "end\\");
}

TEST_CASE("The last parameter may take the rest of the line untouched", "[CM-05]") {
    const only s(haft::make_command<&say>());
    CHECK(s.text("/say me  it's \"a  b\" \\ -- --to ") == "me<it's \"a  b\" \\ -- --to >");
    CHECK(s.text("/say --to=me hello there") == "me<hello there>");
    CHECK(s.text("/say --to 'you and me' -- --text") == "you and me<--text>");
    CHECK(s.text("/say me --text a  b") == "me<a  b>");
    CHECK(has(s.text("/say me"), "/text: required"));
}

TEST_CASE("A list takes all words that are left, or one that is a JSON array", "[CM-05]") {
    const only f(haft::make_command<&show>());
    CHECK(f.text("/show 3 a 'b c' d") == "3|a|b c|d");
    CHECK(f.text("/show 3 '[\"a\",\"b\"]'") == "3|a|b");
    CHECK(f.text("/show --names a --names b 7") == "7|a|b");
    CHECK(has(f.text("/show 3"), "/names: required"));
    const only a(haft::make_command<&add>());
    CHECK(a.text("/add 1 2 39") == "42");
    CHECK(has(a.text("/add 1 two"), "/numbers/1: "));
    CHECK(has(f.text("/show 3 a --names"), "--names stands at the end, without a value"));
}

TEST_CASE("A parameter of any JSON takes JSON where it is that, and a text where not", "[CM-05]") {
    const only b(haft::make_command<&both>());
    CHECK(b.text("/both '{\"a\": [1]}'") == "{\"a\": [1]}/none");
    CHECK(b.text("/both word") == "\"word\"/none");
    CHECK(b.text("/both 12 13") == "12/13");
}

TEST_CASE("A parameter can be given by its name with two dashes", "[CM-05]") {
    const only w(weather_command);
    CHECK(w.text("/weather --days=2 London --scale fahrenheit") == "London,F,2,quiet");
    CHECK(w.text("/weather --verbose London") == "London,C,-1,loud");
    CHECK(w.text("/weather --verbose=no London") == "London,C,-1,quiet");
    CHECK(w.text("/weather city=London") == "city=London,C,-1,quiet");  // a word like any other
    CHECK(w.text("/weather -- --verbose") == "--verbose,C,-1,quiet");
    CHECK(w.text("/weather '--verbose'") == "--verbose,C,-1,quiet");
    const std::string unknown = w.text("/weather London --dais 3");
    CHECK(has(unknown, "did you mean \"days\"?"));
    CHECK(has(unknown, "usage: "));
    CHECK(has(w.text("/weather London --city Paris"), "given twice"));
    CHECK(has(w.text("/weather London --days"), "without a value"));
}

TEST_CASE("A function that takes the context has the words, the whole line, and the host", "[CM-02]") {
    struct session {
        int turns = 7;
    };
    haft::command_set set;
    std::vector<std::string> args;
    std::string full;
    const session* host = nullptr;
    const auto handle = set.add({.name = "look"}, [&](haft::command_context& c) {
        args.assign(c.args.begin(), c.args.end());
        full = c.full_args;
        host = c.host<session>();
        return std::string(c.tool_name);
    });
    REQUIRE(handle);
    session mine;
    haft::dispatch_options how;
    how.call.user = haft::user_data(mine);
    CHECK(set.dispatch("/look  at \"this  thing\", don't", how).text() == "look");
    CHECK(args == std::vector<std::string>{"at", "\"this", "thing\",", "don't"});
    CHECK(full == " at \"this  thing\", don't");
    CHECK(host == &mine);
    CHECK(set.dispatch("/look").text() == "look");
    CHECK(args.empty());
    CHECK(full.empty());
    CHECK(host == nullptr);
}

TEST_CASE("The context stands anywhere among the parameters, and the call's own context as well", "[CM-02]") {
    haft::command_set set;
    const auto handle = set.add({.name = "go"}, [](haft::arg<"a", int> a, haft::command_context& c,
                                                   haft::call_context& call, haft::arg<"b", int> b) {
        return std::to_string(*a) + "," + std::to_string(*b) + "," + std::to_string(c.args.size()) + "," +
               (call.stop_requested() ? "stop" : "go");
    });
    CHECK(set.dispatch("/go 1 2").text() == "1,2,2,go");
    haft::stop_source source;
    source.request_stop();
    haft::dispatch_options how;
    how.call.stop = source.token();
    CHECK(set.dispatch("/go 1 2", how).text() == "1,2,2,stop");
}

TEST_CASE("A command asks the person; nobody's answer is no, unless the host said yes to all", "[CM-02]") {
    haft::command_set set;
    const auto handle = set.add({.name = "wipe"}, [](haft::command_context& c) {
        return std::string(c.confirm("Really?") ? "wiped" : "kept");
    });
    CHECK(set.dispatch("/wipe").text() == "kept");
    haft::dispatch_options how;
    std::string question;
    how.confirm = [&](std::string_view q) { return question = q, true; };
    CHECK(set.dispatch("/wipe", how).text() == "wiped");
    CHECK(question == "Really?");
    how.confirm = [&](std::string_view) { return false; };
    CHECK(set.dispatch("/wipe", how).text() == "kept");
    how.yes_to_all = true;
    how.confirm = [&](std::string_view) -> bool { throw std::logic_error("nobody is asked"); };
    CHECK(set.dispatch("/wipe", how).text() == "wiped");
    how.yes_to_all = false;
    const haft::command_outcome thrown = set.dispatch("/wipe", how);
    REQUIRE(thrown.problem);
    CHECK(thrown.problem->code == haft::errc::command_failed);
}

TEST_CASE("A command says nothing, a text, a message, or several", "[CM-03]") {
    haft::command_set set;
    std::vector<haft::enlistment> handles;
    const auto add = [&](std::string_view name, auto f) {
        auto handle = set.add({.name = name}, f);
        REQUIRE(handle);
        handles.push_back(std::move(*handle));
    };
    add("nothing", [] {});
    add("text", [] { return "a text"; });
    add("one", [] { return haft::message{.role = haft::role::assistant, .text = "one"}; });
    add("several", [] { return std::vector<haft::message>{{.text = "1"}, {.text = "2"}}; });
    add("maybe", [](haft::arg<"there", bool> there) {
        return *there ? std::optional<haft::message>({.text = "there"}) : std::nullopt;
    });
    add("number", [] { return 42; });
    add("list", [] { return std::vector<int>{1, 2}; });
    add("picture", [] { return haft::image{"image/png", "abc"}; });
    add("bit_by_bit", [](haft::command_context& c) {
        c.say("first");
        c.say(haft::message{.text = "second"});
        return "third";
    });

    CHECK(set.dispatch("/nothing").messages.empty());
    const haft::command_outcome text = set.dispatch("/text");
    REQUIRE(text.messages.size() == 1);
    CHECK(text.messages[0].role == haft::role::system);
    CHECK(text.messages[0].text == "a text");
    CHECK(set.dispatch("/one").messages.at(0).role == haft::role::assistant);
    REQUIRE(set.dispatch("/several").messages.size() == 2);
    CHECK(set.dispatch("/several").messages[1].text == "2");
    CHECK(set.dispatch("/maybe yes").text() == "there");
    CHECK(set.dispatch("/maybe no").messages.empty());
    CHECK(set.dispatch("/number").text() == "42");
    CHECK(set.dispatch("/list").text() == "[1,2]");
    REQUIRE(set.dispatch("/picture").messages.size() == 1);
    CHECK(set.dispatch("/picture").messages[0].attachments.size() == 1);
    CHECK(set.dispatch("/bit_by_bit").text() == "first\nsecond\nthird");
}

TEST_CASE("An error that a command gives is the outcome's, and so is what it throws", "[CM-03]") {
    haft::command_set set;
    const auto fails = set.add({.name = "fails"}, []() -> haft::result<std::string> {
        return haft::error{haft::errc::not_available, "the printer is off"};
    });
    const auto gives =
        set.add({.name = "gives"}, []() -> haft::result<haft::message> { return haft::message{.text = "ok"}; });
    const auto nothing = set.add({.name = "nothing"}, []() -> haft::result<void> { return {}; });
    const auto throws = set.add({.name = "throws"}, [](haft::command_context& c) {
        c.say("so far");
        throw std::runtime_error("it broke");
    });
    CHECK(set.dispatch("/fails").problem->code == haft::errc::not_available);
    CHECK(set.dispatch("/fails").text() == "the printer is off [haft-E0273]");
    CHECK(set.dispatch("/gives").text() == "ok");
    CHECK(set.dispatch("/nothing"));
    CHECK(set.dispatch("/nothing").messages.empty());
    const haft::command_outcome thrown = set.dispatch("/throws");
    REQUIRE(thrown.problem);
    CHECK(thrown.problem->code == haft::errc::command_failed);
    CHECK(thrown.text() == "so far\nit broke [haft-E0307]");
    CHECK_FALSE(thrown);
}

TEST_CASE("A command's line goes out of the talk unless it says otherwise", "[CM-03]") {
    haft::command_set set;
    const auto a = set.add({.name = "a"}, [] {});
    const auto b = set.add({.name = "b", .auto_undo = false}, [] {});
    const auto c = set.add(haft::make_command<[] {}>({.name = "c", .auto_undo = false}));
    CHECK(set.dispatch("/a").auto_undo);
    CHECK_FALSE(set.dispatch("/b").auto_undo);
    CHECK_FALSE(set.dispatch("/c").auto_undo);
}

TEST_CASE("What a command says is for the model only if it is asked to be", "[CM-06]") {
    haft::command_set set;
    const auto a = set.add({.name = "a"}, [] { return "x"; });
    const auto b = set.add({.name = "b", .share_with_model = true}, [] { return "x"; });
    const auto c = set.add({.name = "c", .share_with_model = true}, [](haft::command_context& context) {
        CHECK(context.share_with_model);
        context.share_with_model = false;
    });
    CHECK_FALSE(set.dispatch("/a").share_with_model);
    CHECK(set.dispatch("/b").share_with_model);
    CHECK_FALSE(set.dispatch("/c").share_with_model);
}
