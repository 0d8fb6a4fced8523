// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_HPP
#define HAFT_CONFIG_HPP

/// The umbrella of configuration: TOML and JSON files, their layers, sections as structs. Brings nlohmann_json and toml++.

#include <haft/config/layers.hpp>
#include <haft/config/live_config.hpp>
#include <haft/config/load.hpp>
#include <haft/config/load_file.hpp>
#include <haft/config/load_layers.hpp>
#include <haft/config/merge.hpp>
#include <haft/config/overrides.hpp>
#include <haft/config/parse_json.hpp>
#include <haft/config/parse_toml.hpp>
#include <haft/config/plugin_lists.hpp>
#include <haft/config/plugin_settings.hpp>
#include <haft/config/read_section.hpp>
#include <haft/config/shown_value.hpp>
#include <haft/config/substitute.hpp>
#include <haft/schema/custom.hpp>
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

#endif  // HAFT_CONFIG_HPP
