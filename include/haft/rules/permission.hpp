// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_PERMISSION_HPP
#define HAFT_RULES_PERMISSION_HPP

/// What has come of asking whether a call may be made; and whether a tool takes the arguments that somebody put in place of the
/// model's.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/tool.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// Either refused, or given, perhaps with other arguments.
struct permission {
    std::optional<error> refusal = {};          ///< why the call may not be made
    std::optional<std::string> arguments = {};  ///< those that somebody put in place, which the tool takes

    bool given() const noexcept { return !refusal; }
    static permission refuse(error why) {
        permission out;
        out.refusal = std::move(why);
        return out;
    }
};

/// Whether a tool takes arguments, as far as it tells without a call. The error holds every fault. [fault 149]
HAFT_COLD inline result<void> takes_arguments(const tool& t, std::string_view arguments,
                                              const call_options& options = {}) {
    std::string unused;
    result_writer out(unused, string_results::as_json, options);
    call_context context(t.name, options);
    if (t.accepts(arguments, context, out)) return {};
    return std::move(out.error());
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_PERMISSION_HPP
