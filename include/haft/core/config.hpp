// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_CONFIG_HPP
#define HAFT_CORE_CONFIG_HPP

/// Every macro of haft's own that is not a guard, a version or a registration. Function-like, so that a misspelt
/// name is an error and never silently 0.

#if defined(__cpp_exceptions)
#define HAFT_HAS_EXCEPTIONS() 1
#else
#define HAFT_HAS_EXCEPTIONS() 0
#endif

// Error paths are kept out of the hot functions, so that these stay small enough to be inlined where it counts.
#if defined(__GNUC__)
#define HAFT_COLD __attribute__((noinline, cold))
#else
#define HAFT_COLD
#endif

// What each module has for itself: a program and its shared libraries never take each other's for their own.
#if defined(__GNUC__)
#define HAFT_HIDDEN __attribute__((visibility("hidden")))
#else
#define HAFT_HIDDEN
#endif

#endif  // HAFT_CORE_CONFIG_HPP
