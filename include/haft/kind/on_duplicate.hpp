// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_KIND_ON_DUPLICATE_HPP
#define HAFT_KIND_ON_DUPLICATE_HPP

/// What happens when two things want one name. [RG-02, RG-03]

namespace haft::inline v0 {

/// The first of two things of one name is the one that was there before: an owner that was added, a tool that was exposed.
/// What each of the reference systems does stands in compat/.
enum class on_duplicate : unsigned char {
    error,                 ///< the second is refused, and the error names both
    suffix,                ///< the second is called `name_1`, a third `name_2` (llm)
    keep_first,            ///< the second is shadowed, silently (gptme)
    replace_with_warning,  ///< the first is shadowed, and a warning says so (Qanot)
    replace,               ///< the first is shadowed, silently (jaato)
};

}  // namespace haft::inline v0

#endif  // HAFT_KIND_ON_DUPLICATE_HPP
