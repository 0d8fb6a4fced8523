// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_VERSION_HPP
#define HAFT_VERSION_HPP

/// The version of haft. CMake, the packages and the single header read it from here.

#define HAFT_VERSION_MAJOR 0
#define HAFT_VERSION_MINOR 1
#define HAFT_VERSION_PATCH 0
#define HAFT_VERSION "0.1.0"

#endif  // HAFT_VERSION_HPP
