// SPDX-License-Identifier: BSL-1.0
#include <haft/registry.hpp>

#include <cstdio>
#include <string>

void other();

namespace {
struct asks {
    ~asks() { std::fputs(haft::default_registry().snapshot() ? "there " : "gone ", stdout), std::fflush(stdout); }
};
asks early;  // made before or after the registry, by chance of linking
}  // namespace

void other() { static asks late; }
