// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TALK_HPP
#define HAFT_TALK_HPP

/// The umbrella of talks with a model: turns, conversations, their histories.

#include <haft/run.hpp>
#include <haft/talk/agent_turn.hpp>
#include <haft/talk/conversation.hpp>
#include <haft/talk/history.hpp>

#endif  // HAFT_TALK_HPP
