// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_VIEWS_REQUIRE_APPROVAL_HPP
#define HAFT_VIEWS_REQUIRE_APPROVAL_HPP

/// Tools that somebody has to agree to before each call. [NX-05]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/core/text.hpp>
#include <haft/tool/ask_approval.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/views/view.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

namespace detail {

struct approved_tool {
    tool inner;
    shared_thing keeper;

    // The arguments are looked at first: nobody is asked about a call that can't be made.
    static void execute(const void* self, std::string_view arguments, call_context& context, result_writer& out) {
        const auto& own = *static_cast<const approved_tool*>(self);
        guarded(context, out, [&] {
            if (own.inner.accepts(arguments, context, out) && agreed(own.inner, arguments, context, out))
                own.inner.run(arguments, context, out);
        });
    }
    static void validate(const void* self, std::string_view arguments, call_context& context, result_writer& out) {
        static_cast<const approved_tool*>(self)->inner.accepts(arguments, context, out);
    }
};

}  // namespace detail

namespace views {

/// The same tools, but before each call of those for which `which(tool)` holds `call_options::asked` is asked; without anybody to
/// ask, or where asking throws, the call is refused. `tool::needs_approval` tells hosts of it.
template <std::predicate<const tool&> Which>
auto require_approval(Which which) {
    return [which = std::move(which)](const toolset& from) {
        toolset out;
        for (std::size_t i = 0; i < from.size(); ++i) {
            if (!which(from[i])) {
                out.add_from(from, i);
                continue;
            }
            haft::detail::approved_tool* kept = nullptr;
            shared_thing keeper = shared_thing::make<haft::detail::approved_tool>(
                kept, haft::detail::approved_tool{from[i], from.keeper(i)});
            tool t = from[i];
            t.needs_approval = true;
            t.runs(&haft::detail::approved_tool::execute, kept, &haft::detail::approved_tool::validate);
            out.add(t, std::move(keeper));
        }
        return out;
    };
}
/// For the tools that are selected, disabled by default or not. A selection that names what the set does not have, or means
/// nothing, is among the refusals, and then every tool asks: who misspells a guard is still guarded.
HAFT_COLD inline auto require_approval(selector which) {
    return [which = std::move(which)](const toolset& from) {
        const result<void> sound = which.check_names(from);
        toolset out = require_approval([&](const tool& t) { return !sound || which.matches(t); })(from);
        if (!sound)
            out.refuse({sound.error().code, concat({"every tool asks for approval, since the selection can't be used: ",
                                                    sound.error().message})});
        return out;
    };
}
HAFT_COLD inline auto require_approval() {
    return require_approval([](const tool&) { return true; });
}

}  // namespace views
}  // namespace haft::inline v0

#endif  // HAFT_VIEWS_REQUIRE_APPROVAL_HPP
