// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_CALL_KEY_HPP
#define HAFT_RULES_CALL_KEY_HPP

/// What equal calls have in common, and which of them may have one result. [NX-13]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/registry/tool_hash.hpp>
#include <haft/rules/call_signature.hpp>
#include <haft/run/running_call.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/tool.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// Whether a result may stand for that of another, equal call: the tool is read-only or idempotent, and not destructive: between two
/// equal calls somebody may have made again what the first one has deleted.
constexpr bool is_repeatable(const tool& t) noexcept {
    return t.effect == effect::read_only || (has(t.hints, hints::idempotent) && t.effect != effect::destructive);
}

/// What equal calls have in common: the tool's hash, the owner's name, the canonical arguments. Nothing of arguments that are none.
HAFT_COLD inline std::optional<std::string> call_key(const tool& t, std::string_view arguments,
                                                     std::string_view owner = {}) {
    const result<call_signature> call = sign_call(t.name, arguments);
    if (!call) return {};
    return concat({tool_hash(t, owner), "\n", call->canonical});
}

namespace detail {
inline std::optional<std::string> key_of_repeatable(const running_call& call) {
    if (!call.tool || !is_repeatable(*call.tool)) return {};
    const owner* const of = call.served ? call.served->owner_of(call.tool->name) : nullptr;
    return call_key(*call.tool, call.arguments, of ? std::string_view(of->name) : std::string_view());
}
}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_RULES_CALL_KEY_HPP
