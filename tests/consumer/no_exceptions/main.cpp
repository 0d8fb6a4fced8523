// SPDX-License-Identifier: BSL-1.0
// Every form of parameters and the kinds of types, without exceptions and RTTI.
#include <haft/tool.hpp>

#include "../greet.hpp"
#include "toolbox.hpp"

#include <array>
#include <cstdio>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

enum class colour { red, green };

struct shelf {  // holds others of its own type, and what C++20 can't make at compile time
    std::string_view label;
    std::map<std::string, std::tuple<int, char>> places;
    std::set<colour> colours;
    std::vector<bool> free;
    std::variant<int, std::string> owner;
    std::optional<haft::json_text> more;
    std::vector<shelf> within;
};
int count_places(const shelf& s) {
    int n = static_cast<int>(s.places.size() + s.colours.size() + s.free.size() + s.owner.index());
    for (const shelf& inner : s.within) n += count_places(inner);
    return n;
}

haft::result<std::string> repeat(haft::arg<"text", std::string, haft::pattern("^[a-z]+$")> text,
                                 haft::arg<"times", int, haft::maximum(9), haft::default_(2)> times,
                                 haft::call_context& context) {
    if (times < 0) return haft::error{.message = "times is below 0"};
    std::string out;
    for (int i = 0; i < times; ++i) out += *text;
    context.progress(times, times);
    return out;
}

haft::output<double> interest(double capital, double rate) {
    return {.value = capital * rate, .attachments = {"euros"}};
}
constexpr std::array interest_names{haft::field{"capital", "In euros", haft::minimum(0)},
                                    haft::field{"rate", "Per year", haft::default_(0.25)}};

class money {
public:
    money() = default;
    explicit money(long cents) : cents_(cents) {}
    long cents() const { return cents_; }

private:
    long cents_ = 0;
};
template <>
struct haft::schema::form<money> : haft::schema::text_form<money> {
    static constexpr std::string_view expected = "cents such as 120c";
    static bool read(std::string_view text, money& to, std::string& why) {
        if (!text.ends_with('c')) return why = "it does not end in c", false;
        long cents = 0;
        for (const char c : text.substr(0, text.size() - 1)) cents = cents * 10 + (c - '0');
        return to = money(cents), true;
    }
    static void write(const money& from, std::string& out) { out += std::to_string(from.cents()) + 'c'; }
};
money twice(haft::arg<"sum", money> sum) { return money(sum->cents() * 2); }
HAFT_TOOL(twice, "Twice a sum");

int main() {
    haft::toolset tools{haft::make<&greet>("Greets somebody"), haft::make<&count_places>("Count places"),
                        haft::make<&repeat>("Repeat a text"), haft::make<&interest, interest_names>("Interest")};
    for (const haft::tool& t : haft::compiled_in()) tools.add(t);
    int total = 0;
    tools.add("add", "Add to a sum", [&total](haft::arg<"by", int> by) { return total += by; });

    const haft::result<haft::toolset> counting = counting_tools("Counter(5) as count");
    if (counting) tools.add(*counting);
    bool right = tools.refusals().empty();
    const auto gives = [&](std::string_view name, std::string_view arguments, std::string_view expected) {
        const haft::result<std::string> answer = tools.call(name, arguments);
        if (answer && *answer == expected) return;
        const std::string got = answer ? *answer : answer.error().text();
        std::printf("%.*s: %s\n", static_cast<int>(name.size()), name.data(), got.c_str());
        right = false;
    };
    const auto refuses = [&](std::string_view name, std::string_view arguments, haft::errc code) {
        const haft::result<std::string> answer = tools.call(name, arguments);
        right = right && !answer && answer.error().faults.size() == 1 && answer.error().faults[0].code == code;
    };
    gives("greet", R"({"name":"x"})", R"("Hello x\n")");  // the result is JSON text
    refuses("greet", R"({"name":"x","times":4})", haft::errc::out_of_limits);
    gives("count_places",
          R"({"label":"a","places":{"b":[1,"c"]},"colours":["red"],"free":[true,false],"owner":"x","more":{"y":[]},)"
          R"("within":[{"label":"d","places":{},"colours":["green"],"free":[],"owner":1,"within":[]}]})",
          "6");
    refuses("count_places", R"({"label":"a","places":{},"colours":["blue"],"free":[],"owner":1,"within":[]})",
            haft::errc::not_allowed);
    gives("repeat", R"({"text":"ab"})", R"("abab")");
    refuses("repeat", R"({"text":"AB"})", haft::errc::out_of_limits);
    gives("interest", R"({"capital":8})", "2");
    refuses("interest", R"({"capital":-1})", haft::errc::out_of_limits);
    gives("twice", R"({"sum":"120c"})", R"("240c")");
    refuses("twice", R"({"sum":"120"})", haft::errc::bad_text);
    gives("add", R"({"by":3})", "3");
    gives("count.next", "{}", "5");
    gives("count.peek", "{}", "6");
    const haft::result<haft::toolset> broken = counting_tools("Counter(from=-1)");
    right = right && !broken && broken.error().message == "toolbox \"Counter\" can't be used: it counts from 0";
    std::puts(right ? "right" : "wrong");
}
