// SPDX-License-Identifier: BSL-1.0
// How a server over HTTP begins and ends, and what it stands from its system. Each test has a server on a std::thread of its own.
#include <haft/host/run.hpp>
#include <haft/host/serve_http.hpp>
#include <haft/mcp/transport/http.hpp>
#include <haft/tool.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <vector>

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <support/gate.hpp>
#include <support/http_talk.hpp>
#include <support/open_descriptors.hpp>
#include <support/temporary_folder.hpp>
#include <support/test_certificate.hpp>

using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;
using haft_test::add_wait;
using haft_test::begin_session;
using haft_test::call;
using haft_test::gate;
using haft_test::http_client;
using haft_test::http_fixture;
using haft_test::http_response;

namespace {

haft::toolset tools(const std::shared_ptr<gate>& at) {
    haft::toolset out;
    add_wait(out, at);
    return out;
}
std::string refusal_of(haft::mcp::http_options options) {
    haft::mcp::http_server server(haft::toolset(), std::move(options));
    const haft::result<void> fine = server.listen();
    return fine ? "" : fine.error().text();
}

}  // namespace

TEST_CASE("where nothing can listen it says why", "[mcp_http]") {
    http_fixture server(tools(std::make_shared<gate>()));
    haft::mcp::http_options options;
    options.port = server.port();
    CHECK_THAT(refusal_of(options), ContainsSubstring("can't listen at 127.0.0.1:" + std::to_string(server.port())) &&
                                        ContainsSubstring("Port 0 is one that is free [haft-E0490]"));
    options.port = 0;
    options.address = "mcp.example.org";
    CHECK_THAT(refusal_of(options), ContainsSubstring("\"mcp.example.org\" is no address of this machine") && ContainsSubstring("haft-E0491"));
    options.address = "192.0.2.1";
    CHECK_THAT(refusal_of(options), ContainsSubstring("can't listen at 192.0.2.1:0") && ContainsSubstring("haft-E0490"));
    options.address = "localhost";
    options.certificate_file = "/nowhere/cert.pem";
    CHECK_THAT(refusal_of(options), ContainsSubstring("a certificate needs its key") && ContainsSubstring("haft-E0492"));
    options.key_file = "/nowhere/key.pem";
    CHECK_THAT(refusal_of(options), ContainsSubstring("can't use \"/nowhere/cert.pem\"") && ContainsSubstring("haft-E0492"));
    options.certificate_file = options.key_file = "";
    CHECK(refusal_of(options).empty());
}

TEST_CASE("a server that is asked to end lets its calls end first", "[mcp_http][fault-158]") {
    const auto at = std::make_shared<gate>();
    haft::mcp::http_options options;
    options.server.drain_time = 1h;
    http_fixture server(tools(at), options);
    server.server.stop_on({SIGTERM});
    http_client client(server.port()), idle(server.port()), listening(server.port()), late(server.port());
    const std::string session = begin_session(client);
    CHECK(idle.ask("DELETE").status == 400);
    listening.send(http_client::text("GET", listening.host(), session + "Accept: text/event-stream\r\n", ""));
    http_response stream = listening.read_head();
    late.send("POST /mcp HT");
    client.send_post(call(1, "wait"), session);
    at->wait_for(at->inside, 1);
    ::kill(::getpid(), SIGTERM);
    CHECK(idle.ends());
    CHECK_FALSE(listening.read_until(stream, "nothing"));
    CHECK(stream.whole);
    CHECK_THROWS(http_client(server.port()));  // nobody is taken in any more
    late.send("TP/1.1\r\nHost: " + late.host() + "\r\n\r\n");
    const http_response refused = late.read();
    CHECK(refused.status == 503);
    CHECK(late.ends());
    CHECK(at->stopped == 0);
    at->open = true;
    CHECK(client.read().has("waited"));
    CHECK(client.ends());
    server.wait();
}

TEST_CASE("a server that leaves says so and serves on, each connection once more", "[mcp_http][fault-158]") {
    const auto at = std::make_shared<gate>();
    haft::mcp::http_options options;
    options.leave_time = 1h;
    options.threads = 3;  // two of them wait
    haft::toolset served = tools(at);
    served.add("now", "Takes no time", [] { return std::string("at once"); });
    http_fixture server(std::move(served), options);
    server.server.stop_on({SIGTERM});
    http_client client(server.port()), idle(server.port()), streams(server.port()), fresh(server.port());
    const std::string session = begin_session(client);
    CHECK(idle.ask("GET", "", "/health").status == 200);
    client.send_post(call(1, "wait"), session);
    at->wait_for(at->inside, 1);
    streams.send_post(call(2, "wait"), session);
    at->wait_for(at->inside, 2);
    http_response stream = streams.read_head();  // it has begun, and said nothing of an end
    CHECK(stream.header("connection").empty());
    http_response first = client.read_head();

    ::kill(::getpid(), SIGTERM);
    http_response asked;
    for (int i = 0; i < 100 && asked.status != 503; ++i) asked = http_client(server.port()).ask("GET", "", "/health");
    CHECK(asked.status == 503);
    CHECK(asked.header("connection") == "close");
    const http_response last = idle.post(call(3, "now"), session);  // it was told that it may ask again
    CHECK(last.has("at once"));
    CHECK(last.header("connection") == "close");
    CHECK(idle.ends());
    http_client newer(server.port());
    CHECK(newer.post(call(4, "now"), session).has("at once"));
    CHECK(newer.ends());
    at->open = true;
    CHECK(streams.read_until(stream, "waited"));
    while (!stream.whole) streams.read_until(stream, "nothing");
    const http_response once_more = streams.post(call(5, "now"), session);  // the stream's head promised that
    CHECK(once_more.has("at once"));
    CHECK(once_more.header("connection") == "close");
    CHECK(client.read_until(first, "waited"));
    CHECK(fresh.post(call(6, "now"), session).has("at once"));  // it has been there since before the signal
    ::kill(::getpid(), SIGTERM);  // said again: nothing is waited for
    server.wait();
}

TEST_CASE("a server that has left lets calls end, and then ends", "[mcp_http][fault-158]") {
    const auto at = std::make_shared<gate>();
    haft::mcp::http_options options;
    options.leave_time = 50ms;
    options.server.drain_time = 1h;
    http_fixture server(tools(at), options);
    http_client client(server.port()), idle(server.port());
    const std::string session = begin_session(client);
    client.send_post(call(1, "wait"), session);
    at->wait_for(at->inside, 1);
    server.server.stop();
    CHECK(idle.ends());
    CHECK_THROWS(http_client(server.port()));  // nobody is taken in any more
    CHECK(at->stopped == 0);
    at->open = true;
    CHECK(client.read().has("waited"));
    CHECK(client.ends());
    server.wait();
}

TEST_CASE("calls that do not end in time are asked to stop", "[mcp_http][fault-158]") {
    const auto at = std::make_shared<gate>();
    haft::mcp::http_options options;
    options.server.drain_time = 100ms;
    {
        http_fixture server(tools(at), options);
        http_client client(server.port());
        const std::string session = begin_session(client);
        client.send_post(call(1, "wait"), session);
        at->wait_for(at->inside, 1);
        server.server.stop();
        const http_response cut_off = client.read();
        CHECK(cut_off.status == 503);
        CHECK(cut_off.has(R"("data":{"fate":"unknown"})"));
        server.wait();
    }
    CHECK(at->stopped == 1);
}

TEST_CASE("a server begins and ends a hundred times", "[mcp_http][fault-157]") {
    const std::size_t before = haft_test::open_descriptors();
    for (int i = 0; i < 100; ++i) {
        http_fixture server(tools(std::make_shared<gate>()));
        if (i % 2) {
            http_client client(server.port());
            begin_session(client);
        }
        if (i % 3 == 0) server.server.stop();
    }
    CHECK(haft_test::open_descriptors() == before);
}

TEST_CASE("without descriptors it waits, and takes clients in when there are some again", "[mcp_http][fault-162]") {
    http_fixture server(tools(std::make_shared<gate>()));
    http_client first(server.port());
    CHECK(first.ask("DELETE").status == 400);
    http_client second(server.port()), third(server.port());  // knock while they can
    CHECK(second.ask("DELETE").status == 400);
    CHECK(third.ask("DELETE").status == 400);

    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    const int waiting = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    rlimit none = before;
    none.rlim_cur = static_cast<rlim_t>(waiting) + 1;  // those there are, and no more
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(server.port());
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(waiting, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0);
    const std::string request = http_client::text("DELETE", "127.0.0.1:" + std::to_string(server.port()), "", "");
    REQUIRE(::send(waiting, request.data(), request.size(), MSG_NOSIGNAL) > 0);
    for (int i = 0; i < 20; ++i) CHECK(first.ask("DELETE").status == 400);  // who is there is served
    std::this_thread::sleep_for(300ms);
    pollfd quiet{waiting, POLLIN, 0};
    CHECK(::poll(&quiet, 1, 0) == 0);
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
    pollfd answered{waiting, POLLIN, 0};
    CHECK(::poll(&answered, 1, 30'000) == 1);
    ::close(waiting);
}

TEST_CASE("no more connections are taken than there are descriptors for", "[mcp_http][fault-136][fault-162]") {
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    const auto with = [&](rlim_t descriptors, std::size_t asked) {
        rlimit now = before;
        now.rlim_cur = descriptors;
        REQUIRE(::setrlimit(RLIMIT_NOFILE, &now) == 0);
        haft::mcp::http_options options;
        options.max_connections = asked;
        http_fixture server(tools(std::make_shared<gate>()), options);
        const std::size_t most = server.server.most_connections();
        ::setrlimit(RLIMIT_NOFILE, &before);
        return most;
    };
    CHECK(with(300, 10'000) == 236);
    CHECK(with(300, 200) == 200);
    CHECK(with(100, 10'000) == 50);
}

TEST_CASE("no time is measured by a clock that somebody may set", "[mcp_http][fault-161]") {
    STATIC_CHECK(std::is_same_v<haft::mcp::http::connection::clock, std::chrono::steady_clock>);
    STATIC_CHECK(std::is_same_v<haft::mcp::http::reply::clock, std::chrono::steady_clock>);
    STATIC_CHECK(std::is_same_v<haft::mcp::http::endpoint::clock, std::chrono::steady_clock>);
    STATIC_CHECK(std::is_same_v<haft::mcp::http::session::clock, std::chrono::steady_clock>);
    std::size_t files = 0;
    const auto look = [&](const std::filesystem::path& file) {
        std::ifstream in(file);
        const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        CAPTURE(file);
        for (const std::string_view other : {"system_clock", "high_resolution_clock", "gettimeofday", "CLOCK_REALTIME", "system_timer", "deadline_timer"})
            CHECK(text.find(other) == std::string::npos);
        ++files;
    };
    look("include/haft/mcp/transport/http.hpp");
    for (const auto& one : std::filesystem::directory_iterator("include/haft/mcp/transport/http")) look(one.path());
    CHECK(files > 10);
}

TEST_CASE("a thousand idle connections take little memory", "[mcp_http][fault-136]") {
    const auto resident = [] {
        std::ifstream in("/proc/self/statm");
        long pages = 0, ours = 0;
        in >> pages >> ours;
        return ours * ::sysconf(_SC_PAGESIZE);
    };
    http_fixture server(tools(std::make_shared<gate>()));
    std::vector<std::unique_ptr<http_client>> clients;
    const auto one_more = [&] {
        clients.push_back(std::make_unique<http_client>(server.port()));
        CHECK(clients.back()->ask("DELETE").status == 400);
    };
    rlimit limit{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
    const rlimit more{limit.rlim_max, limit.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &more) == 0);
    const int wanted = limit.rlim_max > 4096 ? 1000 : 100;
    for (int i = 0; i < 50; ++i) one_more();
    const long before = resident();
    for (int i = 0; i < wanted; ++i) one_more();
    const long each = (resident() - before) / wanted;
    std::printf("mcp_http: an idle connection takes %ld bytes, both ends\n", each);
    CHECK(each < 64L * 1024);
    clients.clear();
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &limit) == 0);
}

TEST_CASE("with a certificate TLS is spoken, and nothing else", "[mcp_http]") {
    const haft_test::temporary_folder folder;
    const auto certificate = haft_test::test_certificate::make();
    haft::mcp::http_options options;
    options.certificate_file = (folder.path / "cert.pem").string();
    options.key_file = (folder.path / "key.pem").string();
    std::ofstream(options.certificate_file) << certificate.certificate;
    std::ofstream(options.key_file) << certificate.key;
    const auto at = std::make_shared<gate>();
    at->open = true;
    http_fixture server(tools(at), options);
    CHECK(server.server.url() == "https://127.0.0.1:" + std::to_string(server.port()) + "/mcp");

    namespace asio = boost::asio;
    asio::io_context io;
    asio::ssl::context tls(asio::ssl::context::tls_client);
    tls.add_certificate_authority(asio::buffer(certificate.certificate));
    asio::ssl::stream<asio::ip::tcp::socket> client(io, tls);
    client.set_verify_mode(asio::ssl::verify_peer);
    client.set_verify_callback(asio::ssl::host_name_verification("localhost"));
    client.next_layer().connect({asio::ip::address_v4::loopback(), server.port()});
    client.handshake(asio::ssl::stream_base::client);
    const auto ask = [&](std::string_view headers, std::string_view body) {
        const std::string text = http_client::text("POST", "localhost:" + std::to_string(server.port()),
                                                   std::string(http_client::usual).append(headers), body);
        asio::write(client, asio::buffer(text));
        std::string came;
        asio::read_until(client, asio::dynamic_buffer(came), "}}");
        return came;
    };
    const std::string begun = ask("", haft_test::initialize());
    CHECK_THAT(begun, ContainsSubstring("200 OK") && ContainsSubstring("serverInfo"));
    const std::string session = begun.substr(begun.find("Mcp-Session-Id"), 16 + 32 + 2);
    CHECK_THAT(ask(session, call(1, "wait")), ContainsSubstring("waited"));

    http_client plain(server.port());
    plain.send_post(haft_test::initialize());
    plain.read_some();  // an alert, if anything
    CHECK(plain.ends());
}

TEST_CASE("the command line says where to serve, and who may call", "[mcp_http][fault-135]") {
    const haft_test::temporary_folder folder;
    const std::string good = folder.file("good", "a-token\r\n").string(), blank = folder.file("blank", "a token").string(),
                      empty = folder.file("empty", "\n").string(), two = folder.file("two", "a\nb\n").string();
    const auto read = [&](haft::host::http_command_line said, std::optional<std::string> variable = {}) {
        return haft::host::http_options_of(said, [=](std::string_view name) {
            CHECK(name == "HAFT_MCP_TOKEN");
            return variable;
        });
    };
    struct row {
        const char *at, *address;
        unsigned port;
    };
    for (const row& r : {row{"127.0.0.1:8000", "127.0.0.1", 8000}, row{"[::1]:0", "::1", 0}, row{"localhost:65535", "localhost", 65535},
                         row{"8000", "127.0.0.1", 8000}, row{":0", "127.0.0.1", 0}}) {
        const auto how = read({.at = r.at, .names = {"a.example.org"}});
        REQUIRE(how);
        CHECK(how->address == r.address);
        CHECK(how->port == r.port);
        CHECK(how->token.empty());
        CHECK(how->hosts == std::vector<std::string>{"a.example.org"});
    }
    for (const char* at : {"", "x", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "::1:8000", "127.0.0.1:8000 "}) {
        const auto how = read({.at = at});
        REQUIRE_FALSE(how);
        CHECK_THAT(how.error().text(), ContainsSubstring("is no ADDRESS:PORT") && ContainsSubstring("haft-E0491"));
    }
    const auto patient = read({.at = "0", .leave_time = "5", .drain_time = "86400"});
    CHECK(patient->leave_time == 5s);
    CHECK(patient->server.drain_time == 24h);
    CHECK(read({.at = "0"})->leave_time == 0s);
    for (const char* time : {"", "x", "-1", "1.5", "86401", "4294967297"}) {
        CHECK_THAT(read({.at = "0", .leave_time = time}).error().text(),
                   ContainsSubstring("--leave-time \"" + std::string(time) + "\" is no number of seconds") && ContainsSubstring("haft-E0491"));
        CHECK_THAT(read({.at = "0", .drain_time = time}).error().text(), ContainsSubstring("--drain-time"));
    }
    const auto open = read({.at = "0.0.0.0:8000"});
    REQUIRE_FALSE(open);
    CHECK_THAT(open.error().text(), ContainsSubstring("who calls must show a token") && ContainsSubstring("haft-E0491"));
    CHECK(read({.at = "0.0.0.0:8000"}, "a-token"));
    CHECK(read({.at = "0", .token_file = good})->token == "a-token");
    CHECK(read({.at = "0"}, "b-token")->token == "b-token");
    CHECK(read({.at = "0", .token_file = good}, "b-token")->token == "a-token");
    CHECK_THAT(read({.at = "0", .token_file = ""}, "a-token").error().text(), ContainsSubstring("--token-file names no file") && ContainsSubstring("haft-E0493"));
    for (const std::string& file : {blank, empty, two, std::string("/nowhere/token")}) {
        const auto how = read({.at = "0", .token_file = file});
        REQUIRE_FALSE(how);
        CHECK_THAT(how.error().text(), ContainsSubstring("haft-E0493") && !ContainsSubstring("a token"));
    }
    CHECK_THAT(read({.at = "0"}, "").error().text(), ContainsSubstring("the token of HAFT_MCP_TOKEN can't be used"));
}

TEST_CASE("a program serves over HTTP if its main function says so", "[mcp_http]") {
    const haft::toolset set = tools(std::make_shared<gate>());
    const auto run = [&](const haft::run_options& options, std::vector<const char*> words) {
        words.insert(words.begin(), "program");
        return haft::run(set, static_cast<int>(words.size()), words.data(), options);
    };
    CHECK(run({}, {"serve", "--http", "0"}) == 2);
    CHECK(run(haft::with_http(), {"serve", "--http", "x"}) == 2);
    CHECK(run(haft::with_http(), {"serve", "--htp", "0"}) == 2);
    CHECK(run(haft::with_http(), {"serve", "--http", "0", "--token-file"}) == 2);
    CHECK(run(haft::with_http(), {"serve", "--http", "0", "--token-file", ""}) == 2);
    CHECK(run(haft::with_http(), {"serve", "--http", "0", "--leave-time", "x"}) == 2);
    CHECK(run(haft::with_http(), {"serve", "--http", "0", "--drain-time", "x"}) == 2);
    struct sigaction before{};  // Catch2 handles it, too
    ::sigaction(SIGTERM, nullptr, &before);
    std::thread later([&before] {  // as soon as the server handles the signal
        for (;;) {
            struct sigaction now{};
            ::sigaction(SIGTERM, nullptr, &now);
            if (now.sa_handler != before.sa_handler) break;
            std::this_thread::sleep_for(5ms);
        }
        ::kill(::getpid(), SIGTERM);
    });
    CHECK(run(haft::with_http({.name = "game"}), {"serve", "--http", "127.0.0.1:0"}) == 0);
    later.join();
}
