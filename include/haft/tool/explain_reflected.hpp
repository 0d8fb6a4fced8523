// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_EXPLAIN_REFLECTED_HPP
#define HAFT_TOOL_EXPLAIN_REFLECTED_HPP

/// Why no tool can be made of what a reflection stands for, by name. What the types of a function are wrong for says
/// explain_callable. Only where HAFT_HAS_REFLECTION().

#include <haft/reflect/is_consteval.hpp>
#include <haft/reflect/refusal.hpp>
#include <haft/tool/annotated.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/explain_annotations.hpp>

#if HAFT_HAS_REFLECTION()

#include <cstddef>
#include <meta>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::detail {

/// What it is instead of a function that can be called, and what to write for it; "" of one that can.
consteval std::string what_no_tool_is_made_of(std::meta::info of) {
    const std::string name = of == std::meta::info{} ? "" : reflect::name_in_words(of);
    if (of == std::meta::info{}) return "which is the reflection of nothing";
    if (std::meta::is_namespace(of))
        return "which is a namespace; its functions become tools by haft::tools_in<^^" + name + ">()";
    if (std::meta::is_type(of) && std::meta::is_class_type(of))
        return "which is a class; its methods become tools by haft::make_toolbox<" + name + ">()";
    if (std::meta::is_type(of)) return "which is a type; name a function: haft::make<^^f>()";
    if (std::meta::is_function_template(of))
        return "which is a template; name one of its functions: haft::make<^^" + name + "<int>>()";
    if (std::meta::is_template(of)) return "which is a template, and not of functions";
    if (std::meta::is_variable(of))
        return "which is a variable; name a function, or add a callable object: toolset.add(\"name\", about, " + name +
               ")";
    if (std::meta::is_constructor(of) || std::meta::is_destructor(of))
        return std::string(std::meta::is_constructor(of) ? "which is a constructor" : "which is a destructor") +
               "; the methods of its class become tools by haft::make_toolbox<" +
               reflect::name_in_words(std::meta::parent_of(of)) + ">()";
    if (!std::meta::is_function(of)) return "which is no function";
    if (!std::meta::is_accessible(of, std::meta::access_context::unprivileged()))
        return "which is not public; make it so, or write a function that calls it";
    if (std::meta::is_deleted(of)) return "which is deleted; name a function that can be called";
    if (reflect::is_consteval(of)) return "which is consteval, and a tool is called at run time; write constexpr";
    return {};
}

/// A function that can be called without an object.
consteval bool is_callable_function(std::meta::info of) {
    return std::meta::is_function(of) && !(std::meta::is_class_member(of) && !std::meta::is_static_member(of)) &&
           std::meta::is_accessible(of, std::meta::access_context::unprivileged()) && !std::meta::is_deleted(of) &&
           !reflect::is_consteval(of);
}

consteval std::string_view problem_of_reflection(std::meta::info of) {
    if (is_callable_function(of)) return {};
    const std::string what = what_no_tool_is_made_of(of);
    const std::string name = of == std::meta::info{} ? "it" : reflect::name_in_words(of);
    if (!what.empty()) return reflect::refusal({"haft: no tool can be made of ", name, ", ", what, " [haft-E0140]"});
    if (std::meta::is_class_member(of) && !std::meta::is_static_member(of))
        return reflect::refusal({"haft: the member function ", name, " needs its object; its class is a toolbox: ",
                                 "haft::make_toolbox<", reflect::name_in_words(std::meta::parent_of(of)),
                                 ">(); or write toolset.add(\"name\", about, [&](const args& a) "
                                 "{ return object.f(a); }) [haft-E0110]"});
    return {};
}

/// What is wrong with the first of a function's parameters that is not right; where they need no names, they need no words.
consteval std::string_view problem_of_parameters(std::meta::info f, bool needs_names) {
    std::size_t number = 0;
    for (const std::meta::info parameter : std::meta::parameters_of(f)) {
        const annotated_thing subject{f, ++number};
        const bool given = needs_names && !std::meta::is_explicit_object_parameter(parameter) &&
                           !std::meta::extract<bool>(std::meta::substitute(^^is_injected, {std::meta::type_of(parameter)}));
        const word_place place = given ? word_place::parameter : word_place::no_parameter;
        if (const std::string_view problem = problem_of_annotations(parameter, place, subject); !problem.empty())
            return problem;
        if (given && !std::meta::has_identifier(parameter))
            return reflect::refusal({"haft: ", subject.in_words(),
                                     " has no name, or another one in another declaration; give it "
                                     "the same in all, or write a haft::field for each beside the function "
                                     "[haft-E0120]"});
    }
    return {};
}

/// What is wrong with a function, a method or a constructor that can be called.
consteval std::string_view problem_of_function(std::meta::info f, bool needs_names) {
    const annotated_thing subject{f};
    if (reflect::is_consteval(f))
        return reflect::refusal({"haft: ", subject.in_words(),
                                 " is consteval, and a tool is called at run time; write constexpr, or "
                                 "leave it out: [[=haft::no_tool]] [haft-E0140]"});
    if (std::meta::is_vararg_function(f))
        return reflect::refusal({"haft: a tool needs a callable with exactly one signature, and ", subject.in_words(),
                                 " takes the ... of C, where arguments have neither names nor types; write a function "
                                 "that takes what a model gives [haft-E0112]"});
    const word_place place = std::meta::is_constructor(f) ? word_place::no_parameter : word_place::tool;
    if (const std::string_view problem = problem_of_annotations(f, place, subject); !problem.empty()) return problem;
    return problem_of_parameters(f, needs_names);
}

/// Says, as one compile-time error, why a reflection is none of a function that can be called; says nothing if it is.
template <std::meta::info Of>
consteval bool explain_reflection() {
    constexpr std::string_view problem = problem_of_reflection(Of);
    static_assert(problem.empty(), problem);
    return problem.empty();
}
/// The same of what a function, a method or a constructor says of itself.
template <std::meta::info F>
consteval bool explain_function() {
    constexpr std::string_view problem = problem_of_function(F, !annotated_function<F>::is_named);
    static_assert(problem.empty(), problem);
    return problem.empty();
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_TOOL_EXPLAIN_REFLECTED_HPP
