// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0140]
// expect: no tool can be made of erase, which is deleted
// note: erase
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int erase(int id) = delete;
#else
int erase(int id);
#endif

constexpr haft::tool tool = haft::make<^^erase>("Delete a note");
