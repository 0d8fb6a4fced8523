// SPDX-License-Identifier: BSL-1.0
// Types with an operator& of their own, as smart handles have: what haft wants is where they are.
#include <haft/schema/custom.hpp>
#include <haft/std.hpp>
#include <haft/tool/make.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include <unit/schema/through.hpp>

namespace address_test {

struct handle {
    std::string text = "new";
    int beside = 1;
    int* operator&() { return &beside; }
    const int* operator&() const { return &beside; }
    friend bool operator==(const handle& a, const handle& b) { return a.text == b.text; }
    friend auto operator<=>(const handle& a, const handle& b) { return a.text <=> b.text; }
};

}  // namespace address_test

template <>
struct haft::schema::form<address_test::handle> : haft::schema::text_form<address_test::handle> {
    static constexpr std::string_view expected = "handle";
    static bool read(std::string_view text, address_test::handle& to, std::string&) { return to.text = text, true; }
    static void write(const address_test::handle& from, std::string& out) { out += from.text; }
};
template <>
struct std::hash<address_test::handle> {
    std::size_t operator()(const address_test::handle& h) const { return h.text.size(); }
};

using namespace address_test;
using namespace haft_test;

namespace address_test {

int beside(haft::arg<"a", handle> a, haft::arg<"b", std::vector<handle>> b) { return a->beside + (*b)[1].beside; }

template <class T>
std::string there_and_back(std::string_view given) {
    const auto got = read_one<T>(given);
    return got.text().empty() ? written(got.value.v) : got.text();
}

}  // namespace address_test

TEST_CASE("an operator& of a type's own leads no container astray") {
    constexpr std::string_view two = R"(["a long text that is no small one","b"])";
    CHECK(there_and_back<std::vector<handle>>(two) == two);
    CHECK(there_and_back<std::deque<handle>>(two) == two);
    CHECK(there_and_back<std::list<handle>>(two) == two);
    CHECK(there_and_back<std::set<handle>>(two) == two);
    CHECK(there_and_back<std::unordered_set<handle>>(two) == two);
    CHECK(there_and_back<std::array<handle, 2>>(two) == two);
    CHECK(there_and_back<std::pair<handle, handle>>(two) == two);
    CHECK(there_and_back<std::tuple<handle, handle>>(two) == two);
    CHECK(there_and_back<std::map<handle, handle>>(R"({"a":"b"})") == R"({"a":"b"})");
    CHECK(there_and_back<std::unordered_map<handle, handle>>(R"({"a":"b","cc":"d"})") == R"({"a":"b","cc":"d"})");
    CHECK(there_and_back<std::optional<handle>>("\"a\"") == "\"a\"");
    CHECK(there_and_back<std::unique_ptr<handle>>("\"a\"") == "\"a\"");
    CHECK(there_and_back<std::variant<int, handle>>("\"a\"") == "\"a\"");
    constexpr haft::tool t = haft::make<&beside>("");
    CHECK(*t.call(R"({"a":"x","b":["y","z"]})") == "2");
}
