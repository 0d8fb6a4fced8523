// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_TOOLBOX_CLASS_HPP
#define HAFT_TOOL_TOOLBOX_CLASS_HPP

/// From a C++ class to the toolbox_class that stands for it: its methods' table, its configuration, how one is made.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/fixed_string.hpp>
#include <haft/core/result.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/core/text.hpp>
#include <haft/json/reader.hpp>
#include <haft/json/slot.hpp>
#include <haft/reflect/members.hpp>
#include <haft/reflect/type_name.hpp>
#include <haft/schema/explain.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/schema_text.hpp>
#include <haft/schema/structure.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/toolbox.hpp>
#include <haft/tool/toolbox_words.hpp>

#include <exception>
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
    else return C::haft_toolbox();
}

/// Runs a constructor; what it throws is an error.
template <class Make>
result<toolbox> made_or_thrown(std::string_view name, Make make) {
#if HAFT_HAS_EXCEPTIONS()
    const auto failed = [&](std::string_view what) {
        return error{errc::toolbox_broken, concat({"toolbox ", in_quotes(name), " can't be made: ", what})};
    };
    try {
        return make();
    } catch (const std::bad_alloc&) { throw; } catch (const std::exception& e) {
        return failed(mended(e.what() ? e.what() : ""));
    } catch (...) { return failed("an exception that is no std::exception"); }
#else
    static_cast<void>(name);
    return make();
#endif
}

/// Reads a configuration as arguments are read, and gives it to `with`.
HAFT_COLD inline result<void> read_config(std::string_view toolbox_name, const json::type& type, void* to,
                                          std::string_view text) {
    const json::read_limits limits;
    json::reader in(text.empty() ? "{}" : text, limits);
    if (in.read_arguments(type, to)) return {};
    error e{errc::bad_configuration, concat({"toolbox ", in_quotes(toolbox_name), " was not made"})};
    e.faults = in.take_faults();
    e.more_faults = in.more_faults();
    const std::size_t n = e.faults.size() + e.more_faults;
    append_all(e.message, {": ", decimal(n), n == 1 ? " fault in its configuration" : " faults in its configuration"});
    return e;
}

/// Where words stand for a method that is none of the tools: its name is what the compiler prints.
template <fixed_string Name>
inline constexpr bool is_described_method = false;
template <>
inline constexpr bool is_described_method<""> = true;

template <class C>
struct class_of {
    static constexpr auto words = toolbox_words_of<C>();
    static constexpr std::string_view unknown = words.template unknown_name<C>();
    static_assert(
        is_described_method<fixed_string<unknown.size()>(unknown)>,
        "haft: words for a method that BOOST_DESCRIBE_CLASS does not list as a public function, or whose name is "
        "hidden; correct the .name of these words [haft-E0138]");
    static constexpr auto entries = words.template entries<C>();
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
        return true;
    }

    static consteval std::string_view config_schema() {
        if constexpr (!has_config<C>) return {};
        else if constexpr (schema::usable<typename C::config> && reflect::plain_struct<typename C::config>)
            return schema::schema_text<typename C::config, schema::direction::input>;
        else return schema::explain_type<schema::parameters_of_tool<"(configuration)">, typename C::config>(), "";
    }

    /// Made of a C++ configuration, which is recorded.
    template <class... Config>
    static result<toolbox> with(const toolbox_class& c, std::string_view alias, Config&&... config) {
        return made_or_thrown(alias.empty() ? c.name : alias, [&]() -> result<toolbox> {
            std::string recorded = "{}";
            if constexpr (sizeof...(Config) == 1) {
                recorded.clear();
                const call_options options;
                result_writer writer(recorded, string_results::as_json, options);
                (writer.value(schema::type_of<std::remove_cvref_t<Config>>, &config), ...);
                if (writer.failed()) return std::move(writer.error());
            }
            box_with<C>* made = nullptr;
            shared_thing keeper = shared_thing::make<box_with<C>>(made, c, alias, std::forward<Config>(config)...);
            made->config = std::move(recorded);
            return toolbox(std::move(keeper), *made);
        });
    }
    static result<toolbox> construct(const toolbox_class& c, std::string_view text, std::string_view alias) {
        if constexpr (has_config<C>) {
            typename C::config config{};
            if (result<void> read =
                    read_config(alias.empty() ? c.name : alias, schema::type_of<typename C::config>, &config, text);
                !read)
                return std::move(read.error());
            return with(c, alias, std::move(config));
        } else if constexpr (std::is_default_constructible_v<C>) {
            no_parameters none;
            if (result<void> read =
                    read_config(alias.empty() ? c.name : alias, schema::type_of<no_parameters>, &none, text);
                !read)
                return std::move(read.error());
            return with(c, alias);
        } else {
            return error{};  // it was refused
        }
    }

    static constexpr toolbox_class value{words.words.name.empty() ? reflect::type_name<C> : words.words.name,
                                         words.words, config_schema(), entries, &construct};
    static_assert(explain_construction());
    static_assert(legal_tool_name(value.name),
                  "haft: this class's name can't begin a tool's name; give another as .name of its words [haft-E0108]");
};

}  // namespace detail

namespace detail {
inline constexpr toolbox_class no_class{};
}

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
result<toolbox> make_toolbox(std::string_view alias = {}) {
    return detail::class_of<C>::with(toolbox_class_of<C>(), alias);
}
template <class C>
    requires(detail::has_config<C>)
result<toolbox> make_toolbox(typename C::config config = {}, std::string_view alias = {}) {
    return detail::class_of<C>::with(toolbox_class_of<C>(), alias, std::move(config));
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_TOOLBOX_CLASS_HPP
