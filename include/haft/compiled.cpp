// SPDX-License-Identifier: BSL-1.0
// What a program that is built with HAFT_COMPILED needs once: haft's large functions. The library haft::compiled is made of this
// file; without CMake add it to your sources, and -DHAFT_COMPILED to all flags.
#ifndef HAFT_COMPILED
#define HAFT_COMPILED
#endif
#define HAFT_COMPILED_HERE
#include <haft/hook.hpp>
#include <haft/command.hpp>
#include <haft/format/parse.hpp>
#include <haft/registry.hpp>
#include <haft/talk.hpp>
