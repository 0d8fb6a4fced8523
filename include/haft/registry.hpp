// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_HPP
#define HAFT_REGISTRY_HPP

/// The umbrella of a host with many owners of tools: all other umbrellas, the registry, its readers, and `haft::run` around it.
/// (Tools' hashes need Boost 1.86 and have a header of their own, registry/tool_hash.hpp.)

#include <haft/haft.hpp>
#include <haft/host/run_registry.hpp>
#include <haft/registry/default_registry.hpp>
#include <haft/registry/explain.hpp>
#include <haft/registry/introspection.hpp>
#include <haft/registry/registry.hpp>
#include <haft/registry/registry_reader.hpp>
#include <haft/search.hpp>
#include <haft/toolbox.hpp>
#include <haft/views.hpp>
#include <haft/written.hpp>

#endif  // HAFT_REGISTRY_HPP
