// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a reference or const type has no JSON form
// note: "place_order"
// note: "article"
// note: const
#include <haft/tool.hpp>

#include <optional>
#include <string>

#ifdef HAFT_REJECT
int place_order(haft::arg<"article", std::optional<const std::string>> article);
#else
int place_order(haft::arg<"article", std::optional<std::string>> article);
#endif

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
