// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FUZZ_REQUIRE_HPP
#define HAFT_FUZZ_REQUIRE_HPP

/// A property that must hold for every input; where it does not, the fuzzer keeps the input.

#include <cstdio>
#include <cstdlib>
#include <string>

namespace haft_fuzz {

inline void require(bool holds, const char* property, const std::string& shown = "") {
    if (holds) return;
    std::fprintf(stderr, "property broken: %s\n%s\n", property, shown.c_str());
    std::abort();
}

}  // namespace haft_fuzz

#endif  // HAFT_FUZZ_REQUIRE_HPP
