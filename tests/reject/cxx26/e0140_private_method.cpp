// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0140]
// expect: no tool can be made of Vault::open, which is not public
// note: Vault::open
#include <haft/toolbox.hpp>

class [[= haft::doc("A vault")]] Vault {
public:
    int close() { return open(); }

private:
    int open() { return 1; }
};
consteval std::meta::info find(std::string_view name) {
    for (const std::meta::info m : std::meta::members_of(^^Vault, std::meta::access_context::unchecked()))
        if (std::meta::has_identifier(m) && std::meta::identifier_of(m) == name) return m;
    return {};
}

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<find("open")>("Open the vault");
#else
const haft::toolbox_class& vaults = haft::toolbox_class_of<Vault>();
#endif
