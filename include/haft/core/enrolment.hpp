// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_ENROLMENT_HPP
#define HAFT_CORE_ENROLMENT_HPP

/// What macros at namespace scope leave for a module (a program, a shared library) to find: a list for each type of enrolment.
///
/// An enrolment is a struct with constant initialisation and no destructor, whose `next` is the link of its list; it lives as
/// long as its module.

#include <haft/core/config.hpp>

#include <algorithm>
#include <vector>

namespace haft::inline v0::detail {

/// The beginning of this module's list. Hidden, so that no other module's can take its place; constant-initialised, so that
/// it is there before any initialiser runs.
template <class Enrolment>
HAFT_HIDDEN inline constinit const Enrolment* first_enrolled = nullptr;

/// Adds to the list. Runs while the module is initialised, which nobody does from two threads.
template <class Enrolment>
HAFT_HIDDEN bool enrol(Enrolment& here) noexcept {
    here.next = first_enrolled<Enrolment>;
    first_enrolled<Enrolment> = &here;
    return true;
}

/// All of the list, in the order of what `key` gives of each: the same whatever the order of linking. Any thread; before
/// `main` it lacks what comes later.
template <class Enrolment, class Key>
HAFT_HIDDEN std::vector<const Enrolment*> all_enrolled(Key key) {
    std::vector<const Enrolment*> all;
    for (const Enrolment* e = first_enrolled<Enrolment>; e; e = e->next) all.push_back(e);
    std::sort(all.begin(), all.end(), [&](const Enrolment* a, const Enrolment* b) { return key(*a) < key(*b); });
    return all;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_CORE_ENROLMENT_HPP
