// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_CLASS_HPP
#define HAFT_PLUGIN_PLUGIN_CLASS_HPP

/// Which members of a class make a plugin of it, and why one that nearly does is refused: a class has what it uses.

#include <haft/command/command.hpp>
#include <haft/core/fixed_string.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/version_order.hpp>
#include <haft/enrich/participant.hpp>
#include <haft/json/type.hpp>
#include <haft/kind/part.hpp>
#include <haft/plugin/manifest.hpp>
#include <haft/plugin/plugin.hpp>
#include <haft/plugin/plugin_members.hpp>
#include <haft/plugin/plugin_surroundings.hpp>
#include <haft/plugin/requirement.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/explain.hpp>
#include <haft/schema/form.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/toolbox/toolbox_words.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

// --- what is there

/// (Of a member that is not static g++ 12 makes a hard error of what should only be false.)
template <class C>
concept has_static_manifest = requires {
    { C::manifest } -> std::same_as<const haft::manifest&>;
    requires !std::is_member_pointer_v<decltype(&C::manifest)>;
};
template <class C>
consteval bool has_constant_manifest() {
    if constexpr (has_static_manifest<C>)
        return requires { typename std::bool_constant<(C::manifest.version.size() >= 0)>; };
    else return false;
}

template <class C>
concept has_struct_config = requires { typename C::config; };

// Each step: what it gives, and its call with the configuration as a struct, as a text, or without it.
struct init_step : plugin_member::init {
    using gives = void;
    static decltype(auto) call(auto& object, const auto&... config)
        requires requires { object.init(config...); }
    {
        return object.init(config...);
    }
};
struct setup_step : plugin_member::setup {
    using gives = plugin_offer;
    static decltype(auto) call(auto& object, const auto&... config)
        requires requires { object.setup(config...); }
    {
        return object.setup(config...);
    }
};
struct teardown_step : plugin_member::teardown {
    using gives = void;
    static decltype(auto) call(auto& object)
        requires requires { object.teardown(); }
    {
        return object.teardown();
    }
};
struct initialize_step : plugin_member::initialize {
    using gives = toolset;
    static decltype(auto) call(auto& object, const auto&... config)
        requires requires { object.initialize(config...); }
    {
        return object.initialize(config...);
    }
};
struct shutdown_step : plugin_member::shutdown {
    using gives = void;
    static decltype(auto) call(auto& object)
        requires requires { object.shutdown(); }
    {
        return object.shutdown();
    }
};

template <class Step, class C, class... Config>
concept step_with = requires(C& object, const Config&... config) {
    requires fits_step<decltype(Step::call(object, config...)), typename Step::gives>;
};
template <class Step, class C>
consteval bool step_takes_struct() {
    if constexpr (has_struct_config<C>) return step_with<Step, C, typename C::config>;
    else return false;
}
template <class Step, class C>
concept step_takes_text = step_with<Step, C, std::string>;
template <class Step, class C>
inline constexpr bool step_takes_config = step_takes_struct<Step, C>() || step_takes_text<Step, C>;
template <class Step, class C>
inline constexpr bool has_step = step_takes_config<Step, C> || step_with<Step, C>;

template <class C>
concept has_surroundings = requires(C& object, const plugin_surroundings& around) {
    requires fits_step<decltype(object.set_surroundings(around)), void>;
};
template <class C>
concept has_tools = requires(C& object) {
    requires std::same_as<decltype(object.tools()), toolset> || std::same_as<decltype(object.tools()), result<toolset>>;
};
template <class C>
concept has_commands = requires(C& object) {
    requires std::same_as<decltype(object.commands()), std::vector<command>> ||
                 std::same_as<decltype(object.commands()), std::vector<part>>;
};
template <class C>
concept has_parts = requires(C& object) {
    { object.parts() } -> std::same_as<std::vector<part>>;
};
template <class C>
concept has_tools_md = requires(C& object) { std::string(object.tools_md); };
template <class C>
concept has_soul_append = requires(C& object) { std::string(object.soul_append); };

template <class C>
inline constexpr bool looks_like_enricher =
    has_enrich_prompt::in<C> || has_enrich_system_instructions::in<C> ||
    has_enrich_tool_result::in<C> || misspells_enrich_prompt<C> ||
    misspells_enrich_system_instructions<C> || misspells_enrich_tool_result<C> || misspells_order<C>;

// --- what is wrong

template <class C>
struct class_of_plugin;
template <fixed_string Name>
struct member_named;
template <class...>
inline constexpr bool refused_member = false;

template <class Name, class C>
consteval bool explain_misspelt_member() {
    constexpr std::string_view name = Name::text;
    static_assert(
        !Name::template find<C>() || refused_member<class_of_plugin<C>, member_named<fixed_string<name.size()>(name)>>,
        "haft: nobody uses this member of a plugin class; there are manifest, config, set_surroundings, init, setup, "
        "teardown, initialize, shutdown, haft_toolbox, tools, commands, parts, tools_md, soul_append, hooks such as "
        "on_startup and enrichers such as enrich_prompt; name it otherwise if it is to be none [haft-E0167]");
    return !Name::template find<C>();
}
template <class C, class... Name>
consteval bool explain_misspelt_members(plugin_member::names<Name...>) {
    return (... && explain_misspelt_member<Name, C>());
}

/// A member that has a plugin's name has to be one.
template <class Name, bool Fits, class C>
consteval bool explain_member() {
    constexpr std::string_view name = Name::text;
    static_assert(Fits || !Name::template find<C>() ||
                      refused_member<class_of_plugin<C>, member_named<fixed_string<name.size()>(name)>>,
                  "haft: this member of a plugin class can't be used as it is; it has to be public, and one of: "
                  "static constexpr haft::manifest manifest; void init(), setup(), initialize(), each with or without "
                  "the configuration (const config& or const std::string&), teardown(), shutdown(), "
                  "set_surroundings(const haft::plugin_surroundings&) (each may give haft::result<void>, setup and "
                  "initialize a haft::toolset); haft::toolset tools(); "
                  "std::vector<haft::command> commands(); std::vector<haft::part> parts(); static constexpr const "
                  "char* tools_md, soul_append; static consteval auto haft_toolbox() [haft-E0166]");
    return Fits || !Name::template find<C>();
}

/// A text of a manifest that can't be what it is to be.
template <fixed_string Text>
consteval bool explain_manifest_text() {
    constexpr bool fine = Text.view().empty();
    static_assert(fine,
                  "haft: this text of a plugin's manifest makes no sense there: names of plugins have 1 to 64 of "
                  "A-Z a-z 0-9 _ -, versions begin with a number, what is needed is a name and perhaps conditions "
                  "(\"report >=1.2\"), a plugin does not need itself, and each key of required_config is a member of "
                  "its struct config [haft-E0168]");
    return fine;
}

template <class C>
consteval bool has_config_key(std::string_view key) {
    if constexpr (has_struct_config<C>) {
        if constexpr (schema::usable<typename C::config>) {
            constexpr const json::type& type = schema::type_of<typename C::config>;
            for (std::size_t i = 0; i < type.count; ++i)
                if (type.key(i) == key) return true;
            return false;
        }
    }
    return true;  // who knows
}
template <class C>
consteval std::string_view wrong_text_of_manifest() {
    constexpr const haft::manifest& m = C::manifest;
    if (!m.name.empty() && !legal_plugin_name(m.name)) return m.name;
    for (const std::string_view version : {m.version, m.min_host_version})
        if (!version.empty() && !is_version_range(version)) return version;
    for (const auto* list : {&m.plugin_deps, &m.optional_plugin_deps})
        for (const std::string_view one : *list) {
            const requirement wanted = read_requirement(one);
            if (!legal_plugin_name(wanted.name) || !wanted.is_sound() || same_plugin_name(wanted.name, m.name))
                return one.empty() ? " " : one;
        }
    for (const std::string_view one : m.dependencies)
        if (const requirement wanted = read_requirement(one); wanted.name.empty() || !wanted.is_sound())
            return one.empty() ? " " : one;
    for (const std::string_view key : m.required_config)
        if (!has_config_key<C>(key)) return key.empty() ? " " : key;
    return {};
}
template <class C>
consteval bool explain_manifest() {
    if constexpr (has_constant_manifest<C>()) {
        constexpr std::string_view wrong = wrong_text_of_manifest<C>();
        return explain_manifest_text<fixed_string<wrong.size()>(wrong)>();
    }
    return true;
}

template <class C>
consteval bool explain_config() {
    if constexpr (has_struct_config<C>) {
        using config = typename C::config;
        constexpr bool taken = step_takes_config<init_step, C> || step_takes_config<setup_step, C> ||
                               step_takes_config<initialize_step, C>;
        static_assert(taken || refused_member<class_of_plugin<C>>,
                      "haft: this plugin class has a struct `config` that nobody is given; write void setup(const "
                      "config& c) or void initialize(const config& c) [haft-E0166]");
        if constexpr (!taken) return false;
        else if constexpr (!schema::usable<config> || !reflect::plain_struct<config>)
            return schema::explain_type<schema::parameters_of_tool<"(configuration)">, config>(), false;
    }
    return true;
}

/// Speaks, in one error, where a class is no plugin. True if it is one.
template <class C>
consteval bool explain_plugin_class() {
    constexpr bool can_be_made = std::is_class_v<C> && std::is_default_constructible_v<C>;
    static_assert(
        can_be_made,
        "haft: this is no plugin class; it has to be a class with a public constructor without parameters: its "
        "configuration comes later, to setup(const config&) [haft-E0169]");
    if constexpr (!can_be_made) return false;
    else
        return explain_misspelt_members<C>(plugin_member::misspelt{}) &&
               explain_member<plugin_member::manifest, has_constant_manifest<C>(), C>() &&
               explain_member<plugin_member::set_surroundings, has_surroundings<C>, C>() &&
               explain_member<plugin_member::init, has_step<init_step, C>, C>() &&
               explain_member<plugin_member::setup, has_step<setup_step, C>, C>() &&
               explain_member<plugin_member::teardown, step_with<teardown_step, C>, C>() &&
               explain_member<plugin_member::initialize, has_step<initialize_step, C>, C>() &&
               explain_member<plugin_member::shutdown, step_with<shutdown_step, C>, C>() &&
               explain_member<plugin_member::tools, has_tools<C>, C>() &&
               explain_member<plugin_member::commands, has_commands<C>, C>() &&
               explain_member<plugin_member::parts, has_parts<C>, C>() &&
               explain_member<plugin_member::tools_md, has_tools_md<C>, C>() &&
               explain_member<plugin_member::soul_append, has_soul_append<C>, C>() &&
               explain_member<plugin_member::haft_toolbox, says_toolbox<C>, C>() && explain_manifest<C>() &&
               explain_config<C>();
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_PLUGIN_CLASS_HPP
