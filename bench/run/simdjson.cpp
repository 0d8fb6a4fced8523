// SPDX-License-Identifier: BSL-1.0
// simdjson on demand, every key by hand. Its parser and its builders are used again, as its documentation advises.
#include "approach.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include <simdjson.h>

namespace bench {
namespace {

namespace ondemand = simdjson::ondemand;
using builder = simdjson::builder::string_builder;

/// Gives a value's string to anything that can be assigned one. False: it is none.
bool get_string(ondemand::value value, auto& to) {
    std::string_view text;
    if (value.get_string().get(text)) return false;
    to = text;
    return true;
}

/// Calls `member(key, value)` for each member until it returns false.
bool for_each(ondemand::object object, auto&& member) {
    for (auto field : object) {
        std::string_view key;
        ondemand::value value;
        if (field.unescaped_key().get(key) || field.value().get(value) || !member(key, value)) return false;
    }
    return true;
}

bool get(ondemand::object object, weather_query& q) {
    bool city = false;
    const bool good = for_each(object, [&](std::string_view key, ondemand::value value) {
        if (key == "city") return city = get_string(value, q.city);
        if (key != "days") return false;
        std::int64_t days;
        if (value.get_int64().get(days) || days < 1 || days > 14) return false;
        q.days = static_cast<int>(days);
        return true;
    });
    return good && city;
}

bool get(ondemand::object object, place& p) {
    int seen = 0;
    const bool good = for_each(object, [&](std::string_view key, ondemand::value value) {
        if (key == "lat") return seen |= 1, !value.get_double().get(p.lat);
        if (key == "lon") return seen |= 2, !value.get_double().get(p.lon);
        if (key == "name") return seen |= 4, get_string(value, p.name);
        return false;
    });
    return good && seen == 7;
}

bool get(ondemand::value value, travel_mode& mode) {
    std::string_view name;
    if (value.get_string().get(name)) return false;
    for (std::size_t i = 0; i < mode_names.size(); ++i)
        if (name == mode_names[i]) return mode = static_cast<travel_mode>(i), true;
    return false;
}

bool get(ondemand::value value, std::vector<double>& numbers) {
    ondemand::array array;
    if (value.get_array().get(array)) return false;
    numbers.reserve(8);
    for (auto element : array) {
        double number;
        if (element.get_double().get(number)) return false;
        numbers.push_back(number);
    }
    return true;
}

bool get(ondemand::object object, route_query& q) {
    int seen = 0;
    const bool good = for_each(object, [&](std::string_view key, ondemand::value value) {
        if (key == "origin") {
            ondemand::object origin;
            return seen |= 1, !value.get_object().get(origin) && get(origin, q.origin);
        }
        if (key == "weights") return seen |= 2, get(value, q.weights);
        if (key == "mode") return seen |= 4, get(value, q.mode);
        if (key != "note") return false;
        bool null;
        if (value.is_null().get(null)) return false;
        return null || get_string(value, q.note.emplace());
    });
    return good && seen == 7;
}

bool get(ondemand::object object, text_query& q) {
    bool text = false;
    const bool good = for_each(object, [&](std::string_view key, ondemand::value value) {
        return key == "text" && (text = get_string(value, q.text));
    });
    return good && text;
}

/// The builder takes values as copies, so strings go in as views.
template <simdjson::constevalutil::fixed_string Key, class Value>
void put_member(builder& out, Value value, bool first = false) {
    if (!first) out.append_comma();
    out.append_key_value<Key>(value);
}
void put(builder& out, const weather& w) {
    out.start_object();
    put_member<"city">(out, std::string_view(w.city), true);
    put_member<"days">(out, w.days);
    put_member<"high">(out, w.high);
    put_member<"low">(out, w.low);
    put_member<"summary">(out, std::string_view(w.summary));
    out.end_object();
}
void put(builder& out, const route& r) {
    out.start_object();
    put_member<"score">(out, r.score, true);
    put_member<"mode">(out, mode_names[static_cast<std::size_t>(r.mode)]);
    put_member<"hops">(out, r.hops);
    put_member<"note">(out, std::string_view(r.note));
    out.end_object();
}
void put(builder& out, const text_size& s) {
    out.start_object();
    put_member<"lines">(out, s.lines, true);
    put_member<"bytes">(out, s.bytes);
    out.end_object();
}

simdjson::padded_string_view view_of(const std::string& text) {
    return simdjson::padded_string_view(text.data(), text.size(), text.capacity());
}

bool give(builder& out) {
    std::string_view text;
    if (out.view().get(text)) return false;
    answer(text);
    return true;
}

ondemand::parser parser;

template <class Query, auto Function>
bool run(ondemand::object arguments, builder& out) {
    Query query{};
    if (!get(arguments, query)) return false;
    put(out, Function(query));
    return true;
}

template <class Query, auto Function>
bool call(std::string& arguments) {
    ondemand::document document;
    ondemand::object object;
    if (parser.iterate(view_of(arguments)).get(document) || document.get_object().get(object)) return false;
    Query query{};
    if (!get(object, query) || !document.at_end()) return false;
    static builder out;
    out.clear();
    put(out, Function(query));
    return give(out);
}

struct text_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using tool = bool (*)(ondemand::object arguments, builder& out);
const std::unordered_map<std::string, tool, text_hash, std::equal_to<>> tools{
    {"get_weather", run<weather_query, get_weather>},
    {"plan_route", run<route_query, plan_route>},
    {"count_text", run<text_query, count_text>}};

bool line(std::string& text) {
    ondemand::document document;
    ondemand::object message;
    if (parser.iterate(view_of(text)).get(document) || document.get_object().get(message)) return false;
    std::string_view id, method;
    auto found = tools.end();
    static builder result;
    result.clear();
    // Every member is walked, or else the end of the line would not be looked at. What stands first is sent first by clients.
    const bool good = for_each(message, [&](std::string_view key, ondemand::value value) {
        if (key == "id") return !value.raw_json().get(id);
        if (key == "method") return !value.get_string().get(method);
        if (key != "params") return true;
        ondemand::object params;
        return !value.get_object().get(params) && for_each(params, [&](std::string_view name, ondemand::value param) {
            if (name == "name") {
                std::string_view tool_name;
                if (param.get_string().get(tool_name)) return false;
                found = tools.find(tool_name);
                return found != tools.end();
            }
            if (name != "arguments") return true;
            ondemand::object arguments;
            return found != tools.end() && method == "tools/call" && !param.get_object().get(arguments) &&
                   found->second(arguments, result);
        });
    });
    std::string_view result_text;
    if (!good || !document.at_end() || result.view().get(result_text)) return false;
    static builder out;
    out.clear();
    out.append_raw(R"({"jsonrpc":"2.0","id":)");
    out.append_raw(id);
    out.append_raw(R"(,"result":{"content":[{"type":"text","text":)");
    out.escape_and_append_with_quotes(result_text);
    out.append_raw(R"(}],"isError":false}})");
    return give(out);
}

}  // namespace

const approach by_simdjson{
    "simdjson", {call<weather_query, get_weather>, call<route_query, plan_route>, call<text_query, count_text>}, line};

}  // namespace bench
