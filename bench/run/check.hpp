// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_BENCH_RUN_CHECK_HPP
#define HAFT_BENCH_RUN_CHECK_HPP

/// Before times are compared: do all approaches do the same?

#include "approach.hpp"

#include <span>

namespace bench {

/// Gives every approach the same good and bad inputs, as arguments and as lines, and prints a table of what was taken and
/// refused. True if all gave the same answers, but for the differences that are known and listed.
bool agree(std::span<const approach* const> approaches);

}  // namespace bench

#endif  // HAFT_BENCH_RUN_CHECK_HPP
