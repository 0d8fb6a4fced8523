// SPDX-License-Identifier: BSL-1.0
// The bytes are a model's text, in which calls may stand; the first of them says how large the pieces are in which it comes.
#include <haft/format/parse.hpp>
#include <haft/json/pieces.hpp>
#include <haft/tool.hpp>

#include "require.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

using haft_fuzz::require;

namespace {

const haft::toolset& tools() {
    static const haft::toolset all = [] {
        haft::toolset out;
        out.add("shell", "Runs", [](haft::arg<"code", std::string>) {});
        out.add("save", "Saves",
                [](haft::arg<"path", std::string>, haft::arg<"text", std::string>, haft::arg<"n", int>) {});
        out.add("now", "Tells the time", [] { return 1; });
        return out;
    }();
    return all;
}

std::string all_of(const haft::parsed_text& of) {
    std::string out = of.text;
    for (const haft::parsed_call& one : of.calls) {
        out.append("\n").append(one.call.name).append("(").append(one.call.id).append(") ").append(one.call.arguments);
        out.append(std::to_string(one.begin)).append("-").append(std::to_string(one.end));
        for (const std::string& repair : one.repairs) out.append(" ").append(repair);
    }
    for (const haft::error& e : of.problems) out.append("\n").append(e.text());
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t piece = data[0] % 16 + 1;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const haft::parse_options options{.most_calls = 8, .most_call_bytes = 64};

    for (const haft::parse_options& how : {haft::parse_options{}, options}) {
        const haft::parsed_text whole = haft::parse_calls(text, tools(), how);
        haft::call_parser parser(tools(), how);
        haft::parsed_text pieces;
        const auto add = [&](haft::parsed_text more) {
            pieces.text += more.text;
            for (haft::parsed_call& one : more.calls) pieces.calls.push_back(std::move(one));
            for (haft::error& e : more.problems) pieces.problems.push_back(std::move(e));
        };
        for (std::size_t at = 0; at < text.size(); at += piece) add(parser.feed(text.substr(at, piece)));
        add(parser.finish());
        require(all_of(pieces) == all_of(whole), "where pieces end changes nothing",
                all_of(pieces) + "\n---\n" + all_of(whole));

        require(whole.calls.size() <= how.most_calls, "no more calls than allowed");
        std::size_t before = 0;
        for (const haft::parsed_call& one : whole.calls) {
            require(before <= one.begin && one.begin < one.end && one.end <= text.size(),
                    "calls stand one behind the other");
            before = one.end;
            require(haft::legal_tool_name(one.call.name), "a call has a tool's name", one.call.name);
            require(one.problem || haft::json::is_json(one.call.arguments), "arguments are JSON, or said not to be",
                    one.call.arguments);
            require(one.problem || one.call.arguments.find_first_of('{') == 0, "arguments are an object",
                    one.call.arguments);
        }
        if (whole.calls.empty()) require(whole.text == text, "without calls all is text", whole.text);
    }

    if (const auto mended = haft::repair_json(text)) {
        const auto again = haft::repair_json(mended->text);
        require(again && again->text == mended->text && again->repairs.empty(), "what was mended is right",
                mended->text);
    }
    return 0;
}
