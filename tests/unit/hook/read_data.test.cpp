// SPDX-License-Identifier: BSL-1.0
// What data_text writes read_data reads: an emission that is told in words, and told again, is the same.
#include <haft/hook.hpp>
#include <haft/hook/read_data.hpp>

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {

namespace detail = haft::detail;

template <class Point>
std::string written(const typename Point::data& data) {
    const typename detail::point_emission<Point>::arguments given(&data);
    const detail::point_emission<Point> e(given);
    return detail::data_text_of<Point>(e);
}

/// Fills whatever has a form with something that is not its default.
template <class T>
void fill(T& value, int& n) {
    ++n;
    if constexpr (std::is_same_v<T, std::string>) {
        value = "text " + std::to_string(n) + " \"\\\n\x01\xc3\xa9";
    } else if constexpr (std::is_same_v<T, haft::error>) {
        value = {haft::errc::call_vetoed, "no " + std::to_string(n)};
    } else if constexpr (std::is_same_v<T, bool>) {
        value = true;
    } else if constexpr (std::is_same_v<T, haft::role>) {
        value = haft::role::tool;
    } else if constexpr (std::is_same_v<T, haft::effect>) {
        value = haft::effect::destructive;
    } else if constexpr (std::is_arithmetic_v<T>) {
        value = static_cast<T>(n);
    } else if constexpr (detail::is_vector<T>) {
        if constexpr (detail::has_text<typename T::value_type>()) {
            value.resize(2);
            for (auto& one : value) fill(one, n);
        }
    } else if constexpr (detail::is_shared<T>) {
        auto made = std::make_shared<std::remove_const_t<typename T::element_type>>();
        fill(*made, n);
        value = made;
    } else if constexpr (detail::has_text<T>()) {
        [&]<std::size_t... At>(std::index_sequence<At...>) {
            (fill(haft::reflect::get<At>(value), n), ...);
        }(std::make_index_sequence<haft::reflect::member_count<T>>{});
    }
}

template <class Point>
void goes_round() {
    INFO(Point::name);
    typename Point::data before;
    int n = 0;
    fill(before, n);
    REQUIRE(n > 1);
    const std::string text = written<Point>(before);
    CHECK(text != written<Point>({}));
    STATIC_CHECK(detail::arguments_read<Point>::possible);
    const auto read = detail::read_data_of<Point>(text);
    REQUIRE(read);
    CHECK(written<Point>(std::get<0>(*read)) == text);
}

}  // namespace

TEST_CASE("What a hook is told in words is what it is told in types, at every point") {
    goes_round<haft::startup>();
    goes_round<haft::shutdown>();
    goes_round<haft::session_start>();
    goes_round<haft::session_end>();
    goes_round<haft::turn_pre>();
    goes_round<haft::turn_post>();
    goes_round<haft::step_pre>();
    goes_round<haft::step_post>();
    goes_round<haft::message_transform>();
    goes_round<haft::loop_continue>();
    goes_round<haft::compaction>();
    goes_round<haft::generation_pre>();
    goes_round<haft::generation_chunk>();
    goes_round<haft::generation_interrupt>();
    goes_round<haft::generation_post>();
    goes_round<haft::tool_pre_execute>();
    goes_round<haft::tool_post_execute>();
    goes_round<haft::tool_error>();
    goes_round<haft::tool_confirm>();
    goes_round<haft::elicit>();
    goes_round<haft::file_pre_save>();
    goes_round<haft::file_post_save>();
}

TEST_CASE("Data that are read have what was written, member by member") {
    haft::tool_post_execute::data before;
    before.call = {"7", "weather.get", R"({"city":"Oslo"})"};
    before.result = {"7", "weather.get", "null", false, true};
    before.log = std::make_shared<const std::vector<haft::message>>(
        std::vector<haft::message>{{.role = haft::role::assistant, .text = "é", .calls = {before.call}}});
    const auto read = detail::read_data_of<haft::tool_post_execute>(written<haft::tool_post_execute>(before));
    REQUIRE(read);
    const haft::tool_post_execute::data& after = std::get<0>(*read);
    CHECK(after.call == before.call);
    CHECK(after.result.is_json);
    REQUIRE(after.log);
    REQUIRE(after.log->size() == 1);
    CHECK(after.log->front().role == haft::role::assistant);
    CHECK(after.log->front().text == "é");
    CHECK(after.log->front().calls == std::vector{before.call});
}

TEST_CASE("An error that is read says what it said, and has its code") {
    for (const haft::error& before :
         {haft::error{haft::errc::too_large, "it is [haft-E] too much"}, haft::error{haft::errc::tool_failed, ""},
          haft::error{haft::errc::not_json, "a [b]"}}) {
        const auto read = detail::read_data_of<haft::tool_error>(written<haft::tool_error>({.error = before}));
        REQUIRE(read);
        CHECK(std::get<0>(*read).error.text() == before.text());
        CHECK(std::get<0>(*read).error.code == before.code);
        CHECK(std::get<0>(*read).error.message == before.message);
    }
}

TEST_CASE("What is not there keeps its default, and what nobody knows is passed over") {
    const auto read =
        detail::read_data_of<haft::elicit>(R"( {"question" : "why?", "new": {"of": "2027"}, "schema": null})");
    REQUIRE(read);
    CHECK(std::get<0>(*read).question == "why?");
    CHECK(std::get<0>(*read).choices.empty());
}

TEST_CASE("Texts longer than what a model may write are read") {
    haft::file_pre_save::data before{.content = std::string(9u << 20, 'x')};
    const auto read = detail::read_data_of<haft::file_pre_save>(written<haft::file_pre_save>(before));
    REQUIRE(read);
    CHECK(std::get<0>(*read).content.size() == before.content.size());
}

TEST_CASE("Data of another shape are an error that says where") {
    const auto said = [](const auto& read) { return read ? std::string() : read.error().text(); };
    using detail::read_data_of;
    CHECK(said(read_data_of<haft::turn_pre>(R"({"input":{"text":5}})")) ==
          R"(the data of a hook, at "/input/text": expected a string, got 5 [haft-E0471])");
    CHECK(said(read_data_of<haft::turn_pre>(R"({"log":[{"calls":[{},{"id":[]}]}]})")) ==
          R"(the data of a hook, at "/log/0/calls/1/id": expected a string, got [] [haft-E0471])");
    CHECK(said(read_data_of<haft::step_pre>(R"({"step":"x"})")) ==
          R"(the data of a hook, at "/step": expected integer of at least 0, got "x" [haft-E0471])");
    CHECK(said(read_data_of<haft::step_pre>("[]")) ==
          R"(the data of a hook, at "": expected an object, got [] [haft-E0471])");
    CHECK(said(read_data_of<haft::step_pre>("{")) ==
          R"(the data of a hook, at "": expected JSON, got { [haft-E0471])");
    CHECK(said(read_data_of<haft::elicit>(R"({"choices":{}})")) ==
          R"(the data of a hook, at "/choices": expected an array, got {} [haft-E0471])");
}

namespace {
struct two_arguments {
    [[maybe_unused]] static constexpr std::string_view name = "two_arguments";
    using signature = void(int, const std::vector<std::string>&);
};
struct nothing_at_all {
    [[maybe_unused]] static constexpr std::string_view name = "nothing_at_all";
    using signature = void();
};
struct maybe_a_text {
    [[maybe_unused]] static constexpr std::string_view name = "maybe_a_text";
    using signature = void(const std::optional<std::string>&);
};
struct writes {
    [[maybe_unused]] static constexpr std::string_view name = "writes";
    using signature = void(int&);
};
struct has_no_form {
    [[maybe_unused]] static constexpr std::string_view name = "has_no_form";
    using signature = void(const std::map<int, void*>&);
};
}  // namespace

TEST_CASE("Points without data are read argument by argument") {
    const int number = 7;
    const std::vector<std::string> words{"a", "b"};
    const detail::point_emission<two_arguments>::arguments given(&number, &words);
    const detail::point_emission<two_arguments> e(given);
    const auto read = detail::read_data_of<two_arguments>(detail::data_text_of<two_arguments>(e));
    REQUIRE(read);
    CHECK(*read == std::tuple(7, words));
    CHECK(detail::read_data_of<nothing_at_all>("[]"));
    CHECK(!detail::read_data_of<two_arguments>("[1]"));
    CHECK(detail::read_data_of<two_arguments>(R"([1,["a",2]])").error().text() ==
          R"(the data of a hook, at "/1/1": expected a string, got 2 [haft-E0471])");
    const auto large = detail::read_data_of<maybe_a_text>("[\"" + std::string(9u << 20, 'x') + "\"]");
    REQUIRE(large);
    CHECK(std::get<0>(*large)->size() == 9u << 20);
    STATIC_CHECK(detail::arguments_read<two_arguments>::possible);
    STATIC_CHECK(!detail::arguments_read<writes>::possible);
    STATIC_CHECK(!detail::arguments_read<has_no_form>::possible);
}
