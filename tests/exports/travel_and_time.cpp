// SPDX-License-Identifier: BSL-1.0
// Half of the fifty tools: travel, time, money, places. What they compute is beside the point; every type that haft knows
// and every word stands in one of their signatures.
#include <haft/std.hpp>
#include <haft/tool.hpp>

#include <boost/describe/enum.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace travel {

enum class cabin { economy, premium_economy, business, first };
enum class unit : std::uint8_t { celsius = 1, fahrenheit = 2 };
enum weekday { monday, tuesday, wednesday };
BOOST_DESCRIBE_ENUM(weekday, monday, tuesday, wednesday)

struct passenger {
    std::string name;
    int age = 30;
    std::optional<std::string> frequent_flyer;
    static constexpr std::array haft_fields{
        haft::field{"name", "As in the passport", haft::min_length(1), haft::max_length(80)},
        haft::field{"age", "", haft::minimum(0), haft::maximum(130)}};
};
struct flight_query {
    std::string from, to;
    std::chrono::year_month_day date{std::chrono::year{2026}, std::chrono::month{12}, std::chrono::day{24}};
    travel::cabin cabin = travel::cabin::economy;
    std::vector<passenger> passengers;
    bool direct = false;
    static constexpr std::array haft_fields{
        haft::field{"from", "Airport", haft::pattern("^[A-Z]{3}$"), haft::examples("ARN", "JFK")},
        haft::field{"to", "Airport", haft::pattern("^[A-Z]{3}$")}, haft::field{"date", "Day of departure"},
        haft::field{"passengers", "Who flies", haft::min_items(1), haft::max_items(9)}};
};
struct flight {
    std::string number;
    std::chrono::sys_seconds departs, arrives;
    double price = 0;
};

std::vector<flight> search_flights(const flight_query& q) {
    return {{q.from + "1", {}, {}, 100.0 * static_cast<double>(q.passengers.size())}};
}
haft::result<flight> flight_status(
    haft::arg<"number", std::string, haft::doc("Flight number"), haft::pattern("^[A-Z]{2}[0-9]{1,4}$")> number) {
    if (number->starts_with("XX")) return haft::error{haft::errc::tool_failed, "no such flight"};
    return flight{*number, {}, {}, 0};
}
bool cancel_booking(haft::arg<"booking", std::string, haft::doc("Booking reference"), haft::format("uuid")>) {
    return true;
}

struct weather_query {
    std::string city;
    int days = 3;
    travel::unit unit = travel::unit::celsius;
    static constexpr std::array haft_fields{
        haft::field{"city", "City name, for example Stockholm", haft::examples("Stockholm", "Malmö")},
        haft::field{"days", "Days ahead", haft::minimum(1), haft::maximum(14)}};
};
struct forecast {
    std::string city;
    std::vector<double> celsius;
    std::optional<std::string> warning;
};
forecast get_weather(const weather_query& q) {
    return {q.city, std::vector<double>(static_cast<std::size_t>(q.days), 21.5), {}};
}

struct hotel_query {
    std::string city;
    std::pair<double, double> near_point{59.33, 18.06};
    std::set<std::string> amenities;
    std::optional<double> max_price;
    std::uint8_t stars = 3;
    std::chrono::hours checkout{11};
    static constexpr std::array haft_fields{
        haft::field{"near_point", "Latitude and longitude"},
        haft::field{"amenities", "All of them", haft::not_required, haft::max_items(10)},
        haft::field{"max_price", "A night, in euro", haft::exclusive_minimum(0), haft::default_(nullptr)},
        haft::field{"stars", "", haft::minimum(1), haft::maximum(5)}};
};
std::map<std::string, double> find_hotels(const hotel_query& q) {
    return {{q.city + " Inn", q.max_price.value_or(80)}};
}

double convert_temperature(double degrees, unit from, unit to) {
    if (from == to) return degrees;
    return from == unit::celsius ? degrees * 1.8 + 32 : (degrees - 32) / 1.8;
}
inline constexpr std::array convert_names{haft::field{"degrees", "How warm", haft::minimum(-273.15)},
                                          haft::field{"from", "Unit it is given in"},
                                          haft::field{"to", "Unit it is wanted in", haft::default_("fahrenheit")}};

std::string seat_map(haft::arg<"rows", std::uint16_t, haft::minimum(1), haft::maximum(60)> rows,
                     haft::arg<"letters", std::array<char, 6>>) {
    return std::to_string(rows) + " rows";
}
std::chrono::minutes layover(haft::arg<"arrival", std::chrono::sys_seconds> arrival,
                             haft::arg<"departure", std::chrono::sys_seconds> departure) {
    return std::chrono::duration_cast<std::chrono::minutes>(*departure - *arrival);
}
std::chrono::milliseconds parse_duration(haft::arg<"text", std::chrono::milliseconds, haft::doc("ISO 8601")> d) {
    return d;
}
std::chrono::sys_days add_days(haft::arg<"day", std::chrono::sys_days> day,
                               haft::arg<"count", std::int32_t, haft::default_(1)> count) {
    return *day + std::chrono::days{*count};
}
std::vector<travel::weekday> opening_days(haft::arg<"place", std::string>) { return {monday, wednesday}; }

struct money {
    std::int64_t cents = 0;
    std::string currency = "EUR";
    static constexpr std::array haft_fields{
        haft::field{"currency", "ISO 4217", haft::one_of("EUR", "USD", "SEK"), haft::as("Currency-Code")}};
};
money add_money(haft::arg<"a", money> a, haft::arg<"b", money> b) { return {a->cents + b->cents, a->currency}; }
money split_bill(haft::arg<"total", money> total, haft::arg<"people", unsigned, haft::minimum(1)> people) {
    return {total->cents / static_cast<std::int64_t>(*people), total->currency};
}
double exchange_rate(
    haft::arg<"pair", std::tuple<std::string, std::string, double>, haft::doc("From, to, spread")> pair) {
    return 1 + std::get<2>(*pair);
}
std::variant<double, std::string> price_of(
    haft::arg<"item", std::variant<std::int64_t, std::string>, haft::doc("Number or name")> item) {
    if (const auto* number = std::get_if<std::int64_t>(&*item)) return static_cast<double>(*number);
    return std::get<std::string>(*item);
}
std::map<int, std::string> gate_plan(haft::arg<"gates", std::map<int, std::string>, haft::max_properties(20)> gates) {
    return *gates;
}
std::map<weekday, bool> closed_on(haft::arg<"days", std::map<weekday, bool>> days) { return *days; }
void set_alarm(haft::arg<"at", std::chrono::sys_seconds, haft::doc("When to ring")>,
               haft::arg<"repeat", std::optional<std::chrono::minutes>>, haft::call_context& context) {
    context.log(haft::log_level::info, "alarm set");
}
bool is_leap_year(haft::arg<"year", std::int16_t, haft::minimum(1583)> year) {
    return std::chrono::year{*year}.is_leap();
}
std::uint64_t distance_in_metres(haft::arg<"from", std::array<double, 2>> from,
                                 haft::arg<"to", std::array<double, 2>> to) {
    return static_cast<std::uint64_t>(std::abs((*from)[0] - (*to)[0]) * 111'000);
}
float tip(haft::arg<"amount", float, haft::exclusive_minimum(0)> amount,
          haft::arg<"percent", float, haft::default_(12.5), haft::multiple_of(0.5)> percent) {
    return amount * percent / 100;
}
std::string greet(haft::arg<"name", std::string_view, haft::doc("Who")> name,
                  haft::arg<"language", std::string, haft::one_of("en", "sv", "de"), haft::default_("en")> language) {
    return (*language == "sv" ? "Hej " : "Hello ") + std::string(*name);
}
std::vector<std::string> visa_rules(
    haft::arg<"passport", std::string, haft::min_length(2), haft::max_length(2)>,
    haft::arg<"destinations", std::vector<std::string>, haft::unique_items, haft::min_items(1)> d) {
    return *d;
}
std::int8_t time_zone(haft::arg<"city", std::string>) { return 1; }

}  // namespace travel

HAFT_TOOL(travel::search_flights, {.description = "Search flights for a party on a day", .effect = haft::read_only});
HAFT_TOOL(travel::flight_status,
          {.description = "Where a flight is now", .title = "Flight status", .effect = haft::read_only});
HAFT_TOOL(travel::cancel_booking, {.description = "Cancel a booking for good", .effect = haft::destructive});
HAFT_TOOL(travel::get_weather, {.description = "Weather forecast for a city", .effect = haft::read_only});
HAFT_TOOL(travel::find_hotels,
          {.description = "Hotels near a point", .name = "hotels.find", .effect = haft::read_only});
HAFT_TOOL_NAMED(travel::convert_temperature, travel::convert_names, "Convert a temperature");
HAFT_TOOL(travel::seat_map, "Draw the seats of an aircraft");
HAFT_TOOL(travel::layover, "Time between two flights");
HAFT_TOOL(travel::parse_duration, "Read a duration");
HAFT_TOOL(travel::add_days, "The day some days later");
HAFT_TOOL(travel::opening_days, "Days on which a place is open");
HAFT_TOOL(travel::add_money, "Add two amounts");
HAFT_TOOL(travel::split_bill, "Split a bill evenly");
HAFT_TOOL(travel::exchange_rate, "Rate between two currencies");
HAFT_TOOL(travel::price_of, "Price of an item by number or name");
HAFT_TOOL(travel::gate_plan, "Which flight is at which gate");
HAFT_TOOL(travel::closed_on, "Days on which a place is closed");
HAFT_TOOL(travel::set_alarm, {.description = "Set an alarm", .effect = haft::additive});
HAFT_TOOL(travel::is_leap_year, "Whether a year has 366 days");
HAFT_TOOL(travel::distance_in_metres, "Distance between two points");
HAFT_TOOL(travel::tip, "How much to tip");
HAFT_TOOL(travel::greet, "Greet somebody");
HAFT_TOOL(travel::visa_rules, "Which destinations want a visa");
HAFT_TOOL(travel::time_zone, "Hours ahead of UTC");
