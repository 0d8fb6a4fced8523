// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_TOOLBOX_HPP
#define HAFT_TOOL_TOOLBOX_HPP

/// An object whose methods are tools: state that lasts from call to call, under a name of its own.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/core/text.hpp>
#include <haft/reflect/type_name.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/make.hpp>
#include <haft/tool/method.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0 {

class toolbox;

/// A class whose objects are toolboxes, whatever class it is. A small value; what it points to lives for ever. [TB-04]
struct toolbox_class {
    std::string_view name;           ///< `Memory`
    about words;                     ///< of the whole
    std::string_view config_schema;  ///< JSON Schema of the configuration; empty if there is none
    std::span<const detail::method_entry> methods;
    result<toolbox> (*construct)(const toolbox_class&, std::string_view config, std::string_view alias) = nullptr;

    /// A new object. `config` is a JSON object, or "" for the defaults; its faults are told as those of arguments. `alias` is
    /// what its tools' names begin with instead of the class's name. An error too: what the constructor throws.
    result<toolbox> make(std::string_view config = {}, std::string_view alias = {}) const;
};

namespace detail {

/// The part of a toolbox that does not depend on its class. Shared by the handles, and by each of its tools.
struct box_state {
    const toolbox_class of;
    std::string name;
    std::string config;
    void* object = nullptr;
    std::uint32_t object_type = 0;
    void (*prepare)(void* object) = nullptr;  // null: nothing to do

    std::recursive_mutex calls;  // recursive, so that a method may call a tool of its own box

    std::mutex preparing;
    enum class stage : unsigned char { fresh, prepared, broken } prepared = stage::fresh;
    error why_broken = {};

    struct bound_method : binding {
        const method_entry* method;
        box_state* box;
        bool locks;
        std::string name;
    };
    std::vector<bound_method> methods;

    std::mutex adding;
    toolset extras;

    box_state(const toolbox_class& c, std::string_view alias) : of(c), name(alias.empty() ? c.name : alias) {
        methods.reserve(c.methods.size());
        for (const method_entry& m : c.methods)
            methods.push_back({{m.parameters_type, m.result_type, &invoke},
                               &m,
                               this,
                               !has(m.words.hints, hints::thread_safe) && !has(c.words.hints, hints::thread_safe),
                               concat({name, ".", m.words.name})});
    }
    box_state(const box_state&) = delete;
    box_state& operator=(const box_state&) = delete;

    static void invoke(const binding& self, invocation& call) {
        const auto& bound = static_cast<const bound_method&>(self);
        std::unique_lock lock(bound.box->calls, std::defer_lock);
        if (bound.locks) lock.lock();
        bound.method->invoke(bound.box->object, call);
    }

    /// A method as a tool; what it does not say its class says. [TD-11]
    HAFT_COLD tool tool_of(const bound_method& m) const {
        tool t = m.method->words;
        t.name = m.name;
        if (t.effect == haft::effect::unspecified) t.effect = of.words.effect;
        t.hints = t.hints | of.words.hints;
        if (!t.available) t.available = of.words.available;
        t.deferred = t.deferred || of.words.deferred;
        t.execute = &execute_binding;
        t.self = static_cast<const binding*>(&m);
        return t;
    }

    /// Runs `prepare` once, whoever comes first; the others wait for it.
    HAFT_COLD result<void> prepare_once() {
        const std::lock_guard guard(preparing);
        if (prepared == stage::broken) return why_broken;
        if (prepared == stage::prepared || !prepare) return {};
        const auto failed = [&](std::string_view what) {
            prepared = stage::broken;
            return why_broken = {errc::toolbox_broken, concat({"toolbox ", in_quotes(name), " can't be used: ", what})};
        };
#if HAFT_HAS_EXCEPTIONS()
        try {
            prepare(object);
        } catch (const std::exception& e) { return failed(mended(e.what() ? e.what() : "")); } catch (...) {
            return failed("an exception that is no std::exception");
        }
#else
        static_cast<void>(failed);
        prepare(object);
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
        object = &held;
        object_type = reflect::type_id<C>;
        if constexpr (requires(C& box) { box.prepare(); }) prepare = [](void* box) { static_cast<C*>(box)->prepare(); };
    }
};

}  // namespace detail

/// A handle of a toolbox: cheap to copy, and whoever has one shares the object, which lives as long as the last handle and the
/// last of its tools. Calls of its tools wait for each other, but for methods and classes hinted `haft::thread_safe`; a method
/// may call tools of its own toolbox. Everything here may be called from any thread. [TB-03]
class toolbox {
public:
    /// What its tools' names begin with: the class's name, or the alias.
    std::string_view name() const noexcept { return state_->name; }
    const toolbox_class& of() const noexcept { return state_->of; }
    /// The configuration it was made with, defaults applied, as a JSON object: `of().make(config())` makes one like it. [TB-07]
    std::string_view config() const noexcept { return state_->config; }

    /// Its tools, `Memory.set` and so on: the methods in their order, then what was added. They share the object. A member
    /// `prepare()` has run before, once; if it threw, that is the error, now and later. [TB-02, TB-09]
    HAFT_COLD result<toolset> tools() const {
        if (result<void> ready = state_->prepare_once(); !ready) return std::move(ready.error());
        toolset out;
        for (const auto& m : state_->methods) out.add(state_->tool_of(m), keeper_);
        const std::lock_guard guard(state_->adding);
        for (std::size_t i = 0; i < state_->extras.size(); ++i) {
            struct kept {
                shared_thing box, tool;
            };
            kept* made = nullptr;
            const shared_thing both = shared_thing::make<kept>(made, kept{keeper_, state_->extras.keeper(i)});
            out.add(state_->extras[i], both);
        }
        if (!out.refusals().empty()) return out.refusals().front();
        return out;
    }

    /// Adds a tool, `Memory.name`, for those who ask for tools() from now on. [TB-08]
    HAFT_COLD result<void> add_tool(const tool& t, shared_thing keeper = {}) const {
        struct named {
            std::string name;
            shared_thing keeper;
        };
        named* kept = nullptr;
        shared_thing both = shared_thing::make<named>(kept, named{concat({name(), ".", t.name}), std::move(keeper)});
        tool renamed = t;
        renamed.name = kept->name;
        const std::lock_guard guard(state_->adding);
        for (const auto& m : state_->methods)
            if (m.name == kept->name)
                return error{errc::duplicate_tool, concat({"toolbox ", in_quotes(name()), " has a tool ",
                                                           in_quotes(t.name), " already: its method stays"})};
        return state_->extras.add(renamed, std::move(both));
    }
    /// Any callable, state and all.
    template <class F>
    result<void> add_tool(std::string_view tool_name, const about& words, F callable) const {
        toolset one;
        if (result<void> added = one.add(tool_name, words, std::move(callable)); !added) return added;
        return add_tool(one[0], one.keeper(0));
    }
    template <class F>
    result<void> add_tool(std::string_view tool_name, std::string_view description, F callable) const {
        return add_tool(tool_name, about{.description = description}, std::move(callable));
    }
    /// A function whose first parameter is the toolbox's object, which the model does not see: `add_tool<&count>(box, …)` with
    /// `int count(Memory&)`, or `int count(const Memory&, const args&)`. [TB-08, llm's pass_self]
    template <auto F>
    result<void> add_tool(const about& words) const;
    template <auto F>
    result<void> add_tool(std::string_view description) const {
        return add_tool<F>(about{.description = description});
    }

    /// The object, or null if it is of another class. Who uses it beside the tools sees to threads himself.
    template <class C>
    C* get() const noexcept {
        return state_->object_type == reflect::type_id<C> ? static_cast<C*>(state_->object) : nullptr;
    }

    /// Only for who makes toolboxes.
    toolbox(shared_thing keeper, detail::box_state& state) noexcept : keeper_(std::move(keeper)), state_(&state) {}

private:
    shared_thing keeper_;
    detail::box_state* state_;
};

HAFT_COLD inline result<toolbox> toolbox_class::make(std::string_view config, std::string_view alias) const {
    return construct(*this, config, alias);
}

namespace detail {

/// A function of an object and something else as a callable of the something else.
template <auto F, class Signature>
struct bound_to_object;
template <auto F, class R, class Object, class... P>
struct bound_to_object<F, reflect::signature<R, Object, P...>> {
    using object_type = std::remove_cvref_t<Object>;
    static auto bind(object_type* object) {
        return [object](P... p) -> R { return F(*object, std::forward<P>(p)...); };
    }
};

}  // namespace detail

template <auto F>
HAFT_COLD result<void> toolbox::add_tool(const about& words) const {
    using bound = detail::bound_to_object<F, reflect::signature_of<decltype(F)>>;
    auto* const object = get<typename bound::object_type>();
    if (!object)
        return error{errc::bad_tool, concat({"function ", in_quotes(reflect::name_of<F>),
                                             " takes an object of another "
                                             "class than that of toolbox ",
                                             in_quotes(name())})};
    return add_tool(words.name.empty() ? reflect::name_of<F> : words.name, words, bound::bind(object));
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_TOOLBOX_HPP
