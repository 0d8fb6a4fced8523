// SPDX-License-Identifier: BSL-1.0
// expect: haft_E0155_a_command_name_or_alias_is_words_of_letters_digits_underscores_hyphens_and_dots
// note: lambda
#include <haft/command.hpp>

#ifdef HAFT_REJECT
constexpr haft::command command = haft::make_command<[] {}>({.description = "Does nothing"});
#else
constexpr haft::command command = haft::make_command<[] {}>({.name = "nothing", .description = "Does nothing"});
#endif
