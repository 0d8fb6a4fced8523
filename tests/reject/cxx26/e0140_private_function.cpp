// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0140]
// expect: no tool can be made of Vault::open, which is not public
// note: Vault::open
#include <haft/tool.hpp>

class Vault {
public:
    static int close() { return 0; }

private:
    static int open() { return 1; }
};
consteval std::meta::info find(std::string_view name) {
    for (const std::meta::info m : std::meta::members_of(^^Vault, std::meta::access_context::unchecked()))
        if (std::meta::has_identifier(m) && std::meta::identifier_of(m) == name) return m;
    return {};
}

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<find("open")>("Open the vault");
#else
constexpr haft::tool tool = haft::make<find("close")>("Close the vault");
#endif
