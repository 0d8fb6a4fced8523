// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_CALL_CONTEXT_HPP
#define HAFT_TOOL_CALL_CONTEXT_HPP

/// What a caller may set for one call, and what travels with the call.

#include <haft/json/reader.hpp>

#include <string_view>

namespace haft::inline v0 {

/// How to call. The default suits arguments that a model wrote.
struct call_options {
    json::read_limits limits = {};
};

/// Travels with one call from the caller to the tool. Lives on the caller's stack.
struct call_context {
    std::string_view tool_name;
    const call_options& options;
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_CALL_CONTEXT_HPP
