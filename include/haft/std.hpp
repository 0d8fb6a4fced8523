// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_STD_HPP
#define HAFT_STD_HPP

/// All types of the standard library that haft knows; <haft/tool.hpp> alone has those that most tools use.

#include <haft/schema/std/array.hpp>
#include <haft/schema/std/chrono.hpp>
#include <haft/schema/std/deque.hpp>
#include <haft/schema/std/filesystem.hpp>
#include <haft/schema/std/map.hpp>
#include <haft/schema/std/memory.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/set.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/tuple.hpp>
#include <haft/schema/std/unicode.hpp>
#include <haft/schema/std/unordered.hpp>
#include <haft/schema/std/variant.hpp>
#include <haft/schema/std/vector.hpp>

#endif  // HAFT_STD_HPP
