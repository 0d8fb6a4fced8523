// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_CLASS_OF_HPP
#define HAFT_TOOLBOX_CLASS_OF_HPP

/// From a C++ class to the toolbox_class that stands for it: its methods' table, its configuration, how one is made.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/fixed_string.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/core/text.hpp>
#include <haft/reflect/members.hpp>
#include <haft/reflect/type_name.hpp>
#include <haft/schema/explain.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/schema_text.hpp>
#include <haft/schema/structure.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/parameters.hpp>
#include <haft/toolbox/box_state.hpp>
#include <haft/toolbox/check_words.hpp>
#include <haft/toolbox/method.hpp>
#include <haft/toolbox/prepare.hpp>
#include <haft/toolbox/read_config.hpp>
#include <haft/toolbox/reflected_methods.hpp>
#include <haft/toolbox/toolbox.hpp>
#include <haft/toolbox/toolbox_words.hpp>

#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0 {

namespace detail {

/// A class that is configured: it has a plain struct `config` and a constructor that takes one.
template <class C>
concept has_config = requires { typename C::config; } && std::is_constructible_v<C, typename C::config>;

template <class C>
consteval auto toolbox_words_of() {
    if constexpr (has_words_beside<C>) return toolbox_of<C>::haft_toolbox();
    else if constexpr (has_words_inside<C>) return C::haft_toolbox();
#if HAFT_HAS_REFLECTION()
    else return reflected_methods<C>{};
#endif
}

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

template <class C>
struct class_of {
    static constexpr auto words = toolbox_words_of<C>();
    static constexpr std::string_view unknown = words.template unknown_name<C>();
    static_assert(explain_described<fixed_string<unknown.size()>(unknown)>());
    static constexpr auto entries = words.template entries<C>();
    static constexpr std::string_view name = words.words.name.empty() ? reflect::type_name<C> : words.words.name;
    static constexpr std::string_view repeated = detail::repeated_name(entries);
    static_assert(explain_repeated<fixed_string<repeated.size()>(repeated)>());
    static constexpr std::string_view illegal = detail::illegal_name(name, entries);
    static_assert(explain_illegal<fixed_string<illegal.size()>(illegal)>());
    // (Named, since clang would print a lambda, on lines of its own.)
    static constexpr bool has_long_words =
        detail::any_words(words.words, entries, [](const auto& w) { return has_long_text(w); });
    static constexpr bool has_hidden_words =
        detail::any_words(words.words, entries, [](const auto& w) { return has_hidden_character(w); });
    static_assert(!has_long_words, "haft: a text of this toolbox or of one of its methods is too long [haft-E0117]");
    static_assert(!has_hidden_words,
                  "haft: a text of this toolbox or of one of its methods holds a character that nobody sees "
                  "[haft-E0116]");
    static constexpr bool described = !words.words.description.empty();
    static_assert(described,
                  "haft: a toolbox needs a description; write haft::toolbox_words(\"what it is for\", …) "
                  "[haft-E0135]");

    /// Speaks where nobody knows how to make one.
    static consteval bool explain_construction() {
        if constexpr (requires { typename C::config; }) {
            static_assert(std::is_constructible_v<C, typename C::config>,
                          "haft: this toolbox has a struct `config`, but no constructor that takes one; write explicit "
                          "my_class(config) [haft-E0136]");
        } else {
            static_assert(
                std::is_default_constructible_v<C>,
                "haft: nobody knows how to construct this toolbox; give it a constructor without parameters, or "
                "a plain struct `config` and a constructor that takes one [haft-E0136]");
        }
        explain_prepare<C>();
        return true;
    }

    static consteval std::string_view config_schema() {
        if constexpr (!has_config<C>) return {};
        else if constexpr (schema::usable<typename C::config> && reflect::plain_struct<typename C::config>) {
            static_assert(!detail::views_its_text(schema::type_of<typename C::config>),
                          "haft: a configuration outlives the text that it was read from, so it can't hold a "
                          "std::string_view; write std::string [haft-E0139]");
            return schema::schema_text<typename C::config, schema::direction::input>;
        } else return schema::explain_type<schema::parameters_of_tool<"(configuration)">, typename C::config>(), "";
    }

    /// Made of a configuration, `recorded` being its text.
    template <class... Config>
    static result<toolbox> with(const toolbox_class& c, std::string_view alias, std::string&& recorded,
                                Config&&... config) {
        if (result<void> fits = check_alias(c, alias); !fits) return std::move(fits.error());
        return made_or_thrown(alias.empty() ? c.name : alias, [&]() -> result<toolbox> {
            box_with<C>* made = nullptr;
            shared_thing keeper = shared_thing::make<box_with<C>>(made, c, alias, std::forward<Config>(config)...);
            made->config = std::move(recorded);
            return toolbox(std::move(keeper), *made);
        });
    }
    /// Of one that comes from C++: it has to keep its own limits, or what is recorded could not be read again.
    template <class Config>
    static result<toolbox> with_checked(const toolbox_class& c, std::string_view alias, Config&& config) {
        constexpr const json::type& type = schema::type_of<Config>;
        result<std::string> recorded = config_text(type, &config);
        if (!recorded) return std::move(recorded.error());
        Config again{};
        if (result<void> read = read_config(alias.empty() ? c.name : alias, type, &again, *recorded); !read)
            return std::move(read.error());
        return with(c, alias, std::move(*recorded), std::move(config));
    }
    static result<toolbox> construct(const toolbox_class& c, std::string_view text, std::string_view alias) {
        if constexpr (has_config<C>) {
            typename C::config config{};
            if (result<void> read =
                    read_config(alias.empty() ? c.name : alias, schema::type_of<typename C::config>, &config, text);
                !read)
                return std::move(read.error());
            result<std::string> recorded = config_text(schema::type_of<typename C::config>, &config);
            if (!recorded) return std::move(recorded.error());
            return with(c, alias, std::move(*recorded), std::move(config));
        } else if constexpr (std::is_default_constructible_v<C>) {
            no_parameters none;
            if (result<void> read =
                    read_config(alias.empty() ? c.name : alias, schema::type_of<no_parameters>, &none, text);
                !read)
                return std::move(read.error());
            return with(c, alias, "{}");
        } else {
            return error{};  // it was refused
        }
    }

    static constexpr toolbox_class value{name, words.words, config_schema(), entries, &construct};
    static_assert(explain_construction());
    static_assert(legal_tool_name(name),
                  "haft: this class's name can't begin a tool's name; give another as .name of its words [haft-E0108]");
};

inline constexpr toolbox_class no_class{};

}  // namespace detail

/// What stands for a toolbox class. `C` says what it is by a static `haft_toolbox()`, or haft::toolbox_of<C> does for it.
template <class C>
constexpr const toolbox_class& toolbox_class_of() {
    static_assert(is_toolbox_class<C>,
                  "haft: this is no toolbox class; give it static consteval auto haft_toolbox() { return "
                  "haft::toolbox_words(\"what it is for\", haft::method<&my_class::my_method>(\"what it does\")); } "
                  "[haft-E0137]");
    if constexpr (is_toolbox_class<C>) return detail::class_of<C>::value;
    else return detail::no_class;
}

/// A toolbox of class C with a C++ configuration, if it has one: `haft::make_toolbox<Memory>()`,
/// `haft::make_toolbox<Files>({.folder = "/data"}, "src")`.
template <class C>
    requires(!detail::has_config<C>)
result<toolbox> make_toolbox([[maybe_unused]] std::string_view alias = {}) {
    [[maybe_unused]] const toolbox_class& c = toolbox_class_of<C>();
    if constexpr (is_toolbox_class<C>) return detail::class_of<C>::with(c, alias, "{}");
    else return error{};  // it was refused
}
template <class C>
    requires(detail::has_config<C>)
result<toolbox> make_toolbox([[maybe_unused]] typename C::config config = {},
                             [[maybe_unused]] std::string_view alias = {}) {
    [[maybe_unused]] const toolbox_class& c = toolbox_class_of<C>();
    if constexpr (is_toolbox_class<C>) return detail::class_of<C>::with_checked(c, alias, std::move(config));
    else return error{};  // it was refused
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOLBOX_CLASS_OF_HPP
