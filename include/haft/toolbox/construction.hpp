// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_CONSTRUCTION_HPP
#define HAFT_TOOLBOX_CONSTRUCTION_HPP

/// How an object of a toolbox class is made of a configuration: of its struct `config`, or of nothing.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/core/text.hpp>
#include <haft/json/type.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/explain.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/schema_text.hpp>
#include <haft/schema/structure.hpp>
#include <haft/schema/views_text.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/parameters.hpp>
#include <haft/toolbox/box_state.hpp>
#include <haft/toolbox/method.hpp>
#include <haft/toolbox/read_config.hpp>
#include <haft/toolbox/toolbox.hpp>
#include <haft/toolbox/toolbox_class.hpp>

#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0::detail {

/// A class that is configured: it has a plain struct `config` and a constructor that takes one.
template <class C>
concept has_config = requires { typename C::config; } && std::is_constructible_v<C, typename C::config>;

/// Runs a constructor; what it throws is an error.
template <class Make>
result<toolbox> made_or_thrown(std::string_view name, Make make) {
#if HAFT_HAS_EXCEPTIONS()
    try {
        return make();
    } catch (const std::bad_alloc&) { throw; } catch (...) {
        return error{errc::toolbox_broken, concat({"toolbox ", in_quotes(name), " can't be made: ", caught_text()})};
    }
#else
    static_cast<void>(name);
    return make();
#endif
}

/// Refuses an alias with which no tool could have a name.
HAFT_COLD inline result<void> check_alias(const toolbox_class& c, std::string_view alias) {
    for (const method_entry& m : c.methods)
        if (!alias.empty() && !legal_tool_name(concat({alias, ".", m.words.name})))
            return error{errc::bad_tool_name,
                         concat({"toolbox ", in_quotes(c.name), " can't be called ", in_quotes(alias), ": its tool ",
                                 in_quotes(m.words.name),
                                 " would have no legal name, which has 1 to 128 of A-Z a-z 0-9 _ - ."})};
    return {};
}

/// What an alias, or else the class, is called.
inline std::string_view name_of_box(const toolbox_class& c, std::string_view alias) noexcept {
    return alias.empty() ? c.name : alias;
}

/// An object made of these, `recorded` being the configuration as JSON.
template <class C, class... Arguments>
result<toolbox> make_box(const toolbox_class& c, std::string_view alias, std::string&& recorded,
                         Arguments&&... arguments) {
    if (result<void> fits = check_alias(c, alias); !fits) return std::move(fits.error());
    return made_or_thrown(name_of_box(c, alias), [&]() -> result<toolbox> {
        box_with<C>* made = nullptr;
        shared_thing keeper = shared_thing::make<box_with<C>>(made, c, alias, std::forward<Arguments>(arguments)...);
        made->config = std::move(recorded);
        return toolbox(std::move(keeper), *made);
    });
}

// Each way of construction says what its configuration's schema is, makes an object of a text, and speaks where it can't.

/// Of a struct `config`, which the constructor takes.
template <class C>
struct made_of_config {
    using config_type = typename C::config;

    static consteval bool explain() {
        static_assert(std::is_constructible_v<C, config_type>,
                      "haft: this toolbox has a struct `config`, but no constructor that takes one; write explicit "
                      "my_class(config) [haft-E0136]");
        return true;
    }
    static consteval std::string_view config_schema() {
        if constexpr (!std::is_constructible_v<C, config_type>) {
            return {};
        } else if constexpr (schema::usable<config_type> && reflect::plain_struct<config_type>) {
            explain_views<detail::views_its_text(schema::type_of<config_type>)>();
            return schema::schema_text<config_type, schema::direction::input>;
        } else {
            return schema::explain_type<schema::parameters_of_tool<"(configuration)">, config_type>(), "";
        }
    }
    static result<toolbox> construct(const toolbox_class& c, std::string_view text, std::string_view alias) {
        if constexpr (std::is_constructible_v<C, config_type>) {
            config_type config{};
            constexpr const json::type& type = schema::type_of<config_type>;
            if (result<void> read = read_config(name_of_box(c, alias), type, &config, text); !read)
                return std::move(read.error());
            result<std::string> recorded = config_text(type, &config);
            if (!recorded) return std::move(recorded.error());
            return make_box<C>(c, alias, std::move(*recorded), std::move(config));
        } else {
            return error{};  // it was refused
        }
    }
    /// Of one that comes from C++: it has to keep its own limits, or what is recorded could not be read again.
    static result<toolbox> construct_checked(const toolbox_class& c, config_type&& config, std::string_view alias) {
        constexpr const json::type& type = schema::type_of<config_type>;
        result<std::string> recorded = config_text(type, &config);
        if (!recorded) return std::move(recorded.error());
        config_type again{};
        if (result<void> read = read_config(name_of_box(c, alias), type, &again, *recorded); !read)
            return std::move(read.error());
        return make_box<C>(c, alias, std::move(*recorded), std::move(config));
    }
};

/// Of nothing.
template <class C>
struct made_of_nothing {
    static consteval bool explain() {
        static_assert(std::is_default_constructible_v<C>,
                      "haft: nobody knows how to construct this toolbox; give it a constructor without parameters, or "
                      "a plain struct `config` and a constructor that takes one [haft-E0136]");
        return true;
    }
    static consteval std::string_view config_schema() { return {}; }
    static result<toolbox> construct(const toolbox_class& c, std::string_view text, std::string_view alias) {
        if constexpr (std::is_default_constructible_v<C>) {
            no_parameters none;
            if (result<void> read = read_config(name_of_box(c, alias), schema::type_of<no_parameters>, &none, text);
                !read)
                return std::move(read.error());
            return make_box<C>(c, alias, "{}");
        } else {
            return error{};  // it was refused
        }
    }
};

/// Which way it is for a class. (Of a class with a struct `config` the refusal is about that.)
template <class C>
struct construction_of : made_of_nothing<C> {};
template <class C>
    requires requires { typename C::config; }
struct construction_of<C> : made_of_config<C> {};

}  // namespace haft::inline v0::detail

#endif  // HAFT_TOOLBOX_CONSTRUCTION_HPP
