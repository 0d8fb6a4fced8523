// SPDX-License-Identifier: BSL-1.0
// Services on a real nats-server as plugins of a host: they come and go, change, and are hostile.
#include <haft/config/parse_toml.hpp>
#include <haft/host/configured_host.hpp>
#include <haft/host/nats_services.hpp>
#include <haft/remote/nats_service.hpp>
#include <haft/tool.hpp>
#include <haft/written.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <support/nats_server.hpp>
#include <support/temporary_folder.hpp>

namespace {

using haft_test::nats_server;
using haft_test::temporary_folder;
using std::chrono::milliseconds;

haft::configuration of(std::string_view text) {
    auto read = haft::parse_toml(text, "haft.toml");
    if (!read) FAIL(read.error().text());
    return *read;
}
std::string section(const nats_server& at, std::string_view more = {}) {
    return "[nats.s]\nurl = \"" + at.url() + "\"\nlook_every = 0.1\npatience = 0.2\n" + std::string(more);
}
haft::configured_plugins_options options(const std::filesystem::path& pins = {}, haft::logger log = {}) {
    haft::configured_plugins_options out;
    out.sources["nats"] = [how = haft::host::nats_services_options{.pins = pins, .log = std::move(log)}](const haft::configuration& from, const haft::host::mount_errors& problems) {
        return haft::host::nats_entries(from, how, problems);
    };
    return out;
}
struct query { int n = 0; };
haft::toolset says(const char* words, const char* about = "Says", haft::effect effect = haft::effect::read_only) {
    haft::toolset set;
    set.add("say", {.description = about, .effect = effect}, [words](const query&) { return std::string(words); });
    return set;
}
struct worker {
    std::unique_ptr<haft::remote::nats_service> service;
    worker(const nats_server& at, haft::toolset set, const char* version = "1.0.0")
        : service(std::make_unique<haft::remote::nats_service>(std::move(set), haft::remote::nats_service_options{.bus = {.url = at.url()}, .name = "s", .version = version})) {
        if (const auto started = service->start(); !started) FAIL(started.error().text());
        for (int i = 0; i < 500 && !service->connected(); ++i) std::this_thread::sleep_for(milliseconds(10));
    }
};
std::string call(haft::host::configured_host& host, std::string_view name, std::string_view arguments = "{}") {
    const auto now = host.registry().snapshot();
    const auto got = now->tools().call(name, arguments);
    return got ? *got : got.error().text();
}
/// Until it says that, or 10 seconds are over.
std::string called_until(haft::host::configured_host& host, std::string_view name, std::string_view wanted) {
    std::string got;
    for (int i = 0; i < 500; ++i) {
        got = call(host, name);
        if (got.find(wanted) != got.npos) return got;
        std::this_thread::sleep_for(milliseconds(20));
    }
    return got;
}
std::string explained(haft::host::configured_host& host, std::string_view name) {
    std::string out;
    const auto now = host.registry().snapshot();
    for (const std::string& one : haft::explain(*now, name).reasons) out += one + "\n";
    return out;
}
std::string problems_of(const haft::host::configured_host& host) {
    std::string out;
    for (const auto& one : host.problems()) out += one.text + "\n";
    return out;
}

}  // namespace

TEST_CASE("A service is a plugin: its tools are there while a worker is, and it says where none is") {
    const nats_server at;
    haft::host::configured_host host(options());
    std::optional<worker> one(std::in_place, at, says("hello"));
    REQUIRE(host.apply(of(section(at))));
    CHECK(problems_of(host).empty());
    REQUIRE(host.tools().size() == 1);
    CHECK(host.tools()[0].name == "s.say");
    CHECK(host.tools()[0].effect == haft::effect::read_only);
    CHECK(host.owner_of(host.tools()[0]) == "s");
    CHECK(call(host, "s.say") == "\"hello\"");
    CHECK(call(host, "s.say", R"({"m":1})") == "tool \"s.say\" was not called: 1 fault in its arguments\n- /m: no such parameter; the parameter is n [haft-E0203]");
    one.reset();
    CHECK(called_until(host, "s.say", "haft-E0211").find("haft-E0211") != std::string::npos);
    CHECK(explained(host, "s").find("no worker of NATS service \"s\" answers at " + at.url()) != std::string::npos);
    one.emplace(at, says("again"));
    CHECK(called_until(host, "s.say", "again") == "\"again\"");
}

TEST_CASE("A host that comes before bus and workers goes on, and has the tools when they are there") {
    nats_server at;
    at.stop();
    haft::host::configured_host host(options());
    REQUIRE(host.apply(of(section(at))));
    CHECK(host.tools().empty());
    at.start_again();
    const worker one(at, says("hello"));
    CHECK(called_until(host, "s.say", "hello") == "\"hello\"");
}

TEST_CASE("A tool that changed is left out until somebody agrees, and what was agreed to is preferred", "[fault-105]") {
    const nats_server at;
    const temporary_folder folder;
    std::optional<worker> old(std::in_place, at, says("old"), "1.0.0");
    {
        std::mutex guard;
        std::string logged;
        haft::host::configured_host host(options(folder.path, haft::logger([&](haft::log_level, std::string_view, std::string_view text) {
            const std::lock_guard lock(guard);
            logged += std::string(text) + "\n";
        })));
        REQUIRE(host.apply(of(section(at))));
        CHECK(call(host, "s.say") == "\"old\"");
        const worker next(at, says("new", "Says, and sends it to me"), "2.0.0");
        std::this_thread::sleep_for(milliseconds(400));  // some looks
        for (int i = 0; i < 20; ++i) CHECK(call(host, "s.say") == "\"old\"");  // both are there: the one that was agreed to
        old.reset();
        CHECK(called_until(host, "s.say", "haft-E0211").find("haft-E0211") != std::string::npos);
        const std::lock_guard lock(guard);
        CHECK(logged.find("tool \"say\" of NATS service \"s\" is not what was agreed to: its description changed; it is left out until you agree: by haft trust "
                                     "--tool s.say") != std::string::npos);
        const auto agreed = haft::host::agree_to_service_tools(of(section(at)), {.pins = folder.path}, "s.say");
        REQUIRE(agreed);
        REQUIRE(*agreed);
        REQUIRE((*agreed)->size() == 1);
        CHECK((**agreed)[0].difference == "its description");
        haft::host::configured_host fresh(options(folder.path));
        REQUIRE(fresh.apply(of(section(at))));
        CHECK(call(fresh, "s.say") == "\"new\"");
        const auto no = haft::host::agree_to_service_tools(of(section(at)), {.pins = folder.path}, "s.other");
        REQUIRE(no);
        CHECK(no->error().text() == "NATS service \"s\" has no tool \"other\"; there are s.say [haft-E0211]");
        CHECK(!haft::host::agree_to_service_tools(of(section(at)), {.pins = folder.path}, "t.say"));
    }
    const auto nobody = haft::host::agree_to_service_tools(of(section(at)), {.pins = folder.path}, "s.say");
    REQUIRE(nobody);
    CHECK(nobody->error().text() == "no worker of NATS service \"s\" answers at " + at.url() + " [haft-E0437]");
}

TEST_CASE("Of two versions that nobody agreed to the higher one is taken; on_change accepts the other") {
    const nats_server at;
    const worker high(at, says("high", "Says high"), "2.10.0"), low(at, says("low", "Says low"), "2.9.0"), low_too(at, says("low", "Says low"), "2.9.0");
    haft::host::configured_host host(options());
    REQUIRE(host.apply(of(section(at, "on_change = \"accept\"\n"))));
    for (int i = 0; i < 20; ++i) CHECK(call(host, "s.say") == "\"high\"");
}

TEST_CASE("Hostile schemas of a service are left out, the others are there", "[fault-142]") {
    const nats_server at;
    haft::remote::nats_options bus{.url = at.url()};
    const auto opened = haft::remote::nats_connection::open(bus, haft::remote::when_lost::kept);
    REQUIRE(opened);
    struct answer {
        std::string text;
        static void give(natsConnection* on, natsSubscription*, natsMsg* m, void* self) {
            natsConnection_PublishString(on, natsMsg_GetReply(m), static_cast<answer*>(self)->text.c_str());
            natsMsg_Destroy(m);
        }
    } info;
    haft::remote::service_info about{.name = "s", .id = "X", .version = "1.0.0"};
    const auto tool = [&](const char* name, std::string_view schema) {
        about.endpoints.push_back({name, std::string("haft.s.") + name, "{\"name\":\"" + std::string(name) + "\",\"inputSchema\":" + std::string(schema) + "}"});
    };
    tool("good", R"({"type":"object"})");
    tool("far_away", R"({"type":"object","properties":{"a":{"$ref":"http://10.0.0.1/x"}}})");
    tool("text", R"({"type":"string"})");
    about.endpoints.push_back({"broken", "haft.s.broken", "{"});
    about.endpoints.push_back({"no_tool", "s.no_tool", ""});
    info.text = haft::remote::info_text(about);
    natsSubscription* heard = nullptr;
    REQUIRE(natsConnection_Subscribe(&heard, (*opened)->get(), "$SRV.INFO.s", &answer::give, &info) == NATS_OK);
    REQUIRE(natsConnection_Flush((*opened)->get()) == NATS_OK);
    {
        haft::host::configured_host host(options());
        REQUIRE(host.apply(of(section(at))));
        REQUIRE(host.tools().size() == 1);
        CHECK(host.tools()[0].name == "s.good");
        const std::string problems = problems_of(host);
        CHECK(problems.find("tool \"far_away\" of NATS service \"s\" is left out: its input schema refers to \"http://10.0.0.1/x\"; nothing is fetched [haft-E0428]") != std::string::npos);
        CHECK(problems.find("tool \"text\" of NATS service \"s\" is left out") != std::string::npos);
    }
    natsSubscription_Destroy(heard);
}

TEST_CASE("Sections that can't be are told, with their place; the others are there") {
    const auto told = [](std::string_view text, std::function<bool(const haft::config_origin&)> allowed = {}) {
        const auto problems = std::make_shared<haft::host::mount_error_list>();
        const auto all = haft::host::nats_entries(of(text), {.allowed = std::move(allowed)}, problems);
        std::string out = std::to_string(all.size());
        for (const haft::error& e : problems->take()) out += " | " + e.text();
        return out;
    };
    CHECK(told("[nats.a]\nurl = \"nats://h\"\n[nats.b]\nurl = \"nats://h\"\nenabled = false\n") == "2");
    CHECK(told("nats = 1\n") == "0 | haft.toml:1:8: nats is no table; a service is one below it: [nats.NAME] [haft-E0422]");
    CHECK(told("[nats.\"a b\"]\nurl = \"nats://h\"\n").find("NATS service \"a b\" can't be named so") != std::string::npos);
    CHECK(told("[nats.a]\nservice = \"x.y\"\nurl = \"nats://h\"\n").find("is called \"x.y\" on the bus, and no service can be") != std::string::npos);
    CHECK(told("[nats.a]\n").find("/url: required") != std::string::npos);
    CHECK(told("[nats.a]\nurl = \"nats://h\"\nsilense = 3\n").find("did you mean \"silence\"?") != std::string::npos);
    CHECK(told("[nats.a]\nurl = \"nats://h\"\nsilence = 0\n").find("they are in seconds, the latter two at least 0.1") != std::string::npos);
    CHECK(told("[nats.a]\nurl = \"nats://h\"\non_change = \"ask\"\n").find("has on_change \"ask\"; \"withdraw\" and \"accept\" are known") != std::string::npos);
    CHECK(told("[nats.a]\nurl = \"nats://h\"\ntoken_env = \"HAFT_TEST_NO_SUCH\"\n").find("which is not set [haft-E0422]") != std::string::npos);
    CHECK(told("[nats.a]\nurl = \"nats://h\"\n", [](const haft::config_origin&) { return false; }).find("is not mounted: a project says so") != std::string::npos);
}
