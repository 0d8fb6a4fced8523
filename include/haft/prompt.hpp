// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_HPP
#define HAFT_PROMPT_HPP

/// The umbrella of templates, fragments and attachments. Needs Boost 1.86 or later, for their hashes.

#include <haft/prompt/evaluate.hpp>
#include <haft/prompt/load_fragments.hpp>
#include <haft/prompt/load_template.hpp>
#include <haft/prompt/read_template.hpp>
#include <haft/prompt/template_attachments.hpp>
#include <haft/prompt/template_tools.hpp>

#endif  // HAFT_PROMPT_HPP
