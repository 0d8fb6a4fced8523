// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_RUNNING_CALL_HPP
#define HAFT_RUN_RUNNING_CALL_HPP

/// One call as those see it who look at it on its way: callbacks, gates, middleware.

#include <haft/registry/catalog.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/message.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/tool_call.hpp>

#include <string>
#include <vector>

namespace haft::inline v0 {

/// Lives as long as the call, and for a worker that is late longer.
struct running_call {
    tool_call call;                         ///< as the model wrote it, with an id in any case
    const haft::tool* tool = nullptr;       ///< null: there is none of that name; only before-calls see that
    std::string arguments;                  ///< what the tool will be given: JSON; `{}` where the call has none
    const catalog* served = nullptr;        ///< where the tool was found; null: in a toolset
    const call_options* options = nullptr;  ///< what the tool will be given: whether to stop, the host's objects
    /// For the talk, behind the answers (batch_result::messages). Only before-calls, gates, changes and after-calls may add some.
    std::vector<message>* messages = nullptr;
    unsigned depth = 1;  ///< 2 and more: a tool asks for it, within a call of that depth less one
};

}  // namespace haft::inline v0

#endif  // HAFT_RUN_RUNNING_CALL_HPP
