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

/// C++26 static reflection: g++ 16 with -std=c++26 -freflection.
#if defined(__cpp_impl_reflection)
#define HAFT_HAS_REFLECTION() 1
#else
#define HAFT_HAS_REFLECTION() 0
#endif

// What has another body without exceptions has another symbol too, or a linker would give one unit the other's.
#if defined(__GNUC__) && !HAFT_HAS_EXCEPTIONS()
#define HAFT_ABI_OF_EXCEPTIONS __attribute__((abi_tag("no_exceptions")))
#else
#define HAFT_ABI_OF_EXCEPTIONS
#endif

// What every character of an argument passes through: a call would cost more than what is done.
#if defined(__GNUC__)
#define HAFT_HOT __attribute__((always_inline)) inline
#else
#define HAFT_HOT inline
#endif

// What is rarely wanted beside such a path: not cold, but not worth its room there either.
#if defined(__GNUC__)
#define HAFT_APART __attribute__((noinline))
#else
#define HAFT_APART
#endif

// Error paths are kept out of the hot functions, so that these stay small enough to be inlined where it counts.
#if defined(__GNUC__)
#define HAFT_COLD __attribute__((noinline, cold))
#else
#define HAFT_COLD
#endif

// What each module has for itself: a program and its shared libraries never take each other's for their own. (On Windows
// that is so of itself.)
#if defined(__GNUC__) && !defined(_WIN32)
#define HAFT_HIDDEN __attribute__((visibility("hidden")))
#else
#define HAFT_HIDDEN
#endif

// HAFT_COMPILED, defined for a whole program: the large functions that are no templates are compiled once, in haft/compiled.cpp
// (in CMake the library haft::compiled), and not in each file that includes haft.
#if !defined(HAFT_COMPILED)
#define HAFT_LARGE inline
#define HAFT_DEFINES_LARGE() 1
#else
#define HAFT_LARGE
#if defined(HAFT_COMPILED_HERE)
#define HAFT_DEFINES_LARGE() 1
#else
#define HAFT_DEFINES_LARGE() 0
#endif
#endif

#endif  // HAFT_CORE_CONFIG_HPP
