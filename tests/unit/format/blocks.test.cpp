// SPDX-License-Identifier: BSL-1.0
// Images and other content in the result objects of the providers.
#include <haft/format/anthropic.hpp>
#include <haft/format/gemini.hpp>
#include <haft/format/openai.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

namespace formats = haft::formats;

haft::image picture() { return {"ab"}; }
haft::image drawing() { return {"<svg/>", "image/svg+xml"}; }
haft::content several() {
    return {"look", haft::image{"a", "image/jpeg"}, haft::audio{"abc"}, haft::resource_link{"https://x.org", "X"}};
}
haft::content empty() { return {}; }
haft::output<std::vector<int>> plot() { return {{1, 2}, {haft::image{"a"}}}; }
haft::output<std::string> render() { return {"words", {haft::image{"a"}}}; }
haft::output<haft::image> fail() {
    haft::output<haft::image> o;
    throw o;
}
std::string much() { return std::string(200, 'x'); }

formats::answer answered(std::string_view name, const haft::call_options& options = {}) {
    static const haft::toolset tools{haft::make<&picture>(""), haft::make<&drawing>(""), haft::make<&several>(""),
                                     haft::make<&empty>(""),   haft::make<&plot>(""),    haft::make<&render>(""),
                                     haft::make<&fail>(""),    haft::make<&much>("")};
    static const formats::name_map names(tools);
    return formats::answer_call(names, {"i", std::string(name), "{}"}, options);
}
std::string claude(std::string_view name) {
    std::string out;
    formats::anthropic::append_result(out, answered(name));
    return out;
}
std::string chat(std::string_view name) {
    std::string out;
    formats::openai::append_result(out, answered(name));
    return out;
}
std::string google(std::string_view name) {
    std::string out;
    formats::gemini::append_result(out, answered(name));
    return out;
}

}  // namespace

TEST_CASE("Anthropic takes images, the rest in words", "[EX-05][IO-01]") {
    CHECK(
        claude("picture") ==
        R"({"type":"tool_result","tool_use_id":"i","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"YWI="}}]})");
    CHECK(claude("drawing") ==
          R"({"type":"tool_result","tool_use_id":"i","content":[{"type":"text","text":"[image/svg+xml, 6 bytes]"}]})");
    CHECK(
        claude("several") ==
        R"({"type":"tool_result","tool_use_id":"i","content":[{"type":"text","text":"look"},{"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"YQ=="}},{"type":"text","text":"[audio/wav, 3 bytes]"},{"type":"text","text":"X: https://x.org"}]})");
    CHECK(
        claude("plot") ==
        R"({"type":"tool_result","tool_use_id":"i","content":[{"type":"text","text":"[1,2]"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"YQ=="}}]})");
    CHECK(claude("empty") == R"({"type":"tool_result","tool_use_id":"i","content":""})");
    CHECK(claude("fail").ends_with(R"([haft-E0210]","is_error":true})"));
}

TEST_CASE("OpenAI is told in words what is no text", "[EX-05][IO-01]") {
    CHECK(chat("picture") == R"({"role":"tool","tool_call_id":"i","content":"[image/png, 2 bytes]"})");
    CHECK(
        chat("several") ==
        R"({"role":"tool","tool_call_id":"i","content":"look\n[image/jpeg, 1 byte]\n[audio/wav, 3 bytes]\nX: https://x.org"})");
    CHECK(chat("plot") == R"({"role":"tool","tool_call_id":"i","content":"[1,2]\n[image/png, 1 byte]"})");
    CHECK(chat("empty") == R"({"role":"tool","tool_call_id":"i","content":""})");
}

TEST_CASE("Gemini is told in words what is no text, beside a value", "[EX-05][IO-01]") {
    CHECK(google("picture") ==
          R"({"functionResponse":{"id":"i","name":"picture","response":{"output":"[image/png, 2 bytes]"}}})");
    CHECK(
        google("plot") ==
        R"({"functionResponse":{"id":"i","name":"plot","response":{"output":[1,2],"attachments":["[image/png, 1 byte]"]}}})");
    CHECK(
        google("render") ==
        R"({"functionResponse":{"id":"i","name":"render","response":{"output":"words","attachments":["[image/png, 1 byte]"]}}})");
    CHECK(google("empty") == R"({"functionResponse":{"id":"i","name":"empty","response":{"output":""}}})");
}

TEST_CASE("a result that is too large for the caller's options is an error", "[fault-74]") {
    haft::call_options options;
    options.max_result_bytes = 200;
    CHECK_FALSE(answered("much", options).is_error);
    options.max_result_bytes = 199;
    const formats::answer a = answered("much", options);
    CHECK(a.is_error);
    CHECK(a.text.starts_with("Error: the result has 200 bytes; at most 199 are handed on"));
}
