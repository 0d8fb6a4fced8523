// SPDX-License-Identifier: BSL-1.0
// Tools as a service on a real nats-server, and their calls.
#include <haft/remote/nats_bus.hpp>
#include <haft/remote/nats_service.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <nats/nats.h>

#include <support/nats_server.hpp>

namespace {

using namespace haft::remote;
using haft_test::nats_server;
using std::chrono::milliseconds;

struct query {
    std::string city;
    int days = 3;
};
struct nobody {};
struct size {
    int bytes = 0;
    std::string text = {};
};
struct weather {
    std::string city;
    std::vector<double> celsius;
};
weather forecast(const query& q) { return {q.city, std::vector<double>(static_cast<std::size_t>(q.days), 21.5)}; }
std::string greet(const query& q) { return "hello " + q.city; }
void nothing(const query&) {}
haft::result<std::string> fails(const query& q) { return haft::error{haft::errc::tool_failed, "no city " + q.city}; }
std::string throws(const query&) { throw std::runtime_error("thrown"); }
haft::output<std::string> pictured(const query& q) { return {q.city, {haft::image{"bytes", "image/png"}}}; }

haft::toolset tools() {
    return {haft::make<&forecast>("Tell the weather"), haft::make<&greet>("Greet"),  haft::make<&nothing>("Nothing"),
            haft::make<&fails>("Fails"),               haft::make<&throws>("Throws"), haft::make<&pictured>("Pictured")};
}

/// A caller as a host is one.
struct side {
    std::shared_ptr<nats_bus> bus;
    explicit side(const nats_server& at, nats_bus_options how = {}) {
        how.bus.url = at.url();
        auto opened = nats_bus::open(std::move(how));
        if (!opened) FAIL(opened.error().text());
        bus = *opened;
    }
    remote_endpoint find(std::string_view service, std::string_view name) const {
        for (int i = 0; i < 200; ++i) {
            const auto all = bus->services(service);
            if (all)
                for (const service_info& one : *all)
                    for (const endpoint_info& e : one.endpoints)
                        if (e.name == name) return {.subject = e.subject, .cancel_subject = one.cancel_subject, .name = std::string(name), .said = "tool \"" + std::string(name) + "\""};
            std::this_thread::sleep_for(milliseconds(20));
        }
        FAIL("nobody serves " << name);
        return {};
    }
    std::string call(const remote_endpoint& at, std::string_view arguments, const haft::call_options& how = {}) const {
        std::string text;
        haft::result_writer writer(text, haft::string_results::as_text, how);
        bus->call(at, arguments, how, writer);
        return writer.failed() ? writer.error().text() : text;
    }
};
std::string here(const haft::toolset& all, std::string_view name, std::string_view arguments, haft::call_options how = {}) {
    std::string text;
    haft::result_writer writer(text, haft::string_results::as_text, how);
    haft::call_context context{name, how};
    all.find(name)->run(arguments, context, writer);
    return writer.failed() ? writer.error().text() : text;
}
void start(nats_service& one) {
    if (const auto started = one.start(); !started) FAIL(started.error().text());
    for (int i = 0; i < 500 && !one.connected(); ++i) std::this_thread::sleep_for(milliseconds(10));
    REQUIRE(one.connected());
}

/// Somebody on the bus who knows no haft.
struct stranger {
    natsConnection* connection = nullptr;
    natsSubscription* heard = nullptr;
    std::atomic<int> came{0};
    std::string answer;  // "": none
    explicit stranger(const nats_server& at) { REQUIRE(natsConnection_ConnectTo(&connection, at.url().c_str()) == NATS_OK); }
    stranger(const stranger&) = delete;
    stranger& operator=(const stranger&) = delete;
    ~stranger() {
        natsSubscription_Destroy(heard);
        natsConnection_Destroy(connection);
    }
    void hear(const std::string& subject) {
        REQUIRE(natsConnection_QueueSubscribe(&heard, connection, subject.c_str(), "q", &take, this) == NATS_OK);
        REQUIRE(natsConnection_Flush(connection) == NATS_OK);
    }
    static void take(natsConnection* on, natsSubscription*, natsMsg* m, void* self) {
        auto& own = *static_cast<stranger*>(self);
        ++own.came;
        if (!own.answer.empty()) natsConnection_PublishString(on, natsMsg_GetReply(m), own.answer.c_str());
        natsMsg_Destroy(m);
    }
    std::string ask(const std::string& subject, const std::string& body) {
        natsMsg* got = nullptr;
        if (natsConnection_RequestString(&got, connection, subject.c_str(), body.c_str(), 5000) != NATS_OK) return "(nothing)";
        std::string out(natsMsg_GetData(got), static_cast<std::size_t>(natsMsg_GetDataLength(got)));
        const char* error = nullptr;
        const char* code = nullptr;
        if (natsMsgHeader_Get(got, "Nats-Service-Error", &error) == NATS_OK && natsMsgHeader_Get(got, "Nats-Service-Error-Code", &code) == NATS_OK)
            out = std::string(code) + " " + error;
        natsMsg_Destroy(got);
        return out;
    }
};

}  // namespace

TEST_CASE("A call on the bus gives the bytes that it gives here, result or error") {
    const nats_server at;
    const haft::toolset own = tools();
    nats_service worker(tools(), {.bus = {.url = at.url()}, .name = "weather", .version = "1.0.0"});
    start(worker);
    const side host(at);
    for (const std::string_view name : {"forecast", "greet", "nothing", "fails", "throws", "pictured"}) {
        const remote_endpoint to = host.find("weather", name);
        for (const std::string_view arguments : {R"({"city":"Oslo","days":2})", R"({"city":"A \"b\" \u00e9\u0000"})", R"({"city":3,"x":1})", "{", "", R"({"days":"2","city":"Oslo"})"}) {
            CAPTURE(name, arguments);
            CHECK(host.call(to, arguments) == here(own, name, arguments));
            std::vector<haft::note> notes, notes_here;
            haft::call_options lenient{.mode = haft::read_mode::lenient, .notes = &notes}, lenient_here{.mode = haft::read_mode::lenient, .notes = &notes_here};
            CHECK(host.call(to, arguments, lenient) == here(own, name, arguments, lenient_here));
            REQUIRE(notes.size() == notes_here.size());
            for (std::size_t i = 0; i < notes.size(); ++i) CHECK(notes[i].text() == notes_here[i].text());
        }
    }
}

TEST_CASE("Who knows no haft finds the service, calls it and sees its figures") {
    const nats_server at;
    nats_service worker(tools(), {.bus = {.url = at.url()}, .name = "weather", .version = "1.0.0", .description = "Weather"});
    start(worker);
    const side host(at);
    stranger other(at);
    const remote_endpoint to = host.find("weather", "greet");
    CHECK(other.ask(to.subject, R"({"city":"Oslo"})") == "hello Oslo");
    CHECK(other.ask(to.subject, R"({"town":"Oslo"})") == "209 tool \"greet\" was not called: 2 faults in its arguments");
    CHECK(other.ask("$SRV.PING.weather", "").find(R"("name":"weather","id":")" + worker.id() + R"(","version":"1.0.0")") != std::string::npos);
    CHECK(other.ask("$SRV.INFO.weather." + worker.id(), "").find(R"("description":"Weather","endpoints":[)") != std::string::npos);
    const std::string stats = other.ask("$SRV.STATS", "");
    CHECK(stats.find(R"("name":"greet","subject":")" + to.subject + R"(","queue_group":"q","num_requests":2,"num_errors":1,"last_error":"tool \"greet\" was not called)") != std::string::npos);
    CHECK(stats.find(R"("name":"forecast")") != std::string::npos);
    CHECK(stats.find(R"("num_requests":0,"num_errors":0,"last_error":"","processing_time":0,"average_processing_time":0)") != std::string::npos);
}

TEST_CASE("What a tool tells is heard while it runs, and it knows who calls and until when") {
    const nats_server at;
    haft::toolset set;
    set.add("who", "Who", [](const nobody&, haft::call_context& c) {
        c.progress(1, 4, "a \"b\"");
        c.log(haft::log_level::warning, "careful");
        const caller* const who = c.user<const caller>();
        return std::string(c.call_id()) + " for " + (who ? who->principal : "?");
    });
    nats_service worker(std::move(set), {.bus = {.url = at.url()}, .name = "s"});
    start(worker);
    const side host(at, {.principal = "ada\r\nX: 1"});
    struct hears final : haft::call_listener {
        std::string all;
        void on_progress(const haft::progress& p) override { all += std::to_string(static_cast<int>(p.done)) + "/" + std::to_string(static_cast<int>(p.total)) + " " + std::string(p.message) + ";"; }
        void on_log(haft::log_level level, std::string_view text) override { all += std::string(name_of(level)) + " " + std::string(text) + ";"; }
    } hears;
    haft::call_options how{.call_id = "call_7", .listener = &hears};
    CHECK(host.call(host.find("s", "who"), "{}", how) == "call_7 for ada");  // a header can't be smuggled in
    CHECK(hears.all == "1/4 a \"b\";warning careful;");
}

TEST_CASE("A call that is not wanted any more is stopped where it runs; one whose turn has not come never runs") {
    const nats_server at;
    std::atomic<int> began{0};
    haft::toolset set;
    set.add("waits", "Waits", [&](const nobody&, haft::call_context& c) {
        ++began;
        while (!c.stop_requested()) std::this_thread::sleep_for(milliseconds(1));
        return std::string("stopped");
    });
    nats_service worker(std::move(set), {.bus = {.url = at.url()}, .name = "s", .threads = 1});
    start(worker);
    SECTION("by its caller") {
        const side host(at);
        const remote_endpoint to = host.find("s", "waits");
        struct after { std::atomic<bool> now{false}; bool stop_requested() const { return now; } } first, second;
        std::string said_first, said_second;
        std::thread one([&] { said_first = host.call(to, "{}", {.stop = haft::stop_token(first)}); });
        while (began == 0) std::this_thread::sleep_for(milliseconds(1));
        std::thread two([&] { said_second = host.call(to, "{}", {.stop = haft::stop_token(second)}); });
        std::this_thread::sleep_for(milliseconds(50));  // it waits for the one thread meanwhile, or has not come yet: both are the same then
        second.now = true;
        std::this_thread::sleep_for(milliseconds(100));
        first.now = true;
        one.join();
        two.join();
        CHECK(said_first == "stopped");
        CHECK(said_second == "tool \"waits\" was not called: the call was stopped before its turn came [haft-E0341]");
        CHECK(began == 1);
    }
    SECTION("by its time limit") {
        const side host(at, {.call_limit = milliseconds(200)});
        const remote_endpoint to = host.find("s", "waits");
        CHECK(host.call(to, "{}") == "stopped");
        const side patient(at);
        struct after { std::atomic<bool> now{false}; bool stop_requested() const { return now; } } first;
        std::string said;
        std::thread one([&] { said = patient.call(to, "{}", {.stop = haft::stop_token(first)}); });
        while (began == 1) std::this_thread::sleep_for(milliseconds(1));
        // Its turn does not come in its time: the worker says so at once.
        const auto before = std::chrono::steady_clock::now();
        CHECK(host.call(to, "{}") == "tool \"waits\" was not called: its time of 200 ms was over before its turn came [haft-E0343]");
        struct at_once { bool stop_requested() const { return true; } } over;
        CHECK(host.call(to, "{}", {.stop = haft::stop_token(over)}).ends_with("[haft-E0341]"));
        CHECK(std::chrono::steady_clock::now() - before < milliseconds(1900));
        first.now = true;
        one.join();
        CHECK(said == "stopped");
        CHECK(began == 2);
    }
}

TEST_CASE("A request that comes twice runs once") {
    const nats_server at;
    std::atomic<int> began{0};
    std::atomic<bool> goes_on{false};
    haft::toolset set;
    set.add("waits", "Waits", [&](const nobody&) {
        ++began;
        while (!goes_on) std::this_thread::sleep_for(milliseconds(1));
        return std::string("done");
    });
    set.add("other", "Other", [](const nobody&) { return std::string("other"); });
    nats_service worker(std::move(set), {.bus = {.url = at.url()}, .name = "s"});
    start(worker);
    const side host(at);
    const remote_endpoint to = host.find("s", "waits"), other = host.find("s", "other");
    stranger hears(at), asks(at);
    hears.hear("answers");
    for (int i = 0; i < 3; ++i) REQUIRE(natsConnection_PublishRequestString(asks.connection, to.subject.c_str(), "answers", "{}") == NATS_OK);
    REQUIRE(natsConnection_Flush(asks.connection) == NATS_OK);
    while (began == 0) std::this_thread::sleep_for(milliseconds(1));
    std::this_thread::sleep_for(milliseconds(100));
    CHECK(host.call(other, "{}") == "other");
    goes_on = true;
    for (int i = 0; i < 500 && hears.came == 0; ++i) std::this_thread::sleep_for(milliseconds(10));
    std::this_thread::sleep_for(milliseconds(100));
    CHECK(began == 1);
    CHECK(hears.came == 1);
}

TEST_CASE("Who is busy with a request does not refuse it when it comes once more") {
    const nats_server at;
    std::atomic<int> began{0};
    std::atomic<bool> goes_on{false};
    haft::toolset set;
    set.add("waits", "Waits", [&](const nobody&) {
        ++began;
        while (!goes_on) std::this_thread::sleep_for(milliseconds(1));
        return std::string("done");
    });
    nats_service worker(std::move(set), {.bus = {.url = at.url()}, .name = "s", .threads = 1, .waiting = 0});
    start(worker);
    const remote_endpoint to = side(at).find("s", "waits");
    stranger hears(at), asks(at);
    hears.hear("answers");
    for (const char* const body : {"{}", "{}", "{ }"}) {  // the third one is another one, and there is no room for it
        REQUIRE(natsConnection_PublishRequestString(asks.connection, to.subject.c_str(), "answers", body) == NATS_OK);
        REQUIRE(natsConnection_Flush(asks.connection) == NATS_OK);
        while (began == 0) std::this_thread::sleep_for(milliseconds(1));
    }
    for (int i = 0; i < 500 && hears.came == 0; ++i) std::this_thread::sleep_for(milliseconds(10));
    CHECK(hears.came == 1);
    goes_on = true;
    for (int i = 0; i < 500 && hears.came < 2; ++i) std::this_thread::sleep_for(milliseconds(10));
    CHECK(hears.came == 2);
    CHECK(began == 1);
}

TEST_CASE("A call that is taken back before it comes does not run") {
    const nats_server at;
    std::atomic<int> began{0};
    haft::toolset set;
    set.add("count", "Counts", [&](const nobody&) { return ++began; });
    nats_service worker(std::move(set), {.bus = {.url = at.url()}, .name = "s"});
    start(worker);
    const remote_endpoint to = side(at).find("s", "count");
    stranger hears(at), asks(at);
    hears.hear("answers");
    REQUIRE(natsConnection_PublishString(asks.connection, to.cancel_subject.c_str(), "answers") == NATS_OK);
    CHECK(asks.ask("$SRV.PING.s", "").find("\"s\"") != std::string::npos);  // it has been heard, then: both come to one thread
    REQUIRE(natsConnection_PublishRequestString(asks.connection, to.subject.c_str(), "answers", "{}") == NATS_OK);
    REQUIRE(natsConnection_Flush(asks.connection) == NATS_OK);
    for (int i = 0; i < 500 && hears.came == 0; ++i) std::this_thread::sleep_for(milliseconds(10));
    CHECK(hears.came == 1);
    CHECK(began == 0);
    CHECK(asks.ask(to.subject, "{}") == "1");
}

TEST_CASE("A message that says that nobody is there ends no endpoint, and who knows no haft hears answers alone") {
    const nats_server at;
    haft::toolset set;
    set.add("slow", "Slow", [](const nobody&, haft::call_context& c) {
        c.progress(0.5, 1, "half");
        std::this_thread::sleep_for(milliseconds(300));
        return std::string("late");
    });
    nats_service worker(std::move(set), {.bus = {.url = at.url()}, .name = "s", .beat = milliseconds(50)});
    start(worker);
    const remote_endpoint to = side(at).find("s", "slow");
    stranger asks(at);
    natsMsg* nobody_is_there = nullptr;
    REQUIRE(natsMsg_Create(&nobody_is_there, to.subject.c_str(), nullptr, nullptr, 0) == NATS_OK);
    natsMsgHeader_Set(nobody_is_there, "Status", "503");
    REQUIRE(natsConnection_PublishMsg(asks.connection, nobody_is_there) == NATS_OK);
    natsMsg_Destroy(nobody_is_there);
    CHECK(asks.ask(to.subject, "{}") == "late");
}

TEST_CASE("A worker ends at once while there is no server, and is not begun again") {
    nats_server at;
    nats_service worker(tools(), {.bus = {.url = at.url()}, .name = "weather"});
    start(worker);
    at.stop();
    while (worker.connected()) std::this_thread::sleep_for(milliseconds(5));
    const auto before = std::chrono::steady_clock::now();
    worker.stop();
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(20));  // 30 are its drain time
    const auto again = worker.start();
    REQUIRE(!again);
    CHECK(again.error().text() == "service \"weather\" has ended; make another one [haft-E0439]");
    nats_service never(tools(), {.bus = {.url = at.url()}, .name = "weather"});
    never.stop();
    CHECK(!never.start());
}

TEST_CASE("A tool that was quick until now holds nobody up when it is slow for once") {
    const nats_server at;
    std::atomic<bool> is_slow{false}, goes_on{false};
    std::atomic<int> waiting{0};
    haft::toolset set;
    set.add("quick", "Quick", [&](const nobody&) {
        if (is_slow.exchange(false)) {
            ++waiting;
            while (!goes_on) std::this_thread::sleep_for(milliseconds(1));
        }
        return std::string("done");
    });
    nats_service worker(std::move(set), {.bus = {.url = at.url()}, .name = "s", .threads = 2});
    start(worker);
    const side host(at);
    const remote_endpoint to = host.find("s", "quick");
    const auto known_by = std::chrono::steady_clock::now() + milliseconds(600);  // that it is quick, and called again and again
    while (std::chrono::steady_clock::now() < known_by) CHECK(host.call(to, "{}") == "done");
    is_slow = true;
    std::string first;
    std::thread one([&] { first = host.call(to, "{}"); });
    while (waiting == 0) std::this_thread::sleep_for(milliseconds(1));
    for (int i = 0; i < 20; ++i) CHECK(host.call(to, "{}") == "done");  // on the other thread
    CHECK(first.empty());
    goes_on = true;
    one.join();
    CHECK(first == "done");
}

TEST_CASE("Each tool has its turn, however many there are and whatever their names") {
    const nats_server at;
    haft::toolset set;
    std::vector<std::string> names = {"a..b", ".c", "d.", "e.f"};
    for (int i = 0; i < 40; ++i) names.push_back("t" + std::to_string(i));
    for (const std::string& name : names) set.add(name, "Says its name", [name](const nobody&) { return name; });
    nats_service worker(std::move(set), {.bus = {.url = at.url()}, .name = "s", .threads = 2});
    start(worker);
    const side host(at);
    std::vector<std::thread> all;
    std::vector<std::string> said(names.size());
    for (std::size_t i = 0; i < names.size(); ++i)
        all.emplace_back([&, i] {
            std::string shown = names[i];
            std::replace(shown.begin(), shown.end(), '.', '_');
            said[i] = host.call(host.find("s", shown), "{}");
        });
    for (std::thread& one : all) one.join();
    CHECK(said == names);
}

TEST_CASE("What is sent while there is no connection is kept for a worker, and refused for a caller") {
    nats_server at;
    const std::string url = at.url();
    at.stop();
    const auto worker = nats_connection::open({.url = url}, when_lost::kept), caller_ = nats_connection::open({.url = url}, when_lost::refused);
    REQUIRE(worker);
    REQUIRE(caller_);
    CHECK(natsConnection_PublishString((*worker)->get(), "a", "late") == NATS_OK);
    CHECK(natsConnection_PublishString((*caller_)->get(), "a", "late") == NATS_INSUFFICIENT_BUFFER);
}

TEST_CASE("Of a call that nobody speaks of any more the fate is unknown; only what may run twice is asked again") {
    const nats_server at;
    stranger swallows(at);
    swallows.hear("haft.s.t.1");
    const side host(at, {.silence = milliseconds(150), .tries = 3});
    remote_endpoint to{.subject = "haft.s.t.1", .said = "tool \"t\""};
    CHECK(host.call(to, "{}") == "nobody knows what became of a call of tool \"t\": nothing was heard of it for 150 ms. It may have run, or not; look what it "
                                 "would have changed before you call it again [haft-E0432]");
    CHECK(swallows.came == 1);
    to.may_run_twice = true;
    CHECK(host.call(to, "{}").find("haft-E0432") != std::string::npos);
    CHECK(swallows.came == 4);
}

TEST_CASE("A tool that takes longer than anybody may be silent is spoken of, and waited for") {
    const nats_server at;
    haft::toolset set;
    set.add("slow", "Slow", [](const nobody&) {
        std::this_thread::sleep_for(milliseconds(900));
        return std::string("late");
    });
    nats_service worker(std::move(set), {.bus = {.url = at.url()}, .name = "s"});
    start(worker);
    for (const int silence : {400, 120}) {  // the first beat of the second one is due before the worker would look by itself
        const side host(at, {.silence = milliseconds(silence)});
        CHECK(host.call(host.find("s", "slow"), "{}") == "late");
    }
}

TEST_CASE("Where nobody serves a tool, or all are busy, that is said, and the tool did not run") {
    const nats_server at;
    const side host(at, {.patience = milliseconds(100)});
    const std::string nobody_there = host.call({.subject = "haft.s.t.1", .said = "tool \"t\""}, "{}");
    CHECK(nobody_there.starts_with("tool \"t\" was not called: in 1"));
    CHECK(nobody_there.ends_with(" ms no worker served it at " + at.url() + " [haft-E0437]"));
    std::atomic<bool> goes_on{false};
    std::atomic<int> ran{0};
    haft::toolset set;
    set.add("waits", "Waits", [&](const nobody&) {
        ++ran;
        while (!goes_on) std::this_thread::sleep_for(milliseconds(1));
        return std::string("done");
    });
    nats_service worker(std::move(set), {.bus = {.url = at.url()}, .name = "s", .threads = 1, .waiting = 0});
    start(worker);
    const remote_endpoint to = host.find("s", "waits");
    std::string first;
    std::thread one([&] { first = host.call(to, "{}"); });
    while (ran == 0) std::this_thread::sleep_for(milliseconds(1));
    const std::string busy = host.call(to, "{}");
    CHECK(busy.starts_with("tool \"waits\" was not called: in 1"));
    CHECK(busy.ends_with(" ms no worker had room for it; the last one asked says: all 1 threads of this worker are busy and 0 calls wait [haft-E0438]"));
    goes_on = true;
    one.join();
    CHECK(first == "done");
    CHECK(host.call(to, "{}") == "done");
    CHECK(ran == 2);
}

TEST_CASE("What is larger than a message may be is told on both sides") {
    const haft_test::temporary_folder folder;
    folder.file("small.conf", "max_payload: 4096\n");
    const nats_server at({"-c", (folder.path / "small.conf").string()});
    haft::toolset set;
    set.add("text", "A text", [](const size& s) { return std::string(static_cast<std::size_t>(s.bytes), 'x'); });
    nats_service worker(std::move(set), {.bus = {.url = at.url()}, .name = "s"});
    start(worker);
    const side host(at);
    const remote_endpoint to = host.find("s", "text");
    CHECK(host.call(to, R"({"bytes":4000,"text":""})").size() == 4000);
    CHECK(host.call(to, R"({"bytes":5000,"text":""})") == "the result has 5000 bytes; at most 4096 go through " + at.url() + "; ask for less, such as a part of it or fewer items [haft-E0208]");
    CHECK(host.call(to, R"({"bytes":4090,"text":""})").starts_with("the result has 4090 bytes; at most 4096 go"));  // headers count, too
    CHECK(host.call(to, "{\"text\":\"" + std::string(4075, 'x') + "\"}").starts_with("the arguments have 4086 bytes; at most 4096 go"));
    CHECK(host.call(to, "{\"text\":\"" + std::string(5000, 'x') + "\"}") == "the arguments have 5011 bytes; at most 4096 go through " + at.url() + " [haft-E0208]");
}

TEST_CASE("A worker that ends answers what it has taken, and takes nothing more") {
    const nats_server at;
    std::atomic<int> ran{0};
    const auto slow = [&] {
        haft::toolset set;
        set.add("slow", "Slow", [&](const nobody&) {
            std::this_thread::sleep_for(milliseconds(20));
            ++ran;
            return std::string("done");
        });
        return set;
    };
    auto first = std::make_unique<nats_service>(slow(), nats_service_options{.bus = {.url = at.url()}, .name = "s", .threads = 2});
    nats_service second(slow(), {.bus = {.url = at.url()}, .name = "s", .threads = 2});
    start(*first);
    start(second);
    const side host(at);
    const remote_endpoint to = host.find("s", "slow");
    std::atomic<int> done{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < 6; ++i)
        callers.emplace_back([&] {
            for (int k = 0; k < 20; ++k)
                if (host.call(to, "{}") == "done") ++done;
        });
    while (ran < 10) std::this_thread::sleep_for(milliseconds(1));
    first.reset();
    for (std::thread& one : callers) one.join();
    CHECK(done == 120);  // none was lost
    CHECK(ran == 120);   // and none made twice
}

TEST_CASE("What is served changes while it is served; workers of two versions are apart") {
    const nats_server at;
    const auto say = [](const char* words, const char* about) {
        haft::toolset set;
        set.add("say", about, [words](const nobody&) { return std::string(words); });
        return set;
    };
    const auto live = std::make_shared<haft::mcp::live_offer>(haft::mcp::offer::of(say("old", "Says old")));
    nats_service worker(live, {.bus = {.url = at.url()}, .name = "s"});
    nats_service other(say("other", "Says other"), {.bus = {.url = at.url()}, .name = "s"});
    start(worker);
    const side host(at, {.patience = milliseconds(100)});
    const remote_endpoint old = host.find("s", "say");
    start(other);
    for (int i = 0; i < 50; ++i) CHECK(host.call(old, "{}") == "old");  // never the other one
    live->publish(haft::mcp::offer::of(say("new", "Says new")));
    std::string now;
    for (int i = 0; i < 500 && now.find("haft-E0437") == now.npos; ++i) now = host.call(old, "{}");
    CHECK(now.find("haft-E0437") != std::string::npos);
    std::string all;
    for (int i = 0; i < 500 && (all.find("new") == all.npos || all.find("other") == all.npos); ++i) {
        all.clear();
        const auto now_there = host.bus->services("s");
        for (const service_info& one : *now_there)
            for (const endpoint_info& e : one.endpoints) all += host.call({.subject = e.subject, .said = "t"}, "{}") + " ";
    }
    CHECK((all == "new other " || all == "other new "));
    // The same tool with another function behind it: the subject stays, what runs is the new one.
    live->publish(haft::mcp::offer::of(say("newest", "Says new")));
    std::string newest;
    for (int i = 0; i < 500 && newest.find("newest") == newest.npos; ++i) {
        newest.clear();
        const auto now_there = host.bus->services("s");
        for (const service_info& one : *now_there)
            for (const endpoint_info& e : one.endpoints) newest += host.call({.subject = e.subject, .said = "t"}, "{}") + " ";
    }
    CHECK(newest.find("newest") != std::string::npos);
}

TEST_CASE("When the server goes, calls say that there is no connection; when it is back they go on") {
    nats_server at;
    nats_service worker(tools(), {.bus = {.url = at.url()}, .name = "weather"});
    start(worker);
    const side host(at, {.silence = milliseconds(300), .patience = milliseconds(200)});
    const remote_endpoint to = host.find("weather", "greet");
    CHECK(host.call(to, R"({"city":"Oslo"})") == "hello Oslo");
    at.stop();
    while (host.bus->connected()) std::this_thread::sleep_for(milliseconds(5));
    const std::string gone = host.call(to, R"({"city":"Oslo"})");
    CHECK(gone.starts_with("tool \"greet\" was not called: in 2"));
    CHECK(gone.ends_with(" ms there was no connection to " + at.url() + " [haft-E0439]"));
    CHECK(!host.bus->services());
    at.start_again();
    std::string back;
    for (int i = 0; i < 100 && back != "hello Oslo"; ++i) back = host.call(to, R"({"city":"Oslo"})");
    CHECK(back == "hello Oslo");
}

TEST_CASE("A worker may be there before the server is") {
    nats_server at;
    at.stop();
    nats_service worker(tools(), {.bus = {.url = at.url()}, .name = "weather"});
    REQUIRE(worker.start());
    CHECK(!worker.connected());
    at.start_again();
    const side host(at);
    CHECK(host.call(host.find("weather", "greet"), R"({"city":"Oslo"})") == "hello Oslo");
}

TEST_CASE("What can't be is told when it is opened") {
    nats_service named(tools(), {.name = "a.b"});
    const auto started = named.start();
    REQUIRE(!started);
    CHECK(started.error().text() == "no service can be named \"a.b\"; 1 to 64 of A-Z a-z 0-9 _ - are [haft-E0439]");
    for (const char* const url : {"", "nats://", "nats://user:pass@", "http://h", "nats://h:x", "nats://user:pass@h:65536", "nats://h:1,ftp://h", "[::1]:0"}) {
        CAPTURE(url);
        const auto opened = nats_bus::open({.bus = {.url = url}});
        REQUIRE(!opened);
        CHECK(opened.error().text().find("is no address of NATS; write nats://HOST:PORT") != std::string::npos);
        CHECK(opened.error().text().find("pass") == std::string::npos);
    }
    const auto no_file = nats_bus::open({.bus = {.credentials_file = "tests/no such.creds"}});
    REQUIRE(!no_file);
    CHECK(no_file.error().text() == "the file of credentials \"tests/no such.creds\" can't be read [haft-E0439]");
    CHECK(shown_url("nats://a:b@h:1,tls://t@k,plain") == "nats://h:1,tls://k,plain");
}

TEST_CASE("The server's token is shown, and a wrong one is refused") {
    const nats_server at({"--auth", "s3cret"});
    const auto wrong = nats_bus::open({.bus = {.url = at.url(), .token = "no"}});
    CHECK((!wrong || !(*wrong)->connected()));
    nats_service worker(tools(), {.bus = {.url = at.url(), .token = "s3cret"}, .name = "weather"});
    start(worker);
    const side host(at, {.bus = {.token = "s3cret"}});
    CHECK(host.call(host.find("weather", "greet"), R"({"city":"Oslo"})") == "hello Oslo");
}
