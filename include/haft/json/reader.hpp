// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_READER_HPP
#define HAFT_JSON_READER_HPP

/// The matcher: JSON text into a C++ object, by the tables, in one walk, with every fault found on the way.

#include <haft/json/read_containers.hpp>
#include <haft/json/reader_class.hpp>

#endif  // HAFT_JSON_READER_HPP
