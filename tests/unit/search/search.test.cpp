// SPDX-License-Identifier: BSL-1.0
#include <haft/search/tool_index.hpp>
#include <haft/search/tool_search.hpp>
#include <haft/search/words_of_text.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

struct listed {
    std::string_view name, description, parameter;
};
constexpr std::array<listed, 24> real_tools{{
    {"github.create_issue", "Create a new issue in a GitHub repository", "title"},
    {"github.list_issues", "List issues of a GitHub repository, filtered by state and labels", "labels"},
    {"github.create_pull_request", "Open a pull request from a branch", "branch"},
    {"github.search_code", "Search source code across repositories", "query"},
    {"github.get_file_contents", "Get the contents of a file or directory from a repository", "path"},
    {"filesystem.read_file", "Read the complete contents of a file from the file system", "path"},
    {"filesystem.write_file", "Create a new file or overwrite an existing one", "content"},
    {"filesystem.list_directory", "List the files and directories at a path", "path"},
    {"filesystem.move_file", "Move or rename files and directories", "destination"},
    {"filesystem.search_files", "Recursively search for files that match a pattern", "pattern"},
    {"slack.post_message", "Post a message to a Slack channel", "channel_id"},
    {"slack.list_channels", "List public channels in the workspace", "cursor"},
    {"slack.reply_to_thread", "Reply to a message thread in Slack", "thread_ts"},
    {"postgres.query", "Run a read-only SQL query against the database", "sql"},
    {"postgres.list_tables", "List all tables of the database", "schema"},
    {"weather.get_forecast", "Weather forecast for a location", "latitude"},
    {"weather.get_alerts", "Weather alerts for a state of the US", "state"},
    {"calendar.create_event", "Create an event in the calendar, with attendees", "attendees"},
    {"calendar.list_events", "List events of a day or a week", "date"},
    {"email.send", "Send an email to recipients, with attachments", "recipients"},
    {"email.search", "Search the mailbox", "query"},
    {"maps.directions", "Directions between two places, by car or on foot", "origin"},
    {"maps.geocode", "Turn an address into coordinates", "address"},
    {"puppeteer.screenshot", "Take a screenshot of the current page or an element", "selector"},
}};

haft::toolset set_of(const std::vector<std::size_t>& order, bool deferred = false) {
    static std::vector<std::string> schemas = [] {
        std::vector<std::string> out;
        for (const listed& t : real_tools)
            out.push_back(R"({"type":"object","properties":{")" + std::string(t.parameter) +
                          R"(":{"type":"string"}}})");
        return out;
    }();
    haft::toolset out;
    for (const std::size_t i : order) {
        haft::tool t{.name = real_tools[i].name, .description = real_tools[i].description, .input_schema = schemas[i]};
        t.deferred = deferred;
        t.execute = [](const void*, std::string_view, haft::call_context&, haft::result_writer& o) {
            o.text("called");
        };
        out.add(t);
    }
    return out;
}
std::vector<std::size_t> in_order() {
    std::vector<std::size_t> out(real_tools.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = i;
    return out;
}
std::string names(const haft::toolset& tools, const std::vector<haft::found_tool>& hits) {
    std::string out;
    for (const haft::found_tool& hit : hits) out.append(out.empty() ? "" : " ").append(tools[hit.place].name);
    return out;
}

std::string names_of(const haft::toolset& tools) {
    std::string out;
    for (const haft::tool& t : tools) out.append(out.empty() ? "" : " ").append(t.name);
    return out;
}

}  // namespace

TEST_CASE("texts are compared by their words", "[NX-03.1]") {
    using words = std::vector<std::string>;
    CHECK(haft::words_of_text("readURLs_of-pages") == words{"read", "url", "of", "page"});
    CHECK(haft::words_of_text("HTTPServer2 getJSON") == words{"http", "server2", "get", "json"});
    CHECK(haft::words_of_text("queries, classes; glass") == words{"query", "classe", "glass"});
    CHECK(haft::words_of_text("Grüße an Zoë") == words{"grüße", "an", "zoë"});
    CHECK(haft::words_of_text("  ").empty());
}

TEST_CASE("a search finds tools by name, description and parameters", "[NX-03.1]") {
    const haft::toolset tools = set_of(in_order());
    const haft::tool_index index(tools);
    const auto best = [&](std::string_view query) { return names(tools, *index.search(query, 1)); };
    CHECK(best("read a file") == "filesystem.read_file");
    CHECK(best("open a pull request") == "github.create_pull_request");
    CHECK(best("will it rain tomorrow? weather forecast") == "weather.get_forecast");
    CHECK(best("sql") == "postgres.query");
    CHECK(best("latitude") == "weather.get_forecast");
    CHECK(best("attendees") == "calendar.create_event");
    CHECK(best("send mail to recipients") == "email.send");
    CHECK(best("screenshots of pages") == "puppeteer.screenshot");
    CHECK(best("database tables") == "postgres.list_tables");
    CHECK(best("nothing like it: zzz") == "");
    CHECK(index.search("", 5)->empty());
    CHECK(names(tools, *index.search("slack channel", 3)) ==
          "slack.list_channels slack.post_message slack.reply_to_thread");
}

TEST_CASE("each place in which a tool says what it does is searched", "[NX-03.1]") {
    haft::toolset tools;
    const auto add = [&](std::string_view name, const haft::about& words, std::string_view schema = "{}") {
        haft::tool t{.name = name, .description = words.description, .input_schema = schema};
        t.title = words.title;
        t.group = words.group;
        t.category = words.category;
        t.tags = words.tags;
        t.execute = [](const void*, std::string_view, haft::call_context&, haft::result_writer&) {};
        REQUIRE(tools.add(t));
    };
    add("n1.alpha", {});
    add("n2", {.title = "Bravo"});
    add("n3", {.description = "charlie"});
    add("n4", {.group = "delta"});
    add("n5", {.category = "echo"});
    add("n6", {.tags = "foxtrot"});
    add("n7", {}, R"({"properties":{"golf":{"description":"hotel"}}})");
    const haft::tool_index index(tools);
    for (const auto& [word, name] : {std::pair("alpha", "n1.alpha"), std::pair("bravo", "n2"),
                                     std::pair("charlie", "n3"), std::pair("delta", "n4"), std::pair("echo", "n5"),
                                     std::pair("foxtrot", "n6"), std::pair("golf", "n7"), std::pair("hotel", "n7")}) {
        INFO(word);
        CHECK(names(tools, *index.search(word)) == name);
        CHECK(names(tools, *index.search(word, 5, haft::search_strategy::keyword)) == name);
    }
    add("x.charlie", {.description = "and other words"});
    const haft::tool_index anew(tools);
    CHECK(names(tools, *anew.search("charlie")) == "x.charlie n3");  // a name weighs more than a description
}

TEST_CASE("an exact name comes first whatever the words say", "[NX-03.3]") {
    const haft::toolset tools = set_of(in_order());
    const haft::tool_index index(tools);
    CHECK(names(tools, *index.search("email.search", 1)) == "email.search");
    CHECK(names(tools, *index.search("maps.geocode", 5)).starts_with("maps.geocode"));
    CHECK(names(tools, index.search_by("email.send", 2, [](const haft::tool& t, std::string_view) {
              return t.name == "email.search" ? 5.0 : 0.0;
          })) == "email.send email.search");
}

TEST_CASE("so does its portable spelling, and blanks around it don't count", "[NX-03.3]") {
    haft::toolset tools = set_of(in_order());
    tools.add("email_send", "A tool of that very name", [] { return 1; });
    tools.add("email.send.later", "email_send email_send email_send", [] { return 1; });
    tools.add("email.send_later", "Another", [] { return 1; });
    tools.add("alerts.get.weather", "weather get alerts weather get alerts", [] { return 1; });
    tools.add("geocode.maps.geocode", "maps geocode maps geocode", [] { return 1; });
    tools.add("a.b.c", "", [] { return 1; });
    const haft::tool_index index(tools);
    const auto first = [&](std::string_view query) {
        const auto hits = index.search(query);
        return hits && !hits->empty() ? std::string(tools[(*hits)[0].place].name) : "";
    };
    CHECK(first("weather_get_alerts") == "weather.get_alerts");
    CHECK(first("  maps.geocode\n") == "maps.geocode");
    CHECK(first(" maps_geocode ") == "maps.geocode");
    CHECK(first("email_send") == "email_send");
    CHECK(first("email.send") == "email.send");
    CHECK(first("email_send.later") != "email_send");
    CHECK(first("a_b_c") == "a.b.c");
    CHECK(first("email_send_later") == "email.send.later");
}

TEST_CASE("the strategies: BM25, keywords, patterns, one's own", "[NX-03.2]") {
    const haft::toolset tools = set_of(in_order());
    const haft::tool_index index(tools);
    const auto by = [&](std::string_view query, haft::search_strategy how) {
        return names(tools, *index.search(query, 4, how));
    };
    CHECK(by("list files directories", haft::search_strategy::keyword).starts_with("filesystem.list_directory"));
    const auto counted = *index.search("Files and a directory, files", 4, haft::search_strategy::keyword);
    CHECK(names(tools, counted) ==
          "filesystem.list_directory filesystem.move_file github.get_file_contents filesystem.read_file");
    CHECK(counted[0].score == 4);  // each word once, however often it is asked for and wherever it stands
    CHECK(counted[3].score == 2);
    CHECK(by("^maps\\.", haft::search_strategy::pattern) == "maps.directions maps.geocode");
    CHECK(index.search("(", 4, haft::search_strategy::pattern).error().code == haft::errc::bad_selection);
    CHECK(names(tools, index.search_by("x", 2, [](const haft::tool& t, std::string_view) {
              return static_cast<double>(t.name.size()) - 22;
          })) == "github.create_pull_request filesystem.list_directory");
}

TEST_CASE("the ranking is the same in any order of the tools", "[NX-03.2]") {
    std::vector<std::size_t> order = in_order();
    const haft::toolset tools = set_of(order);
    const haft::tool_index index(tools);
    for (int turn = 0; turn < 20; ++turn) {
        std::rotate(order.begin(), order.begin() + 5, order.end());
        std::swap(order[0], order[static_cast<std::size_t>(turn)]);
        const haft::toolset other_tools = set_of(order);
        const haft::tool_index other(other_tools);
        for (const std::string_view query : {"list", "create file", "search", "message of a thread", "the a of"})
            REQUIRE(names(other_tools, *other.search(query, 24)) == names(tools, *index.search(query, 24)));
    }
}

TEST_CASE("few tools are all shown", "[NX-03.5]") {
    const haft::tool_session few(set_of({0, 1, 2}, true));
    CHECK(few.shown().size() == 3);
    CHECK(few.shown().find("search_tools") == nullptr);
}

TEST_CASE("of many the core ones are shown and a search; what it finds stays", "[NX-03.4]") {
    haft::toolset all = set_of(in_order(), true);
    all.add("help", "Says what to do", [] { return 1; });
    const haft::tool_session session(all);
    haft::toolset shown = session.shown();
    REQUIRE(shown.size() == 2);
    CHECK(shown[0].name == "help");
    CHECK(shown[1].name == "search_tools");
    const auto found = shown.call("search_tools", R"({"query":"weather forecast","limit":1})");
    REQUIRE(found);
    CHECK(
        *found ==
        R"([{"name":"weather.get_forecast","description":"Weather forecast for a location","input_schema":{"type":"object","properties":{"latitude":{"type":"string"}}}}])");
    CHECK(session.loaded() == std::vector<std::string>{"weather.get_forecast"});
    shown = session.shown();
    CHECK(shown.size() == 3);
    CHECK(*shown.call("weather.get_forecast", "{}") == "\"called\"");
    REQUIRE(shown.call("search_tools", R"({"query":"email"})"));
    CHECK(session.loaded() == std::vector<std::string>{"weather.get_forecast", "email.send", "email.search"});
    CHECK(session.shown().size() == 5);
    CHECK_FALSE(shown.call("search_tools", R"({"query":""})"));
}

TEST_CASE("a session searches as it was told to", "[NX-03.4]") {
    const haft::tool_session session(
        set_of(in_order(), true),
        {.preload_up_to = 23, .default_limit = 1, .strategy = haft::search_strategy::pattern});
    const haft::toolset shown = session.shown();
    CHECK(names_of(shown) == "search_tools");
    const auto wrong = shown.call("search_tools", R"j({"query":"("})j");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().message.starts_with("the pattern \"(\" can't be used"));
    CHECK(session.loaded().empty());
    REQUIRE(shown.call("search_tools", R"({"query":"^maps"})"));
    CHECK(session.loaded() == std::vector<std::string>{"maps.directions"});
    CHECK(names_of(haft::tool_session(set_of({0, 1}, true), {.preload_up_to = 2}).shown()) ==
          "github.create_issue github.list_issues");
    CHECK(names_of(haft::tool_session(set_of({0, 1}, true), {.preload_up_to = 1}).shown()) == "search_tools");
}

TEST_CASE("ten thousand tools are searched in good time", "[NX-03.2]") {
    haft::toolset many;
    std::vector<std::string> texts;
    texts.reserve(20'000);
    for (int i = 0; i < 10'000; ++i) {
        texts.push_back("server" + std::to_string(i % 97) + ".tool_" + std::to_string(i));
        texts.push_back("Does thing " + std::to_string(i) + " with files of kind " + std::to_string(i % 13));
        haft::tool t{.name = texts[texts.size() - 2], .description = texts.back(), .input_schema = "{}"};
        t.execute = [](const void*, std::string_view, haft::call_context&, haft::result_writer&) {};
        many.add(t);
    }
    const haft::tool_index index(many);
    const auto before = std::chrono::steady_clock::now();
    CHECK(names(many, *index.search("thing 7777", 1)) == "server17.tool_7777");
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(2));
}
