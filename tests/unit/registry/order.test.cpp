// SPDX-License-Identifier: BSL-1.0
#include <haft/format/openai.hpp>
#include <haft/registry/registry.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace registry_test;

namespace {

/// As OpenAI is given it.
std::string listed(const haft::toolset& tools) {
    return haft::formats::openai::tools(haft::formats::name_map(tools)).json;
}

}  // namespace

TEST_CASE("the list is the same bytes in whatever order the owners were added", "[RG-05.3]") {
    std::vector<haft::owner> owners{owner_of("b", {"b2", "b1"}), owner_of("a", {"a1"}), owner_of("c", {"c1", "dup"}),
                                    owner_of("first", {"f1"}, 10), owner_of("last", {"l1", "dup"}, -10)};
    std::vector<std::size_t> order{0, 1, 2, 3, 4};
    for (const auto policy : {haft::on_duplicate::error, haft::on_duplicate::suffix, haft::on_duplicate::keep_first,
                              haft::on_duplicate::replace}) {
        std::string first;
        std::size_t orders = 0;
        do {
            haft::registry r({.tools = policy});
            for (const std::size_t i : order) REQUIRE(r.add(owners[i]));
            r.expose_all();
            const std::string text = listed(r.snapshot()->tools());
            if (first.empty()) first = text;
            REQUIRE(text == first);
            ++orders;
        } while (std::next_permutation(order.begin(), order.end()));
        CHECK(orders == 120);
        CHECK(first.find("\"f1\"") < first.find("\"a1\""));
        CHECK(first.find("\"a1\"") < first.find("\"b2\""));
        CHECK(first.find("\"b2\"") < first.find("\"b1\""));
    }
}
