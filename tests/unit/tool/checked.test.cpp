// SPDX-License-Identifier: BSL-1.0
// Tools whose arguments their author looks at, before anybody is asked.
#include <haft/tool.hpp>
#include <haft/tool/checked.hpp>
#include <haft/views.hpp>

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>
#include <string_view>

namespace checked_test {

struct payment {
    std::string to;
    int amount = 1;
};
int paid = 0;
int pay(const payment& p) { return paid += p.amount; }
int pay_arg(haft::arg<"amount", int, haft::maximum(1000)> amount, haft::call_context&) { return paid += amount; }

constexpr auto sensible = [](const payment& p) -> haft::result<void> {
    if (p.to == "the mafia") return haft::error{.message = "there is no such account"};
    if (p.to == "throw") throw std::runtime_error("no database");
    if (p.amount > 100) return haft::demand_approval("more than 100");
    return {};
};
constexpr haft::tool checked = haft::make_checked<&pay, sensible>({.description = "Pays", .effect = haft::destructive});

haft::result<void> even(haft::arg<"amount", int, haft::maximum(1000)> amount) {
    if (amount % 2) return haft::error{.code = haft::errc::out_of_limits, .message = "odd"};
    return {};
}
constexpr haft::tool by_arg = haft::make_checked<&pay_arg, &even>({.description = "Pays"});

struct counting_approver final : haft::approver {
    int asked = 0;
    bool answer = true;
    haft::approval ask(const haft::tool& wanted, std::string_view) override {
        ++asked;
        CHECK(wanted.needs_approval);
        return {answer && wanted.name == "pay", "too much"};
    }
};

std::string text(const haft::result<std::string>& r) { return r ? *r : r.error().text(); }

}  // namespace checked_test
using namespace checked_test;

TEST_CASE("A check comes after the schema and before the tool, and the model is told what it says", "[NX-08]") {
    paid = 0;
    CHECK(text(checked.call(R"({"to":"Bob","amount":5})")) == "5");
    CHECK(text(checked.call(R"({"to":"the mafia"})")) == "there is no such account [haft-E0364]");
    CHECK(text(checked.call(R"({"to":"the mafia","amount":"x"})")).find("/amount: expected integer") != std::string::npos);
    CHECK(text(checked.call(R"({"to":"throw"})")) == "no database [haft-E0210]");
    CHECK(text(by_arg.call(R"({"amount":4})")) == "9");
    CHECK(text(by_arg.call(R"({"amount":3})")) == "odd [haft-E0205]");
    CHECK(paid == 9);
}

TEST_CASE("Nobody is asked about a call that a check refuses", "[NX-08]") {
    paid = 0;
    counting_approver me;
    haft::call_options how;
    how.asked = &me;
    const haft::toolset asking = haft::toolset{checked} | haft::views::require_approval();
    CHECK_FALSE(asking.call("pay", R"({"to":"the mafia"})", how));
    CHECK_FALSE(asking.call("pay", R"({"to":"throw"})", how));
    CHECK(me.asked == 0);
    CHECK(asking.call("pay", R"({"to":"Bob"})", how));
    CHECK(me.asked == 1);
    CHECK(paid == 1);
}

TEST_CASE("A check may demand approval by itself", "[NX-08]") {
    paid = 0;
    counting_approver me;
    haft::call_options how;
    CHECK(text(checked.call(R"({"to":"Bob","amount":500})", how)) ==
          R"-(tool "pay" was not called: it needs approval, and there is nobody to give it (more than 100) [haft-E0262])-");
    how.asked = &me;
    CHECK(text(checked.call(R"({"to":"Bob","amount":500})", how)) == "500");
    CHECK(text(checked.call(R"({"to":"Bob","amount":100})", how)) == "600");
    CHECK(me.asked == 1);
    me.answer = false;
    CHECK(text(checked.call(R"({"to":"Bob","amount":500})", how)) ==
          R"-(tool "pay" was not called: approval was denied: too much (more than 100) [haft-E0262])-");
    CHECK(paid == 600);
}

TEST_CASE("The demand itself has a code, which nobody is shown", "[NX-08]") {
    CHECK(haft::demand_approval("why").text() == "why [haft-E0369]");
}

TEST_CASE("A tool that demands approval takes its arguments: who only looks asks nobody", "[NX-08]") {
    counting_approver me;
    haft::call_options how;
    how.asked = &me;
    std::string nothing;
    haft::result_writer out(nothing);
    haft::call_context context("pay", how);
    CHECK(checked.accepts(R"({"to":"Bob","amount":500})", context, out));
    CHECK(me.asked == 0);
}

TEST_CASE("A check at run time may hold what it needs, and sees the context of the call", "[NX-08]") {
    paid = 0;
    haft::toolset tools;
    int checks = 0;
    const std::string forbidden = "Eve";
    REQUIRE(haft::add_checked(tools, "pay", {.description = "Pays"}, &pay,
                              [&, forbidden](haft::call_context& context, payment p) -> haft::result<void> {
                                  ++checks;
                                  if (p.to == forbidden) return haft::error{.message = "not to " + p.to};
                                  if (!context.user<int>()) return haft::error{.message = "no purse"};
                                  p.amount = 0;  // a copy
                                  return {};
                              }));
    int purse = 0;
    haft::call_options how;
    CHECK(text(tools.call("pay", R"({"to":"Eve"})", how)) == "not to Eve [haft-E0364]");
    CHECK(text(tools.call("pay", R"({"to":"Bob"})", how)) == "no purse [haft-E0364]");
    how.user = haft::user_data(purse);
    CHECK(text(tools.call("pay", R"({"to":"Bob","amount":3})", how)) == "3");
    CHECK(checks == 3);
    CHECK(tools.find("pay")->input_schema == checked.input_schema);
}

TEST_CASE("A check does not take from the function what it is shown", "[NX-08]") {
    haft::toolset tools;
    std::string got;
    using text_arg = haft::arg<"text", std::string>;
    REQUIRE(haft::add_checked(tools, "keep", {.description = "Keeps"}, [&](text_arg t) { got = *t; },
                              [](text_arg t) -> haft::result<void> { return (*t).empty() ? haft::result<void>(haft::error{.message = "empty"}) : haft::result<void>(); }));
    const std::string of(100, 'x');
    REQUIRE(tools.call("keep", "{\"text\":\"" + of + "\"}"));
    CHECK(got == of);
}
