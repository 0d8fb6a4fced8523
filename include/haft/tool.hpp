// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_HPP
#define HAFT_TOOL_HPP

/// The light umbrella: everything to make tools of functions and call them. Works without exceptions and RTTI; of Boost
/// it takes PFR's core and Describe.

#include <haft/core/dedent.hpp>
#include <haft/core/error.hpp>
#include <haft/core/fixed_string.hpp>
#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/core/text.hpp>
#include <haft/schema/custom.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/array.hpp>
#include <haft/schema/std/map.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/set.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/tuple.hpp>
#include <haft/schema/std/variant.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>
#include <haft/schema/words.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/arg.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/content.hpp>
#include <haft/tool/enrol.hpp>
#include <haft/tool/instructions.hpp>
#include <haft/tool/make.hpp>
#include <haft/tool/make_reflected.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/version.hpp>

#endif  // HAFT_TOOL_HPP
