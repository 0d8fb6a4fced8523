// SPDX-License-Identifier: BSL-1.0
// nlohmann::json by hand, strictly: what most C++ servers of the protocol have inside. Its schemas are literals by hand, of
// the same content as haft's.
#include "approach.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace bench {
namespace {

using nlohmann::json;

bool get(const json& value, std::string& text) {
    if (!value.is_string()) return false;
    text = value.get_ref<const std::string&>();
    return true;
}
bool get(const json& value, double& number) {
    if (!value.is_number()) return false;
    number = value.get<double>();
    return true;
}
bool get(const json& value, travel_mode& mode) {
    if (!value.is_string()) return false;
    for (std::size_t i = 0; i < mode_names.size(); ++i)
        if (value.get_ref<const std::string&>() == mode_names[i]) return mode = static_cast<travel_mode>(i), true;
    return false;
}
bool get(const json& value, std::vector<double>& numbers) {
    if (!value.is_array()) return false;
    numbers.reserve(value.size());
    for (const json& element : value)
        if (!get(element, numbers.emplace_back())) return false;
    return true;
}

/// Calls `member(key, value)` for each member until it returns false.
bool for_each(const json& object, auto&& member) {
    if (!object.is_object()) return false;
    for (auto it = object.begin(); it != object.end(); ++it)
        if (!member(it.key(), it.value())) return false;
    return true;
}

bool get(const json& value, weather_query& q) {
    bool city = false;
    const bool good = for_each(value, [&](const std::string& key, const json& member) {
        if (key == "city") return city = get(member, q.city);
        if (key != "days" || !member.is_number_integer()) return false;
        const auto days = member.get<std::int64_t>();
        q.days = static_cast<int>(days);
        return days >= 1 && days <= 14;
    });
    return good && city;
}
bool get(const json& value, place& p) {
    int seen = 0;
    const bool good = for_each(value, [&](const std::string& key, const json& member) {
        if (key == "lat") return seen |= 1, get(member, p.lat);
        if (key == "lon") return seen |= 2, get(member, p.lon);
        if (key == "name") return seen |= 4, get(member, p.name);
        return false;
    });
    return good && seen == 7;
}
bool get(const json& value, route_query& q) {
    int seen = 0;
    const bool good = for_each(value, [&](const std::string& key, const json& member) {
        if (key == "origin") return seen |= 1, get(member, q.origin);
        if (key == "weights") return seen |= 2, get(member, q.weights);
        if (key == "mode") return seen |= 4, get(member, q.mode);
        return key == "note" && (member.is_null() || get(member, q.note.emplace()));
    });
    return good && seen == 7;
}
bool get(const json& value, text_query& q) {
    bool text = false;
    const bool good = for_each(value, [&](const std::string& key, const json& member) {
        return key == "text" && (text = get(member, q.text));
    });
    return good && text;
}

json put(const weather& w) {
    return {{"city", w.city}, {"days", w.days}, {"high", w.high}, {"low", w.low}, {"summary", w.summary}};
}
json put(const route& r) {
    return {
        {"score", r.score}, {"mode", mode_names[static_cast<std::size_t>(r.mode)]}, {"hops", r.hops}, {"note", r.note}};
}
json put(const text_size& s) { return {{"lines", s.lines}, {"bytes", s.bytes}}; }

template <class Query, auto Function>
bool run(const json& arguments, std::string& out) {
    Query query{};
    if (!get(arguments, query)) return false;
    out = put(Function(query)).dump();
    return true;
}

template <class Query, auto Function>
bool call(std::string& arguments) {
    const json parsed = json::parse(arguments, nullptr, false);
    std::string out;
    if (parsed.is_discarded() || !run<Query, Function>(parsed, out)) return false;
    answer(out);
    return true;
}

using tool = bool (*)(const json& arguments, std::string& out);
const std::unordered_map<std::string, tool> tools{{"get_weather", run<weather_query, get_weather>},
                                                  {"plan_route", run<route_query, plan_route>},
                                                  {"count_text", run<text_query, count_text>}};

bool line(std::string& text) {
    const json asked = json::parse(text, nullptr, false);
    if (!asked.is_object()) return false;
    const auto id = asked.find("id"), method = asked.find("method"), params = asked.find("params");
    if (id == asked.end() || method == asked.end() || *method != "tools/call" || params == asked.end() ||
        !params->is_object())
        return false;
    const auto name = params->find("name"), arguments = params->find("arguments");
    if (name == params->end() || !name->is_string() || arguments == params->end()) return false;
    const auto found = tools.find(name->get_ref<const std::string&>());
    if (found == tools.end()) return false;
    std::string result;
    if (!found->second(*arguments, result)) return false;
    const json given{
        {"jsonrpc", "2.0"},
        {"id", *id},
        {"result", {{"content", json::array({{{"type", "text"}, {"text", std::move(result)}}})}, {"isError", false}}}};
    answer(given.dump());
    return true;
}

constexpr std::string_view weather_schema =
    R"({"type":"object","properties":{"city":{"type":"string"},)"
    R"("days":{"type":"integer","minimum":1,"maximum":14,"default":3}},"required":["city"],"additionalProperties":false})";
constexpr std::string_view route_schema =
    R"({"type":"object","properties":{"origin":{"type":"object","properties":{"lat":{"type":"number"},)"
    R"("lon":{"type":"number"},"name":{"type":"string"}},"required":["lat","lon","name"],"additionalProperties":false},)"
    R"("weights":{"type":"array","items":{"type":"number"}},)"
    R"("mode":{"type":"string","enum":["walk","bike","car","train"]},"note":{"type":"string"}},)"
    R"("required":["origin","weights","mode"],"additionalProperties":false})";
constexpr std::string_view text_schema =
    R"({"type":"object","properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false})";

}  // namespace

const approach by_nlohmann{
    "nlohmann",
    {call<weather_query, get_weather>, call<route_query, plan_route>, call<text_query, count_text>},
    line,
    {weather_schema, route_schema, text_schema}};

}  // namespace bench
