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
#include <haft/reflect/callable.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/explain_callable.hpp>
#include <haft/tool/method.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolbox_words.hpp>
#include <haft/tool/toolset.hpp>

#include <concepts>
#include <cstddef>
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
    };
    std::vector<bound_method> methods;

    std::mutex adding;
    toolset extras;

    box_state(const toolbox_class& c, std::string_view alias)
        : of(c),
          name(alias.empty() ? c.name : alias),
          from_text(concat({"toolbox ", c.name, alias.empty() ? "" : " as ", alias})) {
        from.name = from_text;
        methods.reserve(c.methods.size());
        for (const method_entry& m : c.methods)
            methods.push_back({{m.parameters_type, m.result_type, &invoke},
                               &m,
                               this,
                               locks(m.words.hints),
                               concat({name, ".", m.words.name})});
    }
    box_state(const box_state&) = delete;
    box_state& operator=(const box_state&) = delete;

    /// Whether a call waits for the others: what uses the object does, unless it or its class is hinted thread-safe.
    bool locks(haft::hints own) const noexcept {
        return !has(own, hints::thread_safe) && !has(of.words.hints, hints::thread_safe);
    }
    static void invoke(const binding& self, invocation& call) {
        const auto& bound = static_cast<const bound_method&>(self);
        std::unique_lock lock(bound.box->calls, std::defer_lock);
        if (bound.locks) lock.lock();
        bound.method->invoke(bound.box->object, call);
    }

    /// A method as a tool; what it does not say its class says. What the class claims to be harmless is not claimed of a method
    /// that says something else of itself; what it warns of holds for all. [TD-11]
    HAFT_COLD tool tool_of(const bound_method& m) const {
        tool t = m.method->words;
        t.name = m.name;
        const bool says_nothing = t.effect == haft::effect::unspecified && t.hints == haft::hints::none;
        if (t.effect == haft::effect::unspecified) t.effect = of.words.effect;
        t.hints = t.hints | (says_nothing ? of.words.hints : without_claims(of.words.hints));
        if (!t.available) t.available = of.words.available;
        t.deferred = t.deferred || of.words.deferred;
        t.origin = &from;
        t.execute = &execute_binding;
        t.self = static_cast<const binding*>(&m);
        return t;
    }

    static constexpr haft::hints without_claims(haft::hints all) noexcept {
        constexpr auto claims = static_cast<unsigned>(hints::idempotent | hints::closed_world);
        return static_cast<haft::hints>(static_cast<unsigned>(all) & ~claims);
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
        } catch (const std::exception& e) { return failed(mended(e.what() ? e.what() : "")); } catch (...) {
            return failed("an exception that is no std::exception");
        }
#else
        if (const result<void> done = prepare(object); !done) return failed(mended(done.error().message));
#endif
        prepared = stage::prepared;
        return {};
    }
};

/// Whether a class has something named `prepare`, be it private: then two bases of that name are ambiguous.
struct named_prepare {
    int prepare;
};
template <class C>
struct beside_prepare : C, named_prepare {};
template <class C>
consteval bool has_something_named_prepare() {
    if constexpr (std::is_final_v<C>) return false;  // nobody can tell
    else return !requires { &beside_prepare<C>::prepare; };
}
template <class C>
concept can_prepare = requires(C& box) { box.prepare(); };

template <class C>
consteval void explain_prepare() {
    if constexpr (can_prepare<C>) {
        using given = decltype(std::declval<C&>().prepare());
        static_assert(std::is_void_v<given> || std::is_same_v<given, result<void>>,
                      "haft: a toolbox's prepare() gives void, and throws where it fails, or haft::result<void> "
                      "[haft-E0139]");
    } else {
        static_assert(!has_something_named_prepare<C>(),
                      "haft: this toolbox has a `prepare` that can't be called without arguments from outside, so it "
                      "would never run; make it a public void prepare(), or give it another name [haft-E0139]");
    }
}
template <class C>
result<void> run_prepare(void* object) {
    using given = decltype(std::declval<C&>().prepare());
    if constexpr (std::is_same_v<given, result<void>>) return static_cast<C*>(object)->prepare();
    else return static_cast<void>(static_cast<C*>(object)->prepare()), result<void>();
}

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

/// A handle of a toolbox: cheap to copy, and whoever has one shares the object, which lives as long as the last handle and the
/// last of its tools. Calls of its methods, and of functions that take the object, wait for each other, but for those hinted
/// `haft::thread_safe` and all of a class that is; other tools that were added run as anywhere. A method may call tools of its
/// own toolbox; two toolboxes whose methods call each other from two threads wait for ever. Everything here may be called from
/// any thread. [TB-03]
class toolbox {
public:
    /// What its tools' names begin with: the class's name, or the alias.
    std::string_view name() const noexcept { return state_->name; }
    std::string_view class_name() const noexcept { return state_->of.name; }
    const toolbox_class& of() const noexcept { return state_->of; }
    /// The configuration it was made with, defaults applied, as a JSON object: `of().make(config())` makes one like it. [TB-07]
    std::string_view config() const noexcept { return state_->config; }

    /// Its tools, `Memory.set` and so on: the methods in their order, then what was added. They share the object. A member
    /// `prepare()` has run before, once; if it threw, or gave an error, that is the error, now and later. [TB-02, TB-09]
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

    /// Adds a tool, `Memory.name`, for those who ask for tools() from now on. `keeper` owns what the tool points to; it must not
    /// own this toolbox, which would then never end. [TB-08]
    HAFT_COLD result<void> add_tool(const tool& t, shared_thing keeper = {}) const {
        struct named {
            std::string name;
            shared_thing keeper;
        };
        named* kept = nullptr;
        shared_thing both = shared_thing::make<named>(kept, named{concat({name(), ".", t.name}), std::move(keeper)});
        tool renamed = t;
        renamed.name = kept->name;
        if (!renamed.origin) renamed.origin = &state_->from;
        if (!renamed.available) renamed.available = of().words.available;
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
    /// A function. If its first parameter is a reference to a toolbox class, `int count(const Memory&, const args&)`, it is given
    /// the object, which the model does not see; an object of another class is an error. [TB-08, llm's pass_self]
    template <auto F>
    result<void> add_tool(const about& words) const;
    template <auto F>
    result<void> add_tool(std::string_view description) const {
        return add_tool<F>(about{.description = description});
    }
    /// Speaks where something else is given, such as a function's address. [TB-08, llm's `Tool must be…`]
    template <class Thing>
        requires(!std::convertible_to<Thing, tool>)
    result<void> add_tool(Thing&&) const {
        static_assert(detail::refused<toolbox, Thing>,
                      "haft: this is no tool; write box.add_tool<&f>(\"what it does\") for a function, and "
                      "box.add_tool(name, about, callable) for anything with state [haft-E0110]");
        return {};
    }

    /// The object, or null if it is of another class. Who uses it beside the tools sees to threads himself.
    template <class C>
    C* get() const noexcept {
        return state_->typed_object.get<C>();
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

/// A function whose first parameter is a toolbox's object, as a callable of the others.
template <auto F, class Signature>
struct bound_to_object {
    static constexpr bool takes_object = false;
};
template <auto F, class R, class Object, class... P>
struct bound_to_object<F, reflect::signature<R, Object&, P...>> {
    static constexpr bool takes_object = is_toolbox_class<std::remove_const_t<Object>>;
    using object_type = std::remove_const_t<Object>;
    /// `calls` is null where nobody has to wait.
    static auto bind(object_type* object, std::recursive_mutex* calls) {
        return [object, calls](P... p) -> R {
            std::unique_lock<std::recursive_mutex> lock;
            if (calls) lock = std::unique_lock(*calls);
            return F(*object, std::forward<P>(p)...);
        };
    }
};
template <auto F>
consteval auto bound_function() {
    if constexpr (reflect::has_one_signature<decltype(F)>)
        return bound_to_object<F, reflect::signature_of<decltype(F)>>{};
    else return bound_to_object<F, void>{};
}

}  // namespace detail

template <auto F>
HAFT_COLD result<void> toolbox::add_tool(const about& words) const {
    using bound = decltype(detail::bound_function<F>());
    const std::string_view tool_name = words.name.empty() ? reflect::name_of<F> : words.name;
    if constexpr (bound::takes_object) {
        auto* const object = get<typename bound::object_type>();
        if (!object)
            return error{errc::bad_tool,
                         concat({"function ", in_quotes(reflect::name_of<F>),
                                 " takes an object of another class than that of toolbox ", in_quotes(name())})};
        return add_tool(tool_name, words, bound::bind(object, state_->locks(words.hints) ? &state_->calls : nullptr));
    } else {
        return add_tool(tool_name, words, F);
    }
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_TOOLBOX_HPP
