// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <haft/tool.hpp>

#include <string_view>

/// The tools of the toolbox that a spec string names.
haft::result<haft::toolset> counting_tools(std::string_view spec);
