// SPDX-License-Identifier: BSL-1.0
// What a tool gives comes out on the other side as it was here.
#include <haft/remote/call_wire.hpp>
#include <haft/remote/service_wire.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace {

using namespace haft::remote;

struct number { int n; };
struct text { std::string n; };
void with_number(const number&) {}
void with_text(const text&) {}

struct outcome {
    std::string text;
    std::string error;
    haft::result_form form = haft::result_form::none;
    haft::content attachments;
    std::vector<haft::note> notes;
    std::vector<haft::fault> faults;
};
outcome handed_on(result_kind kind, std::string_view body) {
    outcome out;
    haft::result_writer writer(out.text, haft::string_results::as_text);
    hand_on_reply(kind, body, "tool \"t\"", writer, &out.notes);
    if (writer.failed()) {
        out.error = writer.error().text();
        out.faults = writer.error().faults;
    }
    out.form = writer.form();
    out.attachments = writer.attachments();
    return out;
}
outcome over(haft::result_writer& writer, const std::string& text, const std::vector<haft::note>& notes = {}) {
    const call_reply reply = reply_of(writer, text, notes);
    return handed_on(reply.kind, reply.body);
}

}  // namespace

TEST_CASE("A result crosses as it is: a text, a value, nothing") {
    std::string text;
    haft::result_writer writer(text, haft::string_results::as_text);
    SECTION("a text") {
        writer.text("a \"text\"\nof two lines");
        const outcome out = over(writer, text);
        CHECK(out.text == text);
        CHECK(out.form == haft::result_form::text);
    }
    SECTION("a value") {
        const haft::json_text value{R"({"a":[1,2.5,"x"],"b":null})"};
        writer.value(haft::schema::type_of<haft::json_text>, &value);
        const outcome out = over(writer, text);
        CHECK(out.text == value.text);
        CHECK(out.form == haft::result_form::json);
    }
    SECTION("nothing") {
        const outcome out = over(writer, text);
        CHECK(out.text.empty());
        CHECK(out.error.empty());
        CHECK(out.form == haft::result_form::none);
    }
}

TEST_CASE("A result of parts crosses with each of them, and with its notes") {
    std::string text;
    haft::result_writer writer(text, haft::string_results::as_text);
    const bool has_value = GENERATE(true, false);
    if (has_value) writer.text("see");
    else writer.only_blocks();
    writer.attach(haft::image{std::string("\0\x01\xFF", 3), "image/png"});
    writer.attach(std::string("and this"));
    const outcome out = over(writer, text, {{"/n", "\"3\" was read as 3"}});
    CHECK(out.text == (has_value ? "see" : ""));
    CHECK(out.form == (has_value ? haft::result_form::text : haft::result_form::blocks));
    REQUIRE(out.attachments.size() == 2);
    CHECK(std::get<haft::image>(out.attachments[0]).bytes == std::string("\0\x01\xFF", 3));
    CHECK(std::get<std::string>(out.attachments[1]) == "and this");
    REQUIRE(out.notes.size() == 1);
    CHECK(out.notes[0].text() == "/n: \"3\" was read as 3");
}

TEST_CASE("An error crosses with its code and all its faults") {
    haft::error e{haft::errc::invalid_arguments, "tool \"t\" was not called: 2 faults"};
    e.faults.push_back({haft::errc::wrong_type, "/a", "expected integer, got \"x\"", "integer", "\"x\"", "", 5, "haft.toml:1:2"});
    e.faults.push_back({haft::errc::unknown_parameter, "/b~1c", "no such parameter", "", "", "bc", 9});
    e.more_faults = 3;
    const call_reply reply = reply_of(e);
    CHECK(reply.code == haft::errc::invalid_arguments);
    CHECK(reply.why == "tool \"t\" was not called: 2 faults");  // one line, for a header
    const outcome out = handed_on(reply.kind, reply.body);
    CHECK(out.error == e.text());
    REQUIRE(out.faults.size() == 2);
    CHECK(out.faults[0].expected == "integer");
    CHECK(out.faults[0].got == "\"x\"");
    CHECK(out.faults[0].offset == 5);
    CHECK(out.faults[0].place == "haft.toml:1:2");
    CHECK(out.faults[1].nearest == "bc");
    CHECK(reply_of(haft::error{haft::errc::tool_failed, "two\r\nlines\x7F"}).why == "two ");
}

TEST_CASE("What is no result is told, and hurts nobody") {
    for (const std::string_view body : {"", "{", "nul", "{\"form\":\"json\"}", "{\"form\":\"json\",\"value\":1}", "{\"form\":\"text\",\"value\":1,\"content\":[]}",
                                        "{\"form\":\"x\",\"content\":[]}", "{\"form\":\"none\",\"content\":[{\"type\":\"hologram\"}]}", "[]", "\"\xFF\""}) {
        CAPTURE(body);
        CHECK(handed_on(result_kind::parts, body).error.find("haft-E0424") != std::string::npos);
    }
    CHECK(handed_on(result_kind::json, "{\"a\":}").error.find("tool \"t\" gives a result that is none: ") == 0);
    CHECK(handed_on(result_kind::text, "\xC0\x80").error.find("haft-E0424") != std::string::npos);
    CHECK(handed_on(result_kind::error, "oh").error.find("fails with an error that can't be read: \"oh\" [haft-E0424]") != std::string::npos);
    CHECK(handed_on(result_kind::error, "{}").error == "tool \"t\" fails and does not say why [haft-E0210]");
    CHECK(handed_on(result_kind::error, R"({"code":99999999999999999999,"message":"m"})").error == "m [haft-E0210]");
}

TEST_CASE("Kinds of results have the words that they have") {
    for (std::size_t i = 0; i < std::size(result_kind_words); ++i) {
        result_kind got{};
        REQUIRE(read_result_kind(result_kind_words[i], got));
        CHECK(static_cast<std::size_t>(got) == i);
    }
    result_kind got{};
    CHECK(!read_result_kind("", got));
    CHECK(!read_result_kind("Text", got));
}

TEST_CASE("A service says what it is as NATS' services API has it, and is read again") {
    const service_info info{.name = "weather", .id = "X1", .version = "1.2.3", .description = "a \"b\"", .cancel_subject = cancel_subject_of("weather"),
                            .endpoints = {{"forecast", "haft.weather.forecast.12", R"({"name":"forecast"})"}, {"b", "haft.weather.b.34", "{}"}}};
    CHECK(ping_text(info) == R"({"type":"io.nats.micro.v1.ping_response","name":"weather","id":"X1","version":"1.2.3","metadata":{"haft.cancel":"haft.weather.$cancel"}})");
    const haft::result<service_info> again = read_service_info(info_text(info));
    REQUIRE(again);
    CHECK(info_text(*again) == info_text(info));
    CHECK(again->cancel_subject == "haft.weather.$cancel");
    REQUIRE(again->endpoints.size() == 2);
    CHECK(again->endpoints[0].tool == R"({"name":"forecast"})");
    CHECK(stats_text(info, "2026-01-01T00:00:00Z", {{"forecast", "s", 2, 1, "why", std::chrono::nanoseconds(10)}}) ==
          R"({"type":"io.nats.micro.v1.stats_response","name":"weather","id":"X1","version":"1.2.3","metadata":{"haft.cancel":"haft.weather.$cancel"},)"
          R"("started":"2026-01-01T00:00:00Z","endpoints":[{"name":"forecast","subject":"s","queue_group":"q","num_requests":2,"num_errors":1,)"
          R"("last_error":"why","processing_time":10,"average_processing_time":5}]})");
}

TEST_CASE("Services that have nothing to do with haft are read, and what is no answer is told") {
    const auto other = read_service_info(R"({"name":"min","id":"1","version":"0.0.1","type":"io.nats.micro.v1.info_response","endpoints":[{"name":"e","subject":"min.e","queue_group":"q","metadata":null}]})");
    REQUIRE(other);
    CHECK(other->endpoints[0].tool.empty());
    for (const std::string_view text : {"", "[]", "{}", R"({"name":"a b","id":"1"})", R"({"name":"a"})", R"({"name":"a","id":"1","endpoints":[{"name":"e"}]})"}) {
        CAPTURE(text);
        const auto wrong = read_service_info(text);
        REQUIRE(!wrong);
        CHECK(wrong.error().code == haft::errc::bad_server_message);
    }
    CHECK(legal_service_name("a_B-9"));
    for (const std::string_view name : {"", "a.b", "a b", "a>", "*"}) CHECK(!legal_service_name(name));
}

TEST_CASE("A tool that is another one has another subject") {
    const auto subject = [](const haft::tool& t) { return subject_of("s", "t", listing_of(t)); };
    constexpr haft::about does{.description = "Does", .name = "t"};
    const std::string one = subject(haft::make<&with_number>(does));
    CHECK(one.starts_with("haft.s.t."));
    CHECK(one == subject(haft::make<&with_number>(does)));
    CHECK(one != subject(haft::make<&with_text>(does)));
    CHECK(one != subject(haft::make<&with_number>({.description = "Does it", .name = "t"})));
    // A subject has no empty parts; a tool's name may.
    for (const auto& [name, begins] : {std::pair("a.b", "haft.s.a.b."), {"a..b", "haft.s.a__b."}, {".a", "haft.s._a."}, {"a.", "haft.s.a_."}})
        CHECK(subject_of("s", name, "{}").starts_with(begins));
}
