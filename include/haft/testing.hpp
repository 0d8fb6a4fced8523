// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTING_HPP
#define HAFT_TESTING_HPP

/// The umbrella for who tests tools of their own: call one, expect an error or a fault, keep its schema in a golden file, hold it to
/// its schema with generated calls. Works within any test framework and without one: what is not as expected throws
/// haft::testing::failure. [NX-15]

#include <haft/testing/calls_of.hpp>
#include <haft/testing/check_calls.hpp>
#include <haft/testing/expect.hpp>
#include <haft/testing/failure.hpp>
#include <haft/testing/golden.hpp>
#include <haft/tool.hpp>

#endif  // HAFT_TESTING_HPP
