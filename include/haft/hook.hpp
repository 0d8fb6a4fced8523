// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HPP
#define HAFT_HOOK_HPP

/// Hooks: what is called around a session, a turn, a call; points of one's own.

#include <haft/hook/hook_part.hpp>
#include <haft/hook/hook_set.hpp>
#include <haft/hook/hooks_of.hpp>
#include <haft/hook/points.hpp>

#endif  // HAFT_HOOK_HPP
