// SPDX-License-Identifier: BSL-1.0
// Fifty tools, for the tests of what is exported: `list --format …` gives the same bytes with every compiler, order of
// linking and locale.
#include <haft/haft.hpp>

#include <clocale>
#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
    // As a program that honours its user's settings: numbers would get a decimal comma, were anything written with it.
    if (const char* wanted = std::getenv("HAFT_TEST_LOCALE")) {
        if (!std::setlocale(LC_ALL, wanted)) return std::fprintf(stderr, "no locale %s\n", wanted), 3;
        char text[8];
        std::snprintf(text, sizeof text, "%.1f", 0.5);
        if (text[1] != ',') return std::fprintf(stderr, "locale %s has no decimal comma\n", wanted), 3;
    }
    return haft::run(haft::compiled_in(), argc, argv, {.name = "fifty", .version = "1.0.0"});
}
