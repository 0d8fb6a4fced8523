// SPDX-License-Identifier: BSL-1.0
// Classes that are plugins by what they have.
#include <haft/plugin/make_plugin.hpp>
#include <haft/tool.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using haft::errc;
using haft::plugin_state;
using plugin_test::host;
using plugin_test::one_tool;
using plugin_test::texts;

namespace {

texts told;

std::string status() { return "running"; }

/// Qanot's weather plugin, with whatever a plugin may have.
class weather_plugin {
public:
    static constexpr haft::manifest manifest{.name = "weather",
                                             .version = "1.0.0",
                                             .description = "Weather information for cities",
                                             .optional_plugin_deps = {"cloud_reporter >=2"},
                                             .required_config = {"api_key"},
                                             .min_host_version = "0.1"};
    static constexpr std::string_view tools_md = "## Weather Tools";
    static constexpr const char* soul_append = "## Weather Behavior\nAlways use the tool.";

    struct config {
        std::string api_key;
        std::string base_url = "https://api.example.com";
        int retries;  // no default, so it is required
    };
    struct place {
        std::string city;
    };

    void init() { told.push_back("init"); }
    void setup(const config& c) {
        key_ = c.api_key;
        told.push_back("setup " + c.api_key + " " + c.base_url);
    }
    haft::result<void> teardown() {
        told.push_back("teardown");
        return {};
    }
    haft::toolset initialize(const config& c) {
        told.push_back("initialize " + c.api_key);
        return one_tool("made_by_initialize", "");
    }
    void shutdown() noexcept { told.push_back("shutdown"); }

    std::string get(const place& p) const { return p.city + ": sunny, " + key_; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("", haft::method<&weather_plugin::get>("Get current weather for a city"));
    }
    haft::result<haft::toolset> tools() { return one_tool("of_" + key_, ""); }
    std::vector<haft::command> commands() { return {haft::make_command<&status>({.name = "my-status"})}; }
    std::vector<haft::part> parts() {
        return {haft::hook_part<haft::session_end>("bye", [] { told.push_back("bye"); })};
    }
    void on_error(const std::string& tool, const haft::error&) { told.push_back("error of " + tool); }
    std::string enrich_prompt(const std::string& prompt) { return prompt + " (" + key_ + ")"; }

private:
    std::string key_;
};

struct bare {};

struct nested {
    struct server {
        std::string host;
        int port = 80;
    };
    struct config {
        server from;
        std::vector<std::string> names = {"a"};
    };
    void setup(const config& c) { told.push_back("setup " + c.from.host); }
};
struct takes_text {
    haft::toolset setup(const std::string& text) { return one_tool("from_text", text); }
};
struct takes_both {
    struct config {
        std::string unit = "C";
        int days = 3;
    };
    void init(const std::string& text) { told.push_back("init " + text); }
    void setup(const config& c) { told.push_back("setup " + std::to_string(c.days)); }
};
struct fails {
    haft::result<haft::toolset> tools() { return haft::error{errc::tool_failed, "no tools today"}; }
};
struct counted {
    static inline int alive = 0;
    counted() { ++alive; }
    counted(const counted&) = delete;
    ~counted() { --alive; }
    int one() { return 1; }
    void on_startup() {}
    static consteval auto haft_toolbox() { return haft::toolbox_words("Counted", haft::method<&counted::one>("One")); }
};
struct breaks {
    breaks() { throw std::runtime_error("no display"); }
};

void add_weather(host& h, std::string config) {
    h.loader.add(haft::make_entry("weather", [] { return haft::make_plugin<weather_plugin>(); }), std::move(config));
}

}  // namespace

TEST_CASE("A class has what it uses, and all of it comes and goes with the plugin", "[PM-01][PM-04][PM-05][PM-06]") {
    told.clear();
    host h;
    add_weather(h, R"({"api_key":"k1","retries":0})");
    const haft::load_report report = h.loader.load();
    for (const haft::error& e : report.failed) UNSCOPED_INFO(e.text());
    REQUIRE(report.loaded == texts{"weather"});
    CHECK(told == texts{"init", "setup k1 https://api.example.com", "initialize k1"});
    CHECK(h.row("weather").version == "1.0.0");
    CHECK(h.row("weather").description == "Weather information for cities");
    CHECK(*h.registry.call("weather.get", R"({"city":"Tashkent"})") == "\"Tashkent: sunny, k1\"");
    CHECK(h.serves("of_k1"));
    CHECK(h.serves("made_by_initialize"));
    CHECK(h.registry.get<haft::command_set>().find("my-status") != nullptr);
    CHECK(h.registry.get<haft::hook_set>().list().size() == 2);
    CHECK(h.registry.get<haft::enrichment_set>().enrich_prompt("Hello").text == "Hello (k1)");
    CHECK(h.loader.sections().tools[0].text == "## Weather Tools");
    CHECK(h.loader.sections().souls[0].plugin == "weather");

    told.clear();
    h.loader.unload_all();
    CHECK(told == texts{"shutdown", "teardown"});
    CHECK_FALSE(h.serves("weather.get"));
    CHECK(h.registry.get<haft::hook_set>().list().empty());
    CHECK(h.registry.get<haft::enrichment_set>().enrich_prompt("Hello").text == "Hello");
}

TEST_CASE("All that is wrong with a configuration is one error with the places", "[PM-08][fault-94]") {
    told.clear();
    host h;
    add_weather(h, R"({"base_ulr":"","timeout":1,"retries":"few"})");
    const haft::load_report report = h.loader.load();
    REQUIRE(report.failed.size() == 1);
    const haft::error& e = report.failed[0];
    CHECK(e.code == errc::missing_config);
    CHECK(e.message == "the configuration of plugin \"weather\" lacks \"api_key\"");
    texts places;
    for (const haft::fault& f : e.faults) places.push_back(f.pointer + " " + haft::code_text(f.code));
    CHECK(places == texts{"/api_key haft-E0204", "/retries haft-E0202", "/base_ulr haft-E0203", "/timeout haft-E0203"});
    CHECK(e.faults[2].nearest == "base_url");
    CHECK(told.empty());
}

TEST_CASE("A wrong type alone names its key", "[PM-08][fault-94]") {
    host h;
    add_weather(h, R"({"api_key":"k","retries":"many"})");
    const haft::load_report report = h.loader.load();
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed[0].code == errc::bad_plugin_config);
    REQUIRE(report.failed[0].faults.size() == 1);
    CHECK(report.failed[0].faults[0].pointer == "/retries");
}

TEST_CASE("A lenient host gives the class what there is", "[PM-08]") {
    told.clear();
    host h({.may_lack_keys = true});
    add_weather(h, R"({"retries":1})");
    const haft::load_report report = h.loader.load();
    CHECK(report.loaded == texts{"weather"});
    CHECK(told[1] == "setup  https://api.example.com");
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].message == "the configuration of plugin \"weather\" lacks \"api_key\"");
    h.loader.configure("weather", R"({"api_key":7,"retries":1})");  // but not what does not fit
    CHECK(h.loader.load().failed.size() == 1);
}

TEST_CASE("A key that is missing deeper down is told by its path, to a lenient host as a warning",
          "[PM-08][fault-94]") {
    told.clear();
    for (const bool lenient_host : {false, true}) {
        host h({.may_lack_keys = lenient_host});
        h.loader.add(haft::make_entry("nested", [] { return haft::make_plugin<nested>(); }), R"({"from":{"port":1}})");
        const haft::load_report report = h.loader.load();
        const std::vector<haft::error>& said = lenient_host ? report.warnings : report.failed;
        REQUIRE(said.size() == 1);
        CHECK(said[0].message == "the configuration of plugin \"nested\" lacks \"from/host\"");
    }
    CHECK(told == texts{"setup "});
}

TEST_CASE("A class without anything is a plugin, and takes no configuration", "[PM-01]") {
    host h;
    h.loader.add(haft::make_entry("bare", [] { return haft::make_plugin<bare>(); }));
    CHECK(h.loader.load().loaded == texts{"bare"});
    host other;
    other.loader.add(haft::make_entry("bare", [] { return haft::make_plugin<bare>(); }), R"({"key":1})");
    const haft::load_report report = other.loader.load();
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed[0].faults[0].pointer == "/key");
}

TEST_CASE("A class may take its configuration as text, and setup may give tools", "[PM-04]") {
    host h;
    h.loader.add(haft::make_entry("takes_text", [] { return haft::make_plugin<takes_text>(); }), R"({"any":[1]})");
    CHECK(h.loader.load().loaded == texts{"takes_text"});
    CHECK(*h.registry.call("from_text", "{}") == R"("{\"any\":[1]}")");
    told.clear();
    h.loader.add(haft::make_entry("takes_both", [] { return haft::make_plugin<takes_both>(); }), R"({"unit":"F"})");
    static_cast<void>(h.loader.load());
    CHECK(told == texts{R"(init {"unit":"F","days":3})", "setup 3"});  // the defaults of the struct
}

TEST_CASE("tools() that fails takes the plugin back, a constructor that throws lets it be none", "[fault-89]") {
    host h;
    h.loader.add(haft::make_entry("fails", [] { return haft::make_plugin<fails>(); }));
    h.loader.add(haft::make_entry("breaks", [] { return haft::make_plugin<breaks>(); }));
    CHECK(h.loader.load().loaded.empty());
    CHECK(h.problem("fails") == "plugin \"fails\": its setup failed: no tools today");
    CHECK(h.problem("breaks") == "plugin \"breaks\": making it failed: no display");
    CHECK(h.registry.list_available().empty());
}

TEST_CASE("The object lives as long as the plugin, or somebody who still has its tools", "[PM-04]") {
    {
        host h;
        h.loader.add(haft::make_entry("counted", [] { return haft::make_plugin<counted>(); }));
        CHECK(counted::alive == 0);
        static_cast<void>(h.loader.load());
        CHECK(counted::alive == 1);
        static_cast<void>(h.loader.reload("counted"));
        CHECK(counted::alive == 1);
        const auto kept = h.registry.snapshot();
        h.loader.unload_all();
        CHECK(counted::alive == 1);
        CHECK(*kept->call("counted.one", "{}") == "1");
    }
    CHECK(counted::alive == 0);
}

TEST_CASE("A hook keeps the object that it is of", "[PM-04]") {
    std::vector<haft::part> parts = haft::make_plugin<counted>().parts;
    REQUIRE(parts.size() == 1);
    CHECK(counted::alive == 1);
    parts.clear();
    CHECK(counted::alive == 0);
}

TEST_CASE("A class without a name of its own goes by the one given, or its class's", "[PM-06]") {
    CHECK(haft::make_plugin<bare>().name == "bare");
    CHECK(haft::make_plugin<bare>("naked").name == "naked");
    CHECK(haft::make_plugin<weather_plugin>("other").name == "weather");
    CHECK(haft::make_plugin<weather_plugin>().config_schema.find("\"api_key\"") != std::string::npos);
}
