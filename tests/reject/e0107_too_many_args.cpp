// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0107]
// expect: a tool has at most 64 parameters
// note: "play"
#include <haft/tool.hpp>

template <haft::fixed_string Name>
using a = haft::arg<Name, int>;

#ifdef HAFT_REJECT
int play(a<"one_more">,
         a<"a0">, a<"a1">, a<"a2">, a<"a3">, a<"a4">, a<"a5">, a<"a6">, a<"a7">,
         a<"b0">, a<"b1">, a<"b2">, a<"b3">, a<"b4">, a<"b5">, a<"b6">, a<"b7">,
         a<"c0">, a<"c1">, a<"c2">, a<"c3">, a<"c4">, a<"c5">, a<"c6">, a<"c7">,
         a<"d0">, a<"d1">, a<"d2">, a<"d3">, a<"d4">, a<"d5">, a<"d6">, a<"d7">,
         a<"e0">, a<"e1">, a<"e2">, a<"e3">, a<"e4">, a<"e5">, a<"e6">, a<"e7">,
         a<"f0">, a<"f1">, a<"f2">, a<"f3">, a<"f4">, a<"f5">, a<"f6">, a<"f7">,
         a<"g0">, a<"g1">, a<"g2">, a<"g3">, a<"g4">, a<"g5">, a<"g6">, a<"g7">,
         a<"h0">, a<"h1">, a<"h2">, a<"h3">, a<"h4">, a<"h5">, a<"h6">, a<"h7">);
#else
int play(a<"a0">, a<"a1">, a<"a2">, a<"a3">, a<"a4">, a<"a5">, a<"a6">, a<"a7">,
         a<"b0">, a<"b1">, a<"b2">, a<"b3">, a<"b4">, a<"b5">, a<"b6">, a<"b7">,
         a<"c0">, a<"c1">, a<"c2">, a<"c3">, a<"c4">, a<"c5">, a<"c6">, a<"c7">,
         a<"d0">, a<"d1">, a<"d2">, a<"d3">, a<"d4">, a<"d5">, a<"d6">, a<"d7">,
         a<"e0">, a<"e1">, a<"e2">, a<"e3">, a<"e4">, a<"e5">, a<"e6">, a<"e7">,
         a<"f0">, a<"f1">, a<"f2">, a<"f3">, a<"f4">, a<"f5">, a<"f6">, a<"f7">,
         a<"g0">, a<"g1">, a<"g2">, a<"g3">, a<"g4">, a<"g5">, a<"g6">, a<"g7">,
         a<"h0">, a<"h1">, a<"h2">, a<"h3">, a<"h4">, a<"h5">, a<"h6">, a<"h7">);
#endif

constexpr haft::tool tool = haft::make<&play>("Play notes");
