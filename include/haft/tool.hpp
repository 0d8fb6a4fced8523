// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_HPP
#define HAFT_TOOL_HPP

/// The light umbrella: everything to make tools of functions and call them. Works without exceptions and RTTI; of Boost
/// it takes PFR's core and Describe.

#include <haft/core/error.hpp>
#include <haft/core/fixed_string.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>
#include <haft/schema/words.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/enrol.hpp>
#include <haft/tool/instructions.hpp>
#include <haft/tool/make.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/version.hpp>

#endif  // HAFT_TOOL_HPP
