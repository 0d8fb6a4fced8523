// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_TOOLBOX_HPP
#define HAFT_TOOLBOX_TOOLBOX_HPP

/// An object whose methods are tools: state that lasts from call to call, under a name of its own.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/core/text.hpp>
#include <haft/core/turn.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/explain_callable.hpp>
#include <haft/tool/inherit.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/toolbox/box_state.hpp>
#include <haft/toolbox/toolbox_words.hpp>

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0 {

/// A handle of a toolbox: cheap to copy, and whoever has one shares the object, which lives as long as the last handle and the
/// last of its tools. Calls of its methods, and of functions that take the object, wait for each other, but for those hinted
/// `haft::thread_safe` and all of a class that is; other tools that were added run as anywhere. A method may call tools of its
/// own toolbox; two toolboxes whose methods call each other's tools directly from two threads wait for ever, while one that calls
/// through a call_runner lets others in until it has its answer. Everything here may be called from
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
        for (const auto& m : state_->methods) out.add(m.as_tool, keeper_);
        const std::lock_guard guard(state_->adding);
        for (std::size_t i = 0; i < state_->extras.size(); ++i) {
            struct kept {
                shared_thing box, tool;
            };
            kept* made = nullptr;
            out.add(state_->extras[i], shared_thing::make<kept>(made, kept{keeper_, state_->extras.keeper(i)}));
        }
        out.add_problems_of(state_->extras);
        return out;
    }

    /// Adds what toolset::add takes, as `Memory.name`, for those who ask for tools() from now on: a tool and what keeps it (which
    /// must not own this toolbox, for that would never end), a callable with its words, a handler with a schema, a set. It
    /// inherits of the class's words as methods do. What is refused is told here, and by `tools().refusals()`. [TB-08, TD-11]
    template <class... Arguments>
        requires(sizeof...(Arguments) > 1 || (toolable<std::remove_cvref_t<Arguments>> && ...))
    result<void> add_tool(Arguments&&... arguments) const {
        toolset given;
        static_cast<void>(given.add(std::forward<Arguments>(arguments)...));
        return add_parts(given);
    }
    /// The same, for words in braces: `box.add_tool("count", {.description = "Counts"}, callable)`.
    template <class... Rest>
    result<void> add_tool(std::string_view tool_name, const about& words, Rest&&... rest) const {
        toolset given;
        static_cast<void>(given.add(tool_name, words, std::forward<Rest>(rest)...));
        return add_parts(given);
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
        requires(!toolable<std::remove_cvref_t<Thing>>)
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
    /// Gives the first refusal.
    HAFT_COLD result<void> add_parts(const toolset& given) const {
        const std::lock_guard guard(state_->adding);
        toolset& extras = state_->extras;
        const std::size_t before = extras.refusals().size();
        extras.add_problems_of(given);
        for (std::size_t i = 0; i < given.size(); ++i) {
            tool t = given[i];
            if (!t.origin) t.origin = &state_->from;
            if (state_->has_method(t.name))
                extras.refuse({errc::duplicate_tool, concat({"toolbox ", in_quotes(name()), " has a tool ",
                                                             in_quotes(t.name), " already: its method stays"})});
            else detail::add_part(extras, name(), of().words, t, given.keeper(i));
        }
        if (extras.refusals().size() > before) return extras.refusals()[before];
        return {};
    }

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
            if (!calls) return F(*object, std::forward<P>(p)...);
            const turn<std::recursive_mutex> ours(*calls);
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
    static_assert(reflect::no_reflection<F>,
                  "haft: at run time there is no reflection; write box.add_tool(haft::make<^^f>()) [haft-E0110]");
    if constexpr (!reflect::no_reflection<F>) {
        return {};
    } else if constexpr (bound::takes_object) {
        auto* const object = get<typename bound::object_type>();
        if (object)
            return add_tool(tool_name, words,
                            bound::bind(object, state_->locks(words.hints) ? &state_->calls : nullptr));
        if constexpr (!detail::says_toolbox<typename bound::object_type> && detail::derivable<decltype(F)>)
            return add_tool(tool_name, words, F);  // a struct of parameters, which any class may be a toolbox beside
        else
            return error{errc::bad_tool,
                         concat({"function ", in_quotes(reflect::name_of<F>),
                                 " takes an object of another class than that of toolbox ", in_quotes(name())})};
    } else {
        return add_tool(tool_name, words, F);
    }
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOLBOX_TOOLBOX_HPP
