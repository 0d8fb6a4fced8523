// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_OFFER_PAGING_HPP
#define HAFT_MCP_OFFER_PAGING_HPP

/// Long lists in pages (server/utilities/pagination). A cursor names the list that it goes on in, so that a list that changes
/// between two pages is still gone through as it was: nothing twice, nothing left out. [fault-140]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

/// Tells a list from others by the names in it (FNV-1a, 64 bits): the same in every session and process that has the same list.
class list_identity {
public:
    void add(std::string_view name) noexcept {
        for (const char c : name) mix(static_cast<unsigned char>(c));
        mix(0x1F);
    }
    HAFT_COLD std::string text() const {
        std::string out(16, '0');
        std::uint64_t h = hash_;
        for (std::size_t i = 16; i-- > 0; h >>= 4) out[i] = "0123456789abcdef"[h & 15u];
        return out;
    }

private:
    void mix(unsigned char byte) noexcept { hash_ = (hash_ ^ byte) * 1099511628211u; }
    std::uint64_t hash_ = 14695981039346656037u;
};

/// `LIST-PLACE`, taken apart.
struct list_cursor {
    std::string_view list;
    std::size_t place = 0;
};
HAFT_COLD inline std::optional<list_cursor> read_cursor(std::string_view text) {
    if (text.size() < 18 || text.size() > 30 || text[16] != '-') return std::nullopt;
    list_cursor out{text.substr(0, 16)};
    for (const char c : text.substr(17)) {
        if (c < '0' || c > '9') return std::nullopt;
        out.place = out.place * 10 + static_cast<std::size_t>(c - '0');
    }
    return out;
}
HAFT_COLD inline std::string write_cursor(std::string_view list, std::size_t place) {
    return concat({list, "-", decimal(place)});
}

/// The lists that clients are going through: the few that were given out in part last. The current one is among them.
template <class Part>
class lists_in_use {
public:
    static constexpr std::size_t most = 4;

    /// A cursor into that list was given out.
    HAFT_COLD void keep(const std::string& id, std::shared_ptr<const Part> list) {
        std::erase_if(kept_, [&](const auto& one) { return one.first == id; });
        if (kept_.size() == most) kept_.erase(kept_.begin());
        kept_.emplace_back(id, std::move(list));
    }
    /// Null if it is none of them.
    HAFT_COLD std::shared_ptr<const Part> find(std::string_view id) const {
        for (const auto& [known, list] : kept_)
            if (known == id) return list;
        return nullptr;
    }

private:
    std::vector<std::pair<std::string, std::shared_ptr<const Part>>> kept_;
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_OFFER_PAGING_HPP
