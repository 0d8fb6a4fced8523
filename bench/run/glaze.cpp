// SPDX-License-Identifier: BSL-1.0
#include "approach.hpp"

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include <glaze/glaze.hpp>

template <>
struct glz::meta<bench::travel_mode> {
    using enum bench::travel_mode;
    static constexpr auto value = enumerate(walk, bike, car, train);
};
template <>
struct glz::meta<bench::weather_query> {
    static constexpr bool requires_key(std::string_view key, bool) { return key == "city"; }
};
template <>
struct glz::json_schema<bench::weather_query> {
    schema city{};
    schema days{.defaultValue = std::int64_t{3}, .minimum = std::int64_t{1}, .maximum = std::int64_t{14}};
};

namespace bench {
namespace {

constexpr glz::opts strict{.error_on_unknown_keys = true, .error_on_missing_keys = true};
constexpr glz::opts strict_piece{
    .null_terminated = false, .error_on_unknown_keys = true, .error_on_missing_keys = true};
constexpr glz::opts envelope{.error_on_unknown_keys = false, .error_on_missing_keys = true};

template <class T>
bool acceptable(const T&) {
    return true;
}
bool acceptable(const weather_query& q) { return in_range(q); }

template <glz::opts How, class Query, auto Function>
bool run(const auto& arguments, std::string& out) {
    Query query{};
    if (glz::read<How>(query, arguments) || !acceptable(query)) return false;
    return !glz::write_json(Function(query), out);
}

template <class Query, auto Function>
bool call(std::string& arguments) {
    static std::string out;
    if (!run<strict, Query, Function>(arguments, out)) return false;
    answer(out);
    return true;
}

struct parameters {
    std::string_view name;
    glz::raw_json_view arguments;
};
struct request {
    std::string_view jsonrpc;
    glz::raw_json_view id;
    std::string_view method;
    parameters params;
};
struct text_block {
    std::string_view type = "text";
    std::string_view text;
};
struct call_result {
    std::array<text_block, 1> content;
    bool isError = false;
};
struct response {
    std::string_view jsonrpc = "2.0";
    glz::raw_json_view id;
    call_result result;
};

struct text_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using tool = bool (*)(const std::string_view& arguments, std::string& out);
const std::unordered_map<std::string, tool, text_hash, std::equal_to<>> tools{
    {"get_weather", run<strict_piece, weather_query, get_weather>},
    {"plan_route", run<strict_piece, route_query, plan_route>},
    {"count_text", run<strict_piece, text_query, count_text>}};

bool line(std::string& text) {
    request asked{};
    if (glz::read<envelope>(asked, text) || asked.method != "tools/call") return false;
    const auto found = tools.find(asked.params.name);
    if (found == tools.end()) return false;
    static std::string result;
    if (!found->second(asked.params.arguments.str, result)) return false;
    response given;
    given.id = asked.id;
    given.result.content[0].text = result;
    static std::string out;
    if (glz::write_json(given, out)) return false;
    answer(out);
    return true;
}

template <class Query>
std::string make_schema() {
    return glz::write_json_schema<Query, strict>().value_or("");
}

}  // namespace

const approach by_glaze{"glaze",
                        {call<weather_query, get_weather>, call<route_query, plan_route>, call<text_query, count_text>},
                        line,
                        {},
                        {make_schema<weather_query>, make_schema<route_query>, make_schema<text_query>}};

}  // namespace bench
