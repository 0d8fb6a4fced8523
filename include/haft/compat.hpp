// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMPAT_HPP
#define HAFT_COMPAT_HPP

/// The umbrella of the presets: where gptme, llm, Qanot and jaato differ from haft's default, each has a value for haft's option.

#include <haft/compat/gptme.hpp>
#include <haft/compat/jaato.hpp>
#include <haft/compat/llm.hpp>
#include <haft/compat/qanot.hpp>

#endif  // HAFT_COMPAT_HPP
