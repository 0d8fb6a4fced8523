// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_HPP
#define HAFT_TOOLBOX_HPP

/// The umbrella of what makes sets of tools beside functions: toolbox classes and their spec strings, sub-tools, hand-written
/// schemas, selections, and the views that change and combine sets.

#include <haft/schema/validate.hpp>
#include <haft/schema/written_schema.hpp>
#include <haft/tool.hpp>
#include <haft/tool/approver.hpp>
#include <haft/tool/enrol_toolbox.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/sub_tools.hpp>
#include <haft/tool/toolbox.hpp>
#include <haft/tool/toolbox_class.hpp>
#include <haft/tool/toolbox_spec.hpp>
#include <haft/tool/views/require_approval.hpp>
#include <haft/tool/views/transform.hpp>
#include <haft/tool/views/view.hpp>
#include <haft/tool/written.hpp>

#endif  // HAFT_TOOLBOX_HPP
