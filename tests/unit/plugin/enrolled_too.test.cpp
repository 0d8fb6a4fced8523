// SPDX-License-Identifier: BSL-1.0
// The other file of enrolled.hpp.
#include "enrolled.hpp"

#include <catch2/catch_test_macros.hpp>

TEST_CASE("A plugin of a header is there in both files", "[RG-01]") { CHECK(haft::compiled_in_plugins().size() > 1); }
