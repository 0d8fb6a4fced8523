// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_EXPLAIN_CLASS_HPP
#define HAFT_TOOLBOX_EXPLAIN_CLASS_HPP

/// Why a class that says nothing of itself but what annotations say is no toolbox. Only where HAFT_HAS_REFLECTION().

#include <haft/reflect/refusal.hpp>
#include <haft/tool/explain_annotations.hpp>
#include <haft/tool/explain_reflected.hpp>
#include <haft/toolbox/reflected_methods.hpp>

#if HAFT_HAS_REFLECTION()

#include <cstddef>
#include <meta>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::detail {

consteval std::string_view name_of_reflected_method(std::meta::info m) {
    const std::string_view given = reflect::annotated_text(m, ^^as);
    return given.empty() ? std::meta::identifier_of(m) : given;
}

consteval std::string_view problem_of_class(std::meta::info c) {
    const std::string name = reflect::name_in_words(c);
    if (!std::meta::is_complete_type(c))
        return reflect::refusal({"haft: ", name,
                                 " is declared, but not defined here, so nobody knows its methods; include "
                                 "the header that defines it [haft-E0137]"});
    if (const std::string_view problem = problem_of_annotations(c, word_place::toolbox, {c});
        !problem.empty())
        return problem;
    const std::vector<std::meta::info> methods = methods_of_class(c);
    if (methods.empty())
        return reflect::refusal({"haft: ", name,
                                 " is no toolbox: it has no public method that could be a tool, which "
                                 "templates, operators and names like _x and x_ are not [haft-E0137]"});
    if (reflect::annotated_text(c, ^^doc).empty())
        return reflect::refusal({"haft: the toolbox ", name,
                                 " needs a description; write class [[=haft::doc(\"what it "
                                 "is for\")]] ",
                                 name, " [haft-E0135]"});
    for (std::size_t i = 0; i < methods.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (name_of_reflected_method(methods[i]) == name_of_reflected_method(methods[j]))
                return reflect::refusal(
                    {"haft: two methods of the toolbox ", name, " are called ", name_of_reflected_method(methods[i]),
                     ", overloads perhaps; give one of them another name: [[=haft::as(\"other\")]], "
                     "or leave it out: [[=haft::no_tool]] [haft-E0138]"});
    return {};
}

/// Says, as one compile-time error, why a class is no toolbox by itself; says nothing if it is one.
template <class C>
consteval bool explain_class() {
    constexpr std::string_view problem = problem_of_class(^^C);
    static_assert(problem.empty(), problem);
    return problem.empty();
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_TOOLBOX_EXPLAIN_CLASS_HPP
