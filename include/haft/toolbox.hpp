// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_HPP
#define HAFT_TOOLBOX_HPP

/// The umbrella of toolboxes: classes whose methods are tools.

#include <haft/tool.hpp>
#include <haft/toolbox/class_of.hpp>
#include <haft/toolbox/enrol_toolbox.hpp>
#include <haft/toolbox/toolbox.hpp>
#include <haft/toolbox/toolbox_spec.hpp>

#endif  // HAFT_TOOLBOX_HPP
