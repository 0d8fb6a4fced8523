// SPDX-License-Identifier: BSL-1.0
#include <haft/plugin/declarative/discover_plugins.hpp>
#include <haft/plugin/plugin_loader.hpp>
#include <haft/registry/registry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <support/temporary_folder.hpp>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using haft::plugin_scope;
using haft_test::temporary_folder;

/// What is logged, a line each: `info plugin "a" was found …`, with the temporary folder as `@`.
struct log_lines {
    std::vector<std::string> all;
    std::string base;
    haft::logger logger(std::string_view setting = "debug") {
        return haft::logger(
            [this](haft::log_level level, std::string_view channel, std::string_view message) {
                CHECK(channel == "plugins");
                std::string line(message);
                for (std::size_t i; (i = line.find(base)) != line.npos;) line.replace(i, base.size(), "@");
                all.push_back(std::string(haft::name_of(level)) + " " + line);
            },
            *haft::parse_log_setting(setting));
    }
};
void write_plugin(const temporary_folder& at, const std::string& folder, const std::string& manifest = "") {
    at.file(folder + "/plugin.toml", manifest);
}
std::vector<std::string> names_of(const haft::plugin_discovery& d) {
    std::vector<std::string> out;
    for (const haft::found_plugin& one : d.found) out.push_back(one.name);
    return out;
}
using names = std::vector<std::string>;

}  // namespace

TEST_CASE("Of two plugins of one name that of the earlier place counts, and the other one is told of",
          "[DC-01][DC-07][DC-12]") {
    const temporary_folder at;
    write_plugin(at, "project/weather");
    write_plugin(at, "user/Weather", "version = \"2\"");
    write_plugin(at, "user/notes");
    write_plugin(at, "built-in/other", "name = \"WEATHER\"");
    const std::vector<haft::plugin_place> places{{at.path / "built-in", plugin_scope::built_in},
                                                 {at.path / "project", plugin_scope::project},
                                                 {at.path / "user", plugin_scope::user}};
    log_lines log{{}, at.path.string()};
    haft::plugin_discovery out = haft::discover_plugins(places, {.log = log.logger()});
    CHECK(names_of(out) == names{"weather", "notes"});
    CHECK(out.found[0].folder == at.path / "project/weather");
    CHECK(out.problems.empty());
    REQUIRE(out.warnings.size() == 2);
    CHECK(out.warnings[0].code == haft::errc::plugin_shadowed);
    CHECK(log.all ==
          names{"info plugin \"weather\" was found in @/project/weather (project)",
                "warning plugin \"Weather\" in @/user/Weather (user) is not used: the one in @/project/weather "
                "(project) comes before it",
                "info plugin \"notes\" was found in @/user/notes (user)",
                "warning plugin \"WEATHER\" in @/built-in/other (built-in) is not used: the one in "
                "@/project/weather (project) comes before it"});

    out = haft::discover_plugins(places, {.precedence = haft::built_in_first});
    CHECK(names_of(out) ==
          names{"WEATHER", "notes"});  // Weather of the user is shadowed now, and so is that of the project
    CHECK(out.warnings.size() == 2);
}

TEST_CASE("The usual places follow the environment", "[DC-07]") {
    std::vector<std::pair<std::string, std::string>> variables{{"HOME", "/h"}};
    const haft::environment_function read = [&](std::string_view name) -> std::optional<std::string> {
        for (const auto& [key, value] : variables)
            if (key == name) return value;
        return {};
    };
    const auto shown = [&](const fs::path& libdir = {}) {
        std::string out;
        for (const haft::plugin_place& one : haft::default_plugin_places("/p", read, libdir))
            out += std::string(haft::name_of(one.scope)) + " " + one.folder.string() + "\n";
        return out;
    };
    CHECK(shown("/opt/lib") ==
          "project /p/.haft/plugins\nuser /h/.config/haft/plugins\nuser /h/.local/share/haft/plugins\n"
          "built-in /usr/local/share/haft/plugins\nbuilt-in /usr/share/haft/plugins\n"
          "built-in /opt/lib/haft/plugins\n");
    variables = {{"XDG_CONFIG_HOME", "/c"}, {"XDG_DATA_HOME", "relative"}, {"XDG_DATA_DIRS", "/d:relative::/e"}};
    CHECK(shown() ==
          "project /p/.haft/plugins\nuser /c/haft/plugins\nbuilt-in /d/haft/plugins\nbuilt-in /e/haft/plugins\n");
    CHECK(haft::default_plugin_places("/p", {}).size() == 3);  // a null function knows no variable
}

TEST_CASE("What is wanted and not there lists every place, and the others go on", "[DC-07]") {
    const temporary_folder at;
    write_plugin(at, "user/weather");
    const std::string base = at.path.string();
    const haft::plugin_discovery out =
        haft::discover_plugins({{at.path / "user", plugin_scope::user}, {at.path / "project", plugin_scope::project}},
                               {.wanted = {"waether", "Weather", "nowhere"}});
    CHECK(names_of(out) == names{"weather"});
    REQUIRE(out.problems.size() == 2);
    CHECK(out.problems[0].text() == "plugin \"waether\" was not found; did you mean \"weather\"? Searched in " + base +
                                        "/project (project, which is not there), " + base +
                                        "/user (user) [haft-E0448]");
    CHECK(out.problems[1].message.starts_with("plugin \"nowhere\" was not found; searched in "));
    CHECK(haft::discover_plugins({}, {.wanted = {"x"}}).problems[0].message ==
          "plugin \"x\" was not found; there is no place to search");
}

TEST_CASE("Each folder that is none says why, as loud as it deserves", "[DC-08][DC-12][fault-103]") {
    const temporary_folder at;
    at.folder("user/empty");
    at.file("user/lib/code.cpp", "");
    at.file("user/readme", "");
    write_plugin(at, "user/_draft");
    write_plugin(at, "user/.git");
    write_plugin(at, "user/inner/src");
    write_plugin(at, "user/outer/src/outer");
    write_plugin(at, "single", "name = \"alone\"");
    at.file("file", "");
    at.folder("nothing");
    fs::create_directory_symlink(at.path / "user/inner", at.path / "user/link");
    log_lines log{{}, at.path.string()};
    const haft::plugin_discovery out = haft::discover_plugins({{at.path / "missing", plugin_scope::user},
                                                               {at.path / "file", plugin_scope::user},
                                                               {at.path / "nothing", plugin_scope::user},
                                                               {at.path / "user", plugin_scope::user},
                                                               {at.path / "user/../user", plugin_scope::user},
                                                               {at.path / "single", plugin_scope::user}},
                                                              {.log = log.logger()});
    CHECK(names_of(out) == names{"inner", "outer", "alone"});  // a place may be a plugin itself; the src-layout
    CHECK(out.problems.empty());
    REQUIRE(out.warnings.size() == 1);
    CHECK(out.warnings[0].code == haft::errc::unread_place);
    const auto count = [&](const std::string& line) { return std::count(log.all.begin(), log.all.end(), line); };
    CHECK(count("debug @/missing (user) is skipped: it is not there") == 1);
    CHECK(count("warning the place of plugins @/file (user) is skipped: it is no folder") == 1);
    CHECK(count("debug @/nothing (user) is skipped: it is empty") == 1);
    CHECK(count("debug @/user/empty (user) is skipped: it is empty") == 1);
    CHECK(count("debug @/user/lib (user) is skipped: it has no plugin.toml") == 1);
    CHECK(count("debug @/user/readme (user) is skipped: it is no folder") == 1);
    CHECK(count("debug @/user/_draft (user) is skipped: it begins with _ or .") == 1);
    CHECK(count("debug @/user/.git (user) is skipped: it begins with _ or .") == 1);
    CHECK(count("debug @/user/link/src (user) is skipped: it was found before as @/user/inner/src") == 1);
    CHECK(count("debug @/user/../user/inner/src (user) is skipped: it was found before as @/user/inner/src") == 1);
}

TEST_CASE("No folder's name moves a cursor, or begins a line of the log", "[DC-12]") {
    const temporary_folder at;
    at.file(
        "user/a\x1b"
        "[2J\nerror: b/x",
        "");
    write_plugin(at, "user/c\x1b", "verison = \"1\"");
    log_lines log{{}, at.path.string()};
    const haft::plugin_discovery out =
        haft::discover_plugins({{at.path / "user", plugin_scope::user}}, {.log = log.logger()});
    REQUIRE(log.all.size() == 2);
    CHECK(log.all[0] == "debug @/user/a[2J error: b (user) is skipped: it has no plugin.toml");
    CHECK(log.all[1].find('\x1b') == std::string::npos);
    REQUIRE(out.problems.size() == 1);
    CHECK(out.problems[0].text().find('\x1b') == std::string::npos);
}

TEST_CASE("A place of very many files is not searched to its end", "[fault-103]") {
    const temporary_folder at;
    write_plugin(at, "user/a");
    for (int i = 0; i < 12; ++i) at.file("user/file" + std::to_string(i), "");
    const std::vector<haft::plugin_place> places{{at.path / "user", plugin_scope::user}};
    CHECK(names_of(haft::discover_plugins(places, {.most_entries = 13})) == names{"a"});
    const haft::plugin_discovery out = haft::discover_plugins(places, {.most_entries = 12});
    CHECK(out.found.empty());
    REQUIRE(out.warnings.size() == 1);
    CHECK(out.warnings[0].text() == "the place of plugins " + (at.path / "user").string() +
                                        " (user) is skipped: it has more than 12 entries [haft-E0451]");
    CHECK(haft::discovery_policy{}.most_entries == 10000);
}

TEST_CASE("A folder that can't be read is a warning", "[fault-103]") {
    const temporary_folder at;
    write_plugin(at, "user/a");
    fs::create_symlink("circle", at.path / "circle");
    const haft::plugin_discovery circle = haft::discover_plugins({{at.path / "circle", plugin_scope::user}});
    REQUIRE(circle.warnings.size() == 1);
    CHECK(circle.warnings[0].message.find(" (user) is skipped: it can't be looked at: ") != std::string::npos);
    fs::permissions(at.path / "user", fs::perms::none);
    const haft::plugin_discovery out = haft::discover_plugins({{at.path / "user", plugin_scope::user}});
    fs::permissions(at.path / "user", fs::perms::owner_all);
    if (::geteuid() == 0) return;  // root reads everything
    CHECK(out.found.empty());
    CHECK(out.warnings.size() == 1);
}

TEST_CASE("What others can write to is refused: a place, a plugin, a file of it", "[DC-07][DC-12]") {
    const temporary_folder at;
    write_plugin(at, "user/a");
    write_plugin(at, "user/b");
    at.file("user/b/tools/run.sh", "");
    write_plugin(at, "user/c");
    write_plugin(at, "open/d");
    const auto open = [](const fs::path& what) {
        fs::permissions(what, fs::perms::others_write, fs::perm_options::add);
        return what.string();
    };
    const std::string a = open(at.path / "user/a"), b = open(at.path / "user/b/tools/run.sh"),
                      place = open(at.path / "open");
    const std::vector<haft::plugin_place> places{{at.path / "open", plugin_scope::user},
                                                 {at.path / "user", plugin_scope::user}};
    log_lines log{{}, at.path.string()};
    const haft::plugin_discovery out = haft::discover_plugins(places, {.log = log.logger("error:plugins")});
    CHECK(names_of(out) == names{"c"});
    REQUIRE(out.problems.size() == 3);
    CHECK(out.problems[0].code == haft::errc::untrusted_place);
    CHECK(out.problems[0].message.starts_with(place + " is refused: everybody can write it"));
    CHECK(out.problems[1].message.starts_with(a + " is refused: everybody can write it"));
    CHECK(out.problems[2].message.starts_with(b + " is refused: everybody can write it"));
    CHECK(log.all.size() == 3);  // errors only
    CHECK(names_of(haft::discover_plugins(places, {.check_owners = false})) == names{"d", "a", "b", "c"});
}

TEST_CASE("A link leads nowhere out of a plugin, but to a file that is as safe as its own", "[DC-07]") {
    const temporary_folder at;
    const std::vector<haft::plugin_place> places{{at.path / "user", plugin_scope::user}};
    at.file("else/tools/t.toml", "");
    at.file("else/program", "");
    for (const char* name : {"folder", "file", "inner", "nowhere", "away"}) write_plugin(at, std::string("user/") + name);
    fs::create_directory_symlink(at.path / "else/tools", at.path / "user/folder/tools");
    fs::create_symlink(at.path / "else/program", at.path / "user/file/program");
    fs::create_symlink("plugin.toml", at.path / "user/inner/again.toml");
    fs::create_symlink("not-there", at.path / "user/inner/nowhere");
    fs::create_symlink(at.path / "else/later", at.path / "user/nowhere/program");
    haft::plugin_discovery out = haft::discover_plugins(places);
    CHECK(names_of(out) == names{"away", "file", "inner"});
    REQUIRE(out.problems.size() == 2);
    CHECK(out.problems[0].text() == (at.path / "user/folder/tools").string() +
                                        " is refused: it is a link that leads out of the plugin's folder, to " +
                                        (at.path / "else/tools").string() + " [haft-E0449]");
    CHECK(out.problems[1].message.starts_with((at.path / "user/nowhere/program").string() + " is refused: it is a link"));

    // The file, or a folder above it, that others can write to.
    for (const char* open : {"else/program", "else"}) {
        INFO(open);
        fs::permissions(at.path / open, fs::perms::others_write, fs::perm_options::add);
        out = haft::discover_plugins(places);
        CHECK(names_of(out) == names{"away", "inner"});
        fs::permissions(at.path / open, fs::perms::others_write, fs::perm_options::remove);
    }
    // A plugin that is a link itself is where it leads, and the folders above that count.
    write_plugin(at, "elsewhere/linked");
    fs::create_directory_symlink(at.path / "elsewhere/linked", at.path / "user/linked");
    CHECK(names_of(haft::discover_plugins(places)) == names{"away", "file", "inner", "linked"});
    fs::permissions(at.path / "elsewhere", fs::perms::others_write, fs::perm_options::add);
    CHECK(names_of(haft::discover_plugins(places)) == names{"away", "file", "inner"});
}

TEST_CASE("Every folder from the place down to the manifest is looked at", "[DC-07]") {
    const temporary_folder at;
    write_plugin(at, "user/a/src");
    write_plugin(at, "user/b/src/b");
    write_plugin(at, "user/c/src/c");
    for (const char* open : {"user/a", "user/b", "user/c/src"})
        fs::permissions(at.path / open, fs::perms::others_write, fs::perm_options::add);
    const haft::plugin_discovery out = haft::discover_plugins({{at.path / "user", plugin_scope::user}});
    CHECK(out.found.empty());
    REQUIRE(out.problems.size() == 3);
    CHECK(out.problems[0].message.starts_with((at.path / "user/a").string() + " is refused: everybody can write it"));
    CHECK(out.problems[2].message.starts_with((at.path / "user/c/src").string() + " is refused: everybody can write it"));
}

TEST_CASE("Whose a plugin's files are is looked at again whenever it is loaded", "[DC-07]") {
    const temporary_folder at;
    write_plugin(at, "user/a");
    const fs::path tool = at.file("user/a/tools/t.toml", "description = 'x'\nrun.argv = ['/bin/echo']\n");
    const haft::plugin_discovery out = haft::discover_plugins({{at.path / "user", plugin_scope::user}});
    REQUIRE(out.found.size() == 1);
    const haft::plugin_entry entry = haft::entry_of(out.found[0]);
    CHECK(entry.make());
    fs::permissions(tool, fs::perms::others_write, fs::perm_options::add);
    const haft::result<haft::plugin> made = entry.make();
    REQUIRE_FALSE(made);
    CHECK(made.error().code == haft::errc::untrusted_place);
    CHECK(made.error().message.starts_with(tool.string() + " is refused: everybody can write it"));
    haft::discovery_policy all;
    all.check_owners = false;
    CHECK(haft::entry_of(haft::discover_plugins({{at.path / "user", plugin_scope::user}}, all).found[0]).make());
}

TEST_CASE("A broken manifest keeps its plugin out and no other", "[DC-07][fault-100]") {
    const temporary_folder at;
    write_plugin(at, "user/a", "verison = \"1\"");
    write_plugin(at, "user/b");
    write_plugin(at, "user/c", "name = \"../c\"");
    write_plugin(at, "user/c c");
    const haft::plugin_discovery out = haft::discover_plugins({{at.path / "user", plugin_scope::user}});
    CHECK(names_of(out) == names{"b"});
    REQUIRE(out.problems.size() == 3);
    CHECK(out.problems[0].code == haft::errc::bad_declaration);
    CHECK(out.problems[0].text().find("did you mean \"version\"?") != std::string::npos);
    CHECK(out.problems[1].text().find("c/plugin.toml:1:8: /name: no plugin can be named \"../c\"") !=
          std::string::npos);
    CHECK(out.problems[2].text().find("no plugin can be named \"c c\"") != std::string::npos);
}

TEST_CASE("What is found says whether its files are what they were, whoever owns them", "[DC-08]") {
    const temporary_folder at;
    write_plugin(at, "user/a");
    at.file("user/a/tools/inner/run.sh", "1");
    fs::create_symlink("nowhere", at.path / "user/a/link");
    const auto contents = [&](bool check_owners) {
        const haft::plugin_discovery out = haft::discover_plugins({{at.path / "user", plugin_scope::user}},
                                                                  {.most_entries = 6, .check_owners = check_owners});
        REQUIRE(out.found.size() == 1);
        return out.found[0].stamp;
    };
    const std::string before = contents(true);
    CHECK(contents(false) == before);
    at.file("user/a/tools/inner/run.sh", "12");
    const std::string longer = contents(true);
    CHECK(longer != before);
    fs::last_write_time(at.path / "user/a/tools/inner/run.sh", fs::file_time_type::clock::now() + std::chrono::hours(1));
    CHECK(contents(true) != longer);
    at.file("user/a/new", "");
    CHECK_FALSE(contents(true).empty());  // six: as many as may be
    at.file("user/a/more", "");
    CHECK_FALSE(contents(false).empty());
    const haft::plugin_discovery out =
        haft::discover_plugins({{at.path / "user", plugin_scope::user}}, {.most_entries = 6});
    REQUIRE(out.problems.size() == 1);
    CHECK(out.problems[0].message.ends_with("it has more than 6 files, too many to see whose they are"));
}

TEST_CASE("A finder remembers what it has found for each set of places", "[DC-08]") {
    const temporary_folder at;
    write_plugin(at, "user/a");
    write_plugin(at, "more/b");
    const haft::plugin_place user{at.path / "user", plugin_scope::user}, more{at.path / "more", plugin_scope::user};
    haft::plugin_finder finder;
    CHECK(names_of(finder.find({user})) == names{"a"});
    write_plugin(at, "user/late");
    CHECK(names_of(finder.find({user})) == names{"a"});
    CHECK(names_of(finder.find({user, more})) == names{"a", "late", "b"});
    finder.forget();
    CHECK(names_of(finder.find({user})) == names{"a", "late"});
}

TEST_CASE("What is found can be loaded, and a folder comes before what is compiled in", "[DC-01]") {
    const temporary_folder at;
    write_plugin(at, "user/weather", "version = \"3\"");
    at.file("user/weather/tools/notes.txt", "");
    const haft::plugin_discovery out = haft::discover_plugins({{at.path / "user", plugin_scope::user}});
    REQUIRE(out.found.size() == 1);
    log_lines log{{}, at.path.string()};
    const haft::plugin_entry entry = haft::entry_of(out.found[0], {}, log.logger());
    CHECK(entry.source == (at.path / "user/weather").string());
    REQUIRE(entry.manifest);
    CHECK(entry.manifest->version == "3");
    const haft::result<haft::plugin> made = entry.make();
    REQUIRE(made);
    CHECK(made->name == "weather");
    CHECK(log.all == names{"warning @/user/weather/tools/notes.txt is neither *.toml nor *.json; nobody reads it"});

    haft::registry registry;
    haft::plugin_loader loader(registry);
    loader.add(entry);
    loader.add(haft::make_entry("Weather", haft::plugin{.name = "Weather"}, "compiled in"));
    CHECK(loader.load().loaded == names{"weather"});
    REQUIRE(loader.status().size() == 2);
    CHECK(loader.status()[1].state == haft::plugin_state::shadowed);
    CHECK_FALSE(loader.status()[1].problem.message.empty());
}
