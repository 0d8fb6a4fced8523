// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_ENUM_PROBLEM_HPP
#define HAFT_REFLECT_ENUM_PROBLEM_HPP

/// Why the names of an enum are not known.

namespace haft::inline v0::reflect {

enum class enum_problem : unsigned char { none, not_scannable, beyond_window, no_enumerators, name_twice };

}  // namespace haft::inline v0::reflect

#endif  // HAFT_REFLECT_ENUM_PROBLEM_HPP
