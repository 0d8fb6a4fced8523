// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SEARCH_HPP
#define HAFT_SEARCH_HPP

/// The umbrella of finding tools by what they do: the index, a session that shows what was found, what a tool costs in tokens.

#include <haft/search/token_estimate.hpp>
#include <haft/search/tool_index.hpp>
#include <haft/search/tool_search.hpp>
#include <haft/tool.hpp>

#endif  // HAFT_SEARCH_HPP
