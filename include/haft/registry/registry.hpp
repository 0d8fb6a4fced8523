// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_REGISTRY_HPP
#define HAFT_REGISTRY_REGISTRY_HPP

/// The place where everything that a host offers is known, chosen and explained: owners are added, exposed and taken back while
/// calls go on.

#include <haft/core/config.hpp>
#include <haft/registry/registry_class.hpp>

#if HAFT_DEFINES_LARGE()
#include <haft/registry/registry_changes.hpp>
#include <haft/registry/registry_discovery.hpp>
#include <haft/registry/registry_exposure.hpp>
#include <haft/registry/registry_questions.hpp>
#include <haft/registry/registry_switches.hpp>
#endif

#endif  // HAFT_REGISTRY_REGISTRY_HPP
