// SPDX-License-Identifier: BSL-1.0
#include "approach.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <rfl.hpp>
#include <rfl/json.hpp>

namespace bench {
namespace {

/// Of one member a default can't be had (0.21: all members of a struct or none), so the number is optional here. The range
/// is in its type.
struct ranged_weather_query {
    std::string city;
    std::optional<rfl::Validator<int, rfl::Minimum<1>, rfl::Maximum<14>>> days;
};
weather get_ranged_weather(const ranged_weather_query& q) {
    return get_weather({q.city, q.days ? q.days->value() : weather_query{}.days});
}

template <class Query, auto Function>
bool call(std::string& arguments) {
    const auto query = rfl::json::read<Query, rfl::NoExtraFields>(arguments);
    if (!query) return false;
    answer(rfl::json::write(Function(*query)));
    return true;
}

/// The name of the tool decides which arguments are read: reflect-cpp's own way to do that, and the fastest.
template <rfl::internal::StringLiteral Name, class Query>
struct parameters {
    rfl::Literal<Name> name;
    Query arguments;
    std::optional<rfl::Generic> _meta;
};
using weather_parameters = parameters<"get_weather", ranged_weather_query>;
using route_parameters = parameters<"plan_route", route_query>;
using text_parameters = parameters<"count_text", text_query>;
struct request {
    std::string jsonrpc;
    rfl::Generic id;
    std::string method;
    rfl::TaggedUnion<"name", weather_parameters, route_parameters, text_parameters> params;
};
struct text_block {
    std::string type;
    std::string text;
};
struct call_result {
    std::vector<text_block> content;
    bool isError;
};
struct response {
    std::string jsonrpc;
    rfl::Generic id;
    call_result result;
};

std::string run(const weather_parameters& p) { return rfl::json::write(get_ranged_weather(p.arguments)); }
std::string run(const route_parameters& p) { return rfl::json::write(plan_route(p.arguments)); }
std::string run(const text_parameters& p) { return rfl::json::write(count_text(p.arguments)); }

bool line(std::string& text) {
    const auto asked = rfl::json::read<request, rfl::NoExtraFields>(text);
    if (!asked || asked->method != "tools/call") return false;
    std::string result = rfl::visit([](const auto& params) { return run(params); }, asked->params);
    answer(rfl::json::write(response{"2.0", asked->id, {{{"text", std::move(result)}}, false}}));
    return true;
}

template <class Query>
std::string make_schema() {
    return rfl::json::to_schema<Query>();
}

}  // namespace

const approach by_reflect_cpp{
    "reflect_cpp",
    {call<ranged_weather_query, get_ranged_weather>, call<route_query, plan_route>, call<text_query, count_text>},
    line,
    {},
    {make_schema<ranged_weather_query>, make_schema<route_query>, make_schema<text_query>}};

}  // namespace bench
