// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HOOK_CHAIN_HPP
#define HAFT_HOOK_HOOK_CHAIN_HPP

/// The class hook_chain with its definitions, unless haft/compiled.cpp has those.

#include <haft/core/config.hpp>
#include <haft/hook/hook_chain_class.hpp>

#if HAFT_DEFINES_LARGE()
#include <haft/hook/hook_chain_calls.hpp>
#include <haft/hook/hook_chain_changes.hpp>
#endif

#endif  // HAFT_HOOK_HOOK_CHAIN_HPP
