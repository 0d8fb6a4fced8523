// SPDX-License-Identifier: BSL-1.0
#include <haft/config/config_files.hpp>
#include <haft/config/load_layers.hpp>
#include <haft/config/parse_toml.hpp>
#include <haft/host/configured_host.hpp>
#include <haft/host/configured_selection.hpp>
#include <haft/host/configured_values.hpp>
#include <haft/host/plugin_table.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/stat.h>

#include <support/temporary_folder.hpp>

namespace {

namespace fs = std::filesystem;
using haft_test::temporary_folder;
using texts = std::vector<std::string>;

haft::environment_function variables(std::map<std::string, std::string> all) {
    return [all = std::move(all)](std::string_view name) {
        const auto found = all.find(std::string(name));
        return found == all.end() ? std::nullopt : std::optional(found->second);
    };
}
texts strings(const std::vector<fs::path>& paths) {
    texts out;
    for (const fs::path& one : paths) out.push_back(one.string());
    return out;
}
haft::configuration parsed(const std::string& text) {
    haft::result<haft::configuration> out = haft::parse_toml(text, "haft.toml");
    if (!out) FAIL(out.error().text());
    return std::move(*out);
}
/// A plugin of one tool, which is named like it.
void write_plugin(const temporary_folder& at, const std::string& folder, const std::string& tool) {
    at.file(folder + "/plugin.toml", "version = \"1.0\"\nrequired_config = []\n");
    at.file(folder + "/tools/" + tool + ".toml",
            "description = \"Say it\"\neffect = \"read_only\"\n[run]\nargv = [\"/bin/echo\", \"" + tool + "\"]\n");
}
texts names(const haft::toolset& tools) {
    texts out;
    for (const haft::tool& t : tools) out.emplace_back(t.name);
    return out;
}
std::string error_of(const auto& result) { return result ? "" : result.error().text(); }

}  // namespace

TEST_CASE("The usual files: the system's, the user's, and the project's, looked for upwards", "[DC-02]") {
    const temporary_folder at;
    at.folder("home/project/deep/er");
    const fs::path project = at.path / "home/project";
    const auto files = [&](const fs::path& from, std::map<std::string, std::string> more = {}) {
        more.emplace("HOME", (at.path / "home").string());
        auto out = haft::usual_config_files(from, variables(more));
        if (!out) FAIL(out.error().text());
        return std::move(*out);
    };
    CHECK(strings(files(project).system) == texts{"/etc/xdg/haft/haft.toml"});
    CHECK(strings(files(project).user) == texts{(at.path / "home/.config/haft/haft.toml").string()});
    CHECK(files(project).project.empty());
    CHECK(files(project).folder == project);
    CHECK(files(project / "").folder == project);
    const auto set = files(project, {{"XDG_CONFIG_HOME", "/u"}, {"XDG_CONFIG_DIRS", "/a:relative:/b"}});
    CHECK(strings(set.system) == texts{"/b/haft/haft.toml", "/a/haft/haft.toml"});  // the first wins, so it comes last
    CHECK(strings(set.user) == texts{"/u/haft/haft.toml"});
    CHECK(files(project, {{"XDG_CONFIG_HOME", "relative"}}).user.size() == 1);
    CHECK(haft::usual_config_files(project, variables({}))->user.empty());

    at.file("haft.toml", "");       // above HOME: nobody looks there
    at.file("home/haft.toml", "");  // HOME itself is no project of what lies in it
    CHECK(files(project / "deep/er").project.empty());
    CHECK(strings(files(at.path / "home").project).size() == 1);  // but of who starts there
    at.file("home/project/haft.toml", "");
    CHECK(strings(files(project / "deep/er").project) == texts{(project / "haft.toml").string()});
    CHECK(files(project / "deep/er").folder == project);
    at.file("home/project/deep/haft.toml", "");
    CHECK(strings(files(project / "deep/er").project) == texts{(project / "deep/haft.toml").string()});
}

TEST_CASE("A file above that others can write is refused, one in the folder itself is not", "[DC-02][fault-115]") {
    const temporary_folder at;
    const fs::path file = at.file("project/haft.toml", "");
    at.folder("project/below");
    REQUIRE(::chmod(file.c_str(), 0666) == 0);
    const auto above = haft::usual_config_files(at.path / "project/below", variables({}));
    REQUIRE_FALSE(above);
    CHECK(above.error().code == haft::errc::untrusted_config);
    CHECK(above.error().message.starts_with(file.string() + ": this file above the working folder is not used, because "));
    CHECK(haft::usual_config_files(at.path / "project", variables({})));
}

TEST_CASE("A configuration selects tools, and says where", "[RG-07][DC-11]") {
    CHECK_FALSE(haft::selection_of({})->has_value());
    const auto some = haft::selection_of(parsed("[tools]\nonly = [\"a.*\", \"!a.b, c\"]\n"));
    REQUIRE(some);
    REQUIRE(some->has_value());
    CHECK((*some)->wanted.text() == "a.*,!a.b,c");
    CHECK((*some)->at == "haft.toml:2:8");
    const auto none = haft::selection_of(parsed("tools.only = []\n"));
    REQUIRE(none);
    CHECK(none->has_value());
    CHECK((*none)->wanted.empty());
    CHECK(error_of(haft::selection_of(parsed("tools.only = [\"hint:nope\"]\n"))).starts_with("haft.toml:1:14: "));
    CHECK(error_of(haft::selection_of(parsed("[tools]\nonyl = []\n"))).find("haft.toml:2:8: /tools/onyl: no such key; did you mean \"only\"?") !=
          std::string::npos);
    CHECK(error_of(haft::selection_of(parsed("tools = 3\n"))).find("haft.toml:1:9") != std::string::npos);
}

TEST_CASE("A host serves what the configuration brings and selects; a selection of the caller's replaces that", "[RG-07][DC-11]") {
    const temporary_folder at;
    write_plugin(at, "p/one", "first");
    write_plugin(at, "p/two", "second");
    haft::host::configured_host host({.places = {{at.path / "p", haft::plugin_scope::project}}});
    CHECK(host.tools().empty());
    REQUIRE(host.apply({}));
    CHECK(names(host.tools()) == texts{"first", "second"});
    CHECK(host.owner_of(host.tools()[0]) == "one");
    CHECK(host.problems().empty());

    const auto select = [&](const std::string& text, std::optional<haft::configured_selection> instead = {}) {
        haft::host::configured_host fresh({.places = {{at.path / "p", haft::plugin_scope::project}}});
        const auto done = fresh.apply(parsed(text), std::move(instead));
        if (!done) return done.error().text();
        std::string out;
        for (const std::string& one : names(fresh.tools())) out += one + " ";
        return out;
    };
    CHECK(select("tools.only = [\"first\"]\n") == "first ");
    CHECK(select("tools.only = []\n") == "");
    CHECK(select("tools.only = [\"frist\"]\n") ==
          "haft.toml:1:14: no tool is named \"frist\"; did you mean \"first\"?; there are first, second [haft-E0260]");
    CHECK(select("tools.only = [\"first\"]\n", haft::configured_selection{haft::selector::parse("second"), "--tools"}) == "second ");
    CHECK(select("", haft::configured_selection{haft::selector::parse("thrid"), "--tools"}).starts_with("--tools: no tool is named"));
    CHECK(select("plugins = 3\n").find("haft-E0384") != std::string::npos);
}

TEST_CASE("explain answers for tools and plugins alike", "[RG-06]") {
    const temporary_folder at;
    write_plugin(at, "p/weather", "weather");
    write_plugin(at, "p/other", "thing");
    haft::host::configured_host host({.places = {{at.path / "p", haft::plugin_scope::project}}});
    REQUIRE(host.apply(parsed("[plugins]\ndisabled = [\"other\"]\n")));
    const haft::explanation both = host.explain("weather");
    CHECK(both.served);
    CHECK(both.text().find("tool \"weather\" of owner \"weather\"") != std::string::npos);
    CHECK(both.text().find("plugin \"weather\" 1.0") != std::string::npos);
    CHECK(both.text().find("is loaded") != std::string::npos);
    for (const std::string& one : both.reasons) CHECK(std::count(both.reasons.begin(), both.reasons.end(), one) == 1);
    const haft::explanation other = host.explain("other");
    CHECK(other.known);
    CHECK(other.text().find("is disabled: it is among the plugins that are disabled (haft.toml:2:12)") != std::string::npos);
    CHECK(other.text().find("no tool") == std::string::npos);
    const haft::explanation nobody = host.explain("nobody");
    CHECK_FALSE(nobody.known);
    CHECK(nobody.text().find("searched: " + (at.path / "p").string()) != std::string::npos);
}

TEST_CASE("Problems are told once: what a log has told is not told again, and that one is shadowed is no problem", "[RG-06]") {
    const temporary_folder at;
    write_plugin(at, "p/good", "good");
    write_plugin(at, "q/good", "good");
    at.file("p/bad/plugin.toml", "required_config = [\"key\"]\n");
    const auto told = [&](const haft::logger& log) {
        haft::configured_plugins_options how{
            .places = {{at.path / "p", haft::plugin_scope::project}, {at.path / "q", haft::plugin_scope::user}}};
        how.discovery.log = log;
        haft::host::configured_host host(std::move(how));
        REQUIRE(host.apply({}));
        texts out;
        for (const haft::host::problem& one : host.problems()) out.push_back(one.text);
        return out;
    };
    const texts all = told({});
    REQUIRE(all.size() == 1);
    CHECK(all[0].find("\"bad\"") != std::string::npos);
    int lines = 0;
    CHECK(told(haft::logger([&](haft::log_level, std::string_view, std::string_view) { ++lines; }, {haft::log_level::error, ""})).empty());
    CHECK(lines == 1);
}

TEST_CASE("Places of the command line come before those of the configuration", "[DC-01]") {
    const temporary_folder at;
    write_plugin(at, "mine/weather", "mine");
    write_plugin(at, "theirs/weather", "theirs");
    haft::host::configured_host host({.first_places = {{at.path / "mine", haft::plugin_scope::project}}});
    REQUIRE(host.apply(parsed("[plugins]\npaths = [\"" + (at.path / "theirs").string() + "\"]\n")));
    CHECK(names(host.tools()) == texts{"mine"});
}

TEST_CASE("The table of plugins: how each stands, from where, and what is wrong") {
    std::vector<haft::plugin_status> all(3);
    all[0] = {.name = "good", .state = haft::plugin_state::loaded, .version = "1.0", .source = "/users/ann/project/p/good", .brings = "1 tool"};
    all[1] = {.name = "off", .state = haft::plugin_state::disabled, .source = "/users/ann/off"};
    all[1].problem.message = "it is among the plugins that are disabled";
    all[2] = {.name = "bad", .state = haft::plugin_state::refused, .version = "2", .source = "compiled in"};
    all[2].problem = {haft::errc::missing_config, "it lacks a key"};
    const haft::host::short_folders folders{{"/users/ann/project", "."}, {"/users/ann", "~"}};
    CHECK(haft::host::plugins_text(all, folders, {.colour = false, .width = 80}) ==
          "plugin  version  state     brings  from, and what is wrong\n"
          "good    1.0      loaded    1 tool  ./p/good\n"
          "off     -        disabled  -       ~/off\n"
          "                                   it is among the plugins that are disabled\n"
          "bad     2        refused   -       compiled in\n"
          "                                   it lacks a key [haft-E0417]");
    CHECK(haft::host::plugins_json(all) ==
          "[\n"
          R"({"name":"good","version":"1.0","state":"loaded","source":"/users/ann/project/p/good","brings":"1 tool"},)"
          "\n"
          R"({"name":"off","state":"disabled","source":"/users/ann/off","problem":"it is among the plugins that are disabled"},)"
          "\n"
          R"({"name":"bad","version":"2","state":"refused","source":"compiled in","problem":"it lacks a key [haft-E0417]","code":"haft-E0417"})"
          "\n]");
    CHECK(haft::host::plugins_json({}) == "[]");
    CHECK(haft::host::short_path("/users/anna/x", folders) == "/users/anna/x");
    CHECK(haft::host::short_path("/users/ann", folders) == "~");
    CHECK(haft::host::short_path("/a\x1b[2J", folders) == "/a[2J");
    CHECK(haft::host::short_path("/x", {{"/", "."}}) == "/x");
}

TEST_CASE("The configuration as keys and values, with their places; secrets are hidden", "[DC-02][fault-110][fault-111]") {
    haft::config_layers layers;
    REQUIRE(layers.add(haft::config_layer::user, *haft::parse_toml("[plugin.weather]\ndays = 3\n", "user.toml")));
    REQUIRE(layers.add(haft::config_layer::project,
                       parsed("[plugin.weather]\ndays = 5\napi_key = \"s3cret\"\n\"odd name\" = [1, {password = \"s3cret\"}]\n")));
    const haft::host::terminal plain;
    CHECK(config_text(layers, "", plain) ==
          "plugin.weather.api_key = \"(hidden)\"\nplugin.weather.days = 5\n"
          "plugin.weather.\"odd name\" = [1,{\"password\":\"(hidden)\"}]");
    CHECK(config_text(layers, "/plugin/weather/days", plain) == "plugin.weather.days = 5");
    CHECK(config_text({}, "", plain).empty());
    CHECK(config_origins_text(layers, "/plugin/weather/days", plain) ==
          "key                  value  layer    where\n"
          "plugin.weather.days  5      project  haft.toml:2:8\n"
          "                     3      user     user.toml:2:8 (shadowed)");
    CHECK(haft::host::config_json(layers.merged(), "/plugin/weather") ==
          R"x({"api_key":"(hidden)","days":5,"odd name":[1,{"password":"(hidden)"}]})x");
    CHECK(haft::host::config_json(layers.merged(), "/nowhere") == "null");
    CHECK(haft::host::config_origins_json(layers, "/plugin/weather/days") ==
          "[\n"
          R"({"key":"plugin.weather.days","pointer":"/plugin/weather/days","values":[{"value":"5","layer":"project","origin":"haft.toml:2:8","wins":true},{"value":"3","layer":"user","origin":"user.toml:2:8","wins":false}]})"
          "\n]");
    CHECK(haft::host::config_origins_json({}, "") == "[]");
}

TEST_CASE("What stands at the top and nobody reads is told with its place", "[DC-02]") {
    CHECK(haft::host::unread_sections(parsed("[plugns]\npaths = []\n[plugins]\n[x-mine]\n[other]\n"), {"plugins", "tools"}) ==
          texts{"haft.toml:5:1: nobody reads \"other\"", "haft.toml:1:1: nobody reads \"plugns\"; did you mean \"plugins\"?"});
    CHECK(haft::host::unread_sections({}, {"plugins"}).empty());
}

TEST_CASE("Keys and pointers lead to each other", "[DC-02]") {
    for (const std::string pointer : {"/a", "/plugin/my-weather/days", "/a b/c", "/a.b/c", "/a~1b/~0"}) {
        const std::string key = haft::host::key_of_pointer(pointer);
        const auto back = haft::host::pointer_of_key(key);
        INFO(key);
        REQUIRE(back);
        CHECK(*back == pointer);
    }
    CHECK(haft::host::key_of_pointer("") == "");
    CHECK(haft::host::key_of_pointer("/a.b/c d") == "\"a.b\".\"c d\"");
    for (const std::string_view wrong : {"", "a b", "a = 1\nb", "a.", "[a]", "a = {b"})
        CHECK(error_of(haft::host::pointer_of_key(wrong)).starts_with("expected a key such as plugin.weather.days, got "));
    const haft::configuration config = parsed("[plugin.weather]\ndays = 5\n");
    CHECK(haft::host::nothing_configured(config, "/plugin/wether/days").message ==
          "nobody has configured \"plugin.wether.days\"; did you mean \"weather\"? (in plugin)");
    CHECK(haft::host::nothing_configured(config, "/other").message ==
          "nobody has configured \"other\"; there are plugin");
    CHECK(haft::host::nothing_configured({}, "/other").message == "nobody has configured \"other\"");
}
