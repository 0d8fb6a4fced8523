// SPDX-License-Identifier: BSL-1.0
#include "check.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

namespace bench {
namespace {

using nlohmann::json;

struct input {
    std::string_view what;
    std::size_t task;
    std::string arguments;
    std::string result = {};  ///< that is wanted, as JSON; empty: refused
};

constexpr std::string_view some_route = R"({"score":2.0,"mode":"car","hops":1,"note":"none"})";

std::array inputs{
    input{"task a", 0, arguments_of(0),
          R"({"city":"Berlin","days":5,"high":21.5,"low":12.25,"summary":"partly cloudy"})"},
    input{"task b", 1, arguments_of(1),
          R"({"score":60.398742500000004,"mode":"train","hops":8,"note":"avoid stairs"})"},
    input{"task c", 2, arguments_of(2), R"({"lines":117,"bytes":9945})"},
    input{"default", 0, R"({"city":"B"})",
          R"({"city":"B","days":3,"high":21.5,"low":12.25,"summary":"partly cloudy"})"},
    input{"optional absent", 1, R"({"origin":{"lat":1,"lon":2,"name":"x"},"weights":[1],"mode":"car"})",
          std::string(some_route)},
    input{"optional null", 1, R"({"origin":{"lat":1,"lon":2,"name":"x"},"weights":[1],"mode":"car","note":null})",
          std::string(some_route)},
    input{"other order, blanks", 1,
          "{ \"mode\" : \"car\",\t\"weights\" : [ 1 ] , \"origin\":{\"name\":\"x\",\"lon\":2,\"lat\":1} }",
          std::string(some_route)},
    input{"escapes", 0, R"({"city":"Malm\u00f6 \ud83c\udf27 \"x\"\n","days":1})",
          R"({"city":"Malmö 🌧 \"x\"\n","days":1,"high":21.5,"low":12.25,"summary":"partly cloudy"})"},
    input{"required missing", 0, R"({"days":3})"},
    input{"required missing, nested", 1, R"({"origin":{"lat":1,"name":"x"},"weights":[1],"mode":"car"})"},
    input{"wrong type", 0, R"({"city":5,"days":3})"},
    input{"string for integer", 0, R"({"city":"B","days":"5"})"},
    input{"fraction for integer", 0, R"({"city":"B","days":3.5})"},
    input{"integer beyond 32 bits", 0, R"({"city":"B","days":4294967299})"},  // 2^32 + 3
    input{"out of range", 0, R"({"city":"B","days":99})"},
    input{"null for required", 0, R"({"city":null,"days":3})"},
    input{"array for object", 0, R"(["B"])"},
    input{"unknown value of an enum", 1, R"({"origin":{"lat":1,"lon":2,"name":"x"},"weights":[1],"mode":"fly"})"},
    input{"wrong type of element", 1, R"({"origin":{"lat":1,"lon":2,"name":"x"},"weights":[1,"2"],"mode":"car"})"},
    input{"unknown key", 0, R"({"city":"B","days":3,"extra":1})"},
    input{"unknown key, nested", 1, R"({"origin":{"lat":1,"lon":2,"name":"x","z":1},"weights":[1],"mode":"car"})"},
    input{"key twice", 0, R"({"city":"A","city":"B","days":3})"},
    input{"not UTF-8", 0, "{\"city\":\"\xff\xfe\",\"days\":3}"},
    input{"cut short", 0, R"({"city":"B","days":3)"},
    input{"text behind", 0, R"({"city":"B","days":3} xx)"},
};

/// Where an approach is known to do something else than it should. The times stand all the same, with this said.
struct difference {
    std::string_view approach, input;
};
constexpr difference known[]{
    {"glaze", "text behind"},
    {"reflect_cpp", "integer beyond 32 bits"},  // it cuts the upper bits off
    {"glaze", "key twice"},
    {"simdjson", "key twice"},
    {"simdjson_reflection", "key twice"},
    {"simdjson_reflection", "unknown key"},
    {"simdjson_reflection", "unknown key, nested"},
    {"simdjson_reflection", "default"},  // it wants every member
    {"nlohmann", "key twice"},
};

/// What came of one call.
struct outcome {
    std::string trouble;  ///< "refused", or what is wrong with the answer; empty: the result is in `value`
    json value = {};

    std::string text() const { return trouble.empty() ? value.dump() : trouble; }
    bool operator==(const outcome&) const = default;
};
const outcome refused{"refused"};

json parsed(const std::string& text) { return json::parse(text, nullptr, false); }

/// Runs one of an approach's functions and keeps its answer; false: there was none.
bool answered(bool (*run)(std::string&), std::string text, std::string& out) {
    text = padded(std::move(text));
    kept_answer = &out;
    const bool good = run(text);
    kept_answer = nullptr;
    return good;
}

outcome outcome_of_call(const approach& by, const input& in) {
    std::string out;
    if (!answered(by.call[in.task], in.arguments, out)) return refused;
    json value = parsed(out);
    if (value.is_discarded()) return {"no JSON: " + out};
    return {"", std::move(value)};
}

outcome outcome_of_line(const approach& by, const input& in) {
    std::string out;
    if (!answered(by.line, line_of(in.task, in.arguments), out)) return refused;
    const json response = parsed(out);
    if (!response.is_object()) return {"no JSON object: " + out};
    if (response.contains("error")) return refused;
    const json result = response.value("result", json::object());
    const json content = result.value("content", json::array());
    if (response.value("jsonrpc", json()) != "2.0" || response.value("id", json()) != 7 ||
        !result.contains("isError") || content.size() != 1 || content[0].value("type", json()) != "text")
        return {"not the form that was agreed on: " + out};
    if (result["isError"] == true) return refused;
    json value = parsed(content[0].value("text", ""));
    if (value.is_discarded()) return {"no JSON: " + out};
    if (const auto structured = result.find("structuredContent"); structured != result.end() && *structured != value)
        return {"text and structuredContent differ: " + out};
    return {"", std::move(value)};
}

bool is_known(const approach& by, const input& in) {
    return std::any_of(std::begin(known), std::end(known),
                       [&](const difference& d) { return d.approach == by.name && d.input == in.what; });
}

}  // namespace

bool agree(std::span<const approach* const> approaches) {
    std::printf("%-26s %-8s", "", "wanted");
    for (const approach* by : approaches) std::printf(" %s", by->name.data());
    std::printf("\n");
    std::string differences, faults;
    for (const input& in : inputs) {
        const outcome wanted = in.result.empty() ? refused : outcome{"", parsed(in.result)};
        std::printf("%-26s %-8s", in.what.data(), wanted == refused ? "refused" : "taken");
        for (const approach* by : approaches) {
            const char* cell = ".";
            const auto look = [&](const char* form, const outcome& seen) {
                if (seen == wanted) return;
                cell = seen == refused ? "refused" : seen.trouble.empty() && wanted == refused ? "taken" : "wrong";
                std::string line =
                    "  " + std::string(by->name) + ", " + form + " \"" + std::string(in.what) + "\": " + cell;
                if (cell[0] == 'w') line += ": " + seen.text();
                // Only taking what should be refused, or the other way round, can be a known difference.
                (is_known(*by, in) && cell[0] != 'w' ? differences : faults) += line + "\n";
            };
            look("arguments", outcome_of_call(*by, in));
            if (by->line) look("line", outcome_of_line(*by, in));
            std::printf(" %-*s", static_cast<int>(by->name.size()), cell);
        }
        std::printf("\n");
    }
    if (!differences.empty()) std::printf("\nKnown differences:\n%s", differences.c_str());
    if (!faults.empty()) std::printf("\nNot as wanted:\n%s", faults.c_str());
    std::printf("\n%zu inputs, %zu approaches: they %s\n", inputs.size(), approaches.size(),
                faults.empty() ? "agree" : "do not agree");
    return faults.empty();
}

}  // namespace bench
