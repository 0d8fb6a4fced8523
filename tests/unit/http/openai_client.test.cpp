// SPDX-License-Identifier: BSL-1.0
// The client for chat completions, against a real server on this machine.
#include <haft/core/stop_source.hpp>
#include <haft/format/name.hpp>
#include <haft/model/model_set.hpp>
#include <haft/model/openai_client.hpp>
#include <haft/tool.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <support/chat_server.hpp>
#include <unistd.h>

using Catch::Matchers::ContainsSubstring;
using haft_test::answers;
using haft_test::asks_for;
using haft_test::chat_server;
using haft_test::fails_with;

namespace {

constexpr const char* key_text = "sk-0123456789abcdef";

struct listener final : haft::model_listener {
    std::vector<std::string> pieces;
    void on_text(std::string_view piece) override { pieces.emplace_back(piece); }
    std::string text() const {
        std::string out;
        for (const std::string& p : pieces) out += p;
        return out;
    }
};

haft::openai_options at(const chat_server& server) {
    haft::openai_options out;
    out.base_url = server.base_url();
    out.model = "test-model";
    out.first_wait = std::chrono::milliseconds(1);
    return out;
}
haft::model_request ask(std::string text) {
    haft::model_request out;
    out.messages = {{.text = std::move(text)}};
    return out;
}
std::string error_of(const haft::result<haft::model_reply>& r) {
    REQUIRE_FALSE(r);
    return r.error().text();
}

/// A file in the folder for temporary files that is gone with it.
struct temporary_file {
    std::filesystem::path path;
    temporary_file(const char* name, const std::string& text)
        : path(std::filesystem::temp_directory_path() / (name + std::to_string(::getpid()))) {
        std::ofstream(path) << text;
    }
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    ~temporary_file() { std::filesystem::remove(path); }
};

}  // namespace

TEST_CASE("A model is asked over HTTP, whole and streamed", "[MP-01]") {
    chat_server server({answers("Hello there, friend."), answers("Hello there, friend.")});
    haft::openai_client client(at(server));
    CHECK(client.info().id == "test-model");

    const auto whole = client.ask(ask("Hi"));
    REQUIRE(whole);
    CHECK(whole->reply.text == "Hello there, friend.");
    CHECK(whole->finish_reason == "stop");
    CHECK(whole->usage.input == 11);
    CHECK(whole->usage.output == 7);

    listener heard;
    const auto streamed = client.ask(ask("Hi"), &heard);
    REQUIRE(streamed);
    CHECK(streamed->reply.text == "Hello there, friend.");
    CHECK(heard.text() == "Hello there, friend.");
    CHECK(streamed->usage.output == 7);

    const auto seen = server.requests();
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].method == "POST");
    CHECK(seen[0].target == "/v1/chat/completions");
    CHECK(seen[0].headers.at("host") == "localhost:" + std::to_string(server.port()));
    CHECK(seen[0].headers.count("authorization") == 0);
    CHECK(seen[0].json()["model"] == "test-model");
    CHECK_FALSE(seen[0].json().contains("stream"));
    CHECK(seen[1].json()["stream"] == true);
    CHECK(seen[1].json()["stream_options"]["include_usage"] == true);
}

TEST_CASE("Text is heard as it comes, before the reply is whole", "[MP-01]") {
    chat_server server;
    haft_test::chat_answer slow;
    slow.content_type = "text/event-stream";
    slow.pieces = {"data: {\"choices\":[{\"delta\":{\"content\":\"one \"}}]}\n\n"};
    slow.cut = true;
    server.then(slow);
    haft::openai_client client(at(server));
    listener heard;
    CHECK_THAT(error_of(client.ask(ask("count"), &heard)), ContainsSubstring("haft-E0319"));  // it was cut off
    CHECK(heard.text() == "one ");
}

TEST_CASE("Tools go out, and the calls of the model come in", "[MP-04]") {
    haft::toolset tools;
    tools.add("weather.now", "The weather", [] { return 1; });
    const haft::formats::name_map names(tools);
    chat_server server(
        {asks_for({{{"name", "weather_now"}, {"arguments", {{"city", "Malmö"}}}},
                   {{"name", "weather_now"}, {"arguments", nlohmann::json::object()}}}),
         asks_for(nlohmann::json::array({{{"name", "weather_now"}, {"arguments", {{"city", "Malmö"}}}}}))});
    haft::openai_client client(at(server));
    haft::model_request request = ask("Weather?");
    request.tools = &names;
    const auto whole = client.ask(request);
    REQUIRE(whole);
    REQUIRE(whole->reply.calls.size() == 2);
    CHECK(whole->reply.calls[0] == haft::tool_call{"call_1", "weather_now", "{\"city\":\"Malmö\"}"});
    CHECK(whole->reply.calls[1].id == "call_2");
    CHECK(whole->finish_reason == "tool_calls");
    CHECK(server.requests()[0].json()["tools"][0]["function"]["name"] == "weather_now");

    listener heard;
    const auto streamed = client.ask(request, &heard);
    REQUIRE(streamed);
    REQUIRE(streamed->reply.calls.size() == 1);
    CHECK(streamed->reply.calls[0] == haft::tool_call{"call_1", "weather_now", "{\"city\":\"Malmö\"}"});
}

TEST_CASE("What a model can't do is never sent", "[MP-04]") {
    chat_server server;
    haft::openai_options how = at(server);
    how.info.attachment_types = {"image/png"};
    haft::openai_client client(how);
    haft::model_request request = ask("Look");
    request.messages[0].attachments.push_back(haft::image{"GIF", "image/gif"});
    CHECK(error_of(client.ask(request)) ==
          "model \"test-model\" can't be shown \"image/gif\"; it takes image/png [haft-E0316]");
    CHECK(server.requests().empty());
}

TEST_CASE("An error of the API is told with its status and its words, and 401 and 404 say what to look at") {
    chat_server server({fails_with(401, R"({"error":{"message":"bad key","type":"auth","code":"invalid_api_key"}})"),
                        fails_with(404, R"({"error":{"message":"no such model"}})"), fails_with(400, "<html>no</html>"),
                        fails_with(400, std::string(100000, 'x')), answers("never")});
    haft::openai_client client(at(server));
    CHECK(error_of(client.ask(ask("Hi"))) ==
          server.base_url() +
              "/chat/completions answers 401 Failed: bad key (auth) (invalid_api_key); no key was sent [haft-E0318]");
    CHECK_THAT(error_of(client.ask(ask("Hi"))),
               ContainsSubstring("no such model; is base_url right, and is there a model \"test-model\"?"));
    CHECK_THAT(error_of(client.ask(ask("Hi"))), ContainsSubstring("answers 400 Failed: <html>no</html>"));
    const auto cut = client.ask(ask("Hi"));
    REQUIRE_FALSE(cut);
    CHECK(cut.error().message.size() < 700);
    CHECK(server.requests().size() == 4);  // none of these is tried again
}

TEST_CASE("429 and 5xx are tried again, as often and as long as is allowed") {
    SECTION("until it works") {
        chat_server server(
            {fails_with(429, "slow", {{"Retry-After", "0"}}), fails_with(503, "busy"), answers("at last")});
        haft::openai_client client(at(server));
        const auto reply = client.ask(ask("Hi"));
        REQUIRE(reply);
        CHECK(reply->reply.text == "at last");
        CHECK(server.requests().size() == 3);
    }
    SECTION("until there were enough attempts") {
        chat_server server({fails_with(500, "a"), fails_with(500, "b"), answers("never")});
        haft::openai_options how = at(server);
        how.attempts = 2;
        haft::openai_client client(how);
        CHECK_THAT(error_of(client.ask(ask("Hi"))), ContainsSubstring("answers 500 Failed: b"));
        CHECK(server.requests().size() == 2);
    }
    SECTION("not if it asks to wait too long") {
        chat_server server({fails_with(429, "quota", {{"Retry-After", "3600"}}), answers("never")});
        haft::openai_client client(at(server));
        CHECK_THAT(error_of(client.ask(ask("Hi"))),
                   ContainsSubstring("it asks to wait 3600 s, which is longer than is allowed here"));
        CHECK(server.requests().size() == 1);
    }
    SECTION("not if it is stopped while it waits") {
        // The server has the request before the client has its answer, so it may be stopped before it waits: once more then.
        std::string why;
        for (int round = 0; round < 50 && why.find("stopped while waiting to try again: ") == why.npos; ++round) {
            chat_server server({fails_with(503, "busy"), answers("never")});
            haft::openai_options how = at(server);
            how.first_wait = how.longest_wait = std::chrono::hours(1);
            haft::openai_client client(how);
            haft::stop_source stop;
            std::thread stopper([&] {
                server.wait_for_requests(1);
                std::this_thread::sleep_for(std::chrono::milliseconds(round));
                stop.request_stop();
            });
            haft::model_request request = ask("Hi");
            request.stop = stop.token();
            const auto reply = client.ask(request);
            stopper.join();
            REQUIRE_FALSE(reply);
            CHECK(reply.error().code == haft::errc::stopped_request);
            CHECK(server.requests().size() == 1);
            why = reply.error().message;
        }
        CHECK_THAT(why, ContainsSubstring("stopped while waiting to try again: "));
    }
    SECTION("each time twice as long") {
        chat_server server({fails_with(500, "a"), fails_with(500, "b"), fails_with(500, "c"), answers("at last")});
        haft::openai_options how = at(server);
        how.attempts = 4;
        how.first_wait = std::chrono::milliseconds(10);
        haft::openai_client client(how);
        const auto begin = std::chrono::steady_clock::now();
        REQUIRE(client.ask(ask("Hi")));
        CHECK(std::chrono::steady_clock::now() - begin >= std::chrono::milliseconds(10 + 20 + 40));
    }
    SECTION("but never longer than is allowed") {
        chat_server server({fails_with(500, "a"), answers("at last")});
        haft::openai_options how = at(server);
        how.first_wait = std::chrono::hours(1);
        how.longest_wait = std::chrono::milliseconds(1);
        CHECK(haft::openai_client(how).ask(ask("Hi")));
    }
    SECTION("not before the time that it asks for") {
        chat_server server({fails_with(429, "slow", {{"Retry-After", "20"}}), answers("never")});
        haft::openai_client client(at(server));
        haft::stop_source stop;
        std::thread stopper([&] {
            server.wait_for_requests(1);
            std::this_thread::sleep_for(std::chrono::milliseconds(50));  // time for an attempt that comes too early
            stop.request_stop();
        });
        haft::model_request request = ask("Hi");
        request.stop = stop.token();
        const auto reply = client.ask(request);
        stopper.join();
        CHECK_THAT(error_of(reply), ContainsSubstring("stopped while waiting to try again: "));
        CHECK(server.requests().size() == 1);
    }
}

TEST_CASE("A stop ends a request that waits for its answer") {
    chat_server server;
    haft_test::chat_answer slow = answers("never");
    slow.pause = std::chrono::hours(1);
    server.then(slow);
    haft::openai_client client(at(server));
    haft::stop_source stop;
    std::thread stopper([&] {
        server.wait_for_requests(1);
        stop.request_stop();
    });
    haft::model_request request = ask("Hi");
    request.stop = stop.token();
    const auto reply = client.ask(request);
    stopper.join();
    CHECK_THAT(error_of(reply), ContainsSubstring("stopped while asking localhost, while ") &&  // sending it, or waiting
                                    ContainsSubstring("haft-E0321"));
}

TEST_CASE("A server that says nothing any more is left after the time for silence") {
    chat_server server;
    haft_test::chat_answer slow = answers("never");
    slow.pause = std::chrono::hours(1);
    server.then(slow);
    haft::openai_options how = at(server);
    how.silence_timeout = std::chrono::milliseconds(30);
    haft::openai_client client(how);
    CHECK_THAT(error_of(client.ask(ask("Hi"))), ContainsSubstring("no answer in time from localhost:") &&
                                                    ContainsSubstring(", while waiting for the answer [haft-E0320]"));
    slow.pieces = {"data: never\n\n"};  // and after the head of its answer as well
    slow.content_type = "text/event-stream";
    chat_server begins({slow});
    how.base_url = begins.base_url();
    listener heard;
    CHECK_THAT(error_of(haft::openai_client(how).ask(ask("Hi"), &heard)),
               ContainsSubstring("no answer in time from localhost:") &&
                   ContainsSubstring(", while reading the answer [haft-E0320]"));
}

TEST_CASE("A server that takes a connection and then says nothing is left after the time for connecting") {
    boost::asio::io_context io;
    const boost::asio::ip::tcp::acceptor silent(io, {boost::asio::ip::address_v4::loopback(), 0});
    haft::openai_options how;
    how.base_url = "https://127.0.0.1:" + std::to_string(silent.local_endpoint().port());
    how.model = "m";
    how.connect_timeout = std::chrono::milliseconds(30);
    CHECK_THAT(error_of(haft::openai_client(how).ask(ask("Hi"))),
               ContainsSubstring("no answer in time from 127.0.0.1:") &&
                   ContainsSubstring(", while the TLS handshake [haft-E0320]"));
}

TEST_CASE("An error of the network says which host, at what, why, and what may help") {
    std::string nobody;
    {
        chat_server server;
        nobody = server.base_url("127.0.0.1");
    }
    haft::openai_options how;
    how.base_url = nobody;
    how.model = "m";
    haft::openai_client refused(how);
    CHECK_THAT(error_of(refused.ask(ask("Hi"))),
               ContainsSubstring("can't talk to 127.0.0.1:") &&
                   ContainsSubstring(
                       ": connecting: Connection refused; is the server running, and is the port right? [haft-E0319]"));

    how.base_url = "http://no-such-host.invalid/v1";
    haft::openai_client unknown(how);
    CHECK_THAT(error_of(unknown.ask(ask("Hi"))),
               ContainsSubstring("can't talk to no-such-host.invalid:80: looking up the name: "));

    how.base_url = "ftp://example.com";
    haft::openai_client wrong(how);
    CHECK_THAT(error_of(wrong.ask(ask("Hi"))),
               ContainsSubstring("begins neither with https:// nor with http://") && ContainsSubstring("haft-E0323"));
}

TEST_CASE("Answers that are no answers are errors, and a cut one is none either") {
    haft_test::chat_answer no_http;
    no_http.raw = "SSH-2.0-OpenSSH\r\n";
    haft_test::chat_answer cut = answers("never whole");
    cut.body = haft_test::whole_reply(cut.reply);
    cut.cut = true;
    haft_test::chat_answer html;
    html.body = "<html>";
    chat_server server({no_http, cut, html, html});
    haft::openai_client client(at(server));
    CHECK_THAT(error_of(client.ask(ask("Hi"))), ContainsSubstring("waiting for the answer") &&
                                                    ContainsSubstring("is this an HTTP server, and the right one?"));
    CHECK_THAT(error_of(client.ask(ask("Hi"))), ContainsSubstring("reading the answer"));
    CHECK_THAT(error_of(client.ask(ask("Hi"))), ContainsSubstring("not JSON") && ContainsSubstring("haft-E0317"));
    listener heard;
    CHECK_THAT(error_of(client.ask(ask("Hi"), &heard)), ContainsSubstring("the stream ended before there was a reply"));
}

TEST_CASE("A server that does not stream though it was asked to is heard in the end") {
    haft_test::chat_answer whole;
    whole.body = haft_test::whole_reply({{"text", "all at once"}});
    chat_server server({whole});
    haft::openai_client client(at(server));
    listener heard;
    REQUIRE(client.ask(ask("Hi"), &heard));
    CHECK(heard.pieces == std::vector<std::string>{"all at once"});
}

TEST_CASE("A model that can't stream is not asked to, and is heard in the end") {
    chat_server server({answers("all at once")});
    haft::openai_options how = at(server);
    how.info.can_stream = false;
    listener heard;
    REQUIRE(haft::openai_client(how).ask(ask("Hi"), &heard));
    CHECK(heard.pieces == std::vector<std::string>{"all at once"});
    CHECK_FALSE(server.requests()[0].json().contains("stream"));
}

TEST_CASE("A server that streams though it was not asked to is read all the same") {
    haft_test::chat_answer events;
    events.content_type = "text/event-stream; charset=utf-8";
    events.pieces = haft_test::reply_events({{"text", "word by word"}});
    chat_server server({events});
    haft::openai_client client(at(server));
    const auto reply = client.ask(ask("Hi"));
    REQUIRE(reply);
    CHECK(reply->reply.text == "word by word");
}

TEST_CASE("What a server says before its answer is passed over") {
    const std::string body = haft_test::whole_reply({{"text", "after all"}});
    haft_test::chat_answer early;
    early.raw = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body;
    chat_server server({early});
    haft::openai_client client(at(server));
    const auto reply = client.ask(ask("Hi"));
    REQUIRE(reply);
    CHECK(reply->reply.text == "after all");
}

TEST_CASE("A reply that is longer than what is read at once is read to its end") {
    const std::string text(100'000, 'x');
    chat_server server({answers(text), answers(text)});
    haft::openai_client client(at(server));
    const auto whole = client.ask(ask("Hi"));
    REQUIRE(whole);
    CHECK(whole->reply.text == text);
    listener heard;
    REQUIRE(client.ask(ask("Hi"), &heard));
    CHECK(heard.text() == text);
}

TEST_CASE("The limit on a reply holds on the wire") {
    chat_server server({answers(std::string(5000, 'x'))});
    haft::openai_options how = at(server);
    how.limits.total_bytes = 1000;
    haft::openai_client client(how);
    CHECK_THAT(error_of(client.ask(ask("Hi"))), ContainsSubstring("body limit exceeded"));
    how.limits = {.calls = 1};
    server.then(asks_for({{{"name", "a"}, {"arguments", nlohmann::json::object()}},
                          {{"name", "b"}, {"arguments", nlohmann::json::object()}}}));
    listener heard;  // what is streamed has the others as well
    CHECK_THAT(error_of(haft::openai_client(how).ask(ask("Hi"), &heard)), ContainsSubstring("more than 1 calls"));
}

TEST_CASE("The key goes where it belongs: given, of a file, of the environment; and is in no error", "[MP-03]") {
    chat_server server;
    haft::openai_options how = at(server);
    SECTION("given") { how.api_key = haft::secret{key_text}; }
    SECTION("of a file") {
        const temporary_file keys("haft_keys", std::string("{\"mine\":\"") + key_text + "\"}");
        std::filesystem::permissions(keys.path, std::filesystem::perms::owner_read);
        how.api_key_alias = "mine";
        how.key_file = keys.path.string();
        server.then(answers("yes"));
        CHECK(haft::openai_client(how).ask(ask("Hi")));
        CHECK(server.requests()[0].headers.at("authorization") == std::string("Bearer ") + key_text);
        return;
    }
    SECTION("of the environment") {
        ::setenv("HAFT_TEST_MODEL_KEY", key_text, 1);
        how.api_key_env = "HAFT_TEST_MODEL_KEY";
    }
    haft::openai_client client(how);
    server.then(answers("yes"));
    REQUIRE(client.ask(ask("Hi")));
    CHECK(server.requests()[0].headers.at("authorization") == std::string("Bearer ") + key_text);

    // Servers that tell the key, whole, cut by the limit of what is shown, in a header, in the middle of a stream.
    haft_test::chat_answer in_stream;
    in_stream.content_type = "text/event-stream";
    in_stream.pieces = {std::string("data: {\"error\":{\"message\":\"") + std::string(490, 'x') + key_text +
                        "\"}}\n\n"};
    server.then(fails_with(401, std::string("{\"error\":{\"message\":\"wrong key: ") + key_text + "\"}}"));
    server.then(fails_with(400, std::string(494, 'y') + key_text));  // cut so that what is left is no sign of a key
    server.then(fails_with(302, "", {{"Location", std::string("https://elsewhere.example/?key=") + key_text}}));
    server.then(in_stream);
    for (int i = 0; i < 4; ++i) {
        listener heard;
        const std::string told = error_of(client.ask(ask("Hi"), i == 3 ? &heard : nullptr));
        CHECK_THAT(told, !ContainsSubstring("sk-"));
        CHECK_THAT(told, ContainsSubstring(i == 1 ? "yyyy" : "[key]"));
    }
}

TEST_CASE("No redirect is followed: the key stays with the host it is for", "[MP-03]") {
    chat_server elsewhere({answers("stolen")});
    chat_server server({fails_with(307, "", {{"Location", elsewhere.base_url() + "/chat/completions"}})});
    haft::openai_options how = at(server);
    how.api_key = haft::secret{key_text};
    haft::openai_client client(how);
    CHECK_THAT(error_of(client.ask(ask("Hi"))),
               ContainsSubstring("answers 307 Failed: it redirects to") && ContainsSubstring("which is not followed"));
    CHECK(elsewhere.requests().empty());
}

TEST_CASE("A key is not sent in the clear to another machine, and one that is missing is an error", "[MP-03]") {
    haft::openai_options how;
    how.base_url = "http://192.0.2.1/v1";
    how.model = "m";
    how.api_key = haft::secret{key_text};
    CHECK(error_of(haft::openai_client(how).ask(ask("Hi"))) ==
          "the key was not sent to http://192.0.2.1/v1, where anybody on the way could read it; use https, or set "
          "key_over_http [haft-E0322]");
    chat_server server({answers("in the clear")});
    haft::openai_options wanted = at(server);
    wanted.base_url = server.base_url("0.0.0.0");  // this machine, but nothing says so
    wanted.api_key = haft::secret{key_text};
    CHECK_THAT(error_of(haft::openai_client(wanted).ask(ask("Hi"))), ContainsSubstring("haft-E0322"));
    wanted.key_over_http = true;
    REQUIRE(haft::openai_client(wanted).ask(ask("Hi")));
    REQUIRE(server.requests().size() == 1);
    CHECK(server.requests()[0].headers.at("authorization") == std::string("Bearer ") + key_text);
    how.api_key = {};
    how.api_key_env = "HAFT_TEST_NO_SUCH_VARIABLE";
    CHECK(error_of(haft::openai_client(how).ask(ask("Hi"))) ==
          "there is no key; set the environment variable HAFT_TEST_NO_SUCH_VARIABLE (for http://192.0.2.1/v1) "
          "[haft-E0322]");
}

TEST_CASE("TLS: a certificate counts if it is signed by who is trusted, for that host, and has not ended") {
    const auto certificate = haft_test::test_certificate::make();
    const temporary_file ca("haft_ca", certificate.certificate);
    SECTION("trusted") {
        chat_server server({answers("safe"), answers("safe too"), answers("by address")}, certificate);
        haft::openai_options how = at(server);
        how.api_key = haft::secret{key_text};
        how.ca_file = ca.path.string();
        haft::openai_client client(how);
        const auto reply = client.ask(ask("Hi"));
        REQUIRE(reply);
        CHECK(reply->reply.text == "safe");
        listener heard;
        REQUIRE(client.ask(ask("Hi"), &heard));
        CHECK(heard.text() == "safe too");
        how.base_url = server.base_url("127.0.0.1");
        CHECK(haft::openai_client(how).ask(ask("Hi")));
        const auto seen = server.requests();
        REQUIRE(seen.size() == 3);
        CHECK(seen[0].server_name == "localhost");  // or a server of several hosts would not know which is meant
        CHECK(seen[2].server_name.empty());         // an address is no name
    }
    SECTION("signed by nobody") {
        chat_server server({answers("never")}, certificate);
        CHECK_THAT(error_of(haft::openai_client(at(server)).ask(ask("Hi"))),
                   ContainsSubstring("can't trust localhost:") &&
                       ContainsSubstring("name the certificate of who signed it as ca_file [haft-E0319]"));
        CHECK(server.requests().empty());
    }
    SECTION("for another host") {
        const auto other = haft_test::test_certificate::make("DNS:other.example");
        const temporary_file other_ca("haft_other_ca", other.certificate);
        chat_server server({answers("never")}, other);
        haft::openai_options how = at(server);
        how.ca_file = other_ca.path.string();
        CHECK_THAT(error_of(haft::openai_client(how).ask(ask("Hi"))),
                   ContainsSubstring("can't t") && ContainsSubstring("localhost"));
        CHECK(server.requests().empty());
    }
    SECTION("ended") {
        const auto old = haft_test::test_certificate::make("DNS:localhost", true);
        const temporary_file old_ca("haft_old_ca", old.certificate);
        chat_server server({answers("never")}, old);
        haft::openai_options how = at(server);
        how.ca_file = old_ca.path.string();
        CHECK_THAT(error_of(haft::openai_client(how).ask(ask("Hi"))), ContainsSubstring("certificate has expired"));
        CHECK(server.requests().empty());
    }
    SECTION("a file of authorities that is none") {
        chat_server server({}, certificate);
        haft::openai_options how = at(server);
        how.ca_file = "no/such/file";
        CHECK_THAT(error_of(haft::openai_client(how).ask(ask("Hi"))),
                   ContainsSubstring("ca_file \"no/such/file\" can't be used") && ContainsSubstring("haft-E0323"));
    }
}

TEST_CASE("One client serves many threads", "[MP-01]") {
    chat_server server;
    for (int i = 0; i < 6; ++i) server.then(answers("fine"));
    haft::openai_client client(at(server));
    std::vector<std::thread> threads;
    std::vector<std::string> heard(3);
    for (std::size_t i = 0; i < heard.size(); ++i)
        threads.emplace_back([&, i] {
            for (int n = 0; n < 2; ++n)
                if (const auto reply = client.ask(ask("Hi"))) heard[i] += reply->reply.text;
        });
    for (std::thread& t : threads) t.join();
    CHECK(heard == std::vector<std::string>(3, "finefine"));
}

TEST_CASE("A provider's models are asked by <provider>/<model>", "[MP-03]") {
    chat_server server({answers("fast")});
    haft::kinds all;
    ::setenv("HAFT_TEST_MODEL_KEY", key_text, 1);
    const auto added = haft::add_provider(all,
                                          {.name = "mine",
                                           .api_key_env = "HAFT_TEST_MODEL_KEY",
                                           .base_url = server.base_url(),
                                           .models = {{.id = "fast", .attachment_types = {"image/png"}}}},
                                          haft::openai_models());
    REQUIRE(added);
    const auto found = all.get<haft::model_set>().get("mine/fast");
    REQUIRE(found);
    CHECK((*found)->info().id == "mine/fast");
    CHECK((*found)->info().attachment_types == std::vector<std::string>{"image/png"});
    REQUIRE((*found)->ask(ask("Hi")));
    CHECK(server.requests()[0].json()["model"] == "fast");
    CHECK(server.requests()[0].headers.at("authorization") == std::string("Bearer ") + key_text);
}

TEST_CASE("A key that is given for one address is not sent to another", "[MP-03]") {
    const temporary_file keys("haft_default_keys_", std::string(R"({"house":")") + key_text + "\"}");
    std::filesystem::permissions(keys.path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    ::setenv("HAFT_TEST_DEFAULT_KEY", key_text, 1);
    std::vector<haft::openai_options> defaults(3);
    defaults[0].api_key = haft::secret(key_text);
    defaults[1].api_key_env = "HAFT_TEST_DEFAULT_KEY";
    defaults[2].api_key_alias = "house", defaults[2].key_file = keys.path.string();
    for (haft::openai_options& how : defaults) {
        chat_server ours({answers("Hello")}), theirs({answers("Hello")});
        how.base_url = ours.base_url();
        const haft::model_maker make = haft::openai_models(how);
        REQUIRE(make({.name = "ours", .base_url = ours.base_url()}, {.id = "ours/fast"})->ask(ask("Hi")));
        REQUIRE(make({.name = "theirs", .base_url = theirs.base_url()}, {.id = "theirs/fast"})->ask(ask("Hi")));
        CHECK(ours.requests()[0].headers.at("authorization") == std::string("Bearer ") + key_text);
        CHECK_FALSE(theirs.requests()[0].headers.contains("authorization"));
    }
    ::unsetenv("HAFT_TEST_DEFAULT_KEY");
}

TEST_CASE("A listener that throws ends the request, not the program") {
    struct thrower final : haft::model_listener {
        void on_text(std::string_view) override { throw std::runtime_error("no ears"); }
    } ears;
    chat_server server({answers("Hello")});
    CHECK(error_of(haft::openai_client(at(server)).ask(ask("Hi"), &ears)) ==
          "model \"test-model\": no ears [haft-E0324]");
}
