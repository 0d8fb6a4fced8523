// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_MAKE_PLUGIN_HPP
#define HAFT_PLUGIN_MAKE_PLUGIN_HPP

/// From a plugin class to the plugin that an object of it is: `haft::make_plugin<weather_plugin>()`.

#include <haft/command/command_part.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/core/turn.hpp>
#include <haft/enrich/enricher_part.hpp>
#include <haft/hook/hooks_of.hpp>
#include <haft/plugin/plugin.hpp>
#include <haft/plugin/plugin_class.hpp>
#include <haft/plugin/plugin_config.hpp>
#include <haft/plugin/plugin_methods.hpp>
#include <haft/plugin/plugin_surroundings.hpp>
#include <haft/reflect/type_name.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/schema_text.hpp>
#include <haft/tool/parameters.hpp>
#include <haft/toolbox/box_state.hpp>
#include <haft/toolbox/toolbox.hpp>

#include <concepts>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// The manifest of a plugin class, known before there is an object.
template <class C>
kept_manifest manifest_of() {
    kept_manifest out;
    if constexpr (has_constant_manifest<C>()) out = keep(C::manifest);
    if constexpr (says_toolbox<C>)
        if (out.description.empty()) out.description = toolbox_words_of<C>().words.description;
    return out;
}

/// An object of a plugin class. Its steps wait for its methods that are tools, as these wait for each other.
template <class C>
struct plugin_body {
    std::string name;
    std::shared_ptr<C> object;
    std::optional<toolbox> methods = {};
    std::recursive_mutex* calls = nullptr;

    explicit plugin_body(std::string of) : name(std::move(of)) {
        if constexpr (says_toolbox<C>) {
            box_with<C>* made = nullptr;
            shared_thing keeper = shared_thing::make<box_with<C>>(made, plugin_methods<C>::value, name);
            made->config = "{}";
            methods.emplace(std::move(keeper), *made);
            calls = &made->calls;
            object = std::shared_ptr<C>(std::make_shared<toolbox>(*methods), __builtin_addressof(made->held));
        } else {
            object = std::make_shared<C>();
        }
    }

    /// Runs a step with the configuration as it wants it.
    template <class Step>
    result<typename Step::gives> run(std::string_view text) const {
        std::optional<turn<std::recursive_mutex>> ours;
        if (calls) ours.emplace(*calls);
        if constexpr (step_takes_struct<Step, C>()) {
            typename C::config config{};
            constexpr const json::type& type = schema::type_of<typename C::config>;
            if (result<void> read = read_plugin_config(name, type, &config, text);
                !read && !only_lacks_keys(read.error()))
                return std::move(read.error());  // whoever runs the step has said what is missing
            return run_step<typename Step::gives>(
                [&]() -> decltype(auto) { return Step::call(*object, std::as_const(config)); });
        } else if constexpr (step_takes_text<Step, C>) {
            const std::string given(text);
            return run_step<typename Step::gives>([&]() -> decltype(auto) { return Step::call(*object, given); });
        } else {
            return run_step<typename Step::gives>([&]() -> decltype(auto) { return Step::call(*object); });
        }
    }

    result<void> tell(const plugin_surroundings& around) const {
        std::optional<turn<std::recursive_mutex>> ours;
        if (calls) ours.emplace(*calls);
        return run_step<void>([&]() -> decltype(auto) { return object->set_surroundings(around); });
    }

    /// What the object says of itself once it has been set up.
    result<plugin_offer> offer(plugin_offer out) const {
        if constexpr (has_tools<C>) {
            result<toolset> more = result<toolset>(object->tools());
            if (!more) return std::move(more.error());
            for (std::size_t i = 0; i < more->size(); ++i) out.tools.add_from(*more, i);
            out.tools.add_problems_of(*more);
        }
        if constexpr (has_commands<C>) {
            auto more = object->commands();
            if constexpr (std::same_as<decltype(more), std::vector<command>>)
                for (part& one : command_parts(more)) out.parts.push_back(std::move(one));
            else
                for (part& one : more) out.parts.push_back(std::move(one));
        }
        if constexpr (has_parts<C>)
            for (part& one : object->parts()) out.parts.push_back(std::move(one));
        return out;
    }
};

template <class C>
void set_config_of(plugin& out) {
    if constexpr (has_struct_config<C>) {
        constexpr const json::type& type = schema::type_of<typename C::config>;
        out.config_schema = schema::schema_text<typename C::config, schema::direction::input>;
        out.check_config = [name = out.name](std::string_view text) {
            typename C::config unused{};
            return read_plugin_config(name, type, &unused, text);
        };
    } else if constexpr (!step_takes_text<init_step, C> && !step_takes_text<setup_step, C> &&
                         !step_takes_text<initialize_step, C>) {
        out.config_schema = R"({"type":"object","properties":{},"additionalProperties":false})";
        out.check_config = [name = out.name](std::string_view text) {
            no_parameters none;
            return read_plugin_config(name, schema::type_of<no_parameters>, &none, text);
        };
    }
}

}  // namespace detail

/// A plugin of a new object of class C, which lives as long as the plugin or one of its tools, hooks or commands. The class
/// has what it uses, and all of it is optional:
///
///     struct weather_plugin {
///         static constexpr haft::manifest manifest{.name = "weather", .version = "1.0.0"};
///         struct config { std::string api_key; int timeout = 30; };       // required are those without a default [PM-08]
///         void set_surroundings(const haft::plugin_surroundings& s);      // registry, workspace, a folder of its own [PM-05]
///         void setup(const config& c);                                    // or of const std::string&, or of nothing [PM-04]
///         void teardown();
///         static consteval auto haft_toolbox() { … }                      // methods as tools, as in a toolbox: `weather.get`
///         haft::toolset tools();                                          // further ones, once it is set up
///         void on_error(const std::string& tool, const haft::error& why); // hooks, see haft::hooks_of
///         std::string enrich_prompt(const std::string& prompt);           // enrichers, see haft::make_enricher
///         std::vector<haft::command> commands();
///         std::vector<haft::part> parts();                                // anything else
///         static constexpr const char* tools_md = "…";                    // and soul_append [PM-10, PM-11]
///     };
///
/// also init, initialize and shutdown; see haft::plugin. Where the class says no name, it is `name`, or else the class's
/// own. What is nearly one of these, or private, does not compile (E0166, E0167). Throws what the constructor throws.
template <class C>
plugin make_plugin([[maybe_unused]] std::string name = {}) {
    plugin out;
    if constexpr (detail::explain_plugin_class<C>()) {
        out.manifest = detail::manifest_of<C>();
        if (!out.manifest.name.empty()) name = out.manifest.name;
        if (name.empty()) name = reflect::type_name<C>;
        out.name = name;
        const auto body = std::make_shared<const detail::plugin_body<C>>(name);
        if (body->methods) out.instances.push_back(*body->methods);
        out.parts = hooks_of(body->object, name);
        if constexpr (detail::looks_like_enricher<C>) out.parts.push_back(enricher_part(body->object, {.name = name}));
        if constexpr (detail::has_tools_md<C>) out.tools_md = std::string(body->object->tools_md);
        if constexpr (detail::has_soul_append<C>) out.soul_append = std::string(body->object->soul_append);
        detail::set_config_of<C>(out);

        if constexpr (detail::has_surroundings<C>)
            out.set_surroundings = [body](const plugin_surroundings& around) { return body->tell(around); };
        if constexpr (detail::has_step<detail::init_step, C>)
            out.init = [body](std::string_view text) { return body->template run<detail::init_step>(text); };
        if constexpr (!detail::step_takes_config<detail::init_step, C>) out.init = std::move(out.init).without_argument();
        out.setup = [body](std::string_view text) -> result<plugin_offer> {
            plugin_offer offered;
            if constexpr (detail::has_step<detail::setup_step, C>) {
                result<plugin_offer> given = body->template run<detail::setup_step>(text);
                if (!given) return given;
                offered = std::move(*given);
            }
            return body->offer(std::move(offered));
        };
        if constexpr (!detail::step_takes_config<detail::setup_step, C>) out.setup = std::move(out.setup).without_argument();
        if constexpr (detail::step_with<detail::teardown_step, C>)
            out.teardown = [body] { return body->template run<detail::teardown_step>({}); };
        if constexpr (detail::has_step<detail::initialize_step, C>)
            out.initialize = [body](std::string_view text) {
                return body->template run<detail::initialize_step>(text);
            };
        if constexpr (detail::step_with<detail::shutdown_step, C>)
            out.shutdown = [body] { return body->template run<detail::shutdown_step>({}); };
    }
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_MAKE_PLUGIN_HPP
