// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0104]
// expect: haft_fields has words for a member that does not exist
// note: "lenght"
// note: did_you_mean<
// note: "length"
// note: theirs
#include <haft/tool.hpp>

#include <array>

struct theirs {
    double length;
};
template <>
#ifdef HAFT_REJECT
inline constexpr std::array haft::fields_of<theirs>{haft::field{"lenght", "In metres"}};
#else
inline constexpr std::array haft::fields_of<theirs>{haft::field{"length", "In metres"}};
#endif
int saw(const theirs&);

constexpr haft::tool tool = haft::make<&saw>("Saw a board");
