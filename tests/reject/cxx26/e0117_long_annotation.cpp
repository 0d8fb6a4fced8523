// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0117]
// expect: the text of haft::doc on forecast is too long
// note: forecast
#include <haft/tool.hpp>

#define FOUR(text) text text text text
#define LINE "sixteen letters."  // 16384 of these letters are allowed

#ifdef HAFT_REJECT
[[= haft::doc(FOUR(FOUR(FOUR(FOUR(FOUR(LINE))))) ".")]] int forecast(std::string city);
#else
[[= haft::doc(FOUR(FOUR(FOUR(FOUR(FOUR(LINE))))))]] int forecast(std::string city);
#endif

constexpr haft::tool tool = haft::make<^^forecast>();
