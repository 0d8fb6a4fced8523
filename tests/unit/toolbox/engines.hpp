// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_UNIT_TOOLBOX_ENGINES_HPP
#define HAFT_TESTS_UNIT_TOOLBOX_ENGINES_HPP

/// Functions of every kind of parameters and results, declared for C++20, so that each compiler and engine can say what their
/// tools are.

#include <haft/std.hpp>
#include <haft/tool.hpp>
#include <haft/toolbox.hpp>

#include <boost/describe/enum.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace engines {

enum class plain { zero, one, two };
enum class sparse : std::int16_t { low = -1, middle = 40, high = 127 };
enum class aliased : unsigned char { second = 2, first = 1, uno = 1 };
enum class renamed { economy, premium };
enum listed { tuesday = 2, monday = 1, someday = 1000 };
BOOST_DESCRIBE_ENUM(listed, tuesday, monday, someday)

}  // namespace engines

template <>
inline constexpr std::array haft::enum_names<engines::renamed>{
    haft::named{engines::renamed::premium, "Premium Economy"}};

namespace engines {

struct truth {
    bool a, b = true, c = false;
};
struct integers {
    std::int8_t a = -128;
    std::uint8_t b = 255;
    std::int16_t c;
    std::uint32_t d = 0;
    std::int64_t e = INT64_MIN;
    std::uint64_t f = UINT64_MAX;
    unsigned long long g{};
};
struct reals {
    float a = 0.1F;
    double b = 0.1, c = 1e300, d;
    long double e = 2.5L;
};
struct texts {
    std::string a, b = "x\"y\n", c = "";
    char d = 'd';
    std::u8string e;
};
struct maybe {
    std::optional<int> a;
    std::optional<std::string> b = "b";
    std::optional<plain> c = plain::one;
};
struct inner {
    std::string name;
    int count = 1;
    static constexpr std::array haft_fields{haft::field{"name", "What it is", haft::min_length(1)},
                                            haft::field{"count", "How many", haft::as("how-many")}};
};
struct nested {
    inner a;
    inner b{"b", 2};
    std::vector<inner> c{{"c", 3}, {"d", 4}};
    std::optional<inner> d;
    struct deeper {
        inner e{"e", 5};
        struct inner f;
    } g;
};
struct enums {
    plain a = plain::two;
    sparse b = sparse::middle;
    aliased c{};
    renamed d = renamed::premium;
    listed e = someday;
};
struct lists {
    std::vector<int> a{1, 2};
    std::vector<bool> b{true};
    std::vector<std::vector<plain>> c;
    std::array<double, 3> d{1, 2, 3};
    std::pair<int, std::string> e{1, "one"};
    std::tuple<bool, plain, std::string> f;
};
struct containers {
    std::map<std::string, int> a;
    std::map<plain, inner> b;
    std::map<int, std::string> c;
    std::unordered_map<std::string, std::vector<int>> d;
    std::set<std::string> e;
    std::deque<plain> f;
    std::list<int> g;
};
struct alternatives {
    std::variant<int, std::string> a{"x"};
    std::variant<std::string, std::vector<int>, inner> b;
    std::optional<std::variant<bool, plain>> c;
};
struct moments {
    std::chrono::sys_seconds a;
    std::chrono::sys_days b;
    std::chrono::year_month_day c{std::chrono::year{2026}, std::chrono::month{12}, std::chrono::day{24}};
    std::chrono::milliseconds d{1500};
    std::filesystem::path e = "here";
};
struct tree {
    int value = 0;
    std::vector<tree> below;
};
struct chain {
    int value = 0;
    std::unique_ptr<chain> next;
};
struct limits {
    int a = 3;
    double b = 0.5;
    std::string c, d, e = "en";
    std::vector<int> f;
    std::map<std::string, int> g;
    std::uint64_t h = 10;
    std::optional<float> i;
    static constexpr std::array haft_fields{
        haft::field{"a", "From 1 to 14", haft::minimum(1), haft::maximum(14)},
        haft::field{"b", "", haft::exclusive_minimum(0), haft::exclusive_maximum(1.5), haft::multiple_of(0.25)},
        haft::field{"c", "Caf\u00E9", haft::pattern("^[A-Z]{3}$"), haft::examples("ARN", "JFK")},
        haft::field{"d", "", haft::format("email"), haft::max_length(80)},
        haft::field{"e", "", haft::one_of("en", "sv")},
        haft::field{"f", "", haft::min_items(1), haft::max_items(9), haft::unique_items},
        haft::field{"g", "", haft::min_properties(1), haft::max_properties(5)},
        haft::field{"h", "", haft::multiple_of(10), haft::examples(10, 20)},
        haft::field{"i", "", haft::default_(nullptr), haft::maximum(0.1)}};
};
struct marked {
    std::string a = "", b = "b";
    int c;
    plain d;
    static constexpr std::array haft_fields{
        haft::field{"a", "", haft::not_required}, haft::field{"b", "", haft::required},
        haft::field{"c", "", haft::default_(7)}, haft::field{"d", "", haft::default_("two"), haft::as("the d")}};
};
struct opaque {
    std::map<std::string, int> labels{{"a", 1}};
    int count = 3;
    inner within{"w", 6};
    static constexpr std::array haft_fields{haft::field{"count", "", haft::default_(3)}};
};
struct foreign {
    int x = 1, y;
};
struct nothing {};

}  // namespace engines

template <>
inline constexpr std::array haft::fields_of<engines::foreign>{haft::field{"x", "Across", haft::minimum(0)},
                                                              haft::field{"y", "Down", haft::as("Y")}};

namespace engines {

inline int take_truth(const truth&) { return 0; }
inline integers take_integers(const integers& p) { return p; }
inline reals take_reals(reals p) { return p; }
inline texts take_texts(texts p) { return p; }
inline maybe take_maybe(const maybe& p) { return p; }
inline nested take_nested(const nested& p) { return p; }
inline enums take_enums(enums p) { return p; }
inline lists take_lists(const lists& p) { return p; }
inline containers take_containers(const containers& p) { return p; }
inline alternatives take_alternatives(const alternatives& p) { return p; }
inline moments take_moments(const moments& p) { return p; }
inline tree take_tree(const tree& p) { return p; }
inline std::vector<tree> take_chain(const chain&) { return {}; }
inline std::optional<limits> take_limits(const limits&) { return {}; }
inline haft::result<marked> take_marked(const marked& p) { return p; }
inline std::variant<int, opaque> take_opaque(const opaque&) { return 1; }
inline foreign take_foreign(const foreign& p, haft::call_context&) { return p; }
inline void take_nothing() {}
inline std::string take_empty(const nothing&) { return ""; }

inline std::string say(std::string_view who, int times, plain how, std::optional<double> loud, std::vector<inner> to) {
    static_cast<void>(how), static_cast<void>(loud), static_cast<void>(to);
    return std::string(who) + std::to_string(times);
}
inline constexpr std::array say_names{
    haft::field{"who", "Whom", haft::min_length(1)}, haft::field{"times", "", haft::default_(2), haft::maximum(9)},
    haft::field{"how", "", haft::default_("one")}, haft::field{"loud", "", haft::default_(nullptr)},
    haft::field{"to", "", haft::max_items(3)}};
inline inner one_struct_beside(const inner& what, haft::call_context&) { return what; }
inline constexpr std::array beside_names{haft::field{"what", "As it is", haft::as("the-what")}};

inline bool args(haft::arg<"city", std::string, haft::doc("City name")>,
                 haft::arg<"days", int, haft::minimum(1), haft::default_(3)>, haft::arg<"what", inner>,
                 haft::arg<"perhaps", std::optional<plain>>) {
    return true;
}
inline haft::content show() { return {std::string("x")}; }
inline haft::output<inner> attach(const inner& p) { return {p, {}}; }
inline constexpr auto lambda = [](const inner& p, haft::call_context&) { return p.count; };

class Files {
public:
    struct config {
        std::filesystem::path root = ".";
        int depth = 3;
        static constexpr std::array haft_fields{haft::field{"depth", "How far down", haft::maximum(9)}};
    };
    explicit Files(config c) : depth_(c.depth) {}
    int read(const inner& p) const { return p.count + depth_; }
    std::string write(std::string_view name, int mode) { return std::string(name) + std::to_string(mode); }
    static constexpr std::array write_names{haft::field{"name", "Which file"},
                                            haft::field{"mode", "", haft::default_(6)}};

    static consteval auto haft_toolbox() {
        return haft::toolbox_words(
            haft::about{.description = "Files", .effect = haft::additive},
            haft::method<&Files::read>({.description = "Reads", .effect = haft::read_only, .tags = "a b"}),
            haft::method<&Files::write, write_names>(
                {.description = "Writes", .name = "put", .hints = haft::file_ops}));
    }

private:
    int depth_;
};

/// All of them, in C++20's form.
inline haft::toolset tools() {
    haft::toolset all{haft::make<&take_truth>("Truth"),
                      haft::make<&take_integers>("Integers"),
                      haft::make<&take_reals>("Reals"),
                      haft::make<&take_texts>("Texts"),
                      haft::make<&take_maybe>("What may be absent"),
                      haft::make<&take_nested>("Structs within structs"),
                      haft::make<&take_enums>("Enums"),
                      haft::make<&take_lists>("Lists"),
                      haft::make<&take_containers>("Containers"),
                      haft::make<&take_alternatives>("Alternatives"),
                      haft::make<&take_moments>("Moments"),
                      haft::make<&take_tree>("A tree"),
                      haft::make<&take_chain>("A chain"),
                      haft::make<&take_limits>("Limits"),
                      haft::make<&take_marked>("Marks"),
                      haft::make<&take_opaque>("Opaque"),
                      haft::make<&take_foreign>("Of somebody else"),
                      haft::make<&take_nothing>("Nothing"),
                      haft::make<&take_empty>("An empty struct"),
                      haft::make<&say, say_names>("Names beside a function"),
                      haft::make<&one_struct_beside, beside_names>("A struct among names"),
                      haft::make<&args>({.description = "Arguments with names", .title = "Args", .version = "1.2"}),
                      haft::make<&show>("Content"),
                      haft::make<&attach>("Attachments"),
                      haft::make<lambda>({.description = "A lambda", .name = "lambda", .deferred = true})};
    int state = 1;
    all.add("state", {.description = "A lambda with state", .effect = haft::destructive},
            [state](const inner& p) { return p.count + state; });
    all.add(*haft::make_toolbox<Files>(Files::config{}));
    return all;
}

}  // namespace engines

#endif  // HAFT_TESTS_UNIT_TOOLBOX_ENGINES_HPP
