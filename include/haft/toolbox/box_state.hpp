// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_BOX_STATE_HPP
#define HAFT_TOOLBOX_BOX_STATE_HPP

/// What stands behind a toolbox: the object with its lock, its bound methods and added tools.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/core/turn.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/inherit.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/toolbox/method.hpp>
#include <haft/toolbox/prepare.hpp>
#include <haft/toolbox/toolbox_class.hpp>

#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// The part of a toolbox that does not depend on its class. Shared by the handles, and by each of its tools.
struct box_state {
    const toolbox_class of;
    std::string name;
    std::string config;
    haft::origin from;  // of its tools, for messages
    std::string from_text;
    void* object = nullptr;
    user_data typed_object = {};
    result<void> (*prepare)(void* object) = nullptr;  // null: nothing to do

    std::recursive_mutex calls;  // recursive, so that a method may call a tool of its own box

    std::recursive_mutex
        preparing;  // recursive, so that a prepare that asks for the tools is told that they are not there
    enum class stage : unsigned char { fresh, under_way, prepared, broken } prepared = stage::fresh;
    error why_broken = {};

    struct bound_method : binding {
        const method_entry* method;
        box_state* box;
        bool locks;
        std::string name;
        tool as_tool = {};
        availability both = {};  // its own and its class's
    };
    std::vector<bound_method> methods;

    std::mutex adding;
    toolset extras;

    box_state(const toolbox_class& c, std::string_view alias)
        : of(c),
          name(alias.empty() ? c.name : alias),
          from_text(concat({"toolbox ", c.name, alias.empty() ? "" : " as ", alias})) {
        from.name = from_text;
        from.toolbox = name;
        methods.reserve(c.methods.size());
        for (const method_entry& m : c.methods) bind(m);
    }
    box_state(const box_state&) = delete;
    box_state& operator=(const box_state&) = delete;

    /// Whether a call waits for the others: what uses the object does, unless it or its class is hinted thread-safe.
    bool locks(haft::hints own) const noexcept {
        return !has(own, hints::thread_safe) && !has(of.words.hints, hints::thread_safe);
    }
    static void invoke(const binding& self, invocation& call) {
        const auto& bound = static_cast<const bound_method&>(self);
        if (!bound.locks) return bound.method->invoke(bound.box->object, call);
        const turn<std::recursive_mutex> ours(bound.box->calls);
        bound.method->invoke(bound.box->object, call);
    }

    bool has_method(std::string_view own_name) const noexcept {
        for (const method_entry& m : of.methods)
            if (m.words.name == own_name) return true;
        return false;
    }
    /// Makes a tool of a method. Requires that `methods` has room for it.
    HAFT_COLD void bind(const method_entry& m) {
        bound_method& bound = methods.emplace_back(bound_method{{m.parameters_type, m.result_type, &invoke},
                                                                &m,
                                                                this,
                                                                locks(m.words.hints),
                                                                concat({name, ".", m.words.name})});
        bound.as_tool = m.words;
        bound.as_tool.name = bound.name;
        bound.as_tool.origin = &from;
        bound.as_tool.runs(&execute_binding, static_cast<const binding*>(&bound), &validate_binding);
        inherit(bound.as_tool, of.words, bound.both);
    }

    /// Runs `prepare` once, whoever comes first; the others wait for it.
    HAFT_COLD result<void> prepare_once() {
        const std::lock_guard guard(preparing);
        if (prepared == stage::broken) return why_broken;
        if (prepared == stage::prepared || !prepare) return {};
        const auto unusable = [&](std::string_view why) {
            return error{errc::toolbox_broken, concat({"toolbox ", in_quotes(name), " can't be used: ", why})};
        };
        if (prepared == stage::under_way) return unusable("its prepare() asks for its tools");
        prepared = stage::under_way;
        const auto failed = [&](std::string_view why) {
            prepared = stage::broken;
            return why_broken = unusable(why);
        };
#if HAFT_HAS_EXCEPTIONS()
        try {
            if (const result<void> done = prepare(object); !done) return failed(mended(done.error().message));
        } catch (...) { return failed(caught_text()); }
#else
        if (const result<void> done = prepare(object); !done) return failed(mended(done.error().message));
#endif
        prepared = stage::prepared;
        return {};
    }
};

/// The state together with its object.
template <class C>
struct box_with : box_state {
    C held;
    template <class... Arguments>
    explicit box_with(const toolbox_class& c, std::string_view alias, Arguments&&... arguments)
        : box_state(c, alias), held(std::forward<Arguments>(arguments)...) {
        object = __builtin_addressof(held);
        typed_object = user_data(held);
        if constexpr (can_prepare<C>) prepare = &run_prepare<C>;
    }
};

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_TOOLBOX_BOX_STATE_HPP
