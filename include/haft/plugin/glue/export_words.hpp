// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_GLUE_EXPORT_WORDS_HPP
#define HAFT_PLUGIN_GLUE_EXPORT_WORDS_HPP

/// What stands within HAFT_EXPORT_PLUGIN: a plugin class, or a function with a manifest; and hook points of one's own.

#include <haft/core/config.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/result.hpp>
#include <haft/hook/hook_point.hpp>
#include <haft/plugin/make_plugin.hpp>
#include <haft/plugin/manifest.hpp>
#include <haft/plugin/plugin.hpp>
#include <haft/plugin/plugin_class.hpp>
#include <haft/plugin/plugin_entry.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/reflect/type_name.hpp>
#include <haft/schema/schema_text.hpp>
#include <haft/tool/provided.hpp>
#include <haft/toolbox/toolbox_words.hpp>

#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace haft::inline v0::detail::glue {

/// What the note is made of.
struct note_words {
    haft::manifest manifest = {};
    std::string_view name = {};
    std::string_view config_schema = {};  ///< "": nobody knows
};

template <class C>
consteval std::string_view config_schema_of() {
    if constexpr (has_struct_config<C>) return schema::schema_text<typename C::config, schema::direction::input>;
    else if constexpr (!step_takes_text<init_step, C> && !step_takes_text<setup_step, C> &&
                       !step_takes_text<initialize_step, C>)
        return R"({"type":"object","properties":{},"additionalProperties":false})";
    else return {};
}

template <class C>
constexpr note_words note_words_of() {
    note_words out;
    if constexpr (has_constant_manifest<C>()) out.manifest = C::manifest;
    if constexpr (says_toolbox<C>)
        if (out.manifest.description.empty()) out.manifest.description = toolbox_words_of<C>().words.description;
    out.name = out.manifest.name.empty() ? std::string_view(reflect::type_name<C>) : out.manifest.name;
    out.config_schema = config_schema_of<C>();
    return out;
}

// --- what is wrong

template <class...>
struct method_of_plugin;
template <class...>
inline constexpr bool refused_export = false;

template <class C, class Method>
struct wants_no_host_objects {
    static consteval bool explain() { return true; }
};
template <class C, auto M, const auto& Names>
struct wants_no_host_objects<C, method_words<M, Names>> {
    static consteval bool explain() {
        constexpr std::string_view name = reflect::name_of<M>;
        constexpr bool wants = has_injected_objects<typename reflect::signature_of<decltype(M)>::parameters>;
        static_assert(
            !wants || refused_export<class_of_plugin<C>, member_named<fixed_string<name.size()>(name)>>,
            "haft: this method of a plugin wants an object of its host (haft::injected), and none can be reached from a "
            "shared library; take what it needs from the configuration, or compile the plugin in [haft-E0170]");
        return !wants;
    }
};
template <class C, class... Method>
consteval bool explain_methods(const std::tuple<Method...>*) {
    return (... && wants_no_host_objects<C, Method>::explain());
}
template <class C>
consteval bool explain_class_of_library() {
    if constexpr (!explain_plugin_class<C>()) {
        return false;
    } else if constexpr (!says_toolbox<C>) {
        return true;
    } else {
        using words = decltype(toolbox_words_of<C>());
        if constexpr (requires(words w) { w.methods; })
            return glue::explain_methods<C>(static_cast<const decltype(words::methods)*>(nullptr));
        else return true;
    }
}

/// Of a further word: a manifest, or a point.
template <class T>
inline constexpr bool brings_manifest = has_static_manifest<T> && !hook_point<T>;
template <class T>
consteval bool explain_export_word() {
    static_assert(brings_manifest<T> || hook_point<T> || refused_export<T>,
                  "haft: behind the plugin HAFT_EXPORT_PLUGIN takes hook points of your own, and beside a function one type "
                  "with a static constexpr haft::manifest manifest [haft-E0171]");
    return brings_manifest<T> || hook_point<T>;
}

template <class... More>
struct manifest_among {
    static constexpr std::size_t count = (std::size_t{0} + ... + (brings_manifest<More> ? 1 : 0));
    static consteval haft::manifest get() {
        haft::manifest out;
        (
            [&] {
                if constexpr (brings_manifest<More>) out = More::manifest;
            }(),
            ...);
        return out;
    }
};

template <class... More>
using points_among =
    decltype(std::tuple_cat(std::conditional_t<hook_point<More>, std::tuple<std::type_identity<More>>, std::tuple<>>{}...));

/// A class as a library.
template <class C, class... More>
struct exported_class {
    static constexpr bool sound = explain_class_of_library<C>() && (... && explain_export_word<More>());
    static constexpr note_words words() {
        if constexpr (sound) return note_words_of<C>();
        else return {};
    }
    static result<plugin> make() {
        if constexpr (sound) return make_plugin<C>();
        else return plugin();
    }
    using points = points_among<More...>;
};

template <class Thing, class... More>
consteval bool explain_manifest_of_thing() {
    constexpr bool has_name = [] {
        if constexpr (manifest_among<More...>::count != 1) return false;
        else return legal_plugin_name(manifest_among<More...>::get().name);
    }();
    static_assert(has_name || refused_export<Thing>,
                  "haft: a plugin that is no class needs a manifest with a name in HAFT_EXPORT_PLUGIN, since hosts read it before "
                  "anything runs: struct about { static constexpr haft::manifest manifest{.name = \"weather\"}; }; "
                  "HAFT_EXPORT_PLUGIN(make_weather, about); [haft-E0171]");
    return has_name;
}

/// A function, or an object, as a library.
template <auto& Thing, class... More>
struct exported_thing {
    using thing = std::decay_t<decltype(Thing)>;
    static constexpr bool sound = explain_manifest_of_thing<thing, More...>() && (... && explain_export_word<More>()) &&
                                  explain_entry<thing>();
    static consteval note_words words() {
        note_words out;
        if constexpr (sound) out.manifest = manifest_among<More...>::get();
        out.name = out.manifest.name;
        return out;
    }
    static result<plugin> make() {
        if constexpr (!sound) {
            return plugin();
        } else {
            const std::string name(words().name);
            result<plugin> made = [&] {
                if constexpr (plugin_or_error<thing>) return plugin_of<thing>(name, Thing);
                else return plugin_of<std::remove_cvref_t<decltype(Thing())>>(name, Thing());
            }();
            if (made) made->manifest = keep(words().manifest);  // what was read from the file holds
            return made;
        }
    }
    using points = points_among<More...>;
};

template <class C, class... More>
exported_class<C, More...> exported();
template <auto& Thing, class... More>
exported_thing<Thing, More...> exported();

}  // namespace haft::inline v0::detail::glue

#endif  // HAFT_PLUGIN_GLUE_EXPORT_WORDS_HPP
