// SPDX-License-Identifier: BSL-1.0
// The process of one check: one_check ID CONFIG FILE
#include <haft/plugin/library/check/run_checks.hpp>

int main(int argc, char** argv) { return argc == 4 ? haft::run_library_check(argv[1], argv[2], argv[3]) : 2; }
