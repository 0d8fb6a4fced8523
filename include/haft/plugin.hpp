// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_HPP
#define HAFT_PLUGIN_HPP

/// Plugins: values and classes with a manifest, enrolled or given, loaded into a registry in the order in which they need
/// each other.

#include <haft/plugin/enrol_plugin.hpp>
#include <haft/plugin/make_plugin.hpp>
#include <haft/plugin/plugin.hpp>
#include <haft/plugin/plugin_loader.hpp>
#include <haft/plugin/read_manifest.hpp>
#include <haft/prompt/prompt_file.hpp>

#endif  // HAFT_PLUGIN_HPP
