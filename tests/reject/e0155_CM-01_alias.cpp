// SPDX-License-Identifier: BSL-1.0
// expect: haft_E0155_a_command_name_or_alias_is_words_of_letters_digits_underscores_hyphens_and_dots
// note: quit
#include <haft/command.hpp>

void quit();

#ifdef HAFT_REJECT
HAFT_COMMAND(quit, {.aliases = {":q"}, .description = "Leave"});
#else
HAFT_COMMAND(quit, {.aliases = {"q"}, .description = "Leave"});
#endif
