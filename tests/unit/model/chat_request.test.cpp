// SPDX-License-Identifier: BSL-1.0
// What is written for chat completions, read back by another JSON library.
#include <haft/model/chat_request.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace {

nlohmann::json written(const haft::model_request& request, const haft::formats::openai::chat_options& how = {}) {
    const auto text = haft::formats::openai::write_chat_request("m-1", request, how);
    REQUIRE(text);
    return nlohmann::json::parse(*text);
}
std::string refused(const haft::model_request& request) {
    const auto text = haft::formats::openai::write_chat_request("m-1", request);
    REQUIRE_FALSE(text);
    CHECK(text.error().code == haft::errc::bad_request);
    return text.error().message;
}

}  // namespace

TEST_CASE("A talk is written with its roles, calls and one message for each answer", "[MP-04]") {
    haft::model_request request;
    request.system = "Be brief.";
    request.messages = {
        {.text = "Weather in Malmö and Lund?"},
        {.role = haft::role::assistant,
         .calls = {{"call_1", "weather", R"({"city":"Malmö"})"}, {"call_2", "weather", ""}}},
        {.role = haft::role::tool,
         .answers = {{.id = "call_1", .name = "weather", .text = "12"},
                     {.id = "call_2", .name = "weather", .text = "Error: no city", .is_error = true}}},
        {.role = haft::role::assistant, .text = "12 degrees"},
        {.role = haft::role::system, .text = "The user is in a hurry."},
    };
    const nlohmann::json expected = nlohmann::json::parse(R"([
        {"role":"system","content":"Be brief."},
        {"role":"user","content":"Weather in Malmö and Lund?"},
        {"role":"assistant","content":null,"tool_calls":[
            {"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Malmö\"}"}},
            {"id":"call_2","type":"function","function":{"name":"weather","arguments":"{}"}}]},
        {"role":"tool","tool_call_id":"call_1","content":"12"},
        {"role":"tool","tool_call_id":"call_2","content":"Error: no city"},
        {"role":"assistant","content":"12 degrees"},
        {"role":"system","content":"The user is in a hurry."}])");
    const nlohmann::json out = written(request);
    CHECK(out["messages"] == expected);
    CHECK(out["model"] == "m-1");
    CHECK(out.size() == 2);
}

TEST_CASE("Calls without ids are given some, and their answers the same", "[MP-04]") {
    haft::model_request request;
    const auto two = [](std::string first, std::string second) {
        return haft::message{.role = haft::role::assistant,
                             .calls = {{std::move(first), "a", "{}"}, {std::move(second), "b", "{}"}}};
    };
    const auto answered = [](std::string first, std::string second) {
        return haft::message{.role = haft::role::tool,
                             .answers = {{.id = std::move(first), .name = "a", .text = "1"},
                                         {.id = std::move(second), .name = "b", .text = "2"}}};
    };
    request.messages = {two("", ""), answered("", ""), two("", ""), answered("", ""), two("call_1", ""), answered("call_1", ""),
                        two("", ""), answered("x", "y"), two("", "")};
    std::vector<std::string> ids, answers;
    const nlohmann::json out = written(request);
    for (const nlohmann::json& m : out["messages"]) {
        if (m.contains("tool_call_id")) answers.push_back(m["tool_call_id"]);
        else
            for (const nlohmann::json& c : m["tool_calls"]) ids.push_back(c["id"]);
    }
    REQUIRE(ids.size() == 10);
    CHECK(answers == std::vector<std::string>(ids.begin(), ids.begin() + 8));
    CHECK(ids[4] == "call_1");
    CHECK(ids[6] == "x");  // as who ran them called them
    CHECK(ids[7] == "y");
    std::sort(ids.begin(), ids.end());
    CHECK(std::unique(ids.begin(), ids.end()) == ids.end());
    CHECK(!ids.front().empty());

    // Answers that don't say whose they are, of calls that have ids; and calls that nobody has answered take nobody's.
    request.messages = {two("a", "b"), answered("", ""), two("", ""), two("", ""), answered("x", "y")};
    const nlohmann::json mixed = written(request)["messages"];
    CHECK(mixed[1]["tool_call_id"] == "a");
    CHECK(mixed[2]["tool_call_id"] == "b");
    CHECK(mixed[3]["tool_calls"][0]["id"] == "call_1");
    CHECK(mixed[3]["tool_calls"][1]["id"] == "call_2");
    CHECK(mixed[4]["tool_calls"][0]["id"] == "x");
    CHECK(mixed[4]["tool_calls"][1]["id"] == "y");
}

TEST_CASE("What a user shows goes as image, sound, file or text", "[MP-04]") {
    haft::model_request request;
    request.messages = {
        {.text = "See",
         .attachments = {haft::image{"png", "image/png"}, haft::audio{"wav"}, haft::audio{"mp3", "audio/mpeg"},
                         haft::resource{"file:///a/b.pdf", "application/pdf",
                                        std::vector<unsigned char>{'p', 'd', 'f'}},
                         haft::resource{"file:///a.txt", "text/plain", std::string("written")}, std::string("said"),
                         haft::resource_link{"https://a.example/", "A"}}},
        {.role = haft::role::assistant, .text = "Seen", .attachments = {haft::image{"png", "image/png"}}}};
    const nlohmann::json messages = written(request)["messages"];
    CHECK(messages[0]["content"] == nlohmann::json::parse(R"([
        {"type":"text","text":"See"},
        {"type":"image_url","image_url":{"url":"data:image/png;base64,cG5n"}},
        {"type":"input_audio","input_audio":{"data":"d2F2","format":"wav"}},
        {"type":"input_audio","input_audio":{"data":"bXAz","format":"mp3"}},
        {"type":"file","file":{"filename":"b.pdf","file_data":"data:application/pdf;base64,cGRm"}},
        {"type":"text","text":"written"},{"type":"text","text":"said"},
        {"type":"text","text":"A: https://a.example/"}])"));
    CHECK(messages[1]["content"] == "Seen\n[image/png, 3 bytes]");
}

TEST_CASE("Tools, tools of the provider's, a schema, streaming and further options", "[MP-04]") {
    haft::toolset tools;
    tools.add("a.b", "Does it", [] { return 1; });
    const haft::formats::name_map names(tools);
    haft::model_request request;
    request.tools = &names;
    request.server_side_tools = {"web_search"};
    request.schema = R"({"type": "object"})";
    request.options = R"({"temperature":0,"tool_choice":"auto"})";
    const nlohmann::json out = written(request, {.stream = true});
    REQUIRE(out["tools"].size() == 2);
    CHECK(out["tools"][0]["function"]["name"] == "a_b");
    CHECK(out["tools"][1] == nlohmann::json{{"type", "web_search"}});
    CHECK(out["response_format"] ==
          nlohmann::json::parse(R"({"type":"json_schema","json_schema":{"name":"reply","schema":{"type":"object"}}})"));
    CHECK(out["stream"] == true);
    CHECK(out["stream_options"]["include_usage"] == true);
    CHECK(out["temperature"] == 0);
    CHECK(out["tool_choice"] == "auto");

    request.tools = nullptr;
    CHECK(written(request)["tools"] == nlohmann::json::parse(R"([{"type":"web_search"}])"));
    const haft::toolset none;
    const haft::formats::name_map no_names(none);
    request.tools = &no_names;
    request.server_side_tools.clear();
    CHECK_FALSE(written(request).contains("tools"));
}

TEST_CASE("Options that are none, or set what the request says, are refused", "[MP-04]") {
    haft::model_request request;
    request.options = R"({"messages":[]})";
    CHECK(refused(request) == R"(options: "messages" is written from the request itself; take it out)");
    haft::toolset tools;
    tools.add("a", "A", [] { return 1; });
    const haft::formats::name_map names(tools);
    haft::model_request full = request;
    full.tools = &names;
    full.schema = "{}";
    for (const std::string name : {"model", "stream", "stream_options", "tools", "response_format"}) {
        full.options = "{\"" + name + "\":1}";
        const auto text = haft::formats::openai::write_chat_request("m-1", full, {.stream = true});
        REQUIRE_FALSE(text);
        CHECK(text.error().message == "options: \"" + name + "\" is written from the request itself; take it out");
    }
    request.options = R"({"tools":[],"response_format":{},"stream_options":{}})";  // the request says nothing of these
    CHECK(written(request).size() == 5);
    request.options = "[1]";
    CHECK(refused(request) == R"(options: expected an object such as {"temperature": 0}, got [1])");
    request.options = "{";
    CHECK(refused(request).starts_with("options: not JSON: "));
    request.options = "  ";
    request.schema = "{";
    CHECK(refused(request) == "the schema of the reply is not JSON");
}

TEST_CASE("Of two objects of options the second wins") {
    CHECK(*haft::merge_options(R"({"a":1,"b":2})", R"({"b":3,"c":4})") == R"({"a":1,"b":3,"c":4})");
    CHECK(*haft::merge_options("", "") == "{}");
    CHECK_FALSE(haft::merge_options("", "nonsense"));
}
