// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HOOKS_OF_HPP
#define HAFT_HOOK_HOOKS_OF_HPP

/// An object whose methods are hooks: `on_startup`, `on_pre_turn`, `on_error` … Those that it has are called. [HK-10]

#include <haft/core/error.hpp>
#include <haft/core/fixed_string.hpp>
#include <haft/hook/hook_part.hpp>
#include <haft/hook/hook_reply.hpp>
#include <haft/hook/hook_members.hpp>
#include <haft/hook/points.hpp>
#include <haft/hook/typed_hook.hpp>
#include <haft/kind/part.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// What a method that may give another text has returned.
template <class T>
hook_reply reply_with(T&& returned) {
    using type = std::remove_cvref_t<T>;
    if constexpr (is_optional<type>) return returned ? detail::reply_with(*std::forward<T>(returned)) : hook_reply{};
    else if constexpr (std::is_convertible_v<T, std::string_view>) return replace_text(std::string(returned));
    else return hook_reply(std::forward<T>(returned));
}
template <class T>
concept replaces_text = std::is_void_v<T> || requires(T returned) { detail::reply_with(std::move(returned)); };

template <class Call>
hook_reply reply_of(const Call& call) {
    if constexpr (std::is_void_v<decltype(call())>) return call(), hook_reply{};
    else return detail::reply_with(call());
}

// Each method: its point, whether an object has one that can be called with that, and the call.
struct startup_method : has_on_startup {
    using point = startup;
    static hook_reply call(auto& object, const point::data& data)
        requires requires { object.on_startup(data); } || requires { object.on_startup(); }
    {
        return detail::reply_of([&] {
            if constexpr (requires { object.on_startup(); }) return object.on_startup();
            else return object.on_startup(data);
        });
    }
};
struct shutdown_method : has_on_shutdown {
    using point = shutdown;
    static hook_reply call(auto& object, const point::data& data)
        requires requires { object.on_shutdown(data); } || requires { object.on_shutdown(); }
    {
        return detail::reply_of([&] {
            if constexpr (requires { object.on_shutdown(); }) return object.on_shutdown();
            else return object.on_shutdown(data);
        });
    }
};
struct pre_turn_method : has_on_pre_turn {
    using point = turn_pre;
    static hook_reply call(auto& object, const point::data& data)
        requires requires { object.on_pre_turn(data.input.text); } || requires { object.on_pre_turn(data.input); } ||
                 requires { object.on_pre_turn(data); }
    {
        return detail::reply_of([&] {
            if constexpr (requires { object.on_pre_turn(data); }) return object.on_pre_turn(data);
            else if constexpr (requires { object.on_pre_turn(data.input); }) return object.on_pre_turn(data.input);
            else return object.on_pre_turn(data.input.text);
        });
    }
};
struct post_turn_method : has_on_post_turn {
    using point = turn_post;
    static hook_reply call(auto& object, const point::data& data)
        requires requires { object.on_post_turn(data.reply.text); } || requires { object.on_post_turn(data.reply); } ||
                 requires { object.on_post_turn(data); }
    {
        return detail::reply_of([&] {
            if constexpr (requires { object.on_post_turn(data); }) return object.on_post_turn(data);
            else if constexpr (requires { object.on_post_turn(data.reply); }) return object.on_post_turn(data.reply);
            else return object.on_post_turn(data.reply.text);
        });
    }
};
struct tool_use_method : has_on_tool_use {
    using point = tool_post_execute;
    static hook_reply call(auto& object, const point::data& data)
        requires requires {
            object.on_tool_use(data.tool, data.call.arguments, data.result.text);
        } || requires { object.on_tool_use(data.tool, data.call.arguments); } || requires { object.on_tool_use(data); }
    {
        return detail::reply_of([&] {
            if constexpr (requires { object.on_tool_use(data); }) return object.on_tool_use(data);
            else if constexpr (requires { object.on_tool_use(data.tool, data.call.arguments); })
                return object.on_tool_use(data.tool, data.call.arguments);
            else return object.on_tool_use(data.tool, data.call.arguments, data.result.text);
        });
    }
};
struct error_method : has_on_error {
    using point = tool_error;
    static hook_reply call(auto& object, const point::data& data)
        requires requires { object.on_error(data.tool, data.error); } ||
                 requires { object.on_error(data.tool, data.error.text()); } || requires { object.on_error(data); }
    {
        return detail::reply_of([&] {
            if constexpr (requires { object.on_error(data); }) return object.on_error(data);
            else if constexpr (requires { object.on_error(data.tool, data.error); })
                return object.on_error(data.tool, data.error);
            else return object.on_error(data.tool, data.error.text());
        });
    }
};
struct compaction_method : has_on_compaction {
    using point = compaction;
    static hook_reply call(auto& object, const point::data& data)
        requires requires { object.on_compaction(data); } || requires { object.on_compaction(); }
    {
        return detail::reply_of([&] {
            if constexpr (requires { object.on_compaction(); }) return object.on_compaction();
            else return object.on_compaction(data);
        });
    }
};

template <class Method, class T>
concept calls_method = requires(T& object, const typename Method::point::data& data) { Method::call(object, data); };

template <class T>
struct class_of_methods;
template <fixed_string Name>
struct method_named;
template <class...>
inline constexpr bool refused_method = false;

template <class Method, class T>
consteval bool explain_method() {
    if constexpr (Method::template in<T> && !calls_method<Method, T>) {
        constexpr std::string_view name = Method::text;
        static_assert(
            refused_method<class_of_methods<T>, method_named<fixed_string<name.size()>(name)>>,
            "haft: that method has the name of a hook but can't be called as one; make it public, with one of: "
            "on_startup(), on_shutdown(), on_compaction(), on_pre_turn(const std::string& message), "
            "on_post_turn(const std::string& reply), on_tool_use(const std::string& tool, const std::string& "
            "arguments), on_error(const std::string& tool, const haft::error&), or const <point>::data& alone "
            "[haft-E0154]");
    }
    return calls_method<Method, T>;
}
template <class Misspelt, class T>
consteval bool explain_misspelt() {
    constexpr std::string_view name = Misspelt::text;
    static_assert(
        !Misspelt::template in<T> || refused_method<class_of_methods<T>, method_named<fixed_string<name.size()>(name)>>,
        "haft: no hook has the name of that method; there are on_startup, on_shutdown, on_pre_turn, on_post_turn, "
        "on_tool_use, on_error and on_compaction; name it otherwise if it is to be none [haft-E0154]");
    return true;
}
template <class T, class... Misspelt>
inline constexpr bool none_misspelt = (... && detail::explain_misspelt<Misspelt, T>());

template <class Method, class T>
void add_part_of(std::vector<part>& out, const std::shared_ptr<T>& object, std::string_view prefix, int priority) {
    if constexpr (detail::explain_method<Method, T>()) {
        std::string name = prefix.empty() ? std::string(Method::text) : concat({prefix, ".", Method::text});
        out.push_back(
            detail::part_of_hooks(std::move(name), {.priority = priority}, [object](hook_set& to, hook_options with) {
                using point = typename Method::point;
                auto f = [object](const typename point::data& data) { return Method::call(*object, data); };
                auto entry = detail::make_entry<point>(std::move(f), std::move(with));
                entry->object = object.get();
                return to.at<point>().chain()->add(std::move(entry));
            }));
    }
}

}  // namespace detail

/// The methods of an object that are hooks, each as a part of an owner, named `prefix.on_startup`. Those that it has not are not
/// there; one that has such a name and does not fit, or nearly such a name, does not compile (E0154). on_pre_turn and on_post_turn may
/// return another text (a string, or a std::optional of one); all may return what hooks of their points may. The parts share the object.
template <class T>
std::vector<part> hooks_of(std::shared_ptr<T> object, std::string_view prefix = {}, int priority = 0) {
    using namespace detail;
    static_assert(none_misspelt<T, has_on_start, has_on_start_up, has_on_stop, has_on_shut_down, has_on_exit,
                                has_on_turn, has_on_turn_pre, has_on_turn_post, has_on_preturn, has_on_postturn,
                                has_on_before_turn, has_on_after_turn, has_on_tool, has_on_tool_used, has_on_tool_call,
                                has_on_tool_error, has_on_errors, has_on_fail, has_on_compact, has_on_compress>);
    std::vector<part> out;
    add_part_of<startup_method>(out, object, prefix, priority);
    add_part_of<shutdown_method>(out, object, prefix, priority);
    add_part_of<pre_turn_method>(out, object, prefix, priority);
    add_part_of<post_turn_method>(out, object, prefix, priority);
    add_part_of<tool_use_method>(out, object, prefix, priority);
    add_part_of<error_method>(out, object, prefix, priority);
    add_part_of<compaction_method>(out, object, prefix, priority);
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_HOOK_HOOKS_OF_HPP
