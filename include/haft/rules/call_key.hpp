// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_CALL_KEY_HPP
#define HAFT_RULES_CALL_KEY_HPP

/// What equal calls have in common, and which of them may have one result. [NX-13]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/core/sha256.hpp>
#include <haft/registry/tool_hash.hpp>
#include <haft/rules/call_signature.hpp>
#include <haft/run/running_call.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/user_data.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// Whether a result may stand for that of another, equal call: the tool is read-only. An idempotent one is not enough: of set(a), set(b),
/// set(a) the last one has to run.
constexpr bool is_repeatable(const tool& t) noexcept { return t.effect == effect::read_only; }

/// Tells whose call it is, where calls have objects of their users (`call_options::user`, `providers`): who has the same name may be
/// given the same results.
using name_of_user = std::function<std::string(const running_call&)>;

/// What equal calls have in common: the tool's hash, the owner's name, the canonical arguments. Nothing of arguments that are none.
HAFT_COLD inline std::optional<std::string> call_key(const tool& t, std::string_view arguments,
                                                     std::string_view owner = {}) {
    const result<call_signature> call = sign_call(t.name, arguments);
    if (!call) return {};
    return concat({tool_hash(t, owner), "\n", call->canonical});
}

namespace detail {
/// What calls have in common that may be given one result. Nothing of a call that has to be made by itself: its tool is not read-only,
/// or it has objects of a user, and nobody says whose.
HAFT_COLD inline std::optional<std::string> shared_key(const running_call& call, const name_of_user& user) {
    if (!call.tool || !is_repeatable(*call.tool)) return {};
    const bool has_objects = call.options && (!call.options->user.same_type(user_data()) || call.options->providers);
    if (has_objects && !user) return {};
    const owner* const of = call.served ? call.served->owner_of(call.tool->name) : nullptr;
    std::optional<std::string> key =
        call_key(*call.tool, call.arguments, of ? std::string_view(of->name) : std::string_view());
    if (key && user) key->insert(0, concat({sha256_of(user(call)), "\n"}));
    return key;
}
}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_RULES_CALL_KEY_HPP
