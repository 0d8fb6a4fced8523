// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_WRITTEN_HPP
#define HAFT_WRITTEN_HPP

/// The umbrella of hand-written schemas: tools that have one, and checking a value against one.

#include <haft/tool.hpp>
#include <haft/written/validate.hpp>
#include <haft/written/written_schema.hpp>
#include <haft/written/written_tool.hpp>

#endif  // HAFT_WRITTEN_HPP
