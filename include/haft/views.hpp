// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_VIEWS_HPP
#define HAFT_VIEWS_HPP

/// The umbrella of all that gives other tools than it was given: selectors, views, approval, sub-tools.

#include <haft/tool.hpp>
#include <haft/tool/approver.hpp>
#include <haft/tool/selector.hpp>
#include <haft/views/require_approval.hpp>
#include <haft/views/sub_tools.hpp>
#include <haft/views/transform.hpp>
#include <haft/views/view.hpp>

#endif  // HAFT_VIEWS_HPP
