// SPDX-License-Identifier: BSL-1.0
// simdjson with C++26 reflection: nothing by hand but what it can't do.
#define SIMDJSON_STATIC_REFLECTION 1
#include "approach.hpp"

#include <string>
#include <string_view>

#include <simdjson.h>

namespace bench {

// Its own reflection of enums (4.6.11) does not compile with g++ 16, so of an enum both ways are by hand.
auto tag_invoke(simdjson::deserialize_tag, auto& value, travel_mode& mode) {
    std::string_view name;
    if (const auto error = value.get_string().get(name)) return error;
    for (std::size_t i = 0; i < mode_names.size(); ++i)
        if (name == mode_names[i]) return mode = static_cast<travel_mode>(i), simdjson::SUCCESS;
    return simdjson::INCORRECT_TYPE;
}
void atom(simdjson::builder::string_builder& out, const travel_mode& mode) {
    out.escape_and_append_with_quotes(mode_names[static_cast<std::size_t>(mode)]);
}

namespace {

namespace ondemand = simdjson::ondemand;
using builder = simdjson::builder::string_builder;

template <class T>
bool acceptable(const T&) {
    return true;
}
bool acceptable(const weather_query& q) { return in_range(q); }

ondemand::parser parser;

template <class Query, auto Function>
bool call(std::string& arguments) {
    ondemand::document document;
    if (parser.iterate(simdjson::padded_string_view(arguments.data(), arguments.size(), arguments.capacity()))
            .get(document))
        return false;
    Query query{};
    if (document.get<Query>(query) || !acceptable(query)) return false;
    static builder out;
    out.clear();
    simdjson::builder::append(out, Function(query));
    std::string_view text;
    if (out.view().get(text)) return false;
    answer(text);
    return true;
}

}  // namespace

const approach by_simdjson_reflection{
    "simdjson_reflection",
    {call<weather_query, get_weather>, call<route_query, plan_route>, call<text_query, count_text>},
    nullptr};

}  // namespace bench
