// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_MADE_OF_PARAMETERS_HPP
#define HAFT_TOOLBOX_MADE_OF_PARAMETERS_HPP

/// A toolbox whose configuration is what its constructor takes. Only where HAFT_HAS_REFLECTION(). [TB-06]

#include <haft/core/result.hpp>
#include <haft/json/slot.hpp>
#include <haft/json/type.hpp>
#include <haft/reflect/refusal.hpp>
#include <haft/schema/views_text.hpp>
#include <haft/tool/annotated.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/explain_callable.hpp>
#include <haft/tool/explain_reflected.hpp>
#include <haft/tool/invoke.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/shape.hpp>
#include <haft/toolbox/construction.hpp>
#include <haft/toolbox/read_config.hpp>
#include <haft/toolbox/toolbox.hpp>
#include <haft/toolbox/toolbox_class.hpp>

#if HAFT_HAS_REFLECTION()

#include <cstddef>
#include <meta>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

consteval std::vector<std::meta::info> constructors_with_parameters(std::meta::info c) {
    std::vector<std::meta::info> out;
    for (const std::meta::info m : std::meta::members_of(c, std::meta::access_context::unprivileged()))
        if (std::meta::is_constructor(m) && !std::meta::is_copy_constructor(m) && !std::meta::is_move_constructor(m) &&
            !std::meta::is_deleted(m) && !std::meta::parameters_of(m).empty())
            out.push_back(m);
    return out;
}

template <class C>
concept has_no_config = !requires { typename C::config; };

/// Why no object of a class can be made of what its constructor takes, or of nothing; "" if one can.
template <has_no_config C>
consteval std::string_view problem_of_construction() {
    constexpr std::size_t count = constructors_with_parameters(^^C).size();
    if constexpr (count == 1 && !std::is_abstract_v<C> && std::is_destructible_v<C>) {
        constexpr std::meta::info constructor = constructors_with_parameters(^^C)[0];
        return problem_of_function(constructor, !annotated_function<constructor>::is_named);
    } else if constexpr (std::is_default_constructible_v<C>) {
        return {};
    } else {
        return reflect::refusal(
            {"haft: nobody knows how to construct the toolbox ", reflect::name_in_words(^^C), ": ",
             std::is_abstract_v<C>        ? "it is abstract; make a toolbox of a class that derives from it"
             : !std::is_destructible_v<C> ? "its destructor is not public; make it so"
             : count > 1 ? "several of its constructors take parameters; leave one public, or give it a plain "
                           "struct `config` and a constructor that takes one"
                         : "it has no public constructor; give it one, whose parameters are the configuration",
             " [haft-E0136]"});
    }
}
template <class C>
concept can_be_constructed = has_no_config<C> && problem_of_construction<C>().empty();
template <class C>
concept cant_be_constructed = has_no_config<C> && !problem_of_construction<C>().empty();

/// Exactly one constructor takes something; where it is several nobody knows which.
template <class C>
concept takes_parameters = can_be_constructed<C> && constructors_with_parameters(^^C).size() == 1;

/// Of nothing at all: it is refused.
template <class C>
struct made_of_no_constructor {
    static consteval bool explain() {
        constexpr std::string_view problem = problem_of_construction<C>();
        static_assert(problem.empty(), problem);
        return true;
    }
    static consteval std::string_view config_schema() { return {}; }
    static result<toolbox> construct(const toolbox_class&, std::string_view, std::string_view) { return error{}; }
};

template <class C>
struct made_of_parameters {
    static constexpr std::meta::info constructor = constructors_with_parameters(^^C)[0];
    using function = annotated_function<constructor>;
    using signature = typename function::signature;
    using shape = haft::detail::shape<signature, function::names()>;

    static consteval bool explain() {
        if constexpr (explain_callable<"(constructor)", typename as_function<signature>::type, function::names()>())
            explain_views<detail::views_its_text(shape::table())>();
        return true;
    }
    static consteval std::string_view config_schema() {
        if constexpr (shape::parameters_usable()) return shape::input_schema();
        else return {};
    }
    /// What is recorded is the text as it came: the values of default arguments nobody knows.
    static result<toolbox> construct(const toolbox_class& c, std::string_view text, std::string_view alias) {
        if constexpr (shape::parameters_usable()) {
            const std::string_view name = name_of_box(c, alias);
            json::slot<> parameters(shape::table());
            parameters.make();
            if (result<void> read = read_config(name, shape::table(), parameters.get(), text); !read)
                return std::move(read.error());
            std::string unused;
            const call_options options;
            call_context context{name, options};
            result_writer out(unused);
            invocation call{parameters.get(), nullptr, context, out};
            return call_with<shape>(
                [&]<class... A>(A&&... a) {
                    return make_box<C>(c, alias, std::string(text.empty() ? "{}" : text), std::forward<A>(a)...);
                },
                call, typename shape::all{});
        } else {
            return error{};  // it was refused
        }
    }
};

template <takes_parameters C>
struct construction_of<C> : made_of_parameters<C> {};
template <cant_be_constructed C>
struct construction_of<C> : made_of_no_constructor<C> {};

}  // namespace haft::inline v0::detail

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_TOOLBOX_MADE_OF_PARAMETERS_HPP
