// SPDX-License-Identifier: BSL-1.0
#ifndef DEMO_TOUR_HPP
#define DEMO_TOUR_HPP

/// The demo without arguments: a short walk through what a toolset can do, on the files that are there.

#include <haft/tool.hpp>

namespace demo {

/// Prints the tour. Returns the exit code: 0 if every step did what it says.
int tour(const haft::toolset& tools);

}  // namespace demo

#endif  // DEMO_TOUR_HPP
