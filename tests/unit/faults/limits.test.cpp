// SPDX-License-Identifier: BSL-1.0
// Inputs that are made to be expensive: deep, large, many. Each is refused for its size, in little time and memory and on
// a small stack.
#include <haft/json/nlohmann_value_json.hpp>
#include <haft/json/skip_unique.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <ctime>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/mman.h>

#include <support/sanitized.hpp>
#include <unit/faults/call.hpp>
#include <unit/faults/memory.hpp>

using namespace faults_test;
using haft::errc;

namespace {

std::string repeat(std::string_view text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

/// Processor time of the quickest of three, so that a busy machine does not make a test fail.
double milliseconds_of(const std::function<void()>& work) {
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
        const std::clock_t start = std::clock();
        work();
        const double took = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        if (took < best) best = took;
    }
    return best;
}

constexpr double slower = haft_test::sanitized ? 20 : 1;

errc by_check(std::string_view text, unsigned depth) {
    haft::json::lexer in(text, depth);
    std::string_view raw;
    haft::json::value_faults found;
    if (!haft::json::skip_unique(in, raw, found)) return in.too_deep() ? errc::too_large : errc::not_json;
    return found.empty() ? errc{} : found.faults[0].code;
}

errc by_bridge(std::string_view text, const haft::json::read_limits& limits = {}) {
    const auto got = haft::json::parse_json(text, limits);
    return got ? errc{} : got.error().faults.back().code;
}

/// A view of that many bytes of which nothing is in memory unless somebody looks.
class vast_text {
public:
    explicit vast_text(std::size_t bytes)
        : size_(bytes), at_(::mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)) {}
    vast_text(const vast_text&) = delete;
    vast_text& operator=(const vast_text&) = delete;
    ~vast_text() { ::munmap(at_, size_); }
    bool there() const { return at_ != MAP_FAILED; }
    std::string_view view() const { return {static_cast<const char*>(at_), size_}; }

private:
    std::size_t size_;
    void* at_;
};

}  // namespace

TEST_CASE("depth: below the limit, at it, beyond it", "[fault-26]") {
    const std::string four_deep = R"({"x":1,"deep":[[[1]]]})";
    CHECK(call(four_deep, {.max_depth = 5}).calls == 1);
    CHECK(call(four_deep, {.max_depth = 4}).calls == 1);
    const answer got = call(four_deep, {.max_depth = 3});
    CHECK(got.calls == 0);
    CHECK(got.faults.at(0).code == errc::too_large);
    CHECK(got.faults.at(0).pointer == "/deep/0/0");
    // A value of any shape, at the default limit of 64.
    for (const std::size_t depth : {63u, 64u, 65u}) {
        const std::string text = repeat("[", depth) + repeat("]", depth);
        CHECK(by_bridge(text) == (depth > 64 ? errc::too_large : errc{}));
        CHECK(by_check(text, 64) == (depth > 64 ? errc::too_large : errc{}));
    }
}

TEST_CASE("a hundred thousand and a million brackets, on a small stack", "[fault-27][fault-28]") {
    std::vector<std::string> texts;
    for (const std::size_t n : {100'000u, 1'000'000u}) {
        texts.push_back(repeat("[", n));
        texts.push_back(repeat("[", n) + repeat("]", n));
        texts.push_back(repeat("{\"a\":", n / 2));
        texts.push_back(repeat("[{\"a\":", n / 4) + "1" + repeat("}]", n / 4));
    }
    texts.emplace_back();
    for (int i = 0; i < 100'000; ++i) texts.back() += "{\"k" + std::to_string(i) + "\":";
    texts.push_back(texts.back() + "1" + repeat("}", 100'000));
    for (const std::string& text : texts) {
        CAPTURE(text.substr(0, 20), text.size());
        const std::string within = "{\"x\":1,\"deep\":" + text;
        errc called{}, dropped{}, checked{}, built{}, built_deepest{};
        int reached = 0;
        const double took = milliseconds_of([&] {
            on_small_stack([&] {
                const answer got = call(within);
                called = got.faults.back().code;
                reached += got.calls;
                const answer other = call("{\"y\":" + text, {.max_depth = 512});
                dropped = other.faults.back().code;
                reached += other.calls;
                checked = by_check(text, 512);
                built = by_bridge(text);
                built_deepest = by_bridge(text, {.max_depth = 512});
            });
        });
        CHECK(reached == 0);
        CHECK(called == errc::too_large);
        CHECK(dropped == errc::too_large);
        CHECK(checked == errc::too_large);
        CHECK(built == errc::too_large);
        CHECK(built_deepest == errc::too_large);
        CHECK(took < 50 * slower);
    }
}

TEST_CASE("the deepest value that is read can be copied, written and destroyed on a small stack", "[fault-27]") {
    for (const bool objects : {false, true}) {
        const std::string text = repeat(objects ? "{\"a\":" : "[", 64) + "1" + repeat(objects ? "}" : "]", 64);
        bool same = false;
        on_small_stack([&] {
            const auto value = haft::json::parse_json(text);
            const nlohmann::json copy = *value;
            same = *haft::json::dump_json(copy) == text;
        });
        CHECK(same);
    }
    // A tool's own value may be of any depth: it is refused, not written until the stack ends.
    bool refused = false;
    on_small_stack([&] {
        nlohmann::json value = 1;
        for (int i = 0; i < 100'000; ++i) {
            nlohmann::json outer = nlohmann::json::array();
            outer.push_back(std::move(value));
            value = std::move(outer);
        }
        refused = !haft::json::dump_json(value);
    });
    CHECK(refused);
}

TEST_CASE("a gigabyte is refused before it is looked at", "[fault-33]") {
    const vast_text text(std::size_t{1} << 30);
    if (!text.there()) SKIP("no address space for a gigabyte");
    answer got;
    const double took = milliseconds_of([&] { got = call(text.view()); });
    CHECK(took < 50 * slower);
    CHECK(got.calls == 0);
    CHECK(got.faults.at(0).code == errc::too_large);
    CHECK(most_memory_of([&] { got = call(text.view()); }) < 16u << 10);
    CHECK(by_bridge(text.view()) == errc::too_large);
}

TEST_CASE("what is too large is refused before memory is taken for the whole", "[fault-33]") {
    constexpr std::size_t little = 64u << 10;
    const haft::json::read_limits wide{.max_bytes = std::size_t{1} << 30};
    answer got;

    const std::string long_string = "{\"x\":1,\"s\":\"" + std::string(20u << 20, 'a') + "\"}";
    CHECK(most_memory_of([&] { got = call(long_string, wide); }) < little);
    CHECK(got.calls == 0);
    CHECK(got.faults.at(0).code == errc::too_large);
    CHECK(got.faults.at(0).pointer == "/s");
    errc code{};
    CHECK(most_memory_of([&] { code = by_bridge(long_string, wide); }) < little);
    CHECK(code == errc::too_large);

    // Ten million items where a million is the most: memory for the million, and no more.
    const std::string long_array = "{\"x\":1,\"a\":[{\"b\":0}" + repeat(",{\"b\":0}", 3'000'000) + "]}";
    constexpr std::size_t million = 1'000'000 * (sizeof(item) + 2 * sizeof(item)) + little;  // while it grows
    CHECK(most_memory_of([&] { got = call(long_array, wide); }) < million);
    CHECK(got.calls == 0);
    CHECK(got.faults.at(0).code == errc::too_large);
    CHECK(got.faults.at(0).pointer == "/a");
    haft::json::read_limits few = wide;
    few.max_items = 100;
    CHECK(most_memory_of([&] { got = call(long_array, few); }) < little);
    CHECK(most_memory_of([&] { code = by_bridge(long_array, few); }) < little);
    CHECK(code == errc::too_large);

    std::string keys = "{\"x\":1";
    for (int i = 0; i < 1'000'000; ++i) keys += ",\"k" + std::to_string(i) + "\":0";
    keys += "}";
    CHECK(call(keys).faults.at(0).code == errc::too_large);  // four mebibytes hold no million keys
    CHECK(most_memory_of([&] { got = call(keys, wide); }) < little);
    CHECK(got.calls == 0);
    CHECK(got.faults.size() == 32);
    CHECK(got.more == 1'000'000 - 32);
    CHECK(most_memory_of([&] { code = by_bridge(keys, few); }) < little);
    CHECK(code == errc::too_large);
}

TEST_CASE("keys that are made to collide cost no more than others", "[fault-34]") {
    // "Aa" and "BB" are one to every hash that multiplies by 31: 2^17 keys with one hash. haft hashes no key.
    std::string colliding = "{\"x\":1";
    for (unsigned i = 0; i < 1u << 17; ++i) {
        colliding += ",\"";
        for (unsigned bit = 0; bit < 17; ++bit) colliding += (i >> bit & 1) != 0 ? "Aa" : "BB";
        colliding += "\":0";
    }
    colliding += "}";
    const haft::json::read_limits wide{.max_bytes = std::size_t{1} << 30};
    answer got;
    CHECK(milliseconds_of([&] { got = call(colliding, wide); }) < 1000 * slower);
    CHECK(got.faults.size() + got.more == 1u << 17);
    errc code{};
    CHECK(milliseconds_of([&] { code = by_check(colliding, 64); }) < 1000 * slower);
    CHECK(code == errc{});
    CHECK(milliseconds_of([&] { code = by_bridge(colliding, wide); }) < 2000 * slower);
    CHECK(code == errc{});
}
