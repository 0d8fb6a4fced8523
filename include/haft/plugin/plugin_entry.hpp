// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_ENTRY_HPP
#define HAFT_PLUGIN_PLUGIN_ENTRY_HPP

/// Where a plugin comes from, before anything of it runs: a name, and how it is made. [PM-02]

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/plugin/manifest.hpp>
#include <haft/plugin/plugin.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <concepts>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// One plugin that could be loaded.
struct plugin_entry {
    std::string name;
    /// Called when it is loaded, and again when it is reloaded; never of a plugin that is disabled. What it throws is an
    /// error.
    std::function<result<plugin>()> make;
    std::string source = {};          ///< for messages: "compiled in", a file
    std::string kind = "plugin";      ///< see plugin_loader::discover
    std::filesystem::path file = {};  ///< where it lies; two entries of one file are one plugin. [fault 90]
    bool enabled = true;              ///< what its own entry in a configuration says. [DC-06]
    /// Of two of one name, or of one file, the one of the lower rank counts; of equal ones who was added first. [DC-01]
    int rank = 0;
    std::string stamp = {};  ///< another one than before: its files have changed. See plugin_loader::replace
    /// Known before the plugin is made: then it is made only if all that the manifest asks for is there.
    std::optional<kept_manifest> manifest = {};
};

namespace detail {

template <class T>
inline constexpr bool is_list_of_tools = false;
template <class A>
inline constexpr bool is_list_of_tools<std::vector<tool, A>> = true;
template <class T>
concept plugin_or_tools = std::same_as<T, plugin> || toolable<T> || is_list_of_tools<T>;
template <class T>
inline constexpr bool is_result_of_plugin = false;
template <plugin_or_tools T>
inline constexpr bool is_result_of_plugin<result<T>> = true;
template <class T>
concept plugin_or_error = plugin_or_tools<T> || is_result_of_plugin<T>;
/// Makes a plugin; one that makes what makes plugins is none. [PM-02]
template <class F>
concept plugin_factory = std::invocable<F&> && plugin_or_error<std::remove_cvref_t<std::invoke_result_t<F&>>>;

template <class T>
result<plugin> plugin_of(const std::string& name, T what) {
    if constexpr (std::same_as<T, plugin>) {
        return what;
    } else if constexpr (is_result_of_plugin<T>) {
        if (!what) return std::move(what.error());
        return detail::plugin_of(name, std::move(*what));
    } else if constexpr (is_list_of_tools<T>) {
        plugin out{.name = name};
        for (const tool& one : what) out.tools.add(one);
        return out;
    } else if constexpr (std::convertible_to<T, tool>) {
        plugin out{.name = name};
        out.tools.add(static_cast<const tool&>(what));
        return out;
    } else {
        plugin out{.name = name};
        out.tools.add(what);
        return out;
    }
}

template <class T>
consteval bool explain_entry() {
    constexpr bool is_an_entry = plugin_or_error<T> || plugin_factory<T>;
    static_assert(is_an_entry,
                  "haft: this is no plugin; give a haft::plugin, a class of which haft::make_plugin can make one, a "
                  "function without parameters that gives a haft::plugin, a tool, or a list of tools [haft-E0165]");
    return is_an_entry;
}

}  // namespace detail

/// An entry for a plugin, a tool or a list of tools (a plugin of that name then), or a function without parameters that
/// gives one of these. Anything else does not compile (E0165).
template <class T>
plugin_entry make_entry(std::string name, T what, std::string source = {}) {
    plugin_entry out{.name = std::move(name), .make = {}, .source = std::move(source)};
    if constexpr (detail::explain_entry<T>()) {
        if constexpr (std::same_as<T, plugin>) {
            if (out.name.empty()) out.name = what.name.empty() ? what.manifest.name : what.name;
            out.manifest = what.manifest;
        }
        out.make = [name = out.name, what = std::move(what)]() mutable -> result<plugin> {
            if constexpr (detail::plugin_or_error<T>) return detail::plugin_of<T>(name, what);
            else return detail::plugin_of<std::remove_cvref_t<std::invoke_result_t<T&>>>(name, what());
        };
    }
    return out;
}
/// A plugin under its own name.
inline plugin_entry make_entry(plugin what, std::string source = {}) {
    return make_entry(std::string(), std::move(what), std::move(source));
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_PLUGIN_ENTRY_HPP
